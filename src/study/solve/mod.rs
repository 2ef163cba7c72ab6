//! `solve`: figures of a model without simulation.
//!
//! If deals are independent, two kinds of figures are exact: those of all deals in the long run,
//! each followed to its end, and those of the window, which begins and ends while deals are open.
//! The rows have the names of simulated ones, so that the two can be compared.

mod comparable;
mod costs;
mod cumulative;
mod long_run;
mod main;
mod moments;
mod passages;
mod people;
mod reach;
mod sheet;
mod spread;
mod terms;
mod timeline;
mod window;

pub(super) use self::comparable::skewness_of_sums;
pub use self::comparable::{Band, Comparable, Standard, comparable};
use self::long_run::Times;
pub use self::main::{in_long_run, of_window, of_window_within};
use crate::analytic::Blocker;
pub use crate::analytic::Why;
use crate::analytic::blocked::clocks;
use crate::analytic::chain::{Chain, Only, Patience};
use crate::analytic::flows::Flows;
use crate::analytic::inflow::{arrivals, weight};
use crate::analytic::people::demands;
use crate::analytic::reneging::Reneging;
use crate::kpi::{Kpi, Row, Unit};
use crate::model::Model;
use crate::program::{Program, RoleId, Stage};
use crate::study::failure::Failure;
pub use crate::tally::figures::Limit;
use passages::{Asked, passages};
use reach::POINTS;

/// The result of solving a model.
#[derive(Debug)]
#[must_use]
pub struct Solution {
    /// The compiled model.
    pub program: Program,
    /// Figures of all deals in the long run.
    pub long_run: Vec<Row>,
    /// Figures of the window.
    pub window: Vec<Row>,
    /// Figures that have no exact answer, and why.
    pub missing: Vec<Missing>,
}

/// Figures that need a simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The figures.
    pub what: Lacking,
    /// The key of the model that prevents an answer.
    pub blocker: Blocker,
}

/// Figures that are missing together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// Figures of deals grouped by an attribute that changes after arrival.
    ByWhatChanges,
    /// Figures that change if deals lose patience.
    AfterPatience,
    /// Probabilities, visits and losses.
    Branching,
    /// Figures of the window.
    Window,
    /// Waits for people.
    Waits,
    /// Waits for people, and durations.
    WaitsAndDurations,
    /// Durations.
    Durations,
    /// Durations of deals that leave in the window.
    WindowDurations,
    /// Spreads and quantiles of durations.
    Spreads,
}

/// The options of the solver.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// `source`, or names of attributes to group deals by.
    pub by: Vec<String>,
    /// Quantiles of durations.
    pub quantiles: Vec<f64>,
    /// Time limits for shares.
    pub within: Vec<Limit>,
}

impl Default for Options {
    fn default() -> Options {
        Options { by: Vec::new(), quantiles: vec![0.5, 0.9], within: Vec::new() }
    }
}

/// Solves a model as far as possible.
pub fn solve(model: &Model, options: &Options) -> Result<Solution, Failure> {
    let program = Program::outline(model);
    let mut groups = vec![(String::new(), Only::All)];
    let mut missing = Vec::new();
    for name in &options.by {
        let of = values(&program, name)?;
        match changes_on_the_way(&program, name) {
            None => groups.extend(of),
            Some(blocker) => missing.push(Missing { what: Lacking::ByWhatChanges, blocker }),
        }
    }
    let sources = program.sources.iter();
    let weights: Vec<f64> = sources.map(|source| weight(&program, source)).collect();
    let (mut long_run, mut window) = (Vec::new(), Vec::new());
    let patience = Reneging::of(&program, &weights);
    if let Some(blocker) = patience.blocker() {
        missing.push(Missing { what: Lacking::AfterPatience, blocker: blocker.clone() });
    }
    for (label, only) in groups {
        let patience = &patience;
        let group = Group { program: &program, options, label: &label, only, patience };
        match group.chain(&weights) {
            Err(blocker) => {
                missing.push(Missing { what: Lacking::Branching, blocker });
                break;
            }
            // Nobody arrives.
            Ok(None) => {}
            Ok(Some((chain, flows))) => {
                let mut rows = group.long_run(&chain, &flows, &weights, &mut missing);
                if patience.blocker().is_some() {
                    let least = group.when_all_leave(&weights);
                    rows.retain(|row| least.iter().any(|other| is_same(row, other)));
                }
                long_run.extend(rows);
            }
        }
        match passages(&program, only, Asked::of(only), POINTS) {
            Ok(passages) if passages.is_empty() => {}
            Ok(passages) => {
                missing.extend(window::unknown_ages(&program, &passages));
                window.extend(window::rows(&program, &passages, &label));
                if only == Only::All {
                    window.extend(timeline::rows(&program, &passages));
                }
            }
            Err(blocker) => missing.push(Missing { what: Lacking::Window, blocker }),
        }
    }
    for rows in [&mut long_run, &mut window] {
        rows.retain(|row| !moments::is_hidden(row));
        rows.sort_by_key(|row| (row.key.by.clone(), row.key.kpi));
    }
    missing.dedup();
    Ok(Solution { program, long_run, window, missing })
}

