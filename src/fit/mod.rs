//! What past deals say of the deals to come: how fast deals in each stage move on, are won and are
//! lost, what they bring, and how many new ones arrive.
//!
//! A [`Log`](log::Log) brings the deals of a file to days. [`Hazards`](hazards::Hazards) are fitted
//! to what the log knew at a cut-off, and the rest of an open deal is [walked](walk) with them.
//! Forecasts that are made only from deals are biased, so past forecasts correct the next one
//! ([`calibration`]).

pub mod amounts;
pub mod arrivals;
pub mod calibration;
pub mod chance;
pub mod cohorts;
pub mod durations;
pub mod hazards;
pub mod log;
pub mod multiples;
pub mod process;
pub mod rates;
pub mod season;
pub mod segments;
pub mod walk;
pub mod writing;
