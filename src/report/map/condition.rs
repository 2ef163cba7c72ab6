//! The condition of a variant in a few words: `client: regular`, `visit ≥ 2`.

use jiff::civil::DateTime;

use crate::model::{Measured, Range, Spot, Test, When};
use crate::quantity::{DAY_MICROS, MINOR_UNITS};
use crate::report::block::{Cell, Kind, Words};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The tests of a condition, one after the other.
pub(super) fn words(when: &When) -> Words {
    let mut words = Words::new();
    for test in &when.tests {
        if !words.is_empty() {
            words.push(Cell::text("and"));
        }
        words.extend(of_test(test));
    }
    words
}

fn of_test(test: &Test) -> Words {
    match test {
        Test::Attribute { name, values, .. } => {
            vec![Cell::Name(format!("{name}: {}", one_of(values)))]
        }
        Test::Source(sources) => vec![Cell::Name(format!("source: {}", one_of(sources)))],
        Test::Number(measured, ranges) => {
            let (what, unit, kind) = match measured {
                Measured::Visit => ("visit", 1.0, Kind::Count),
                Measured::Bookings => ("bookings", 1.0, Kind::Count),
                Measured::Value => ("value", MINOR_UNITS, Kind::Money(String::new())),
                Measured::Age => ("age", DAY_MICROS as f64, Kind::Days),
                Measured::Waited => ("waited", DAY_MICROS as f64, Kind::Days),
            };
            [vec![Cell::text(what)], in_ranges(ranges, unit, &kind)].concat()
        }
        Test::Queue(roles) => {
            let queue = |(role, _, ranges): &(String, Spot, Vec<Range>)| {
                let name = Cell::Name(format!("queue of {role}"));
                [vec![name], in_ranges(ranges, 1.0, &Kind::Count)].concat()
            };
            roles.iter().flat_map(queue).collect()
        }
        Test::Month(months) => vec![Cell::text(listed(months, &MONTHS))],
        Test::Weekday(days) => vec![Cell::text(listed(days, &WEEKDAYS))],
        Test::Date(spans) => {
            let date = |date: &DateTime| date.date().to_string();
            let span = |span: &(Option<DateTime>, Option<DateTime>)| match span {
                (Some(from), Some(until)) => format!("{} – {}", date(from), date(until)),
                (Some(from), None) => format!("from {}", date(from)),
                (None, Some(until)) => format!("before {}", date(until)),
                (None, None) => String::new(),
            };
            vec![Cell::text(spans.iter().map(span).collect::<Vec<_>>().join(" or "))]
        }
    }
}

fn one_of(values: &[(String, Spot)]) -> String {
    values.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>().join(" or ")
}

/// Numbers from 1 by their names.
fn listed(numbers: &[i8], names: &[&str]) -> String {
    let name = |number: &i8| {
        let at = usize::try_from(*number).ok()?.checked_sub(1)?;
        names.get(at).copied()
    };
    numbers.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// Ranges in a unit of the numbers of a condition.
fn in_ranges(ranges: &[Range], unit: f64, kind: &Kind) -> Words {
    let mut words = Words::new();
    for Range { low, high } in ranges {
        if !words.is_empty() {
            words.push(Cell::text("or"));
        }
        let number = |end: &i64| Cell::number(Some(*end as f64 / unit), kind.clone());
        match (*low == i64::MIN, *high == i64::MAX) {
            _ if low == high => words.push(number(low)),
            (false, true) => words.extend([Cell::text("≥"), number(low)]),
            (true, false) => words.extend([Cell::text("≤"), number(high)]),
            (false, false) => words.extend([number(low), Cell::text("–"), number(high)]),
            (true, true) => words.push(Cell::text("any")),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use crate::model::load;
    use crate::report::{Cell, map};

    #[test]
    fn a_number_is_told_in_its_unit() {
        let text = "stages:\n  a: {next: 40%, variants: [{when: {visit: {at_least: 2}}, next: 60%}, \
                    {when: {age: {at_most: 36h}}, next: 70%}]}\n";
        let map = map(&load("model.yaml", text, &[], None).model.unwrap());
        let when: Vec<_> = map.transitions[1].cases.iter().map(|case| case.when.clone()).collect();
        assert_eq!(when[1], [Cell::text("visit"), Cell::text("≥"), Cell::count(2.0)]);
        assert_eq!(when[2], [Cell::text("age"), Cell::text("≤"), Cell::days(1.5)]);
    }
}
