//! Values, names, shares and distributions that cannot be.

use super::numbers::{bad_number, cell, parameters};
use super::{LANGUAGE, alike, did_you_mean, did_you_mean_by, perhaps};
use crate::calendar::HoursFault;
use crate::diagnostic::meant::{self, NoSuchDay};
use crate::diagnostic::{ColumnFault, NameKind, ValueFault, Wanted};
use crate::render::visible;
use crate::render::words::Message;
use crate::render::words::shown::{all, list, message, plain, show};

#[allow(clippy::too_many_lines)] // one arm per fault: a table
pub(super) fn value(fault: &ValueFault) -> Message {
    match fault {
        ValueFault::Number { text, wanted, fault } => bad_number(text, *wanted, fault),
        ValueFault::PercentOfRate { text, written } => message(
            format!("в {} нет знака процента", show(text)),
            format!("напишите {}", show(written)),
        ),
        ValueFault::Unnamed { family, written, .. } => message(
            format!("у параметров {} должны быть имена", show(family)),
            format!("напишите {}", show(&format!("{family}: {written}"))),
        ),
        ValueFault::BadDate { text } if let Some(fault) = meant::no_such_day(text) => message(
            match &fault {
                NoSuchDay::Month(month) => format!("{} — не дата: месяца {month} нет", show(text)),
                NoSuchDay::Day { month, days } => {
                    format!("{} — не дата: в {month} число дней — {days}", show(text))
                }
            },
            match &fault {
                NoSuchDay::Month(_) => "напишите год, месяц и день: `2026-01-31`".to_owned(),
                NoSuchDay::Day { month, days } => format!(
                    "напишите год, месяц и день: последний день этого месяца — `{month}-{days}`"
                ),
            },
        ),
        ValueFault::BadDate { text } if let Some(date) = meant::date_in_words(text) => message(
            format!("{} — не дата", show(text)),
            format!("напишите год, месяц и день: `{date}`"),
        ),
        ValueFault::DateSpan { text, written } => message(
            format!("{} — больше одного дня", show(text)),
            format!("напишите первый и последний день: {}", show(written)),
        ),
        ValueFault::BadDate { text } if let Some(both) = meant::two_dates(text) => message(
            format!("{} — не дата", show(text)),
            if both[0] == both[1] {
                format!("напишите год, месяц и день: `{}`", both[0])
            } else {
                format!("напишите год, месяц и день: `{}` или `{}`", both[0], both[1])
            },
        ),
        ValueFault::BadDate { text } => message(
            format!("{} — не дата", show(text)),
            "напишите год, месяц и день: `2026-01-31`, со временем — `2026-01-31 09:00`",
        ),
        ValueFault::UnknownWord { text, wanted: what, nearest, known } => message(
            match what {
                Wanted::Month => format!("{} — не месяц", show(text)),
                Wanted::Weekday => format!("{} — не день недели", show(text)),
                Wanted::Truth => format!("{} — не `true` и не `false`", show(text)),
                _ => format!("слово {} здесь неизвестно", show(text)),
            },
            did_you_mean_by(text, nearest.as_ref(), format!("допустимы {}", list(known))),
        ),
        ValueFault::Below { text, least } if *least <= 0.0 => {
            message(format!("{} — слишком мало", show(text)), "значение должно быть больше 0")
        }
        ValueFault::Below { text, least } => message(
            format!("{} — слишком мало", show(text)),
            format!("значение должно быть не меньше {}", LANGUAGE.exact(*least)),
        ),
        ValueFault::Above { text, most } => message(
            format!("{} — слишком много", show(text)),
            format!("значение должно быть не больше {}", LANGUAGE.exact(*most)),
        ),
        ValueFault::EmptyList => {
            message("здесь ничего не указано", "укажите хотя бы одно значение или удалите ключ")
        }
        ValueFault::EmptyCondition => message(
            "условие ничего не проверяет",
            "укажите, что должно выполняться, например `{segment: smb}` или `{visit: {at_least: 2}}`, или удалите его",
        ),
        ValueFault::TooShort { text } => message(
            format!("{} короче наименьшего времени модели", show(text)),
            "наименьшее время — микросекунда; если времени не нужно совсем, напишите `0`",
        ),
        ValueFault::BeyondCalendar { key } => message(
            format!("`{key}` выходит за пределы календаря, который заканчивается 9999 годом"),
            "сократите срок или выберите другое начало",
        ),
        ValueFault::DataFile { fault } => {
            plain(format!("файл данных не подходит: {}", column(fault)))
        }
        ValueFault::BadHours { text, fault } => message(
            format!("{} не читается как промежуток времени суток: {}", show(text), hours(*fault)),
            match meant::hours(text) {
                Some(written) => format!("напишите {}", show(&written)),
                None => {
                    "напишите `09:00-18:00`, `22:00-06:00` через полночь или несколько в списке"
                        .to_owned()
                }
            },
        ),
        ValueFault::BadMoment { text } => message(
            format!("{} не читается как момент, которого можно ждать", show(text)),
            "напишите, например, `thu 14:00`, `14:00` или `thu`",
        ),
        ValueFault::UnknownZone { name, nearest, place } => message(
            format!("часового пояса {} нет", show(name)),
            match place {
                Some(place) => {
                    format!(
                        "назовите место, часы которого его показывают, например {}",
                        show(place)
                    )
                }
                None => did_you_mean(
                    nearest.as_ref(),
                    "напишите имя из списка IANA, например `Europe/Moscow`",
                ),
            },
        ),
        ValueFault::UnsortedSteps => {
            message("шаги идут не по порядку времени", "расположите их по возрастанию `from`")
        }
        ValueFault::DateOrder { earlier, later } => message(
            format!("`{later}` наступает не позже, чем `{earlier}`"),
            "поменяйте даты местами или исправьте их",
        ),
        ValueFault::UnknownName { kind: NameKind::Attribute, name, nearest, .. } => message(
            format!("признака {} нет", show(name)),
            did_you_mean_by(
                name,
                nearest.as_ref(),
                format!(
                    "объявите его, например `attributes: {{{}: {{small: 60%, large: rest}}}}`, или задайте на этапе ключом `set`",
                    visible(name, 40)
                ),
            ),
        ),
        ValueFault::UnknownName { kind, name, nearest, known } => {
            let help = match kind {
                NameKind::Value => format!("есть {}", list(known)),
                _ if known.is_empty() => how_to_define(*kind, name),
                _ => format!("есть {}; {}", list(known), how_to_define(*kind, name)),
            };
            let of_kind = of_kind(*kind);
            message(
                format!("{of_kind} {} нет", show(name)),
                did_you_mean_by(name, nearest.as_ref(), help),
            )
        }
        ValueFault::UnknownStage { name, as_reason: Some(written), .. } => {
            reason_as_stage(name, written)
        }
        ValueFault::UnknownStage { name, nearest, unreached, .. } => {
            unknown_stage(name, nearest.as_deref(), unreached.as_deref())
        }
        ValueFault::ReservedAttribute { name } => message(
            format!("{} — слово условий, признак так называть нельзя", show(name)),
            "выберите другое имя",
        ),
        ValueFault::SharesSum { sum, of_lost, apart } => {
            let percent = |share: f64| LANGUAGE.rough_percent(share);
            let gap = (sum - 1.0).abs();
            let help = if *sum < 1.0 {
                format!("не хватает {}: замените одну из долей на `rest`", percent(gap))
            } else if let Some(written) = apart {
                format!(
                    "они растут до 100 %: если каждая включает предыдущие, напишите `{}`",
                    visible(written, 120)
                )
            } else if let Some(written) = of_lost {
                format!(
                    "на {} больше, чем нужно: причины в `lost` — это доли от всех сделок; доли от проигранных записываются так: \
                     `{}`",
                    percent(gap),
                    visible(written, 120)
                )
            } else {
                format!("на {} больше, чем нужно", percent(gap))
            };
            message(format!("доли в сумме дают {}, а не 100 %", percent(*sum)), help)
        }
        ValueFault::SeveralRests => message(
            "`rest` стоит в одной группе дважды",
            "задайте доли всем, кроме одного; `lost: ПРИЧИНА` — тоже `rest`",
        ),
        ValueFault::SeveralVarying => message(
            "в группе может меняться только одна доля",
            "остальным задайте постоянные доли: они пропорционально делят остаток",
        ),
        ValueFault::UnknownFamily { name, nearest, known } => message(
            format!("распределения {} нет", show(name)),
            did_you_mean(nearest.as_ref(), format!("есть {}", all(known))),
        ),
        ValueFault::BadParameters { fault, of_time } => parameters(fault, *of_time),
        ValueFault::NegativeTime => message(
            "это время может оказаться отрицательным",
            "задайте распределение, которое начинается с 0 или позже",
        ),
    }
}

