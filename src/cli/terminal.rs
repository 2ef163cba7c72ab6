//! What the terminal can do, and writing to it.

use std::io::{IsTerminal, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use terminal_size::terminal_size_of;

use super::failure::Failure;
use crate::diagnostic::Severity;
use crate::render::words::{Language, Refusal, severity};
use crate::render::{findings, terminal};

/// Columns where the terminal does not say.
const WIDTH: usize = 100;

/// A stream that people read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stream {
    Output,
    Errors,
}

impl Stream {
    fn is_terminal(self) -> bool {
        match self {
            Stream::Output => std::io::stdout().is_terminal(),
            Stream::Errors => std::io::stderr().is_terminal(),
        }
    }

    /// Columns of its terminal.
    fn width(self) -> usize {
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        let size = || match self {
            Stream::Output => terminal_size_of(std::io::stdout()),
            Stream::Errors => terminal_size_of(std::io::stderr()),
        };
        columns.or_else(|| Some(size()?.0.0.into())).unwrap_or(WIDTH).clamp(20, 200)
    }
}

/// The locale of a category of the environment, as `LC_NUMERIC`; none where nothing is said.
pub(super) fn locale(category: &str) -> Option<String> {
    let value = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", category, "LANG"].into_iter().find_map(value)
}

/// What `--lang` asked for.
static ASKED: OnceLock<Language> = OnceLock::new();

/// The language by which decimals are written for Excel: that of `--lang`, else of the locale of numbers, else that of
/// what people read.
pub(super) fn language_of_numbers() -> String {
    let asked = ASKED.get().map(|asked| asked.tag().to_owned());
    asked.or_else(|| locale("LC_NUMERIC")).unwrap_or_else(|| language().tag().to_owned())
}

/// What `--lang` or the environment asked for.
static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// Keeps the language of this run: that of `--lang`, else of `VORONKA_LANG`, else of the locale of messages where it
/// is one of ours.
///
/// A value of `VORONKA_LANG` that names no known language is refused.
pub(super) fn set_language(asked: Option<Language>) -> Result<(), Failure> {
    let wanted = std::env::var("VORONKA_LANG").ok().filter(|value| !value.is_empty());
    let wanted = wanted.map(|tag| {
        Language::of_tag(&tag).ok_or_else(|| Failure::usage(Refusal::UnknownLanguage(&tag)))
    });
    let of_locale = || Language::of_tag(&locale("LC_MESSAGES").unwrap_or_default());
    let language = match (asked, wanted) {
        (Some(asked), _) => asked,
        (None, Some(wanted)) => wanted?,
        (None, None) => of_locale().unwrap_or_default(),
    };
    LANGUAGE.get_or_init(|| language);
    if let Some(asked) = asked {
        ASKED.get_or_init(|| asked);
    }
    Ok(())
}

/// The language that people are spoken to in.
pub(super) fn language() -> Language {
    LANGUAGE.get().copied().unwrap_or_default()
}

impl clap::ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Language] {
        &Language::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.tag()))
    }
}

/// Whether letters beyond ASCII can be shown: a terminal of today, or a pipe.
fn is_ascii_only() -> bool {
    let is = |name: &str, wanted: &[&str]| {
        std::env::var(name).is_ok_and(|value| wanted.contains(&value.as_str()))
    };
    let plain_locale =
        locale("LC_CTYPE").is_some_and(|locale| matches!(locale.as_str(), "C" | "POSIX"));
    is("TERM", &["dumb"]) || (plain_locale && std::io::stdout().is_terminal())
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Colour {
    /// Only on a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Even in a file or a pipe
    Always,
    /// Never
    Never,
}

/// What `--color` asked for.
static COLOUR: OnceLock<Colour> = OnceLock::new();

/// Keeps what `--color` asked for; the first word counts.
pub(super) fn set_colour(colour: Colour) {
    COLOUR.get_or_init(|| colour);
}

/// Whether a stream is coloured: `--color`, then `NO_COLOR`, then `FORCE_COLOR` and `CLICOLOR_FORCE`, then what the
/// stream is.
fn wants_colour(stream_is_terminal: bool) -> bool {
    let is_set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let forces =
        |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0");
    match COLOUR.get().copied().unwrap_or_default() {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if is_set("NO_COLOR") => false,
        Colour::Auto if forces("FORCE_COLOR") || forces("CLICOLOR_FORCE") => true,
        Colour::Auto => stream_is_terminal && std::env::var("TERM").as_deref() != Ok("dumb"),
    }
}

/// Whether what is printed may have colours.
pub(super) fn colour_on_stdout() -> bool {
    wants_colour(std::io::stdout().is_terminal())
}

/// How tables are shown on standard output: in a file or a pipe that no width is given for, tables stay whole.
pub(super) fn table_style() -> terminal::Style {
    let is_terminal = Stream::Output.is_terminal();
    let colour = wants_colour(is_terminal);
    let folds = is_terminal || std::env::var_os("COLUMNS").is_some();
    terminal::Style {
        width: Stream::Output.width(),
        folds,
        ascii: is_ascii_only(),
        colour,
        language: language(),
    }
}

/// How diagnostics are drawn on standard error, or on standard output.
pub(super) fn diagnostic_style(on_stdout: bool) -> findings::Style {
    let stream = if on_stdout { Stream::Output } else { Stream::Errors };
    findings::Style {
        colour: wants_colour(stream.is_terminal()),
        width: stream.width(),
        language: language(),
    }
}

/// Writes the result to standard output.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

/// Standard output was closed when the program started, so nothing can be printed.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// Remembers that standard output was closed when the program started.
pub(super) fn stdout_is_closed() {
    CLOSED.store(true, Ordering::Relaxed);
}

/// Writes a result that may be no text to standard output.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    if CLOSED.load(Ordering::Relaxed) {
        let path = "standard output".to_owned();
        let reason = language().refuse(Refusal::Closed);
        return Err(Failure::Output { path, reason });
    }
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    written.map_err(|error| Failure::output("standard output", &error))
}

/// Writes a message to standard error; nothing if that is closed.
pub(super) fn tell(text: &str) {
    std::io::stderr().lock().write_all(text.as_bytes()).ok();
}

/// Writes why a command failed.
pub(super) fn complain(failure: &Failure) {
    let text = failure.to_string();
    if !text.is_empty() {
        let error = severity(Severity::Error, language());
        tell(&format!("{error}: {}\n", crate::render::visible(&text, 2000)));
    }
}
