//! Lint rules: probable mistakes, one file per rule, found without simulation.
//!
//! Rules read a checked model and report at places in its file. A warning never stops a run.

mod ages;
mod best;
mod consequences;
mod deals;
mod durations;
mod loads;
mod mended;
mod reach;
mod region;
mod used;
mod ways;
mod win_shares;

mod rules {
    pub(super) mod always_holds;
    pub(super) mod average_deal;
    pub(super) mod back_to_itself;
    pub(super) mod beyond_arrivals;
    pub(super) mod beyond_bounds;
    pub(super) mod books_twice;
    pub(super) mod calendar_dates;
    pub(super) mod costs_more;
    pub(super) mod covered_case;
    pub(super) mod cumulative_shares;
    pub(super) mod enters_behind_sale;
    pub(super) mod equal_shares;
    pub(super) mod expectations;
    pub(super) mod few_arrivals;
    pub(super) mod idle_patience;
    pub(super) mod idle_people;
    pub(super) mod idle_promise;
    pub(super) mod idle_rollout;
    pub(super) mod idle_season;
    pub(super) mod idle_sla;
    pub(super) mod idle_variant;
    pub(super) mod idle_visit_limit;
    pub(super) mod late_payments;
    pub(super) mod look_alike;
    pub(super) mod many_visits;
    pub(super) mod missing_case;
    pub(super) mod missing_money;
    pub(super) mod near_attributes;
    pub(super) mod never_holds;
    pub(super) mod never_open;
    pub(super) mod no_arrivals;
    pub(super) mod no_loss_branch;
    pub(super) mod no_sale_for_value;
    pub(super) mod no_way_out;
    pub(super) mod nobody_there;
    pub(super) mod odd_class;
    pub(super) mod odd_pay;
    pub(super) mod odd_sources;
    pub(super) mod odd_terms;
    pub(super) mod overload;
    pub(super) mod person_twice;
    pub(super) mod plan_out_of_reach;
    pub(super) mod reason_like_stage;
    pub(super) mod refused_returns;
    pub(super) mod short_window;
    pub(super) mod unreachable_stage;
    pub(super) mod unused_calendar;
    pub(super) mod unused_reason;
    pub(super) mod unused_role;
    pub(super) mod wild_growth;
}

pub(crate) use rules::look_alike::skeleton;

use std::path::Path;

use self::used::Used;
use crate::diagnostic::{Diagnostic, Doubt, FileId, Findings, Related, Relation, Severity};
use crate::model::{Loaded, Model, Override, Scenario, load, mend, places_of_scenarios, resolved};
use crate::program::Program;

type Rule = fn(&Model, &mut Findings);
type RuleOfProgram = fn(&Model, &Program, &mut Findings);

const RULES: [Rule; 43] = [
    rules::always_holds::check,
    rules::average_deal::check,
    rules::unreachable_stage::check,
    rules::no_way_out::check,
    rules::no_loss_branch::check,
    rules::many_visits::check,
    rules::look_alike::check,
    rules::cumulative_shares::check,
    rules::books_twice::check,
    rules::no_arrivals::check,
    rules::missing_money::check,
    rules::unused_reason::check,
    rules::unused_role::check,
    rules::near_attributes::check,
    rules::enters_behind_sale::check,
    rules::back_to_itself::check,
    rules::covered_case::check,
    rules::missing_case::check,
    rules::never_holds::check,
    rules::no_sale_for_value::check,
    rules::calendar_dates::check,
    rules::equal_shares::check,
    rules::expectations::check,
    rules::idle_patience::check,
    rules::idle_rollout::check,
    rules::idle_sla::check,
    rules::reason_like_stage::check,
    rules::beyond_bounds::check,
    rules::idle_promise::check,
    rules::odd_pay::check,
    rules::odd_sources::check,
    rules::odd_terms::check,
    rules::idle_variant::check,
    rules::late_payments::check,
    rules::idle_season::check,
    rules::refused_returns::check,
    rules::wild_growth::check,
    rules::costs_more::check,
    rules::short_window::check,
    rules::unused_calendar::check,
    rules::idle_visit_limit::check,
    rules::odd_class::check,
    rules::person_twice::check,
];

/// Rules that ask for arrivals or working hours in the window.
const OF_PROGRAM: [RuleOfProgram; 7] = [
    rules::overload::check,
    rules::never_open::check,
    rules::few_arrivals::check,
    rules::nobody_there::check,
    rules::plan_out_of_reach::check,
    rules::beyond_arrivals::check,
    rules::idle_people::check,
];

/// Reads a text as a model, as [`load`] does, and adds the warnings of all rules where there is a model.
pub fn examine(name: &str, text: &str, changes: &[Override], folder: Option<&Path>) -> Loaded {
    let mut loaded = load(name, text, changes, folder);
    if let Some(model) = &loaded.model {
        loaded.diagnostics.extend(lint(model));
        let (found, used) = of_scenarios(&loaded, model, text, (changes, folder));
        // What a scenario uses is there for it.
        loaded.diagnostics.retain(|found| !used.refutes(found));
        loaded.diagnostics.extend(found);
        mend::attach(&mut loaded.diagnostics, &loaded.sources);
        loaded.diagnostics.sort_by_key(|d| (d.place.file, d.place.start, d.severity()));
    } else {
        let found = beside_errors(&loaded, text, (changes, folder));
        loaded.diagnostics.extend(found);
        let hidden = mended::hidden(&loaded, (name, text), (changes, folder));
        let behind = mended::behind(&loaded, (name, text), (changes, folder));
        loaded.diagnostics.extend(hidden);
        mend::attach(&mut loaded.diagnostics, &loaded.sources);
        loaded.diagnostics.extend(behind);
        loaded.diagnostics.sort_by_key(|d| (d.place.file, d.place.start, d.severity()));
    }
    consequences::remove(&mut loaded.diagnostics);
    // A file with a wrong scenario is wrong.
    if loaded.severity() > Some(Severity::Warning) {
        loaded.model = None;
    }
    loaded
}

