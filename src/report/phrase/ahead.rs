//! What a forecast says beside its sums: the plan and what it needs.

use jiff::civil::Date;

use crate::report::block::Number;
pub use crate::study::forecast::contact::ContactFrom;

/// A title, label or line.
#[derive(Debug, Clone, PartialEq)]
pub enum Ahead {
    /// A title of a column or a line without values.
    Word(AheadWord),
    /// The heading of the table of the plan: whether it is of orders.
    PlanHeading(bool),
    /// A row: the quarter that begins on this day.
    QuarterFrom(Date),
    /// The open deals that the plan needs.
    Coverage {
        /// Whether the plan is of orders, so that deals are counted.
        is_orders: bool,
        /// The last day of the plan.
        until: Option<Date>,
        /// The plan from the running month on.
        plan: Number,
        /// What came of it.
        fact: Number,
        /// The chance to reach it.
        chance: Number,
        /// The draws of the chance.
        draws: usize,
    },
    /// The open sum, or the number of open deals, that reaches the plan with 80 %.
    Needed {
        /// Whether deals are counted.
        is_orders: bool,
        /// It and its 95 % interval: low, middle, high.
        needed: [Number; 3],
        /// The sum or number that is there.
        there: Number,
    },
    /// No open sum reaches the plan with 80 %.
    NeedsMore(Number),
    /// The last month ends after the horizon.
    MonthBeyond(Date),
    /// When to speak with a client next.
    Contact {
        /// The day; none for at once.
        day: Option<Date>,
        /// Where it comes from.
        from: ContactFrom,
    },
    /// Amounts that were asked for are multiplied by what was agreed of such ones: the ratio and the
    /// number of wins it comes from.
    Agreed(Number, u64),
    /// Levels of this column have chances of their own, for past forecasts gained by it.
    Segment(String),
    /// The day that was asked for is later than the last one that the file knows: both.
    AtLater([Option<Date>; 2]),
    /// The heading of the table of cash by month.
    CashHeading,
    /// The heading of the table of what is called for.
    DemandHeading,
    /// Cash of the horizon and after it, and what is never paid.
    Cash {
        /// Within the horizon: low, middle, high.
        whole: [Number; 3],
        /// The middle of what comes later.
        later: Number,
        /// The middle of what is never paid.
        unpaid: Number,
        /// Days of the horizon.
        days: usize,
    },
    /// Sales before this day are not in the cash.
    EarlierSales(Option<Date>),
    /// The share of amounts that a later stage makes due, which is left out.
    AtStages(Number),
    /// The attribute that cases of terms ask for, none for the source, and the number of deals of the file that do not say
    /// it in words of the model.
    Unsaid(Option<String>, u64),
    /// An item in a month.
    ItemIn(String, Date),
    /// Levels of a column that have too few closed deals to stand alone: how many, and how many
    /// closed deals they have.
    Others(usize, u64),
}

/// A title of a column or a line without values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AheadWord {
    /// The title of a column: the plan.
    Plan,
    /// The title of a column: what came before the cut-off.
    Fact,
    /// The title of a column: the whole month with what is expected.
    Whole,
    /// The title of a column: the chance to reach the plan.
    ChanceOfPlan,
    /// No chance can be said, for the plan has no such month.
    NoPlan,
    /// New deals alone reach the plan with 80 %.
    NeedsNothing,
    /// The plan is of bookings, and no amounts are known.
    PlanWithoutAmounts,
    /// The title of a column: the next contact.
    NextContact,
    /// The title of a column: what it is for.
    Aim,
    /// The aim of a contact: the order.
    Order,
    /// The title of a column: cash of open deals, of new deals, of both.
    CashOfOpen,
    /// The same of new deals.
    CashOfNew,
    /// The same of both.
    CashOfAll,
    /// The title of a column: how much there is of an item.
    Capacity,
    /// The title of a column: the chance that more is called for.
    ChanceShort,
    /// The title of a column: what is called for.
    Demand,
    /// A row: deals whose stage the file does not say, beside others whose stage it says.
    NoStage,
    /// The title of a column: days since the creation.
    Age,
    /// The title of the chart of ages of deals without stages.
    OlderThanUsual,
}

impl From<AheadWord> for Ahead {
    fn from(word: AheadWord) -> Ahead {
        Ahead::Word(word)
    }
}
