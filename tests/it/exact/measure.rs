//! Extracts the quantities of the cases from a run of the program.
//!
//! Shares are counts over all deals. Means are values per replication, which are unbiased, even for
//! deals with one end: given their number, those deals are independent. A standard deviation and
//! cost per won deal are biased in one replication. So the pooled estimate is used, whose bias is
//! of order 1/n over all deals, with the half-width that the program reports at `1 - ALPHA`. A
//! half-width that is too small fails here, and one that is too large is imprecise. A quantile is
//! judged twice: by the share of deals at or below the reference, exactly, and by the row that the
//! program reports. If times have atoms, only the row is judged, exactly.

use voronka::kpi::{Key, Kpi, Scope, Stat};
use voronka::model::Model;
use voronka::stats::normal_quantile;
use voronka::study::simulate::{self, Simulation};
use voronka::tally::figures::{self, Limit};

use super::converter::{Case, Kind, Quantity, reason};
use super::judge::{ALPHA, Found};

/// The relative error of quantiles from a histogram.
const RESOLUTION: f64 = 0.004;

/// Two microseconds in days: just below an atom.
const BELOW: f64 = 2e-11;

/// The size of a simulation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) replications: u64,
    pub(super) deals: u64,
}

/// A quantity with its simulated result.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) quantity: Quantity,
    pub(super) found: Found,
}

/// The parts of a quantity's name: `p_time_eq[2|won]`, `mean_time|lost:price`, `visits[offer]`.
struct Name<'q> {
    head: &'q str,
    argument: &'q str,
    end: &'q str,
}

impl Name<'_> {
    fn parse(name: &str) -> Name<'_> {
        let (head, rest) = name.split_once('[').unwrap_or((name, ""));
        let (argument, end) = rest
            .strip_suffix(']')
            .unwrap_or(rest)
            .split_once('|')
            .unwrap_or((rest.strip_suffix(']').unwrap_or(rest), ""));
        match head.split_once('|') {
            Some((head, end)) => Name { head, argument, end },
            None => Name { head, argument, end },
        }
    }

    /// The limits of durations whose shares are needed.
    fn limits(&self, value: f64) -> Vec<f64> {
        match self.head {
            "p_time_le" => vec![self.argument.parse().unwrap()],
            "p_time_eq" => {
                let time: f64 = self.argument.parse().unwrap();
                vec![time - BELOW, time]
            }
            head if quantile(head).is_some() => vec![value],
            _ => Vec::new(),
        }
    }
}

/// 0.9 for `time_p90`.
fn quantile(head: &str) -> Option<f64> {
    Some(head.strip_prefix("time_p")?.parse::<f64>().ok()? / 100.0)
}

/// Runs the model of a case as often as the limits require, and extracts each quantity.
pub(super) fn measure(
    case: &Case,
    quantities: &[Quantity],
    model: &Model,
    size: Size,
) -> Vec<Judged> {
    let atoms = quantities.iter().any(|q| Name::parse(&q.name).head == "p_time_eq");
    let mut limits: Vec<f64> = Vec::new();
    let mut levels: Vec<f64> = Vec::new();
    for quantity in quantities {
        let name = Name::parse(&quantity.name);
        limits.extend(name.limits(quantity.value));
        levels.extend(quantile(name.head));
    }
    let batches: Vec<&[f64]> =
        if limits.is_empty() { vec![&[]] } else { limits.chunks(4).collect() };
    let runs: Vec<Simulation> =
        batches.iter().map(|within| run(model, size, within, &levels)).collect();
    let run = Run { case, runs: &runs };
    let mut judged = Vec::new();
    for quantity in quantities {
        let name = Name::parse(&quantity.name);
        if let Some(p) = quantile(name.head) {
            if !atoms {
                let counted = run.within(&name, &[quantity.value], p);
                judged.push(Judged { quantity: quantity.clone(), found: counted });
            }
            let found = run.reported_quantile(&name, p, atoms);
            let name = format!("reported {}", quantity.name);
            judged.push(Judged { quantity: Quantity { name, ..quantity.clone() }, found });
        } else {
            let found = run.find(quantity, &name);
            judged.push(Judged { quantity: quantity.clone(), found });
        }
    }
    judged
}

/// Simulates a model, with intervals at the level of the rule.
pub(super) fn run(model: &Model, size: Size, within: &[f64], quantiles: &[f64]) -> Simulation {
    let figures = figures::Options {
        level: 1.0 - ALPHA,
        quantiles: quantiles.to_vec(),
        within: within.iter().map(|days| Limit { label: label(*days), days: *days }).collect(),
        keep_replications: true,
        ..figures::Options::default()
    };
    let options = simulate::Options {
        replications: size.replications,
        seed: 20_261,
        threads: 1,
        figures,
        ..simulate::Options::default()
    };
    simulate::run(model, &options, &simulate::Progress::default()).unwrap()
}

fn label(days: f64) -> String {
    format!("{days} d")
}

struct Run<'a> {
    case: &'a Case,
    runs: &'a [Simulation],
}

