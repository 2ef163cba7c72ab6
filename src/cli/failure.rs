//! Why a command could not do its job, and the exit code of that.

use std::process::ExitCode;

use thiserror::Error;

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
    #[error("interrupted; nothing was written")]
    Interrupted(u8),
    /// Whoever read our output has gone: no error.
    #[error("")]
    ClosedPipe,
}

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Usage(_) => 2,
            Failure::Output { .. } => 3,
            Failure::Limit(_) => 4,
            Failure::Interrupted(code) => *code,
            Failure::ClosedPipe => 0,
        })
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
        match &failure {
            simulate::Failure::UnknownDimension { known, .. } => {
                Failure::Usage(format!("--by: {failure}; there are {}", known.join(", ")))
            }
            simulate::Failure::TooManyClasses { .. } | simulate::Failure::Misfit(_) => {
                Failure::Usage(failure.to_string())
            }
            simulate::Failure::TooManyDeals { .. } => Failure::Limit(format!(
                "{failure}: lower the rates, shorten the horizon, or split the source"
            )),
            simulate::Failure::EventLimit { of_one_deal: true, .. } => Failure::Limit(format!(
                "{failure}: a loop there hardly ever ends; give it a way out, or `max_visits`"
            )),
            simulate::Failure::EventLimit { .. } => Failure::Limit(format!(
                "{failure}: a loop hardly ever ends, or --max-visits is too low"
            )),
            simulate::Failure::Threads(_) => Failure::Limit(without_number(&failure.to_string())),
            simulate::Failure::Cancelled => Failure::Interrupted(130),
        }
    }
}
