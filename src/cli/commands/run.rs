//! `voronka run`: how does this model behave?

use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod answer;

use answer::{Report, file_names};

use crate::cli::arguments::{self, ChangeArguments, ChartSize, Format, LaneBy, Unit};
use crate::cli::content::Content;
use crate::cli::dialect::CsvArguments;
use crate::cli::failure::Failure;
use crate::cli::files::{Place, Staged};
use crate::cli::interrupt::Interrupt;
use crate::cli::pictures::ChartFormat;
use crate::cli::reading::{model_of, read};
use crate::cli::terminal::{language, print, tell};
use crate::cli::watch::MOST_THREADS;
use crate::cli::{files, manifest, offered, watch};
use crate::kpi::Kpi;
use crate::model::Model;
use crate::render::csv::{self, Dialect};
use crate::render::words::{Refusal, Told};
use crate::render::xes;
use crate::report::chart::ChartName;
use crate::report::{CHARTS, ChartKind, event_log};
use crate::study::cross_check::{Apart, compare, theory};
use crate::study::events;
use crate::study::precision::Precision;
use crate::study::simulate::Options;
use crate::tally::figures::{self, Every};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Model file; `-` is standard input
    model: String,
    /// Number of replications
    /// [default: 200]
    #[arg(short = 'n', long, value_name = "N", value_parser = arguments::replications, allow_negative_numbers = true)]
    replications: Option<u64>,
    /// Runs until the half-widths are within this share of their figures: those of --kpi, or of the win
    /// rate, sales cycle, bookings and cost per won deal. -n is then the maximum, 25,600 if not given
    #[arg(long, value_name = "SHARE", value_parser = arguments::precision)]
    precision: Option<f64>,
    /// Seed; the same seed gives the same numbers
    #[arg(long, value_name = "S", default_value_t = 1, allow_negative_numbers = true)]
    seed: u64,
    /// Number of threads; 0 for one per core. Results do not depend on it
    #[arg(long, value_name = "T", default_value_t = 0)]
    threads: usize,
    /// Length of the window, instead of the model's
    #[arg(long, value_name = "D", value_parser = arguments::horizon)]
    horizon: Option<String>,
    #[command(flatten)]
    changes: ChangeArguments,
    /// Groups deals by an attribute or `source`; region*source makes a group of each combination; `stage` adds a
    /// table by stage; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    by: Vec<String>,
    /// Shows only these KPIs; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = offered::kpi(), hide_possible_values = true)]
    kpi: Vec<Kpi>,
    /// Quantiles of durations over deals, in percent
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "50,90", value_parser = arguments::quantile)]
    quantiles: Vec<f64>,
    /// Quantiles over windows that are a bad, a typical and a good one, in percent: 20,50,80 also says what is reached
    /// with 80 % certainty
    #[arg(long, value_name = "BAD,TYPICAL,GOOD", default_value = "10,50,90", value_parser = arguments::risk)]
    risk: [f64; 3],
    /// Also shows standard deviations, every half-width and methods
    #[arg(long)]
    detail: bool,
    /// Adds the share of durations within this time; up to four times
    #[arg(long, value_name = "D", value_delimiter = ',', value_parser = arguments::within)]
    within: Vec<figures::Limit>,
    /// Confidence level of the intervals
    #[arg(long, value_name = "L", default_value = "95%", value_parser = arguments::level)]
    level: f64,
    /// Do not adjust replications to the expected number of arrivals (a control variate, on by default from 30
    /// replications)
    #[arg(long)]
    no_control: bool,
    /// Format of standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Unit of durations in CSV and JSON
    #[arg(long, value_enum, default_value_t = Unit::D)]
    time_unit: Unit,
    /// Folder for all tables, run.json and the charts
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Event log of the first replication, as FILE.csv or FILE.xes
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// Charts to draw in the folder: all, default, none, or names: funnel, sales-cycle, time-split, time-split-client,
    /// losses, bookings, cash, demand, load, load-by-week, in-progress, map, win-curve, arrivals
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "default", value_parser = offered::chart(), hide_possible_values = true)]
    charts: Vec<arguments::Charts>,
    /// Formats of the charts
    #[arg(long, value_name = "LIST", value_enum, value_delimiter = ',', default_value = "svg,png")]
    chart_format: Vec<ChartFormat>,
    /// Size of the charts
    #[arg(long, value_enum, value_name = "SIZE", default_value_t)]
    chart_size: ChartSize,
    /// Groups the stages of the map into lanes, instead of rows
    #[arg(long, value_enum, value_name = "BY")]
    lanes: Option<LaneBy>,
    /// Overwrites files in the folder, and replaces all files of an earlier run
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    csv: CsvArguments,
    /// Stops the run after this number of stage visits in a replication
    #[arg(long, value_name = "N", default_value_t = 1_000_000_000)]
    max_visits: u64,
}

