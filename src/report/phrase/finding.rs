//! The titles of charts: the finding that each shows.

use jiff::civil::Date;

use super::{Contrast, Forecasting, Planning, Sensing, Swept};
use crate::report::block::Number;
use crate::study::Period;

/// What a chart shows, in one sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// What has come in by the end of the window, of what was booked.
    CashOfBookings {
        /// Receipts less refunds.
        cash: Number,
        /// Value booked.
        bookings: Number,
    },
    /// The item whose capacity is exceeded most often, and in what share of the whole weeks.
    ShortOf {
        /// Its name.
        item: String,
        /// The share of the weeks.
        share: Number,
    },
    /// The item whose capacity is never exceeded but used most, and how much of it on average.
    EnoughOf {
        /// Its name.
        item: String,
        /// The share of the capacity.
        share: Number,
    },
    /// How much of an item without a capacity is called for in the window.
    CallsFor {
        /// Its name.
        item: String,
        /// How much.
        amount: Number,
    },
    /// The stage that loses most, and its share of all lost deals.
    LosesMost {
        /// Its name.
        stage: String,
        /// Its share.
        share: Number,
        /// Whether clients leave after a sale as well, who are not counted.
        before_sale: bool,
    },
    /// No deal of a model is lost.
    NoneLost(String),
    /// How many leads are won within a time.
    WonWithin {
        /// The share of leads.
        share: Number,
        /// The time.
        within: Number,
        /// Half of them are won by then.
        half: Number,
    },
    /// No deal was won.
    NoneWon,
    /// Won deals all take about as long.
    CloseWithin(Number),
    /// How long half of the won deals take, and nine in ten.
    HalfCloseWithin {
        /// Half of them.
        half: Number,
        /// Nine in ten.
        most: Number,
    },
    /// More work is asked of a role than it has time for.
    AskedTooMuch {
        /// The role.
        role: String,
        /// Work over working time.
        share: Number,
    },
    /// The busiest role.
    Busiest {
        /// The role.
        role: String,
        /// Its load.
        share: Number,
    },
    /// Nobody works.
    NobodyWorks,
    /// Nobody works in a whole week of the window.
    NoWeekOfWork,
    /// A role that has no time left in several weeks.
    NoTimeLeft {
        /// The role.
        role: String,
        /// In how many weeks.
        weeks: usize,
        /// Of how many.
        of: usize,
    },
    /// The week in which a role is busiest.
    BusiestWeek {
        /// The role.
        role: String,
        /// The Monday of the week.
        week: Date,
        /// Its load.
        share: Number,
    },
    /// No deal is lost.
    NoLoss,
    /// No lost deal has a reason.
    NoReasons,
    /// All lost deals have the same reason.
    OneReason(String),
    /// One reason makes half of all losses or more.
    ReasonAlone {
        /// The reason; none where none is given.
        reason: Option<String>,
        /// Its share.
        share: Number,
    },
    /// The fewest reasons that make half of all losses.
    Reasons {
        /// How many.
        count: usize,
        /// Their share.
        share: Number,
    },
    /// Nothing is booked.
    NothingBooked,
    /// The share of all bookings in the best period.
    BestOfAll {
        /// Weeks or months.
        period: Period,
        /// The share.
        share: Number,
    },
    /// The share of its plan that a mean period books.
    OfPlan {
        /// Weeks or months.
        period: Period,
        /// The share.
        share: Number,
    },
    /// Nothing is booked in a bad period.
    BadIsNothing(Period),
    /// The best period over a mean one.
    BestTimesMean {
        /// Weeks or months.
        period: Period,
        /// How many times as much.
        times: Number,
    },
    /// Period hardly differ.
    HardlyDiffer(Period),
    /// A good period over a bad one.
    GoodTimesBad {
        /// Weeks or months.
        period: Period,
        /// How many times as much.
        times: Number,
    },
    /// How many deals are in progress.
    InProgress {
        /// How their number goes.
        level: Level,
        /// Past clients who may come back, where there are any.
        clients: Option<Number>,
    },
    /// No deal arrives.
    NoneArrive,
    /// Deals that arrive in a mean week.
    ArriveInAWeek(Number),
    /// Deals that arrive in all weeks shown.
    ArriveInWeeks {
        /// How many deals.
        deals: Number,
        /// In how many weeks.
        weeks: usize,
    },
    /// Nobody works on deals.
    NobodyWorksOnDeals,
    /// The client's share of all time.
    ClientShare(Number),
    /// What our own time is: work, queue, closed hours.
    OwnTime([Number; 3]),
    /// Most of our own time is queueing, and the stage where most of that happens.
    Queueing {
        /// The share.
        share: Number,
        /// The stage, where one has more than half.
        stage: Option<String>,
    },
    /// Where deals lie idle longest.
    IdleLongest {
        /// The stage.
        stage: String,
        /// How long a visit waits there.
        wait: Number,
    },
    /// Of the deals that left, the share that was won.
    LeftWon(Number),
    /// Of the deals that left, the share that was lost.
    LeftLost(Number),
    /// No deal left the process.
    NoneLeft,
    /// What a sweep found of a figure.
    Swept(Box<Swept>),
    /// What a forecast found.
    Forecasting(Box<Forecasting>),
    /// What a search for a plan found.
    Planning(Box<Planning>),
    /// What changes a figure most.
    Sensing(Box<Sensing>),
    /// What a comparison found.
    Contrast(Box<Contrast>),
    /// What a model is called: the map of a model that has not run.
    Model(String),
}

/// How the number of deals in progress goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Level {
    /// The most of any week, where a run ends with its last deal.
    AtMost(Number),
    /// About the same in all weeks.
    Steady(Number),
    /// From the first week to the last.
    Moves {
        /// In the first week.
        from: Number,
        /// In the last week, or the level that it stays near.
        to: Number,
        /// Whether it grows.
        grows: bool,
        /// The week from which on it stays near that level.
        settled: Option<Date>,
    },
}
