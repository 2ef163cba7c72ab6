//! Lengths of time as they are written elsewhere: `~3 days`, `1 hour 15`, `PT30M`, `0:30`.

use super::units::count;
use super::vague::QUOTES;
use super::{number, time};

/// A length as the language writes it.
pub(super) fn length(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let bare = text.trim_matches(QUOTES);
    let plain = ["~", "≈", "about ", "approx. ", "ca. ", "около ", "примерно "]
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .unwrap_or(bare)
        .trim();
    if let Some(parts) = plain.strip_prefix('p') {
        return iso(parts);
    }
    if let Some(written) = call(plain) {
        return Some(written);
    }
    if let Some((hours, minutes)) = plain.split_once(':') {
        let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
        return joined(&[(hours, "h"), (minutes, " min")]);
    }
    if let Some(written) = in_words(plain).or_else(|| joined_parts(plain)) {
        return Some(written);
    }
    let (count, rest) = number(plain)?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    match words[..] {
        ["h" | "hour" | "hours" | "час" | "часа" | "часов", minutes] => {
            joined(&[(count.parse().ok()?, "h"), (minutes.parse().ok()?, " min")])
        }
        ["yr" | "yrs"] if count == "1" => Some("1 year".to_owned()),
        ["yr" | "yrs"] => time(&count, "year"),
        [unit] if let Some(unit) = unit.strip_suffix('.') => singular(&count, unit),
        [unit] if plain.len() < text.len() || SHORT.contains(&unit) => singular(&count, unit),
        _ => None,
    }
}

/// Short units that the language does not have; `m` could be minutes or months.
const SHORT: [&str; 9] = ["hr", "hrs", "mins", "w", "wk", "wks", "mo", "mos", "y"];

/// `one year`, `two weeks`, `half an hour`, `полгода`.
fn in_words(text: &str) -> Option<String> {
    match text {
        "half an hour" | "half hour" | "полчаса" => return Some("30 min".to_owned()),
        "half a day" | "half day" | "полдня" => return Some("0.5d".to_owned()),
        "half a year" | "half year" | "полгода" => return Some("6 months".to_owned()),
        _ => {}
    }
    let (word, unit) = text.split_once([' ', '-'])?;
    let count = if matches!(word, "a" | "an") { 1 } else { count(word)? };
    singular(&count.to_string(), unit.trim())
}

/// A count with its unit; `1 weeks` is one week, and `1s` is a second.
fn singular(count: &str, unit: &str) -> Option<String> {
    let written = time(count, unit)?;
    let is_one = count == "1" && written.contains(' ');
    Some(if is_one { written.trim_end_matches('s').to_owned() } else { written })
}

/// A length that a program would make: `timedelta(days=3)`, `days(3)`, `3.days`, `Duration.ofDays(3)`, `interval '3 days'`.
fn call(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("interval ") {
        let (count, unit) = number(rest.trim_matches(['"', '\'']))?;
        return singular(&count, unit.trim());
    }
    if let Some((count, unit)) = text.split_once('.').filter(|(_, unit)| !unit.contains('.')) {
        let unit = unit.trim_end_matches("()");
        if count.parse::<u32>().is_ok() && unit.chars().all(char::is_alphabetic) {
            return singular(count, unit);
        }
    }
    let (name, rest) = text.split_once('(')?;
    let inside = rest.strip_suffix(')')?;
    let name = name.rsplit('.').next()?.trim();
    if let Some((count, unit)) = inside.split_once(',')
        && name == "duration"
    {
        return singular(count.trim(), unit.trim().trim_matches(['"', '\'']));
    }
    if matches!(name, "timedelta" | "duration" | "relativedelta") {
        let parts = inside.split(',').map(|part| part.split_once('='));
        let written: Vec<String> =
            parts.map(|part| singular(part?.1.trim(), part?.0.trim())).collect::<Option<_>>()?;
        return Some(written.join(" "));
    }
    let unit = name.strip_prefix("of").unwrap_or(name);
    (!inside.is_empty()).then(|| singular(inside.trim(), unit))?
}

/// `1h30`, `2h30m`: hours and minutes, where the minutes have no unit or one that also means months.
fn joined_parts(text: &str) -> Option<String> {
    let (hours, minutes) = text.split_once(['h', 'ч'])?;
    let minutes = minutes.trim().trim_end_matches('m').trim_end_matches('м').trim();
    let (hours, minutes) = (hours.trim().parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
    (minutes < 60).then(|| joined(&[(hours, "h"), (minutes, " min")]))?
}

/// A length of ISO 8601, after its `P`.
fn iso(text: &str) -> Option<String> {
    let (days, clock) = text.split_once('t').unwrap_or((text, ""));
    let mut parts = Vec::new();
    let units = [('y', " years"), ('m', " months"), ('w', " weeks"), ('d', "d")];
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
    // `1 years` is one year.
    let singular = |part: &String| {
        let is_one = part.starts_with("1 ") && part.ends_with('s');
        if is_one { part.trim_end_matches('s').to_owned() } else { part.clone() }
    };
    let written: Vec<String> = written.iter().map(singular).collect();
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
            ("P12M", "12 months"),
            ("P1Y", "1 year"),
            ("P1Y6M", "1 year 6 months"),
            ("P2W", "2 weeks"),
            ("3 d.", "3d"),
            ("P1DT4H", "1d 4h"),
            ("0:30", "30 min"),
            ("1:15", "1h 15 min"),
            ("one year", "1 year"),
            ("two weeks", "2 weeks"),
            ("1.5 wk", "1.5 weeks"),
            ("2 hrs", "2h"),
            ("1 wk", "1 week"),
            ("a day", "1d"),
            ("half an hour", "30 min"),
            ("полгода", "6 months"),
            ("два дня", "2d"),
            ("1h30", "1h 30 min"),
            ("2h30m", "2h 30 min"),
            ("timedelta(days=3)", "3d"),
            ("timedelta(days=1, hours=4)", "1d 4h"),
            ("datetime.timedelta(hours=2)", "2h"),
            ("days(3)", "3d"),
            ("3.days", "3d"),
            ("Duration.ofDays(3)", "3d"),
            ("duration(90, 'minutes')", "90 min"),
            ("INTERVAL '3 days'", "3d"),
            ("“5d”", "5d"),
        ] {
            assert_eq!(length(text).as_deref(), Some(written), "{text}");
        }
        for text in ["3 parrots", "parrots(3)", "timedelta(3)", "normal(5, 2)", "3.parrots"] {
            assert_eq!(length(text), None, "{text}");
        }
    }
}
