//! Compiled inverses: each random word gives one value, at the same cost for every family.
//!
//! A word `w` stands for the probability `(w + 1/2) / 2^64`; the value is the quantile there. So
//! one draw takes one word, and no logarithm is computed at run time. A larger word never gives a
//! smaller value, as common random numbers and quasi-random points need. Families with a simple
//! inverse use it. The others get a [`Table`] of cubics on intervals that are geometric towards
//! both tails, after Hörmann and Leydold, *Continuous random variate generation by fast numerical
//! inversion* (ACM TOMACS 13, 2003), but addressed by the bits of a float instead of by a search.
//!
//! ```
//! use voronka::random::distribution::Distribution;
//! let wait = Distribution::exponential(10.0)?.inverse();
//! let median = wait.at(1 << 63);
//! assert!((median / (10.0 * 2.0_f64.ln()) - 1.0).abs() < 1e-6);
//! assert!(wait.at(u64::MAX) > 400.0);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use std::sync::Arc;

use super::distribution::Distribution;
use super::families::{
    Exponential, Family, Hyperexponential, Lognormal, Mixture, Step, Triangular, Weibull,
};

mod shared;
mod table;

pub use table::Table;

use shared::Shape;
use table::WORSE_THAN_USABLE;

/// A distribution compiled for drawing.
#[derive(Debug, Clone, PartialEq)]
pub enum Inverse {
    /// Always the same value.
    Constant(f64),
    /// A linear function: the uniform distribution.
    Line {
        /// Lowest value.
        low: f64,
        /// Distance to the highest value.
        width: f64,
    },
    /// Two square roots: the triangular distribution.
    Triangle(Triangle),
    /// Cubics through exact quantiles: any smooth family.
    Table(Arc<Table>),
    /// A shared table times a factor, for families that differ only by scale.
    Scaled {
        /// The factor.
        scale: f64,
        /// The table for scale 1.
        table: Arc<Table>,
    },
    /// Discrete values: the empirical distribution.
    Steps(Arc<Steps>),
    /// One of several inverses.
    Mixture(Arc<Branches>),
    /// No table: the quantile of the distribution itself.
    Exact(Box<Distribution>),
}

impl Inverse {
    /// Returns the value for a word.
    #[inline(always)]
    pub fn at(&self, word: u64) -> f64 {
        match self {
            // Most draws by far: the middle of a scaled table.
            Self::Scaled { scale, table } if !table.is_outer(word) => scale * table.middle(word),
            _ => self.at_any(word),
        }
    }

    #[inline(never)]
    fn at_any(&self, word: u64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Line { low, width } => low + width * probability(word),
            Self::Triangle(triangle) => triangle.at(word),
            Self::Table(table) => table.at(word),
            Self::Scaled { scale, table } => scale * table.at(word),
            Self::Steps(steps) => steps.at(word),
            Self::Mixture(branches) => branches.at(word),
            Self::Exact(distribution) => quantile(distribution, word),
        }
    }

    /// Writes the value for each word to the same position; the family is matched only once.
    ///
    /// If the slices differ in length, the excess of the longer one is left unchanged.
    pub fn at_each(&self, words: &[u64], values: &mut [f64]) {
        let pairs = values.iter_mut().zip(words);
        match self {
            Self::Constant(value) => pairs.for_each(|(place, _)| *place = *value),
            Self::Table(table) => table.at_each(words, values),
            Self::Scaled { scale, table } => {
                table.at_each(words, values);
                values.iter_mut().zip(words).for_each(|(value, _)| *value *= scale);
            }
            other => pairs.for_each(|(place, word)| *place = other.at(*word)),
        }
    }

    /// Returns the value if it is the same for every word.
    pub fn is_constant(&self) -> Option<f64> {
        match self {
            Self::Constant(value) => Some(*value),
            _ => None,
        }
    }

    pub(super) fn line(min: f64, max: f64) -> Self {
        let mut width = max - min;
        while min + width > max {
            width = width.next_down();
        }
        Self::Line { low: min, width }
    }

    pub(super) fn triangle(triangular: &Triangular) -> Self {
        Self::Triangle(Triangle {
            rising_words: words(triangular.rising_share()),
            rising: (triangular.minimum(), triangular.rising_reach()),
            falling: (triangular.maximum(), -triangular.falling_reach()),
        })
    }

    pub(super) fn table(family: &dyn Family) -> Self {
        Self::Table(Arc::new(Table::new(family)))
    }

    pub(super) fn exponential(mean: f64) -> Self {
        let unit = Exponential::of_checked(1.0);
        Self::Scaled { scale: mean, table: shared::table(Shape::Exponential, &unit) }
    }

    pub(super) fn lognormal(lognormal: &Lognormal) -> Self {
        let (scale, unit) = lognormal.unit();
        Self::Scaled {
            scale,
            table: shared::table(Shape::Lognormal(unit.sigma().to_bits()), &unit),
        }
    }

    pub(super) fn weibull(weibull: &Weibull) -> Self {
        let (scale, unit) = weibull.unit();
        Self::Scaled { scale, table: shared::table(Shape::Weibull(unit.shape().to_bits()), &unit) }
    }

    /// If phases differ too much for a table, the word first chooses a phase.
    pub(super) fn hyperexponential(several: &Hyperexponential) -> Self {
        let table = Table::new(several);
        if table.worst_error() <= WORSE_THAN_USABLE {
            return Self::Table(Arc::new(table));
        }
        let phases = several.phases().iter();
        Self::branches(phases.map(|phase| (phase.share, phase.inverse())))
    }

    pub(super) fn steps(steps: &[Step]) -> Self {
        Self::Steps(Arc::new(Steps::new(steps)))
    }

    pub(super) fn mixture(mixture: &Mixture) -> Self {
        let parts = mixture.parts().iter();
        Self::branches(parts.map(|part| (part.share, part.distribution.inverse())))
    }

    /// A distribution without a table: nothing to prepare, but each value costs a quantile.
    pub fn exact(of: &Distribution) -> Self {
        match of {
            Distribution::Constant(_)
            | Distribution::Uniform(_)
            | Distribution::Triangular(_)
            | Distribution::Empirical(_) => of.inverse(),
            _ => Self::Exact(Box::new(of.clone())),
        }
    }

    fn branches(parts: impl Iterator<Item = (f64, Self)>) -> Self {
        Self::Mixture(Arc::new(Branches::new(parts)))
    }
}

