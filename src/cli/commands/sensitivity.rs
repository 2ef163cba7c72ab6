//! `voronka sensitivity`: which parameters matter, and what one more of something is worth.

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
use crate::cli::watch::Series;
use crate::model::{Model, Override, load, read_file};
use crate::render::words::Refusal;
use crate::render::{csv, json, markdown, terminal};
use crate::report;
use crate::report::chart::NamedChart;
use crate::report::{
    Block, Field, Table, Written, global_document, global_table, sensitivity_charts,
    sensitivity_document, sensitivity_table,
};
use crate::study::sensitivity::global::{self, Global, Method, NoValue, Space};
use crate::study::sensitivity::{
    Sensitivity, Trial, between, one_more, options, sensitivity as study, tornado, usual,
};
use crate::study::simulate::Options;
use crate::study::sweep::{Axis, Objective, changes};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Values to change, instead of all parameters of the model, from one end of a range to the
    /// other: stages.offer.wait=2d..10d; may be repeated
    #[arg(long, value_name = "PATH=LOW..HIGH", value_parser = arguments::axis)]
    vary: Vec<Axis>,
    /// By how much each parameter is changed, down and up; people change by one person, loss reasons are halved
    #[arg(long, value_name = "SHARE", default_value = "10%", value_parser = arguments::level)]
    by: f64,
    /// Figures that should be better, instead of bookings (or throughput), sales cycle and cost per
    /// won deal; `duration` is the sales cycle, `conversion` the win rate
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = arguments::objective)]
    kpi: Vec<Objective>,
    /// How parameters are changed
    #[arg(long, value_enum, value_name = "METHOD", default_value_t)]
    method: MethodName,
    /// Number of paths of Morris' method (default: 10), or of samples of Sobol's (default: 128)
    #[arg(long, value_name = "N", value_parser = arguments::points)]
    samples: Option<usize>,
    /// Also shows parameters that do not matter
    #[arg(long)]
    detail: bool,
    #[command(flatten)]
    study: StudyArguments,
}

/// How parameters are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum MethodName {
    /// One at a time, down and up
    #[default]
    Tornado,
    /// All of them, one after the other along random paths: shows interactions with few models
    Morris,
    /// All of them at once: the share of the variance that each explains; many models
    Sobol,
}

const TRAJECTORIES: usize = 10;
const SAMPLES: usize = 128;

