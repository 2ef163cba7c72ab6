//! Holidays, special days, costs, a roll-out and steps of rates that lie outside the window or years from it.

use jiff::civil::{Date, DateTime};

use crate::calendar::shift;
use crate::diagnostic::{Findings, Warning};
use crate::model::{Arrivals, Horizon, Model, Spending, Spot};

/// In days: further dates are probably slips in the year.
const FAR: i32 = 5 * 366;

/// In days: a window of nearly a year or more.
const A_YEAR: i32 = 350;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let first = model.warmup.map_or(model.start, |warmup| shift(model.start, warmup, -1)).date();
    let last = match model.horizon {
        Horizon::Length(length) => shift(model.start, length, 1).date(),
        Horizon::UntilEmpty => Date::MAX,
    };
    let is_far = |date: &Date| {
        let days = |from: Date, to: Date| (to - from).get_days();
        days(*date, first) > FAR || (last < Date::MAX && days(last, *date) > FAR)
    };
    let far = |dates: &[Date], spot: &Spot, findings: &mut Findings| {
        if let Some(date) = dates.iter().find(|date| is_far(date)) {
            let problem = Warning::FarDate { date: date.to_string() };
            findings.report(problem, spot.place, spot.path.clone());
        }
    };
    // In a year there are holidays, whatever the warm-up has.
    let start = model.start.date();
    let is_year = last < Date::MAX && (last - start).get_days() >= A_YEAR;
    let begin = if is_year { start } else { first };
    for calendar in &model.calendars {
        let special = calendar.hours.special.iter().map(|(day, _)| (*day, *day));
        let days: Vec<_> = calendar.hours.holidays.iter().copied().chain(special).collect();
        let outside = |(from, to): &(Date, Date)| *to < begin || *from > last;
        let spot = &calendar.spot;
        if !days.is_empty() && days.iter().all(outside) {
            let problem = Warning::DatesOutside { calendar: calendar.name.clone() };
            findings.report(problem, spot.place, spot.path.clone());
        } else {
            let days: Vec<Date> = days.into_iter().flat_map(|(from, to)| [from, to]).collect();
            far(&days, spot, findings);
        }
    }
    let outside = |date: Option<DateTime>, least: Date, spot: &Spot, findings: &mut Findings| {
        let date = date.map(DateTime::date);
        if let Some(date) = date.filter(|date| *date < least || *date > last) {
            let problem = Warning::OutsideWindow { date: date.to_string() };
            findings.report(problem, spot.place, spot.path.clone());
        }
    };
    for cost in &model.costs {
        match cost.spending {
            Spending::Once { on, .. } => outside(on, first, &cost.spot, findings),
            Spending::Running { from, .. } => outside(from, Date::MIN, &cost.spot, findings),
        }
    }
    if let Some(rollout) = &model.rollout {
        outside(Some(rollout.start), Date::MIN, &rollout.spot, findings);
    }
    for source in &model.sources {
        if let Arrivals::Rate { steps, .. } = &source.arrivals {
            let dates = steps.iter().filter_map(|step| step.from).map(DateTime::date);
            far(&dates.collect::<Vec<_>>(), &source.spot, findings);
        }
    }
}
