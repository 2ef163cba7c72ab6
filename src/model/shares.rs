//! Shares that make up a whole, one of which may be `rest`.

use super::next::SUM_TOLERANCE;
use super::reader::{Field, Reader};
use crate::diagnostic::ValueFault;
use crate::quantity::Share;

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
            self.report(r, ValueFault::SharesSum { sum: given, of_lost: None });
            return None;
        }
        let rest = (1.0 - given).max(0.0);
        Some(shares.iter().map(|s| if let Share::Of(share) = s { *share } else { rest }).collect())
    }
}
