//! Conditions and choices: the first case whose condition holds is taken.

use super::{Id, RoleId, SourceId};
use crate::calendar::Calendar;
use crate::model::{Measured, Range};
use crate::quantity::{Instant, Money};

/// The facts about a deal that a condition can test.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'q> {
    /// The deal's attributes, packed.
    pub attributes: u64,
    /// Its source.
    pub source: SourceId,
    /// The number of this visit to the stage in this round.
    pub visit: u64,
    /// Sales that the deal has booked so far.
    pub sales: u32,
    /// The value of the deal.
    pub value: Money,
    /// Microseconds since arrival or the last sale.
    pub age: i64,
    /// Waiting time since then, in microseconds.
    pub waited: i64,
    /// The score of the client's satisfaction, in hundredths of a point.
    pub satisfaction: u16,
    /// Whether this visit follows the prescribed process.
    pub followed: bool,
    /// The current instant.
    pub at: Instant,
    /// The queue length of each role now; empty if no condition needs it.
    pub queues: &'q [u64],
}

/// A condition: all its tests must hold.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    pub(super) tests: Vec<Test>,
}

#[derive(Debug, Clone)]
pub(super) enum Test {
    /// The allowed codes of an attribute, which takes some bits of the packed attributes.
    Attribute {
        shift: u32,
        mask: u64,
        allowed: Vec<bool>,
    },
    Source(Vec<bool>),
    Number(Measured, Vec<Range>),
    /// Roles, each with the ranges of its queue.
    Queue(Vec<(RoleId, Vec<Range>)>),
    Month(Vec<i8>),
    Weekday(Vec<i8>),
    Span(Vec<(Instant, Instant)>),
    Followed(bool),
}

impl Condition {
    /// Whether all tests hold.
    pub fn holds(&self, facts: &Facts<'_>, calendar: &Calendar) -> bool {
        self.tests.iter().all(|test| test.holds(facts, calendar))
    }
}

impl Test {
    fn holds(&self, facts: &Facts<'_>, calendar: &Calendar) -> bool {
        match self {
            Test::Attribute { shift, mask, allowed } => {
                allowed[(facts.attributes >> shift & mask) as usize]
            }
            Test::Source(allowed) => allowed[facts.source.index()],
            Test::Number(measured, ranges) => {
                let value = match measured {
                    Measured::Visit => facts.visit as i64,
                    Measured::Bookings => i64::from(facts.sales),
                    Measured::Value => facts.value.0,
                    Measured::Age => facts.age,
                    Measured::Waited => facts.waited,
                    Measured::Satisfaction => facts.satisfaction.into(),
                };
                within(ranges, value)
            }
            Test::Queue(queues) => queues.iter().all(|(role, ranges)| {
                let length = facts.queues.get(role.index()).map_or(0, |length| *length as i64);
                within(ranges, length)
            }),
            Test::Month(months) => months.contains(&calendar.month(facts.at)),
            Test::Followed(wanted) => facts.followed == *wanted,
            Test::Weekday(days) => days.contains(&calendar.weekday(facts.at)),
            Test::Span(spans) => {
                spans.iter().any(|(from, until)| *from <= facts.at && facts.at < *until)
            }
        }
    }
}

/// The case of each number of a visit where nothing else counts; else empty.
fn by_visit<T>(cases: &[(Condition, T)]) -> Vec<u8> {
    let looks = cases.iter().flat_map(|(condition, _)| condition.tests.iter().map(Test::look));
    let alike = looks.map(|look| match look {
        Look::Visit { alike } if alike < MOST_VISITS => Some(alike),
        _ => None,
    });
    let Some(alike) = alike.collect::<Option<Vec<i64>>>() else { return Vec::new() };
    let case = |number: i64| {
        let holds = |(condition, _): &(Condition, T)| {
            let mut tests = condition.tests.iter();
            tests.all(|test| matches!(test, Test::Number(_, ranges) if within(ranges, number)))
        };
        let first = cases.iter().position(holds).unwrap_or(cases.len());
        u8::try_from(first).ok()
    };
    // Without any test there is nothing to look up.
    let last = alike.into_iter().max();
    last.and_then(|last| (0..=last).map(case).collect()).unwrap_or_default()
}

/// Whether one of the ranges holds a number.
fn within(ranges: &[Range], number: i64) -> bool {
    ranges.iter().any(|range| (range.low..=range.high).contains(&number))
}

/// Cases and a default: the first case whose condition holds is taken.
#[derive(Debug, Clone)]
pub struct Choice<T> {
    cases: Vec<(Condition, T)>,
    otherwise: T,
    /// The case of each number of the visit, the last one of all further numbers; empty where anything else counts, or
    /// there are too many.
    by_visit: Vec<u8>,
}

/// A table of numbers of visits is at most so long.
const MOST_VISITS: i64 = 64;

