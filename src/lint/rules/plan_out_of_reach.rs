//! A plan several times above what the arrivals can bring, even if the best variants hold: perhaps per week for per month.

use crate::diagnostic::{Doubt, Findings};
use crate::lint::best;
use crate::model::Model;
use crate::program::Program;
use crate::quantity::DAY_MICROS;

/// Ambitious plans ask for up to this many times as much.
const FAR: f64 = 3.0;

pub(in crate::lint) fn check(model: &Model, program: &Program, findings: &mut Findings) {
    let targets = &model.targets;
    if targets.bookings.is_none() && targets.wins.is_none() {
        return;
    }
    let Some(best) = best::of(model, program) else { return };
    let days = program.window.end.0 as f64 / DAY_MICROS as f64;
    let mut report = |what: &'static str, target: f64, bound: f64, spot: &crate::model::Spot| {
        if bound > 0.0 && target > FAR * bound {
            let problem = Doubt::PlanOutOfReach { what, times: target / bound };
            findings.report(problem, spot.place, spot.path.clone());
        }
    };
    if let Some((target, spot)) = &targets.wins {
        report("wins", target.per_day, best.wins / days, spot);
    }
    if let Some((target, spot)) = targets.bookings.as_ref().filter(|_| !best.again) {
        report("bookings", target.per_day, best.bookings / days, spot);
    }
}
