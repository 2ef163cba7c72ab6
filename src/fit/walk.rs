//! The rest of an open deal: it leaves its stage where the cumulative hazard since now reaches an
//! exponential variable, by a cause in proportion to the rates at that time (Gillespie 1976, with
//! rates that are constant between the edges of age bands and of months).

use super::chance::{exponential, unit};
use super::log::{Day, Exit};
use super::rates::Rates;
use super::season::Classes;
use crate::random::key::{Address, DealKey};

/// Moves after which a deal that never closes is left open.
const MOST_MOVES: u64 = 1_000;

/// Where a deal is and since when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// Its stage.
    pub stage: u16,
    /// When it entered the stage.
    pub entered: Day,
    /// From when on the rest is unknown.
    pub now: Day,
    /// A factor on all rates of this deal.
    pub pace: f64,
}

/// How a walk ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum End {
    /// Won on this day.
    Won(Day),
    /// Lost on this day.
    Lost(Day),
    /// Still open when the walk stopped.
    Open,
}

/// What all walks of a draw share.
#[derive(Debug, Clone, Copy)]
pub struct Walks<'a> {
    /// The rates.
    pub rates: &'a Rates,
    /// The classes of the days.
    pub classes: &'a Classes,
    /// Where walks stop.
    pub until: Day,
    exit: Address,
    cause: Address,
}

impl<'a> Walks<'a> {
    /// Walks with these rates until a day.
    pub fn new(rates: &'a Rates, classes: &'a Classes, until: Day) -> Walks<'a> {
        let (exit, cause) = (Address::new("rest", 0, "exit"), Address::new("rest", 0, "cause"));
        Walks { rates, classes, until, exit, cause }
    }

    /// Walks a deal; all rates of wins are multiplied by `factor`.
    pub fn end(&self, mut state: State, factor: f64, key: DealKey) -> End {
        for step in 0..MOST_MOVES {
            let left = exponential(key.word(self.exit.visit(step))) / state.pace;
            let Some((day, cell)) = self.leaves(&state, factor, left) else { return End::Open };
            match self.cause(&state, cell, factor, unit(key.word(self.cause.visit(step)))) {
                Exit::Won => return End::Won(day),
                Exit::Lost => return End::Lost(day),
                Exit::Stage(next) => {
                    state = State { stage: next, entered: day, now: day, pace: state.pace };
                }
            }
        }
        End::Open
    }

    /// The day on which a deal leaves its stage and the cell of rates then.
    fn leaves(&self, state: &State, factor: f64, mut left: f64) -> Option<(Day, usize)> {
        let of = &self.rates.stages[usize::from(state.stage)];
        let mut at = state.now;
        let mut band = of.edges.partition_point(|edge| *edge <= at - state.entered);
        let mut stretch = self.classes.at(at);
        loop {
            let edge = state.entered + of.edges[band];
            let end = edge.min(stretch.until).min(self.until);
            let cell = band * self.rates.classes + stretch.class;
            let rate = factor * of.wins[cell] + of.rest[cell];
            let passed = rate * (end - at);
            if passed >= left && rate > 0.0 {
                return Some((at + left / rate, cell));
            }
            left -= passed;
            if end >= self.until {
                return None;
            }
            at = end;
            band += usize::from(end >= edge);
            if end >= stretch.until {
                stretch = self.classes.at(at);
            }
        }
    }

    /// The cause of an exit.
    fn cause(&self, state: &State, cell: usize, factor: f64, u: f64) -> Exit {
        let of = &self.rates.stages[usize::from(state.stage)];
        let others = of.others.len();
        let sums = &of.sums[cell * others..(cell + 1) * others];
        let won = factor * of.wins[cell];
        let place = u * (won + sums.last().copied().unwrap_or(0.0)) - won;
        let chosen = sums.partition_point(|sum| *sum <= place).min(others.saturating_sub(1));
        if place < 0.0 || others == 0 { Exit::Won } else { of.others[chosen] }
    }
}
