//! Tests of a model: what becomes of deals whose draws are all given?
//!
//! A test is a run of the model with its own deals and no others. Each deal has a source of its own (`staged`), its
//! visits are fixed in the program, and an observer keeps what happens (`trace`), which is then compared (`judge`).

mod judge;
mod staged;
mod trace;
mod written;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::diagnostic::{Diagnostic, Tested};
use crate::engine::{Guard, Replication, Setup, Stop, Walk, replicate};
use crate::lint;
use crate::model::{
    Loaded, Model, ModelTest, Override, is_meant_as_model, is_meant_as_tests, load_tests, mend,
};
use crate::program::Program;

/// Stage visits after which a test stops: it has a deal that never ends.
const MOST_VISITS: u64 = 100_000;

/// A file that was examined: a model, or tests of one.
#[derive(Debug, Clone)]
#[must_use]
pub struct Examined {
    /// Its text and findings; a file of tests holds no model.
    pub loaded: Loaded,
    /// The tests that were run.
    pub tested: Vec<Tested>,
}

/// Reads a model with all its findings, or runs the tests of a file.
pub fn examine(name: &str, text: &str, changes: &[Override], folder: Option<&Path>) -> Examined {
    let is_tests = is_meant_as_tests(name, text);
    if !is_tests || is_meant_as_model(text) {
        return Examined { loaded: lint::examine(name, text, changes, folder), tested: Vec::new() };
    }
    let file = load_tests(name, text, changes, folder);
    let mut diagnostics = file.diagnostics;
    let mut tested = Vec::new();
    for (model, test) in
        file.model.iter().flat_map(|model| file.tests.iter().map(move |t| (model, t)))
    {
        let found = run(model, test);
        tested.push(Tested {
            name: test.name.clone(),
            passed: found.is_empty(),
            place: test.spot.place,
            path: test.spot.path.clone(),
        });
        diagnostics.extend(found);
    }
    mend::attach(&mut diagnostics, &file.sources);
    diagnostics.sort_by_key(|found| (found.place.file, found.place.start, found.severity()));
    Examined { loaded: Loaded { sources: file.sources, model: None, diagnostics }, tested }
}

