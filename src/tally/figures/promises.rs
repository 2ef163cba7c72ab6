//! Promises kept, and the time between their stages.

use super::sheet::Sheet;
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::stats::Moments;
use crate::tally::pledges::PromiseCells;

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    if !sheet.whole || sheet.outcomes.iter().any(|outcome| outcome.promises.is_empty()) {
        return;
    }
    for (at, promise) in sheet.program.promises.iter().enumerate() {
        let cells: Vec<&PromiseCells> =
            sheet.outcomes.iter().map(|outcome| &outcome.promises[at]).collect();
        let n = cells.iter().map(|cells| cells.covered).sum();
        let pairs = cells.iter().map(|c| (c.kept as f64, c.covered as f64)).collect();
        let key = |kpi, stat| Key::new(kpi, stat).of(Scope::Promise, &promise.name);
        sheet.shares(key(Kpi::PromiseKept, Stat::Share), n, pairs);
        let between: Vec<Moments> = cells.iter().map(|cells| cells.between).collect();
        sheet.moments_of(&key(Kpi::TimeBetween, Stat::Mean), &between, &[]);
    }
}
