//! The words of diagnostics, in English: what is wrong, and how to mend it.

mod expectations;
mod files;
mod habits;
mod numbers;
mod process;
mod structure;
mod units;
mod values;
mod warnings;

use expectations::expectation;
pub(in crate::render::words) use expectations::holds;
use files::file;
use process::process;
use structure::structure;
use values::value;
use warnings::warning;

use crate::diagnostic::{Problem, Relation};
use crate::render::visible;
use crate::render::words::Message;

/// What a related place has to do with a finding.
pub(in crate::render::words) fn related(relation: Relation) -> &'static str {
    match relation {
        Relation::First => "first here",
    }
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
pub(in crate::render::words) fn message_of(problem: &Problem) -> Message {
    match problem {
        Problem::File(fault) => file(fault),
        Problem::Structure(fault) => structure(fault),
        Problem::Value(fault) => value(fault),
        Problem::Process(fault) => process(fault),
        Problem::Expectation(fault) => expectation(fault),
        Problem::Warning(found) => warning(found),
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
    use crate::diagnostic::ValueFault;

    #[test]
    fn sums_are_shown_with_what_is_missing() {
        let text = message_of(&ValueFault::SharesSum { sum: 0.999, of_lost: false }.into());
        assert_eq!(text.title, "the shares sum to 99.9 % and not to 100 %");
        assert_eq!(text.help.unwrap(), "0.1 % is missing: use `rest` for one of them");
    }
}
