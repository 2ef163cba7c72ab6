//! Columns that divide deals, whichever part of a file they come from, and which of them may be
//! used.
//!
//! A column that is filled when a deal closes tells its end: it is empty in open deals only. It is
//! refused as a leak.

use super::log::{Day, Log};
use crate::records::deals::{Deals, NameId, Names};

/// A column is a leak if its shares of empty cells of open and of closed deals differ by more.
pub const LEAK: f64 = 0.2;

/// Which column divides deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// One of [`Deals::segments`].
    Segment(usize),
    /// Who has the deal.
    Owner,
    /// Where it came from.
    Source,
    /// Its funnel.
    Funnel,
}

/// The columns of a file that have at least two words.
pub fn columns(deals: &Deals) -> Vec<Column> {
    let own = [
        (Column::Owner, deals.owners.len()),
        (Column::Source, deals.sources.len()),
        (Column::Funnel, deals.funnels.len()),
    ];
    let own = own.into_iter().filter(|(_, len)| *len > 1).map(|(column, _)| column);
    let further = deals.segments.iter().enumerate().filter(|(_, segment)| segment.levels.len() > 1);
    further.map(|(index, _)| Column::Segment(index)).chain(own).collect()
}

/// The word of a deal in a column.
pub fn level(deals: &Deals, column: Column, row: usize) -> Option<NameId> {
    let deal = deals.deals.get(row)?;
    match column {
        Column::Segment(index) => deals.segments.get(index)?.of_deal.get(row).copied().flatten(),
        Column::Owner => deal.owner,
        Column::Source => deal.source,
        Column::Funnel => deal.funnel,
    }
}

/// The words of a column.
pub fn levels(deals: &Deals, column: Column) -> Option<&Names> {
    match column {
        Column::Segment(index) => deals.segments.get(index).map(|segment| &segment.levels),
        Column::Owner => Some(&deals.owners),
        Column::Source => Some(&deals.sources),
        Column::Funnel => Some(&deals.funnels),
    }
}

/// The heading of a column; the words of roles for those that have one.
pub fn title(deals: &Deals, column: Column) -> &str {
    match column {
        Column::Segment(index) => deals.segments.get(index).map_or("", |one| one.name.as_str()),
        Column::Owner => "owner",
        Column::Source => "source",
        Column::Funnel => "funnel",
    }
}

/// Whether a column gives the end of deals away, as far as a cut-off shows.
pub fn is_leak(deals: &Deals, log: &Log, column: Column, cut: Day) -> bool {
    empty(log, cut, |row| level(deals, column, row).is_none()).is_leak()
}

/// A level with fewer closed deals is pooled with others like it.
pub const FEWEST_CLOSED: u64 = 30;

/// The closed deals of each level before a cut-off, the last number that of deals without a level.
pub fn closed_by_level(deals: &Deals, log: &Log, column: Column, cut: Day) -> Vec<u64> {
    let count = levels(deals, column).map_or(0, Names::len);
    let mut closed = vec![0; count + 1];
    for deal in log.deals.iter().filter(|deal| deal.closed < cut) {
        closed[level(deals, column, deal.row).map_or(count, |level| level as usize)] += 1;
    }
    closed
}

/// Shares of empty cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Empty {
    /// Of open deals.
    pub open: f64,
    /// Of closed deals.
    pub closed: f64,
}

impl Empty {
    /// Whether the column tells if a deal is closed.
    pub fn is_leak(&self) -> bool {
        (self.open - self.closed).abs() > LEAK
    }
}

/// The shares of empty cells among the deals that a cut-off knows, as they stood then, where
/// `is_empty` says if the cell of a row is.
pub fn empty(log: &Log, cut: Day, is_empty: impl Fn(usize) -> bool) -> Empty {
    let share = |open: bool| {
        let known = log.deals.iter().filter(|deal| deal.created < cut);
        let rows = known.filter(|deal| deal.is_open(cut) == open).map(|deal| deal.row);
        let (all, empty) =
            rows.fold((0u64, 0u64), |(n, k), row| (n + 1, k + u64::from(is_empty(row))));
        if all == 0 { None } else { Some(empty as f64 / all as f64) }
    };
    let (open, closed) = (share(true), share(false));
    let one = open.or(closed).unwrap_or(0.0);
    Empty { open: open.unwrap_or(one), closed: closed.unwrap_or(one) }
}
