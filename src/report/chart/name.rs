//! What charts are about, and the names of their files.

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
    /// A figure of a sweep.
    Sweep,
    /// What changes a figure.
    Tornado,
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
            ChartName::Load => "load",
            ChartName::LoadByWeek => "load-by-week",
            ChartName::InProgress => "in-progress",
            ChartName::Map => "map",
            ChartName::Arrivals => "arrivals",
            ChartName::Sweep => "sweep",
            ChartName::Tornado => "tornado",
        }
    }
}
