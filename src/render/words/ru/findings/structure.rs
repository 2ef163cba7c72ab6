//! Keys and kinds of values that do not make a model.

use super::habits::instead;
use super::numbers::wanted;
use super::{code_point, did_you_mean, did_you_mean_by};
use crate::diagnostic::meant::drawn;
use crate::diagnostic::{ExtendsFault, Found, Home, NameFault, StructureFault, Wanted};
use crate::render::visible;
use crate::render::words::Message;
use crate::render::words::shown::{self, inside, list, message, show};

#[allow(clippy::too_many_lines)] // one arm per fault: a table
pub(super) fn structure(fault: &StructureFault) -> Message {
    match fault {
        StructureFault::DuplicateKey { key } => message(
            format!("ключ {} указан дважды", show(key)),
            "оставьте один из них; первый тоже отмечен",
        ),
        StructureFault::MergeKey => {
            message("в языке моделей нет `<<`", "повторите ключи или используйте `variants`")
        }
        StructureFault::UndefinedAnchor { name } => {
            let help = match name.parse::<f64>() {
                Ok(_) => format!("чтобы умножить значение, напишите его в кавычках: `\"*{name}\"`"),
                Err(_) => "определите его как `&name`".to_owned(),
            };
            message(format!("якорь {} выше не определён", show(name)), help)
        }
        StructureFault::UnsupportedTag { tag } => {
            message(format!("в языке моделей нет тега {}", show(tag)), "удалите его")
        }
        StructureFault::UnknownKey { key, known, .. }
            if key == "value" && known.iter().any(|key| key == "enters") =>
        {
            message(
                format!("неизвестный ключ {}", show(key)),
                "сумма сделок источника задаётся на верхнем уровне: `value: [{when: {source: ИМЯ}, amount: 900}, \
                 {amount: 500}]`",
            )
        }
        StructureFault::MisplacedKey { key, home } => match home {
            Home::Inside(section) => message(
                format!("ключу {} на этом уровне не место", show(key)),
                format!(
                    "его место внутри {}: {}",
                    show(section),
                    show(&inside(section, key, "ИМЯ", "ЭТАП"))
                ),
            ),
            Home::Beside(section) => message(
                format!("ключу {} не место внутри {}", show(key), show(section)),
                format!("он относится к этапу: запишите его на одном уровне с {}", show(section)),
            ),
        },
        StructureFault::UnknownKey { key, .. } if key.starts_with("//") => {
            message(format!("неизвестный ключ {}", show(key)), "комментарий начинается с `#`")
        }
        StructureFault::UnknownKey { key, nearest: None, known }
            if known.iter().any(|key| key == "max_visits")
                && let Some(drawn) = drawn(key) =>
        {
            message(format!("неизвестный ключ {}", show(key)), instead(drawn))
        }
        StructureFault::UnknownKey { key, nearest, known } => message(
            format!("неизвестный ключ {}{}", show(key), hidden(key)),
            did_you_mean_by(key, nearest.as_ref(), format!("здесь допустимы {}", list(known))),
        ),
        StructureFault::NotYet { key } => message(
            not_yet(key),
            "такой ключ в языке есть, но эта версия его ещё не моделирует: удалите его, чтобы запустить остальное",
        ),
        StructureFault::LaterKey { key, example } => message(
            not_yet(key),
            format!(
                "в языке это записывается как `{example}`, но эта версия этого ещё не моделирует: удалите ключ, чтобы \
                 запустить остальное"
            ),
        ),
        StructureFault::LaterCommand { key } => message(
            not_yet(key),
            "в одной из следующих версий это будет команда: удалите ключ, чтобы запустить остальное",
        ),
        StructureFault::NotIndented { key, parent } => message(
            format!("{} стоит рядом с {}, а не внутри", show(key), show(parent)),
            format!("сдвиньте всё, что относится к {}, на два пробела вправо", show(parent)),
        ),
        StructureFault::TooDeep { key, parent } => message(
            format!(
                "{} стоит внутри {}, а должен стоять на верхнем уровне модели",
                show(key),
                show(parent)
            ),
            "напишите этот ключ с начала строки, а всё, что к нему относится, на два пробела правее",
        ),
        StructureFault::MissingKey { key: "rollout", .. } => message(
            "`followed` спрашивает, соблюдён ли предписанный процесс, а раздела `rollout` в модели нет",
            "укажите, как процесс осваивают: `rollout: {start: 2026-03-02, duration: 100 days, from: 20%, to: 95%}`",
        ),
        StructureFault::MissingKey { key, owner } => {
            message(format!("в {} нет ключа `{key}`", show(owner)), missing_help(key))
        }
        StructureFault::WrongKind { wanted: what, found } => {
            let (kind, how) = wanted(*what);
            let is_of_shares = matches!((what, found), (Wanted::Share | Wanted::Next, Found::List));
            let names = "имена — это ключи с долями: пишите `{price: 30%, silence: rest}` или в строке `price: 30%` без `-`";
            let how = if is_of_shares { names } else { how };
            message(format!("здесь ожидается {kind}, а {}", given(*found)), how)
        }
        StructureFault::Rewritten { text, written, wanted: what } => message(
            match what {
                Wanted::List => {
                    format!("{} — одно значение, а здесь нужны два предела", show(text))
                }
                _ => format!("{} — текст, а пределы задаются ключами", show(text)),
            },
            format!("напишите {}", show(written)),
        ),
        StructureFault::OtherForm { text, written, .. } => message(
            if written.starts_with(&format!("{text}: ")) {
                format!("у {} нет доли", show(text))
            } else {
                format!("{} в таком виде не читается", show(text))
            },
            format!("напишите `{}`", visible(written, 160)),
        ),
        StructureFault::NamesInList { section, name } => message(
            format!("{} — список, а имена в нём должны быть ключами", show(section)),
            format!(
                "напишите {}, а под ним всё, что к нему относится, без `-` и `name`",
                show(&format!("{name}:"))
            ),
        ),
        StructureFault::NoColon { key, value } => message(
            format!("после {} нет двоеточия", show(key)),
            format!("напишите {}", show(&format!("{key}: {value}"))),
        ),
        StructureFault::QuotedMap { text } => message(
            "в кавычках распределение становится текстом",
            format!("уберите их: `{}`", visible(text, 160)),
        ),
        StructureFault::SaysTwice { key, other } => message(
            format!("то же, что {}, говорит ключ {}, и он уже есть", show(key), show(other)),
            format!("оставьте {} и напишите нужное там", show(other)),
        ),
        StructureFault::Conflict { key, other } => message(
            format!("`{key}` нельзя указывать вместе с `{other}`"),
            format!("оставьте либо `{key}`, либо `{other}`"),
        ),
        StructureFault::CannotVary { key } => message(
            format!("вариант не может менять {}", show(key)),
            "варианты могут менять `wait`, `steps`, `cost`, `set` и `next`",
        ),
        StructureFault::BadName { name, fault } => match fault {
            NameFault::Empty => message("имя пустое", "в имени нужна хотя бы одна буква"),
            NameFault::Control => message(
                format!("в имени {} есть управляющие символы", show(name)),
                "удалите их: они могут подделать то, что выводится",
            ),
            NameFault::Reserved => message(
                format!("{} — это исход сделки, этап так называть нельзя", show(name)),
                "`won`, `lost`, `done`, `cancelled` и `rest` — слова ключа `next`: переименуйте этап",
            ),
        },
        StructureFault::UnknownPath { path, nearest } => message(
            format!("в модели нет ничего по пути {}", show(path)),
            did_you_mean(
                nearest.as_ref(),
                "путь записывается как `stages.offer.cost`; элементы списков считаются с 1",
            ),
        ),
        StructureFault::BadOverride { text } => message(
            format!("{} не имеет вида `ПУТЬ=ЗНАЧЕНИЕ`", show(text)),
            "напишите, например, `--set stages.offer.cost=200`; `null` удаляет значение",
        ),
        StructureFault::Extends { file, fault } => extends(file, fault),
        StructureFault::NothingToChange { text } => message(
            format!("{} изменяет значение, но здесь нечего изменять", show(text)),
            "`*1.2` умножает число с единицей измерения, `+2` прибавляет число в той же единице",
        ),
        StructureFault::Factor { text, written } => message(
            format!("{} — не значение и не множитель", show(text)),
            format!(
                "чтобы умножить значение модели, напишите множитель в кавычках: `\"{written}\"`"
            ),
        ),
        StructureFault::UnknownScenario { name, nearest, known } => message(
            format!("сценария {} нет", show(name)),
            did_you_mean(
                nearest.as_ref(),
                match known.as_slice() {
                    [] => "в модели нет раздела `scenarios`".to_owned(),
                    known => format!("в модели есть {}", list(known)),
                },
            ),
        ),
        StructureFault::NotInScenario { key } => {
            message(format!("сценарий не может изменить {}", show(key)), "удалите этот ключ")
        }
        StructureFault::OutsideVisit { key } => message(
            format!("о `{key}` можно спросить только при посещении этапа"),
            "перенесите условие в `variants` этапа",
        ),
    }
}

