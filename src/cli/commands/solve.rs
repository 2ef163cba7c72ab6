//! `voronka solve`: what does mathematics say of this model?

use std::process::ExitCode;

use crate::cli::arguments::{self, ChangeArguments, Format, Unit};
use crate::cli::dialect::CsvArguments;
use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::offered;
use crate::cli::reading::{model_of, read};
use crate::cli::terminal::{language, print, table_style};
use crate::kpi::{Kpi, Row};
use crate::render::csv::{self, Dialect};
use crate::render::{json, markdown, terminal};
use crate::report::{main_rows, solution, solve_document, solved};
use crate::study::solve::{Options, Solution, solve as answer};
use crate::tally::figures::Limit;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Model file; `-` is standard input
    model: String,
    /// Length of the window, instead of the model's
    #[arg(long, value_name = "D", value_parser = arguments::horizon)]
    horizon: Option<String>,
    #[command(flatten)]
    changes: ChangeArguments,
    /// Groups deals by an attribute drawn on arrival, or by `source`; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    by: Vec<String>,
    /// Shows only these KPIs; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = offered::kpi(), hide_possible_values = true)]
    kpi: Vec<Kpi>,
    /// Quantiles of durations, in percent
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "50,90", value_parser = arguments::quantile)]
    quantiles: Vec<f64>,
    /// Adds the share of durations within this time; may be repeated
    #[arg(long, value_name = "D", value_delimiter = ',', value_parser = arguments::within)]
    within: Vec<Limit>,
    /// Format of standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Unit of durations in CSV and JSON
    #[arg(long, value_enum, default_value_t = Unit::D)]
    time_unit: Unit,
    #[command(flatten)]
    csv: CsvArguments,
}

pub(in crate::cli) fn solve(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let dialect = arguments.csv.dialect(arguments.format == Format::Csv, "--format csv")?;
    let changes = arguments.changes.all(arguments.horizon.as_ref());
    let loaded = read(&arguments.model, &changes);
    let model = match model_of(&loaded) {
        Ok(model) => model,
        Err(code) => return Ok(code),
    };
    let options = Options {
        by: arguments.by.clone(),
        quantiles: arguments.quantiles.clone(),
        within: arguments.within.clone(),
    };
    Interrupt::listen().end_at_once();
    let found = answer(model, &options)?;
    print(&text(arguments, &found, dialect))?;
    Ok(ExitCode::SUCCESS)
}

fn text(arguments: &Arguments, found: &Solution, dialect: Dialect) -> String {
    let all = || found.long_run.iter().chain(&found.window);
    let rows: Vec<&Row> = if arguments.kpi.is_empty() {
        all().collect()
    } else {
        all().filter(|row| arguments.kpi.contains(&row.key.kpi)).collect()
    };
    let blocks = || {
        let shown = if arguments.kpi.is_empty() { main_rows(found) } else { rows.clone() };
        solution(found, &shown)
    };
    let unit = arguments.time_unit.time();
    match arguments.format {
        Format::Table => terminal::show(&blocks(), table_style()),
        Format::Markdown => markdown::show(&blocks(), language()),
        Format::Csv => csv::write(&solved(found, &rows, unit), dialect),
        Format::Json => json::document(&solve_document(found, &arguments.model, &rows, unit)),
    }
}
