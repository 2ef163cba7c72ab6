//! Values and lines in another form: a list for one value, limits in the wrong order, keys that are too deep, a fence
//! around the model, a comment of another language.

use super::{Spot, lists};
use crate::diagnostic::meant;
use crate::diagnostic::{Edit, Found, Mend, Place, Wanted};
use crate::model::layout::lines;
use crate::model::yaml::{Kind, Node};

/// One value for a list of one, or a list for a map that stands alone in braces.
pub(super) fn kind(root: &Node, spot: Spot<'_>, wanted: Wanted, found: Found) -> Option<Mend> {
    let node = value_at(root, spot.place)?;
    let written = spot.text.get(node.place.start as usize..node.place.end as usize)?;
    match (wanted, found, &node.kind) {
        (Wanted::Scalar, Found::List, Kind::List(items)) => {
            let [only] = items.as_slice() else { return None };
            let text = spot.text.get(only.place.start as usize..only.place.end as usize)?;
            let is_flow = written.starts_with('[') && matches!(only.kind, Kind::Scalar(_));
            is_flow.then(|| Mend::new(node.place, text.to_owned(), true))
        }
        (Wanted::Share | Wanted::Next, Found::List, Kind::List(items)) => {
            lists::without_dashes(spot, node, items)
        }
        (Wanted::Role, Found::Scalar, Kind::Scalar(people)) => {
            let is_count = people.parse::<u64>().is_ok();
            let count = if is_count { Some(people.clone()) } else { meant::people(people) };
            Some(Mend::new(node.place, format!("{{people: {}}}", count?), true))
        }
        (Wanted::List, Found::Map, Kind::Map(entries)) => {
            // `{work: {…}, wait: 2d}` of a stage is two steps, not one.
            let is_one = !entries.iter().any(|entry| entry.key == "work");
            let mend = || Mend::new(node.place, format!("[{written}]"), true);
            (is_one && written.starts_with('{')).then(mend)
        }
        _ => None,
    }
}

/// A value, or a key without one, in another form; what is not known cannot be written.
pub(super) fn other(
    root: &Node,
    spot: Spot<'_>,
    (old, written, certain): (&str, &str, bool),
) -> Option<Mend> {
    if written.contains('…') {
        return None;
    }
    if let Some(mut mend) = spot.whole(old, written.to_owned()) {
        mend.certain = certain;
        // A key without a value ends with its colon.
        let edit = mend.edits.first_mut()?;
        let colon = spot.text.get(edit.place.end as usize..)?.starts_with(':');
        edit.place.end += u32::from(colon);
        return Some(mend);
    }
    let node = value_at(root, spot.place)?;
    let text = spot.text.get(node.place.start as usize..node.place.end as usize)?.trim_end();
    let place = Place { end: node.place.start + text.len() as u32, ..node.place };
    // In several lines there may be comments.
    let is_line = !text.contains(['\n', '#', '&', '*']);
    if let (false, Kind::List(items)) = (is_line, &node.kind) {
        return lists::without_dashes(spot, node, items);
    }
    is_line.then(|| Mend::new(place, written.to_owned(), certain))
}

/// The value of the entry, or the value, that a finding points at.
pub(super) fn value_at(node: &Node, place: Place) -> Option<&Node> {
    match &node.kind {
        Kind::Map(entries) => entries.iter().find_map(|entry| {
            let is_it = entry.place == place || entry.value.place == place;
            if is_it { Some(&entry.value) } else { value_at(&entry.value, place) }
        }),
        Kind::List(items) => items
            .iter()
            .find_map(|item| if item.place == place { Some(item) } else { value_at(item, place) }),
        Kind::Null | Kind::Scalar(_) => None,
    }
}

