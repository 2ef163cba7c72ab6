//! Reads YAML text into a tree whose keys and values know their places.
//!
//! Only this module knows the parser. A derived decoder would stop at the first fault and lose
//! places in untagged choices. Instead, the parser's events become a plain [`Node`] tree that keeps
//! duplicate keys and `<<`, so that they can be reported. Each section is decoded from it on its
//! own.

mod comments;

use std::collections::HashMap;

use serde_yaml::granit_parser::{
    ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StrInput, options,
};

use crate::diagnostic::{
    FileFault, FileId, Findings, Found, Place, Related, Relation, StructureFault, SyntaxFault,
};

pub use comments::{Comment, comments};

/// The most values in a tree after aliases are expanded; a model of 1,000 stages has about 20,000.
const MOST_NODES: usize = 1_000_000;
/// The most levels of nesting.
const MOST_LEVELS: usize = 64;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// No value after the key.
    Null,
    /// A text, number or word, as written.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in the order of the file.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The kind of value, in words for a message.
    pub fn found(&self) -> Found {
        match &self.kind {
            Kind::Null => Found::Nothing,
            Kind::Scalar(_) => Found::Scalar,
            Kind::List(_) => Found::List,
            Kind::Map(_) => Found::Map,
        }
    }

    /// The text of a scalar; empty for anything else.
    pub fn scalar_text(&self) -> &str {
        if let Kind::Scalar(text) = &self.kind { text } else { "" }
    }

    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key of a map.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }
}

/// Reads one document; `None` if the text holds no value or is not YAML.
///
/// Duplicate keys, merge keys, undefined anchors and tags are reported without stopping.
pub fn parse(text: &str, file: FileId, findings: &mut Findings) -> Option<Node> {
    let mut builder = Builder { text, file, findings, anchors: HashMap::new(), nodes: 0 };
    match builder.document() {
        Ok(node) => node,
        Err((fault, place)) => {
            builder.findings.report(FileFault::Syntax { fault }, place, "");
            None
        }
    }
}

type Fault = (SyntaxFault, Place);
type Events<'i> = Parser<'i, StrInput<'i>>;

struct Builder<'a> {
    text: &'a str,
    file: FileId,
    findings: &'a mut Findings,
    anchors: HashMap<usize, Node>,
    nodes: usize,
}