/// 2^-64: the probability of one word.
const WORD: f64 = 1.0 / (1_u128 << 64) as f64;

/// Returns the probability of a word; rounding may make it 1.
#[inline]
fn probability(word: u64) -> f64 {
    (word as f64 + 0.5) * WORD
}

/// The quantile of a word, from the nearer end.
fn quantile(of: &Distribution, word: u64) -> f64 {
    let is_upper = word > u64::MAX / 2;
    if is_upper { of.quantile_upper(probability(!word)) } else { of.quantile(probability(word)) }
}

/// Returns the number of words below a probability; one less than all for 1.
fn words(probability: f64) -> u64 {
    (probability / WORD) as u64
}

/// The inverse of a triangular distribution, exact through one square root.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triangle {
    /// Words below this give values below the mode.
    rising_words: u64,
    /// An end, and the factor of the square root of the probability measured from it.
    rising: (f64, f64),
    falling: (f64, f64),
}

impl Triangle {
    #[inline]
    fn at(&self, word: u64) -> f64 {
        let (word, (end, reach)) =
            if word < self.rising_words { (word, self.rising) } else { (!word, self.falling) };
        end + reach * probability(word).sqrt()
    }
}

/// The inverse of an empirical distribution: thresholds between words, searched with a guide.
///
/// The guide (Chen and Asau, 1974) has as many entries as there are values, or a few more, so the
/// search that follows takes one or two comparisons on average, however many values there are.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    values: Box<[f64]>,
    /// The first word of each value but the first.
    thresholds: Box<[u64]>,
    /// For each prefix of a word: the number of thresholds at or below its lowest word.
    guide: Box<[u32]>,
    /// The shift that turns a word into its index in the guide.
    shift: u32,
}

impl Steps {
    fn new(steps: &[Step]) -> Self {
        let values = steps.iter().map(|step| step.value).collect();
        let inner = &steps[..steps.len().saturating_sub(1)];
        let thresholds: Box<[u64]> = inner.iter().map(|step| words(step.up_to)).collect();
        let bits = steps.len().next_power_of_two().trailing_zeros().max(1);
        let shift = u64::BITS - bits;
        let passed = |place: u64| thresholds.partition_point(|&first| first <= place << shift);
        let guide = (0..1 << bits).map(|place| passed(place) as u32).collect();
        Self { values, thresholds, guide, shift }
    }

    #[inline]
    fn at(&self, word: u64) -> f64 {
        let mut index = self.guide[(word >> self.shift) as usize] as usize;
        while self.thresholds.get(index).is_some_and(|&first| first <= word) {
            index += 1;
        }
        self.values[index]
    }
}

/// The inverse of a mixture: the word chooses the part, and its rest draws from the part.
#[derive(Debug, Clone, PartialEq)]
pub struct Branches {
    branches: Box<[Branch]>,
}

