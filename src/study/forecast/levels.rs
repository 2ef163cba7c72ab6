//! The total of a forecast by level of a column: product, owner, region.

use super::Level;
use super::draws::{Draw, Sum};
use super::outlook::Outlook;
use crate::fit::log::{Day, Log};
use crate::fit::segments::{Column, FEWEST_CLOSED, closed_by_level, levels};
use crate::records::deals::Deals;

/// The total by level; levels with too few closed deals are one row, unless it would hold only one.
pub(super) fn by_level(
    (deals, log): (&Deals, &Log),
    by: Column,
    (draws, factor): (&[Draw], f64),
    cut: Day,
) -> Vec<Level> {
    let Some(names) = levels(deals, by) else { return Vec::new() };
    let closed = closed_by_level(deals, log, by, cut);
    let outlook = |of: &[usize]| {
        let sum = |draw: &Draw| of.iter().fold(Sum::default(), |sum, at| sum + draw.levels[*at]);
        Outlook::of(draws, factor, sum)
    };
    let is_few = |at: &usize| closed[*at] < FEWEST_CLOSED;
    let few: Vec<usize> = (0..names.len()).filter(is_few).collect();
    let few = if few.len() > 1 { few } else { Vec::new() };
    let own = (0..=names.len()).filter(|at| !few.contains(at)).map(|at| Level {
        name: names.words().get(at).cloned(),
        outlook: outlook(&[at]),
        closed: closed[at],
        pooled: 0,
    });
    let mut levels: Vec<Level> = own.collect();
    levels.retain(|level| level.name.is_some() || level.outlook.orders.p90 > 0.0);
    let size = |level: &Level| (level.outlook.bookings.p50, level.outlook.orders.p50);
    levels.sort_by(|a, b| {
        let (a, b) = (size(a), size(b));
        b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    levels.extend((!few.is_empty()).then(|| Level {
        name: None,
        outlook: outlook(&few),
        closed: few.iter().map(|at| closed[*at]).sum(),
        pooled: few.len(),
    }));
    levels
}
