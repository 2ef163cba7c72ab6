//! A quantity of many deals: its moments in one replication, its histogram over all of a worker.
//!
//! Values are set down first and added up together when there are some: then the sums stay in
//! registers, and the places of several values in the histogram are found at once.

use crate::stats::{Coarse, Histogram, Moments};

/// Values that are added up together.
pub(super) const BATCH: usize = 32;

/// A measured quantity: times in microseconds, money in hundredths.
#[derive(Debug)]
pub(super) struct Gauge {
    batch: [i64; BATCH],
    len: usize,
    moments: Moments,
    histogram: Histogram,
}

impl Gauge {
    pub(super) fn new() -> Gauge {
        let (moments, histogram) = (Moments::default(), Histogram::default());
        Gauge { batch: [0; BATCH], len: 0, moments, histogram }
    }

    /// So many of them.
    pub(super) fn several(count: usize) -> Vec<Gauge> {
        (0..count).map(|_| Gauge::new()).collect()
    }

    /// Adds a value; `limits` are those of the run.
    #[inline(always)]
    pub(super) fn add(&mut self, x: i64, limits: &[i64]) {
        self.batch[self.len % BATCH] = x;
        self.len += 1;
        if self.len == BATCH {
            self.flush(limits);
        }
    }

    /// Adds many values.
    pub(super) fn add_each(&mut self, values: &[i64], limits: &[i64]) {
        self.moments.add_each(values, limits);
        self.histogram.add_each(values);
    }

    #[inline(never)]
    fn flush(&mut self, limits: &[i64]) {
        let Gauge { batch, len, moments, histogram } = self;
        let values = &batch[..std::mem::take(len)];
        moments.add_each(values, limits);
        histogram.add_each(values);
    }

    /// Ends a replication: its moments.
    pub(super) fn close(&mut self, limits: &[i64]) -> Moments {
        self.flush(limits);
        std::mem::take(&mut self.moments)
    }

    /// The distribution so far, with few bins.
    pub(super) fn coarse(&self) -> Coarse {
        Coarse::of(&self.histogram)
    }

    /// The distribution over all replications that were closed.
    pub(super) fn into_histogram(self) -> Histogram {
        self.histogram
    }
}
