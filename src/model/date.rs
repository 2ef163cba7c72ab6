//! Dates in the form `YYYY-MM-DD`, with an optional time of day.

use jiff::civil::DateTime;

/// Reads `2026-01-12`, `2026-01-12 09:30` or `2026-01-12T09:30:00`.
pub(super) fn parse_date(text: &str) -> Option<DateTime> {
    let text = text.trim();
    // jiff also accepts `20260112`; the language does not.
    if text.len() == 10 {
        let date = text.parse::<jiff::civil::Date>().ok()?;
        return Some(date.to_datetime(jiff::civil::Time::midnight()));
    }
    let normal = text.replacen(' ', "T", 1);
    // Times are local, so an offset or a zone is refused instead of being dropped silently.
    let time = normal.get(11..).unwrap_or_default();
    let local = time.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.');
    let shape = local && normal.len() >= 16 && normal.as_bytes().get(10) == Some(&b'T');
    shape.then(|| normal.parse::<DateTime>().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_readable_form_only() {
        assert!(parse_date("2026-01-12").is_some());
        assert!(parse_date("2026-01-12 09:30").is_some());
        assert!(parse_date("2026-01-12 09:30:00+03:00").is_none());
        assert!(parse_date("2026-01-12T09:30:00Z").is_none());
        assert!(parse_date("2026-02-30").is_none());
        assert!(parse_date("01.05.2026").is_none());
        assert!(parse_date("20260112").is_none());
    }
}
