//! Dates and times of day in the formats of exports.
//!
//! Dates of three numbers with dots are day first, those that begin with four digits year first.
//! With slashes or dashes the order differs by country, and [`NumericDate::order`] says what a date itself tells.

use jiff::civil::DateTime;

use crate::records::deals::Moment;
use crate::records::options::DateOrder;

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// The first and the last serial number of a day in a spreadsheet that is taken for a date: 1954 and 2119.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// Days from 1899-12-30, the day zero of spreadsheets, to 1970-01-01.
const EPOCH: f64 = 25_569.0;

/// A date that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::records) struct Stamp {
    /// By the clock of the cell.
    pub(in crate::records) moment: Moment,
    /// Seconds east of Greenwich, where the cell names a zone.
    pub(in crate::records) offset: Option<i32>,
}

/// A date of three numbers whose order its separator does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::records) struct NumericDate {
    first: u32,
    second: u32,
}

impl NumericDate {
    /// The order that the numbers themselves tell; none where both are possible.
    pub(in crate::records) fn order(self) -> Option<DateOrder> {
        match (self.first > 12, self.second > 12) {
            (true, false) => Some(DateOrder::Dmy),
            (false, true) => Some(DateOrder::Mdy),
            _ => None,
        }
    }

    /// Whether day and month are the same number, so that the order does not matter.
    pub(in crate::records) fn is_same(self) -> bool {
        self.first == self.second
    }
}

/// The numbers of a date with slashes or dashes that does not begin with a year.
pub(in crate::records) fn numeric(cell: &str) -> Option<NumericDate> {
    let (first, rest) = digits(cell.trim())?;
    let separator = rest.chars().next().filter(|sign| matches!(sign, '/' | '-'))?;
    if first.len() > 2 {
        return None;
    }
    let (second, rest) = digits(&rest[1..])?;
    let is_numeric = second.len() <= 2 && rest.starts_with(separator);
    if !is_numeric {
        return None;
    }
    Some(NumericDate { first: first.parse().ok()?, second: second.parse().ok()? })
}

/// Reads a date with or without a time; `order` counts where the cell leaves it open.
pub(in crate::records) fn parse(cell: &str, order: Option<DateOrder>) -> Option<Stamp> {
    let cell = cell.trim();
    if cell.contains('E') && SERIALS.contains(&cell.parse::<f64>().unwrap_or(0.0)) {
        // A number of a workbook.
        let serial = cell.parse::<f64>().ok().map(|number| number.to_string())?;
        return parse(&serial, order);
    }
    // A serial number with a decimal comma.
    if let Some((whole, fraction)) = cell.split_once(',')
        && [whole, fraction].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return parse(&format!("{whole}.{fraction}"), order);
    }
    if cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && cell.bytes().filter(|byte| *byte == b'.').count() <= 1
    {
        return serial(cell).map(|moment| Stamp { moment, offset: None });
    }
    let (year, month, day, rest) = date(cell, order)?;
    let (micros, offset) = time(rest)?;
    let midnight = civil(year, month, day)?;
    Some(Stamp { moment: Moment(midnight.checked_add(micros)?), offset })
}

/// Seconds or milliseconds since 1970, compact dates, and serial numbers of spreadsheets.
fn serial(cell: &str) -> Option<Moment> {
    let whole = cell.split('.').next().unwrap_or_default();
    let number: f64 = cell.parse().ok()?;
    match (whole.len(), whole.len() == cell.len()) {
        (5, _) if SERIALS.contains(&number) => {
            // To the millisecond: a serial number holds no more.
            let millis = ((number - EPOCH) * 86_400_000.0).round();
            Some(Moment(millis as i64 * 1000))
        }
        (8, true) => {
            let part = |range: std::ops::Range<usize>| whole[range].parse::<i64>().ok();
            let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
            civil(year, month, day).map(Moment)
        }
        (10, _) => Some(Moment((number * SECOND as f64).round() as i64)),
        (13, true) => Some(Moment(whole.parse::<i64>().ok()? * 1000)),
        _ => None,
    }
}

