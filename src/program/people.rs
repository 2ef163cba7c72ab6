//! Compiled roles, people and tasks.

use super::{ClockId, Draw, Id, Next, PersonId, Program, RoleId, StageId, Table, TaskId};
use crate::calendar::Hours;
use crate::model::{self, Model};
use crate::quantity::{Duration, HOUR_MICROS, Instant, MINOR_UNITS, Pay, nearest};
use crate::random::key::{Address, DealKey};

/// People who do the same work.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// The label to print.
    pub title: String,
    /// The department that its people belong to.
    pub department: Option<String>,
    /// Whether its people are limited, so that a queue can form.
    pub limited: bool,
    /// Whether some condition looks at its queue.
    pub looked_at: bool,
    /// The calendar of its first people.
    pub clock: ClockId,
    /// Its first person.
    pub first_person: PersonId,
    /// The number of its entries in [`Program::people`].
    pub persons: u32,
}

impl Role {
    /// Its people.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + Clone + use<> {
        let first = self.first_person.0;
        (first..first + self.persons).map(PersonId)
    }
}

/// One person, or a group whose members are not told apart.
#[derive(Debug, Clone)]
pub struct Person {
    /// As `Anna` or `manager 2`.
    pub name: String,
    /// The role.
    pub role: RoleId,
    /// How many; 0 for an unlimited role.
    pub count: u64,
    /// The calendar, without briefings.
    pub clock: ClockId,
    /// The calendar with the time of briefings, if a roll-out takes any.
    pub usual_clock: Option<ClockId>,
    /// Pay for work, in hundredths of the currency per microsecond.
    pub pay_per_micro: f64,
    /// Salary of each, in hundredths of the currency per month.
    pub salary: f64,
}

/// A kind of work at a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskInfo {
    /// The stage.
    pub stage: StageId,
    /// The role.
    pub role: RoleId,
    /// Its name.
    pub activity: String,
}

/// In a larger group, people are not told apart.
const MOST_NAMED: u64 = 1000;

/// A work step.
#[derive(Debug, Clone)]
pub struct Work {
    /// The role.
    pub role: RoleId,
    /// The kind of work.
    pub task: TaskId,
    /// Working time that it takes, in microseconds.
    pub time: Draw,
}

/// A random duration in elapsed or working time.
#[derive(Debug, Clone)]
pub struct Delay {
    /// The duration, in microseconds.
    pub draw: Draw,
    /// The calendar whose open time it runs in; `None`: all time.
    pub clock: Option<ClockId>,
}

/// How long a deal waits in a queue, and where it goes then.
#[derive(Debug, Clone)]
pub struct Patience {
    /// The longest time in the queue.
    pub time: Delay,
    /// Where the deal goes.
    pub next: Next,
    /// Address of the draw of the branch.
    pub next_address: Address,
}

/// A promised time of a visit.
#[derive(Debug, Clone, Copy)]
pub struct Sla {
    /// In microseconds.
    pub micros: i64,
    /// The calendar whose open time counts; `None`: all time.
    pub clock: Option<ClockId>,
}

impl Sla {
    /// Whether a visit from one instant to another takes longer.
    #[inline]
    pub fn is_late(&self, program: &Program, entered: Instant, left: Instant) -> bool {
        let time = match self.clock {
            None => (left - entered).0,
            Some(clock) => program.clocks[clock].between(entered, left),
        };
        time > self.micros
    }
}

impl Program {
    /// The people of a role.
    pub fn people_of(&self, role: RoleId) -> &[Person] {
        let Role { first_person, persons, .. } = self.roles[role];
        &(*self.people)[first_person.index()..][..persons as usize]
    }

    /// Working time of a role's people between two instants, in microseconds.
    pub fn working_time(&self, role: RoleId, from: Instant, until: Instant) -> f64 {
        let of = |person: &Person| {
            let clock = &self.clocks[person.clock];
            clock.between(from, until) as f64 * person.count as f64
        };
        self.people_of(role).iter().map(of).sum()
    }
}

