//! Slips that make a text no YAML, told from the lines up to a parser's error.
//!
//! A parser reports where it gave up, which is often a line below the cause. Each slip is looked for only
//! where the parser has failed, so that the same signs in a valid text are no fault.

use super::layout::{Found, lines};
use super::{home, load};
use crate::diagnostic::meant;
use crate::diagnostic::{Slip, SyntaxFault};

/// The slip that explains a parser's error, if its lines show one.
pub(super) fn slip(text: &str, error: usize) -> Option<Found> {
    let error = error.min(text.len());
    let read: Vec<(usize, &str)> = lines(text)
        .take_while(|(start, _)| *start <= error)
        .map(|(start, line)| (start, without_comment(line)))
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    let last = read.iter().rev().take(2);
    let of_line = last.clone().find_map(|(start, line)| in_line(line).map(|one| one.at(*start)));
    let odd_quote = || read.iter().find_map(|(start, line)| Some(odd_quote(line)?.at(*start)));
    let of_braces = || last.clone().find_map(|(start, line)| Some(in_braces(line)?.at(*start)));
    of_line
        .or_else(|| name_without_colon(&read))
        .or_else(|| name_without_colon(&[*read.last()?, below(text, error)?]))
        .or_else(|| at_error(&read, error))
        .or_else(odd_quote)
        .or_else(of_braces)
        .or_else(|| shallow_or_text(&read))
}

/// A slip with its bytes in a line.
struct Here(SyntaxFault, usize, usize);

impl Here {
    fn slip(slip: Slip, start: usize, length: usize) -> Here {
        Here(SyntaxFault::Slip(slip), start, length)
    }

    fn at(self, line: usize) -> Found {
        Found { fault: self.0, start: line + self.1, length: self.2 }
    }
}

/// A line up to the comment that ends it.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        match quote {
            Some(open) if letter == open => quote = None,
            None if matches!(letter, '"' | '\'') && !before.is_alphanumeric() => {
                quote = Some(letter);
            }
            None if letter == '#' && before == ' ' => return &line[..at],
            _ => {}
        }
        before = letter;
    }
    line
}

fn is_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ' ' | '-'))
}

/// Slips of a whole line: no space after a colon or a dash, no colon, `*` for `-`, a comment of another language.
fn in_line(line: &str) -> Option<Here> {
    let content = line.trim_start();
    let indent = line.len() - content.len();
    let content = content.trim_end();
    if content.starts_with("/*") {
        return Some(Here(SyntaxFault::Foreign { mark: "/*" }, indent, 2));
    }
    if content.starts_with("* ") {
        return Some(Here::slip(Slip::Star, indent, 1));
    }
    if content.starts_with("-{") || content.starts_with("-[") {
        return Some(Here::slip(Slip::NoSpaceAfterDash, indent, 1));
    }
    if let Some(found) = comparison(line) {
        return Some(found);
    }
    let body = content.strip_prefix("- ").map_or(content, str::trim_start);
    let from = indent + content.len() - body.len();
    if let Some(found) = map_in_map(body) {
        return Some(Here(found.0, from + found.1, found.2));
    }
    if let Some((key, value)) = body.split_once(": ")
        && let Some(at) = value.find("// ").filter(|at| value[..*at].trim().is_empty())
    {
        let at = from + key.len() + 2 + at;
        return Some(Here(SyntaxFault::Foreign { mark: "//" }, at, 2));
    }
    if let Some((key, value)) = body.split_once(':') {
        let is_joined = value.starts_with(|c: char| !c.is_whitespace() && c != '/');
        let is_open = !body.contains(": ") && !body.ends_with(':') || value.starts_with(['{', '[']);
        let key_word = is_word(key) && !key.contains(' ');
        if is_joined && is_open && key_word {
            let (key, value) = (key.to_owned(), value.trim().to_owned());
            let slip = Slip::NoSpaceAfterColon { key: key.clone(), value };
            return Some(Here::slip(slip, from + key.len(), 1));
        }
    }
    if let Some((key, value)) = body.rsplit_once(' ')
        && (value == "rest" || value.ends_with('%'))
        && is_word(key)
        && !key.contains(' ')
    {
        return Some(Here::slip(Slip::NoColon { key: key.to_owned() }, from, key.len()));
    }
    // `warmup 2 weeks`, `currency EUR`.
    if let Some((key, value)) = body.split_once(' ')
        && !body.contains(':')
        && known(key)
        && value.trim_start().starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\''))
    {
        return Some(Here::slip(Slip::NoColon { key: key.to_owned() }, from, key.len()));
    }
    let key = body.split(['{', '=']).next().unwrap_or(body).trim_end();
    let is_bare = !body.contains(':') || body[key.len()..].trim_start().starts_with('{');
    let is_item = content.len() > body.len();
    // `offer {wait: 1d}` among the stages.
    let inner = body[key.len()..].trim().strip_prefix('{').and_then(|rest| rest.split_once(':'));
    let is_stage = inner.is_some_and(|(first, _)| home::is_of_stage(first.trim()));
    (is_word(key) && !key.contains(':') && is_bare && !is_item && (known(key) || is_stage))
        .then(|| Here::slip(Slip::NoColon { key: key.to_owned() }, from, key.len()))
}

