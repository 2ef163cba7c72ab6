//! What a KPI means.

use super::kpis;
use crate::render::words::piece::{Piece, pieces};
use crate::report::phrase::{Explained, Kpi, Need};

pub(super) fn kpi(part: Explained, kpi: Kpi) -> Vec<Piece> {
    pieces![match part {
        Explained::Summary => {
            let of = kpis::population(kpi.population());
            format!("{kpi}: {} (что считается: {of})", kpis::definition(kpi))
        }
        Explained::What => format!("что это: {}", kpis::definition(kpi)),
        Explained::Of => format!("что считается: {}", kpis::population(kpi.population())),
        Explained::Needs => format!("что нужно в модели: {}", needs(kpi.needs())),
        Explained::SeeIt => format!("посмотреть: `voronka run МОДЕЛЬ --kpi {kpi}`"),
    }]
}

/// What a model must have for a KPI.
pub(in crate::render::words) fn needs(need: Need) -> &'static str {
    match need {
        Need::Nothing => "ничего, этот показатель есть у любой модели",
        Need::Value => "`value` или продажа с суммой",
        Need::Cost => "затраты источника, этапа, шага или людей, комиссия или `costs`",
        Need::People => "роли, которые работают на этапе",
        Need::Patience => "роли, которые работают на этапе, и `patience` там же",
        Need::Limit => "роли, которые работают на этапе, с числом людей `people`",
        Need::Sla => "этап со сроком `sla`",
        Need::Rollout => "`rollout` и этап, варианты которого спрашивают о `followed`",
        Need::Satisfaction => "этап с `satisfaction`: иначе она не моделируется",
        Need::Target => "`targets`",
        Need::Promise => "`promises`",
        Need::Terms => "`terms`",
        Need::Margin => "`terms` с маржой `margin`",
        Need::Commission => "`terms` с комиссией `commission`",
        Need::Demand => "`terms` с потребностью `demand`",
        Need::CreditLimit => "`terms` с лимитом `credit_limit`",
        Need::Cancelled => "переход `cancelled`",
        Need::Later => "части языка, которых пока нет",
        Need::Command => "другая команда, которой пока нет",
    }
}
