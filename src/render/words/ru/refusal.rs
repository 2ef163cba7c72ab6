//! Why a command stops, in Russian.

use super::Language;
use crate::render::words::plural::russian as plural;
use crate::render::words::refusal::Refusal;
use crate::report::phrase::{Misfit, NoValue, Stopped};

const RU: Language = Language::Russian;

pub(in crate::render::words) fn refusal(refusal: Refusal<'_>) -> String {
    match refusal {
        Refusal::Stopped(stopped) => return self::stopped(stopped),
        Refusal::Memory { replications, needed, free } => {
            let gigabytes = |bytes: f64| format!("{} ГБ", RU.fixed(bytes / 1e9, 1));
            return format!(
                "прогонов: {replications}; для них нужно около {} памяти, а свободно {}: запросите меньше прогонов",
                gigabytes(needed),
                gigabytes(free)
            );
        }
        Refusal::OtherCurrency(one, two) => {
            return format!(
                "суммы в `{one}` и `{two}` нельзя сравнивать: укажите в моделях одну валюту (`currency`)"
            );
        }
        Refusal::NothingToCompare(path) => {
            return format!("{path}: не с чем сравнивать: назовите вторую модель или добавьте в эту `scenarios`");
        }
        Refusal::Export { file, refusal } => {
            return format!("{file}: {}", super::exports::refusal(refusal));
        }
        Refusal::IsTheModel(path) => {
            return format!("{path}: это сама модель, назовите другой файл");
        }
        Refusal::NoFileName(path) => return format!("{path}: это не имя файла"),
        Refusal::NamesAFile(file, folder) => {
            return format!(
                "--output: {file} — имя файла, а таблицы и диаграммы записываются в папку: напишите `-o {folder}`"
            );
        }
        Refusal::NothingAsCsv(option, hint) => {
            return format!("{option}: в CSV ничего не записывается: добавьте {hint}");
        }
        Refusal::UnknownLanguage(tag) => return format!("VORONKA_LANG={tag}: есть только en и ru"),
        Refusal::NoTemplate(name, nearest) => {
            let hint = match nearest {
                Some(nearest) => format!("возможно, имелся в виду `{nearest}`"),
                None => "список выводит `voronka new --list`".to_owned(),
            };
            return format!("шаблона `{name}` нет; {hint}");
        }
        Refusal::SweepInterrupted { done, of, folder: Some(folder) } => {
            return format!(
                "прервано; готовые точки ({done} из {of}) сохранены в {folder}: та же команда продолжит с них"
            );
        }
        Refusal::SweepInterrupted { done, of, folder: None } => {
            return format!(
                "прервано после {done} точек из {of}; ничего не сохранено: с `-o DIR` та же команда продолжит с готовых \
                 точек"
            );
        }
        Refusal::NoTargets(model) => {
            return format!("в {model} нет `expect`: укажите цель плана, например --target \"bookings per month >= 9000000 chance 80%\"");
        }
        Refusal::TooManyPlans(count, most) => {
            let word = plural(count as u64, ["план", "плана", "планов"]);
            return format!("{count} {word} — больше {most}: уменьшите число значений или увеличьте шаг");
        }
        Refusal::NotMinimised(kpi) => {
            return format!("--minimise: `{kpi}` лучше, когда больше; назовите затраты или время");
        }
        Refusal::OneValue(path) => return format!("--vary: для {path} нужны два разных значения, например {path}=4..12"),
        Refusal::NoPoint(NoValue::NoModel) => "--vary: в одной из точек модель неверна; в какой — покажет `voronka sweep`",
        Refusal::NoPoint(NoValue::NoFigure) => "в одной из точек у показателя нет значения, сравнить его нельзя",
        Refusal::VariedTwice(path) => return format!("--vary: {path} указан дважды"),
        Refusal::NoTerms(_)
        | Refusal::TermsOfRuns(_)
        | Refusal::TermsOfColumn(..)
        | Refusal::Pipeline { .. }
        | Refusal::NothingToFit
        | Refusal::NothingWon(_)
        | Refusal::NobodyNamed
        | Refusal::FormatOfModel
        | Refusal::NoColumn(..) => return of_exports(&refusal),
        Refusal::Unexpected => "моделирование неожиданно остановилось",
        Refusal::Interrupted => "прервано; ничего не записано",
        Refusal::NotAFolder => "это не папка",
        Refusal::ScenarioOfSeveral => {
            "--scenario: это сценарий одной модели, а моделей несколько"
        }
        Refusal::NotAFile => "это не файл",
        Refusal::IsAFolder => "это папка",
        Refusal::Exists => "файл уже есть: заменить его можно с --force",
        Refusal::ReadOnly => "файл доступен только для чтения",
        Refusal::EventFormat => "--events: имя файла должно кончаться на .csv или .xes: это его формат",
        Refusal::MapFormat => {
            "--output: имя файла должно кончаться на .svg, .png, .md, .mmd или .dot; иначе укажите формат через --format"
        }
        Refusal::ManyTimes => "--within: не больше четырёх раз",
        Refusal::NobodyToAsk => {
            "шаблон не указан, а терминала, чтобы спросить, нет: список выводит `voronka new --list`"
        }
        Refusal::InputEnded => "стандартный ввод закончился",
        Refusal::Closed => "вывод закрыт",
    }
    .to_owned()
}

