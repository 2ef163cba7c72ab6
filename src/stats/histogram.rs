//! A histogram of whole numbers on the upper bits of their floating-point form.
//!
//! 128 bins to an octave: a quantile is right to 0.4 %, and interpolated within its bin. A bin
//! that holds one value only knows it exactly, so atoms and small samples are exact. All counts are
//! integers: merging gives the same histogram in any order (the idea of `HdrHistogram`, without a
//! logarithm).

/// Slots of the table: a power of two, so that an address needs no check.
const SLOTS: usize = 8192;
/// Values added in one go.
const CHUNK: usize = 64;
/// `(bits of 1.0) >> 45`: the slot, before wrapping, of the value 0.
const FIRST: usize = 1023 << 7;
/// 128 bins for each octave of 1 + x, up to 2^53.
const BINS: usize = 53 * 128;
/// What a bin that holds more than one value says.
const MIXED: u64 = u64::MAX;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Bin {
    /// 0 while empty, 1 more than its only value, or [`MIXED`].
    only: u64,
    /// How many values.
    count: u64,
}

impl Bin {
    /// The value, if it holds one only.
    fn single(self) -> Option<i64> {
        (self.only != MIXED).then_some(self.only.wrapping_sub(1) as i64)
    }

    /// Counts values, without a jump to guess: `only` is as in a bin that holds just those.
    #[inline]
    fn count_in(&mut self, only: u64, count: u64) {
        let same = self.only == 0 || self.only == only;
        self.only = if same { only } else { MIXED };
        self.count += count;
    }
}

/// A histogram of values from 0 to 2^53.
#[derive(Clone, PartialEq)]
pub struct Histogram {
    /// In the order of their slots, which wraps: [`Histogram::sorted`] puts them in order.
    bins: Box<[Bin; SLOTS]>,
}

impl std::fmt::Debug for Histogram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Histogram of {} values, median {:?}", self.n(), self.quantile(0.5))
    }
}

impl Default for Histogram {
    fn default() -> Histogram {
        let bins = vec![Bin::default(); SLOTS].into_boxed_slice();
        Histogram { bins: bins.try_into().expect("there is a bin for each slot") }
    }
}

impl Histogram {
    /// Adds a value; negative ones count as 0.
    #[inline]
    pub fn add(&mut self, x: i64) {
        let x = if x as u64 >= 1 << 53 { limited(x) } else { x };
        self.bins[slot(x)].count_in(x as u64 + 1, 1);
    }

    /// Adds each of these values, with the slots of some found together.
    pub fn add_each(&mut self, values: &[i64]) {
        for values in values.chunks(CHUNK) {
            // All of them together tell whether one is large or negative.
            if values.iter().fold(0, |bits, x| bits | *x as u64) >> 51 != 0 {
                values.iter().for_each(|x| self.add(*x));
                continue;
            }
            let mut slots = [0; CHUNK];
            for (slot, x) in slots.iter_mut().zip(values) {
                *slot = slot_of_short(*x);
            }
            for (slot, x) in slots.iter().zip(values) {
                let bin = &mut self.bins[*slot as usize % SLOTS];
                // Nearly all are mixed where many come at once: a jump that is mostly guessed.
                if bin.only == MIXED {
                    bin.count += 1;
                } else {
                    bin.count_in(*x as u64 + 1, 1);
                }
            }
        }
    }

    /// The bins in the order of their values.
    fn sorted(&self) -> impl Iterator<Item = &Bin> {
        (0..BINS).map(|at| &self.bins[(FIRST + at) % SLOTS])
    }

    /// How many values.
    pub fn n(&self) -> u64 {
        self.bins.iter().map(|bin| bin.count).sum()
    }

    /// Adds all values of another one.
    pub fn merge(&mut self, other: &Histogram) {
        for (mine, others) in self.bins.iter_mut().zip(other.bins.iter()) {
            if others.count > 0 {
                mine.count_in(others.only, others.count);
            }
        }
    }

    /// The smallest value that at least this share of the values does not exceed.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let n = self.n();
        if n == 0 {
            return None;
        }
        let rank = ((p * n as f64).ceil() as u64).clamp(1, n);
        let mut before = 0;
        for (at, bin) in self.sorted().enumerate() {
            if before + bin.count >= rank {
                if let Some(value) = bin.single() {
                    return Some(value as f64);
                }
                let (low, high) = (lower_edge(at) as f64, lower_edge(at + 1) as f64);
                let within = ((rank - before) as f64 - 0.5) / bin.count as f64;
                return Some(low + (high - low) * within);
            }
            before += bin.count;
        }
        None
    }

    /// The share of values at most `x`, interpolated within a bin.
    pub fn share_within(&self, x: f64) -> Option<f64> {
        let n = self.n();
        if n == 0 {
            return None;
        }
        let mut count = 0.0;
        for (at, bin) in self.sorted().enumerate().filter(|(_, bin)| bin.count > 0) {
            let (low, high) = (lower_edge(at) as f64, lower_edge(at + 1) as f64);
            let share = match bin.single() {
                Some(value) => f64::from(value as f64 <= x),
                None => ((x - low) / (high - low)).clamp(0.0, 1.0),
            };
            count += bin.count as f64 * share;
        }
        Some(count / n as f64)
    }
}

#[cold]
fn limited(x: i64) -> i64 {
    x.clamp(0, (1 << 53) - 1)
}

/// The upper bits of 1 + x: the exponent and seven bits of the fraction, wrapped.
#[inline]
fn slot(x: i64) -> usize {
    (((x + 1) as f64).to_bits() >> 45) as usize % SLOTS
}

/// [`slot`] of a value below 2^51, before wrapping: without a conversion, so that the compiler makes
/// vectors of it.
#[inline]
fn slot_of_short(x: i64) -> u64 {
    // The fraction of a float of this exponent counts ones.
    const ONES: u64 = (1023 + 52) << 52;
    (f64::from_bits((x + 1) as u64 | ONES) - f64::from_bits(ONES)).to_bits() >> 45
}

/// The least value of the bin with this number.
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
    fn bins_meet_without_gaps() {
        for x in [0, 1, 2, 127, 128, 129, 255, 256, 1000, 123_456_789, 1 << 52, (1 << 53) - 2] {
            let at = (slot(x) + SLOTS - FIRST % SLOTS) % SLOTS;
            assert!(lower_edge(at) <= x && x < lower_edge(at + 1).max(x + 1), "{x}");
        }
    }
}
