//! Rows of theory, named as those of a run.

use crate::kpi::{Axis, Figure, Row, Unit};

/// Rows of one group of deals.
pub(super) struct Sheet {
    pub(super) rows: Vec<Row>,
    by: String,
    population: &'static str,
}

impl Sheet {
    pub(super) fn new(by: &str, population: &'static str) -> Sheet {
        Sheet { rows: Vec::new(), by: by.to_owned(), population }
    }

    /// A figure of the whole.
    pub(super) fn whole(&mut self, kpi: &'static str, stat: &str, unit: Unit, figure: Figure) {
        self.of(kpi, ("", ""), stat, unit, figure);
    }

    /// A figure of a stage, a reason, an end.
    pub(super) fn of(
        &mut self,
        kpi: &'static str,
        (scope, name): (&'static str, &str),
        stat: &str,
        unit: Unit,
        figure: Figure,
    ) {
        self.per(kpi, (scope, name), stat, unit, figure, "");
    }

    /// A figure for a period.
    pub(super) fn per(
        &mut self,
        kpi: &'static str,
        (scope, name): (&'static str, &str),
        stat: &str,
        unit: Unit,
        figure: Figure,
        per: &'static str,
    ) {
        if figure.value().is_some_and(f64::is_nan) {
            return;
        }
        self.rows.push(Row {
            kpi,
            scope,
            name: name.to_owned(),
            by: self.by.clone(),
            axis: if per.is_empty() { Axis::Deals } else { Axis::Replications },
            stat: stat.to_owned(),
            figure,
            plain: None,
            risk: None,
            unit,
            per,
            population: self.population,
            n: 0,
            replications: Vec::new(),
            periods: Vec::new(),
        });
    }
}
