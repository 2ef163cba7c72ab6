//! Turns the observations of replications into results: rows, the timeline, losses.
//!
//! Nothing is simulated here, so a change of the level, the quantiles or the KPIs needs no second
//! run.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::failure::Failure;
use super::observations::{Frame, Observations};
use super::options::Options;
use super::precision::Reached;
use super::simulation::{LossRow, Simulation};
use super::{Timeline, Weekly, heavy, timeline, warmup, win_curve};
use crate::kpi::Row;
use crate::model::Model;
use crate::program::{Id, StageId};
use crate::quantity::MINOR_UNITS;
use crate::stats::{Histogram, Sample};
use crate::tally::figures::Tallied;
use crate::tally::{Cells, Grid, Outcome, Weeks, figures};

/// The results of the observations, at the level and with the quantiles and KPIs of `options`.
///
/// The seed, the dimensions and the times of `within` must be those of the observations, and the
/// replications must form one range without gaps. Observations of another model are refused.
///
/// ```
/// use voronka::{kpi::Kpi, model, study::{conclude, simulate}};
/// let loaded = model::load("m.yaml", "stages: {a: {next: 50%}}", &[], None);
/// let model = loaded.model.unwrap();
/// let mut options = simulate::Options { replications: 10, ..Default::default() };
/// let observations = simulate::observe(&model, &options, &Default::default()).unwrap();
/// options.figures.level = 0.8;
/// let result = conclude(&model, &observations, &options).unwrap();
/// assert!(result.row(Kpi::WinRate).is_some());
/// ```
pub fn conclude(
    model: &Model,
    observations: &Observations,
    options: &Options,
) -> Result<Simulation, Failure> {
    let frame = Frame::kept(model, options)?;
    observations.check(&frame)?;
    let found = Found::new(&frame, observations, options);
    Ok(simulation(frame, observations, options, found))
}

/// The rows of observations, and their precision.
pub(super) struct Found {
    sample: Sample,
    rows: Vec<Row>,
    pub(super) precision: Option<Reached>,
}

impl Found {
    pub(super) fn new(frame: &Frame, observations: &Observations, options: &Options) -> Found {
        let Observations { outcomes, spreads, .. } = observations;
        let Frame { program, classes, .. } = frame;
        let sample = figures::sample(program, outcomes, &options.figures);
        let tallied = Tallied { program, classes, outcomes, spreads, options: &options.figures };
        let mut rows = figures::rows(&tallied, &sample);
        rows.retain(|row| options.kpis.is_empty() || options.kpis.contains(&row.key.kpi));
        let count = outcomes.len() as u64;
        let precision = options.precision.as_ref().map(|wanted| wanted.judge(&rows, count));
        Found { sample, rows, precision }
    }
}

/// The complete result of a run.
pub(super) fn simulation(
    frame: Frame,
    observations: &Observations,
    options: &Options,
    found: Found,
) -> Simulation {
    let Observations { outcomes, spreads, weeks, open, .. } = observations;
    let Found { sample, mut rows, precision } = found;
    let Frame { program, setting, .. } = &frame;
    let heavy = heavy::replace_skewed(program, &setting.by, &mut rows);
    let first = outcomes.first().map_or(options.first, |outcome| outcome.number);
    let count = outcomes.len();
    let options = Options { first, replications: count as u64, ..options.clone() };
    let whole = options.kpis.is_empty();
    let mut sales_cycle = Histogram::default();
    spreads.iter().for_each(|class| sales_cycle.merge(&class.sales_cycle));
    let weeks = weeks.as_ref().filter(|_| options.weekly);
    let weekly = weeks.map(|sums| {
        let weeks = Weeks::of(program, sums.clone());
        Weekly::new(program, &weeks, options.replications)
    });
    let points =
        |options| win_curve::points(Grid::of(program), &observations.curve, &sample, options);
    let win_curve = if options.curve { points(&options) } else { Vec::new() };
    Simulation {
        timeline: if whole {
            Timeline::new(program, outcomes, &sample, options.figures.risk)
        } else {
            Timeline::default()
        },
        demand: if whole { timeline::demand(program, outcomes) } else { Vec::new() },
        weekly,
        win_curve,
        losses: if whole { losses(&frame, observations, &sample) } else { Vec::new() },
        controlled: sample.is_controlled(),
        precision,
        warmup: if whole { warmup::suggestion(program, open, count) } else { None },
        options,
        rows,
        sales_cycle,
        deals: outcomes.iter().flat_map(|o| &o.cells).map(|cells| cells.arrivals).sum(),
        days: outcomes.iter().map(|o| o.length.days()).sum::<f64>() / count.max(1) as f64,
        heavy,
        program: frame.program,
        places: OnceLock::new(),
    }
}

/// Losses before a sale by stage, reason and group.
fn losses(frame: &Frame, observations: &Observations, sample: &Sample) -> Vec<LossRow> {
    let Frame { program, classes, .. } = frame;
    let outcomes = &observations.outcomes;
    let replications = outcomes.len().max(1) as f64;
    let mut rows = Vec::new();
    for group in classes.groups() {
        // One number per replication, summed over all classes of the group.
        let each = |of: &dyn Fn(&Cells) -> i128| -> Vec<i128> {
            let sum = |o: &Outcome| group.classes.iter().map(|c| of(&o.cells[*c])).sum();
            outcomes.iter().map(sum).collect()
        };
        let mean =
            |values: &[i128]| sample.sum(values.iter().map(|value| *value as f64)) / replications;
        let all = mean(&each(&|cells| i128::from(cells.lost)));
        let happened = |o: &Outcome| -> Vec<usize> {
            let cells = group.classes.iter().flat_map(|c| &o.cells[*c].losses);
            cells.map(|(at, _)| *at).collect()
        };
        let places: BTreeSet<usize> = outcomes.iter().flat_map(happened).collect();
        for at in places {
            let of = |cells: &Cells| cells.loss_at(at);
            let counts = each(&|cells| i128::from(of(cells).count));
            let units = |values: &[i128]| mean(values) / MINOR_UNITS;
            rows.push(LossRow {
                by: group.label.clone(),
                stage: StageId::new(at / program.reasons.len()),
                reason: at % program.reasons.len(),
                count: mean(&counts),
                share: mean(&counts) / all,
                value: units(&each(&|cells| of(cells).value)),
                sunk: units(&each(&|cells| of(cells).sunk)),
                n: counts.iter().sum::<i128>() as u64,
            });
        }
    }
    rows
}
