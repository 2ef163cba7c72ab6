//! The Sobol sequence: points that fill a cube evenly, however many are taken.
//!
//! In Gray code order (Antonov and Saleev 1979), with the direction numbers of Joe and Kuo (2008,
//! *SIAM Journal on Scientific Computing* 30, file `new-joe-kuo-6.21201`).

/// The greatest number of dimensions.
pub const MOST_DIMENSIONS: usize = 10;
const BITS: usize = 32;

/// Degree of the primitive polynomial, its inner coefficients, and the first direction numbers; from
/// the second dimension on.
const JOE_KUO: [(usize, u32, [u32; 5]); MOST_DIMENSIONS - 1] = [
    (1, 0, [1, 0, 0, 0, 0]),
    (2, 1, [1, 3, 0, 0, 0]),
    (3, 1, [1, 3, 1, 0, 0]),
    (3, 2, [1, 1, 1, 0, 0]),
    (4, 1, [1, 1, 3, 3, 0]),
    (4, 4, [1, 3, 5, 13, 0]),
    (5, 2, [1, 1, 5, 5, 17]),
    (5, 4, [1, 1, 5, 5, 5]),
    (5, 7, [1, 1, 7, 11, 19]),
];

/// The first `count` coordinates in a dimension, counted from 0, as fractions of 2³².
pub(super) fn sequence(dimension: usize, count: usize) -> Vec<u32> {
    let directions = directions(dimension);
    let mut x = 0;
    let mut coordinates = Vec::with_capacity(count);
    for index in 0..count {
        coordinates.push(x);
        x ^= directions[(index.trailing_ones() as usize).min(BITS - 1)];
    }
    coordinates
}

fn directions(dimension: usize) -> [u32; BITS] {
    let mut v = std::array::from_fn(|bit| 1 << (BITS - 1 - bit));
    let Some((degree, inner, first)) = dimension.checked_sub(1).map(|at| JOE_KUO[at]) else {
        return v;
    };
    for bit in 0..BITS {
        v[bit] = if bit < degree {
            first[bit] << (BITS - 1 - bit)
        } else {
            let last = v[bit - degree] ^ (v[bit - degree] >> degree);
            let is_in = |k: &usize| (inner >> (degree - 1 - k)) & 1 == 1;
            (1..degree).filter(is_in).fold(last, |sum, k| sum ^ v[bit - k])
        };
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first ten points in three dimensions, from the notes of Joe and Kuo on their program.
    #[test]
    fn the_sequence_is_the_published_one() {
        let wanted: [[f64; 10]; 3] = [
            [0.0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125, 0.1875, 0.6875],
            [0.0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625, 0.3125, 0.8125],
            [0.0, 0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375, 0.9375, 0.4375],
        ];
        for (dimension, wanted) in wanted.iter().enumerate() {
            let found = sequence(dimension, 10);
            let found: Vec<f64> = found.iter().map(|x| f64::from(*x) / 2_f64.powi(32)).collect();
            assert_eq!(found, wanted, "dimension {dimension}");
        }
    }

    /// Every 2ᵏ points of a dimension have one in each of 2ᵏ equal intervals.
    #[test]
    fn every_dimension_is_stratified() {
        for dimension in 0..MOST_DIMENSIONS {
            let mut cells: Vec<u32> = sequence(dimension, 256).iter().map(|x| x >> 24).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..256).collect::<Vec<u32>>(), "dimension {dimension}");
        }
    }
}
