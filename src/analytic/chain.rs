//! The Markov chain of a deal: states, and the transitions between them.
//!
//! A state holds everything that the variants of the model can test (`expand` finds the states). So
//! the future of a deal depends on its state alone, and long-run figures are sums over transitions.

use super::law::Law;
use crate::program::{Action, Delay, Entry, Exit, Program, SourceId, StageId, Step, Stock};
use crate::random::distribution::Distribution;

/// States and the transitions between them. State 0 is the arrival, which takes no time.
#[derive(Debug)]
pub struct Chain<'p> {
    /// The states.
    pub states: Vec<State>,
    /// The transitions, sorted by the state that they leave.
    pub transitions: Vec<Transition<'p>>,
    /// The share of arriving deals that belong to the group.
    pub share: f64,
    /// The distribution of a deal's value in each state, in hundredths of the currency.
    pub(super) values: Vec<&'p Distribution>,
    /// The deals that stand in their stage at the start, if they are the ones that are followed.
    pub stock: Option<&'p Stock>,
}

/// A deal inside a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// The stage; `None` on arrival.
    pub stage: Option<StageId>,
    /// The index of the chosen case of the stage's entry.
    pub case: usize,
    /// Sales so far, including one on entry, up to the number that the model distinguishes.
    pub sales: u32,
    /// Whether the deal has reached a stage of phase `deal`.
    pub reached: bool,
    /// Whether the deal is a client who bought before it came: no lead.
    pub client: bool,
    /// Whether the visit began before the simulation.
    pub standing: bool,
}

/// A transition out of a state.
#[derive(Debug, Clone)]
pub struct Transition<'p> {
    /// The index of the state that it leaves.
    pub from: usize,
    /// Probability of taking it.
    pub share: f64,
    /// Client time before it.
    pub after: Option<&'p Delay>,
    /// The exit named by the stage's `next`; a visit limit may lead elsewhere.
    pub exit: Option<Exit>,
    /// Where it leads.
    pub to: To,
    /// The sale booked on it.
    pub sale: Option<Sold<'p>>,
    /// Marketing cost on arrival, in hundredths of the currency.
    pub cost: f64,
}

/// Where a transition leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// A state, by index.
    State(usize),
    /// An end, by index.
    End(usize),
}

/// A sale.
#[derive(Debug, Clone, Copy)]
pub struct Sold<'p> {
    /// The amount booked, in hundredths of the currency.
    pub amount: &'p Distribution,
    /// Whether it is the deal's first.
    pub first: bool,
}

/// The group of deals that a chain describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// All deals.
    All,
    /// Deals of this source.
    Source(SourceId),
    /// Deals whose attribute, by index, has this code on arrival.
    Attribute(usize, u64),
}

/// How deals that lose patience in a queue are treated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Patience<'r> {
    /// The share that loses patience is unknown; there is no chain if a deal may lose it.
    Unknown,
    /// No deal loses patience.
    Endless,
    /// This share of the visits of each stage loses patience.
    Lost(&'r [f64]),
}

impl<'p> Chain<'p> {
    /// The value of a deal in a state, in hundredths of the currency.
    pub fn value(&self, state: usize) -> &'p Distribution {
        self.values[state]
    }
    /// The entry of a state's stage and the case that was chosen; `None` on arrival.
    pub fn entry(&self, program: &'p Program, state: usize) -> Option<&'p Entry> {
        let State { stage, case, .. } = self.states[state];
        Some(program.stages[stage?].entry.case(case))
    }

    /// The time of a step in a state; `None` if the clock alone does not tell it.
    pub fn time(&self, state: usize, (at, step): (usize, &'p Step)) -> Option<Law<'p>> {
        let State { case, standing, .. } = self.states[state];
        match &step.action {
            // Deals that stand are in the first of them.
            Action::Wait(_) if standing && at == 0 => Some(Law::Rest(self.stock?.rest(case))),
            Action::Wait(draw) => Some(Law::Whole(&draw.distribution)),
            Action::Work(work) => Some(Law::Whole(&work.time.distribution)),
            Action::Delay(_) | Action::Until(_) | Action::Sell | Action::AwaitPayment => None,
        }
    }
}
