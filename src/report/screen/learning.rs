//! How satisfied the clients are, and how far a prescribed process is followed.

use super::Screen;
use crate::kpi::{Kpi, Stat};
use crate::report::block::Block;
use crate::report::phrase::{Remark, share};
use crate::study::{Period, TimelineMeasure};

impl Screen<'_> {
    /// The lines that stand below duration and cost, where the model has them.
    pub(super) fn satisfaction(&self) -> Vec<Block> {
        let remarks = [self.scores(), self.followed()];
        remarks.into_iter().flatten().map(|remark| Block::Line(remark.into())).collect()
    }

    fn scores(&self) -> Option<Remark> {
        let score = |stat| self.number(self.whole(Kpi::Satisfaction, stat));
        let mean = score(Stat::Mean)?;
        Some(Remark::Satisfaction { mean, won: score(Stat::OfWon), unhappy: score(Stat::Under60) })
    }

    fn followed(&self) -> Option<Remark> {
        let all = self.number(self.whole(Kpi::Followed, Stat::Share))?;
        let rows = self.simulation.timeline.rows.iter().filter(|row| {
            row.full && row.period == Period::Month && row.measure == TimelineMeasure::Followed
        });
        let months: Vec<f64> = rows.map(|row| row.mean).collect();
        let months = match months.as_slice() {
            [first, .., last] => Some([share(*first), share(*last)]),
            _ => None,
        };
        Some(Remark::Followed { all, months })
    }
}
