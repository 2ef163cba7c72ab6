//! The tables that a run writes: tidy, one row per number, for other programs.

use super::block::{Cell, Table};
use crate::kpi::{Key, Kpi, Quantile, Row, Scope, Stat, Unit};
use crate::program::Program;
use crate::study::simulate::Simulation;
use crate::study::{DEMAND_QUANTILES, TimelineMeasure};

/// The unit in which tables give durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeUnit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    #[default]
    Days,
}

impl TimeUnit {
    pub(super) fn per_day(self) -> f64 {
        match self {
            TimeUnit::Minutes => 1440.0,
            TimeUnit::Hours => 24.0,
            TimeUnit::Days => 1.0,
        }
    }

    fn word(self) -> &'static str {
        match self {
            TimeUnit::Minutes => "min",
            TimeUnit::Hours => "h",
            TimeUnit::Days => "d",
        }
    }
}

pub(super) fn unit_word(unit: Unit, time: TimeUnit, program: &Program) -> String {
    match unit {
        Unit::Count => "count".to_owned(),
        Unit::Share => "share".to_owned(),
        Unit::Days | Unit::Work => time.word().to_owned(),
        Unit::Money if program.currency.is_empty() => "money".to_owned(),
        Unit::Money => program.currency.clone(),
    }
}

pub(super) fn factor(unit: Unit, time: TimeUnit) -> f64 {
    if matches!(unit, Unit::Days | Unit::Work) { time.per_day() } else { 1.0 }
}

pub(super) fn name(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Name(text.to_owned()) }
}

/// The half-width of a row; zero where it is only the rounding error of sums.
pub(super) fn half_width(row: &Row) -> Option<f64> {
    let half_width = row.figure.half_width()?;
    let value = row.figure.value().unwrap_or(0.0);
    Some(if half_width <= 1e-13 * value.abs() { 0.0 } else { half_width })
}

/// The columns of a bad, a typical and a good window.
fn risk(simulation: &Simulation) -> [String; 3] {
    simulation.options.figures.risk.map(|p| format!("#{}", Quantile::new(p)))
}

/// kpis.csv: every row of the result.
pub fn kpis(simulation: &Simulation, rows: &[&Row], time: TimeUnit) -> Table {
    let [bad, typical, good] = risk(simulation);
    let mut table = Table::new(&[
        "kpi",
        "scope",
        "name",
        "by",
        "axis",
        "stat",
        "#value",
        "#half_width",
        "#level",
        &bad,
        &typical,
        &good,
        "unit",
        "per",
        "population",
        "#n",
    ]);
    for row in rows {
        let scale = factor(row.unit(), time);
        let number = |value: Option<f64>| Cell::plain(value.map(|value| value * scale));
        let risk = |at: usize| number(row.risk.map(|risk| risk[at]));
        let half_width = half_width(row);
        let level = half_width.map(|_| simulation.options.figures.level);
        table.rows.push(vec![
            Cell::text(row.key.kpi.name()),
            Cell::text(row.key.scope.word()),
            name(&row.key.name),
            name(&row.key.by),
            Cell::text(row.axis.word()),
            Cell::Name(row.key.stat_text()),
            number(row.figure.value()),
            number(half_width),
            Cell::plain(level),
            risk(0),
            risk(1),
            risk(2),
            Cell::Name(unit_word(row.unit(), time, &simulation.program)),
            Cell::text(row.key.per_word()),
            Cell::text(row.population.words()),
            Cell::Whole(row.n),
        ]);
    }
    table
}

/// replications.csv: each replication's value; an empty cell where it has none.
pub fn replications(simulation: &Simulation, rows: &[&Row], time: TimeUnit) -> Table {
    let mut table =
        Table::new(&["#replication", "kpi", "scope", "name", "by", "stat", "#value", "unit"]);
    let first = simulation.options.first;
    for at in 0..simulation.options.replications {
        for row in rows.iter().filter(|row| !row.replications.is_empty()) {
            let value = row.replications.get(at as usize).copied().flatten();
            table.rows.push(vec![
                Cell::Whole(first + at),
                Cell::text(row.key.kpi.name()),
                Cell::text(row.key.scope.word()),
                name(&row.key.name),
                name(&row.key.by),
                Cell::Name(row.key.stat_text()),
                Cell::plain(value.map(|value| value * factor(row.unit(), time))),
                Cell::Name(unit_word(row.unit(), time, &simulation.program)),
            ]);
        }
    }
    table
}

