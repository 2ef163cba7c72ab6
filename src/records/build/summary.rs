//! Sums over the deals of a file, and what looks wrong with all of them together.

use std::collections::BTreeMap;

use super::deals::Builder;
use crate::records::cells::date::date_time;
use crate::records::deals::{Deal, Deals, Moment, Outcome};
use crate::records::understood::{Kind, Kinds, Month, Odd, Shape};

/// Numbers of rows at which systems cut an export.
const CUTS: [u64; 6] = [10_000, 50_000, 65_535, 65_536, 1_048_575, 1_048_576];

/// The share of planned dates at ends of months from which they are not used, in percent.
const MONTH_ENDS: u64 = 40;

/// Dates from which that is judged.
const FEWEST: u64 = 20;

/// So many days before 95 % of the others a date of creation is not used: ten years.
const LONG_BEFORE: i64 = 3_652;

/// Deals by their outcome.
pub(in crate::records) fn kinds(deals: &Deals) -> Kinds {
    let mut kinds = Kinds::default();
    for deal in &deals.deals {
        let kind = match deal.outcome {
            Outcome::Open => &mut kinds.open,
            Outcome::Won => &mut kinds.won,
            Outcome::Lost => &mut kinds.lost,
        };
        add(kind, deal);
    }
    kinds
}

fn add(kind: &mut Kind, deal: &Deal) {
    kind.count += 1;
    if let Some(amount) = deal.amount {
        kind.sum += amount;
        kind.with_amount += 1;
    }
}

/// What happened in each month.
pub(in crate::records) fn months(deals: &Deals) -> Vec<Month> {
    let mut months: BTreeMap<(i16, i8), Month> = BTreeMap::new();
    let mut add = |moment: Option<Moment>, count: &dyn Fn(&mut Month)| {
        if let Some(at) = moment.and_then(date_time) {
            let (year, month) = (at.year(), at.month());
            let empty = Month { year, month, created: 0, won: 0, won_sum: 0.0, lost: 0 };
            count(months.entry((year, month)).or_insert(empty));
        }
    };
    for deal in &deals.deals {
        add(deal.created, &|month| month.created += 1);
        match deal.outcome {
            Outcome::Open => {}
            Outcome::Lost => add(deal.closed, &|month| month.lost += 1),
            Outcome::Won => add(deal.closed, &|month| {
                month.won += 1;
                month.won_sum += deal.amount.unwrap_or(0.0);
            }),
        }
    }
    months.into_values().collect()
}

/// Judges what only all rows together show.
pub(in crate::records) fn judge(builder: &mut Builder<'_>, shape: Shape, rows: u64) {
    if CUTS.contains(&rows) || (rows > 0 && rows.is_multiple_of(10_000)) {
        builder.odd.raise(Odd::RoundCount, rows);
    }
    if shape == Shape::Deals {
        far_before(builder);
    }
    let kinds = kinds(&builder.deals);
    let (open, ended) = (kinds.open.count, kinds.won.count + kinds.lost.count);
    if ended == 0 {
        builder.odd.raise(Odd::AllOpen, open);
    }
    if open == 0 {
        builder.odd.raise(Odd::AllEnded, ended);
    }
    if kinds.lost.count == 0 && kinds.won.count > 0 && open > 0 {
        builder.odd.raise(Odd::NoneLost, kinds.won.count);
    }
    if kinds.won.count == 0 && kinds.lost.count > 0 {
        builder.odd.raise(Odd::NoneWon, kinds.lost.count);
    }
    let deals = &builder.deals;
    let names = [&deals.stages, &deals.reasons, &deals.sources, &deals.owners, &deals.funnels];
    builder.odd.raise(Odd::Spellings, names.map(|names| names.spellings() as u64).iter().sum());
    let funnels = builder.deals.funnels.len() as u64;
    if funnels > 1 {
        builder.odd.raise(Odd::SeveralFunnels, funnels);
    }
    builder.odd.raise(Odd::RepeatedColumn, builder.cells.layout.repeated);
    if shape == Shape::Deals {
        month_ends(builder);
    }
}

/// Dates of creation long before nearly all others, as 1970-01-01, which systems write for an unknown one.
fn far_before(builder: &mut Builder<'_>) {
    let created = builder.deals.deals.iter().filter_map(|deal| deal.created);
    let mut days: Vec<i64> = created.map(Moment::day).collect();
    if (days.len() as u64) < FEWEST {
        return;
    }
    let nearly_all = days.len() / 20;
    let limit = *days.select_nth_unstable(nearly_all).1 - LONG_BEFORE;
    let mut count = 0;
    for deal in &mut builder.deals.deals {
        if deal.created.is_some_and(|created| created.day() < limit) {
            deal.created = None;
            count += 1;
        }
    }
    builder.odd.raise(Odd::CreatedFarBefore, count);
}

/// Planned dates that nobody typed are ends of months.
fn month_ends(builder: &mut Builder<'_>) {
    let planned = || builder.deals.deals.iter().filter_map(|deal| deal.expected);
    let is_end = |moment: &Moment| {
        date_time(*moment).is_some_and(|at| at.day() == at.date().days_in_month())
    };
    let (all, ends) = (planned().count() as u64, planned().filter(is_end).count() as u64);
    if all >= FEWEST && ends * 100 > all * MONTH_ENDS {
        builder.deals.deals.iter_mut().for_each(|deal| deal.expected = None);
        builder.odd.raise(Odd::MonthEnds, ends);
    }
}

/// The first creation or end, as a day since 1970-01-01.
pub(in crate::records) fn first_day(deals: &Deals) -> Option<i64> {
    let facts = deals.deals.iter().flat_map(|deal| [deal.created, deal.closed]);
    facts.flatten().min().map(Moment::day)
}
