//! A histogram of integers whose bins are the upper bits of their floating-point form.
//!
//! There are 128 bins per octave, so a quantile has a relative error of at most 0.4 % and is
//! interpolated within its bin. A bin whose values are all equal stores that value, so atoms and
//! small samples are exact. All counts are integers, so merging in any order gives the same
//! histogram (the idea of `HdrHistogram`, without a logarithm).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Slots of the table: a power of two, so that indexing needs no bounds check.
const SLOTS: usize = 8192;
/// Values added at a time.
const CHUNK: usize = 64;
/// `(bits of 1.0) >> 45`: the slot, before wrapping, of the value 0.
const FIRST: usize = 1023 << 7;
/// 128 bins for each octave of 1 + x, up to 2^53, and one for the greatest value.
const BINS: usize = 53 * 128 + 1;
/// In the first eight octaves, values up to 254, each bin has a single value.
const ONE_WIDE: usize = 8 * 128;

/// A bin counts up to this, then from 0 again.
const MOST: u64 = 1 << 31;

/// A bin in the hot path: twice the count, plus one if its value is not stored, because its values
/// differ or it can have only one. It takes a third of the memory of a bin with its value and a
/// count without a limit, so that three times as many fit the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bin(u32);

impl Bin {
    /// The number of values, but for multiples of [`MOST`].
    fn count(self) -> u64 {
        u64::from(self.0 >> 1)
    }

    /// Whether adding a value only changes the count.
    #[inline(always)]
    fn only_counts(self) -> bool {
        self.0 & 1 == 1
    }
}

/// A histogram of values from 0 to 2^53 − 1; values outside count as the nearest of these.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "Vec<Filled>", try_from = "Vec<Filled>")]
pub struct Histogram {
    /// The bins by slot. Slots wrap around: [`Histogram::counts`] puts them in order.
    bins: Box<[Bin; SLOTS]>,
    /// The value of each other nonempty bin whose values are equal; 0 elsewhere.
    only: Box<[i64; SLOTS]>,
    /// What bins do not count, by slot: multiples of [`MOST`].
    carried: BTreeMap<usize, u64>,
}

impl std::fmt::Debug for Histogram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Histogram of {} values, median {:?}", self.n(), self.quantile(0.5))
    }
}

impl Default for Histogram {
    fn default() -> Histogram {
        let boxed = "there is a bin for each slot";
        let mut bins = vec![Bin(0); SLOTS].into_boxed_slice();
        for at in 0..ONE_WIDE {
            bins[(FIRST + at) % SLOTS] = Bin(1);
        }
        let only = vec![0; SLOTS].into_boxed_slice();
        Histogram {
            bins: bins.try_into().expect(boxed),
            only: only.try_into().expect(boxed),
            carried: BTreeMap::new(),
        }
    }
}

impl Histogram {
    /// Adds a value.
    #[inline]
    pub fn add(&mut self, x: i64) {
        let x = if x as u64 >= 1 << 53 { limited(x) } else { x };
        self.count_in(slot(x), x);
    }

    /// Counts a value in its bin.
    #[inline(always)]
    fn count_in(&mut self, slot: usize, x: i64) {
        let bin = &mut self.bins[slot % SLOTS];
        if bin.only_counts() {
            let (count, is_full) = bin.0.overflowing_add(2);
            bin.0 = count;
            if is_full {
                self.carry(slot % SLOTS);
            }
        } else {
            self.count_alike(slot % SLOTS, x, 1);
        }
    }

    #[cold]
    fn carry(&mut self, slot: usize) {
        *self.carried.entry(slot).or_default() += MOST;
    }

    /// The number of values of a bin.
    fn count(&self, slot: usize) -> u64 {
        let carried = if self.carried.is_empty() { None } else { self.carried.get(&slot) };
        self.bins[slot].count() + carried.copied().unwrap_or(0)
    }

    /// Sets the number of values of a bin, and whether it only counts.
    fn set(&mut self, slot: usize, count: u64, only_counts: bool) {
        self.bins[slot] = Bin((count % MOST) as u32 * 2 + u32::from(only_counts));
        if count < MOST {
            self.carried.remove(&slot);
        } else {
            self.carried.insert(slot, count - count % MOST);
        }
    }

