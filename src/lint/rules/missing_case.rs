//! Cases of `value` that leave some deals without one: their value is 0.

use crate::diagnostic::{Findings, Warning};
use crate::lint::deals::Deals;
use crate::lint::region::{Axis, Region, matched, values, without};
use crate::model::Model;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Some(deals) = Deals::of(model) else { return };
    let Some(last) = model.value.last() else { return };
    for arriving in deals.arriving() {
        let mut left = vec![arriving.clone()];
        for case in &model.value {
            let Some(rest) = without(left, &matched(model, &case.when)) else { return };
            left = rest;
        }
        if let Some(which) = left.iter().find_map(|left| described(model, left, &arriving)) {
            let spot = &last.when.spot;
            findings.report(Warning::MissingCase { which }, spot.place, spot.path.clone());
            return;
        }
    }
}

/// The attributes and sources that tell these deals from all that arrive; `None` if anything else
/// does, or nothing.
fn described(
    model: &Model,
    left: &Region<'_>,
    arriving: &Region<'_>,
) -> Option<Vec<(String, String)>> {
    let mut which = Vec::new();
    for (axis, set) in left.iter().filter(|(axis, set)| arriving.get(*axis) != Some(set)) {
        let code = set.iter().flat_map(|range| range.low..=range.high).find(|code| *code > 0);
        which.push(match axis {
            Axis::Attribute(name) => {
                let value = values(model, name)[code? as usize - 1];
                ((*name).to_owned(), value.to_owned())
            }
            Axis::Source => ("source".to_owned(), model.sources[set[0].low as usize].name.clone()),
            _ => return None,
        });
    }
    (!which.is_empty()).then_some(which)
}
