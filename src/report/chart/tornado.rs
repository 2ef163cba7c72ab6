//! A tornado: what changes a figure, the greatest change on top.

use crate::report::block::Number;
use crate::report::phrase::{Finding, Phrase};

/// What changes a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// The figure, and what a bar is.
    pub subtitle: Vec<Phrase>,
    /// The parameters, that with the greatest change first.
    pub bars: Vec<TornadoBar>,
    /// Said in place of bars where there are none.
    pub nothing: Phrase,
}

/// What a parameter changes.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoBar {
    /// The parameter.
    pub label: Phrase,
    /// With less of it, and with more of it.
    pub ends: [Option<TornadoEnd>; 2],
}

/// What one change of a parameter does.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoEnd {
    /// The change of the figure, without an interval.
    pub change: Number,
    /// Half the width of its interval; zero where it is exact.
    pub half_width: f64,
    /// The change of the parameter.
    pub shift: Phrase,
    /// Whether the figure is better by it; none where that is not beyond chance.
    pub better: Option<bool>,
}