    /// Counts equal values in a bin that is empty or holds a single value.
    #[inline(never)]
    fn count_alike(&mut self, slot: usize, x: i64, count: u64) {
        let before = self.count(slot);
        let mixes = before > 0 && self.only[slot] != x;
        self.only[slot] = if mixes { 0 } else { x };
        self.set(slot, before + count, mixes);
    }

    /// Adds each of these values, several slots at a time.
    pub fn add_each(&mut self, values: &[i64]) {
        for values in values.chunks(CHUNK) {
            // The bits of all values together show whether one is large or negative.
            if values.iter().fold(0, |bits, x| bits | *x as u64) >> 51 != 0 {
                values.iter().for_each(|x| self.add(*x));
                continue;
            }
            let mut slots = [0; CHUNK];
            for (slot, x) in slots.iter_mut().zip(values) {
                *slot = slot_of_short(*x);
            }
            for (slot, x) in slots.iter().zip(values) {
                self.count_in(*slot as usize, *x);
            }
        }
    }

    /// The counts of all bins, in the order of values.
    pub(super) fn counts(&self) -> impl Iterator<Item = u64> {
        (0..BINS).map(|at| self.count((FIRST + at) % SLOTS))
    }

    /// The index of the bin of a value, in the order of values.
    pub(super) fn bin(x: f64) -> usize {
        ((x.clamp(0.0, ((1_u64 << 53) - 1) as f64).floor() + 1.0).to_bits() >> 45) as usize - FIRST
    }

    /// The value of a nonempty bin, if it holds only one.
    fn only(&self, at: usize) -> Option<i64> {
        let slot = (FIRST + at) % SLOTS;
        if self.bins[slot].only_counts() {
            (at < ONE_WIDE).then(|| lower_edge(at))
        } else {
            Some(self.only[slot])
        }
    }

    /// The number of values.
    pub fn n(&self) -> u64 {
        let counted: u64 = self.bins.iter().map(|bin| bin.count()).sum();
        counted + self.carried.values().sum::<u64>()
    }

    /// Adds all values of another histogram.
    pub fn merge(&mut self, other: &Histogram) {
        for slot in (0..SLOTS).filter(|slot| other.count(*slot) > 0) {
            let count = other.count(slot);
            if other.bins[slot].only_counts() || self.bins[slot].only_counts() {
                self.set(slot, self.count(slot) + count, true);
                self.only[slot] = 0;
            } else {
                self.count_alike(slot, other.only[slot], count);
            }
        }
    }

    /// The smallest value that at least a share `p` of the values does not exceed.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let n = self.n();
        if n == 0 {
            return None;
        }
        let rank = ((p * n as f64).ceil() as u64).clamp(1, n);
        let mut before = 0;
        for (at, count) in self.counts().enumerate() {
            if before + count >= rank {
                if let Some(value) = self.only(at) {
                    return Some(value as f64);
                }
                let (low, high) = (lower_edge(at) as f64, lower_edge(at + 1) as f64);
                let within = ((rank - before) as f64 - 0.5) / count as f64;
                return Some(low + (high - low) * within);
            }
            before += count;
        }
        None
    }

    /// The share of values at most `x`, interpolated within a bin.
    pub fn share_within(&self, x: f64) -> Option<f64> {
        let n = self.n();
        if n == 0 {
            return None;
        }
        let mut sum = 0.0;
        for (at, count) in self.counts().enumerate().filter(|(_, count)| *count > 0) {
            let (low, high) = (lower_edge(at) as f64, lower_edge(at + 1) as f64);
            let share = match self.only(at) {
                Some(value) => f64::from(value as f64 <= x),
                None => ((x - low) / (high - low)).clamp(0.0, 1.0),
            };
            sum += count as f64 * share;
        }
        Some(sum / n as f64)
    }
}

/// A nonempty bin, in the form that is saved.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Filled {
    /// Its index, in the order of values.
    bin: usize,
    count: u64,
    /// Its only value, if the bin can hold others.
    only: Option<i64>,
}

/// A saved bin that no histogram can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a histogram has no bin {bin} with such values, or has it twice")]
struct BadBin {
    bin: usize,
}

impl From<Histogram> for Vec<Filled> {
    fn from(histogram: Histogram) -> Vec<Filled> {
        let filled = |bin: usize| {
            let slot = (FIRST + bin) % SLOTS;
            let (only_counts, only) = (histogram.bins[slot].only_counts(), histogram.only[slot]);
            Filled { bin, count: histogram.count(slot), only: (!only_counts).then_some(only) }
        };
        (0..BINS).map(filled).filter(|filled| filled.count > 0).collect()
    }
}

