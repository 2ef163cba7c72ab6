//! Builds the chain of a program by following deals from their arrival through all reachable
//! states.
//!
//! A state holds the attributes that a variant tests, the source, the number of the visit if a
//! limit or a variant counts it, the sales so far, and the distribution that the deal's value was
//! drawn from. Value, age and time cannot be states; if a variant tests them, the chain is refused
//! with a blocker. How deals come into the process is in `coming`,
//! and how they enter a stage in `entering`.

mod coming;
mod entering;

use std::collections::HashMap;

use super::blocked::branching;
use super::chain::{Chain, Only, Patience, Sold, State, To, Transition};
use super::{Blocker, Why};
use crate::program::{
    Choice, Delay, Destination, Draw, Facts, Id, Look, Next, Program, START_SCORE, SourceId,
    StageId, Table,
};
use crate::quantity::{Instant, Money};
use crate::random::distribution::Distribution;

/// A chain with more states than this is refused.
const MOST_STATES: usize = 50_000;
/// The greatest number of visit limits that are followed one after another.
const DEEPEST: usize = 64;

/// Everything that determines the future of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct DealState {
    attributes: u64,
    source: SourceId,
    sales: u32,
    /// Index of the distribution of its value.
    value: usize,
    reached: bool,
    /// Whether it was sold before it came.
    client: bool,
    /// Visits in this round, by counted stage.
    visits: Vec<u32>,
}

/// What is known of a visit beside the deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Visit {
    /// Its number, up to the one from which on visits are treated alike.
    number: u32,
    /// Whether the prescribed process is followed; no, if nothing in the stage asks.
    followed: bool,
    /// Whether it began before the simulation.
    standing: bool,
}

impl Visit {
    /// On arrival there is none.
    const NONE: Visit = Visit { number: 1, followed: false, standing: false };
}

struct Builder<'p> {
    program: &'p Program,
    /// The attribute bits that some variant tests.
    bits: u64,
    source_matters: bool,
    sales_alike: u32,
    /// By stage: the share of visits that lose patience; empty if no deal can.
    lost: Vec<f64>,
    /// By stage: its index among the counted ones, and the number from which on visits are treated
    /// alike.
    counted: Table<StageId, Option<(usize, u32)>>,
    values: Vec<&'p Distribution>,
    known: HashMap<(StageId, usize, Visit, DealState), usize>,
    states: Vec<State>,
    deals: Vec<(Visit, DealState)>,
    transitions: Vec<Transition<'p>>,
}

/// Deals that leave a state by one branch.
#[derive(Clone, Copy)]
struct Departure<'p> {
    /// The state.
    from: usize,
    /// Their share of the deals in that state.
    share: f64,
    /// The delay of the branch.
    after: Option<&'p Delay>,
    /// The number of visit limits that have redirected them.
    limits: usize,
}

impl<'p> Departure<'p> {
    fn transition(self, to: To, sale: Option<Sold<'p>>) -> Transition<'p> {
        let Departure { from, share, after, .. } = self;
        Transition { from, share, after, exit: None, to, sale, cost: 0.0 }
    }
}

impl<'p> Chain<'p> {
    /// The chain of a program for a group of deals; `weights` are the numbers of deals from each
    /// source.
    pub fn new(
        program: &'p Program,
        weights: &[f64],
        only: Only,
        patience: Patience<'_>,
    ) -> Result<Chain<'p>, Blocker> {
        branching(program)?;
        if patience == Patience::Unknown {
            super::blocked::patience(program)?;
        }
        let mut builder = Builder::new(program, only);
        if let Patience::Lost(shares) = patience {
            builder.lost = shares.to_vec();
        }
        let share = builder.arrivals(weights, only)?;
        builder.chain(share)
    }

    /// The chain of the deals of a source that are in the process when the simulation starts; `None`
    /// if there are none of the group.
    pub fn standing(
        program: &'p Program,
        source: SourceId,
        only: Only,
    ) -> Result<Option<Chain<'p>>, Blocker> {
        let Some(stock) = &program.sources[source].stock else { return Ok(None) };
        branching(program)?;
        super::blocked::patience(program)?;
        let mut builder = Builder::new(program, only);
        let share = builder.stand(source, only);
        if share <= 0.0 {
            return Ok(None);
        }
        Ok(Some(Chain { stock: Some(stock), ..builder.chain(share)? }))
    }
}

