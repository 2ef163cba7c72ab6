//! Comments and settings that hide warnings.

use super::did_you_mean;
use crate::diagnostic::IgnoreFault;
use crate::render::words::Message;
use crate::render::words::shown::{message, show};

pub(super) fn ignore(fault: &IgnoreFault) -> Message {
    match fault {
        IgnoreFault::HidesNothing { code } => message(
            format!("there is no {} here to ignore", show(code)),
            "remove it, so that it cannot hide a new warning",
        ),
        IgnoreFault::OfError { code } => message(
            format!("{} is an error and cannot be ignored", show(code)),
            "mend the error; only warnings can be ignored, their codes begin with `V6`",
        ),
        IgnoreFault::UnknownCode { code, nearest } => message(
            format!("there is no code {}", show(code)),
            did_you_mean(nearest.as_ref(), "codes are printed with each finding, as `V619`"),
        ),
        IgnoreFault::NotUnderstood => message(
            "this comment for the checker is not understood",
            "write `# voronka: ignore V619`; a reason may follow",
        ),
    }
}
