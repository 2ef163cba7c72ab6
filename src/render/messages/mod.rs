//! The words of diagnostics, in English: what is wrong, and how to mend it.

mod expectations;
mod structure;
mod values;
mod warnings;

use expectations::expectation;
pub use expectations::holds;
use structure::structure;
use values::{bad_number, parameters};
use warnings::warning;

use super::visible;
use crate::diagnostic::{Encoding, NameFault, Problem, SyntaxFault};

/// A diagnostic in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What is wrong.
    pub title: String,
    /// How to mend it.
    pub help: Option<String>,
}

fn message(title: impl Into<String>, help: impl Into<String>) -> Message {
    Message { title: title.into(), help: Some(help.into()) }
}

fn plain(title: impl Into<String>) -> Message {
    Message { title: title.into(), help: None }
}

fn show(text: &str) -> String {
    format!("`{}`", visible(text, 60))
}

fn did_you_mean(nearest: Option<&String>, otherwise: impl Into<String>) -> String {
    match nearest {
        Some(name) => format!("did you mean {}?", show(name)),
        None => otherwise.into(),
    }
}

fn list(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(12).map(|name| show(name)).collect();
    let more = if names.len() > 12 { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// The message of a problem.
pub fn english(problem: &Problem) -> Message {
    match problem {
        Problem::NoSuchFile { .. }
        | Problem::NotAFile
        | Problem::CannotRead { .. }
        | Problem::TooLarge { .. }
        | Problem::EmptyModel
        | Problem::NotText
        | Problem::NotUtf8 { .. }
        | Problem::Syntax { .. }
        | Problem::NewerVersion { .. } => unreadable(problem),
        Problem::Number { text, wanted, fault } => bad_number(text, *wanted, fault),
        Problem::BadParameters { fault, of_time } => parameters(fault, *of_time),
        Problem::UnknownName { .. }
        | Problem::NameTwice { .. }
        | Problem::ReservedAttribute { .. }
        | Problem::BadName { .. }
        | Problem::UnknownFamily { .. }
        | Problem::UnknownKpi { .. }
        | Problem::UnknownStat { .. } => name(problem),
        Problem::ExpectationFails(_)
        | Problem::Undecided { .. }
        | Problem::NothingObserved { .. }
        | Problem::NoSuchFigure { .. }
        | Problem::CertainChance { .. }
        | Problem::NothingPromised
        | Problem::NoFigure { .. } => expectation(problem),
        problem if problem.severity() == crate::diagnostic::Severity::Warning => warning(problem),
        problem => structure(problem),
    }
}

fn unreadable(problem: &Problem) -> Message {
    match problem {
        Problem::NoSuchFile { nearest } if nearest.is_empty() => {
            message("no such file", "a model is a YAML file; see models/ for examples")
        }
        Problem::NoSuchFile { nearest } => {
            message("no such file", format!("there is {}", list(nearest)))
        }
        Problem::NotAFile => {
            message("this is not a file", "name a model file, or `-` for standard input")
        }
        Problem::CannotRead { reason } => {
            plain(format!("cannot be read: {}", visible(reason, 200)))
        }
        Problem::TooLarge { limit_mib } => message(
            format!("the file is larger than {limit_mib} MiB"),
            "a model of 1,000 stages takes less than 1 MiB; is this the right file?",
        ),
        Problem::EmptyModel => message(
            "empty model",
            "the smallest useful one is `stages: {lead: {wait: 1d, next: 30%}}`; see models/ for examples",
        ),
        Problem::NotText => message("not a text file", "a model is YAML text in UTF-8"),
        Problem::NotUtf8 { likely } => {
            let (looks, from) = match likely {
                Encoding::Utf16 => (" (it looks like UTF-16)", "UTF-16"),
                Encoding::Windows1251 => (" (it looks like Windows-1251)", "WINDOWS-1251"),
                Encoding::Unknown => ("", "ENCODING"),
            };
            message(
                format!("the file is not UTF-8{looks}"),
                format!("convert it: `iconv -f {from} -t UTF-8 model.yaml > converted.yaml`"),
            )
        }
        Problem::NewerVersion { found } => message(
            format!("this model is written in version {} of the language", show(found)),
            "this voronka reads version 1; use a newer one",
        ),
        Problem::Syntax { fault } => syntax(fault),
        _ => plain("cannot be read"),
    }
}

fn syntax(fault: &SyntaxFault) -> Message {
    match fault {
        SyntaxFault::Tab => message("a tab cannot indent YAML", "use spaces"),
        SyntaxFault::Unclosed { opener: '"' | '\'' } => {
            message("this quote is never closed", "close it where the text ends")
        }
        SyntaxFault::Unclosed { opener } => {
            let close = if *opener == '[' { ']' } else { '}' };
            message(
                format!("this `{opener}` is never closed, or something in it is not YAML"),
                format!("close it with `{close}`; separate what is in it with commas"),
            )
        }
        SyntaxFault::SeveralDocuments => message(
            "a second document begins here",
            "one model a file: remove `---` and what follows",
        ),
        SyntaxFault::ColonInText => message(
            "a colon is not allowed here",
            "quote a text that holds a colon (\"a: b\"), and check the indentation",
        ),
        SyntaxFault::TooComplex => message(
            "the file is nested too deeply, or its aliases unfold too far",
            "at most 64 levels and a million values",
        ),
        SyntaxFault::Other { message: text } => plain(format!("not YAML: {}", visible(text, 120))),
    }
}

fn name(problem: &Problem) -> Message {
    match problem {
        Problem::UnknownName { kind: "attribute", name, nearest } => message(
            format!("there is no attribute {}", show(name)),
            did_you_mean(nearest.as_ref(), "declare it under `attributes`, or `set` it in a stage"),
        ),
        Problem::UnknownName { kind, name, nearest } => message(
            format!("there is no {kind} {}", show(name)),
            did_you_mean(
                nearest.as_ref(),
                format!("names are written exactly as where the {kind} is defined"),
            ),
        ),
        Problem::NameTwice { name, kind, other } => message(
            format!("{} names {kind} here and {other} elsewhere", show(name)),
            "a name stands for one kind of thing: rename one of them",
        ),
        Problem::ReservedAttribute { name } => message(
            format!("{} is a word of conditions and cannot name an attribute", show(name)),
            "choose another name",
        ),
        Problem::BadName { name, fault } => match fault {
            NameFault::Empty => message("a name is empty", "give it at least one letter"),
            NameFault::Control => message(
                format!("{} holds control characters", show(name)),
                "remove them: they could fake what is printed",
            ),
            NameFault::Reserved => message(
                format!("{} is how a deal ends and cannot name a stage", show(name)),
                "won, lost, done, cancelled and rest are words of `next`: rename the stage",
            ),
        },
        Problem::UnknownFamily { name, nearest } => message(
            format!("there is no distribution {}", show(name)),
            did_you_mean(
                nearest.as_ref(),
                "there are uniform, triangular, pert, normal, lognormal, exponential, gamma, erlang, weibull, loglogistic, beta, hyperexponential, empirical, mixture",
            ),
        ),
        Problem::UnknownKpi { name, nearest } => message(
            format!("there is no KPI {}", show(name)),
            did_you_mean(nearest.as_ref(), "as win_rate, sales_cycle, bookings, cost_per_won"),
        ),
        Problem::UnknownStat { name, kpi, nearest, known } => message(
            format!("{kpi} has no statistic {}", show(name)),
            did_you_mean(nearest.as_ref(), format!("there are {}", list(known))),
        ),
        _ => plain("a name is wrong"),
    }
}

/// At most four significant digits, without an exponent.
fn round(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return "0".to_owned();
    }
    let digits = (3 - x.abs().log10().floor() as i32).clamp(0, 12);
    let text = format!("{x:.*}", digits as usize);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_shown_with_what_is_missing() {
        let text = english(&Problem::SharesSum { sum: 0.999 });
        assert_eq!(text.title, "the shares sum to 99.9 % and not to 100 %");
        assert_eq!(text.help.unwrap(), "0.1 % is missing: use `rest` for one of them");
    }
}
