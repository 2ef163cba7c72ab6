//! Answers without simulation.
//!
//! What a model says of its deals is mathematics wherever deals do not wait for people: a chain of states with times
//! (`chain`), whose flows are added up by elimination (`elimination`), and whose times are sums of independent
//! ones (`passage`). So the same figures that the engine estimates can be had without drawing anything, and each
//! can be held against the other.

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
pub mod overload;
pub mod passage;
pub mod people;
pub mod queues;
pub mod waits;
mod why;

pub use why::Why;

/// Why a figure cannot be had without simulation: the key of the model, and what of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// As `stages.offer.variants`.
    pub key: String,
    /// What of it.
    pub why: Why,
}

impl Blocker {
    /// Something of a key.
    pub fn new(key: impl Into<String>, why: Why) -> Blocker {
        Blocker { key: key.into(), why }
    }
}
