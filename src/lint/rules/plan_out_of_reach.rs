//! A plan several times above what the arrivals can bring, even if the best variants hold: perhaps per week for per month.

use crate::analytic::inflow::weight;
use crate::diagnostic::{Doubt, Findings};
use crate::lint::reach::Reach;
use crate::lint::win_shares::{Among, Shares};
use crate::model::{Model, SaleAmount};
use crate::program::Program;
use crate::quantity::{DAY_MICROS, MINOR_UNITS};

/// Ambitious plans ask for up to this many times as much.
const FAR: f64 = 3.0;

pub(in crate::lint) fn check(model: &Model, program: &Program, findings: &mut Findings) {
    let targets = &model.targets;
    let is_simple = model.sources.iter().all(|source| !source.clients && source.at_start.is_none());
    if (targets.bookings.is_none() && targets.wins.is_none()) || !is_simple {
        return;
    }
    if program.window.until_empty() {
        return;
    }
    let reach = Reach::of(model, false);
    let entries = reach.entries(None);
    let sells = |at: &usize| model.stages[*at].sale.is_some();
    let shares = Shares::of(model, Among::All);
    let most = if entries.iter().any(sells) { Some(1.0) } else { shares.most_of_all(&entries) };
    let Some(most) = most else { return };
    let arrivals: f64 = program.sources.iter().map(|source| weight(program, source)).sum();
    let wins = most * arrivals * DAY_MICROS as f64 / program.window.end.0 as f64;
    let mut report = |what: &'static str, target: f64, bound: f64, spot: &crate::model::Spot| {
        if bound > 0.0 && target > FAR * bound {
            let problem = Doubt::PlanOutOfReach { what, times: target / bound };
            findings.report(problem, spot.place, spot.path.clone());
        }
    };
    if let Some((target, spot)) = &targets.wins {
        report("wins", target.per_day, wins, spot);
    }
    // Of later sales nobody knows how many there are.
    let later = (0..model.stages.len()).filter(|at| sells(at)).any(|at| {
        reach.transitions.ends[at].contains(&crate::model::transitions::End::Won)
            || reach
                .to_sale(&reach.transitions.to[at].iter().copied().collect::<Vec<_>>())
                .is_finite()
    });
    let own = model.stages.iter().filter_map(|stage| match &stage.sale {
        Some(SaleAmount::Own(own)) => Some(own),
        _ => None,
    });
    let set = model.plans().filter_map(|plan| plan.set.as_ref()?.value.as_ref());
    let amounts = model.value.iter().map(|case| &case.amount).chain(set).chain(own);
    let largest = amounts.map(|amount| amount.mean() / MINOR_UNITS).fold(0.0, f64::max);
    if let Some((target, spot)) = targets.bookings.as_ref().filter(|_| !later) {
        report("bookings", target.per_day, wins * largest, spot);
    }
}
