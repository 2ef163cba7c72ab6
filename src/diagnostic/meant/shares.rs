//! Shares as they are written elsewhere: `62,5`, `40 percent`, `30% of all`.

use super::vague::without_about;
use super::{normal, number, with_point};
use crate::quantity::{NumberFault, parse_share};

/// Whose share every share is: `30% of all` is a share, `3% of margin` is that of something else.
const OF_ALL: [&str; 10] = [
    "of all",
    "of them",
    "of deals",
    "of leads",
    "of all deals",
    "of the deals",
    "of total",
    "от всех",
    "от сделок",
    "от лидов",
];

/// A share with a decimal comma, as the language writes it: `0.5` of `0,5`, `62.5%` of `62,5`; none of `1,200`.
pub fn share_with_point(text: &str) -> Option<String> {
    let point = with_point(text);
    let decimals = point.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    match parse_share(&point) {
        Ok(_) => Some(point),
        Err(NumberFault::PercentMissing { value }) if value > 2.0 && decimals != 3 => {
            Some(format!("{value}%"))
        }
        Err(_) => None,
    }
}

/// A share in words, as `40 percent`: `40%`. What follows the sign must not say where it leads, as `40% to contract` does.
pub fn share(text: &str) -> Option<String> {
    if let Some(rest) = without_about(text) {
        let is_share = rest.starts_with(|c: char| c.is_ascii_digit()) && parse_share(rest).is_ok();
        return share(rest).or_else(|| is_share.then(|| rest.to_owned()));
    }
    let text = normal(text);
    let (number, rest) = number(&text)?;
    let words = ["percent", "per cent", "pct", "proc", "проц", "percents"];
    let is_percent = words.contains(&rest)
        || rest.starts_with("проц")
        || rest.strip_prefix('%').is_some_and(|after| {
            let after = after.trim();
            let of_all = OF_ALL.contains(&after);
            !after.is_empty() && (of_all || !after.contains(char::is_alphanumeric))
        });
    is_percent.then(|| format!("{number}%"))
}
