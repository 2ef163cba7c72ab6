//! Terms of sales, payments, costs and profit: traces computed by hand, identities, theory.

#![allow(clippy::unwrap_used)]

mod books;
mod credit;
mod keys;
mod payback;
mod promises;
mod theory;
mod traces;

use voronka::kpi::{Key, Kpi, Scope, Stat};
use voronka::model::{Model, load};
use voronka::study::simulate::{Options, Progress, Simulation, run};

/// A sound model.
fn model(text: &str) -> Model {
    let loaded = load("m", text, &[], None);
    let found: Vec<&str> = loaded.diagnostics.iter().map(|one| one.problem.code()).collect();
    loaded.model.unwrap_or_else(|| panic!("{found:?} in\n{text}"))
}

/// One replication of a model in which nothing is drawn.
fn once(text: &str) -> Simulation {
    let options = Options { replications: 1, ..Options::default() };
    run(&model(text), &options, &Progress::default()).unwrap()
}

#[allow(clippy::needless_pass_by_value)] // a statistic is named in the call
fn value(simulation: &Simulation, kpi: Kpi, stat: Stat) -> f64 {
    simulation.value(&Key::new(kpi, stat.clone())).unwrap_or_else(|| panic!("{kpi} {stat}"))
}

/// A figure of a named thing.
fn of(simulation: &Simulation, kpi: Kpi, stat: Stat, (scope, name): (Scope, &str)) -> f64 {
    let key = Key::new(kpi, stat).of(scope, name);
    simulation.value(&key).unwrap_or_else(|| panic!("{key:?}"))
}

fn close(found: f64, right: f64, what: &str) {
    assert!((found - right).abs() <= 1e-9 * right.abs().max(1.0), "{what}: {found}, not {right}");
}
