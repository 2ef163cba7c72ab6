//! Two versions of a model: which KPIs changed beyond chance, and which findings are new.
//!
//! Both versions draw the same random numbers where they agree, so their replications are compared in pairs. The main
//! figure of each KPI counts, of the whole process and of each role; all of them together are wrong no more often than
//! the level says (Bonferroni).

use std::collections::HashMap;

use super::difference::{self, Difference, Side, Verdict};
use super::failure::Failure;
use super::observations::Observations;
use super::options::Options;
use crate::diagnostic::{Change, Diagnostic, Place, Warning};
use crate::kpi::{Key, Scope};
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
    mut observe: impl FnMut(&Model, &Options) -> Result<Observations, E>,
) -> Result<Changes, E> {
    let options = Options { by_replication: true, ..options.clone() };
    let (before, after) = (observe(old, &options)?, observe(new, &options)?);
    let sides = || {
        let old = Side { model: old, observations: &before };
        (old, Side { model: new, observations: &after })
    };
    let differences = |options: &Options| -> Result<Vec<Difference>, Failure> {
        let (old, new) = sides();
        let all = difference::of(old, new, options)?.both;
        Ok(all.into_iter().filter(|difference| is_main(&difference.key)).collect())
    };
    let compared = differences(&options)?.len();
    let mut together = options.clone();
    together.figures.level = 1.0 - (1.0 - options.figures.level) / compared.max(1) as f64;
    let mut beyond_chance = differences(&together)?;
    beyond_chance.retain(|difference| difference.verdict != Verdict::NotBeyondChance);
    Ok(Changes { compared, beyond_chance })
}

/// Whether a figure is the main one of its KPI, of the whole process or of a role.
pub(super) fn is_main(key: &Key) -> bool {
    let is_usual =
        |(span, stat): (crate::kpi::Span, &crate::kpi::Stat)| span == key.span && *stat == key.stat;
    let is_of_all = key.by.is_empty() && matches!(key.scope, Scope::Whole | Scope::Role);
    let is_of_window = Key::new(key.kpi, key.stat.clone()).per == key.per;
    is_of_all && is_of_window && key.kpi.usual().is_some_and(is_usual)
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
