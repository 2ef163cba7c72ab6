//! What charts say beside their titles.

use super::Span;
use crate::report::block::Number;
use crate::study::Period;

/// Words of a chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Caption {
    /// When was counted, and how often.
    Seen {
        /// The window.
        span: Span,
        /// Replications of which means are shown.
        replications: u64,
    },
    /// When was counted, where nothing was simulated.
    Solved(Span),
    /// The process map before a run.
    BareMap,
    /// Before `Seen`: what a map shows of a run.
    MapOfRun {
        /// Whether deals may wait for people.
        has_waits: bool,
    },
    /// What the shares of a funnel are of.
    SharesOfCame,
    /// Before `Seen`: each point is of the leads that came so long before the end.
    WonWithin,
    /// An axis: days since a lead came.
    DaysSinceArrival,
    /// Before `Seen`: the time of a deal that left.
    TimeOfDeal,
    /// Before `Seen`: lost deals by reason.
    LostByReason,
    /// Columns: deals in each stage at the end of the week.
    InStages,
    /// Columns: bookings by period, and the share of periods that the thin lines span.
    Bookings {
        /// Weeks or months.
        period: Period,
        /// The share.
        spread: Number,
    },
    /// Columns: arrivals by week, and the share of weeks that the thin lines span.
    Arrivals {
        /// The share.
        spread: Number,
    },
    /// A line: what is booked.
    BookedToDate,
    /// A line: what has come in.
    CashToDate,
    /// A line: what is planned to be booked.
    PlannedToDate,
    /// A line: the capacity, as 100 %.
    Capacity,
    /// Before `Seen`: sums from the start of the window on, and the share of windows that the thin lines span.
    ToDate {
        /// The share.
        spread: Number,
    },
    /// Before `Seen`: demand by week, and the share of windows that the thin lines span.
    DemandByWeek {
        /// The share.
        spread: Number,
    },
    /// In place of columns: no deal was in progress at the end of any week.
    NoneInProgress,
    /// In place of columns: nothing was booked.
    NothingBooked,
    /// In place of columns: no deal arrived.
    NoneArrived,
    /// In place of bars: no deal was lost.
    NoneLost,
    /// No deal is open.
    NoneOpen,
    /// In place of bars: no deal that left had come to a stage where people work.
    NoneWorkedOn,
    /// How many people.
    People(u64),
    /// How long deals wait for a role: the mean, and what nine in ten do not exceed.
    Wait(Number, Option<Number>),
    /// No work was asked of a role.
    NoWorkAsked,
    /// The load in the window.
    InWindow(Number),
    /// Share of the value of lost deals.
    OfLostValue(Number),
    /// Share of this bar and all above.
    Together(Number),
    /// How many reasons share a bar.
    OtherReasons(usize),
    /// How many stages share a part.
    OtherStages(usize),
    /// Past clients who may come back.
    PastClients,
    /// Lost deals.
    LostDeals,
    /// Time in which somebody works on a deal.
    Work,
    /// Time in which nobody is free.
    NobodyFree,
    /// Time in which it is closed.
    Closed,
    /// The client's time.
    ClientTime,
    /// A month on an axis.
    Month(Month),
}

/// A month on an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// From 1 to 12.
    pub month: i8,
    /// The year, where it is new on the axis.
    pub year: Option<i16>,
}
