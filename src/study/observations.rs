//! What the replications of a run told, before anything is concluded from it.
//!
//! All of it is whole numbers, whose sums do not depend on their order. So parts of a run can be made one after another or
//! in different places, be written down, and be merged: the whole is the same as if all had been made at once.

use serde::{Deserialize, Serialize};

use super::failure::{Failure, Misfit};
use super::fingerprint;
use super::options::Options;
use crate::kpi::Needed;
use crate::model::Model;
use crate::program::Program;
use crate::quantity::Duration;
use crate::tally::class::MOST_CLASSES;
use crate::tally::series::Window;
use crate::tally::{Classes, Outcome, Spreads, WeekSums};

/// The most deals of one replication: beyond, minutes pass before the first result.
const MOST_DEALS: f64 = 2e9;

/// What was observed in some replications of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[must_use]
pub struct Observations {
    /// What was asked for.
    pub setting: Setting,
    /// What is reported of each replication, in the order of their numbers.
    pub(super) outcomes: Vec<Outcome>,
    /// Distributions over deals, by class, of all replications together.
    pub(super) spreads: Vec<Spreads>,
    /// Sums by week of all replications together, where they were asked for.
    pub(super) weeks: Option<WeekSums>,
    /// Deals in progress at the end of each day, of all replications together.
    pub(super) open: Vec<i64>,
}

/// What all parts of a run have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The seed.
    pub seed: u64,
    /// `source`, or names of attributes that deals are told apart by.
    pub by: Vec<String>,
    /// Times within which deals are counted, in microseconds.
    pub within: Vec<i64>,
    /// What was listened to.
    pub needed: Needed,
    /// Whether stages and roles were followed week by week.
    pub weekly: bool,
    /// Whether the distributions of each replication were kept.
    pub by_replication: bool,
    /// A fingerprint of the model, the same on every platform; `None` in a run whose observations are not kept.
    pub model: Option<u64>,
}

impl Observations {
    /// Nothing observed yet.
    pub(super) fn none(frame: &Frame) -> Observations {
        let (setting, outcomes, open) = (frame.setting.clone(), Vec::new(), Vec::new());
        let spreads = vec![Spreads::default(); frame.classes.count()];
        Observations { setting, outcomes, spreads, weeks: None, open }
    }

    /// How many replications were observed.
    pub fn replications(&self) -> u64 {
        self.outcomes.len() as u64
    }

    /// Adds what was observed in other replications of the same run, in any order.
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
        self.open.resize(self.open.len().max(other.open.len()), 0);
        self.open.iter_mut().zip(&other.open).for_each(|(all, part)| *all += part);
        Ok(())
    }

    /// Whether these are the observations of one range of replications of a model.
    pub(super) fn check(&self, frame: &Frame) -> Result<(), Misfit> {
        self.setting.check_model(&frame.setting)?;
        let Setting { needed, weekly, by_replication, .. } = self.setting;
        let asked = &frame.setting;
        let alike = Setting { needed, weekly, by_replication, ..asked.clone() } == self.setting;
        let is_collected = needed.covers(asked.needed)
            && weekly >= asked.weekly
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
            && self.outcomes.iter().all(|outcome| {
                outcome.collected == needed
                    && outcome.cells.len() == classes.count()
                    && outcome.fits(program)
                    && (!needed.days || window.fits(&outcome.series))
            });
        if fits { Ok(()) } else { Err(Misfit::Model) }
    }
}

/// A model made ready for a run.
pub(super) struct Frame {
    pub(super) program: Program,
    pub(super) classes: Classes,
    pub(super) setting: Setting,
}

impl Frame {
    /// For a run whose observations nobody keeps.
    pub(super) fn new(model: &Model, options: &Options) -> Result<Frame, Failure> {
        Frame::of(Program::compile(model), Setting::of(options))
    }

    /// For observations that are kept: they know their model.
    pub(super) fn kept(model: &Model, options: &Options) -> Result<Frame, Failure> {
        let mut program = Program::compile(model);
        let fingerprint = Some(fingerprint::of(&mut program));
        Frame::of(program, Setting { model: fingerprint, ..Setting::of(options) })
    }

    fn of(mut program: Program, setting: Setting) -> Result<Frame, Failure> {
        if !setting.needed.values {
            program.spare_values();
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
    /// What these options ask to observe.
    pub(super) fn of(options: &Options) -> Setting {
        let within = options.figures.within.iter();
        Setting {
            seed: options.seed,
            by: options.by.iter().filter(|name| *name != "stage").cloned().collect(),
            within: within.map(|limit| Duration::from_days(limit.days).0).collect(),
            needed: Needed::of(&options.kpis),
            weekly: options.weekly,
            by_replication: options.by_replication,
            model: None,
        }
    }

    /// Whether another one is of the same model.
    fn check_model(&self, other: &Setting) -> Result<(), Misfit> {
        if self.model == other.model { Ok(()) } else { Err(Misfit::Model) }
    }
}
