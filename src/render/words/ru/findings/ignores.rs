//! Comments and settings that hide warnings.

use super::did_you_mean;
use crate::diagnostic::IgnoreFault;
use crate::render::words::Message;
use crate::render::words::shown::{message, show};

pub(super) fn ignore(fault: &IgnoreFault) -> Message {
    match fault {
        IgnoreFault::HidesNothing { code } => message(
            format!("предупреждения {}, которое нужно отключить, здесь нет", show(code)),
            "удалите это указание, чтобы оно не скрыло новое предупреждение",
        ),
        IgnoreFault::OfError { code } => message(
            format!("{} — это ошибка, её нельзя отключить", show(code)),
            "исправьте ошибку; отключить можно только предупреждения, их коды начинаются с `V6`",
        ),
        IgnoreFault::UnknownCode { code, nearest } => message(
            format!("кода {} нет", show(code)),
            did_you_mean(nearest.as_ref(), "код стоит в каждом замечании, например `V619`"),
        ),
        IgnoreFault::NotUnderstood => message(
            "этот комментарий для проверки непонятен",
            "напишите `# voronka: ignore V619`; дальше может стоять причина",
        ),
    }
}
