//! Over time: deals in each stage, and arrivals.

use super::{FEWEST, band_words, inside, month_labels, window};
use crate::model::Phase;
use crate::program::StageId;
use crate::report::block::{Cell, Words};
use crate::report::chart::{Chart, ChartName, Column, ColumnsChart, Measure};
use crate::study::simulate::Simulation;
use crate::study::{Period, TimelineMeasure};

/// Stages that are told apart; those with the fewest deals share a part.
const MOST_PARTS: usize = 7;
/// From this part of the time on, a level that no longer changes is one that was reached.
const SETTLES: f64 = 0.75;
/// A level that does not change moves by no more than this to either side.
const LEVEL: f64 = 0.1;

pub(super) fn by_stage(simulation: &Simulation) -> Option<Chart> {
    let weekly = simulation.weekly.as_ref()?;
    let stages = &simulation.program.stages;
    let sum = |stage: &StageId| weekly.open[*stage].iter().sum::<f64>();
    let is_client = |stage: &StageId| stages[*stage].phase == Phase::Client;
    let seen = stages.ids().filter(|stage| sum(stage) > 0.0);
    let (clients, mut shown): (Vec<StageId>, Vec<StageId>) = seen.partition(is_client);
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
    let mut parts: Vec<String> = shown.iter().map(|stage| stages[*stage].title.clone()).collect();
    if !rest.is_empty() {
        parts.push(format!("{} other stages", rest.len()));
    }
    if !clients.is_empty() {
        parts.push("past clients".to_owned());
    }
    let total = |week: usize| weekly.open.iter().map(|stage| stage[week]).sum::<f64>();
    let count = super::shown(simulation, (0..weekly.dates.len()).map(total));
    if count < FEWEST {
        return None;
    }
    let labels = month_labels(inside(simulation, &weekly.dates));
    let column = |(week, label): (usize, String)| {
        let together =
            |stages: &[StageId]| -> f64 { stages.iter().map(|s| weekly.open[*s][week]).sum() };
        let mut parts: Vec<f64> = shown.iter().map(|s| weekly.open[*s][week]).collect();
        parts.extend((!rest.is_empty()).then(|| together(&rest)));
        parts.extend((!clients.is_empty()).then(|| together(&clients)));
        Column { label, parts, band: None, full: true }
    };
    let columns: Vec<Column> = labels.into_iter().enumerate().map(column).take(count).collect();
    let beside = usize::from(!clients.is_empty());
    let dates: Vec<String> = weekly.dates[..count].iter().map(ToString::to_string).collect();
    Some(Chart::Columns(ColumnsChart {
        name: ChartName::InProgress,
        title: title(&columns, beside, &dates, simulation.program.window.until_empty()),
        subtitle: window(simulation),
        measure: Measure::Deals,
        caption: vec![Cell::text("Deals in each stage at the end of the week, mean")],
        parts,
        beside,
        columns,
        plan: None,
        nothing: "No deal was in progress at the end of any week.",
    }))
}

/// The finding, of the columns as they are drawn; past clients are told apart.
fn title(columns: &[Column], beside: usize, dates: &[String], until_empty: bool) -> Words {
    let in_work = |column: &Column| {
        column.parts[..column.parts.len() - beside].iter().fold(0.0, |sum, part| sum + part)
    };
    let levels: Vec<f64> = columns.iter().map(in_work).collect();
    let clients = columns.iter().map(|column| column.parts.iter().sum::<f64>() - in_work(column));
    let clients = clients.sum::<f64>() / columns.len() as f64;
    let mut words = levels_in_words(&levels, dates, until_empty);
    if beside > 0 && clients > 0.0 {
        words.extend([
            Cell::text(", and"),
            Cell::count(clients),
            Cell::text("past clients may come back"),
        ]);
    }
    words
}

fn levels_in_words(levels: &[f64], dates: &[String], until_empty: bool) -> Words {
    let (first, last) = (levels[0], levels[levels.len() - 1]);
    let most = levels.iter().copied().fold(0.0, f64::max);
    let mean = levels.iter().sum::<f64>() / levels.len() as f64;
    if until_empty {
        return vec![
            Cell::text("At most"),
            Cell::count(most),
            Cell::text("deals are in progress when a week ends"),
        ];
    }
    let (less, more) = (first.min(last), first.max(last));
    if more <= 1.5 * less || more - less <= 5.0 {
        return vec![
            Cell::text("On average"),
            Cell::count(mean),
            Cell::text("deals are in progress when a week ends"),
        ];
    }
    let verb = if last > first { "grow" } else { "fall" };
    let mut words = vec![
        Cell::text(format!("Deals in progress {verb} from")),
        Cell::count(first),
        Cell::text("to"),
    ];
    match settled(levels) {
        Some((week, level)) => words.extend([
            Cell::count(level),
            Cell::text(format!("by {} and stay near it", dates[week])),
        ]),
        None => words.push(Cell::count(last)),
    }
    words
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
    let count = super::shown(simulation, all().map(|row| row.mean));
    let rows: Vec<_> = all().take(count).collect();
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
    let caption = Cell::text("Arrivals by week: mean, and where");
    Some(Chart::Columns(ColumnsChart {
        name: ChartName::Arrivals,
        title: arrivals_title(&columns),
        subtitle: window(simulation),
        measure: Measure::Deals,
        caption: band_words(simulation, caption, "week"),
        parts: vec![String::new()],
        beside: 0,
        columns,
        plan: None,
        nothing: "No deal arrived in this window.",
    }))
}

/// The finding, of whole weeks: how many come in one, or where that is no number to picture, in all.
fn arrivals_title(columns: &[Column]) -> Words {
    let all: f64 = columns.iter().map(|column| column.parts[0]).sum();
    let full: Vec<f64> =
        columns.iter().filter(|column| column.full).map(|column| column.parts[0]).collect();
    let mean = full.iter().sum::<f64>() / full.len().max(1) as f64;
    if all == 0.0 {
        vec![Cell::text("No deal arrives in this window")]
    } else if mean >= 1.0 {
        vec![Cell::text("On average"), Cell::count(mean), Cell::text("deals arrive in a week")]
    } else {
        let deals = if all == 1.0 { "deal arrives" } else { "deals arrive" };
        vec![Cell::count(all), Cell::text(format!("{deals} in these {} weeks", columns.len()))]
    }
}
