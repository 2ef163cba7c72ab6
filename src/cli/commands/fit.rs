//! `voronka fit`: a model from an event log, a history of stages or a table of deals.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::arguments::{self, Format};
use crate::cli::dialect::CsvArguments;
use crate::cli::export::ExportArguments;
use crate::cli::failure::Failure;
use crate::cli::files::{refuse_input, write_one};
use crate::cli::reading;
use crate::cli::terminal::{language, print, table_style, tell};
use crate::fit::process::{
    Detail, Fitted, Replay, Traces, arrivals, attributes, compare, fit as learn, people, traces,
    traces_of_people,
};
use crate::fit::writing::{Learnt, stage_name, write};
use crate::records::Reading;
use crate::records::deals::{Deals, Outcome};
use crate::records::understood::Shape;
use crate::render::csv::Dialect;
use crate::render::words::{Refusal, Told};
use crate::render::{csv, fitted, json, markdown, terminal};
use crate::report::phrase::FitPart;
use crate::report::{
    Block, Field, Likened, Table, conformance, conformance_document, conformance_table, likeness,
    likeness_document, likeness_table,
};
use crate::study::conformance::conformance as compare_with;

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools)] // one for each flag
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    export: ExportArguments,
    /// The model to write, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrites an existing file
    #[arg(long)]
    force: bool,
    /// Writes more variants: visits and ages at which deals wait differently or go elsewhere; also shows the fit in tables
    #[arg(long)]
    detail: bool,
    /// Writes roles with as many people as work on a usual day, and the hours in which work begins, if the file says who
    /// worked
    #[arg(long)]
    people: bool,
    /// Writes a share that is not known well (standard deviation above one percentage point) as one that varies from run to
    /// run, so that intervals of a simulation contain what is not known. `solve` has no answer for such a model
    #[arg(long)]
    uncertain: bool,
    /// Shows how the file and this model differ, and writes no model
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["output", "detail", "people", "uncertain"])]
    against: Option<String>,
    /// Share of the deals, the last ones, that test a model fitted to the others; 0% for no test
    #[arg(long, value_name = "SHARE", default_value = "20%", value_parser = arguments::part)]
    hold_back: f64,
    /// Seed of the test
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Prints the report of the fit on standard output; needs --output or --against
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    csv: CsvArguments,
}

pub(in crate::cli) fn fit(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let file = arguments.export.file().display().to_string();
    if let Some(output) = &arguments.output {
        refuse_input(output, &file)?;
    }
    if arguments.format.is_some() && arguments.output.is_none() && arguments.against.is_none() {
        return Err(Failure::usage(Refusal::FormatOfModel));
    }
    let dialect = arguments.csv.dialect(arguments.format == Some(Format::Csv), "--format csv")?;
    let Reading { deals, understood } = arguments.export.deals()?;
    let traces = traces(&deals);
    if let Some(model) = &arguments.against {
        return against(model, &deals, &traces, (arguments, dialect));
    }
    let Some(arrivals) = arrivals(&traces, &deals) else {
        return Err(Failure::usage(Refusal::NothingToFit));
    };
    // Of a log that says no ends at all, all ends count alike; a table of deals has a word for each.
    let ends = |outcome| deals.deals.iter().any(|deal| deal.outcome == outcome);
    let has_words = ends(Outcome::Lost) || understood.shape == Shape::Deals;
    if has_words && !ends(Outcome::Won) {
        return Err(Failure::usage(Refusal::NothingWon(&last_stages(&deals))));
    }
    let detail = if arguments.detail { Detail::Full } else { Detail::Readable };
    let seed = arguments.seed;
    let played = || {
        let process = learn(&traces, detail);
        let replay = compare(&process, &traces, Some(&arrivals), seed);
        (process, replay)
    };
    let held_back = || held_back((&deals, &traces), (arguments, detail));
    let ((process, replay), held_back) = rayon::join(played, held_back);
    let staffed = arguments.people.then(|| people(&deals, &process)).flatten();
    if arguments.people && staffed.is_none() {
        return Err(Failure::usage(Refusal::NobodyNamed));
    }
    let without_queues = staffed.is_some().then(|| learn(&traces_of_people(&deals), detail));
    let name = arguments.export.file().file_stem().unwrap_or_default().to_string_lossy();
    let lines = write(&Learnt {
        deals: &deals,
        traces: &traces,
        fitted: without_queues.as_ref().unwrap_or(&process),
        arrivals: &arrivals,
        attributes: &attributes(&deals, &traces, &process),
        people: staffed.as_ref(),
        name: &name,
        uncertain: arguments.uncertain,
    });
    let text = fitted::model(&lines, language());
    match &arguments.output {
        None => print(&text)?,
        Some(path) => {
            write_one(path, text.into_bytes(), arguments.force)?;
            tell(&language().tell(Told::Wrote { file: &path.display().to_string() }));
        }
    }
    let all = replay.map(|replay| (FitPart::All, process, replay));
    let found: Vec<Played> = all.into_iter().chain(held_back).collect();
    report(&found, &deals, (arguments, dialect))?;
    Ok(ExitCode::SUCCESS)
}

