//! How many come, how many are won, how many sales there are.

use super::every;
use super::label::{Label, WHOLE};
use super::sheet::Sheet;
use crate::kpi::Unit;
use crate::quantity::MONTH_DAYS;
use crate::tally::Cells;

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    let count = |kpi, stat| Label::new(kpi, WHOLE, stat, Unit::Count);
    let share = |kpi, stat| Label::new(kpi, WHOLE, stat, Unit::Share);
    sheet.count(count("intake", "total").per("window"), |c| c.arrivals);
    every::rows(sheet, "intake", Unit::Count, |day| day.intake as f64, |c| c.arrivals);
    let decided = |c: &Cells| c.qualified_won + c.qualified_lost;
    sheet.share(share("win_rate", "share"), |c| c.qualified_won, decided);
    sheet.share(share("lead_to_deal", "share"), |c| c.cohort_reached, |c| c.cohort);
    let cohort = |c: &Cells| c.cohort_won + c.cohort_lost + c.cohort_done + c.cohort_undecided;
    sheet.share(share("lead_to_win", "share"), |c| c.cohort_won, cohort);
    sheet.share(share("lead_to_win", "undecided"), |c| c.cohort_undecided, cohort);
    let sales: u64 = sheet.cells.iter().map(Cells::sales).sum();
    let per_month = |kpi, stat| count(kpi, stat).per("month");
    sheet.total(per_month("throughput", "sales"), sales, |c, days| {
        if days > 0.0 { c.sales() as f64 / days * MONTH_DAYS } else { 0.0 }
    });
    let first: u64 = sheet.cells.iter().map(|c| c.first_sales).sum();
    sheet.total(per_month("throughput", "first"), first, |c, days| {
        if days > 0.0 { c.first_sales as f64 / days * MONTH_DAYS } else { 0.0 }
    });
    every::rows(sheet, "throughput", Unit::Count, |day| day.sales as f64, Cells::sales);
    if sheet.cells.iter().any(|c| c.clients > 0) {
        sheet.share(share("repeat_rate", "share"), |c| c.repeat_clients, |c| c.clients);
        let clients = sheet.cells.iter().map(|c| c.clients).sum();
        let label = count("sales_per_client", "mean");
        sheet.ratio(label, clients, |c| c.client_sales as f64, |c| c.clients as f64);
    }
}
