//! What a sweep found, as one document.

use super::changes;
use super::tables::{best_table, replications, sweep_table};
use crate::report::document::{Field, Written, files, map};
use crate::report::phrase::Phrase;
use crate::report::tables::TimeUnit;
use crate::study::sweep::{Axis, LeftOut, Settles, Sweep};

/// The document of a sweep; `file` is how the model was named, and `beside` lists the files that
/// were written with it.
pub fn sweep_document(sweep: &Sweep, file: &str, unit: TimeUnit, beside: &[Written]) -> Field {
    let point = |at: usize| changes(&sweep.axes, &sweep.points[at].values);
    let axis = |axis: &Axis| {
        let values = axis.values.iter().map(String::as_str).collect();
        map([("path", axis.path.as_str().into()), ("values", values)])
    };
    let left_out = |one: &LeftOut| {
        let problem = Phrase::Problem(Box::new(one.problem.clone()));
        let point = changes(&sweep.axes, &one.values);
        map([("point", point.into()), ("problem", problem.into())])
    };
    let settles = sweep.compared.iter().filter_map(|compared| {
        let from = match compared.settles? {
            Settles::From(at) => Some(point(at)),
            Settles::Flat => Some(point(0)),
            Settles::Never => None,
        };
        let (kpi, name) = (compared.key.kpi.name(), compared.key.name.as_str());
        Some(map([("kpi", kpi.into()), ("name", name.into()), ("from", from.into())]))
    });
    let pareto = sweep.pareto.as_ref().map(|pareto| {
        let figures = pareto.keys.iter().map(|key| key.kpi.name()).collect();
        let points = pareto.front.iter().map(|one| {
            let alike = one.alike.iter().map(|at| point(*at)).collect();
            map([("point", point(one.at).into()), ("alike", alike)])
        });
        map([("figures", figures), ("points", points.collect())])
    });
    map([
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("model", sweep.program.name.as_str().into()),
        ("file", file.into()),
        ("currency", sweep.program.currency.as_str().into()),
        ("seed", sweep.options.seed.into()),
        ("replications", replications(sweep).map_or(Field::Missing, Field::from)),
        ("level", sweep.options.figures.level.into()),
        ("axes", sweep.axes.iter().map(axis).collect()),
        ("figures", sweep_table(sweep, unit).into()),
        ("best", best_table(sweep).into()),
        ("no_change_from", settles.collect()),
        ("pareto", pareto.unwrap_or(Field::Missing)),
        ("left_out", sweep.left_out.iter().map(left_out).collect()),
        ("files", files(beside)),
    ])
}
