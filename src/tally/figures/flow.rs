//! How many come, how many are won, how many sales there are.

use super::periods;
use super::sheet::Sheet;
use crate::kpi::{FEWEST_DUE, Key, Kpi, Stat};
use crate::quantity::MONTH_DAYS;
use crate::tally::Cells;

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    sheet.count(Key::new(Kpi::Intake, Stat::Total), |c| c.arrivals);
    periods::rows(sheet, Kpi::Intake, |day| day.intake as f64, |c| c.arrivals);
    let decided = |c: &Cells| c.qualified_won + c.qualified_lost;
    sheet.share(Key::new(Kpi::WinRate, Stat::Share), |c| c.qualified_won, decided);
    sheet.share(Key::new(Kpi::LeadToDeal, Stat::Share), |c| c.cohort_reached, |c| c.cohort);
    let cohort = |c: &Cells| c.cohort_won + c.cohort_lost + c.cohort_done + c.cohort_undecided;
    sheet.share(Key::new(Kpi::LeadToWin, Stat::Share), |c| c.cohort_won, cohort);
    sheet.share(Key::new(Kpi::LeadToWin, Stat::Undecided), |c| c.cohort_undecided, cohort);
    won_within(sheet);
    let sales: u64 = sheet.cells.iter().map(Cells::sales).sum();
    sheet.total(Key::new(Kpi::Throughput, Stat::Sales), sales, |c, days| {
        if days > 0.0 { c.sales() as f64 / days * MONTH_DAYS } else { 0.0 }
    });
    let first: u64 = sheet.cells.iter().map(|c| c.first_sales).sum();
    sheet.total(Key::new(Kpi::Throughput, Stat::First), first, |c, days| {
        if days > 0.0 { c.first_sales as f64 / days * MONTH_DAYS } else { 0.0 }
    });
    periods::rows(sheet, Kpi::Throughput, |day| day.sales as f64, Cells::sales);
    if sheet.cells.iter().any(|c| c.clients > 0) {
        sheet.share(Key::new(Kpi::RepeatRate, Stat::Share), |c| c.repeat_clients, |c| c.clients);
        let clients = sheet.cells.iter().map(|c| c.clients).sum();
        let key = Key::new(Kpi::SalesPerClient, Stat::Mean);
        sheet.ratio(key, clients, |c| c.client_sales as f64, |c| c.clients as f64);
    }
}

/// Leads won within each of the limits, of those that arrived so long before the end.
fn won_within(sheet: &mut Sheet<'_>) {
    for (at, limit) in sheet.limits().into_iter().enumerate() {
        let key = Key::new(Kpi::LeadToWin, Stat::Within(limit.label));
        let due: u64 = sheet.cells.iter().map(|c| c.due[at]).sum();
        let told = u64::from(due >= FEWEST_DUE);
        let pair = |c: &Cells| ((told * c.won_within[at]) as f64, (told * c.due[at]) as f64);
        let pairs = sheet.cells.iter().map(pair).collect();
        sheet.shares(key, due, pairs);
    }
}