fn extends(file: &str, fault: &ExtendsFault) -> Message {
    match fault {
        ExtendsFault::NoSuchFile { nearest } => message(
            format!("модели {}, которую нужно расширить, нет", show(file)),
            did_you_mean(nearest.as_ref(), "путь начинается в папке этого файла"),
        ),
        ExtendsFault::Outside => message(
            format!("{} не в папке этого файла", show(file)),
            "модель расширяет только модели из своей папки и вложенных в неё",
        ),
        ExtendsFault::NoFolder => message(
            format!("модель {} нельзя найти из стандартного ввода", show(file)),
            "сохраните модель в файл рядом с ней",
        ),
        ExtendsFault::Circle => message(
            format!("{} расширяется дважды", show(file)),
            "модели расширяют друг друга по кругу или глубже восьми уровней",
        ),
        ExtendsFault::Unreadable => message(
            format!("{} не читается", show(file)),
            format!("причину покажет `voronka check {file}`"),
        ),
    }
}

fn not_yet(key: &str) -> String {
    format!("{} пока не поддерживается", show(key))
}

fn given(found: Found) -> &'static str {
    match found {
        Found::Nothing => "не указано ничего",
        Found::Scalar => "указано одно значение",
        Found::List => "указан список",
        Found::Map => "указаны ключи со значениями",
    }
}