/// One part of a mixture and its range of words.
#[derive(Debug, Clone, PartialEq)]
struct Branch {
    first: u64,
    /// 2^64 over the number of words, as integer part and fraction: scales the range to all words.
    whole: u64,
    fraction: u64,
    inverse: Inverse,
}

impl Branches {
    fn new(parts: impl Iterator<Item = (f64, Inverse)>) -> Self {
        let mut branches: Vec<Branch> = Vec::new();
        let (mut passed, mut first) = (0.0, 0);
        let mut parts = parts.peekable();
        while let Some((share, inverse)) = parts.next() {
            passed += share;
            let next = if parts.peek().is_none() { 1 << 64 } else { u128::from(words(passed)) };
            // A part with fewer than two words of 2^64 cannot be drawn.
            if next > first + 1 {
                branches.push(Branch::new(first, next, inverse));
                first = next;
            }
        }
        Self { branches: branches.into() }
    }

    fn at(&self, word: u64) -> f64 {
        let later = self.branches.iter().skip(1).filter(|branch| branch.first <= word).count();
        let branch = &self.branches[later];
        branch.inverse.at(branch.stretched(word))
    }
}

impl Branch {
    fn new(first: u128, next: u128, inverse: Inverse) -> Self {
        let width = next - first;
        let (whole, rest) = ((1_u128 << 64) / width, (1_u128 << 64) % width);
        // A single part has all words, so the factor is 1.
        let fraction = (rest << 64) / width;
        Self { first: first as u64, whole: whole as u64, fraction: fraction as u64, inverse }
    }

