//! What a forecast from past deals and its backtest say.

use jiff::civil::Date;

use super::by_model::ByModel;
pub use crate::fit::season::Season;
use crate::report::block::Number;
pub use crate::study::backtest::{Method, Subject};
pub use crate::study::forecast::deals::Risk;

/// A title, label or line of a forecast.
#[derive(Debug, Clone, PartialEq)]
pub enum Forecasting {
    /// A title of a column, a name of a row, or a line without values.
    Word(ForecastWord),
    /// What the screen is about: the last day that is known, and the days of the horizon.
    Title(Option<Date>, usize),
    /// With how many clients we negotiate.
    Negotiating {
        /// Open deals with a date.
        deals: u64,
        /// The sum that they would bring, where amounts are known.
        amount: Option<Number>,
        /// Open deals without a date.
        undated: u64,
    },
    /// What sum we expect.
    Expecting {
        /// The low, middle and high value.
        sum: [Number; 3],
        /// The middle value of open and of new deals.
        parts: [Number; 2],
        /// Whether the sum is a number of orders, because no amounts are known.
        is_orders: bool,
        /// Days of the horizon.
        days: usize,
    },
    /// Why clients refuse.
    Refusing {
        /// The most frequent reasons with their shares of all losses.
        reasons: Vec<(String, Number)>,
        /// The share of losses without a reason.
        silent: Option<Number>,
        /// Losses in the year before the cut-off.
        losses: u64,
    },
    /// The file has no loss reasons.
    NoReasons(u64),
    /// Nobody refused in the year before the cut-off.
    NobodyRefused,
    /// The heading of the table of the whole horizon.
    WholeHeading(usize),
    /// The heading of the tables of months.
    MonthsHeading,
    /// The heading of the tables of weeks.
    WeeksHeading,
    /// The heading of the table by a column of the file.
    ByHeading(String),
    /// The heading of the table of open deals.
    DealsHeading,
    /// The heading of what limits the forecast.
    LimitsHeading,
    /// A row: the seven days from this one on.
    WeekFrom(Date),
    /// A row: a month, or the part of it within the horizon.
    MonthFrom(Date),
    /// The middle and the high time of a stage.
    Usual([Number; 2]),
    /// The title of a column: the chance to be won within the horizon.
    ChanceWithin(usize),
    /// A day.
    Day(Date),
    /// What is said against a deal.
    RisksOf(Vec<Risk>),
    /// How many more deals there are.
    MoreDeals(usize),
    /// Typed chances beside ours.
    TypedChances {
        /// Deals with a typed chance.
        deals: u64,
        /// The sum of amount × typed chance.
        typed: Number,
        /// The same with our chances.
        ours: Number,
    },
    /// Planned ends beside our expectation.
    PlannedEnds {
        /// Deals whose planned end lies in the horizon.
        deals: u64,
        /// Their amounts.
        planned: Number,
        /// What we expect of them in the horizon.
        ours: Number,
    },
    /// How past forecasts correct this one.
    Corrected {
        /// The number of past forecasts.
        past: usize,
        /// By how much the middle moves, as a share; below zero, if they had expected too much.
        by: Number,
    },
    /// The season that past forecasts chose.
    SeasonChosen(Season),
    /// The total was moved towards the same season before.
    Moved {
        /// By how much, as a share.
        by: Number,
        /// The weight of the season before.
        weight: Number,
    },
    /// Too few closed deals: overall rates only.
    Few(u64, u64),
    /// Closings for fewer days than the horizon.
    Unproven(Number, usize),
    /// Too few past forecasts.
    NotCalibrated(usize),
    /// A class of the season was seen only once.
    SeasonSeenOnce,
    /// Deals without a date were left out: open ones, their amount, and closed ones.
    LeftOut(u64, Option<Number>, u64),
    /// A column is filled on closing: its heading, shares of empty cells of open and closed deals.
    Leak(String, [Number; 2]),
    /// The same of the amounts.
    AmountLeak([Number; 2]),
    /// Amounts of earlier wins stand for those of open deals.
    AmountsOfWins,
    /// No win has an amount.
    NoAmounts,
    /// No deal has closed.
    NoClosings,
    /// From what the intervals come.
    Certainty {
        /// The number of draws.
        draws: usize,
        /// The seed.
        seed: u64,
        /// Wins before the cut-off.
        wins: u64,
        /// Losses before it.
        losses: u64,
    },
    /// The title of the fan: the low, middle and high sum.
    FanTitle([Number; 3], usize),
    /// Below it: where the forecast begins.
    FanBegins(Option<Date>),
    /// The title of the chart of ages: deals over the high time, of all.
    AgingTitle(u64, u64),
    /// The title of a backtest: horizons with their numbers of cut-offs.
    BacktestTitle(Vec<(usize, usize)>),
    /// How far forecasts missed, beside the same as in the last period.
    Missed {
        /// Days of the horizon.
        days: usize,
        /// The mean absolute error of the total, as a share.
        error: Number,
        /// That of the last period, where it is known.
        last: Option<Number>,
    },
    /// So many days.
    Days(usize),
    /// What is forecast.
    Subject(Subject),
    /// What the lines of a chart of past forecasts are about.
    LinesAre(Subject),
    /// How it is forecast.
    Method(Method),
    /// Brier scores of the chances of deals.
    Brier {
        /// Days of the horizon.
        days: usize,
        /// Ours.
        ours: f64,
        /// With the overall win rate.
        overall: f64,
        /// How many chances.
        deals: u64,
    },
    /// Too few cut-offs to say how often intervals hold.
    FewCuts(usize),
    /// What a forecast says that follows a model.
    ByModel(ByModel),
}