/// A group of deals.
struct Group<'a> {
    program: &'a Program,
    options: &'a Options,
    label: &'a str,
    only: Only,
    patience: &'a Reneging,
}

impl<'a> Group<'a> {
    /// The chain and its flows without waits for people; `None` if the group has no deals.
    fn chain(&self, weights: &[f64]) -> Result<Option<(Chain<'a>, Flows)>, Blocker> {
        let patience = match self.patience {
            Reneging::Nobody => Patience::Unknown,
            Reneging::Known(shares) => Patience::Lost(shares),
            Reneging::Unknown(_) => Patience::Endless,
        };
        let chain = Chain::new(self.program, weights, self.only, patience)?;
        if chain.share <= 0.0 {
            return Ok(None);
        }
        let flows = Flows::new(self.program, &chain, &[])?;
        Ok(Some((chain, flows)))
    }

    /// The long run if all deals that may leave a queue did. A figure that is equal if none did
    /// does not depend on patience.
    fn when_all_leave(&self, weights: &[f64]) -> Vec<Row> {
        let all = Reneging::Known(vec![1.0; self.program.stages.len()]);
        let group = Group { patience: &all, ..*self };
        match group.chain(weights) {
            Ok(Some((chain, flows))) => group.long_run(&chain, &flows, weights, &mut Vec::new()),
            _ => Vec::new(),
        }
    }

    fn long_run(
        &self,
        chain: &Chain<'a>,
        flows: &Flows,
        weights: &[f64],
        missing: &mut Vec<Missing>,
    ) -> Vec<Row> {
        let program = self.program;
        let mut lack = |what, blocker| missing.push(Missing { what, blocker });
        let spread = spread::rows(program, chain, flows, self.label, self.options);
        let mut rows = Vec::new();
        let (mut known_times, mut waits) = (Times::Known, Vec::new());
        let people = program.roles.iter().any(|role| role.limited) && self.only == Only::All;
        if people {
            if program.window.until_empty() {
                lack(Lacking::Waits, Blocker::new("horizon", Why::NoSteadyState));
                known_times = Times::Unknown;
            } else {
                let mut demands = demands(program, chain, flows, arrivals(program, weights));
                // Deals that leave a queue need no work, and their share is known only from
                // Erlang's A.
                demands.retain(|d| d.abandoned.is_some() || !may_be_left(program, d.role));
                rows.extend(people::rows(program, chain, flows, &demands, self.options));
                match clocks(program).and_then(|()| people::exact_waits(program, &demands)) {
                    Ok(known) => (known_times, waits) = (Times::OnAverage, known),
                    Err(blocker) => {
                        lack(Lacking::WaitsAndDurations, blocker);
                        known_times = Times::Unknown;
                    }
                }
            }
        } else if spread.is_err() {
            known_times = Times::Unknown;
        }
        match spread {
            Ok(spread) => rows.extend(spread),
            // The reason for unknown durations is already listed.
            Err(_) if known_times == Times::Unknown && people => {}
            Err(blocker) if known_times == Times::Unknown => lack(Lacking::Durations, blocker),
            Err(blocker) => lack(Lacking::Spreads, blocker),
        }
        if !matches!(self.patience, Reneging::Nobody) {
            // Deals that leave a queue have waited, but received no work.
            known_times = Times::Unknown;
        }
        let waited = Flows::new(program, chain, &waits);
        let flows = waited.as_ref().unwrap_or(flows);
        rows.extend(long_run::rows(program, chain, flows, known_times, self.label));
        match self.patience {
            Reneging::Nobody | Reneging::Unknown(_) => {}
            Reneging::Known(_) => {
                rows.retain(|row| row.unit() != Unit::Money || row.key.kpi == Kpi::AverageDeal);
            }
        }
        if known_times != Times::Unknown && self.only == Only::All && !program.window.until_empty()
        {
            rows.extend(people::in_progress(program, chain, flows));
        }
        rows
    }
}

/// Whether deals may leave the queue of a role.
fn may_be_left(program: &Program, role: RoleId) -> bool {
    let asks = |stage: &&Stage| stage.works().any(|work| work.role == role);
    let mut entries = program.stages.iter().filter(asks).flat_map(|stage| stage.entry.iter());
    entries.any(|entry| entry.patience.is_some())
}

/// Whether two solutions agree on a figure.
fn is_same(row: &Row, other: &Row) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
    let values = row.figure.value().zip(other.figure.value());
    row.key == other.key && values.is_some_and(|(a, b)| close(a, b))
}

/// Blocks if a stage sets an attribute, because a deal then changes its group.
fn changes_on_the_way(program: &Program, name: &str) -> Option<Blocker> {
    let sets = |stage: &&Stage| {
        let mut draws = stage.entry.iter().flat_map(|entry| &entry.draws);
        draws.any(|draw| program.attributes[draw.attribute].name == name)
    };
    let stage = program.stages.iter().find(sets)?;
    Some(Blocker::new(format!("stages.{}.set", stage.name), Why::KnownLater(name.to_owned())))
}

/// The groups of a dimension.
fn values(program: &Program, name: &str) -> Result<Vec<(String, Only)>, Failure> {
    if name == "source" {
        let sources = program.sources.entries();
        let groups = sources.map(|(at, s)| (format!("source={}", s.name), Only::Source(at)));
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
