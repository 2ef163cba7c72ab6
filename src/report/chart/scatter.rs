//! Points over two figures: what plans cost against what they reach.

use crate::report::block::Kind;
use crate::report::phrase::{Finding, Phrase};

/// Points over two figures.
#[derive(Debug, Clone, PartialEq)]
pub struct ScatterChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// What the points are.
    pub subtitle: Vec<Phrase>,
    /// The name of the axis from left to right.
    pub across: Phrase,
    /// The name of the axis upwards.
    pub up: Phrase,
    /// What both axes measure.
    pub kinds: [Kind; 2],
    /// Limits of the upward figure.
    pub limits: Vec<f64>,
    /// The points.
    pub points: Vec<ScatterPoint>,
    /// Said in place of points where there are none.
    pub nothing: Phrase,
}

/// A point.
#[derive(Debug, Clone, PartialEq)]
pub struct ScatterPoint {
    /// From left to right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
    /// Half the width of the interval of `y`; zero where it is exact.
    pub half_width: f64,
    /// Whether it meets all conditions.
    pub good: bool,
    /// Whether it is the choice.
    pub chosen: bool,
}
