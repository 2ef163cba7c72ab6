//! `solve`: what can be said of a model without simulating it.
//!
//! Two questions have exact answers where deals do not depend on each other: what becomes of deals in the long run,
//! each followed to its end, and what this window sees of them, which begins somewhere and ends before all have left.
//! The rows have the names of those of a run, so that both can be laid side by side.

mod long_run;
mod sheet;
mod spread;

use crate::analytic::Blocker;
use crate::analytic::flows::Flows;
use crate::analytic::states::{Chain, Only};
use crate::kpi::{Row, catalogue};
use crate::model::Model;
use crate::program::{Arrivals, Program, Source};
use crate::study::simulate::Failure;
pub use crate::tally::figures::Limit;

/// What was found.
#[derive(Debug)]
pub struct Solution {
    /// The compiled model.
    pub program: Program,
    /// What becomes of all deals in the long run.
    pub long_run: Vec<Row>,
    /// What cannot be said, and why.
    pub missing: Vec<Missing>,
}

/// Figures that cannot be had without simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Which.
    pub what: &'static str,
    /// The key of the model that prevents them.
    pub blocker: Blocker,
}

/// What to solve.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// `source`, or names of attributes to tell deals apart by.
    pub by: Vec<String>,
    /// Quantiles of durations.
    pub quantiles: Vec<f64>,
    /// Times within which shares are wanted.
    pub within: Vec<Limit>,
}

impl Default for Options {
    fn default() -> Options {
        Options { by: Vec::new(), quantiles: vec![0.5, 0.9], within: Vec::new() }
    }
}

/// Solves a model as far as it can be.
pub fn solve(model: &Model, options: &Options) -> Result<Solution, Failure> {
    let program = Program::compile(model);
    let mut groups = vec![(String::new(), Only::All)];
    for name in &options.by {
        groups.extend(values(&program, name)?);
    }
    let sources = program.sources.iter();
    let weights: Vec<f64> = sources.map(|source| weight(&program, source)).collect();
    let (mut long_run, mut missing) = (Vec::new(), Vec::new());
    for (label, only) in groups {
        match Chain::new(&program, &weights, only) {
            Err(blocker) => {
                let what = "chances, visits and losses";
                missing.push(Missing { what, blocker });
                break;
            }
            Ok(chain) if chain.share <= 0.0 => {}
            Ok(chain) => match Flows::new(&program, &chain) {
                Err(blocker) => missing.push(Missing { what: "all figures", blocker }),
                Ok(flows) => {
                    long_run.extend(long_run::rows(&program, &chain, &flows, &label));
                    match spread::rows(&program, &chain, &flows, &label, options) {
                        Ok(rows) => long_run.extend(rows),
                        Err(blocker) => {
                            let what = "durations";
                            missing.push(Missing { what, blocker });
                        }
                    }
                }
            },
        }
    }
    let place = |row: &Row| catalogue::ALL.iter().position(|kpi| kpi.name == row.kpi);
    long_run.sort_by_key(|row| (row.by.clone(), place(row)));
    missing.dedup();
    Ok(Solution { program, long_run, missing })
}

/// Deals that a source brings to a window; where it has no end, a day's.
fn weight(program: &Program, source: &Source) -> f64 {
    let expected = match &source.arrivals {
        Arrivals::Rate { segments, .. } => segments.iter().map(|segment| segment.expected).sum(),
        Arrivals::Every { mean, from, until, .. } => {
            let open = source.clock.map_or((until.0 - from.0).max(0), |clock| {
                program.clocks[usize::from(clock)].between(*from, (*until).max(*from))
            });
            open as f64 / mean.max(1.0)
        }
    };
    (expected * source.batch as f64).min(source.count as f64)
}

/// The groups of a dimension.
fn values(program: &Program, name: &str) -> Result<Vec<(String, Only)>, Failure> {
    if name == "source" {
        let sources = program.sources.iter().enumerate();
        let groups = sources.map(|(at, s)| (format!("source={}", s.name), Only::Source(at as u16)));
        return Ok(groups.collect());
    }
    let Some(at) = program.attributes.iter().position(|attribute| attribute.name == name) else {
        let attributes = program.attributes.iter().map(|attribute| attribute.name.clone());
        let known = attributes.chain(["source".to_owned()]).collect();
        return Err(Failure::UnknownDimension { name: name.to_owned(), known });
    };
    let values = program.attributes[at].values.iter().enumerate();
    let group = |(code, value): (usize, &String)| {
        (format!("{name}={value}"), Only::Attribute(at, code as u64 + 1))
    };
    Ok(values.map(group).collect())
}
