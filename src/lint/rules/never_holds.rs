//! A test of a condition that no deal can meet: a visit beyond the limit, a month outside the
//! window, a value that no deal has at this stage.

use crate::diagnostic::{Findings, Never, Warning};
use crate::lint::deals::Deals;
use crate::lint::region::{Axis, Region, common, tested, values};
use crate::model::{Measured, Model, Range, Stage, When};
use crate::quantity::{DAY_MICROS, MINOR_UNITS};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Some(deals) = Deals::of(model) else { return };
    for (at, stage) in model.stages.iter().enumerate() {
        if deals.transitions.reached[at] {
            for variant in &stage.variants {
                let bounds = deals.in_variant(at, &variant.plan);
                look((model, Some(stage)), &variant.when, &bounds, findings);
            }
        }
    }
    let bounds = deals.anywhere();
    model.value.iter().for_each(|case| look((model, None), &case.when, &bounds, findings));
}

/// Reports the tests of a condition, of a stage or of no stage, that cannot hold for deals within these bounds.
fn look(
    (model, stage): (&Model, Option<&Stage>),
    when: &When,
    bounds: &Region<'_>,
    findings: &mut Findings,
) {
    for (test, spot) in when.tests.iter().zip(&when.spots) {
        let limits = tested(model, test);
        let never = limits.iter().find_map(|(axis, set)| {
            let bound = bounds.get(axis)?;
            common(bound, set).is_empty().then_some((axis, bound))
        });
        if let Some((axis, bound)) = never {
            let key = match axis {
                Axis::Queue(_) => "queue",
                _ => spot.path.rsplit('.').next().unwrap_or_default(),
            };
            let why = match axis {
                Axis::Number(Measured::Visit) if stage.is_some_and(|s| s.sale.is_some()) => {
                    Never::NewRound
                }
                axis => why(model, *axis, bound),
            };
            let problem = Warning::NeverHolds { test: key.to_owned(), why };
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}

fn why(model: &Model, axis: Axis<'_>, bound: &[Range]) -> Never {
    let codes = || bound.iter().flat_map(|range| range.low..=range.high);
    match axis {
        Axis::Number(Measured::Bookings) if bound[0].low > 0 => Never::Sold,
        Axis::Number(Measured::Bookings) => Never::NoSale,
        Axis::Number(Measured::Age) => {
            let days = |micros: i64| micros as f64 / DAY_MICROS as f64;
            let most = bound[bound.len() - 1].high;
            Never::Age {
                least: days(bound[0].low),
                most: if most == i64::MAX { f64::INFINITY } else { days(most) },
            }
        }
        Axis::Number(Measured::Satisfaction) => Never::NoScore,
        Axis::Number(Measured::Value) => Never::Value {
            least: bound[0].low as f64 / MINOR_UNITS,
            most: bound[bound.len() - 1].high as f64 / MINOR_UNITS,
        },
        Axis::Number(_) => Never::Visits { most: bound[0].high },
        Axis::Queue(role) => Never::NoQueue { role: role.to_owned() },
        Axis::Month | Axis::Weekday | Axis::Date | Axis::Followed => Never::Outside,
        Axis::Source => Never::Values {
            known: codes().map(|at| model.sources[at as usize].name.clone()).collect(),
        },
        Axis::Attribute(name) => {
            let known = values(model, name);
            let given = codes().filter(|code| *code > 0);
            Never::Values { known: given.map(|code| known[code as usize - 1].to_owned()).collect() }
        }
    }
}