/// The reasons of a loss with their shares, without braces: `lost: no time: rest`.
fn map_in_map(entry: &str) -> Option<Here> {
    let (key, inner) = entry.split_once(": ")?;
    let (name, share) = inner.split_once(": ")?;
    let is_share = |text: &str| text == "rest" || text.ends_with('%');
    let is_reason = is_word(name.trim()) && !name.contains(['%', '{']);
    let takes_reasons = matches!(key.trim(), "lost" | "cancelled");
    if !takes_reasons || !is_reason || !is_share(share.trim()) {
        return None;
    }
    let written = format!("{{{}}}", inner.trim());
    let slip = Slip::MapInMap { key: key.trim().to_owned(), written };
    let at = key.len() + 2 + inner.len() - inner.trim_start().len();
    Some(Here::slip(slip, at, inner.trim().len()))
}

/// A condition with a sign that YAML takes for the beginning of a text of several lines.
fn comparison(line: &str) -> Option<Here> {
    const ASKED: [&str; 6] = ["visit", "bookings", "value", "age", "waited", "satisfaction"];
    ASKED.iter().find_map(|key| {
        let at = line.find(&format!("{key}: >"))? + key.len() + 2;
        let rest = &line[at..];
        let text = rest[..rest.find([',', '}']).unwrap_or(rest.len())].trim_end();
        let written = meant::condition(text)?;
        let slip = Slip::Comparison { text: text.to_owned(), written };
        Some(Here::slip(slip, at, text.len()))
    })
}

/// The first line with something in it behind that of an error.
fn below(text: &str, error: usize) -> Option<(usize, &str)> {
    let after = lines(text).filter(|(start, _)| *start > error);
    let mut after = after.map(|(start, line)| (start, without_comment(line)));
    after.find(|(_, line)| !line.trim().is_empty())
}

/// A name alone in its line, with keys below it.
fn name_without_colon(read: &[(usize, &str)]) -> Option<Found> {
    let [.., (start, above), (_, below)] = read else { return None };
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let (name, from) = (above.trim(), indent(above));
    let key = below.trim_start().split_once(':')?.0;
    let is_name = is_word(name) && indent(below) > from && home::is_of_stage(key);
    let slip = Slip::NoColon { key: name.to_owned() };
    is_name.then(|| Here::slip(slip, from, name.len()).at(*start))
}

/// Whether a word is a key of a model, a stage or an expectation.
fn known(key: &str) -> bool {
    load::KNOWN.contains(&key) || home::is_of_stage(key)
}

