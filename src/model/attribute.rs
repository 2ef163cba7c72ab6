//! `attributes`, `set`, `value`: the attributes of a deal and its value.

use super::near::nearest;
use super::reader::{Field, Reader, Spot};
use super::shares::mixed_shares;
use super::slight::tiny_shares;
use super::when::{RESERVED, When};
use super::words::synonym;
use super::yaml::{Entry, Kind};
use crate::diagnostic::{ValueFault, Warning};
use crate::quantity::Share;
use crate::random::distribution::Distribution;

/// A named property of a deal with the probabilities of its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Values with their probabilities, in the order of the file.
    pub shares: Vec<(String, f64)>,
    /// Where it is written.
    pub spot: Spot,
}

/// A case of `value`; the first case whose condition holds applies.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueCase {
    /// The condition; without tests it always holds.
    pub when: When,
    /// The amount, in hundredths of the currency.
    pub amount: Distribution,
}

/// Attributes and value assigned on entry to a stage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Assignments {
    /// Attributes drawn on entry.
    pub attributes: Vec<Attribute>,
    /// A new value of the deal, in hundredths of the currency.
    pub value: Option<Distribution>,
}

impl Field<'_> {
    pub(super) fn attributes(&self, r: &mut Reader<'_>) -> Vec<Attribute> {
        let fields = self.names(r).unwrap_or_default();
        fields.iter().filter_map(|field| field.attribute(r)).collect()
    }

    fn attribute(&self, r: &mut Reader<'_>) -> Option<Attribute> {
        let name = self.name().to_owned();
        if RESERVED.contains(&name.as_str()) {
            let problem = ValueFault::ReservedAttribute { name };
            r.findings.report(problem, self.key().place, self.path.clone());
            return None;
        }
        let spot = self.key();
        if !self.is_map() {
            // One value for all: `product: machine`.
            let text = self.scalar(r, crate::diagnostic::Wanted::Map)?;
            return Some(Attribute { name, shares: vec![(text.to_owned(), 1.0)], spot });
        }
        let values = self.names(r)?;
        if values.is_empty() {
            self.report(r, ValueFault::EmptyList);
            return None;
        }
        mixed_shares(r, values.iter());
        tiny_shares(r, &values);
        // Read all of them before stopping, so that every fault is reported.
        let shares: Vec<Option<Share>> = values.iter().map(|value| value.share(r)).collect();
        let shares: Vec<Share> = shares.into_iter().collect::<Option<_>>()?;
        let numbers = self.whole(r, &shares)?;
        let names = values.iter().map(|value| value.name().to_owned());
        Some(Attribute { name, shares: names.zip(numbers).collect(), spot })
    }

    pub(super) fn assignments(&self, r: &mut Reader<'_>) -> Assignments {
        let mut set = Assignments::default();
        for field in self.names(r).unwrap_or_default() {
            if field.name() == "value" {
                set.value = field.amount(r);
            } else {
                set.attributes.extend(field.attribute(r));
            }
        }
        set
    }

    /// Whether it is a map without this key, also misspelt or in other words.
    pub(super) fn lacks(&self, key: &str) -> bool {
        let Kind::Map(entries) = &self.node.kind else { return false };
        let is_meant = |entry: &Entry| {
            let word = entry.key.as_str();
            word == key || synonym(word, &[key]).is_some() || nearest(word, [key]).is_some()
        };
        !entries.iter().any(is_meant)
    }

    /// A distribution, or a list of cases of which the first match applies.
    pub(super) fn value_cases(&self, r: &mut Reader<'_>) -> Vec<ValueCase> {
        if !self.is_list() {
            let amount = self.amount(r);
            return amount
                .map(|amount| ValueCase { when: When::default(), amount })
                .into_iter()
                .collect();
        }
        let items = self.items(r).unwrap_or_default();
        let always = items.iter().position(|item| item.lacks("when"));
        if let Some(hidden) = always.and_then(|always| items.get(always + 1)) {
            hidden.report(r, Warning::HiddenCase);
        }
        items.iter().filter_map(|item| item.value_case(r)).collect()
    }

    fn value_case(&self, r: &mut Reader<'_>) -> Option<ValueCase> {
        let section = self.section(r, &["when", "amount"], &[])?;
        let when = match section.get("when") {
            Some(field) => field.when(r)?,
            None => When::default(),
        };
        let amount = section.need(r, "amount", "value")?.amount(r)?;
        Some(ValueCase { when, amount })
    }
}
