//! What the terminal can do, and writing to it.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::failure::Failure;
use crate::render::{diagnostics, terminal};

/// Columns where the terminal does not say.
const WIDTH: usize = 100;

/// Columns of the terminal.
fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    columns
        .or_else(|| Some(terminal_size::terminal_size()?.0.0.into()))
        .unwrap_or(WIDTH)
        .clamp(20, 200)
}

/// Whether letters beyond ASCII can be shown: a terminal of today, or a pipe.
fn is_ascii_only() -> bool {
    let is = |name: &str, wanted: &[&str]| {
        std::env::var(name).is_ok_and(|value| wanted.contains(&value.as_str()))
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let plain_locale = locale.is_some_and(|locale| matches!(locale.as_str(), "C" | "POSIX"));
    is("TERM", &["dumb"]) || (plain_locale && std::io::stdout().is_terminal())
}

fn wants_colour(stream_is_terminal: bool) -> bool {
    let refused = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    stream_is_terminal && !refused && !dumb
}

/// Whether what is printed may have colours.
pub(super) fn colour_on_stdout() -> bool {
    wants_colour(std::io::stdout().is_terminal())
}

/// How tables are shown on standard output.
pub(super) fn table_style() -> terminal::Style {
    let colour = wants_colour(std::io::stdout().is_terminal());
    terminal::Style { width: width(), ascii: is_ascii_only(), colour }
}

/// How diagnostics are drawn on standard error, or on standard output.
pub(super) fn diagnostic_style(on_stdout: bool) -> diagnostics::Style {
    let is_terminal =
        if on_stdout { std::io::stdout().is_terminal() } else { std::io::stderr().is_terminal() };
    diagnostics::Style { colour: wants_colour(is_terminal), width: width() }
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
        let (path, reason) = ("standard output".to_owned(), "it is closed".to_owned());
        return Err(Failure::Output { path, reason });
    }
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    written.map_err(|error| Failure::output("standard output", &error))
}

/// Writes a message to standard error; where that is closed there is nobody to tell.
pub(super) fn tell(text: &str) {
    std::io::stderr().lock().write_all(text.as_bytes()).ok();
}

/// Writes why a command failed.
pub(super) fn complain(failure: &Failure) {
    let text = failure.to_string();
    if !text.is_empty() {
        tell(&format!("error: {}\n", crate::render::visible(&text, 2000)));
    }
}
