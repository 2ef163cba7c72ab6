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

/// The two readings of a date with slashes and the year at the end: with the day first, and with the month first.
/// Both are the same where only one of them exists.
pub fn two_dates(text: &str) -> Option<[String; 2]> {
    let parts: Vec<&str> = text.trim().split('/').collect();
    let [first, second, year] = parts[..] else { return None };
    let year = year.parse::<i16>().ok().filter(|year| (1900..2200).contains(year))?;
    let (first, second) = (first.parse::<i8>().ok()?, second.parse::<i8>().ok()?);
    let date = |month, day| jiff::civil::Date::new(year, month, day).ok();
    let (day_first, month_first) = (date(second, first), date(first, second));
    let either = day_first.or(month_first)?;
    Some([day_first, month_first].map(|date| date.unwrap_or(either).to_string()))
}

/// The date with its month and day exchanged, where the month of a text in the right form is too large.
pub fn exchanged(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let (year, month) = (year.parse::<i16>().ok()?, month.parse::<i8>().ok().filter(|m| *m > 12)?);
    let date = jiff::civil::Date::new(year, day.parse().ok()?, month).ok()?;
    Some(date.to_string())
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

    #[test]
    fn a_date_with_slashes_has_two_readings_unless_one_does_not_exist() {
        let both = |one: &str, other: &str| Some([one.to_owned(), other.to_owned()]);
        assert_eq!(two_dates("31/03/2026"), both("2026-03-31", "2026-03-31"));
        assert_eq!(two_dates("03/31/2026"), both("2026-03-31", "2026-03-31"));
        assert_eq!(two_dates("05/06/2026"), both("2026-06-05", "2026-05-06"));
        assert_eq!(two_dates("40/13/2026"), None);
        assert_eq!(exchanged("2026-13-01").as_deref(), Some("2026-01-13"));
        assert_eq!(exchanged("2026-13-31"), None);
    }
}
