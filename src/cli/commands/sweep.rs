//! `voronka sweep`: how do the figures of a model depend on some of its values?

use std::path::PathBuf;
use std::process::ExitCode;

mod answer;
mod kept;
mod solved;

use answer::{Report, file_names};
use kept::Kept;

use crate::cli::arguments::{self, Format};
use crate::cli::failure::Failure;
use crate::cli::files::Place;
use crate::cli::interrupt::Interrupt;
use crate::cli::reading::{folder, loaded, model_of};
use crate::cli::study::{StudyArguments, varied_once};
use crate::cli::terminal::{language, print, tell};
use crate::cli::watch::Series;
use crate::diagnostic::Severity;
use crate::kpi::Kpi;
use crate::model::{Loaded, Model, load, read_file};
use crate::render::words::{self, Told};
use crate::report::left_out;
use crate::study::simulate::Options;
use crate::study::sweep::{
    Axis, Design, Found, LeftOut, Objective, Sweep, Tried, changes, conclude, is_of, options,
    points,
};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Values to try, such as roles.seller.people=4..12, stages.offer.wait=2d..10d:2d (a step after
    /// the colon) or stages.offer.next=10%,15%,20%. Several --vary give every combination. A `*` in
    /// the path varies all that it stands for together: roles.*.people=2..5
    #[arg(long, value_name = "PATH=VALUES", value_parser = arguments::axis, required = true)]
    vary: Vec<Axis>,
    /// Tries this many points of the ranges instead of every combination; whole numbers stay whole
    #[arg(long, value_name = "N", value_parser = arguments::points)]
    sample: Option<usize>,
    /// How a sample is chosen; the seed decides which one
    #[arg(long, value_enum, value_name = "METHOD", default_value_t, requires = "sample")]
    sampling: Sampling,
    /// Figures to compare, instead of win rate, sales cycle, queue time, throughput, utilization,
    /// bookings and cost per won deal; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = arguments::kpi)]
    kpi: Vec<Kpi>,
    /// Shows the points that no other one beats in all of these KPIs, such as
    /// `cost_per_won,duration,conversion`: the last two are the sales cycle and the win rate
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = arguments::objective)]
    pareto: Vec<Objective>,
    /// Simulates also where theory knows the main figures of all points: for quantiles, and for the
    /// spread over replications
    #[arg(long)]
    simulate: bool,
    #[command(flatten)]
    study: StudyArguments,
}

/// How a sample is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Sampling {
    /// The Sobol sequence: even in all axes together; best with 16, 32, 64 … points
    #[default]
    Sobol,
    /// A Latin hypercube: even in each axis
    LatinHypercube,
}

impl Arguments {
    fn design(&self) -> Design {
        match (self.sample, self.sampling) {
            (None, _) => Design::Grid,
            (Some(count), Sampling::Sobol) => Design::Sobol(count),
            (Some(count), Sampling::LatinHypercube) => Design::LatinHypercube(count),
        }
    }

    fn options(&self) -> Options {
        let base = Options { kpis: self.kpi.clone(), ..self.study.options() };
        options(base, &self.pareto)
    }
}

/// The points that can be tried with their models, and those that cannot.
struct Models {
    sound: Vec<(Vec<String>, Model)>,
    left_out: Vec<LeftOut>,
}

