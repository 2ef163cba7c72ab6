//! What a forecast says that follows a model, in Russian.

use crate::render::words::piece::{Piece, code, name, pieces};
use crate::render::words::plural::russian as plural;
use crate::report::Number;
use crate::report::phrase::{ByModel, Mismatch};

/// Open deals as a subject.
fn deals(count: u64) -> String {
    let word = plural(count, ["открытая сделка", "открытые сделки", "открытых сделок"]);
    format!("{count} {word}")
}

/// Open deals after a preposition that asks for the genitive.
fn of_deals(count: u64) -> String {
    format!("{count} {}", plural(count, ["открытой сделки", "открытых сделок", "открытых сделок"]))
}

/// A line of a forecast that follows a model.
pub(super) fn line(line: &ByModel) -> Vec<Piece> {
    match line {
        ByModel::Trusted => pieces![
            "Модель считается верной: в интервалах только случайность. Насколько она соответствует прошлым сделкам:",
            code("voronka fit ВЫГРУЗКА --against МОДЕЛЬ"),
            "."
        ],
        ByModel::Stageless(count, amount) => {
            let mut words = pieces![format!("Не учтены без этапа: {}", deals(*count))];
            if let Some(amount) = amount {
                words.extend(pieces!["на", amount]);
            }
            words.push(".".into());
            words
        }
        ByModel::HalfOfAge(count) => pieces![format!(
            "Для {} в файле нет даты перехода на этап: взята половина их возраста.",
            of_deals(*count)
        )],
        ByModel::AlreadySold(count) => pieces![format!(
            "В списке нет уже проданных: {}; учтены их следующие продажи.",
            deals(*count)
        )],
        ByModel::OtherWord(attribute, count) => pieces![
            format!("У {} значение признака", of_deals(*count)),
            name(attribute),
            "не из модели: оно разыгрывается."
        ],
        ByModel::OtherSource(count) => pieces![format!(
            "У {} нет источника из модели: они отнесены к самому крупному её источнику.",
            of_deals(*count)
        )],
        ByModel::Overdue(count) => pieces![format!(
            "Стоят на этапе дольше любого из тысячи разыгранных посещений: {}. Такие сделки сразу уходят с этапа или ждут в его очереди.",
            deals(*count)
        )],
        ByModel::NoFacts => {
            pieces![
                "В файле нет закрытых сделок: в плане не учтено то, что было до начала прогноза."
            ]
        }
        ByModel::EarlierPayments => {
            pieces!["Платежей по продажам до начала прогноза в файле нет, и они не учтены."]
        }
        ByModel::Refusing { reasons, silent } => refusing(reasons, silent.as_ref()),
        ByModel::Draws(draws, seed) => {
            pieces![format!("Между «мало» и «много» — 80 % из {draws} розыгрышей (seed {seed}).")]
        }
        ByModel::CashHeading => pieces!["Поступления по месяцам"],
        ByModel::DemandHeading => pieces!["Потребность по месяцам"],
    }
}

/// Why clients refuse, as the model runs.
fn refusing(reasons: &[(String, Number)], silent: Option<&Number>) -> Vec<Piece> {
    if reasons.is_empty() && silent.is_none() {
        return pieces!["В модели никто не отказывается."];
    }
    let mut words = pieces!["В модели клиенты отказываются по причинам:"];
    for (at, (reason, share)) in reasons.iter().enumerate() {
        if at > 0 {
            words.push(",".into());
        }
        words.extend(pieces![name(reason), share]);
    }
    if let Some(share) = silent {
        words.extend(pieces![", без причины", share]);
    }
    words.push(".".into());
    words
}

/// Why the open deals of a file do not fit a model.
pub(super) fn refusal(mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::NoStages => {
            "у открытых сделок нет этапов; назовите столбец: --map stage=\"Этап сделки\"".to_owned()
        }
        Mismatch::UnknownStages { unknown, known } => {
            let first = unknown.first().map_or("", String::as_str);
            format!(
                "открытые сделки на этапах, которых нет в модели: {}; в модели есть {}. Укажите соответствие: --stage '{first}={}'",
                unknown.join(", "),
                known.join(", "),
                known.first().map_or("", String::as_str),
            )
        }
        Mismatch::NoSuchStage { name, in_model: true } => {
            format!("--stage: в модели нет этапа `{name}`")
        }
        Mismatch::NoSuchStage { name, in_model: false } => {
            format!("--stage: в файле нет этапа `{name}`")
        }
    }
}
