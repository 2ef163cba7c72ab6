//! `voronka check`: what is wrong with these files?

use std::process::ExitCode;

use crate::cli::arguments;
use crate::cli::failure::Failure;
use crate::cli::reading::read;
use crate::cli::terminal::{diagnostic_style, language, print, tell};
use crate::cli::watch::{self, MOST_THREADS};
use crate::diagnostic::{
    Diagnostic, ExpectationFault, Measured, Place, Problem, Severity, Sources, Warning,
};
use crate::model::{Loaded, Model, Override};
use crate::render::words::{Kept, Summary, Told};
use crate::render::{diagnostics, visible};
use crate::study::expectations::{self, Verdict};
use crate::study::simulate::Options;
use crate::tally::figures;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Model files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Simulates, and judges the expectations of the models (`expect`)
    #[arg(long)]
    simulate: bool,
    /// Changes one value of the models, such as stages.offer.cost=200; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = arguments::change)]
    set: Vec<Override>,
    #[command(flatten)]
    simulation: SimulationArguments,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
    /// Accepts expectations that the simulation can neither confirm nor refute
    #[arg(long, requires = "simulate")]
    allow_undecided: bool,
    /// Format of the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How models are simulated.
#[derive(Debug, clap::Args)]
struct SimulationArguments {
    /// Number of replications
    #[arg(short = 'n', long, value_name = "N", default_value = "200", value_parser = arguments::replications, allow_negative_numbers = true, requires = "simulate")]
    replications: u64,
    /// Seed; the same seed gives the same numbers
    #[arg(
        long,
        value_name = "S",
        default_value_t = 1,
        allow_negative_numbers = true,
        requires = "simulate"
    )]
    seed: u64,
    /// Number of threads; 0 for one per core. Results do not depend on it
    #[arg(long, value_name = "T", default_value_t = 0, requires = "simulate")]
    threads: usize,
    /// Confidence level of the intervals that decide
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
    /// With the line and the place marked
    Text,
    /// One line each: <FILE:LINE:COLUMN>: …
    Line,
    /// An array of objects
    Json,
}

/// Judges files one after another: findings on standard output, all else on standard error.
///
/// The exit code is the verdict. It is known before anything is printed, and a reader who closes
/// standard output early does not change it.
pub(in crate::cli) fn check(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut tally = Tally::default();
    let mut files = Vec::new();
    let mut limit = None;
    for path in &arguments.files {
        let mut loaded = read(path, &arguments.set);
        if let (true, Some(model)) = (arguments.simulate, &loaded.model) {
            match judge(model, &arguments.simulation.options()) {
                Ok(mut judged) => {
                    tally.judged = true;
                    tally.kept += judged.kept.len();
                    if arguments.format == Format::Text {
                        let holds = |measured| Told::Holds { file: path, measured };
                        judged.kept.iter().for_each(|kept| tell(&language().tell(holds(kept))));
                    }
                    judged.diagnostics.iter_mut().for_each(|found| arguments.allow(found));
                    loaded.diagnostics.extend(judged.diagnostics);
                }
                Err(Failure::Limit(reason)) => {
                    tell(&format!("error: {path}: {}\n", visible(&reason, 2000)));
                    limit = Some(Failure::Limit(reason));
                }
                Err(failure) => return Err(failure),
            }
        }
        loaded.diagnostics.iter().for_each(|found| tally.add(found));
        if arguments.format == Format::Text {
            // Not a finding about a model, for there is none.
            let unreadable = loaded.diagnostics.iter().filter(|found| !is_of_a_model(found));
            unreadable.for_each(|found| tell(&drawn(&loaded.sources, found, false)));
        }
        files.push(loaded);
    }
    let findings = text(&files, arguments.format);
    match if findings.is_empty() { Ok(()) } else { print(&findings) } {
        Ok(()) | Err(Failure::ClosedPipe) => {}
        Err(failure) => return Err(failure),
    }
    tell(&language().tell(Told::Summary(&tally.summary(arguments))));
    let code = tally.code(arguments.strict);
    // What was found counts more than what could not be simulated.
    Ok(limit.filter(|_| code == 0).map_or(ExitCode::from(code), |limit| limit.exit_code()))
}