impl<'p> Builder<'p> {
    /// Follows the deals that came, a share of all, to their ends.
    fn chain(mut self, share: f64) -> Result<Chain<'p>, Blocker> {
        let mut at = 1;
        while at < self.states.len() {
            if self.states.len() > MOST_STATES {
                return Err(Blocker::new("stages", Why::TooManyStates));
            }
            self.leave(at)?;
            at += 1;
        }
        let value = |(_, deal): &(Visit, DealState)| self.values[deal.value];
        let values = self.deals.iter().map(value).collect();
        let (states, transitions) = (self.states, self.transitions);
        Ok(Chain { states, transitions, share, values, stock: None })
    }

    fn new(program: &'p Program, only: Only) -> Builder<'p> {
        let (mut bits, mut source_matters, mut sales_alike) = (0, false, 2);
        let values = program.value.iter().flat_map(Choice::looks);
        let stages = program.stages.iter();
        for look in stages.flat_map(|s| s.entry.looks().chain(s.next.looks())).chain(values) {
            match look {
                Look::Attribute { bits: more } => bits |= more,
                Look::Source => source_matters = true,
                Look::Bookings { alike } => {
                    sales_alike = sales_alike.max(alike.clamp(0, 1000) as u32);
                }
                // Visits are counted by stage below; the others are not part of a state.
                Look::Visit { .. }
                | Look::Value
                | Look::Age
                | Look::Waited
                | Look::Queue
                | Look::Month
                | Look::Weekday
                | Look::Date
                | Look::Satisfaction
                | Look::Followed => {}
            }
        }
        if let Only::Attribute(at, _) = only {
            bits |= program.attributes[at].mask << program.attributes[at].shift;
        }
        let mut count = 0;
        let counted = program.stages.iter().map(|stage| {
            let looks =
                stage.entry.looks().chain(stage.next.looks()).filter_map(|look| match look {
                    Look::Visit { alike } => Some(alike.clamp(0, 100_000) as u32),
                    _ => None,
                });
            let limit = stage.limit.iter().map(|(most, _)| (*most).min(100_000) as u32);
            let alike = looks.chain(limit).max()?;
            // Stages that no deal returns to need no counter.
            stage.counter?;
            count += 1;
            Some((count - 1, alike.max(1)))
        });
        let counted = counted.collect::<Vec<_>>().into();
        let arrival = State {
            stage: None,
            case: 0,
            sales: 0,
            reached: false,
            client: false,
            standing: false,
        };
        let nobody = DealState {
            attributes: 0,
            source: SourceId(0),
            sales: 0,
            value: 0,
            reached: false,
            client: false,
            visits: vec![0; count],
        };
        Builder {
            program,
            bits,
            source_matters,
            sales_alike,
            lost: Vec::new(),
            counted,
            values: vec![&Distribution::Constant(0.0)],
            known: HashMap::new(),
            states: vec![arrival],
            deals: vec![(Visit::NONE, nobody)],
            transitions: Vec::new(),
        }
    }

    /// The index of the distribution that the deal's value is drawn from.
    fn value(&mut self, deal: &DealState) -> usize {
        let program = self.program;
        let Some(value) = &program.value else { return 0 };
        let none = Visit { number: 0, ..Visit::NONE };
        let draw = value.pick(&program.calendar, || deal.facts(none));
        self.value_of(draw)
    }

    fn value_of(&mut self, draw: &'p Draw) -> usize {
        let same = |known: &&Distribution| std::ptr::eq(*known, &raw const draw.distribution);
        self.values.iter().position(same).unwrap_or_else(|| {
            self.values.push(&draw.distribution);
            self.values.len() - 1
        })
    }

    /// Adds the transitions out of a state.
    fn leave(&mut self, at: usize) -> Result<(), Blocker> {
        let program = self.program;
        let (visit, deal) = self.deals[at].clone();
        let id = self.states[at].stage;
        let id = id.expect("only the arrival has no stage, and nobody comes back to it");
        let stage = &program.stages[id];
        let next = stage.next.pick(&program.calendar, || deal.facts(visit));
        let patience = stage.entry.case(self.states[at].case).patience.as_ref();
        let lost = self.lost.get(id.index()).copied().filter(|lost| *lost > 0.0).zip(patience);
        let all = Departure { from: at, share: 1.0, after: None, limits: 0 };
        let Some((share, patience)) = lost else { return self.branch(all, next, &deal) };
        self.branch(Departure { share, ..all }, &patience.next, &deal)?;
        self.branch(Departure { share: 1.0 - share, ..all }, next, &deal)
    }

    /// Follows the branches of a `next`. Those of a visit limit take no time, but the branch that
    /// led there may have.
    fn branch(
        &mut self,
        deals: Departure<'p>,
        next: &'p Next,
        deal: &DealState,
    ) -> Result<(), Blocker> {
        for (part, branch) in shares(&next.thresholds).zip(&next.branches) {
            let transitions = self.transitions.len();
            let after = if deals.limits == 0 { branch.after.as_ref() } else { deals.after };
            let deals = Departure { share: deals.share * part, after, ..deals };
            match branch.exit.destination(self.program.stages.len()) {
                Destination::Stage(stage) => self.enter(deals, stage, deal.clone())?,
                Destination::End(end) => {
                    let value = self.values[deal.value];
                    let sale = (end == 0).then_some(Sold { amount: value, first: deal.sales == 0 });
                    self.transitions.push(deals.transition(To::End(end), sale));
                }
            }
            // The outermost branch is added last and overrides the exit.
            self.transitions[transitions..]
                .iter_mut()
                .for_each(|transition| transition.exit = Some(branch.exit));
        }
        Ok(())
    }
}

impl DealState {
    fn facts(&self, visit: Visit) -> Facts<'static> {
        Facts {
            attributes: self.attributes,
            source: self.source,
            visit: u64::from(visit.number),
            sales: self.sales,
            value: Money::ZERO,
            age: 0,
            waited: 0,
            satisfaction: START_SCORE,
            followed: visit.followed,
            at: Instant::ZERO,
            queues: &[],
        }
    }
}

/// The probabilities between thresholds of 64-bit words.
fn shares(thresholds: &[u64]) -> impl Iterator<Item = f64> + '_ {
    const ALL: u128 = 1 << 64;
    let bounds = thresholds.iter().map(|word| u128::from(*word));
    let starts = std::iter::once(0).chain(bounds.clone());
    // A threshold at the greatest word means that all words lie below it.
    let ends = bounds.map(|word| if word == u128::from(u64::MAX) { ALL } else { word });
    ends.chain([ALL]).zip(starts).map(|(end, start)| end.saturating_sub(start) as f64 / ALL as f64)
}
