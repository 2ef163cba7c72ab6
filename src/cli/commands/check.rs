//! `voronka check`: what is wrong with these files?

mod judge;
mod mends;
mod review;
mod tally;
mod versions;

use std::path::Path;
use std::process::ExitCode;

use rayon::prelude::*;

use self::judge::{Task, judge, judge_scenarios};
use self::mends::{Change, MendArguments};
use self::review::{Entry, Review};
use self::tally::Tally;
use self::versions::VersionArguments;
use crate::cli::arguments;
use crate::cli::failure::Failure;
use crate::cli::offered;
use crate::cli::paths::{self, Candidate, Filter};
use crate::cli::reading::examined;
use crate::cli::terminal::{diagnostic_style, language, print, tell};
use crate::cli::watch::{self, Instant, MOST_THREADS};
use crate::diagnostic::{
    Diagnostic, Doubt, ExpectationFault, FileFault, Pattern, Problem, Severity, Sources,
};
use crate::model::{Loaded, Override, is_meant_as_model, is_meant_as_tests, read_file};
use crate::render::findings::{self, Checked};
use crate::render::visible;
use crate::render::words::Told;
use crate::study::against;
use crate::study::simulate::Options;
use crate::study::testing::Examined;
use crate::tally::figures;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Model files, folders with models, patterns such as 'models/**/*.yaml'; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    #[command(flatten)]
    filter: Filter,
    /// Simulates, and judges the expectations of the models (`expect`)
    #[arg(long)]
    simulate: bool,
    /// Changes one value of the models, such as stages.offer.cost=200; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = arguments::change)]
    set: Vec<Override>,
    #[command(flatten)]
    mends: MendArguments,
    #[command(flatten)]
    versions: VersionArguments,
    #[command(flatten)]
    simulation: SimulationArguments,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
    /// Accepts expectations that the simulation can neither confirm nor refute
    #[arg(long, requires = "simulate")]
    allow_undecided: bool,
    /// Shows only warnings of these codes, such as V619, or V61 for all codes that begin so; errors are always shown
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = offered::code(), hide_possible_values = true)]
    select: Vec<Pattern>,
    /// Leaves out warnings of these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = offered::ignored_code(), hide_possible_values = true)]
    ignore: Vec<Pattern>,
    /// Format of the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Threads; 0 for one per core. Results do not depend on it
    #[arg(long, value_name = "T", default_value_t = 0)]
    threads: usize,
}

/// How models are simulated.
#[derive(Debug, clap::Args)]
struct SimulationArguments {
    /// Number of replications; without it, as many as are needed to decide, from 100 up to --budget
    #[arg(short = 'n', long, value_name = "N", value_parser = arguments::replications, allow_negative_numbers = true, requires = "simulate")]
    replications: Option<u64>,
    /// Maximum number of replications of a model; what they do not decide stays undecided [default: 10000]
    #[arg(long, value_name = "N", value_parser = arguments::replications, allow_negative_numbers = true, requires = "simulate")]
    budget: Option<u64>,
    /// Time for all simulations, such as 5min; what is not decided by then stays undecided
    #[arg(long, value_name = "D", value_parser = arguments::time_limit, requires = "simulate")]
    time_limit: Option<std::time::Duration>,
    /// Seed; the same seed gives the same numbers
    #[arg(
        long,
        value_name = "S",
        default_value_t = 1,
        allow_negative_numbers = true,
        requires = "simulate"
    )]
    seed: u64,
    /// Confidence level of the intervals that decide
    #[arg(long, value_name = "L", default_value = "95%", value_parser = arguments::level, requires = "simulate")]
    level: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// With the line and the place marked
    Text,
    /// One line each: <FILE:LINE:COLUMN>: …
    Line,
    /// An array of objects, with the expectations that hold
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub
    Github,
    /// JUnit XML: a suite per file
    Junit,
    /// The code quality report of GitLab
    Gitlab,
}

