//! The words of diagnostics, in Russian: what is wrong, and how to mend it.
//!
//! Names, keys and all that a reader may type stand in backticks, as the model has them.

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
use crate::render::words::{Language, Message, plural, shown};

const LANGUAGE: Language = Language::Russian;

/// The word before how a finding is mended.
pub(in crate::render::words) const HELP: &str = "помощь";

/// The word before a finding: what cannot be read is an error too.
pub(in crate::render::words) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "предупреждение",
        Severity::Error | Severity::Unreadable => "ошибка",
    }
}

/// What a related place has to do with a finding.
pub(in crate::render::words) fn related(relation: Relation) -> &'static str {
    match relation {
        Relation::First => "впервые здесь",
        Relation::Scenario => "в этом сценарии",
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

/// A character by its number and, where it has one, by its usual name.
fn code_point(letter: char) -> String {
    let name = match letter {
        '\u{A0}' => " (неразрывный пробел)",
        '\u{202F}' => " (узкий неразрывный пробел)",
        '\u{2007}' => " (пробел шириной в цифру)",
        '\u{3000}' => " (идеографический пробел)",
        '\u{200B}' => " (пробел нулевой ширины)",
        '\u{FEFF}' => " (метка порядка байтов)",
        '\u{AD}' => " (мягкий перенос)",
        _ => "",
    };
    shown::code_point(letter) + name
}

fn did_you_mean(nearest: Option<&String>, otherwise: impl Into<String>) -> String {
    nearest.map_or_else(|| otherwise.into(), |name| perhaps(name))
}

fn perhaps(name: &str) -> String {
    format!("возможно, имелось в виду {}", shown::show(name))
}

/// The nearest known name, with the letters that only look like its own.
fn did_you_mean_by(name: &str, nearest: Option<&String>, otherwise: impl Into<String>) -> String {
    did_you_mean(nearest, otherwise) + &nearest.map_or_else(String::new, |near| alike(name, near))
}

/// Which letters of a name look like those of a known one and belong to another alphabet; empty if none do.
fn alike(name: &str, near: &str) -> String {
    let shown = |(one, two): &(char, char)| {
        let scripts = |letter: &char| {
            if letter.is_ascii() { "латинская" } else { "кириллическая" }
        };
        format!(
            "здесь `{one}` {}, {}, а там {}, {}",
            scripts(one),
            shown::code_point(*one),
            scripts(two),
            shown::code_point(*two)
        )
    };
    let found = twins(name, near).unwrap_or_default();
    let parts: Vec<String> = found.iter().take(3).map(shown).collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("; буквы похожи, но разные: {}", parts.join("; "))
    }
}

/// How to write what was meant.
fn meaning(meant: &Meant) -> String {
    match meant {
        Meant::Written(written) => perhaps(written),
        Meant::Comma { point, none } => {
            format!("запятую можно понять двояко: напишите `{point}` или `{none}`")
        }
        Meant::Range(written) => format!("диапазон записывается так: `{written}`"),
        Meant::OneShare(middle) => format!("доля — это одно число, например `{middle}%`"),
        Meant::OneNumber => {
            "здесь нужно одно число: возьмите середину и меняйте её через `--set`".to_owned()
        }
    }
}

/// A number that may have decimals, with its noun: 1 раз, 2,5 раза, 1000 раз.
fn counted(x: f64, [one, few, many]: [&str; 3]) -> String {
    let shown = LANGUAGE.rough(x);
    let noun = match shown.parse() {
        Ok(whole) => plural::russian(whole, [one, few, many]),
        // A fraction takes the genitive singular, which is the form for a few.
        Err(_) => few,
    };
    format!("{shown} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::ValueFault;

    #[test]
    fn sums_are_shown_with_what_is_missing() {
        let text =
            message_of(&ValueFault::SharesSum { sum: 0.999, of_lost: None, apart: None }.into());
        assert_eq!(text.title, "доли в сумме дают 99,9 %, а не 100 %");
        assert_eq!(text.help.unwrap(), "не хватает 0,1 %: замените одну из долей на `rest`");
    }

    #[test]
    fn a_noun_agrees_with_its_number_and_with_a_fraction() {
        let years = |x| counted(x, ["год", "года", "лет"]);
        assert_eq!(years(101.0), "101 год");
        assert_eq!(years(150.5), "150,5 года");
        assert_eq!(years(200.0), "200 лет");
    }
}