impl Arguments {
    /// The KPIs that alone are shown; empty if more is shown.
    fn only_kpis(&self) -> Vec<Kpi> {
        let shows_more = self.output.is_some() || self.format == Format::Json;
        if shows_more { Vec::new() } else { self.kpi.clone() }
    }

    /// The charts that are asked for by their names.
    fn named_charts(&self) -> impl Iterator<Item = ChartName> {
        self.charts.iter().filter_map(|charts| match charts {
            arguments::Charts::One(name) => Some(*name),
            _ => None,
        })
    }

    /// The charts that are drawn into the folder, each once.
    fn chart_kinds(&self) -> Vec<ChartKind> {
        let wanted = |kind: &ChartKind| self.charts.iter().any(|charts| charts.has(kind));
        CHARTS.into_iter().filter(wanted).collect()
    }
}

pub(in crate::cli) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    check_usage(arguments)?;
    let events = arguments.events.as_deref().map(EventFile::new).transpose()?;
    if let Some(path) = &arguments.events {
        files::refuse_input(path, &arguments.model)?;
    }
    let writes_csv = arguments.format == Format::Csv
        || arguments.output.is_some()
        || events.as_ref().is_some_and(|file| !file.xes);
    let hint = "--format csv, -o DIR or --events FILE.csv";
    let dialect = arguments.csv.dialect(writes_csv, hint)?;
    let changes = arguments.changes.all(arguments.horizon.as_ref());
    let loaded = read(&arguments.model, &changes);
    let model = match model_of(&loaded) {
        Ok(model) => model,
        Err(code) => return Ok(code),
    };
    // The places are tried before the simulation.
    let names = file_names(arguments);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let prepare = |folder: &PathBuf| Place::prepare(folder, &names, arguments.force);
    let place = arguments.output.as_ref().map(prepare).transpose()?;
    let prepare = |file: &EventFile| Place::prepare(&file.folder, &[&file.name], arguments.force);
    let event_place = events.as_ref().map(prepare).transpose()?;
    let simulation = watch::simulate(model, &options(arguments))?;
    for kpi in &arguments.kpi {
        if simulation.rows.iter().all(|row| row.key.kpi != *kpi) {
            tell(&language().tell(Told::NoFigures { kpi: *kpi }));
        }
    }
    // CSV alone has no line for the comparison with theory.
    let is_told = arguments.format != Format::Csv || arguments.output.is_some();
    let theory = if is_told { theory(&simulation) } else { Vec::new() };
    let cross_check = compare(&simulation, &theory);
    let apart = cross_check.iter().flat_map(|check| &check.apart).cloned().collect::<Vec<_>>();
    if let Some(first) = apart.first() {
        let Apart { figure, found, exact, errors } = first;
        let (found, exact, errors) = (*found, *exact, *errors);
        tell(&language().tell(Told::Apart { count: apart.len(), figure, found, exact, errors }));
    }
    let report = Report {
        arguments,
        dialect,
        loaded: &loaded,
        model,
        simulation: &simulation,
        theory: &theory,
        cross_check,
    };
    let log = |file: &EventFile| -> Result<Content, Failure> {
        let bytes = file.bytes(model, &simulation.options, dialect)?;
        Ok(Content { name: file.name.clone(), bytes })
    };
    let mut log = events.as_ref().map(log).transpose()?;
    Interrupt::listen().check()?;
    let mut staged = Vec::new();
    if let Some(place) = &place {
        let same = |other: &Place| is_same_folder(place.folder(), other.folder());
        let beside = if event_place.as_ref().is_some_and(same) { log.take() } else { None };
        let contents = report.files(beside)?;
        Interrupt::listen().check()?;
        staged.push(place.stage_run(&contents, manifest::FILE)?);
    }
    if let (Some(place), Some(log)) = (&event_place, log) {
        staged.push(place.stage(&[log])?);
    }
    // Only now: a full disk leaves neither a folder without its event log nor the opposite.
    staged.into_iter().try_for_each(Staged::keep)?;
    print(&report.text())?;
    // The exit code also says that theory contradicts the figures.
    Ok(if apart.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether two folders, which are both there, are one.
fn is_same_folder(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Where the event log goes.
struct EventFile {
    folder: PathBuf,
    name: String,
    xes: bool,
}

impl EventFile {
    fn new(path: &Path) -> Result<EventFile, Failure> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let xes = match extension.map(str::to_lowercase).as_deref() {
            Some("csv") => false,
            Some("xes") => true,
            _ => return Err(Failure::usage(Refusal::EventFormat)),
        };
        let folder = files::folder_of(path).to_path_buf();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(EventFile { folder, name: name.unwrap_or_default(), xes })
    }

    fn bytes(
        &self,
        model: &Model,
        options: &Options,
        dialect: Dialect,
    ) -> Result<Vec<u8>, Failure> {
        let table = event_log(&events::record(model, options, &[])?);
        if self.xes {
            xes::write(&table).map_err(|error| Failure::output(self.name.clone(), &error))
        } else {
            Ok(csv::write(&table, dialect).into_bytes())
        }
    }
}

/// Extensions by which people name files that hold results.
const FILES: [&str; 22] = [
    "csv", "tsv", "xls", "xlsx", "ods", "json", "yaml", "yml", "xml", "xes", "svg", "png", "jpg",
    "jpeg", "gif", "pdf", "html", "htm", "md", "txt", "docx", "zip",
];

/// Whether a folder that is to be made has the name of a file.
fn names_a_file(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let extension = extension.map(str::to_lowercase);
    !path.is_dir() && extension.is_some_and(|extension| FILES.contains(&extension.as_str()))
}

fn check_usage(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(folder) = arguments.output.as_deref().filter(|folder| names_a_file(folder)) {
        let stem = folder.with_extension("");
        let (file, folder) = (folder.display().to_string(), stem.display().to_string());
        return Err(Failure::usage(Refusal::NamesAFile(&file, &folder)));
    }
    if arguments.within.len() > 4 {
        return Err(Failure::usage(Refusal::ManyTimes));
    }
    Ok(())
}

fn options(arguments: &Arguments) -> Options {
    Options {
        replications: arguments.replications.unwrap_or(match arguments.precision {
            None => 200,
            Some(_) => 25_600,
        }),
        precision: arguments
            .precision
            .map(|relative| Precision { relative, kpis: arguments.kpi.clone() }),
        seed: arguments.seed,
        threads: arguments.threads.min(MOST_THREADS),
        by: arguments.by.clone(),
        kpis: arguments.only_kpis(),
        most_visits: arguments.max_visits,
        books: arguments.output.is_some(),
        weekly: arguments.output.is_some()
            && arguments.chart_kinds().iter().any(|kind| kind.weekly),
        curve: arguments.output.is_some() && arguments.chart_kinds().iter().any(|kind| kind.curve),
        figures: figures::Options {
            level: arguments.level,
            quantiles: arguments.quantiles.clone(),
            risk: arguments.risk,
            within: arguments.within.clone(),
            every: vec![Every::Month, Every::Quarter, Every::Year],
            keep_replications: arguments.output.is_some(),
            control: !arguments.no_control,
        },
        ..Options::default()
    }
}
