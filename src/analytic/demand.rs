//! What is asked of a role, and how it is known what follows.

use super::Blocker;
use super::queues::{Abandoned, Wait};
use super::waits::WaitLaw;
use crate::kpi::Method;
use crate::program::RoleId;

/// How an answer is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// By theory, exactly.
    Exact,
    /// By a formula that holds nearly.
    Nearly(Method),
}

/// What is asked of a role, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// The role.
    pub role: RoleId,
    /// People.
    pub servers: u64,
    /// Works asked for, by an arriving deal.
    pub works: f64,
    /// Mean working time of one, in microseconds.
    pub mean: f64,
    /// Mean of its square.
    pub(super) square: f64,
    /// Mean of its cube.
    pub(super) cube: f64,
    /// Works in a microsecond of the window, by the clock.
    pub rate: f64,
    /// Share of the working time of its people that is asked for.
    pub load: f64,
    /// The wait for people, in microseconds, and how it is known.
    pub wait: Result<(Wait, Law), Blocker>,
    /// Where one person serves deals that come by chance: the law of the wait.
    pub waits: Option<WaitLaw>,
    /// Where deals lose patience and how many do is known: what becomes of them.
    pub abandoned: Option<Abandoned>,
}