pub(in crate::cli) fn sweep(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let study = &arguments.study;
    let dialect = study.csv.dialect(study.writes_csv(), "--format csv or -o DIR")?;
    let axes = &arguments.vary;
    varied_once(axes)?;
    let values = points(axes, arguments.design(), study.seed)
        .map_err(|fault| Failure::Usage(format!("--vary: {fault}")))?;
    let base = study.changes();
    let text = read_file(&study.model);
    let first = loaded(&study.model, text.clone(), &base);
    let (Ok(_), Ok(text)) = (model_of(&first), &text) else {
        return Ok(model_of(&first).err().unwrap_or(ExitCode::from(2)));
    };
    let at = |values: &[String]| {
        let changes = [&base[..], &changes(axes, values)].concat();
        load(&study.model, text, &changes, folder(&study.model))
    };
    let models = match models(values, at) {
        Ok(models) => models,
        Err(code) => return Ok(code),
    };
    let names = file_names();
    let prepare = |folder: &PathBuf| Place::prepare(folder, &names, study.force);
    let place = study.output.as_ref().map(prepare).transpose()?;
    let options = arguments.options();
    let known = if arguments.simulate { None } else { solved::all(&models.sound, &options)? };
    let kept = match known {
        Some(_) => None,
        None => place.as_ref().map(|place| Kept::open(place.folder())).transpose()?,
    };
    let (tried, kept) = match known {
        Some(known) => (solved::tried(models.sound, known), None),
        None => try_all(models.sound, axes, &options, kept)?,
    };
    let found = conclude(axes.clone(), &tried, models.left_out, &arguments.pareto, &options)?;
    let Some(sweep) = found else { return Ok(ExitCode::FAILURE) };
    for kpi in &options.kpis {
        let has = sweep.compared.iter().any(|compared| compared.key.kpi == *kpi);
        if arguments.kpi.contains(kpi) && !has {
            tell(&language().tell(Told::NoFigures { kpi: *kpi }));
        }
    }
    if study.format == Format::Csv {
        for line in left_out(&sweep) {
            tell(&format!("{}\n", words::text(&line.into(), language())));
        }
    }
    let report = Report { arguments, dialect, sweep: &sweep };
    if let Some(place) = &place {
        let contents = report.files()?;
        Interrupt::listen().check()?;
        place.stage_run(&contents, answer::LIST)?.keep()?;
        kept.iter().for_each(Kept::remove);
    }
    print(&report.text())?;
    Ok(if disagrees(&sweep) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Loads the model of each point. If none is valid, the findings of the first one are told.
fn models(values: Vec<Vec<String>>, at: impl Fn(&[String]) -> Loaded) -> Result<Models, ExitCode> {
    let (mut sound, mut left_out) = (Vec::new(), Vec::new());
    let mut first = None;
    for values in values {
        let mut loaded = at(&values);
        match loaded.model.take() {
            Some(model) => sound.push((values, model)),
            None => {
                let worst = loaded.diagnostics.iter().find(|d| d.severity() != Severity::Warning);
                let problem = worst.map(|worst| worst.problem.clone());
                left_out.extend(problem.map(|problem| LeftOut { values, problem }));
                first.get_or_insert(loaded);
            }
        }
    }
    match first {
        Some(first) if sound.is_empty() => Err(model_of(&first).err().unwrap_or(ExitCode::FAILURE)),
        _ => Ok(Models { sound, left_out }),
    }
}

/// Simulates all points that are not kept yet.
fn try_all(
    sound: Vec<(Vec<String>, Model)>,
    axes: &[Axis],
    options: &Options,
    mut kept: Option<Kept>,
) -> Result<(Vec<Tried>, Option<Kept>), Failure> {
    let count = sound.len();
    let mut series = Series::new((count, count), sound.first().map(|(_, model)| model), options)?;
    let mut tried = Vec::with_capacity(count);
    for (values, model) in sound {
        let name = kept::name(&changes(axes, &values));
        let before = kept.as_mut().and_then(|kept| kept.take(&name));
        let observations = match before.filter(|found| is_of(found, &model, options)) {
            Some(observations) => {
                series.skip(options.replications);
                observations
            }
            None => {
                let observed =
                    series.observe(&model, options).map_err(|failure| match failure {
                        Failure::Interrupted(code) => {
                            let folder = kept.as_ref().map(Kept::folder);
                            Failure::InterruptedSweep { code, done: tried.len(), of: count, folder }
                        }
                        Failure::Limit(why) => {
                            Failure::Limit(format!("{}: {why}", values.join(", ")))
                        }
                        other => other,
                    })?;
                if let Some(kept) = &mut kept {
                    kept.add(&name, &observed)?;
                }
                observed
            }
        };
        tried.push(Tried { values, model, found: Found::Observed(Box::new(observations)) });
    }
    Ok((tried, kept))
}

/// Says if simulation and theory disagree on some figures.
fn disagrees(sweep: &Sweep) -> bool {
    let apart: Vec<_> = sweep.points.iter().flat_map(|point| &point.apart).collect();
    if let Some(first) = apart.first() {
        let (figure, found) = (first.figure.as_str(), first.found);
        let (exact, errors) = (first.exact, first.errors);
        tell(&language().tell(Told::Apart { count: apart.len(), figure, found, exact, errors }));
    }
    !apart.is_empty()
}
