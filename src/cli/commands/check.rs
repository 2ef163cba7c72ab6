//! `voronka check`: what is wrong with these files?

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use crate::cli::arguments;
use crate::cli::failure::Failure;
use crate::cli::terminal::{diagnostic_style, print, tell};
use crate::cli::watch::{self, MOST_THREADS};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::lint;
use crate::model::{Loaded, Model, Override, load, read_file};
use crate::render::diagnostics;
use crate::render::messages::{english, holds};
use crate::study::expectations::{self, Verdict};
use crate::study::simulate::Options;
use crate::tally::figures;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Model files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Simulates, and judges what the models `expect`
    #[arg(long)]
    simulate: bool,
    /// Changes one value of the models, as stages.offer.cost=200; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = arguments::change)]
    set: Vec<Override>,
    #[command(flatten)]
    simulation: SimulationArguments,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How models are simulated.
#[derive(Debug, clap::Args)]
struct SimulationArguments {
    /// How many replications
    #[arg(short = 'n', long, value_name = "N", default_value = "200", value_parser = arguments::replications, allow_negative_numbers = true, requires = "simulate")]
    replications: u64,
    /// Same seed, same numbers
    #[arg(
        long,
        value_name = "S",
        default_value_t = 1,
        allow_negative_numbers = true,
        requires = "simulate"
    )]
    seed: u64,
    /// Threads; 0 for one per core. Results do not depend on it
    #[arg(long, value_name = "T", default_value_t = 0, requires = "simulate")]
    threads: usize,
    /// Level of the intervals that decide
    #[arg(long, value_name = "L", default_value = "95%", value_parser = arguments::level, requires = "simulate")]
    level: f64,
}

impl SimulationArguments {
    fn options(&self) -> Options {
        Options {
            replications: self.replications,
            seed: self.seed,
            threads: self.threads.min(MOST_THREADS),
            figures: figures::Options { level: self.level, ..figures::Options::default() },
            ..Options::default()
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Drawn, with the line and the place
    Text,
    /// One line each: <FILE:LINE:COLUMN>: …
    Line,
    /// An array of objects
    Json,
}

/// Reads a model file; all findings of the file and of the rules are in the result.
pub(in crate::cli) fn read(path: &str, changes: &[Override]) -> Loaded {
    match read_file(path) {
        Err(problem) => Loaded::unreadable(path, problem),
        Ok(text) => {
            let folder = if path == "-" { None } else { Path::new(path).parent() };
            let mut loaded = load(path, &text, changes, folder);
            if let Some(model) = &loaded.model {
                loaded.diagnostics.extend(lint(model));
                loaded.diagnostics.sort_by_key(|d| (d.place.file, d.place.start, d.severity()));
            }
            loaded
        }
    }
}

pub(in crate::cli) fn check(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (mut errors, mut warnings, mut unreadable) = (0, 0, 0);
    let mut findings = String::new();
    let mut objects = Vec::new();
    let (mut held, mut judged_any) = (0, false);
    for path in &arguments.files {
        let mut loaded = read(path, &arguments.set);
        if let (true, Some(model)) = (arguments.simulate, &loaded.model) {
            let (judged, holding) = judge(model, &arguments.simulation.options())?;
            held += holding.len();
            judged_any = true;
            if arguments.format == Format::Text {
                holding.iter().for_each(|text| tell(&format!("holds: {path}: {text}\n")));
            }
            loaded.diagnostics.extend(judged);
        }
        for diagnostic in &loaded.diagnostics {
            match diagnostic.severity() {
                Severity::Warning => warnings += 1,
                Severity::Error => errors += 1,
                Severity::Unreadable => unreadable += 1,
            }
            if diagnostic.severity() == Severity::Unreadable {
                // Not a finding about a model, for there is none; but a list of all files must name it.
                tell(&not_read(&loaded, diagnostic, arguments.format));
                objects.push(object(&loaded, diagnostic));
                continue;
            }
            match arguments.format {
                Format::Text => findings.push_str(&diagnostics::draw(
                    &loaded.sources,
                    std::slice::from_ref(diagnostic),
                    diagnostic_style(true),
                )),
                Format::Line => {
                    findings.push_str(&diagnostics::line(&loaded.sources, diagnostic));
                    findings.push('\n');
                }
                Format::Json => objects.push(object(&loaded, diagnostic)),
            }
        }
    }
    // Where no file could be read there is nothing to say of models.
    if arguments.format == Format::Json && unreadable < arguments.files.len() {
        findings = format!("{:#}\n", serde_json::Value::Array(objects));
    }
    if !findings.is_empty() {
        print(&findings)?;
    }
    let mut rest = match (arguments.simulate, judged_any, held) {
        (false, _, _) => String::new(),
        (true, false, _) => "; expectations were not judged".to_owned(),
        (true, true, 1) => "; 1 expectation holds".to_owned(),
        (true, true, n) => format!("; {n} expectations hold"),
    };
    if unreadable == arguments.files.len() {
        tell(&format!("{} could not be read\n", count(unreadable, "file")));
        return Ok(ExitCode::from(2));
    }
    if unreadable > 0 {
        rest = format!("; {unreadable} could not be read");
    } else if arguments.strict && errors == 0 && warnings > 0 {
        rest += "; with --strict warnings count as errors";
    }
    tell(&summary(arguments.files.len(), errors, warnings, &rest));
    let found = errors > 0 || (arguments.strict && warnings > 0);
    Ok(ExitCode::from(if unreadable > 0 { 2 } else { u8::from(found) }))
}

/// Why a file could not be read, for standard error.
fn not_read(loaded: &Loaded, diagnostic: &Diagnostic, format: Format) -> String {
    match format {
        Format::Line => format!("{}\n", diagnostics::line(&loaded.sources, diagnostic)),
        Format::Text | Format::Json => diagnostics::draw(
            &loaded.sources,
            std::slice::from_ref(diagnostic),
            diagnostic_style(false),
        ),
    }
}

/// Simulates a model: findings on what it expects, and a line on each expectation that holds.
fn judge(model: &Model, options: &Options) -> Result<(Vec<Diagnostic>, Vec<String>), Failure> {
    if model.expectations.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let simulation = watch::simulate(model, &expectations::options(model, options.clone()))?;
    let currency = &simulation.program.currency;
    let judgements = expectations::judge(model, &simulation);
    let held = judgements.iter().filter(|judgement| judgement.verdict == Verdict::Holds);
    let held = held.map(|judgement| holds(&judgement.measured(currency))).collect();
    Ok((judgements.iter().filter_map(|judgement| judgement.diagnostic(currency)).collect(), held))
}

fn summary(files: usize, errors: usize, warnings: usize, rest: &str) -> String {
    format!(
        "{}: {}, {}{rest}\n",
        count(files, "file"),
        count(errors, "error"),
        count(warnings, "warning")
    )
}

fn count(n: usize, one: &str) -> String {
    match n {
        0 => format!("no {one}s"),
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    }
}

fn object(loaded: &Loaded, diagnostic: &Diagnostic) -> serde_json::Value {
    let message = english(&diagnostic.problem);
    let position = loaded.sources.position(diagnostic.place);
    let severity = if diagnostic.severity() == Severity::Warning { "warning" } else { "error" };
    json!({
        "file": loaded.sources.file(diagnostic.place.file).name,
        "line": position.line,
        "column": position.column,
        "path": diagnostic.path,
        "severity": severity,
        "code": diagnostic.problem.code(),
        "message": message.title,
        "help": message.help,
    })
}
