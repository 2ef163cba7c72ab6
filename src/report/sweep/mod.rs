//! The result of a sweep: figures by point, which values are best, and where nothing changes any more.

mod charts;
mod document;
mod tables;

pub use charts::sweep_charts;
pub use document::sweep_document;
pub use tables::sweep_table;

use super::block::{Block, Cell, Column, Kind, Number, Table};
use super::phrase::{FigureName, Phrase, Span, Statistic, Swept, Thing, share};
use crate::kpi::{Figure, Key, Scope};
use crate::study::sweep::{Axis, Compared, LeftOut, Pareto, Settles, Sweep};

/// Points that a table for people shows.
const MOST_POINTS: usize = 50;
/// Points that are named in one cell.
const MOST_NAMED: usize = 3;
/// Points without a model that are named.
const MOST_LEFT_OUT: usize = 3;

/// The screen of a sweep.
pub fn sweep(sweep: &Sweep) -> Vec<Block> {
    let line = |swept: Swept| Block::Line(swept.into());
    let (model, span) = (sweep.program.name.clone(), Span::of(&sweep.program));
    let mut blocks = vec![line(Swept::Title { model, span, points: sweep.points.len() })];
    match matrix_axes(sweep) {
        Some([rows, columns]) => {
            for compared in shown(sweep) {
                blocks.push(Block::Heading(title(sweep, &compared.key)));
                blocks.push(Block::Table(matrix(sweep, &compared.key, rows, columns)));
            }
        }
        None => blocks.push(Block::Table(list(sweep))),
    }
    let more = sweep.points.len().saturating_sub(MOST_POINTS);
    if more > 0 && matrix_axes(sweep).is_none() {
        blocks.push(line(Swept::MorePoints(more)));
    }
    if sweep.points.len() > 1 {
        blocks.push(Block::Heading(Swept::BestHeading.into()));
        blocks.push(Block::Table(best(sweep)));
    }
    blocks.extend(sweep.pareto.iter().flat_map(|pareto| compromises(sweep, pareto)));
    blocks.extend(left_out(sweep).into_iter().map(line));
    if !sweep.simulated {
        blocks.push(line(Swept::Solved));
        return blocks;
    }
    blocks.push(line(Swept::Certainty {
        level: share(sweep.options.figures.level),
        replications: sweep.options.replications,
        seed: sweep.options.seed,
    }));
    let has_exact = sweep.points.iter().flat_map(|point| &point.rows).any(|row| {
        let is_shown = shown(sweep).any(|compared| compared.key == row.key);
        is_shown && matches!(row.figure, Figure::Exact(_) | Figure::Numerical { .. })
    });
    blocks.extend(has_exact.then(|| line(Swept::Exact)));
    blocks
}

/// What is said of points that are no valid models.
pub fn left_out(sweep: &Sweep) -> Vec<Swept> {
    let told = |one: &LeftOut| Swept::LeftOut {
        point: changes(&sweep.axes, &one.values),
        problem: Box::new(one.problem.clone()),
    };
    let mut lines: Vec<Swept> = sweep.left_out.iter().take(MOST_LEFT_OUT).map(told).collect();
    let more = sweep.left_out.len().saturating_sub(MOST_LEFT_OUT);
    lines.extend((more > 0).then_some(Swept::MoreLeftOut(more)));
    lines
}

/// The main figures that people see: those of the whole process, and those of roles where a KPI has
/// no others.
fn shown(sweep: &Sweep) -> impl Iterator<Item = &Compared> {
    let has_whole = |compared: &Compared| {
        let whole = |other: &&Compared| other.key.scope == Scope::Whole;
        sweep.compared.iter().filter(whole).any(|other| other.key.kpi == compared.key.kpi)
    };
    let is_shown = move |one: &&Compared| one.key.scope == Scope::Whole || !has_whole(one);
    sweep.compared.iter().filter(is_shown)
}

fn name(sweep: &Sweep, key: &Key) -> FigureName {
    let program = &sweep.program;
    FigureName { statistic: Statistic::of(key, program), thing: Thing::of(key, program) }
}

fn title(sweep: &Sweep, key: &Key) -> Phrase {
    Swept::Figure(name(sweep, key)).into()
}

/// A figure of a point, with its half-width where it is simulated.
fn number(sweep: &Sweep, key: &Key, at: usize) -> Option<Number> {
    let row = sweep.points[at].find(key)?;
    let kind = Kind::of(row.unit(), &sweep.program.currency);
    let half_width = match row.figure {
        Figure::Estimate(estimate) => estimate.half_width,
        _ => None,
    };
    Some(Number { value: row.figure.value()?, half_width, kind })
}

/// A point as `path=value`, with commas between.
fn changes(axes: &[Axis], values: &[String]) -> String {
    let change = |(axis, value): (&Axis, &String)| format!("{}={value}", axis.path);
    axes.iter().zip(values).map(change).collect::<Vec<_>>().join(", ")
}

/// A point in a cell: the value alone where one path varies.
fn point(sweep: &Sweep, at: usize) -> String {
    let values = &sweep.points[at].values;
    if values.len() == 1 { values[0].clone() } else { format!("({})", values.join(", ")) }
}

fn points(sweep: &Sweep, some: &[usize]) -> Cell {
    if some.is_empty() {
        return Phrase::from(Swept::NoPoint).into();
    }
    let named = some.iter().take(MOST_NAMED).map(|at| point(sweep, *at)).collect();
    Phrase::from(Swept::Points(named, some.len().saturating_sub(MOST_NAMED))).into()
}

