//! Deals that are in process when the simulation starts: a pipeline.

use super::facts::{Arrival, Deal};
use crate::program::Program;
use crate::quantity::{Duration, Instant};
use crate::random::key::StreamKey;

/// An open deal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opening {
    /// The stage that it is in.
    pub stage: u16,
    /// How long it has been there.
    pub spent: Duration,
    /// Which visit of the stage in this round it is, from 1.
    pub visit: u64,
    /// How long ago it arrived; at least `spent`.
    pub age: Duration,
    /// Sales so far.
    pub sales: u32,
    /// What it is worth, in hundredths of the currency; drawn where it is not known.
    pub value: Option<i64>,
    /// Index of its source.
    pub source: u16,
    /// Attributes, packed as the program packs them.
    pub attributes: u64,
}

impl Opening {
    /// The deal as it stands at the simulation's start, at the time when it entered its stage.
    pub(in crate::engine) fn deal(
        &self,
        program: &Program,
        stream: StreamKey,
        ordinal: u64,
    ) -> Deal {
        let source = &program.sources[usize::from(self.source)];
        let key = stream.deal(ordinal);
        let arrival = Arrival { ordinal, key, at: Instant(-self.age.0) };
        let mut deal = Deal::arrive(program, source, self.source, arrival);
        deal.now = Instant(-self.spent.0);
        deal.sales = self.sales;
        deal.stage = self.stage;
        deal.attributes = self.attributes;
        if let Some(value) = self.value {
            deal.value = value;
        }
        deal
    }
}