impl<'a> Builder<'a> {
    fn document(&mut self) -> Result<Option<Node>, Fault> {
        let options = options! {
            emit_comments: false,
            emit_unresolved_aliases: true,
            flow_nesting_limit: MOST_LEVELS,
            block_nesting_limit: MOST_LEVELS,
        };
        let mut events = Parser::new_from_str_with_options(self.text, options);
        let mut root = None;
        let mut documents = 0;
        while let Some((event, span)) = self.next(&mut events)? {
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        let place = self.place(&span);
                        return Err((SyntaxFault::SeveralDocuments, place));
                    }
                }
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
                event => root = Some(self.node(event, span, &mut events, 0)?),
            }
        }
        Ok(root.filter(|node| node.kind != Kind::Null))
    }

    fn next<'i>(&self, events: &mut Events<'i>) -> Result<Option<(Event<'i>, Span)>, Fault> {
        match events.next_event() {
            None => Ok(None),
            Some(Ok(pair)) => Ok(Some(pair)),
            Some(Err(error)) => Err(self.syntax(&error)),
        }
    }

    fn node<'i>(
        &mut self,
        event: Event<'i>,
        span: Span,
        events: &mut Events<'i>,
        level: usize,
    ) -> Result<Node, Fault> {
        let place = self.place(&span);
        self.nodes += 1;
        if self.nodes > MOST_NODES || level > MOST_LEVELS {
            return Err((SyntaxFault::TooComplex, place));
        }
        if let Some(tag) = event.tag() {
            let problem = StructureFault::UnsupportedTag { tag: tag.original() };
            self.findings.report(problem, place, "");
        }
        let anchor = event.anchor_id().unwrap_or(0);
        let node = match event {
            Event::Scalar(text, style, ..) => {
                let empty = matches!(text.as_ref(), "" | "~" | "null");
                let kind = if style == ScalarStyle::Plain && empty {
                    Kind::Null
                } else {
                    Kind::Scalar(text.into_owned())
                };
                Node { place, kind }
            }
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                loop {
                    match self.next(events)? {
                        Some((Event::SequenceEnd, end)) => {
                            break Node { place: self.closed(place, &end), kind: Kind::List(list) };
                        }
                        Some((event, span)) => {
                            list.push(self.node(event, span, events, level + 1)?);
                        }
                        None => return Err((SyntaxFault::TooComplex, place)),
                    }
                }
            }
            Event::MappingStart(..) => self.map(place, events, level)?,
            Event::Alias(id) => self.alias(id, place)?,
            Event::UnresolvedAlias(name) => {
                let problem = StructureFault::UndefinedAnchor { name: name.into_owned() };
                self.findings.report(problem, place, "");
                Node { place, kind: Kind::Null }
            }
            _ => Node { place, kind: Kind::Null },
        };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn map(&mut self, place: Place, events: &mut Events<'_>, level: usize) -> Result<Node, Fault> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: HashMap<String, Place> = HashMap::new();
        loop {
            let (event, span) = match self.next(events)? {
                Some((Event::MappingEnd, end)) => {
                    let place = self.closed(place, &end);
                    return Ok(Node { place, kind: Kind::Map(entries) });
                }
                Some(pair) => pair,
                None => return Err((SyntaxFault::TooComplex, place)),
            };
            let key = self.node(event, span, events, level + 1)?;
            let Some((event, span)) = self.next(events)? else {
                return Err((SyntaxFault::TooComplex, place));
            };
            let value = self.node(event, span, events, level + 1)?;
            let text = match key.kind {
                Kind::Scalar(text) => text,
                Kind::Null => self.slice(key.place).trim().to_owned(),
                _ => {
                    let found = key.found();
                    let wanted = crate::diagnostic::Wanted::Scalar;
                    self.findings.report(
                        StructureFault::WrongKind { wanted, found },
                        key.place,
                        "",
                    );
                    continue;
                }
            };
            if let Some(entry) = entries.last_mut()
                && value.kind == Kind::Null
                && self.rejoin_decimal_comma(entry, &text, key.place)
            {
                continue;
            }
            if text == "<<" {
                self.findings.report(StructureFault::MergeKey, key.place, "");
                continue;
            }
            if let Some(first) = seen.get(&text) {
                let problem = StructureFault::DuplicateKey { key: text };
                let first = Related { place: *first, relation: Relation::First };
                self.findings.report_beside(problem, key.place, "", first);
                continue;
            }
            seen.insert(text.clone(), key.place);
            entries.push(Entry { key: text, place: key.place, value });
        }
    }

    /// Rejoins a value that a decimal comma split in braces: `{time: 7,5h}` is read as a value `7`
    /// and a key `5h`. The joined value lets its reader report how it should be written.
    fn rejoin_decimal_comma(&self, entry: &mut Entry, rest: &str, place: Place) -> bool {
        let Kind::Scalar(before) = &entry.value.kind else { return false };
        let between = Place { start: entry.value.place.end, end: place.start, ..place };
        let digits = before.ends_with(|c: char| c.is_ascii_digit())
            && rest.starts_with(|c: char| c.is_ascii_digit());
        if !digits || self.slice(between) != "," {
            return false;
        }
        let place = Place { end: place.end, ..entry.value.place };
        entry.value = Node { place, kind: Kind::Scalar(format!("{before},{rest}")) };
        true
    }

    fn alias(&mut self, id: usize, place: Place) -> Result<Node, Fault> {
        // An alias inside its own anchor has no value yet.
        let Some(target) = self.anchors.get(&id) else {
            return Err((SyntaxFault::TooComplex, place));
        };
        self.nodes += count(target);
        if self.nodes > MOST_NODES {
            return Err((SyntaxFault::TooComplex, place));
        }
        Ok(target.clone())
    }

    fn slice(&self, place: Place) -> &'a str {
        self.text.get(place.start as usize..place.end as usize).unwrap_or("")
    }

    fn place(&self, span: &Span) -> Place {
        let range = span.byte_range().unwrap_or(0..0);
        let end = range.end.max(range.start);
        // Block scalars and maps end at the start of the next line: do not underline that.
        let text = self.text.get(range.start..end).unwrap_or("").trim_end();
        Place { file: self.file, start: range.start as u32, end: (range.start + text.len()) as u32 }
    }

    /// The place of a collection whose end is known.
    fn closed(&self, start: Place, end: &Span) -> Place {
        let end = end.byte_range().map_or(start.end as usize, |range| range.end);
        let text = self.text.get(start.start as usize..end).unwrap_or("").trim_end();
        Place { end: start.start + text.len() as u32, ..start }
    }

    /// The unclosed bracket or quote that made the parser give up.
    fn opener_at(&self, at: usize) -> Option<(usize, char)> {
        let letter = self.text.get(at..)?.chars().next()?;
        matches!(letter, '[' | '{' | '"' | '\'').then_some((at, letter))
    }

    fn syntax(&self, error: &ScanError) -> Fault {
        let at = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        let place = |start: usize, length: usize| Place {
            file: self.file,
            start: start as u32,
            end: self.text.ceil_char_boundary((start + length).min(self.text.len())) as u32,
        };
        match error.kind() {
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar => {
                // The parser stops at the end of the value before the tab.
                let tab = self.text[at..].find('\t').map_or(at, |gap| at + gap);
                (SyntaxFault::Tab, place(tab, 1))
            }
            ErrorKind::RecursionLimitExceeded => (SyntaxFault::TooComplex, place(at, 1)),
            _ if let Some(cause) = super::layout::foreign(self.text, at) => {
                (cause.fault, place(cause.start, cause.length))
            }
            _ if let Some(slip) = super::slips::slip(self.text, at) => {
                (slip.fault, place(slip.start, slip.length))
            }
            kind => match super::unclosed::opener(self.text, at).or_else(|| self.opener_at(at)) {
                Some((start, opener)) => (SyntaxFault::Unclosed { opener }, place(start, 1)),
                None => match super::layout::cause(self.text, at) {
                    Some(cause) => (cause.fault, place(cause.start, cause.length)),
                    None if matches!(
                        kind,
                        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement
                    ) =>
                    {
                        (SyntaxFault::ColonInText, place(at, 1))
                    }
                    None => Self::other(error, place(at, 1)),
                },
            },
        }
    }

    /// A fault without a message of ours, in the parser's words.
    fn other(error: &ScanError, place: Place) -> Fault {
        let message = error.to_string();
        let message = message.split(" at ").next().unwrap_or_default().to_owned();
        (SyntaxFault::Other { message }, place)
    }
}

