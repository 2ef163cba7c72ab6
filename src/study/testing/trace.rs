//! What happens to the deals of a test.

use std::collections::HashMap;

use crate::engine::{Deal, Observer, Renege, Split, Task, Token, Visit, Visited};
use crate::program::{Exit, StageId};
use crate::quantity::{Instant, Money};
use crate::random::key::DealKey;

/// The traces of all deals, in the order in which they are told.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) deals: Vec<DealTrace>,
    known: HashMap<DealKey, usize>,
    /// Whether the next visit follows the process.
    followed: Option<bool>,
}

/// What happened to a deal.
#[derive(Debug, Clone)]
pub(super) struct DealTrace {
    /// The deal as it arrived.
    pub(super) arrived: Deal,
    /// The deal as it was last.
    pub(super) last: Deal,
    pub(super) visits: Vec<VisitTrace>,
    /// Its sales with their amounts.
    pub(super) sales: Vec<(Instant, Money)>,
    /// When and by which end it left.
    pub(super) end: Option<(Instant, usize)>,
}

/// What happened in a visit.
#[derive(Debug, Clone)]
pub(super) struct VisitTrace {
    pub(super) stage: StageId,
    /// The case of the stage's entry.
    pub(super) case: usize,
    /// Whether it follows the prescribed process, where the stage asks.
    pub(super) followed: Option<bool>,
    pub(super) entered: Instant,
    /// When the deal left, and where to.
    pub(super) left: Option<(Instant, Exit)>,
    /// What the visit cost, with its work.
    pub(super) cost: Money,
    pub(super) works: Vec<Task>,
    /// Whether the deal waited for a person, or left because nobody came.
    pub(super) waited: bool,
    pub(super) split: Split,
}

impl Trace {
    fn of(&mut self, deal: &Deal) -> &mut DealTrace {
        let at = *self.known.entry(deal.key).or_insert_with(|| {
            let (visits, sales) = (Vec::new(), Vec::new());
            let trace = DealTrace { arrived: *deal, last: *deal, visits, sales, end: None };
            self.deals.push(trace);
            self.deals.len() - 1
        });
        self.deals[at].last = *deal;
        &mut self.deals[at]
    }

    fn visit(&mut self, deal: &Deal) -> Option<&mut VisitTrace> {
        self.of(deal).visits.last_mut()
    }
}

impl Observer for Trace {
    fn arrives(&mut self, deal: &Deal, _: Money) {
        self.of(deal);
    }

    fn follows(&mut self, _: &Deal, _: &Token, followed: bool) {
        self.followed = Some(followed);
    }

    fn enters(&mut self, deal: &Deal, token: &Token, case: usize) {
        let followed = self.followed.take();
        self.of(deal).visits.push(VisitTrace {
            stage: token.stage,
            case,
            followed,
            entered: token.now,
            left: None,
            cost: Money::ZERO,
            works: Vec::new(),
            waited: false,
            split: Split::default(),
        });
    }

    fn spends(&mut self, deal: &Deal, _: &Token, amount: Money, _: bool) {
        self.visit(deal).into_iter().for_each(|visit| visit.cost += amount);
    }

    fn works(&mut self, deal: &Deal, task: &Task) {
        let Some(visit) = self.visit(deal) else { return };
        visit.cost += task.cost;
        visit.waited |= task.started > task.asked;
        visit.works.push(*task);
    }

    fn reneges(&mut self, deal: &Deal, _: &Renege) {
        self.visit(deal).into_iter().for_each(|visit| visit.waited = true);
    }

    fn leaves(&mut self, deal: &Deal, left: &Visit) {
        let Some(visit) = self.visit(deal) else { return };
        visit.cost += left.cost;
        visit.left = Some((left.left, left.exit));
        visit.split = left.split;
    }

    fn sells(&mut self, deal: &Deal, token: &Token, amount: Money, _: &Visited<'_>) {
        self.of(deal).sales.push((token.now, amount));
    }

    fn ends(&mut self, deal: &Deal, token: &Token, end: usize, _: &Visited<'_>) {
        self.of(deal).end = Some((token.now, end));
    }
}