    fn stretched(&self, word: u64) -> u64 {
        let inside = word - self.first;
        let part = (u128::from(inside) * u128::from(self.fraction)) >> 64;
        inside * self.whole + part as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::distribution::Distribution;
    use rand::Rng;
    use rand_pcg::Pcg64Mcg;

    fn families() -> Vec<Distribution> {
        [
            Distribution::uniform(2.0, 6.0),
            Distribution::triangular(2.0, 5.0, 14.0),
            Distribution::triangular(0.0, 0.0, 3.0),
            Distribution::pert(2.0, 5.0, 14.0),
            Distribution::pert(0.0, 1.0, 9.0),
            Distribution::normal(20.0, 5.0),
            Distribution::normal(-1.0, 1.0),
            Distribution::positive_normal(20.0, 5.0),
            Distribution::positive_normal(1.0, 2.0),
            Distribution::positive_normal(-8.0, 1.0),
            Distribution::lognormal_mean_sd(20.0, 15.0),
            Distribution::lognormal_median_sigma(20.0, 2.5),
            Distribution::exponential(8.64e10),
            Distribution::gamma_mean_sd(20.0, 15.0),
            Distribution::gamma_shape_scale(0.05, 10.0),
            Distribution::gamma_shape_scale(1e6, 10.0),
            Distribution::erlang(12, 10.0),
            Distribution::weibull_shape_scale(0.7, 4.0),
            Distribution::weibull_shape_scale(0.2, 4.0),
            Distribution::weibull_shape_scale(5.0, 4.0),
            Distribution::loglogistic(10.0, 1.2),
            Distribution::loglogistic(10.0, 4.0),
            Distribution::beta(0.0, 1.0, 0.5, 0.5),
            Distribution::beta(0.0, 1.0, 0.1, 0.1),
            Distribution::beta(-1.0, 1.0, 200.0, 30.0),
            Distribution::hyperexponential(&[0.9, 0.1], &[5.0, 60.0]),
            Distribution::empirical(&[3.0, 1.0, 4.0, 1.0, 5.0], None),
        ]
        .into_iter()
        .map(Result::unwrap)
        .collect()
    }

    /// Words of all magnitudes from both ends, and evenly spaced ones.
    fn words_of_all_sizes(count: u32) -> Vec<u64> {
        let mut generator = Pcg64Mcg::new(0x5eed);
        let mut words = vec![0, 1, (1 << 63) - 1, 1 << 63, u64::MAX - 1, u64::MAX];
        for i in 0..count {
            let word = generator.next_u64() >> if i % 2 == 0 { 0 } else { i / 2 % 64 };
            words.push(if i % 4 == 3 { !word } else { word });
        }
        words
    }

    fn exact(distribution: &Distribution, word: u64) -> f64 {
        if word >> 63 == 0 {
            distribution.quantile(probability(word))
        } else {
            distribution.quantile_upper(probability(!word))
        }
    }

    #[test]
    fn every_inverse_is_within_a_millionth_of_the_exact_quantile() {
        let words = words_of_all_sizes(100_000);
        for distribution in families() {
            let inverse = distribution.inverse();
            let crosses = distribution.minimum() < 0.0 && distribution.maximum() > 0.0;
            let spread = distribution.sd().min(1e100);
            // Near zero, errors are relative to the spread, as for values below 1e-18 of it.
            let floor = if crosses { spread } else { spread * 1e-18 };
            for &word in &words {
                let (found, exact) = (inverse.at(word), exact(&distribution, word));
                assert!(
                    (found - exact).abs() <= 1e-6 * exact.abs().max(floor),
                    "{distribution:?} at {word:#x}: {found} instead of {exact}"
                );
            }
        }
    }

    #[test]
    fn without_a_table_the_value_is_the_quantile() {
        let words = words_of_all_sizes(200);
        for distribution in families() {
            let (tabulated, exact) = (distribution.inverse(), Inverse::exact(&distribution));
            assert!(!matches!(exact, Inverse::Table(_) | Inverse::Scaled { .. }), "{exact:?}");
            if exact != tabulated {
                for &word in &words {
                    assert_eq!(exact.at(word), self::exact(&distribution, word), "{word:#x}");
                }
            }
        }
    }

    #[test]
    fn a_larger_word_never_gives_a_smaller_value() {
        let mut words = words_of_all_sizes(100_000);
        words.sort_unstable();
        for distribution in families() {
            let inverse = distribution.inverse();
            let values: Vec<f64> = words.iter().map(|&word| inverse.at(word)).collect();
            for pair in values.windows(2) {
                let rounding = 1e-13 * pair[0].abs().max(distribution.sd().min(1.0) * 1e-18);
                assert!(pair[1] >= pair[0] - rounding, "{distribution:?}: {pair:?}");
            }
        }
    }

    #[test]
    fn extreme_words_give_finite_values_inside_the_support() {
        for distribution in families() {
            let inverse = distribution.inverse();
            for word in [0, 1, 1 << 62, (1 << 63) - 1, 1 << 63, u64::MAX - 1, u64::MAX] {
                let value = inverse.at(word);
                assert!(value.is_finite());
                assert!(value >= distribution.minimum() && value <= distribution.maximum());
            }
        }
    }

    #[test]
    fn phases_too_different_for_a_table_are_chosen_first() {
        let several = Distribution::hyperexponential(&[0.9, 0.1], &[1.0, 1e6]).unwrap();
        assert!(matches!(several.inverse(), Inverse::Mixture(_)));
        let gentle = Distribution::hyperexponential(&[0.9, 0.1], &[5.0, 60.0]).unwrap();
        assert!(matches!(gentle.inverse(), Inverse::Table(_)));
    }

    #[test]
    fn the_steps_of_an_empirical_inverse_are_those_of_its_weights() {
        let values: Vec<f64> = (0..300).map(f64::from).collect();
        let weights: Vec<f64> = (0..300).map(|i| f64::from(i * i % 7)).collect();
        let seen = Distribution::empirical(&values, Some(&weights)).unwrap();
        let inverse = seen.inverse();
        for i in 0..10_000 {
            let p = (f64::from(i) + 0.5) / 10_000.0;
            assert!((inverse.at(words(p)) - seen.quantile(p)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_part_of_a_mixture_gets_every_word_of_its_own() {
        let low = Distribution::uniform(0.0, 1.0).unwrap();
        let high = Distribution::uniform(1.0, 2.0).unwrap();
        let inverse = Distribution::mixture(vec![(0.25, low), (0.75, high)]).unwrap().inverse();
        for (p, x) in [(0.0, 0.0), (0.125, 0.5), (0.249_999_999, 1.0), (0.25, 1.0), (0.625, 1.5)] {
            assert!((inverse.at(words(p)) - x).abs() < 1e-8, "{p}");
        }
        assert!((inverse.at(u64::MAX) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn only_a_constant_is_constant() {
        assert_eq!(Inverse::Constant(2.0).is_constant(), Some(2.0));
        assert_eq!(Distribution::exponential(2.0).unwrap().inverse().is_constant(), None);
    }

    #[test]
    fn many_words_give_the_values_of_each() {
        let word = |i: u64| (i + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for inverse in families().iter().map(Distribution::inverse) {
            for (n, room) in
                [(0, 3), (1, 1), (2, 7), (255, 255), (256, 300), (257, 257), (600, 599)]
            {
                let words: Vec<u64> =
                    [0, u64::MAX].into_iter().chain((0..n).map(word)).take(n as usize).collect();
                let mut values = vec![-1.0; room];
                inverse.at_each(&words, &mut values);
                let each = words.iter().map(|word| inverse.at(*word));
                let expected: Vec<f64> = each.chain(std::iter::repeat(-1.0)).take(room).collect();
                assert_eq!(values, expected, "{n} words, room for {room}");
            }
        }
    }
}
