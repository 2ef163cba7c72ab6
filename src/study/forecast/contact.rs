//! When to speak with the client of an open deal next, and what for.
//!
//! If the export has a planned date, that date counts. Otherwise it is the day on which the deal has
//! been in its stage for the median time of the deals that moved on from there, or today if that day
//! has passed. The aim is the stage to which most won deals went from there.

use super::deals::FEWEST_EXITS;
use crate::fit::log::{Day, Exit, Log, Stay};

/// When to speak with a client next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contact {
    /// The day; none where too few deals moved on from the stage to say.
    pub day: Option<Day>,
    /// Where the day comes from.
    pub from: ContactFrom,
    /// What for.
    pub aim: Aim,
}

/// Where the day of a contact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactFrom {
    /// The export plans it.
    Planned,
    /// The export planned it for a day before the cut-off.
    Overdue,
    /// The deal will have been in its stage for the usual time.
    Usual,
    /// It has been there longer.
    Late,
    /// Nothing says when.
    Unknown,
}

/// What a contact is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// The next stage.
    Stage(u16),
    /// The order.
    Order,
}

/// What the past says of each stage.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stages {
    /// The middle and the high time of deals that moved on or were won, in days.
    pub(super) usual: Vec<Option<[f64; 2]>>,
    /// Where most won deals went from it.
    pub(super) aims: Vec<Aim>,
}

impl Stages {
    /// Learns from what a log knows before a cut-off.
    pub(super) fn new(log: &Log, cut: Day) -> Stages {
        let mut times = vec![Vec::new(); log.stages];
        let mut exits: Vec<Vec<u64>> = vec![vec![0; log.stages + 1]; log.stages];
        for deal in &log.deals {
            let is_won = deal.is_won_in(f64::NEG_INFINITY, cut);
            let moved = |stay: &&Stay| stay.left < cut && stay.exit != Exit::Lost;
            for stay in deal.stays.iter().filter(moved) {
                let stage = usize::from(stay.stage);
                times[stage].push(stay.left - stay.entered);
                let to =
                    if let Exit::Stage(next) = stay.exit { usize::from(next) } else { log.stages };
                exits[stage][to] += u64::from(is_won);
            }
        }
        let quantiles = |mut times: Vec<f64>| {
            times.sort_by(f64::total_cmp);
            let at = |p: f64| times[((p * times.len() as f64) as usize).min(times.len() - 1)];
            (times.len() >= FEWEST_EXITS).then(|| [at(0.5), at(0.9)])
        };
        // Of equals the order, or else the first stage.
        let aim = |counts: &Vec<u64>| {
            let (order, stages) = (counts[log.stages], &counts[..log.stages]);
            let most = stages.iter().copied().max().unwrap_or(0);
            match stages.iter().position(|count| *count == most) {
                Some(stage) if most > order => Aim::Stage(stage as u16),
                _ => Aim::Order,
            }
        };
        Stages {
            usual: times.into_iter().map(quantiles).collect(),
            aims: exits.iter().map(aim).collect(),
        }
    }

    /// The next contact of a deal in a stay; `planned` where the export says it.
    pub(super) fn contact(&self, stay: &Stay, cut: Day, planned: Option<Day>) -> Contact {
        let stage = usize::from(stay.stage);
        let usual = self.usual[stage].map(|usual| (stay.entered + usual[0]).floor());
        let (day, from) = due(usual, cut, planned);
        Contact { day, from, aim: self.aims[stage] }
    }
}

/// The day of a contact: the planned one, else the `usual` one, and neither before the cut-off.
pub(super) fn due(
    usual: Option<Day>,
    cut: Day,
    planned: Option<Day>,
) -> (Option<Day>, ContactFrom) {
    match (planned, usual) {
        (Some(day), _) if day >= cut => (Some(day.floor()), ContactFrom::Planned),
        (Some(_), _) => (Some(cut), ContactFrom::Overdue),
        (None, Some(day)) if day >= cut => (Some(day), ContactFrom::Usual),
        (None, Some(_)) => (Some(cut), ContactFrom::Late),
        (None, None) => (None, ContactFrom::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::log::{Dated, Undated};

    fn stay(stage: u16, entered: Day, left: Day, exit: Exit) -> Stay {
        Stay { stage, entered, left, exit }
    }

    /// Twelve won deals go 0 → 1 → won, in 1 to 12 days and 20 days; five go 0 → 2 and are lost
    /// there after 90 days.
    fn log() -> Log {
        let deal = |row: usize, won, stays: Vec<Stay>| {
            let closed = stays.last().map_or(0.0, |stay| stay.left);
            Dated { row, created: 0.0, closed, won, stays }
        };
        let won = |days: usize| {
            let first = days as f64;
            let stays =
                vec![stay(0, 0.0, first, Exit::Stage(1)), stay(1, first, first + 20.0, Exit::Won)];
            deal(days, true, stays)
        };
        let lost = |row| {
            let stays = vec![stay(0, 0.0, 3.0, Exit::Stage(2)), stay(2, 3.0, 93.0, Exit::Lost)];
            deal(row, false, stays)
        };
        Log {
            deals: (1..=12).map(won).chain((20..25).map(lost)).collect(),
            undated: Undated::default(),
            stages: 3,
            is_staged: true,
            first_close: 21.0,
            until: 100.0,
        }
    }

    #[test]
    fn the_aim_is_where_most_won_deals_went() {
        let stages = Stages::new(&log(), 100.0);
        assert_eq!(stages.aims, [Aim::Stage(1), Aim::Order, Aim::Order]);
        // Nobody moved on from stage 2: those lost there say nothing of a usual time.
        assert_eq!(stages.usual[1], Some([20.0, 20.0]));
        assert_eq!(stages.usual[2], None);
    }

    /// The median of twelve times of 1 to 12 days and five of 3 is 4.
    #[test]
    fn a_client_is_called_when_the_usual_time_has_passed_or_at_once() {
        let stages = Stages::new(&log(), 100.0);
        assert_eq!(stages.usual[0].map(|usual| usual[0]), Some(4.0));
        let contact = |entered, planned| {
            let found = stages.contact(&stay(0, entered, f64::INFINITY, Exit::Won), 100.0, planned);
            (found.day, found.from)
        };
        assert_eq!(contact(98.0, None), (Some(102.0), ContactFrom::Usual));
        assert_eq!(contact(90.0, None), (Some(100.0), ContactFrom::Late));
        assert_eq!(contact(90.0, Some(107.4)), (Some(107.0), ContactFrom::Planned));
        assert_eq!(contact(98.0, Some(99.0)), (Some(100.0), ContactFrom::Overdue));
        let unknown = stages.contact(&stay(2, 98.0, f64::INFINITY, Exit::Lost), 100.0, None);
        assert_eq!((unknown.day, unknown.from), (None, ContactFrom::Unknown));
    }
}
