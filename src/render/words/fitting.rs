//! What stands beside the numbers of a fitted model.

use super::{Language, en, ru};
use crate::report::phrase::fitting::Remark;

impl Language {
    /// A remark as a comment.
    pub fn remark(self, remark: &Remark) -> String {
        match self {
            Language::English => en::remark(remark),
            Language::Russian => ru::remark(remark),
        }
    }
}

/// A day since 1970-01-01 as a date.
pub(super) fn date(day: i64) -> jiff::civil::Date {
    let first = jiff::civil::date(1970, 1, 1);
    let span = jiff::Span::new().try_days(day);
    span.ok().and_then(|span| first.checked_add(span).ok()).unwrap_or(first)
}
