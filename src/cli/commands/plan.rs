//! `voronka plan`: how many people, leads and the like do the targets need, and what does that cost?

use std::process::ExitCode;

use crate::cli::arguments::{self, Format};
use crate::cli::content::Content;
use crate::cli::failure::Failure;
use crate::cli::files::Place;
use crate::cli::interrupt::Interrupt;
use crate::cli::manifest;
use crate::cli::pictures;
use crate::cli::reading::{folder, loaded, model_of};
use crate::cli::study::{StudyArguments, varied_once};
use crate::cli::terminal::{language, print, table_style};
use crate::cli::watch;
use crate::kpi::Direction;
use crate::model::{Override, load, read_file};
use crate::render::words::Refusal;
use crate::render::{csv, json, markdown, terminal};
use crate::report::{Written, plan as screen, plan_charts, plan_document, plan_table};
use crate::study::plan::{MOST_PLANS, Options, count, expectation, plan as search, ranges};
use crate::study::sweep::{Axis, Objective};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// What the plan must reach, instead of the model's `expect`, such as
    /// `bookings per month >= 9000000 chance 80%` or `queue_time p90 role=seller <= 1h`; may be repeated
    #[arg(long, value_name = "TARGET", value_parser = target)]
    target: Vec<String>,
    /// Values to choose from, such as roles.seller.people=1..20; may be repeated. A `*` in the path
    /// stands for every role, source or stage, each with values of its own: roles.*.people=1..20
    #[arg(long, value_name = "PATH=VALUES", value_parser = arguments::axis, required = true)]
    vary: Vec<Axis>,
    /// What should be as low as possible; a total is that of a month of the window, salaries included
    #[arg(long, value_name = "KPI", default_value = "cost", value_parser = arguments::objective)]
    minimise: Objective,
    /// Plans this near to a limit may be judged either way: percentage points for shares and chances,
    /// and a share of the limit for other figures
    #[arg(long, value_name = "SHARE", default_value = "2%", value_parser = arguments::level)]
    zone: f64,
    /// Maximum number of replications of a plan
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    budget: u64,
    /// Tries every plan that could be cheaper, without assuming that more people never make a target
    /// worse
    #[arg(long)]
    every: bool,
    #[command(flatten)]
    study: StudyArguments,
}

/// A target as an expectation of the model language.
fn target(text: &str) -> Result<String, String> {
    expectation(text).map_err(|fault| fault.to_string())
}

/// Replications of the first look at a plan.
const FIRST: u64 = 25;

pub(in crate::cli) fn plan(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { study, vary, minimise, .. } = arguments;
    let dialect = study.csv.dialect(study.writes_csv(), "--format csv or -o DIR")?;
    varied_once(vary)?;
    if minimise.kpi().good() != Direction::Down {
        return Err(Failure::usage(Refusal::NotMinimised(minimise.kpi().name())));
    }
    let mut base = study.changes();
    if !arguments.target.is_empty() {
        base.push(Override::set("expect", format!("[{}]", arguments.target.join(", "))));
    }
    let text = read_file(&study.model);
    let first = loaded(&study.model, text.clone(), &base);
    let (model, text) = match (model_of(&first), &text) {
        (Ok(model), Ok(text)) => (model, text),
        (Err(code), _) => return Ok(code),
        _ => return Ok(ExitCode::from(2)),
    };
    if model.expectations.is_empty() {
        return Err(Failure::usage(Refusal::NoTargets(&study.model)));
    }
    let ranges = ranges(model, vary);
    let plans = count(&ranges);
    if plans > MOST_PLANS {
        return Err(Failure::usage(Refusal::TooManyPlans(plans, MOST_PLANS)));
    }
    let with = |changed: &[Override]| {
        let changes = [&base[..], changed].concat();
        load(&study.model, text, &changes, folder(&study.model))
    };
    // A path that the model does not have is told before anything is simulated.
    for range in &ranges {
        let change = Override::set(&range.axis.path, &range.axis.values[0]);
        let mut tried = with(&[change]);
        if tried.model.take().is_none() {
            return Ok(model_of(&tried).err().unwrap_or(ExitCode::FAILURE));
        }
    }
    let names = ["plan.csv", "plan.json"];
    let prepare = |folder: &std::path::PathBuf| Place::prepare(folder, &names, study.force);
    let place = study.output.as_ref().map(prepare).transpose()?;
    let options = Options {
        base: study.options(),
        first: FIRST.min(arguments.budget),
        budget: arguments.budget,
        zone: arguments.zone,
        aim: *minimise,
        every: arguments.every,
    };
    let load = |changed: &[Override]| with(changed).model;
    let found = search(model, ranges, &options, &load, watch::simulate)?;
    let table = || csv::write(&plan_table(&found), dialect);
    let document =
        |beside: &[Written]| json::document(&plan_document(&found, &study.model, beside));
    if let Some(place) = &place {
        let mut contents = vec![Content { name: names[0].to_owned(), bytes: table().into_bytes() }];
        let (formats, size) = (&study.chart_format, study.chart_size.size());
        contents.extend(pictures::draw(&plan_charts(&found), formats, size)?);
        let list = document(&manifest::list(&contents)).into_bytes();
        contents.push(Content { name: names[1].to_owned(), bytes: list });
        Interrupt::listen().check()?;
        place.stage_run(&contents, names[1])?.keep()?;
    }
    print(&match study.format {
        Format::Table => terminal::show(&screen(&found), table_style()),
        Format::Markdown => markdown::show(&screen(&found), language()),
        Format::Csv => table(),
        Format::Json => document(&[]),
    })?;
    Ok(if found.best.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
