//! Why a figure cannot be had without simulation.

use crate::kpi::Method;
use crate::program::Feature;

/// What of a key keeps mathematics from answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A feature that the method does not know.
    Feature(Feature),
    /// Arrivals whose number or times depend on each other.
    DependentArrivals,
    /// More ways between more states than can be followed.
    TooManyWays,
    /// A loop that no deal leaves.
    NoWayOut,
    /// People of one role cost different amounts.
    CostByPerson,
    /// More states than can be followed.
    TooManyStates,
    /// Limits of visits send deals to each other.
    LimitsInACircle,
    /// Arrivals do not follow a Poisson process.
    NotPoisson,
    /// Several deals come at once.
    Together,
    /// Arrivals end within the window.
    ArrivalsEnd,
    /// The rate of arrivals changes with time.
    ChangesWithTime,
    /// Patience is counted in working time.
    WorkingPatience,
    /// Patience that is not one exponential distribution for all the work of a role.
    PatienceNotAlike,
    /// How many lose patience depends on more than Erlang's A formula knows.
    BeyondErlang,
    /// More work is asked for than there is time for.
    Unstable,
    /// An attribute by which deals are told apart becomes known on the way.
    KnownLater(String),
    /// The window is shorter than a microsecond.
    NoWindow,
    /// A run until it is empty sees the long run and nothing else.
    LongRunIsAll,
    /// People have no steady state where a run goes on until it is empty.
    NoSteadyState,
    /// Waits are known by a formula that holds only nearly.
    OnlyNearly(Method),
}
