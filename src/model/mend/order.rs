//! Two values that stand in the wrong order: the limits of `between`, the least and the greatest value of a distribution.

use super::Spot;
use crate::diagnostic::{Edit, Mend, Place};
use crate::model::yaml::{Kind, Node};

/// The two limits of `between` the other way round.
pub(super) fn limits(root: &Node, spot: Spot<'_>) -> Option<Mend> {
    let limits = super::form::value_at(root, spot.place)?.get("between")?;
    let Kind::List(items) = &limits.kind else { return None };
    let [low, high] = items.as_slice() else { return None };
    exchanged(spot, limits, (low, high), true)
}

/// Two parameters of a distribution the other way round; `low` stands above `high`.
pub(super) fn parameters(root: &Node, spot: Spot<'_>, (low, high): (&str, &str)) -> Option<Mend> {
    let family = family_at(root, spot.place)?;
    let get = |key: &str| family.get(key);
    let (min, mode, max) = (get("min"), get("mode"), get("max"));
    if let (Some(min), Some(mode), Some(max)) = (min, mode, max) {
        let [least, middle, most] = [max, mode, min].map(|node| number(node.scalar_text()));
        let is_sorted = least? <= middle? && middle? <= most?;
        let one_unit = [min, mode, max].windows(2).all(|two| unit(two[0]) == unit(two[1]));
        return (is_sorted && one_unit).then(|| exchanged(spot, family, (min, max), true))?;
    }
    let certain = (low, high) == ("min", "max");
    exchanged(spot, family, (get(low)?, get(high)?), certain)
}

fn digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    &text[..end]
}

fn number(text: &str) -> Option<f64> {
    digits(text).parse().ok()
}

fn unit(node: &Node) -> &str {
    let text = node.scalar_text();
    text[digits(text).len()..].trim()
}

/// The map that an entry at this place belongs to, or the value of the key there.
fn family_at(node: &Node, place: Place) -> Option<&Node> {
    match &node.kind {
        Kind::Map(entries) => {
            if entries.iter().any(|entry| entry.value.place == place) {
                return Some(node);
            }
            let keyed = entries.iter().find(|entry| entry.place == place);
            keyed
                .map(|entry| &entry.value)
                .or_else(|| entries.iter().find_map(|entry| family_at(&entry.value, place)))
        }
        Kind::List(items) => items.iter().find_map(|item| family_at(item, place)),
        Kind::Null | Kind::Scalar(_) => None,
    }
}

/// Exchanges the texts of two values; between brackets it is one edit of all that stands there.
fn exchanged(
    spot: Spot<'_>,
    around: &Node,
    (one, other): (&Node, &Node),
    certain: bool,
) -> Option<Mend> {
    let (first, last) =
        if one.place.start < other.place.start { (one, other) } else { (other, one) };
    let text = |start: u32, end: u32| spot.text.get(start as usize..end as usize);
    let own = |node: &Node| text(node.place.start, node.place.end);
    if own(first) == own(last) {
        return None;
    }
    let whole = text(around.place.start, around.place.end)?;
    if whole.starts_with(['{', '[']) && !whole.contains('\n') {
        let parts = [
            text(around.place.start, first.place.start)?,
            own(last)?,
            text(first.place.end, last.place.start)?,
            own(first)?,
            text(last.place.end, around.place.end)?,
        ];
        return Some(Mend::new(around.place, parts.concat(), certain));
    }
    let edits = vec![
        Edit { place: first.place, text: own(last)?.to_owned() },
        Edit { place: last.place, text: own(first)?.to_owned() },
    ];
    Some(Mend { edits, certain })
}

#[cfg(test)]
mod tests {
    /// The text of the mend of the first finding.
    fn mended(wait: &str) -> Option<String> {
        let text = format!("stages: {{lead: {{wait: {wait}, next: 30%}}}}\n");
        let loaded = crate::model::load("", &text, &[], None);
        let mend = loaded.diagnostics[0].mend.clone();
        mend.map(|mend| mend.edits[0].text.clone())
    }

    #[test]
    fn the_least_and_the_greatest_value_are_exchanged() {
        let uniform = mended("{uniform: {min: 5d, max: 2d}}");
        assert_eq!(uniform.as_deref(), Some("{min: 2d, max: 5d}"));
        let triangular = mended("{triangular: {min: 8d, mode: 5d, max: 2d}}");
        assert_eq!(triangular.as_deref(), Some("{min: 2d, mode: 5d, max: 8d}"));
        assert_eq!(mended("{triangular: {min: 8d, mode: 5h, max: 2d}}"), None);
        let quantiles = mended("{lognormal: {median: 9d, p90: 2d}}");
        assert_eq!(quantiles.as_deref(), Some("{median: 2d, p90: 9d}"));
    }
}
