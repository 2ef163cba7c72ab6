//! Values of arguments: the same numbers with units as in a model.

use crate::diagnostic::{Pattern, PatternFault};
use crate::kpi::Kpi;
use crate::model::{Override, nearest};
use crate::quantity::{Length, Share, parse_count, parse_number, parse_share};
use crate::render::chart::Size;
use crate::report::chart::ChartName;
use crate::report::tables::TimeUnit;
use crate::report::{CHARTS, ChartKind, Lanes};
use crate::study::sweep::{Axis, MOST_POINTS, Objective};
use crate::tally::figures::Limit;

/// What standard output holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For people
    Table,
    /// One row per number
    Csv,
    /// Everything
    Json,
    /// For people, as Markdown
    Markdown,
}

/// The unit of durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Unit {
    /// Days
    D,
    /// Hours
    H,
    /// Minutes
    Min,
}

impl Unit {
    pub(super) fn time(self) -> TimeUnit {
        match self {
            Unit::D => TimeUnit::Days,
            Unit::H => TimeUnit::Hours,
            Unit::Min => TimeUnit::Minutes,
        }
    }
}

/// The canvas of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum ChartSize {
    /// 16:9
    #[default]
    Slide,
    /// A4, upright
    Page,
    /// Equal width and height
    Square,
}

impl ChartSize {
    pub(super) fn size(self) -> Size {
        match self {
            ChartSize::Slide => Size::Slide,
            ChartSize::Page => Size::Page,
            ChartSize::Square => Size::Square,
        }
    }
}

/// What the stages of a map are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum LaneBy {
    /// By the role of the first work step
    Role,
    /// By the department of who works there first
    Department,
    /// By phase
    Phase,
}

impl LaneBy {
    pub(super) fn lanes(self) -> Lanes {
        match self {
            LaneBy::Role => Lanes::Role,
            LaneBy::Department => Lanes::Department,
            LaneBy::Phase => Lanes::Phase,
        }
    }
}

/// Some of the charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charts {
    All,
    Usual,
    None,
    One(ChartName),
}

impl Charts {
    pub(super) fn has(self, kind: &ChartKind) -> bool {
        match self {
            Charts::All => true,
            Charts::Usual => kind.usual,
            Charts::None => false,
            Charts::One(name) => kind.name == name,
        }
    }
}

/// `all`, `default`, `none`, or the name of a chart.
pub(super) fn chart(text: &str) -> Result<Charts, String> {
    match text.trim() {
        "all" => Ok(Charts::All),
        "default" => Ok(Charts::Usual),
        "none" => Ok(Charts::None),
        name => {
            let stems = || CHARTS.iter().map(|kind| kind.name.file_stem());
            let found = CHARTS.iter().find(|kind| kind.name.file_stem() == name);
            found.map(|kind| Charts::One(kind.name)).ok_or_else(|| {
                let all: Vec<&str> = stems().collect();
                let near = nearest(name, stems());
                near.map_or_else(
                    || format!("there are {}", all.join(", ")),
                    |near| format!("did you mean {near}?"),
                )
            })
        }
    }
}

/// The name of a KPI that a run can produce.
pub(super) fn kpi(text: &str) -> Result<Kpi, String> {
    match Kpi::find(text) {
        Some(kpi) if kpi.is_supported() => Ok(kpi),
        Some(_) => Err("this version cannot produce it yet".to_owned()),
        None => {
            let names = || Kpi::ALL.iter().filter(|kpi| kpi.is_supported()).map(|kpi| kpi.name());
            let all = || format!("there are {}", names().collect::<Vec<_>>().join(", "));
            Err(nearest(text, names()).map_or_else(all, |near| format!("did you mean {near}?")))
        }
    }
}

/// A code, or the beginning of codes.
pub(super) fn code(text: &str) -> Result<Pattern, String> {
    Pattern::parse(text.trim()).map_err(|fault| why(&fault))
}

/// A code of a warning, or the beginning of such codes.
pub(super) fn ignored_code(text: &str) -> Result<Pattern, String> {
    Pattern::ignored(text.trim()).map_err(|fault| why(&fault))
}

fn why(fault: &PatternFault) -> String {
    match fault {
        PatternFault::Unknown { nearest: Some(near) } => format!("did you mean {near}?"),
        PatternFault::Unknown { nearest: None } => "there is no such code".to_owned(),
        PatternFault::OnlyErrors => {
            "errors cannot be ignored, only warnings: their codes begin with V6".to_owned()
        }
    }
}

/// `95%` or `0.95`.
pub(super) fn level(text: &str) -> Result<f64, String> {
    match parse_share(text) {
        Ok(Share::Of(level)) if level > 0.0 && level < 1.0 => Ok(level),
        _ => match parse_number(text) {
            Ok(number) if number > 1.0 && number < 100.0 => {
                Err(format!("did you mean {number}% or {}?", number / 100.0))
            }
            _ => Err("a level lies between 0 and 1: 95% or 0.95".to_owned()),
        },
    }
}

/// A share of some and not of all: `20%`, `0%`.
pub(super) fn part(text: &str) -> Result<f64, String> {
    match parse_share(text) {
        Ok(Share::Of(share)) if (0.0..1.0).contains(&share) => Ok(share),
        _ => Err("a share from 0% to less than 100%: 20%".to_owned()),
    }
}

