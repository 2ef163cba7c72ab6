//! Shares that do not sum to 1: one of them becomes `rest`, or what is left is lost.

use crate::diagnostic::{Mend, Place};
use crate::model::yaml::{Entry, Kind, Node};
use crate::quantity::{Share, parse_share};

/// A gap up to this is one of rounding: three thirds of 33 %.
const ROUNDING: f64 = 0.015;

/// The mend of shares whose key or value stands at a place.
pub(super) fn mend(root: &Node, text: &str, place: Place, sum: f64) -> Option<Mend> {
    let (key, node) = find(root, place)?;
    let Kind::Map(entries) = &node.kind else { return None };
    let is_next = key == "next";
    let lost = entries.iter().find(|entry| entry.key == "lost");
    if is_next && lost.is_none() && 0.0 < sum && sum < 1.0 {
        return after(entries, node, text).map(|(place, text)| Mend::new(place, text, true));
    }
    // The share that is left over by nature, else the last one.
    let whole = lost.filter(|_| is_next).or(entries.last())?;
    let share = last_share(&whole.value)?;
    let Ok(Share::Of(own)) = parse_share(share.scalar_text()) else { return None };
    let is_rounding = (sum - 1.0).abs() <= ROUNDING;
    // What the others leave must be something.
    let fits = sum - own < 1.0;
    fits.then(|| Mend::new(share.place, "rest".to_owned(), is_rounding))
}

/// The key and the value of an entry that stands there, as a whole or by its value.
fn find(node: &Node, place: Place) -> Option<(&str, &Node)> {
    match &node.kind {
        Kind::Map(entries) => entries.iter().find_map(|entry| {
            let is_it = entry.place == place || entry.value.place == place;
            if is_it { Some((entry.key.as_str(), &entry.value)) } else { find(&entry.value, place) }
        }),
        Kind::List(items) => items.iter().find_map(|item| find(item, place)),
        Kind::Null | Kind::Scalar(_) => None,
    }
}

/// The last share of a value: itself, its `share`, or that of its last reason.
fn last_share(node: &Node) -> Option<&Node> {
    match &node.kind {
        Kind::Scalar(_) => Some(node),
        Kind::Map(entries) => match node.get("share") {
            Some(share) => Some(share),
            None => last_share(&entries.last()?.value),
        },
        Kind::Null | Kind::List(_) => None,
    }
}

/// Where one more branch stands behind the others, and how it is written there.
fn after(entries: &[Entry], node: &Node, text: &str) -> Option<(Place, String)> {
    let last = entries.last()?;
    let is_flow = text[node.place.start as usize..].starts_with('{');
    let end = last.value.place.end;
    let place = Place { start: end, end, ..node.place };
    if is_flow {
        return Some((place, ", lost: rest".to_owned()));
    }
    // Whole lines: behind what else stands in the line of the last one, as deep as it.
    let line = text[end as usize..].find('\n').map_or(text.len(), |at| end as usize + at) as u32;
    let start = text[..last.place.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[start..last.place.start as usize];
    indent
        .chars()
        .all(|c| c == ' ')
        .then(|| (Place { start: line, end: line, ..place }, format!("\n{indent}lost: rest")))
}
