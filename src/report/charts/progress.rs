//! Over time: deals in each stage, and arrivals.

use jiff::civil::Date;

use super::{FEWEST, inside, month_labels, seen, spread};
use crate::model::Phase;
use crate::program::StageId;
use crate::report::chart::{Chart, ChartName, Column, ColumnsChart, Measure};
use crate::report::phrase::{Caption, Finding, Level, Month, Phrase, count};
use crate::study::simulate::Simulation;
use crate::study::{Period, TimelineMeasure};

/// The most stages with a part of their own; those with the fewest deals share one part.
const MOST_PARTS: usize = 7;
/// A level counts as reached if it is constant from an earlier share of the time on.
const SETTLES: f64 = 0.75;
/// The greatest relative deviation of a level that counts as constant.
const LEVEL: f64 = 0.1;

pub(super) fn by_stage(simulation: &Simulation) -> Option<Chart> {
    let weekly = simulation.weekly.as_ref()?;
    let stages = &simulation.program.stages;
    let sum = |stage: &StageId| weekly.open[*stage].iter().sum::<f64>();
    let is_client = |stage: &StageId| stages[*stage].phase == Phase::Client;
    let counted = stages.ids().filter(|stage| sum(stage) > 0.0);
    let (clients, mut shown): (Vec<StageId>, Vec<StageId>) = counted.partition(is_client);
    if shown.is_empty() && clients.is_empty() {
        return None;
    }
    shown.sort_by(|a, b| sum(b).total_cmp(&sum(a)));
    let mut rest = shown.split_off(shown.len().min(MOST_PARTS - usize::from(!clients.is_empty())));
    if rest.len() == 1 {
        shown.append(&mut rest);
    }
    // The last stage stands at the bottom: what leaves the picture first is nearest to the axis.
    shown.sort_unstable_by(|a, b| b.cmp(a));
    let title_of = |stage: &StageId| Phrase::Name(stages[*stage].title.clone());
    let mut parts: Vec<Phrase> = shown.iter().map(title_of).collect();
    if !rest.is_empty() {
        parts.push(Caption::OtherStages(rest.len()).into());
    }
    if !clients.is_empty() {
        parts.push(Caption::PastClients.into());
    }
    let total = |week: usize| weekly.open.iter().map(|stage| stage[week]).sum::<f64>();
    let weeks = super::shown(simulation, (0..weekly.dates.len()).map(total));
    if weeks < FEWEST {
        return None;
    }
    let labels = month_labels(inside(simulation, &weekly.dates));
    let column = |(week, label): (usize, Option<Month>)| {
        let together =
            |stages: &[StageId]| -> f64 { stages.iter().map(|s| weekly.open[*s][week]).sum() };
        let mut parts: Vec<f64> = shown.iter().map(|s| weekly.open[*s][week]).collect();
        parts.extend((!rest.is_empty()).then(|| together(&rest)));
        parts.extend((!clients.is_empty()).then(|| together(&clients)));
        Column { label, parts, band: None, full: true }
    };
    let columns: Vec<Column> = labels.into_iter().enumerate().map(column).take(weeks).collect();
    let beside = usize::from(!clients.is_empty());
    let dates = &weekly.dates[..weeks];
    Some(Chart::Columns(ColumnsChart {
        name: ChartName::InProgress,
        title: title(&columns, beside, dates, simulation.program.window.until_empty()),
        subtitle: vec![seen(simulation)],
        measure: Measure::Deals,
        caption: Caption::InStages,
        parts,
        beside,
        columns,
        plan: None,
        nothing: Caption::NoneInProgress,
    }))
}

/// The finding, of the columns as they are drawn; past clients are told apart.
fn title(columns: &[Column], beside: usize, dates: &[Date], until_empty: bool) -> Finding {
    let in_work = |column: &Column| {
        column.parts[..column.parts.len() - beside].iter().fold(0.0, |sum, part| sum + part)
    };
    let levels: Vec<f64> = columns.iter().map(in_work).collect();
    let clients = columns.iter().map(|column| column.parts.iter().sum::<f64>() - in_work(column));
    let clients = clients.sum::<f64>() / columns.len() as f64;
    Finding::InProgress {
        level: level(&levels, dates, until_empty),
        clients: (beside > 0 && clients > 0.0).then(|| count(clients)),
    }
}

/// How the number of deals goes from week to week.
fn level(levels: &[f64], dates: &[Date], until_empty: bool) -> Level {
    let (first, last) = (levels[0], levels[levels.len() - 1]);
    let most = levels.iter().copied().fold(0.0, f64::max);
    let mean = levels.iter().sum::<f64>() / levels.len() as f64;
    if until_empty {
        return Level::AtMost(count(most));
    }
    let (less, more) = (first.min(last), first.max(last));
    if more <= 1.5 * less || more - less <= 5.0 {
        return Level::Steady(count(mean));
    }
    let settled = settled(levels);
    Level::Moves {
        from: count(first),
        to: count(settled.map_or(last, |(_, level)| level)),
        grows: last > first,
        settled: settled.map(|(week, _)| dates[week]),
    }
}

/// The week from which on the level does not change any more, and that level; none where it is reached late or not
/// at all.
fn settled(levels: &[f64]) -> Option<(usize, f64)> {
    let latest = (levels.len() as f64 * SETTLES) as usize;
    (1..latest).find_map(|week| {
        let rest = &levels[week..];
        let level = rest.iter().sum::<f64>() / rest.len() as f64;
        let stays = rest.iter().all(|other| (other - level).abs() <= LEVEL * level);
        stays.then_some((week, level))
    })
}

pub(super) fn arrivals(simulation: &Simulation) -> Option<Chart> {
    let all = || {
        let rows = simulation.timeline.rows.iter();
        rows.filter(|row| row.period == Period::Week && row.measure == TimelineMeasure::Intake)
    };
    let weeks = super::shown(simulation, all().map(|row| row.mean));
    let rows: Vec<_> = all().take(weeks).collect();
    if rows.len() < FEWEST {
        return None;
    }
    let labels = month_labels(rows.iter().map(|row| row.date));
    let columns: Vec<Column> = rows
        .iter()
        .zip(labels)
        .map(|(row, label)| Column {
            label,
            parts: vec![row.mean],
            band: Some((row.quantiles[0], row.quantiles[2])),
            full: row.full,
        })
        .collect();
    Some(Chart::Columns(ColumnsChart {
        name: ChartName::Arrivals,
        title: arrivals_title(&columns),
        subtitle: vec![seen(simulation)],
        measure: Measure::Deals,
        caption: Caption::Arrivals { spread: spread(simulation) },
        parts: Vec::new(),
        beside: 0,
        columns,
        plan: None,
        nothing: Caption::NoneArrived,
    }))
}

/// The finding, of whole weeks: how many come in one, or where that is no number to picture, in all.
fn arrivals_title(columns: &[Column]) -> Finding {
    let all: f64 = columns.iter().map(|column| column.parts[0]).sum();
    let full: Vec<f64> =
        columns.iter().filter(|column| column.full).map(|column| column.parts[0]).collect();
    let mean = full.iter().sum::<f64>() / full.len().max(1) as f64;
    if all == 0.0 {
        Finding::NoneArrive
    } else if mean >= 1.0 {
        Finding::ArriveInAWeek(count(mean))
    } else {
        Finding::ArriveInWeeks { deals: count(all), weeks: columns.len() }
    }
}
