//! How the main figures of an alternative differ from those of the base.

use super::{other_window, short_name};
use crate::kpi::Scope;
use crate::report::block::{Kind, Number};
use crate::report::chart::{Chart, DifferenceChart, DifferenceRow};
use crate::report::comparison::of_difference;
use crate::report::phrase::{
    Changes, Contrast, FigureName, Finding, Phrase, Statistic, Swept, Thing, share,
};
use crate::study::compare::{Alternative, Comparison, Line, is_main};
use crate::study::difference::{Difference, Verdict};

/// Figures that a title names for each verdict; the rest is counted.
const NAMED: usize = 2;

pub(super) fn differences(comparison: &Comparison, alternative: &Alternative) -> Option<Chart> {
    let all = rows(alternative);
    let drawn = all.iter().filter_map(|line| row(comparison, alternative, line));
    let drawn: Vec<DifferenceRow> = drawn.collect();
    if drawn.is_empty() {
        return None;
    }
    let relative = Contrast::Relative {
        base: comparison.base.name.clone(),
        other: short_name(comparison, alternative),
        level: share(comparison.level),
        compared: comparison.compared,
        replications: comparison.replications,
    };
    let mut subtitle: Vec<Phrase> = vec![relative.into()];
    let left_out = all.len() - drawn.len();
    subtitle.extend((left_out > 0).then(|| Contrast::NotDrawn(left_out).into()));
    subtitle.extend(other_window(&[alternative]));
    let title = title(comparison, alternative, &all);
    Some(Chart::Differences(DifferenceChart { title, subtitle, rows: drawn }))
}

/// The main figures of the whole process; those of roles where the process has none.
pub(super) fn rows(alternative: &Alternative) -> Vec<&Line> {
    let main = || alternative.lines.iter().filter(|line| is_main(&line.difference.key));
    let is_whole = |line: &&Line| line.difference.key.scope == Scope::Whole;
    let whole: Vec<_> = main().filter(is_whole).map(|line| line.difference.key.kpi).collect();
    main().filter(|line| is_whole(line) || !whole.contains(&line.difference.key.kpi)).collect()
}

/// A row; `None` where the relative difference is not known.
fn row(comparison: &Comparison, alternative: &Alternative, line: &Line) -> Option<DifferenceRow> {
    let Difference { old, new, relative, .. } = &line.difference;
    let kind = kind(comparison, line);
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    let number = |value| Some(Number::new(finite(value)?, kind.clone()));
    Some(DifferenceRow {
        label: Swept::Figure(figure(alternative, line)).into(),
        before: number(old.estimate.value)?,
        after: number(new.estimate.value)?,
        relative: Number {
            value: finite(relative.value)?,
            half_width: finite(relative.half_width),
            kind: Kind::Share,
        },
        verdict: line.verdict,
    })
}

fn kind(comparison: &Comparison, line: &Line) -> Kind {
    Kind::of(line.difference.unit, &comparison.base.currency)
}

fn figure(alternative: &Alternative, line: &Line) -> FigureName {
    let key = &line.difference.key;
    let statistic = Statistic::of(key, &alternative.program);
    FigureName { statistic, thing: Thing::of(key, &alternative.program) }
}

/// What is better and what is worse, by the size of the relative difference; where nothing is either, what is different.
fn title(comparison: &Comparison, alternative: &Alternative, all: &[&Line]) -> Finding {
    let of = |verdict: Verdict| {
        let mut here: Vec<&&Line> = all.iter().filter(|line| line.verdict == verdict).collect();
        let size = |line: &&&Line| line.difference.relative.value.map_or(0.0, f64::abs);
        here.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let change = |line: &&&Line| {
            let value = line.difference.absolute.value.unwrap_or(f64::NAN);
            let kind = of_difference(kind(comparison, line));
            (figure(alternative, line), Number::new(value, kind))
        };
        let first: Vec<_> = here.iter().take(NAMED).map(change).collect();
        let more = here.len() - first.len();
        (!first.is_empty()).then_some(Changes { verdict, first, more })
    };
    let mut found: Vec<Changes> =
        [Verdict::Better, Verdict::Worse].into_iter().filter_map(of).collect();
    if found.is_empty() {
        found.extend(of(Verdict::Changed));
    }
    let found =
        if found.is_empty() { Contrast::NoDifference } else { Contrast::Differences(found) };
    Finding::Contrast(Box::new(found))
}
