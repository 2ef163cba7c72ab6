//! `check --simulate`: does what the model expects of itself hold?
//!
//! An expectation is judged by the interval of its KPI, never by the bare estimate: it holds where
//! the whole interval lies within the limits, fails where it lies outside, and otherwise more
//! replications must tell.

use super::simulate::{Options, Simulation};
use crate::diagnostic::{Bounds, Diagnostic, Measure, Measured, Problem};
use crate::kpi::{Axis, Figure, Row, Unit};
use crate::model::{Expectation, Limits, Model};
use crate::stats::{Estimate, Sample};
use crate::tally::figures::Limit;

/// What became of an expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement<'m> {
    /// The expectation.
    pub expectation: &'m Expectation,
    /// Whether it holds.
    pub verdict: Verdict,
    /// What it is about, as `sales_cycle p90 of stage offer`.
    pub subject: String,
    /// What the simulation found: the KPI, or the chance that it keeps to the limits.
    pub found: Estimate,
    /// The KPI's unit.
    pub unit: Unit,
}

impl Judgement<'_> {
    /// What was found; `currency` names money.
    pub fn measured(&self, currency: &str) -> Measured {
        Measured {
            subject: self.subject.clone(),
            value: self.found.value,
            half_width: self.found.half_width,
            bounds: match self.expectation.chance {
                None => bounds(self.expectation.limits, self.unit, currency),
                Some(chance) => {
                    let limits = Limits { at_least: Some(chance), at_most: None };
                    bounds(limits, Unit::Share, currency)
                }
            },
            chance_of: self
                .expectation
                .chance
                .map(|_| bounds(self.expectation.limits, self.unit, currency)),
        }
    }

    /// What is to be said of an expectation that does not hold, at its place in the file.
    pub fn diagnostic(&self, currency: &str) -> Option<Diagnostic> {
        let subject = self.subject.clone();
        let problem = match &self.verdict {
            Verdict::Holds => return None,
            Verdict::Fails => Problem::ExpectationFails(Box::new(self.measured(currency))),
            Verdict::Open => Problem::TooCloseToTell(Box::new(self.measured(currency))),
            Verdict::Nothing => Problem::NothingObserved { subject },
            Verdict::NoFigure(known) => Problem::NoFigure { subject, known: known.clone() },
        };
        let spot = &self.expectation.spot;
        Some(Diagnostic { problem, place: spot.place, path: spot.path.clone(), related: None })
    }
}

fn bounds(limits: Limits, unit: Unit, currency: &str) -> Bounds {
    let measure = match unit {
        Unit::Count => Measure::Count,
        Unit::Share => Measure::Share,
        Unit::Days => Measure::Days,
        Unit::Money => Measure::Money(currency.to_owned()),
    };
    Bounds { at_least: limits.at_least, at_most: limits.at_most, measure }
}

/// Whether an expectation holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval lies within the limits.
    Holds,
    /// The whole interval lies outside of them.
    Fails,
    /// A limit lies inside the interval.
    Open,
    /// Nothing was observed.
    Nothing,
    /// The simulation makes no such figure; of the KPI there are these.
    NoFigure(Vec<String>),
}

/// So many durations can be asked for in one run.
const MOST_TIMES: usize = 4;

/// The options of a run in which all expectations of a model can be judged.
pub fn options(model: &Model, mut options: Options) -> Options {
    for expectation in &model.expectations {
        for (kind, _, _) in &expectation.scopes {
            if is_dimension(kind) && !options.by.contains(kind) {
                options.by.push(kind.clone());
            }
        }
        let quantile = expectation.stat.as_deref().and_then(quantile);
        let quantiles = &mut options.figures.quantiles;
        quantiles.extend(quantile.filter(|p| !quantiles.contains(p)));
        let within = &mut options.figures.within;
        if let Some((days, _)) = expectation.within
            && within.iter().all(|limit| limit.days != days)
            && within.len() < MOST_TIMES
        {
            within.push(Limit { label: time_label(days), days });
        }
    }
    options.figures.keep_replications = true;
    options
}

/// Judges all expectations of a model, in their order, by a run with [`options`].
pub fn judge<'m>(model: &'m Model, simulation: &Simulation) -> Vec<Judgement<'m>> {
    model.expectations.iter().map(|expectation| one(expectation, simulation)).collect()
}

