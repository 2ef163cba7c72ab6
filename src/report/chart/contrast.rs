//! Charts of a comparison: a base and its alternatives in one picture.

use super::{ChartName, Line, MapChart};
use crate::report::block::{Kind, Number};
use crate::report::phrase::difference::Verdict;
use crate::report::phrase::{Finding, Month, Phrase};

/// How figures of an alternative differ from those of the base.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferenceChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was compared, and how.
    pub subtitle: Vec<Phrase>,
    /// The figures, from top to bottom.
    pub rows: Vec<DifferenceRow>,
}

/// A figure of both.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferenceRow {
    /// Its name.
    pub label: Phrase,
    /// Its value in the base.
    pub before: Number,
    /// Its value in the alternative.
    pub after: Number,
    /// The difference as a part of the value in the base, with its interval.
    pub relative: Number,
    /// What the difference means.
    pub verdict: Verdict,
}

/// Money that gathers month by month: what alternatives have more or less than the base.
#[derive(Debug, Clone, PartialEq)]
pub struct GatheredChart {
    /// What it is about.
    pub name: ChartName,
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was compared, and how.
    pub subtitle: Vec<Phrase>,
    /// What the amounts measure.
    pub kind: Kind,
    /// The months, in the order of time.
    pub months: Vec<Option<Month>>,
    /// The alternatives, each with a spot per month.
    pub lines: Vec<Line>,
}

/// The funnels of a base and its alternatives side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelsChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was counted, and when.
    pub subtitle: Vec<Phrase>,
    /// What the models are called, the base first.
    pub names: Vec<Phrase>,
    /// The stages of all models, then the won deals.
    pub rows: Vec<FunnelsRow>,
}

/// A stage in all models.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelsRow {
    /// Its name.
    pub label: Phrase,
    /// For each model, the deals that reach it for each one that arrives; `None` where a model lacks the stage.
    pub shares: Vec<Option<f64>>,
}

/// The maps of a base and an alternative, one above the other.
#[derive(Debug, Clone, PartialEq)]
pub struct MapsChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// What is seen.
    pub subtitle: Vec<Phrase>,
    /// The maps, from top to bottom.
    pub maps: Vec<NamedMap>,
}

/// A map among others.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedMap {
    /// What stands above it.
    pub name: Phrase,
    /// The map; its title and subtitle are not drawn.
    pub chart: MapChart,
}
