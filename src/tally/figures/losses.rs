//! Why deals are lost, and what that costs.

use super::sheet::{Sheet, units};
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::tally::{Cells, LossCells};

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    let program = sheet.program;
    for (at, reason) in program.reasons.iter().enumerate() {
        table(sheet, Kpi::LossTable, reason.label(), |c| c.loss(at), |c| c.lost);
    }
    for (at, reason) in program.reasons.iter().enumerate() {
        if sheet.cells.iter().any(|c| c.churn[at].count > 0) {
            let all = |c: &Cells| c.churn.iter().map(|churn| churn.count).sum();
            table(sheet, Kpi::ChurnTable, reason.label(), |c| c.churn[at], all);
        }
    }
}

fn table(
    sheet: &mut Sheet<'_>,
    kpi: Kpi,
    reason: &str,
    of: impl Fn(&Cells) -> LossCells,
    all: impl Fn(&Cells) -> u64,
) {
    let key = |stat| Key::new(kpi, stat).of(Scope::Reason, reason);
    let n: u64 = sheet.cells.iter().map(|c| of(c).count).sum();
    sheet.count(key(Stat::Count), |c| of(c).count);
    sheet.share(key(Stat::Share), |c| of(c).count, all);
    if sheet.program.value.is_some() {
        sheet.total(key(Stat::Value), n, |c, _| units(of(c).value));
    }
    if sheet.program.has_cost {
        sheet.total(key(Stat::Sunk), n, |c, _| units(of(c).sunk));
    }
}
