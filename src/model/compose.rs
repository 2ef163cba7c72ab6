//! Composition: a model that extends another one, and scenarios that change it.
//!
//! Both are merges of trees, made before anything is read. The order is: the model that is extended, the file, the
//! scenario, `--set`.

use std::path::{Component, Path, PathBuf};

use super::load::read_file;
use super::merge::merge;
use super::near::nearest;
use super::yaml::{self, Entry, Kind, Node};
use super::{Override, indent, layout, overrides};
use crate::diagnostic::{
    ExtendsFault, FileFault, FileId, Findings, Place, Sources, StructureFault,
};

/// A chain of more models than this that extend each other is reported as a mistake.
const MOST_MODELS: usize = 8;

/// Keys of a scenario that say something about it and change nothing.
pub(super) const ABOUT: [&str; 3] = ["title", "description", "investment"];
/// Keys that no scenario can change.
pub(super) const FIXED: [&str; 3] = ["voronka", "extends", "scenarios"];

/// The text of a file as a tree.
pub(super) fn tree(text: &str, file: FileId, findings: &mut Findings) -> Option<Node> {
    if let Some(found) = layout::invisible_indentation(text) {
        let (start, end) = (found.start as u32, (found.start + found.length) as u32);
        let problem = FileFault::Syntax { fault: found.fault };
        findings.report(problem, Place { file, start, end }, "");
        return None;
    }
    let mut root = yaml::parse(text, file, findings);
    if let Some(root) = &mut root {
        indent::repair(root, findings);
    }
    root
}

/// Puts a file upon the model that it extends, and applies changes; returns the folders of the other files, or nothing if
/// one of them or the scenario cannot be found.
pub(super) fn compose(
    root: Node,
    changes: &[Override],
    folder: Option<&Path>,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<(Node, Vec<(FileId, PathBuf)>)> {
    let before = findings.count();
    let (mut root, folders) = extend(root, folder, sources, findings);
    if findings.has_errors_since(before) {
        return None;
    }
    // A scenario comes before values.
    let is_scenario = |change: &&Override| matches!(change, Override::Scenario(_));
    let (scenarios, values): (Vec<_>, Vec<_>) = changes.iter().partition(is_scenario);
    for change in scenarios.into_iter().chain(values) {
        match change {
            Override::Scenario(name) => {
                let file = sources.add("--scenario", name.clone());
                let place = Place { file, start: 0, end: name.len() as u32 };
                apply_scenario(&mut root, name, place, findings)?;
            }
            Override::Set { path, value } => {
                overrides::apply(&mut root, (path, value), sources, findings);
            }
        }
    }
    Some((root, folders))
}

/// Puts a file upon the model that it extends, and that one upon its own; returns the folders of the files.
pub(super) fn extend(
    root: Node,
    folder: Option<&Path>,
    sources: &mut Sources,
    findings: &mut Findings,
) -> (Node, Vec<(FileId, PathBuf)>) {
    let mut layers = vec![root];
    let mut folders = Vec::new();
    let mut seen = Vec::new();
    let mut folder = folder.map(Path::to_path_buf);
    while let Some((file, place)) = layers.last_mut().and_then(take_extends) {
        let mut fault = |fault: ExtendsFault| {
            let problem = StructureFault::Extends { file: file.clone(), fault };
            findings.report(problem, place, "extends");
        };
        let Some(base) = folder.clone() else {
            fault(ExtendsFault::NoFolder);
            break;
        };
        let Some(path) = inside(&base, &file) else {
            fault(ExtendsFault::Outside);
            break;
        };
        if seen.contains(&path) || seen.len() >= MOST_MODELS {
            fault(ExtendsFault::Circle);
            break;
        }
        let text = match read_file(&path.to_string_lossy()) {
            Ok(text) => text,
            Err(FileFault::NoSuchFile { .. }) => {
                fault(ExtendsFault::NoSuchFile { nearest: near_model(&base, &file) });
                break;
            }
            Err(_) => {
                fault(ExtendsFault::Unreadable);
                break;
            }
        };
        let id = sources.add(path.to_string_lossy(), text.trim_start_matches('\u{FEFF}'));
        let text = sources.file(id).text.clone();
        seen.push(path.clone());
        folder = path.parent().map(Path::to_path_buf);
        folders.extend(folder.clone().map(|folder| (id, folder)));
        let Some(layer) = tree(&text, id, findings) else { break };
        layers.push(layer);
    }
    let mut all = layers.pop().expect("the file itself is the first layer");
    while let Some(layer) = layers.pop() {
        merge(&mut all, layer, &[], findings);
    }
    (all, folders)
}

/// The name of a file of the folder that is nearly the one that is not there.
fn near_model(folder: &Path, file: &str) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let files = std::fs::read_dir(folder).ok()?.flatten();
    let names: Vec<String> =
        files.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    nearest(file, names.iter().map(String::as_str))
}

/// Removes the key `extends` of a file and returns what it names.
fn take_extends(root: &mut Node) -> Option<(String, Place)> {
    let Kind::Map(entries) = &mut root.kind else { return None };
    let at = entries.iter().position(|entry| entry.key == "extends")?;
    let Entry { value, .. } = entries.remove(at);
    Some((value.scalar_text().to_owned(), value.place))
}

/// A file below a folder; `None` if the path leads out of it.
fn inside(folder: &Path, file: &str) -> Option<PathBuf> {
    let is_below = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    let path = folder.join(file);
    let is_inside = !file.is_empty() && Path::new(file).components().all(is_below);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // A link may lead elsewhere; a file that is not there is told of later.
    let leads_out = match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => !path.starts_with(folder),
        _ => false,
    };
    (is_inside && !leads_out).then_some(path)
}

/// Changes the model as a scenario of it says; nothing if there is no such scenario.
pub(super) fn apply_scenario(
    root: &mut Node,
    name: &str,
    place: Place,
    findings: &mut Findings,
) -> Option<()> {
    let known: Vec<Entry> = match root.get("scenarios").map(|node| &node.kind) {
        Some(Kind::Map(entries)) => entries.clone(),
        _ => Vec::new(),
    };
    let Some(scenario) = known.iter().find(|entry| entry.key == name) else {
        let names = known.iter().map(|entry| entry.key.as_str());
        let problem = StructureFault::UnknownScenario {
            name: name.to_owned(),
            nearest: nearest(name, names.clone()),
            known: names.map(str::to_owned).collect(),
        };
        findings.report(problem, place, "scenarios");
        return None;
    };
    let Kind::Map(changes) = &scenario.value.kind else { return Some(()) };
    let mut change = scenario.value.clone();
    let is_change = |entry: &&Entry| {
        !ABOUT.contains(&entry.key.as_str()) && !FIXED.contains(&entry.key.as_str())
    };
    change.kind = Kind::Map(changes.iter().filter(is_change).cloned().collect());
    merge(root, change, &[], findings);
    Some(())
}
