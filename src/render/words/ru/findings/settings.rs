//! A `voronka.toml` that cannot be used.

use super::did_you_mean;
use crate::diagnostic::{PatternFault, SettingKind, SettingsFault};
use crate::render::visible;
use crate::render::words::Message;
use crate::render::words::shown::{list, message, plain, show};

pub(super) fn settings(fault: &SettingsFault) -> Message {
    match fault {
        SettingsFault::NotToml { message } => {
            plain(format!("это не TOML, разбор остановился: `{}`", visible(message, 200)))
        }
        SettingsFault::UnknownKey { key, nearest, known } => message(
            format!("настройки {} нет", show(key)),
            did_you_mean(nearest.as_ref(), format!("есть такие: {}", list(known))),
        ),
        SettingsFault::WrongKind { wanted } => match wanted {
            SettingKind::Count => {
                message("это не число прогонов", "напишите целое число, например `budget = 10000`")
            }
            SettingKind::Truth => {
                message("здесь нужен ответ: да или нет", "напишите `true` или `false`")
            }
            SettingKind::Paths => message(
                "здесь нужен список шаблонов",
                "шаблоны пишутся как в `.gitignore`: `[\"models/**\", \"*.yml\"]`",
            ),
            SettingKind::Codes => {
                message("здесь нужен список кодов", "напишите `[\"V619\", \"V60\"]`")
            }
            SettingKind::PerPath => message(
                "здесь нужна таблица: шаблоны и их коды",
                "напишите `\"legacy/**\" = [\"V619\"]` под `[per-path]`",
            ),
        },
        SettingsFault::BadPath { reason } => message(
            format!("этот шаблон не годится: `{}`", visible(reason, 200)),
            "шаблоны пишутся как в `.gitignore`: `models/**/*.yaml`",
        ),
        SettingsFault::BadCode { code, fault: PatternFault::Unknown { nearest } } => message(
            format!("кода {} нет", show(code)),
            did_you_mean(nearest.as_ref(), "код стоит в каждом замечании, например `V619`"),
        ),
        SettingsFault::BadCode { code, fault: PatternFault::OnlyErrors } => message(
            format!("{} — это ошибка, её нельзя отключить", show(code)),
            "отключить можно только предупреждения; их коды начинаются с `V6`",
        ),
    }
}
