//! What differs between two models, value by value.

use super::yaml::{self, Kind, Node};
use crate::diagnostic::{FileId, Findings};

/// A value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where: `stages.offer.next`.
    pub path: String,
    /// In the first model; `None` if it has no such value.
    pub old: Option<String>,
    /// In the second model.
    pub new: Option<String>,
}

/// Keys that say nothing about the process.
const ABOUT: [&str; 4] = ["voronka", "name", "description", "expect"];
/// Keys whose values are shown as a whole.
const WHOLE: [&str; 8] =
    ["next", "wait", "time", "amount", "value", "when", "variants", "holidays"];

/// What differs between two models, given as [`resolved`](super::resolved) texts, in the order of the first one.
///
/// ```
/// use voronka::model::changed;
/// let (old, new) = ("stages: {lead: {cost: 5}}\n", "stages: {lead: {cost: 6}}\n");
/// assert_eq!(changed(old, new)[0].path, "stages.lead.cost");
/// ```
pub fn changed(old: &str, new: &str) -> Vec<Changed> {
    let tree = |text: &str| yaml::parse(text, FileId::default(), &mut Findings::default());
    let mut found = Vec::new();
    compare(tree(old).as_ref(), tree(new).as_ref(), "", &mut found);
    found
}

fn compare(old: Option<&Node>, new: Option<&Node>, path: &str, found: &mut Vec<Changed>) {
    let kinds = (old.map(|node| &node.kind), new.map(|node| &node.kind));
    let key = path.rsplit('.').next().unwrap_or_default();
    if let (Some(Kind::Map(before)), Some(Kind::Map(after))) = kinds
        && !WHOLE.contains(&key)
    {
        let added = after.iter().filter(|entry| before.iter().all(|old| old.key != entry.key));
        for entry in before.iter().chain(added) {
            if path.is_empty() && ABOUT.contains(&entry.key.as_str()) {
                continue;
            }
            let inner =
                if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
            let of = |node: Option<&'_ Node>| node.and_then(|node| node.get(&entry.key)).cloned();
            compare(of(old).as_ref(), of(new).as_ref(), &inner, found);
        }
        return;
    }
    let text = |node: Option<&Node>| node.map(super::resolved::flow);
    let (old, new) = (text(old), text(new));
    if old != new {
        found.push(Changed { path: path.to_owned(), old, new });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_are_named_by_their_paths() {
        let old = "name: A\nroles: {seller: {people: 4}}\nstages:\n  lead: {cost: 5, next: {offer: 40%, lost: rest}}\n";
        let new = "name: B\nroles: {seller: {people: 4}, clerk: {people: 1}}\nstages:\n  lead: {next: {offer: 50%, lost: rest}}\n";
        let found = changed(old, new);
        let lines: Vec<String> = found
            .iter()
            .map(|one| {
                format!("{}: {:?} -> {:?}", one.path, one.old.as_deref(), one.new.as_deref())
            })
            .collect();
        assert_eq!(
            lines,
            [
                "roles.clerk: None -> Some(\"{people: 1}\")",
                "stages.lead.cost: Some(\"5\") -> None",
                "stages.lead.next: Some(\"{offer: 40%, lost: rest}\") -> Some(\"{offer: 50%, lost: rest}\")",
            ]
        );
        assert_eq!(changed(old, old), []);
    }
}
