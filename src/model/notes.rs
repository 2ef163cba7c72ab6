//! `description` and `instruction`: what a model tells the people who read it. No figure depends on it.

use super::reader::{Reader, Section};

/// What is written about a stage, a step or a role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// What it is.
    pub description: Option<String>,
    /// How it is done, or where that is written.
    pub instruction: Option<String>,
}

impl Section<'_> {
    pub(super) fn notes(&self, r: &mut Reader<'_>) -> Notes {
        // A text in one line, however the file folds it; one that is empty says nothing.
        let mut text = |key| {
            let text = self.get(key)?.text(r)?;
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!line.is_empty()).then_some(line)
        };
        Notes { description: text("description"), instruction: text("instruction") }
    }
}
