//! A source without any arrivals.

use crate::calendar::shift;
use crate::diagnostic::{Findings, Warning};
use crate::model::{Arrivals, Horizon, Model, Source};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let expected = |source: &&Source| !(source.at_start.is_some() && source.has_no_arrivals());
    for source in model.sources.iter().filter(expected) {
        let silent = match &source.arrivals {
            Arrivals::Rate { steps, months, weekdays, .. } => {
                steps.iter().all(|step| step.rate.per_day == 0.0)
                    || months == &[0.0; 12]
                    || weekdays == &[0.0; 7]
            }
            Arrivals::Every(_) => false,
        };
        // A source that ends before the simulation starts or begins after it ends.
        let start = model.warmup.map_or(model.start, |warmup| shift(model.start, warmup, -1));
        let too_early = source.until.is_some_and(|until| until <= start);
        let too_late = match model.horizon {
            Horizon::UntilEmpty => false,
            Horizon::Length(length) => {
                source.from.is_some_and(|from| from >= shift(model.start, length, 1))
            }
        };
        if silent || too_early || too_late || source.count == Some(0) {
            let problem = Warning::NoArrivals { source: source.name.clone() };
            findings.report(problem, source.spot.place, source.spot.path.clone());
        }
    }
}
