//! `run`: how does this model behave? Replications in parallel, their KPIs with intervals.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use thiserror::Error;

use super::heavy::{self, Heavy};
use super::precision::{self, Precision, Reached};
use super::replicate::{Heard, Job};
use super::{Timeline, Weekly, warmup};
use crate::engine::{MOST_VISITS_OF_DEAL, Overrun, Walk};
use crate::kpi::{Hears, Key, Kpi, Row};
use crate::model::Model;
use crate::program::Program;
use crate::quantity::DAY_MICROS;
use crate::stats::{Histogram, Sample};
use crate::tally::class::MOST_CLASSES;
use crate::tally::series::{Flow, days_of};
use crate::tally::{Cells, Classes, Outcome, figures};

/// What to simulate.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How many replications.
    pub replications: u64,
    /// The number of the first one.
    pub first: u64,
    /// The seed.
    pub seed: u64,
    /// Threads; 0 for one per core.
    pub threads: usize,
    /// `source`, `stage`, or names of attributes to tell deals apart by.
    pub by: Vec<String>,
    /// The only KPIs that are wanted, and the only rows of the result then: its timeline, losses and chart are empty.
    /// Nothing is spent on the others. All where none is named.
    pub kpis: Vec<Kpi>,
    /// Which statistics.
    pub figures: figures::Options,
    /// How deals are walked.
    pub walk: Walk,
    /// Stage visits of a replication after which the run stops.
    pub most_visits: u64,
    /// Whether stages and roles are followed week by week.
    pub weekly: bool,
    /// Where a precision is asked for, `replications` are only the most.
    pub precision: Option<Precision>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            replications: 200,
            first: 0,
            seed: 1,
            threads: 0,
            by: Vec::new(),
            kpis: Vec::new(),
            figures: figures::Options::default(),
            walk: Walk::default(),
            most_visits: 1_000_000_000,
            weekly: false,
            precision: None,
        }
    }
}

impl Options {
    /// What must be heard for the KPIs that are wanted.
    pub(super) fn hears(&self) -> Hears {
        Hears::of(&self.kpis)
    }
}

/// How far a run is, and how to stop it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Replications that are meant to be made, as far as is known.
    pub goal: AtomicU64,
    /// Replications done.
    pub done: AtomicU64,
    /// Deals that arrived so far.
    pub deals: AtomicU64,
    /// Set to stop the run.
    pub cancel: AtomicBool,
}

/// Why a run gave no result.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Failure {
    /// `--by` names something that deals do not have.
    #[error("deals have no attribute {name:?} to be told apart by")]
    UnknownDimension {
        /// The name.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The dimensions of `--by` have too many combinations.
    #[error(
        "the dimensions of --by have {count} combinations; at most {MOST_CLASSES} are kept apart"
    )]
    TooManyClasses {
        /// How many.
        count: usize,
    },
    /// More deals than a run may have.
    #[error("about {expected:.3e} deals are expected in one replication")]
    TooManyDeals {
        /// The estimate.
        expected: f64,
    },
    /// A replication, or one deal of it, made too many visits.
    #[error("{} made more than {limit} stage visits{}", whose(*number, *of_one_deal), last(stage.as_ref()))]
    EventLimit {
        /// Which replication.
        number: u64,
        /// The limit.
        limit: u64,
        /// The stage that was entered last, where it is known.
        stage: Option<String>,
        /// Whether one deal alone made so many.
        of_one_deal: bool,
    },
    /// The token was set.
    #[error("interrupted")]
    Cancelled,
    /// No threads could be started.
    #[error("no threads could be started: {0}")]
    Threads(String),
}

fn whose(number: u64, of_one_deal: bool) -> String {
    let deal = if of_one_deal { "a deal of " } else { "" };
    format!("{deal}replication {number}")
}

fn last(stage: Option<&String>) -> String {
    stage.map_or_else(String::new, |stage| format!(", the last of them to `{stage}`"))
}

