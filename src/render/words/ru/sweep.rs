//! What a sweep says, in Russian.

use super::screen::span;
use super::{kpis, rows};
use crate::render::words::piece::{Piece, capital, code, name, pieces};
use crate::render::words::plural::russian as plural;
use crate::render::words::{Language, message};
use crate::report::phrase::{FigureName, Per, Stat, Swept};

#[allow(clippy::too_many_lines)] // one arm per phrase: a table
pub(super) fn swept(swept: &Swept) -> Vec<Piece> {
    match swept {
        Swept::Title { model, span, points } => {
            let word = plural(*points as u64, ["точка", "точки", "точек"]);
            pieces![name(model), format!("— {}, {points} {word}", self::span(*span))]
        }
        Swept::Figure(of) => figure(of),
        Swept::RowsAndColumns(rows, columns) => pieces![name(&format!("{rows} \\ {columns}"))],
        Swept::MorePoints(count) => {
            let word = plural(*count as u64, ["точка", "точки", "точек"]);
            pieces![format!("Ещё {count} {word} — в"), code("--format csv"), "и в", code("-o DIR")]
        }
        Swept::BestHeading => pieces!["Какие значения лучше"],
        Swept::FigureColumn => pieces!["показатель"],
        Swept::BestAt(path) => pieces!["лучше всего", name(path)],
        Swept::ValueThere => pieces!["значение там"],
        Swept::AsGood => pieces!["не хуже, если учесть случайность"],
        Swept::Points(points, more) => {
            let list = name(&points.join(", "));
            if *more > 0 { pieces![list, format!("и ещё {more}")] } else { pieces![list] }
        }
        Swept::NoPoint => pieces!["нет"],
        Swept::SettlesColumn => pieces!["где перестаёт меняться"],
        Swept::From(value) => pieces!["начиная с", name(value)],
        Swept::LastStep(change) => pieces!["пока нет, последний шаг", change],
        Swept::NoChange => pieces!["меняется только случайно"],
        Swept::ParetoHeading => {
            pieces!["Лучшие компромиссы: улучшить один показатель можно, только ухудшив другой"]
        }
        Swept::Alike => pieces!["неотличимы"],
        Swept::NoObjective => pieces!["В модели нет показателей из", code("--pareto")],
        Swept::LeftOut { point, problem } => {
            pieces!["Пропущено:", name(point), "—", message(problem, Language::Russian).title]
        }
        Swept::MoreLeftOut(count) => {
            let word = plural(*count as u64, ["точка", "точки", "точек"]);
            pieces![format!("Пропущено ещё {count} {word}.")]
        }
        Swept::Certainty { level, replications, seed } => {
            let word = plural(*replications, ["прогон", "прогона", "прогонов"]);
            pieces![
                "± — погрешность моделирования при уровне доверия",
                level,
                format!(
                    "(в каждой точке {replications} {word} с одними и теми же случайными числами, seed {seed}). \
                     Точки сравниваются по парам прогонов; уровень доверия всех сравнений вместе —"
                ),
                level,
                ".",
            ]
        }
        Swept::Exact => pieces!["Значения без ± вычислены без моделирования."],
        Swept::Solved => pieces![
            "Все значения вычислены без моделирования. Чтобы увидеть квантили и разброс между \
             прогонами, добавьте",
            code("--simulate"),
            "."
        ],
        Swept::Best { figure, value, point, up, sure } => {
            let extreme = if *up {
                "наибольшее значение при"
            } else {
                "наименьшее значение при"
            };
            let mut words = capital(self::figure(figure));
            words.extend(pieces!["—", extreme, name(&format!("{point}:")), value]);
            if !sure {
                words.extend(pieces![", но это может быть случайностью"]);
            }
            words
        }
        Swept::Flat(figure) => {
            let mut words = capital(self::figure(figure));
            words.push("— меняется только в пределах случайности".into());
            words
        }
        Swept::FlatFrom(figure, point) => {
            let mut words = capital(self::figure(figure));
            words.extend(pieces![
                "— начиная с",
                name(point),
                "меняется только в пределах случайности"
            ]);
            words
        }
        Swept::Between { figure, least, most } => {
            let mut words = capital(self::figure(figure));
            words.extend(pieces!["— от", least, "до", most]);
            words
        }
        Swept::Interval { level, band } => {
            let what = if *band { "Полоса" } else { "Тонкие линии" };
            pieces![what, "— интервал каждой точки при уровне доверия", level, "."]
        }
        Swept::DarkIsBetter => pieces!["Темнее — лучше."],
        Swept::DarkIsMore => pieces!["Темнее — больше."],
        Swept::NoValues => pieces!["Ни в одной точке нет значения"],
    }
}

pub(super) fn figure(figure: &FigureName) -> Vec<Piece> {
    let FigureName { statistic, thing } = figure;
    let mut words = pieces![kpis::title(statistic.kpi)];
    if statistic.stat == Stat::Mean && statistic.kpi.is_duration() {
        words.push("в среднем".into());
    }
    if statistic.per == Some(Per::Month) {
        words.push("за месяц".into());
    }
    if let Some(thing) = thing {
        words.push(",".into());
        words.extend(rows::thing(thing));
    }
    words
}
