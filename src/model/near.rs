//! The nearest of some known names, and slips of typing.

use crate::quantity::twins;

/// The nearest of some names; at most a third of the letters may differ.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest_of(name, &mut known.into_iter())
}

/// Not generic, so that it is compiled once for all kinds of lists.
fn nearest_of(name: &str, known: &mut dyn Iterator<Item = &str>) -> Option<String> {
    let lower = name.to_lowercase();
    let most = name.chars().count().div_ceil(3).max(1);
    let first = lower.chars().next();
    // Letters of another script may look the same; and the first letter is rarely the slip.
    known
        .map(|k| {
            let other = k.to_lowercase();
            let is_twin = twins(&lower, &other).is_some();
            let distance = strsim::damerau_levenshtein(&lower, &other);
            (if is_twin { 0 } else { distance }, other.chars().next() != first, k)
        })
        .filter(|(distance, ..)| *distance <= most)
        .min()
        .map(|(.., k)| k.to_owned())
}

/// Whether two words differ by one typing slip (a missing, extra, wrong or swapped letter); long
/// words may differ by two.
pub(crate) fn is_slip(one: &str, other: &str) -> bool {
    let most = if one.chars().count() < 8 { 1 } else { 2 };
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    twins(&one, &other).is_some() || strsim::damerau_levenshtein(&one, &other) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        assert_eq!(nearest("offr", ["offer", "demo"]), Some("offer".into()));
        assert_eq!(nearest("квалфикация", ["квалификация"]), Some("квалификация".into()));
        assert_eq!(nearest("xyz", ["offer", "demo"]), None);
        assert_eq!(nearest("son", ["mon", "sat", "sun"]), Some("sun".into()));
        assert_eq!(nearest("сасо", ["caco", "demo"]), Some("caco".into()));
    }
}
