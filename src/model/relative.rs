//! Relative values: `*1.2` multiplies what is there, `+2` adds to it.

use super::yaml::{Kind, Node};
use crate::quantity::{Length, parse_number};

/// A change of a value that is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Relative<'t> {
    Times(f64),
    /// A value of the same kind, as it is written.
    Plus(&'t str),
}

/// Parameters of distributions and settings that are no amounts, so that a factor leaves them as they are.
const NO_AMOUNTS: [&str; 14] = [
    "sigma", "shape", "k", "alpha", "beta", "shares", "weights", "share", "file", "column", "role",
    "activity", "calendar", "until",
];

/// The change that a text means; `None` if it is a value of its own.
pub(super) fn parse(text: &str) -> Option<Relative<'_>> {
    let text = text.trim();
    if let Some(factor) = text.strip_prefix('*') {
        return parse_number(factor.trim())
            .ok()
            .filter(|factor| *factor >= 0.0)
            .map(Relative::Times);
    }
    let plus = text.strip_prefix('+')?.trim_start();
    let has_no_digit =
        |(_, unit): (f64, &str)| !unit.contains(|letter: char| letter.is_ascii_digit());
    let is_value = parts(plus).is_some_and(has_no_digit) || Length::parse(plus).is_ok();
    is_value.then_some(Relative::Plus(plus))
}

/// A change in another form, as the language writes it: `x0.5`, `1.2×`, `/2`, and `+10%` of a value that is no share.
/// `None` if the text is none, or the value cannot be changed so.
pub(super) fn meant(text: &str, old: &Node) -> Option<String> {
    let text = text.trim();
    let is_times = |c: char| matches!(c, 'x' | 'X' | 'х' | 'Х' | '×');
    let number = |text: &str| {
        let text = text.trim().replacen(',', ".", 1);
        let is_plain = text.starts_with(|c: char| c.is_ascii_digit());
        parse_number(&text).ok().filter(|number| is_plain && *number > 0.0)
    };
    let percent = || {
        let (sign, share) = text
            .strip_prefix('+')
            .map(|share| (1.0, share))
            .or_else(|| text.strip_prefix(['-', '−', '–']).map(|share| (-1.0, share)))?;
        let share = number(share.strip_suffix('%')?)?;
        // Percent of a share may be points.
        let is_share = old.scalar_text().ends_with('%');
        (!is_share).then_some(1.0 + sign * share / 100.0)
    };
    let factor = text
        .strip_prefix(is_times)
        .and_then(number)
        .or_else(|| text.strip_suffix(is_times).and_then(number))
        .or_else(|| Some(1.0 / text.strip_prefix(['/', '÷', ':']).and_then(number)?))
        .or_else(percent)
        .filter(|factor| *factor >= 0.0)?;
    // A third has no end.
    let written = self::number(factor);
    let is_exact = parse_number(&written).is_ok_and(|read| (read - factor).abs() < 1e-12);
    let is_short = written.len() <= 7;
    let changes = Relative::Times(factor).apply(old).is_some();
    (is_exact && is_short && changes).then(|| format!("*{written}"))
}

impl Relative<'_> {
    /// The changed value; `None` if there is nothing that it could change.
    pub(super) fn apply(self, old: &Node) -> Option<Kind> {
        match (self, &old.kind) {
            (Relative::Times(factor), Kind::Scalar(text)) => times(text, factor).map(Kind::Scalar),
            (Relative::Times(_), Kind::Map(entries)) => {
                let mut entries = entries.clone();
                let mut changed = false;
                for entry in &mut entries {
                    if !NO_AMOUNTS.contains(&entry.key.as_str()) {
                        entry.value.kind = self.apply(&entry.value)?;
                        changed = true;
                    }
                }
                changed.then_some(Kind::Map(entries))
            }
            (Relative::Times(_), Kind::List(items)) => {
                let item =
                    |item: &Node| self.apply(item).map(|kind| Node { place: item.place, kind });
                items.iter().map(item).collect::<Option<_>>().map(Kind::List)
            }
            (Relative::Plus(more), Kind::Scalar(text)) => plus(text, more).map(Kind::Scalar),
            (_, Kind::Null) | (Relative::Plus(_), _) => None,
        }
    }
}

/// A number and the unit after it, as (`40`, `/week`).
fn parts(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | '-'))
        .unwrap_or(text.len());
    Some((parse_number(&text[..end]).ok()?, text[end..].trim_start()))
}

