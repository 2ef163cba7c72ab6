//! Draws as numbers for people: low, middle and high values of orders and bookings.

use super::draws::{Draw, Sum};

/// Three quantiles of draws.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spread {
    /// One draw in ten is lower.
    pub p10: f64,
    /// Half of the draws are lower.
    pub p50: f64,
    /// One draw in ten is higher.
    pub p90: f64,
}

impl Spread {
    /// The quantiles of some values.
    pub fn of(mut values: Vec<f64>) -> Spread {
        values.sort_by(f64::total_cmp);
        let at = |p: f64| {
            let index = ((p * values.len() as f64) as usize).min(values.len().saturating_sub(1));
            values.get(index).copied().unwrap_or(0.0)
        };
        Spread { p10: at(0.1), p50: at(0.5), p90: at(0.9) }
    }

    /// Whether a value lies between the outer quantiles.
    pub fn holds(&self, value: f64) -> bool {
        (self.p10..=self.p90).contains(&value)
    }
}

/// Orders and bookings of a stretch of time or of a kind of deals.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Outlook {
    /// Orders.
    pub orders: Spread,
    /// Bookings, in the currency of the file.
    pub bookings: Spread,
}

impl Outlook {
    /// The outlook of a sum over draws; `factor` multiplies all.
    pub fn of(draws: &[Draw], factor: f64, sum: impl Fn(&Draw) -> Sum) -> Outlook {
        let sums: Vec<Sum> = draws.iter().map(sum).collect();
        let spread =
            |of: fn(&Sum) -> f64| Spread::of(sums.iter().map(|sum| factor * of(sum)).collect());
        Outlook { orders: spread(|sum| sum.orders), bookings: spread(|sum| sum.bookings) }
    }
}

impl std::ops::Add for Sum {
    type Output = Sum;
    fn add(self, other: Sum) -> Sum {
        Sum { orders: self.orders + other.orders, bookings: self.bookings + other.bookings }
    }
}

/// The continuous ranked probability score of draws for what came: the mean distance to it, less
/// half of the mean distance between two draws (Gneiting and Raftery 2007, *JASA* 102).
pub fn crps(mut draws: Vec<f64>, actual: f64) -> f64 {
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    let apart = draws.iter().map(|draw| (draw - actual).abs()).sum::<f64>() / n;
    let weight = |rank: usize| 2.0 * rank as f64 + 1.0 - n;
    let between = draws.iter().enumerate().map(|(rank, draw)| weight(rank) * draw).sum::<f64>();
    apart - between / (n * n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_whole_numbers() {
        let spread = Spread::of((0..100).rev().map(f64::from).collect());
        assert_eq!(spread, Spread { p10: 10.0, p50: 50.0, p90: 90.0 });
        assert_eq!(Spread::of(Vec::new()), Spread::default());
    }

    /// By hand: |1 − 2| and |3 − 2| have mean 1, the pairs (1,1), (1,3), (3,1), (3,3) mean 1.
    #[test]
    fn crps_of_two_draws_is_that_of_the_definition() {
        assert!((crps(vec![3.0, 1.0], 2.0) - 0.5).abs() < 1e-12);
        assert!((crps(vec![5.0, 5.0], 2.0) - 3.0).abs() < 1e-12);
    }
}