/// A loss reason where a stage is needed.
fn reason_as_stage(name: &str, written: &str) -> Message {
    message(
        format!("{} — причина отказа, а не этап", show(name)),
        format!("причина пишется в `lost`: {}", show(written)),
    )
}

fn unknown_stage(name: &str, nearest: Option<&str>, unreached: Option<&str>) -> Message {
    let title = format!("этапа {} нет", show(name));
    if let Some(share) = meant::share(name) {
        return message(title, perhaps(&share));
    }
    let help = match (nearest, unreached) {
        (Some(near), Some(unreached)) if near == unreached => {
            format!("{}: на этот этап больше ничего не ведёт", perhaps(near))
        }
        (Some(near), Some(unreached)) => {
            format!("{}; на этап {} ничего не ведёт", perhaps(near), show(unreached))
        }
        (Some(near), None) => perhaps(near),
        (None, Some(unreached)) => {
            format!("при этом на этап {} ничего не ведёт: не переименован ли он?", show(unreached))
        }
        (None, None) => {
            let define = how_to_define(NameKind::Stage, name);
            format!(
                "{define}. Конец — это `won`, `done` или `lost`, причина отказа пишется в `lost`"
            )
        }
    };
    let alike = nearest.map_or_else(String::new, |near| alike(name, near));
    message(title, help + &alike)
}