/// Judges files, read in parallel and shown in the order of their paths: findings on standard output,
/// all else on standard error.
///
/// The exit code is the verdict. It is known before anything is printed, and a reader who closes
/// standard output early does not change it.
pub(in crate::cli) fn check(arguments: &Arguments) -> Result<ExitCode, Failure> {
    arguments.mends.check_usage(&arguments.paths)?;
    let found = paths::find(&arguments.paths, &arguments.filter)?;
    let read = read_all(&found.files, arguments)?;
    let mut tally = Tally::default();
    tally.others = read.iter().filter(|one| one.is_none()).count();
    let mut entries = Vec::new();
    let mut limit = None;
    let deadline = arguments.simulation.deadline();
    let mut review = Review::new(arguments, &found);
    for (candidate, read) in found.files.iter().zip(read) {
        let Some((mut examined, change, mendable)) = read else { continue };
        let loaded = &mut examined.loaded;
        tally.files += 1;
        tally.mendable += mendable;
        if let Some(change) = change {
            arguments.mends.apply(&candidate.name, &change)?;
            tally.differs |= arguments.mends.shows();
        }
        let mut judged = Vec::new();
        if let (true, Some(model)) = (arguments.simulate, &loaded.model) {
            let settings = candidate.settings.map(|at| &found.settings[at]);
            let budget = arguments.simulation.budget(settings.and_then(|settings| settings.budget));
            let task = Task { options: arguments.options(FIRST, budget), budget, deadline };
            let undecided = arguments.allow_undecided;
            let base = judge(model, &task, undecided);
            let all = base.and_then(|(mut diagnostics, mut judged)| {
                let changed = (candidate.name.as_str(), arguments.set.as_slice());
                let (found, others) = judge_scenarios(loaded, changed, &task, undecided)?;
                diagnostics.extend(found);
                judged.extend(others);
                Ok((diagnostics, judged))
            });
            match all {
                Ok((diagnostics, all)) => {
                    settle(&mut loaded.diagnostics, &diagnostics);
                    loaded.diagnostics.extend(diagnostics);
                    judged = all;
                    tally.judged |= !judged.is_empty();
                }
                Err(Failure::Limit(reason)) => {
                    tell(&format!(
                        "error: {}: {}\n",
                        visible(&candidate.name, 2000),
                        visible(&reason, 2000)
                    ));
                    limit = Some(Failure::Limit(reason));
                }
                Err(failure) => return Err(failure),
            }
        }
        if arguments.versions.is_asked() && examined.tested.is_empty() {
            compare(arguments, &candidate.name, &mut examined.loaded)?;
        }
        entries.push(review.entry(candidate, examined, judged));
    }
    entries.extend(review.settings());
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    entries.iter().for_each(|entry| tally.add(entry));
    if arguments.format == Format::Text || tally.files == 0 {
        // Not a finding about a model, for there is none.
        for entry in &entries {
            let unreadable = entry.diagnostics.iter().filter(|found| !is_of_a_model(found));
            unreadable.for_each(|found| tell(&drawn(&entry.sources, found, false)));
        }
    }
    if tally.files == 0 {
        let (paths, others) = (arguments.paths.join(", "), tally.others);
        return Err(Failure::Usage(format!(
            "{paths}: no models found; YAML files of another kind: {others}"
        )));
    }
    let differences_only = arguments.mends.shows() && arguments.format == Format::Text;
    let shown = if differences_only { &[] } else { entries.as_slice() };
    let findings = text(shown, arguments.format, &found.here);
    match if findings.is_empty() { Ok(()) } else { print(&findings) } {
        Ok(()) | Err(Failure::ClosedPipe) => {}
        Err(failure) => return Err(failure),
    }
    if arguments.format == Format::Text {
        for entry in &entries {
            let file = entry.path.to_string_lossy();
            for judged in &entry.judged {
                tell(&language().tell(Told::Judged { file: &file, judged }));
            }
        }
    }
    tell(&language().tell(Told::Summary(&tally.summary(arguments.simulate))));
    let code = tally.code();
    // What was found counts more than what could not be simulated.
    Ok(limit.filter(|_| code == 0).map_or(ExitCode::from(code), |limit| limit.exit_code()))
}

/// Leaves out what was expected of an expectation before it was simulated and failed.
fn settle(found: &mut Vec<Diagnostic>, judged: &[Diagnostic]) {
    let is_judged = |before: &Diagnostic| {
        let failed = |found: &&Diagnostic| {
            matches!(found.problem, Problem::Expectation(ExpectationFault::Fails(_)))
        };
        judged.iter().filter(failed).any(|found| found.place == before.place)
    };
    found.retain(|one| {
        !(matches!(one.problem, Problem::Doubt(Doubt::BeyondBounds { .. })) && is_judged(one))
    });
}

