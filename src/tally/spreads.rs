//! Distributions over deals: one histogram for each duration.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::program::{Id, Program, StageId, TaskId};
use crate::stats::{Coarse, Histogram};

/// Distributions over the deals of one class: of all replications, or with few bins of one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Spreads<H = Histogram> {
    /// First sale − arrival.
    pub sales_cycle: H,
    /// First sale − first stage of phase `deal`.
    pub from_deal: H,
    /// End − arrival, by end.
    pub cycle_time: Vec<H>,
    /// Exit − entry, by stage.
    pub time_in_stage: Vec<H>,
    /// Start of work − ready, by task.
    pub queue_time: Vec<H>,
    /// End of the window − arrival or last sale, of open deals by stage.
    pub open_age: Vec<H>,
    /// First start of work − arrival.
    pub response: H,
    /// The open time of it.
    pub response_open: H,
}

/// A duration whose distribution over deals is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// First sale − arrival.
    SalesCycle,
    /// First sale − first stage of phase `deal`.
    FromDeal,
    /// End − arrival, of deals with this end.
    CycleTime(usize),
    /// Exit − entry, of this stage.
    InStage(StageId),
    /// Start of work − ready, of this task.
    Queue(TaskId),
    /// End of the window − arrival or last sale, of open deals in this stage.
    OpenAge(StageId),
    /// First start of work − arrival.
    Response,
    /// The open time of it.
    ResponseOpen,
}

impl<H> Spreads<H> {
    /// The distribution of a duration; `None` where nothing was collected.
    fn of(&self, lapse: Lapse) -> Option<&H> {
        match lapse {
            Lapse::SalesCycle => Some(&self.sales_cycle),
            Lapse::FromDeal => Some(&self.from_deal),
            Lapse::CycleTime(end) => self.cycle_time.get(end),
            Lapse::InStage(stage) => self.time_in_stage.get(stage.index()),
            Lapse::Queue(task) => self.queue_time.get(task.index()),
            Lapse::OpenAge(stage) => self.open_age.get(stage.index()),
            Lapse::Response => Some(&self.response),
            Lapse::ResponseOpen => Some(&self.response_open),
        }
    }

    /// Whether they are of this program, or empty.
    pub fn fits(&self, program: &Program) -> bool {
        let Spreads { cycle_time, time_in_stage, queue_time, open_age, .. } = self;
        let parts = [cycle_time, time_in_stage, queue_time, open_age].map(Vec::len);
        let stages = program.stages.len();
        parts == [program.ends.len(), stages, program.tasks.len(), stages] || parts == [0; 4]
    }
}

impl Spreads {
    /// All of both; the order does not matter.
    pub fn merge(&mut self, other: Spreads) {
        if self.cycle_time.is_empty() {
            *self = other;
        } else {
            self.add(&other);
        }
    }

    /// Adds all of another one.
    pub fn add(&mut self, other: &Spreads) {
        if self.cycle_time.is_empty() {
            self.clone_from(other);
            return;
        }
        self.sales_cycle.merge(&other.sales_cycle);
        self.from_deal.merge(&other.from_deal);
        for (mine, others) in self.cycle_time.iter_mut().zip(&other.cycle_time) {
            mine.merge(others);
        }
        for (mine, others) in self.time_in_stage.iter_mut().zip(&other.time_in_stage) {
            mine.merge(others);
        }
        for (mine, others) in self.queue_time.iter_mut().zip(&other.queue_time) {
            mine.merge(others);
        }
        for (mine, others) in self.open_age.iter_mut().zip(&other.open_age) {
            mine.merge(others);
        }
        self.response.merge(&other.response);
        self.response_open.merge(&other.response_open);
    }

    /// The distribution of some durations together.
    pub fn together(&self, lapses: &[Lapse]) -> Cow<'_, Histogram> {
        if let [lapse] = lapses
            && let Some(histogram) = self.of(*lapse)
        {
            return Cow::Borrowed(histogram);
        }
        let mut sum = Histogram::default();
        lapses.iter().filter_map(|lapse| self.of(*lapse)).for_each(|part| sum.merge(part));
        Cow::Owned(sum)
    }
}

impl Spreads<Coarse> {
    /// Adds the distribution of some durations.
    pub fn add_to(&self, sum: &mut Coarse, lapses: &[Lapse]) {
        lapses.iter().filter_map(|lapse| self.of(*lapse)).for_each(|part| sum.merge(part));
    }

    /// What came to growing distributions since they were as before.
    pub(super) fn since(&self, before: &Spreads<Coarse>) -> Spreads<Coarse> {
        let all = |now: &[Coarse], before: &[Coarse]| {
            now.iter().zip(before).map(|(now, before)| now.since(before)).collect()
        };
        Spreads {
            sales_cycle: self.sales_cycle.since(&before.sales_cycle),
            from_deal: self.from_deal.since(&before.from_deal),
            cycle_time: all(&self.cycle_time, &before.cycle_time),
            time_in_stage: all(&self.time_in_stage, &before.time_in_stage),
            queue_time: all(&self.queue_time, &before.queue_time),
            open_age: all(&self.open_age, &before.open_age),
            response: self.response.since(&before.response),
            response_open: self.response_open.since(&before.response_open),
        }
    }
}
