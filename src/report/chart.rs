//! What a chart shows, as plain data: a picture is drawn from this and from nothing else.
//!
//! The numbers are unrounded and the labels are the names of the model, so `run.json` can carry a
//! chart and `render::chart` can draw it later. The title states the finding; the study that made
//! the numbers writes it, because it alone knows what was found.

/// A picture of one result.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// How many deals got how far, and where the others were lost.
    Funnel(FunnelChart),
    /// How long the won deals took.
    Cycle(CycleChart),
    /// How busy people are.
    Load(LoadChart),
}

impl Chart {
    /// Returns the name of the chart's file, without an extension.
    pub fn file_stem(&self) -> &'static str {
        match self {
            Self::Funnel(_) => "funnel",
            Self::Cycle(_) => "sales-cycle",
            Self::Load(_) => "load",
        }
    }

    /// Returns the finding that the chart shows.
    pub fn title(&self) -> &str {
        match self {
            Self::Funnel(chart) => &chart.title,
            Self::Cycle(chart) => &chart.title,
            Self::Load(chart) => &chart.title,
        }
    }

    /// Returns the line below the title: what was counted, and when.
    pub fn subtitle(&self) -> &str {
        match self {
            Self::Funnel(chart) => &chart.subtitle,
            Self::Cycle(chart) => &chart.subtitle,
            Self::Load(chart) => &chart.subtitle,
        }
    }
}

/// Deals that reached each stage of the process, with the losses there.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelChart {
    /// The finding, in one sentence.
    pub title: String,
    /// What was counted, and when.
    pub subtitle: String,
    /// The stages, in the order of the way to a win.
    pub stages: Vec<FunnelStage>,
    /// Deals won, if the funnel ends with a win.
    pub won: Option<f64>,
}

/// One stage of a funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelStage {
    /// The stage's name.
    pub label: String,
    /// The name of the phase that it belongs to; may be empty.
    pub phase: String,
    /// Deals that ever reached the stage: a mean over the replications.
    pub deals: f64,
    /// Half-width of that mean; zero when it is exact.
    pub half_width: f64,
    /// Share of these deals that ever reached the next stage; none for the last one.
    pub to_next: Option<f64>,
    /// Deals lost at this stage, by reason.
    pub losses: Vec<LossPart>,
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
    pub title: String,
    /// What was measured, and when.
    pub subtitle: String,
    /// The unit of the bins and marks, in the plural: `days`.
    pub unit: String,
    /// The histogram, in ascending order.
    pub bins: Vec<Bin>,
    /// Quantiles to point at.
    pub marks: Vec<Mark>,
    /// Won deals behind the histogram.
    pub deals: u64,
}

/// How busy the people of each role are.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadChart {
    /// The finding, in one sentence.
    pub title: String,
    /// What was measured, and when.
    pub subtitle: String,
    /// The roles, in the order of the model.
    pub roles: Vec<LoadRole>,
}

/// The load of one role.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadRole {
    /// The role's name.
    pub label: String,
    /// How many people: `5 people`.
    pub people: String,
    /// Share of their working time that is work.
    pub busy: f64,
    /// The same in a window as busy as one in ten.
    pub high: f64,
    /// How long deals wait, in words.
    pub note: String,
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
    /// Its place on the axis.
    pub value: f64,
}
