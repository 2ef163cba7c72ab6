//! The words of diagnostics, in English: what is wrong, and how to mend it.

mod doubts;
mod expectations;
mod files;
mod habits;
mod ignores;
mod never;
mod numbers;
mod process;
mod settings;
mod structure;
mod terms;
mod testing;
mod values;
mod warnings;

use doubts::doubt;
use expectations::expectation;
pub(in crate::render::words) use expectations::{holds, target};
use files::file;
use ignores::ignore;
use process::process;
use settings::settings;
use structure::structure;
use terms::terms;
use testing::test;
use values::value;
use warnings::warning;

use crate::diagnostic::meant::Meant;
use crate::diagnostic::{Problem, Relation, Severity};
use crate::quantity::twins;
use crate::render::words::{Language, Message, shown};

const LANGUAGE: Language = Language::English;

/// The word before how a finding is mended.
pub(in crate::render::words) const HELP: &str = "help";

/// The word before a finding: what cannot be read is an error too.
pub(in crate::render::words) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error | Severity::Unreadable => "error",
    }
}

/// What a related place has to do with a finding.
pub(in crate::render::words) fn related(relation: Relation) -> &'static str {
    match relation {
        Relation::First => "first here",
        Relation::Scenario => "in this scenario",
    }
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
    shown::code_point(letter) + name
}

fn did_you_mean(nearest: Option<&String>, otherwise: impl Into<String>) -> String {
    match nearest {
        Some(name) => format!("did you mean {}?", shown::show(name)),
        None => otherwise.into(),
    }
}

/// The nearest known name, with the letters that only look like its own.
fn did_you_mean_by(name: &str, nearest: Option<&String>, otherwise: impl Into<String>) -> String {
    did_you_mean(nearest, otherwise) + &nearest.map_or_else(String::new, |near| alike(name, near))
}

/// Which letters of a name look like those of a known one and belong to another alphabet; empty if none do.
fn alike(name: &str, near: &str) -> String {
    let shown = |(one, two): &(char, char)| {
        let scripts = |letter: &char| if letter.is_ascii() { "Latin" } else { "Cyrillic" };
        format!(
            "`{one}` is {} ({}) here and {} ({}) there",
            scripts(one),
            shown::code_point(*one),
            scripts(two),
            shown::code_point(*two)
        )
    };
    let found = twins(name, near).unwrap_or_default();
    let parts: Vec<String> = found.iter().take(3).map(shown).collect();
    if parts.is_empty() { String::new() } else { format!(" They look alike: {}", parts.join("; ")) }
}

/// How to write what was meant.
fn meaning(meant: &Meant) -> String {
    match meant {
        Meant::Written(written) => format!("did you mean {}?", shown::show(written)),
        Meant::Comma { point, none } => {
            format!("a comma could mean two things: write `{point}` or `{none}`")
        }
        Meant::Range(written) => format!("write a range as `{written}`"),
        Meant::OneShare(middle) => format!("a share is one number, as `{middle}%`"),
        Meant::OneNumber => {
            "this is one number: take the middle, and vary it with `--set`".to_owned()
        }
    }
}

/// The message of a problem.
pub(in crate::render::words) fn message_of(problem: &Problem) -> Message {
    match problem {
        Problem::File(fault) => file(fault),
        Problem::Structure(fault) => structure(fault),
        Problem::Value(fault) => value(fault),
        Problem::Terms(fault) => terms(fault),
        Problem::Process(fault) => process(fault),
        Problem::Expectation(fault) => expectation(fault),
        Problem::Warning(found) => warning(found),
        Problem::Doubt(found) => doubt(found),
        Problem::Ignore(fault) => ignore(fault),
        Problem::Settings(fault) => settings(fault),
        Problem::Test(fault) => test(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::ValueFault;

    #[test]
    fn sums_are_shown_with_what_is_missing() {
        let text =
            message_of(&ValueFault::SharesSum { sum: 0.999, of_lost: None, apart: None }.into());
        assert_eq!(text.title, "the shares sum to 99.9 % and not to 100 %");
        assert_eq!(text.help.unwrap(), "0.1 % is missing: use `rest` for one of them");
    }
}
