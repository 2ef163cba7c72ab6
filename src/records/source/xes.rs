//! Event logs in XES (IEEE 1849-2016): every event is a row, and every attribute a column.
//!
//! Attributes of a trace stand in each row of its events, with `case:` before their keys. Nested
//! attributes are left out.

use std::collections::HashMap;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Place, Refusal, Row};

/// The name of a trace.
const NAME: &str = "case:concept:name";

/// A log may not have more columns.
const MOST: usize = 200;

type Xml = Reader<BufReader<Box<dyn Read>>>;

fn reader(text: Box<dyn Read>) -> Xml {
    Reader::from_reader(BufReader::new(text))
}

fn bad(xml: &Xml, reason: &impl ToString) -> Refusal {
    Refusal::BadLog { reason: format!("{} ({})", reason.to_string(), xml.error_position()) }
}

/// Where in a log.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Log,
    Trace,
    Event,
}

/// Reads elements, and keeps where they are.
struct Elements {
    xml: Xml,
    buffer: Vec<u8>,
    within: Within,
    /// Open elements inside a trace or an event.
    depth: usize,
}

/// What an element is.
enum Element {
    TraceBegins,
    EventEnds,
    Attribute(String, String),
    Ends,
}

impl Elements {
    fn new(text: Box<dyn Read>) -> Elements {
        Elements { xml: reader(text), buffer: Vec::new(), within: Within::Log, depth: 0 }
    }

    fn next(&mut self) -> Result<Element, Refusal> {
        loop {
            self.buffer.clear();
            let event = self.xml.read_event_into(&mut self.buffer);
            let event = event.map_err(|error| bad(&self.xml, &error))?.into_owned();
            match event {
                Event::Start(tag) => match (tag.local_name().as_ref(), self.within) {
                    ("trace", Within::Log) => {
                        self.within = Within::Trace;
                        return Ok(Element::TraceBegins);
                    }
                    ("event", Within::Trace) if self.depth == 0 => self.within = Within::Event,
                    (_, Within::Log) => {}
                    _ => {
                        self.depth += 1;
                        if self.depth == 1
                            && let Some(found) = self.attribute(&tag)?
                        {
                            return Ok(found);
                        }
                    }
                },
                Event::Empty(tag) if self.depth == 0 => {
                    if let Some(found) = self.attribute(&tag)? {
                        return Ok(found);
                    }
                }
                Event::End(tag) => match (tag.local_name().as_ref(), self.within) {
                    ("trace", Within::Trace) if self.depth == 0 => self.within = Within::Log,
                    ("event", Within::Event) if self.depth == 0 => {
                        self.within = Within::Trace;
                        return Ok(Element::EventEnds);
                    }
                    _ => self.depth = self.depth.saturating_sub(1),
                },
                Event::Eof => return Ok(Element::Ends),
                _ => {}
            }
        }
    }

    /// The key, with `case:` for attributes of a trace, and the value.
    fn attribute(&self, tag: &BytesStart<'_>) -> Result<Option<Element>, Refusal> {
        if self.within == Within::Log {
            return Ok(None);
        }
        let (mut key, mut value) = (None, None);
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| bad(&self.xml, &error))?;
            let text = || {
                attribute
                    .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                    .map(std::borrow::Cow::into_owned)
                    .map_err(|error| bad(&self.xml, &error))
            };
            match attribute.key.as_ref() {
                "key" => key = Some(text()?),
                "value" => value = Some(text()?),
                _ => {}
            }
        }
        let (Some(key), Some(value)) = (key, value) else { return Ok(None) };
        let prefix = if self.within == Within::Trace { "case:" } else { "" };
        Ok(Some(Element::Attribute(format!("{prefix}{key}"), value)))
    }
}

/// The keys of all attributes of a log, in the order in which they come first.
pub(super) fn attributes(text: Box<dyn Read>) -> Result<Vec<String>, Refusal> {
    let (mut elements, mut keys) = (Elements::new(text), Vec::<String>::new());
    loop {
        match elements.next()? {
            Element::Attribute(key, _) if keys.len() < MOST && !keys.contains(&key) => {
                keys.push(key);
            }
            Element::Ends => return Ok(keys),
            _ => {}
        }
    }
}

/// The events of a log as rows; the first row has the keys.
pub(in crate::records) struct Events<'s> {
    elements: Elements,
    keys: &'s [String],
    of_trace: Vec<String>,
    of_event: Vec<String>,
    /// How many traces a name has.
    named: HashMap<String, u64>,
    /// Whether the name of the trace was counted.
    is_named: bool,
    row: u64,
}

impl<'s> Events<'s> {
    pub(super) fn new(text: Box<dyn Read>, keys: &'s [String]) -> Events<'s> {
        let empty = vec![String::new(); keys.len()];
        let (of_trace, of_event) = (empty.clone(), empty);
        let elements = Elements::new(text);
        Events {
            elements,
            keys,
            of_trace,
            of_event,
            named: HashMap::new(),
            is_named: false,
            row: 0,
        }
    }

    /// Every trace is a case of its own: a further one with the same name gets a number.
    fn tell_apart(&mut self, at: usize) {
        if !std::mem::replace(&mut self.is_named, true) {
            let count = self.named.entry(self.of_trace[at].clone()).or_default();
            *count += 1;
            if *count > 1 {
                self.of_trace[at] = format!("{} ({count})", self.of_trace[at]);
            }
        }
    }

    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, Refusal> {
        self.row += 1;
        row.place = Place { row: self.row, line: None };
        row.cells.clear();
        if self.row == 1 {
            self.keys.iter().for_each(|key| row.cells.push_field(key));
            return Ok(true);
        }
        loop {
            match self.elements.next()? {
                Element::TraceBegins => {
                    self.of_trace.iter_mut().for_each(String::clear);
                    self.is_named = false;
                }
                Element::Attribute(key, value) => {
                    let at = self.keys.iter().position(|known| *known == key);
                    let is_of_trace = self.elements.within == Within::Trace;
                    let cells = if is_of_trace { &mut self.of_trace } else { &mut self.of_event };
                    at.into_iter().for_each(|at| cells[at].clone_from(&value));
                    if is_of_trace && key == NAME {
                        at.into_iter().for_each(|at| self.tell_apart(at));
                    }
                }
                Element::EventEnds => {
                    for (event, trace) in self.of_event.iter().zip(&self.of_trace) {
                        row.cells.push_field(if event.is_empty() { trace } else { event });
                    }
                    self.of_event.iter_mut().for_each(String::clear);
                    return Ok(true);
                }
                Element::Ends => return Ok(false),
            }
        }
    }
}
