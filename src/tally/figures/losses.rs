//! Why deals are lost, and what that costs.

use super::label::{Label, Scope};
use super::sheet::{Sheet, units};
use crate::kpi::Unit;
use crate::tally::{Cells, LossCells};

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    let program = sheet.program;
    for (at, reason) in program.reasons.iter().enumerate() {
        let scope = Scope { kind: "reason", name: reason.label() };
        table(sheet, "loss_table", scope, |c| c.loss(at), |c| c.lost);
    }
    for (at, reason) in program.reasons.iter().enumerate() {
        if sheet.cells.iter().any(|c| c.churn[at].count > 0) {
            let scope = Scope { kind: "reason", name: reason.label() };
            let all = |c: &Cells| c.churn.iter().map(|churn| churn.count).sum();
            table(sheet, "churn_table", scope, |c| c.churn[at], all);
        }
    }
}

fn table(
    sheet: &mut Sheet<'_>,
    kpi: &'static str,
    scope: Scope<'_>,
    of: impl Fn(&Cells) -> LossCells,
    all: impl Fn(&Cells) -> u64,
) {
    let label = |stat, unit| Label::new(kpi, scope, stat, unit);
    let n: u64 = sheet.cells.iter().map(|c| of(c).count).sum();
    sheet.count(label("count", Unit::Count).per("window"), |c| of(c).count);
    sheet.share(label("share", Unit::Share), |c| of(c).count, all);
    if sheet.program.value.is_some() {
        let label = label("value", Unit::Money).per("window");
        sheet.total(label, n, |c, _| units(of(c).value));
    }
    if sheet.program.has_cost {
        let label = label("sunk", Unit::Money).per("window");
        sheet.total(label, n, |c, _| units(of(c).sunk));
    }
}
