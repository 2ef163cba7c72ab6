//! Quotes and colons that a text needs.

use super::Spot;
use crate::diagnostic::{Mend, Place};

/// Puts a text and the comment that cuts it between quotes.
pub(super) fn cut(text: &str, rest: &str, spot: Spot<'_>) -> Option<Mend> {
    let end = spot.place.end as usize;
    let gap = spot.text.get(end..)?.find('#')?;
    let written = format!("{text}{}{rest}", &spot.text[end..end + gap]);
    let place = Place { end: (end + gap + rest.len()) as u32, ..spot.place };
    let is_plain = spot.written() == text && !written.contains(['"', '\\']);
    is_plain.then(|| Mend::new(place, format!("\"{written}\""), false))
}

/// The rest of a line between quotes, because of a colon in it.
pub(super) fn colon(spot: Spot<'_>) -> Option<Mend> {
    let at = spot.place.start as usize;
    let first = spot.text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line = spot.text[first..].lines().next()?;
    let from = line.find(": ")? + 2;
    let value = line[from..].trim_end();
    let is_plain =
        value.starts_with(char::is_alphanumeric) && !value.contains(['"', '\\', '#', '{', '[']);
    let is_after = at > first + from;
    let start = first + from;
    let place = Place { start: start as u32, end: (start + value.len()) as u32, ..spot.place };
    (is_plain && is_after).then(|| Mend::new(place, format!("\"{value}\""), true))
}

/// A text that contains its own quotes, between those of the other kind.
pub(super) fn other(spot: Spot<'_>, quote: char) -> Option<Mend> {
    let at = spot.place.start as usize;
    let first = spot.text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line = spot.text[first..].lines().next()?;
    let from = line.find(": ")? + 2;
    let from = from + line[from..].len() - line[from..].trim_start().len();
    let value = line[from..].trim_end();
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let other = if quote == '"' { '\'' } else { '"' };
    if inner.contains([other, '\\']) {
        return None;
    }
    let start = first + from;
    let place = Place { start: start as u32, end: (start + value.len()) as u32, ..spot.place };
    Some(Mend::new(place, format!("{other}{inner}{other}"), true))
}

/// The colon behind a key, which stands there alone or with a value.
pub(super) fn no_colon(spot: Spot<'_>) -> Option<Mend> {
    let end = spot.place.end;
    let rest = spot.text.get(end as usize..)?.lines().next()?;
    let value = rest.split(" #").next()?.trim();
    if let Some(value) = value.strip_prefix('=') {
        let gap = rest.len() - rest.trim_start().len() + 1;
        let text = if value.starts_with(' ') { ":" } else { ": " };
        return Some(Mend::new(
            Place { start: end, end: end + gap as u32, ..spot.place },
            text.to_owned(),
            true,
        ));
    }
    if value.is_empty() || value.starts_with('{') {
        return Some(Mend::new(Place { start: end, ..spot.place }, ":".to_owned(), true));
    }
    let gap = rest.len() - rest.trim_start().len();
    let place = Place { end: end + (gap + value.len()) as u32, ..spot.place };
    Some(Mend::new(place, format!("{}: {value}", spot.written()), true))
}

#[cfg(test)]
mod tests {
    /// The text of the mend of the only finding.
    fn mended(text: &str) -> Option<String> {
        let loaded = crate::model::load("", text, &[], None);
        loaded.diagnostics[0].mend.as_ref().map(|mend| mend.edits[0].text.clone())
    }

    #[test]
    fn a_text_with_quotes_stands_between_the_others() {
        let stages = "stages: {lead: {next: 50%}}\n";
        let of = |text: &str| mended(&format!("{text}\n{stages}"));
        assert_eq!(of("name: \"The \"best\" one\"").as_deref(), Some("'The \"best\" one'"));
        assert_eq!(of("name: 'Meyer's cars'").as_deref(), Some("\"Meyer's cars\""));
        let colon = of("name: Used cars: Meyer & Sons");
        assert_eq!(colon.as_deref(), Some("\"Used cars: Meyer & Sons\""));
    }

    #[test]
    fn a_colon_that_is_missing_is_put_in() {
        let block = "stages:\n  lead:\n    next:\n      won: 30%\n      lost rest\n";
        assert_eq!(mended(block).as_deref(), Some("lost: rest"));
        let braces = "stages:\n  lead:\n    next: {won: 30%, lost rest}\n";
        assert_eq!(mended(braces).as_deref(), Some("lost: rest"));
        assert_eq!(mended("name: x\nstages\n  a: {next: 50%}\n").as_deref(), Some(":"));
    }
}