/// What is wrong with the scenarios of a model, beyond what is wrong with the model itself; and what some scenario uses.
fn of_scenarios(
    base: &Loaded,
    model: &Model,
    text: &str,
    (changes, folder): (&[Override], Option<&Path>),
) -> (Vec<Diagnostic>, Used) {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut used = Used::default();
    if model.scenario.is_some() {
        return (found, used);
    }
    let of_model = Used::of(model);
    let own = resolved(model, text, changes, folder);
    for scenario in &model.scenarios {
        let name = &base.sources.file(FileId::default()).name;
        let changes: Vec<Override> = std::iter::once(Override::Scenario(scenario.name.clone()))
            .chain(changes.iter().cloned())
            .collect();
        let loaded = load(name, text, &changes, folder);
        let other = loaded.model.as_ref().and_then(|m| resolved(m, text, &changes, folder));
        if says_nothing(scenario) && other.is_some() && other == own {
            let problem = Doubt::IdleScenario { scenario: scenario.name.clone() };
            let spot = &scenario.spot;
            found.push(Diagnostic::new(problem, spot.place, spot.path.clone()));
        }
        loaded.model.iter().for_each(|model| used.extend(Used::of(model)));
        // A role whose work a scenario takes away has work without it.
        let warnings = loaded.model.iter().flat_map(lint);
        let warnings = warnings.filter(|found| !of_model.refutes(found));
        for diagnostic in loaded.diagnostics.iter().cloned().chain(warnings) {
            let is_same = |known: &Diagnostic| {
                known.place == diagnostic.place && known.problem == diagnostic.problem
            };
            // Places in changes of the command line have other numbers here.
            let names = [&base.sources, &loaded.sources]
                .map(|sources| sources.iter().nth(diagnostic.place.file.0.into()));
            let [Some(one), Some(other)] = names else { continue };
            if one.name == other.name && !base.diagnostics.iter().chain(&found).any(is_same) {
                let related = Related { place: scenario.spot.place, relation: Relation::Scenario };
                found.push(Diagnostic { related: vec![related], ..diagnostic });
            }
        }
    }
    (found, used)
}

/// The errors that stand in scenarios of a model that has errors itself. What only follows from these stands elsewhere.
fn beside_errors(
    base: &Loaded,
    text: &str,
    (changes, folder): (&[Override], Option<&Path>),
) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let is_changed = changes.iter().any(|change| matches!(change, Override::Scenario(_)));
    if is_changed || base.severity() != Some(Severity::Error) {
        return found;
    }
    let name = &base.sources.file(FileId::default()).name;
    for (scenario, [key, place]) in places_of_scenarios(text) {
        let changes: Vec<Override> =
            std::iter::once(Override::Scenario(scenario)).chain(changes.iter().cloned()).collect();
        for diagnostic in load(name, text, &changes, folder).diagnostics {
            let is_inside = diagnostic.place.file == FileId::default()
                && place.start <= diagnostic.place.start
                && diagnostic.place.end <= place.end;
            let is_known = |known: &Diagnostic| known.place == diagnostic.place;
            let is_new = !base.diagnostics.iter().chain(&found).any(is_known);
            if is_inside && is_new && diagnostic.severity() == Severity::Error {
                let related = Related { place: key, relation: Relation::Scenario };
                found.push(Diagnostic { related: vec![related], ..diagnostic });
            }
        }
    }
    found
}

/// Whether a scenario that gives the same model was meant to change something. One without changes may stand for the
/// model itself.
fn says_nothing(scenario: &Scenario) -> bool {
    let of_results = |key: &String| matches!(key.as_str(), "expect" | "name" | "targets");
    let changes = &scenario.changes;
    scenario.investment == 0.0 && !changes.is_empty() && !changes.iter().any(of_results)
}

/// All warnings for a model.
pub fn lint(model: &Model) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    for rule in RULES {
        rule(model, &mut findings);
    }
    let program = Program::outline(model);
    for rule in OF_PROGRAM {
        rule(model, &program, &mut findings);
    }
    findings.into_sorted()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_role_that_only_the_model_or_only_a_scenario_asks_for_is_used() {
        let text = "roles: {clerk: {people: 9}, seller: {people: 9}, nobody: {people: 1}}\nsources: {web: {rate: 1/day}}\nstages:\n  \
                    lead: {work: {role: seller, time: 5 min}, next: 50%}\nscenarios:\n  \
                    other: {stages: {lead: {work: {role: clerk, time: 4 min}}}}\n";
        let found = super::examine("", text, &[], None).diagnostics;
        let paths: Vec<_> = found.iter().map(|found| found.path.as_str()).collect();
        assert_eq!(paths, ["roles.nobody"]);
    }
}
