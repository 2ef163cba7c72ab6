//! The first screen of `run`: what a manager asks, in the order in which it is asked.

mod money;
mod people;
mod sections;

use money::chance_words;
pub(super) use sections::drop_empty;

use super::block::{Block, Cell, Kind, Table};
use crate::kpi::{Key, Kpi, Row, Scope, Stat, Unit};
use crate::study::cross_check::{Apart, CrossCheck};
use crate::study::load::loads;
use crate::study::precision::Reached;
use crate::study::simulate::Simulation;

/// What the screen says beside the numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    /// Defaults that the model used.
    pub defaults: Vec<String>,
    /// Warnings, in words.
    pub warnings: Vec<String>,
    /// The dimensions of `--by`.
    pub by: Vec<String>,
    /// How the model was named on the command line.
    pub model: String,
    /// How the run compares with theory, where theory answers.
    pub cross_check: Option<CrossCheck>,
}

/// Warnings beyond this are counted.
const MOST_WARNINGS: usize = 3;

/// The blocks of the first screen.
pub fn screen(simulation: &Simulation, context: &Context) -> Vec<Block> {
    let screen = Screen { simulation };
    let mut blocks = vec![screen.title()];
    blocks.extend(screen.money());
    blocks.extend(screen.funnel());
    blocks.extend(screen.durations());
    blocks.extend(screen.answers());
    blocks.extend(screen.costs());
    blocks.extend(screen.people());
    blocks.extend(screen.losses());
    blocks.extend(screen.churn());
    if context.by.iter().any(|name| name == "stage") {
        blocks.extend(screen.by_stage());
    }
    for dimension in context.by.iter().filter(|name| *name != "stage") {
        blocks.extend(screen.groups(dimension));
    }
    blocks.extend(notes(context));
    blocks.extend(
        simulation.warmup.map(|days| from_empty(days, simulation.program.window.start.0 > 0)),
    );
    blocks.extend(screen.heavy());
    blocks.push(screen.certainty());
    blocks.extend(simulation.precision.as_ref().map(precision));
    blocks.extend(context.cross_check.as_ref().map(agreement));
    blocks.push(screen.advice(context));
    blocks
}

/// The rows that `--kpi` asks for, for people; `at_once` is the command that has them without a simulation.
pub fn selection(simulation: &Simulation, rows: &[&Row], at_once: Option<&str>) -> Vec<Block> {
    let screen = Screen { simulation };
    let [bad, _, good] = screen.outlook();
    let mut table = Table::new(&[
        "kpi",
        "of",
        "by",
        "stat",
        "#value",
        &format!("#bad ({})", chance_words(bad)),
        &format!("#good ({})", chance_words(1.0 - good)),
        "#n",
    ]);
    for row in rows {
        let kind = screen.kind(row.unit());
        // A chance is itself what windows may turn out: each of them has it or has it not.
        let risk = row.risk.filter(|_| !row.key.stat.is_chance());
        let risk = |at: usize| Cell::number(risk.map(|risk| risk[at]), kind.clone());
        table.rows.push(vec![
            Cell::text(row.key.kpi.name()),
            Cell::Name(thing(&row.key)),
            Cell::Name(row.key.by.clone()),
            Cell::Name(stat_per(&row.key)),
            screen.cell(Some(row)),
            risk(0),
            risk(2),
            Cell::number(Some(row.n as f64), Kind::Count),
        ]);
    }
    drop_empty(&mut table);
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(screen.heavy());
    blocks.push(screen.certainty());
    blocks.extend(simulation.precision.as_ref().map(precision));
    blocks.extend(at_once.map(|command| {
        let text = Cell::text("These values are known exactly, without a simulation:");
        Block::Line(vec![text, Cell::Code(command.to_owned())])
    }));
    blocks
}

/// What a row is about, in words; empty for the whole.
pub(super) fn thing(key: &Key) -> String {
    if key.scope == Scope::Whole {
        String::new()
    } else {
        format!("{} {}", key.scope.word(), key.name)
    }
}

/// The statistic of a row, in words, with the period that it refers to.
pub(super) fn stat_per(key: &Key) -> String {
    let per = key.per.map(|per| format!(" per {}", per.word()));
    key.stat_text() + &per.unwrap_or_default()
}

struct Screen<'a> {
    simulation: &'a Simulation,
}

