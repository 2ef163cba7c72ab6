//! Keys that are missing, told once: an unknown key beside them may be the one that is meant.

use super::reader::{Field, Reader, Section};
use super::yaml::{Entry, Kind, Node};
use crate::diagnostic::StructureFault;
use crate::diagnostic::meant::drawn;
use crate::quantity::{Length, Rate, parse_share};

impl<'n> Section<'n> {
    /// The field of a key; reports it if it is missing.
    pub(super) fn need(
        &self,
        r: &mut Reader<'_>,
        key: &'static str,
        owner: &str,
    ) -> Option<Field<'n>> {
        let field = self.get(key);
        if field.is_none() && !self.is_told(r, key) {
            let problem = StructureFault::MissingKey { key, owner: owner.to_owned() };
            r.findings.report(problem, self.field.place(), self.field.path.clone());
        }
        field
    }
}

impl Section<'_> {
    /// Whether an unknown key is probably the one that is missing, so that one report is enough; it then says so.
    fn is_told(&self, r: &mut Reader<'_>, key: &'static str) -> bool {
        if self.unknown.iter().any(|(_, near)| near.as_deref() == Some(key)) {
            return true;
        }
        let fits = |(entry, near): &&(&Entry, Option<String>)| {
            near.is_none() && drawn(&entry.key).is_none() && fits(key, &entry.value)
        };
        let mut fitting = self.unknown.iter().filter(fits);
        let (Some((entry, _)), None) = (fitting.next(), fitting.next()) else { return false };
        r.findings.propose(entry.place, key);
        true
    }
}

/// Whether a value could stand behind a key.
fn fits(key: &str, value: &Node) -> bool {
    let text = value.scalar_text();
    match key {
        "next" => {
            let is_branch = |entry: &Entry| {
                let text = entry.value.scalar_text();
                matches!(entry.key.as_str(), "won" | "lost" | "done")
                    || text == "rest"
                    || text.ends_with('%')
            };
            let is_map = matches!(&value.kind, Kind::Map(entries) if entries.iter().any(is_branch));
            is_map || parse_share(text).is_ok() || text == "won"
        }
        "people" | "count" => text.parse::<u64>().is_ok(),
        "rate" => Rate::parse(text).is_ok(),
        "share" => parse_share(text).is_ok(),
        "time" => Length::parse(text).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    /// The codes and the keys that are proposed.
    fn found(stage: &str) -> Vec<(&'static str, Option<String>)> {
        let text = format!("stages:\n  lead: {{{stage}}}\n  offer: {{wait: 1d, next: 40%}}\n");
        let loaded = crate::model::load("", &text, &[], None);
        let near = |found: &crate::diagnostic::Diagnostic| match &found.problem {
            crate::diagnostic::Problem::Structure(
                crate::diagnostic::StructureFault::UnknownKey { nearest, .. },
            ) => nearest.clone(),
            _ => None,
        };
        loaded.diagnostics.iter().map(|found| (found.problem.code(), near(found))).collect()
    }

    #[test]
    fn an_unknown_key_that_fits_is_the_one_that_is_missing() {
        let next = Some("next".to_owned());
        assert_eq!(found("wait: 1d, forward: 40%"), [("V105", next.clone())]);
        assert_eq!(found("wait: 1d, forwards: {offer: 40%, lost: rest}"), [("V105", next)]);
        // A number of another kind is none, nor is a key of a drawing.
        let is_told = |stage: &str| found(stage).iter().any(|(code, _)| *code == "V107");
        assert!(is_told("wait: 1d, size: 7") && is_told("wait: 1d, id: 40%"));
    }
}
