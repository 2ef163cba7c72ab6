//! What a study of parameters says, in Russian.

use super::screen::span;
use super::sweep::figure;
use crate::render::words::Language;
use crate::render::words::piece::{Piece, capital, code, name, pieces};
use crate::render::words::plural::russian as plural;
use crate::report::Number;
use crate::report::phrase::{MethodWords, Parameter, Sensing, Shift, shifted};

#[allow(clippy::too_many_lines)] // one arm per phrase: a table
pub(super) fn sensing(sensing: &Sensing) -> Vec<Piece> {
    match sensing {
        Sensing::Title { model, span, tried } => {
            let word = plural(*tried as u64, ["изменение", "изменения", "изменений"]);
            pieces![name(model), format!("— {}, {tried} {word} по одному", self::span(*span))]
        }
        Sensing::Figure(of, number) => {
            let mut words = figure(of);
            words.extend(pieces![", сейчас", number]);
            words
        }
        Sensing::Base(of, number) => {
            let mut words = capital(figure(of));
            words.extend(pieces![", сейчас", number, "."]);
            words
        }
        Sensing::Parameter(of) => parameter(of),
        Sensing::ParameterColumn => pieces!["что меняется"],
        Sensing::Change(of, shift) => change(of, shift),
        Sensing::Ends(ends) => {
            let ends: Vec<Piece> = ends.iter().flatten().map(self::shift).collect();
            match &ends[..] {
                [less, more] => pieces![less.clone(), "/", more.clone()],
                _ => ends,
            }
        }
        Sensing::EndsColumn => pieces!["на сколько"],
        Sensing::LessColumn => pieces!["если меньше"],
        Sensing::MoreColumn => pieces!["если больше"],
        Sensing::ElasticityColumn => pieces!["эластичность"],
        Sensing::LongRun(number) => pieces![signed(number), "*"],
        Sensing::Signed(number) => pieces![signed(number)],
        Sensing::First(gains) => {
            let mut words = Vec::new();
            let heads = ["Менять в первую очередь:", "; затем:", "; потом:"];
            for (at, (parameter, shift, gain)) in gains.iter().enumerate() {
                words.push(heads[at.min(2)].into());
                words.extend(change(parameter, shift));
                words.extend(pieces![format!("({})", signed(gain))]);
            }
            words.push(".".into());
            words
        }
        Sensing::Halved(gains) => {
            let mut words = pieces!["Если причина отказа встречается вдвое реже:"];
            for (at, (parameter, gain)) in gains.iter().enumerate() {
                words.extend((at > 0).then(|| Piece::from(";")));
                words.extend(self::parameter(parameter));
                words.extend(pieces![format!("({})", signed(gain))]);
            }
            words.push(".".into());
            words
        }
        Sensing::NoGain => {
            pieces![
                "Ни одно изменение по отдельности не улучшает показатель сильнее, чем допускает случайность."
            ]
        }
        Sensing::Idle(parameters, more) => {
            let mut words = pieces!["Влияние не отличить от случайности:"];
            words.extend(list(parameters));
            if *more > 0 {
                words.extend(pieces![format!("и ещё {more}")]);
            }
            words.push(".".into());
            words
        }
        Sensing::MoreRows(more) => {
            let rows = plural(*more as u64, ["строка", "строки", "строк"]);
            pieces![format!("Ещё {more} {rows} — с"), code("--detail")]
        }
        Sensing::OneMoreHeading => pieces!["Что даст ещё один человек, час или процентный пункт"],
        Sensing::ChangeColumn => pieces!["изменение"],
        Sensing::Bottleneck { role, figure, change } => {
            let mut words = pieces!["Узкое место —", name(role), "; если добавить человека,"];
            words.extend(shown(figure));
            words.extend(pieces!["изменится на", signed(change), "."]);
            words
        }
        Sensing::NoBottleneck(figure) => {
            let mut words = pieces!["Узкого места нет: ещё один человек в любой роли не улучшает"];
            words.extend(shown(figure));
            words.push("сильнее, чем допускает случайность.".into());
            words
        }
        Sensing::Certainty { level, compared, replications, seed } => {
            let runs = plural(*replications, ["прогон", "прогона", "прогонов"]);
            let changes = plural(*compared as u64, ["изменения", "изменений", "изменений"]);
            pieces![
                "± — погрешность одного изменения при уровне доверия",
                level,
                format!(
                    "({replications} {runs} каждой модели с одними и теми же случайными числами, seed {seed}). \
                     Отличие от случайности проверено для всех {compared} {changes} показателей вместе (поправка Бонферрони)."
                ),
            ]
        }
        Sensing::Exact => pieces!["Значения без ± вычислены без моделирования."],
        Sensing::Elasticity => pieces![
            "Эластичность: на сколько процентов изменится показатель, если параметр станет больше на 1 %; без ± \
             она точная, со звёздочкой — точная для установившегося режима."
        ],
        Sensing::NoFigures => pieces!["В модели нет этих показателей."],
        Sensing::Most { figure, parameter, less, more, beside_reasons } => {
            let mut words = capital(self::figure(figure));
            if *beside_reasons {
                words = pieces!["Если не считать отказов, уменьшенных вдвое:"];
                words.extend(self::figure(figure));
            }
            words.push("— сильнее всего влияет".into());
            words.extend(self::parameter(parameter));
            let ends: Vec<String> = [less, more].into_iter().flatten().map(signed).collect();
            words.extend(pieces![", изменение", ends.join(" или ")]);
            words
        }
        Sensing::Nothing(figure) => {
            let mut words = capital(self::figure(figure));
            words.push("— все изменения в пределах случайности".into());
            words
        }
        Sensing::Bars(level) => pieces![
            "Синее — лучше, оранжевое — хуже, серое — в пределах случайности; тонкие линии — интервалы при уровне доверия",
            level,
            "."
        ],
        Sensing::AllAtOnce { model, span, parameters, points } => {
            let word = plural(*parameters as u64, ["параметр", "параметра", "параметров"]);
            let many = plural(*points as u64, ["точка", "точки", "точек"]);
            let span = self::span(*span);
            pieces![
                name(model),
                format!("— {span}, {parameters} {word} одновременно, {points} {many}")
            ]
        }
        Sensing::Around(by) => pieces![
            "Каждый параметр меняется вверх и вниз на",
            by,
            ", число людей — на одного человека."
        ],
        Sensing::Method(words) => pieces![match words {
            MethodWords::Strength => "сила влияния",
            MethodWords::Effect => "влияние",
            MethodWords::Spread => "разброс",
            MethodWords::MorrisMeans =>
                "Влияние — изменение показателя на всём диапазоне параметра (метод Морриса), сила — среднее без учёта \
                 знака. Если разброс не мал рядом с силой, влияние нелинейно или зависит от других параметров.",
            MethodWords::Alone => "отдельно",
            MethodWords::Total => "с взаимодействиями",
            MethodWords::SobolMeans =>
                "Доля дисперсии показателя, которую объясняет параметр (индексы Соболя): отдельно и вместе с \
                 взаимодействиями.",
        }],
        Sensing::Strongest(scores) => {
            let mut words = pieces!["Важнее всего:"];
            for (at, (parameter, score)) in scores.iter().enumerate() {
                words.extend((at > 0).then(|| Piece::from(";")));
                words.extend(self::parameter(parameter));
                words.extend(pieces![format!("({})", Language::Russian.number(score))]);
            }
            words.push(".".into());
            words
        }
        Sensing::ScoreCertainty { level, replications, seed } => {
            let mut words = pieces!["± — погрешность выборки точек при уровне доверия", level];
            let how = match replications {
                Some(count) => {
                    let runs = plural(*count, ["прогон", "прогона", "прогонов"]);
                    format!(
                        "(в каждой точке {count} {runs} с одними и теми же случайными числами, seed {seed})."
                    )
                }
                None => format!("(показатели вычислены без моделирования, seed {seed})."),
            };
            words.push(how.into());
            words
        }
    }
}

