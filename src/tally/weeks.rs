//! Week by week: how many deals are in each stage, and how much each role works.
//!
//! Only pictures ask for it, so it listens beside the tally, and a run that draws nothing does not
//! pay for it. All sums are whole numbers over all replications: their order does not matter.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::engine::{Deal, Observer, Task, Visit, Visited};
use crate::program::{Id, Person, Program, RoleId, StageId};
use crate::quantity::{DAY_MICROS, Instant};

/// Longer windows than this are cut: a thousand weeks.
const MOST_WEEKS: usize = 1_000;

/// Sums over replications.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WeekSums {
    /// By stage and week: entries less exits.
    flow: Vec<Vec<i64>>,
    /// By role and week: working time in microseconds.
    worked: Vec<Vec<i64>>,
}

impl WeekSums {
    /// Adds those of other replications.
    pub fn merge(&mut self, other: &WeekSums) {
        let add = |mine: &mut Vec<Vec<i64>>, others: &[Vec<i64>]| {
            mine.resize(others.len(), Vec::new());
            for (mine, others) in mine.iter_mut().zip(others) {
                others.iter().enumerate().for_each(|(week, sum)| *cell(mine, week) += sum);
            }
        };
        add(&mut self.flow, &other.flow);
        add(&mut self.worked, &other.worked);
    }

    /// Whether they are of this program.
    pub fn fits(&self, program: &Program) -> bool {
        let parts = (self.flow.len(), self.worked.len());
        parts == (program.stages.len(), program.roles.len()) && self.count() <= MOST_WEEKS
    }

    /// The last week in which anything happened.
    fn count(&self) -> usize {
        self.flow.iter().chain(&self.worked).map(Vec::len).max().unwrap_or(0)
    }
}

/// The observer that makes the sums, and what they say of a program.
#[derive(Debug, Clone)]
pub struct Weeks<'p> {
    program: &'p Program,
    /// When each week begins, and the last one ends.
    mondays: Vec<Instant>,
    /// The week that was asked for last: most often it is asked for again.
    near: usize,
    sums: WeekSums,
}

impl<'p> Weeks<'p> {
    /// Nothing collected yet.
    pub fn new(program: &'p Program) -> Weeks<'p> {
        let flow = vec![Vec::new(); program.stages.len()];
        let worked = vec![Vec::new(); program.roles.len()];
        Weeks::of(program, WeekSums { flow, worked })
    }

    /// These sums.
    pub fn of(program: &'p Program, sums: WeekSums) -> Weeks<'p> {
        let first_day = program.calendar.day(program.window.start);
        let weekday = program.calendar.date(first_day).weekday();
        let monday = first_day - i64::from(weekday.since(Weekday::Monday));
        let count = if program.window.until_empty() {
            MOST_WEEKS
        } else {
            let last_day = program.calendar.day(Instant(program.window.end.0 - 1));
            ((last_day - monday) as usize / 7 + 1).min(MOST_WEEKS)
        };
        let begins = |week: usize| program.calendar.day_start(monday + 7 * week as i64);
        Weeks { program, mondays: (0..=count).map(begins).collect(), near: 0, sums }
    }

    /// The sums so far.
    pub fn into_sums(self) -> WeekSums {
        self.sums
    }

    /// How many weeks were seen.
    pub fn count(&self) -> usize {
        let until_empty = self.program.window.until_empty();
        if until_empty { self.sums.count() } else { self.mondays.len() - 1 }
    }

    /// The Monday of a week.
    pub fn date(&self, week: usize) -> Date {
        let calendar = &self.program.calendar;
        calendar.date(calendar.day(self.mondays[0]) + 7 * week as i64)
    }

    /// Deals in a stage at the end of each week (or of the window), all replications together.
    pub fn open(&self, stage: StageId) -> Vec<i64> {
        let mut open = 0;
        let flow = |week| self.sums.flow[stage.index()].get(week).copied().unwrap_or(0);
        (0..self.count())
            .map(|week| {
                open += flow(week);
                open
            })
            .collect()
    }

    /// Working time of a role in a week, all replications together, in microseconds.
    pub fn worked(&self, role: RoleId, week: usize) -> i64 {
        self.sums.worked[role.index()].get(week).copied().unwrap_or(0)
    }

    /// Working time that the people of a role have in a week of the window, in microseconds.
    pub fn capacity(&self, role: RoleId, week: usize) -> i64 {
        let (start, end) = self.span(week);
        let of = |person: &Person| {
            let clock = &self.program.clocks[person.clock];
            clock.between(start, end) * person.count as i64
        };
        self.program.people_of(role).iter().map(of).sum()
    }

    /// Whether all of a week lies in the window.
    pub fn is_full(&self, week: usize) -> bool {
        let window = self.program.window;
        window.start <= self.mondays[week] && self.mondays[week + 1] <= window.end
    }

    /// The week of an instant; the first one for all that is earlier.
    #[inline]
    fn week(&mut self, at: Instant) -> usize {
        if at < self.mondays[self.near] || self.mondays[self.near + 1] <= at {
            self.near = self.search(at);
        }
        self.near
    }

    fn search(&self, at: Instant) -> usize {
        let last = self.mondays.len() - 2;
        let guess = ((at - self.mondays[0]).0 / (7 * DAY_MICROS)).max(0) as usize;
        // Changes of the clock move Mondays by less than a week.
        match guess.min(last) {
            week if at < self.mondays[week] => week.saturating_sub(1),
            week if at >= self.mondays[week + 1] => (week + 1).min(last),
            week => week,
        }
    }

    /// A week, as far as it lies in the window.
    fn span(&self, week: usize) -> (Instant, Instant) {
        let window = self.program.window;
        (self.mondays[week].max(window.start), self.mondays[week + 1].min(window.end))
    }
}

fn cell(weeks: &mut Vec<i64>, week: usize) -> &mut i64 {
    if week >= weeks.len() {
        weeks.resize(week + 1, 0);
    }
    &mut weeks[week]
}

impl Observer for Weeks<'_> {
    fn works(&mut self, _: &Deal, task: &Task) {
        let window = self.program.window;
        let (start, end) = (task.started.max(window.start), task.ended.min(window.end));
        if start >= end {
            return;
        }
        let role = self.program.tasks[task.task].role.index();
        let (first, last) = (self.week(start), self.week(end));
        if first == last {
            *cell(&mut self.sums.worked[role], first) += task.inside;
            return;
        }
        let person = &self.program.people[task.person];
        let clock = &self.program.clocks[person.clock];
        for week in first..=last {
            let (from, until) = self.span(week);
            let inside = clock.between(start.max(from), end.min(until)).max(0);
            *cell(&mut self.sums.worked[role], week) += inside;
        }
    }

    fn leaves(&mut self, _: &Deal, visit: &Visit) {
        if visit.left < self.program.window.start {
            return;
        }
        let (entered, left) = (self.week(visit.entered), self.week(visit.left));
        if entered != left {
            let flow = &mut self.sums.flow[visit.stage.index()];
            *cell(flow, entered) += 1;
            *cell(flow, left) -= 1;
        }
    }

    fn stays(&mut self, _: &Deal, visit: &Visit, _: &Visited<'_>) {
        let entered = self.week(visit.entered);
        *cell(&mut self.sums.flow[visit.stage.index()], entered) += 1;
    }
}
