//! What a KPI means, and what a distribution looks like.

use super::block::{Block, Cell, Column, Kind, Number, Table};
use super::phrase::{Explained, Phrase, Remark, Term};
use crate::diagnostic::codes::Code;
use crate::kpi::Kpi;
use crate::study::explain::Portrait;

/// Every KPI that this version computes: its definition has room in a line, not in a column.
pub fn kpis() -> Vec<Block> {
    let supported = Kpi::ALL.iter().filter(|kpi| kpi.is_supported());
    supported.map(|kpi| Block::Line(Phrase::Kpi(Explained::Summary, *kpi))).collect()
}

/// What a code means and why it matters, with a model that gets it and one that does not.
pub fn code(code: &'static Code) -> Vec<Block> {
    let heading = Block::Heading(Phrase::Name(code.code.to_owned()));
    let mut blocks =
        vec![heading, Block::Line(Phrase::Code(code)), Block::Line(Phrase::Reason(code))];
    if !code.example.is_empty() {
        blocks.push(Block::Line(Phrase::Example));
        blocks.push(Block::Model(code.example.to_owned()));
        blocks.push(Block::Line(Phrase::GoodExample));
        blocks.push(Block::Model(code.good()));
    }
    blocks
}

/// What a KPI is, of which deals, and what a model needs for it.
pub fn kpi(kpi: Kpi) -> Vec<Block> {
    let line = |part| Block::Line(Phrase::Kpi(part, kpi));
    let heading = Block::Heading(Phrase::Name(kpi.name().to_owned()));
    let mut blocks =
        vec![heading, line(Explained::What), line(Explained::Of), line(Explained::Needs)];
    if kpi.is_supported() {
        blocks.push(line(Explained::SeeIt));
    }
    blocks
}

/// Mean, spread, quantiles and a drawing of a distribution.
pub fn distribution(portrait: &Portrait) -> Vec<Block> {
    let kind = if portrait.of_time { Kind::Days } else { Kind::Money(String::new()) };
    let number = |x: f64| Number::new(x, kind.clone());
    let cell = |x: f64| Cell::Number(number(x));
    let share = |x: f64| Cell::number(Some(x), Kind::Share);
    let line = |remark: Remark| Block::Line(remark.into());
    if portrait.sd == 0.0 {
        return vec![line(Remark::Always(number(portrait.mean)))];
    }
    let columns = [Column::numbers(Term::ShareBelow), Column::numbers(Term::Value)];
    let mut quantiles = Table::of(columns);
    quantiles.rows = portrait.quantiles.iter().map(|(p, x)| vec![share(*p), cell(*x)]).collect();
    let greatest = portrait.shape.iter().map(|(_, _, share)| *share).fold(0.0, f64::max);
    let mut drawing = Table::of([
        Column::numbers(Term::From),
        Column::numbers(Term::To),
        Column::numbers(Term::Share),
        Column::untitled(),
    ]);
    for (from, to, part) in &portrait.shape {
        let (to, bar) = if to.is_finite() {
            (cell(*to), Cell::Bar(part / greatest))
        } else {
            (Term::Beyond.into(), Cell::Empty)
        };
        drawing.rows.push(vec![cell(*from), to, share(*part), bar]);
    }
    vec![
        line(Remark::MeanAndSd(number(portrait.mean), number(portrait.sd))),
        Block::Heading(Term::Quantiles.into()),
        Block::Table(quantiles),
        Block::Heading(Term::Shape.into()),
        Block::Table(drawing),
    ]
}