impl Run<'_> {
    fn find(&self, quantity: &Quantity, name: &Name<'_>) -> Found {
        let value = quantity.value;
        let (kind, of) = self.scope(name);
        let first = &self.runs[0];
        match name.head {
            "p_end" if name.argument == "won" => {
                self.counted(&Key::new(Kpi::LeadToWin, Stat::Share), value)
            }
            "p_end" => {
                let reason = reason(name.argument).unwrap();
                let row = first
                    .find(&Key::new(Kpi::LossTable, Stat::Count).of(Scope::Reason, reason))
                    .unwrap();
                Found::Counted { k: row.n, n: first.deals, p: value }
            }
            "visits" => self.replicated(&Key::new(Kpi::Visits, Stat::PerDeal).stage(name.argument)),
            "mean_time" => self.replicated(&Key::new(Kpi::CycleTime, Stat::Mean).of(kind, of)),
            "sd_time" => self.reported(&Key::new(Kpi::CycleTime, Stat::Sd).of(kind, of)),
            "mean_cost" => self.replicated(&Key::new(Kpi::DealCost, Stat::Mean)),
            "sd_cost" => self.reported(&Key::new(Kpi::DealCost, Stat::Sd)),
            "cost_per_won" => self.reported(&Key::new(Kpi::CostPerWon, Stat::Mean)),
            "p_time_le" | "p_time_eq" => self.within(name, &name.limits(value), value),
            other => panic!("nobody knows how to measure {other}"),
        }
    }

    /// The scope of `cycle_time` for an end, or for the population of the case.
    fn scope<'n>(&'n self, name: &Name<'n>) -> (Scope, &'n str) {
        let population = self.case.model.population.as_str();
        match (name.end, population) {
            ("", "" | "all") => (Scope::Whole, ""),
            ("won", _) | ("", "won") => (Scope::End, "won"),
            (end, _) => (Scope::Reason, reason(end).unwrap()),
        }
    }

    /// Deals within the last limit, minus those within the one before.
    fn within(&self, name: &Name<'_>, limits: &[f64], p: f64) -> Found {
        let (kind, of) = self.scope(name);
        let count = |limit: &f64| {
            let key = Key::new(Kpi::CycleTime, Stat::Within(label(*limit))).of(kind, of);
            let rows = self.runs.iter().filter_map(|run| run.find(&key));
            let row = rows.into_iter().next().unwrap();
            ((row.figure.value().unwrap() * row.n as f64).round() as u64, row.n)
        };
        match limits {
            [below, limit] => {
                let (k, n) = count(limit);
                Found::Counted { k: k - count(below).0, n, p }
            }
            [limit] => {
                let (k, n) = count(limit);
                Found::Counted { k, n, p }
            }
            _ => panic!("one limit or two"),
        }
    }

    fn counted(&self, key: &Key, p: f64) -> Found {
        let row = self.runs[0].find(key).unwrap();
        let k = (row.figure.value().unwrap() * row.n as f64).round() as u64;
        Found::Counted { k, n: row.n, p }
    }

    fn replicated(&self, key: &Key) -> Found {
        let row = self.runs[0].find(key).unwrap();
        Found::Replicated(row.replications.iter().flatten().copied().collect())
    }

    fn reported(&self, key: &Key) -> Found {
        let figure = &self.runs[0].find(key).unwrap().figure;
        let (value, half_width) = (figure.value().unwrap(), figure.half_width().unwrap());
        Found::Reported { value, half_width, resolution: 0.0 }
    }

    fn reported_quantile(&self, name: &Name<'_>, p: f64, atoms: bool) -> Found {
        let (kind, of) = self.scope(name);
        match self.reported(&Key::new(Kpi::CycleTime, Stat::quantile(p)).of(kind, of)) {
            Found::Reported { value, .. } if atoms => Found::Certain(value),
            Found::Reported { value, half_width, .. } => {
                Found::Reported { value, half_width, resolution: RESOLUTION * value }
            }
            other => other,
        }
    }
}

/// The number of deals in a stage at the end of the window: Poisson, so its variance is its mean.
///
/// The standard deviation is computed around the known mean, linear in the square, so that the
/// value of a replication is unbiased: s + ((N - m)^2 - m) / 2s with s the square root of m.
pub(super) fn open_deals(simulation: &Simulation, stage: &str, at: &str, mean: f64) -> Vec<Judged> {
    let row = simulation.find(&Key::new(Kpi::OpenAtEnd, Stat::Count).stage(stage)).unwrap();
    let numbers: Vec<f64> = row.replications.iter().flatten().copied().collect();
    let sd = mean.sqrt();
    let spreads = numbers.iter().map(|n| sd + ((n - mean).powi(2) - mean) / (2.0 * sd)).collect();
    let quantity = |name: &str, value, kind| {
        let name = format!("{name}({at}) of {stage}");
        Quantity { name, value, kind, abs_err: 1e-6 * value }
    };
    vec![
        Judged { quantity: quantity("N", mean, Kind::Mean), found: Found::Replicated(numbers) },
        Judged { quantity: quantity("sd N", sd, Kind::Var), found: Found::Replicated(spreads) },
    ]
}

/// Replications with at most `limit` open deals.
pub(super) fn open_at_most(simulation: &Simulation, stage: &str, limit: f64, p: f64) -> Found {
    let row = simulation.find(&Key::new(Kpi::OpenAtEnd, Stat::Count).stage(stage)).unwrap();
    let numbers = row.replications.iter().flatten();
    let (k, n) = (numbers.clone().filter(|n| **n <= limit).count(), numbers.count());
    Found::Counted { k: k as u64, n: n as u64, p }
}

/// The critical value of the rule, for messages.
pub(super) fn critical() -> f64 {
    normal_quantile(1.0 - ALPHA / 2.0)
}
