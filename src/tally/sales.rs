//! The ear of a tally that only sales are asked of: the walk leaves out what nobody hears.

use super::Tally;
use crate::engine::{Deal, Observer, Passage, Renege, Task, Visited};
use crate::quantity::Instant;

/// Tells a tally of arrivals and sales.
pub struct Sales<'t, 'p>(pub &'t mut Tally<'p>);

impl Observer for Sales<'_, '_> {
    const ONLY_SALES: bool = true;

    fn arrives(&mut self, deal: &Deal, cost: i64) {
        self.0.arrives(deal, cost);
    }

    fn arrive_together(&mut self, deals: &[Deal], cost: i64) {
        self.0.arrive_together(deals, cost);
    }

    fn sells(&mut self, deal: &Deal, amount: i64, visited: &Visited<'_>) {
        self.0.sells(deal, amount, visited);
    }

    fn spends(&mut self, _: &Deal, _: i64, _: bool) {}
    fn works(&mut self, _: &Deal, _: &Task) {}
    fn reneges(&mut self, _: &Deal, _: &Renege) {}
    fn waits(&mut self, _: &Deal, _: u16, _: Instant) {}
    fn leaves(&mut self, _: &Deal, _: &Passage) {}
    fn stays(&mut self, _: &Deal, _: &Passage, _: &Visited<'_>) {}
    fn ends(&mut self, _: &Deal, _: usize, _: &Visited<'_>) {}
}