/// Where deals stood last, the most frequent places first, and how many stood there.
fn last_stages(deals: &Deals) -> Vec<(&str, usize)> {
    const MOST: usize = 5;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for stage in deals.deals.iter().filter_map(|deal| deal.stage) {
        *counts.entry(deals.stages.word(stage)).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts.truncate(MOST);
    counts
}

/// A process with what came of playing it.
type Played = (FitPart, Fitted, Replay);

/// Plays a fit to the first deals for these and for the last ones.
fn held_back(
    (deals, all): (&Deals, &Traces),
    (arguments, detail): (&Arguments, Detail),
) -> Vec<Played> {
    let cut = (arguments.hold_back > 0.0).then(|| all.time_of(1.0 - arguments.hold_back)).flatten();
    let Some(cut) = cut else { return Vec::new() };
    let (before, after) = all.split(cut);
    let process = learn(&before, detail);
    let rates = arrivals(&before, deals);
    let replay = |of: &Traces| compare(&process, of, rates.as_ref(), arguments.seed);
    let (first, last) = rayon::join(|| replay(&before), || replay(&after));
    let parts = [(FitPart::First, first), (FitPart::Last, last)];
    parts.into_iter().filter_map(|(part, replay)| Some((part, process.clone(), replay?))).collect()
}

/// Tells how far the process, played again, is from the deals, and a fit to the first deals from the last ones.
fn report(
    found: &[Played],
    deals: &Deals,
    (arguments, dialect): (&Arguments, Dialect),
) -> Result<(), Failure> {
    let names: Vec<Vec<String>> = found
        .iter()
        .map(|(_, process, _)| {
            (0..process.stages.len()).map(|at| stage_name(deals, process, at).to_owned()).collect()
        })
        .collect();
    let parts = found.iter().zip(&names);
    let parts: Vec<Likened<'_>> =
        parts.map(|((part, _, replay), stages)| Likened { part: *part, replay, stages }).collect();
    let Some(format) = arguments.format else {
        for (part, _, replay) in found.iter().filter(|one| one.0 != FitPart::First) {
            let held_back = *part == FitPart::Last;
            tell(&language().tell(Told::Replayed { held_back, replay }));
        }
        if arguments.detail {
            tell(&terminal::show(&likeness(&parts), table_style()));
        }
        return Ok(());
    };
    let file = arguments.export.file().display().to_string();
    let document = likeness_document(&parts, &file);
    show(format, &likeness(&parts), &likeness_table(&parts), (&document, dialect))
}

fn against(
    name: &str,
    deals: &Deals,
    traces: &Traces,
    (arguments, dialect): (&Arguments, Dialect),
) -> Result<ExitCode, Failure> {
    let loaded = reading::read(name, &[]);
    let model = match reading::model_of(&loaded) {
        Ok(model) => model,
        Err(code) => return Ok(code),
    };
    if traces.list.is_empty() {
        return Err(Failure::usage(Refusal::NothingToFit));
    }
    let found = compare_with(deals, traces, model);
    let format = arguments.format.unwrap_or(Format::Table);
    let file = arguments.export.file().display().to_string();
    let document = conformance_document(&found, &file, name);
    show(format, &conformance(&found, name), &conformance_table(&found), (&document, dialect))?;
    Ok(ExitCode::SUCCESS)
}

fn show(
    format: Format,
    blocks: &[Block],
    table: &Table,
    (document, dialect): (&Field, Dialect),
) -> Result<(), Failure> {
    print(&match format {
        Format::Table => terminal::show(blocks, table_style()),
        Format::Markdown => markdown::show(blocks, language()),
        Format::Csv => csv::write(table, dialect),
        Format::Json => json::document(document),
    })
}
