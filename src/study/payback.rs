//! When does an alternative pay for itself? The profit of both since the start of the window, investments included,
//! replication by replication with the same random numbers.

use jiff::civil::Date;

use super::compare::{Month, is_alike};
use super::observations::Observations;
use crate::program::Program;
use crate::quantity::MINOR_UNITS;
use crate::stats::{Estimate, Estimator, Sample};
use crate::tally::figures::standing;
use crate::tally::series::{Period, first_day, periods};
use crate::tally::{MoneyFlow, Outcome};

/// The profit of an alternative, less that of the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Payback {
    /// By month: since the start of the window, in the currency.
    pub profit: Vec<Month>,
    /// The share of replications in which it stays above zero from some week of the window on.
    pub share: Estimate,
    /// In those, days from the start of the window to the end of the first such week.
    pub days: Estimate,
    /// The day that lies so far from the start on average; `None` if no replication pays off.
    pub date: Option<Date>,
}

/// A model with what was observed of it.
pub(super) type Kept<'a> = (&'a Program, &'a Observations);

/// The payback of an alternative; `None` where one of the two has no profit, or another window.
pub(super) fn payback(base: Kept<'_>, other: Kept<'_>, level: f64) -> Option<Payback> {
    let has_profit = |(program, observations): Kept<'_>| {
        program.has_margin() && observations.outcomes.iter().all(|outcome| outcome.books.is_some())
    };
    let count = base.1.outcomes.len();
    let alike = is_alike(base.0, other.0) && count == other.1.outcomes.len();
    if !alike || count == 0 || !has_profit(base) || !has_profit(other) {
        return None;
    }
    let program = base.0;
    let days = base.1.outcomes[0].series.days;
    let sample = Sample::plain(count);
    let months = gathered(base, other, days, Period::Month);
    let profit =
        periods(program, days, Period::Month).into_iter().enumerate().map(|(at, month)| {
            let values: Vec<f64> = months.iter().map(|each| each[at]).collect();
            Month { date: month.date, difference: sample.mean(&values, level) }
        });
    let ends: Vec<usize> =
        periods(program, days, Period::Week).iter().map(|week| week.days().end).collect();
    let paid: Vec<Option<f64>> = gathered(base, other, days, Period::Week)
        .iter()
        .map(|sums| {
            // The weeks at the end in which the sum is positive.
            let positive = sums.iter().rev().take_while(|sum| **sum > 0.0).count();
            (positive > 0).then(|| ends[sums.len() - positive] as f64)
        })
        .collect();
    let reached: Vec<f64> = paid.iter().flatten().copied().collect();
    let shares = paid.iter().map(|days| (f64::from(u8::from(days.is_some())), 1.0)).collect();
    let days = match reached.len() {
        0 => Estimate::none(level),
        n => Sample::plain(n).mean(&reached, level),
    };
    let date = days.value.map(|days| {
        let day = first_day(program) + days.round() as i64 - 1;
        program.calendar.date(day)
    });
    let profit = profit.collect();
    let share = Estimator::Share(shares).estimate(&sample, level);
    Some(Payback { profit, share, days, date })
}

/// The difference of the profits since the start of the window at the end of each period, by replication.
fn gathered(
    (base, before): Kept<'_>,
    (other, after): Kept<'_>,
    days: usize,
    period: Period,
) -> Vec<Vec<f64>> {
    let costs = [base, other].map(|program| standing(program, days, period));
    let profit = |outcome: &Outcome, standing: &[f64]| -> Vec<f64> {
        let flows = outcome.books.iter().flat_map(|books| books.money(period));
        let units = |flow: &MoneyFlow| flow.contribution() as f64 / MINOR_UNITS;
        flows.zip(standing).map(|(flow, standing)| units(flow) - standing).collect()
    };
    let pairs = before.outcomes.iter().zip(&after.outcomes);
    let each = pairs.map(|(old, new)| {
        let (old, new) = (profit(old, &costs[0]), profit(new, &costs[1]));
        let mut sum = 0.0;
        let gather = |(new, old): (f64, f64)| {
            sum += new - old;
            sum
        };
        new.into_iter().zip(old).map(gather).collect()
    });
    each.collect()
}
