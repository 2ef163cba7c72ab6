//! What a KPI means, and what a distribution looks like.

use super::block::{Block, Cell, Kind, Table};
use crate::diagnostic::codes::Code;
use crate::kpi::{Kpi, Need};
use crate::study::explain::Portrait;

/// Every KPI that this version computes: its definition has room in a line, not in a column.
pub fn kpis() -> Vec<Block> {
    let line = |kpi: &Kpi| {
        let (definition, population) = (kpi.definition(), kpi.population());
        Block::Line(vec![Cell::text(format!("{kpi}: {definition} (of: {population})"))])
    };
    Kpi::ALL.iter().filter(|kpi| kpi.is_supported()).map(line).collect()
}

/// What a code means, with a model that gets it.
pub fn code(code: &Code) -> Vec<Block> {
    let line = |text: String| Block::Line(vec![Cell::text(text)]);
    let mut blocks = vec![Block::Heading(code.code.to_owned()), line(code.meaning.to_owned())];
    if !code.example.is_empty() {
        blocks.push(line("For example:".to_owned()));
        blocks.push(Block::Model(code.example.to_owned()));
    }
    blocks
}

/// What a model must have for a KPI.
pub fn needs(kpi: Kpi) -> &'static str {
    match kpi.needs() {
        Need::Nothing => "nothing more: every model has it",
        Need::Value => "a `value`, or a sale with an amount",
        Need::Cost => "a cost of a source, a stage or a step",
        Need::People => "roles that work in a stage",
        Need::Patience => "roles that work in a stage, and `patience` there",
        Need::Limit => "roles that work in a stage, with a number of `people`",
        Need::Sla => "a stage with an `sla`",
        Need::Target => "`targets`",
        Need::Terms => "parts of the language that are not supported yet",
        Need::Command => "another command than `run`, which is not there yet",
    }
}

/// What a KPI is, of which deals, and what a model needs for it.
pub fn kpi(kpi: Kpi) -> Vec<Block> {
    let words = |name: &str, text: &str| Block::Line(vec![Cell::text(format!("{name}: {text}"))]);
    let mut blocks = vec![
        Block::Heading(kpi.name().to_owned()),
        words("what", kpi.definition()),
        words("of", kpi.population().words()),
        words("needs", needs(kpi)),
    ];
    if kpi.is_supported() {
        blocks.push(words("see it", &format!("voronka run MODEL --kpi {}", kpi.name())));
    }
    blocks
}

/// Mean, spread, quantiles and a drawing of a distribution.
pub fn distribution(portrait: &Portrait) -> Vec<Block> {
    let kind = if portrait.of_time { Kind::Days } else { Kind::Money(String::new()) };
    let cell = |x: f64| Cell::number(Some(x), kind.clone());
    let share = |x: f64| Cell::number(Some(x), Kind::Share);
    if portrait.sd == 0.0 {
        return vec![Block::Line(vec![Cell::text("always"), cell(portrait.mean)])];
    }
    let mut quantiles = Table::new(&["#share below", "#value"]);
    quantiles.rows = portrait.quantiles.iter().map(|(p, x)| vec![share(*p), cell(*x)]).collect();
    let greatest = portrait.shape.iter().map(|(_, _, share)| *share).fold(0.0, f64::max);
    let mut drawing = Table::new(&["#from", "#to", "#share", ""]);
    for (from, to, part) in &portrait.shape {
        let (to, bar) = if to.is_finite() {
            (cell(*to), Cell::Bar(part / greatest))
        } else {
            (Cell::text("beyond"), Cell::Empty)
        };
        drawing.rows.push(vec![cell(*from), to, share(*part), bar]);
    }
    vec![
        Block::Line(vec![
            Cell::text("mean"),
            cell(portrait.mean),
            Cell::text(", standard deviation"),
            cell(portrait.sd),
        ]),
        Block::Heading("Quantiles".to_owned()),
        Block::Table(quantiles),
        Block::Heading("Shape".to_owned()),
        Block::Table(drawing),
    ]
}
