//! How long deals take.

use super::label::{Label, Scope, WHOLE};
use super::sheet::Sheet;
use crate::kpi::Unit;
use crate::program::End;
use crate::stats::{Histogram, Moments};
use crate::tally::Cells;

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    let spreads = sheet.spreads;
    let label = |kpi, scope, stat| Label::new(kpi, scope, stat, Unit::Days);
    let cycle = label("sales_cycle", WHOLE, "");
    sheet.moments(cycle, |c| c.sales_cycle, Some(&spreads.sales_cycle));
    if sheet.cells.iter().any(|c| c.from_deal.n > 0) {
        let cycle = label("sales_cycle", WHOLE, "from_deal");
        sheet.moments(cycle, |c| c.from_deal, Some(&spreads.from_deal));
    }
    let mut all = Histogram::default();
    spreads.cycle_time.iter().for_each(|histogram| all.merge(histogram));
    let every = |c: &Cells| sum(c.ends.iter().map(|end| &end.time));
    sheet.moments(label("cycle_time", WHOLE, ""), every, Some(&all));
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
            let label = label("cycle_time", Scope { kind: "end", name }, "");
            sheet.moments(label, |c| c.ends[end].time, Some(histogram));
        }
    }
    let of_lost = |c: &Cells| sum(c.ends.iter().skip(2).map(|end| &end.time));
    if lost.n() > 0 {
        let label = label("cycle_time", Scope { kind: "end", name: "lost" }, "");
        sheet.moments(label, of_lost, Some(&lost));
    }
    for (at, reason) in program.reasons.iter().enumerate() {
        let scope = Scope { kind: "reason", name: reason.label() };
        let histogram = &spreads.cycle_time[at + 2];
        sheet.moments(label("cycle_time", scope, ""), |c| c.ends[at + 2].time, Some(histogram));
    }
}

fn sum<'m>(parts: impl Iterator<Item = &'m Moments>) -> Moments {
    let mut total = Moments::default();
    parts.for_each(|part| total += part);
    total
}
