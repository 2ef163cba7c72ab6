//! Reads a single distribution outside a model, to explain it.

use super::clock::Clock;
use super::reader::{Field, Reader};
use super::yaml;
use crate::diagnostic::{Diagnostic, Findings, Sources};
use crate::random::distribution::Distribution;

/// What a distribution measures.
#[derive(Debug, Clone, PartialEq)]
pub enum Alone {
    /// Durations, in microseconds.
    Time(Distribution),
    /// Amounts, in hundredths.
    Amount(Distribution),
}

/// Reads a distribution written as in a model: first as durations, then as amounts.
///
/// If both fail, the error holds the diagnostics of the reading as durations and the text that
/// their places point into.
///
/// ```
/// use voronka::model::{Alone, distribution};
/// let read = distribution("{lognormal: {median: 2h, p90: 6h}}");
/// assert!(matches!(read, Ok(Alone::Time(_))));
/// let read = distribution("{uniform: {min: 100, max: 300}}");
/// assert!(matches!(read, Ok(Alone::Amount(_))));
/// assert!(distribution("{uniform: {min: 3h, max: 2h}}").is_err());
/// ```
pub fn distribution(text: &str) -> Result<Alone, (Sources, Vec<Diagnostic>)> {
    let problem = match read(text, true) {
        Ok(time) => return Ok(Alone::Time(time)),
        Err(problem) => problem,
    };
    match read(text, false) {
        Ok(amount) => Ok(Alone::Amount(amount)),
        Err(_) => Err(problem),
    }
}

fn read(text: &str, of_time: bool) -> Result<Distribution, (Sources, Vec<Diagnostic>)> {
    let mut sources = Sources::default();
    let file = sources.add("distribution", text);
    let mut findings = Findings::default();
    let root = yaml::parse(text, file, &mut findings);
    let mut reader = Reader {
        findings,
        folder: None,
        folders: Vec::new(),
        clock: Clock::Wall,
        working_day: 0.0,
        role_days: Vec::new(),
    };
    let read = root.and_then(|root| {
        let field = Field::root(&root);
        if of_time { field.time(&mut reader) } else { field.amount(&mut reader) }
    });
    match read {
        Some(read) if !reader.findings.has_errors() => Ok(read),
        _ => Err((sources, reader.findings.into_sorted())),
    }
}
