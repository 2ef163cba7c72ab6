//! What a chart shows, as plain data: a picture is drawn from this and from nothing else.
//!
//! The numbers are unrounded and the labels are the names of the model, so `run.json` can carry a
//! chart and `render::chart` can draw it later. The title states the finding; the study that made
//! the numbers writes it, because it alone knows what was found.

mod contrast;
mod name;
mod scatter;
mod sweep;
mod tornado;

pub use contrast::{
    DifferenceChart, DifferenceRow, FunnelsChart, FunnelsRow, GatheredChart, MapsChart, NamedMap,
};
pub use name::{ChartName, NamedChart};
pub use scatter::{ScatterChart, ScatterPoint};
pub use sweep::{HeatChart, Line, LinesChart, Place, Spot};
pub use tornado::{TornadoBar, TornadoChart, TornadoEnd};

use super::map::{Lanes, Map};
use super::phrase::{Caption, Finding, Month, Phase, Phrase};
use super::tables::TimeUnit;

/// A picture of one result.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// How many deals got how far, and where the others were lost.
    Funnel(FunnelChart),
    /// How long the won deals took.
    Cycle(CycleChart),
    /// How busy people are.
    Load(LoadChart),
    /// Where something went: time, losses.
    Bars(BarsChart),
    /// How something went over time: bookings, arrivals, deals in progress.
    Columns(ColumnsChart),
    /// How busy people are week by week.
    Strips(StripsChart),
    /// Stages and the ways between them.
    Map(MapChart),
    /// Figures along one axis: of a sweep, or over time.
    Lines(LinesChart),
    /// A figure over two axes of a sweep.
    Heat(HeatChart),
    /// What plans cost, against what they reach.
    Scatter(ScatterChart),
    /// What changes a figure, the greatest change first.
    Tornado(TornadoChart),
    /// How figures differ from those of a base.
    Differences(DifferenceChart),
    /// How bookings gather.
    Gathered(GatheredChart),
    /// Several funnels.
    Funnels(FunnelsChart),
    /// Several maps.
    Maps(MapsChart),
}

impl Chart {
    /// Returns what the chart is about.
    pub fn name(&self) -> ChartName {
        match self {
            Self::Funnel(_) => ChartName::Funnel,
            Self::Cycle(_) => ChartName::SalesCycle,
            Self::Load(_) => ChartName::Load,
            Self::Bars(chart) => chart.name,
            Self::Columns(chart) => chart.name,
            Self::Strips(_) => ChartName::LoadByWeek,
            Self::Map(_) => ChartName::Map,
            Self::Lines(chart) => chart.name,
            Self::Heat(_) => ChartName::Sweep,
            Self::Tornado(_) => ChartName::Tornado,
            Self::Scatter(_) => ChartName::Plan,
            Self::Differences(_) => ChartName::CompareDifference,
            Self::Gathered(chart) => chart.name,
            Self::Funnels(_) => ChartName::CompareFunnel,
            Self::Maps(_) => ChartName::CompareMap,
        }
    }

    /// Returns the finding that the chart shows, and the line below it: what was counted, and when.
    pub fn head(&self) -> (&Finding, &[Phrase]) {
        match self {
            Self::Funnel(chart) => (&chart.title, &chart.subtitle),
            Self::Cycle(chart) => (&chart.title, &chart.subtitle),
            Self::Load(chart) => (&chart.title, &chart.subtitle),
            Self::Bars(chart) => (&chart.title, &chart.subtitle),
            Self::Columns(chart) => (&chart.title, &chart.subtitle),
            Self::Strips(chart) => (&chart.title, &chart.subtitle),
            Self::Map(chart) => (&chart.title, &chart.subtitle),
            Self::Lines(chart) => (&chart.title, &chart.subtitle),
            Self::Heat(chart) => (&chart.title, &chart.subtitle),
            Self::Tornado(chart) => (&chart.title, &chart.subtitle),
            Self::Scatter(chart) => (&chart.title, &chart.subtitle),
            Self::Differences(chart) => (&chart.title, &chart.subtitle),
            Self::Gathered(chart) => (&chart.title, &chart.subtitle),
            Self::Funnels(chart) => (&chart.title, &chart.subtitle),
            Self::Maps(chart) => (&chart.title, &chart.subtitle),
        }
    }
}

