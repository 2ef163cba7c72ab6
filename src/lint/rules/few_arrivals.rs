//! A source that most probably brings no deal in the simulated time.

use crate::analytic::inflow::weight;
use crate::diagnostic::{Findings, Warning};
use crate::model::Model;
use crate::program::Program;

/// With fewer expected arrivals, more than 60 % of the windows have none.
const FEW: f64 = 0.5;

pub(in crate::lint) fn check(model: &Model, program: &Program, findings: &mut Findings) {
    for (given, source) in model.sources.iter().zip(program.sources.iter()) {
        let deals = weight(program, source);
        // Another rule reports sources that bring nothing at all.
        if deals > 0.0 && deals < FEW * source.batch as f64 && given.count.is_none() {
            let deals = (deals * 100.0).round() / 100.0;
            let problem = Warning::FewArrivals { source: given.name.clone(), deals };
            findings.report(problem, given.spot.place, given.spot.path.clone());
        }
    }
}
