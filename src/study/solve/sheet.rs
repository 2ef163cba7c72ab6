//! Collects exact figures as rows with the names of simulated ones.

use crate::kpi::{Axis, Figure, Key, Kpi, Population, Row, Scope, Stat};

/// The rows of one group of deals.
pub(super) struct Sheet {
    pub(super) rows: Vec<Row>,
    by: String,
    population: Population,
}

impl Sheet {
    pub(super) fn new(by: &str, population: Population) -> Sheet {
        Sheet { rows: Vec::new(), by: by.to_owned(), population }
    }

    /// Adds a figure of the whole process.
    pub(super) fn whole(&mut self, kpi: Kpi, stat: Stat, figure: Figure) {
        self.add(Key::new(kpi, stat), figure);
    }

    /// Adds a figure of a stage, a reason or an end.
    pub(super) fn of(
        &mut self,
        kpi: Kpi,
        (scope, name): (Scope, &str),
        stat: Stat,
        figure: Figure,
    ) {
        self.add(Key::new(kpi, stat).of(scope, name), figure);
    }

    /// Adds a figure with a key.
    pub(super) fn add(&mut self, key: Key, figure: Figure) {
        if figure.value().is_some_and(f64::is_nan) {
            return;
        }
        self.rows.push(Row {
            axis: if key.per.is_none() { Axis::Deals } else { Axis::Replications },
            key: key.by(&self.by),
            figure,
            plain: None,
            risk: None,
            population: self.population,
            n: 0,
            replications: Vec::new(),
            periods: Vec::new(),
        });
    }
}