/// Why a command stops that reads an export.
fn of_exports(refusal: &Refusal<'_>) -> String {
    match refusal {
        Refusal::NoTerms(model) => format!("`--terms`: в {model} нет `terms`"),
        Refusal::TermsOfRuns(model) => format!(
            "`--terms`: случаи `terms` в {model} зависят от времени, очереди или посещения, а в выгрузке их нет: \
             используйте признаки, источник, сумму, число продаж, месяц, день недели или даты"
        ),
        Refusal::TermsOfColumn(model, name) => format!(
            "`--terms`: случаи `terms` в {model} зависят от `{name}`, а столбца с таким названием и значениями модели в \
             файле нет: столбцы покажет `voronka inspect ФАЙЛ`"
        ),
        Refusal::Pipeline { file, mismatch } => {
            format!("{file}: {}", super::by_model::refusal(mismatch))
        }
        Refusal::NothingToFit => {
            "ни у одной сделки файла нет даты: столбцы покажет `voronka inspect ФАЙЛ`".to_owned()
        }
        Refusal::NothingWon(last) => {
            let known = "ни одна сделка файла не выиграна, и в модели не было бы пути к продаже; если продажу означает \
                         какое-то слово файла, назовите его: `--won СЛОВО`";
            let each = last.iter().map(|(name, count)| format!("{name} {count}"));
            let each = each.collect::<Vec<_>>().join(", ");
            if each.is_empty() {
                known.to_owned()
            } else {
                format!("{known} (сделки остановились на: {each})")
            }
        }
        Refusal::NobodyNamed => "--people: в файле не сказано, кто и когда работал".to_owned(),
        Refusal::FormatOfModel => {
            "--format: на стандартный вывод идёт модель; назовите файл через `-o ФАЙЛ`".to_owned()
        }
        Refusal::NoColumn(name, "") => {
            format!("--by: `{name}` не делит сделки; в файле нет таких столбцов")
        }
        Refusal::NoColumn(name, all) => format!("--by: `{name}` не делит сделки; есть {all}"),
        _ => String::new(),
    }
}

fn stopped(stopped: &Stopped) -> String {
    match stopped {
        Stopped::UnknownDimension { name, known } => {
            format!("--by: признака `{name}` у сделок нет; есть {}", known.join(", "))
        }
        Stopped::TooManyClasses { count } => {
            format!("--by: слишком много сочетаний значений: {count}")
        }
        Stopped::TooManyDeals { expected } => format!(
            "в одном прогоне ожидается около {} сделок: уменьшите поток, сократите период или разделите источник",
            RU.count(*expected)
        ),
        Stopped::EventLimit { number, limit, stage, of_one_deal } => {
            let whose = if *of_one_deal { "у одной сделки " } else { "" };
            let last =
                stage.as_ref().map_or_else(String::new, |stage| format!(", последний — `{stage}`"));
            let hint = if *of_one_deal {
                "цикл почти не кончается: дайте из него выход или задайте `max_visits`"
            } else {
                "цикл почти не кончается, или значение --max-visits слишком мало"
            };
            format!("в прогоне {number} {whose}больше {limit} посещений этапов{last}: {hint}")
        }
        Stopped::Cancelled => "прервано".to_owned(),
        Stopped::Misfit(Misfit::Setting) => "наблюдения сделаны с другими параметрами".to_owned(),
        Stopped::Misfit(Misfit::Model) => "наблюдения сделаны по другой модели".to_owned(),
        Stopped::Misfit(Misfit::Range { number }) => {
            format!("прогон {number} есть в наблюдениях дважды, или прогона перед ним нет")
        }
        Stopped::Threads(why) => format!("не удалось запустить потоки: {why}"),
    }
}