/// Midnight of a day in microseconds.
fn civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let (year, month) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?);
    let day = i8::try_from(day).ok()?;
    if !(1900..=2200).contains(&year) {
        return None;
    }
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    Some(i64::from(date.since(epoch).ok()?.get_days()) * 86_400 * SECOND)
}

/// The date and time of day of a moment; none where it is too far.
pub(in crate::records) fn date_time(moment: Moment) -> Option<DateTime> {
    let epoch = jiff::civil::date(1970, 1, 1).to_datetime(jiff::civil::Time::midnight());
    epoch.checked_add(jiff::Span::new().try_microseconds(moment.0).ok()?).ok()
}

/// Leading digits, and the rest.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    (end > 0).then(|| text.split_at(end))
}

fn number(text: &str) -> Option<(i64, &str)> {
    let (digits, rest) = digits(text)?;
    if digits.len() > 4 { None } else { Some((digits.parse().ok()?, rest)) }
}

/// Year, month, day, and what stands behind them.
fn date(cell: &str, order: Option<DateOrder>) -> Option<(i64, i64, i64, &str)> {
    let cell = without_weekday(cell);
    let Some((leading, rest)) = digits(cell) else { return month_first(cell) };
    let separator = rest.chars().next()?;
    let behind = rest[separator.len_utf8()..].trim_start_matches(' ');
    if matches!(separator, ' ') || behind.starts_with(char::is_alphabetic) {
        return month_between(cell);
    }
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let (first, rest) = (leading.parse::<i64>().ok()?, &rest[1..]);
    let (second, rest) = number(rest)?;
    let (third, rest) = number(rest.strip_prefix(separator)?)?;
    if leading.len() == 4 {
        return Some((first, second, third, rest));
    }
    if leading.len() > 2 {
        return None;
    }
    let order = match (separator, order) {
        // Nobody writes dots between a month and a day in this order.
        ('.', _) => DateOrder::Dmy,
        (_, Some(order)) => order,
        (_, None) => NumericDate { first: first as u32, second: second as u32 }
            .order()
            .unwrap_or(DateOrder::Dmy),
    };
    match order {
        DateOrder::Dmy => Some((century(third), second, first, rest)),
        DateOrder::Mdy => Some((century(third), first, second, rest)),
        DateOrder::Ymd => Some((century(first), second, third, rest)),
    }
}

/// A year of two digits lies between 1970 and 2069.
fn century(year: i64) -> i64 {
    match year {
        0..70 => year + 2000,
        70..100 => year + 1900,
        _ => year,
    }
}

/// `Mar 4, 2017`
fn month_first(cell: &str) -> Option<(i64, i64, i64, &str)> {
    let (month, rest) = month(cell)?;
    let (day, rest) = number(rest.trim_start())?;
    let (year, rest) = number(rest.trim_start_matches([',', ' ']))?;
    Some((century(year), month, day, rest))
}

/// `4 Mar 2017`, `04-Mar-2017`, `4 марта 2017 г.`
fn month_between<'a>(cell: &'a str) -> Option<(i64, i64, i64, &'a str)> {
    let (day, rest) = number(cell)?;
    let of = |rest: &'a str| rest.strip_prefix(" de ").unwrap_or(rest);
    let (month, rest) = month(of(rest).trim_start_matches([' ', '-', '/', '.']))?;
    let (year, rest) = number(of(rest).trim_start_matches([' ', '-', '/', '.', ',']))?;
    let rest = rest.strip_prefix(" г.").unwrap_or(rest);
    Some((century(year), month, day, rest))
}

