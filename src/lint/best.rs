//! What all arrivals of a model can bring at best, whichever variants hold.

use super::reach::Reach;
use super::win_shares::{Among, Shares};
use crate::analytic::inflow::weight;
use crate::model::transitions::End;
use crate::model::{Model, SaleAmount};
use crate::program::Program;
use crate::quantity::MINOR_UNITS;

/// Expected totals of the simulated time, with the warm-up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    /// Deals that arrive.
    pub(super) arrivals: f64,
    /// First sales.
    pub(super) wins: f64,
    /// Their value, in the currency.
    pub(super) bookings: f64,
    /// Whether a deal may be sold to again: nobody knows how often.
    pub(super) again: bool,
}

/// The totals; `None` if clients from before or deals at the start add to them, or if loops are too slow to tell.
pub(super) fn of(model: &Model, program: &Program) -> Option<Best> {
    let is_simple = model.sources.iter().all(|source| !source.clients && source.at_start.is_none());
    if !is_simple || program.window.until_empty() {
        return None;
    }
    let reach = Reach::of(model, false);
    let entries = reach.entries(None);
    let sells = |at: &usize| model.stages[*at].sale.is_some();
    let shares = Shares::of(model, Among::All);
    let most = if entries.iter().any(sells) { 1.0 } else { shares.most_of_all(&entries)? };
    let arrivals: f64 = program.sources.iter().map(|source| weight(program, source)).sum();
    let again = (0..model.stages.len()).filter(|at| sells(at)).any(|at| {
        let next: Vec<usize> = reach.transitions.to[at].iter().copied().collect();
        reach.transitions.ends[at].contains(&End::Won) || reach.to_sale(&next).is_finite()
    });
    let own = model.stages.iter().filter_map(|stage| match &stage.sale {
        Some(SaleAmount::Own(own)) => Some(own),
        _ => None,
    });
    let set = model.plans().filter_map(|plan| plan.set.as_ref()?.value.as_ref());
    let amounts = model.value.iter().map(|case| &case.amount).chain(set).chain(own);
    let largest = amounts.map(|amount| amount.mean() / MINOR_UNITS).fold(0.0, f64::max);
    let wins = most * arrivals;
    Some(Best { arrivals, wins, bookings: wins * largest, again })
}
