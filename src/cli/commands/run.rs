//! `voronka run`: how does this model behave?

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::check::read;
use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::terminal::{diagnostic_style, print, table_style, tell};
use crate::cli::{arguments, files};
use crate::diagnostic::Severity;
use crate::kpi::{Row, catalogue};
use crate::model::{Loaded, Model, Override, nearest};
use crate::render::messages::english;
use crate::render::{chart, csv, diagnostics, json, markdown, terminal};
use crate::report::tables::TimeUnit;
use crate::report::{Context, charts, screen, selection, tables};
use crate::study::simulate::{self, Options, Progress, Simulation};
use crate::tally::figures;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Model file; `-` is standard input
    model: String,
    /// How many replications
    #[arg(short = 'n', long, value_name = "N", default_value = "200", value_parser = arguments::replications, allow_negative_numbers = true)]
    replications: u64,
    /// Same seed, same numbers
    #[arg(long, value_name = "S", default_value_t = 1, allow_negative_numbers = true)]
    seed: u64,
    /// Threads; 0 for one per core. Results do not depend on it
    #[arg(long, value_name = "T", default_value_t = 0)]
    threads: usize,
    /// Length of the window instead of the model's
    #[arg(long, value_name = "D", value_parser = arguments::horizon)]
    horizon: Option<String>,
    /// Changes one value of the model, as stages.offer.cost=200; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = arguments::change)]
    set: Vec<Override>,
    /// Tells deals apart by an attribute or `source`; `stage` adds a table by stage; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    by: Vec<String>,
    /// Shows these KPIs only; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    kpi: Vec<String>,
    /// Quantiles of durations, in percent
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "50,90", value_parser = arguments::quantile)]
    quantiles: Vec<f64>,
    /// The share of durations within this time; up to four
    #[arg(long, value_name = "D", value_delimiter = ',', value_parser = arguments::within)]
    within: Vec<figures::Limit>,
    /// Level of the intervals
    #[arg(long, value_name = "L", default_value = "95%", value_parser = arguments::level)]
    level: f64,
    /// What standard output holds
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Unit of durations in CSV and JSON
    #[arg(long, value_enum, default_value_t = Unit::D)]
    time_unit: Unit,
    /// Folder for all tables, run.json and the charts
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Formats of the charts in the folder
    #[arg(long, value_name = "LIST", value_enum, value_delimiter = ',', default_value = "svg,png")]
    charts: Vec<ChartFormat>,
    /// Writes over files in the folder
    #[arg(long)]
    force: bool,
    /// Leaves text cells of CSV as they are, even where a spreadsheet would take them for formulas
    #[arg(long)]
    csv_raw: bool,
    /// Stage visits of a replication after which the run stops
    #[arg(long, value_name = "N", default_value_t = 1_000_000_000)]
    max_visits: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One row per number
    Csv,
    /// Everything
    Json,
    /// For people, as Markdown
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Unit {
    /// Days
    D,
    /// Hours
    H,
    /// Minutes
    Min,
}

