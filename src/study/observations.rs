//! The observations of replications, before any conclusion.
//!
//! They are integers, whose sums do not depend on their order. So parts of a run can be observed
//! one after another or on different machines, saved, and merged. The result is the same as from a
//! single run.

use serde::{Deserialize, Serialize};

use super::failure::{Failure, Misfit};
use super::fingerprint;
use super::options::Options;
use crate::kpi::{Kpi, Needed};
use crate::model::Model;
use crate::program::Program;
use crate::quantity::Duration;
use crate::tally::class::MOST_CLASSES;
use crate::tally::series::Window;
use crate::tally::{Classes, CurveSums, Grid, Outcome, Spreads, WeekSums};

/// The most expected deals per replication; more would take minutes before the first result.
const MOST_DEALS: f64 = 2e9;

/// The observations of some replications of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[must_use]
pub struct Observations {
    /// The settings of the run.
    pub setting: Setting,
    /// The figures of each replication, in the order of their numbers.
    pub(super) outcomes: Vec<Outcome>,
    /// Distributions over deals, by class, summed over all replications.
    pub(super) spreads: Vec<Spreads>,
    /// Sums by week over all replications, if observed.
    pub(super) weeks: Option<WeekSums>,
    /// The win curve of each replication, in the order of their numbers, if observed.
    pub(super) curve: Vec<CurveSums>,
    /// Open deals at the end of each day, summed over all replications.
    pub(super) open: Vec<i64>,
}

/// The settings that all parts of a run share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // each is observed or not
pub struct Setting {
    /// The seed.
    pub seed: u64,
    /// `source`, or the names of attributes that deals are grouped by.
    pub by: Vec<String>,
    /// Time limits of the shares `within`, in microseconds.
    pub within: Vec<i64>,
    /// The quantities that were observed.
    pub needed: Needed,
    /// Whether stages and roles were observed by week.
    pub weekly: bool,
    /// Whether books were kept.
    pub books: bool,
    /// Whether the win curve was observed.
    pub curve: bool,
    /// Whether distributions were kept for each replication.
    pub by_replication: bool,
    /// The fingerprint of the model; `None` if the observations are not kept.
    pub model: Option<u64>,
}

impl Observations {
    /// Empty observations.
    pub(super) fn none(frame: &Frame) -> Observations {
        let (setting, outcomes, open) = (frame.setting.clone(), Vec::new(), Vec::new());
        let spreads = vec![Spreads::default(); frame.classes.count()];
        Observations { setting, outcomes, spreads, weeks: None, curve: Vec::new(), open }
    }

    /// The number of replications observed.
    pub fn replications(&self) -> u64 {
        self.outcomes.len() as u64
    }

    /// Adds the observations of other replications of the same run; the order does not matter.
    pub fn merge(&mut self, other: Observations) -> Result<(), Misfit> {
        self.setting.check_model(&other.setting)?;
        if self.setting != other.setting {
            return Err(Misfit::Setting);
        }
        self.outcomes.extend(other.outcomes);
        self.outcomes.sort_by_key(|outcome| outcome.number);
        for (all, part) in self.spreads.iter_mut().zip(other.spreads) {
            all.merge(part);
        }
        match (&mut self.weeks, other.weeks) {
            (Some(all), Some(part)) => all.merge(&part),
            (all, part) => *all = all.take().or(part),
        }
        self.curve.extend(other.curve);
        self.curve.sort_by_key(|curve| curve.number);
        self.open.resize(self.open.len().max(other.open.len()), 0);
        self.open.iter_mut().zip(&other.open).for_each(|(all, part)| *all += part);
        Ok(())
    }

    /// Checks that these observations are one range of replications of this model.
    pub(super) fn check(&self, frame: &Frame) -> Result<(), Misfit> {
        self.setting.check_model(&frame.setting)?;
        let Setting { needed, weekly, books, curve, by_replication, .. } = self.setting;
        let asked = &frame.setting;
        let alike = Setting { needed, weekly, books, curve, by_replication, ..asked.clone() }
            == self.setting;
        let is_collected = needed.covers(asked.needed)
            && weekly >= asked.weekly
            && books >= asked.books
            && curve >= asked.curve
            && by_replication >= asked.by_replication;
        if !alike || !is_collected {
            return Err(Misfit::Setting);
        }
        let mut pairs = self.outcomes.windows(2);
        if let Some([_, after]) = pairs.find(|pair| pair[1].number != pair[0].number + 1) {
            return Err(Misfit::Range { number: after.number });
        }
        let Frame { program, classes, .. } = frame;
        let longest = self.outcomes.iter().map(|outcome| outcome.series.days).max();
        let window = Window::new(program, longest.unwrap_or(0));
        let fits = self.spreads.len() == classes.count()
            && self.spreads.iter().all(|spreads| spreads.fits(program))
            && self.weeks.as_ref().is_none_or(|weeks| weeks.fits(program))
            && self.curve.len() == if curve { self.outcomes.len() } else { 0 }
            && self.curve.iter().all(|curve| curve.fits(Grid::of(program)))
            && self.outcomes.iter().all(|outcome| {
                outcome.collected == needed
                    && outcome.cells.len() == classes.count()
                    && outcome.fits(program)
                    && (!needed.days || window.fits(&outcome.series))
            });
        if fits { Ok(()) } else { Err(Misfit::Model) }
    }
}

/// A model prepared for a run.
pub(super) struct Frame {
    pub(super) program: Program,
    pub(super) classes: Classes,
    pub(super) setting: Setting,
}

impl Frame {
    /// For a run whose observations are not kept.
    pub(super) fn new(model: &Model, options: &Options) -> Result<Frame, Failure> {
        Frame::of(Program::compile(model), Setting::of(options))
    }

    /// For observations that are kept and need the fingerprint of their model.
    pub(super) fn kept(model: &Model, options: &Options) -> Result<Frame, Failure> {
        let mut program = Program::compile(model);
        let fingerprint = Some(fingerprint::of(&mut program));
        Frame::of(program, Setting { model: fingerprint, ..Setting::of(options) })
    }

    fn of(mut program: Program, mut setting: Setting) -> Result<Frame, Failure> {
        setting.books =
            (setting.books && program.has_cost) || (setting.needed.books && program.has_books());
        if !setting.needed.values {
            program.skip_unused_values();
        }
        let classes = Classes::new(&program, &setting.by).map_err(|name| {
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
        Ok(Frame { program, classes, setting })
    }
}

impl Setting {
    /// The settings that these options need.
    pub(super) fn of(options: &Options) -> Setting {
        let within = options.figures.within.iter();
        Setting {
            seed: options.seed,
            by: options.by.iter().filter(|name| *name != "stage").cloned().collect(),
            within: within.map(|limit| Duration::from_days(limit.days).0).collect(),
            needed: Needed::of(&options.kpis),
            weekly: options.weekly,
            books: options.books || options.kpis.contains(&Kpi::Cost),
            curve: options.curve,
            by_replication: options.by_replication,
            model: None,
        }
    }

    /// Checks that another setting has the same model.
    fn check_model(&self, other: &Setting) -> Result<(), Misfit> {
        if self.model == other.model { Ok(()) } else { Err(Misfit::Model) }
    }
}
