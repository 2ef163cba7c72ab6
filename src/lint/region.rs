//! Sets of deals: unions of boxes, which limit some properties of a deal to some numbers.
//!
//! A condition is one box. With differences of boxes it is decided exactly whether the conditions
//! before another one leave it a deal.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::model::{Measured, Model, Range, Test, When};

/// A property of a deal that a condition can test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Axis<'m> {
    Attribute(&'m str),
    Source,
    Number(Measured),
    Queue(&'m str),
    Month,
    Weekday,
    Date,
    Followed,
}

/// Numbers, as disjoint ranges in their order, both ends included.
pub(super) type Set = Vec<Range>;

/// The deals whose properties lie in these sets; a property that is not named may be anything.
pub(super) type Region<'m> = BTreeMap<Axis<'m>, Set>;

/// Above this number of boxes a difference is not worth its time.
const MOST: usize = 2_000;

/// The set of some numbers.
pub(super) fn numbers(of: impl IntoIterator<Item = i64>) -> Set {
    joined(of.into_iter().map(|number| Range { low: number, high: number }).collect())
}

/// The same numbers in ranges that do not meet.
pub(super) fn joined(mut ranges: Vec<Range>) -> Set {
    ranges.sort_unstable_by_key(|range| (range.low, range.high));
    let mut set: Set = Vec::new();
    for range in ranges.into_iter().filter(|range| range.low <= range.high) {
        match set.last_mut() {
            Some(last) if range.low <= last.high.saturating_add(1) => {
                last.high = last.high.max(range.high);
            }
            _ => set.push(range),
        }
    }
    set
}

/// The numbers in both sets.
pub(super) fn common(one: &Set, other: &Set) -> Set {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    joined(pairs.map(|(a, b)| Range { low: a.low.max(b.low), high: a.high.min(b.high) }).collect())
}

/// The numbers of one set that are not in the other.
fn difference(one: &Set, other: &Set) -> Set {
    let mut left = one.clone();
    for hole in other {
        let parts = |range: Range| {
            let before =
                hole.low.checked_sub(1).map(|high| Range { high: high.min(range.high), ..range });
            let after =
                hole.high.checked_add(1).map(|low| Range { low: low.max(range.low), ..range });
            before.into_iter().chain(after).filter(|part| part.low <= part.high)
        };
        left = left.into_iter().flat_map(parts).collect();
    }
    left
}

/// The deals in both boxes; `None` if there are none.
pub(super) fn both<'m>(one: &Region<'m>, other: &Region<'m>) -> Option<Region<'m>> {
    let mut both = one.clone();
    for (axis, set) in other {
        let set = one.get(axis).map_or_else(|| set.clone(), |known| common(known, set));
        if set.is_empty() {
            return None;
        }
        both.insert(*axis, set);
    }
    Some(both)
}

/// The deals of some boxes that are not in another; `None` if there are too many parts.
pub(super) fn without<'m>(boxes: Vec<Region<'m>>, hole: &Region<'m>) -> Option<Vec<Region<'m>>> {
    let mut left = Vec::new();
    for mut inside in boxes {
        if both(&inside, hole).is_none() {
            left.push(inside);
            continue;
        }
        for (axis, set) in hole {
            let all = || vec![Range { low: i64::MIN, high: i64::MAX }];
            let known = inside.get(axis).cloned().unwrap_or_else(all);
            let outside = difference(&known, set);
            if !outside.is_empty() {
                let mut part = inside.clone();
                part.insert(*axis, outside);
                left.push(part);
            }
            inside.insert(*axis, common(&known, set));
        }
    }
    (left.len() <= MOST).then_some(left)
}

/// Seconds since the start of the window.
pub(super) fn seconds(model: &Model, date: DateTime) -> i64 {
    date.duration_since(model.start).as_secs()
}

/// The values of an attribute in all parts of the model, in a fixed order. In sets, 0 stands for a
/// deal without a value.
pub(super) fn values<'m>(model: &'m Model, name: &str) -> Vec<&'m str> {
    let set = model.plans().filter_map(|plan| plan.set.as_ref()).flat_map(|set| &set.attributes);
    let of_sources = model.sources.iter().flat_map(|source| &source.attributes);
    let all = model.attributes.iter().chain(of_sources).chain(set);
    let shares = all.filter(|attribute| attribute.name == name).flat_map(|a| &a.shares);
    let mut values: Vec<&str> = Vec::new();
    for (value, _) in shares {
        if !values.contains(&value.as_str()) {
            values.push(value);
        }
    }
    values
}

/// The deals for which one test holds. A test of queues limits several properties.
pub(super) fn tested<'m>(model: &Model, test: &'m Test) -> Region<'m> {
    let one = |axis, set| Region::from([(axis, set)]);
    match test {
        Test::Attribute { name, values: wanted, .. } => {
            let known = values(model, name);
            let number = |wanted: &str| known.iter().position(|value| *value == wanted);
            let codes = wanted.iter().filter_map(|(value, _)| number(value));
            one(Axis::Attribute(name), numbers(codes.map(|code| code as i64 + 1)))
        }
        Test::Source(names) => {
            let is_named = |name: &str| names.iter().any(|(wanted, _)| wanted == name);
            let sources = (0..).zip(&model.sources).filter(|(_, source)| is_named(&source.name));
            one(Axis::Source, numbers(sources.map(|(at, _)| at)))
        }
        Test::Number(measured, ranges) => one(Axis::Number(*measured), joined(ranges.clone())),
        Test::Queue(queues) => {
            let queues = queues.iter();
            queues.map(|(role, _, ranges)| (Axis::Queue(role), joined(ranges.clone()))).collect()
        }
        Test::Month(months) => one(Axis::Month, numbers(months.iter().copied().map(i64::from))),
        Test::Weekday(days) => one(Axis::Weekday, numbers(days.iter().copied().map(i64::from))),
        Test::Followed(wanted) => one(Axis::Followed, numbers([i64::from(*wanted)])),
        Test::Date(spans) => {
            let range = |(from, until): &(Option<DateTime>, Option<DateTime>)| Range {
                low: from.map_or(i64::MIN, |from| seconds(model, from)),
                high: until.map_or(i64::MAX, |until| seconds(model, until) - 1),
            };
            one(Axis::Date, joined(spans.iter().map(range).collect()))
        }
    }
}

/// The deals for which a condition holds.
pub(super) fn matched<'m>(model: &Model, when: &'m When) -> Region<'m> {
    when.tests.iter().flat_map(|test| tested(model, test)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_boxes_has_the_corner_of_neither() {
        let square = |low, high| {
            let set = vec![Range { low, high }];
            Region::from([(Axis::Month, set.clone()), (Axis::Weekday, set)])
        };
        let left = without(vec![square(1, 4)], &square(1, 2)).unwrap();
        let count = |region: &Region<'_>| -> i64 {
            region.values().map(|set| set.iter().map(|r| r.high - r.low + 1).sum::<i64>()).product()
        };
        assert_eq!(left.iter().map(count).sum::<i64>(), 12);
        assert_eq!(without(left, &square(1, 4)), Some(vec![]));
        let everything = vec![Region::new()];
        let left = without(everything, &Region::from([(Axis::Month, numbers([1, 2, 3, 7]))]));
        assert_eq!(left.unwrap()[0][&Axis::Month].len(), 3);
    }
}