fn one<'m>(expectation: &'m Expectation, simulation: &Simulation) -> Judgement<'m> {
    let level = simulation.options.figures.level;
    let asked = Asked::new(expectation);
    let found = asked.find(simulation);
    let unit = found.as_ref().map_or(Unit::Count, |(row, _)| row.unit);
    let limits = match expectation.chance {
        Some(chance) => Limits { at_least: Some(chance), at_most: None },
        None => expectation.limits,
    };
    let (estimate, verdict) = match found {
        Err(known) => (Estimate::none(level), Verdict::NoFigure(known)),
        Ok((_, estimate)) => (estimate, verdict(&estimate, limits)),
    };
    Judgement { expectation, verdict, subject: asked.subject(), found: estimate, unit }
}

fn verdict(found: &Estimate, limits: Limits) -> Verdict {
    let Some(value) = found.value else { return Verdict::Nothing };
    let half = found.half_width.unwrap_or(0.0);
    let (least, most) = (limits.at_least, limits.at_most);
    if least.is_some_and(|least| value + half < least)
        || most.is_some_and(|most| value - half > most)
    {
        Verdict::Fails
    } else if least.is_none_or(|least| value - half >= least)
        && most.is_none_or(|most| value + half <= most)
    {
        Verdict::Holds
    } else {
        Verdict::Open
    }
}

/// What an expectation asks for, in the words of the rows.
struct Asked<'m> {
    expectation: &'m Expectation,
    /// Statistics that will do, the wanted one first.
    stats: Vec<String>,
    scope: &'m str,
    name: &'m str,
    by: String,
}

impl<'m> Asked<'m> {
    fn new(expectation: &'m Expectation) -> Asked<'m> {
        let (mut scope, mut name, mut by) = ("", "", String::new());
        for (kind, value, _) in &expectation.scopes {
            if is_dimension(kind) {
                by = format!("{kind}={value}");
            } else {
                (scope, name) = (kind, value);
            }
        }
        let stats = match (&expectation.within, &expectation.stat) {
            (Some((days, working)), _) => {
                let open = if *working { "open " } else { "" };
                vec![format!("{open}within {}", time_label(*days))]
            }
            (None, Some(stat)) => vec![stat.clone()],
            // Each KPI has one of these, the one that it is named for.
            (None, None) => {
                ["mean", "share", "total", "count", "next", "first", "done", "per_deal"]
                    .map(str::to_owned)
                    .to_vec()
            }
        };
        Asked { expectation, stats, scope, name, by }
    }

    /// The row and its number; else what there is of the KPI.
    fn find<'s>(&self, simulation: &'s Simulation) -> Result<(&'s Row, Estimate), Vec<String>> {
        let rows = || simulation.rows.iter().filter(|row| row.kpi == self.expectation.kpi);
        let fits = |row: &&Row| {
            let too_many = self.expectation.scopes.len() > 2;
            row.scope == self.scope && row.name == self.name && row.by == self.by && !too_many
        };
        let of_stat = |stat: &String| {
            let mut candidates = rows().filter(fits).filter(|row| row.stat == *stat);
            candidates.find_map(|row| Some((row, self.number(row, simulation)?)))
        };
        self.stats.iter().find_map(of_stat).ok_or_else(|| {
            let mut known: Vec<String> = Vec::new();
            for row in rows().filter(|row| row.by.is_empty()) {
                let part = |word: &str, text: &str| {
                    if text.is_empty() { String::new() } else { format!(" {word} {text}") }
                };
                let text = format!("{}{}{}", row.stat, part("per", row.per), part("by", row.scope));
                if !known.contains(&text) {
                    known.push(text);
                }
            }
            known
        })
    }

    /// The number of a row that the limits are about, if the row can tell it.
    fn number(&self, row: &Row, simulation: &Simulation) -> Option<Estimate> {
        let Figure::Estimate(estimate) = &row.figure else { return None };
        let per = self.expectation.per.as_deref();
        if self.expectation.chance.is_some() {
            return match per {
                None | Some("window") if row.axis == Axis::Replications => {
                    let each: Vec<Vec<f64>> =
                        row.replications.iter().map(|x| x.iter().copied().collect()).collect();
                    self.chance(&each, estimate.level)
                }
                Some(per) if row.axis == Axis::Periods && row.per == per => {
                    self.chance(&row.periods, estimate.level)
                }
                _ => None,
            };
        }
        match per {
            None if row.axis == Axis::Periods => None,
            None => Some(*estimate),
            Some(per) if row.per == per => Some(*estimate),
            // A total of the window, spread evenly over it.
            Some(per) if row.per == "window" => {
                Some(estimate.scaled(days_of(per)? / simulation.days))
            }
            Some(_) => None,
        }
    }

