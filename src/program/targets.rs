//! Compiled targets.

use super::{Id, RoleId, StageId};
use crate::calendar::Calendar;
use crate::model::{self, Model};
use crate::quantity::{DAY_MICROS, Instant, Rate};

/// The planned figures; `None` for figures without a plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Targets {
    /// Value to be booked, in the currency.
    pub bookings: Option<Target>,
    /// First sales.
    pub wins: Option<Target>,
    /// Entries of stages.
    pub stages: Vec<(StageId, Target)>,
    /// Work done, by activity.
    pub activities: Vec<(String, Target)>,
    /// People, by role.
    pub people: Vec<(RoleId, f64)>,
}

/// A figure planned for each week, month or other period.
///
/// Months, quarters and years are those of the calendar; a part of one counts by its share of days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    rate: Rate,
}

impl Target {
    /// A figure at a rate.
    pub(super) fn of(rate: Rate) -> Target {
        Target { rate }
    }

    /// The planned figure per day, on average.
    pub fn per_day(&self) -> f64 {
        self.rate.per_day
    }

    /// The planned figure for a span of time.
    pub fn over(&self, calendar: &Calendar, from: Instant, until: Instant) -> f64 {
        match self.rate.unit.months() {
            Some(months) => {
                let per_period =
                    self.rate.per_day * f64::from(months) * crate::quantity::MONTH_DAYS;
                per_period * calendar.periods(from, until, months)
            }
            None => self.rate.per_day * (until.0 - from.0).max(0) as f64 / DAY_MICROS as f64,
        }
    }
}

impl Targets {
    pub(super) fn of(model: &Model) -> Targets {
        let model::Targets { bookings, wins, stages, activities, people } = &model.targets;
        let target =
            |given: &Option<(Rate, model::Spot)>| given.as_ref().map(|(rate, _)| Target::of(*rate));
        let stage = |name: &str| model.stages.iter().position(|stage| stage.name == name);
        let role = |name: &str| model.roles.iter().position(|role| role.name == name);
        let of_stage = |(name, rate, _): &(String, Rate, _)| {
            Some((StageId::new(stage(name)?), Target { rate: *rate }))
        };
        let of_activity =
            |(name, rate, _): &(String, Rate, _)| (name.clone(), Target { rate: *rate });
        let of_role =
            |(name, count, _): &(String, f64, _)| Some((RoleId::new(role(name)?), *count));
        Targets {
            bookings: target(bookings),
            wins: target(wins),
            stages: stages.iter().filter_map(of_stage).collect(),
            activities: activities.iter().map(of_activity).collect(),
            people: people.iter().filter_map(of_role).collect(),
        }
    }

    /// Whether stages, activities or people have a plan.
    pub fn has_parts(&self) -> bool {
        !(self.stages.is_empty() && self.activities.is_empty() && self.people.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn planned(text: &str, from: (i16, i8, i8), until: (i16, i8, i8)) -> f64 {
        let calendar = Calendar::new(date(2024, 1, 1).at(0, 0, 0, 0));
        let at = |(y, m, d): (i16, i8, i8)| calendar.instant(date(y, m, d).at(0, 0, 0, 0));
        let rate = Rate::parse(text).expect("a rate");
        Target { rate }.over(&calendar, at(from), at(until))
    }

    #[test]
    fn a_month_of_a_plan_is_one_of_the_calendar() {
        let close =
            |found: f64, right: f64| assert!((found / right - 1.0).abs() < 1e-12, "{found}");
        close(planned("3000000/month", (2024, 1, 1), (2024, 2, 1)), 3e6);
        close(planned("3000000/month", (2024, 2, 1), (2024, 3, 1)), 3e6);
        // 17 of 31 days of January and 10 of 29 of February.
        let share = 17.0 / 31.0 + 10.0 / 29.0;
        close(planned("100/month", (2024, 1, 15), (2024, 2, 11)), 100.0 * share);
        close(planned("90/quarter", (2024, 1, 1), (2024, 2, 1)), 90.0 * 31.0 / 91.0);
        close(planned("366/year", (2024, 1, 1), (2024, 3, 1)), 60.0);
        close(planned("12/year", (2024, 1, 1), (2026, 1, 1)), 24.0);
        close(planned("70/week", (2024, 1, 1), (2024, 1, 4)), 30.0);
        close(planned("2/hour", (2024, 1, 1), (2024, 1, 2)), 48.0);
    }
}
