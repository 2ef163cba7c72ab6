//! What a forecast that follows a model adds: cash and demand by month.

use super::super::block::{Block, Cell, Column, Kind, Table};
use super::super::phrase::{ByModel, Forecasting, Phrase};
use super::{ForecastWord, quantiles};
use crate::study::simulate::Simulation;
use crate::study::{DemandRow, Period, TimelineMeasure, TimelineRow};

/// Cash and demand by month, as far as the model has them.
pub fn forecast_money(simulation: &Simulation) -> Vec<Block> {
    let mut blocks = Vec::new();
    let heading = |line: ByModel| Block::Heading(Forecasting::ByModel(line).into());
    let cash = cash(simulation);
    if !cash.rows.is_empty() {
        blocks.extend([heading(ByModel::CashHeading), Block::Table(cash)]);
    }
    let demand = demand(simulation);
    if !demand.rows.is_empty() {
        blocks.extend([heading(ByModel::DemandHeading), Block::Table(demand)]);
    }
    blocks
}

fn cash(simulation: &Simulation) -> Table {
    let money = || Kind::Money(simulation.program.currency.clone());
    let mut columns = vec![Column::untitled()];
    columns.extend(quantiles());
    let mut table = Table::of(columns);
    let row = |row: &TimelineRow| {
        let name: Phrase = Forecasting::MonthFrom(row.date).into();
        let values = row.quantiles.map(|value| Cell::number(Some(value), money()));
        std::iter::once(Cell::from(name)).chain(values).collect()
    };
    let months = simulation.timeline.of(Period::Month, TimelineMeasure::CashIn);
    table.rows = months.map(row).collect();
    table
}

fn demand(simulation: &Simulation) -> Table {
    let mut columns = vec![Column::untitled(), Column::words(ForecastWord::What)];
    columns.extend(quantiles());
    columns.push(Column::numbers(ForecastWord::Capacity));
    let mut table = Table::of(columns);
    let row = |row: &DemandRow| {
        let name: Phrase = Forecasting::MonthFrom(row.date).into();
        let mut cells = vec![Cell::from(name), Cell::Name(row.item.clone())];
        let [p10, p50, p90, _] = row.quantiles;
        cells.extend([p10, p50, p90].map(Cell::count));
        cells.push(row.capacity.map_or(Cell::Empty, Cell::count));
        cells
    };
    let months = simulation.demand.iter().filter(|row| row.period == Period::Month);
    table.rows = months.map(row).collect();
    table.drop_empty();
    table
}
