//! The labels of a row of figures: what it is about, of which deals, and its statistic.

use jiff::civil::Date;

use crate::kpi::{Key, Kpi, Per, Scope, Span, Stat};
use crate::model::{Category, Phase};
use crate::program::{NO_REASON, Program};

/// What a row is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Thing {
    /// Something with a name that the modeller chose; a stage has its title.
    Named(Scope, String),
    /// Losses without a reason.
    NoReason,
    /// All stages of a phase.
    Phase(Phase),
    /// All stages of a category.
    Category(Category),
    /// Deals with the same end.
    End(Ending),
    /// A kind of cost.
    Cost(CostKind),
    /// The week that begins on this day.
    Week(Date),
}

/// How a deal ends, whatever the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With a sale.
    Won,
    /// Without a sale at this point.
    Done,
    /// With a loss.
    Lost,
    /// With a sale that was taken back.
    Cancelled,
}

/// A kind of cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostKind {
    /// The cost of arrivals.
    Marketing,
    /// The cost of stages and of their steps.
    Stages,
    /// Work that is paid by the hour.
    Work,
    /// Salaries.
    Salaries,
    /// Commission of sales.
    Commission,
    /// Overheads.
    Overheads,
    /// One-off costs and investments.
    OneOff,
    /// The introduction of a prescribed process.
    Rollout,
}

impl CostKind {
    /// All kinds with the words of tables.
    pub const WORDS: [(&'static str, CostKind); 8] = [
        ("marketing", CostKind::Marketing),
        ("stages", CostKind::Stages),
        ("work", CostKind::Work),
        ("salaries", CostKind::Salaries),
        ("commission", CostKind::Commission),
        ("overheads", CostKind::Overheads),
        ("one-off", CostKind::OneOff),
        ("rollout", CostKind::Rollout),
    ];
}

impl Thing {
    /// What a row with this key is about; none for the whole process.
    pub fn of(key: &Key, program: &Program) -> Option<Thing> {
        let name = key.name.as_str();
        let known = match key.scope {
            Scope::Whole => return None,
            Scope::Stage => Some(Thing::Named(Scope::Stage, title(name, program))),
            Scope::Reason => (name == NO_REASON).then_some(Thing::NoReason),
            Scope::Phase => {
                let mut phases = Phase::ALL.into_iter();
                phases.find(|phase| phase.word() == name).map(Thing::Phase)
            }
            Scope::Category => {
                let mut categories = Category::WORDS.into_iter();
                categories.find(|(word, _)| *word == name).map(|(_, of)| Thing::Category(of))
            }
            Scope::End => ending(name).map(Thing::End),
            Scope::Kind => cost_kind(name).map(Thing::Cost),
            Scope::Week => name.parse().ok().map(Thing::Week),
            Scope::Role
            | Scope::Department
            | Scope::Person
            | Scope::Activity
            | Scope::Item
            | Scope::Promise => None,
        };
        Some(known.unwrap_or_else(|| Thing::Named(key.scope, name.to_owned())))
    }
}

/// What deals are grouped by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dimension {
    /// The source of a deal.
    Source,
    /// An attribute, by its name.
    Attribute(String),
}

impl Dimension {
    /// The dimension that `--by` names.
    pub fn of(name: &str) -> Dimension {
        match name {
            "source" => Dimension::Source,
            name => Dimension::Attribute(name.to_owned()),
        }
    }

    /// The dimension of a group such as `segment=smb`, and the group's value.
    pub fn of_group(group: &str) -> Option<(Dimension, String)> {
        let (name, value) = group.split_once('=')?;
        Some((Dimension::of(name), value.to_owned()))
    }
}

/// Where a visit of a stage leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To a stage, by its title.
    Stage(String),
    /// To an end.
    End(Ending),
    /// To a loss for this reason.
    LostFor(String),
}

impl Leads {
    fn of(exit: &str, program: &Program) -> Leads {
        // A stage may have a name that begins like a loss, but no name that is an end.
        if program.stages.iter().any(|stage| stage.name == exit) {
            return Leads::Stage(title(exit, program));
        }
        match (ending(exit), exit.strip_prefix("lost: ")) {
            (Some(end), _) => Leads::End(end),
            (None, Some(reason)) => Leads::LostFor(reason.to_owned()),
            (None, None) => Leads::Stage(exit.to_owned()),
        }
    }
}

/// The statistic of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistic {
    /// The KPI.
    pub kpi: Kpi,
    /// The part of a duration.
    pub span: Span,
    /// The statistic.
    pub stat: Stat,
    /// Where visits lead, for the share of those that do.
    pub leads: Option<Leads>,
    /// The period, if the figure refers to one.
    pub per: Option<Per>,
}

impl Statistic {
    /// The statistic of a row with this key.
    pub fn of(key: &Key, program: &Program) -> Statistic {
        let leads = match &key.stat {
            Stat::To(exit) => Some(Leads::of(exit, program)),
            _ => None,
        };
        let Key { kpi, span, per, .. } = *key;
        Statistic { kpi, span, stat: key.stat.clone(), leads, per }
    }
}

fn title(stage: &str, program: &Program) -> String {
    let found = program.stages.iter().find(|known| known.name == stage);
    found.map_or(stage, |found| found.title.as_str()).to_owned()
}

fn ending(word: &str) -> Option<Ending> {
    match word {
        "won" => Some(Ending::Won),
        "done" => Some(Ending::Done),
        "lost" => Some(Ending::Lost),
        "cancelled" => Some(Ending::Cancelled),
        _ => None,
    }
}

fn cost_kind(word: &str) -> Option<CostKind> {
    CostKind::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
}
