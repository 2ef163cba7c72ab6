//! Deals that come into the process: those that arrive, and those that are there at the start.

use super::{Builder, DealState, Departure, Visit, shares};
use crate::analytic::Blocker;
use crate::analytic::chain::{Only, To};
use crate::program::{AttributeDraw, Sale, Source, SourceId};

impl<'p> Builder<'p> {
    /// Adds the transitions on arrival; returns the share of all deals that belong to the group.
    pub(super) fn arrivals(&mut self, weights: &[f64], only: Only) -> Result<f64, Blocker> {
        let program = self.program;
        let all: f64 = weights.iter().sum();
        let (mut came, mut share) = (Vec::new(), 0.0);
        for ((id, source), weight) in program.sources.entries().zip(weights) {
            if *weight <= 0.0 || matches!(only, Only::Source(of) if of != id) {
                continue;
            }
            for (part, deal) in self.kinds((id, source), weight / all, only) {
                share += part;
                came.push((part, source.cost.0 as f64, source.entry, deal));
            }
        }
        for (part, cost, entry, deal) in came {
            let from = self.transitions.len();
            let arrival = Departure { from: 0, share: part / share, after: None, limits: 0 };
            self.enter(arrival, entry, deal)?;
            self.transitions[from..].iter_mut().for_each(|transition| transition.cost = cost);
        }
        Ok(share)
    }

    /// The deals of a source as they come, a share of all, by the attributes that matter.
    fn kinds(
        &mut self,
        (id, source): (SourceId, &'p Source),
        share: f64,
        only: Only,
    ) -> Vec<(f64, DealState)> {
        let program = self.program;
        let new = DealState {
            source: if self.source_matters { id } else { SourceId(0) },
            // Who bought before has one sale, as the engine counts.
            sales: u32::from(source.clients),
            client: source.clients,
            ..self.deals[0].1.clone()
        };
        let draws = program.arrival_draws.iter().chain(&source.draws);
        let mut kinds = self.drawn(draws, (share, new));
        if let Only::Attribute(at, code) = only {
            let attribute = &program.attributes[at];
            kinds.retain(|(_, t)| t.attributes >> attribute.shift & attribute.mask == code);
        }
        for (_, deal) in &mut kinds {
            deal.value = self.value(deal);
        }
        kinds
    }

    /// Adds the deals that stand in the stage of a source when the simulation starts, in the order of
    /// the engine: a sale of the stage is past, nothing is booked or paid. Returns the share of them
    /// that belong to the group.
    pub(super) fn stand(&mut self, id: SourceId, only: Only) -> f64 {
        let program = self.program;
        let source = &program.sources[id];
        let stage = &program.stages[source.entry];
        let kinds = if matches!(only, Only::Source(of) if of != id) {
            Vec::new()
        } else {
            self.kinds((id, source), 1.0, only)
        };
        let share: f64 = kinds.iter().map(|(part, _)| part).sum();
        for (part, mut deal) in kinds {
            if stage.sale.is_some() && deal.sales == 0 {
                deal.sales = 1;
                if !matches!(stage.sale, Some(Sale::Same)) {
                    deal.value = self.value(&deal);
                }
            }
            let number = self.count(source.entry, &mut deal);
            deal.reached |= stage.is_deal();
            for (followed, is) in self.followed(stage) {
                let visit = Visit { number, followed: is, standing: true };
                let case = stage.entry.position(&program.calendar, || deal.facts(visit));
                let entry = stage.entry.case(case);
                let kind = (followed * part / share, deal.clone());
                for (share, mut deal) in self.drawn(entry.draws.iter(), kind) {
                    if let Some(value) = &entry.value {
                        deal.value = self.value_of(value);
                    }
                    let to = To::State(self.state((source.entry, case, visit), deal));
                    let standing = Departure { from: 0, share, after: None, limits: 0 };
                    self.transitions.push(standing.transition(to, None));
                }
            }
        }
        share
    }

    /// Splits a deal by the values of all drawn attributes that a variant tests.
    pub(super) fn drawn<'d>(
        &self,
        draws: impl Iterator<Item = &'d AttributeDraw>,
        kind: (f64, DealState),
    ) -> Vec<(f64, DealState)> {
        draws.fold(vec![kind], |kinds, draw| {
            kinds.into_iter().flat_map(|kind| self.draw(draw, kind)).collect()
        })
    }

    /// Splits a deal by the values of a drawn attribute, if a variant tests the attribute.
    fn draw(&self, draw: &AttributeDraw, (share, deal): (f64, DealState)) -> Vec<(f64, DealState)> {
        let attribute = &self.program.attributes[draw.attribute];
        let place = attribute.mask << attribute.shift;
        if place & self.bits == 0 {
            return vec![(share, deal)];
        }
        let drawn = shares(&draw.thresholds).zip(&draw.codes).map(|(part, code)| {
            let attributes = deal.attributes & !place | code << attribute.shift;
            (share * part, DealState { attributes, ..deal.clone() })
        });
        drawn.collect()
    }
}
