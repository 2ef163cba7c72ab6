//! The observer of a tally that only sales are asked of: the walk leaves out what nobody needs.

use super::Tally;
use crate::engine::{Deal, Observer, Visited};

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
}
