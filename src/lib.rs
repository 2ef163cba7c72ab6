//! `voronka`: models and simulates sales processes.
//!
//! The input is a readable YAML model of a funnel; the output is a parallel Monte Carlo simulation
//! of it, with intervals. Data flows through the modules in this order:
//!
//! ```text
//! YAML ─► model ─► program ─► engine ─► tally ─► study ─► report ─► render ─► you
//! ```
//!
//! # Load and check
//!
//! A text becomes a model unless it has errors. All findings are returned together, each with its code and place;
//! `lint` gives the warnings.
//!
//! ```
//! use voronka::{diagnostic::Severity, lint, model};
//! let loaded = model::load("deal.yaml", "stages: {lead: {wait: 1d, nxt: 30%}}", &[], None);
//! assert_eq!(loaded.severity(), Some(Severity::Error));
//! let finding = &loaded.diagnostics[0];
//! assert!(finding.problem.code().starts_with('V'));
//!
//! let loaded = model::load("deal.yaml", "stages: {lead: {wait: 1d, next: 30%}}", &[], None);
//! let model = loaded.model.expect("the model has no errors");
//! assert!(lint::lint(&model).is_empty());
//! ```
//!
//! # Run, and read a figure
//!
//! A run consists of replications; its rows are found by key. A figure has a value, the half-width of its interval
//! and the number of deals that it covers.
//!
//! ```
//! use voronka::kpi::{Key, Kpi, Stat};
//! use voronka::{model, study::simulate};
//! let text = "stages: {lead: {wait: 1d, next: 30%}, demo: {wait: 5d, next: 40%}}";
//! let model = model::load("deal.yaml", text, &[], None).model.unwrap();
//! let options = simulate::Options { replications: 20, ..Default::default() };
//! let result = simulate::run(&model, &options, &Default::default())?;
//! let row = result.row(Kpi::WinRate).unwrap();
//! let (share, half_width) = (row.figure.value().unwrap(), row.figure.half_width().unwrap());
//! assert!((share - 0.12).abs() < 3.0 * half_width && row.n > 0);
//! let cycle = result.value(&Key::new(Kpi::SalesCycle, Stat::Mean)).unwrap();
//! assert!((cycle - 6.0).abs() < 1e-6, "days");
//! # Ok::<(), voronka::study::failure::Failure>(())
//! ```
//!
//! # Solve
//!
//! Figures with an exact answer need no simulation. Rows have the same keys.
//!
//! ```
//! use voronka::{kpi::Kpi, model, study::solve};
//! let text = "stages: {lead: {wait: 1d, next: 30%}, demo: {wait: 5d, next: 40%}}";
//! let model = model::load("deal.yaml", text, &[], None).model.unwrap();
//! let solution = solve::solve(&model, &solve::Options::default())?;
//! let row = solution.long_run.iter().find(|row| row.key.kpi == Kpi::WinRate).unwrap();
//! assert!((row.figure.value().unwrap() - 0.12).abs() < 1e-12);
//! # Ok::<(), voronka::study::failure::Failure>(())
//! ```
//!
//! # Observe
//!
//! [`study::simulate::observe`] keeps the observations of replications, so that parts of a run can be made separately and
//! merged. [`study::difference`] compares two runs. An [`engine::Observer`] receives each event of a replication.
//!
//! ```
//! use std::sync::atomic::AtomicBool;
//! use voronka::engine::{Deal, Guard, Observer, Replication, Setup, Token, Visited, replicate};
//! use voronka::{model, program::Program};
//!
//! /// Counts the deals that end.
//! #[derive(Default)]
//! struct Ends(u64);
//! impl Observer for Ends {
//!     fn ends(&mut self, _: &Deal, _: &Token, _: usize, _: &Visited<'_>) {
//!         self.0 += 1;
//!     }
//! }
//!
//! let model = model::load("deal.yaml", "stages: {lead: {wait: 1d, next: 30%}}", &[], None).model.unwrap();
//! let (program, cancel) = (Program::compile(&model), AtomicBool::new(false));
//! let setup = Setup::new(&program, Guard { most_visits: 1_000_000, cancel: &cancel });
//! let mut ends = Ends::default();
//! replicate(&setup, Replication { seed: 1, number: 0 }, &mut ends);
//! assert!(ends.0 > 0);
//! ```
//!
//! # Features
//!
//! `cli` is the command, `charts` draws SVG and PNG, and `progress` shows a progress bar; all are on by default. A
//! program that only simulates uses the library with `default-features = false`.

#![deny(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

pub mod analytic;
pub mod calendar;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod fit;
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
