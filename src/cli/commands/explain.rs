//! `voronka explain`: what does this name mean, what does this distribution look like?

use std::process::ExitCode;

use crate::cli::failure::Failure;
use crate::cli::offered;
use crate::cli::terminal::{diagnostic_style, print, table_style, tell};
use crate::diagnostic::codes;
use crate::kpi::Kpi;
use crate::model::{distribution, nearest};
use crate::render::{findings, terminal};
use crate::report::explain;
use crate::study::explain::portrait;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// A KPI, the code of a finding (V311), or a distribution as in a model: '{lognormal: {median: 2h,
    /// p90: 6h}}'; without it, the KPIs are listed
    #[arg(value_name = "NAME", value_parser = offered::explained(), hide_possible_values = true)]
    name: Option<String>,
}

pub(in crate::cli) fn explain(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let blocks = match &arguments.name {
        None => explain::kpis(),
        Some(name) => match (Kpi::find(name), codes::find(name)) {
            (Some(kpi), _) => explain::kpi(kpi),
            (None, Some(code)) => explain::code(code),
            (None, None)
                if name.contains(['{', ':']) || name.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                match distribution(name) {
                    Ok(distribution) => explain::distribution(&portrait(&distribution)),
                    Err((sources, problems)) => {
                        tell(&findings::draw(&sources, &problems, diagnostic_style(false)));
                        return Ok(ExitCode::from(2));
                    }
                }
            }
            (None, None) => return Err(unknown(name)),
        },
    };
    print(terminal::show(&blocks, table_style()).trim_start_matches('\n'))?;
    Ok(ExitCode::SUCCESS)
}

fn unknown(name: &str) -> Failure {
    let known = Kpi::ALL.iter().map(|kpi| kpi.name());
    let known = known.chain(codes::CODES.iter().map(|entry| entry.code));
    let hint = match nearest(name, known) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "`voronka explain` lists the KPIs; a distribution is written as in a model, \
                 '{lognormal: {median: 2h, p90: 6h}}'"
            .to_owned(),
    };
    Failure::Usage(format!("`{name}` is neither a KPI, a code nor a distribution; {hint}"))
}
