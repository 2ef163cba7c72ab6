//! `voronka backtest`: how good were the forecasts of the past?

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::learning::{self, Found, LearningArguments};
use crate::cli::steps::StepBar;
use crate::report;
use crate::report::{Written, backtest_charts, backtest_document, backtest_table};
use crate::study::backtest::{Options, backtest as study};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Export of a CRM or an event log
    #[arg(value_name = "EXPORT")]
    from: PathBuf,
    /// Time between the past days at which the forecast is repeated
    #[arg(long, value_name = "D", value_parser = learning::days, default_value = "30d")]
    every: usize,
    /// How far the forecasts go
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = learning::days, default_value = "30d,90d")]
    horizons: Vec<usize>,
    #[command(flatten)]
    learning: LearningArguments,
}

const TABLE: &str = "backtest.csv";
const LIST: &str = "backtest.json";

pub(in crate::cli) fn backtest(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { learning, from, every, horizons } = arguments;
    let dialect = learning.dialect()?;
    let place = learning.place(&[TABLE, LIST])?;
    let deals = learning.read(from)?;
    let mut horizons = horizons.clone();
    horizons.sort_unstable();
    horizons.dedup();
    let options =
        Options { every: *every, horizons, cuts: None, draws: learning.draws, seed: learning.seed };
    let (bar, interrupt) = (StepBar::new(), Interrupt::listen());
    let step = |done: usize, of: usize| {
        bar.show(done, of);
        interrupt.code().is_none()
    };
    let found = learning.compute(|| study(&deals, &options, step))?;
    bar.clear();
    interrupt.check()?;
    let Some(found) = found else { return Ok(ExitCode::FAILURE) };
    let file = from.display().to_string();
    let document = |beside: &[Written]| backtest_document(&found, &file, beside);
    let told = Found {
        blocks: report::backtest(&found),
        tables: vec![(TABLE, backtest_table(&found))],
        document: &document,
        charts: backtest_charts(&found),
        list: LIST,
    };
    learning.tell(&told, place.as_ref(), dialect)?;
    Ok(if found.trials.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
