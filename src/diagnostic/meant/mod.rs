//! What a person probably meant by a number that the language does not read: ranges, percent in words,
//! thousands as `k`, business days, currencies, rates in words.
//!
//! Habits are read here once: the words for them and the mends of a file follow from the same reading.

mod amounts;
mod computed;
mod dates;
mod drawn;
mod lengths;
mod limits;
mod shares;
mod units;
mod vague;

pub use amounts::people;
pub use computed::{Computed, computed, hours};
pub use dates::{NoSuchDay, exchanged, in_words as date_in_words, no_such_day, span, two_dates};
pub use drawn::{Drawn, drawn};
pub use limits::{SIGNS, condition, limits};
pub use units::{count, english_unit};

use self::amounts::amount;
pub use self::shares::{share, share_with_point};
use self::vague::{is_read, times, up_to, without_about};
use super::Wanted;
use crate::quantity::{NumberFault, parse_number, parse_share, without_gaps};

/// What was probably meant.
#[derive(Debug, Clone, PartialEq)]
pub enum Meant {
    /// This, as the language writes it.
    Written(String),
    /// A comma before three digits: a decimal sign, or none.
    Comma {
        /// With a point.
        point: String,
        /// Without any sign.
        none: String,
    },
    /// A distribution over a range, as the language writes it.
    Range(String),
    /// One share, where a range was given: the middle, in percent.
    OneShare(f64),
    /// One number, where a range was given.
    OneNumber,
}

/// What was meant by a text that is not a number for this reason, if its form is the fault and looks like a habit.
pub fn meant_by(text: &str, wanted: Wanted, fault: &NumberFault) -> Option<Meant> {
    let is_about_form = !matches!(
        fault,
        NumberFault::PercentMissing { .. }
            | NumberFault::ShareOutOfRange
            | NumberFault::Negative
            | NumberFault::TooLarge { .. }
            | NumberFault::WorkingTime
            | NumberFault::MixedTime
    );
    meant(text, wanted).filter(|_| is_about_form)
}

/// A number with a decimal point for its comma.
pub fn with_point(text: &str) -> String {
    text.replacen(',', ".", 1)
}

/// A number with a decimal point and without gaps between its digits.
pub fn one_number(text: &str) -> String {
    with_point(&without_gaps(text))
}

/// What was meant, if it looks like a habit from elsewhere.
fn meant(text: &str, wanted: Wanted) -> Option<Meant> {
    if let Some(rest) = without_about(text)
        && wanted != Wanted::Duration
    {
        return match meant(rest, wanted) {
            Some(meant) => Some(meant),
            None => [rest.to_owned(), with_point(rest)]
                .into_iter()
                .find(|rest| is_read(rest, wanted))
                .map(Meant::Written),
        };
    }
    if wanted == Wanted::Duration
        && let Some(written) = lengths::length(text)
    {
        return Some(Meant::Written(written));
    }
    if let Some(written) = formula(text) {
        return Some(Meant::Written(written));
    }
    let text = normal(text);
    if let Some(written) = groups(&text) {
        return Some(Meant::Written(written));
    }
    if let Some((point, none, is_whole)) = one_comma(&text) {
        // What stands around the number may be another habit.
        let written = |text: String| match in_words(&text, wanted) {
            Some(Meant::Written(written)) => written,
            _ => text,
        };
        let (point, none) = (written(point), written(none));
        // Neither 1.2 nor 1200 is a share.
        if matches!(wanted, Wanted::Share | Wanted::ShareLimit) {
            return parse_share(&point).ok().map(|_| Meant::Written(point));
        }
        return Some(if is_whole { Meant::Written(none) } else { Meant::Comma { point, none } });
    }
    in_words(&text, wanted)
}

