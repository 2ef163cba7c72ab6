//! What charts are about, and the names of their files.

use super::Chart;

/// What a chart is about, which is also the name of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartName {
    /// How many deals get how far.
    Funnel,
    /// How long won deals take.
    SalesCycle,
    /// Where our own time goes.
    TimeSplit,
    /// The same with the client's time.
    TimeSplitClient,
    /// Why deals are lost.
    Losses,
    /// Bookings by month or week.
    Bookings,
    /// What is booked and paid, from the start of the window on.
    Cash,
    /// What sales call for, against the capacity.
    Demand,
    /// How busy people are.
    Load,
    /// How busy people are week by week.
    LoadByWeek,
    /// Deals in each stage over time.
    InProgress,
    /// The process map.
    Map,
    /// Arrivals by week.
    Arrivals,
    /// The share of leads won within each time.
    WinCurve,
    /// A figure of a sweep.
    Sweep,
    /// What changes a figure.
    Tornado,
    /// What plans cost, against what they reach.
    Plan,
    /// Bookings that gather, before a cut-off and after it.
    Forecast,
    /// How long open deals have been in their stages.
    Aging,
    /// What past forecasts said, and what came.
    Backtest,
    /// How figures of an alternative differ from the base.
    CompareDifference,
    /// Bookings of alternatives, less those of the base.
    CompareBookings,
    /// Profit of alternatives, less that of the base.
    CompareProfit,
    /// The funnels of a base and its alternatives.
    CompareFunnel,
    /// The maps of a base and an alternative.
    CompareMap,
}

impl ChartName {
    /// Returns the name of the chart's file, without an extension.
    pub fn file_stem(self) -> &'static str {
        match self {
            ChartName::Funnel => "funnel",
            ChartName::SalesCycle => "sales-cycle",
            ChartName::TimeSplit => "time-split",
            ChartName::TimeSplitClient => "time-split-client",
            ChartName::Losses => "losses",
            ChartName::Bookings => "bookings",
            ChartName::Cash => "cash",
            ChartName::Demand => "demand",
            ChartName::Load => "load",
            ChartName::LoadByWeek => "load-by-week",
            ChartName::InProgress => "in-progress",
            ChartName::Map => "map",
            ChartName::Arrivals => "arrivals",
            ChartName::WinCurve => "win-curve",
            ChartName::Sweep => "sweep",
            ChartName::Tornado => "tornado",
            ChartName::Plan => "plan",
            ChartName::Forecast => "forecast",
            ChartName::Aging => "aging",
            ChartName::Backtest => "backtest",
            ChartName::CompareDifference => "compare-difference",
            ChartName::CompareBookings => "compare-bookings",
            ChartName::CompareProfit => "compare-profit",
            ChartName::CompareFunnel => "compare-funnel",
            ChartName::CompareMap => "compare-map",
        }
    }

    /// The same of one chart among several of its kind, counted from zero: `compare-map`, `compare-map-2`.
    pub fn numbered(self, at: usize) -> String {
        let stem = self.file_stem();
        if at == 0 { stem.to_owned() } else { format!("{stem}-{}", at + 1) }
    }
}

/// A chart with the name of its file, without an extension.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedChart {
    /// The name.
    pub file_stem: String,
    /// The chart.
    pub chart: Chart,
}