/// stages.csv: one row per stage and group.
pub fn stages(simulation: &Simulation, time: TimeUnit) -> Table {
    let figures = [
        (Kpi::Visits, Stat::Total, "#visits"),
        (Kpi::Visits, Stat::PerDeal, "#visits_per_deal"),
        (Kpi::Visits, Stat::Rework, "#rework"),
        (Kpi::StageConversion, Stat::Next, "#to_next"),
        (Kpi::WinChance, Stat::Share, "#win_chance"),
        (Kpi::TimeInStage, Stat::Mean, "#time_mean"),
        (Kpi::TimeInStage, Stat::Sd, "#time_sd"),
        (Kpi::TimeInStage, Stat::quantile(0.5), "#time_p50"),
        (Kpi::TimeInStage, Stat::quantile(0.9), "#time_p90"),
        (Kpi::TimeInStage, Stat::PerDeal, "#time_per_deal"),
        (Kpi::OpenDeals, Stat::Mean, "#open_mean"),
        (Kpi::OpenAtEnd, Stat::Count, "#open_at_end"),
        (Kpi::OpenValue, Stat::Total, "#open_value"),
        (Kpi::Cost, Stat::Total, "#cost"),
        (Kpi::Visits, Stat::ReworkDays, "#rework_days"),
    ];
    let mut titles = vec!["#stage_number", "stage", "title", "phase", "by"];
    titles.extend(figures.iter().map(|figure| figure.2));
    let mut table = Table::new(&titles);
    let mut groups: Vec<&str> = Vec::new();
    for row in &simulation.rows {
        if !groups.contains(&row.key.by.as_str()) {
            groups.push(&row.key.by);
        }
    }
    for group in groups {
        for (at, stage) in simulation.program.stages.iter().enumerate() {
            let mut cells = vec![
                Cell::Whole(at as u64 + 1),
                Cell::Name(stage.name.clone()),
                Cell::Name(stage.title.clone()),
                Cell::text(stage.phase.word()),
                name(group),
            ];
            for (kpi, stat, _) in &figures {
                let key = Key::new(*kpi, stat.clone()).stage(&stage.name).by(group);
                let value = simulation.value(&key);
                cells.push(Cell::plain(value.map(|value| value * factor(key.unit(), time))));
            }
            table.rows.push(cells);
        }
    }
    table
}

/// roles.csv: one row per role and person.
pub fn roles(simulation: &Simulation, time: TimeUnit) -> Table {
    let figures = [
        (Kpi::Utilization, Stat::Share, "#utilization"),
        (Kpi::Utilization, Stat::MissingPeople, "#people_missing"),
        (Kpi::QueueLength, Stat::Mean, "#queue_length"),
        (Kpi::QueueLength, Stat::AtEnd, "#waiting_at_end"),
        (Kpi::QueueTime, Stat::Mean, "#queue_time_mean"),
        (Kpi::QueueTime, Stat::quantile(0.5), "#queue_time_p50"),
        (Kpi::QueueTime, Stat::quantile(0.9), "#queue_time_p90"),
        (Kpi::QueueTime, Stat::Open, "#queue_time_open"),
        (Kpi::QueueTime, Stat::Waited, "#waited"),
        (Kpi::Reneged, Stat::Share, "#reneged"),
        (Kpi::Cost, Stat::Total, "#cost"),
    ];
    let mut titles = vec!["role", "person", "#people"];
    titles.extend(figures.iter().map(|figure| figure.2));
    let mut table = Table::new(&titles);
    let program = &simulation.program;
    let mut add = |scope: Scope, role: &str, person: &str, people: Cell| {
        let of = if person.is_empty() { role } else { person };
        let mut cells = vec![Cell::Name(role.to_owned()), name(person), people];
        for (kpi, stat, _) in &figures {
            let key = Key::new(*kpi, stat.clone()).of(scope, of);
            let value = simulation.value(&key);
            cells.push(Cell::plain(value.map(|value| value * factor(key.unit(), time))));
        }
        table.rows.push(cells);
    };
    for (id, role) in program.roles.entries() {
        let people = program.people_of(id);
        let count = people.iter().map(|person| person.count).sum();
        add(
            Scope::Role,
            &role.name,
            "",
            if role.limited { Cell::Whole(count) } else { Cell::Empty },
        );
        for person in people.iter().filter(|person| person.count == 1) {
            add(Scope::Person, &role.name, &person.name, Cell::Whole(1));
        }
    }
    table
}

