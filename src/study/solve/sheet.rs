//! Rows of theory, named as those of a run.

use crate::kpi::{Axis, Figure, Key, Kpi, Population, Row, Scope, Stat};

/// Rows of one group of deals.
pub(super) struct Sheet {
    pub(super) rows: Vec<Row>,
    by: String,
    population: Population,
}

impl Sheet {
    pub(super) fn new(by: &str, population: Population) -> Sheet {
        Sheet { rows: Vec::new(), by: by.to_owned(), population }
    }

    /// A figure of the whole.
    pub(super) fn whole(&mut self, kpi: Kpi, stat: Stat, figure: Figure) {
        self.add(Key::new(kpi, stat), figure);
    }

    /// A figure of a stage, a reason, an end.
    pub(super) fn of(
        &mut self,
        kpi: Kpi,
        (scope, name): (Scope, &str),
        stat: Stat,
        figure: Figure,
    ) {
        self.add(Key::new(kpi, stat).of(scope, name), figure);
    }

    /// The figure of a key.
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
