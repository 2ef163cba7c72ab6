//! What a search for a plan says, in Russian.

use super::findings::{holds, target};
use super::screen::span;
use super::sweep::figure;
use crate::render::words::Language;
use crate::render::words::piece::{Piece, capital, code, name, pieces};
use crate::render::words::plural::russian as plural;
use crate::report::phrase::Planning;

pub(super) fn planning(planning: &Planning) -> Vec<Piece> {
    match planning {
        Planning::Title { model, span, plans, tried } => {
            let word = plural(*plans as u64, ["план", "плана", "планов"]);
            let checked = plural(*tried as u64, ["проверен", "проверено", "проверено"]);
            let span = self::span(*span);
            pieces![name(model), format!("— {span}, {plans} {word}, {checked} {tried}")]
        }
        Planning::Best { plan, aim: Some((aim, value)) } => {
            let mut words =
                pieces!["Самый дешёвый план, при котором цели выполнены:", name(plan), ";"];
            words.extend(figure(aim));
            words.extend(pieces!["—", value, "."]);
            words
        }
        Planning::Best { plan, aim: None } => {
            pieces!["План с наименьшим числом людей, при котором цели выполнены:", name(plan), "."]
        }
        Planning::None => pieces!["Ни один план в этих пределах не достигает всех целей."],
        Planning::Reached(number, measured) => {
            pieces![format!("Цель {number}: {}", holds(measured))]
        }
        Planning::Target(number, measured) => {
            pieces![format!("Цель {number}: {}", target(measured))]
        }
        Planning::Binds { role, target, found } => pieces![
            "Если людей на одного меньше, роль",
            name(role),
            format!(", цель {target} не выполнена:"),
            found
        ],
        Planning::Spare(role) => pieces![
            "Если людей на одного меньше, роль",
            name(role),
            ", все цели тоже выполнены, но план не дешевле."
        ],
        Planning::TriedHeading => pieces!["Ближайшие планы"],
        Planning::Aim(aim) => figure(aim),
        Planning::TargetColumn(number) => pieces![format!("цель {number}")],
        Planning::VerdictColumn => pieces!["цели"],
        Planning::ReplicationsColumn => pieces!["прогоны"],
        Planning::IsBest => pieces!["выполнены, дешевле всех"],
        Planning::Meets => pieces!["выполнены"],
        Planning::Misses => pieces!["не выполнены"],
        Planning::NearlyMeets => pieces!["выполнены, у границы"],
        Planning::NearlyMisses => pieces!["не выполнены, у границы"],
        Planning::Dearer => pieces!["дороже"],
        Planning::NoModel => pieces!["модель с ошибками"],
        Planning::MoreTried(more) => {
            let word = plural(*more as u64, ["план", "плана", "планов"]);
            pieces![format!("Ещё {more} {word} — в"), code("--format csv")]
        }
        Planning::Certainty { level, plans, zone, seed } => {
            let word = plural(*plans as u64, ["плану", "планам", "планам"]);
            pieces![
                "± и все выводы вместе верны при уровне доверия",
                level,
                format!(
                    "(поправка Бонферрони по {plans} {word}, случайные числа у всех одни и те же, seed {seed}), кроме планов, \
                     которые ближе чем на"
                ),
                zone,
                "к границе: для долей и вероятностей это процентные пункты, для остальных показателей — процент от границы.",
            ]
        }
        Planning::Assumed => pieces![
            "Предполагается, что с ещё одним человеком цели выполняются не хуже; с",
            code("--every"),
            "проверяется каждый план, который мог бы быть дешевле."
        ],
        Planning::StagesHeading => pieces!["Что нужно для плана, по этапам"],
        Planning::WorkHeading => pieces!["Что план требует от людей"],
        Planning::PerMonth => pieces!["в месяц"],
        Planning::Range => pieces!["в 8 периодах из 10"],
        Planning::PerDay => pieces!["в день"],
        Planning::PerPersonDay => pieces!["на человека в рабочий день"],
        Planning::HoursPerMonth => pieces!["работы в месяц"],
        Planning::Arrivals => pieces!["приход"],
        Planning::FromTo(low, high) => {
            let number = |number| Language::Russian.number(number);
            pieces![format!("{} – {}", number(low), number(high))]
        }
        Planning::Cheapest(aim, value) => {
            let mut words = capital(figure(aim));
            words.extend(pieces!["у самого дешёвого плана, при котором цели выполнены, —", value]);
            words
        }
        Planning::NonesTitle => {
            pieces!["Ни один план в этих пределах не достигает всех целей"]
        }
        Planning::Choice(plan) => pieces![name(plan), "."],
        Planning::Points(level) => pieces![
            "Зелёные — все цели выполнены, серые — нет; в рамке — выбранный план. Линии — интервалы при уровне доверия",
            level,
            "для всех планов вместе, пунктир — граница."
        ],
        Planning::TargetAxis(measured) => pieces![target(measured)],
    }
}
