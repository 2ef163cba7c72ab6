//! Deals that a source has in the process when the simulation starts.

use super::{Action, Entry, Stage};
use crate::quantity::{DAY_MICROS, Duration, nearest};
use crate::random::equilibrium::Equilibrium;
use crate::random::key::{Address, DealKey};

/// Older deals are not made: 1,000 years, in microseconds.
const OLDEST: f64 = 365_250.0 * DAY_MICROS as f64;

/// Deals in the first wait of the stage that their source enters, as a steady process has them.
#[derive(Debug)]
pub struct Stock {
    /// How many.
    pub count: u64,
    /// Time spent in the wait, by case of the stage's entry; each stage case begins with a wait.
    ages: Vec<Equilibrium>,
    /// Address of the draw of the time spent.
    address: Address,
}

impl Stock {
    /// So many deals in this stage.
    pub(super) fn of(count: u64, stage: &Stage) -> Stock {
        let first = |entry: &Entry| usize::from(entry.money_steps());
        let ages = |entry: &Entry| match entry.steps.get(first(entry)).map(|step| &step.action) {
            Some(Action::Wait(wait)) => Equilibrium::of(&wait.distribution, OLDEST),
            _ => Equilibrium::of(&crate::random::distribution::Distribution::Constant(0.0), OLDEST),
        };
        Stock {
            count,
            ages: stage.entry.iter().map(ages).collect(),
            address: Address::new("", 0, "age at the start"),
        }
    }

    /// How long a deal has been in the stage, by the case of its entry: at least a microsecond, so
    /// that it came before the simulation.
    pub fn age(&self, case: usize, key: DealKey) -> Duration {
        let word = key.word(self.address.visit(0));
        Duration(nearest(self.rest(case).at(word)).max(1))
    }

    /// The distribution of the time spent in the wait, and of the rest of it, by the case of the
    /// entry.
    pub fn rest(&self, case: usize) -> &Equilibrium {
        &self.ages[case]
    }
}
