//! A coarse histogram, small enough to keep one for each replication.
//!
//! Quantiles come from the [`Histogram`] of all replications. Their paired differences need the
//! number of values of each replication below the quantile; 16 bins per octave are accurate enough
//! for that.

use serde::{Deserialize, Serialize};

use super::Histogram;

/// Bins of a [`Histogram`] merged into one: 16 of its 128 bins per octave remain.
const MERGED: usize = 8;

/// The number of values in each nonempty bin, sorted by bin.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coarse(Vec<(u16, u64)>);

impl Coarse {
    /// The bins of a histogram.
    pub fn of(histogram: &Histogram) -> Coarse {
        let mut bins: Vec<(u16, u64)> = Vec::new();
        for (at, count) in histogram.counts().enumerate().filter(|(_, count)| *count > 0) {
            let bin = (at / MERGED) as u16;
            match bins.last_mut() {
                Some((last, sum)) if *last == bin => *sum += count,
                _ => bins.push((bin, count)),
            }
        }
        Coarse(bins)
    }

    /// The values added to a growing histogram since it had the bins of `before`.
    #[must_use]
    pub fn since(&self, before: &Coarse) -> Coarse {
        let mut before = before.0.iter().peekable();
        let mut grown = |(bin, count): &(u16, u64)| {
            let had = before.next_if(|had| had.0 == *bin).map_or(0, |had| had.1);
            (count - had > 0).then_some((*bin, count - had))
        };
        Coarse(self.0.iter().filter_map(&mut grown).collect())
    }

    /// Adds all values of another histogram.
    pub fn merge(&mut self, other: &Coarse) {
        for (bin, count) in &other.0 {
            match self.0.binary_search_by_key(bin, |mine| mine.0) {
                Ok(at) => self.0[at].1 += count,
                Err(at) => self.0.insert(at, (*bin, *count)),
            }
        }
    }

    /// The number of values.
    pub fn n(&self) -> u64 {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// The number of values below a bin, and the number in it.
    fn split(&self, bin: u16) -> (u64, u64) {
        let at = self.0.partition_point(|(other, _)| *other < bin);
        let below = self.0[..at].iter().map(|(_, count)| count).sum();
        let inside =
            self.0.get(at).filter(|(other, _)| *other == bin).map_or(0, |(_, count)| *count);
        (below, inside)
    }

    /// The number of values at most `x` in each part. Within the bin of `x` the split of the
    /// histogram of all parts is used for each part, so the sum over the parts is that of the
    /// histogram.
    pub fn within(parts: &[Coarse], all: &Histogram, x: f64) -> Vec<f64> {
        let bin = (Histogram::bin(x) / MERGED) as u16;
        let (below, inside) = Coarse::of(all).split(bin);
        let reached = all.share_within(x).unwrap_or(0.0) * all.n() as f64 - below as f64;
        let share = if inside > 0 { (reached / inside as f64).clamp(0.0, 1.0) } else { 0.0 };
        let of = |part: &Coarse| {
            let (below, inside) = part.split(bin);
            below as f64 + share * inside as f64
        };
        parts.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_as_many_values_below_a_number_as_the_whole() {
        let mut all = Histogram::default();
        let mut before = Coarse::default();
        let mut parts = Vec::new();
        for k in 0..5_i64 {
            (1..200).for_each(|i| all.add(i * i * (90 + k) * 1_000_000 % 977_000_017));
            let now = Coarse::of(&all);
            parts.push(now.since(&before));
            before = now;
        }
        assert!(parts.iter().all(|part| part.n() == 199));
        let mut merged = Coarse::default();
        parts.iter().rev().for_each(|part| merged.merge(part));
        assert_eq!(merged, Coarse::of(&all));
        for p in [0.01, 0.3, 0.5, 0.97, 1.0] {
            let x = all.quantile(p).unwrap();
            let sum: f64 = Coarse::within(&parts, &all, x).iter().sum();
            assert!((sum - all.share_within(x).unwrap() * all.n() as f64).abs() < 1e-6, "{p}");
        }
    }
}