impl TryFrom<Vec<Filled>> for Histogram {
    type Error = BadBin;

    fn try_from(bins: Vec<Filled>) -> Result<Histogram, BadBin> {
        let mut histogram = Histogram::default();
        for Filled { bin, count, only } in bins {
            let holds =
                |x: i64| bin >= ONE_WIDE && (lower_edge(bin)..lower_edge(bin + 1)).contains(&x);
            let slot = (FIRST + bin) % SLOTS;
            let is_new = bin < BINS && histogram.count(slot) == 0;
            if !is_new || count == 0 || count > u64::MAX >> 1 || !only.is_none_or(holds) {
                return Err(BadBin { bin });
            }
            histogram.set(slot, count, only.is_none());
            histogram.only[slot] = only.unwrap_or(0);
        }
        Ok(histogram)
    }
}

#[cold]
fn limited(x: i64) -> i64 {
    x.clamp(0, (1 << 53) - 1)
}

/// The upper bits of 1 + x, the exponent and seven bits of the fraction, wrapped to the table.
#[inline]
fn slot(x: i64) -> usize {
    (((x + 1) as f64).to_bits() >> 45) as usize % SLOTS
}

/// [`slot`] of a value below 2^51, before wrapping. It needs no conversion, so that the compiler
/// can vectorize it.
#[inline]
fn slot_of_short(x: i64) -> u64 {
    // A float with this exponent has a fraction in units of 1.
    const ONES: u64 = (1023 + 52) << 52;
    (f64::from_bits((x + 1) as u64 | ONES) - f64::from_bits(ONES)).to_bits() >> 45
}

