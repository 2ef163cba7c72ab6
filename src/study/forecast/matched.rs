//! Attributes and sources of the deals of a file by the names of a model.

use crate::fit::segments::{Column, columns, level, levels};
use crate::program::{Id, Program, SourceId};
use crate::records::deals::{Deals, Names};

/// A word as it is compared with another.
pub(super) fn plain(word: &str) -> String {
    word.trim().to_lowercase()
}

/// A column of the file that is an attribute of the model.
#[derive(Debug)]
pub(super) struct Attribute {
    /// The name in the model.
    pub(super) name: String,
    column: Column,
    /// The bits of each word of the column; none if the model does not have it.
    bits: Vec<Option<u64>>,
}

impl Attribute {
    /// Whether the model has any word of the column.
    pub(super) fn has_word(&self) -> bool {
        self.bits.iter().any(Option::is_some)
    }
}

/// What the words of a file are in a model.
#[derive(Debug)]
pub(super) struct Matched<'a> {
    deals: &'a Deals,
    /// Columns that are attributes.
    pub(super) attributes: Vec<Attribute>,
    /// The source of each word of the file.
    sources: Vec<Option<SourceId>>,
    /// The source of deals whose source the model does not have: the one that brings most deals.
    pub(super) usual: SourceId,
}

impl<'a> Matched<'a> {
    /// Compares the words of a file with those of a program.
    pub(super) fn new(program: &Program, deals: &'a Deals) -> Matched<'a> {
        let is = |a: &str, b: &str| plain(a) == plain(b);
        let source = |word: &String| {
            let is = |source: &crate::program::Source| is(&source.name, word);
            program.sources.iter().position(is).map(SourceId::new)
        };
        let leads = program.sources.entries().filter(|(_, source)| !source.clients);
        let usual = leads
            .max_by(|a, b| a.1.expected_arrivals().total_cmp(&b.1.expected_arrivals()))
            .map_or(SourceId::new(0), |(id, _)| id);
        let attributes = columns(deals).into_iter().filter_map(|column| {
            let Column::Segment(index) = column else { return None };
            let title = &deals.segments.get(index)?.name;
            let attribute = program.attributes.iter().find(|one| is(&one.name, title))?;
            let bits = |word: &String| {
                let at = attribute.values.iter().position(|value| is(value, word))?;
                Some((at as u64 + 1) << attribute.shift)
            };
            let words = levels(deals, column).map_or(&[][..], Names::words);
            let bits = words.iter().map(bits).collect();
            Some(Attribute { name: attribute.name.clone(), column, bits })
        });
        Matched {
            deals,
            attributes: attributes.collect(),
            sources: deals.sources.words().iter().map(source).collect(),
            usual,
        }
    }

    /// The attributes of a deal, packed; those that the model does not know are left out.
    pub(super) fn bits(&self, row: usize) -> u64 {
        let bits = |attribute: &Attribute| {
            let word = level(self.deals, attribute.column, row)?;
            attribute.bits[word as usize]
        };
        self.attributes.iter().filter_map(bits).fold(0, |all, bits| all | bits)
    }

    /// The source of a deal, if the model has it.
    pub(super) fn source(&self, row: usize) -> Option<SourceId> {
        self.deals.deals[row].source.and_then(|word| self.sources[word as usize])
    }

    /// The rows of the file.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> {
        0..self.deals.deals.len()
    }

    /// Whether the model has any source of the file.
    pub(super) fn has_sources(&self) -> bool {
        self.sources.iter().any(Option::is_some)
    }

    /// How a deal stands to an attribute: a word of the model, another word, or none.
    pub(super) fn word(&self, attribute: &Attribute, row: usize) -> Word {
        match level(self.deals, attribute.column, row) {
            None => Word::Empty,
            Some(word) if attribute.bits[word as usize].is_some() => Word::Known,
            Some(_) => Word::Other,
        }
    }
}

/// A word of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// The model has it.
    Known,
    /// The model does not have it.
    Other,
    /// There is none.
    Empty,
}
