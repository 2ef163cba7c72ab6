//! Numbers with words that make them vague: `~40%`, `about 20`, `<= 4h`, `3x`.

use super::{Wanted, number};
use crate::quantity::{Pay, Rate, parse_count, parse_number, parse_share};

/// Quotes that YAML takes for letters.
pub(super) const QUOTES: [char; 9] = ['“', '”', '„', '«', '»', '‘', '’', '´', '`'];

/// A text without a word that makes it vague, as `~` and `about`.
pub(super) fn without_about(text: &str) -> Option<&str> {
    const BEHIND: [&str; 5] = [" approx", " approx.", " approximately", " or so", " примерно"];
    const WORDS: [&str; 12] = [
        "lambda ",
        "λ",
        "~",
        "≈",
        "about ",
        "approx. ",
        "approximately ",
        "around ",
        "ca. ",
        "roughly ",
        "около ",
        "примерно ",
    ];
    let text = text.trim();
    let inside = text.trim_matches(QUOTES);
    if inside != text {
        return Some(inside).filter(|inside| !inside.is_empty());
    }
    let lower = text.to_lowercase();
    let bare = match WORDS.iter().find(|word| lower.starts_with(**word)) {
        Some(word) => text.get(word.len()..),
        None => {
            let word = BEHIND.iter().find(|word| lower.ends_with(**word))?;
            text.get(..text.len().checked_sub(word.len())?)
        }
    };
    let bare = bare.map(|rest| rest.trim_matches([' ', '=']));
    bare.filter(|rest| !rest.is_empty())
}

/// Whether the language reads a text as it stands.
pub(super) fn is_read(text: &str, wanted: Wanted) -> bool {
    match wanted {
        Wanted::Share | Wanted::ShareLimit => parse_share(text).is_ok(),
        Wanted::Money | Wanted::Number => parse_number(text).is_ok(),
        Wanted::Count | Wanted::People => parse_count(text).is_ok(),
        Wanted::Rate => Rate::parse(text).is_ok(),
        Wanted::Pay => Pay::parse(text).is_ok(),
        _ => false,
    }
}

/// The number and the unit of `<= 4h` and `up to 4h`.
pub(super) fn up_to(text: &str) -> Option<(String, &str)> {
    let signs = ["<=", "≤", "<", "up to ", "max ", "at most ", "до ", "не более "];
    number(signs.iter().find_map(|sign| text.strip_prefix(sign))?.trim())
}

/// The number of `3x` and `3 times`.
pub(super) fn times(text: &str) -> Option<String> {
    let (count, word) = number(text)?;
    let is_times = matches!(word, "x" | "х" | "×" | "times" | "time" | "раз" | "раза");
    (is_times && parse_count(&count).is_ok()).then_some(count)
}
