//! `voronka inspect`: what is understood of an export before anything is fitted to it.

use std::process::ExitCode;

use crate::cli::arguments::Format;
use crate::cli::dialect::CsvArguments;
use crate::cli::export::ExportArguments;
use crate::cli::failure::Failure;
use crate::cli::terminal::{language, print, table_style};
use crate::records::inspect as understand;
use crate::render::{csv, json, markdown, terminal};
use crate::report::{inspect_document, inspect_table, inspection};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    export: ExportArguments,
    /// Format of standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    csv: CsvArguments,
}

pub(in crate::cli) fn inspect(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let dialect = arguments.csv.dialect(arguments.format == Format::Csv, "--format csv")?;
    let understood = arguments.export.read(understand)?;
    let file = arguments.export.file().display().to_string();
    let text = match arguments.format {
        Format::Table => terminal::show(&inspection(&understood, &file), table_style()),
        Format::Markdown => markdown::show(&inspection(&understood, &file), language()),
        Format::Csv => csv::write(&inspect_table(&understood), dialect),
        Format::Json => json::document(&inspect_document(&understood, &file)),
    };
    print(&text)?;
    Ok(if understood.is_useful() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
