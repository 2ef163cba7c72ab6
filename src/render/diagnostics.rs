//! Diagnostics as rustc draws its own: the line, the place marked, what is wrong, how to mend it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::Value;

use super::words::{self, Language, message, related};
use super::{json, visible};
use crate::diagnostic::{Diagnostic, FileId, Place, Related, Severity, Sources};

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
        let mut snippet = Snippet::source(file.text.as_str()).path(name).fold(true);
        let mark = AnnotationKind::Primary.span(span(&file.text, diagnostic.place));
        snippet = snippet.annotation(if label.is_empty() { mark } else { mark.label(label) });
        let is_here = |related: &&Related| related.place.file == diagnostic.place.file;
        for Related { place, relation } in diagnostic.related.iter().filter(is_here) {
            let mark = AnnotationKind::Context.span(span(&file.text, *place));
            snippet = snippet.annotation(mark.label(related(*relation, language)));
        }
        group = group.element(snippet);
    }
    if let Some(help) = message.help {
        group = group.element(Level::HELP.with_name(words::help(language)).message(help));
    }
    renderer.render(&[group])
}

/// The source of a place; a change of the command line is named beside its model.
fn name(sources: &Sources, place: Place) -> String {
    let of = |id| visible(&sources.file(id).name, 200);
    let model = FileId::default();
    if place.file == model { of(model) } else { format!("{} ({})", of(place.file), of(model)) }
}

/// The marked bytes: within the text, on letter boundaries, on one line.
fn span(text: &str, place: Place) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary((place.start as usize).min(text.len()));
    let end = text.floor_char_boundary((place.end as usize).min(text.len())).max(start);
    let line = text[start..end].find(['\n', '\r']).map_or(end, |at| start + at);
    start..line
}

/// The findings of several models as a JSON array of objects; its messages are English in every language.
pub fn json<'a>(found: impl IntoIterator<Item = (&'a Sources, &'a Diagnostic)>) -> String {
    let objects = found.into_iter().map(|(sources, diagnostic)| object(sources, diagnostic));
    json::text(&Value::Array(objects.collect()))
}

fn object(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let message = message(&diagnostic.problem, Language::English);
    let position = sources.position(diagnostic.place);
    let name = |id| &sources.file(id).name;
    serde_json::json!({
        "model": name(FileId::default()),
        "file": name(diagnostic.place.file),
        "line": position.line,
        "column": position.column,
        "path": diagnostic.path,
        "severity": words::severity(diagnostic.severity(), Language::English),
        "code": diagnostic.problem.code(),
        "message": message.title,
        "help": message.help,
    })
}

/// One diagnostic in one line: `file:line:column: error[V105]: text (path)`.
pub fn line(sources: &Sources, diagnostic: &Diagnostic, language: Language) -> String {
    let message = message(&diagnostic.problem, language);
    let kind = words::severity(diagnostic.severity(), language);
    let position = sources.position(diagnostic.place);
    let (name, code) = (name(sources, diagnostic.place), diagnostic.problem.code());
    let path = if diagnostic.path.is_empty() {
        String::new()
    } else {
        format!(" ({})", visible(&diagnostic.path, 100))
    };
    format!("{name}:{position}: {kind}[{code}]: {}{path}", message.title)
}
