//! `voronka compare`: what is better in another process? `voronka diff`: what differs between two models?

use std::path::PathBuf;
use std::process::ExitCode;

mod answer;

use answer::{Report, file_names};

use crate::cli::arguments::{self, ChartSize, Format, Unit};
use crate::cli::dialect::CsvArguments;
use crate::cli::failure::Failure;
use crate::cli::files::Place;
use crate::cli::interrupt::Interrupt;
use crate::cli::pictures::ChartFormat;
use crate::cli::reading::{folder, model_of, read};
use crate::cli::terminal::{language, print, table_style, tell};
use crate::cli::watch::{self, MOST_THREADS};
use crate::kpi::Kpi;
use crate::model::{Changed, Loaded, Model, Override, changed, resolved};
use crate::render::csv;
use crate::render::words::{Refusal, Told};
use crate::render::{json, markdown, terminal};
use crate::report::{Compared, Ran, compare_charts, differences};
use crate::study::compare as study;
use crate::study::conclude;
use crate::study::simulate::Options;
use crate::tally::figures;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// The base and its alternatives; with one model, its scenarios are the alternatives
    #[arg(required = true, value_name = "MODEL")]
    models: Vec<String>,
    /// Compares only this scenario; may be repeated
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// Takes this scenario of the only model as the base; the model itself is then an alternative
    #[arg(long, value_name = "NAME")]
    base: Option<String>,
    /// Changes one value of all models, such as roles.seller.people=8; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = arguments::change)]
    set: Vec<Override>,
    /// Number of replications of each model
    #[arg(short = 'n', long, value_name = "N", default_value_t = 200, value_parser = arguments::replications, allow_negative_numbers = true)]
    replications: u64,
    /// Seed; the same seed gives the same numbers
    #[arg(long, value_name = "S", default_value_t = 1, allow_negative_numbers = true)]
    seed: u64,
    /// Number of threads; 0 for one per core. Results do not depend on it
    #[arg(long, value_name = "T", default_value_t = 0)]
    threads: usize,
    /// Compares all figures of these KPIs, instead of the main one of each KPI; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = arguments::kpi)]
    kpi: Vec<Kpi>,
    /// Groups deals by an attribute or `source`, or combinations as region*source, for the figures of --kpi; may be
    /// repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    by: Vec<String>,
    /// Level of the intervals, and of all verdicts together
    #[arg(long, value_name = "L", default_value = "95%", value_parser = arguments::level)]
    level: f64,
    /// Shows figures without a difference beyond chance too
    #[arg(long)]
    detail: bool,
    /// Format of standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Unit of durations in CSV and JSON
    #[arg(long, value_enum, default_value_t = Unit::D)]
    time_unit: Unit,
    /// Folder for compare.csv, compare.json and the charts
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Formats of the charts
    #[arg(long, value_name = "LIST", value_enum, value_delimiter = ',', default_value = "svg,png")]
    chart_format: Vec<ChartFormat>,
    /// Size of the charts
    #[arg(long, value_enum, value_name = "SIZE", default_value_t)]
    chart_size: ChartSize,
    /// Overwrites files in the folder
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    csv: CsvArguments,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct DiffArguments {
    /// The first model; `-` is standard input
    base: String,
    /// The other model; without it, --scenario names a scenario of the first one
    other: Option<String>,
    /// A scenario of the other model, or of the first one if it is the only one
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Format of standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A model that was read, with its changes.
struct Candidate {
    path: String,
    changes: Vec<Override>,
    loaded: Loaded,
}

impl Candidate {
    fn read(path: &str, scenario: Option<&str>, set: &[Override]) -> Candidate {
        let scenario = scenario.map(|name| Override::Scenario(name.to_owned()));
        let changes: Vec<Override> = scenario.into_iter().chain(set.iter().cloned()).collect();
        let loaded = read(path, &changes);
        Candidate { path: path.to_owned(), changes, loaded }
    }

    /// The model as it was understood, as text.
    fn resolved(&self, model: &Model) -> String {
        let text = self.loaded.sources.iter().next().map_or("", |source| source.text.as_str());
        resolved(model, text, &self.changes, folder(&self.path)).unwrap_or_default()
    }
}

/// The base and the alternatives: further files, or the scenarios of the only one.
fn candidates(arguments: &Arguments) -> Result<Vec<Candidate>, Failure> {
    let set = &arguments.set;
    if let [only] = arguments.models.as_slice() {
        let base = Candidate::read(only, None, set);
        let known = base.loaded.model.iter().flat_map(|model| &model.scenarios);
        let known: Vec<String> = known.map(|scenario| scenario.name.clone()).collect();
        let wanted = if arguments.scenario.is_empty() { known } else { arguments.scenario.clone() };
        if wanted.is_empty() && base.loaded.model.is_some() {
            return Err(Failure::usage(Refusal::NothingToCompare(only)));
        }
        let others = wanted.iter().filter(|name| Some(*name) != arguments.base.as_ref());
        let others = others.map(|name| Candidate::read(only, Some(name), set));
        let Some(name) = &arguments.base else {
            return Ok(std::iter::once(base).chain(others).collect());
        };
        let itself = arguments.scenario.is_empty().then_some(base);
        let base = Candidate::read(only, Some(name), set);
        return Ok(std::iter::once(base).chain(itself).chain(others).collect());
    }
    if !arguments.scenario.is_empty() || arguments.base.is_some() {
        return Err(Failure::usage(Refusal::ScenarioOfSeveral));
    }
    Ok(arguments.models.iter().map(|path| Candidate::read(path, None, set)).collect())
}

/// Adds the path to names that several of the models have.
fn tell_apart(candidates: &mut [Candidate]) {
    let label = |candidate: &Candidate| candidate.loaded.model.as_ref().map(|m| m.label.clone());
    let labels: Vec<Option<String>> = candidates.iter().map(label).collect();
    for (candidate, own) in candidates.iter_mut().zip(&labels) {
        let is_shared = labels.iter().filter(|other| *other == own).count() > 1;
        if let Some(model) = candidate.loaded.model.as_mut().filter(|_| is_shared) {
            model.label = format!("{} ({})", model.label, candidate.path);
        }
    }
}

pub(in crate::cli) fn compare(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let writes_csv = arguments.format == Format::Csv || arguments.output.is_some();
    let dialect = arguments.csv.dialect(writes_csv, "--format csv or -o DIR")?;
    let mut candidates = candidates(arguments)?;
    tell_apart(&mut candidates);
    let mut models = Vec::new();
    for candidate in &candidates {
        match model_of(&candidate.loaded) {
            Ok(model) => models.push(model),
            Err(code) => return Ok(code),
        }
    }
    let currency = |model: &Model| model.header.currency.clone();
    if let Some(other) = models.iter().find(|model| currency(model) != currency(models[0])) {
        let (one, two) = (currency(models[0]), currency(other));
        return Err(Failure::usage(Refusal::OtherCurrency(&one, &two)));
    }
    let names = file_names(arguments, models.len() - 1);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let prepare = |folder: &PathBuf| Place::prepare(folder, &names, arguments.force);
    let place = arguments.output.as_ref().map(prepare).transpose()?;
    let options = options(arguments);
    // Charts show stages too, whatever KPIs are compared.
    let all = Options { kpis: Vec::new(), ..options.clone() };
    let observed_for = if place.is_some() { &all } else { &options };
    let observed = study::observe(&models, observed_for, watch::observe)?;
    let sides = study::sides(&models, &observed);
    let comparison = study::compare(sides[0], &sides[1..], &options)?;
    for kpi in &arguments.kpi {
        let mut lines = comparison.alternatives.iter().flat_map(|one| &one.lines);
        if lines.all(|line| line.difference.key.kpi != *kpi) {
            tell(&language().tell(Told::NoFigures { kpi: *kpi }));
        }
    }
    let first = candidates[0].resolved(models[0]);
    let changes: Vec<Vec<Changed>> = candidates[1..]
        .iter()
        .zip(&models[1..])
        .map(|(candidate, model)| changed(&first, &candidate.resolved(model)))
        .collect();
    let compared =
        Compared { comparison: &comparison, changes: &changes, detail: arguments.detail };
    let report = Report { arguments, dialect, compared };
    if let Some(place) = &place {
        let concluded = sides.iter().map(|side| conclude(side.model, side.observations, &all));
        let simulations = concluded.collect::<Result<Vec<_>, _>>()?;
        let ran = Ran { models: &models, simulations: &simulations };
        let contents = report.files(&compare_charts(&comparison, ran))?;
        Interrupt::listen().check()?;
        place.stage_run(&contents, answer::LIST)?.keep()?;
    }
    print(&report.text())?;
    Ok(ExitCode::SUCCESS)
}

pub(in crate::cli) fn diff(arguments: &DiffArguments) -> Result<ExitCode, Failure> {
    let scenario = arguments.scenario.as_deref();
    let other = arguments.other.as_deref().unwrap_or(&arguments.base);
    if arguments.other.is_none() && scenario.is_none() {
        return Err(Failure::usage(Refusal::NothingToCompare(&arguments.base)));
    }
    let base = Candidate::read(&arguments.base, None, &[]);
    let other = Candidate::read(other, scenario, &[]);
    let (one, two) = match (model_of(&base.loaded), model_of(&other.loaded)) {
        (Ok(one), Ok(two)) => (one, two),
        (Err(code), _) | (_, Err(code)) => return Ok(code),
    };
    let changes = changed(&base.resolved(one), &other.resolved(two));
    let blocks = || differences(&one.label, &two.label, &changes);
    print(&match arguments.format {
        Format::Table => terminal::show(&blocks(), table_style()),
        Format::Markdown => markdown::show(&blocks(), language()),
        Format::Csv => csv::write(&crate::report::changes_table(&changes), csv::Dialect::default()),
        Format::Json => json::document(&crate::report::changes_document(&changes)),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn options(arguments: &Arguments) -> Options {
    Options {
        replications: arguments.replications,
        seed: arguments.seed,
        threads: arguments.threads.min(MOST_THREADS),
        by: arguments.by.clone(),
        kpis: arguments.kpi.clone(),
        figures: figures::Options { level: arguments.level, ..figures::Options::default() },
        ..Options::default()
    }
}
