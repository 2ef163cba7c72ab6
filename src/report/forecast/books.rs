//! Cash and demand of the sales of a forecast.

use super::tables::iso;
use super::{Show, last_day};
use crate::fit::season::date;
use crate::report::block::{Block, Cell, Column, Kind, Number, Table};
use crate::report::phrase::{Ahead, AheadWord, ForecastWord, Forecasting, Phrase, share};
use crate::study::forecast::books::{Books, Called, Parts, Span};
use crate::study::forecast::outlook::Spread;
use crate::study::forecast::{Forecast, PeriodKind};

/// Cash by month, and demand; nothing where no terms were given.
pub(super) fn books(show: &Show, weeks: bool) -> Vec<Block> {
    let Some(books) = &show.forecast.books else { return Vec::new() };
    let line = |line: Ahead| Block::Line(line.into());
    let mut blocks = Vec::new();
    if show.forecast.has_amounts {
        let money = |value| Number::new(value, show.money());
        let whole = books.whole.total;
        blocks.push(Block::Heading(Ahead::CashHeading.into()));
        blocks.push(Block::Table(cash(show, books, PeriodKind::Month)));
        if weeks {
            blocks.push(Block::Table(cash(show, books, PeriodKind::Week)));
        }
        blocks.push(line(Ahead::Cash {
            whole: [whole.p10, whole.p50, whole.p90].map(money),
            later: money(books.later.total.p50),
            unpaid: money(books.unpaid.total.p50),
            days: show.forecast.options.days,
        }));
        blocks.push(line(Ahead::EarlierSales(last_day(show.forecast.cut + 1.0))));
        if books.at_stages > 0.0 {
            blocks.push(line(Ahead::AtStages(share(books.at_stages))));
        }
    }
    let unsaid = books.unsaid.iter();
    blocks.extend(unsaid.map(|one| line(Ahead::Unsaid(one.attribute.clone(), one.deals))));
    if !books.demand.is_empty() {
        blocks.push(Block::Heading(Ahead::DemandHeading.into()));
        blocks.push(Block::Table(demand(books)));
    }
    blocks
}

/// A column over three columns of quantiles.
fn quantiles(title: AheadWord) -> [Column; 4] {
    [
        Column::numbers(title),
        Column::numbers(Phrase::Low(0.1)),
        Column::numbers(Phrase::Quantile("p50".to_owned())),
        Column::numbers(Phrase::High(0.1)),
    ]
}

fn cells(spread: Spread, kind: &Kind) -> [Cell; 4] {
    let number = |value| Cell::number(Some(value), kind.clone());
    [Cell::Empty, number(spread.p10), number(spread.p50), number(spread.p90)]
}

/// Both kinds of deals with their quantiles, and the middle value of each kind.
fn cash(show: &Show, books: &Books, kind: PeriodKind) -> Table {
    let parts = [AheadWord::CashOfOpen, AheadWord::CashOfNew].map(Column::numbers);
    let columns = quantiles(AheadWord::CashOfAll).into_iter().chain(parts);
    let mut table = Table::of([Column::untitled()].into_iter().chain(columns).collect::<Vec<_>>());
    let name = |span: &Span| -> Phrase {
        let named = date(span.from as i64).map(|date| match kind {
            PeriodKind::Week => Forecasting::WeekFrom(date),
            PeriodKind::Month => Forecasting::MonthFrom(date),
        });
        named.unwrap_or(ForecastWord::Undated.into()).into()
    };
    let row = |(span, parts): &(Span, Parts)| {
        let middle = |spread: Spread| Cell::number(Some(spread.p50), show.money());
        let mut row = vec![Cell::from(name(span))];
        row.extend(cells(parts.total, &show.money()));
        row.extend([middle(parts.open), middle(parts.new)]);
        row
    };
    table.rows = books.cash.iter().filter(|(span, _)| span.kind == kind).map(row).collect();
    table
}

