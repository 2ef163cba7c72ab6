//! The arguments of studies that try many versions of one model.

use std::path::PathBuf;

use super::arguments::{self, ChangeArguments, ChartSize, Format, Unit};
use super::dialect::CsvArguments;
use super::failure::Failure;
use super::pictures::ChartFormat;
use super::watch::MOST_THREADS;
use crate::model::Override;
use crate::render::words::Refusal;
use crate::study::simulate::Options;
use crate::study::sweep::Axis;
use crate::tally::figures;

#[derive(Debug, clap::Args)]
pub(super) struct StudyArguments {
    /// Model file; `-` is standard input
    pub(super) model: String,
    /// Number of replications of each version of the model
    #[arg(short = 'n', long, value_name = "N", value_parser = arguments::replications, default_value_t = 200, allow_negative_numbers = true)]
    pub(super) replications: u64,
    /// Seed; all versions have the same random numbers
    #[arg(long, value_name = "S", default_value_t = 1, allow_negative_numbers = true)]
    pub(super) seed: u64,
    /// Number of threads; 0 for one per core. Results do not depend on it
    #[arg(long, value_name = "T", default_value_t = 0)]
    threads: usize,
    /// Length of the window, instead of the model's
    #[arg(long, value_name = "D", value_parser = arguments::horizon)]
    horizon: Option<String>,
    #[command(flatten)]
    changes: ChangeArguments,
    /// Confidence level of the intervals, and of all comparisons together
    #[arg(long, value_name = "L", default_value = "95%", value_parser = arguments::level)]
    pub(super) level: f64,
    /// Format of standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Unit of durations in CSV and JSON
    #[arg(long, value_enum, default_value_t = Unit::D)]
    pub(super) time_unit: Unit,
    /// Folder for the table, the document and the charts
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Formats of the charts
    #[arg(long, value_name = "LIST", value_enum, value_delimiter = ',', default_value = "svg,png")]
    pub(super) chart_format: Vec<ChartFormat>,
    /// Size of the charts
    #[arg(long, value_enum, value_name = "SIZE", default_value_t)]
    pub(super) chart_size: ChartSize,
    /// Overwrites files in the folder
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) csv: CsvArguments,
    /// Stops after this number of stage visits in a replication
    #[arg(long, value_name = "N", default_value_t = 1_000_000_000)]
    max_visits: u64,
}

impl StudyArguments {
    /// The changes of the model that all of its versions have.
    pub(super) fn changes(&self) -> Vec<Override> {
        self.changes.all(self.horizon.as_ref())
    }

    /// The options of each run; the study chooses the KPIs.
    pub(super) fn options(&self) -> Options {
        Options {
            replications: self.replications,
            seed: self.seed,
            threads: self.threads.min(MOST_THREADS),
            most_visits: self.max_visits,
            figures: figures::Options { level: self.level, ..figures::Options::default() },
            ..Options::default()
        }
    }

    /// Whether numbers are written as CSV.
    pub(super) fn writes_csv(&self) -> bool {
        self.format == Format::Csv || self.output.is_some()
    }
}

/// Refuses a path that is varied twice.
pub(super) fn varied_once(axes: &[Axis]) -> Result<(), Failure> {
    let mut pairs = axes.iter().enumerate();
    let is_again = |(at, axis): &(usize, &Axis)| axes[..*at].iter().any(|a| a.path == axis.path);
    match pairs.find(is_again) {
        Some((_, again)) => Err(Failure::usage(Refusal::VariedTwice(&again.path))),
        None => Ok(()),
    }
}