impl Screen<'_> {
    fn kind(&self, unit: Unit) -> Kind {
        match unit {
            Unit::Count => Kind::Count,
            Unit::Share => Kind::Share,
            Unit::Days => Kind::Days,
            Unit::Work => Kind::Work,
            Unit::Money => Kind::Money(self.simulation.program.currency.clone()),
        }
    }

    /// The quantiles of a bad, a typical and a good window.
    fn outlook(&self) -> [f64; 3] {
        self.simulation.options.figures.outlook()
    }

    fn whole(&self, kpi: Kpi, stat: Stat) -> Option<&Row> {
        self.simulation.find(&Key::new(kpi, stat))
    }

    fn stage(&self, kpi: Kpi, name: &str, stat: Stat) -> Option<&Row> {
        self.simulation.find(&Key::new(kpi, stat).stage(name))
    }

    /// A row as value ± half-width.
    fn cell(&self, row: Option<&Row>) -> Cell {
        match row.and_then(|row| Some((row, row.figure.value()?))) {
            None => Cell::Empty,
            Some((row, value)) => {
                let half_width = row.figure.half_width();
                Cell::Number { value, half_width, kind: self.kind(row.unit()) }
            }
        }
    }

    /// A row's value alone.
    fn value(&self, row: Option<&Row>) -> Cell {
        match self.cell(row) {
            Cell::Number { value, kind, .. } => Cell::Number { value, half_width: None, kind },
            other => other,
        }
    }

    fn title(&self) -> Block {
        let program = &self.simulation.program;
        let start = program.calendar.words(program.window.start);
        let span = if program.window.until_empty() {
            format!("from {start} until the last deal has left")
        } else {
            let end = program.calendar.words(program.window.end);
            format!("{start} to {end}")
        };
        Block::Line(vec![Cell::Name(program.name.clone()), Cell::text(format!("— {span}"))])
    }

    fn certainty(&self) -> Block {
        let options = &self.simulation.options;
        let mut line = vec![Cell::text("± is the error of the simulation at")];
        line.push(Cell::number(Some(options.figures.level), Kind::Share));
        line.push(Cell::text(format!(
            "({} replications{}, seed {}); good and bad are how the window itself may turn out.",
            options.replications,
            // A control variate.
            if self.simulation.controlled {
                " weighted to the expected number of leads"
            } else {
                ""
            },
            options.seed
        )));
        if options.replications == 1 {
            line = vec![Cell::text(format!(
                "One replication (seed {}) has no intervals: use -n 200 to know how sure this is.",
                options.seed
            ))];
        }
        Block::Line(line)
    }

    /// What is said of figures of amounts that are too skewed for their number.
    fn heavy(&self) -> Option<Block> {
        let heavy = self.simulation.heavy?;
        let [n, needed] = [heavy.n as f64, heavy.needed];
        let number = |x: f64| Cell::number(Some(x).filter(|x| x.is_finite()), Kind::Count);
        let mut line = vec![Cell::text("Few deals carry most of the value: of")];
        line.extend([number(n), Cell::text("sales the mean has no interval that can be trusted.")]);
        if heavy.known {
            line.push(Cell::text(
                "The means of bookings and of the average deal are those of theory; the ± of shares by value is too narrow.",
            ));
        } else if needed.is_finite() {
            line.push(Cell::text("The ± of bookings and of the average deal is too narrow; about"));
            line.extend([
                number(needed),
                Cell::text("sales would do: more replications, or a longer window."),
            ]);
        } else {
            line.push(Cell::text(
                "The ± of bookings and of the average deal is too narrow, whatever their number.",
            ));
        }
        Some(Block::Line(line))
    }

    /// What hires people for the work that is asked for, where roles lack them.
    fn hiring(&self) -> Option<String> {
        let loads = loads(self.simulation);
        let set = loads.iter().filter(|load| load.missing() > 0.0).map(|load| {
            let role = &self.simulation.program.roles[load.role].name;
            format!(" --set 'roles.{role}.people={}'", load.enough())
        });
        Some(set.collect::<String>()).filter(|set| !set.is_empty())
    }

    /// What to do next, given what the model lacks.
    fn advice(&self, context: &Context) -> Block {
        let win_rate = self.whole(Kpi::WinRate, Stat::Share);
        let relative = win_rate.and_then(|row| {
            Some(row.figure.half_width()? / row.figure.value().filter(|value| *value > 0.0)?)
        });
        let model = &context.model;
        let next = |command: String, what: &str| {
            vec![Cell::text("Next:"), Cell::Code(command), Cell::text(what)]
        };
        Block::Line(if self.simulation.deals == 0 {
            vec![Cell::text("No deals arrived: check the rates and dates of the sources.")]
        } else if let Some(set) = self.hiring() {
            next(format!("voronka run {model}{set}"), "has people for the work that is asked for.")
        } else if relative.is_some_and(|error| error > 0.05) {
            let more = (self.simulation.options.replications as f64
                * relative.map_or(1.0, |error| (error / 0.02).powi(2)))
            .ceil();
            let nice = 10f64.powf(more.log10().floor());
            let more = (more / nice).ceil() * nice;
            next(format!("voronka run {model} -n {more:.0}"), "for a win rate to within 2 %.")
        } else if !context.defaults.is_empty() {
            vec![Cell::text("Next: replace the defaults named above by your own numbers.")]
        } else {
            let what = "writes every figure as CSV and the charts.";
            next(format!("voronka run {model} -o out"), what)
        })
    }
}

