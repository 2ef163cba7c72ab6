//! The plan in numbers.

use crate::model;

/// What is planned a day; nothing where the model has no plan.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Targets {
    /// Value to be booked, in the currency.
    pub bookings: Option<f64>,
    /// First sales.
    pub wins: Option<f64>,
}

impl Targets {
    pub(super) fn of(targets: &model::Targets) -> Targets {
        Targets {
            bookings: targets.bookings.as_ref().map(|(rate, _)| rate.per_day),
            wins: targets.wins.as_ref().map(|(rate, _)| rate.per_day),
        }
    }
}
