//! What became of promises about KPIs, and why some cannot be judged.

use super::{LANGUAGE, did_you_mean};
use crate::diagnostic::{Bounds, ExpectationFault, FigureFault, Measured};
use crate::render::words::Message;
use crate::render::words::shown::{self, Missed, keys, list, message, plain, show};

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
        ExpectationFault::Shorthand { text, written, .. } => message(
            format!("{} is not the form of an expectation", show(text)),
            format!("name the KPI and its limit by keys: {}", show(written)),
        ),
        ExpectationFault::Contradiction => message(
            "no number can meet this: the lower limit is above the upper one",
            "swap the limits",
        ),
        ExpectationFault::NoSuchFigure { kpi, fault } => no_figure(kpi, fault),
        ExpectationFault::CertainChance { text } => message(
            format!("no simulation can show a chance of {}", show(text)),
            "a chance lies above 0 and below 100 %, as `chance: 95%`",
        ),
        ExpectationFault::Fails(measured) => message(
            format!("{}{}", found(measured), missed(measured)),
            "change the model, or what is expected of it",
        ),
        ExpectationFault::NothingObserved { subject, fewest: Some(fewest) } => message(
            format!("too few leads came so long before the end for {}", show(subject)),
            format!(
                "a share is told of {fewest} or more over all replications: lengthen the window, or shorten `within`"
            ),
        ),
        ExpectationFault::NothingObserved { subject, fewest: None } => message(
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
        Some(needed) => format!("about {needed} replications would decide: `--budget {needed}`"),
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
            format!("{kpi} {} has no figure for the whole process", show(statistic)),
            format!("say of which: {}", keys(known, " or ", "NAME")),
        ),
        FigureFault::Scope { statistic, scope: Some(scope), known } => message(
            format!("{kpi} {} has no figure for a {scope}", show(statistic)),
            if known.is_empty() {
                format!("it exists for the whole process: remove `{scope}`")
            } else {
                format!("it exists for: {}", keys(known, " or ", "NAME"))
            },
        ),
        FigureFault::SeveralScopes => message(
            "an expectation is about one stage, role, person, reason or activity, and one source or attribute value",
            "write one expectation for each",
        ),
        FigureFault::NotDivided { scope } => message(
            format!("{kpi} cannot be split by {}", show(scope)),
            format!("it exists for all deals together: remove {}", show(scope)),
        ),
        FigureFault::NoChance { statistic, known } => message(
            format!("{kpi} {} is one number for all deals, so it has no chance", show(statistic)),
            format!("a chance exists for numbers that each window has: {}", known.join(", ")),
        ),
        FigureFault::ChanceOfPeriod { per, known } => message(
            format!("{kpi} has no figure for each {per}, so there is no chance for a {per}"),
            format!(
                "the chance of a window needs no `per`; these have a figure for each week, month, quarter and year: {}",
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
            format!("{kpi} has no share within a time"),
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

/// One line on an expectation that holds.
pub(in crate::render::words) fn holds(measured: &Measured) -> String {
    format!("{}, {}", found(measured), within(&measured.bounds))
}

/// What a target asks for.
pub(in crate::render::words) fn target(measured: &Measured) -> String {
    let bounds = within(&measured.bounds);
    match &measured.chance_of {
        None => format!("{} {bounds}", measured.subject),
        Some(limits) => format!("chance of {} {}, {bounds}", measured.subject, within(limits)),
    }
}

fn found(measured: &Measured) -> String {
    let (subject, number) = (&measured.subject, shown::number(LANGUAGE, measured));
    match &measured.chance_of {
        None => format!("{subject} {number}"),
        Some(bounds) => format!("chance of {subject} {} {number}", within(bounds)),
    }
}

fn missed(measured: &Measured) -> String {
    match shown::missed(LANGUAGE, measured) {
        Some(Missed::Below(least)) => format!(", below {least}"),
        Some(Missed::Above(most)) => format!(", above {most}"),
        None => String::new(),
    }
}

fn within(bounds: &Bounds) -> String {
    match shown::limits(LANGUAGE, bounds) {
        (Some(least), Some(most)) => format!("between {least} and {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => String::new(),
    }
}