/// What was meant by words and signs around a number.
fn in_words(text: &str, wanted: Wanted) -> Option<Meant> {
    match wanted {
        Wanted::Duration if let Some(most) = up_to(text) => {
            time(&most.0, most.1).map(|high| Meant::Range(uniform("0d", &high)))
        }
        Wanted::Duration => match range(text) {
            Some((low, high, unit)) => time(&low, &unit)
                .zip(time(&high, &unit))
                .map(|(low, high)| Meant::Range(uniform(&low, &high))),
            None => working(text).map(Meant::Written),
        },
        Wanted::Share | Wanted::ShareLimit => match range(text) {
            Some((low, high, _)) => {
                Some(Meant::OneShare(f64::midpoint(low.parse().ok()?, high.parse().ok()?)))
            }
            None => share(text).map(Meant::Written),
        },
        Wanted::Money => match range(text) {
            Some((low, high, unit)) => {
                let (low, high) = (format!("{low} {unit}"), format!("{high} {unit}"));
                let both = amount(&low).zip(amount(&high))?;
                Some(Meant::Range(uniform(&both.0, &both.1)))
            }
            None => amount(text).filter(|written| *written != text).map(Meant::Written),
        },
        Wanted::Rate | Wanted::Pay if range(text).is_some() => Some(Meant::OneNumber),
        Wanted::Pay if let Some(each) = units::each(text) => {
            Some(Meant::Written(rate(each).unwrap_or_else(|| each.to_owned())))
        }
        Wanted::Rate | Wanted::Pay => {
            rate(text).filter(|written| *written != text).map(Meant::Written)
        }
        Wanted::People | Wanted::Count if let Some(count) = people(text) => {
            Some(Meant::Written(count))
        }
        Wanted::People | Wanted::Count if let Some(count) = times(text) => {
            Some(Meant::Written(count))
        }
        // Half as many again: `150%`.
        Wanted::Number if let Some(percent) = text.strip_suffix('%') => {
            let factor = parse_number(percent.trim()).ok()? / 100.0;
            Some(Meant::Written(factor.to_string()))
        }
        Wanted::Number | Wanted::Count | Wanted::People => {
            amount(text).filter(|written| *written != text).map(Meant::Written)
        }
        Wanted::Map
        | Wanted::Work
        | Wanted::Role
        | Wanted::List
        | Wanted::Scalar
        | Wanted::Growth
        | Wanted::Truth
        | Wanted::Date
        | Wanted::Distribution
        | Wanted::Next
        | Wanted::Condition
        | Wanted::Month
        | Wanted::Weekday
        | Wanted::Hours
        | Wanted::Moment
        | Wanted::Visit
        | Wanted::End => None,
    }
}

/// Groups of three digits with points between them, as `1.200.000`, without the points.
fn groups(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let parts: Vec<&str> = number.split('.').collect();
    let (first, others) = parts.split_first()?;
    let is_grouped = (1..=3).contains(&first.len()) && others.len() > 1;
    // What follows must be read as it stands: a rate, or nothing.
    let is_plain = rest.is_empty() || rest.starts_with('/');
    (is_grouped && is_plain && others.iter().all(|part| part.len() == 3))
        .then(|| format!("{}{rest}", parts.concat()))
}

/// The value of a formula of numbers, as `=2400*1.3/month`, with its unit.
fn formula(text: &str) -> Option<String> {
    let text = text.trim().strip_prefix('=')?.trim();
    let is_of_numbers = |c: char| c.is_ascii_digit() || matches!(c, '.' | '*' | '+' | '-' | ' ');
    let end = text.find(|c| !is_of_numbers(c)).unwrap_or(text.len());
    let (sum, unit) = text.split_at(end);
    // What else is computed is not read.
    if unit.chars().skip(1).any(|c| c.is_ascii_digit()) {
        return None;
    }
    let product = |product: &str| -> Option<f64> {
        product.split('*').map(|factor| factor.trim().parse::<f64>().ok()).product()
    };
    let mut total = 0.0;
    for part in sum.trim().split('+') {
        let mut terms = part.split('-');
        total += product(terms.next()?)?;
        for term in terms {
            total -= product(term)?;
        }
    }
    let gap = if sum.ends_with(' ') && !unit.is_empty() { " " } else { "" };
    Some(format!("{}{gap}{unit}", (total * 1e6).round() / 1e6))
}

