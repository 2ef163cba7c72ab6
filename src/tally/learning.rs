//! How a prescribed process is learnt: in which visits it is followed, and what comes of it day by day.
//!
//! Kept apart from what every model has, so that a model without a roll-out pays nothing for it.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::Cells;
use super::series::PeriodDays;
use crate::program::{Id, Program, StageId};

/// What happened in a span of time of a model with a roll-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Learnt {
    /// Visits entered that asked whether the process is followed.
    pub asked: i64,
    /// … in which it is.
    pub followed: i64,
    /// Won deals of the win rate.
    pub won: i64,
    /// Lost deals of the win rate.
    pub lost: i64,
}

impl AddAssign<&Learnt> for Learnt {
    fn add_assign(&mut self, other: &Learnt) {
        self.asked += other.asked;
        self.followed += other.followed;
        self.won += other.won;
        self.lost += other.lost;
    }
}

/// The sums of a replication; without a roll-out none.
#[derive(Debug)]
pub(super) struct Learning {
    /// Whether the model has a roll-out.
    pub(super) on: bool,
    first_day: i64,
    stages: usize,
    /// By class and stage: visits that asked, and those that followed.
    visits: Vec<[u64; 2]>,
    days: Vec<Learnt>,
}

impl Learning {
    pub(super) fn new(program: &Program, classes: usize) -> Learning {
        let on = program.rollout.is_some();
        let stages = if on { program.stages.len() } else { 0 };
        let first_day = super::series::first_day(program);
        Learning { on, first_day, stages, visits: vec![[0; 2]; classes * stages], days: Vec::new() }
    }

    /// A visit in the window asked whether the process is followed.
    pub(super) fn visit(&mut self, class: usize, stage: StageId, followed: bool) {
        let sums = &mut self.visits[class * self.stages + stage.index()];
        sums[0] += 1;
        sums[1] += u64::from(followed);
    }

    /// A day of the window, as the calendar counts days.
    pub(super) fn day(&mut self, day: i64) -> &mut Learnt {
        let at = ((day - self.first_day).max(0) as usize).min(super::series::MOST_DAYS - 1);
        if at >= self.days.len() {
            self.days.resize(at + 1, Learnt::default());
        }
        &mut self.days[at]
    }

    /// Moves the visits of a class into its cells.
    pub(super) fn close(&mut self, class: usize, cells: &mut Cells) {
        for at in 0..self.stages {
            let [asked, followed] = std::mem::take(&mut self.visits[class * self.stages + at]);
            let cells = &mut cells.stages[StageId::new(at)];
            (cells.asked, cells.followed) = (asked, followed);
        }
    }

    /// The sums of these periods of the replication that ends.
    pub(super) fn by(&self, periods: &[PeriodDays], count: usize) -> Vec<Learnt> {
        let sum = |period: &PeriodDays| {
            let mut sum = Learnt::default();
            let days = period.days();
            let known = days.start.min(self.days.len())..days.end.min(self.days.len());
            self.days[known].iter().for_each(|day| sum += day);
            sum
        };
        periods.iter().take(if self.on { count } else { 0 }).map(sum).collect()
    }

    /// Begins the next replication.
    pub(super) fn clear(&mut self) {
        self.days.clear();
    }
}
