//! What the commands share that learn from past deals: how the export is read, and where results go.

use std::path::{Path, PathBuf};

use super::arguments::{ChartSize, Format};
use super::content::Content;
use super::dialect::CsvArguments;
use super::export::ReadingArguments;
use super::failure::Failure;
use super::files::Place;
use super::interrupt::Interrupt;
use super::manifest;
use super::pictures::{self, ChartFormat};
use super::planned::PlanArgument;
use super::terminal::{language, print, table_style};
use super::watch::MOST_THREADS;
use crate::quantity::{Length, parse_count};
use crate::records::deals::Deals;
use crate::render::csv::Dialect;
use crate::render::words::Refusal;
use crate::render::{csv, json, markdown, terminal};
use crate::report::chart::NamedChart;
use crate::report::{Block, Field, Table, Written};
use crate::study::forecast::plan::Plan;

/// The longest horizon in days.
const LONGEST: f64 = 730.0;

/// The fewest and the most draws.
const DRAWS: std::ops::RangeInclusive<u64> = 100..=10_000;

/// How an export is read, how a forecast is computed and where it goes.
#[derive(Debug, clap::Args)]
pub(super) struct LearningArguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// Number of draws
    #[arg(long, value_name = "N", value_parser = draws, default_value_t = 1000)]
    pub(super) draws: usize,
    /// Seed
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    /// Number of threads; 0 for one per core. Results do not depend on it
    #[arg(long, value_name = "T", default_value_t = 0)]
    threads: usize,
    /// Format of standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Folder for the tables, the document and the charts
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

/// What a command found, in each form.
pub(super) struct Found<'a> {
    /// The screen.
    pub(super) blocks: Vec<Block>,
    /// Tables with the names of their files; the first one is also written as CSV to standard output.
    pub(super) tables: Vec<(&'static str, Table)>,
    /// The document, given the files beside it.
    pub(super) document: &'a dyn Fn(&[Written]) -> Field,
    /// The charts.
    pub(super) charts: Vec<NamedChart>,
    /// The file of the document.
    pub(super) list: &'static str,
}

impl LearningArguments {
    /// How CSV is written; refused where none is.
    pub(super) fn dialect(&self) -> Result<Dialect, Failure> {
        let writes_csv = self.format == Format::Csv || self.output.is_some();
        self.csv.dialect(writes_csv, "--format csv or -o DIR")
    }

    /// The folder for the results, tried before anything is computed.
    pub(super) fn place(&self, names: &[&str]) -> Result<Option<Place>, Failure> {
        let prepare = |folder: &PathBuf| Place::prepare(folder, names, self.force);
        self.output.as_ref().map(prepare).transpose()
    }

    /// Reads the deals of an export, at least one of which has a date.
    pub(super) fn read(&self, file: &Path) -> Result<Deals, Failure> {
        let deals = self.reading.deals(file)?.deals;
        if deals.until.is_none() {
            return Err(Failure::usage(Refusal::NothingToFit));
        }
        Ok(deals)
    }

    /// Reads a plan; a file with the decimal sign that is said of the export.
    pub(super) fn plan(&self, plan: &PlanArgument) -> Result<Plan, Failure> {
        match plan {
            PlanArgument::Words(plan) => Ok(plan.clone()),
            PlanArgument::File(path) => self.reading.read_plan(path),
        }
    }

    /// Computes on as many threads as were asked for.
    pub(super) fn compute<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
        let threads = self.threads.min(MOST_THREADS);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.map_err(|error| Failure::Limit(error.to_string()))?;
        Ok(pool.install(work))
    }

    /// Writes the files and prints the result.
    pub(super) fn tell(
        &self,
        found: &Found<'_>,
        place: Option<&Place>,
        dialect: Dialect,
    ) -> Result<(), Failure> {
        if let Some(place) = place {
            let table = |(name, table): &(&'static str, Table)| Content {
                name: (*name).to_owned(),
                bytes: csv::write(table, dialect).into_bytes(),
            };
            let mut contents: Vec<Content> = found.tables.iter().map(table).collect();
            let size = self.chart_size.size();
            contents.extend(pictures::draw(&found.charts, &self.chart_format, size)?);
            let document = json::document(&(found.document)(&manifest::list(&contents)));
            contents.push(Content { name: found.list.to_owned(), bytes: document.into_bytes() });
            Interrupt::listen().check()?;
            place.stage_run(&contents, found.list)?.keep()?;
        }
        let first = || found.tables.first().map_or_else(String::new, |t| csv::write(&t.1, dialect));
        print(&match self.format {
            Format::Table => terminal::show(&found.blocks, table_style()),
            Format::Markdown => markdown::show(&found.blocks, language()),
            Format::Csv => first(),
            Format::Json => json::document(&(found.document)(&[])),
        })
    }
}

/// A horizon in whole days: `90d`, `3 months`.
pub(super) fn days(text: &str) -> Result<usize, String> {
    let length = Length::parse(text).map_err(|fault| fault.to_string())?;
    let days = length.nominal_days().round();
    if (1.0..=LONGEST).contains(&days) {
        Ok(days as usize)
    } else {
        Err(format!("between 1 day and {LONGEST} days"))
    }
}

fn draws(text: &str) -> Result<usize, String> {
    match parse_count(text) {
        Ok(count) if DRAWS.contains(&count) => Ok(count as usize),
        Ok(_) => Err(format!("between {} and {} draws", DRAWS.start(), DRAWS.end())),
        Err(fault) => Err(fault.to_string()),
    }
}