impl Unit {
    fn time(self) -> TimeUnit {
        match self {
            Unit::D => TimeUnit::Days,
            Unit::H => TimeUnit::Hours,
            Unit::Min => TimeUnit::Minutes,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ChartFormat {
    Svg,
    Png,
    None,
}

/// Threads beyond this are not started.
const MOST_THREADS: usize = 256;

pub(in crate::cli) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    check_usage(arguments)?;
    let names = file_names(arguments);
    if let Some(folder) = &arguments.output {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        files::refuse_overwriting(folder, &names, arguments.force)?;
    }
    let mut changes = arguments.set.clone();
    let horizon = arguments.horizon.as_ref();
    changes.extend(horizon.map(|value| Override { path: "horizon".into(), value: value.clone() }));
    let loaded = read(&arguments.model, &changes);
    tell(&diagnostics::draw(&loaded.sources, &loaded.diagnostics, diagnostic_style(false)));
    let Some(model) = &loaded.model else {
        let unreadable = loaded.severity() == Some(Severity::Unreadable);
        return Ok(ExitCode::from(if unreadable { 2 } else { 1 }));
    };
    let simulation = simulate_watched(model, &options(arguments))?;
    let report = Report { arguments, loaded: &loaded, model, simulation: &simulation };
    if let Some(folder) = &arguments.output {
        files::write(folder, &report.files()?, arguments.force)?;
    }
    print(&report.text())?;
    Ok(ExitCode::SUCCESS)
}

fn check_usage(arguments: &Arguments) -> Result<(), Failure> {
    for name in &arguments.kpi {
        if catalogue::find(name).is_none() {
            let near = nearest(name, catalogue::ALL.iter().map(|kpi| kpi.name));
            let all = || {
                let names: Vec<&str> = catalogue::ALL.iter().map(|kpi| kpi.name).collect();
                format!("; there are {}", names.join(", "))
            };
            let hint = near.map_or_else(all, |near| format!("; did you mean {near}?"));
            return Err(Failure::Usage(format!("--kpi: there is no KPI {name:?}{hint}")));
        }
    }
    if arguments.within.len() > 4 {
        return Err(Failure::Usage("--within: at most four times".to_owned()));
    }
    Ok(())
}

fn options(arguments: &Arguments) -> Options {
    Options {
        replications: arguments.replications,
        seed: arguments.seed,
        threads: arguments.threads.min(MOST_THREADS),
        by: arguments.by.clone(),
        most_visits: arguments.max_visits,
        figures: figures::Options {
            level: arguments.level,
            quantiles: arguments.quantiles.clone(),
            within: arguments.within.clone(),
            keep_replications: arguments.output.is_some(),
        },
        ..Options::default()
    }
}

/// Simulates, with progress on a terminal, until done or interrupted.
fn simulate_watched(model: &Model, options: &Options) -> Result<Simulation, Failure> {
    let interrupt = Interrupt::listen();
    let progress = Progress::default();
    let bar = ProgressBar::with_draw_target(
        Some(options.replications),
        if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        },
    );
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} replications, {msg}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let done = AtomicBool::new(false);
    let result = std::thread::scope(|scope| {
        let watcher = std::thread::current();
        let (simulated, finished) = (&progress, &done);
        let job = scope.spawn(move || {
            let result = simulate::run(model, options, simulated);
            finished.store(true, Ordering::Release);
            watcher.unpark();
            result
        });
        let mut ticks = 0u32;
        while !done.load(Ordering::Acquire) && !job.is_finished() {
            std::thread::park_timeout(Duration::from_millis(if ticks < 20 { 2 } else { 50 }));
            ticks += 1;
            if interrupt.code().is_some() {
                progress.cancel.store(true, Ordering::Relaxed);
            }
            if ticks > 25 {
                show_progress(&bar, &progress);
            }
        }
        job.join()
    });
    bar.finish_and_clear();
    match (result, interrupt.code()) {
        (_, Some(code)) => Err(Failure::Interrupted(code)),
        (Ok(result), None) => Ok(result?),
        (Err(_), None) => Err(Failure::Limit("the simulation stopped unexpectedly".to_owned())),
    }
}

fn show_progress(bar: &ProgressBar, progress: &Progress) {
    bar.set_position(progress.done.load(Ordering::Relaxed));
    let deals = progress.deals.load(Ordering::Relaxed) as f64;
    let seconds = bar.elapsed().as_secs_f64().max(1e-3);
    bar.set_message(format!("{:.1} M deals/s", deals / seconds / 1e6));
}

const TABLES: [&str; 7] = [
    "kpis.csv",
    "replications.csv",
    "stages.csv",
    "losses.csv",
    "roles.csv",
    "timeline.csv",
    "run.json",
];

/// The files that the folder will hold.
fn file_names(arguments: &Arguments) -> Vec<String> {
    let mut names: Vec<String> = TABLES.iter().map(|name| (*name).to_owned()).collect();
    for extension in chart_extensions(arguments) {
        names.extend(["funnel", "sales-cycle", "load"].map(|stem| format!("{stem}.{extension}")));
    }
    names
}

fn chart_extensions(arguments: &Arguments) -> Vec<&'static str> {
    let wanted = |format| {
        arguments.charts.contains(&format) && !arguments.charts.contains(&ChartFormat::None)
    };
    let formats = [("svg", wanted(ChartFormat::Svg)), ("png", wanted(ChartFormat::Png))];
    formats.into_iter().filter(|(_, wanted)| *wanted).map(|(name, _)| name).collect()
}

struct Report<'a> {
    arguments: &'a Arguments,
    loaded: &'a Loaded,
    model: &'a Model,
    simulation: &'a Simulation,
}

