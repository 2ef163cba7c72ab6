//! Expected counts in the window, as weights of the age at which something happens to a deal.
//!
//! With independent deals every count in a window is a sum over ages. A sale at age τ falls into
//! the window if its deal arrived between the window's start − τ and its end − τ. So each count
//! weights an age τ by the expected arrivals in that interval (as for the output of an
//! infinite-server queue: Eick, Massey and Whitt 1993).

use super::{Blocker, Why};
use crate::program::{Arrivals, Program, Source};

/// Expected arrivals of a source as a function of time.
#[derive(Debug, Clone)]
pub struct Intensity {
    /// Instants at which the rate changes, in microseconds.
    starts: Vec<f64>,
    /// The rate from each of them on, in arrivals per microsecond.
    rates: Vec<f64>,
    /// Expected arrivals until each of them.
    counts: Vec<f64>,
    /// The integral of the expected arrivals until each of them.
    areas: Vec<f64>,
    /// Whether the deals are there when the simulation starts: none of them arrives.
    standing: bool,
}

/// The weights of an age: expected arrivals for which an event at that age is counted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weights {
    /// The event falls into the window.
    pub inside: f64,
    /// The event happens by the end of the window, to a deal that arrived in the window.
    pub cohort: f64,
    /// The deal is younger than this age at the end of the window.
    pub young: f64,
    /// The share of the window in which the deal is younger than this age.
    pub young_share: f64,
}

impl Intensity {
    /// The intensity of a source. Refused unless it has a Poisson rate and no limit on its count.
    pub fn new(source: &Source) -> Result<Intensity, Blocker> {
        let key = |what: &str| format!("sources.{}.{what}", source.name);
        let Arrivals::Rate { segments, .. } = &source.arrivals else {
            return Err(Blocker::new(key("every"), Why::DependentArrivals));
        };
        if source.count < u64::MAX {
            return Err(Blocker::new(key("count"), Why::DependentArrivals));
        }
        let mut found = Intensity::nobody(0.0);
        for segment in segments {
            let per_micro = source.batch as f64 / segment.micros_per_arrival;
            found.change(segment.start.0 as f64, per_micro);
            found.change(segment.end.0 as f64, 0.0);
        }
        Ok(found)
    }

    /// So many deals that are there when the simulation starts; their age counts from then on.
    ///
    /// On a lattice all that happens within half a step of its point counts as happening there. So the
    /// deals are spread over a step around the start, which makes each sum over ages one over time.
    pub fn standing(count: u64, step: f64) -> Intensity {
        let mut found = Intensity { standing: true, ..Intensity::nobody(-step) };
        found.change(-0.5 * step, count as f64 / step);
        found.change(0.5 * step, 0.0);
        found
    }

    /// No arrivals, from an instant on.
    fn nobody(from: f64) -> Intensity {
        let (rates, counts, areas) = (vec![0.0], vec![0.0], vec![0.0]);
        Intensity { starts: vec![from], rates, counts, areas, standing: false }
    }

    /// Whether nobody ever arrives.
    pub fn is_empty(&self) -> bool {
        self.highest() <= 0.0
    }

    /// Whether the deals are there when the simulation starts.
    pub fn is_standing(&self) -> bool {
        self.standing
    }

    /// Appends a change of the rate; `at` must not be earlier than the last change.
    fn change(&mut self, at: f64, rate: f64) {
        let (count, area) = (self.count(at), self.area(at));
        self.starts.push(at);
        self.rates.push(rate);
        self.counts.push(count);
        self.areas.push(area);
    }

    /// The index of the last change at or before an instant, and the time since.
    fn since(&self, at: f64) -> (usize, f64) {
        let place = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        (place, (at - self.starts[place]).max(0.0))
    }

    /// The highest rate, in arrivals per microsecond.
    pub fn highest(&self) -> f64 {
        self.rates.iter().copied().fold(0.0, f64::max)
    }

    /// Expected arrivals until an instant.
    pub fn count(&self, at: f64) -> f64 {
        let (place, since) = self.since(at);
        self.counts[place] + self.rates[place] * since
    }

    /// The integral of the expected arrivals until an instant.
    fn area(&self, at: f64) -> f64 {
        let (place, since) = self.since(at);
        self.areas[place] + (self.counts[place] + 0.5 * self.rates[place] * since) * since
    }

    /// The weights of an age, in microseconds.
    pub fn weights(&self, program: &Program, age: f64) -> Weights {
        let (start, end) = (program.window.start.0 as f64, program.window.end.0 as f64);
        let by_end = self.count(end - age);
        // Nothing has happened yet to those who are there when both begin.
        let by_start = if self.standing && start <= 0.0 { 0.0 } else { self.count(start - age) };
        let arrived = if self.standing { self.count(end) } else { self.count(start) };
        let area = |age: f64| self.area(end - age) - self.area(start - age);
        Weights {
            inside: by_end - by_start,
            cohort: (by_end - arrived).max(0.0),
            young: self.count(end) - by_end,
            young_share: (area(0.0) - area(age)) / (end - start).max(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_areas_add_up() {
        let mut steady = Intensity::nobody(0.0);
        steady.change(10.0, 2.0);
        steady.change(20.0, 0.5);
        assert_eq!(
            [5.0, 10.0, 15.0, 20.0, 30.0].map(|at| steady.count(at)),
            [0.0, 0.0, 10.0, 20.0, 25.0]
        );
        assert_eq!(steady.area(20.0), 100.0);
        assert_eq!(steady.area(30.0), 100.0 + 200.0 + 25.0);
        assert_eq!(steady.count(-5.0), 0.0);
    }
}
