//! The demand on a role, and how exact the resulting figures are.

use super::Blocker;
use super::queues::{Abandoned, Wait};
use super::waits::WaitLaw;
use crate::kpi::Method;
use crate::program::RoleId;

/// How exact an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// Exact.
    Exact,
    /// An approximation by this method.
    Approximate(Method),
}

/// The demand on a role and the waits that follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// The role.
    pub role: RoleId,
    /// The number of people.
    pub servers: u64,
    /// Work items per arriving deal.
    pub works: f64,
    /// Mean working time of a work item, in microseconds.
    pub mean: f64,
    /// Mean of its square, in microseconds².
    pub(super) square: f64,
    /// Mean of its cube, in microseconds³.
    pub(super) cube: f64,
    /// Work items per microsecond of the window, in elapsed time.
    pub rate: f64,
    /// Share of the working time of its people that is needed.
    pub load: f64,
    /// The wait for people, in microseconds, and how exact it is.
    pub wait: Result<(Wait, Law), Blocker>,
    /// The distribution of the wait, for one person and Poisson arrivals.
    pub waits: Option<WaitLaw>,
    /// The effect of patience, if the share that loses it is known.
    pub abandoned: Option<Abandoned>,
}