/// losses.csv: reason × stage × group.
pub fn losses(simulation: &Simulation) -> Table {
    let mut table = Table::new(&[
        "reason", "class", "stage", "by", "#count", "#share", "#value", "#sunk", "per", "#n",
    ]);
    for loss in &simulation.losses {
        let reason = &simulation.program.reasons[loss.reason];
        table.rows.push(vec![
            name(&reason.name),
            Cell::text(reason.class.map_or("", crate::model::ReasonClass::word)),
            Cell::Name(simulation.program.stages[loss.stage].name.clone()),
            name(&loss.by),
            Cell::Plain(loss.count),
            Cell::Plain(loss.share),
            if simulation.program.value.is_some() { Cell::Plain(loss.value) } else { Cell::Empty },
            if simulation.program.has_cost { Cell::Plain(loss.sunk) } else { Cell::Empty },
            Cell::text("window"),
            Cell::Whole(loss.n),
        ]);
    }
    table
}

/// timeline.csv: the window by week, month and quarter.
pub fn timeline(simulation: &Simulation) -> Table {
    timeline_of(simulation, |_| true)
}

/// cash.csv: what is booked and paid by week, month and quarter.
pub fn cash(simulation: &Simulation) -> Table {
    timeline_of(simulation, TimelineMeasure::is_of_cash)
}

/// demand.csv: what sales call for by item, week, month and quarter.
pub fn demand(simulation: &Simulation) -> Table {
    let quantiles = DEMAND_QUANTILES.map(|p| format!("#{}", Quantile::new(p)));
    let [p10, p50, p90, p95] = &quantiles;
    let mut table = Table::new(&[
        "period",
        "date",
        "complete",
        "item",
        "#mean",
        p10,
        p50,
        p90,
        p95,
        "#capacity",
        "#above",
        "#n",
    ]);
    for row in &simulation.demand {
        let mut cells = vec![
            Cell::text(row.period.word()),
            Cell::text(row.date.to_string()),
            Cell::text(if row.full { "yes" } else { "no" }),
            name(&row.item),
            Cell::Plain(row.mean),
        ];
        cells.extend(row.quantiles.map(Cell::Plain));
        cells.extend([row.capacity, row.above].map(Cell::plain));
        cells.push(Cell::Whole(row.n));
        table.rows.push(cells);
    }
    table
}

/// The rows of some measures.
fn timeline_of(simulation: &Simulation, of: impl Fn(TimelineMeasure) -> bool) -> Table {
    let [bad, typical, good] = risk(simulation);
    let mut table = Table::new(&[
        "period", "date", "complete", "measure", "#mean", &bad, &typical, &good, "unit", "#n",
    ]);
    for row in simulation.timeline.rows.iter().filter(|row| of(row.measure)) {
        let unit = row.measure.unit();
        table.rows.push(vec![
            Cell::text(row.period.word()),
            Cell::text(row.date.to_string()),
            Cell::text(if row.full { "yes" } else { "no" }),
            Cell::text(row.measure.word()),
            Cell::Plain(row.mean),
            Cell::Plain(row.quantiles[0]),
            Cell::Plain(row.quantiles[1]),
            Cell::Plain(row.quantiles[2]),
            Cell::Name(unit_word(unit, TimeUnit::Days, &simulation.program)),
            Cell::Whole(row.n),
        ]);
    }
    table
}
