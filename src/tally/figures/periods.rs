//! Rows of what each full calendar period brings.

use super::sheet::Sheet;
use crate::kpi::{Key, Kpi, Stat};
use crate::tally::Cells;
use crate::tally::series::Flow;

/// The rows of a number that is known of each day, for the periods that are asked for.
pub(super) fn rows(
    sheet: &mut Sheet<'_>,
    kpi: Kpi,
    of: impl Fn(&Flow) -> f64 + Copy,
    n: impl Fn(&Cells) -> u64,
) {
    if !sheet.whole {
        return;
    }
    let n = sheet.cells.iter().map(n).sum();
    for every in sheet.every() {
        let values =
            every.values(sheet.program, sheet.longest(), sheet.outcomes, |outcome, period| {
                outcome.series.by(period).iter().map(of).collect()
            });
        sheet.periods(&Key::new(kpi, Stat::Mean).per(every.per()), &values, n);
    }
}
