//! The first screen of `run`: answers in the order in which a manager asks.

mod advice;
mod books;
mod learning;
mod money;
mod people;
mod sections;
mod stock;

use super::block::{Block, Cell, Column, Kind, Number, Table};
use super::phrase::{Dimension, Few, Phrase, Remark, Span, Statistic, Term, Thing, count, share};
use crate::diagnostic::Problem;
use crate::kpi::{Key, Kpi, Row, Stat, Unit};
use crate::model::Defaulted;
use crate::program::Program;
use crate::study::cross_check::CrossCheck;
use crate::study::precision::Reached;
use crate::study::simulate::Simulation;

/// What the screen says beside the numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    /// Defaults that the model used.
    pub defaults: Vec<Defaulted>,
    /// Warnings about the model.
    pub warnings: Vec<Problem>,
    /// The dimensions of `--by`.
    pub by: Vec<String>,
    /// Whether methods, standard deviations and every half-width are shown.
    pub detail: bool,
    /// How the model was named on the command line.
    pub model: String,
    /// How the run compares with theory, where theory answers.
    pub cross_check: Option<CrossCheck>,
}

/// Warnings beyond this are counted.
const MOST_WARNINGS: usize = 3;
/// Figures that disagree with theory and are named.
const MOST_APART: usize = 3;

/// The blocks of the first screen.
pub fn screen(simulation: &Simulation, context: &Context) -> Vec<Block> {
    let screen = Screen { simulation, detail: context.detail };
    let mut blocks = vec![screen.title()];
    blocks.extend(screen.money());
    blocks.extend(screen.funnel());
    blocks.extend(screen.durations());
    blocks.extend(screen.answers());
    blocks.extend(screen.costs());
    blocks.extend(screen.satisfaction());
    blocks.extend(screen.people());
    blocks.extend(screen.demand());
    blocks.extend(screen.losses());
    blocks.extend(screen.churn());
    if context.by.iter().any(|name| name == "stage") {
        blocks.extend(screen.by_stage());
    }
    for dimension in context.by.iter().filter(|name| *name != "stage") {
        blocks.extend(screen.groups(dimension));
    }
    let line = |remark: Remark| Block::Line(remark.into());
    blocks.extend(notes(context).into_iter().map(line));
    let starts_full = simulation.program.window.start.0 > 0;
    blocks.extend(simulation.warmup.map(|days| line(from_empty(days, starts_full))));
    blocks.extend(screen.heavy().map(line));
    blocks.push(line(screen.certainty(false)));
    blocks.extend(simulation.precision.as_ref().map(|reached| line(precision(reached))));
    // Agreement with theory is shown only with the methods; disagreement always.
    let shown = |check: &&CrossCheck| context.detail || !check.apart.is_empty();
    blocks.extend(context.cross_check.as_ref().filter(shown).map(|check| line(agreement(check))));
    blocks.push(line(Remark::Next(screen.advice(context))));
    blocks
}

/// The rows that `--kpi` asks for, for people; `at_once` is the command that has them without a simulation.
pub fn selection(simulation: &Simulation, rows: &[&Row], at_once: Option<&str>) -> Vec<Block> {
    let screen = Screen { simulation, detail: true };
    let [low, _, high] = screen.risk();
    let mut table = Table::of([
        Column::words(Term::Kpi),
        Column::words(Term::Of),
        Column::words(Term::Group),
        Column::words(Term::Stat),
        Column::numbers(Term::Value),
        Column::numbers(Phrase::Low(low)),
        Column::numbers(Phrase::High(1.0 - high)),
        Column::numbers(Term::N),
    ]);
    for row in rows {
        let kind = screen.kind(row.unit());
        // A probability over windows has no quantiles over windows.
        let risk = row.risk.filter(|_| !row.key.stat.is_chance());
        let risk = |at: usize| Cell::number(risk.map(|risk| risk[at]), kind.clone());
        let mut cells = Vec::from(labels(&row.key, &simulation.program));
        cells.extend([
            screen.number(Some(row)).into(),
            risk(0),
            risk(2),
            Cell::count(row.n as f64),
        ]);
        table.rows.push(cells);
    }
    table.drop_empty();
    let mut remarks = Vec::from_iter(screen.heavy());
    remarks.push(screen.certainty(true));
    remarks.extend(simulation.precision.as_ref().map(precision));
    remarks.extend(at_once.map(|command| Remark::AtOnce(command.to_owned())));
    let lines = remarks.into_iter().map(|remark| Block::Line(remark.into()));
    std::iter::once(Block::Table(table)).chain(lines).collect()
}

