//! Charts of a sweep: figures along one axis, or over two.

use super::ChartName;
use crate::report::block::{Kind, Number};
use crate::report::phrase::{Finding, Phrase};

/// Figures along one axis, each with its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct LinesChart {
    /// What it is about.
    pub name: ChartName,
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was varied, and when was counted.
    pub subtitle: Vec<Phrase>,
    /// What the figures measure.
    pub kind: Kind,
    /// The name of the axis.
    pub axis: Phrase,
    /// The points on the axis, rising.
    pub places: Vec<Place>,
    /// The lines, each with a spot per point.
    pub lines: Vec<Line>,
    /// Whether the axis of values always shows zero, as of a share that rises from there.
    pub has_zero: bool,
    /// Said in place of lines where there are none.
    pub nothing: Phrase,
}

/// A point on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Where it is.
    pub at: f64,
    /// What stands below it: a value as it was written, or a day.
    pub label: Phrase,
}

/// A figure along an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is of; `None` where there is one line.
    pub label: Option<Phrase>,
    /// The figure at each point; `None` where it has no value.
    pub spots: Vec<Option<Spot>>,
}

/// A figure with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// The value.
    pub value: f64,
    /// The ends of its interval, or a bad and a good window; both are the value where it is exact.
    pub ends: [f64; 2],
}

impl Spot {
    /// A value with half the width of its interval.
    pub fn around(value: f64, half_width: f64) -> Spot {
        Spot { value, ends: [value - half_width, value + half_width] }
    }
}

/// A figure over two axes.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was varied, and when was counted.
    pub subtitle: Vec<Phrase>,
    /// The names of the axes of rows and of columns.
    pub axes: [Phrase; 2],
    /// The values of the rows.
    pub rows: Vec<String>,
    /// The values of the columns.
    pub columns: Vec<String>,
    /// The figure in each row and column; `None` where it has no value.
    pub cells: Vec<Vec<Option<Number>>>,
    /// Whether the least value is the darkest.
    pub least_is_dark: bool,
    /// Said in place of cells where there are none.
    pub nothing: Phrase,
}
