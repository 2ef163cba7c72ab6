//! Names that differ only in case, in Unicode composition, or in look-alike letters of another
//! script.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Findings, Warning};
use crate::model::{Model, Spot, Target};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let stages = model.stages.iter().map(|stage| (stage.name.as_str(), &stage.spot));
    let sources = model.sources.iter().map(|source| (source.name.as_str(), &source.spot));
    let attributes = model.attributes.iter().map(|a| (a.name.as_str(), &a.spot));
    compare(stages.chain(sources).chain(attributes), findings);
    let reasons = model.branches().filter_map(|branch| match &branch.target {
        Target::Lost(Some(reason)) => Some((reason.as_str(), &branch.spot)),
        _ => None,
    });
    compare(reasons, findings);
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
    let latin = |letter: char| match letter {
        'а' => 'a',
        'в' => 'b',
        'е' | 'ё' => 'e',
        'к' => 'k',
        'м' => 'm',
        'н' => 'h',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'т' => 't',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        '\u{A0}' | '\u{202F}' | '_' | '-' => ' ',
        other => other,
    };
    lower.chars().map(latin).collect()
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
