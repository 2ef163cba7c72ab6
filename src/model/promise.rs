//! `promises`: times that clients are promised from one stage to another.

use super::reader::{Field, Reader, Spot};
use crate::diagnostic::{ValueFault, Wanted};

/// A time that is promised from one stage to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// Its name.
    pub name: String,
    /// The stage whose first entry it counts from.
    pub from: (String, Spot),
    /// The stage that a deal should have entered by then.
    pub to: (String, Spot),
    /// Within how long, in microseconds.
    pub within: i64,
    /// Whether only the open time of the first calendar counts.
    pub working: bool,
    /// Where it is written.
    pub spot: Spot,
}

pub(super) const KNOWN: [&str; 4] = ["name", "from", "to", "within"];

impl Field<'_> {
    pub(super) fn promises(&self, r: &mut Reader<'_>) -> Vec<Promise> {
        let items = self.items(r).unwrap_or_default();
        if items.is_empty() && self.is_list() {
            self.report(r, ValueFault::EmptyList);
        }
        items.iter().filter_map(|item| item.promise(r)).collect()
    }

    fn promise(&self, r: &mut Reader<'_>) -> Option<Promise> {
        let section = self.section(r, &KNOWN, &[])?;
        let name = section.need(r, "name", "promise").and_then(|field| field.text(r));
        let mut stage = |key: &'static str| {
            let field = section.need(r, key, "promise")?;
            Some((field.scalar(r, Wanted::Scalar)?.to_owned(), field.spot()))
        };
        let (from, to) = (stage("from"), stage("to"));
        let within = section.need(r, "within", "promise");
        let within = within.and_then(|field| field.by_any_clock(r, Field::micros));
        let (micros, working) = within?;
        let spot = self.spot();
        Some(Promise { name: name?, from: from?, to: to?, within: micros as i64, working, spot })
    }
}
