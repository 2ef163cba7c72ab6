//! `voronka forecast MODEL --open PIPELINE`: what do the open deals of a file bring in the process of a model?

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{CASH, DEALS, DEMAND, LIST, PLAN, TABLE, column};
use crate::cli::arguments::ChangeArguments;
use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::learning::Found;
use crate::cli::reading::{model_of, read};
use crate::fit::season::day_of;
use crate::records::deals::Deals;
use crate::render::words::Refusal;
use crate::report::chart::{ChartName, NamedChart};
use crate::report::{
    self, CHARTS, ChartKind, ShownForecast, Written, charts, deals_table, forecast_charts,
    forecast_document, forecast_money, forecast_plan_table, forecast_table, tables as run_tables,
};
use crate::study::forecast::Options;
use crate::study::forecast::by_model::{
    NoForecast, Question, StageName, forecast_by_model, name_stages,
};

#[derive(Debug, clap::Args)]
pub(super) struct ModelArguments {
    /// Model file: new deals come from its sources, and all go through its process
    #[arg(requires = "open")]
    model: Option<String>,
    /// Open deals of a CRM, which are in process when the forecast begins
    #[arg(long, value_name = "PIPELINE", requires = "model", conflicts_with = "from")]
    open: Option<PathBuf>,
    /// Stage of the pipeline that has another name in the model, such as 'Negotiation=contract'; may be repeated
    #[arg(long, value_name = "STAGE=NAME", value_parser = stage, requires = "open")]
    stage: Vec<StageName>,
    #[command(flatten)]
    changes: ChangeArguments,
}

/// Stage visits after which a draw is stopped.
const MOST_VISITS: u64 = 1_000_000_000;

pub(super) fn forecast(arguments: &super::Arguments) -> Result<ExitCode, Failure> {
    let super::Arguments { learning, by_model, .. } = arguments;
    let (Some(path), Some(open)) = (&by_model.model, &by_model.open) else {
        return Err(Failure::usage(Refusal::Unexpected));
    };
    let dialect = learning.dialect()?;
    let place = learning.place(&[TABLE, DEALS, PLAN, CASH, DEMAND, LIST])?;
    let loaded = read(path, &by_model.changes.all(None));
    let model = match model_of(&loaded) {
        Ok(model) => model,
        Err(code) => return Ok(code),
    };
    Interrupt::listen().end_at_once();
    let plan = arguments.plan.as_ref().map(|plan| learning.plan(plan)).transpose()?;
    let mut deals = in_currency(learning.read(open)?, &model.header.currency)?;
    name_stages(&mut deals, model);
    let by = arguments.by.as_deref().map(|name| column(&deals, name)).transpose()?;
    let cut = arguments.at.map(|date| day_of(date) as f64 + 1.0);
    let options = Options {
        cut,
        days: super::horizon(arguments, &deals, cut),
        draws: learning.draws,
        seed: learning.seed,
        by,
    };
    let question = Question {
        model,
        deals: &deals,
        names: &by_model.stage,
        plan: plan.as_ref(),
        options: &options,
        most_visits: MOST_VISITS,
    };
    let found = learning.compute(|| forecast_by_model(&question))?;
    let found = found.map_err(|reason| refuse(open, reason))?;
    let file = open.display().to_string();
    let document = |beside: &[Written]| forecast_document(&found.forecast, &deals, &file, beside);
    let shown = ShownForecast { by: arguments.by.as_deref(), weeks: arguments.weeks };
    let mut tables = vec![
        (TABLE, forecast_table(&found.forecast)),
        (DEALS, deals_table(&found.forecast, &deals)),
    ];
    tables.extend(forecast_plan_table(&found.forecast).map(|table| (PLAN, table)));
    let mut told = Found {
        blocks: report::forecast(&found.forecast, &deals, shown),
        tables,
        document: &document,
        charts: forecast_charts(&found.forecast, &deals),
        list: LIST,
    };
    if let Some(simulation) = &found.money {
        told.blocks.extend(forecast_money(simulation));
        told.tables.push((CASH, run_tables::cash(simulation)));
        if !simulation.demand.is_empty() {
            told.tables.push((DEMAND, run_tables::demand(simulation)));
        }
        let is_of_money =
            |kind: &ChartKind| matches!(kind.name, ChartName::Cash | ChartName::Demand);
        let kinds: Vec<ChartKind> = CHARTS.into_iter().filter(is_of_money).collect();
        let named = |chart: crate::report::chart::Chart| NamedChart {
            file_stem: chart.name().file_stem().to_owned(),
            chart,
        };
        told.charts.extend(charts(model, simulation, &kinds).into_iter().map(named));
    }
    learning.tell(&told, place.as_ref(), dialect)?;
    Ok(ExitCode::SUCCESS)
}

/// The deals in the currency of the model.
fn in_currency(mut deals: Deals, currency: &str) -> Result<Deals, Failure> {
    match &deals.currency {
        Some(own) if !currency.is_empty() && own != currency => {
            return Err(Failure::usage(Refusal::OtherCurrency(currency, own)));
        }
        Some(_) => {}
        None => deals.currency = (!currency.is_empty()).then(|| currency.to_owned()),
    }
    Ok(deals)
}

fn refuse(file: &Path, reason: NoForecast) -> Failure {
    match reason {
        NoForecast::Failure(failure) => failure.into(),
        NoForecast::Mismatch(mismatch) => {
            let file = file.display().to_string();
            Failure::usage(Refusal::Pipeline { file: &file, mismatch: &mismatch })
        }
    }
}

/// `Negotiation=contract`: a stage of the file and one of the model.
fn stage(text: &str) -> Result<StageName, String> {
    let (file, model) = text.split_once('=').ok_or("STAGE=NAME, as 'Negotiation=contract'")?;
    Ok((file.trim().to_owned(), model.trim().to_owned()))
}
