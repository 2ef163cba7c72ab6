//! How it looks: terminal, CSV, JSON, Markdown, SVG, PNG, XES, and findings in the formats of checkers.
//!
//! Everything here turns typed blocks into text or pixels and knows nothing of sales. What is
//! printed is inert: control characters become visible, and text cells of CSV cannot start a
//! formula.

#[cfg(feature = "charts")]
pub mod chart;
pub mod csv;
pub mod findings;
pub mod fitted;
pub mod json;
pub mod map;
pub mod markdown;
pub mod number;
pub mod plot;
pub mod terminal;
pub mod words;
pub mod xes;

use crate::quantity::is_hidden;

/// Text with control characters and direction overrides made visible, cut to a length.
pub fn visible(text: &str, longest: usize) -> String {
    let mut shown = String::new();
    for (at, letter) in text.chars().enumerate() {
        if at == longest {
            shown.push('…');
            break;
        }
        if is_hidden(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}
