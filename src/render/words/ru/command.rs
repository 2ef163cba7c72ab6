//! What the commands say, in Russian.

use super::explained::needs;
use super::{findings, oddities};
use crate::diagnostic::Verdict;
use crate::render::visible;
use crate::render::words::Language;
use crate::render::words::command::{Kept, Summary, Told};
use crate::render::words::plural;
use crate::render::words::shown;
use crate::report::phrase::difference;
use crate::report::phrase::fitting::Replay;
use crate::report::phrase::{Need, Odd};

/// How far a fitted process is from deals.
fn replayed(held_back: bool, replay: &Replay) -> String {
    let ru = Language::Russian;
    let deals = plural::russian(replay.deals, ["сделка", "сделки", "сделок"]);
    let whose = if held_back {
        "модель по более ранним сделкам"
    } else {
        "модель по этим же сделкам"
    };
    let [seen, played, apart] =
        [replay.observed, replay.played, replay.distance].map(|days| ru.duration(days));
    let share = ru.fixed(replay.distance / replay.observed.max(f64::MIN_POSITIVE) * 100.0, 1);
    let paths = ru.fixed(replay.sequences * 100.0, 0);
    format!(
        "{} {deals}, {whose}: до последнего события в среднем {seen}, в модели {played}; распределения расходятся на \
         {apart}, это {share} % среднего; различаются {paths} % путей\n",
        ru.count(replay.deals as f64)
    )
}

pub(in crate::render::words) fn tell(told: Told<'_>) -> String {
    match told {
        Told::Judged { file, judged } => {
            let verdict = match judged.verdict {
                Verdict::Kept => "выполняется",
                Verdict::Broken => "не выполняется",
                Verdict::Undecided { .. } => "не решено",
                Verdict::Nothing => "ничего не наблюдалось",
                Verdict::NoFigure => "нет показателя",
            };
            let how = if judged.exact {
                "точно".to_owned()
            } else {
                let runs = plural::russian(judged.replications, ["прогон", "прогона", "прогонов"]);
                format!("{} {runs}", judged.replications)
            };
            let scenario = judged.scenario.as_ref().map_or(String::new(), |scenario| {
                format!("сценарий {}: ", visible(&scenario.name, 200))
            });
            let holds = findings::holds(&judged.measured);
            return format!("{verdict}: {file}: {scenario}{holds} ({how})\n");
        }
        Told::NoFigures { kpi } => {
            let why = match kpi.needs() {
                Need::Nothing => "ничего такого не произошло".to_owned(),
                need => format!("в модели нужно: {}", needs(need)),
            };
            return format!("предупреждение: в этом запуске нет `{kpi}`: {why}\n");
        }
        Told::NoChart { name } => {
            return format!("предупреждение: нет диаграммы `{name}`: показать в ней нечего\n");
        }
        Told::Apart { count, figure, found, exact, errors } => {
            let ru = Language::Russian;
            return format!(
                "ошибка: показателей этого запуска, которые расходятся с теорией сильнее, чем допускает случайность: \
                 {count}, например `{figure}`: моделирование {}, точно {} (стандартных ошибок: {}); это ошибка voronka, \
                 пришлите нам, пожалуйста, модель\n",
                ru.exact(found),
                ru.exact(exact),
                ru.fixed(errors, 1)
            );
        }
        Told::Changed { file, change, verdict } => {
            let word = match verdict {
                difference::Verdict::Better => "лучше",
                difference::Verdict::Worse => "хуже",
                difference::Verdict::Changed => "изменился",
                difference::Verdict::NotBeyondChance => "без изменений",
            };
            let [old, new, difference] = shown::change(Language::Russian, change);
            let subject = &change.subject;
            return format!("{word}: {file}: {subject}: было {old}, стало {new} ({difference})\n");
        }
        Told::Compared { file, compared, changed } => {
            return format!(
                "{file}: {}, изменилось сильнее случайного: {changed}\n",
                count(compared, ["показатель сравнён", "показателя сравнено", "показателей сравнено"])
            );
        }
        Told::Mended { file, count } => {
            let forms = ["замечание", "замечания", "замечаний"];
            return format!("исправлено: {file}: {}\n", self::count(count, forms));
        }
        Told::WouldMend { file, count } => {
            let forms = ["замечание", "замечания", "замечаний"];
            return format!("{file}: можно исправить {}\n", self::count(count, forms));
        }
        Told::Summary(found) => return summary(found),
        Told::Replayed { held_back, replay } => return replayed(held_back, replay),
        Told::LooksWrong { file, found } => {
            let line = |(count, odd): &(u64, Odd)| format!("{count:>8}  {}\n", oddities::odd(*odd));
            let lines: String = found.iter().map(line).collect();
            return format!("{file}: это выглядит неверным; строки показывает `voronka inspect {file}`\n") + &lines;
        }
        Told::Wrote { file } => {
            return format!("модель записана в {file}\nДальше: voronka run {file}\n");
        }
        Told::AskStages => "Этапы по порядку, через запятую",
        Told::AskShare => "Какая доля сделок переходит с каждого этапа дальше",
        Told::AskLeads => "Сколько заявок приходит в месяц",
        Told::SomeStages => "заявка, демонстрация, предложение",
        Told::LeadSource => "заявки",
        Told::ModelBegins => "# Что это принесёт? voronka run ФАЙЛ\n",
        Told::ModelEnds => {
            "# Что добавить дальше: сумму сделок и затраты на этапах.\n\
             # value: {lognormal: {median: 100000, p90: 500000}}\n\
             # currency: RUB\n"
        }
        Told::Template => "шаблон",
        Told::About => "о чём",
    }
    .to_owned()
}

