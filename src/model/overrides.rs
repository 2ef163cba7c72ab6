//! `--set PATH=VALUE`: changes one value of the tree before it is read.
//!
//! The path must lead to an existing value, or to a key that its map may have. A new stage or
//! source cannot be added this way, so a misspelt name is an error. A part `*` stands for every key
//! below which the rest of the path exists.

use super::Override;
use super::reader::nearest;
use super::yaml::{self, Entry, Kind, Node};
use crate::diagnostic::{Findings, Place, Sources, StructureFault};

/// Top-level sections whose keys are names that the modeller chose.
const NAMED: [&str; 5] = ["stages", "sources", "attributes", "reasons", "roles"];

/// Applies one override to the tree; faults are reported in the text of the override.
pub(super) fn apply(
    root: &mut Node,
    change: &Override,
    sources: &mut Sources,
    findings: &mut Findings,
) {
    let text = format!("{}={}", change.path, change.value);
    let file = sources.add("--set", text);
    let start = change.path.len() + 1;
    let whole = Place { file, start: 0, end: change.path.len() as u32 };
    let mut inner = Findings::default();
    // The value is YAML; leading spaces keep its byte offsets equal to those in the argument.
    let padded = format!("{}{}", " ".repeat(start), change.value);
    let value = yaml::parse(&padded, file, &mut inner);
    let failed = inner.has_errors();
    findings.extend(inner.into_sorted());
    if failed {
        return;
    }
    let end = start + change.value.len();
    let null = Place { file, start: start as u32, end: end as u32 };
    let value = value.unwrap_or(Node { place: null, kind: Kind::Null });
    let keys = split(&change.path);
    let open_quote = change.path.matches('"').count() % 2 == 1;
    if keys.iter().any(String::is_empty) || open_quote || change.value.trim().is_empty() {
        let text = format!("{}={}", change.path, change.value);
        let problem = StructureFault::BadOverride { text };
        findings.report(problem, whole, change.path.clone());
        return;
    }
    let all = matching(root, &keys);
    let nothing = Unknown { path: change.path.clone(), nearest: None };
    let put = |done: Result<(), Unknown>, keys: &Vec<String>| {
        done.and_then(|()| put(root, keys, 0, value.clone(), whole))
    };
    let start = if all.is_empty() { Err(nothing) } else { Ok(()) };
    if let Err(unknown) = all.iter().fold(start, put) {
        let problem = StructureFault::UnknownPath { path: unknown.path, nearest: unknown.nearest };
        findings.report(problem, whole, change.path.clone());
    }
}

/// The paths that a path with `*` stands for; the path itself if it has none.
fn matching(node: &Node, keys: &[String]) -> Vec<Vec<String>> {
    let Some(at) = keys.iter().position(|key| key == "*") else { return vec![keys.to_vec()] };
    let parent = keys[..at].iter().try_fold(node, |node, key| node.get(key));
    let Some(Kind::Map(entries)) = parent.map(|parent| &parent.kind) else { return Vec::new() };
    let below = |entry: &Entry| {
        let path = [&keys[..at], std::slice::from_ref(&entry.key), &keys[at + 1..]].concat();
        matching(node, &path).into_iter().filter(|path| exists(node, path)).collect::<Vec<_>>()
    };
    entries.iter().filter(|entry| entry.key != "*").flat_map(below).collect()
}

fn exists(node: &Node, keys: &[String]) -> bool {
    keys.iter().try_fold(node, |node, key| node.get(key)).is_some()
}

struct Unknown {
    path: String,
    nearest: Option<String>,
}

