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

/// The months in English and Russian; a word that begins so is that month.
const MONTHS: [[&str; 3]; 12] = [
    ["jan", "янв", "январ"],
    ["feb", "фев", "феврал"],
    ["mar", "мар", "март"],
    ["apr", "апр", "апрел"],
    ["may", "мая", "май"],
    ["jun", "июн", "июня"],
    ["jul", "июл", "июля"],
    ["aug", "авг", "август"],
    ["sep", "сен", "сентябр"],
    ["oct", "окт", "октябр"],
    ["nov", "ноя", "ноябр"],
    ["dec", "дек", "декабр"],
];

/// A date with the name of its month: `31 декабря 2026`, `Dec 31, 2026`, `31st of December 2026`.
pub fn in_words(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/');
    let is_word = |word: &&str| !matches!(*word, "" | "of" | "the" | "г" | "года");
    let words: Vec<&str> = lower.split(is_gap).filter(is_word).collect();
    let [one, two, year] = words[..] else { return None };
    let month = |word: &str| {
        let names = |names: &[&str; 3]| names.iter().any(|name| word.starts_with(name));
        MONTHS.iter().position(names).map(|at| at as i8 + 1)
    };
    let day = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_ordinal = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
        digits.parse::<i8>().ok().filter(|_| is_ordinal)
    };
    let (month, day) = month(two).zip(day(one)).or_else(|| month(one).zip(day(two)))?;
    let year = year.parse::<i16>().ok().filter(|year| (1900..2200).contains(year))?;
    Some(jiff::civil::Date::new(year, month, day).ok()?.to_string())
}

/// The first and the last day of a span of dates: `2026-01-01..2026-01-08`, `2026-01-01 - 2026-01-08`.
pub fn span(text: &str) -> Option<[String; 2]> {
    let text = text.trim().to_lowercase();
    let text = ["from ", "с "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
    let signs = ["..", " - ", " – ", " — ", "–", "—", " to ", " по ", " до ", "/", ":", "-"];
    let is_date = |text: &str| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    let date = |text: &str| {
        let text = text.trim().trim_matches('.').trim();
        if is_date(text) {
            Some(text.to_owned())
        } else {
            in_words(text).or_else(|| day_first(text))
        }
    };
    signs.iter().find_map(|sign| {
        text.match_indices(sign).find_map(|(at, _)| {
            let (from, to) = (date(&text[..at])?, date(&text[at + sign.len()..])?);
            (from <= to).then_some([from, to])
        })
    })
}

/// A date as `12.01.2026`.
fn day_first(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('.').collect();
    let [day, month, year] = parts[..] else { return None };
    let year = year.parse::<i16>().ok().filter(|year| (1900..2200).contains(year))?;
    Some(jiff::civil::Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?.to_string())
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
    fn months_may_be_words() {
        for text in [
            "31 декабря 2026",
            "31 дек. 2026 г.",
            "Dec 31, 2026",
            "31 December 2026",
            "December 31st 2026",
            "31-Dec-2026",
            "31st of December, 2026",
        ] {
            assert_eq!(in_words(text).as_deref(), Some("2026-12-31"), "{text}");
        }
        for text in ["31 февраля 2026", "December 2026", "soon", "2026-12-31"] {
            assert_eq!(in_words(text), None, "{text}");
        }
    }

    #[test]
    fn spans_of_dates_have_two_ends() {
        for text in [
            "2026-01-01..2026-01-08",
            "2026-01-01 - 2026-01-08",
            "2026-01-01–2026-01-08",
            "2026-01-01-2026-01-08",
            "с 2026-01-01 по 2026-01-08",
            "01.01.2026 - 08.01.2026",
            "1 января 2026 - 8 января 2026",
        ] {
            let both = ["2026-01-01", "2026-01-08"].map(str::to_owned);
            assert_eq!(span(text), Some(both), "{text}");
        }
        assert_eq!(span("2026-01-08..2026-01-01"), None);
        assert_eq!(span("2026-01-08"), None);
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
