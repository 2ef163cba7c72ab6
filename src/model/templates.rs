//! Models to begin with: those that are shipped, and the smallest useful one.

use std::fmt::Write;

/// A shipped model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Its name: that of its file.
    pub name: &'static str,
    /// The file.
    pub text: &'static str,
}

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(Template { name: $name, text: include_str!(concat!("../../models/", $name, ".yaml")) }),*]
    };
}

/// All shipped models, the plainest first.
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
    "cafe",
    "shop-two-queues",
    "supermarket",
    "olist-seller-signup",
    "bpi2012-loans",
];

/// A summary fits a line.
const LONGEST_SUMMARY: usize = 120;

impl Template {
    /// What it is about: the first sentence of its opening comment.
    pub fn summary(&self) -> String {
        let comment = self.text.lines().map_while(|line| line.strip_prefix('#'));
        let words = comment.take_while(|line| !line.trim().is_empty()).map(str::trim);
        let opening = words.collect::<Vec<_>>().join(" ");
        let end = opening.find(". ").unwrap_or(opening.len());
        let sentence = opening[..end].trim_end_matches('.');
        // A long sentence says the thing before its colon, and the parts after it.
        match sentence.split_once(": ") {
            Some((thing, _)) if sentence.len() > LONGEST_SUMMARY => thing.to_owned(),
            _ => sentence.to_owned(),
        }
    }
}

/// The smallest useful model: stages in their order, of which this share (as written, `40%`) goes on,
/// and so many leads a month.
///
/// ```
/// let text = voronka::model::smallest(&["lead".into(), "offer: final".into()], "40%", "100");
/// assert!(voronka::model::load("new.yaml", &text, &[], None).model.is_some());
/// ```
pub fn smallest(stages: &[String], share: &str, leads: &str) -> String {
    let mut text = format!(
        "# What does it bring? voronka run FILE\n\
         voronka: 1\n\
         sources:\n  leads: {{rate: {leads}/month}}\n\
         stages:\n"
    );
    for stage in stages {
        // The last stage of the list leads to a sale; whoever does not go on is lost.
        writeln!(text, "  {}: {{wait: 3d, next: {share}}}", quoted(stage)).unwrap_or_default();
    }
    text += "# What to add next: what deals are worth and what a stage costs.\n\
             # value: {lognormal: {median: 1000, p90: 5000}}\n\
             # currency: EUR\n";
    text
}

/// A name as a YAML key.
fn quoted(name: &str) -> String {
    let plain = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    // What JSON quotes, YAML reads.
    if plain { name.to_owned() } else { serde_json::Value::from(name).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_shipped_model_is_a_template() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut shipped: Vec<String> = files
            .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        let mut known: Vec<&str> = TEMPLATES.iter().map(|template| template.name).collect();
        shipped.sort();
        known.sort_unstable();
        assert_eq!(shipped, known);
    }

    #[test]
    fn every_template_says_what_it_is_about_in_a_line() {
        for template in TEMPLATES {
            let summary = template.summary();
            assert!(
                (20..=LONGEST_SUMMARY).contains(&summary.len()),
                "{}: {summary}",
                template.name
            );
        }
    }
}
