//! What is said of a fitted process beside its deals, and of a log beside a model, in Russian.

use crate::render::words::Language;
use crate::render::words::piece::{Piece, name, pieces};
use crate::render::words::plural::russian;
use crate::report::phrase::{FitPart, Fitting};

const RU: Language = Language::Russian;

fn count(n: u64, words: [&str; 3]) -> String {
    format!("{} {}", RU.count(n as f64), russian(n, words))
}

pub(super) fn line(line: &Fitting) -> Vec<Piece> {
    match line {
        Fitting::Heading(part) => pieces![match part {
            FitPart::All => "Все сделки и модель, построенная по ним",
            FitPart::First => "Первые сделки и модель, построенная только по ним",
            FitPart::Last => "Последние сделки и модель, построенная по первым",
        }],
        Fitting::Quantile(percent) => pieces![format!("время до последнего события, p{percent}")],
        Fitting::Passed(stage) => pieces!["прошли этап", name(stage)],
        Fitting::Deviating { model, deviating, deals } => {
            let share = RU.fixed(100.0 * *deviating as f64 / (*deals).max(1) as f64, 1);
            let counts = format!(
                "Сделки с переходом, которого в модели нет: {} из {} ({share} %); модель",
                RU.count(*deviating as f64),
                count(*deals, ["сделки", "сделок", "сделок"])
            );
            pieces![counts, name(model)]
        }
        Fitting::OnlyInLog(stage, deals) => {
            let deals = format!("({})", count(*deals, ["сделка", "сделки", "сделок"]));
            pieces!["Только в данных:", name(stage), deals]
        }
        Fitting::OnlyInModel(stage) => pieces!["Только в модели:", name(stage)],
        Fitting::Alike(log, model) => {
            pieces!["Считаются одним этапом: в данных", name(log), ", в модели", name(model)]
        }
        Fitting::What => pieces!["показатель"],
        Fitting::Observed => pieces!["сделки"],
        Fitting::Played | Fitting::InModel => pieces!["модель"],
        Fitting::MeanTime => pieces!["время до последнего события, среднее"],
        Fitting::PerWeek => pieces!["приход в неделю, в среднем"],
        Fitting::OpenDeals => pieces!["в работе на конец недели, в среднем"],
        Fitting::Week => pieces!["неделя с"],
        Fitting::Came => pieces!["пришло"],
        Fitting::Expected => pieces!["ожидалось"],
        Fitting::OpenObserved => pieces!["в работе на конец"],
        Fitting::OpenPlayed => pieces!["в работе в модели"],
        Fitting::LackingHeading => pieces!["Переходы, которых нет в модели"],
        Fitting::NothingLacking => pieces!["В модели есть все переходы из данных."],
        Fitting::From => pieces!["откуда"],
        Fitting::To => pieces!["куда"],
        Fitting::Count => pieces!["раз"],
        Fitting::ShareOf => pieces!["доля от всех выходов"],
        Fitting::Arrival => pieces!["приход"],
        Fitting::WaysHeading => pieces!["Куда идут сделки"],
        Fitting::TimesHeading => pieces!["Среднее время на этапах"],
        Fitting::Stage => pieces!["этап"],
        Fitting::InLog => pieces!["данные"],
        Fitting::Low => pieces!["от (95 %)"],
        Fitting::High => pieces!["до (95 %)"],
        Fitting::Differs => pieces!["не случайно (99 %)"],
        Fitting::Beyond => pieces!["да"],
        Fitting::Chance => pieces!["нет"],
        Fitting::TimesBare => pieces!["Время в модели — без очередей и нерабочих часов."],
    }
}
