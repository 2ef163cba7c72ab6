//! What a simulation says of a model's expectations.

use crate::cli::failure::Failure;
use crate::cli::watch;
use crate::diagnostic::{Diagnostic, ExpectationFault, Judged, Place, Problem, Verdict, Warning};
use crate::model::Model;
use crate::study::expectations;
use crate::study::simulate::Options;

/// The findings about expectations that do not hold, and the judgements of all.
pub(super) fn judge(
    model: &Model,
    options: &Options,
    allow_undecided: bool,
) -> Result<(Vec<Diagnostic>, Vec<Judged>), Failure> {
    if model.expectations.is_empty() {
        let nothing = Diagnostic::new(Warning::NothingPromised, Place::default(), "");
        return Ok((vec![nothing], Vec::new()));
    }
    let simulation = watch::simulate(model, &expectations::options(model, options.clone()))?;
    let currency = &simulation.program.currency;
    let judgements = expectations::judge(model, &simulation);
    let judged = judgements.iter().map(|one| one.judged(currency, options.replications)).collect();
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
