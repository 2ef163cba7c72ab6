//! `--set PATH=VALUE`: changes one value of the tree before it is read.
//!
//! The path must lead to an existing value, or to a key that its map may have. A new stage or
//! source cannot be added this way, so a misspelt name is an error. A part `*` stands for every key
//! below which the rest of the path exists.

use super::merge::{first_relative, merge};
use super::near::nearest;
use super::relative;
use super::yaml::{self, Entry, Kind, Node};
use crate::diagnostic::{Findings, Place, Sources, StructureFault};

/// Top-level sections whose keys are names that the modeller chose.
const NAMED: [&str; 5] = ["stages", "sources", "attributes", "reasons", "roles"];

/// Applies one override to the tree; faults are reported in the text of the override.
pub(super) fn apply(
    root: &mut Node,
    (path, value): (&str, &str),
    sources: &mut Sources,
    findings: &mut Findings,
) {
    let text = format!("{path}={value}");
    let file = sources.add("--set", text);
    let start = path.len() + 1;
    let whole = Place { file, start: 0, end: path.len() as u32 };
    let place = Place { file, start: start as u32, end: (start + value.len()) as u32 };
    let open_quote = path.matches('"').count() % 2 == 1;
    if split(path).iter().any(String::is_empty) || open_quote || value.trim().is_empty() {
        let problem = StructureFault::BadOverride { text: format!("{path}={value}") };
        findings.report(problem, whole, path.to_owned());
        return;
    }
    let mut inner = Findings::default();
    if relative::parse(value).is_some() {
        // In a file this is in quotes; here `*1.2` is no alias.
        let value = Node { place, kind: Kind::Scalar(value.to_owned()) };
        return set(root, path, &value, whole, findings);
    }
    // The value is YAML; leading spaces keep its byte offsets equal to those in the argument.
    let padded = format!("{}{value}", " ".repeat(start));
    let parsed = yaml::parse(&padded, file, &mut inner);
    let failed = inner.has_errors();
    findings.extend(inner.into_sorted());
    if failed {
        return;
    }
    let value = parsed.unwrap_or(Node { place, kind: Kind::Null });
    set(root, path, &value, whole, findings);
}

/// Sets the value at a path, or at all paths that a star in it stands for.
fn set(root: &mut Node, path: &str, value: &Node, whole: Place, findings: &mut Findings) {
    let all = matching(root, &split(path));
    let nothing = Unknown { path: path.to_owned(), nearest: None };
    let mut put = |done: Result<(), Unknown>, keys: &Vec<String>| {
        done?;
        Change { keys, place: whole, findings }.put(root, 0, value.clone())
    };
    let start = if all.is_empty() { Err(nothing) } else { Ok(()) };
    if let Err(unknown) = all.iter().fold(start, &mut put) {
        let problem = StructureFault::UnknownPath { path: unknown.path, nearest: unknown.nearest };
        findings.report(problem, whole, path.to_owned());
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

/// A value on its way to its place.
struct Change<'a> {
    keys: &'a [String],
    /// Where its path is written.
    place: Place,
    findings: &'a mut Findings,
}

impl Change<'_> {
    /// Puts the value below a node that lies `depth` keys down.
    fn put(&mut self, node: &mut Node, depth: usize, value: Node) -> Result<(), Unknown> {
        let key = &self.keys[depth];
        let last = depth + 1 == self.keys.len();
        let unknown = |nearest| Unknown { path: self.keys[..=depth].join("."), nearest };
        match &mut node.kind {
            Kind::Map(entries) => {
                if let Some(at) = entries.iter().position(|entry| entry.key == *key) {
                    if last && value.kind == Kind::Null {
                        entries.remove(at);
                    } else if last {
                        merge(&mut entries[at].value, value, self.keys, self.findings);
                    } else {
                        return self.put(&mut entries[at].value, depth + 1, value);
                    }
                    return Ok(());
                }
                let named = depth == 1 && NAMED.contains(&self.keys[0].as_str());
                if !last || named || first_relative(&value).is_some() {
                    let known = entries.iter().map(|entry| entry.key.as_str());
                    return Err(unknown(nearest(key, known)));
                }
                if value.kind != Kind::Null {
                    entries.push(Entry { key: key.clone(), place: self.place, value });
                }
                Ok(())
            }
            Kind::List(items) => {
                let at = key.parse::<usize>().ok().filter(|at| (1..=items.len()).contains(at));
                let at = at.ok_or_else(|| unknown(None))? - 1;
                if last && value.kind == Kind::Null {
                    items.remove(at);
                } else if last {
                    merge(&mut items[at], value, self.keys, self.findings);
                } else {
                    return self.put(&mut items[at], depth + 1, value);
                }
                Ok(())
            }
            Kind::Scalar(_) | Kind::Null => Err(unknown(None)),
        }
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
