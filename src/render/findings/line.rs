//! One finding in one line, as compilers and editors know it.

use super::name;
use crate::diagnostic::{Diagnostic, Sources};
use crate::render::visible;
use crate::render::words::{self, Language, message};

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
