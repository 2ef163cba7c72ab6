//! `targets`: the plan that bookings, wins, stages, activities and people are compared with.

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
    /// Entries of stages, per day.
    pub stages: Vec<(String, Rate, Spot)>,
    /// Work done, by activity, per day.
    pub activities: Vec<(String, Rate, Spot)>,
    /// People, by role.
    pub people: Vec<(String, f64, Spot)>,
}

pub(super) const KNOWN: [&str; 5] = ["bookings", "wins", "stages", "activities", "people"];

impl Field<'_> {
    pub(super) fn targets(&self, r: &mut Reader<'_>) -> Option<Targets> {
        let section = self.section(r, &KNOWN, &[])?;
        let mut target =
            |key: &str| section.get(key).and_then(|field| Some((field.target(r)?, field.key())));
        let (bookings, wins) = (target("bookings"), target("wins"));
        let mut parts = |key: &str| -> Vec<(String, Rate, Spot)> {
            let fields = section.get(key).and_then(|field| field.names(r)).unwrap_or_default();
            let named =
                |field: &Field<'_>| Some((field.name().to_owned(), field.target(r)?, field.key()));
            fields.iter().filter_map(named).collect()
        };
        let (stages, activities) = (parts("stages"), parts("activities"));
        let fields = section.get("people").and_then(|field| field.names(r)).unwrap_or_default();
        let people = |field: &Field<'_>| {
            let people = field.number(r)?;
            if people > 0.0 {
                return Some((field.name().to_owned(), people, field.key()));
            }
            let text = field.scalar(r, Wanted::Number)?.to_owned();
            field.report(r, ValueFault::Below { text, least: 0.0 });
            None
        };
        let people = fields.iter().filter_map(people).collect();
        Some(Targets { bookings, wins, stages, activities, people })
    }

    /// A planned rate, above zero.
    fn target(&self, r: &mut Reader<'_>) -> Option<Rate> {
        let rate = self.rate(r)?;
        if rate.per_day > 0.0 {
            return Some(rate);
        }
        let text = self.scalar(r, Wanted::Rate)?.to_owned();
        self.report(r, ValueFault::Below { text, least: 0.0 });
        None
    }
}
