//! What is said of a fitted process beside its deals, and of a log beside a model.

/// Which deals a process is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FitPart {
    /// All deals, to which it was fitted.
    All,
    /// The first deals, to which another process was fitted.
    First,
    /// The last deals, which that process does not know.
    Last,
}

impl FitPart {
    /// The word of tables for other programs.
    pub fn word(self) -> &'static str {
        match self {
            FitPart::All => "all",
            FitPart::First => "first",
            FitPart::Last => "last",
        }
    }
}

/// A heading, title, cell or line of `fit`.
#[derive(Debug, Clone, PartialEq)]
pub enum Fitting {
    /// Heading: a process beside deals.
    Heading(FitPart),
    /// Title: what a row is about.
    What,
    /// Title: what deals did.
    Observed,
    /// Title: what the process did when it was played.
    Played,
    /// Row: the mean time from arrival to the last event.
    MeanTime,
    /// Row: a quantile of that time, by its percentage.
    Quantile(u32),
    /// Row: deals that passed a stage.
    Passed(String),
    /// Row: deals that came in a week, on average.
    PerWeek,
    /// Row: open deals at the end of a week, on average.
    OpenDeals,
    /// Title: the Monday of a week.
    Week,
    /// Title: deals that came.
    Came,
    /// Title: deals that the rates expect.
    Expected,
    /// Title: open deals of the log.
    OpenObserved,
    /// Title: open deals as played.
    OpenPlayed,
    /// Line: how many deals deviate from a model.
    Deviating {
        /// The model.
        model: String,
        /// Deals with a transition that it lacks.
        deviating: u64,
        /// All deals.
        deals: u64,
    },
    /// Heading: transitions that the model lacks.
    LackingHeading,
    /// Line: the model lacks no transition of the log.
    NothingLacking,
    /// Title: from where.
    From,
    /// Title: to where.
    To,
    /// Title: how many.
    Count,
    /// Title: share of those that leave.
    ShareOf,
    /// Cell: the arrival of a deal.
    Arrival,
    /// Line: a stage of the log that the model lacks, and its deals.
    OnlyInLog(String, u64),
    /// Line: a stage of the model that the log lacks.
    OnlyInModel(String),
    /// Line: names that were taken for the same: of the log and of the model.
    Alike(String, String),
    /// Heading: shares of ways.
    WaysHeading,
    /// Heading: times in stages.
    TimesHeading,
    /// Title: a stage.
    Stage,
    /// Title: in the log.
    InLog,
    /// Title: in the model.
    InModel,
    /// Title: the lower end of the interval of the share at 95 %.
    Low,
    /// Title: its upper end.
    High,
    /// Title: whether both differ.
    Differs,
    /// Cell: they differ beyond chance at 99 %.
    Beyond,
    /// Cell: the difference may be chance.
    Chance,
    /// Line: times of the model hold no queues and no closed hours.
    TimesBare,
}