impl Failure {
    /// The limit of visits that a replication reached, with the stage by name.
    pub(super) fn event_limit(
        program: &Program,
        number: u64,
        limit: u64,
        overrun: Overrun,
    ) -> Failure {
        let Overrun { stage, of_one_deal } = overrun;
        let limit = if of_one_deal { MOST_VISITS_OF_DEAL } else { limit };
        let stage = stage.map(|stage| program.stages[usize::from(stage)].name.clone());
        Failure::EventLimit { number, limit, stage, of_one_deal }
    }
}

/// What a run found.
#[derive(Debug)]
pub struct Simulation {
    /// The compiled model.
    pub program: Program,
    /// What was asked for.
    pub options: Options,
    /// All rows, in the order of the catalogue.
    pub rows: Vec<Row>,
    /// The window by week and month.
    pub timeline: Timeline,
    /// Stages and roles by week, where asked for.
    pub weekly: Option<Weekly>,
    /// The days of first sale − arrival, for the chart.
    pub sales_cycle: Histogram,
    /// Losses before a sale of all replications by stage, reason and group.
    pub losses: Vec<LossRow>,
    /// Days of warm-up that the window should have, where that matters.
    pub warmup: Option<u64>,
    /// Whether the replications are weighted to the arrivals that were to be expected.
    pub controlled: bool,
    /// How near the run came to the precision asked for.
    pub precision: Option<Reached>,
    /// Deals that arrived, all replications together.
    pub deals: u64,
    /// Days of the window, on average.
    pub days: f64,
    /// Where amounts are too skewed for their number.
    pub heavy: Option<Heavy>,
    /// Where each row stands, by what it is about; made when first asked for.
    places: OnceLock<HashMap<Key, usize>>,
}

/// Losses of one reason at one stage in one group, all replications together.
#[derive(Debug, Clone, PartialEq)]
pub struct LossRow {
    /// As `segment=smb`; empty for all.
    pub by: String,
    /// The stage's index.
    pub stage: usize,
    /// The reason's index.
    pub reason: usize,
    /// How many, a replication.
    pub count: f64,
    /// Share of all losses of the group.
    pub share: f64,
    /// Their worth, a replication, in the currency.
    pub value: f64,
    /// What they had cost, a replication, in the currency.
    pub sunk: f64,
    /// How many, all replications together.
    pub n: u64,
}

/// The most deals of one replication: beyond, minutes pass before the first result.
const MOST_DEALS: f64 = 2e9;

impl Simulation {
    /// The first row of a KPI for all deals and the whole process.
    pub fn row(&self, kpi: Kpi) -> Option<&Row> {
        self.rows.iter().find(|row| row.key.kpi == kpi && row.is_of_all())
    }

    /// The row of a key.
    pub fn find(&self, key: &Key) -> Option<&Row> {
        let places = self.places.get_or_init(|| {
            let mut places = HashMap::with_capacity(self.rows.len());
            for (at, row) in self.rows.iter().enumerate() {
                places.entry(row.key.clone()).or_insert(at);
            }
            places
        });
        places.get(key).map(|at| &self.rows[*at])
    }

    /// The number of a key.
    pub fn value(&self, key: &Key) -> Option<f64> {
        self.find(key)?.figure.value()
    }
}

/// About how many bytes the replications of a run take: what is kept of each, and once more while its figures are
/// made.
pub fn memory(model: &Model, options: &Options) -> f64 {
    let program = Program::compile(model);
    let by: Vec<String> = options.by.iter().filter(|name| *name != "stage").cloned().collect();
    let classes =
        Classes::new(&program, &by).map_or(1, |classes| classes.count().min(MOST_CLASSES));
    let hears = options.hears();
    let cells = Cells::size(&program, hears.stages) * (classes + 1);
    let days = days_of(&program);
    let periods = if hears.days { days / 7 + days / 30 + 3 } else { 0 };
    let series = periods * size_of::<Flow>();
    let people = if hears.stages { program.people.len() * size_of::<i64>() } else { 0 };
    let each = cells + series + people + size_of::<Outcome>();
    // A little more than it comes to, for what allocators add.
    1.1 * each as f64 * options.replications as f64
}

