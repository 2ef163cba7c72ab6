//! What became of promises about KPIs, and why some cannot be judged.

use super::{Message, did_you_mean, list, message, plain, show};
use crate::diagnostic::{Bounds, ExpectationFault, FigureFault, Measure, Measured};
use crate::render::number::plain as plain_number;
use crate::render::words::Language;
use crate::render::words::number::Kind;

pub(super) fn expectation(fault: &ExpectationFault) -> Message {
    match fault {
        ExpectationFault::UnknownKpi { name, nearest } => message(
            format!("there is no KPI {}", show(name)),
            did_you_mean(nearest.as_ref(), "as win_rate, sales_cycle, bookings, cost_per_won"),
        ),
        ExpectationFault::UnknownStat { name, kpi, nearest, known } => message(
            format!("{kpi} has no statistic {}", show(name)),
            did_you_mean(nearest.as_ref(), format!("there are {}", list(known))),
        ),
        ExpectationFault::NoLimit => message(
            "the expectation says nothing",
            "add at_least, at_most or between: `{kpi: win_rate, at_least: 20%}`",
        ),
        ExpectationFault::Contradiction => {
            message("no number can hold this: the least is above the most", "swap the limits")
        }
        ExpectationFault::NoSuchFigure { kpi, fault } => no_figure(kpi, fault),
        ExpectationFault::CertainChance { text } => message(
            format!("no simulation can show a chance of {}", show(text)),
            "a chance lies above 0 and below 100 %, as `chance: 95%`",
        ),
        ExpectationFault::Fails(measured) => message(
            format!("{}, {}", found(measured), missed(measured)),
            "change the model, or what is expected of it",
        ),
        ExpectationFault::NothingObserved { subject } => message(
            format!("nothing was observed of {}", show(subject)),
            "no deal of this kind was seen in the window: lengthen it, or check the branches",
        ),
        ExpectationFault::NoFigure { subject } => message(
            format!("this model gives no {}", show(subject)),
            "`voronka explain KPI` says what a KPI needs",
        ),
        ExpectationFault::Undecided { measured, needed, .. } => undecided(measured, *needed),
    }
}

fn undecided(measured: &Measured, needed: Option<u64>) -> Message {
    let title = format!(
        "{}: these replications cannot tell whether it is {}",
        found(measured),
        within(&measured.bounds)
    );
    let help = match needed {
        Some(needed) => format!("about {needed} replications would decide: `-n {needed}`"),
        None if measured.half_width.is_none() => {
            "one replication gives no interval: ask for more, as `-n 200`".to_owned()
        }
        None => "the estimate lies at the limit, so that no number of replications is likely to decide: \
                 move the limit, or use --allow-undecided"
            .to_owned(),
    };
    message(title, help)
}

fn no_figure(kpi: &str, fault: &FigureFault) -> Message {
    let kpi = show(kpi);
    match fault {
        FigureFault::NoStatistic => plain(format!("{kpi} has no figures to be judged")),
        FigureFault::Scope { statistic, scope: None, known } => message(
            format!("{kpi} {} is not known of the whole process", show(statistic)),
            format!("say of which: {}", keys(known)),
        ),
        FigureFault::Scope { statistic, scope: Some(scope), known } => message(
            format!("{kpi} {} is not known of a {scope}", show(statistic)),
            if known.is_empty() {
                format!("it is known of the whole process: remove `{scope}`")
            } else {
                format!("it is known of: {}", keys(known))
            },
        ),
        FigureFault::SeveralScopes => message(
            "an expectation is about one stage, role, person, reason or activity, and one source or attribute value",
            "write one expectation for each",
        ),
        FigureFault::NotDivided { scope } => message(
            format!("{kpi} is not told apart by {}", show(scope)),
            format!("it is known of all deals together: remove {}", show(scope)),
        ),
        FigureFault::NoChance { statistic, known } => message(
            format!("{kpi} {} is one number of all deals, so it has no chance", show(statistic)),
            format!("a chance is known of numbers that each window has: {}", known.join(", ")),
        ),
        FigureFault::ChanceOfPeriod { per, known } => message(
            format!("{kpi} is not known of each {per}, so a {per} has no chance"),
            format!(
                "the chance of a window is known without `per`; known of each week, month, quarter and year: {}",
                known.join(", ")
            ),
        ),
        FigureFault::ChanceOfQuantile => message(
            "a chance and a quantile both speak of the spread over periods",
            "keep one: `stat: p10, at_least: X` is `chance: 90%, at_least: X`",
        ),
        FigureFault::NotATotal { statistic, per } => message(
            format!("{kpi} {} is not a total, so it has no number per {per}", show(statistic)),
            "remove `per`: the figure is of all deals of the window",
        ),
        FigureFault::NotATime { known } => message(
            format!("{kpi} is not a duration, so nothing is within a time"),
            format!("`within` belongs to {}", known.join(", ")),
        ),
        FigureFault::WorkingTime { known } => message(
            format!("{kpi} counts by the clock, not in working time"),
            format!(
                "write a length by the clock, as `2d`; counted in open hours too: {}",
                known.join(", ")
            ),
        ),
        FigureFault::TooManyTimes { most } => message(
            format!("one run counts at most {most} different times of `within`"),
            "remove one, or use a quantile: `stat: p90, at_most: 2d`",
        ),
        FigureFault::NoFullPeriod { per } => message(
            format!("the window has no full calendar {per}"),
            format!(
                "partial ones do not count: lengthen `horizon`, or start on the first day of a {per}"
            ),
        ),
    }
}

/// `stage`, `role` as keys that a reader can add.
fn keys(known: &[String]) -> String {
    let keys: Vec<String> = known.iter().map(|key| format!("`{key}: NAME`")).collect();
    keys.join(" or ")
}

/// One line on an expectation that holds.
pub(in crate::render::words) fn holds(measured: &Measured) -> String {
    format!("{}, {}", found(measured), within(&measured.bounds))
}

fn found(measured: &Measured) -> String {
    let Measured { subject, value, half_width, bounds, chance_of } = measured;
    let number = value.map_or_else(String::new, |value| {
        Language::English.estimate(value, half_width.unwrap_or(0.0), kind(&bounds.measure))
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
        (_, None) => String::new(),
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
        Kind::Days | Kind::Work | Kind::Money(_) | Kind::PerDay => Language::English.value(x, kind),
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