/// The least value of the bin with this index.
fn lower_edge(bin: usize) -> i64 {
    f64::from_bits(((FIRST + bin) as u64) << 45).ceil() as i64 - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn atoms_are_exact() {
        let mut histogram = Histogram::default();
        let day = 86_400_000_000;
        for (times, value) in [(700, 2 * day), (210, 4 * day), (90, 6 * day)] {
            (0..times).for_each(|_| histogram.add(value));
        }
        assert_eq!(histogram.quantile(0.5), Some(2.0 * day as f64));
        assert_eq!(histogram.quantile(0.7), Some(2.0 * day as f64));
        assert_eq!(histogram.quantile(0.95), Some(6.0 * day as f64));
    }

    #[test]
    fn merging_gives_the_same_in_any_order() {
        let values: Vec<i64> = (0..1000).map(|i| i * i * 37 + i).collect();
        let part = |values: &[i64]| {
            let mut histogram = Histogram::default();
            values.iter().for_each(|x| histogram.add(*x));
            histogram
        };
        let whole = part(&values);
        let (mut a, b) = (part(&values[..400]), part(&values[400..]));
        let mut c = b.clone();
        c.merge(&a);
        a.merge(&b);
        let figures = |h: &Histogram| [0.0, 0.1, 0.5, 0.9, 1.0].map(|p| h.quantile(p));
        assert_eq!(figures(&a), figures(&c));
        assert_eq!(figures(&a), figures(&whole));
    }

    #[test]
    fn any_number_of_equal_values_in_a_bin_stays_exact() {
        let mut histogram = Histogram::default();
        for x in [0, 0, 1, 253, 253, 253, 254] {
            histogram.add(x);
        }
        let mut merged = histogram.clone();
        merged.merge(&histogram);
        for h in [&histogram, &merged] {
            let quantiles = [0.2, 0.4, 0.8, 1.0].map(|p| h.quantile(p));
            assert_eq!(quantiles, [0.0, 1.0, 253.0, 254.0].map(Some));
            assert_eq!(h.share_within(1.0), Some(3.0 / 7.0));
        }
        let is_one_wide = |at: usize| lower_edge(at + 1) - lower_edge(at) <= 1;
        assert!((0..ONE_WIDE).all(is_one_wide) && !is_one_wide(ONE_WIDE));
        assert_eq!(lower_edge(ONE_WIDE), 255);
    }

    #[test]
    fn quantiles_include_values_at_the_limit() {
        let limit = (1_i64 << 53) - 1;
        let mut histogram = Histogram::default();
        for x in [1, limit - 1, limit, i64::MAX] {
            histogram.add(x);
        }
        let mut merged = histogram.clone();
        merged.merge(&histogram);
        for h in [&histogram, &merged] {
            let quantiles = [0.25, 0.5, 0.75, 1.0].map(|p| h.quantile(p));
            assert_eq!(quantiles, [1, limit - 1, limit, limit].map(|x| Some(x as f64)));
            let shares = [1, limit - 1, limit].map(|x| h.share_within(x as f64));
            assert_eq!(shares, [0.25, 0.5, 1.0].map(Some));
        }
    }

    #[test]
    fn quantiles_of_many_values_are_right_to_half_a_percent() {
        let mut histogram = Histogram::default();
        for i in 1..=100_000i64 {
            histogram.add(i * 1000);
        }
        for p in [0.01, 0.1, 0.5, 0.9, 0.99] {
            let found = histogram.quantile(p).unwrap();
            let exact = p * 1e8;
            assert!((found / exact - 1.0).abs() < 0.0005, "{p}: {found}");
            assert!((histogram.share_within(exact).unwrap() - p).abs() < 0.0005);
        }
    }

    #[test]
    fn many_values_are_added_as_each_of_them() {
        let mut values: Vec<i64> = (0..300).map(|i| 7_i64.pow(i % 18) * i64::from(i)).collect();
        for last in [3, -1, (1 << 51) - 1, 1 << 51, 1 << 60] {
            values.push(last);
            let (mut one_by_one, mut together) = (Histogram::default(), Histogram::default());
            values.iter().for_each(|x| one_by_one.add(*x));
            together.add_each(&values);
            assert!(one_by_one == together, "{last}");
        }
    }

    #[test]
    fn saved_histograms_are_read_back() {
        let mut histogram = Histogram::default();
        for x in [0, 0, 7, 254, 255, 300, 300, 86_400_000_000, 1 << 52, i64::MAX] {
            histogram.add(x);
        }
        let written = serde_json::to_string(&histogram).unwrap();
        assert!(serde_json::from_str::<Histogram>(&written).unwrap() == histogram, "{written}");
    }

    /// Bins that are about to be full go on as if they had no limit, also where they are merged.
    #[test]
    fn bins_count_beyond_their_memory() {
        let nearly = MOST - 1;
        let text = format!(
            r#"[{{"bin": 128, "count": {nearly}, "only": null}}, {{"bin": 1200, "count": {nearly}, "only": 705}}]"#
        );
        assert!((lower_edge(1200)..lower_edge(1201)).contains(&705));
        let mut histogram: Histogram = serde_json::from_str(&text).unwrap();
        let low = lower_edge(128);
        for x in [low, low, 705, 705, 705] {
            histogram.add(x);
        }
        assert_eq!(histogram.n(), 2 * nearly + 5);
        assert_eq!((histogram.quantile(0.49), histogram.quantile(0.51)), (Some(1.0), Some(705.0)));
        let mut merged = histogram.clone();
        merged.merge(&histogram);
        assert_eq!(merged.n(), 2 * histogram.n());
        assert_eq!(merged.counts().max(), Some(2 * (nearly + 3)));
        assert_eq!(merged.quantile(0.51), Some(705.0));
        let written = serde_json::to_string(&merged).unwrap();
        assert!(serde_json::from_str::<Histogram>(&written).unwrap() == merged);
    }

    #[test]
    fn bins_that_no_histogram_has_are_refused() {
        for bins in [
            r#"[{"bin": 99999, "count": 1, "only": null}]"#,
            r#"[{"bin": 3, "count": 0, "only": null}]"#,
            r#"[{"bin": 3, "count": 1, "only": 3}]"#,
            r#"[{"bin": 1200, "count": 1, "only": 3}]"#,
            r#"[{"bin": 3, "count": 1, "only": null}, {"bin": 3, "count": 1, "only": null}]"#,
        ] {
            assert!(serde_json::from_str::<Histogram>(bins).is_err(), "{bins}");
        }
    }

    #[test]
    fn bins_meet_without_gaps() {
        for x in [0, 1, 2, 127, 128, 129, 255, 256, 1000, 123_456_789, 1 << 52, (1 << 53) - 2] {
            let at = (slot(x) + SLOTS - FIRST % SLOTS) % SLOTS;
            assert!(lower_edge(at) <= x && x < lower_edge(at + 1).max(x + 1), "{x}");
        }
    }
}
