//! What a simulation says of a model's expectations.

use crate::cli::failure::Failure;
use crate::cli::reading::folder;
use crate::cli::watch::{self, Instant};
use crate::diagnostic::{
    Diagnostic, ExpectationFault, FileId, Judged, JudgedScenario, Place, Problem, Related,
    Relation, Verdict, Warning,
};
use crate::model::{Loaded, Model, Override, load};
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

/// The same of each scenario of a model, with the scenario in what is found and judged.
pub(super) fn judge_scenarios(
    loaded: &Loaded,
    (name, changes): (&str, &[Override]),
    task: &Task,
    allow_undecided: bool,
) -> Result<(Vec<Diagnostic>, Vec<Judged>), Failure> {
    let (mut found, mut judged) = (Vec::new(), Vec::new());
    let base = loaded.model.as_ref().filter(|model| model.scenario.is_none());
    for scenario in base.iter().flat_map(|model| &model.scenarios) {
        let changes: Vec<Override> = std::iter::once(Override::Scenario(scenario.name.clone()))
            .chain(changes.iter().cloned())
            .collect();
        let text = &loaded.sources.file(FileId::default()).text;
        let variant = load(name, text, &changes, folder(name));
        let promises = |model: &&Model| !model.expectations.is_empty();
        let Some(model) = variant.model.as_ref().filter(promises) else { continue };
        let (mut diagnostics, mut all) = judge(model, task, allow_undecided)?;
        let here = scenario.spot.place;
        for diagnostic in &mut diagnostics {
            diagnostic.related.push(Related { place: here, relation: Relation::Scenario });
        }
        for one in &mut all {
            one.scenario = Some(JudgedScenario { name: scenario.name.clone(), place: here });
        }
        // A change of the command line has another number here: the scenario stands for it.
        let known = |place: Place| loaded.sources.iter().nth(place.file.0.into()).is_some();
        let places = diagnostics.iter_mut().map(|found| &mut found.place);
        let places = places.chain(all.iter_mut().map(|judged| &mut judged.place));
        places.filter(|place| !known(**place)).for_each(|place| *place = here);
        found.extend(diagnostics);
        judged.extend(all);
    }
    Ok((found, judged))
}

/// Whether an expectation holds.
pub(super) fn is_kept(judged: &Judged) -> bool {
    judged.verdict == Verdict::Kept
}