/// A property that the cases of a choice depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// An attribute.
    Attribute {
        /// Its bits, in their position among the packed attributes.
        bits: u64,
    },
    /// The source of the deal.
    Source,
    /// The number of the visit.
    Visit {
        /// From this number on, all numbers give the same case.
        alike: i64,
    },
    /// The sales so far.
    Bookings {
        /// From this number on, all numbers give the same case.
        alike: i64,
    },
    /// The value of the deal.
    Value,
    /// The time since arrival or the last sale.
    Age,
    /// The waiting time since then.
    Waited,
    /// The queue of a role.
    Queue,
    /// The month.
    Month,
    /// The weekday.
    Weekday,
    /// The date.
    Date,
    /// The score of the client's satisfaction.
    Satisfaction,
    /// Whether the visit follows the prescribed process.
    Followed,
}

impl Test {
    fn look(&self) -> Look {
        let alike = |ranges: &[Range]| {
            let bounds = ranges.iter().flat_map(|r| [r.low, r.high.saturating_add(1)]);
            bounds.filter(|bound| *bound < i64::MAX).max().unwrap_or(0)
        };
        match self {
            Test::Attribute { shift, mask, .. } => Look::Attribute { bits: mask << shift },
            Test::Source(_) => Look::Source,
            Test::Number(Measured::Visit, ranges) => Look::Visit { alike: alike(ranges) },
            Test::Number(Measured::Bookings, ranges) => Look::Bookings { alike: alike(ranges) },
            Test::Number(Measured::Value, _) => Look::Value,
            Test::Number(Measured::Age, _) => Look::Age,
            Test::Number(Measured::Waited, _) => Look::Waited,
            Test::Number(Measured::Satisfaction, _) => Look::Satisfaction,
            Test::Queue(_) => Look::Queue,
            Test::Month(_) => Look::Month,
            Test::Weekday(_) => Look::Weekday,
            Test::Span(_) => Look::Date,
            Test::Followed(_) => Look::Followed,
        }
    }
}

impl<T> Choice<T> {
    /// The first case whose condition holds, or else the default.
    pub(super) fn new(cases: Vec<(Condition, T)>, otherwise: T) -> Choice<T> {
        let mut choice = Choice { cases: Vec::new(), otherwise, by_visit: Vec::new() };
        choice.put_first(cases);
        choice
    }

    /// Puts cases before all others.
    pub(super) fn put_first(&mut self, mut cases: Vec<(Condition, T)>) {
        cases.append(&mut self.cases);
        self.cases = cases;
        self.by_visit = by_visit(&self.cases);
    }

    /// All cases with their conditions; the last one is the default, which has none.
    pub(super) fn cases(&self) -> impl Iterator<Item = (Option<&Condition>, &T)> {
        let cases = self.cases.iter().map(|(condition, case)| (Some(condition), case));
        cases.chain(std::iter::once((None, &self.otherwise)))
    }

    /// Every property that its cases depend on.
    pub fn looks(&self) -> impl Iterator<Item = Look> {
        self.cases.iter().flat_map(|(condition, _)| condition.tests.iter().map(Test::look))
    }

    /// What each case gives, the default last.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        self.cases.iter().map(|(_, case)| case).chain(std::iter::once(&self.otherwise))
    }

    /// The case that holds. If there is only one, `facts` is not called.
    #[inline]
    pub fn pick<'q>(&self, calendar: &Calendar, facts: impl Fn() -> Facts<'q>) -> &T {
        self.case(self.position(calendar, facts))
    }

    /// The index of the case that holds.
    #[inline]
    pub fn position<'q>(&self, calendar: &Calendar, facts: impl Fn() -> Facts<'q>) -> usize {
        if self.cases.is_empty() {
            return 0;
        }
        let facts = facts();
        if let Some(last) = self.by_visit.len().checked_sub(1) {
            return self.by_visit[last.min(facts.visit as usize)].into();
        }
        let holds = |case: &(Condition, T)| case.0.holds(&facts, calendar);
        self.cases.iter().position(holds).unwrap_or(self.cases.len())
    }

    /// The case at an index.
    #[inline]
    pub fn case(&self, number: usize) -> &T {
        if self.cases.is_empty() {
            return &self.otherwise;
        }
        self.cases.get(number).map_or(&self.otherwise, |(_, case)| case)
    }

    /// The only case; `None` if there are several.
    pub fn only(&self) -> Option<&T> {
        self.cases.is_empty().then_some(&self.otherwise)
    }

    /// All cases and the default, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.cases.iter_mut().map(|(_, case)| case).chain(std::iter::once(&mut self.otherwise))
    }

    /// All cases and the default.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.cases.iter().map(|(_, case)| case).chain(std::iter::once(&self.otherwise))
    }
}
