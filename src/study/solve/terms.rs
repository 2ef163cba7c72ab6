//! Margin and commission of the window, where all sales have the same terms.

use super::sheet::Sheet;
use crate::kpi::{Figure, Kpi, Stat};
use crate::program::Program;

/// What follows from the expected bookings of the window, in the currency.
pub(super) fn rows(sheet: &mut Sheet, program: &Program, bookings: f64) {
    let Some(terms) = program.only_terms() else { return };
    let mut total = |kpi, value| sheet.whole(kpi, Stat::Total, Figure::Exact(value));
    if program.has_margin() {
        total(Kpi::Margin, bookings * terms.margin);
    }
    // What is due with payments may fall behind the window.
    if terms.commission.share > 0.0 && !terms.commission.on_payment {
        total(Kpi::Commission, bookings * terms.commission.share);
    }
}