/// The deals of each stage, and what became of them.
///
/// All numbers are means over the replications of what happened in the window, so what left a stage
/// and what is still there add up to what came; where deals were in a stage before the window began,
/// more may leave it than came.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was counted, and when.
    pub subtitle: Vec<Phrase>,
    /// The stages, in the order of the file.
    pub stages: Vec<FunnelStage>,
    /// Deals won on leaving a stage, if the funnel ends with a win.
    pub won: Option<f64>,
    /// Deals that arrived.
    pub arrived: f64,
}

/// One stage of a funnel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FunnelStage {
    /// The stage's name.
    pub label: String,
    /// The phase that it belongs to, where it is told.
    pub phase: Option<Phase>,
    /// Visits that began.
    pub deals: f64,
    /// Half-width of that mean; zero when it is exact.
    pub half_width: f64,
    /// Visits that ended with a move to the next row: the stage below, or the win after the last one.
    pub next: f64,
    /// … with a win that is not the next row.
    pub won: f64,
    /// … with the end of the process, without a sale of its own.
    pub done: f64,
    /// … with a move to any other stage.
    pub elsewhere: f64,
    /// Deals lost at this stage before any sale, by reason, the most frequent first.
    pub losses: Vec<LossPart>,
    /// Clients who left at this stage after a sale.
    pub churned: f64,
}

impl FunnelStage {
    /// Deals lost here before any sale.
    pub fn lost(&self) -> f64 {
        self.losses.iter().map(|part| part.deals).sum()
    }

    /// Visits that ended.
    pub fn left(&self) -> f64 {
        self.next + self.won + self.done + self.elsewhere + self.lost() + self.churned
    }

    /// Deals that are there at the end, beyond those that were there at the start.
    pub fn still_there(&self) -> f64 {
        let rest = self.deals - self.left();
        // What is left by rounding is nobody.
        if rest > 1e-9 * self.deals { rest } else { 0.0 }
    }
}

/// Deals lost for one reason.
#[derive(Debug, Clone, PartialEq)]
pub struct LossPart {
    /// The loss reason.
    pub reason: String,
    /// Deals lost for it.
    pub deals: f64,
}

/// The distribution of the sales cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct CycleChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was measured, and when.
    pub subtitle: Vec<Phrase>,
    /// The unit of the bins and marks.
    pub unit: TimeUnit,
    /// The histogram, in ascending order.
    pub bins: Vec<Bin>,
    /// Quantiles to point at.
    pub marks: Vec<Mark>,
    /// Won deals of a window: a mean over the replications.
    pub deals: f64,
}

/// How busy the people of each role are.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was measured, and when.
    pub subtitle: Vec<Phrase>,
    /// The roles, in the order of the model.
    pub roles: Vec<LoadRole>,
}

/// The load of one role.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadRole {
    /// The role's name.
    pub label: String,
    /// How many people.
    pub people: Caption,
    /// Share of their working time that is work.
    pub busy: f64,
    /// The same in a good or busy window: the higher quantile over replications.
    pub high: f64,
    /// All work that is asked for, as a share of their working time; may be above 1.
    pub asked: f64,
    /// How long deals wait.
    pub note: Caption,
}

/// One bar of a histogram.
#[derive(Debug, Clone, PartialEq)]
pub struct Bin {
    /// Lower edge.
    pub from: f64,
    /// Upper edge.
    pub to: f64,
    /// Share of the deals between the edges, from 0 to 1.
    pub share: f64,
}