/// How much `--fix` would mend.
fn mends(found: &Summary) -> String {
    let more = if found.mends_hidden() {
        ": часть ошибок видна только после исправления других"
    } else {
        ""
    };
    format!("`--fix` исправит {}{more}", found.mendable)
}

fn summary(found: &Summary) -> String {
    let files = count(found.files, ["файл", "файла", "файлов"]);
    if found.unreadable == found.files {
        let mends = match found.mendable {
            0 => String::new(),
            _ => format!("; {}", mends(found)),
        };
        return match found.files {
            1 => format!("файл нельзя использовать как модель{mends}\n"),
            _ => format!("{files}: ни один нельзя использовать как модель{mends}\n"),
        };
    }
    let errors = count(found.errors, ["ошибка", "ошибки", "ошибок"]);
    let warnings = count(found.warnings, ["предупреждение", "предупреждения", "предупреждений"]);
    let mut parts = vec![format!("{files}: {errors}, {warnings}")];
    match found.kept {
        Some(Kept::NotJudged) => parts.push("ожидания не проверялись".to_owned()),
        Some(Kept::Hold(kept)) => {
            let forms = ["ожидание выполняется", "ожидания выполняются", "ожиданий выполняется"];
            parts.push(match kept {
                0 => "ни одно ожидание не выполняется".to_owned(),
                _ => count(kept, forms),
            });
        }
        None => {}
    }
    let [passed, failed] = found.tests;
    if passed > 0 {
        parts.push(count(passed, ["тест выполняется", "теста выполняются", "тестов выполняется"]));
    }
    if failed > 0 {
        parts.push(count(
            failed,
            ["тест не выполняется", "теста не выполняются", "тестов не выполняется"],
        ));
    }
    if found.undecided > 0 {
        let undecided = plural::russian(
            found.undecided as u64,
            ["ожидание не решено", "ожидания не решены", "ожиданий не решено"],
        );
        parts.push(format!("{} {undecided}, это разрешено", found.undecided));
    }
    if found.unreadable > 0 {
        let unreadable = count(found.unreadable, ["файл", "файла", "файлов"]);
        parts.push(format!("нельзя использовать как модель: {unreadable}"));
    } else if found.fails_by_warnings() {
        parts.push("предупреждения считаются ошибками".to_owned());
    }
    if found.settings > 0 {
        parts.push("в voronka.toml есть ошибки".to_owned());
    }
    if found.mendable > 0 {
        parts.push(mends(found));
    }
    if found.others > 0 {
        let others = count(found.others, ["файл", "файла", "файлов"]);
        parts.push(format!("не модели: {others} YAML"));
    }
    parts.join("; ") + "\n"
}

fn count(n: usize, forms: [&str; 3]) -> String {
    let noun = plural::russian(n as u64, forms);
    if n == 0 { format!("{noun} нет") } else { format!("{n} {noun}") }
}
