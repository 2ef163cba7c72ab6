//! Limits as they are written elsewhere: `5%-20%`, `from 5 to 20`, `>= 2`, `от 2`.

use super::{normal, range, time};

/// The two limits of a text for a range, as the language writes them; 5 and 20 of a share are percent.
pub fn limits(text: &str, of_share: bool) -> Option<[String; 2]> {
    let both = both(text)?;
    let is_many = |limit: &String| limit.parse::<f64>().is_ok_and(|limit| limit > 2.0);
    let is_percent = of_share && both.iter().any(is_many);
    let signed = |limit: String| {
        let adds = is_percent && !limit.ends_with('%');
        if adds { limit + "%" } else { limit }
    };
    Some(both.map(signed))
}

fn both(text: &str) -> Option<[String; 2]> {
    let text = normal(text);
    let text = text.trim_start_matches("с ");
    if let Some((low, high)) = text.split_once([',', ';']) {
        let both = [low, high].map(|limit| limit.trim().to_owned());
        let is_value = |limit: &String| limit.starts_with(|c: char| c.is_ascii_digit());
        return both.iter().all(is_value).then_some(both);
    }
    let (low, high, unit) = range(text)?;
    Some(match unit.as_str() {
        "" => [low, high],
        "%" => [format!("{low}%"), format!("{high}%")],
        unit => [time(&low, unit)?, time(&high, unit)?],
    })
}

/// Signs of comparison and the keys that they mean; of two that begin alike, the longer one is first.
pub const SIGNS: [(&str, &str); 8] = [
    (">=", "at_least"),
    ("=>", "at_least"),
    ("≥", "at_least"),
    ("<=", "at_most"),
    ("=<", "at_most"),
    ("≤", "at_most"),
    (">", "above"),
    ("<", "below"),
];

/// Words before a limit and the keys that they mean, in the same order.
const WORDS: [(&str, &str); 24] = [
    ("at least ", "at_least"),
    ("min ", "at_least"),
    ("from the ", "at_least"),
    ("from ", "at_least"),
    ("at most ", "at_most"),
    ("max ", "at_most"),
    ("up to ", "at_most"),
    ("no more than ", "at_most"),
    ("not more than ", "at_most"),
    ("more than ", "above"),
    ("over ", "above"),
    ("above ", "above"),
    ("less than ", "below"),
    ("under ", "below"),
    ("below ", "below"),
    ("от ", "at_least"),
    ("не менее ", "at_least"),
    ("не меньше ", "at_least"),
    ("до ", "at_most"),
    ("не более ", "at_most"),
    ("не больше ", "at_most"),
    ("больше ", "above"),
    ("более ", "above"),
    ("меньше ", "below"),
];

/// A condition of a sign or words with a number, with the keys of the language: `{at_least: 2}` of `>= 2`, `от 2` and `2+`.
pub fn condition(text: &str) -> Option<String> {
    let text = normal(text);
    let is_value = |value: &str| {
        value.starts_with(|c: char| c.is_ascii_digit())
            && !value.contains([',', ':', '{', '}', '[', ']', '"', '>', '<', '#', '+'])
    };
    if let Some([low, high]) = both(&text) {
        let are_values = is_value(&low) && is_value(&high);
        return are_values.then(|| format!("{{at_least: {low}, at_most: {high}}}"));
    }
    if let Some(value) = text.strip_suffix('+').map(str::trim).filter(|value| is_value(value)) {
        return Some(format!("{{at_least: {value}}}"));
    }
    if let Some(value) = text.trim_start_matches('=').strip_prefix(' ').filter(|v| is_value(v)) {
        return Some(value.to_owned());
    }
    let (value, key) =
        SIGNS.iter().chain(&WORDS).find_map(|(sign, key)| Some((text.strip_prefix(sign)?, key)))?;
    let value = value.trim();
    is_value(value).then(|| format!("{{{key}: {value}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_limits_of_one_text_are_read() {
        for (text, low, high) in [
            ("5%-20%", "5%", "20%"),
            ("5-20%", "5%", "20%"),
            ("5..20", "5", "20"),
            ("from 5 to 20", "5", "20"),
            ("от 5 до 20%", "5%", "20%"),
            ("5%, 20%", "5%", "20%"),
            ("2-5 days", "2d", "5d"),
        ] {
            assert_eq!(limits(text, false), Some([low.to_owned(), high.to_owned()]), "{text}");
        }
        assert_eq!(limits("5..20", true), Some(["5%", "20%"].map(str::to_owned)));
        assert_eq!(limits("0.1..0.2", true), Some(["0.1", "0.2"].map(str::to_owned)));
        assert_eq!(limits("20%", true), None);
        assert_eq!(limits("5 to many", true), None);
    }

    #[test]
    fn signs_and_words_become_keys() {
        for (text, written) in [
            (">=2", "{at_least: 2}"),
            ("> 3", "{above: 3}"),
            ("≤ 5d", "{at_most: 5d}"),
            ("от 2", "{at_least: 2}"),
            ("не более 3", "{at_most: 3}"),
            ("at least 100000", "{at_least: 100000}"),
            ("2+", "{at_least: 2}"),
            ("2-5", "{at_least: 2, at_most: 5}"),
            ("= 2", "2"),
        ] {
            assert_eq!(condition(text).as_deref(), Some(written), "{text}");
        }
        for text in ["many", "2", ">", "> more", "2026-01-02"] {
            assert_eq!(condition(text), None, "{text}");
        }
    }
}