/// A value worth a line in the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Its name: `p50`.
    pub label: String,
    /// Its place on the axis, in the unit of the bins.
    pub value: f64,
    /// The same in days.
    pub days: f64,
}

/// The process map, bare or with what a run found.
#[derive(Debug, Clone, PartialEq)]
pub struct MapChart {
    /// The finding, or what the model is called.
    pub title: Finding,
    /// What is seen.
    pub subtitle: Vec<Phrase>,
    /// Places and ways.
    pub map: Map,
    /// Deals that took each way, where a run counted them; empty before a run.
    pub flows: Vec<Option<f64>>,
    /// For each transition, its share of the deals that left the stage; empty before a run.
    pub shares: Vec<Option<f64>>,
    /// Days that deals wait for somebody at each node; empty before a run.
    pub waits: Vec<Option<f64>>,
    /// What the stages are grouped by; nothing where they stand in their order.
    pub lanes: Option<Lanes>,
}

/// What the numbers of a chart measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Deals.
    Deals,
    /// Days.
    Days,
    /// Money in this currency, which may be empty.
    Money(String),
}

/// What a part of a bar means, and so how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The process itself: work done.
    Main,
    /// Deals that are lost.
    Lost,
    /// Waiting that more people would shorten.
    Alarm,
    /// Time or deals that are nobody's fault.
    Calm,
    /// What is left.
    Pale,
}

/// Bars beside each other, made of parts that add up.
#[derive(Debug, Clone, PartialEq)]
pub struct BarsChart {
    /// What it is about.
    pub name: ChartName,
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was counted, and when.
    pub subtitle: Vec<Phrase>,
    /// What all numbers measure.
    pub measure: Measure,
    /// What each part is.
    pub parts: Vec<(Phrase, Tone)>,
    /// The bars, from top to bottom.
    pub rows: Vec<BarRow>,
    /// Said in place of bars where there are none.
    pub nothing: Caption,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct BarRow {
    /// Its name.
    pub label: Phrase,
    /// A remark below the name.
    pub remark: Option<Phrase>,
    /// The length of each part.
    pub parts: Vec<f64>,
    /// What stands at its end: two lines.
    pub note: [Option<Phrase>; 2],
}

/// Columns over time.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnsChart {
    /// What it is about.
    pub name: ChartName,
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was counted, and when.
    pub subtitle: Vec<Phrase>,
    /// What all numbers measure.
    pub measure: Measure,
    /// What a column is, in words below the title.
    pub caption: Caption,
    /// Names of the parts of the columns, from the bottom; none where there is one part.
    pub parts: Vec<Phrase>,
    /// How many of the parts, counted from the top, are shown only for comparison: past clients.
    pub beside: usize,
    /// In the order of time.
    pub columns: Vec<Column>,
    /// What a full period should come to.
    pub plan: Option<f64>,
    /// Said in place of columns where there are none.
    pub nothing: Caption,
}

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What the axis says; nothing for most weeks.
    pub label: Option<Month>,
    /// Means of the parts, from the bottom.
    pub parts: Vec<f64>,
    /// A bad and a good period: a low and a high quantile over replications.
    pub band: Option<(f64, f64)>,
    /// Whether all of the period lies in the window.
    pub full: bool,
}

/// Load over time: one strip for each role.
#[derive(Debug, Clone, PartialEq)]
pub struct StripsChart {
    /// The finding, in one sentence.
    pub title: Finding,
    /// What was measured, and when.
    pub subtitle: Vec<Phrase>,
    /// What the axis says below each week; nothing for most.
    pub labels: Vec<Option<Month>>,
    /// Whether all of each week lies in the window.
    pub full: Vec<bool>,
    /// The roles, in the order of the model.
    pub strips: Vec<Strip>,
}

/// The load of one role over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// The role's name.
    pub label: String,
    /// A remark below the name.
    pub remark: Option<Phrase>,
    /// Share of the working time that is work, by week; none where there is no working time.
    pub shares: Vec<Option<f64>>,
}