    /// The share of the values of all replications that lie within the limits.
    fn chance(&self, values: &[Vec<f64>], level: f64) -> Option<Estimate> {
        let Limits { at_least, at_most } = self.expectation.limits;
        let within = |x: &&f64| {
            at_least.is_none_or(|least| **x >= least) && at_most.is_none_or(|most| **x <= most)
        };
        let count =
            |values: &Vec<f64>| (values.iter().filter(within).count() as f64, values.len() as f64);
        let pairs: Vec<(f64, f64)> = values.iter().map(count).collect();
        (!pairs.is_empty()).then(|| Sample::plain(pairs.len()).proportion(&pairs, level))
    }

    fn subject(&self) -> String {
        let Expectation { kpi, stat, within, per, scopes, .. } = self.expectation;
        let mut words = vec![kpi.clone()];
        if let Some((days, working)) = within {
            let clock = if *working { " of working time" } else { "" };
            words.push(format!("within {}{clock}", time_label(*days)));
        } else if let Some(stat) = stat {
            words.push(stat.clone());
        }
        words.extend(per.iter().map(|per| format!("per {per}")));
        let of = scopes.iter().map(|(kind, name, _)| format!(", {kind} {name}"));
        words.join(" ") + &of.collect::<String>()
    }
}

/// Whether a scope tells deals apart, rather than stages, reasons or people.
fn is_dimension(kind: &str) -> bool {
    !matches!(kind, "stage" | "reason" | "role" | "person")
}

/// 0.9 of `p90`.
fn quantile(stat: &str) -> Option<f64> {
    let percent: f64 = stat.strip_prefix('p')?.parse().ok()?;
    Some(percent / 100.0)
}

/// The days of a period on average.
fn days_of(period: &str) -> Option<f64> {
    match period {
        "day" => Some(1.0),
        "week" => Some(7.0),
        "month" => Some(365.25 / 12.0),
        "quarter" => Some(365.25 / 4.0),
        "year" => Some(365.25),
        _ => None,
    }
}

/// A duration in the largest unit of which it is a round number.
fn time_label(days: f64) -> String {
    let minutes = days * 1440.0;
    if (minutes % 1440.0).abs() < 1e-9 {
        format!("{} d", minutes / 1440.0)
    } else if (minutes % 60.0).abs() < 1e-9 {
        format!("{} h", (minutes / 60.0).round())
    } else {
        format!("{} min", (minutes * 1e6).round() / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: f64, half_width: f64) -> Estimate {
        Estimate { value: Some(value), half_width: Some(half_width), level: 0.95 }
    }

    #[test]
    fn the_whole_interval_decides() {
        let at_least = Limits { at_least: Some(0.2), at_most: None };
        assert_eq!(verdict(&found(0.25, 0.04), at_least), Verdict::Holds);
        assert_eq!(verdict(&found(0.25, 0.06), at_least), Verdict::Open);
        assert_eq!(verdict(&found(0.15, 0.06), at_least), Verdict::Open);
        assert_eq!(verdict(&found(0.15, 0.04), at_least), Verdict::Fails);
        let between = Limits { at_least: Some(1.0), at_most: Some(2.0) };
        assert_eq!(verdict(&found(1.5, 0.5), between), Verdict::Holds);
        assert_eq!(verdict(&found(1.9, 0.2), between), Verdict::Open);
        assert_eq!(verdict(&found(2.3, 0.2), between), Verdict::Fails);
        assert_eq!(verdict(&Estimate::none(0.95), between), Verdict::Nothing);
    }

    #[test]
    fn times_are_named_in_the_largest_round_unit() {
        assert_eq!(time_label(1.0 / 24.0), "1 h");
        assert_eq!(time_label(2.0), "2 d");
        assert_eq!(time_label(5.0 / 1440.0), "5 min");
        assert_eq!(time_label(1.5), "36 h");
    }
}
