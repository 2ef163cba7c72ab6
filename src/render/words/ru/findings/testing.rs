//! Tests of a model that fail, or that cannot be run.

use crate::diagnostic::{Chance, Claimed, TestFault};
use crate::render::words::shown::{list, message, show};
use crate::render::words::{Message, plural};

pub(super) fn test(fault: &TestFault) -> Message {
    match fault {
        TestFault::Differs { deal, visit, of, found } => {
            let place = match visit {
                Some(stage) => format!("{}, этап {}", show(deal), show(stage)),
                None => show(deal),
            };
            let title = match found {
                Some(found) => format!("{place}: {} {}", claimed(*of), show(found)),
                None => format!("{place}: {}", nothing(*of)),
            };
            message(title, "исправьте модель или, если так и должно быть, тест")
        }
        TestFault::OtherWay { deal, from, wanted, found } => {
            let from = from.as_ref().map_or("из источника".to_owned(), |from| {
                format!("с этапа {}", show(from))
            });
            let found = found
                .as_ref()
                .map_or("никуда".to_owned(), |found| format!("в {}", show(found)));
            message(
                format!("{} переходит {from} {found}, а не в {}", show(deal), show(wanted)),
                "путь в тесте называет каждый этап, на который попадает сделка, и затем исход",
            )
        }
        TestFault::NoSuchWay { stage, wanted, known } => message(
            format!("с этапа {} нет перехода в {}", show(stage), show(wanted)),
            format!("переходы с него: {}", list(known)),
        ),
        TestFault::LeftToChance { deal, stage, chance } => {
            let place = match stage {
                Some(stage) => format!("{}, этап {}", show(deal), show(stage)),
                None => show(deal),
            };
            let (what, help) = self::chance(chance);
            message(format!("{place}: тест не задаёт {what}, а модель выбирает случайно"), help)
        }
        TestFault::NoSuchStep { stage, key, steps } => {
            let count = *steps;
            let of_steps = plural::russian(count as u64, ["шаг", "шага", "шагов"]);
            let title = match *key {
                "steps" => format!("на этапе {} {count} {of_steps}", show(stage)),
                key if count == 0 => format!("на этапе {} нет `{key}`", show(stage)),
                key => format!("на этапе {} {count} {of_steps} `{key}`", show(stage)),
            };
            message(
                title,
                "`steps` задаёт время каждого шага; `~` оставляет шаг таким, как в модели",
            )
        }
        TestFault::NotWorkingTime { stage } => message(
            format!("это время на этапе {} модель считает календарным", show(stage)),
            "задайте его без `working`",
        ),
        TestFault::NoSuchVisit { deal, stage, number } => message(
            format!(
                "{} попадает на этап {} меньше {number} {}",
                show(deal),
                show(stage),
                plural::russian(*number as u64, ["раза", "раз", "раз"])
            ),
            "вторая запись этапа — это второе посещение",
        ),
        TestFault::NeverEnds { deal } => message(
            format!("{} никогда не выходит из процесса", show(deal)),
            "задайте путь до исхода",
        ),
        TestFault::WrongModel { file, errors } => message(
            format!(
                "в модели {} {errors} {}, поэтому тесты не выполнялись",
                show(file),
                plural::russian(*errors as u64, ["ошибка", "ошибки", "ошибок"])
            ),
            format!("их покажет `voronka check {file}`"),
        ),
        TestFault::NoModel { file } => message(
            format!("модель {} не читается", show(file)),
            "`model:` называет файл в той же папке, что и тесты",
        ),
        TestFault::OutsideModel { file } => message(
            format!("{} не в той папке, где тесты", show(file)),
            "положите тесты рядом с моделью",
        ),
    }
}

/// What was found instead of what is claimed; the value follows.
fn claimed(of: Claimed) -> &'static str {
    match of {
        Claimed::Ends => "исход —",
        Claimed::Ended => "выход из процесса —",
        Claimed::Won => "первая продажа —",
        Claimed::Sales => "число продаж —",
        Claimed::Bookings => "сумма продаж —",
        Claimed::Cost => "затраты —",
        Claimed::Worked => "время работы —",
        Claimed::Queued => "время в очереди —",
        Claimed::Entered => "вход на этап —",
        Claimed::Left => "выход с этапа —",
        Claimed::Starts => "начало работы —",
        Claimed::Finishes => "конец работы —",
        Claimed::By => "работает",
    }
}

/// What does not happen at all.
fn nothing(of: Claimed) -> &'static str {
    match of {
        Claimed::Ends | Claimed::Ended => "сделка не выходит из процесса",
        Claimed::Won => "продажи нет",
        Claimed::Starts | Claimed::Finishes | Claimed::By => "никто не работает",
        Claimed::Left => "сделка остаётся на этапе",
        Claimed::Sales
        | Claimed::Bookings
        | Claimed::Cost
        | Claimed::Worked
        | Claimed::Queued
        | Claimed::Entered => "такого показателя нет",
    }
}

/// What is not given, in the accusative.
fn chance(chance: &Chance) -> (String, String) {
    let of = |what: &str, help: &str| (what.to_owned(), help.to_owned());
    match chance {
        Chance::Work(step) => (
            format!("время работы (шаг {step})"),
            "задайте его, например `work: 20 min`".to_owned(),
        ),
        Chance::Wait(step) => {
            (format!("ожидание (шаг {step})"), "задайте его, например `wait: 2d`".to_owned())
        }
        Chance::Followed => of("соблюдение процесса", "укажите его, например `followed: true`"),
        Chance::Patience => {
            of("время, которое клиент готов ждать", "задайте его, например `patience: 3d`")
        }
        Chance::Attribute(name) => (
            format!("признак {}", show(name)),
            "задайте его в `attributes` сделки или в `set` посещения".to_owned(),
        ),
        Chance::Value => of("сумму", "задайте её, например `value: 1000`"),
        Chance::Way => of("переход", "назовите в `path` следующий этап или исход"),
        Chance::After => of("время перехода", "задайте его, например `after: 2d`"),
    }
}