/// One line on a window that starts empty.
fn from_empty(days: u64, has_warmup: bool) -> Block {
    let weeks = days.div_ceil(7);
    let says = if has_warmup {
        "The warm-up is too short: the number of deals in progress still rises in the window."
            .to_owned()
    } else {
        format!(
            "The window starts with no open deals and needs about {days} days to reach its usual level."
        )
    };
    let does = if has_warmup {
        "comes closer to a typical pipeline."
    } else {
        "starts it with a typical pipeline."
    };
    Block::Line(vec![
        Cell::text(says),
        Cell::Code(format!("warmup: {weeks} weeks")),
        Cell::text(does),
    ])
}

fn names(kpis: &[Kpi]) -> String {
    kpis.iter().map(|kpi| kpi.name()).collect::<Vec<_>>().join(", ")
}

/// One line on the precision that was asked for.
fn precision(reached: &Reached) -> Block {
    let percent = |share: f64| Cell::number(Some(share), Kind::Share);
    let mut line = vec![Cell::text("Precision:")];
    match reached.worst {
        None => line.push(Cell::text("none of the figures asked for is there")),
        Some((_, half)) if reached.more == 0 => line.extend([
            Cell::text(format!("{} are within", names(&reached.figures))),
            percent(half.max(0.0)),
            Cell::text("of their values; asked for was"),
            percent(reached.relative),
        ]),
        Some((kpi, half)) => line.extend([
            Cell::text(format!("{kpi} is only within")),
            percent(half),
            Cell::text(format!("; about {} more replications are needed for", reached.more)),
            percent(reached.relative),
        ]),
    }
    Block::Line(line)
}

/// One line on how the run agrees with theory.
fn agreement(check: &CrossCheck) -> Block {
    let CrossCheck { compared, greatest, critical, apart } = check;
    let text = if apart.is_empty() {
        format!(
            "Exact check: {compared} figures agree with theory, the furthest {greatest:.1} standard errors away \
             ({critical:.1} would be too much)."
        )
    } else {
        let names: Vec<&str> = apart.iter().map(|apart| apart.figure.as_str()).take(3).collect();
        format!(
            "EXACT CHECK FAILED: {} of {compared} figures disagree with theory beyond chance: {}.",
            apart.len(),
            names.join(", ")
        )
    };
    Block::Line(vec![Cell::Text(text)])
}

/// What is to be shouted about figures that disagree with theory: a fault of this program, not of the model.
pub fn disagreement(apart: &[Apart]) -> Option<String> {
    let first = apart.first()?;
    Some(format!(
        "{} figures of this run disagree with theory beyond chance, as {}: simulated {}, exact {} ({:.1} standard \
         errors); this is a fault of voronka, please report it with the model",
        apart.len(),
        first.figure,
        first.found,
        first.exact,
        first.errors
    ))
}

fn notes(context: &Context) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !context.defaults.is_empty() {
        let text = format!("Defaults used: {}.", context.defaults.join("; "));
        blocks.push(Block::Line(vec![Cell::Text(text)]));
    }
    for warning in context.warnings.iter().take(MOST_WARNINGS) {
        blocks.push(Block::Line(vec![Cell::Text(format!("Warning: {warning}."))]));
    }
    if context.warnings.len() > MOST_WARNINGS {
        let more = context.warnings.len() - MOST_WARNINGS;
        blocks.push(Block::Line(vec![
            Cell::text(format!("… and {more} more:")),
            Cell::Code(format!("voronka check {}", context.model)),
            Cell::text("shows them."),
        ]));
    }
    blocks
}
