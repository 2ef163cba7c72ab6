//! What became of promises about KPIs.

use super::{Message, list, message, plain, show};
use crate::diagnostic::{Bounds, Measure, Measured, Problem};
use crate::render::number::{Kind, estimate, plain as plain_number, value};

pub(super) fn expectation(problem: &Problem) -> Message {
    match problem {
        Problem::ExpectationFails(measured) => message(
            format!("{}, {}", found(measured), missed(measured)),
            "change the model, or what is expected of it",
        ),
        Problem::TooCloseToTell(measured) => message(
            format!("{}: too close to tell whether {}", found(measured), within(&measured.bounds)),
            "ask for more replications, as -n 2000",
        ),
        Problem::NothingObserved { subject } => message(
            format!("nothing was observed of {}", show(subject)),
            "no deal of this kind was seen in the window: lengthen it, or check the branches",
        ),
        Problem::NoFigure { subject, known } if known.is_empty() => message(
            format!("this model gives no {}", show(subject)),
            "`voronka explain KPI` says what a KPI needs",
        ),
        Problem::NoFigure { subject, known } => message(
            format!("there is no figure {}", show(subject)),
            format!(
                "there are {}; a chance is known of windows, and of months where there is a mean per month",
                list(known)
            ),
        ),
        _ => plain("something is expected here that is not known"),
    }
}

/// One line on an expectation that holds.
pub fn holds(measured: &Measured) -> String {
    format!("{}, {}", found(measured), within(&measured.bounds))
}

fn found(measured: &Measured) -> String {
    let Measured { subject, value, half_width, bounds, chance_of } = measured;
    let number = value.map_or_else(String::new, |value| {
        estimate(value, half_width.unwrap_or(0.0), kind(&bounds.measure))
    });
    match chance_of {
        None => format!("{subject} {number}"),
        Some(bounds) => format!("chance of {subject} {} {number}", within(bounds)),
    }
}

/// Which limit was missed.
fn missed(measured: &Measured) -> String {
    let Bounds { at_least, at_most, measure } = &measured.bounds;
    let kind = kind(measure);
    match (at_least, at_most) {
        (Some(least), _) if measured.value < Some(*least) => {
            format!("below {}", limit(*least, kind))
        }
        (_, Some(most)) => format!("above {}", limit(*most, kind)),
        _ => String::new(),
    }
}

fn within(bounds: &Bounds) -> String {
    let kind = kind(&bounds.measure);
    match (bounds.at_least, bounds.at_most) {
        (Some(least), Some(most)) => {
            format!("between {} and {}", limit(least, kind), limit(most, kind))
        }
        (Some(least), None) => format!("at least {}", limit(least, kind)),
        (None, Some(most)) => format!("at most {}", limit(most, kind)),
        (None, None) => String::new(),
    }
}

/// A limit as it was written: shares and counts with all their digits.
fn limit(x: f64, kind: Kind<'_>) -> String {
    match kind {
        Kind::Share => format!("{} %", plain_number((x * 1e8).round() / 1e6)),
        Kind::Count => plain_number(x),
        Kind::Days | Kind::Money(_) | Kind::PerDay => value(x, kind),
    }
}

fn kind(measure: &Measure) -> Kind<'_> {
    match measure {
        Measure::Count => Kind::Count,
        Measure::Share => Kind::Share,
        Measure::Days => Kind::Days,
        Measure::Money(currency) => Kind::Money(currency),
    }
}