/// Slips at the very place of the error: one bracket too many, a text after a closing quote or bracket.
fn at_error(read: &[(usize, &str)], error: usize) -> Option<Found> {
    let (start, line) = read.last()?;
    let at = error.checked_sub(*start)?;
    let (before, after) = (line.get(..at)?, line.get(at..)?);
    let letter = after.chars().next()?;
    let count = |sign: char| before.matches(sign).count();
    let opener = if letter == '}' { '{' } else { '[' };
    if matches!(letter, '}' | ']') && count(opener) <= count(letter) {
        return Some(Here::slip(Slip::OneTooMany { closer: letter }, at, 1).at(*start));
    }
    let value = line.split_once(": ").map_or("", |(_, value)| value.trim());
    let last = before.trim_end().chars().next_back()?;
    let opener = value.chars().next()?;
    match (opener, last) {
        ('"' | '\'', _) if last == opener => {
            Some(Here::slip(Slip::QuoteInText { quote: last }, at, 1).at(*start))
        }
        ('[', ']') | ('{', '}') if letter.is_alphanumeric() => {
            let from = line.len() - line.split_once(": ")?.1.trim_start().len();
            Some(Here::slip(Slip::BracketInText { opener }, from, 1).at(*start))
        }
        _ => None,
    }
}

/// A double quote that its line does not close, between braces.
fn odd_quote(line: &str) -> Option<Here> {
    let is_odd = line.matches('"').count() % 2 == 1 && line.contains(['{', '[']);
    let at = line.rfind('"')?;
    is_odd.then_some(Here(SyntaxFault::Unclosed { opener: '"' }, at, 1))
}

/// What separates entries between braces: a semicolon, or nothing at all.
fn in_braces(line: &str) -> Option<Here> {
    let open = line.find('{')?;
    let inside = &line[open + 1..];
    if inside.contains(['"', '\'']) {
        return None;
    }
    if let Some(at) = inside.find("; ").filter(|at| inside[*at..].contains(':')) {
        return Some(Here::slip(Slip::Semicolon, open + 1 + at, 1));
    }
    let mut from = open + 1;
    for part in inside.split([',', '{', '}']) {
        if let Some(found) = map_in_map(part) {
            return Some(Here(found.0, from + found.1, found.2));
        }
        if let Some((first, rest)) = part.split_once(": ")
            && let Some((value, _)) = rest.split_once(": ")
            && let Some((value, key)) = value.rsplit_once(' ')
            && is_word(key)
            && !value.trim().is_empty()
        {
            let at = from + first.len() + 2 + value.len();
            return Some(Here::slip(Slip::NoComma { key: key.to_owned() }, at, 1));
        }
        from += part.len() + 1;
    }
    None
}

