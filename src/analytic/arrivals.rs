//! What a window sees of deals by their age: how many arrivals it is worth that something happens at an age.
//!
//! With independent deals all that a window counts is a sum over ages: a deal of age τ at its sale is seen where it
//! arrived between the window's start less τ and its end less τ. So a window is no more than a weight of ages,
//! made of expected arrivals (the output of an infinite-server queue, Eick, Massey and Whitt 1993).

use super::{Blocker, Why};
use crate::program::{Arrivals, Program, Source};

/// Expected arrivals of a source up to any instant.
#[derive(Debug, Clone)]
pub struct Intensity {
    /// Where a rate begins, in microseconds.
    starts: Vec<f64>,
    /// Arrivals in a microsecond from there on.
    rates: Vec<f64>,
    /// Arrivals until there.
    counts: Vec<f64>,
    /// The integral of the counts until there.
    areas: Vec<f64>,
}

/// The weights of an age: what it is worth in each count.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weights {
    /// Something happens in the window.
    pub inside: f64,
    /// It happens by the end of the window to a deal that arrived in it.
    pub cohort: f64,
    /// At the end of the window it lies less than this age back that the deal came.
    pub young: f64,
    /// The share of the window in which that is so, added up over deals.
    pub young_share: f64,
}

impl Intensity {
    /// The intensity of a source; only of arrivals by a rate without a limit of their number.
    pub fn new(source: &Source) -> Result<Intensity, Blocker> {
        let key = |what: &str| format!("sources.{}.{what}", source.name);
        let Arrivals::Rate { segments, .. } = &source.arrivals else {
            return Err(Blocker::new(key("every"), Why::DependentArrivals));
        };
        if source.count < u64::MAX {
            return Err(Blocker::new(key("count"), Why::DependentArrivals));
        }
        let mut found =
            Intensity { starts: vec![0.0], rates: vec![0.0], counts: vec![0.0], areas: vec![0.0] };
        for segment in segments {
            let per_micro = source.batch as f64 / segment.micros_per_arrival;
            found.change(segment.start.0 as f64, per_micro);
            found.change(segment.end.0 as f64, 0.0);
        }
        Ok(found)
    }

    /// The rate changes at an instant, which is not earlier than the last change.
    fn change(&mut self, at: f64, rate: f64) {
        let (count, area) = (self.count(at), self.area(at));
        self.starts.push(at);
        self.rates.push(rate);
        self.counts.push(count);
        self.areas.push(area);
    }

    /// The last change at or before an instant, and how long ago it was.
    fn since(&self, at: f64) -> (usize, f64) {
        let place = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        (place, (at - self.starts[place]).max(0.0))
    }

    /// The highest rate: arrivals in a microsecond.
    pub fn highest(&self) -> f64 {
        self.rates.iter().copied().fold(0.0, f64::max)
    }

    /// Arrivals until an instant.
    pub fn count(&self, at: f64) -> f64 {
        let (place, since) = self.since(at);
        self.counts[place] + self.rates[place] * since
    }

    /// The integral of the count until an instant.
    fn area(&self, at: f64) -> f64 {
        let (place, since) = self.since(at);
        self.areas[place] + (self.counts[place] + 0.5 * self.rates[place] * since) * since
    }

    /// The weights of an age in microseconds.
    pub fn weights(&self, program: &Program, age: f64) -> Weights {
        let (start, end) = (program.window.start.0 as f64, program.window.end.0 as f64);
        let by_end = self.count(end - age);
        let area = |age: f64| self.area(end - age) - self.area(start - age);
        Weights {
            inside: by_end - self.count(start - age),
            cohort: (by_end - self.count(start)).max(0.0),
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
        let mut steady =
            Intensity { starts: vec![0.0], rates: vec![0.0], counts: vec![0.0], areas: vec![0.0] };
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
