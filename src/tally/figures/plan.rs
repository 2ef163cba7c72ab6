//! The plan and how far it is reached.

use super::sheet::{Sheet, units};
use crate::kpi::{Key, Kpi, Stat};
use crate::program::Target;
use crate::tally::Cells;

/// A plan that is missed by less than this part of it is met: the rest is rounding of its rate.
const ROUNDING: f64 = 1e-9;

/// Of all deals: a plan is not made for a part of them.
pub(super) fn rows(sheet: &mut Sheet<'_>) {
    if !sheet.whole {
        return;
    }
    let targets = sheet.program.targets;
    if let Some(target) = targets.bookings.filter(|_| sheet.program.value.is_some()) {
        let n = sheet.cells.iter().map(Cells::sales).sum();
        attainment(sheet, [Stat::Bookings, Stat::BookingsChance], target, n, |c| {
            units(c.bookings())
        });
    }
    if let Some(target) = targets.wins {
        let n = sheet.cells.iter().map(|c| c.first_sales).sum();
        attainment(sheet, [Stat::Wins, Stat::WinsChance], target, n, |c| c.first_sales as f64);
    }
}

/// What was reached of a target, and how often it was reached.
fn attainment(
    sheet: &mut Sheet<'_>,
    [reached, chance]: [Stat; 2],
    target: Target,
    n: u64,
    of: impl Fn(&Cells) -> f64 + Copy,
) {
    let (calendar, start) = (&sheet.program.calendar, sheet.program.window.start);
    let planned = sheet.outcomes.iter().map(|outcome| target.over(calendar, start, outcome.end));
    // A window of no length has no target.
    let planned: Vec<f64> = planned.map(|planned| planned.max(f64::MIN_POSITIVE)).collect();
    let mut each = planned.iter();
    let mut next = || each.next().copied().unwrap_or(f64::MIN_POSITIVE);
    sheet.total(Key::new(Kpi::Attainment, reached), n, |c, _| of(c) / next());
    let mut each = planned.iter();
    let mut next = || each.next().copied().unwrap_or(f64::MIN_POSITIVE);
    sheet.windows(Key::new(Kpi::Attainment, chance), |c, _| of(c) >= next() * (1.0 - ROUNDING));
}

#[cfg(test)]
mod tests {
    use crate::kpi::{Key, Kpi, Stat};
    use crate::model::load;
    use crate::study::simulate::{Options, Progress, run};

    /// Twelve a day of constant value for ten days: 120 arrivals by the clock, all won at once.
    #[test]
    fn a_plan_is_held_against_what_was_booked() {
        let text = "start: 2024-01-01\nhorizon: 10d\nvalue: 50\nsources: {s: {every: 2h}}\n\
                    targets: {bookings: 3000/week, wins: 13/day}\nstages: {a: {next: won}}";
        let model = load("m", text, &[], None).model.expect("the model is sound");
        let options = Options { replications: 3, ..Options::default() };
        let simulation = run(&model, &options, &Progress::default()).expect("it runs");
        let found = |stat| {
            let row = simulation.find(&Key::new(Kpi::Attainment, stat));
            row.and_then(|row| row.figure.value()).expect("a row")
        };
        let wins = simulation.row(Kpi::Intake).and_then(|row| row.figure.value()).expect("deals");
        assert!((119.0..=120.0).contains(&wins), "{wins}");
        assert!((found(Stat::Bookings) - 50.0 * wins / (3000.0 / 7.0 * 10.0)).abs() < 1e-12);
        assert!((found(Stat::Wins) - wins / 130.0).abs() < 1e-12);
        assert_eq!((found(Stat::BookingsChance), found(Stat::WinsChance)), (1.0, 0.0));
    }

    /// 36 deals come in a year and all are won: a plan of 36 a year is met in every window.
    #[test]
    fn a_plan_that_is_met_exactly_is_met() {
        for wins in [33, 34, 35, 36, 37] {
            let text = format!(
                "start: 2024-01-01\nhorizon: 12 months\nsources: {{s: {{every: 1d, count: {wins}}}}}\n\
                 targets: {{wins: {wins}/year}}\nstages: {{a: {{next: won}}}}"
            );
            let model = load("m", &text, &[], None).model.expect("the model is sound");
            let options = Options { replications: 3, ..Options::default() };
            let simulation = run(&model, &options, &Progress::default()).expect("it runs");
            let row = simulation.find(&Key::new(Kpi::Attainment, Stat::WinsChance));
            assert_eq!(row.and_then(|row| row.figure.value()), Some(1.0), "{wins}");
        }
    }
}
