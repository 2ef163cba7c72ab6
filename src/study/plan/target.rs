//! A target as people type it: `bookings per month >= 9000000 chance 80%`.
//!
//! It is turned into an expectation of the model language, so that the model itself says what is
//! wrong with it.

use thiserror::Error;

/// Why a text is no target.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TargetFault {
    /// There is no limit.
    #[error(
        "write KPI >= LIMIT or KPI <= LIMIT, as `bookings per month >= 9000000 chance 80%` or \
         `queue_time p90 role=seller <= 1h`"
    )]
    NoLimit,
    /// A word that says nothing.
    #[error("`{0}`: a KPI is followed by a statistic, `within TIME`, `per PERIOD` or KEY=NAME")]
    Unknown(String),
    /// A word without what belongs to it.
    #[error("`{0}` needs a value behind it")]
    Alone(String),
}

/// The expectation that a target means, as YAML on one line.
///
/// ```
/// use voronka::study::plan::expectation;
/// let found = expectation("bookings per month >= 9000000 chance 80%").unwrap();
/// assert_eq!(found, "{kpi: bookings, per: month, at_least: 9000000, chance: 80%}");
/// ```
pub fn expectation(text: &str) -> Result<String, TargetFault> {
    let signs = [(">=", "at_least"), ("<=", "at_most"), ("≥", "at_least"), ("≤", "at_most")];
    let sign = signs.iter().find_map(|(sign, key)| Some((text.find(sign)?, sign.len(), *key)));
    let (at, length, key) = sign.ok_or(TargetFault::NoLimit)?;
    let (left, right) = (words(&text[..at]), words(&text[at + length..]));
    let mut entries = Vec::new();
    let mut left = left.into_iter();
    entries.push(("kpi".to_owned(), left.next().ok_or(TargetFault::NoLimit)?));
    while let Some(word) = left.next() {
        let entry = match (word.as_str(), word.split_once('=')) {
            ("per" | "within", _) => {
                let value = left.next().ok_or_else(|| TargetFault::Alone(word.clone()))?;
                (word, value)
            }
            (_, Some((key, name))) if !key.is_empty() && !name.is_empty() => {
                (key.to_owned(), name.to_owned())
            }
            (_, None) if entries.len() == 1 => ("stat".to_owned(), word),
            _ => return Err(TargetFault::Unknown(word)),
        };
        entries.push(entry);
    }
    let chance = right.iter().position(|word| word == "chance");
    let (limit, rest) = right.split_at(chance.unwrap_or(right.len()));
    if limit.is_empty() {
        return Err(TargetFault::NoLimit);
    }
    entries.push((key.to_owned(), limit.join(" ")));
    match rest {
        [] => {}
        [_, share] => entries.push(("chance".to_owned(), share.clone())),
        [_] => return Err(TargetFault::Alone("chance".to_owned())),
        [_, _, more, ..] => return Err(TargetFault::Unknown(more.clone())),
    }
    let entries = entries.iter().map(|(key, value)| format!("{key}: {}", plain(value)));
    Ok(format!("{{{}}}", entries.collect::<Vec<_>>().join(", ")))
}

/// Words between spaces; what stands in quotes is one of them.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in text.chars() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, letter) if letter.is_whitespace() => words.push(String::new()),
            _ => words.last_mut().expect("the list starts with one word").push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A value that YAML reads as the same text.
fn plain(value: &str) -> String {
    let is_plain = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, ' ' | '.' | '_' | '%' | '/' | '-')
    };
    if value.chars().all(is_plain) { value.to_owned() } else { format!("{value:?}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_become_expectations() {
        for (text, wanted) in [
            ("win_rate >= 30%", "{kpi: win_rate, at_least: 30%}"),
            (
                "queue_time p90 role='south team' <= 2 h",
                "{kpi: queue_time, stat: p90, role: south team, at_most: 2 h}",
            ),
            (
                "lead_response_time within 2h >= 80%",
                "{kpi: lead_response_time, within: 2h, at_least: 80%}",
            ),
            (
                "throughput per month ≥ 40 chance 90%",
                "{kpi: throughput, per: month, at_least: 40, chance: 90%}",
            ),
        ] {
            assert_eq!(expectation(text).as_deref(), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_target_is_refused() {
        for (text, wanted) in [
            ("win_rate", TargetFault::NoLimit),
            ("win_rate >=", TargetFault::NoLimit),
            (">= 3", TargetFault::NoLimit),
            ("win_rate per >= 3", TargetFault::Alone("per".to_owned())),
            ("win_rate >= 3 chance", TargetFault::Alone("chance".to_owned())),
            ("win_rate p90 p50 >= 3", TargetFault::Unknown("p50".to_owned())),
            ("win_rate >= 3 chance 80% more", TargetFault::Unknown("more".to_owned())),
        ] {
            assert_eq!(expectation(text), Err(wanted), "{text}");
        }
    }
}
