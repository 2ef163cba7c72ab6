//! Deals that enter a stage: limits of visits, the process that is followed, attributes, a sale.

use super::{Builder, DEEPEST, DealState, Departure, Visit};
use crate::analytic::chain::{Sold, State, To};
use crate::analytic::{Blocker, Why};
use crate::program::{Look, Sale, Stage, StageId};

impl<'p> Builder<'p> {
    /// Enters a stage in the order of the engine: the visit limit, the number of the visit, the
    /// drawn attributes, the sale.
    pub(super) fn enter(
        &mut self,
        deals: Departure<'p>,
        id: StageId,
        mut deal: DealState,
    ) -> Result<(), Blocker> {
        if deals.limits > DEEPEST {
            return Err(Blocker::new("stages", Why::LimitsInACircle));
        }
        let program = self.program;
        let stage = &program.stages[id];
        let counter = self.counted[id];
        if let (Some((most, instead)), Some((at, _))) = (&stage.limit, counter)
            && u64::from(deal.visits[at]) >= *most
        {
            let elsewhere = Departure { limits: deals.limits + 1, ..deals };
            return self.branch(elsewhere, instead, &deal);
        }
        if stage.sale.is_some() {
            deal.visits.fill(0);
        }
        let number = self.count(id, &mut deal);
        deal.reached |= stage.is_deal();
        for (part, followed) in self.followed(stage) {
            let visit = Visit { number, followed, standing: false };
            let case = stage.entry.position(&program.calendar, || deal.facts(visit));
            let deals = Departure { share: deals.share * part, ..deals };
            self.begin(deals, (id, case, visit), deal.clone());
        }
        Ok(())
    }

    /// Adds one to the visits of a stage in this round, and returns the number of the visit.
    pub(super) fn count(&self, id: StageId, deal: &mut DealState) -> u32 {
        let Some((at, alike)) = self.counted[id] else { return 1 };
        let visits = &mut deal.visits[at];
        *visits = (*visits + 1).min(alike);
        *visits
    }

    /// The shares of visits in which the prescribed process is followed and is not, after its
    /// roll-out; only if something in the stage asks.
    pub(super) fn followed(&self, stage: &Stage) -> Vec<(f64, bool)> {
        let mut looks = stage.entry.looks().chain(stage.next.looks());
        let asks = looks.any(|look| matches!(look, Look::Followed));
        let rollout = self.program.rollout.as_ref().filter(|_| asks);
        let Some(rollout) = rollout else { return vec![(1.0, false)] };
        let mut parts = vec![(rollout.to, true), (1.0 - rollout.to, false)];
        parts.retain(|(share, _)| *share > 0.0);
        parts
    }

    /// Begins a visit: the drawn attributes, the sale.
    fn begin(
        &mut self,
        deals: Departure<'p>,
        (id, case, visit): (StageId, usize, Visit),
        deal: DealState,
    ) {
        let program = self.program;
        let stage = &program.stages[id];
        let entry = stage.entry.case(case);
        for (share, mut deal) in self.drawn(entry.draws.iter(), (deals.share, deal)) {
            if let Some(value) = &entry.value {
                deal.value = self.value_of(value);
            }
            let mut sold = None;
            if let Some(sale) = &stage.sale {
                let amount = match sale {
                    Sale::Value | Sale::Same => self.values[deal.value],
                    Sale::Own(own) => &own.distribution,
                };
                sold = Some(Sold { amount, first: deal.sales == 0 });
                deal.sales = (deal.sales + 1).min(self.sales_alike);
                if !matches!(sale, Sale::Same) {
                    deal.value = self.value(&deal);
                }
            }
            let to = To::State(self.state((id, case, visit), deal));
            self.transitions.push(Departure { share, ..deals }.transition(to, sold));
        }
    }

    pub(super) fn state(
        &mut self,
        (stage, case, visit): (StageId, usize, Visit),
        deal: DealState,
    ) -> usize {
        let new = self.states.len();
        let key = (stage, case, visit, deal);
        let deal = &key.3;
        let new_state = State {
            stage: Some(stage),
            case,
            sales: deal.sales,
            reached: deal.reached,
            client: deal.client,
            standing: visit.standing,
        };
        let seen = self.known.get(&key).copied();
        seen.unwrap_or_else(|| {
            self.states.push(new_state);
            self.deals.push((visit, key.3.clone()));
            self.known.insert(key, new);
            new
        })
    }
}
