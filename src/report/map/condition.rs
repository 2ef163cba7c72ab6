//! The condition of a variant, as data that is put into a few words: `client: regular`, `visit ≥ 2`.

use jiff::civil::{Date, DateTime};

use crate::model::{Measured, POINT, Range, Spot, Test, When};
use crate::quantity::{DAY_MICROS, MINOR_UNITS};
use crate::report::block::{Kind, Number};

/// A test of a deal.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// An attribute has one of these values.
    Attribute(String, Vec<String>),
    /// The deal comes from one of these sources.
    Source(Vec<String>),
    /// A number lies within one of these bounds.
    Number(Asked, Vec<Bounds>),
    /// The queue of a role lies within one of these bounds.
    Queue(String, Vec<Bounds>),
    /// It is one of these months, from 1.
    Months(Vec<i8>),
    /// It is one of these days of the week, Monday being 1.
    Weekdays(Vec<i8>),
    /// It is between two dates; none where it is open.
    Dates(Vec<(Option<Date>, Option<Date>)>),
    /// Whether the prescribed process is followed.
    Followed(bool),
}

/// What number of a deal is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Visits of the stage.
    Visit,
    /// Sales so far.
    Bookings,
    /// Its value.
    Value,
    /// Time since its arrival.
    Age,
    /// How long it waited here.
    Waited,
    /// The score of the client's satisfaction.
    Satisfaction,
}

/// The least and the greatest number, both included; none where it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// The least.
    pub low: Option<Number>,
    /// The greatest.
    pub high: Option<Number>,
}

/// The tests of a condition; all of them must hold.
pub(super) fn conditions(when: &When) -> Vec<Condition> {
    when.tests.iter().flat_map(of_test).collect()
}

fn of_test(test: &Test) -> Vec<Condition> {
    let names = |values: &[(String, Spot)]| values.iter().map(|(value, _)| value.clone()).collect();
    vec![match test {
        Test::Attribute { name, values, .. } => Condition::Attribute(name.clone(), names(values)),
        Test::Source(sources) => Condition::Source(names(sources)),
        Test::Number(measured, ranges) => {
            let (asked, unit, kind) = match measured {
                Measured::Visit => (Asked::Visit, 1.0, Kind::Count),
                Measured::Bookings => (Asked::Bookings, 1.0, Kind::Count),
                Measured::Value => (Asked::Value, MINOR_UNITS, Kind::Money(String::new())),
                Measured::Age => (Asked::Age, DAY_MICROS as f64, Kind::Days),
                Measured::Waited => (Asked::Waited, DAY_MICROS as f64, Kind::Days),
                Measured::Satisfaction => (Asked::Satisfaction, POINT, Kind::Count),
            };
            Condition::Number(asked, bounds(ranges, unit, &kind))
        }
        Test::Queue(roles) => {
            let queue = |(role, _, ranges): &(String, Spot, Vec<Range>)| {
                Condition::Queue(role.clone(), bounds(ranges, 1.0, &Kind::Count))
            };
            return roles.iter().map(queue).collect();
        }
        Test::Month(months) => Condition::Months(months.clone()),
        Test::Weekday(days) => Condition::Weekdays(days.clone()),
        Test::Followed(wanted) => Condition::Followed(*wanted),
        Test::Date(spans) => {
            let date = |at: &Option<DateTime>| at.map(DateTime::date);
            Condition::Dates(spans.iter().map(|(from, until)| (date(from), date(until))).collect())
        }
    }]
}

/// Ranges in a unit of the numbers of a condition.
fn bounds(ranges: &[Range], unit: f64, kind: &Kind) -> Vec<Bounds> {
    let number = |end: i64| Number::new(end as f64 / unit, kind.clone());
    let one = |range: &Range| Bounds {
        low: (range.low != i64::MIN).then(|| number(range.low)),
        high: (range.high != i64::MAX).then(|| number(range.high)),
    };
    ranges.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;
    use crate::report::map;

    #[test]
    fn a_number_is_told_in_its_unit() {
        let text = "stages:\n  a: {next: 40%, variants: [{when: {visit: {at_least: 2}}, next: 60%}, \
                    {when: {age: {at_most: 36h}}, next: 70%}]}\n";
        let map = map(&load("model.yaml", text, &[], None).model.unwrap());
        let when: Vec<_> = map.transitions[1].cases.iter().map(|case| case.when.clone()).collect();
        let at_least = Bounds { low: Some(Number::new(2.0, Kind::Count)), high: None };
        assert_eq!(when[1], [Condition::Number(Asked::Visit, vec![at_least])]);
        let at_most = Bounds { low: None, high: Some(Number::new(1.5, Kind::Days)) };
        assert_eq!(when[2], [Condition::Number(Asked::Age, vec![at_most])]);
    }
}
