//! How long deals take.

use super::sheet::Sheet;
use crate::kpi::{Key, Kpi, Scope, Span, Stat};
use crate::stats::Moments;
use crate::tally::{Cells, Lapse};

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    let cycle = Key::new(Kpi::SalesCycle, Stat::Mean);
    sheet.moments(&cycle, |c| c.sales_cycle, &[Lapse::SalesCycle]);
    if sheet.cells.iter().any(|c| c.from_deal.n > 0) {
        sheet.moments(&cycle.span(Span::FromDeal), |c| c.from_deal, &[Lapse::FromDeal]);
    }
    let program = sheet.program;
    let ends: Vec<Lapse> = (0..program.ends.len()).map(Lapse::CycleTime).collect();
    let every = |c: &Cells| sum(c.ends.iter().map(|end| &end.time));
    let cycle = Key::new(Kpi::CycleTime, Stat::Mean);
    sheet.moments(&cycle, every, &ends);
    for (name, end) in [("won", 0), ("done", 1)] {
        if sheet.cells.iter().any(|c| c.ends[end].time.n > 0) {
            let key = cycle.clone().of(Scope::End, name);
            sheet.moments(&key, |c| c.ends[end].time, &ends[end..=end]);
        }
    }
    for (name, range) in [("lost", program.lost_ends()), ("cancelled", program.cancelled_ends())] {
        let of = |c: &Cells| sum(c.ends[range.clone()].iter().map(|end| &end.time));
        if sheet.cells.iter().any(|c| of(c).n > 0) {
            let key = cycle.clone().of(Scope::End, name);
            sheet.moments(&key, of, &ends[range.clone()]);
        }
    }
    for (at, reason) in program.reasons.iter().enumerate() {
        let key = cycle.clone().of(Scope::Reason, reason.label());
        sheet.moments(&key, |c| c.ends[at + 2].time, &ends[at + 2..=at + 2]);
    }
}

fn sum<'m>(parts: impl Iterator<Item = &'m Moments>) -> Moments {
    let mut total = Moments::default();
    parts.for_each(|part| total += part);
    total
}