pub(in crate::cli) fn sensitivity(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { study, vary, .. } = arguments;
    let dialect = study.csv.dialect(study.writes_csv(), "--format csv or -o DIR")?;
    varied_once(vary)?;
    let base = study.changes();
    let text = read_file(&study.model);
    let first = loaded(&study.model, text.clone(), &base);
    let (model, text) = match (model_of(&first), &text) {
        (Ok(model), Ok(text)) => (model, text),
        (Err(code), _) => return Ok(code),
        _ => return Ok(ExitCode::from(2)),
    };
    let objectives = if arguments.kpi.is_empty() { usual(model) } else { arguments.kpi.clone() };
    let options = options(study.options(), &objectives);
    let at = |changed: &[Override]| {
        let changes = [&base[..], changed].concat();
        let mut loaded = load(&study.model, text, &changes, folder(&study.model));
        match loaded.model.take() {
            Some(model) => Ok(model),
            None => Err(model_of(&loaded).err().unwrap_or(ExitCode::FAILURE)),
        }
    };
    let names = ["sensitivity.csv", "sensitivity.json"];
    let prepare = |folder: &std::path::PathBuf| Place::prepare(folder, &names, study.force);
    let place = study.output.as_ref().map(prepare).transpose()?;
    let found = match arguments.method {
        MethodName::Tornado => {
            let trials = match trials(arguments, model, &at)? {
                Ok(trials) => trials,
                Err(code) => return Ok(code),
            };
            Found::Single(single(model, &trials, &objectives, &options)?)
        }
        method => {
            let of = |default: usize| arguments.samples.unwrap_or(default);
            let method = match method {
                MethodName::Sobol => Method::Sobol(of(SAMPLES)),
                _ => Method::Morris(of(TRAJECTORIES)),
            };
            let load = |changed: &[Override]| at(changed).ok();
            let space = if vary.is_empty() {
                Space::Around(model, arguments.by)
            } else {
                Space::Axes(vary, &load)
            };
            let by = vary.is_empty().then_some(arguments.by);
            Found::All(all(model, &space, method, (&objectives, &options))?, by)
        }
    };
    let unit = study.time_unit.time();
    let table = || csv::write(&found.table(unit), dialect);
    let document = |beside: &[Written]| json::document(&found.document(&study.model, unit, beside));
    if let Some(place) = &place {
        let mut contents = vec![Content { name: names[0].to_owned(), bytes: table().into_bytes() }];
        contents.extend(pictures::draw(
            &found.pictures(),
            &study.chart_format,
            study.chart_size.size(),
        )?);
        let list = document(&manifest::list(&contents)).into_bytes();
        contents.push(Content { name: names[1].to_owned(), bytes: list });
        Interrupt::listen().check()?;
        place.stage_run(&contents, names[1])?.keep()?;
    }
    print(&match study.format {
        Format::Table => terminal::show(&found.screen(arguments.detail), table_style()),
        Format::Markdown => markdown::show(&found.screen(arguments.detail), language()),
        Format::Csv => table(),
        Format::Json => document(&[]),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The changes to try: the ends of the ranges that are given, or those of all parameters.
fn trials(
    arguments: &Arguments,
    model: &Model,
    at: &impl Fn(&[Override]) -> Result<Model, ExitCode>,
) -> Result<Result<Vec<Trial>, ExitCode>, Failure> {
    if arguments.vary.is_empty() {
        return Ok(Ok(tornado(model, arguments.by).into_iter().chain(one_more(model)).collect()));
    }
    let mut trials = Vec::new();
    for axis in &arguments.vary {
        let ends = axis.ends();
        let ends = ends.ok_or_else(|| Failure::usage(Refusal::OneValue(&axis.path)))?;
        let models = ends
            .each_ref()
            .map(|end| at(&changes(std::slice::from_ref(axis), std::slice::from_ref(end))));
        match models {
            [Ok(low), Ok(high)] => trials.extend(between(&axis.path, ends, [low, high])),
            [Err(code), _] | [_, Err(code)] => return Ok(Err(code)),
        }
    }
    Ok(Ok(trials))
}

fn single(
    model: &Model,
    trials: &[Trial],
    objectives: &[Objective],
    options: &Options,
) -> Result<Sensitivity, Failure> {
    let mut series = Series::new((trials.len() + 1, 2), Some(model), options)?;
    study(model, trials, objectives, options, |model, options| series.observe(model, options))
}

fn all(
    model: &Model,
    space: &Space<'_>,
    method: Method,
    aims: (&[Objective], &Options),
) -> Result<Global, Failure> {
    let points = method.points(space.parameters().len()) + 1;
    let mut series = Series::new((points, 1), Some(model), aims.1)?;
    let observe =
        |model: &Model, options: &Options| series.observe(model, options).map_err(Stop::Failed);
    global::study(model, space, method, aims, observe).map_err(|stop| match stop {
        Stop::Failed(failure) => failure,
        Stop::At(why) => Failure::usage(Refusal::NoPoint(why)),
    })
}

/// Why a study of all parameters stopped.
enum Stop {
    Failed(Failure),
    At(NoValue),
}

impl From<crate::study::simulate::Failure> for Stop {
    fn from(failure: crate::study::simulate::Failure) -> Stop {
        Stop::Failed(failure.into())
    }
}

impl From<NoValue> for Stop {
    fn from(why: NoValue) -> Stop {
        Stop::At(why)
    }
}

/// The result of a study.
enum Found {
    Single(Sensitivity),
    /// With the share by which parameters vary, unless they have ranges of their own.
    All(Global, Option<f64>),
}

impl Found {
    fn screen(&self, detail: bool) -> Vec<Block> {
        match self {
            Found::Single(found) => report::sensitivity(found, detail),
            Found::All(found, by) => report::global(found, *by),
        }
    }

    fn table(&self, unit: report::tables::TimeUnit) -> Table {
        match self {
            Found::Single(found) => sensitivity_table(found, unit),
            Found::All(found, _) => global_table(found, unit),
        }
    }

    fn document(&self, file: &str, unit: report::tables::TimeUnit, beside: &[Written]) -> Field {
        match self {
            Found::Single(found) => sensitivity_document(found, file, unit, beside),
            Found::All(found, _) => global_document(found, file, unit, beside),
        }
    }

    fn pictures(&self) -> Vec<NamedChart> {
        let Found::Single(found) = self else { return Vec::new() };
        sensitivity_charts(found)
    }
}
