//! The win curve: the share of leads that are won within each time after they came.
//!
//! Only a picture asks for it. A point counts the leads that arrived at least so long before the end of
//! the window, as `lead_to_win` within a time does. Each replication keeps two whole numbers for a point.

use serde::{Deserialize, Serialize};

use super::Weeks;
use crate::engine::{Deal, Observer, Task, Token, Visit, Visited};
use crate::program::{Program, Source};
use crate::quantity::{DAY_MICROS, HOUR_MICROS, Money};

/// The most points of a curve.
const MOST: i64 = 120;
/// Distances between points, in hours; longer ones are whole weeks.
const STEPS: [i64; 10] = [1, 2, 3, 6, 12, 24, 48, 72, 120, 168];
/// The shortest curve of a run until empty: 30 days.
const SHORTEST: i64 = 30 * DAY_MICROS;

/// The times of the points: multiples of a step, in microseconds, from one step on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// From one point to the next.
    pub step: i64,
    /// How many points.
    pub count: usize,
}

impl Grid {
    /// The points within the window of a program; of one that ends with its last deal, within four times
    /// as long as leads are expected to come.
    pub fn of(program: &Program) -> Grid {
        let window = program.window;
        let span = if window.until_empty() {
            let last = program.sources.iter().map(Source::expected_last_arrival).max();
            last.unwrap_or_default().0.saturating_mul(4).max(SHORTEST)
        } else {
            (window.end - window.start).0
        };
        let fits = |hours: &i64| span / (hours * HOUR_MICROS) <= MOST;
        let week = 7 * DAY_MICROS;
        let weeks = || (span / MOST / week + 1) * week;
        let hours = STEPS.into_iter().find(fits).map(|hours| hours * HOUR_MICROS);
        let step = hours.unwrap_or_else(weeks);
        Grid { step, count: (span / step).clamp(0, MOST) as usize }
    }

    /// The time of a point, counted from zero.
    pub fn at(&self, point: usize) -> i64 {
        self.step.saturating_mul(point as i64 + 1)
    }

    /// The first point that is not before this time after arrival; `count` if none is.
    fn not_before(&self, lapse: i64) -> usize {
        (((lapse - 1).div_euclid(self.step)).max(0) as usize).min(self.count)
    }

    /// How many points lie within this time after arrival.
    fn within(&self, lapse: i64) -> usize {
        ((lapse / self.step).max(0) as usize).min(self.count)
    }
}

/// The leads of one replication, point by point.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CurveSums {
    /// Number of the replication.
    pub number: u64,
    /// Leads that arrived so long before the end.
    pub due: Vec<u32>,
    /// Those of them that were won within the time.
    pub won: Vec<u32>,
}

impl CurveSums {
    /// Whether it has these points.
    pub fn fits(&self, grid: Grid) -> bool {
        (self.due.len(), self.won.len()) == (grid.count, grid.count)
    }
}

/// The observer of the win curve.
#[derive(Debug)]
pub struct Curve<'p> {
    program: &'p Program,
    grid: Grid,
    /// By the number of points that a lead has time for.
    due: Vec<u32>,
    /// Wins by point: what begins there less what ends there.
    won: Vec<i64>,
    done: Vec<CurveSums>,
}

impl<'p> Curve<'p> {
    /// Nothing seen yet.
    pub fn new(program: &'p Program) -> Curve<'p> {
        let grid = Grid::of(program);
        let (due, won) = (vec![0; grid.count + 1], vec![0; grid.count + 1]);
        Curve { program, grid, due, won, done: Vec::new() }
    }

    /// Ends a replication.
    pub fn close(&mut self, number: u64) {
        let count = self.grid.count;
        let (mut due, mut won) = (vec![0; count], vec![0; count]);
        let mut left: u32 = self.due.iter().sum();
        let mut sum = 0;
        for point in 0..count {
            left -= self.due[point];
            sum += self.won[point];
            (due[point], won[point]) = (left, sum as u32);
        }
        self.due.fill(0);
        self.won.fill(0);
        self.done.push(CurveSums { number, due, won });
    }

    /// The replications that were closed.
    pub fn into_sums(self) -> Vec<CurveSums> {
        self.done
    }

    /// Counts a lead that arrived in the window, once; `lapse` is how long its first sale took.
    fn count(&mut self, deal: &Deal, lapse: Option<i64>) {
        let window = self.program.window;
        if deal.arrived < window.start || deal.is_client {
            return;
        }
        let time = window.end.0.saturating_sub(deal.arrived.0);
        let points = if window.until_empty() { self.grid.count } else { self.grid.within(time) };
        self.due[points] += 1;
        let first = lapse.map_or(points, |lapse| self.grid.not_before(lapse));
        if first < points {
            self.won[first] += 1;
            self.won[points] -= 1;
        }
    }
}

impl Observer for Curve<'_> {
    fn sells(&mut self, deal: &Deal, token: &Token, _: Money, _: &Visited<'_>) {
        if deal.sales == 0 {
            self.count(deal, Some((token.now - deal.arrived).0));
        }
    }