/// A branch for a loss reason, with its share, written as such; not where the map has losses already.
pub(super) fn as_reason(root: &Node, place: Place, written: &str) -> Option<Mend> {
    let Kind::Map(entries) = &root.kind else {
        let Kind::List(items) = &root.kind else { return None };
        return items.iter().find_map(|item| as_reason(item, place, written));
    };
    match entries.iter().find(|entry| entry.place == place) {
        Some(branch) => {
            let has_losses = entries.iter().any(|entry| entry.key == "lost");
            let is_share = matches!(branch.value.kind, Kind::Scalar(_));
            let whole = Place { end: branch.value.place.end, ..place };
            (is_share && !has_losses).then(|| Mend::new(whole, written.to_owned(), true))
        }
        None => entries.iter().find_map(|entry| as_reason(&entry.value, place, written)),
    }
}

/// What other tools put into a text: fences are removed, and comments begin with `#`.
pub(super) fn foreign(spot: Spot<'_>, mark: &str) -> Option<Mend> {
    let mut edits = Vec::new();
    match mark {
        "```" => {
            for (start, line) in lines(spot.text).filter(|(_, line)| line.starts_with(mark)) {
                let rest = spot.text[start + line.len()..].chars();
                let ends: usize = rest.take_while(|c| matches!(c, '\r' | '\n')).take(1).count();
                let end = start + line.len() + ends;
                let place = Place { start: start as u32, end: end as u32, ..spot.place };
                edits.push(Edit { place, text: String::new() });
            }
        }
        "//" => {
            let text = spot.written();
            edits.extend((text == mark).then(|| Edit { place: spot.place, text: "#".to_owned() }));
        }
        _ => {}
    }
    (!edits.is_empty()).then_some(Mend { edits, certain: true })
}

/// Moves a key and all lines that are deeper than it to another column, which is less deep.
pub(super) fn dedented(spot: Spot<'_>, column: usize) -> Option<Mend> {
    let at = spot.place.start as usize;
    let first = spot.text[..at].rfind('\n').map_or(0, |at| at + 1);
    let depth = at - first;
    if depth <= column || !spot.text[first..at].chars().all(|c| c == ' ') {
        return None;
    }
    let mut edits = Vec::new();
    for (start, line) in lines(&spot.text[first..]) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_below = start == 0 || indent > depth;
        if line.trim().is_empty() {
            continue;
        }
        if !is_below {
            break;
        }
        let start = (first + start) as u32;
        let place = Place { start, end: start + (depth - column) as u32, ..spot.place };
        edits.push(Edit { place, text: String::new() });
    }
    Some(Mend { edits, certain: true })
}

/// Moves a key out of the section above it.
pub(super) fn beside(spot: Spot<'_>, section: &str) -> Option<Mend> {
    let before = spot.text.get(..spot.place.start as usize)?;
    let opening = format!("{section}:");
    let line = before.lines().rev().find(|line| line.trim() == opening)?;
    dedented(spot, line.len() - line.trim_start().len())
}

/// Moves a key and all lines that are deeper than it below the key of the same depth above it, to which it belongs.
pub(super) fn indented(spot: Spot<'_>, parent: &str) -> Option<Mend> {
    let at = spot.place.start as usize;
    let first = spot.text[..at].rfind('\n').map_or(0, |at| at + 1);
    let depth = at - first;
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    if !spot.text[first..at].chars().all(|c| c == ' ') {
        return None;
    }
    let is_parent = |line: &&str| indent(line) == depth && line.trim() == format!("{parent}:");
    let above: Vec<&str> = spot.text[..first].lines().collect();
    let opening = above.iter().rposition(is_parent)?;
    let below = above[opening + 1..].iter().find(|line| !line.trim().is_empty());
    let column = below.map_or(depth + 2, |line| indent(line)).max(depth + 1);
    let mut edits = Vec::new();
    for (start, line) in lines(&spot.text[first..]) {
        if line.trim().is_empty() {
            continue;
        }
        if start > 0 && indent(line) <= depth {
            break;
        }
        let start = (first + start) as u32;
        let place = Place { start, end: start, ..spot.place };
        edits.push(Edit { place, text: " ".repeat(column - depth) });
    }
    Some(Mend { edits, certain: true })
}
