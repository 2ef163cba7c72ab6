//! A `voronka.toml` that cannot be used.

use super::did_you_mean;
use crate::diagnostic::{PatternFault, SettingKind, SettingsFault};
use crate::render::visible;
use crate::render::words::Message;
use crate::render::words::shown::{list, message, plain, show};

pub(super) fn settings(fault: &SettingsFault) -> Message {
    match fault {
        SettingsFault::NotToml { message } => {
            plain(format!("this is not TOML: {}", visible(message, 200)))
        }
        SettingsFault::UnknownKey { key, nearest, known } => message(
            format!("there is no setting {}", show(key)),
            did_you_mean(nearest.as_ref(), format!("there are {}", list(known))),
        ),
        SettingsFault::WrongKind { wanted } => match wanted {
            SettingKind::Count => message(
                "this is not a number of replications",
                "write a whole number, as `budget = 10000`",
            ),
            SettingKind::Truth => {
                message("this is neither true nor false", "write `true` or `false`")
            }
            SettingKind::Paths => message(
                "this is not a list of patterns",
                "write patterns as in .gitignore: `[\"models/**\", \"*.yml\"]`",
            ),
            SettingKind::Codes => {
                message("this is not a list of codes", "write `[\"V619\", \"V60\"]`")
            }
            SettingKind::PerPath => message(
                "this is not a table of patterns with codes",
                "write `\"legacy/**\" = [\"V619\"]` below `[per-path]`",
            ),
        },
        SettingsFault::BadPath { reason } => message(
            format!("this pattern cannot be used: {}", visible(reason, 200)),
            "patterns are written as in .gitignore: `models/**/*.yaml`",
        ),
        SettingsFault::BadCode { code, fault: PatternFault::Unknown { nearest } } => message(
            format!("there is no code {}", show(code)),
            did_you_mean(nearest.as_ref(), "codes are printed with each finding, as `V619`"),
        ),
        SettingsFault::BadCode { code, fault: PatternFault::OnlyErrors } => message(
            format!("{} is an error and cannot be ignored", show(code)),
            "only warnings can be ignored; their codes begin with `V6`",
        ),
    }
}
