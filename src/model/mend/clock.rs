//! Dates, hours and names of days as people write them elsewhere.

use crate::diagnostic::Wanted;
use crate::model::words::truth;

/// `2026-01-12` of `12.01.2026`, `2026/1/12` or `2026.01.12`. A date with slashes and the year last has two readings.
pub(super) fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let (day, time) = text.split_once(' ').map_or((text, None), |(day, time)| (day, Some(time)));
    let parts: Vec<&str> = day.split(['.', '/', '-']).collect();
    let number = |part: &str| part.parse::<i16>().ok();
    let [first, second, third] = parts[..] else { return None };
    let (year, month, day) = if first.len() == 4 {
        (number(first)?, number(second)?, number(third)?)
    } else if third.len() == 4 && day.contains('.') {
        (number(third)?, number(second)?, number(first)?)
    } else {
        return None;
    };
    let date =
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    match time {
        None => Some(date.to_string()),
        Some(time) => Some(format!("{date} {}", self::time(time)?.0)),
    }
}

/// `09:00-18:00` of `9-18`, `9am - 6pm`, `9:00–18:00` or `с 9 до 18`, and whether there is no other reading.
pub(super) fn hours(text: &str) -> Option<(String, bool)> {
    let text = text.trim().to_lowercase().replace(['–', '—', '−', '‑'], "-");
    if matches!(
        text.as_str(),
        "закрыто" | "выходной" | "нерабочий" | "off" | "day off" | "none" | "-"
    ) {
        return Some(("closed".to_owned(), true));
    }
    let text = text
        .trim_start_matches("с ")
        .trim_start_matches("from ")
        .replace(" to ", "-")
        .replace(" до ", "-");
    let (from, to) = text.split_once('-')?;
    let ((from, from_said), (to, to_said)) = (time(from)?, time(to)?);
    // `9-6` may mean the evening, and a night shift.
    let certain = from < to || from_said && to_said;
    Some((format!("{from}-{to}"), certain))
}

/// `thu 14:00` of `thursday 2pm`, `чт 14:00`.
pub(super) fn moment(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let Some((first, rest)) = text.split_once(' ') else {
        return weekday(&text).map(str::to_owned).or_else(|| Some(time(&text)?.0));
    };
    match weekday(first) {
        Some(day) => Some(format!(
            "{day} {}",
            time(rest.trim_start_matches("at ").trim_start_matches("в "))?.0
        )),
        None => Some(time(&text)?.0),
    }
}

/// A time of day, and whether the half of the day is said.
fn time(text: &str) -> Option<(String, bool)> {
    let text = text.trim().to_lowercase();
    let (clock, half) = ["am", "a.m.", "pm", "p.m."]
        .iter()
        .find_map(|half| Some((text.strip_suffix(half)?.trim(), Some(half.starts_with('p')))))
        .unwrap_or((text.as_str(), None));
    let (hour, minute) = clock.split_once([':', '.', 'h']).unwrap_or((clock, "00"));
    let (hour, minute): (u8, u8) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    let is_time = minute < 60 && hour < 24 || hour == 24 && minute == 0;
    is_time.then(|| (format!("{hour:02}:{minute:02}"), half.is_some()))
}

/// Days as working days: `2 working days` of `2d`.
pub(super) fn working_days(text: &str) -> Option<String> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (count, unit) = text.split_at(digits);
    let is_days = matches!(unit.trim(), "d" | "day" | "days") && count.parse::<f64>().is_ok();
    let plural = if count == "1" { "" } else { "s" };
    is_days.then(|| format!("{count} working day{plural}"))
}

/// The word of the language for a weekday, days from one to another, a month, or a truth.
pub(super) fn word(text: &str, wanted: Wanted) -> Option<String> {
    let word = match wanted {
        Wanted::Weekday => {
            if let Some((from, to)) = text.split_once(['-', '–', '—']) {
                return Some(format!("{}-{}", weekday(from)?, weekday(to)?));
            }
            weekday(text)
        }
        Wanted::Month => month(text),
        Wanted::Truth => truth(text),
        _ => None,
    };
    word.map(str::to_owned)
}

const WEEKDAYS: [(&str, [&str; 3]); 7] = [
    ("mon", ["monday", "пн", "понедельник"]),
    ("tue", ["tuesday", "вт", "вторник"]),
    ("wed", ["wednesday", "ср", "среда"]),
    ("thu", ["thursday", "чт", "четверг"]),
    ("fri", ["friday", "пт", "пятница"]),
    ("sat", ["saturday", "сб", "суббота"]),
    ("sun", ["sunday", "вс", "воскресенье"]),
];

const MONTHS: [(&str, [&str; 2]); 12] = [
    ("jan", ["january", "янв"]),
    ("feb", ["february", "фев"]),
    ("mar", ["march", "мар"]),
    ("apr", ["april", "апр"]),
    ("may", ["may", "ма"]),
    ("jun", ["june", "июн"]),
    ("jul", ["july", "июл"]),
    ("aug", ["august", "авг"]),
    ("sep", ["september", "сен"]),
    ("oct", ["october", "окт"]),
    ("nov", ["november", "ноя"]),
    ("dec", ["december", "дек"]),
];

fn weekday(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    let is_it =
        |(short, names): &&(&str, [&str; 3])| *short == text || names.contains(&text.as_str());
    WEEKDAYS.iter().find(is_it).map(|(short, _)| *short)
}

fn month(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    if let Some(at) = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
        return MONTHS.get(at).map(|(short, _)| *short);
    }
    let is_it =
        |(_, [english, stem]): &&(&str, [&str; 2])| *english == text || text.starts_with(stem);
    MONTHS.iter().find(is_it).map(|(short, _)| *short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_with_one_reading_is_written_from_year_to_day() {
        assert_eq!(date("12.01.2026").as_deref(), Some("2026-01-12"));
        assert_eq!(date("2026/1/2").as_deref(), Some("2026-01-02"));
        assert_eq!(date("31.12.2026 9:30").as_deref(), Some("2026-12-31 09:30"));
        assert_eq!(date("01/02/2026"), None);
        assert_eq!(date("31.02.2026"), None);
    }

    #[test]
    fn hours_of_other_clocks_are_written_from_00_to_24() {
        for (text, written, certain) in [
            ("9-18", "09:00-18:00", true),
            ("9am-6pm", "09:00-18:00", true),
            ("9:00 – 18:00", "09:00-18:00", true),
            ("с 9 до 18", "09:00-18:00", true),
            ("12am-12pm", "00:00-12:00", true),
            ("9-6", "09:00-06:00", false),
            ("10pm-6am", "22:00-06:00", true),
        ] {
            assert_eq!(hours(text), Some((written.to_owned(), certain)), "{text}");
        }
        assert_eq!(hours("выходной"), Some(("closed".to_owned(), true)));
        assert_eq!(hours("9-25"), None);
        assert_eq!(moment("thursday 2pm").as_deref(), Some("thu 14:00"));
        assert_eq!(moment("чт 14:00").as_deref(), Some("thu 14:00"));
    }
}
