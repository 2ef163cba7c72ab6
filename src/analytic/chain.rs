//! The chain that a model is for its deals: states, and the transitions between them.
//!
//! A deal that stands in a stage is told apart by no more than the variants ask (`expand` finds the states); so its
//! future depends on its state alone, and all that can be asked of deals in the long run is a sum over transitions.

use crate::program::{Delay, Exit, SourceId, StageId};
use crate::random::distribution::Distribution;

/// States and the transitions between them. State 0 is the arrival, which takes no time.
#[derive(Debug)]
pub struct Chain<'p> {
    /// What each state is.
    pub states: Vec<State>,
    /// The transitions, ordered by the state that they leave.
    pub transitions: Vec<Transition<'p>>,
    /// Deals of the group, of all that arrive.
    pub share: f64,
    /// What a deal in each state is worth: a distribution of hundredths.
    pub(super) values: Vec<&'p Distribution>,
}

/// A deal inside a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// The stage; none on arrival.
    pub stage: Option<StageId>,
    /// Which case of the stage's entry was chosen.
    pub case: usize,
    /// Sales so far, those of entering included, as far as anybody counts.
    pub sales: u32,
    /// Whether it reached a stage of phase `deal`.
    pub reached: bool,
}

/// A transition out of a state.
#[derive(Debug, Clone)]
pub struct Transition<'p> {
    /// From this state.
    pub from: usize,
    /// Probability of taking it.
    pub share: f64,
    /// The client's time before it.
    pub after: Option<&'p Delay>,
    /// The exit that the stage's `next` names: a limit of visits may lead elsewhere.
    pub exit: Option<Exit>,
    /// Where to.
    pub to: To,
    /// A sale on it.
    pub sale: Option<Sold<'p>>,
    /// Marketing cost of those that arrive, in hundredths.
    pub cost: f64,
}

/// Where a transition leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Into a state.
    State(usize),
    /// To an end, by position.
    End(usize),
}

/// A sale.
#[derive(Debug, Clone, Copy)]
pub struct Sold<'p> {
    /// What it books, in hundredths.
    pub amount: &'p Distribution,
    /// Whether it is the deal's first.
    pub first: bool,
}

/// Only deals with this value of an attribute, or of this source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// All deals.
    All,
    /// Of this source.
    Source(SourceId),
    /// Whose attribute, by index, has this code on arrival.
    Attribute(usize, u64),
}

/// What becomes of those who lose patience while they wait for people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Patience<'r> {
    /// How many do is not known, so there is no chain where somebody may.
    Unknown,
    /// As if nobody did.
    Endless,
    /// This share of the visits of each stage.
    Lost(&'r [f64]),
}

impl<'p> Chain<'p> {
    /// What a deal in a state is worth, in hundredths.
    pub fn value(&self, state: usize) -> &'p Distribution {
        self.values[state]
    }
}