fn demand(books: &Books) -> Table {
    let columns = quantiles(AheadWord::Demand)
        .into_iter()
        .chain([Column::numbers(AheadWord::Capacity), Column::numbers(AheadWord::ChanceShort)]);
    let mut table = Table::of([Column::untitled()].into_iter().chain(columns).collect::<Vec<_>>());
    let name = |called: &Called| -> Phrase {
        let named = |date| Ahead::ItemIn(called.item.clone(), date).into();
        date(called.span.from as i64).map_or_else(|| Phrase::Name(called.item.clone()), named)
    };
    let row = |called: &Called| {
        let mut row = vec![Cell::from(name(called))];
        row.extend(cells(called.parts.total, &Kind::Count));
        row.push(Cell::number(called.capacity, Kind::Count));
        row.push(Cell::number(called.short, Kind::Share));
        row
    };
    table.rows = books.demand.iter().map(row).collect();
    if books.demand.iter().all(|called| called.capacity.is_none()) {
        table.columns.truncate(5);
        table.rows.iter_mut().for_each(|row| row.truncate(5));
    }
    table
}

/// The words of the parts of a forecast in tables.
const PARTS: [&str; 3] = ["total", "open", "new"];

fn word(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Week => "week",
        PeriodKind::Month => "month",
    }
}

/// cash.csv: one row for each week, month and the whole horizon, by part; what comes later and what
/// is never paid. Nothing without amounts.
pub fn forecast_cash_table(forecast: &Forecast) -> Option<Table> {
    let books = forecast.books.as_ref().filter(|_| forecast.has_amounts)?;
    let mut table =
        Table::new(&["what", "part", "period", "from", "until", "#p10", "#p50", "#p90", "#n"]);
    let end = forecast.cut + forecast.options.days as f64;
    let mut add = |what: &'static str, period: &'static str, days: [Option<f64>; 2], of: &Parts| {
        for (part, spread) in PARTS.into_iter().zip([of.total, of.open, of.new]) {
            let day = |day: Option<f64>| day.map_or(Cell::Empty, iso);
            table.rows.push(vec![
                Cell::text(what),
                Cell::text(part),
                Cell::text(period),
                day(days[0]),
                day(days[1]),
                Cell::Plain(spread.p10),
                Cell::Plain(spread.p50),
                Cell::Plain(spread.p90),
                Cell::Whole(books.draws as u64),
            ]);
        }
    };
    for (span, parts) in &books.cash {
        add("cash", word(span.kind), [Some(span.from), Some(span.until)], parts);
    }
    add("cash", "horizon", [Some(forecast.cut), Some(end)], &books.whole);
    add("cash", "later", [Some(end), None], &books.later);
    add("unpaid", "ever", [Some(forecast.cut), None], &books.unpaid);
    Some(table)
}

/// demand.csv: one row for each item, month and part. Nothing where the terms call for nothing.
pub fn forecast_demand_table(forecast: &Forecast) -> Option<Table> {
    let books = forecast.books.as_ref().filter(|books| !books.demand.is_empty())?;
    let mut table = Table::new(&[
        "item",
        "part",
        "from",
        "until",
        "#p10",
        "#p50",
        "#p90",
        "#capacity",
        "#chance_short",
        "#n",
    ]);
    for called in &books.demand {
        let parts = [called.parts.total, called.parts.open, called.parts.new];
        for (part, spread) in PARTS.into_iter().zip(parts) {
            let of_total = |value: Option<f64>| Cell::plain(value.filter(|_| part == PARTS[0]));
            table.rows.push(vec![
                Cell::Name(called.item.clone()),
                Cell::text(part),
                iso(called.span.from),
                iso(called.span.until),
                Cell::Plain(spread.p10),
                Cell::Plain(spread.p50),
                Cell::Plain(spread.p90),
                of_total(called.capacity),
                of_total(called.short),
                Cell::Whole(books.draws as u64),
            ]);
        }
    }
    Some(table)
}
