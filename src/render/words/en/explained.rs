//! What a KPI means.

use crate::render::words::piece::{Piece, pieces};
use crate::report::phrase::{Explained, Kpi, Need, Population};

pub(super) fn kpi(part: Explained, kpi: Kpi) -> Vec<Piece> {
    pieces![match part {
        Explained::Summary => {
            format!("{kpi}: {} (of: {})", kpi.definition(), kpi.population())
        }
        Explained::What => format!("what: {}", kpi.definition()),
        Explained::Of => {
            format!("of: {} ({})", kpi.population(), population(kpi.population()))
        }
        Explained::Needs => format!("needs: {}", needs(kpi.needs())),
        Explained::SeeIt => format!("see it: voronka run MODEL --kpi {kpi}"),
    }]
}

/// Which deals or events a KPI is about.
fn population(population: Population) -> &'static str {
    match population {
        Population::Period => "everything that happened in the window",
        Population::Decided => "deals whose status became won or lost in the window",
        Population::Won => "deals that were first won in the window",
        Population::Cohort => "deals that arrived in the window",
        Population::Ended => "deals that left the process in the window",
        Population::Open => "deals in progress",
        Population::LongRun => "all deals in the long run, each followed to its end",
        Population::Window => "expected values of the window",
    }
}

/// What a model must have for a KPI.
pub(in crate::render::words) fn needs(need: Need) -> &'static str {
    match need {
        Need::Nothing => "nothing: every model has it",
        Need::Value => "a `value`, or a sale with an amount",
        Need::Cost => "a cost of a source, a stage, a step or people, a commission or `costs`",
        Need::People => "roles that work in a stage",
        Need::Patience => "roles that work in a stage, and `patience` there",
        Need::Limit => "roles that work in a stage, with a number of `people`",
        Need::Sla => "a stage with an `sla`",
        Need::Rollout => "a `rollout`, and a stage whose variants ask for `followed`",
        Need::Satisfaction => "a stage with `satisfaction`: elsewhere it is not modelled",
        Need::Target => "`targets`",
        Need::Promise => "`promises`",
        Need::Terms => "`terms`",
        Need::Margin => "`terms` with a `margin`",
        Need::Commission => "`terms` with a `commission`",
        Need::Demand => "`terms` with a `demand`",
        Need::CreditLimit => "`terms` with a `credit_limit`",
        Need::Cancelled => "a branch `cancelled`",
        Need::Later => "parts of the language that are not supported yet",
        Need::Command => "another command than `run`, which is not there yet",
    }
}
