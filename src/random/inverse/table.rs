//! The table behind most inverses: cubics on intervals that shrink geometrically towards both
//! tails.
//!
//! The top bit of a word tells from which end its probability is measured; the other 63 bits are
//! that probability. The number of leading zeros is the octave. The first bits after the leading
//! one are the row within the octave, and all further bits the position in the row. Each octave has
//! as many rows as it needs, a power of two: they are doubled until the cubic through four exact
//! quantiles of a row also fits a fifth. The lookup has no comparison, so the processor has no
//! branch to predict. It also has no conversion of integers to floats, whose instruction on x86-64
//! waits for the previous value of its target register (measured: 16 ns a draw instead of 6).

use std::fmt;

use crate::random::families::Family;

/// Octaves of one end, from probability 2^-65 (half a word) to 1/2.
const OCTAVES: u32 = 64;

/// The bits of the float 1; with a fraction added, the float is from 1 to 2.
const ONE: u64 = 1_f64.to_bits();

/// The shift that leaves the fraction bits of a float.
const TO_FRACTION: u32 = 12;

/// An octave has at most 2^8 rows.
const MOST_BITS: u32 = 8;

/// An octave is accepted below this relative error, at the point farthest from the other four.
const TOLERANCE: f64 = 4e-7;

/// Values below this part of the spread need only the absolute accuracy of their neighbours.
const NEGLIGIBLE: f64 = 1e-18;

/// A table with a larger relative error should not be used.
pub(super) const WORSE_THAN_USABLE: f64 = 1e-6;

/// The middle of the distribution is divided into this many parts of equal probability.
const PARTS: usize = 256;

/// At most this many parts at either end use the octaves: a quarter of all draws in total.
const MOST_OUTER: usize = 32;

/// Draws made at a time; their indices fit a byte.
const CHUNK: usize = 256;

/// An inverse distribution function in rows of cubics.
#[derive(Clone, PartialEq)]
pub struct Table {
    /// The cubics of the middle, indexed by the first eight bits of a word, with a third of the
    /// instructions. Unused for the outer parts.
    middle: Box<[Cubic; PARTS]>,
    /// The number of outer parts at either end, and of the others, as words.
    outer: u64,
    inner: u64,
    /// The octaves of the lower end, then those of the upper, each from large to small
    /// probabilities.
    octaves: [Octave; 2 * OCTAVES as usize],
    rows: Box<[Cubic]>,
    worst_error: f64,
}

/// Prints some quantiles, which identify a table better than thousands of coefficients.
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quantiles = [0, 1, 16, 128, 240, 255].map(|part| self.at(part << 56 | 1 << 55));
        f.debug_tuple("Table").field(&quantiles).finish()
    }
}

/// The rows of an octave.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Octave {
    /// Index of the first row.
    first: u32,
    /// The shift that turns the bits after the leading one into the row; below 64, because every
    /// octave has at least two rows.
    shift: u32,
}

/// A cubic in the position within a row, as even and odd terms, which are computed in parallel.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cubic {
    even: [f64; 2],
    odd: [f64; 2],
}

impl Table {
    /// Returns the table of a family; its error is [`Table::worst_error`].
    pub(super) fn new(family: &dyn Family) -> Self {
        let (spread, crosses) = (spread(family), family.minimum() < 0.0 && family.maximum() > 0.0);
        let floor = if crosses { spread } else { spread * NEGLIGIBLE };
        let octaves = [Octave::default(); 2 * OCTAVES as usize];
        let (middle, outer) = middle(family, floor);
        let (inner, outer) = ((PARTS as u64 - 2 * outer) << 56, outer << 56);
        let mut table =
            Self { middle, outer, inner, octaves, rows: Box::default(), worst_error: 0.0 };
        let mut rows = Vec::new();
        for (index, octave) in table.octaves.iter_mut().enumerate() {
            let (upper, zeros) = (index as u32 >= OCTAVES, index as u32 % OCTAVES);
            let quantile = |p| if upper { family.quantile_upper(p) } else { family.quantile(p) };
            let samples = Samples::of_octave(libm::ldexp(0.25, -(zeros as i32)), floor, &quantile);
            *octave = Octave { first: rows.len() as u32, shift: u64::BITS - samples.bits };
            table.worst_error = table.worst_error.max(samples.error);
            rows.extend(samples.rows());
        }
        table.rows = rows.into();
        table
    }

    /// Returns the value for a word.
    #[inline]
    pub(super) fn at(&self, word: u64) -> f64 {
        if self.is_outer(word) { self.outside(word) } else { self.middle(word) }
    }

    /// Returns the value for a word outside the outer parts.
    #[inline(always)]
    pub(super) fn middle(&self, word: u64) -> f64 {
        self.middle[part(word)].at(place(word))
    }