fn put(
    node: &mut Node,
    keys: &[String],
    depth: usize,
    value: Node,
    place: Place,
) -> Result<(), Unknown> {
    let key = &keys[depth];
    let last = depth + 1 == keys.len();
    let unknown = |nearest| Unknown { path: keys[..=depth].join("."), nearest };
    match &mut node.kind {
        Kind::Map(entries) => {
            if let Some(at) = entries.iter().position(|entry| entry.key == *key) {
                if last && value.kind == Kind::Null {
                    entries.remove(at);
                } else if last {
                    merge(&mut entries[at].value, value, keys);
                } else {
                    return put(&mut entries[at].value, keys, depth + 1, value, place);
                }
                return Ok(());
            }
            let named = depth == 1 && NAMED.contains(&keys[0].as_str());
            if !last || named {
                let known = entries.iter().map(|entry| entry.key.as_str());
                return Err(unknown(nearest(key, known)));
            }
            if value.kind != Kind::Null {
                entries.push(Entry { key: key.clone(), place, value });
            }
            Ok(())
        }
        Kind::List(items) => {
            let at = key.parse::<usize>().ok().filter(|at| (1..=items.len()).contains(at));
            let at = at.ok_or_else(|| unknown(None))? - 1;
            if last && value.kind == Kind::Null {
                items.remove(at);
            } else if last {
                items[at] = value;
            } else {
                return put(&mut items[at], keys, depth + 1, value, place);
            }
            Ok(())
        }
        Kind::Scalar(_) | Kind::Null => Err(unknown(None)),
    }
}

/// Keys whose maps are replaced whole instead of merged.
const WHOLE: [&str; 9] =
    ["next", "steps", "work", "wait", "value", "amount", "after", "every", "when"];

/// Merges maps by key; everything else, and shares, distributions and branches, is replaced.
fn merge(old: &mut Node, new: Node, keys: &[String]) {
    let last = keys.last().map_or("", String::as_str);
    let shares = keys.len() >= 2 && matches!(keys[keys.len() - 2].as_str(), "attributes" | "set");
    let inside = keys.iter().any(|key| WHOLE.contains(&key.as_str()));
    let whole = inside || shares || WHOLE.contains(&last);
    match (&mut old.kind, new.kind) {
        (Kind::Map(entries), Kind::Map(changes)) if !whole => {
            for change in changes {
                let mut path = keys.to_vec();
                path.push(change.key.clone());
                match entries.iter().position(|entry| entry.key == change.key) {
                    Some(at) if change.value.kind == Kind::Null => {
                        entries.remove(at);
                    }
                    Some(at) => merge(&mut entries[at].value, change.value, &path),
                    None => entries.push(change),
                }
            }
        }
        (_, kind) => *old = Node { place: new.place, kind },
    }
}

/// Splits at dots and before `[n]`; a part in double quotes may hold dots.
fn split(path: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut quoted = false;
    for letter in path.chars() {
        match letter {
            '"' => quoted = !quoted,
            '.' | '[' if !quoted => keys.push(String::new()),
            ']' if !quoted => {}
            _ => keys.last_mut().expect("the list starts with one key").push(letter),
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{matching, split};
    use crate::diagnostic::{Findings, Sources};
    use crate::model::yaml;

    #[test]
    fn a_star_stands_for_every_name_that_has_the_rest_of_the_path() {
        let text = "roles: {a: {people: 1}, b: {cost: 2}, c: {people: 3, \"*\": 1}}\nx: 1";
        let file = Sources::default().add("m.yaml", text);
        let root = yaml::parse(text, file, &mut Findings::default()).unwrap();
        let found = |path: &str| -> Vec<String> {
            matching(&root, &split(path)).iter().map(|keys| keys.join(".")).collect()
        };
        assert_eq!(found("roles.*.people"), ["roles.a.people", "roles.c.people"]);
        assert_eq!(found("roles.*.*"), ["roles.a.people", "roles.b.cost", "roles.c.people"]);
        assert_eq!(found("roles.d.people"), ["roles.d.people"]);
        assert!(found("x.*").is_empty() && found("y.*.z").is_empty());
    }

    #[test]
    fn quoted_names_may_hold_points() {
        assert_eq!(split(r#"stages."v. 2".next"#), ["stages", "v. 2", "next"]);
        assert_eq!(split("value[2].amount"), ["value", "2", "amount"]);
    }
}