/// A line that is deeper than one with a value: that one is too shallow itself, or has both a text and a block.
fn shallow_or_text(read: &[(usize, &str)]) -> Option<Found> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let at =
        (1..read.len()).rev().take(2).find(|at| indent(read[*at].1) > indent(read[at - 1].1))?;
    let (start, line) = read[at - 1];
    let (key, value) = line.trim_start().split_once(": ")?;
    if value.trim().is_empty() || value.trim_start().starts_with(['|', '>', '&']) {
        return None;
    }
    let opens = |line: &str| line.trim_end().ends_with(':');
    let is_first = at > 1 && opens(read[at - 2].1) && indent(read[at - 2].1) == indent(line);
    if is_first && home::is_of_stage(key) {
        let fault = SyntaxFault::Indentation { found: indent(line), siblings: indent(read[at].1) };
        return Some(Found { fault, start, length: indent(line).max(1) });
    }
    let is_text = !value.trim_start().starts_with(['{', '[', '"', '\'']);
    let takes_block = load::KNOWN.contains(&key) || !home::is_of_stage(key);
    let from = line.len() - line.split_once(": ")?.1.trim_start().len();
    let length = value.trim().len();
    let slip = Slip::TextAndBlock { key: key.to_owned() };
    (is_text && takes_block).then(|| Here::slip(slip, from, length).at(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileFault, Problem};

    /// The fault of a text, and what it points at.
    fn found(text: &str) -> (SyntaxFault, String) {
        let loaded = load::load("", text, &[], None);
        let first = &loaded.diagnostics[0];
        let Problem::File(FileFault::Syntax { fault }) = &first.problem else {
            panic!("{first:?}");
        };
        let range = first.place.start as usize..first.place.end as usize;
        (fault.clone(), text[range].to_owned())
    }

    #[track_caller]
    fn check(text: &str, slip: Slip, at: &str) {
        assert_eq!(found(text), (SyntaxFault::Slip(slip), at.to_owned()), "{text}");
    }

    #[test]
    fn slips_of_a_line_are_told_from_its_text() {
        let key = |key: &str| key.to_owned();
        let colon = Slip::NoSpaceAfterColon { key: key("phase"), value: key("lead") };
        check("stages:\n  lead:\n    phase:lead\n    next: 50%\n", colon, ":");
        check(
            "name: x\nstages\n  a: {next: 50%}\n",
            Slip::NoColon { key: key("stages") },
            "stages",
        );
        let offer = Slip::NoColon { key: key("first offer") };
        check(
            "stages:\n  a: {next: 9%}\n  first offer {wait: 1d, next: 9%}\n",
            offer,
            "first offer",
        );
        let wait = Slip::NoColon { key: key("wait") };
        check("stages:\n  a:\n    wait {normal: {mean: 1d}}\n    next: 9%\n", wait, "wait");
        check("expect:\n  -{kpi: won, below: 5}\n", Slip::NoSpaceAfterDash, "-");
        check("expect:\n  * {kpi: won, below: 5}\n", Slip::Star, "*");
        check("a: {b: {c: 1}}}\nd: 1\n", Slip::OneTooMany { closer: '}' }, "}");
        check("name: [CRM] funnel\n", Slip::BracketInText { opener: '[' }, "[");
        check("name: \"a \"b\" c\"\n", Slip::QuoteInText { quote: '"' }, "b");
        check("a: {b: 1; c: 2}\n", Slip::Semicolon, ";");
        let map = |written: &str| Slip::MapInMap { key: key("lost"), written: written.to_owned() };
        let stages = "stages:\n  a:\n    next: ";
        check(
            &format!("{stages}{{b: 40%, lost: no time: rest}}\n"),
            map("{no time: rest}"),
            "no time: rest",
        );
        check(&format!("{stages}{{lost: price: 92%}}\n"), map("{price: 92%}"), "price: 92%");
        check(
            &format!("{stages}\n      b: 40%\n      lost: no answer: rest\n"),
            map("{no answer: rest}"),
            "no answer: rest",
        );
        check("a: {b: {median: 5d p90: 15d}}\n", Slip::NoComma { key: key("p90") }, " ");
        check(
            "stages:\n  new lead\n    wait: 1d\n    next: 9%\n",
            Slip::NoColon { key: key("new lead") },
            "new lead",
        );
        check(
            "stages:\n  a: {next: 9%}\n  new lead\n    wait: 1d\n    next: 9%\n",
            Slip::NoColon { key: key("new lead") },
            "new lead",
        );
        let comparison =
            Slip::Comparison { text: ">=2".to_owned(), written: "{at_least: 2}".to_owned() };
        let variant = "stages:\n  a: {next: 9%, variants: [{when: {visit: >=2}, cost: 5}]}\n";
        check(variant, comparison, ">=2");
        let block = Slip::TextAndBlock { key: key("lead") };
        check("stages:\n  lead: 5\n    next: 50%\n", block, "5");
    }

    #[test]
    fn quotes_comments_and_shallow_lines_are_shown_at_their_place() {
        let quote = "a: {b: {c: \"1}, d: 2}\ne: 1\n";
        assert_eq!(found(quote), (SyntaxFault::Unclosed { opener: '"' }, "\"".to_owned()));
        let comment = "stages:\n  lead: // first\n    next: 50%\n";
        assert_eq!(found(comment), (SyntaxFault::Foreign { mark: "//" }, "//".to_owned()));
        let shallow = "stages:\n  a:\n  wait: 1d\n    next: 50%\n";
        let fault = SyntaxFault::Indentation { found: 2, siblings: 4 };
        assert_eq!(found(shallow), (fault, "  ".to_owned()));
    }
}