impl Report<'_> {
    /// The rows that are asked for.
    fn rows(&self) -> Vec<&Row> {
        let wanted = &self.arguments.kpi;
        let is_wanted = |row: &&Row| wanted.is_empty() || wanted.iter().any(|kpi| kpi == row.kpi);
        self.simulation.rows.iter().filter(is_wanted).collect()
    }

    fn time(&self) -> TimeUnit {
        self.arguments.time_unit.time()
    }

    /// What standard output holds.
    fn text(&self) -> String {
        let rows = self.rows();
        let blocks = || {
            if self.arguments.kpi.is_empty() {
                screen(self.simulation, &self.context())
            } else {
                selection(self.simulation, &rows)
            }
        };
        match self.arguments.format {
            Format::Table => terminal::show(&blocks(), table_style()),
            Format::Markdown => markdown::show(&blocks()),
            Format::Csv => {
                let table = tables::kpis(self.simulation, &rows, self.time());
                csv::write(&table, self.arguments.csv_raw)
            }
            Format::Json => self.json(),
        }
    }

    fn context(&self) -> Context {
        let warnings = self.loaded.diagnostics.iter().map(|d| english(&d.problem).title);
        Context {
            defaults: self.model.defaults.iter().map(|text| (*text).to_owned()).collect(),
            warnings: warnings.collect(),
            by: self.arguments.by.clone(),
            model: self.arguments.model.clone(),
        }
    }

    fn json(&self) -> String {
        let simulation = self.simulation;
        let sources: Vec<&str> =
            self.loaded.sources.iter().map(|source| source.text.as_str()).collect();
        let unit = self.time();
        let value = serde_json::json!({
            "voronka": env!("CARGO_PKG_VERSION"),
            "model": self.model.label,
            "file": self.arguments.model,
            "model_hash": format!("{:016x}", crate::random::key::hash_name(&sources.join("\0"))),
            "set": self.arguments.set.iter().map(|c| format!("{}={}", c.path, c.value)).collect::<Vec<_>>(),
            "currency": simulation.program.currency,
            "window": {
                "start": simulation.program.calendar.date_time(simulation.program.window.start).to_string(),
                "days": simulation.days,
            },
            "seed": simulation.options.seed,
            "replications": simulation.options.replications,
            "level": simulation.options.figures.level,
            "deals": simulation.deals,
            "defaults": self.model.defaults,
            "warnings": self.context().warnings,
            "kpis": json::rows(&tables::kpis(simulation, &self.rows(), unit)),
            "stages": json::rows(&tables::stages(simulation, unit)),
            "roles": json::rows(&tables::roles(simulation, unit)),
            "losses": json::rows(&tables::losses(simulation)),
            "timeline": json::rows(&tables::timeline(simulation)),
        });
        format!("{value:#}\n")
    }

    /// All files of the folder.
    fn files(&self) -> Result<Vec<files::Content>, Failure> {
        let (simulation, rows, unit) = (self.simulation, self.rows(), self.time());
        let raw = self.arguments.csv_raw;
        let table = |table| csv::write(&table, raw).into_bytes();
        let mut contents = Vec::new();
        let mut add =
            |name: &str, bytes| contents.push(files::Content { name: name.to_owned(), bytes });
        add("kpis.csv", table(tables::kpis(simulation, &rows, unit)));
        add("replications.csv", table(tables::replications(simulation, &rows, unit)));
        add("stages.csv", table(tables::stages(simulation, unit)));
        add("losses.csv", table(tables::losses(simulation)));
        if !simulation.program.roles.is_empty() {
            add("roles.csv", table(tables::roles(simulation, unit)));
        }
        add("timeline.csv", table(tables::timeline(simulation)));
        add("run.json", self.json().into_bytes());
        for chart in charts(simulation) {
            for extension in chart_extensions(self.arguments) {
                let name = format!("{}.{extension}", chart.file_stem());
                let failed = |error: chart::ChartError| Failure::Output {
                    path: name.clone(),
                    reason: error.to_string(),
                };
                let bytes = if extension == "svg" {
                    chart::svg(&chart).map_err(failed)?.into_bytes()
                } else {
                    chart::png(&chart).map_err(failed)?
                };
                add(&name, bytes);
            }
        }
        Ok(contents)
    }
}
