//! Leads that have had time to be won: those that arrived so long before the end of the window.
//!
//! Of them `lead_to_win` within a time is a share. In a window that ends with its last deal all leads
//! are decided, so all of them have had time.

use super::{Cells, Tally};
use crate::engine::Deal;
use crate::quantity::Instant;

impl Tally<'_> {
    /// Counts a lead that arrived in the window, at its first sale, at its end without one, or where it
    /// is undecided at the end of the window; `lapse` is how long its first sale took.
    #[inline(never)]
    pub(super) fn count_due(&mut self, class: usize, deal: &Deal, lapse: Option<i64>) {
        let end = self.program.window.end;
        due(&mut self.cells[class], self.limits, (deal.arrived, end), lapse);
    }
}

fn due(cells: &mut Cells, limits: &[i64], (arrived, end): (Instant, Instant), lapse: Option<i64>) {
    for ((limit, due), won) in limits.iter().zip(&mut cells.due).zip(&mut cells.won_within) {
        if arrived.0.saturating_add(*limit) <= end.0 {
            *due += 1;
            *won += u64::from(lapse.is_some_and(|lapse| lapse <= *limit));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_counts_to_the_microsecond() {
        let mut cells = Cells::default();
        let end = Instant(100);
        // Limits of 10 and 60: the last leads that count arrived at 90 and at 40.
        for (arrived, lapse) in [
            (90, Some(10)),
            (91, Some(1)),
            (40, Some(11)),
            (41, Some(60)),
            (0, None),
            (0, Some(61)),
        ] {
            due(&mut cells, &[10, 60], (Instant(arrived), end), lapse);
        }
        assert_eq!((cells.due, cells.won_within), ([5, 3, 0, 0], [1, 1, 0, 0]));
        due(&mut cells, &[10], (Instant(i64::MAX / 4 - 10), Instant::NEVER), Some(3));
        assert_eq!((cells.due[0], cells.won_within[0]), (6, 2));
    }
}
