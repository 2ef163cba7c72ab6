//! Names that differ only in case, in Unicode composition, or in look-alike letters of another
//! script; loss reasons that differ by one letter.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Findings, Warning};
use crate::model::{Model, Spot, Target};
use crate::quantity::latin_twin;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let stages = model.stages.iter().map(|stage| (stage.name.as_str(), &stage.spot));
    let sources = model.sources.iter().map(|source| (source.name.as_str(), &source.spot));
    let attributes = model.attributes.iter().map(|a| (a.name.as_str(), &a.spot));
    compare(stages.chain(sources).chain(attributes), findings);
    let reasons = model.branches().filter_map(|branch| match &branch.target {
        Target::Lost(Some(reason)) => Some((reason.as_str(), &branch.spot)),
        _ => None,
    });
    let reasons: Vec<(&str, &Spot)> = reasons.collect();
    compare(reasons.iter().copied(), findings);
    near(&reasons, findings);
}

/// In letters: shorter reasons may differ by one on purpose.
const LONG: usize = 6;

/// Reports loss reasons that differ by one letter.
fn near(reasons: &[(&str, &Spot)], findings: &mut Findings) {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let alike = |one: &str, other: &str| {
        let lower = [one, other].map(str::to_lowercase);
        let long = lower.iter().all(|text| text.chars().count() >= LONG);
        let differ = skeleton(one) != skeleton(other) && digits(one) == digits(other);
        long && differ && strsim::damerau_levenshtein(&lower[0], &lower[1]) == 1
    };
    let mut seen: Vec<&str> = Vec::new();
    for (name, spot) in reasons {
        if seen.contains(name) {
            continue;
        }
        if let Some(other) = seen.iter().find(|other| alike(other, name)) {
            let problem =
                Warning::NearReasons { name: (*name).to_owned(), other: (*other).to_owned() };
            findings.report(problem, spot.place, spot.path.clone());
        }
        seen.push(name);
    }
}

fn compare<'m>(names: impl Iterator<Item = (&'m str, &'m Spot)>, findings: &mut Findings) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (name, spot) in names {
        match seen.get(skeleton(name).as_str()) {
            Some(other) if *other != name => {
                let problem =
                    Warning::LookAlike { name: name.to_owned(), other: (*other).to_owned() };
                findings.report(problem, spot.place, spot.path.clone());
            }
            Some(_) => {}
            None => {
                seen.insert(skeleton(name), name);
            }
        }
    }
}

/// The look of a name: composed, in lower case, with Cyrillic letters replaced by similar Latin
/// ones.
pub(crate) fn skeleton(name: &str) -> String {
    let lower = name.trim().nfkc().collect::<String>().to_lowercase();
    let look = |letter: char| match letter {
        '\u{A0}' | '\u{202F}' | '_' | '-' => ' ',
        other => latin_twin(other),
    };
    lower.chars().map(look).collect()
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn cyrillic_es_looks_like_latin_c() {
        assert_eq!(skeleton("C"), skeleton("С"));
        assert_eq!(skeleton("й"), skeleton("и\u{306}"));
        assert_ne!(skeleton("offer"), skeleton("order"));
    }
}