/// A comma before three digits, which may be a decimal sign or separate thousands, as in `1,200` and `1,200/month`: the text
/// with a point and without any sign, and whether it is surely whole, as nobody writes three zeros behind a decimal sign.
fn one_comma(text: &str) -> Option<(String, String, bool)> {
    let (before, after) = text.split_once(',')?;
    let whole = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (sign, whole) = before.split_at(before.len() - whole);
    let thousands = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_plain = !sign.contains(|c: char| c.is_ascii_digit()) && !after.contains([',', '.']);
    let is_open = (1..=3).contains(&whole.len()) && !whole.starts_with('0') && thousands == 3;
    (is_open && is_plain).then(|| {
        (format!("{before}.{after}"), format!("{before}{after}"), after.starts_with("000"))
    })
}

fn uniform(low: &str, high: &str) -> String {
    format!("{{uniform: {{min: {low}, max: {high}}}}}")
}

/// Lower case, plain spaces and hyphens.
fn normal(text: &str) -> String {
    let plain = text.chars().map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '…' => '~',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    let plain: String = plain.collect();
    plain.replace('~', "..").trim().to_lowercase()
}

/// The number at the beginning, with a decimal point, and what follows it.
fn number(text: &str) -> Option<(String, &str)> {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '_');
    let dots = text.find("..").unwrap_or(text.len());
    let end = text.find(|c| !digits(c)).unwrap_or(text.len()).min(dots);
    let written = text[..end].trim_end_matches([' ', '.', ',']);
    let closed: String = written.chars().filter(|c| !matches!(c, ' ' | '\'' | '_')).collect();
    // A comma before three digits separates thousands only where there are several.
    let closed = if closed.matches(',').count() > 1 {
        closed.replace(',', "")
    } else {
        closed.replace(',', ".")
    };
    closed.parse::<f64>().ok()?;
    Some((closed, text[written.len()..].trim_start_matches(' ').trim()))
}

