//! The comments of a text: what the tree leaves out.

use serde_yaml::granit_parser::{Event, Parser, Placement, options};

use crate::diagnostic::{FileId, Place};

/// A comment with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The text after `#`.
    pub text: String,
    /// From `#` to the end of the line.
    pub place: Place,
    /// Whether nothing stands before it in its line.
    pub alone: bool,
}

/// The comments of a text, in their order; those before a fault of the text, if it is not YAML.
pub fn comments(text: &str, file: FileId) -> Vec<Comment> {
    let mut events = Parser::new_from_str_with_options(text, options! { emit_comments: true });
    let mut found = Vec::new();
    while let Some(Ok((event, span))) = events.next_event() {
        let Event::Comment(comment, placement) = event else { continue };
        let Some(range) = span.byte_range() else { continue };
        let place = Place { file, start: range.start as u32, end: range.end as u32 };
        let alone = placement != Placement::Right;
        found.push(Comment { text: comment.into_owned(), place, alone });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_a_text_begins_no_comment() {
        let text = "# one\na: \"# two\" # three\nb: |\n  # four\nc: x#five\n";
        let found = comments(text, FileId::default());
        let texts: Vec<(&str, bool)> = found.iter().map(|c| (c.text.as_str(), c.alone)).collect();
        assert_eq!(texts, [(" one", true), (" three", false)]);
        assert_eq!(&text[found[1].place.start as usize..found[1].place.end as usize], "# three");
    }
}
