//! Lengths of time as they are written elsewhere: `~3 days`, `1 hour 15`, `PT30M`, `0:30`.

use super::{number, time};

/// A length as the language writes it.
pub(super) fn length(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let plain = ["~", "≈", "about ", "approx. ", "ca. ", "около ", "примерно "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text)
        .trim();
    if let Some(parts) = plain.strip_prefix('p') {
        return iso(parts);
    }
    if let Some((hours, minutes)) = plain.split_once(':') {
        let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
        return joined(&[(hours, "h"), (minutes, " min")]);
    }
    let (count, rest) = number(plain)?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    match words[..] {
        ["h" | "hour" | "hours" | "час" | "часа" | "часов", minutes] => {
            joined(&[(count.parse().ok()?, "h"), (minutes.parse().ok()?, " min")])
        }
        ["yr" | "yrs"] if count == "1" => Some("1 year".to_owned()),
        ["yr" | "yrs"] => time(&count, "year"),
        [unit] if plain.len() < text.len() => time(&count, unit),
        _ => None,
    }
}

/// A length of ISO 8601, after its `P`.
fn iso(text: &str) -> Option<String> {
    let (days, clock) = text.split_once('t').unwrap_or((text, ""));
    let mut parts = Vec::new();
    let units = [('w', " weeks"), ('d', "d")];
    let of_clock = [('h', "h"), ('m', " min"), ('s', "s")];
    for (mut rest, units) in [(days, &units[..]), (clock, &of_clock[..])] {
        while !rest.is_empty() {
            let end = rest.find(char::is_alphabetic)?;
            let letter = rest[end..].chars().next()?;
            let (_, unit) = units.iter().find(|(known, _)| *known == letter)?;
            parts.push((rest[..end].parse::<u32>().ok()?, *unit));
            rest = &rest[end + letter.len_utf8()..];
        }
    }
    joined(&parts)
}

/// The parts that are not zero.
fn joined(parts: &[(u32, &str)]) -> Option<String> {
    let given = parts.iter().filter(|(count, _)| *count > 0);
    let written: Vec<String> = given.map(|(count, unit)| format!("{count}{unit}")).collect();
    (!written.is_empty()).then(|| written.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_from_elsewhere_are_read() {
        for (text, written) in [
            ("~3 days", "3d"),
            ("about 2 hours", "2h"),
            ("1 hour 15", "1h 15 min"),
            ("1 yr", "1 year"),
            ("PT30M", "30 min"),
            ("P1DT4H", "1d 4h"),
            ("0:30", "30 min"),
            ("1:15", "1h 15 min"),
        ] {
            assert_eq!(length(text).as_deref(), Some(written), "{text}");
        }
        assert_eq!(length("3 parrots"), None);
    }
}
