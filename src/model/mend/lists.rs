//! Lists of things with names, written as the language writes them: a key for each name.

use super::Spot;
use crate::diagnostic::{Edit, Mend, Place};
use crate::model::listed::NAMES;
use crate::model::yaml::{Entry, Kind, Node};

/// `- name: Lead` and `- Lead: …` of a section at the top of a model as `Lead:`.
pub(super) fn keyed(root: &Node, spot: Spot<'_>) -> Option<Mend> {
    let Kind::Map(sections) = &root.kind else { return None };
    let section = sections.iter().find(|entry| entry.place == spot.place)?;
    let Kind::List(items) = &section.value.kind else { return None };
    let mut edits = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Kind::Map(entries) = &item.kind else { return None };
        let end = items.get(at + 1).map_or(section.value.place.end, |next| next.place.start);
        edits.extend(item_keyed(spot, (section, item, end), entries)?);
    }
    Some(Mend { edits, certain: true })
}

/// `- price: 30%` as `price: 30%`, where each item of a list is one name with its share.
pub(super) fn without_dashes(spot: Spot<'_>, list: &Node, items: &[Node]) -> Option<Mend> {
    let is_pair = |item: &Node| {
        let Kind::Map(entries) = &item.kind else { return false };
        matches!(entries.as_slice(), [Entry { value: Node { kind: Kind::Scalar(_), .. }, .. }])
    };
    if !items.iter().all(is_pair) {
        return None;
    }
    let written = spot.text.get(list.place.start as usize..list.place.end as usize)?;
    if let Some(inner) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        // `[offer: 60%, lost: rest]`: only the brackets are those of a list.
        let is_plain = !inner.contains(['[', ']', '{', '}']);
        return is_plain.then(|| Mend::new(list.place, format!("{{{inner}}}"), true));
    }
    let edits = items.iter().map(|item| {
        let start = item.place.start as usize;
        let dash =
            dash_before(spot.text, start).filter(|_| !spot.text[start..].starts_with('{'))?;
        let place = Place { start: dash as u32, end: dash as u32 + 1, ..spot.place };
        Some(Edit { place, text: " ".to_owned() })
    });
    Some(Mend { edits: edits.collect::<Option<Vec<Edit>>>()?, certain: true })
}

/// Where the `-` of an item stands, if nothing else is before it in its line.
fn dash_before(text: &str, item: usize) -> Option<usize> {
    let line = text[..item].rfind('\n').map_or(0, |at| at + 1);
    let dash = line + text[line..item].find('-')?;
    let is_alone = text.get(line..dash)?.chars().all(|letter| letter == ' ');
    (is_alone && text[dash + 1..item].trim().is_empty()).then_some(dash)
}

/// The edits of one item, which ends before the byte `end`.
fn item_keyed(
    spot: Spot<'_>,
    (section, item, end): (&Entry, &Node, u32),
    entries: &[Entry],
) -> Option<Vec<Edit>> {
    let text = spot.text;
    let start = item.place.start as usize;
    let dash = dash_before(text, start)?;
    let edit = |from: usize, to: usize, text: String| {
        let place = Place { start: from as u32, end: to as u32, ..spot.place };
        Edit { place, text }
    };
    let name = entries.first().filter(|entry| NAMES.contains(&entry.key.as_str()));
    let has_name = entries.iter().any(|entry| NAMES.contains(&entry.key.as_str()));
    let Some(name) = name else {
        // `- Lead: {wait: 1d}`: the key stays where it is.
        let is_alone = !has_name && entries.len() == 1 && !text[start..].starts_with('{');
        return is_alone.then(|| vec![edit(dash, dash + 1, " ".to_owned())]);
    };
    let value = name.value.place;
    let written = text.get(value.start as usize..value.end as usize)?;
    // Below a section in the same column, everything moves.
    let column = |at: usize| at - text[..at].rfind('\n').map_or(0, |at| at + 1);
    let shift = if column(dash) > column(section.place.start as usize) { "" } else { "  " };
    let second = entries.get(1).map(|entry| entry.place.start as usize);
    if text[start..].starts_with('{') {
        let until = second.unwrap_or(item.place.end as usize - 1);
        return Some(vec![edit(dash, until, format!("{shift}{written}: {{"))]);
    }
    let mut edits = vec![edit(dash, value.end as usize, format!("{shift}{written}:"))];
    let mut from = value.end as usize;
    while let Some(next) = text[from..end as usize].find('\n') {
        from += next + 1;
        let rest = text[from..].lines().next().unwrap_or_default();
        // The line of the next item is moved with that item.
        let is_next = rest.trim_start().starts_with('-')
            && rest.len() - rest.trim_start().len() == column(dash);
        if !shift.is_empty() && !rest.trim().is_empty() && !is_next && from < end as usize {
            edits.push(edit(from, from, shift.to_owned()));
        }
    }
    Some(edits)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::StructureFault;

    /// A model after its only certain mend.
    fn mended(text: &str) -> String {
        let loaded = crate::model::load("", text, &[], None);
        let is_list = |found: &&crate::diagnostic::Diagnostic| {
            matches!(
                found.problem,
                crate::diagnostic::Problem::Structure(StructureFault::NamesInList { .. })
            )
        };
        let found = loaded.diagnostics.iter().find(is_list).expect("a list of names is found");
        let mend = found.mend.as_ref().expect("it is mended");
        let mut text = text.to_owned();
        for edit in mend.edits.iter().rev() {
            text.replace_range(edit.place.start as usize..edit.place.end as usize, &edit.text);
        }
        text
    }

    #[test]
    fn names_in_a_list_become_keys() {
        let block =
            "stages:\n  - name: Lead\n    wait: 1d\n    next: 30%\n  - name: Demo\n    next: 40%\n";
        let keys = "stages:\n  Lead:\n    wait: 1d\n    next: 30%\n  Demo:\n    next: 40%\n";
        assert_eq!(mended(block), keys);
        let shallow = "stages:\n- name: Lead\n  wait: 1d\n  next: 30%\n- name: Demo\n  next: 40%\n";
        assert_eq!(mended(shallow), keys);
        let braces = "stages:\n  - {name: Lead, next: 30%}\n  - {name: Demo, next: 40%}\n";
        assert_eq!(mended(braces), "stages:\n  Lead: {next: 30%}\n  Demo: {next: 40%}\n");
        let single = "stages:\n  - Lead: {next: 30%}\n  - Demo: {next: 40%}\n";
        assert_eq!(mended(single), "stages:\n    Lead: {next: 30%}\n    Demo: {next: 40%}\n");
    }

    #[test]
    fn what_is_in_such_a_list_is_read() {
        let text = "stages:\n  - name: Lead\n    wait: 5\n    next: Demo\n  - name: Demo\n    next: 140%\n";
        let loaded = crate::model::load("", text, &[], None);
        let codes: Vec<_> = loaded.diagnostics.iter().map(|found| found.problem.code()).collect();
        assert_eq!(codes, ["V108", "V201", "V201"]);
    }
}
