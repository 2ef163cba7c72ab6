//! `voronka explain`: what does this name mean, what does this distribution look like?

use std::process::ExitCode;

use crate::cli::failure::Failure;
use crate::cli::terminal::{diagnostic_style, print, table_style, tell};
use crate::kpi::{Kpi, Missing, catalogue};
use crate::model::{distribution, nearest};
use crate::render::{diagnostics, terminal};
use crate::report::{Block, Cell, Table, explain};
use crate::study::explain::portrait;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// A KPI, or a distribution as in a model: '{lognormal: {median: 2h, p90: 6h}}'; without it, a
    /// list of the KPIs
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(in crate::cli) fn explain(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let blocks = match &arguments.name {
        None => list(),
        Some(name) => match catalogue::find(name) {
            Some(kpi) => explain::kpi(kpi),
            None if name.contains(['{', ':']) || name.starts_with(|c: char| c.is_ascii_digit()) => {
                match distribution(name) {
                    Ok(distribution) => explain::distribution(&portrait(&distribution)),
                    Err((sources, problems)) => {
                        tell(&diagnostics::draw(&sources, &problems, diagnostic_style(false)));
                        return Ok(ExitCode::from(2));
                    }
                }
            }
            None => return Err(unknown(name)),
        },
    };
    print(terminal::show(&blocks, table_style()).trim_start_matches('\n'))?;
    Ok(ExitCode::SUCCESS)
}

/// Every KPI that this version computes, by name.
fn list() -> Vec<Block> {
    let mut table = Table::new(&["kpi", "of", "what"]);
    let known = |kpi: &&Kpi| !matches!(kpi.needs, Missing::Terms | Missing::Command);
    for kpi in catalogue::ALL.iter().filter(known) {
        let cells = [kpi.name, kpi.population, kpi.definition];
        table.rows.push(cells.map(Cell::text).to_vec());
    }
    vec![Block::Table(table)]
}

fn unknown(name: &str) -> Failure {
    let known = catalogue::ALL.iter().map(|kpi| kpi.name);
    let hint = match nearest(name, known) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "`voronka explain` lists the KPIs; a distribution is written as in a model, \
                 '{lognormal: {median: 2h, p90: 6h}}'"
            .to_owned(),
    };
    Failure::Usage(format!("`{name}` is neither a KPI nor a distribution; {hint}"))
}
