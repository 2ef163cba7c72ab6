//! Shares that make up a whole, one of which may be `rest`.

use super::next::SUM_TOLERANCE;
use super::reader::{Field, Reader};
use crate::diagnostic::{ValueFault, Warning};
use crate::quantity::{Share, parse_number};

impl Field<'_> {
    /// The numbers of shares that sum to 1; reports a wrong sum at this field.
    pub(super) fn whole(&self, r: &mut Reader<'_>, shares: &[Share]) -> Option<Vec<f64>> {
        let given: f64 =
            shares.iter().map(|s| if let Share::Of(share) = s { *share } else { 0.0 }).sum();
        let rests = shares.iter().filter(|s| **s == Share::Rest).count();
        if rests > 1 {
            self.report(r, ValueFault::SeveralRests);
            return None;
        }
        if given > 1.0 + SUM_TOLERANCE || (rests == 0 && given < 1.0 - SUM_TOLERANCE) {
            let all: Option<Vec<f64>> = shares
                .iter()
                .map(|share| if let Share::Of(share) = share { Some(*share) } else { None })
                .collect();
            let apart = all.and_then(|all| differences(&all)).map(|own| own.join(", "));
            self.report(r, ValueFault::SharesSum { sum: given, of_lost: None, apart });
            return None;
        }
        let rest = (1.0 - given).max(0.0);
        Some(shares.iter().map(|s| if let Share::Of(share) = s { *share } else { rest }).collect())
    }
}

/// The differences of at least three shares that rise to 100 %, as they are written.
pub(super) fn differences(shares: &[f64]) -> Option<Vec<String>> {
    let rise = shares.len() > 2 && shares.windows(2).all(|pair| pair[0] < pair[1]);
    let is_whole = shares.last().is_some_and(|last| (last - 1.0).abs() < SUM_TOLERANCE);
    let before = std::iter::once(&0.0).chain(shares);
    let percent =
        |(share, before): (&f64, &f64)| format!("{}%", ((share - before) * 1e6).round() / 1e4);
    (rise && is_whole && shares[0] > 0.0).then(|| shares.iter().zip(before).map(percent).collect())
}

/// Warns of shares without a percent sign beside percents, where `rest` hides what was meant.
pub(super) fn mixed_shares<'f, 'n: 'f>(
    r: &mut Reader<'_>,
    fields: impl Iterator<Item = &'f Field<'n>>,
) {
    let text = |field: &Field<'n>| field.node.get("share").unwrap_or(field.node).scalar_text();
    let shares: Vec<(&Field<'n>, &str)> = fields.map(|field| (field, text(field))).collect();
    let has_rest = shares.iter().any(|(_, text)| *text == "rest");
    if has_rest && shares.iter().any(|(_, text)| text.ends_with('%')) {
        for (field, text) in shares {
            if let Some(share) = parse_number(text).ok().filter(|share| (0.0..1.0).contains(share))
                && share > 0.0
            {
                field.report(r, Warning::PlainShare { text: text.to_owned(), share });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn shares_that_rise_to_the_whole_have_differences() {
        let own = |shares: &[f64]| differences(shares).map(|own| own.join(", "));
        assert_eq!(own(&[0.3, 0.6, 1.0]).as_deref(), Some("30%, 30%, 40%"));
        assert_eq!(own(&[0.3, 0.6, 0.9]), None);
        assert_eq!(own(&[0.6, 0.3, 1.0]), None);
        assert_eq!(own(&[0.3, 1.0]), None);
    }
}
