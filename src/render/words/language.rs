//! The languages that people are spoken to in.

use super::{en, ru};
use crate::report::Number;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
}

/// A unit after a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Nothing is said: the number counts things.
    One,
    Percent,
    /// Percentage points: a difference of shares.
    Points,
    PerDay,
    Second,
    Minute,
    Hour,
    Day,
    Thousand,
    Million,
    Billion,
    Trillion,
}

impl Language {
    /// All languages.
    pub const ALL: [Language; 2] = [Language::English, Language::Russian];

    /// The language's tag: `en`, `ru`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Russian => "ru",
        }
    }

    /// The language of a locale or tag, as `ru_RU.UTF-8` or `ru`; none where it is another.
    pub fn of_tag(tag: &str) -> Option<Language> {
        let word = tag.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| word.eq_ignore_ascii_case(language.tag()))
    }

    /// A difference with its sign: `+5.2 %`, `−3`, `0`, `<0.01`.
    pub(in crate::render) fn signed(self, number: &Number) -> String {
        let text = self.number(number);
        let value = text.split('±').next().unwrap_or_default();
        let is_zero = !value.contains(|letter: char| matches!(letter, '1'..='9'));
        // What is nearly zero is said to be less than something.
        let has_sign = number.value > 0.0 && text.starts_with(|c: char| c.is_ascii_digit());
        if has_sign && !is_zero { format!("+{text}") } else { text }
    }

    /// The sign between whole and decimal digits.
    pub(super) fn decimal(self) -> &'static str {
        match self {
            Language::English => ".",
            Language::Russian => ",",
        }
    }

    /// The unit as it stands after a number, with the space before it.
    pub(super) fn unit(self, unit: Unit) -> &'static str {
        match self {
            Language::English => en::unit(unit),
            Language::Russian => ru::unit(unit),
        }
    }

    /// Stands for a number that is infinite.
    pub(super) fn infinite(self) -> &'static str {
        match self {
            Language::English => "infinite",
            Language::Russian => "бесконечность",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_any_spelling_of_its_locale() {
        for tag in ["ru", "ru_RU.UTF-8", "RU-ru", "ru@euro"] {
            assert_eq!(Language::of_tag(tag), Some(Language::Russian), "{tag}");
        }
        assert_eq!(Language::of_tag("en_US"), Some(Language::English));
        for tag in ["", "C", "POSIX", "run", "de_DE"] {
            assert_eq!(Language::of_tag(tag), None, "{tag}");
        }
    }
}