/// `2%` or `0.02`.
pub(super) fn precision(text: &str) -> Result<f64, String> {
    match parse_share(text) {
        Ok(Share::Of(share)) if share > 0.0 && share < 1.0 => Ok(share),
        _ => match parse_number(text) {
            Ok(number) if (1.0..100.0).contains(&number) => {
                Err(format!("did you mean {number}% or {}?", number / 100.0))
            }
            _ => Err("a precision is a share: 2% or 0.02".to_owned()),
        },
    }
}

/// `200`, `1e4`: at least 1.
pub(super) fn replications(text: &str) -> Result<u64, String> {
    match parse_count(text) {
        Ok(0) => Err("at least one replication is needed".to_owned()),
        Ok(count) if count > 100_000_000 => Err("at most 100,000,000 replications".to_owned()),
        Ok(count) => Ok(count),
        Err(fault) => Err(fault.to_string()),
    }
}

/// `64`: the number of points of a sample.
pub(super) fn points(text: &str) -> Result<usize, String> {
    match parse_count(text) {
        Ok(0) => Err("at least one point is needed".to_owned()),
        Ok(count) if count > MOST_POINTS as u64 => Err(format!("at most {MOST_POINTS} points")),
        Ok(count) => Ok(count as usize),
        Err(fault) => Err(fault.to_string()),
    }
}

/// `PATH=VALUES`: ranges and lists.
pub(super) fn axis(text: &str) -> Result<Axis, String> {
    Axis::parse(text).map_err(|fault| fault.to_string())
}

/// A KPI that should be as good as possible.
pub(super) fn objective(text: &str) -> Result<Objective, String> {
    match (Objective::parse(text), kpi(text)) {
        (Some(objective), _) => Ok(objective),
        (None, Err(why)) => Err(why),
        (None, Ok(_)) => Err("it has no good direction for the process as a whole".to_owned()),
    }
}

/// Percentages above 0 and below 100: `50`, `99.5`.
pub(super) fn quantile(text: &str) -> Result<f64, String> {
    let text = text.trim().trim_start_matches('p').trim_end_matches('%');
    match parse_number(text) {
        Ok(percent) if percent > 0.0 && percent < 100.0 => Ok(percent / 100.0),
        Ok(_) => Err("a quantile lies between 0 and 100: 50,90".to_owned()),
        Err(fault) => Err(fault.to_string()),
    }
}

/// Three rising percentages: `20,50,80`.
pub(super) fn risk(text: &str) -> Result<[f64; 3], String> {
    let shares = text.split(',').map(quantile).collect::<Result<Vec<f64>, String>>()?;
    let risk: Option<[f64; 3]> = shares.try_into().ok();
    risk.filter(|[bad, typical, good]| bad < typical && typical < good).ok_or_else(|| {
        "write three rising percentages: of a bad, a typical and a good window, as 20,50,80"
            .to_owned()
    })
}

/// A duration: `2h`, `20d`.
pub(super) fn within(text: &str) -> Result<Limit, String> {
    let length = Length::parse(text).map_err(|fault| format!("{fault}: write 2h or 20d"))?;
    Ok(Limit { label: text.trim().to_owned(), days: length.nominal_days() })
}

/// A length of time by the clock: `90s`, `5min`.
pub(super) fn time_limit(text: &str) -> Result<std::time::Duration, String> {
    let length = Length::parse(text).map_err(|fault| format!("{fault}: write 90s or 5min"))?;
    std::time::Duration::try_from_secs_f64(length.nominal_days() * 86_400.0)
        .map_err(|_| "it is too long".to_owned())
}

/// A length of time, or `until empty`; what it means is checked where the model is read.
pub(super) fn horizon(text: &str) -> Result<String, String> {
    if text == "until empty" {
        return Ok(text.to_owned());
    }
    let days = Length::parse(text).map_err(|f| format!("{f}: write 12 months or until empty"))?;
    if days.is_below_resolution() {
        return Err("it must be at least a microsecond".to_owned());
    }
    if days.nominal_days() > 0.0 {
        Ok(text.to_owned())
    } else {
        Err("it must be above 0".to_owned())
    }
}

/// `PATH=VALUE`.
pub(super) fn change(text: &str) -> Result<Override, String> {
    let (path, value) = text.split_once('=').ok_or("write PATH=VALUE, as stages.offer.cost=200")?;
    if path.trim().is_empty() {
        return Err("write PATH=VALUE, as stages.offer.cost=200".to_owned());
    }
    Ok(Override::set(path.trim(), value))
}

/// How a model is changed before it is used.
#[derive(Debug, clap::Args)]
pub(super) struct ChangeArguments {
    /// A scenario of the model, instead of the process that it describes first
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Changes one value of the model, such as stages.offer.cost=200 or roles.seller.people=+2; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = change)]
    set: Vec<Override>,
}

impl ChangeArguments {
    /// The scenario, the changes of `--set`, then that of `--horizon`.
    pub(super) fn all(&self, horizon: Option<&String>) -> Vec<Override> {
        let scenario = self.scenario.iter().cloned().map(Override::Scenario);
        let horizon = horizon.map(|value| Override::set("horizon", value));
        scenario.chain(self.set.iter().cloned()).chain(horizon).collect()
    }
}
