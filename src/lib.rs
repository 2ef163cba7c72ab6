//! `voronka`: models and simulates sales processes.
//!
//! A readable YAML model of a funnel goes in; a parallel Monte Carlo simulation of it, with
//! intervals, comes out. The way of the data is the order of the modules:
//!
//! ```text
//! YAML ─► model ─► program ─► engine ─► tally ─► study ─► report ─► render ─► you
//! ```
//!
//! ```
//! use voronka::{kpi::Kpi, model, study::simulate};
//! let text = "stages: {lead: {wait: 1d, next: 30%}, demo: {wait: 5d, next: 40%}}";
//! let loaded = model::load("model.yaml", text, &[], None);
//! let model = loaded.model.expect("the model has no errors");
//! let options = simulate::Options { replications: 20, ..simulate::Options::default() };
//! let result = simulate::run(&model, &options, &simulate::Progress::default()).unwrap();
//! let win_rate = result.row(Kpi::WinRate).unwrap().figure.value().unwrap();
//! assert!((win_rate - 0.12).abs() < 0.02);
//! ```

#![deny(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

pub mod analytic;
pub mod calendar;
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod kpi;
pub mod lint;
pub mod model;
pub mod program;
pub mod quantity;
pub mod random;
pub mod records;
pub mod render;
pub mod report;
pub mod stats;
pub mod study;
pub mod tally;