/// Where such a name is defined, and what to write there for a new one.
fn how_to_define(kind: NameKind, name: &str) -> String {
    let name = visible(name, 40);
    let written = match kind {
        NameKind::Stage | NameKind::StageOrEnd => {
            format!("stages: {{{name}: {{wait: 2d, next: 50%}}}}")
        }
        NameKind::Source => format!("sources: {{{name}: {{rate: 20/week}}}}"),
        NameKind::Reason => format!("next: {{lost: {{{name}: 10%}}}}"),
        NameKind::Role => format!("roles: {{{name}: {{people: 2}}}}"),
        NameKind::Department => format!("roles: {{продавец: {{people: 2, department: {name}}}}}"),
        NameKind::Person => format!("people: [{{name: {name}}}]"),
        NameKind::Activity => format!("work: {{role: продавец, time: 1h, activity: {name}}}"),
        NameKind::Promise => format!("promises: [{{name: {name}, from: лид, to: КП, within: 2d}}]"),
        NameKind::Item => format!("terms: {{demand: {{{name}: 90}}}}"),
        NameKind::Calendar => {
            format!("calendars: {{{name}: {{hours: {{mon-fri: \"09:00-18:00\"}}}}}}")
        }
        NameKind::Attribute | NameKind::Value => {
            format!("attributes: {{{name}: {{small: 60%, large: rest}}}}")
        }
        NameKind::Deal => return "имя пишется в точности так, как в определении сделки".to_owned(),
    };
    format!("имя пишется в точности так, как в определении; новое определяется так: `{written}`")
}

/// The genitive: what there is none of.
fn of_kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Stage => "этапа",
        NameKind::StageOrEnd => "этапа или исхода",
        NameKind::Source => "источника",
        NameKind::Reason => "причины отказа",
        NameKind::Role => "роли",
        NameKind::Department => "отдела",
        NameKind::Person => "сотрудника",
        NameKind::Activity => "операции",
        NameKind::Promise => "обещания",
        NameKind::Item => "позиции в `demand`",
        NameKind::Calendar => "календаря",
        NameKind::Attribute => "признака",
        NameKind::Value => "значения",
        NameKind::Deal => "сделки",
    }
}

fn hours(fault: HoursFault) -> &'static str {
    match fault {
        HoursFault::NotASpan => "нужны два времени через дефис, например `09:00-18:00`",
        HoursFault::NotATime => "время записывается часами и минутами, например `09:00`",
        HoursFault::HourTooLarge => "сутки заканчиваются в 24:00",
        HoursFault::MinuteTooLarge => "в часе 60 минут",
        HoursFault::StartsAtTheEnd => {
            "промежуток начинается раньше 24:00; следующие сутки начинаются в 00:00"
        }
    }
}

fn column(fault: &ColumnFault) -> String {
    match fault {
        ColumnFault::Outside => {
            "данные читаются только из папки самой модели, по относительному пути".to_owned()
        }
        ColumnFault::NotAFile { most_mib } => format!("это не файл размером до {most_mib} МиБ"),
        ColumnFault::Unreadable { reason } => {
            format!("система сообщает: `{}`", visible(reason, 200))
        }
        ColumnFault::NoColumn { column, found } => {
            format!("в нём нет столбца {}, есть {}", show(column), list(found))
        }
        ColumnFault::TwoColumns { column } => {
            format!("в нём два столбца {}", show(column))
        }
        ColumnFault::BadRow { row, reason } => {
            format!("строка {row} — не CSV: `{}`", visible(reason, 200))
        }
        ColumnFault::NegativeTime { row } => format!("в строке {row} отрицательная длительность"),
        ColumnFault::BadCell { row, cell: text, fault } => {
            format!("в строке {row} стоит {}: {}", show(text), cell(fault))
        }
    }
}
