//! Money: whole hundredths of the model's currency, so that sums are exact in any order.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// Hundredths in one unit of the currency.
pub const MINOR_UNITS: f64 = 100.0;

/// The largest amount of a model, in the currency; hundredths of it are exact.
pub const MOST_MONEY: f64 = 1e15;

/// An amount of money, in hundredths of the currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

impl Money {
    /// Zero.
    pub const ZERO: Money = Money(0);

    /// The nearest amount to a number in the currency.
    pub fn from_units(units: f64) -> Money {
        Money((units * MINOR_UNITS).round() as i64)
    }

    /// The amount as a number in the currency.
    pub fn units(self) -> f64 {
        self.0 as f64 / MINOR_UNITS
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}
