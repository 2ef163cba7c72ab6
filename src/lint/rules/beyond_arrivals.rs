//! Expectations of leads, sales or bookings that all arrivals together cannot bring, even if the best variants hold.

use crate::diagnostic::{Doubt, Findings};
use crate::kpi::{Kpi, Over, Per, Stat};
use crate::lint::best::{self, Best};
use crate::model::{Expectation, Measured, Model, Test};
use crate::program::Program;
use crate::quantity::{DAY_MICROS, MONTH_DAYS};

/// Estimates differ from the expected value by less than this factor.
const NEAR: f64 = 1.3;

pub(in crate::lint) fn check(model: &Model, program: &Program, findings: &mut Findings) {
    let asks = |expectation: &Expectation| {
        matches!(expectation.kpi, Kpi::Intake | Kpi::Throughput | Kpi::Bookings | Kpi::NewBookings)
    };
    if !model.expectations.iter().any(asks) {
        return;
    }
    let Some(best) = best::of(model, program) else { return };
    let days = (program.window.end.0 - program.window.start.0) as f64 / DAY_MICROS as f64;
    for expectation in model.expectations.iter().filter(|expectation| asks(expectation)) {
        if let Some(bound) = bound(model, best, expectation, days)
            && expectation.limits.at_least.is_some_and(|limit| limit > NEAR * bound)
        {
            let problem = Doubt::BeyondArrivals { kpi: expectation.kpi.name().to_owned(), bound };
            let spot = &expectation.spot;
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}

/// The greatest expected value of the figure; `None` if it is not known.
fn bound(model: &Model, best: Best, expectation: &Expectation, days: f64) -> Option<f64> {
    let (_, stat) = expectation.statistic()?;
    // A chance is that of a single window, and a quantile that of a single period; these differ more.
    if expectation.chance.is_some()
        || expectation.within.is_some()
        || matches!(stat, Stat::Quantile(_))
    {
        return None;
    }
    let total = match expectation.kpi {
        Kpi::Intake => best.arrivals,
        Kpi::Throughput if !best.again => best.wins,
        Kpi::Bookings | Kpi::NewBookings if !best.again && !chooses_by_value(model) => {
            best.bookings
        }
        _ => return None,
    };
    let period = match expectation.per {
        None if expectation.kpi.usual_over() == Some(Over::Month) => {
            return Some(total * MONTH_DAYS / days);
        }
        None | Some(Per::Window) => return Some(total),
        Some(Per::Day) => 1.0,
        Some(Per::Week) => 7.0,
        Some(Per::Month) => 31.0,
        Some(Per::Quarter) => 92.0,
        Some(Per::Year) => 366.0,
    };
    // At least so many full periods lie in the window; if all arrivals fall into them, their mean is this.
    let full = ((days / period).floor() - 1.0).max(1.0);
    Some(total / full)
}

/// Whether deals take other branches by their value, so that those that are won may have more of it than others.
fn chooses_by_value(model: &Model) -> bool {
    let variants = model.stages.iter().flat_map(|stage| &stage.variants);
    let mut tests = variants.flat_map(|variant| &variant.when.tests);
    tests.any(|test| matches!(test, Test::Number(Measured::Value, _)))
}

#[cfg(test)]
mod tests {
    fn codes(expect: &str, more: &str) -> Vec<&'static str> {
        let text = format!(
            "sources: {{web: {{rate: 20/week}}}}\nvalue: 1000\n\
             stages: {{lead: {{wait: 1d, next: 50%{more}}}}}\nexpect: [{{{expect}}}]\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn more_than_all_arrivals_bring_is_never_reached() {
        // 1043 leads in 12 months, and half as many sales.
        assert_eq!(codes("kpi: intake, at_least: 2000", ""), ["V648"]);
        assert_eq!(codes("kpi: intake, per: week, at_least: 40", ""), ["V648"]);
        assert_eq!(codes("kpi: throughput, at_least: 70", ""), ["V648"]);
        assert_eq!(codes("kpi: bookings, at_least: 900000", ""), ["V648"]);
        assert_eq!(codes("kpi: bookings, per: month, at_least: 90000", ""), ["V648"]);
    }

    #[test]
    fn what_arrivals_may_bring_is_not_told() {
        assert_eq!(codes("kpi: intake, at_least: 1000", ""), [""; 0]);
        assert_eq!(codes("kpi: intake, per: week, at_least: 19", ""), [""; 0]);
        // A bad month is below the mean; the chance of a good one is another matter.
        assert_eq!(codes("kpi: throughput, per: month, at_least: 70, chance: 5%", ""), [""; 0]);
        assert_eq!(codes("kpi: throughput, at_least: 42", ""), [""; 0]);
        assert_eq!(codes("kpi: bookings, per: month, at_least: 40000", ""), [""; 0]);
        let better = ", variants: [{when: {weekday: mon}, next: 90%}]";
        assert_eq!(codes("kpi: throughput, at_least: 70", better), [""; 0]);
    }

    #[test]
    fn clients_and_later_sales_bring_more() {
        let text = "sources: {web: {rate: 20/week}}\nvalue: 1000\nstages:\n  lead: {wait: 1d, next: 50%}\n  \
                    order: {sale: true, wait: 9d, next: {order: 80%, done: rest}}\n\
                    expect: [{kpi: throughput, at_least: 70}]\n";
        let found = crate::lint::examine("", text, &[], None).diagnostics;
        assert_eq!(found.len(), 0, "{found:?}");
    }
}
