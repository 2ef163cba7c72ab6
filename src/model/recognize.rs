//! Is this text a model? For folders in which other YAML files lie too.
//!
//! Only keys of the first level count, and they are looked for line by line: a model with a fault,
//! which no parser reads, is a model all the same. A file that is not recognized is not checked, so
//! a single key that only a model has is enough.

use super::near::is_slip;
use super::words::synonym;

/// Keys of which one is enough. Other tools have lists of `stages`, never a map.
const ENOUGH: [&str; 2] = ["voronka", "stages"];
/// Keys of which two are enough.
const TELLING: [&str; 11] = [
    "sources",
    "roles",
    "calendars",
    "attributes",
    "horizon",
    "warmup",
    "reasons",
    "targets",
    "expect",
    "currency",
    "value",
];

/// Whether a text in YAML is meant as a model, also where it has faults.
///
/// ```
/// use voronka::model::is_meant_as_model;
/// assert!(is_meant_as_model("stags:\n  lead: {next: [\n"));
/// assert!(is_meant_as_model("currency: EUR\nsources: {web: {rate: 3/day}}\n"));
/// assert!(!is_meant_as_model("stages: [build, test]\nvariables: {}\n"));
/// assert!(!is_meant_as_model("services:\n  web: {image: nginx}\n"));
/// ```
pub fn is_meant_as_model(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}');
    let lines = || text.lines().filter(|line| has_content(line));
    let Some(first) = lines().find(|line| !line.starts_with(['-', '%'])) else { return false };
    if let Some(inside) = first.trim_start().strip_prefix('{') {
        return inside.trim_start().starts_with("stages") || text.contains("\"stages\"");
    }
    let level = indent(first);
    let mut telling = 0;
    let mut lines = lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = line.trim().split_once(':').filter(|_| indent(line) == level)
        else {
            continue;
        };
        let key = key.trim().trim_matches(['"', '\'']);
        let value = value.trim_start();
        if key == ENOUGH[0] {
            return true;
        }
        let is_text = !value.is_empty() && !value.starts_with(['{', '#', '&', '[']);
        let next = lines.peek().filter(|_| value.is_empty() || value.starts_with('#'));
        let is_list =
            value.starts_with('[') || next.is_some_and(|next| next.trim_start().starts_with('-'));
        let is_stages = is_slip(key, ENOUGH[1]) || synonym(key, &ENOUGH).is_some();
        if is_stages && !is_list && !is_text {
            return true;
        }
        telling += usize::from(TELLING.contains(&key) || synonym(key, &TELLING).is_some());
    }
    telling >= 2
}

/// Whether a line is more than a comment or a mark of documents.
fn has_content(line: &str) -> bool {
    let content = line.trim();
    !content.is_empty() && !content.starts_with('#') && !content.starts_with("---")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_with_faults_are_recognized_and_other_files_are_not() {
        for model in [
            "stages:\n  lead: {next: won}\n",
            "\u{FEFF}# comment\r\n---\r\nstages:\r\n\tlead: {next: won}\r\n",
            "  stages:\n    lead: {next: won}\n",
            "'stages': {lead: {next: won}}\n",
            "{stages: {lead: {next: won}}}\n",
            "{\n \"name\": \"A\",\n \"stages\": {}}\n",
            "voronka: 1\nstages: [lead]\n",
            "этапы:\n  звонок: {next: 40%}\n",
            "stages: [lead, demo]\nsources: {web: {rate: 1/day}}\ncurrency: EUR\n",
        ] {
            assert!(is_meant_as_model(model), "{model}");
        }
        for other in [
            "",
            "# nothing\n",
            "stages:\n  - build\n  - test\nbuild: {stage: build}\n",
            "stages:\n- stage: Build\n",
            "stage: production\nservice: api\n",
            "name: CI\non: [push]\njobs: {build: {steps: []}}\n",
            "apiVersion: v1\nkind: ConfigMap\ndata:\n  stages: none\n",
            "- stages: 1\n",
            "value: 3\nreplicas: 1\n",
        ] {
            assert!(!is_meant_as_model(other), "{other}");
        }
    }
}