fn count(node: &Node) -> usize {
    match &node.kind {
        Kind::Null | Kind::Scalar(_) => 1,
        Kind::List(list) => 1 + list.iter().map(count).sum::<usize>(),
        Kind::Map(entries) => 1 + entries.iter().map(|e| 1 + count(&e.value)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    fn read(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
        let mut findings = Findings::default();
        let node = parse(text, FileId(0), &mut findings);
        (node, findings.into_sorted())
    }

    #[test]
    fn keys_and_values_know_their_bytes() {
        let text = "стадии:\n  лид: {wait: 1d}\n";
        let (node, found) = read(text);
        assert!(found.is_empty());
        let node = node.unwrap();
        let wait = node.get("стадии").unwrap().get("лид").unwrap().entry("wait").unwrap();
        assert_eq!(&text[wait.place.start as usize..wait.place.end as usize], "wait");
        let value = wait.value.place;
        assert_eq!(&text[value.start as usize..value.end as usize], "1d");
    }

    #[test]
    fn a_duplicate_key_shows_both_places() {
        let (_, found) = read("a: 1\nb: 2\na: 3\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.start, 10);
        assert_eq!(found[0].related[0].place.start, 0);
    }

    #[test]
    fn aliases_are_expanded_but_not_without_limit() {
        let (node, found) = read("a: &x 1\nb: *x\n");
        assert!(found.is_empty());
        assert_eq!(node.unwrap().get("b").unwrap().kind, Kind::Scalar("1".into()));
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for i in 1..12 {
            let aliases = vec![format!("*a{}", i - 1); 10].join(", ");
            bomb = format!("{bomb}a{i}: &a{i} [{aliases}]\n");
        }
        let (node, found) = read(&bomb);
        assert!(node.is_none());
        assert_eq!(found[0].problem, FileFault::Syntax { fault: SyntaxFault::TooComplex }.into());
    }

    #[test]
    fn a_decimal_comma_in_braces_stays_in_its_value() {
        let value = |text: &str| {
            let (node, _) = read(text);
            node.unwrap().get("a").unwrap().entry("x").unwrap().value.clone()
        };
        let healed = value("a: {x: 7,5h, y: 1}");
        assert_eq!(healed.kind, Kind::Scalar("7,5h".into()));
        assert_eq!((healed.place.start, healed.place.end), (7, 11));
        // With a space or a value of its own, it is another key.
        assert_eq!(value("a: {x: 7, 5h}").kind, Kind::Scalar("7".into()));
        assert_eq!(value("a: {x: 7,5: 1}").kind, Kind::Scalar("7".into()));
    }

    #[test]
    fn unclosed_brackets_are_shown_at_their_opening() {
        let (_, found) = read("a: 1\nb: [1, 2\nc: 3\n");
        assert_eq!(
            found[0].problem,
            FileFault::Syntax { fault: SyntaxFault::Unclosed { opener: '[' } }.into()
        );
        assert_eq!(found[0].place.start, 8);
    }
}
