//! Answers without simulation.

pub mod chain;
