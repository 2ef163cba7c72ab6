//! Words that stand inside pictures: keys, labels of axes, what lines of a map say.

use super::{Language, en, ru};
use crate::report::tables::TimeUnit;
use crate::report::{Condition, NodeKind};

/// What a picture says at one place.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(not(feature = "charts"), allow(dead_code))] // maps as text need some of it
pub(in crate::render) enum Drawn<'a> {
    // The sales cycle.
    /// In place of bars: no deal was won.
    NoSalesCycle,
    /// What a bar is: the share of the won deals in each so many units, and how many deals were won in a window.
    PerBin { width: f64, unit: TimeUnit, deals: f64 },
    /// The axis.
    CycleAxis(TimeUnit),
    /// The share of the deals that took longer than the axis shows.
    Longer { share: f64, than: f64, unit: TimeUnit },
    // The funnel.
    /// In place of bars: no deal entered.
    NoFunnel,
    /// Deals that went on to the next row, beside the first of them.
    WentOn,
    /// A part of a bar: the next row.
    NextRow,
    /// A part of a bar.
    Won,
    /// A part of a bar.
    Done,
    /// A part of a bar: another stage.
    AnotherWay,
    /// A part of a bar.
    Lost,
    /// A part of a bar: still there at the end.
    StillThere,
    /// The last row: won deals.
    WonRow,
    /// The share of all deals that came.
    OfAllThatCame { share: f64, came: f64 },
    /// Deals lost at a stage.
    LostDeals(f64),
    /// Clients who left after a sale.
    LeftAfterSale(f64),
    /// A bar may be longer than its count.
    LongBars,
    /// Stages that are not drawn.
    HiddenStages(usize),
    // The load.
    /// In place of bars: no role has a number of people.
    NoLoad,
    /// More than all of the working time is asked for.
    AskedFor(f64),
    /// What the axis is.
    OfWorkingTime,
    /// A part of a bar: work.
    Work,
    /// A part of a bar: work in a busy window.
    BusyWindow,
    /// A part of a bar: beyond the working time.
    BeyondTime,
    /// A part of a bar: free time.
    Free,
    /// Columns of weeks: work as a share of the working time.
    WorkShare,
    /// Columns of weeks: no time left.
    NoTimeLeft,
    /// Columns of weeks: a week that the window cuts.
    PartOfWeek,
    // Columns.
    /// A line at the plan; the amount is put into words already.
    Plan(&'a str),
    /// Pale columns are periods that the window cuts.
    PalePeriods,
    // The map.
    /// In place of a map.
    NoStages,
    /// The lane of stages at which nobody works.
    NobodyHere,
    /// How long deals wait at a stage, in days.
    Idle(f64),
    /// A step of the scale of waits, from the first.
    IdleScale(usize),
    /// An end of the process.
    End(NodeKind),
    /// A way to a later stage.
    WayOn,
    /// A way to an earlier stage.
    WayBack,
    /// A stage with a sale.
    ASale,
    /// The probability of a way: up to this.
    UpTo(f64),
    /// Deals leave a queue.
    OutOfPatience,
    /// After so many visits.
    AfterVisits(u64),
    /// The condition of a variant.
    When(&'a [Condition]),
    /// A key of the process card.
    CardKey(&'a str),
    /// What a card of a process says under a key.
    CardText(&'a str, &'a str),
}

/// The steps of the scale of waits, in days: the same in every picture, so that two can be laid side by side.
#[cfg(feature = "charts")]
pub(in crate::render) const IDLE_STEPS: [f64; 5] = [1.0 / 24.0, 1.0, 3.0, 7.0, f64::INFINITY];

impl Language {
    /// What a picture says, in words.
    pub(in crate::render) fn draw(self, drawn: Drawn<'_>) -> String {
        match self {
            Language::English => en::drawn::drawn(drawn),
            Language::Russian => ru::drawn::drawn(drawn),
        }
    }
}
