//! What to show: typed, unformatted blocks, which every renderer prints in its own way.
//!
//! Numbers leave this layer unrounded, with their unit and half-width; so the terminal, CSV, JSON
//! and charts of a study cannot disagree.

mod backtest;
mod block;
pub mod chart;
mod charts;
mod comparison;
mod document;

mod event_log;
pub mod explain;
mod fitting;
mod forecast;
mod inspect;
mod map;
mod monthly;
pub mod phrase;
mod plan;
mod screen;
mod sensitivity;
mod solution;
mod sweep;
pub mod tables;

pub use backtest::{backtest, backtest_charts, backtest_document, backtest_table};
pub use block::{Block, Cell, Column, Kind, Number, Table, Title};
pub use charts::{CHARTS, ChartKind, bare_map, charts};
pub use comparison::{
    Compared, Ran, changes_document, changes_table, compare_charts, compare_document, differences,
};
pub use document::{Beside, Field, RunDocument, Written, solve_document};
pub use event_log::event_log;
pub use fitting::{
    Likened, conformance, conformance_document, conformance_table, likeness, likeness_document,
    likeness_table,
};
pub use forecast::Shown as ShownForecast;
pub use forecast::{
    deals_table, forecast, forecast_cash_table, forecast_charts, forecast_demand_table,
    forecast_document, forecast_money, forecast_plan_table, forecast_table,
};
pub use inspect::{inspect_document, inspect_table, inspection};
pub use map::{
    Asked, Bounds, Case, Cause, Condition, Lanes, Map, Node, NodeKind, Note, Transition, about, map,
};
pub use plan::{plan, plan_charts, plan_document, plan_table};
pub use screen::{Context, screen, selection};
pub use sensitivity::{
    global, global_document, global_table, sensitivity, sensitivity_charts, sensitivity_document,
    sensitivity_table,
};
pub use solution::{main_rows, solution, solved};
pub use sweep::{left_out, sweep, sweep_charts, sweep_document, sweep_table};
