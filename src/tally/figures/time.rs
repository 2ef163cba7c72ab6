//! How long deals take.

use super::sheet::Sheet;
use crate::kpi::{Key, Kpi, Scope, Span, Stat};
use crate::program::End;
use crate::stats::{Histogram, Moments};
use crate::tally::Cells;

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    let spreads = sheet.spreads;
    let cycle = Key::new(Kpi::SalesCycle, Stat::Mean);
    sheet.moments(&cycle, |c| c.sales_cycle, Some(&spreads.sales_cycle));
    if sheet.cells.iter().any(|c| c.from_deal.n > 0) {
        sheet.moments(&cycle.span(Span::FromDeal), |c| c.from_deal, Some(&spreads.from_deal));
    }
    let mut all = Histogram::default();
    spreads.cycle_time.iter().for_each(|histogram| all.merge(histogram));
    let every = |c: &Cells| sum(c.ends.iter().map(|end| &end.time));
    let cycle = Key::new(Kpi::CycleTime, Stat::Mean);
    sheet.moments(&cycle, every, Some(&all));
    let mut lost = Histogram::default();
    for (end, histogram) in sheet.program.ends.iter().zip(&spreads.cycle_time) {
        if matches!(end, End::Lost(_)) {
            lost.merge(histogram);
        }
    }
    let program = sheet.program;
    for (name, end, histogram) in
        [("won", 0, &spreads.cycle_time[0]), ("done", 1, &spreads.cycle_time[1])]
    {
        if sheet.cells.iter().any(|c| c.ends[end].time.n > 0) {
            let key = cycle.clone().of(Scope::End, name);
            sheet.moments(&key, |c| c.ends[end].time, Some(histogram));
        }
    }
    let of_lost = |c: &Cells| sum(c.ends.iter().skip(2).map(|end| &end.time));
    if lost.n() > 0 {
        let key = cycle.clone().of(Scope::End, "lost");
        sheet.moments(&key, of_lost, Some(&lost));
    }
    for (at, reason) in program.reasons.iter().enumerate() {
        let key = cycle.clone().of(Scope::Reason, reason.label());
        let histogram = &spreads.cycle_time[at + 2];
        sheet.moments(&key, |c| c.ends[at + 2].time, Some(histogram));
    }
}

fn sum<'m>(parts: impl Iterator<Item = &'m Moments>) -> Moments {
    let mut total = Moments::default();
    parts.for_each(|part| total += part);
    total
}
