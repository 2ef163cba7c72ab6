//! Deals that are in process when the simulation starts: a pipeline.

use super::facts::{Arrival, Deal};
use crate::program::{Program, SourceId, StageId};
use crate::quantity::{Duration, Instant, Money};
use crate::random::key::StreamKey;

/// A deal that is inside a visit of a stage when the simulation starts.
///
/// It does not pay, draw or sell again what lies before that. The rest of its step is drawn given the time that the step has
/// taken so far; its patience, given the time in the queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opening {
    /// The stage that it is in.
    pub stage: StageId,
    /// Which visit of the stage in this round it is, from 1.
    pub visit: u64,
    /// How long ago it entered the stage.
    pub entered: Duration,
    /// The step of the visit that it has come to, from 0; the number of steps if all are done.
    pub step: u16,
    /// How far that step is.
    pub standing: Standing,
    /// How long ago it arrived; at least `entered`.
    pub age: Duration,
    /// How long ago it was sold last, where it was.
    pub sold: Option<Duration>,
    /// How long ago it first came to a stage of phase `deal` or later, where it did before this one.
    pub reached_deal: Option<Duration>,
    /// Sales so far.
    pub sales: u32,
    /// What it is worth; drawn where it is not known.
    pub value: Option<Money>,
    /// What it has cost so far.
    pub cost: Money,
    /// Its source.
    pub source: SourceId,
    /// Attributes, packed as the program packs them; those of code 0 are not known yet.
    pub attributes: u64,
}

/// How far a step of an open deal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has waited so long for the client or for a person; in working time if the wait is of working time.
    Waits(Duration),
    /// Somebody works on it, and has spent so much working time.
    InWork(Duration),
    /// Only the time since it entered the stage is known: the visit is drawn given that it has taken so long, as if nobody had
    /// stood in a queue.
    Unknown,
    /// The same for a deal that is there longer than [`visit_lengths`](crate::engine::visit_lengths) are: it leaves at once, or
    /// stands in the queue if its visit ends with one.
    Overdue,
}

/// How an open deal entered the visit in which it is.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Entered {
    /// The case of the entry of the stage.
    pub(in crate::engine) case: usize,
    /// Whether the prescribed process is followed; false where the stage does not ask for it.
    pub(in crate::engine) followed: bool,
}

impl Opening {
    /// The facts of the deal as the simulation starts.
    pub(in crate::engine) fn deal(
        &self,
        program: &Program,
        stream: StreamKey,
        ordinal: u64,
    ) -> Deal {
        let source = &program.sources[self.source];
        let arrival = Arrival { ordinal, key: stream.deal(ordinal), at: Instant(-self.age.0) };
        let mut deal = Deal::with_value(Money::ZERO, source, self.source, arrival);
        deal.round_start = Instant(-self.sold.unwrap_or(self.age).0);
        deal.sales = self.sales.max(deal.sales);
        deal.attributes = self.attributes;
        for draw in source.draws.iter().chain(&program.arrival_draws) {
            deal.draw_unknown(program, draw, 0);
        }
        deal.cost = self.cost;
        if let Some(ago) = self.reached_deal {
            deal.reached_deal = Instant(-ago.0);
        } else if program.stages[self.stage].is_deal() {
            deal.reached_deal = Instant(-self.entered.0);
        }
        match self.value {
            Some(value) => deal.value = value,
            None => deal.draw_value(program),
        }
        deal
    }
}
