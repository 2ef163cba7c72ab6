//! Why a command could not do its job, and the exit code of that.

use std::path::Path;
use std::process::ExitCode;

use thiserror::Error;

use super::terminal::language;
use crate::render::words::Refusal;
use crate::study::simulate;

/// What stopped a command.
#[derive(Debug, Error)]
pub(super) enum Failure {
    /// An argument that cannot be used.
    #[error("{0}")]
    Usage(String),
    /// The output cannot be written.
    #[error("{path}: {reason}")]
    Output {
        /// What was to be written.
        path: String,
        /// Why it was not.
        reason: String,
    },
    /// A limit was reached.
    #[error("{0}")]
    Limit(String),
    /// Stopped by a signal with this exit code.
    #[error("{}", language().refuse(Refusal::Interrupted))]
    Interrupted(u8),
    /// A sweep was stopped by a signal with this exit code.
    #[error("{}", language().refuse(Refusal::SweepInterrupted { done: *done, of: *of, folder: folder.as_deref() }))]
    InterruptedSweep {
        /// The exit code.
        code: u8,
        /// Points that are done.
        done: usize,
        /// Of how many.
        of: usize,
        /// The folder that keeps them, if one was named.
        folder: Option<String>,
    },
    /// The reader of the output has closed it: no error.
    #[error("")]
    ClosedPipe,
}

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Usage(_) => 2,
            Failure::Output { .. } => 3,
            Failure::Limit(_) => 4,
            Failure::Interrupted(code) | Failure::InterruptedSweep { code, .. } => *code,
            Failure::ClosedPipe => 0,
        })
    }

    /// An argument that cannot be used.
    pub(super) fn usage(refusal: Refusal<'_>) -> Failure {
        Failure::Usage(language().refuse(refusal))
    }

    /// What cannot be written where something else is.
    pub(super) fn place(path: &Path, refusal: Refusal<'_>) -> Failure {
        Failure::Output { path: path.display().to_string(), reason: language().refuse(refusal) }
    }

    pub(super) fn output(path: impl Into<String>, error: &std::io::Error) -> Failure {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Failure::ClosedPipe;
        }
        Failure::Output { path: path.into(), reason: reason(error) }
    }
}

/// What the system says, without the names of temporary files and numbers of errors.
pub(super) fn reason(error: &std::io::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    if let Some(inner) = error.get_ref() {
        cause = inner;
        while let Some(source) = cause.source() {
            cause = source;
        }
    }
    without_number(&cause.to_string())
}

fn without_number(text: &str) -> String {
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

impl From<simulate::Failure> for Failure {
    fn from(failure: simulate::Failure) -> Failure {
        let text = language().refuse(Refusal::Stopped(&failure));
        match failure {
            simulate::Failure::UnknownDimension { .. }
            | simulate::Failure::TooManyClasses { .. }
            | simulate::Failure::Misfit(_) => Failure::Usage(text),
            simulate::Failure::TooManyDeals { .. }
            | simulate::Failure::EventLimit { .. }
            | simulate::Failure::Threads(_) => Failure::Limit(text),
            simulate::Failure::Cancelled => Failure::Interrupted(130),
        }
    }
}