/// Keeps of the findings those that an earlier version did not have, and adds what became worse since.
fn compare(arguments: &Arguments, name: &str, loaded: &mut Loaded) -> Result<(), Failure> {
    let Some(old) = arguments.versions.of(name, &arguments.set)? else { return Ok(()) };
    let found = std::mem::take(&mut loaded.diagnostics);
    loaded.diagnostics = against::new_findings(found, &old.diagnostics);
    let (Some(old), Some(new)) = (&old.model, &loaded.model) else { return Ok(()) };
    let options = arguments.options(COMPARED, u64::MAX);
    let changes = against::compare(old, new, &options, watch::observe)?;
    let currency = &new.header.currency;
    let worse = changes.diagnostics(currency);
    if arguments.format == Format::Text {
        for (change, verdict) in changes.told(currency) {
            tell(&language().tell(Told::Changed { file: name, change: &change, verdict }));
        }
        let (compared, beyond) = (changes.compared, changes.beyond_chance.len());
        tell(&language().tell(Told::Compared { file: name, compared, changed: beyond }));
    }
    loaded.diagnostics.extend(worse);
    Ok(())
}

/// What was found in a file, how it was mended, and how many findings could be mended.
type Read = (Examined, Option<Change>, usize);

/// Reads all files, in parallel; none where a file of a folder is no model.
fn read_all(files: &[Candidate], arguments: &Arguments) -> Result<Vec<Option<Read>>, Failure> {
    let threads = arguments.threads.min(MOST_THREADS);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| Failure::Limit(error.to_string()))?;
    let read = |file: &Candidate| {
        let text = file.fault.clone().map_or_else(|| read_file(&file.name), Err);
        let is_model = match &text {
            _ if !file.if_model => true,
            Ok(text) => is_meant_as_model(text) || is_meant_as_tests(&file.name, text),
            // What can be told of its bytes: keys are the same in most encodings.
            Err(FileFault::NotUtf8 { .. } | FileFault::NotText) => {
                let mut bytes = std::fs::read(&file.name).unwrap_or_default();
                bytes.retain(|byte| *byte != 0 && byte.is_ascii());
                is_meant_as_model(&String::from_utf8_lossy(&bytes))
            }
            Err(_) => true,
        };
        is_model.then(|| {
            let (name, changes) = (file.name.as_str(), &arguments.set);
            let read = examined(name, text.clone(), changes);
            let Ok(text) = text else { return (read, None, 0) };
            match arguments.mends.mended(name, &text, &read, changes) {
                Some((left, change)) => (left, Some(change), 0),
                None => {
                    let mendable = arguments.mends.possible(name, &text, &read, changes);
                    (read, None, mendable)
                }
            }
        })
    };
    Ok(pool.install(|| files.par_iter().map(read).collect()))
}

/// What standard output holds: all findings, drawn only where there is a model.
fn text(entries: &[Entry], format: Format, here: &Path) -> String {
    let checked: Vec<Checked<'_>> = entries.iter().map(Entry::checked).collect();
    let found = entries
        .iter()
        .flat_map(|entry| entry.diagnostics.iter().map(move |found| (&entry.sources, found)));
    match format {
        Format::Text => {
            let found = found.filter(|(_, found)| is_of_a_model(found));
            found.map(|(sources, found)| drawn(sources, found, true)).collect()
        }
        Format::Line => found
            .map(|(sources, found)| findings::line(sources, found, language()) + "\n")
            .collect(),
        Format::Json => findings::json(&checked),
        Format::Sarif => findings::sarif(&checked, here),
        Format::Github => findings::github(&checked, here),
        Format::Junit => findings::junit(&checked, here),
        Format::Gitlab => findings::gitlab(&checked, here),
    }
}

fn is_of_a_model(found: &Diagnostic) -> bool {
    found.severity() != Severity::Unreadable
}

fn drawn(sources: &Sources, found: &Diagnostic, on_stdout: bool) -> String {
    findings::draw(sources, std::slice::from_ref(found), diagnostic_style(on_stdout))
}

/// Replications before the first look at the expectations.
const FIRST: u64 = 100;
/// Replications of each of two versions that are compared.
const COMPARED: u64 = 200;
/// The most replications where nothing else is said.
const BUDGET: u64 = 10_000;

impl SimulationArguments {
    /// The most replications, with the budget of the settings of a file.
    fn budget(&self, of_settings: Option<u64>) -> u64 {
        self.budget.or(self.replications).or(of_settings).unwrap_or(BUDGET)
    }

    fn deadline(&self) -> Option<Instant> {
        self.time_limit.and_then(|limit| Instant::now().checked_add(limit))
    }
}

impl Arguments {
    /// How models are simulated at the first look.
    /// Options of a run with the replications that were asked for, or with so many, within a budget.
    fn options(&self, otherwise: u64, budget: u64) -> Options {
        let SimulationArguments { replications, seed, level, .. } = self.simulation;
        Options {
            replications: replications.unwrap_or(otherwise).min(budget),
            seed,
            threads: self.threads.min(MOST_THREADS),
            figures: figures::Options { level, ..figures::Options::default() },
            ..Options::default()
        }
    }
}
