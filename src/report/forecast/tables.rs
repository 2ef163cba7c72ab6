//! The tables of a forecast for other programs.

use super::super::block::{Cell, Table};
use crate::fit::season::date;
use crate::records::deals::{Deals, Moment};
use crate::study::forecast::contact::{Aim, ContactFrom};
use crate::study::forecast::deals::{OpenDeal, Risk};
use crate::study::forecast::outlook::{Outlook, Spread};
use crate::study::forecast::{Forecast, PeriodKind};

/// The word of a risk in tables.
fn word(risk: Risk) -> &'static str {
    match risk {
        Risk::TooLong | Risk::TooOld => "too_long",
        Risk::Halved => "chance_halved",
        Risk::Large => "large",
    }
}

/// The word of where the day of a contact comes from.
fn contact_word(from: ContactFrom) -> &'static str {
    match from {
        ContactFrom::Planned => "planned",
        ContactFrom::Overdue => "overdue",
        ContactFrom::Usual => "usual_time",
        ContactFrom::Late => "late",
        ContactFrom::Unknown => "unknown",
    }
}

/// A day as other programs read it.
pub(super) fn iso(day: f64) -> Cell {
    date(day.floor() as i64).map_or(Cell::Empty, |date| Cell::Text(date.to_string()))
}

/// forecast.csv: one row for each quantity of each part, period and level.
pub fn forecast_table(forecast: &Forecast) -> Table {
    let titles = ["what", "part", "period", "from", "until", "level", "#p10", "#p50", "#p90", "#n"];
    let mut rows = Rows { table: Table::new(&titles), n: forecast.options.draws as u64 };
    let (start, end) = (forecast.cut, forecast.cut + forecast.options.days as f64);
    let money = forecast.has_amounts;
    let whole =
        |part: &'static str| Place { part, period: "horizon", span: [start, end], level: "" };
    rows.add(&whole("open"), &forecast.open, money);
    rows.add(&whole("new"), &forecast.new, money);
    rows.add(&whole("total"), &forecast.total, money);
    for period in &forecast.periods {
        let name = match period.kind {
            PeriodKind::Week => "week",
            PeriodKind::Month => "month",
        };
        let span = [period.from, period.until];
        let place = Place { part: "total", period: name, span, level: "" };
        rows.add(&place, &period.outlook, money);
    }
    for level in &forecast.levels {
        let others = if level.pooled > 0 { "(others)" } else { "(none)" };
        let name = level.name.as_deref().unwrap_or(others);
        rows.add(&Place { level: name, ..whole("total") }, &level.outlook, money);
    }
    if forecast.has_last {
        let span = [start - forecast.options.days as f64, start];
        let last = |value| Spread { p10: value, p50: value, p90: value };
        let place = Place { part: "last_period", period: "horizon", span, level: "" };
        let outlook =
            Outlook { orders: last(forecast.last.orders), bookings: last(forecast.last.bookings) };
        rows.add(&place, &outlook, money);
    }
    rows.table
}

/// What a row is about.
struct Place<'a> {
    part: &'static str,
    period: &'static str,
    span: [f64; 2],
    level: &'a str,
}

struct Rows {
    table: Table,
    n: u64,
}

impl Rows {
    fn add(&mut self, place: &Place, outlook: &Outlook, has_amounts: bool) {
        let mut quantities = vec![("orders", outlook.orders)];
        if has_amounts {
            quantities.push(("bookings", outlook.bookings));
        }
        let n = if place.part == "last_period" { Cell::Empty } else { Cell::Whole(self.n) };
        for (what, spread) in quantities {
            self.table.rows.push(vec![
                Cell::text(what),
                Cell::text(place.part),
                Cell::text(place.period),
                iso(place.span[0]),
                iso(place.span[1]),
                if place.level.is_empty() {
                    Cell::Empty
                } else {
                    Cell::Name(place.level.to_owned())
                },
                Cell::Plain(spread.p10),
                Cell::Plain(spread.p50),
                Cell::Plain(spread.p90),
                n.clone(),
            ]);
        }
    }
}

/// deals.csv: one row for each open deal, the next contact first.
pub fn deals_table(forecast: &Forecast, deals: &Deals) -> Table {
    let mut table = Table::new(&[
        "#order",
        "deal",
        "stage",
        "owner",
        "#days_in_stage",
        "#usual_p50",
        "#usual_p90",
        "#amount",
        "amount_from",
        "#chance_within",
        "#chance_ever",
        "#expected",
        "likely_close",
        "#typed_chance",
        "planned_close",
        "risks",
        "next_contact",
        "contact_from",
        "aim",
    ]);
    let rows = forecast.deals.iter().enumerate();
    table.rows = rows.map(|(at, deal)| row(forecast, deals, at, deal)).collect();
    table
}

fn row(forecast: &Forecast, deals: &Deals, at: usize, deal: &OpenDeal) -> Vec<Cell> {
    let record = &deals.deals[deal.row];
    let name = |word: Option<&str>| word.map_or(Cell::Empty, |word| Cell::Name(word.to_owned()));
    let risks: Vec<&str> = deal.risks.iter().map(|risk| word(*risk)).collect();
    let money = |value: f64| if forecast.has_amounts { Cell::Plain(value) } else { Cell::Empty };
    vec![
        Cell::Whole(at as u64 + 1),
        Cell::Name(record.id.clone()),
        name(deal.stage.map(|stage| deals.stages.word(stage))),
        name(record.owner.map(|owner| deals.owners.word(owner))),
        Cell::Plain(deal.days),
        Cell::plain(deal.usual.map(|usual| usual[0])),
        Cell::plain(deal.usual.map(|usual| usual[1])),
        money(deal.amount),
        Cell::text(if deal.is_own { "deal" } else { "earlier_wins" }),
        Cell::Plain(deal.chance),
        Cell::Plain(deal.ever),
        money(deal.chance * deal.amount),
        deal.median.map_or(Cell::Empty, iso),
        Cell::plain(deal.typed),
        record
            .expected
            .map(Moment::days)
            .filter(|_| deal.planned.is_some())
            .map_or(Cell::Empty, iso),
        if risks.is_empty() { Cell::Empty } else { Cell::Text(risks.join(" ")) },
        deal.contact.day.map_or(Cell::Empty, iso),
        Cell::text(contact_word(deal.contact.from)),
        match deal.contact.aim {
            Aim::Stage(stage) => Cell::Name(deals.stages.word(u32::from(stage)).to_owned()),
            Aim::Order => Cell::text("order"),
        },
    ]
}
