//! What a report says, as data: one value for each sentence, heading and label, with its numbers and names.
//!
//! Nothing here is a word: `render::words` puts phrases into the language of the reader. So a
//! sentence and the table below it hold the same numbers, and tests read them without parsing text.

mod ahead;
mod by_model;
mod caption;
mod comparing;
mod contrast;
mod finding;
pub mod fitting;
mod forecasting;
mod inspected;
mod likeness;
mod planning;
mod remark;
mod row;
mod sensing;
mod sweep;
mod term;

use jiff::civil::DateTime;

pub use ahead::{Ahead, AheadWord, ContactFrom};
pub use by_model::{ByModel, Mismatch};
pub use caption::{Caption, Month};
pub use comparing::{Comparing, Judged};
pub use contrast::{Changes, Contrast, Sum};
pub use finding::{Finding, Level};
pub use forecasting::{ForecastWord, Forecasting, Method as ForecastMethod, Risk, Season, Subject};
pub use inspected::Inspected;
pub use likeness::{FitPart, Fitting};
pub use planning::Planning;
pub use remark::{CostOf, Few, Floor, Next, Outcome, Plan, Planned, Queue, Remark};
pub use row::{CostKind, Dimension, Ending, Leads, Statistic, Thing};
pub use sensing::{MethodWords, Parameter, Sensing, Shift, shifted};
pub use sweep::{FigureName, Swept};
pub use term::Term;

use super::block::{Kind, Number};
use crate::diagnostic::Problem;
use crate::diagnostic::codes::Code;
// The types that phrases hold. `render::words` imports them from here only.
pub use crate::kpi::Span as Part;
pub use crate::kpi::{Kpi, Method, Need, Per, Population, Scope, Stat};
pub use crate::model::{Category, Defaulted, Phase, ReasonClass};
pub use crate::program::Feature;
use crate::program::Program;
pub use crate::records::deals::Outcome as DealOutcome;
pub use crate::records::options::{DateOrder, DecimalMark, Preset, Role};
pub use crate::records::refusal::{CellFault, Place, Refusal as ExportRefusal, RowFault};
pub use crate::records::understood::{
    Format as FileFormat, KnownBy, Odd, Shape, Use, Why as WhyUsed,
};
pub use crate::study::Period;
pub use crate::study::difference;
pub use crate::study::sensitivity::global::NoValue;
pub use crate::study::simulate::{Failure as Stopped, Misfit};
pub use crate::study::solve::{Lacking, Why};