    /// Writes the value for each word to the same position. The tails are done in a second pass, so
    /// that the first has no branch to predict.
    pub(super) fn at_each(&self, words: &[u64], values: &mut [f64]) {
        let middle = &self.middle;
        let count = values.len().min(words.len());
        let (values, words) = (&mut values[..count], &words[..count]);
        for (values, words) in values.chunks_mut(CHUNK).zip(words.chunks(CHUNK)) {
            let mut tails = Tails::new();
            // In pairs, so that the compiler vectorizes them.
            let pairs = values.chunks_exact_mut(2).zip(words.chunks_exact(2));
            for (pair, (values, words)) in pairs.enumerate() {
                let rows = [middle[part(words[0])], middle[part(words[1])]];
                let places = [place(words[0]), place(words[1])];
                values.copy_from_slice(&[rows[0].at(places[0]), rows[1].at(places[1])]);
                tails.offer(2 * pair as u8, self.is_outer(words[0]));
                tails.offer(2 * pair as u8 + 1, self.is_outer(words[1]));
            }
            if let (Some(value), Some(word)) = (values.last_mut(), words.last()) {
                *value = self.at(*word);
            }
            for at in tails.places() {
                let at = usize::from(*at);
                values[at] = self.outside(words[at]);
            }
        }
    }

    /// Returns the value for a word in the outer parts.
    #[inline(never)]
    fn outside(&self, word: u64) -> f64 {
        // All ones for the upper end, whose probability is measured from above.
        let mask = (word.cast_signed() >> 63).cast_unsigned();
        // In half words, so that the middle of a word is an integer, and never zero.
        let place = ((word ^ mask) << 1) | 1;
        let zeros = place.leading_zeros();
        let octave = self.octaves[((word >> 63) as u32 * OCTAVES + zeros) as usize];
        let fraction = place << zeros << 1;
        let row = u64::from(octave.first) + (fraction >> (octave.shift & 63));
        self.rows[row as usize].at(f64::from_bits((fraction >> TO_FRACTION) | ONE) - 1.0)
    }

    /// Whether a word belongs to the outer parts, which use the octaves.
    #[inline(always)]
    pub(super) fn is_outer(&self, word: u64) -> bool {
        word.wrapping_sub(self.outer) >= self.inner
    }

    /// Returns the greatest relative error found while building the table.
    pub fn worst_error(&self) -> f64 {
        self.worst_error
    }

    /// Returns the number of rows, 32 bytes each.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }
}

/// The middle part of a word: its first eight bits.
#[inline]
fn part(word: u64) -> usize {
    (word >> 56) as usize
}

/// The position of a word within its middle part, from 0 to 1.
#[inline]
fn place(word: u64) -> f64 {
    f64::from_bits((word << 8 >> TO_FRACTION) | ONE) - 1.0
}

/// Indices of a chunk that the second pass must handle.
struct Tails {
    places: [u8; CHUNK],
    count: usize,
}

impl Tails {
    fn new() -> Tails {
        Tails { places: [0; CHUNK], count: 0 }
    }

    /// Always writes an index, and keeps it only if `counts`, so that there is no branch to
    /// predict.
    #[inline]
    fn offer(&mut self, place: u8, counts: bool) {
        self.places[self.count % CHUNK] = place;
        self.count += usize::from(counts);
    }

    fn places(&self) -> &[u8] {
        &self.places[..self.count.min(CHUNK)]
    }
}

/// Returns the cubics of the middle parts, and the number of parts at either end that are not
/// accurate enough; all parts if these are too many.
fn middle(family: &dyn Family, floor: f64) -> (Box<[Cubic; PARTS]>, u64) {
    let quantile =
        |p: f64| if p <= 0.5 { family.quantile(p) } else { family.quantile_upper(1.0 - p) };
    let steps = (4 * PARTS) as f64;
    let mut rows = Box::new([Cubic::new([0.0; 4]); PARTS]);
    // From the median outwards, one part on each side, until one of them is not accurate enough.
    for distance in (1..PARTS / 2).rev() {
        for part in [distance, PARTS - 1 - distance] {
            let samples: [f64; 5] =
                std::array::from_fn(|i| quantile((4 * part + i) as f64 / steps));
            let cubic = Cubic::through(samples);
            let error = (cubic.at(0.5) - samples[2]).abs();
            let exact = error <= TOLERANCE * samples[2].abs().max(floor);
            if !exact || !cubic.is_monotone(samples[0], samples[4]) {
                let outer = if distance < MOST_OUTER { distance + 1 } else { PARTS / 2 };
                return (rows, outer as u64);
            }
            rows[part] = cubic;
        }
    }
    (rows, 1)
}

/// Returns a length below which values of this family are small.
fn spread(family: &dyn Family) -> f64 {
    let sd = family.variance().sqrt();
    if sd.is_finite() { sd } else { family.quantile_upper(0.25) - family.quantile(0.25) }
}