impl Delay {
    /// The instant at which a delay that begins now ends.
    #[inline(always)]
    pub fn end(&self, program: &Program, now: Instant, key: DealKey, number: u64) -> Instant {
        let length = self.draw.inverse.at(key.word(self.draw.address.visit(number)));
        match self.clock {
            None => now.later(nearest(length)),
            Some(clock) => after_open_time(program, clock, now, nearest(length)),
        }
    }

    /// The instant at which a delay ends, given that `passed` of it had passed at the start of the
    /// simulation; `passed` is in working time if the delay has a calendar.
    pub fn end_given(
        &self,
        program: &Program,
        passed: Duration,
        key: DealKey,
        number: u64,
    ) -> Instant {
        let word = key.word(self.draw.address.visit(number));
        let left = nearest(self.draw.given(word, passed)) - passed.0;
        match self.clock {
            None => Instant::ZERO.later(left),
            Some(clock) => after_open_time(program, clock, Instant::ZERO, left),
        }
    }
}

/// The instant at which this much open time of a calendar has passed since `now`.
#[inline(never)]
fn after_open_time(program: &Program, clock: ClockId, now: Instant, length: i64) -> Instant {
    if now >= program.window.end {
        return now;
    }
    program.clocks[clock].add(now, length)
}

/// The id of a calendar, which is added if it is not known yet.
pub(super) fn clock(known: &mut Vec<Hours>, hours: Hours) -> ClockId {
    let at = known.iter().position(|other| *other == hours);
    ClockId::new(at.unwrap_or_else(|| {
        known.push(hours);
        known.len() - 1
    }))
}

/// The roles and people of a model; `clock` gives the id of a calendar by its name.
pub(super) fn roles(
    model: &Model,
    mut clock: impl FnMut(Option<&str>) -> ClockId,
) -> (Table<RoleId, Role>, Table<PersonId, Person>) {
    let looked_at = looked_at(model);
    let (mut roles, mut people) = (Vec::new(), Vec::new());
    for (at, role) in model.roles.iter().enumerate() {
        let own = role.calendar.as_ref().map(|(name, _)| name.as_str());
        let first_person = people.len();
        let mut add = |name: String, count, calendar: Option<&str>, pay: Option<Pay>| {
            let pay = pay.or(role.pay);
            people.push(Person {
                name,
                role: RoleId::new(at),
                count,
                clock: clock(calendar.or(own)),
                usual_clock: None,
                pay_per_micro: match pay {
                    Some(Pay::Hourly(pay)) => pay * MINOR_UNITS / HOUR_MICROS as f64,
                    _ => 0.0,
                },
                salary: if let Some(Pay::Monthly(pay)) = pay { pay * MINOR_UNITS } else { 0.0 },
            });
        };
        let mut number = 0;
        for group in role.people.iter().flatten() {
            let calendar = group.calendar.as_ref().map(|(name, _)| name.as_str());
            if group.count > MOST_NAMED {
                add(format!("{} (all)", role.name), group.count, calendar, group.pay);
                continue;
            }
            for _ in 0..group.count {
                number += 1;
                let name = group.name.clone();
                let name = name.unwrap_or_else(|| format!("{} {number}", role.name));
                add(name, 1, calendar, group.pay);
            }
        }
        if number == 0
            && role.people.as_ref().is_none_or(|groups| groups.iter().all(|g| g.count == 0))
        {
            add(role.name.clone(), 0, None, None);
        }
        roles.push(Role {
            name: role.name.clone(),
            title: role.title.clone().unwrap_or_else(|| role.name.clone()),
            department: role.department.clone(),
            limited: role.people.is_some(),
            looked_at: looked_at.iter().any(|name| *name == role.name),
            clock: people[first_person].clock,
            first_person: PersonId::new(first_person),
            persons: (people.len() - first_person) as u32,
        });
    }
    (roles.into(), people.into())
}

/// Roles whose queue some condition looks at.
fn looked_at(model: &Model) -> Vec<&str> {
    let variants = model.stages.iter().flat_map(|stage| &stage.variants);
    let tests = variants.flat_map(|variant| &variant.when.tests);
    tests
        .filter_map(|test| if let model::Test::Queue(queues) = test { Some(queues) } else { None })
        .flatten()
        .map(|(role, _, _)| role.as_str())
        .collect()
}
