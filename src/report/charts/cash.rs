//! Bookings and receipts to date, and what sales call for against the capacity.

use super::{FEWEST, month_labels, seen, shown, spread};
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::report::Kind;
use crate::report::chart::{Chart, ChartName, GatheredChart, Line, Spot};
use crate::report::phrase::{Caption, Finding, Phrase, amount, count, share};
use crate::study::simulate::Simulation;
use crate::study::{DemandRow, Period, TimelineMeasure, TimelineRow};

/// Fewer months than this are shown as weeks.
const FEW_MONTHS: usize = 4;

/// What is booked and what has come in from the start of the window on, with the plan.
pub(super) fn cash(simulation: &Simulation) -> Option<Chart> {
    let timeline = &simulation.timeline;
    let months = timeline.of(Period::Month, TimelineMeasure::CashToDate).count();
    let period = if months >= FEW_MONTHS { Period::Month } else { Period::Week };
    let rows = |measure| timeline.of(period, measure).collect::<Vec<&TimelineRow>>();
    let (booked, paid) = (rows(TimelineMeasure::BookingsToDate), rows(TimelineMeasure::CashToDate));
    if booked.len() < FEWEST || paid.len() != booked.len() {
        return None;
    }
    let program = &simulation.program;
    let spot = |row: &&TimelineRow| {
        Some(Spot { value: row.mean, ends: [row.quantiles[0], row.quantiles[2]] })
    };
    let line = |label: Caption, rows: &[&TimelineRow]| Line {
        label: Some(label.into()),
        spots: rows.iter().map(spot).collect(),
    };
    let mut lines = vec![line(Caption::BookedToDate, &booked), line(Caption::CashToDate, &paid)];
    if let Some(plan) = program.targets.bookings {
        // What a row covers ends where the next one begins.
        let mut ends: Vec<jiff::civil::Date> = booked.iter().skip(1).map(|row| row.date).collect();
        let calendar = &program.calendar;
        ends.extend(
            (!program.window.until_empty()).then(|| calendar.date_time(program.window.end).date()),
        );
        let planned = |end: jiff::civil::Date| {
            let until = calendar.instant(end.at(0, 0, 0, 0)).min(program.window.end);
            let value = plan.over(calendar, program.window.start, until);
            Some(Spot::around(value, 0.0))
        };
        let spots = ends.into_iter().map(planned).collect();
        lines.push(Line { label: Some(Caption::PlannedToDate.into()), spots });
    }
    let money = |row: &TimelineRow| amount(row.mean, &program.currency);
    let title = match (booked.last(), paid.last()) {
        (Some(booked), Some(paid)) if booked.mean != 0.0 => {
            Finding::CashOfBookings { cash: money(paid), bookings: money(booked) }
        }
        _ => Finding::NothingBooked,
    };
    Some(Chart::Gathered(GatheredChart {
        name: ChartName::Cash,
        title,
        subtitle: vec![Caption::ToDate { spread: spread(simulation) }.into(), seen(simulation)],
        kind: Kind::Money(program.currency.clone()),
        months: month_labels(booked.iter().map(|row| row.date)),
        lines,
    }))
}

/// What sales call for by week: as a share of the capacity, or the amount of the first item where no item has one.
pub(super) fn demand(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    let items = program.items();
    let has_capacity = items.iter().any(|item| item.capacity.is_some());
    let drawn: Vec<&str> = if has_capacity {
        let with = items.iter().filter(|item| item.capacity.is_some());
        with.map(|item| item.name.as_str()).collect()
    } else {
        items.first().map(|item| item.name.as_str()).into_iter().collect()
    };
    let weeks = |item: &str| -> Vec<&DemandRow> {
        let rows = simulation.demand.iter();
        rows.filter(|row| row.period == Period::Week && row.full && row.item == item).collect()
    };
    let first = weeks(drawn.first()?);
    let columns = shown(simulation, first.iter().map(|row| row.mean));
    if columns < FEWEST {
        return None;
    }
    let spot = |row: &&DemandRow| {
        let there = row.capacity.unwrap_or(1.0);
        let of = |value: f64| value / there;
        Some(Spot { value: of(row.mean), ends: [of(row.quantiles[0]), of(row.quantiles[2])] })
    };
    let mut lines: Vec<Line> = drawn
        .iter()
        .map(|item| Line {
            label: Some(Phrase::Name((*item).to_owned())),
            spots: weeks(item).iter().take(columns).map(spot).collect(),
        })
        .collect();
    if has_capacity {
        let full = Some(Spot::around(1.0, 0.0));
        lines.push(Line { label: Some(Caption::Capacity.into()), spots: vec![full; columns] });
    }
    Some(Chart::Gathered(GatheredChart {
        name: ChartName::Demand,
        title: needed_most(simulation, &drawn)?,
        subtitle: vec![Caption::DemandByWeek { spread: share(0.8) }.into(), seen(simulation)],
        kind: if has_capacity { Kind::Share } else { Kind::Count },
        months: month_labels(first.iter().take(columns).map(|row| row.date)),
        lines,
    }))
}

/// The finding: of which item there is too little most often, or else which is needed most.
fn needed_most(simulation: &Simulation, items: &[&str]) -> Option<Finding> {
    let value = |item: &str, stat: Stat| {
        simulation.value(&Key::new(Kpi::Demand, stat).of(Scope::Item, item))
    };
    let most = |stat: Stat| {
        let values = items.iter().filter_map(|item| Some((*item, value(item, stat.clone())?)));
        values.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(item, of)| (item.to_owned(), of))
    };
    if let Some((item, above)) = most(Stat::AboveCapacity).filter(|(_, above)| *above > 0.0) {
        return Some(Finding::ShortOf { item, share: share(above) });
    }
    if let Some((item, load)) = most(Stat::Load) {
        return Some(Finding::EnoughOf { item, share: share(load) });
    }
    let item = (*items.first()?).to_owned();
    let amount = count(value(&item, Stat::Total)?);
    Some(Finding::CallsFor { item, amount })
}