/// Two numbers and what they count, of `2-5 days`, `2..5 d`, `2 to 5 days`, `от 2 до 5 дней`.
fn range(text: &str) -> Option<(String, String, String)> {
    let text = ["от ", "from ", "between ", "ca. ", "~"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let (low, rest) = number(text)?;
    // Where both have a unit, the first one is that of both.
    let (unit, rest) = match ["-", "..", "to ", "до ", "and ", "и "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
    {
        Some(rest) => ("", rest),
        None => {
            let at = ["-", "..", " to ", " до ", " and "]
                .iter()
                .find_map(|word| Some((rest.find(word)?, word.len())))?;
            (rest[..at.0].trim(), &rest[at.0 + at.1..])
        }
    };
    let (high, after) = number(rest.trim_start_matches(['.', ' ']))?;
    let unit = if after.is_empty() { unit } else { after };
    Some((low, high, unit.to_owned()))
}

/// A time with its unit as the language writes it.
fn time(number: &str, unit: &str) -> Option<String> {
    if let Some(working) = working_unit(unit) {
        return Some(format!("{number} {working}"));
    }
    let short = match unit {
        "s" | "sec" | "second" | "seconds" => "s",
        "min" | "mins" | "minute" | "minutes" | "m" => " min",
        "h" | "hour" | "hours" | "hr" | "hrs" => "h",
        "" | "d" | "day" | "days" => "d",
        "w" | "wk" | "wks" | "week" | "weeks" => " weeks",
        "month" | "months" | "mo" | "mos" => " months",
        "year" | "years" | "y" => " years",
        other => match english_unit(other)? {
            "min" => " min",
            "week" => " weeks",
            "month" => " months",
            "year" => " years",
            "quarter" => " quarters",
            unit => unit,
        },
    };
    Some(format!("{number}{short}"))
}

/// `working days` of `business days`, `рабочих дня`.
fn working_unit(unit: &str) -> Option<&'static str> {
    let is_working =
        ["business", "work", "office", "раб", "bus."].iter().any(|word| unit.starts_with(word))
            || matches!(unit, "bd" | "wd" | "рд");
    // A working week or month is no unit: its days are named.
    let is_long = ["week", "month", "нед", "мес"].iter().any(|word| unit.contains(word));
    if !is_working || is_long {
        return None;
    }
    let hours = ["hour", "hr", "час", " ч", "office h"].iter().any(|word| unit.contains(word));
    Some(if hours { "working hours" } else { "working days" })
}

fn working(text: &str) -> Option<String> {
    let (number, unit) = number(text)?;
    let unit = working_unit(unit)?;
    let unit = if number == "1" { unit.trim_end_matches('s') } else { unit };
    Some(format!("{number} {unit}"))
}

/// `40/week` of `40 per week`, `40 в неделю`, `9 mln/month`, `20 leads/week`.
fn rate(text: &str) -> Option<String> {
    if let Some((number, unit)) = units::often(text) {
        return amount(number).map(|amount| format!("{amount}/{unit}"));
    }
    let split = [" per ", "/", " a ", " an ", " в ", " каждую ", " каждый ", " за "];
    let (number_part, unit) = split.iter().find_map(|word| text.split_once(word))?;
    let unit = unit.trim();
    let unit = match unit.trim_start_matches("1 ") {
        "s" | "h" | "hour" | "d" | "day" | "week" | "month" | "quarter" | "year" => unit,
        "hours" | "hr" => "hour",
        "days" => "day",
        "weeks" | "wk" | "w" => "week",
        "months" | "mo" | "m" => "month",
        "y" | "yr" | "years" | "annum" => "year",
        "q" | "quarters" => "quarter",
        other => match english_unit(other)? {
            "h" => "hour",
            "d" => "day",
            unit => unit,
        },
    };
    // What is counted may be named: leads, calls.
    let counted = |rest: &str| !rest.is_empty() && rest.chars().all(char::is_alphabetic);
    let amount = amount(number_part).or_else(|| {
        let (number, rest) = number(number_part)?;
        counted(rest).then_some(number)
    })?;
    Some(format!("{amount}/{unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Meant {
        Meant::Written(text.to_owned())
    }

    fn range_of(low: &str, high: &str) -> Meant {
        Meant::Range(format!("{{uniform: {{min: {low}, max: {high}}}}}"))
    }

    #[test]
    fn ranges_of_time_become_uniform_distributions() {
        for text in [
            "2-5 days",
            "2–5 дней",
            "2..5 d",
            "2…5 d",
            "от 2 до 5 дней",
            "2 to 5 days",
            "from 2 to 5 days",
            "2d-5d",
            "2 - 5 d",
            "2 days to 5 days",
        ] {
            assert_eq!(meant(text, Wanted::Duration), Some(range_of("2d", "5d")), "{text}");
        }
        assert_eq!(meant("0,5-2 часа", Wanted::Duration), Some(range_of("0.5h", "2h")));
        let working = range_of("3 working days", "5 working days");
        assert_eq!(meant("3-5 business days", Wanted::Duration), Some(working));
        assert_eq!(meant("2d", Wanted::Duration), None);
    }

    #[test]
    fn a_comma_before_three_digits_is_read_in_both_ways() {
        let comma = |point: &str, none: &str| {
            Some(Meant::Comma { point: point.to_owned(), none: none.to_owned() })
        };
        assert_eq!(meant("1,200", Wanted::Money), comma("1.2", "1200"));
        assert_eq!(meant("1,200/month", Wanted::Rate), comma("1.2/month", "1200/month"));
        assert_eq!(meant("1,200 per month", Wanted::Rate), comma("1.2/month", "1200/month"));
        assert_eq!(meant("$1,250", Wanted::Money), comma("1.25", "1250"));
        assert_eq!(meant("4,000/month", Wanted::Rate), Some(written("4000/month")));
        assert_eq!(meant("0,125/month", Wanted::Rate), Some(written("0.125/month")));
        assert_eq!(meant("1,200,000 EUR", Wanted::Money), Some(written("1200000")));
        assert_eq!(meant("1,25/day", Wanted::Rate), Some(written("1.25/day")));
    }

    #[test]
    fn business_days_are_working_days() {
        for (text, as_written) in [
            ("1 business day", "1 working day"),
            ("2 business days", "2 working days"),
            ("4 business hours", "4 working hours"),
            ("3 рабочих дня", "3 working days"),
            ("1 рабочий день", "1 working day"),
            ("8 рабочих часов", "8 working hours"),
            ("2 workdays", "2 working days"),
        ] {
            assert_eq!(meant(text, Wanted::Duration), Some(written(as_written)), "{text}");
        }
    }

    #[test]
    fn percent_thousands_and_currencies_are_read_in_words() {
        for (text, wanted, as_written) in [
            ("40 percent", Wanted::Share, "40%"),
            ("40% of all", Wanted::Share, "40%"),
            ("12,5 процентов", Wanted::Share, "12.5%"),
            ("5k", Wanted::Money, "5000"),
            ("1.5M", Wanted::Money, "1500000"),
            ("1,2 млн", Wanted::Money, "1200000"),
            ("300 тыс. руб.", Wanted::Money, "300000"),
            ("$500", Wanted::Money, "500"),
            ("5000 RUB", Wanted::Money, "5000"),
            ("90 000 ₽", Wanted::Money, "90000"),
            ("9 mln/month", Wanted::Rate, "9000000/month"),
            ("40 per week", Wanted::Rate, "40/week"),
            ("40 в неделю", Wanted::Rate, "40/week"),
            ("20 leads/week", Wanted::Rate, "20/week"),
            ("60 тыс/мес", Wanted::Pay, "60000/month"),
            ("90k/month", Wanted::Pay, "90000/month"),
            ("4 FTE", Wanted::People, "4"),
            ("3 человека", Wanted::Count, "3"),
        ] {
            assert_eq!(meant(text, wanted), Some(written(as_written)), "{text}");
        }
        assert_eq!(meant("1.200.000", Wanted::Money), Some(written("1200000")));
        assert_eq!(meant("=2400*1.3/month", Wanted::Pay), Some(written("3120/month")));
        assert_eq!(meant("=12 months", Wanted::Duration), Some(written("12 months")));
        assert_eq!(meant("=A1*2", Wanted::Money), None);
        assert_eq!(meant("=1/3", Wanted::Share), None);
        assert_eq!(meant("10-20%", Wanted::Share), Some(Meant::OneShare(15.0)));
        assert_eq!(meant("5k-10k", Wanted::Money), Some(range_of("5000", "10000")));
        assert_eq!(meant("often", Wanted::Rate), None);
        for (text, wanted, as_written) in [
            ("~40%", Wanted::Share, "40%"),
            ("about 30%", Wanted::Share, "30%"),
            ("about 20 per week", Wanted::Rate, "20/week"),
            ("~20/week", Wanted::Rate, "20/week"),
            ("around 500", Wanted::Money, "500"),
            ("около 12,5%", Wanted::Share, "12.5%"),
            ("3x", Wanted::Count, "3"),
            ("3 times", Wanted::Count, "3"),
        ] {
            assert_eq!(meant(text, wanted), Some(written(as_written)), "{text}");
        }
        assert_eq!(share("~40%").as_deref(), Some("40%"));
        assert_eq!(share("about right"), None);
        assert_eq!(meant("<= 4h", Wanted::Duration), Some(range_of("0d", "4h")));
    }
}
