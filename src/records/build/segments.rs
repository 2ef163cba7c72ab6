//! Columns that divide deals: their words, and whether they are filled only when a deal ends.

use crate::records::cells::is_blank;
use crate::records::columns::roles::Layout;
use crate::records::deals::{Deal, NameId, Names, Outcome, Segment};
use crate::records::source::Row;
use crate::records::understood::{Use, Why};

/// The greatest difference of the shares of empty cells of open and of ended deals, in percent.
const LEAK: i64 = 20;

/// Columns that divide deals, while deals are read.
#[derive(Debug, Default)]
pub(in crate::records) struct Segments {
    columns: Vec<(usize, Segment)>,
}

impl Segments {
    /// The columns of a file that may divide its deals.
    pub(in crate::records) fn new(layout: &Layout, used: &[(Use, Why)]) -> Segments {
        let is_one = |at: &usize| used[*at].0 == Use::Segment;
        let segment = |at: usize| {
            let name = layout.headings[at].clone();
            (at, Segment { name, levels: Names::default(), of_deal: Vec::new() })
        };
        Segments { columns: (0..used.len()).filter(is_one).map(segment).collect() }
    }

    /// Keeps the words of a new deal.
    pub(in crate::records) fn push(&mut self, row: &Row) {
        for (at, segment) in &mut self.columns {
            let level = level(row, *at, segment);
            segment.of_deal.push(level);
        }
    }

    /// Keeps the words of a later row of a deal, where it has some.
    pub(in crate::records) fn replace(&mut self, deal: usize, row: &Row) {
        for (at, segment) in &mut self.columns {
            if let Some(level) = level(row, *at, segment) {
                segment.of_deal[deal] = Some(level);
            }
        }
    }

    /// The columns that do not give the outcome away; the others are noted.
    pub(in crate::records) fn finish(
        self,
        deals: &[Deal],
        used: &mut [(Use, Why)],
    ) -> Vec<Segment> {
        let mut kept = Vec::new();
        for (at, segment) in self.columns {
            match leak(&segment, deals) {
                Some(why) => used[at] = (Use::Unused, why),
                None => kept.push(segment),
            }
        }
        kept
    }
}

fn level(row: &Row, at: usize, segment: &mut Segment) -> Option<NameId> {
    let cell = row.cells.get(at).unwrap_or_default().trim();
    (!is_blank(cell)).then(|| segment.levels.id(cell))
}

/// The shares of empty cells of open and of ended deals, where they differ by too much.
fn leak(segment: &Segment, deals: &[Deal]) -> Option<Why> {
    let mut empty = [0_i64; 2];
    let mut all = [0_i64; 2];
    for (level, deal) in segment.of_deal.iter().zip(deals) {
        let ended = usize::from(deal.outcome != Outcome::Open);
        all[ended] += 1;
        empty[ended] += i64::from(level.is_none());
    }
    if all.contains(&0) {
        return None;
    }
    // In whole numbers, so that exactly 20 points are not too much.
    let difference = (empty[0] * all[1] - empty[1] * all[0]).abs() * 100;
    let percent = |ended: usize| ((empty[ended] * 100 + all[ended] / 2) / all[ended]) as u8;
    (difference > LEAK * all[0] * all[1]).then(|| Why::Leak { open: percent(0), ended: percent(1) })
}