/// Something that a report says.
#[derive(Debug, Clone, PartialEq)]
pub enum Phrase {
    /// A word or two: a heading, a title of a column, a label.
    Term(Term),
    /// A line of a screen.
    Remark(Box<Remark>),
    /// The title of a chart: what it shows.
    Finding(Finding),
    /// Other words of a chart.
    Caption(Caption),
    /// A name that the modeller chose.
    Name(String),
    /// A number alone.
    Number(Number),
    /// What a row is about: `stage offer`.
    Thing(Thing),
    /// The group of deals that a row is about: `source ads`.
    Group(Dimension, String),
    /// The statistic of a row: `total over the window`.
    Statistic(Statistic),
    /// Figures by a dimension: `By source`.
    By(Dimension),
    /// A bad window: how it turns out in this share of them, or worse.
    Bad(f64),
    /// A good window: how it turns out in this share of them, or better.
    Good(f64),
    /// The value that this share of all windows does not exceed.
    Low(f64),
    /// The value that this share of all windows reaches.
    High(f64),
    /// The share of durations up to a time that the user wrote: `within 30d`.
    Within(String),
    /// A quantile by its number, as `p90`, which is the same in every language.
    Quantile(String),
    /// A default that a model uses.
    Default(Defaulted),
    /// What is wrong with a model.
    Problem(Box<Problem>),
    /// Figures that theory does not have.
    Lacking(Lacking),
    /// Why theory does not have them.
    Why(Why),
    /// What a KPI means.
    Kpi(Explained, Kpi),
    /// What is said of an export.
    Inspected(Box<Inspected>),
    /// What the result of a sweep says.
    Swept(Box<Swept>),
    /// What a forecast says.
    Forecasting(Box<Forecasting>),
    /// What a forecast says beside its sums.
    Ahead(Box<Ahead>),
    /// What is said of a fitted process beside its deals, and of a log beside a model.
    Fitting(Box<Fitting>),
    /// What a search for a plan says.
    Planning(Box<Planning>),
    /// What a study of parameters says.
    Sensing(Box<Sensing>),
    /// What a code of a finding means.
    Code(&'static Code),
    /// Why a code matters.
    Reason(&'static Code),
    /// A model that gets a code stands below.
    Example,
    /// Announces a model without that fault.
    GoodExample,
    /// A line of a comparison.
    Comparing(Box<Comparing>),
    /// What a chart of a comparison says.
    Contrast(Box<Contrast>),
    /// What a model says of its process, under a key of the language, as `owner`.
    About(String, String),
}

impl Phrase {
    /// A loss reason by its name; an empty one is that of losses without a reason.
    pub fn reason(name: &str) -> Phrase {
        if name.is_empty() { Term::NoReason.into() } else { Phrase::Name(name.to_owned()) }
    }
}

impl From<Term> for Phrase {
    fn from(term: Term) -> Phrase {
        Phrase::Term(term)
    }
}

impl From<Remark> for Phrase {
    fn from(remark: Remark) -> Phrase {
        Phrase::Remark(Box::new(remark))
    }
}

impl From<Swept> for Phrase {
    fn from(swept: Swept) -> Phrase {
        Phrase::Swept(Box::new(swept))
    }
}

impl From<Forecasting> for Phrase {
    fn from(line: Forecasting) -> Phrase {
        Phrase::Forecasting(Box::new(line))
    }
}

impl From<ForecastWord> for Phrase {
    fn from(word: ForecastWord) -> Phrase {
        Forecasting::Word(word).into()
    }
}

impl From<Ahead> for Phrase {
    fn from(line: Ahead) -> Phrase {
        Phrase::Ahead(Box::new(line))
    }
}

impl From<AheadWord> for Phrase {
    fn from(word: AheadWord) -> Phrase {
        Ahead::Word(word).into()
    }
}

impl From<Fitting> for Phrase {
    fn from(line: Fitting) -> Phrase {
        Phrase::Fitting(Box::new(line))
    }
}

impl From<Inspected> for Phrase {
    fn from(line: Inspected) -> Phrase {
        Phrase::Inspected(Box::new(line))
    }
}

impl From<Planning> for Phrase {
    fn from(line: Planning) -> Phrase {
        Phrase::Planning(Box::new(line))
    }
}

impl From<Sensing> for Phrase {
    fn from(sensing: Sensing) -> Phrase {
        Phrase::Sensing(Box::new(sensing))
    }
}

impl From<Finding> for Phrase {
    fn from(finding: Finding) -> Phrase {
        Phrase::Finding(finding)
    }
}

impl From<Comparing> for Phrase {
    fn from(line: Comparing) -> Phrase {
        Phrase::Comparing(Box::new(line))
    }
}

impl From<Contrast> for Phrase {
    fn from(contrast: Contrast) -> Phrase {
        Phrase::Contrast(Box::new(contrast))
    }
}

impl From<Caption> for Phrase {
    fn from(caption: Caption) -> Phrase {
        Phrase::Caption(caption)
    }
}

/// The part of the description of a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explained {
    /// Its name, definition and population, in one line.
    Summary,
    /// Its definition.
    What,
    /// Its population.
    Of,
    /// What a model needs for it.
    Needs,
    /// The command that shows it.
    SeeIt,
}

/// From when to when a run looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first moment.
    pub start: DateTime,
    /// The moment after it; none where it ends with the last deal.
    pub end: Option<DateTime>,
}

impl Span {
    /// The window of a program.
    pub fn of(program: &Program) -> Span {
        let at = |instant| program.calendar.date_time(instant);
        let window = &program.window;
        Span { start: at(window.start), end: (!window.until_empty()).then(|| at(window.end)) }
    }
}

/// A share without an interval.
pub fn share(value: f64) -> Number {
    Number::new(value, Kind::Share)
}

/// A mean amount of money.
pub fn amount(value: f64, currency: &str) -> Number {
    Number::new(value, Kind::Money(currency.to_owned()))
}

/// A number of things without an interval.
pub fn count(value: f64) -> Number {
    Number::new(value, Kind::Count)
}

/// A length of time without an interval, in days.
pub fn days(value: f64) -> Number {
    Number::new(value, Kind::Days)
}
