//! Checks expectations against the model: the names they use must exist, and the window must hold
//! the periods they need.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use super::near::nearest;
use super::reader::Spot;
use super::{Expectation, Horizon, Model};
use crate::calendar::shift;
use crate::diagnostic::{ExpectationFault, FigureFault, Findings, NameKind, ValueFault};
use crate::kpi::{MOST_TIMES, Per, Stat};

pub(super) fn check(model: &Model, reasons: &BTreeSet<&str>, findings: &mut Findings) {
    let mut times: BTreeSet<u64> = BTreeSet::new();
    for expectation in &model.expectations {
        if let Some((days, _)) = expectation.within {
            let is_new = times.insert(days.to_bits());
            if is_new && times.len() > MOST_TIMES {
                report(expectation, FigureFault::TooManyTimes { most: MOST_TIMES }, findings);
            }
        }
        if let Some((_, Stat::To(exit))) = &expectation.stat {
            check_exit(model, expectation, (exit, reasons), findings);
        }
        if let Some(per) = expectation.calendar_period().filter(|per| !has_full(model, *per)) {
            report(expectation, FigureFault::NoFullPeriod { per: per.word().to_owned() }, findings);
        }
    }
}

fn report(expectation: &Expectation, fault: FigureFault, findings: &mut Findings) {
    let Spot { place, path } = expectation.spot.clone();
    findings.report(
        ExpectationFault::NoSuchFigure { kpi: expectation.kpi.name().to_owned(), fault },
        place,
        path,
    );
}

/// Checks the exit of a `stage_conversion`: a stage, an end, or a loss with its reason.
fn check_exit(
    model: &Model,
    expectation: &Expectation,
    (exit, reasons): (&str, &BTreeSet<&str>),
    findings: &mut Findings,
) {
    let stages = model.stages.iter().map(|stage| stage.name.clone());
    let lost = reasons.iter().map(|reason| format!("lost: {reason}"));
    let ends = ["won", "done", "lost"].map(str::to_owned);
    let known: BTreeSet<String> = stages.chain(lost).chain(ends).collect();
    if !known.contains(exit) {
        let nearest = nearest(exit, known.iter().map(String::as_str));
        let Spot { place, path } = expectation.spot.clone();
        let name = exit.to_owned();
        findings.report(
            ValueFault::UnknownName {
                kind: NameKind::StageOrEnd,
                name,
                nearest,
                known: Vec::new(),
            },
            place,
            path,
        );
    }
}

/// Whether the window holds a full calendar period; a window without a fixed end might.
fn has_full(model: &Model, per: Per) -> bool {
    let Horizon::Length(length) = model.horizon else { return true };
    let end = shift(model.start, length, 1);
    // The first day that the window covers from midnight on.
    let first = if model.start == model.start.start_of_day() {
        model.start.date()
    } else {
        model.start.date().tomorrow().unwrap_or(Date::MAX)
    };
    let begins = |date: Date| match per {
        Per::Week => date.weekday() == Weekday::Monday,
        Per::Month => date.day() == 1,
        Per::Quarter => date.day() == 1 && (date.month() - 1) % 3 == 0,
        _ => date.day_of_year() == 1,
    };
    let mut starts = first.series(jiff::Span::new().days(1)).take(2 * 366).filter(|d| begins(*d));
    let (_, next) = (starts.next(), starts.next());
    next.is_some_and(|next| next.to_datetime(jiff::civil::Time::midnight()) <= end)
}
