//! `voronka forecast`: what do the open deals of an export and the new ones bring?

use std::path::PathBuf;
use std::process::ExitCode;

mod by_model;

use jiff::civil::Date;

use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::learning::{self, Found, LearningArguments};
use crate::fit::season::day_of;
use crate::fit::segments::{Column, columns};
use crate::records::deals::Deals;
use crate::render::words::Refusal;
use crate::report;
use crate::report::{Written, deals_table, forecast_charts, forecast_document, forecast_table};
use crate::study::forecast::notes::Note;
use crate::study::forecast::{Options, forecast as study};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    by_model: by_model::ModelArguments,
    /// Export of a CRM or an event log to learn from, instead of a model
    #[arg(
        long,
        value_name = "EXPORT",
        required_unless_present = "model",
        conflicts_with = "model"
    )]
    from: Option<PathBuf>,
    /// Last day that is known, instead of the last one of the file; nothing after it is used
    #[arg(long, value_name = "DATE")]
    at: Option<Date>,
    /// How far the forecast goes
    #[arg(long, value_name = "D", value_parser = learning::days, default_value = "90d")]
    horizon: usize,
    /// Shows the total by this column: its heading, or owner, source, funnel
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    #[command(flatten)]
    learning: LearningArguments,
}

const TABLE: &str = "forecast.csv";
const DEALS: &str = "deals.csv";
const LIST: &str = "forecast.json";

pub(in crate::cli) fn forecast(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { learning, horizon, .. } = arguments;
    let Some(from) = &arguments.from else { return by_model::forecast(arguments) };
    let dialect = learning.dialect()?;
    let place = learning.place(&[TABLE, DEALS, LIST])?;
    Interrupt::listen().end_at_once();
    let deals = learning.read(from)?;
    let by = arguments.by.as_deref().map(|name| column(&deals, name)).transpose()?;
    let options = Options {
        cut: arguments.at.map(|date| day_of(date) as f64 + 1.0),
        days: *horizon,
        draws: learning.draws,
        seed: learning.seed,
        by,
    };
    let found = learning.compute(|| study(&deals, &options))?;
    let file = from.display().to_string();
    let document = |beside: &[Written]| forecast_document(&found, &deals, &file, beside);
    let told = Found {
        blocks: report::forecast(&found, &deals, arguments.by.as_deref()),
        tables: vec![(TABLE, forecast_table(&found)), (DEALS, deals_table(&found, &deals))],
        document: &document,
        charts: forecast_charts(&found, &deals),
        list: LIST,
    };
    learning.tell(&told, place.as_ref(), dialect)?;
    let is_empty = found.notes.contains(&Note::NoClosings);
    Ok(if is_empty { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The column of a name.
fn column(deals: &Deals, name: &str) -> Result<Column, Failure> {
    let title = |column: Column| match column {
        Column::Segment(index) => deals.segments.get(index).map_or("", |one| one.name.as_str()),
        Column::Owner => "owner",
        Column::Source => "source",
        Column::Funnel => "funnel",
    };
    let all = columns(deals);
    let is = |column: &&Column| title(**column).to_lowercase() == name.trim().to_lowercase();
    all.iter().find(is).copied().ok_or_else(|| {
        let titles: Vec<&str> = all.iter().map(|column| title(*column)).collect();
        Failure::usage(Refusal::NoColumn(name, &titles.join(", ")))
    })
}
