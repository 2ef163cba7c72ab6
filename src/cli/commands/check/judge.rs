//! What a simulation says of a model's expectations.

use crate::cli::failure::Failure;
use crate::cli::watch::{self, Instant};
use crate::diagnostic::{Diagnostic, ExpectationFault, Judged, Place, Problem, Verdict, Warning};
use crate::model::Model;
use crate::study::expectations;
use crate::study::simulate::Options;

/// How expectations are judged.
pub(super) struct Task {
    /// The simulation at the first look.
    pub(super) options: Options,
    /// The most replications.
    pub(super) budget: u64,
    /// When no simulation goes on.
    pub(super) deadline: Option<Instant>,
}

/// The findings about expectations that do not hold, and the judgements of all.
pub(super) fn judge(
    model: &Model,
    task: &Task,
    allow_undecided: bool,
) -> Result<(Vec<Diagnostic>, Vec<Judged>), Failure> {
    if model.expectations.is_empty() {
        let nothing = Diagnostic::new(Warning::NothingPromised, Place::default(), "");
        return Ok((vec![nothing], Vec::new()));
    }
    let simulate = |options: &Options| watch::simulate_until(model, options, task.deadline);
    let judgements = expectations::decide(model, &task.options, task.budget, simulate)?;
    let currency = &model.header.currency;
    let judged = judgements.iter().map(|one| one.judged(currency)).collect();
    let mut found: Vec<Diagnostic> =
        judgements.iter().filter_map(|one| one.diagnostic(currency)).collect();
    for diagnostic in &mut found {
        if let Problem::Expectation(ExpectationFault::Undecided { allowed, .. }) =
            &mut diagnostic.problem
        {
            *allowed = allow_undecided;
        }
    }
    Ok((found, judged))
}

/// Whether an expectation holds.
pub(super) fn is_kept(judged: &Judged) -> bool {
    judged.verdict == Verdict::Kept
}
