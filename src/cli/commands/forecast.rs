//! `voronka forecast`: what do the open deals of an export and the new ones bring?

use std::path::PathBuf;
use std::process::ExitCode;

mod by_model;

use jiff::civil::Date;

use crate::cli::export::day;
use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::learning::{self, Found, LearningArguments};
use crate::cli::planned;
use crate::cli::reading::{model_of, read};
use crate::fit::season::{date, day_of, period_of};
use crate::fit::segments::{Column, columns, title};
use crate::model::Override;
use crate::program::Program;
use crate::records::currency_code;
use crate::records::deals::Deals;
use crate::render::words::Refusal;
use crate::report;
use crate::report::{
    ShownForecast, Written, deals_table, forecast_cash_table, forecast_charts,
    forecast_demand_table, forecast_document, forecast_plan_table, forecast_table,
};
use crate::study::forecast::books::{TermsFault, usable};
use crate::study::forecast::notes::Note;
use crate::study::forecast::{Asked, Options, cut_of, forecast_with as study};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    by_model: by_model::ModelArguments,
    /// Export of a CRM or an event log to learn from, instead of a model
    #[arg(
        long,
        value_name = "EXPORT",
        required_unless_present = "model",
        conflicts_with = "model"
    )]
    from: Option<PathBuf>,
    /// Last day that is known, instead of the last one of the file; nothing after it is used
    #[arg(long, value_name = "DATE", value_parser = day)]
    at: Option<Date>,
    /// How far the forecast goes; by default 90d, and with --plan to the end of the month in which they end
    #[arg(long, value_name = "D", value_parser = learning::days)]
    horizon: Option<usize>,
    /// Plan to compare it with: 'bookings: 900000/month', 'wins: 20/month', or a file of months and amounts
    #[arg(long, value_name = "PLAN", value_parser = planned::parse)]
    plan: Option<planned::PlanArgument>,
    /// Shows the total by this column: its heading, or owner, source, funnel
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// Model whose `terms` say how orders are paid and what they need
    #[arg(long, value_name = "MODEL", conflicts_with = "model")]
    terms: Option<String>,
    /// Also shows the total by week
    #[arg(long)]
    weeks: bool,
    #[command(flatten)]
    learning: LearningArguments,
}

const TABLE: &str = "forecast.csv";
const DEALS: &str = "deals.csv";
const PLAN: &str = "plan.csv";
const CASH: &str = "cash.csv";
const DEMAND: &str = "demand.csv";
const LIST: &str = "forecast.json";

/// The horizon if none is given, in days.
const HORIZON: usize = 90;

pub(in crate::cli) fn forecast(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { learning, .. } = arguments;
    let Some(from) = &arguments.from else { return by_model::forecast(arguments) };
    let dialect = learning.dialect()?;
    let place = learning.place(&[TABLE, DEALS, PLAN, CASH, DEMAND, LIST])?;
    Interrupt::listen().end_at_once();
    let plan = arguments.plan.as_ref().map(|plan| learning.plan(plan)).transpose()?;
    let deals = learning.read(from)?;
    let by = arguments.by.as_deref().map(|name| column(&deals, name)).transpose()?;
    let cut = arguments.at.map(|date| day_of(date) as f64 + 1.0);
    let options = Options {
        cut,
        days: horizon(arguments, &deals, cut),
        draws: learning.draws,
        seed: learning.seed,
        by,
    };
    let terms = match &arguments.terms {
        None => None,
        Some(path) => match terms(path, &deals, &options)? {
            Ok(program) => Some(program),
            Err(code) => return Ok(code),
        },
    };
    let asked = Asked { plan: plan.as_ref(), terms: terms.as_ref() };
    let found = learning.compute(|| study(&deals, &options, &asked))?;
    let file = from.display().to_string();
    let document = |beside: &[Written]| forecast_document(&found, &deals, &file, beside);
    let shown = ShownForecast { by: arguments.by.as_deref(), weeks: arguments.weeks };
    let mut tables = vec![(TABLE, forecast_table(&found)), (DEALS, deals_table(&found, &deals))];
    tables.extend(forecast_plan_table(&found).map(|table| (PLAN, table)));
    tables.extend(forecast_cash_table(&found).map(|table| (CASH, table)));
    tables.extend(forecast_demand_table(&found).map(|table| (DEMAND, table)));
    let told = Found {
        blocks: report::forecast(&found, &deals, shown),
        tables,
        document: &document,
        charts: forecast_charts(&found, &deals),
        list: LIST,
    };
    learning.tell(&told, place.as_ref(), dialect)?;
    let is_empty = found.notes.contains(&Note::NoClosings);
    Ok(if is_empty { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The program of a model whose terms can be used. Its time begins with the forecast, so that its
/// calendars cover the horizon. The exit code where the model has faults, which were told.
fn terms(
    path: &str,
    deals: &Deals,
    options: &Options,
) -> Result<Result<Program, ExitCode>, Failure> {
    let cut = cut_of(deals, options.cut);
    let start = date(cut as i64).map_or_else(String::new, |date| date.to_string());
    let days = format!("{}d", options.days);
    let changes = [Override::set("start", &start), Override::set("horizon", &days)];
    let loaded = read(path, &changes);
    let model = match model_of(&loaded) {
        Ok(model) => model,
        Err(code) => return Ok(Err(code)),
    };
    if let Some(currency) = &deals.currency {
        let other = &model.header.currency;
        if !other.is_empty() && currency_code(other) != currency_code(currency) {
            return Err(Failure::usage(Refusal::OtherCurrency(currency, other)));
        }
    }
    let program = Program::compile(model);
    let refusal = match usable(&program, deals) {
        Ok(()) => return Ok(Ok(program)),
        Err(TermsFault::Missing) => Failure::usage(Refusal::NoTerms(path)),
        Err(TermsFault::OnlyInRuns) => Failure::usage(Refusal::TermsOfRuns(path)),
        Err(TermsFault::NoColumn(name)) => Failure::usage(Refusal::TermsOfColumn(path, &name)),
    };
    Err(refusal)
}

/// Days of the horizon. A plan is by month: without a wish of the user its horizon ends with one.
fn horizon(arguments: &Arguments, deals: &Deals, cut: Option<f64>) -> usize {
    match (arguments.horizon, &arguments.plan) {
        (Some(days), _) => days,
        (None, None) => HORIZON,
        (None, Some(_)) => {
            let cut = cut_of(deals, cut);
            let last = cut + HORIZON as f64 - 1.0;
            let end = period_of(last, 1)[1];
            if end.is_finite() { (end - cut) as usize } else { HORIZON }
        }
    }
}

/// The column of a name.
fn column(deals: &Deals, name: &str) -> Result<Column, Failure> {
    let all = columns(deals);
    let is = |column: &&Column| title(deals, **column).to_lowercase() == name.trim().to_lowercase();
    all.iter().find(is).copied().ok_or_else(|| {
        let titles: Vec<&str> = all.iter().map(|column| title(deals, *column)).collect();
        Failure::usage(Refusal::NoColumn(name, &titles.join(", ")))
    })
}