/// Runs a test; returns what fails.
pub fn run(model: &Model, test: &ModelTest) -> Vec<Diagnostic> {
    let staged = staged::staged(model, test);
    let program = Program::compile(&staged);
    let visits = staged::visits(&program, test);
    let fixed = program.fix(&visits);
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: MOST_VISITS, cancel: &cancel };
    let setup = Setup { program: &fixed.program, walk: Walk::OneByOne, openings: &[], guard };
    let mut trace = trace::Trace::default();
    let stop = replicate(&setup, Replication { seed: 1, number: 0 }, &mut trace);
    let judge = judge::Judge { model, fixed: &fixed, visits: &visits, trace: &trace };
    judge.of(test, matches!(stop, Stop::EventLimit(_)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::trace::{DealTrace, Trace};
    use super::*;
    use crate::diagnostic::Claimed;
    use crate::model::{
        Action, Claim, Claims, Fixed, GivenDeal, GivenEnd, GivenVisit, Horizon, Spot, Times, Value,
        Wait, load,
    };
    use crate::program::{End, Id};
    use crate::quantity::Length;

    /// Whether the times of all steps can be read off a trace: at most one work and one wait by the clock each.
    fn is_readable(model: &Model) -> bool {
        let plain = |stage: &crate::model::Stage| {
            stage.plans().all(|plan| {
                let steps = plan.steps_over(&stage.plan);
                let by_clock = steps.iter().all(|step| match &step.action {
                    Action::Wait(Wait::Time(delay)) => !delay.working,
                    Action::Wait(Wait::Until(_)) => false,
                    Action::Work(_) => true,
                });
                let works = steps.iter().filter(|step| matches!(step.action, Action::Work(_)));
                let in_order =
                    steps.last().is_none_or(|step| matches!(step.action, Action::Wait(_)));
                let short = works.count() <= 1 && steps.len() <= 2;
                let patient = plan.patience.is_none()
                    && plan.set.as_ref().is_none_or(|set| set.value.is_none());
                by_clock && patient && short && (steps.len() < 2 || in_order)
            })
        };
        model.branches().all(|branch| branch.after.is_none()) && model.stages.iter().all(plain)
    }

    /// A deal of a run, with all that it drew given.
    fn given(program: &Program, trace: &DealTrace) -> GivenDeal {
        let of_code = |attributes: u64, at: usize| {
            let attribute = &program.attributes[at];
            let code = attributes >> attribute.shift & attribute.mask;
            (code > 0)
                .then(|| (attribute.name.clone(), attribute.values[code as usize - 1].clone()))
        };
        let known = |attributes: u64| -> Vec<(String, String)> {
            (0..program.attributes.len()).filter_map(|at| of_code(attributes, at)).collect()
        };
        let path = trace.visits.iter().map(|visit| {
            let fixed = |micros: i64| Some(Fixed { micros, working: false });
            let (left, _) = visit.left.unwrap();
            let work = visit.works.first();
            let from = work.map_or(visit.entered, |work| work.ended);
            let entry = &program.stages[visit.stage].entry;
            let steps = &entry.case(visit.case).steps;
            let times = steps.iter().map(|step| {
                if step.is_work() { fixed(work.unwrap().time) } else { fixed((left - from).0) }
            });
            GivenVisit {
                stage: program.stages[visit.stage].name.clone(),
                times: Times { steps: Some(times.collect()), ..Times::default() },
                patience: None,
                followed: visit.followed,
                set: known(trace.last.attributes),
                value: None,
                next: None,
                after: None,
                spot: Spot::default(),
            }
        });
        let end = trace.end.map(|(_, end)| match program.ends[end] {
            End::Won => GivenEnd::Won,
            End::Done => GivenEnd::Done,
            End::Lost(reason) => {
                let name = &program.reasons[reason].name;
                GivenEnd::Lost((!name.is_empty()).then(|| name.clone()))
            }
            End::Cancelled(reason) => {
                let name = &program.cancellations[reason].name;
                GivenEnd::Cancelled((!name.is_empty()).then(|| name.clone()))
            }
        });
        GivenDeal {
            name: format!("{:?}", trace.arrived.key),
            source: trace.arrived.source.index(),
            arrives: written::date_time(&program.calendar, trace.arrived.arrived),
            attributes: known(trace.arrived.attributes),
            values: vec![trace.arrived.value],
            path: path.collect(),
            end: end.map(|end| (end, Spot::default())),
            spot: Spot::default(),
        }
    }

    /// One replication of a model, with the trace of every deal.
    fn traced(program: &Program) -> Vec<DealTrace> {
        let cancel = AtomicBool::new(false);
        let guard = Guard { most_visits: 1_000_000, cancel: &cancel };
        let setup = Setup { program, walk: Walk::OneByOne, openings: &[], guard };
        let mut trace = Trace::default();
        let _ = replicate(&setup, Replication { seed: 7, number: 0 }, &mut trace);
        trace.deals
    }

    #[test]
    fn a_run_that_is_given_again_is_the_same_run() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
        let mut covered = Vec::new();
        for file in fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap_or_default();
            let Some(mut read) = load("m.yaml", &text, &[], Some(&folder)).model else { continue };
            if !is_readable(&read) {
                continue;
            }
            // Forty days of arrivals, and then until all have left.
            read.warmup = None;
            read.horizon = Horizon::UntilEmpty;
            let from = read.start;
            for source in &mut read.sources {
                source.until = Some(crate::calendar::shift(
                    from,
                    Length { micros: 40.0 * 864e8, ..Length::default() },
                    1,
                ));
            }
            let program = Program::compile(&read);
            let traces = traced(&program);
            let deals: Vec<GivenDeal> = traces.iter().map(|trace| given(&program, trace)).collect();
            let claims = traces.iter().zip(&deals).map(|(trace, deal)| {
                let ended = written::date_time(&program.calendar, trace.end.unwrap().0);
                let claim = |of, value| Claim { of, value, spot: Spot::default() };
                let whole = vec![
                    claim(Claimed::Ended, Value::At(ended)),
                    claim(Claimed::Cost, Value::Money(trace.last.cost)),
                ];
                Claims { deal: deal.name.clone(), whole, visits: Vec::new() }
            });
            let claims = claims.collect();
            let again = ModelTest { name: String::new(), deals, claims, spot: Spot::default() };
            assert_eq!(run(&read, &again), [], "{}", path.display());
            covered.push(again.deals.len());
        }
        assert!(covered.len() >= 2 && covered.iter().sum::<usize>() > 900, "{covered:?}");
    }
}
