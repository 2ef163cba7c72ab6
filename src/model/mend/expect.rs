//! Expectations in other forms, written with the keys of the language.

use crate::diagnostic::{Mend, Place};
use crate::model::yaml::{Kind, Node};

/// The item, or the entry, that a finding points at, written anew; not where it says more than that.
pub(super) fn in_keys(root: &Node, place: Place, written: &str, certain: bool) -> Option<Mend> {
    let mend = |place: Place| Some(Mend::new(place, written.to_owned(), certain));
    let expect = root.get("expect")?;
    match &expect.kind {
        Kind::Scalar(_) if expect.place == place => mend(expect.place),
        Kind::Map(entries) => {
            let entry = entries.iter().find(|entry| entry.place == place)?;
            let is_block =
                entries.first().is_some_and(|first| first.place.start == expect.place.start);
            if is_block { mend(Place { end: entry.value.place.end, ..place }) } else { None }
        }
        Kind::List(items) => {
            let is_it = |item: &&Node| match &item.kind {
                Kind::Scalar(_) => item.place == place,
                Kind::Map(entries) => {
                    entries.iter().any(|entry| entry.place == place || entry.value.place == place)
                }
                Kind::List(_) | Kind::Null => false,
            };
            let item = items.iter().find(is_it)?;
            let is_alone = !matches!(&item.kind, Kind::Map(entries) if entries.len() > 1);
            if is_alone { mend(item.place) } else { None }
        }
        Kind::Scalar(_) | Kind::Null => None,
    }
}
