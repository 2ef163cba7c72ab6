//! The words of diagnostics, in English: what is wrong, and how to mend it.

mod expectations;
mod habits;
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

/// Which character of a key nobody sees, if there is one.
fn hidden(key: &str) -> String {
    let is_hidden = |letter: &char| {
        (letter.is_whitespace() && *letter != ' ')
            || matches!(letter, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{AD}')
    };
    let at = key.chars().position(|letter| is_hidden(&letter));
    let letter = at.and_then(|at| Some((at, key.chars().nth(at)?)));
    letter.map_or_else(String::new, |(at, letter)| {
        format!(", whose character {} is {}", at + 1, code_point(letter))
    })
}

/// A character by its number and, where it has one, by its usual name.
fn code_point(letter: char) -> String {
    let name = match letter {
        '\u{A0}' => " (a no-break space)",
        '\u{202F}' => " (a narrow no-break space)",
        '\u{2007}' => " (a figure space)",
        '\u{3000}' => " (an ideographic space)",
        '\u{200B}' => " (a zero-width space)",
        '\u{FEFF}' => " (a byte order mark)",
        '\u{AD}' => " (a soft hyphen)",
        _ => "",
    };
    format!("U+{:04X}{name}", u32::from(letter))
}

fn spaces(count: usize) -> String {
    if count == 1 { "1 space".to_owned() } else { format!("{count} spaces") }
}

/// A file's name as a shell takes it.
fn quoted(file: &str) -> String {
    let shown = visible(file, 200);
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '-' | '+');
    match shown.as_str() {
        "-" => "model.yaml".to_owned(),
        _ if shown.chars().all(is_plain) => shown,
        _ => format!("'{}'", shown.replace('\'', "'\\''")),
    }
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
        | Problem::LooksLikeTable
        | Problem::Syntax { .. }
        | Problem::NewerVersion { .. } => unreadable(problem),
        Problem::Number { text, wanted, fault } => bad_number(text, *wanted, fault),
        Problem::BadParameters { fault, of_time } => parameters(fault, *of_time),
        Problem::UnknownName { .. }
        | Problem::UnknownStage { .. }
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
        Problem::LooksLikeTable => message(
            "this looks like a table (CSV) and not like a model",
            "a model is YAML; a table of values is named in it, as `{empirical: {file: data.csv, column: amount}}`",
        ),
        Problem::NotText => message("not a text file", "a model is YAML text in UTF-8"),
        Problem::NotUtf8 { likely, file } => {
            let (looks, from) = match likely {
                Encoding::Utf16 => (" (it looks like UTF-16)", "UTF-16"),
                Encoding::Windows1251 => (" (it looks like Windows-1251)", "WINDOWS-1251"),
                Encoding::Unknown => ("", "ENCODING"),
            };
            message(
                format!("the file is not UTF-8{looks}"),
                format!("convert it: `iconv -f {from} -t UTF-8 {} > converted.yaml`", quoted(file)),
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
        SyntaxFault::Invisible { letter } => message(
            format!("{} indents this line and is no space", code_point(*letter)),
            "replace it with spaces; it often comes with text that is copied from a page or a chat",
        ),
        SyntaxFault::Indentation { found, siblings } => message(
            format!(
                "this line is indented by {}, and those beside it by {siblings}",
                spaces(*found)
            ),
            format!("indent it by {}", spaces(*siblings)),
        ),
        SyntaxFault::CommentInName => message(
            "` #` begins a comment, so this name ends here",
            "quote a name that holds it: \"Demo #2\"",
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
        Problem::UnknownStage { name, nearest, unreached } => {
            unknown_stage(name, nearest.as_deref(), unreached.as_deref())
        }
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

fn unknown_stage(name: &str, nearest: Option<&str>, unreached: Option<&str>) -> Message {
    let title = format!("there is no stage {}", show(name));
    if let Some(share) = habits::share(name) {
        return message(title, format!("did you mean {}?", show(&share)));
    }
    let help = match (nearest, unreached) {
        (Some(near), Some(unreached)) if near == unreached => {
            format!("did you mean {}? Nothing else leads to it", show(near))
        }
        (Some(near), Some(unreached)) => {
            format!("did you mean {}? And nothing leads to {}", show(near), show(unreached))
        }
        (Some(near), None) => format!("did you mean {}?", show(near)),
        (None, Some(unreached)) => {
            format!("and nothing leads to {}: was that stage renamed?", show(unreached))
        }
        (None, None) => "names are written exactly as where the stage is defined".to_owned(),
    };
    message(title, help)
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
        let text = english(&Problem::SharesSum { sum: 0.999, of_lost: false });
        assert_eq!(text.title, "the shares sum to 99.9 % and not to 100 %");
        assert_eq!(text.help.unwrap(), "0.1 % is missing: use `rest` for one of them");
    }
}
