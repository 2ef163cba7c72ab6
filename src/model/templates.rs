//! Models to begin with: the shipped ones, and the smallest useful one.

use std::fmt::Write;

/// A shipped model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Its name, which is the name of its file.
    pub name: &'static str,
    /// The text in English.
    pub english: &'static str,
    /// The same model in Russian: names and comments differ, the process and the numbers do not.
    pub russian: &'static str,
}

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(Template {
            name: $name,
            english: include_str!(concat!("../../models/", $name, ".yaml")),
            russian: include_str!(concat!("../../models/ru/", $name, ".yaml")),
        },)*]
    };
}

/// All shipped models, the simplest first.
pub const TEMPLATES: &[Template] = templates![
    "sale-5-stages",
    "five-elements",
    "push-pull",
    "comindware-8-stages",
    "order-intake",
    "bitrix24-lead-deal",
    "olimp-sales-projects",
    "client-lifecycle",
    "pard-complaint",
    "functional-vs-process",
    "rollout-100-days",
    "cafe",
    "shop-two-queues",
    "supermarket",
    "olist-seller-signup",
    "bpi2012-loans",
];

/// The most letters of a summary, so that it fits a line.
const LONGEST_SUMMARY: usize = 120;

/// What a model is about: the first sentence of its opening comment.
pub fn opening_sentence(text: &str) -> String {
    let comment = text.lines().map_while(|line| line.strip_prefix('#'));
    let words = comment.take_while(|line| !line.trim().is_empty()).map(str::trim);
    let opening = words.collect::<Vec<_>>().join(" ");
    let end = opening.find(". ").unwrap_or(opening.len());
    let sentence = opening[..end].trim_end_matches('.');
    // Of a long sentence, keep the part before its colon.
    match sentence.split_once(": ") {
        Some((thing, _)) if sentence.chars().count() > LONGEST_SUMMARY => thing.to_owned(),
        _ => sentence.to_owned(),
    }
}

/// The smallest useful model: `stages` in order, the `share` of deals (as written, `40%`) that each
/// passes on, and one source with `leads` a month.
///
/// ```
/// let stages = ["lead".into(), "offer: final".into()];
/// let text = voronka::model::smallest("leads", "100", &stages, "40%");
/// assert!(voronka::model::load("new.yaml", &text, &[], None).model.is_some());
/// ```
pub fn smallest(source: &str, leads: &str, stages: &[String], share: &str) -> String {
    let mut text =
        format!("voronka: 1\nsources:\n  {}: {{rate: {leads}/month}}\nstages:\n", quoted(source));
    for stage in stages {
        // The last stage leads to a sale; all other deals are lost.
        writeln!(text, "  {}: {{wait: 3d, next: {share}}}", quoted(stage)).unwrap_or_default();
    }
    text
}

/// A name as a YAML key.
fn quoted(name: &str) -> String {
    let plain = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    // YAML reads JSON strings.
    if plain { name.to_owned() } else { serde_json::Value::from(name).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_shipped_model_is_a_template() {
        let mut known: Vec<&str> = TEMPLATES.iter().map(|template| template.name).collect();
        known.sort_unstable();
        for folder in ["models", "models/ru"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            let mut shipped: Vec<String> = files
                .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
                .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
                .filter(|name| !name.ends_with(".test"))
                .collect();
            shipped.sort();
            assert_eq!(shipped, known);
        }
    }

    #[test]
    fn every_template_says_what_it_is_about_in_a_line() {
        for template in TEMPLATES {
            for text in [template.english, template.russian] {
                let summary = opening_sentence(text);
                let length = summary.chars().count();
                assert!((20..=LONGEST_SUMMARY).contains(&length), "{}: {summary}", template.name);
            }
        }
    }
}
