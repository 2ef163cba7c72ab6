//! The observer of a tally that only sales are asked of: the walk leaves out what nobody needs.

use super::Tally;
use crate::engine::{Deal, Observer, Token, Visited};
use crate::quantity::Money;

/// Tells a tally of arrivals and sales.
pub struct Sales<'t, 'p>(pub &'t mut Tally<'p>);

impl Observer for Sales<'_, '_> {
    const ONLY_SALES: bool = true;

    fn arrives(&mut self, deal: &Deal, cost: Money) {
        self.0.arrives(deal, cost);
    }

    fn arrive_together(&mut self, deals: &[Deal], cost: Money) {
        self.0.arrive_together(deals, cost);
    }

    fn sells(&mut self, deal: &Deal, token: &Token, amount: Money, visited: &Visited<'_>) {
        self.0.sells(deal, token, amount, visited);
    }
}
