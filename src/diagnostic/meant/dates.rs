//! Dates that do not exist, as 30 February.

/// Why a day does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSuchDay {
    /// A month above 12, or 0.
    Month(i8),
    /// A month with fewer days.
    Day {
        /// As `2026-02`.
        month: String,
        /// How many days it has.
        days: i8,
    },
}

/// Why a date in the right form, or in that of a year at the end, does not exist.
pub fn no_such_day(text: &str) -> Option<NoSuchDay> {
    let day = text.trim().split([' ', 'T']).next()?;
    let parts: Vec<&str> = day.split(['-', '.', '/']).collect();
    let [first, second, third] = parts[..] else { return None };
    let (year, month, day) = match (first.len(), third.len()) {
        (4, _) => (first, second, third),
        (_, 4) if text.contains('.') => (third, second, first),
        _ => return None,
    };
    let (year, month) = (year.parse::<i16>().ok()?, month.parse::<i8>().ok()?);
    let day = day.parse::<i8>().ok()?;
    let Ok(first) = jiff::civil::Date::new(year, month, 1) else {
        return (!(1..=12).contains(&month)).then_some(NoSuchDay::Month(month));
    };
    let days = first.days_in_month();
    let month = format!("{year:04}-{month:02}");
    (!(1..=days).contains(&day)).then_some(NoSuchDay::Day { month, days })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_do_not_exist_say_why() {
        let february = Some(NoSuchDay::Day { month: "2026-02".to_owned(), days: 28 });
        assert_eq!(no_such_day("2026-02-30"), february);
        assert_eq!(no_such_day("30.02.2026 09:00"), february);
        assert_eq!(no_such_day("2026-13-01"), Some(NoSuchDay::Month(13)));
        assert_eq!(no_such_day("2026-01-31"), None);
        assert_eq!(no_such_day("soon"), None);
    }
}
