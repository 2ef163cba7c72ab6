//! Words that are one slip away from a known one, and numbers in a form from elsewhere.

use super::Spot;
use crate::diagnostic::meant::{
    Meant, count, english_unit, meant_by, one_number, share_with_point, with_point,
};
use crate::diagnostic::{Mend, Wanted};
use crate::model::near::is_slip;
use crate::model::words;
use crate::quantity::{NumberFault, parse_number, twins};

/// The nearest known word instead of this one.
pub(super) fn nearest(spot: Spot<'_>, word: &str, near: Option<&str>) -> Option<Mend> {
    spot.replace(word, near?, is_sure(word, near?))
}

/// Whether one word is surely the other: they differ by a slip of letters, not of digits, in a word that is long enough;
/// or the word is in another script, where a list of words decides and not the letters.
pub(super) fn is_sure(word: &str, near: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let same_but_case = word.trim().to_lowercase() == near.to_lowercase();
    let is_translated = !word.is_ascii() && near.is_ascii();
    let is_long = word.chars().count() > 3;
    let is_twin = twins(word, near).is_some();
    same_but_case
        || words::is_sure(word, near)
        || is_translated
        || is_twin
        || is_long && digits(word) == digits(near) && is_slip(word, near)
}

/// Whether a word of three letters is surely one of a list of them, such as days and months: no other one begins alike
/// and is as near.
pub(super) fn is_only(word: &str, near: &str, known: &[String]) -> bool {
    let first = |text: &str| text.chars().next().map(|c| c.to_ascii_lowercase());
    let is_short = known.iter().all(|known| known.len() == 3) && word.len() == 3;
    let mut alike =
        known.iter().filter(|known| first(known) == first(word) && is_slip(word, known));
    is_short && alike.next().is_some_and(|only| only == near) && alike.next().is_none()
}

/// Common words for what is left of all.
const REST: [&str; 7] =
    ["остальное", "остальные", "остаток", "прочее", "remainder", "remaining", "the rest"];

/// Those that are no reason of a loss either, and more of them.
const CLEARLY_REST: [&str; 12] = [
    "остальное",
    "остальные",
    "остаток",
    "все остальное",
    "всё остальное",
    "все остальные",
    "оставшееся",
    "оставшиеся",
    "остальная часть",
    "the rest",
    "all the rest",
    "the remainder",
];

/// Whether a word means what is left of all, wherever it stands.
pub(in crate::model) fn is_rest(text: &str) -> bool {
    CLEARLY_REST.contains(&text.trim().to_lowercase().as_str())
}

/// A number as the language writes it.
pub(super) fn number(
    spot: Spot<'_>,
    text: &str,
    wanted: Wanted,
    fault: &NumberFault,
) -> Option<Mend> {
    match meant_by(text, wanted, fault) {
        Some(Meant::Written(written)) => return spot.replace(text, &written, true),
        Some(Meant::Range(range)) => return spot.replace(text, &range, false),
        Some(Meant::Comma { point, .. })
            if matches!(wanted, Wanted::Share | Wanted::ShareLimit) =>
        {
            return spot.replace(text, &point, true);
        }
        Some(Meant::Comma { .. } | Meant::OneShare(_) | Meant::OneNumber) => return None,
        None => {}
    }
    let is_rest = REST.contains(&text.trim().to_lowercase().as_str()) || is_rest(text);
    if wanted == Wanted::Share && is_rest {
        return spot.replace(text, "rest", true);
    }
    let without_end = ["infinite", "infinity", "inf", "∞", "no limit", "безлимит", "неограниченно"];
    if wanted == Wanted::People && without_end.contains(&text.trim().to_lowercase().as_str()) {
        return spot.replace(text, "unlimited", true);
    }
    if matches!(wanted, Wanted::Count | Wanted::People)
        && let Some(count) = count(text)
    {
        return spot.replace(text, &count.to_string(), true);
    }
    let is_share = matches!(wanted, Wanted::Share | Wanted::ShareLimit);
    let new = match fault {
        NumberFault::DecimalComma if is_share => share_with_point(text)?,
        NumberFault::DecimalComma if wanted == Wanted::Duration => {
            in_english(text).unwrap_or_else(|| with_point(text))
        }
        NumberFault::DecimalComma => with_point(text),
        NumberFault::Grouped => one_number(text),
        NumberFault::PercentMissing { value } => format!("{value}%"),
        NumberFault::UnknownUnit { .. } => in_english(text)?,
        NumberFault::UnitMissing if parse_number(text).is_ok() => {
            format!("{}{}", text.trim(), unit_beside(spot)?)
        }
        NumberFault::NotWhole => {
            let number = parse_number(text).ok().filter(|number| number.fract() == 0.0)?;
            format!("{number}")
        }
        _ => return None,
    };
    spot.replace(text, &new, true)
}

/// A length of time whose units are words of another language.
fn in_english(text: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut rest = text.trim();
    while !rest.is_empty() {
        let unit_from = rest.find(|c: char| !is_number(c) && c != ' ')?;
        let number = with_point(rest[..unit_from].trim());
        parse_number(&number).ok()?;
        let unit_to = rest[unit_from..].find(|c: char| c.is_ascii_digit());
        let unit_to = unit_to.map_or(rest.len(), |to| unit_from + to);
        let unit = rest[unit_from..unit_to].trim().trim_end_matches('.');
        let unit = match english_unit(unit) {
            Some("min") => " min",
            Some("week") => " weeks",
            Some("month") => " months",
            Some("quarter") => " quarters",
            Some("year") => " years",
            Some(short) => short,
            None => return None,
        };
        parts.push(format!("{number}{unit}"));
        rest = rest[unit_to..].trim_start();
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The one unit of time that the other numbers between the same braces have.
fn unit_beside(spot: Spot<'_>) -> Option<&str> {
    let (before, after) = (spot.place.start as usize, spot.place.end as usize);
    let from = spot.text[..before]
        .rfind(['{', '}', '\n'])
        .filter(|at| spot.text[*at..].starts_with('{'))?;
    let to = after
        + spot.text[after..]
            .find(['{', '}', '\n'])
            .filter(|at| spot.text[after + at..].starts_with('}'))?;
    let values = spot.text[from + 1..to].split(',').filter_map(|entry| entry.split_once(':'));
    let units = values.filter_map(|(_, value)| {
        let value = value.trim();
        let digits = value.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let is_unit = |unit: &str| {
            [
                "s",
                "min",
                "h",
                "d",
                "weeks",
                "week",
                "months",
                "month",
                "years",
                "working days",
                "working hours",
            ]
            .contains(&unit.trim())
        };
        Some(&value[digits..]).filter(|unit| digits > 0 && is_unit(unit))
    });
    let mut units: Vec<&str> = units.collect();
    units.dedup();
    match units[..] {
        [unit] => Some(unit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_sure_and_another_number_is_not() {
        assert!(is_sure("nxet", "next") && is_sure("Offer", "offer") && is_sure("этапы", "stages"));
        assert!(!is_sure("stage2", "stage1") && !is_sure("b", "a") && !is_sure("price", "cost"));
    }

    #[test]
    fn units_of_another_language_are_put_into_english() {
        assert_eq!(in_english("3 дня").as_deref(), Some("3d"));
        assert_eq!(in_english("1 день 4 часа").as_deref(), Some("1d 4h"));
        assert_eq!(in_english("2 нед.").as_deref(), Some("2 weeks"));
        assert_eq!(in_english("3 попугая"), None);
    }
}