/// The cells that say which figure a row has: its KPI, what it is about, its group and its statistic.
pub(super) fn labels(key: &Key, program: &Program) -> [Cell; 4] {
    let group = Dimension::of_group(&key.by).map(|(of, value)| Phrase::Group(of, value));
    [
        Cell::text(key.kpi.name()),
        Thing::of(key, program).map_or(Cell::Empty, |thing| Phrase::Thing(thing).into()),
        group.map_or(Cell::Empty, Cell::Phrase),
        Phrase::Statistic(Statistic::of(key, program)).into(),
    ]
}

struct Screen<'a> {
    simulation: &'a Simulation,
    /// Whether methods, standard deviations and every half-width are shown.
    detail: bool,
}

impl Screen<'_> {
    fn kind(&self, unit: Unit) -> Kind {
        Kind::of(unit, &self.simulation.program.currency)
    }

    /// The quantiles of a bad, a typical and a good window.
    fn risk(&self) -> [f64; 3] {
        self.simulation.options.figures.risk
    }

    fn whole(&self, kpi: Kpi, stat: Stat) -> Option<&Row> {
        self.simulation.find(&Key::new(kpi, stat))
    }

    fn stage(&self, kpi: Kpi, name: &str, stat: Stat) -> Option<&Row> {
        self.simulation.find(&Key::new(kpi, stat).stage(name))
    }

    /// A row as value ± half-width.
    fn number(&self, row: Option<&Row>) -> Option<Number> {
        let row = row?;
        let (value, half_width) = (row.figure.value()?, row.figure.half_width());
        let of_windows = row.key.kpi == Kpi::BreakEven && row.key.stat == Stat::Share;
        let is_chance = row.key.stat.is_chance() || of_windows;
        let kind = if is_chance { Kind::Chance } else { self.kind(row.unit()) };
        Some(Number { value, half_width, kind })
    }

    /// A row as value ± half-width where detail is wanted, else its value alone.
    fn detailed(&self, row: Option<&Row>) -> Option<Number> {
        if self.detail { self.number(row) } else { self.value(row) }
    }

    /// A row's value alone.
    fn value(&self, row: Option<&Row>) -> Option<Number> {
        self.number(row).map(|number| Number { half_width: None, ..number })
    }

    fn title(&self) -> Block {
        let program = &self.simulation.program;
        let model = program.name.clone();
        Block::Line(Remark::Title { model, span: Span::of(program) }.into())
    }

    fn certainty(&self, low_and_high: bool) -> Remark {
        let options = &self.simulation.options;
        if options.replications == 1 {
            return Remark::OneReplication { seed: options.seed };
        }
        Remark::Certainty {
            level: share(options.figures.level),
            replications: options.replications,
            weighted: self.detail && self.simulation.controlled,
            seed: options.seed,
            low_and_high,
        }
    }

    /// A remark if the amounts are too skewed for the number of deals.
    fn heavy(&self) -> Option<Remark> {
        let heavy = self.simulation.heavy?;
        let few = match heavy.needed {
            _ if heavy.known => Few::Theory,
            needed if needed.is_finite() => Few::Needs(count(needed)),
            _ => Few::Never,
        };
        Some(Remark::FewCarry { n: count(heavy.n as f64), few })
    }
}

/// One line on a window that starts empty, or whose warm-up is too short.
fn from_empty(days: u64, has_warmup: bool) -> Remark {
    let weeks = days.div_ceil(7);
    if has_warmup { Remark::ShortWarmup { weeks } } else { Remark::StartsEmpty { days, weeks } }
}

/// One line on the precision that was asked for.
fn precision(reached: &Reached) -> Remark {
    let asked = share(reached.relative);
    match reached.worst {
        None => Remark::NothingPrecise,
        Some((_, half)) if reached.more == 0 => {
            let within = share(half.max(0.0));
            Remark::Precise { figures: reached.figures.clone(), within, asked }
        }
        Some((kpi, half)) => {
            Remark::Imprecise { kpi, within: share(half), more: reached.more, asked }
        }
    }
}

/// One line on how the run agrees with theory.
fn agreement(check: &CrossCheck) -> Remark {
    let CrossCheck { compared, greatest, critical, ref apart } = *check;
    if apart.is_empty() {
        return Remark::Agrees { compared, greatest, critical };
    }
    let figures = apart.iter().map(|apart| apart.figure.clone()).take(MOST_APART).collect();
    Remark::Disagrees { apart: apart.len(), compared, figures }
}

fn notes(context: &Context) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if !context.defaults.is_empty() {
        remarks.push(Remark::Defaults(context.defaults.clone()));
    }
    remarks.extend(context.warnings.iter().take(MOST_WARNINGS).cloned().map(Remark::Warning));
    if context.warnings.len() > MOST_WARNINGS {
        let more = context.warnings.len() - MOST_WARNINGS;
        remarks.push(Remark::MoreWarnings(more, format!("voronka check {}", context.model)));
    }
    remarks
}
