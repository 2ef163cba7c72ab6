//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::format_push_string)] // a failed step fails the test

mod architecture;
mod bad_inputs;
mod chances;
mod checker;
mod clients;
mod command_line;
mod composition;
mod console;
mod coverage;
mod cross_check;
mod deciding;
mod decisions;
mod determinism;
mod differences;
mod distributions;
mod exact;
mod false_alarms;
#[cfg(target_os = "linux")]
mod faults;
mod fitting;
mod forecasts;
mod guide;
mod identities;
mod independence;
mod languages;
mod learning;
mod mends;
mod models;
mod money;
mod mutations;
mod near_misses;
mod observations;
mod openings;
mod output;
mod people;
mod pictures;
mod placing;
mod precision;
mod readme;
mod records;
mod reference;
mod reports;
mod schema;
mod solved_stocks;
mod tree;
mod verdicts;
mod warmup;
mod win_curve;