fn number(x: f64) -> String {
    // Twelve digits: what people type has fewer, and products of binary fractions have noise behind them.
    let whole = x.abs().max(1.0).log10().floor() as usize;
    let text = format!("{x:.*}", 11_usize.saturating_sub(whole));
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Every number of a value times a factor: `1d 4h`, `45%`, `40/week`.
fn times(text: &str, factor: f64) -> Option<String> {
    if let Ok(value) = parse_number(text) {
        return Some(number(value * factor));
    }
    if let Some((value, unit)) = parts(text)
        && !unit.contains(|letter: char| letter.is_ascii_digit() || letter == ':')
    {
        return Some(number(value * factor) + unit_of(unit).as_str());
    }
    // Several numbers are a duration or nothing.
    Length::parse(text).ok()?;
    let mut result = String::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .filter(|end| *end > 0)?;
        let after = &rest[digits..];
        let unit = after.find(|letter: char| letter.is_ascii_digit()).unwrap_or(after.len());
        let value = parse_number(&rest[..digits]).ok()?;
        result.push_str(&number(value * factor));
        result.push_str(&after[..unit]);
        rest = &after[unit..];
    }
    Some(result)
}

fn unit_of(unit: &str) -> String {
    match unit.chars().next() {
        Some(letter) if letter.is_alphabetic() => format!(" {unit}"),
        _ => unit.to_owned(),
    }
}

/// The sum of two values of one unit, or of two durations.
fn plus(text: &str, more: &str) -> Option<String> {
    if let (Ok(old), Ok(more)) = (parse_number(text), parse_number(more)) {
        return Some(number(old + more));
    }
    if let (Some((old, unit)), Some((more, other))) = (parts(text), parts(more))
        && unit == other
        && !unit.contains(|letter: char| letter.is_ascii_digit())
    {
        return Some(number(old + more) + unit_of(unit).as_str());
    }
    let both = Length::parse(text).is_ok() && Length::parse(more).is_ok();
    both.then(|| format!("{text} {more}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(old: &str, change: &str) -> Option<String> {
        let place = crate::diagnostic::Place::default();
        let old = Node { place, kind: Kind::Scalar(old.to_owned()) };
        match parse(change)?.apply(&old)? {
            Kind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn changes_in_other_forms_are_factors() {
        let meant = |text: &str, old: &str| {
            let place = crate::diagnostic::Place::default();
            meant(text, &Node { place, kind: Kind::Scalar(old.to_owned()) })
        };
        for (text, old, written) in [
            ("x0.5", "40/week", "*0.5"),
            ("×1,2", "3d", "*1.2"),
            ("1.2x", "900", "*1.2"),
            ("/2", "40/week", "*0.5"),
            ("+10%", "40/week", "*1.1"),
            ("-15 %", "40/week", "*0.85"),
        ] {
            assert_eq!(meant(text, old).as_deref(), Some(written), "{text}");
        }
        for (text, old) in [("-10%", "45%"), ("/3", "40/week"), ("x2", "demo"), ("12", "40")] {
            assert_eq!(meant(text, old), None, "{text}");
        }
    }

    #[test]
    fn factors_keep_the_unit() {
        for (old, change, new) in [
            ("45%", "*1.2", "54%"),
            ("0.1", "*3", "0.3"),
            ("3d", "*1.2", "3.6 d"),
            ("1d 4h", "*0.5", "0.5d 2h"),
            ("20 working hours", "*2", "40 working hours"),
            ("40/week", "*1.5", "60/week"),
            ("180000/month", "*1.1", "198000/month"),
            ("4", "+2", "6"),
            ("4", "+-1", "3"),
            ("45%", "+10%", "55%"),
            ("40/week", "+5/week", "45/week"),
            ("2d", "+4h", "2d 4h"),
            ("1200000", "*1.1", "1320000"),
            ("3e12", "*2", "6000000000000"),
            ("0", "*2", "0"),
        ] {
            assert_eq!(changed(old, change).as_deref(), Some(new), "{old} {change}");
        }
        for (old, change) in [
            ("2026-01-12", "*2"),
            ("09:00-18:00", "*2"),
            ("manager", "*2"),
            ("45%", "+2d"),
            ("rest", "*2"),
        ] {
            assert_eq!(changed(old, change), None, "{old} {change}");
        }
        assert_eq!(parse("10%"), None);
        assert_eq!(parse("+ more"), None);
        assert_eq!(parse("+7 495 1234567"), None);
    }
}