/// The name of a figure in quotes, as it stands inside a sentence.
fn shown(of: &crate::report::phrase::FigureName) -> Vec<Piece> {
    let words = figure(of);
    let mut quoted = pieces!["показатель"];
    let text = crate::render::words::join(words.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Name(text) | Piece::Code(text) => text.clone(),
        Piece::Number(number) => Language::Russian.number(number),
    }));
    quoted.push(format!("«{text}»").into());
    quoted
}

fn change(parameter: &Parameter, shift: &Shift) -> Vec<Piece> {
    let mut words = self::parameter(parameter);
    words.push(self::shift(shift));
    words
}

/// A parameter in a few words.
fn parameter(parameter: &Parameter) -> Vec<Piece> {
    match parameter {
        Parameter::Arrivals(source) => pieces!["приход сделок, источник", name(source)],
        Parameter::People(role) => pieces!["число людей,", name(role)],
        Parameter::Work(stage) => pieces!["работа на этапе", name(stage)],
        Parameter::Wait(stage) => pieces!["ожидание на этапе", name(stage)],
        Parameter::GoingOn(stage) => pieces!["доля без отказов на этапе", name(stage)],
        Parameter::Reason(reason) => pieces!["отказы по причине", name(reason)],
        Parameter::Value => pieces!["сумма сделок"],
        Parameter::Pay(role) => pieces!["оплата,", name(role)],
        Parameter::LeadCost(source) => pieces!["затраты на лид, источник", name(source)],
        Parameter::StageCost(stage) => pieces!["затраты этапа", name(stage), "без людей"],
        Parameter::Margin => pieces!["маржа"],
        Parameter::Payment => pieces!["срок оплаты клиентом"],
        Parameter::Cost(cost) => pieces!["расходы", name(cost)],
        Parameter::Followed => pieces!["соблюдение процесса"],
        Parameter::RolloutCost => pieces!["стоимость внедрения"],
        Parameter::Path(path) => pieces![name(path)],
    }
}

fn list(parameters: &[Parameter]) -> Vec<Piece> {
    let mut words = Vec::new();
    for (at, one) in parameters.iter().enumerate() {
        words.extend((at > 0).then(|| Piece::from(";")));
        words.extend(parameter(one));
    }
    words
}

/// A change with its sign.
fn shift(shift: &Shift) -> Piece {
    match shifted(shift) {
        Ok(number) => signed(&number).into(),
        Err(value) => name(value),
    }
}

fn signed(number: &Number) -> String {
    Language::Russian.signed(number)
}
