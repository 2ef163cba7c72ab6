//! What stands beside the numbers of a fitted model, in Russian.

use crate::render::words::fitting::date;
use crate::render::words::{Language, plural};
use crate::report::phrase::fitting::{Rare, Remark};

const RU: Language = Language::Russian;

fn count(n: u64, words: [&str; 3]) -> String {
    format!("{} {}", RU.count(n as f64), plural::russian(n, words))
}

fn day(day: i64) -> String {
    date(day).strftime("%d.%m.%Y").to_string()
}

pub(in crate::render::words) fn remark(remark: &Remark) -> String {
    match *remark {
        Remark::Learnt { deals, open, days: (first, last) } => format!(
            "По данным: {} с {} по {}, не завершено {}. Интервалы — при уровне доверия 95 %.",
            count(deals, ["сделка", "сделки", "сделок"]),
            day(first),
            day(last),
            RU.count(open as f64)
        ),
        Remark::LeftOut(n) => {
            format!("Не учтено: {} без даты", count(n, ["сделка", "сделки", "сделок"]))
        }
        Remark::Rate { count: n, weeks, reach } => {
            let deals = count(n, ["сделка", "сделки", "сделок"]);
            match reach {
                Some(reach) => {
                    format!("{deals}; ± {} в неделю, полных недель: {weeks}", RU.count(reach))
                }
                None => format!("{deals}; меньше трёх полных недель: интервала нет"),
            }
        }
        Remark::Grows { growth, months } => {
            let (low, high) = growth.between;
            format!(
                "рост от {} до {} % в месяц за {}; в модели он продолжается",
                RU.fixed(low * 100.0, 1),
                RU.fixed(high * 100.0, 1),
                count(months, ["полный месяц", "полных месяца", "полных месяцев"])
            )
        }
        Remark::Months(n) => format!(
            "месяцы различаются не случайно: {}",
            count(n, ["полный месяц", "полных месяца", "полных месяцев"])
        ),
        Remark::NoMonths(n) => format!(
            "Не определено, различаются ли месяцы года: нужно 24 полных месяца, в файле их {}.",
            RU.count(n as f64)
        ),
        Remark::Period => "voronka: ignore V633 период файла".to_owned(),
        Remark::LosesNothing => "voronka: ignore V603 здесь ничего не проиграно".to_owned(),
        Remark::Periods => "Варианты с датами относятся к периодам файла. Для более поздних запусков действует найденное по всему файлу.".to_owned(),
        Remark::Varies(times) => format!(
            "недели различаются сильнее, чем случайно: дисперсия больше в {} раза",
            RU.fixed(times, 1)
        ),
        Remark::Share { count: n, of, between: (low, high) } => format!(
            "{} из {}; от {} до {} %",
            RU.count(n as f64),
            RU.count(of as f64),
            RU.fixed(low * 100.0, 1),
            RU.fixed(high * 100.0, 1)
        ),
        Remark::Rest { share, count: n, of } => {
            let share = RU.fixed(share * 100.0, 1);
            format!("{share} %: {} из {}", RU.count(n as f64), RU.count(of as f64))
        }
        Remark::Rare(Rare { ways, count: n, of }) => format!(
            "не показаны: {}, по ним прошло {} из {}",
            count(ways, ["редкий переход", "редких перехода", "редких переходов"]),
            RU.count(n as f64),
            count(of, ["сделки", "сделок", "сделок"])
        ),
        Remark::Waits { n, open: 0 } => count(n, ["ожидание", "ожидания", "ожиданий"]),
        Remark::Waits { n, open } => format!(
            "{}, не закончилось {}",
            count(n, ["ожидание", "ожидания", "ожиданий"]),
            RU.count(open as f64)
        ),
        Remark::Tasks(n) => count(n, ["работа", "работы", "работ"]),
        Remark::Deals(n) => count(n, ["сделка", "сделки", "сделок"]),
        Remark::Visits(n) => count(n, ["посещение", "посещения", "посещений"]),
        Remark::Known { .. }
        | Remark::Kind(_)
        | Remark::Leak(_)
        | Remark::Idle(_)
        | Remark::People { .. }
        | Remark::Hours { .. }
        | Remark::NoHours(_)
        | Remark::WaitsLeft => kinds(remark),
        Remark::NobodyLeft => "никто не вышел: куда идут сделки, неизвестно".to_owned(),
        Remark::Amounts { n, won: true } => {
            count(n, ["выигранная сделка", "выигранные сделки", "выигранных сделок"])
        }
        Remark::Amounts { n, won: false } => {
            format!("{}, выигранных нет", count(n, ["сделка", "сделки", "сделок"]))
        }
        Remark::Never => "не завершились за самый долгий срок из данных: считается, что решения не будет".to_owned(),
        Remark::Starts => "где начинаются сделки".to_owned(),
        Remark::NoQueues => "ожидания включают очереди, поэтому число людей не ограничено".to_owned(),
        Remark::WarmUp => "в начале процесс пуст; девять сделок из десяти заканчиваются за это время".to_owned(),
        Remark::NoOutcomes => {
            "В файле не сказано, чем кончаются сделки: каждый конец считается продажей. Назовите слова в `--won` и `--lost`.".to_owned()
        }
        Remark::NoStages => {
            "В файле нет истории этапов: всё время сделки проходит на одном этапе.".to_owned()
        }
    }
}

/// What is said of kinds of deals and of people.
fn kinds(remark: &Remark) -> String {
    match *remark {
        Remark::Known { n, empty } => {
            let known = count(n, ["сделка", "сделки", "сделок"]);
            if empty == 0 {
                known
            } else {
                format!("{known}; не заполнено: {}", RU.count(empty as f64))
            }
        }
        Remark::Kind(n) => format!("вышло: {}", count(n, ["сделка", "сделки", "сделок"])),
        Remark::Leak(ref name) => format!(
            "Не использовано: {name}. Пустые ячейки выдают открытые сделки (доли отличаются больше чем на 20 п. п.)."
        ),
        Remark::Idle(ref names) => {
            format!("Эти столбцы ни на что не влияют сильнее случайного: {}.", names.join(", "))
        }
        Remark::People { people, a_day, tasks } => format!(
            "80 % работы делают {}; всего {}; в обычный день работают {}",
            count(people, ["человек", "человека", "человек"]),
            count(tasks, ["работа", "работы", "работ"]),
            RU.fixed(a_day, 1)
        ),
        Remark::Hours { hours, starts, share } => format!(
            "{} недели, в них {} % начал работы из {}",
            count(hours, ["час", "часа", "часов"]),
            RU.fixed(share * 100.0, 0),
            RU.count(starts as f64)
        ),
        Remark::NoHours(hours) => {
            format!(
                "работу начинают в любое время: 90 % начал приходятся на {} из 168 часов недели",
                RU.count(hours as f64)
            )
        }
        Remark::WaitsLeft => {
            "ожидания — то, что остаётся без времени, когда сотрудник занят другими работами"
                .to_owned()
        }
        _ => String::new(),
    }
}
