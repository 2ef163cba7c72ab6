//! The season: which class of the calendar a day belongs to.
//!
//! Many sales teams close most deals in the last month of a quarter, so the chance of a close
//! depends on the month. Whether it does is decided by past forecasts, not here.

use jiff::civil::Date;

/// How days are divided into classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// All days are alike.
    None,
    /// The first, second and third month of a quarter.
    MonthOfQuarter,
    /// January to December.
    MonthOfYear,
}

impl Season {
    /// The number of classes.
    pub fn classes(self) -> usize {
        match self {
            Season::None => 1,
            Season::MonthOfQuarter => 3,
            Season::MonthOfYear => 12,
        }
    }

    /// The class of a month from 0 (January) to 11.
    fn class(self, month: usize) -> usize {
        month % self.classes()
    }

    /// The number of months after which the season is the same again.
    pub fn months(self) -> i32 {
        match self {
            Season::None | Season::MonthOfQuarter => 3,
            Season::MonthOfYear => 12,
        }
    }
}

/// A stretch of days of one class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// The class of its days.
    pub class: usize,
    /// The day since 1970-01-01 on which the next stretch begins.
    pub until: f64,
}

/// The classes of the days of a range.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    /// The season.
    pub season: Season,
    first: i64,
    days: Vec<Stretch>,
}

impl Classes {
    /// The classes of the days from `from` to `until`, in days since 1970-01-01.
    pub fn new(season: Season, from: f64, until: f64) -> Classes {
        let first = from.floor() as i64;
        let count = ((until - from).max(0.0) as usize).saturating_add(3);
        let mut days = Vec::with_capacity(count);
        let mut month = month_of(first);
        for day in first..first + count as i64 {
            if day >= month.1 {
                month = month_of(day);
            }
            let ends = if season == Season::None { f64::INFINITY } else { month.1 as f64 };
            days.push(Stretch { class: season.class(month.0), until: ends });
        }
        Classes { season, first, days }
    }

    /// The same season for days until a later one.
    #[must_use]
    pub fn until(&self, until: f64) -> Classes {
        Classes::new(self.season, self.first as f64, until + 1.0)
    }

    /// The stretch that a day is in; days outside of the range are as its nearest day.
    #[inline]
    pub fn at(&self, day: f64) -> Stretch {
        let index = (day.floor() as i64 - self.first).clamp(0, self.days.len() as i64 - 1);
        let stretch = self.days[index as usize];
        if stretch.until <= day { Stretch { until: f64::INFINITY, ..stretch } } else { stretch }
    }
}

/// The date of a day since 1970-01-01; none beyond the years that dates have.
pub fn date(day: i64) -> Option<Date> {
    Date::new(1970, 1, 1).ok()?.checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// The day since 1970-01-01 of a date.
pub fn day_of(date: Date) -> i64 {
    let epoch = Date::new(1970, 1, 1).unwrap_or(date);
    epoch.until(date).map_or(0, |span| i64::from(span.get_days()))
}

/// The month (0 to 11) of a day and the first day of the next month.
fn month_of(day: i64) -> (usize, i64) {
    let Some(found) = date(day) else { return (0, i64::MAX) };
    let next = found.last_of_month().tomorrow().map_or(i64::MAX, day_of);
    ((found.month() - 1) as usize, next)
}

/// The number of the month of a day since January 1970.
pub fn month_number(day: f64) -> i64 {
    let of = |date: Date| (i64::from(date.year()) - 1970) * 12 + i64::from(date.month()) - 1;
    date(day.floor() as i64).map_or(0, of)
}

/// The first day of the period of so many months (1, 3 or 12) that a day is in, and the first day
/// of the next one; infinite beyond the years that dates have.
pub fn period_of(day: f64, months: i8) -> [f64; 2] {
    let first = |date: Date| {
        let back = (date.month() - 1) % months;
        date.first_of_month().checked_sub(jiff::Span::new().try_months(back).ok()?).ok()
    };
    let of = |date: Option<Date>, beyond| date.map_or(beyond, |date| day_of(date) as f64);
    let start = date(day.floor() as i64).and_then(first);
    let span = jiff::Span::new().try_months(months).ok();
    let next = start.zip(span).and_then(|(start, span)| start.checked_add(span).ok());
    [of(start, f64::NEG_INFINITY), of(next, f64::INFINITY)]
}

/// The day that is `months` months earlier; the last of the month where it is shorter.
pub fn months_before(day: f64, months: i32) -> f64 {
    let whole = day.floor();
    let span = jiff::Span::new().try_months(months).ok();
    let earlier = date(whole as i64).zip(span).and_then(|(date, span)| date.checked_sub(span).ok());
    earlier.map_or(day, |earlier| day_of(earlier) as f64 + day - whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i16, month: i8, day: i8) -> f64 {
        day_of(Date::new(year, month, day).unwrap()) as f64
    }

    #[test]
    fn days_know_their_month_of_the_quarter_and_where_it_ends() {
        let classes = Classes::new(Season::MonthOfQuarter, day(2024, 1, 15), day(2024, 6, 30));
        let of = |y, m, d| classes.at(day(y, m, d) + 0.5);
        assert_eq!(of(2024, 2, 29), Stretch { class: 1, until: day(2024, 3, 1) });
        assert_eq!(of(2024, 3, 1), Stretch { class: 2, until: day(2024, 4, 1) });
        assert_eq!(of(2024, 4, 30).class, 0);
        assert_eq!(Classes::new(Season::None, 0.0, 10.0).at(5.0).until, f64::INFINITY);
    }

    #[test]
    fn a_day_knows_its_month_and_its_quarter() {
        let may = day(2024, 5, 31);
        assert_eq!(period_of(may + 0.9, 1), [day(2024, 5, 1), day(2024, 6, 1)]);
        assert_eq!(period_of(may, 3), [day(2024, 4, 1), day(2024, 7, 1)]);
        assert_eq!(period_of(day(2024, 12, 1), 1), [day(2024, 12, 1), day(2025, 1, 1)]);
        assert_eq!(period_of(may, 12), [day(2024, 1, 1), day(2025, 1, 1)]);
        assert_eq!(period_of(1e12, 1)[1], f64::INFINITY);
    }

    #[test]
    fn three_months_before_the_last_of_may_is_the_last_of_february() {
        assert_eq!(months_before(day(2023, 5, 31), 3), day(2023, 2, 28));
        assert_eq!(months_before(day(2024, 1, 15), 12), day(2023, 1, 15));
    }
}
