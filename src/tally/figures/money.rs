//! What is booked and what it costs.

use super::flow::by_month;
use super::sheet::{Label, Scope, Sheet, WHOLE, units};
use crate::kpi::Unit;
use crate::stats::Moments;
use crate::tally::Cells;

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    if sheet.program.value.is_some() {
        bookings(sheet);
    }
    if sheet.program.has_cost {
        costs(sheet);
    }
}

fn bookings(sheet: &mut Sheet<'_>) {
    let money = |kpi, stat| Label::new(kpi, WHOLE, stat, Unit::Money);
    let n =
        |of: fn(&Cells) -> u64| move |sheet: &Sheet<'_>| sheet.cells.iter().map(of).sum::<u64>();
    let (sales, first, later) = (n(Cells::sales), n(|c| c.first_sales), n(|c| c.later_sales));
    let window = |kpi| money(kpi, "total").per("window");
    sheet.total(window("bookings"), sales(sheet), |c, _| units(c.bookings()));
    let hundredths = crate::quantity::MINOR_UNITS;
    by_month(sheet, "bookings", Unit::Money, |day| day.bookings as f64 / hundredths, Cells::sales);
    sheet.total(window("new_bookings"), first(sheet), |c, _| units(c.first_value));
    sheet.total(window("repeat_bookings"), later(sheet), |c, _| units(c.later_value));
    let label = money("average_deal", "mean");
    sheet.ratio(label, sales(sheet), |c| units(c.bookings()), |c| c.sales() as f64);
    let decided = n(|c| c.qualified_won + c.qualified_lost);
    let label = Label::new("value_win_rate", WHOLE, "share", Unit::Share);
    let all = |c: &Cells| units(c.won_value + c.lost_value);
    sheet.ratio(label, decided(sheet), |c| units(c.won_value), all);
}

fn costs(sheet: &mut Sheet<'_>) {
    let money = |kpi, scope, stat| Label::new(kpi, scope, stat, Unit::Money);
    let arrivals: u64 = sheet.cells.iter().map(|c| c.arrivals).sum();
    let won: u64 = sheet.cells.iter().map(|c| c.first_sales).sum();
    let cost = |scope| money("cost", scope, "total").per("window");
    sheet.total(cost(WHOLE), arrivals, |c, _| units(c.cost()));
    let kind = |name| Scope { kind: "kind", name };
    sheet.total(cost(kind("marketing")), arrivals, |c, _| units(c.marketing));
    sheet.total(cost(kind("stages")), arrivals, |c, _| units(c.cost() - c.marketing));
    for at in 0..sheet.program.stages.len() {
        let entries = sheet.cells.iter().map(|c| c.stages[at].entries).sum();
        let scope = Scope::stage(&sheet.program.stages[at].name);
        sheet.total(cost(scope), entries, |c, _| units(c.stages[at].cost));
    }
    let label = money("cost_per_lead", WHOLE, "mean");
    sheet.ratio(label, arrivals, |c| units(c.cost()), |c| c.arrivals as f64);
    let label = money("cost_per_won", WHOLE, "mean");
    sheet.ratio(label, won, |c| units(c.cost()), |c| c.first_sales as f64);
    let label = money("cac", WHOLE, "mean");
    sheet.ratio(label, won, |c| units(c.marketing), |c| c.first_sales as f64);
    let all = |c: &Cells| {
        let mut total = Moments::default();
        c.ends.iter().for_each(|end| total += &end.cost);
        total
    };
    sheet.moments(money("deal_cost", WHOLE, ""), all, None);
    for (name, end) in [("won", 0), ("done", 1)] {
        if sheet.cells.iter().any(|c| c.ends[end].cost.n > 0) {
            let label = money("deal_cost", Scope { kind: "end", name }, "");
            sheet.moments(label, |c| c.ends[end].cost, None);
        }
    }
    let lost = |c: &Cells| {
        let mut total = Moments::default();
        c.ends.iter().skip(2).for_each(|end| total += &end.cost);
        total
    };
    sheet.moments(money("deal_cost", Scope { kind: "end", name: "lost" }, ""), lost, None);
}
