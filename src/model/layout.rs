//! Layout faults that a parser reports far from their cause: invisible characters, indentation that
//! matches no other line, a `#` inside a name.

use crate::diagnostic::SyntaxFault;

/// A fault with its byte range.
pub(super) struct Found {
    pub(super) fault: SyntaxFault,
    pub(super) start: usize,
    pub(super) length: usize,
}

/// The first line whose indentation holds a space-like character that is not a space.
pub(super) fn invisible_indentation(text: &str) -> Option<Found> {
    lines(text).find_map(|(start, line)| {
        let indentation = line.len() - line.trim_start_matches(is_blank).len();
        let mut letters = line[..indentation].char_indices();
        let (at, letter) = letters.find(|(_, letter)| !matches!(letter, ' ' | '\t'))?;
        let fault = SyntaxFault::Invisible { letter };
        Some(Found { fault, start: start + at, length: letter.len_utf8() })
    })
}

/// Marks of other tools that begin a line.
const MARKS: [&str; 5] = ["<<<<<<<", "=======", ">>>>>>>", "```", "//"];

/// What another tool reads and YAML does not, in the lines up to a parser's error or at it.
pub(super) fn foreign(text: &str, error: usize) -> Option<Found> {
    let sign = text.get(error..).and_then(|rest| rest.chars().next());
    let mark = lines(text).take_while(|(start, _)| *start <= error).find_map(|(start, line)| {
        let content = line.trim_start();
        let mark = MARKS.into_iter().find(|mark| content.starts_with(mark))?;
        let start = start + line.len() - content.len();
        Some(Found { fault: SyntaxFault::Foreign { mark }, start, length: mark.len() })
    });
    mark.or_else(|| {
        let sign = sign.filter(|sign| matches!(sign, '@' | '`' | '%'))?;
        Some(Found { fault: SyntaxFault::Reserved { sign }, start: error, length: 1 })
    })
}

/// The probable cause, in the lines up to a parser's error.
pub(super) fn cause(text: &str, error: usize) -> Option<Found> {
    let error = error.min(text.len());
    odd_indentation(text, error).or_else(|| comment_in_name(text, error))
}

/// The last line up to the error whose indentation matches no earlier line.
fn odd_indentation(text: &str, error: usize) -> Option<Found> {
    let mut open: Vec<usize> = Vec::new();
    let mut complete = false;
    let mut found = None;
    for (start, line) in lines(text).take_while(|(start, _)| *start <= error) {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let mut last = None;
        while open.last().is_some_and(|level| *level > indent) {
            last = open.pop();
        }
        let place = |siblings| {
            let fault = SyntaxFault::Indentation { found: indent, siblings };
            Some(Found { fault, start, length: indent.max(1) })
        };
        let deeper = open.last().is_none_or(|level| *level < indent);
        if deeper && let Some(inner) = last {
            // A line that opens a part and stands no nearer to the inner level belongs to the outer one.
            let opens = content.trim_end().ends_with(':');
            let outer = open.last().filter(|outer| opens && indent - **outer <= inner - indent);
            found = place(outer.copied().unwrap_or(inner));
        } else if deeper
            && complete
            && let Some(siblings) = open.last()
        {
            found = place(*siblings);
        }
        if deeper {
            open.push(indent);
        }
        // Nothing can be nested below a line with a value.
        let value = content.split_once(": ").map(|(_, value)| value.trim());
        let is_open = value.is_none_or(|value| {
            let closes = value.ends_with(['}', ']', '"', '\'']);
            value.is_empty()
                || value.starts_with(['|', '>', '&', '#'])
                || (value.starts_with(['{', '[', '"', '\'']) && !closes)
        });
        complete = !is_open && !content.starts_with('-');
    }
    found
}

/// A ` #` up to the error that turns the rest of a key, with its colon, into a comment.
fn comment_in_name(text: &str, error: usize) -> Option<Found> {
    let up_to = lines(text).take_while(|(start, _)| *start <= error);
    let last: Vec<(usize, &str)> = up_to.filter(|(_, line)| !line.trim().is_empty()).collect();
    last.iter().rev().take(2).find_map(|(start, line)| {
        let at = line.find(" #")?;
        let (name, comment) = line.split_at(at);
        let is_name = !name.trim().is_empty() && !name.contains(':') && comment.contains(':');
        let found = Found { fault: SyntaxFault::CommentInName, start: start + at + 1, length: 1 };
        is_name.then_some(found)
    })
}

/// Lines with the byte at which each begins.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}

/// White space of any kind, including invisible characters.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_break_space_in_the_indentation_is_found() {
        let found = invisible_indentation("stages:\n  a: 1\n \u{a0}b: 2\n").unwrap();
        assert_eq!(found.fault, SyntaxFault::Invisible { letter: '\u{a0}' });
        assert_eq!((found.start, found.length), (16, 2));
        assert!(invisible_indentation("stages:\n  a\u{a0}b: 1\n").is_none());
    }

    #[test]
    fn the_line_with_odd_indentation_is_found() {
        let text = "stages:\n    a:\n        x: 1\n   b: 2\n";
        let found = cause(text, text.len() - 2).unwrap();
        assert_eq!(found.fault, SyntaxFault::Indentation { found: 3, siblings: 4 });
        let text = "stages:\n  a: {x: 1}\n  b: 3\n    c: 2\n";
        let found = cause(text, text.len() - 2).unwrap();
        assert_eq!(found.fault, SyntaxFault::Indentation { found: 4, siblings: 2 });
        let text = "stages:\n  a:\n    x: 1\n   b:\n    x: 2\n";
        let found = cause(text, text.len() - 6).unwrap();
        assert_eq!(found.fault, SyntaxFault::Indentation { found: 3, siblings: 2 });
        assert!(cause("a: 1\nb: 2\n", 8).is_none());
    }
}
