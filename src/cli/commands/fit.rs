//! `voronka fit`: a model from an event log, a history of stages or a table of deals.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::arguments;
use crate::cli::export::ExportArguments;
use crate::cli::failure::Failure;
use crate::cli::files::{refuse_input, write_one};
use crate::cli::terminal::{language, print, tell};
use crate::fit::process::{Detail, Fitted, Traces, arrivals, attributes, compare, fit as learn, traces};
use crate::fit::writing::{Learnt, write};
use crate::records::read;
use crate::render::fitted;
use crate::render::words::{Refusal, Told};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    export: ExportArguments,
    /// The model to write, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrites an existing file
    #[arg(long)]
    force: bool,
    /// Writes every case that pays: visits and ages for which deals wait differently or go elsewhere
    #[arg(long)]
    detail: bool,
    /// Share of the deals, the last ones, that test a fit to the others; 0% for no test
    #[arg(long, value_name = "SHARE", default_value = "20%", value_parser = arguments::part)]
    hold_back: f64,
    /// Seed of the test
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

pub(in crate::cli) fn fit(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let file = arguments.export.file().display().to_string();
    if let Some(output) = &arguments.output {
        refuse_input(output, &file)?;
    }
    let deals = arguments.export.read(read)?.deals;
    let traces = traces(&deals);
    let Some(arrivals) = arrivals(&traces, &deals) else {
        return Err(Failure::usage(Refusal::NothingToFit));
    };
    let detail = if arguments.detail { Detail::Full } else { Detail::Readable };
    let process = learn(&traces, detail);
    let name = arguments.export.file().file_stem().unwrap_or_default().to_string_lossy();
    let lines = write(&Learnt {
        deals: &deals,
        traces: &traces,
        fitted: &process,
        arrivals: &arrivals,
        attributes: &attributes(&deals, &traces, &process),
        people: None,
        name: &name,
    });
    let text = fitted::model(&lines, language());
    match &arguments.output {
        None => print(&text)?,
        Some(path) => {
            write_one(path, text.into_bytes(), arguments.force)?;
            tell(&language().tell(Told::Wrote { file: &path.display().to_string() }));
        }
    }
    report(&process, &traces, detail, arguments);
    Ok(ExitCode::SUCCESS)
}

/// Tells how far the process, played again, is from the deals, and a fit to the first deals from the last ones.
fn report(process: &Fitted, all: &Traces, detail: Detail, arguments: &Arguments) {
    let told = |held_back: bool, found| {
        if let Some(replay) = found {
            tell(&language().tell(Told::Replayed { held_back, replay: &replay }));
        }
    };
    told(false, compare(process, all, arguments.seed));
    let cut = (arguments.hold_back > 0.0).then(|| all.time_of(1.0 - arguments.hold_back)).flatten();
    if let Some(cut) = cut {
        let (before, after) = all.split(cut);
        told(true, compare(&learn(&before, detail), &after, arguments.seed));
    }
}
