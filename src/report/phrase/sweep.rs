//! What the result of a sweep says.

use super::{Span, Statistic, Thing};
use crate::diagnostic::Problem;
use crate::report::block::Number;

/// A title, label or line of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub enum Swept {
    /// What the screen is about.
    Title {
        /// What the model is called.
        model: String,
        /// Its window.
        span: Span,
        /// How many points there are.
        points: usize,
    },
    /// A figure, by its KPI and what it is of.
    Figure(FigureName),
    /// Two paths: that of the rows of a table, and that of its columns.
    RowsAndColumns(String, String),
    /// How many points are not in the table.
    MorePoints(usize),
    /// The heading of the best points.
    BestHeading,
    /// The title of a column: a figure.
    FigureColumn,
    /// The title of a column: the best value of a path.
    BestAt(String),
    /// The title of a column: the value there.
    ValueThere,
    /// The title of a column: points that are as good beyond chance.
    AsGood,
    /// Some points, and how many more there are.
    Points(Vec<String>, usize),
    /// No point.
    NoPoint,
    /// The title of a column: from where on a figure changes no more.
    SettlesColumn,
    /// From this value on.
    From(String),
    /// It still changes: by so much at the last step.
    LastStep(Number),
    /// It does not change at all beyond chance.
    NoChange,
    /// The heading of the points that no other one dominates.
    ParetoHeading,
    /// Nothing was simulated; how to get quantiles as well.
    Solved,
    /// The title of a column: points that cannot be told from this one.
    Alike,
    /// None of the figures that points were to be compared by is there.
    NoObjective,
    /// A point that is no valid model.
    LeftOut {
        /// What it changes, as `path=value`.
        point: String,
        /// What is wrong.
        problem: Box<Problem>,
    },
    /// How many more points are no valid models.
    MoreLeftOut(usize),
    /// What the half-widths mean.
    Certainty {
        /// The level of the intervals, and of all comparisons together.
        level: Number,
        /// How many replications each point has.
        replications: u64,
        /// The seed.
        seed: u64,
    },
    /// Half-widths are missing where theory has the figure.
    Exact,
    /// The title of a chart: the best point for a figure.
    Best {
        /// The figure.
        figure: FigureName,
        /// Its value there.
        value: Number,
        /// The point, as `path=value`.
        point: String,
        /// Whether more of the figure is better.
        up: bool,
        /// Whether no other point is as good beyond chance.
        sure: bool,
    },
    /// The title of a chart: a figure does not change beyond chance.
    Flat(FigureName),
    /// The title of a chart: a figure does not change beyond chance from a point on.
    FlatFrom(FigureName, String),
    /// The title of a chart: the least and the greatest value of a figure.
    Between {
        /// The figure.
        figure: FigureName,
        /// The least value.
        least: Number,
        /// The greatest value.
        most: Number,
    },
    /// Below the title of a chart: what shows the interval of each point.
    Interval {
        /// Its level.
        level: Number,
        /// Whether it is a band, rather than a thin line at each point.
        band: bool,
    },
    /// Below the title of a heat map: dark cells are better.
    DarkIsBetter,
    /// Below the title of a heat map: dark cells have greater values.
    DarkIsMore,
    /// In place of a chart: the figure has no values.
    NoValues,
}

/// A figure: its statistic, and what it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureName {
    /// The statistic with its KPI.
    pub statistic: Statistic,
    /// What it is of; `None` for the whole process.
    pub thing: Option<Thing>,
}
