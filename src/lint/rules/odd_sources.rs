//! A source that ends before its first batch is whole.

use crate::diagnostic::{Doubt, Findings};
use crate::model::Model;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for source in &model.sources {
        // Another rule reports sources without deals.
        if let Some(count) = source.count.filter(|count| *count > 0 && *count < source.batch) {
            let (name, batch) = (source.name.clone(), source.batch);
            let problem = Doubt::LessThanBatch { source: name, count, batch };
            findings.report(problem, source.spot.place, source.spot.path.clone());
        }
    }
}