/// Simulates a model.
///
/// The result depends on the model, the seed and the numbers of the replications only: not on the
/// threads, nor on how deals are walked.
pub fn run(model: &Model, options: &Options, progress: &Progress) -> Result<Simulation, Failure> {
    let mut program = Program::compile(model);
    if !options.hears().values {
        program.spare_values();
    }
    let by: Vec<String> = options.by.iter().filter(|name| *name != "stage").cloned().collect();
    let classes = Classes::new(&program, &by).map_err(|name| {
        let attributes = program.attributes.iter().map(|attribute| attribute.name.clone());
        let known = attributes.chain(["source".to_owned(), "stage".to_owned()]).collect();
        Failure::UnknownDimension { name, known }
    })?;
    if classes.count() > MOST_CLASSES {
        return Err(Failure::TooManyClasses { count: classes.count() });
    }
    let expected = program.expected_arrivals();
    if expected > MOST_DEALS {
        return Err(Failure::TooManyDeals { expected });
    }
    let limits: Vec<i64> = options
        .figures
        .within
        .iter()
        .map(|limit| (limit.days * DAY_MICROS as f64).round() as i64)
        .collect();
    let job = Job { program: &program, classes: &classes, limits: &limits, options, progress };
    let mut heard = job.silence();
    let rows_of = |heard: &Heard<'_>| {
        let Heard { outcomes, spreads, .. } = heard;
        let sample = figures::sample(&program, outcomes, &options.figures);
        let mut rows =
            figures::rows(&program, &classes, outcomes, spreads, &sample, &options.figures);
        rows.retain(|row| options.kpis.is_empty() || options.kpis.contains(&row.key.kpi));
        (sample, rows)
    };
    let mut count = options
        .precision
        .as_ref()
        .map_or(options.replications, |_| options.replications.min(precision::FIRST));
    let (sample, rows, reached) = loop {
        progress.goal.store(count, Ordering::Relaxed);
        job.replicate_to(count, &mut heard)?;
        let (sample, rows) = rows_of(&heard);
        let reached = options.precision.as_ref().map(|wanted| wanted.judge(&rows, count));
        let further = reached.as_ref().is_some_and(|reached| reached.more > 0);
        if !further || count >= options.replications {
            break (sample, rows, reached);
        }
        count = (2 * count).min(options.replications);
    };
    let mut rows = rows;
    let heavy = heavy::settle(&program, &by, &mut rows);
    let Heard { outcomes, spreads, weeks, open } = heard;
    let options = Options { replications: count, ..options.clone() };
    let whole = options.kpis.is_empty();
    let mut sales_cycle = Histogram::default();
    spreads.iter().for_each(|class| sales_cycle.merge(&class.sales_cycle));
    let deals = outcomes.iter().flat_map(|o| &o.cells).map(|cells| cells.arrivals).sum();
    let days = outcomes.iter().map(|o| o.days).sum::<f64>() / outcomes.len().max(1) as f64;
    Ok(Simulation {
        timeline: if whole {
            Timeline::new(&program, &outcomes, &sample, options.figures.outlook())
        } else {
            Timeline::default()
        },
        weekly: weeks.map(|weeks| Weekly::new(&program, &weeks, options.replications)),
        losses: if whole { losses(&program, &classes, &outcomes, &sample) } else { Vec::new() },
        controlled: sample.is_controlled(),
        precision: reached,
        warmup: if whole { warmup::suggestion(&program, &open, outcomes.len()) } else { None },
        options,
        rows,
        sales_cycle,
        deals,
        days,
        heavy,
        program,
        places: OnceLock::new(),
    })
}

fn losses(
    program: &Program,
    classes: &Classes,
    outcomes: &[Outcome],
    sample: &Sample,
) -> Vec<LossRow> {
    let replications = outcomes.len().max(1) as f64;
    let mut rows = Vec::new();
    for group in classes.groups() {
        // One number per replication: of all classes of the group.
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
            let units = |values: &[i128]| mean(values) / crate::quantity::MINOR_UNITS;
            rows.push(LossRow {
                by: group.label.clone(),
                stage: at / program.reasons.len(),
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
