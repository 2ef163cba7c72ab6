//! Two versions of a model: which KPIs changed beyond chance, and which findings are new.
//!
//! The figures and their verdicts are those of a comparison ([`compare::compare`]).

use std::collections::HashMap;

use super::compare;
use super::difference::{Difference, Verdict};
use super::failure::Failure;
use super::observations::Observations;
use super::options::Options;
use crate::diagnostic::{Change, Diagnostic, Place, Warning};
use crate::kpi::Key;
use crate::model::Model;

/// What changed from one version of a model to another.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Changes {
    /// How many figures were compared.
    pub compared: usize,
    /// Those that differ beyond chance, in the order of the rows of a run.
    pub beyond_chance: Vec<Difference>,
}

/// Compares two versions of a model by their main figures; `observe` simulates a model with options.
///
/// # Errors
/// Those of `observe`, and of runs that cannot be compared.
pub fn compare<E: From<Failure>>(
    old: &Model,
    new: &Model,
    options: &Options,
    observe: impl FnMut(&Model, &Options) -> Result<Observations, E>,
) -> Result<Changes, E> {
    let models = [old, new];
    let observed = compare::observe(&models, options, observe)?;
    let sides = compare::sides(&models, &observed);
    let found = compare::compare(sides[0], &sides[1..], options)?;
    let lines = found.alternatives.into_iter().flat_map(|alternative| alternative.lines);
    let beyond = lines.filter(|line| line.verdict != Verdict::NotBeyondChance);
    let beyond_chance =
        beyond.map(|line| Difference { verdict: line.verdict, ..line.difference }).collect();
    Ok(Changes { compared: found.compared, beyond_chance })
}

impl Changes {
    /// All changes as data for messages, with what they mean; `currency` names money.
    pub fn told(&self, currency: &str) -> impl Iterator<Item = (Change, Verdict)> {
        self.beyond_chance
            .iter()
            .map(move |difference| (change(difference, currency), difference.verdict))
    }

    /// A warning for each figure that became worse.
    pub fn diagnostics(&self, currency: &str) -> Vec<Diagnostic> {
        let worse = self.told(currency).filter(|(_, verdict)| *verdict == Verdict::Worse);
        let warn = |(change, _)| {
            let compared = self.compared;
            Diagnostic::new(
                Warning::Worse { change: Box::new(change), compared },
                Place::default(),
                "",
            )
        };
        worse.map(warn).collect()
    }
}

fn change(difference: &Difference, currency: &str) -> Change {
    let Key { kpi, scope, name, .. } = &difference.key;
    let parts = [kpi.name(), &difference.key.stat_text(), scope.word(), name];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Change {
        subject: parts.join(" "),
        old: difference.old.estimate.value,
        new: difference.new.estimate.value,
        difference: difference.absolute.value,
        half_width: difference.absolute.half_width,
        measure: super::expectations::measure(difference.unit, currency),
    }
}

/// The findings of a new version that an old one did not have: by code, field and problem, whatever their lines are.
pub fn new_findings(mut found: Vec<Diagnostic>, before: &[Diagnostic]) -> Vec<Diagnostic> {
    let name = |found: &Diagnostic| {
        (found.problem.code(), found.path.clone(), format!("{:?}", found.problem))
    };
    let mut known: HashMap<_, usize> = HashMap::new();
    for old in before {
        *known.entry(name(old)).or_default() += 1;
    }
    found.retain(|one| match known.get_mut(&name(one)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Problem;
    use crate::kpi::Kpi;
    use crate::model::load;
    use crate::study::simulate::{Progress, observe};

    fn model(text: &str) -> Model {
        load("m.yaml", text, &[], None).model.expect("the model is sound")
    }

    fn changes(old: &str, new: &str) -> Changes {
        let options = Options { replications: 60, threads: 1, ..Options::default() };
        let observe =
            |model: &Model, options: &Options| observe(model, options, &Progress::default());
        compare(&model(old), &model(new), &options, observe).expect("both can be run")
    }

    const OLD: &str = "roles: {r: {people: 1, cost: 30/hour}}\nsources: {s: {rate: 30/week}}\nhorizon: 3 months\n\
                       stages: {a: {phase: deal, work: {role: r, time: 1h}, wait: 2d, next: 40%}}\n";

    #[test]
    fn what_becomes_worse_is_a_warning_and_what_stays_is_silent() {
        let same = changes(OLD, OLD);
        assert!(same.compared > 10 && same.beyond_chance.is_empty(), "{same:?}");
        let slower = changes(OLD, &OLD.replace("wait: 2d", "wait: 3d"));
        let kpis: Vec<Kpi> = slower.beyond_chance.iter().map(|one| one.key.kpi).collect();
        assert!(kpis.contains(&Kpi::SalesCycle) && !kpis.contains(&Kpi::Utilization), "{kpis:?}");
        let worse = slower.diagnostics("EUR");
        let is_cycle = |found: &Diagnostic| matches!(&found.problem, Problem::Warning(Warning::Worse { change, .. }) if change.subject.starts_with("sales_cycle"));
        assert!(worse.iter().any(is_cycle), "{worse:?}");
        let faster = changes(OLD, &OLD.replace("wait: 2d", "wait: 1d"));
        assert!(!faster.diagnostics("EUR").iter().any(is_cycle));
    }

    #[test]
    fn a_finding_is_new_whatever_its_line_was() {
        let found = |text: &str| load("m.yaml", text, &[], None).diagnostics;
        let before = found("stages: {a: {next: nowhere}}\n");
        let after = found("# more\nstages: {a: {next: nowhere, wiat: 2d}}\n");
        let new = new_findings(after, &before);
        assert_eq!(new.iter().map(|one| one.problem.code()).collect::<Vec<_>>(), ["V105"]);
    }
}
