//! Answers without simulation.
//!
//! Where deals do not wait for people, a model can be solved: it is a chain of states with
//! durations (`chain`). Elimination (`elimination`) gives its flows, and durations are sums of
//! independent ones (`passage`). So the figures that the engine estimates can be computed without
//! random draws, and the two can be compared.

pub mod arrivals;
pub mod blocked;
pub mod chain;
pub mod closed;
pub mod demand;
pub mod dense;
pub mod elimination;
mod expand;
pub mod flows;
pub mod inflow;
pub mod lattice;
pub mod law;
pub mod overload;
pub mod passage;
pub mod people;
pub mod queues;
pub mod reneging;
pub mod waits;
mod why;

pub use why::Why;

/// Why a figure needs a simulation: a key of the model, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// As `stages.offer.variants`.
    pub key: String,
    /// The reason.
    pub why: Why,
}

impl Blocker {
    /// A blocker at a key.
    pub fn new(key: impl Into<String>, why: Why) -> Blocker {
        Blocker { key: key.into(), why }
    }
}
