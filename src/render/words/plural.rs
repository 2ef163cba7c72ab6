//! Plural forms: which form of a noun stands with a number.
//!
//! The rules are those of the Unicode CLDR, from a library.

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

/// The Russian form for a whole number: one сделка, few сделки, many сделок.
pub(super) fn russian(count: u64, [one, few, many]: [&str; 3]) -> &str {
    let rules = || {
        let language: LanguageIdentifier = "ru".parse().ok()?;
        PluralRules::create(language, PluralRuleType::CARDINAL).ok()
    };
    let rules = rules().expect("the library has the rules of Russian");
    match rules.select(count) {
        Ok(PluralCategory::ONE) => one,
        Ok(PluralCategory::FEW) => few,
        _ => many,
    }
}

/// The English form for a whole number.
pub(super) fn english(count: u64, [one, many]: [&str; 2]) -> &str {
    if count == 1 { one } else { many }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_has_three_forms_for_whole_numbers() {
        let deals = |count| russian(count, ["сделка", "сделки", "сделок"]);
        for (count, form) in [
            (0, "сделок"),
            (1, "сделка"),
            (2, "сделки"),
            (4, "сделки"),
            (5, "сделок"),
            (11, "сделок"),
            (12, "сделок"),
            (14, "сделок"),
            (21, "сделка"),
            (22, "сделки"),
            (100, "сделок"),
            (101, "сделка"),
            (111, "сделок"),
            (112, "сделок"),
        ] {
            assert_eq!(deals(count), form, "{count}");
        }
    }
}