/// Beginnings of the names of months in English, Russian, German, French, Spanish, Portuguese and
/// Italian.
const MONTHS: [&str; 12] = [
    "jan|янв|jän|ene|gen",
    "feb|фев|fév|fev",
    "mar|мар|mär",
    "apr|апр|avr|abr",
    "may|ма|mai|mag",
    "jun|июн|juin|giu",
    "jul|июл|juil|lug",
    "aug|авг|aoû|ago",
    "sep|сен|set",
    "oct|окт|okt|out|ott",
    "nov|ноя",
    "dec|дек|dez|déc|dic",
];

/// Names of the days of the week, short and long, English, Russian and German.
const WEEKDAYS: &str = "mon|monday|tue|tuesday|wed|wednesday|thu|thursday|fri|friday|sat|saturday|sun|sunday|пн|понедельник|вт|\
                        вторник|ср|среда|чт|четверг|пт|пятница|сб|суббота|вс|воскресенье|mo|montag|di|dienstag|mi|mittwoch|\
                        do|donnerstag|fr|freitag|sa|samstag|so|sonntag";

/// `4 Mar 2017` of `Sat, 4 Mar 2017`
fn without_weekday(cell: &str) -> &str {
    let end = cell.find(|letter: char| !letter.is_alphabetic()).unwrap_or(0);
    let word = cell[..end].to_lowercase();
    let is_weekday = end > 0 && WEEKDAYS.split('|').any(|name| name == word);
    if is_weekday { cell[end..].trim_start_matches(['.', ',', ' ']) } else { cell }
}

fn month(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|letter: char| !letter.is_alphabetic())?;
    let (word, rest) = text.split_at(end);
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|names| names.split('|').any(|name| word.starts_with(name)))?;
    Some((at as i64 + 1, rest.strip_prefix('.').unwrap_or(rest)))
}

/// The time of day behind a date, with its zone.
fn time(rest: &str) -> Option<(i64, Option<i32>)> {
    let rest = rest.trim_start_matches([',', ' ', 'T', 't', '\u{a0}', '\u{202f}']);
    if rest.is_empty() {
        return Some((0, None));
    }
    let word = ["в ", "at ", "um ", "à ", "a las "].iter().find_map(|word| rest.strip_prefix(word));
    let (mut hour, rest) = number(word.unwrap_or(rest))?;
    let (minute, rest) = number(rest.strip_prefix(':')?)?;
    let (mut second, mut micros, mut rest) = (0, 0, rest);
    if let Some(seconds) = rest.strip_prefix(':') {
        (second, rest) = number(seconds)?;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            let (digits, behind) = digits(fraction)?;
            let six: String = digits.chars().chain(std::iter::repeat('0')).take(6).collect();
            (micros, rest) = (six.parse().ok()?, behind);
        }
    }
    let lower = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).to_lowercase();
    let zone = if let Some(behind) = lower.strip_prefix("am").or_else(|| lower.strip_prefix("a.m."))
    {
        hour %= 12;
        behind
    } else if let Some(behind) = lower.strip_prefix("pm").or_else(|| lower.strip_prefix("p.m.")) {
        hour = hour % 12 + 12;
        behind
    } else {
        lower.as_str()
    };
    let zone = zone.trim();
    let offset = zone_offset(zone.strip_suffix("uhr").unwrap_or(zone).trim())?;
    let midnight_after = hour == 24 && minute == 0 && second == 0;
    if (hour > 23 && !midnight_after) || minute > 59 || second > 60 {
        return None;
    }
    Some((((hour * 60 + minute) * 60 + second) * SECOND + micros, offset))
}