impl Cubic {
    /// Constant term first.
    fn new([constant, linear, square, cube]: [f64; 4]) -> Self {
        Self { even: [constant, square], odd: [linear, cube] }
    }

    /// Constant term first.
    fn terms(self) -> [f64; 4] {
        [self.even[0], self.odd[0], self.even[1], self.odd[1]]
    }

    /// Returns the value, by Estrin's scheme, whose dependency chains are shorter than Horner's.
    #[inline(always)]
    fn at(self, t: f64) -> f64 {
        let Self { even, odd } = self;
        let [low, high] = [even[0] + odd[0] * t, even[1] + odd[1] * t];
        low + (t * t) * high
    }

    /// Returns the cubic through the samples at 0, 1/4, 3/4 and 1.
    fn through([start, at_quarter, _, at_three, end]: [f64; 5]) -> Self {
        let (quarter, three, one) = (at_quarter - start, at_three - start, end - start);
        let linear = 8.0 * quarter - 8.0 / 3.0 * three + one;
        let square = (64.0 * quarter - one) / 3.0 - 5.0 * linear;
        Self::new([start, linear, square, one - linear - square])
    }

    /// Whether the cubic is monotone from 0 to 1, up to rounding.
    ///
    /// It suffices that its Bernstein coefficients are monotone (Farin, *Curves and Surfaces*,
    /// 5.1).
    fn is_monotone(self, from: f64, to: f64) -> bool {
        let [_, b, c, d] = self.terms();
        let rounding = 1e-14 * from.abs().max(to.abs());
        let direction = if to < from { -1.0 } else { 1.0 };
        [b, b + c, b + 2.0 * c + 3.0 * d].iter().all(|slope| slope * direction >= -rounding)
    }

    /// Returns the same curve in `t`, where the current variable is `scale * t - offset`.
    fn of_octave(self, scale: f64, offset: f64) -> Self {
        let [a, b, c, d] = self.terms();
        Self::new([
            a - offset * (b - offset * (c - offset * d)),
            scale * (b - offset * (2.0 * c - 3.0 * offset * d)),
            scale * scale * (c - 3.0 * offset * d),
            scale * scale * scale * d,
        ])
    }
}

/// Exact quantiles at equal distances in one octave, four steps per row.
struct Samples {
    values: Vec<f64>,
    bits: u32,
    error: f64,
}

impl Samples {
    fn of_octave(low: f64, floor: f64, quantile: &dyn Fn(f64) -> f64) -> Self {
        let values = (0..=4).map(|i| quantile(low + low * f64::from(i) / 4.0)).collect();
        let mut samples = Self { values, bits: 0, error: f64::INFINITY };
        // A single probe could fit by chance, so there are at least two rows.
        while samples.bits == 0 || samples.bits < MOST_BITS && !samples.are_enough() {
            samples.refine(low, quantile);
            samples.error = samples.worst_error(floor);
        }
        samples
    }

    fn are_enough(&self) -> bool {
        let monotone = |window: [f64; 5]| Cubic::through(window).is_monotone(window[0], window[4]);
        self.error <= TOLERANCE && self.windows().all(monotone)
    }

    /// Halves the distances and keeps the existing samples.
    fn refine(&mut self, low: f64, quantile: &dyn Fn(f64) -> f64) {
        let old = std::mem::take(&mut self.values);
        let steps = (2 * (old.len() - 1)) as f64;
        for (i, &value) in old.iter().enumerate() {
            if i > 0 {
                self.values.push(quantile(low + low * (2 * i - 1) as f64 / steps));
            }
            self.values.push(value);
        }
        self.bits += 1;
    }

    fn windows(&self) -> impl Iterator<Item = [f64; 5]> {
        self.values.windows(5).step_by(4).map(|w| [w[0], w[1], w[2], w[3], w[4]])
    }

    fn worst_error(&self, floor: f64) -> f64 {
        let error = |window: [f64; 5]| {
            let exact = window[2];
            let error = (Cubic::through(window).at(0.5) - exact).abs();
            if error > 0.0 { error / exact.abs().max(floor) } else { 0.0 }
        };
        self.windows().map(error).fold(0.0, f64::max)
    }

    /// Returns the cubics; a row that is not monotone becomes a straight line.
    fn rows(&self) -> impl Iterator<Item = Cubic> {
        let scale = f64::from(1 << self.bits);
        self.windows().enumerate().map(move |(i, window)| {
            let [start, .., end] = window;
            let cubic = Cubic::through(window);
            let line = Cubic::new([start, end - start, 0.0, 0.0]);
            let row = if cubic.is_monotone(start, end) { cubic } else { line };
            row.of_octave(scale, i as f64)
        })
    }
}
