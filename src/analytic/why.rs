//! Why a figure cannot be had without simulation.

use crate::kpi::Method;
use crate::program::Feature;

/// The reason why a key prevents an exact answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A feature that the method does not support.
    Feature(Feature),
    /// Arrivals whose number or times depend on each other.
    DependentArrivals,
    /// More transitions than can be solved.
    TooManyWays,
    /// A loop that no deal leaves.
    NoWayOut,
    /// People of one role cost different amounts.
    CostByPerson,
    /// More states than can be solved.
    TooManyStates,
    /// Visit limits redirect deals to each other in a loop.
    LimitsInACircle,
    /// Arrivals do not follow a Poisson process.
    NotPoisson,
    /// Deals arrive in batches.
    Together,
    /// Arrivals end within the window.
    ArrivalsEnd,
    /// The rate of arrivals changes with time.
    ChangesWithTime,
    /// Patience runs in working time.
    WorkingPatience,
    /// Patience is not one exponential distribution for all work of a role.
    PatienceNotAlike,
    /// The share that loses patience does not follow from Erlang's A.
    BeyondErlang,
    /// More work is needed than there is time for.
    Unstable,
    /// An attribute that deals are grouped by is drawn after arrival.
    KnownLater(String),
    /// The window is shorter than a microsecond.
    NoWindow,
    /// A run until empty has only long-run figures.
    LongRunIsAll,
    /// A run until empty has no steady state of its queues.
    NoSteadyState,
    /// Waits are known only approximately.
    OnlyNearly(Method),
}
