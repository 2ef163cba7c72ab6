//! What is understood of an export: how the file is written, its columns, its deals, and what looks wrong.

mod document;
mod tables;

use jiff::civil::Date;

pub use document::inspect_document;
pub use tables::inspect_table;

use super::block::{Block, Cell, Column, Kind, Number, Table};
use super::phrase::{Forecasting, Inspected, KnownBy, Phrase, Shape};
use crate::records::deals::{Moment, Outcome};
use crate::records::understood::{Kind as Deals, Month, OutcomeWord, Understood};

/// Words of outcomes that the screen shows.
const WORDS: usize = 30;

/// Months that the screen shows.
const MONTHS: usize = 24;

/// The screen of `inspect`; `file` is how the file was named.
pub fn inspection(understood: &Understood, file: &str) -> Vec<Block> {
    let mut blocks = about(understood, file);
    blocks.push(heading(Inspected::ColumnsHeading));
    blocks.push(Block::Table(columns(understood)));
    blocks.push(heading(Inspected::DealsHeading));
    blocks.push(Block::Table(kinds(understood)));
    words(understood, &mut blocks);
    if understood.funnels.len() > 1 {
        blocks.push(heading(Inspected::FunnelsHeading));
        let titles =
            [Column::words(Inspected::FunnelTitle), Column::numbers(Inspected::DealsTitle)];
        let mut table = Table::of(titles);
        let row = |(name, count): &(String, u64)| {
            vec![Cell::Name(name.clone()), Cell::count(*count as f64)]
        };
        table.rows = understood.funnels.iter().map(row).collect();
        blocks.push(Block::Table(table));
    }
    months(understood, &mut blocks);
    blocks.push(heading(Inspected::OddHeading));
    if understood.oddities.is_empty() {
        blocks.push(line(Inspected::NothingOdd));
    } else {
        blocks.push(Block::Table(oddities(understood)));
    }
    blocks.extend(verdict(understood).map(line));
    blocks
}

fn line(phrase: Inspected) -> Block {
    Block::Line(phrase.into())
}

fn heading(phrase: Inspected) -> Block {
    Block::Heading(phrase.into())
}

/// The file itself.
fn about(understood: &Understood, file: &str) -> Vec<Block> {
    let mut blocks = vec![
        line(Inspected::Title {
            file: file.to_owned(),
            shape: understood.shape,
            rows: understood.rows,
        }),
        line(Inspected::File {
            format: understood.format,
            packed: understood.packed,
            encoding: understood.encoding,
            delimiter: understood.delimiter,
            decimal: understood.decimal,
            sheet: understood.sheet.clone(),
        }),
        line(understood.preset.map_or(Inspected::NoSystem, Inspected::System)),
    ];
    if let (Some(first), Some(last)) = (day(understood.first_day), day(understood.last_day)) {
        blocks.push(line(Inspected::Facts { first, last }));
    }
    if understood.shape != Shape::Deals {
        let kinds = understood.kinds;
        blocks.push(line(Inspected::Events {
            events: understood.events,
            deals: kinds.open.count + kinds.won.count + kinds.lost.count,
            stages: understood.stages,
            people: understood.people,
        }));
    }
    blocks
}

/// A day since 1970-01-01.
pub(super) fn day(days: Option<i64>) -> Option<Date> {
    crate::records::date_time(Moment::of_day(days?)).map(jiff::civil::DateTime::date)
}

fn columns(understood: &Understood) -> Table {
    let mut table = Table::of([
        Column::words(Inspected::ColumnTitle),
        Column::words(Inspected::UsedTitle),
        Column::words(Inspected::WhyTitle),
        Column::numbers(Inspected::FilledTitle),
        Column::numbers(Inspected::WordsTitle),
    ]);
    for column in &understood.columns {
        table.rows.push(vec![
            Cell::Name(column.name.clone()),
            Inspected::Used(column.used, column.order).into(),
            Inspected::Why(column.why).into(),
            Cell::count(column.filled as f64),
            Cell::number(column.words.map(|count| count as f64), Kind::Count),
        ]);
    }
    table.drop_empty();
    table
}

/// The outcomes with their deals.
pub(super) fn outcomes(understood: &Understood) -> [(Outcome, Deals); 3] {
    let kinds = understood.kinds;
    [(Outcome::Open, kinds.open), (Outcome::Won, kinds.won), (Outcome::Lost, kinds.lost)]
}

fn money(understood: &Understood, value: f64) -> Cell {
    let currency = understood.currency.clone().unwrap_or_default();
    Cell::Number(Number::new(value, Kind::Money(currency)))
}