    fn stays(&mut self, deal: &Deal, _: &Visit, _: &Visited<'_>) {
        if deal.sales == 0 {
            self.count(deal, None);
        }
    }

    fn ends(&mut self, deal: &Deal, _: &Token, _: usize, _: &Visited<'_>) {
        if deal.sales == 0 {
            self.count(deal, None);
        }
    }
}

/// What only pictures ask for: weeks, the win curve.
#[derive(Debug)]
pub struct Drawn<'p> {
    /// Stages and roles by week.
    pub weeks: Option<Weeks<'p>>,
    /// The win curve.
    pub curve: Option<Curve<'p>>,
}

impl Observer for Drawn<'_> {
    fn works(&mut self, deal: &Deal, task: &Task) {
        self.weeks.iter_mut().for_each(|weeks| weeks.works(deal, task));
    }

    fn leaves(&mut self, deal: &Deal, visit: &Visit) {
        self.weeks.iter_mut().for_each(|weeks| weeks.leaves(deal, visit));
    }

    fn stays(&mut self, deal: &Deal, visit: &Visit, visited: &Visited<'_>) {
        self.weeks.iter_mut().for_each(|weeks| weeks.stays(deal, visit, visited));
        self.curve.iter_mut().for_each(|curve| curve.stays(deal, visit, visited));
    }

    fn sells(&mut self, deal: &Deal, token: &Token, amount: Money, visited: &Visited<'_>) {
        self.curve.iter_mut().for_each(|curve| curve.sells(deal, token, amount, visited));
    }

    fn ends(&mut self, deal: &Deal, token: &Token, end: usize, visited: &Visited<'_>) {
        self.curve.iter_mut().for_each(|curve| curve.ends(deal, token, end, visited));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Guard, Replication, Setup, replicate};
    use crate::model::load;

    /// Leads come every 10 hours on hours 10, 20, …, 90 of 4 days; each is won after 25 hours.
    #[test]
    fn points_count_the_leads_that_had_time() {
        let text = "start: 2024-01-01\nhorizon: 4d\nsources: {s: {every: 10h}}\n\
                    stages: {a: {wait: 25h, next: won}}";
        let program = Program::compile(&load("m", text, &[], None).model.expect("it is sound"));
        let cancel = std::sync::atomic::AtomicBool::new(false);
        let guard = Guard { most_visits: 1_000, cancel: &cancel };
        let mut curve = Curve::new(&program);
        assert_eq!(curve.grid, Grid { step: HOUR_MICROS, count: 96 });
        for number in 0..2 {
            let replication = Replication { seed: 1, number };
            replicate(&Setup::new(&program, guard), replication, &mut curve);
            curve.close(number);
        }
        let sums = curve.into_sums();
        assert_eq!((sums[0].number, sums[1].number), (0, 1));
        assert_eq!((&sums[0].due, &sums[0].won), (&sums[1].due, &sums[1].won));
        for (point, (due, won)) in sums[0].due.iter().zip(&sums[0].won).enumerate() {
            let hours = point as u32 + 1;
            // Nine leads, of which those that came by hour 96 − t count.
            let right = (1..=9).filter(|k| 10 * k + hours <= 96).count() as u32;
            assert_eq!(*due, right, "{hours} h");
            assert_eq!(*won, if hours >= 25 { right } else { 0 }, "{hours} h");
        }
    }
}
