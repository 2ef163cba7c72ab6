//! `targets`: the plan that bookings and wins are compared with.

use super::reader::{Field, Reader, Spot};
use crate::diagnostic::{ValueFault, Wanted};
use crate::quantity::Rate;

/// The planned figures; empty if the model has no plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Targets {
    /// Value to be booked, in the currency per day.
    pub bookings: Option<(Rate, Spot)>,
    /// First sales, per day.
    pub wins: Option<(Rate, Spot)>,
}

pub(super) const KNOWN: [&str; 2] = ["bookings", "wins"];

impl Field<'_> {
    pub(super) fn targets(&self, r: &mut Reader<'_>) -> Option<Targets> {
        let section = self.section(r, &KNOWN, &[])?;
        let mut target = |key: &str| {
            let field = section.get(key)?;
            let rate = field.rate(r)?;
            if rate.per_day > 0.0 {
                return Some((rate, field.key()));
            }
            let text = field.scalar(r, Wanted::Rate)?.to_owned();
            field.report(r, ValueFault::Below { text, least: 0.0 });
            None
        };
        Some(Targets { bookings: target("bookings"), wins: target("wins") })
    }
}