fn missing_help(key: &str) -> &'static str {
    match key {
        "next" => {
            "укажите, куда идут сделки: `next: 30%`, `next: won` или `next: {offer: 30%, lost: rest}`"
        }
        "rate" => {
            "укажите, сколько сделок приходит: `rate: 20/week` или `every: {exponential: {mean: 6h}}`"
        }
        "when" => "укажите, когда действует вариант: `when: {segment: smb}`",
        "share" => "добавьте `share: 40%`",
        "sla" => "чтобы посещение могло опоздать, нужен обещанный срок: `sla: 40d`",
        "late" => {
            "укажите, как посещение меняет оценку клиента: `satisfaction: {late: -15, revisit: -5}`"
        }
        "count" => "добавьте, сколько людей: `people: [{count: 2, cost: 900/hour}]`",
        "time" => "добавьте время, например `time: 1h`",
        "role" => "добавьте роль, например `role: manager`",
        "p90" => "укажите второе число, например `{lognormal: {median: 5d, p90: 15d}}`",
        "median" => "укажите оба числа, например `{lognormal: {median: 5d, p90: 15d}}`",
        "kpi" => "назовите KPI: `kpi: win_rate`",
        "wait" => "шаг — это работа или ожидание: `{role: manager, time: 1h}` или `{wait: 2d}`",
        _ => "добавьте его",
    }
}

/// Which character of a key nobody sees, if there is one.
fn hidden(key: &str) -> String {
    shown::hidden(key).map_or_else(String::new, |(at, letter)| {
        format!(", в котором символ {at} — {}", code_point(letter))
    })
}
