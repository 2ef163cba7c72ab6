//! The charts of a run: what each shows, and the sentence that it proves.

mod bookings;
mod cash;
mod cycle;
mod funnel;
mod load;
mod losses;
mod map;
mod progress;
mod split;
mod win_curve;

pub use map::bare_map;
pub(super) use map::map_of_run;

use super::block::Number;
use super::chart::{Chart, ChartName};
use super::phrase::{Caption, Month, Phrase, Span, share};
use crate::model::Model;
use crate::study::simulate::Simulation;

/// A chart that can be asked for.
#[derive(Debug, Clone, Copy)]
pub struct ChartKind {
    /// What it is about; it is asked for by the name of its file.
    pub name: ChartName,
    /// What it shows, in a line.
    pub what: &'static str,
    /// Whether it is drawn without being asked for.
    pub usual: bool,
    /// Whether stages and roles must be followed week by week for it.
    pub weekly: bool,
    /// Whether the win curve must be observed for it.
    pub curve: bool,
    draw: Draw,
}

/// A picture over time of fewer periods shows nothing.
pub(super) const FEWEST: usize = 2;

/// What a chart is drawn from.
#[derive(Debug, Clone, Copy)]
enum Draw {
    Result(fn(&Simulation) -> Option<Chart>),
    ModelToo(fn(&Model, &Simulation) -> Option<Chart>),
}

/// All charts.
pub const CHARTS: [ChartKind; 14] = [
    kind(
        ChartName::Funnel,
        "how many deals get how far, where the others are lost",
        funnel::funnel,
    ),
    kind(ChartName::SalesCycle, "how long won deals take, with quantiles", cycle::cycle),
    kind(ChartName::TimeSplit, "where our own time goes, stage by stage", split::own),
    kind(ChartName::Losses, "why deals are lost: count and value by reason", losses::losses),
    kind(ChartName::Bookings, "bookings by month: mean, bad and good months", bookings::bookings),
    kind(ChartName::Cash, "bookings and receipts to date, with bad and good windows", cash::cash),
    kind(ChartName::Demand, "what sales need by week, against the capacity", cash::demand),
    kind(ChartName::Load, "how busy people are", load::load),
    ChartKind {
        weekly: true,
        ..kind(ChartName::LoadByWeek, "how busy people are week by week", load::by_week)
    },
    ChartKind {
        weekly: true,
        ..kind(ChartName::InProgress, "deals in each stage over time", progress::by_stage)
    },
    ChartKind {
        name: ChartName::Map,
        what: "the process map: lines as wide as the flow, stages as warm as the wait",
        usual: true,
        weekly: false,
        curve: false,
        draw: Draw::ModelToo(|model, simulation| Some(Chart::Map(map_of_run(model, simulation)))),
    },
    ChartKind {
        usual: false,
        curve: true,
        ..kind(ChartName::WinCurve, "the share of leads won within each time", win_curve::win_curve)
    },
    ChartKind { usual: false, ..kind(ChartName::Arrivals, "arrivals by week", progress::arrivals) },
    ChartKind {
        usual: false,
        ..kind(ChartName::TimeSplitClient, "the same with the client's time", split::whole)
    },
];

const fn kind(
    name: ChartName,
    what: &'static str,
    draw: fn(&Simulation) -> Option<Chart>,
) -> ChartKind {
    ChartKind { name, what, usual: true, weekly: false, curve: false, draw: Draw::Result(draw) }
}

/// The charts of these kinds, as far as the model has anything to show in them.
pub fn charts(model: &Model, simulation: &Simulation, kinds: &[ChartKind]) -> Vec<Chart> {
    let draw = |kind: &ChartKind| match kind.draw {
        Draw::Result(draw) => draw(simulation),
        Draw::ModelToo(draw) => draw(model, simulation),
    };
    kinds.iter().filter_map(draw).collect()
}

/// What was seen, and how often.
pub(super) fn seen(simulation: &Simulation) -> Phrase {
    let span = Span::of(&simulation.program);
    Caption::Seen { span, replications: simulation.options.replications }.into()
}

/// The share of periods that the thin lines of columns span.
fn spread(simulation: &Simulation) -> Number {
    let [bad, _, good] = simulation.options.figures.risk;
    share(good - bad)
}

/// The number of periods that are drawn. If a run ends with its last deal, the long tail with almost no events
/// is left out.
fn shown(simulation: &Simulation, sizes: impl Iterator<Item = f64> + Clone) -> usize {
    let most = sizes.clone().fold(0.0, f64::max);
    let worth = |size: f64| !simulation.program.window.until_empty() || size >= 0.005 * most;
    sizes.enumerate().filter(|(_, size)| worth(*size)).last().map_or(0, |(at, _)| at + 1)
}

/// The first days of weeks, as far as they lie in the window.
fn inside<'s>(
    simulation: &'s Simulation,
    mondays: &'s [jiff::civil::Date],
) -> impl Iterator<Item = jiff::civil::Date> + 's {
    let program = &simulation.program;
    let start = program.calendar.date_time(program.window.start).date();
    mondays.iter().map(move |monday| (*monday).max(start))
}

/// Axis labels of weeks or months: the month where a new one begins, with its year where that is new.
pub(super) fn month_labels(dates: impl Iterator<Item = jiff::civil::Date>) -> Vec<Option<Month>> {
    let mut last = None;
    let label = |date: jiff::civil::Date| {
        let this = (date.year(), date.month());
        let before = last.replace(this);
        if before == Some(this) {
            return None;
        }
        let year = before.is_none_or(|(year, _)| year != date.year()).then_some(date.year());
        Some(Month { month: date.month(), year })
    };
    dates.map(label).collect()
}
