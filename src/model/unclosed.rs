//! Finds the bracket or quote that was never closed: a parser reports where it gave up, but the
//! reader needs the place where it opened.

/// The innermost `[`, `{` or quote still open at a byte, with its byte offset.
pub(super) fn opener(text: &str, until: usize) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote: Option<(usize, char)> = None;
    let mut before = '\n';
    let mut letters = text[..text.floor_char_boundary(until)].char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match quote {
            Some((_, '"')) if letter == '\\' => {
                letters.next();
            }
            Some((_, mark)) if letter == mark => {
                if mark == '\'' && letters.peek().is_some_and(|(_, next)| *next == '\'') {
                    letters.next();
                } else {
                    quote = None;
                }
            }
            Some(_) => {}
            None => match letter {
                '#' if before.is_whitespace() => {
                    while letters.peek().is_some_and(|(_, next)| *next != '\n') {
                        letters.next();
                    }
                }
                // A quote or bracket opens only where a value may begin.
                '"' | '\'' if starts_value(before) => quote = Some((at, letter)),
                '[' | '{' if starts_value(before) || !open.is_empty() => open.push((at, letter)),
                ']' | '}' => {
                    open.pop();
                }
                _ => {}
            },
        }
        before = letter;
    }
    quote.or(open.pop())
}

fn starts_value(before: char) -> bool {
    before.is_whitespace() || matches!(before, '[' | '{' | ',' | ':' | '-')
}

#[cfg(test)]
mod tests {
    use super::opener;

    #[test]
    fn apostrophes_and_comments_open_nothing() {
        let text = "a: client's # [\nb: [x\n";
        assert_eq!(opener(text, text.len()), Some((19, '[')));
        assert_eq!(opener("a: 'it''s'\n", 11), None);
    }
}