/// Seconds east of Greenwich; none where no zone is named.
fn zone_offset(zone: &str) -> Option<Option<i32>> {
    let zone = zone
        .strip_prefix("utc")
        .or_else(|| zone.strip_prefix("gmt"))
        .unwrap_or(if zone == "z" { "+0" } else { zone });
    if zone.is_empty() {
        return Some(None);
    }
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, rest) = digits(&zone[1..])?;
    let (hours, minutes): (i32, i32) = match (hours.len(), rest.strip_prefix(':')) {
        (4, None) if rest.is_empty() => (hours[..2].parse().ok()?, hours[2..].parse().ok()?),
        (1 | 2, None) if rest.is_empty() => (hours.parse().ok()?, 0),
        (1 | 2, Some(minutes)) => (hours.parse().ok()?, minutes.parse().ok()?),
        _ => return None,
    };
    (hours <= 15 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes) * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, order: Option<DateOrder>) -> Option<String> {
        let stamp = parse(cell, order)?;
        date_time(stamp.moment).map(|at| at.to_string())
    }

    #[test]
    fn every_format_of_the_systems_is_read() {
        let noon = Some("2017-03-04T12:30:00".to_owned());
        for cell in [
            "2017-03-04T12:30:00",
            "2017-03-04 12:30",
            "2017-03-04T12:30:00.000Z",
            "2017-03-04T12:30:00+03:00",
            "2017-03-04 12:30:00 UTC",
            "2017/03/04 12:30",
            "04.03.2017 12:30:00",
            "4.3.2017, 12:30",
            "Mar 4, 2017 12:30 PM",
            "4 марта 2017 г. 12:30",
            "04.03.2017 в 12:30",
            "4. März 2017 um 12:30 Uhr",
            "4 mars 2017 12:30",
            "4 de marzo de 2017, 12:30",
            "Sat, 4 Mar 2017 12:30",
            "сб, 04.03.2017 12:30",
            "04-Mar-2017 12:30",
            "1488630600",
            "1488630600000",
        ] {
            assert_eq!(read(cell, None), noon, "{cell}");
        }
        let (day, month) = (Some(DateOrder::Dmy), Some(DateOrder::Mdy));
        assert_eq!(read("04/03/2017 12:30", day), noon);
        assert_eq!(read("3/4/2017 12:30 PM", month), noon);
        assert_eq!(read("3/4/17 12:30 PM", month), noon);
        assert_eq!(read("12/31/2017 12:05 AM", month), Some("2017-12-31T00:05:00".to_owned()));
        assert_eq!(read("20170304", None), Some("2017-03-04T00:00:00".to_owned()));
    }

    /// The serial number of 2017-03-04 is 42798: 25569 is 1970-01-01, and 17229 days lie between.
    #[test]
    fn serial_numbers_of_spreadsheets_are_days_since_1899() {
        assert_eq!(read("42798", None), Some("2017-03-04T00:00:00".to_owned()));
        assert_eq!(read("42798.5", None), Some("2017-03-04T12:00:00".to_owned()));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for cell in ["", "n/a", "#REF!", "31.02.2017", "2017-13-01", "12:30", "1.5", "abc", "2017"]
        {
            assert_eq!(read(cell, None), None, "{cell}");
        }
        assert_eq!(read("25/03/2017", Some(DateOrder::Mdy)), None);
        assert_eq!(read("2017-03-04 25:00", None), None);
    }

    #[test]
    fn a_date_tells_its_order_where_a_number_is_above_twelve() {
        let order = |cell| numeric(cell).and_then(NumericDate::order);
        assert_eq!(order("25/03/2017"), Some(DateOrder::Dmy));
        assert_eq!(order("03/25/2017"), Some(DateOrder::Mdy));
        assert_eq!(order("03/04/2017"), None);
        assert!(numeric("2017-03-04").is_none() && numeric("03.04.2017").is_none());
    }

    #[test]
    fn a_zone_is_kept_beside_the_clock() {
        let offset = |cell| parse(cell, None).unwrap().offset;
        assert_eq!(offset("2017-03-04T12:30:00Z"), Some(0));
        assert_eq!(offset("2017-03-04T12:30:00+0530"), Some(19_800));
        assert_eq!(offset("2017-03-04T12:30:00-03:00"), Some(-10_800));
        assert_eq!(offset("2017-03-04T12:30:00"), None);
    }
}
