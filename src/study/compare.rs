//! `compare`: what is better in another process, and how sure is that?
//!
//! All models are simulated with the same random numbers, so that their replications are compared in pairs. A verdict holds
//! for all figures of all alternatives together: the chance that any of them is wrong is at most one minus the level
//! (Bonferroni). The intervals are those of single figures.

use jiff::civil::Date;

use super::difference::{self, Difference, Side, Verdict};
use super::failure::Failure;
use super::observations::Observations;
use super::options::Options;
use super::payback::{Payback, payback};
use crate::kpi::{Key, Scope, Span, Stat};
use crate::model::Model;
use crate::program::Program;
use crate::quantity::MINOR_UNITS;
use crate::stats::{Estimate, Pairing, Sample};
use crate::tally::series::{Period, periods};

/// Alternatives compared with a base.
#[derive(Debug)]
#[must_use]
pub struct Comparison {
    /// The base, compiled.
    pub base: Program,
    /// The alternatives, in the order in which they are given.
    pub alternatives: Vec<Alternative>,
    /// How many figures are compared, over all alternatives; verdicts hold for all of them together.
    pub compared: usize,
    /// Replications of each model.
    pub replications: u64,
    /// The level of the intervals and of all verdicts together, between 0 and 1.
    pub level: f64,
    /// The seed.
    pub seed: u64,
}

/// One alternative, compared with the base.
#[derive(Debug)]
pub struct Alternative {
    /// The alternative, compiled.
    pub program: Program,
    /// What it costs once, in the currency.
    pub investment: f64,
    /// Whether it has the window of the base; otherwise totals over the window cover different times.
    pub same_window: bool,
    /// The figures that both have, in the order of the rows of a run.
    pub lines: Vec<Line>,
    /// Figures that only the base has.
    pub only_base: Vec<Key>,
    /// Figures that only the alternative has.
    pub only_here: Vec<Key>,
    /// By month, if both have the same window: bookings since its start, alternative − base.
    pub bookings: Vec<Month>,
    /// Profit since its start, and when it pays off; `None` if one of the two has no profit.
    pub payback: Option<Payback>,
}

/// A figure of both.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The difference with its interval, at the level of one figure.
    pub difference: Difference,
    /// The verdict on the difference, judged for all figures together.
    pub verdict: Verdict,
    /// The factor by which the common random numbers reduce the variance of the difference; `None` if it is not known.
    pub reduction: Option<f64>,
}

/// A difference summed since the start of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Month {
    /// The first day of the month in the window.
    pub date: Date,
    /// Alternative − base at the end of the month, in the currency.
    pub difference: Estimate,
}

/// Observes the base and its alternatives with the same random numbers; `observe` simulates a model with options.
///
/// # Errors
/// Those of `observe`.
pub fn observe<E>(
    models: &[&Model],
    options: &Options,
    mut observe: impl FnMut(&Model, &Options) -> Result<Observations, E>,
) -> Result<Vec<Observations>, E> {
    let options = Options { by_replication: true, ..options.clone() };
    models.iter().map(|model| observe(model, &options)).collect()
}

/// The models with what was observed of each.
pub fn sides<'a>(models: &[&'a Model], observed: &'a [Observations]) -> Vec<Side<'a>> {
    let pairs = models.iter().zip(observed);
    pairs.map(|(model, observations)| Side { model, observations }).collect()
}

