//! Diagnostics in the form of rustc: the line, the marked place, the fault and the mend.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{help, name, span};
use crate::diagnostic::{Diagnostic, Related, Severity, Sources};
use crate::quantity::is_hidden;
use crate::render::visible;
use crate::render::words::{self, Language, message, related};

/// How diagnostics are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// The language of the messages.
    pub language: Language,
}

impl Default for Style {
    fn default() -> Style {
        Style { colour: false, width: 100, language: Language::default() }
    }
}

/// One diagnostic after another, an empty line between them.
pub fn draw(sources: &Sources, diagnostics: &[Diagnostic], style: Style) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(style.width.max(40));
    let drawn: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| one(sources, diagnostic, &renderer, style.language))
        .collect();
    if drawn.is_empty() { String::new() } else { format!("{}\n\n", drawn.join("\n\n")) }
}

/// A text without the control characters U+0080 to U+009F, some of which command a terminal; those of ASCII are replaced
/// where lines are drawn. What stands instead has as many bytes, so that places stay.
fn inert(text: &str) -> Cow<'_, str> {
    const COMMANDS: RangeInclusive<char> = '\u{80}'..='\u{9F}';
    if text.contains(|letter| COMMANDS.contains(&letter)) {
        text.chars().map(|letter| if COMMANDS.contains(&letter) { '¤' } else { letter }).collect()
    } else {
        Cow::Borrowed(text)
    }
}

/// Lines of a file as a terminal may show them: without letters that command it or change the direction of what follows.
///
/// A difference keeps them where it is piped, or it could not be applied to the file.
pub fn inert_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let shown = |letter: char| {
        let is_layout = matches!(letter, '\n' | '\t');
        if is_hidden(letter) && !is_layout { '¤' } else { letter }
    };
    text.chars().map(shown).collect()
}

fn one(
    sources: &Sources,
    diagnostic: &Diagnostic,
    renderer: &Renderer,
    language: Language,
) -> String {
    let message = message(&diagnostic.problem, language);
    let severity = diagnostic.severity();
    let level = match severity {
        Severity::Warning => Level::WARNING,
        Severity::Error | Severity::Unreadable => Level::ERROR,
    };
    let level = level.with_name(words::severity(severity, language));
    let file = sources.file(diagnostic.place.file);
    let name = name(sources, diagnostic.place);
    let title =
        if file.text.is_empty() { format!("{name}: {}", message.title) } else { message.title };
    let mut group = Group::with_title(level.primary_title(title).id(diagnostic.problem.code()));
    if !file.text.is_empty() {
        let label = visible(&diagnostic.path, 100);
        let mut snippet = Snippet::source(inert(&file.text)).path(name).fold(true);
        let mark = AnnotationKind::Primary.span(span(&file.text, diagnostic.place));
        snippet = snippet.annotation(if label.is_empty() { mark } else { mark.label(label) });
        let is_here = |related: &&Related| related.place.file == diagnostic.place.file;
        for Related { place, relation } in diagnostic.related.iter().filter(is_here) {
            let mark = AnnotationKind::Context.span(span(&file.text, *place));
            snippet = snippet.annotation(mark.label(related(*relation, language)));
        }
        group = group.element(snippet);
    }
    if let Some(help) = help(diagnostic, language) {
        group = group.element(Level::HELP.with_name(words::help(language)).message(help));
    }
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::examine;

    /// U+009B begins a command of a terminal, as ESC `[` does.
    #[test]
    fn lines_of_the_file_command_no_terminal() {
        let text = "stages: {la{d e\u{9b}31m\u{88}";
        let loaded = examine("model.yaml", text, &[], None);
        let drawn = draw(&loaded.sources, &loaded.diagnostics, Style::default());
        assert!(drawn.contains("la{d e¤31m¤"), "{drawn}");
        assert!(drawn.chars().all(|letter| letter == '\n' || !letter.is_control()), "{drawn:?}");
    }

    #[test]
    fn lines_of_a_difference_command_no_terminal() {
        let lines = "-\tname: a\u{1b}[31m\u{9b}0m\u{202e}b\r\n+name: ёж 中\n";
        assert_eq!(inert_lines(lines), "-\tname: a¤[31m¤0m¤b\n+name: ёж 中\n");
    }
}