fn kinds(understood: &Understood) -> Table {
    let mut table = Table::of([
        Column::words(Inspected::OutcomeTitle),
        Column::numbers(Inspected::DealsTitle),
        Column::numbers(Inspected::WithAmountTitle),
        Column::numbers(Inspected::SumTitle),
    ]);
    for (outcome, deals) in outcomes(understood) {
        let sum = if deals.with_amount > 0 { money(understood, deals.sum) } else { Cell::Empty };
        table.rows.push(vec![
            Inspected::Outcome(outcome).into(),
            Cell::count(deals.count as f64),
            Cell::count(deals.with_amount as f64),
            sum,
        ]);
    }
    table
}

/// Words that say how deals ended: those that are not known come first.
fn words(understood: &Understood, blocks: &mut Vec<Block>) {
    let mut words: Vec<&OutcomeWord> = understood.words.iter().collect();
    words.sort_by_key(|word| (word.known != KnownBy::Unknown, std::cmp::Reverse(word.count)));
    if words.is_empty() {
        if understood.shape == Shape::EventLog {
            blocks.push(line(Inspected::NoEnds));
        }
        return;
    }
    blocks.push(heading(Inspected::WordsHeading));
    let mut table = Table::of([
        Column::words(Inspected::WordTitle),
        Column::words(Inspected::WhereTitle),
        Column::words(Inspected::MeansTitle),
        Column::words(Inspected::KnownTitle),
        Column::numbers(Inspected::RowsTitle),
    ]);
    for word in words.iter().take(WORDS) {
        table.rows.push(vec![
            Cell::Name(word.word.clone()),
            Inspected::Role(word.role).into(),
            Inspected::Outcome(word.outcome).into(),
            Inspected::Known(word.known).into(),
            Cell::count(word.count as f64),
        ]);
    }
    blocks.push(Block::Table(table));
    if words.len() > WORDS {
        blocks.push(line(Inspected::MoreWords(words.len() - WORDS)));
    }
    if understood.has_unknown_words() {
        blocks.push(line(Inspected::UnknownWords));
    }
}

fn months(understood: &Understood, blocks: &mut Vec<Block>) {
    if understood.months.is_empty() {
        return;
    }
    blocks.push(heading(Inspected::MonthsHeading));
    let mut table = Table::of([
        Column::words(Inspected::MonthTitle),
        Column::numbers(Inspected::CreatedTitle),
        Column::numbers(Inspected::WonTitle),
        Column::numbers(Inspected::WonSumTitle),
        Column::numbers(Inspected::LostTitle),
    ]);
    let has_money = understood.kinds.won.with_amount > 0;
    let row = |month: &Month| {
        vec![
            Date::new(month.year, month.month, 1)
                .map_or(Cell::Empty, |date| Phrase::from(Forecasting::MonthFrom(date)).into()),
            Cell::count(month.created as f64),
            Cell::count(month.won as f64),
            if has_money { money(understood, month.won_sum) } else { Cell::Empty },
            Cell::count(month.lost as f64),
        ]
    };
    let earlier = understood.months.len().saturating_sub(MONTHS);
    table.rows = understood.months.iter().skip(earlier).map(row).collect();
    table.drop_empty();
    blocks.push(Block::Table(table));
    if earlier > 0 {
        blocks.push(line(Inspected::MoreMonths(earlier)));
    }
}

/// A month as `2026-03`.
pub(super) fn name(month: &Month) -> String {
    format!("{:04}-{:02}", month.year, month.month)
}

/// Rows as `5, 9, 12`.
pub(super) fn listed(rows: &[u64]) -> String {
    rows.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}

fn oddities(understood: &Understood) -> Table {
    let mut table = Table::of([
        Column::words(Inspected::OddTitle),
        Column::numbers(Inspected::RowsTitle),
        Column::words(Inspected::FirstRowsTitle),
    ]);
    for oddity in &understood.oddities {
        table.rows.push(vec![
            Inspected::Odd(oddity.what).into(),
            Cell::count(oddity.count as f64),
            Cell::Text(listed(&oddity.rows)),
        ]);
    }
    table.drop_empty();
    table
}

/// Why nothing can be learned from a file.
pub(super) fn verdict(understood: &Understood) -> Option<Inspected> {
    if understood.is_useful() {
        None
    } else if outcomes(understood).iter().all(|(_, deals)| deals.count == 0) {
        Some(Inspected::NoDeals)
    } else {
        Some(Inspected::NoneEnded)
    }
}