/// What standard output holds: all findings, drawn only where there is a model.
fn text(files: &[Loaded], format: Format) -> String {
    let found = files.iter().flat_map(|Loaded { sources, diagnostics, .. }| {
        diagnostics.iter().map(move |found| (sources, found))
    });
    match format {
        Format::Text => {
            let found = found.filter(|(_, found)| is_of_a_model(found));
            found.map(|(sources, found)| drawn(sources, found, true)).collect()
        }
        Format::Line => found
            .map(|(sources, found)| diagnostics::line(sources, found, language()) + "\n")
            .collect(),
        Format::Json => diagnostics::json(found),
    }
}

fn is_of_a_model(found: &Diagnostic) -> bool {
    found.severity() != Severity::Unreadable
}

fn drawn(sources: &Sources, found: &Diagnostic, on_stdout: bool) -> String {
    diagnostics::draw(sources, std::slice::from_ref(found), diagnostic_style(on_stdout))
}

impl Arguments {
    /// What is not decided passes where that was asked for.
    fn allow(&self, diagnostic: &mut Diagnostic) {
        if let Problem::Expectation(ExpectationFault::Undecided { allowed, .. }) =
            &mut diagnostic.problem
        {
            *allowed = self.allow_undecided;
        }
    }
}

/// What all files together have.
#[derive(Debug, Default)]
struct Tally {
    errors: usize,
    warnings: usize,
    undecided: usize,
    unreadable: usize,
    kept: usize,
    judged: bool,
}

impl Tally {
    fn add(&mut self, diagnostic: &Diagnostic) {
        *match (&diagnostic.problem, diagnostic.severity()) {
            (Problem::Expectation(ExpectationFault::Undecided { allowed: true, .. }), _) => {
                &mut self.undecided
            }
            (_, Severity::Warning) => &mut self.warnings,
            (_, Severity::Error) => &mut self.errors,
            (_, Severity::Unreadable) => &mut self.unreadable,
        } += 1;
    }

    fn code(&self, strict: bool) -> u8 {
        let found = self.errors > 0 || (strict && self.warnings > 0);
        if self.unreadable > 0 { 2 } else { u8::from(found) }
    }

    fn summary(&self, arguments: &Arguments) -> Summary {
        let kept = if self.judged { Kept::Hold(self.kept) } else { Kept::NotJudged };
        Summary {
            files: arguments.files.len(),
            unreadable: self.unreadable,
            errors: self.errors,
            warnings: self.warnings,
            kept: arguments.simulate.then_some(kept),
            undecided: self.undecided,
            strict: arguments.strict,
        }
    }
}

/// What a simulation says of a model's expectations.
struct Judged {
    /// Those that do not hold, or that nothing was promised.
    diagnostics: Vec<Diagnostic>,
    /// What was found of each that holds.
    kept: Vec<Measured>,
}

fn judge(model: &Model, options: &Options) -> Result<Judged, Failure> {
    if model.expectations.is_empty() {
        let nothing = Diagnostic::new(Warning::NothingPromised, Place::default(), "");
        return Ok(Judged { diagnostics: vec![nothing], kept: Vec::new() });
    }
    let simulation = watch::simulate(model, &expectations::options(model, options.clone()))?;
    let currency = &simulation.program.currency;
    let judgements = expectations::judge(model, &simulation);
    let kept = judgements.iter().filter(|judgement| judgement.verdict == Verdict::Kept);
    let kept = kept.map(|judgement| judgement.measured(currency)).collect();
    let diagnostics = judgements.iter().filter_map(|judged| judged.diagnostic(currency)).collect();
    Ok(Judged { diagnostics, kept })
}