fn value_cells(values: &[String]) -> impl Iterator<Item = Cell> + '_ {
    values.iter().map(|value| Cell::Name(value.clone()))
}

fn axis_columns(sweep: &Sweep) -> Vec<Column> {
    let column = |axis: &Axis| Column {
        numeric: axis.is_ordered(),
        ..Column::words(Phrase::Name(axis.path.clone()))
    };
    sweep.axes.iter().map(column).collect()
}

/// One row per point, one column per figure.
fn list(sweep: &Sweep) -> Table {
    let mut columns = axis_columns(sweep);
    columns.extend(shown(sweep).map(|one| Column::numbers(title(sweep, &one.key))));
    let mut table = Table::of(columns);
    for (at, point) in sweep.points.iter().enumerate().take(MOST_POINTS) {
        let figures = shown(sweep).map(|one| number(sweep, &one.key, at).into());
        table.rows.push(value_cells(&point.values).chain(figures).collect());
    }
    table
}

/// The axes of rows and columns, where the points are a grid of two.
fn matrix_axes(sweep: &Sweep) -> Option<[&Axis; 2]> {
    let [rows, columns] = &sweep.axes[..] else { return None };
    let tried = sweep.points.len() + sweep.left_out.len();
    let is_known = |point: &crate::study::sweep::Point| {
        rows.values.contains(&point.values[0]) && columns.values.contains(&point.values[1])
    };
    let is_grid = tried == rows.values.len() * columns.values.len();
    (is_grid && sweep.points.iter().all(is_known)).then_some([rows, columns])
}

/// The point with these values.
fn at(sweep: &Sweep, row: &str, column: &str) -> Option<usize> {
    sweep.points.iter().position(|point| point.values[0] == row && point.values[1] == column)
}

/// A figure by the values of two axes.
fn matrix(sweep: &Sweep, key: &Key, rows: &Axis, columns: &Axis) -> Table {
    let corner = Swept::RowsAndColumns(rows.path.clone(), columns.path.clone());
    let mut titles = vec![Column::words(Phrase::from(corner))];
    let column = |value: &String| Column::numbers(Phrase::Name(value.clone()));
    titles.extend(columns.values.iter().map(column));
    let mut table = Table::of(titles);
    for row in &rows.values {
        let figure = |column: &String| number(sweep, key, at(sweep, row, column)?);
        let figures = columns.values.iter().map(|column| figure(column).into());
        table.rows.push(std::iter::once(Cell::Name(row.clone())).chain(figures).collect());
    }
    table
}

/// The best point for each figure, and from where on the figure changes no more.
fn best(sweep: &Sweep) -> Table {
    let mut columns = vec![Column::words(Phrase::from(Swept::FigureColumn))];
    let best_at = |axis: &Axis| Column::words(Phrase::from(Swept::BestAt(axis.path.clone())));
    columns.extend(sweep.axes.iter().map(best_at));
    columns.push(Column::numbers(Phrase::from(Swept::ValueThere)));
    columns.push(Column::words(Phrase::from(Swept::AsGood)));
    columns.push(Column::words(Phrase::from(Swept::SettlesColumn)));
    let mut table = Table::of(columns);
    for Compared { key, best, settles, last_step } in shown(sweep) {
        let mut cells = vec![title(sweep, key).into()];
        match best {
            Some(best) => {
                cells.extend(value_cells(&sweep.points[best.at].values));
                cells.push(number(sweep, key, best.at).into());
                cells.push(points(sweep, &best.rivals));
            }
            None => cells
                .extend(sweep.axes.iter().map(|_| Cell::Empty).chain([Cell::Empty, Cell::Empty])),
        }
        let value = |at: usize| point(sweep, at);
        let kind = Kind::of_change(key.unit(), &sweep.program.currency);
        let step = last_step.and_then(|step| {
            let is_simulated = number(sweep, key, sweep.points.len() - 1)?.half_width.is_some();
            let half_width = step.half_width.filter(|_| is_simulated);
            Some(Number { value: step.value?, half_width, kind })
        });
        cells.push(match (settles, step) {
            (Some(Settles::From(at)), _) => Swept::From(value(*at)).into(),
            (Some(Settles::Never), Some(step)) => Swept::LastStep(step).into(),
            (Some(Settles::Flat), _) => Swept::NoChange.into(),
            _ => Cell::Empty,
        });
        table.rows.push(cells);
    }
    table.drop_empty();
    table
}

/// The points that no other one dominates.
fn compromises(sweep: &Sweep, pareto: &Pareto) -> Vec<Block> {
    if pareto.keys.is_empty() {
        return vec![Block::Line(Swept::NoObjective.into())];
    }
    let mut columns = axis_columns(sweep);
    columns.extend(pareto.keys.iter().map(|key| Column::numbers(title(sweep, key))));
    columns.push(Column::words(Phrase::from(Swept::Alike)));
    let mut table = Table::of(columns);
    for one in &pareto.front {
        let mut cells: Vec<Cell> = value_cells(&sweep.points[one.at].values).collect();
        cells.extend(pareto.keys.iter().map(|key| number(sweep, key, one.at).into()));
        cells.push(points(sweep, &one.alike));
        table.rows.push(cells);
    }
    vec![Block::Heading(Swept::ParetoHeading.into()), Block::Table(table)]
}