/// Compares the alternatives with the base, as [`observe`] observed them; nothing is simulated.
///
/// Without `options.kpis` the main figure of each KPI is compared, of the whole process and of each role; with them, all
/// figures of these KPIs.
///
/// # Errors
/// Those of runs that cannot be compared.
pub fn compare(
    base: Side<'_>,
    others: &[Side<'_>],
    options: &Options,
) -> Result<Comparison, Failure> {
    let options = Options { by_replication: true, ..options.clone() };
    let differences = |options: &Options| -> Result<Vec<difference::Differences>, Failure> {
        let each = others.iter().map(|other| {
            let mut found = difference::of(base, *other, options)?;
            let is_wanted = |key: &Key| !options.kpis.is_empty() || is_main(key);
            found.both.retain(|difference| is_wanted(&difference.key));
            found.only_old.retain(is_wanted);
            found.only_new.retain(is_wanted);
            Ok(found)
        });
        each.collect()
    };
    let alone = differences(&options)?;
    let compared = alone.iter().map(|found| found.both.len()).sum::<usize>();
    let mut together = options.clone();
    together.figures.level = 1.0 - (1.0 - options.figures.level) / compared.max(1) as f64;
    let together = differences(&together)?;
    let program = Program::compile(base.model);
    let each = others.iter().zip(alone.into_iter().zip(together));
    let alternatives = each.map(|(side, (alone, together))| {
        let lines = alone.both.into_iter().zip(together.both);
        let lines = lines.map(|(difference, strict)| Line {
            reduction: reduction(&difference),
            verdict: strict.verdict,
            difference,
        });
        let other = Program::compile(side.model);
        let level = options.figures.level;
        Alternative {
            payback: payback((&program, base.observations), (&other, side.observations), level),
            investment: side.model.investment(),
            same_window: is_alike(&program, &other),
            lines: lines.collect(),
            only_base: alone.only_old,
            only_here: alone.only_new,
            bookings: bookings((&program, base.observations), (&other, side.observations), level),
            program: other,
        }
    });
    let alternatives = alternatives.collect();
    Ok(Comparison {
        base: program,
        alternatives,
        compared,
        replications: base.observations.replications(),
        level: options.figures.level,
        seed: options.seed,
    })
}

/// Whether a figure is the main one of its KPI, of the whole process or of a role.
pub fn is_main(key: &Key) -> bool {
    let is_usual = |(span, stat): (Span, &Stat)| span == key.span && *stat == key.stat;
    let is_of_all = key.by.is_empty() && matches!(key.scope, Scope::Whole | Scope::Role);
    let is_of_window = Key::new(key.kpi, key.stat.clone()).per == key.per;
    is_of_all && is_of_window && key.kpi.usual().is_some_and(is_usual)
}

/// The variance of a difference of independent runs over that of this one.
fn reduction(difference: &Difference) -> Option<f64> {
    let half = difference.absolute.half_width.filter(|half| *half > 0.0)?;
    let (old, new) = (difference.old.estimate.half_width?, difference.new.estimate.half_width?);
    (difference.how == Pairing::Paired).then(|| (old * old + new * new) / (half * half))
}

/// Whether two models have the same window, with an end.
pub(super) fn is_alike(base: &Program, other: &Program) -> bool {
    base.window == other.window
        && base.calendar.date(0) == other.calendar.date(0)
        && !base.window.until_empty()
}

/// Bookings since the start of the window by month, as a difference of paired replications.
fn bookings(
    (base, before): (&Program, &Observations),
    (other, after): (&Program, &Observations),
    level: f64,
) -> Vec<Month> {
    let has_values = base.value.is_some() && other.value.is_some();
    let days = before.outcomes.first().map_or(0, |outcome| outcome.series.days);
    if !has_values || !is_alike(base, other) || before.outcomes.len() != after.outcomes.len() {
        return Vec::new();
    }
    let sample = Sample::plain(before.outcomes.len());
    let mut sums = vec![0; before.outcomes.len()];
    let months = periods(base, days, Period::Month).into_iter().enumerate().map(|(at, month)| {
        let pairs = before.outcomes.iter().zip(&after.outcomes).zip(&mut sums);
        let values: Vec<f64> = pairs
            .map(|((old, new), sum)| {
                let of = |outcome: &crate::tally::Outcome| {
                    outcome.series.by(Period::Month).get(at).map_or(0, |flow| flow.bookings)
                };
                *sum += of(new) - of(old);
                *sum as f64 / MINOR_UNITS
            })
            .collect();
        Month { date: month.date, difference: sample.mean(&values, level) }
    });
    months.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::Kpi;
    use crate::model::load;
    use crate::study::simulate::{self, Progress};

    fn model(text: &str) -> Model {
        load("m.yaml", text, &[], None).model.expect("the model is sound")
    }

    fn compared(texts: &[&str]) -> Comparison {
        let models: Vec<Model> = texts.iter().map(|text| model(text)).collect();
        let models: Vec<&Model> = models.iter().collect();
        let options = Options { replications: 80, threads: 1, ..Options::default() };
        let simulate = |model: &Model, options: &Options| {
            simulate::observe(model, options, &Progress::default())
        };
        let observed = observe(&models, &options, simulate).expect("all can be run");
        let sides: Vec<Side> = sides(&models, &observed);
        compare(sides[0], &sides[1..], &options).expect("all can be compared")
    }

    const BASE: &str = "value: 100\nsources: {s: {rate: 30/week}}\nhorizon: 6 months\nstart: 2026-01-01\n\
                        stages: {a: {phase: deal, wait: 2d, next: 40%}}\n";

    #[test]
    fn differences_are_those_of_theory() {
        let better = BASE.replace("40%", "50%");
        let found = compared(&[BASE, &better, BASE]);
        let of = |alternative: usize, kpi: Kpi| {
            let lines = &found.alternatives[alternative].lines;
            lines.iter().find(|line| line.difference.key.kpi == kpi).expect("both have it")
        };
        let rate = of(0, Kpi::WinRate);
        // Half-width at 1 − 1e-6: about 2.5 times that at 95 %.
        let Estimate { value: Some(value), half_width: Some(half), .. } = rate.difference.absolute
        else {
            panic!("{rate:?}")
        };
        assert!((value - 0.1).abs() < 2.6 * half && half < 0.02, "{value} ± {half}");
        assert_eq!(rate.verdict, Verdict::Better);
        assert!(rate.reduction.is_some_and(|factor| factor > 2.0), "{:?}", rate.reduction);
        // The same model has no difference in any figure.
        let same = &found.alternatives[1];
        assert!(same.lines.iter().all(|line| line.verdict == Verdict::NotBeyondChance));
        assert!(same.lines.iter().all(|line| line.difference.absolute.value == Some(0.0)));
        assert_eq!(found.compared, found.alternatives[0].lines.len() + same.lines.len());
    }

    #[test]
    fn fewer_wins_by_the_end_of_a_slower_process_are_not_worse() {
        let slower = BASE.replace("2d", "40d");
        let worse = BASE.replace("40%", "30%");
        let found = compared(&[BASE, &slower, &worse]);
        let verdict = |alternative: usize, kpi: Kpi| {
            let lines = &found.alternatives[alternative].lines;
            lines.iter().find(|line| line.difference.key.kpi == kpi).map(|line| line.verdict)
        };
        // As many will be won; they are not yet.
        assert_eq!(verdict(0, Kpi::LeadToWin), Some(Verdict::Changed));
        assert_eq!(verdict(0, Kpi::WinRate), Some(Verdict::NotBeyondChance));
        assert_eq!(verdict(0, Kpi::SalesCycle), Some(Verdict::Worse));
        assert_eq!(verdict(1, Kpi::LeadToWin), Some(Verdict::Worse));
    }

    #[test]
    fn bookings_gather_to_the_difference_of_the_window() {
        let found = compared(&[BASE, &BASE.replace("40%", "50%")]);
        let months = &found.alternatives[0].bookings;
        assert_eq!(months.len(), 6);
        let lines = &found.alternatives[0].lines;
        let bookings = lines.iter().find(|line| line.difference.key.kpi == Kpi::Bookings);
        let per_month = bookings.expect("there is a value").difference.absolute;
        let last = months[5].difference;
        // 30 a week over 181 days, a tenth of them for 100 each; the last two days are still waiting.
        let expected = 30.0 / 7.0 * 179.0 * 0.1 * 100.0;
        let half = last.half_width.expect("80 replications have a spread");
        assert!((last.value.expect("a mean") - expected).abs() < 2.6 * half, "{last:?} {expected}");
        assert!(per_month.value.expect("a mean") > 0.0);
        assert!(months.windows(2).all(|pair| pair[0].difference.value < pair[1].difference.value));
    }
}
