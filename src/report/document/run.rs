//! What a run found, as one document.

use std::collections::BTreeMap;

use super::{Field, map};
use crate::kpi::Row;
use crate::model::{Loaded, Model, Override};
use crate::report::map::about;
use crate::report::phrase::Phrase;
use crate::report::screen::Context;
use crate::report::tables::{self, TimeUnit};
use crate::study::cross_check::CrossCheck;
use crate::study::precision::Reached;
use crate::study::simulate::Simulation;

/// What the document of a run is made from.
#[derive(Debug, Clone, Copy)]
pub struct RunDocument<'a> {
    /// The texts of the model.
    pub loaded: &'a Loaded,
    /// The model.
    pub model: &'a Model,
    /// The changes of the command line.
    pub changes: &'a [Override],
    /// What the run found.
    pub simulation: &'a Simulation,
    /// The rows that are asked for.
    pub rows: &'a [&'a Row],
    /// What is said beside the numbers.
    pub context: &'a Context,
    /// The unit of durations.
    pub unit: TimeUnit,
}

/// What was written beside the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// How its CSV files are to be read: settings with their values.
    pub csv: Vec<(&'static str, &'static str)>,
    /// The files.
    pub files: Vec<Written>,
}

/// A file that was written beside the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name in the folder.
    pub name: String,
    /// What tells whether it was changed.
    pub checksum: String,
}

impl RunDocument<'_> {
    /// Returns the document; where files were written with it, it lists them.
    pub fn fields(&self, beside: Option<&Beside>) -> Field {
        let RunDocument { model, simulation, context, unit, .. } = *self;
        let program = &simulation.program;
        let about: BTreeMap<String, String> = about(model).into_iter().collect();
        let about = about.into_iter().map(|(key, text)| (key, text.into()));
        let control = if simulation.controlled { "arrivals" } else { "none" };
        let mut entries = vec![
            ("voronka", env!("CARGO_PKG_VERSION").into()),
            ("model", model.label.as_str().into()),
            ("about", Field::Map(about.collect())),
            ("file", context.model.as_str().into()),
            ("model_hash", format!("{:016x}", self.loaded.hash()).into()),
            ("set", self.changes.iter().map(Override::to_string).collect()),
            ("currency", program.currency.as_str().into()),
            (
                "window",
                map([
                    ("start", program.calendar.date_time(program.window.start).to_string().into()),
                    ("days", simulation.days.into()),
                ]),
            ),
            ("seed", simulation.options.seed.into()),
            ("replications", simulation.options.replications.into()),
            ("control", control.into()),
            ("level", simulation.options.figures.level.into()),
            ("deals", simulation.deals.into()),
            ("precision", simulation.precision.as_ref().map(precision).into()),
            ("cross_check", context.cross_check.as_ref().map(cross_check).into()),
            ("defaults", context.defaults.iter().map(|used| Phrase::Default(*used)).collect()),
            (
                "warnings",
                context
                    .warnings
                    .iter()
                    .cloned()
                    .map(|problem| Phrase::Problem(Box::new(problem)))
                    .collect(),
            ),
            ("kpis", tables::kpis(simulation, self.rows, unit).into()),
            ("stages", tables::stages(simulation, unit).into()),
            ("roles", tables::roles(simulation, unit).into()),
            ("losses", tables::losses(simulation).into()),
            ("timeline", tables::timeline(simulation).into()),
            ("demand", tables::demand(simulation).into()),
        ];
        if let Some(beside) = beside {
            let setting = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).into());
            entries.push(("csv", Field::Map(beside.csv.iter().map(setting).collect())));
            entries.push(("files", files(&beside.files)));
        }
        Field::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }
}

fn precision(reached: &Reached) -> Field {
    map([
        ("wanted", reached.relative.into()),
        ("figures", reached.figures.iter().map(|kpi| kpi.name()).collect()),
        ("reached", reached.worst.map(|(_, half)| half).into()),
        ("more_replications", reached.more.into()),
    ])
}

fn cross_check(check: &CrossCheck) -> Field {
    map([
        ("compared", check.compared.into()),
        ("greatest", check.greatest.into()),
        ("critical", check.critical.into()),
        ("apart", check.apart.iter().map(|apart| apart.figure.as_str()).collect()),
    ])
}

/// The list of the files beside a document.
pub(in crate::report) fn files(written: &[Written]) -> Field {
    let file = |file: &Written| {
        map([("name", file.name.as_str().into()), ("checksum", file.checksum.as_str().into())])
    };
    written.iter().map(file).collect()
}
