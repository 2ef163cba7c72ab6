//! `voronka show`: what does this process look like?

use std::process::ExitCode;

use super::check::read;
use crate::cli::arguments;
use crate::cli::failure::Failure;
use crate::cli::terminal::{diagnostic_style, print, tell};
use crate::diagnostic::Severity;
use crate::model::Override;
use crate::render::{diagnostics, map};
use crate::report;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Model file; `-` is standard input
    model: String,
    /// Changes one value of the model, as stages.offer.cost=200; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = arguments::change)]
    set: Vec<Override>,
    /// The language of the map
    #[arg(long, value_enum, default_value_t = Format::Mermaid)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Shown in place by code hosts, wikis and note books
    Mermaid,
    /// Drawn by Graphviz: `voronka show deal.yaml --format dot | dot -Tsvg`
    Dot,
}

pub(in crate::cli) fn show(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let loaded = read(&arguments.model, &arguments.set);
    tell(&diagnostics::draw(&loaded.sources, &loaded.diagnostics, diagnostic_style(false)));
    let Some(model) = &loaded.model else {
        let unreadable = loaded.severity() == Some(Severity::Unreadable);
        return Ok(ExitCode::from(if unreadable { 2 } else { 1 }));
    };
    let process = report::map(model);
    print(&match arguments.format {
        Format::Mermaid => map::mermaid(&process),
        Format::Dot => map::dot(&process),
    })?;
    Ok(ExitCode::SUCCESS)
}
