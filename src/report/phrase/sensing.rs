//! What a study of parameters says.

use super::{FigureName, Span};
use crate::report::block::{Kind, Number};
pub use crate::study::sensitivity::{Parameter, Shift};

/// A title, label or line of a sensitivity study. Stages of parameters have their titles.
#[derive(Debug, Clone, PartialEq)]
pub enum Sensing {
    /// What the screen is about.
    Title {
        /// What the model is called.
        model: String,
        /// Its window.
        span: Span,
        /// How many changed models were tried.
        tried: usize,
    },
    /// A figure with its value.
    Figure(FigureName, Number),
    /// The same as a sentence.
    Base(FigureName, Number),
    /// The title of a column or the label of a bar: a parameter.
    Parameter(Parameter),
    /// The title of the column of parameters.
    ParameterColumn,
    /// A parameter with its change.
    Change(Parameter, Shift),
    /// The changes at the ends of a bar.
    Ends([Option<Shift>; 2]),
    /// The title of a column: what a parameter is changed by.
    EndsColumn,
    /// The title of a column: the change of the figure with less of the parameter.
    LessColumn,
    /// The same with more of it.
    MoreColumn,
    /// The title of a column.
    ElasticityColumn,
    /// An elasticity in the long run.
    LongRun(Number),
    /// A number with its sign.
    Signed(Number),
    /// The best changes of a figure, the best first, each with what it does.
    First(Vec<(Parameter, Shift, Number)>),
    /// What the figure gains if a loss reason is halved, the best first.
    Halved(Vec<(Parameter, Number)>),
    /// No change makes the figure better beyond chance.
    NoGain,
    /// Parameters that do not change a figure beyond chance, and how many more there are.
    Idle(Vec<Parameter>, usize),
    /// How many more rows `--detail` shows.
    MoreRows(usize),
    /// The heading of what one more of something does.
    OneMoreHeading,
    /// The title of a column.
    ChangeColumn,
    /// The role whose next person makes a figure better by most.
    Bottleneck {
        /// The role.
        role: String,
        /// The figure.
        figure: FigureName,
        /// What the next person changes.
        change: Number,
    },
    /// One more person in any role makes nothing better beyond chance.
    NoBottleneck(FigureName),
    /// What the half-widths mean.
    Certainty {
        /// The level of the intervals, and of all changes together.
        level: Number,
        /// How many changes of figures were judged together.
        compared: usize,
        /// How many replications each model has.
        replications: u64,
        /// The seed.
        seed: u64,
    },
    /// Figures without ± are computed without simulation.
    Exact,
    /// What an elasticity is.
    Elasticity,
    /// The model has none of the figures that were asked for.
    NoFigures,
    /// The title of a chart: what changes a figure most.
    Most {
        /// The figure.
        figure: FigureName,
        /// The parameter.
        parameter: Parameter,
        /// The change with less of it, where it can be less.
        less: Option<Number>,
        /// The change with more of it, where it can be more.
        more: Option<Number>,
        /// Whether a halved loss reason changes the figure more.
        beside_reasons: bool,
    },
    /// The title of a chart: nothing changes a figure beyond chance.
    Nothing(FigureName),
    /// Below the title of a chart: what a bar and its thin line are.
    Bars(Number),
    /// What was done to all parameters at once: so many models.
    AllAtOnce {
        /// What the model is called.
        model: String,
        /// Its window.
        span: Span,
        /// How many parameters there are.
        parameters: usize,
        /// How many models were tried.
        points: usize,
    },
    /// Each parameter goes up and down by this share; people by one.
    Around(Number),
    /// A title of a column or a line of a method.
    Method(MethodWords),
    /// The parameters that a method puts first, each with its score.
    Strongest(Vec<(Parameter, Number)>),
    /// How sure the scores are.
    ScoreCertainty {
        /// The level of the intervals.
        level: Number,
        /// How many replications each model has; none where nothing is simulated.
        replications: Option<u64>,
        /// The seed.
        seed: u64,
    },
}

/// The words of a method that changes all parameters at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodWords {
    /// The mean absolute effect of the whole range.
    Strength,
    /// The mean effect.
    Effect,
    /// The standard deviation of the effects.
    Spread,
    /// What the columns of Morris' screening mean.
    MorrisMeans,
    /// The share of the variance that is explained alone.
    Alone,
    /// The share of the variance with interactions.
    Total,
    /// What the columns of Sobol's indices mean.
    SobolMeans,
}

/// A change as a number with a sign; the value itself where it is given by hand.
pub fn shifted(shift: &Shift) -> Result<Number, &str> {
    Ok(match shift {
        Shift::Times(factor) => Number::new(factor - 1.0, Kind::Share),
        Shift::People(more) => Number::new(*more as f64, Kind::Count),
        Shift::Hours(hours) => Number::new(hours / 24.0, Kind::Work),
        Shift::Points(points) => Number::new(*points, Kind::Points),
        Shift::Is(value) => return Err(value),
    })
}