/// A title of a column, a name of a row, or a line without values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForecastWord {
    /// The title of a column: orders.
    Orders,
    /// The title of a column: bookings.
    Bookings,
    /// A row: deals that are open.
    OpenDeals,
    /// A row: deals that arrive later.
    NewDeals,
    /// A row: both together.
    Total,
    /// A row: as much as in the last period.
    LastPeriod,
    /// A row: as much as in the same season before.
    SeasonBefore,
    /// A row: deals without a word in the column.
    NoLevel,
    /// A moment without a name, where a date cannot be written.
    Undated,
    /// The title of a column: the deal.
    Deal,
    /// The title of a column: its stage.
    Stage,
    /// The title of a column: days in the stage.
    DaysThere,
    /// The title of a column: the usual time there.
    UsualTime,
    /// The title of a column: the amount.
    Amount,
    /// The title of a column: the chance to be won at all.
    ChanceEver,
    /// The title of a column: the likely day of a win.
    LikelyDay,
    /// The title of a column: the chance that was typed.
    TypedChance,
    /// The title of a column: what is said against a deal.
    Risks,
    /// Below it: what the band is.
    BandIs,
    /// The axis of days.
    DayAxis,
    /// There is nothing to draw.
    NothingToDraw,
    /// Below it: what is counted.
    AgingOf,
    /// Deals that are in their stage under the middle time.
    UnderMiddle,
    /// Between the middle and the high time.
    UnderHigh,
    /// Over the high time.
    OverHigh,
    /// Whose stage has too few exits to say.
    Unknown,
    /// All deals of a file without stages.
    AllOpen,
    /// The title of a column: the horizon.
    Horizon,
    /// The title of a column: what is forecast.
    What,
    /// The title of a column: how.
    How,
    /// The title of a column: the mean absolute error.
    Error,
    /// The title of a column: the mean error.
    Bias,
    /// The title of a column: how often the interval held.
    Coverage,
    /// The title of a column: the width of the interval.
    Width,
    /// The title of a column: the ranked probability score.
    Score,
    /// The title of a column: how much there is of an item.
    Capacity,
    /// Nothing could be repeated: the file has too few days of closings.
    NoCuts,
    /// A line: what came.
    Came,
    /// A line: what was forecast.
    Said,
}

impl From<ForecastWord> for Forecasting {
    fn from(word: ForecastWord) -> Forecasting {
        Forecasting::Word(word)
    }
}
