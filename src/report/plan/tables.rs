//! The plans that were tried, for other programs.

use super::changes;
use crate::report::block::{Cell, Column, Table, Title};
use crate::report::document::{Field, Written, files, map};
use crate::study::plan::{Certainty, Judged, Plan};

/// plan.csv: one row for each plan and target.
pub fn plan_table(found: &Plan<'_>) -> Table {
    let path = |range: &crate::study::plan::Range| Column {
        title: Title::Word(range.axis.path.clone()),
        numeric: range.axis.is_ordered() && range.axis.unit().is_empty(),
    };
    let mut table = Table::of(found.ranges.iter().map(path).collect::<Vec<_>>());
    table.columns.extend(
        Table::new(&[
            "#cost_per_month",
            "#cost_half_width",
            "target",
            "#value",
            "#half_width",
            "met",
            "known",
            "#replications",
            "chosen",
        ])
        .columns,
    );
    for (at, tried) in found.tried.iter().enumerate() {
        let values = || {
            found.ranges.iter().zip(&tried.values).map(|(range, value)| {
                match range.axis.position(value) {
                    Some(number) if range.axis.unit().is_empty() => Cell::Plain(number),
                    _ => Cell::Name(value.clone()),
                }
            })
        };
        let row = |target: Cell, judged: Option<&Judged>| -> Vec<Cell> {
            let word = |certainty: Certainty| match certainty {
                Certainty::Exact => "exact",
                Certainty::Certain => "certain",
                Certainty::Near => "near the limit",
                Certainty::Open => "not decided",
            };
            let yes = |yes: bool| Cell::text(if yes { "yes" } else { "no" });
            let mut cells: Vec<Cell> = values().collect();
            cells.extend([
                Cell::plain(tried.cost.value),
                Cell::plain(tried.cost.half_width),
                target,
                Cell::plain(judged.and_then(|one| one.found.value)),
                Cell::plain(judged.and_then(|one| one.found.half_width)),
                judged.map_or(Cell::Empty, |one| yes(one.met)),
                judged.map_or(Cell::Empty, |one| Cell::text(word(one.certainty))),
                Cell::Whole(tried.replications),
                yes(found.best == Some(at)),
            ]);
            cells
        };
        if tried.judged.is_empty() {
            table.rows.push(row(Cell::Empty, None));
        }
        for (target, judged) in found.targets.iter().zip(&tried.judged) {
            table.rows.push(row(Cell::Name(target.subject.clone()), Some(judged)));
        }
    }
    table
}

/// The document of a plan; `file` is how the model was named, and `beside` lists the files that were
/// written with it.
pub fn plan_document(found: &Plan<'_>, file: &str, beside: &[Written]) -> Field {
    let best = found.best.map(|best| &found.tried[best]);
    map([
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("model", found.program.name.as_str().into()),
        ("file", file.into()),
        ("currency", found.program.currency.as_str().into()),
        ("seed", found.options.base.seed.into()),
        ("level", found.options.base.figures.level.into()),
        ("zone", found.options.zone.into()),
        ("correction", "Bonferroni".into()),
        ("minimised", found.options.aim.kpi().name().into()),
        ("plans", found.plans.into()),
        ("tried", found.tried.len().into()),
        ("best", best.map(|best| changes(found, best)).into()),
        ("cost_per_month", best.and_then(|best| best.cost.value).into()),
        ("table", plan_table(found).into()),
        ("files", files(beside)),
    ])
}
