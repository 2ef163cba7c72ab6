//! The features of the language, one by one.

/// A feature of the language that a walk or a method may not support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// A wait in elapsed time.
    Wait,
    /// A wait of working time.
    WorkingWait,
    /// A wait for a time of day.
    WaitUntil,
    /// Work of an unlimited role.
    Work,
    /// Work of a role that can have a queue.
    SharedWork,
    /// Work of a role whose queue a condition looks at.
    WatchedWork,
    /// Work that pauses while a calendar is closed.
    PausedWork,
    /// Deals that leave a queue when their patience ends.
    Patience,
    /// A cost of a step.
    StepCost,
    /// Attributes drawn in a stage.
    KnownInStage,
    /// A new value on entry to a stage.
    NewValue,
    /// A sale in a stage before the end.
    Sale,
    /// A limit of visits.
    VisitLimit,
    /// A branch that takes elapsed time.
    TimedBranch,
    /// A branch that takes working time.
    WorkingBranch,
    /// A promised time of a visit.
    Sla,
    /// A variant by attribute.
    ByAttribute,
    /// A variant by source.
    BySource,
    /// A variant by the number of the visit.
    ByVisit,
    /// A variant by the number of sales.
    ByBookings,
    /// A variant by the value of the deal.
    ByValue,
    /// A variant by the age of the deal.
    ByAge,
    /// A variant by the time that the deal has waited.
    ByWaited,
    /// A variant by the queue of a limited role.
    ByQueue,
    /// A variant by month.
    ByMonth,
    /// A variant by weekday.
    ByWeekday,
    /// A variant by date.
    ByDate,
    /// Deals that arrive in batches.
    Batch,
    /// A source that ends after a number of deals.
    Count,
    /// A source whose gaps run in open time of a calendar.
    OpenGaps,
    /// Attributes that a source draws.
    KnownFromSource,
    /// A source of clients who bought before.
    Clients,
    /// Deals of a source that are in the process when the simulation starts.
    AtStart,
}
