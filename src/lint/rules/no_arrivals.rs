//! A source from which no deal comes.

use crate::diagnostic::{Findings, Problem};
use crate::model::{Arrivals, Model};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for source in &model.sources {
        let silent = match &source.arrivals {
            Arrivals::Rate { steps, months, weekdays, .. } => {
                steps.iter().all(|step| step.rate.per_day == 0.0)
                    || months == &[0.0; 12]
                    || weekdays == &[0.0; 7]
            }
            Arrivals::Every(_) => false,
        };
        if silent || source.count == Some(0) {
            let problem = Problem::NoArrivals { source: source.name.clone() };
            findings.report(problem, source.spot.place, source.spot.path.clone());
        }
    }
}
