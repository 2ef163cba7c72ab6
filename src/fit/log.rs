//! Deals as stays in stages, in days: what hazards are counted from.
//!
//! A file with a stage history gives the stays. A file with one row per deal gives one stay per
//! deal in one open stage, and the time in it is the age of the deal. Nothing here depends on a
//! cut-off; what a cut-off knows is decided by comparing days with it.

use crate::records::deals::{Deal, Deals, Moment, Outcome, Visit};

/// Days of a moment since 1970-01-01.
pub type Day = f64;

/// Where a stay ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// The deal was won.
    Won,
    /// The deal was lost.
    Lost,
    /// It went to this stage.
    Stage(u16),
}

/// A stay of a deal in a stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    /// The stage; 0 where deals have no history.
    pub stage: u16,
    /// When it began.
    pub entered: Day,
    /// When it ended; infinite if it has not.
    pub left: Day,
    /// Where it ended; has no meaning while `left` is infinite.
    pub exit: Exit,
}

/// A deal with its days.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// Its index in the deals of the file.
    pub row: usize,
    /// When it was created.
    pub created: Day,
    /// When it ended; infinite if it has not.
    pub closed: Day,
    /// Whether it ended with a sale.
    pub won: bool,
    /// Its stays, by time; there is at least one.
    pub stays: Vec<Stay>,
}

impl Dated {
    /// Whether a cut-off knows the deal and not its end.
    pub fn is_open(&self, cut: Day) -> bool {
        self.created < cut && self.closed >= cut
    }

    /// Whether it was won in `[from, until)`.
    pub fn is_won_in(&self, from: Day, until: Day) -> bool {
        self.won && self.closed >= from && self.closed < until
    }

    /// The stay that it is in at a cut-off that knows it as open.
    pub fn stay_at(&self, cut: Day) -> Stay {
        let begun = self.stays.partition_point(|stay| stay.entered < cut).max(1);
        self.stays[begun - 1]
    }
}

/// Deals that a forecast cannot place in time.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Undated {
    /// Open deals without a date of creation.
    pub open: u64,
    /// The sum of their amounts, where they have any.
    pub amount: f64,
    /// Closed deals without a date of creation or of the end.
    pub closed: u64,
}

/// The deals of a file in days.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// Deals with dates, in the order of the file.
    pub deals: Vec<Dated>,
    /// Deals without.
    pub undated: Undated,
    /// The number of stages of stays.
    pub stages: usize,
    /// Whether the file has a stage history.
    pub is_staged: bool,
    /// The first recorded close; infinite if there is none.
    pub first_close: Day,
    /// The first day after the latest fact of the file.
    pub until: Day,
}

/// What a date without a time of day is later than midnight: a close of a day comes after a start
/// of the same day, and ages do not fall on the edges of age bands.
const NOON: Day = 0.5;

impl Log {
    /// Brings the deals of a file to days.
    pub fn new(deals: &Deals) -> Log {
        let is_staged = !deals.visits.is_empty();
        let by_day = deals.deals.iter().filter_map(|deal| deal.closed).all(is_midnight);
        let shift = if by_day { NOON } else { 0.0 };
        let stays = stays_of_deals(deals);
        let mut log = Log {
            deals: Vec::with_capacity(deals.deals.len()),
            undated: Undated::default(),
            stages: if is_staged { deals.stages.len() + 1 } else { 1 },
            is_staged,
            first_close: f64::INFINITY,
            until: f64::NEG_INFINITY,
        };
        for (row, deal) in deals.deals.iter().enumerate() {
            let visits = &deals.visits[stays[row].clone()];
            match dated(row, deal, shift) {
                Some(dated) => {
                    log.add(Dated { stays: stays_of(&dated, visits, log.stages), ..dated });
                }
                None => log.undated.add(deal),
            }
        }
        let latest = deals.until.map_or(f64::NEG_INFINITY, Moment::days);
        log.until = after(latest.max(log.until));
        log
    }

    fn add(&mut self, deal: Dated) {
        if deal.closed.is_finite() {
            self.first_close = self.first_close.min(deal.closed);
            self.until = self.until.max(deal.closed);
        }
        self.until = self.until.max(deal.created);
        self.deals.push(deal);
    }
}

impl Undated {
    fn add(&mut self, deal: &Deal) {
        if deal.outcome == Outcome::Open {
            self.open += 1;
            self.amount += deal.amount.unwrap_or(0.0);
        } else {
            self.closed += 1;
        }
    }
}

fn is_midnight(moment: Moment) -> bool {
    moment.days().fract() == 0.0
}

/// The first midnight after a moment.
fn after(day: Day) -> Day {
    if day.is_finite() { day.floor() + 1.0 } else { 0.0 }
}

/// The range of the visits of each deal; visits are sorted by deal.
fn stays_of_deals(deals: &Deals) -> Vec<std::ops::Range<usize>> {
    let mut ranges = vec![0..0; deals.deals.len()];
    let mut start = 0;
    while let Some(first) = deals.visits.get(start) {
        let same =
            deals.visits[start..].iter().take_while(|visit| visit.deal == first.deal).count();
        if let Some(range) = ranges.get_mut(first.deal as usize) {
            *range = start..start + same;
        }
        start += same;
    }
    ranges
}

/// A deal without its stays; none if it cannot be placed in time.
fn dated(row: usize, deal: &Deal, shift: Day) -> Option<Dated> {
    let created = deal.created?.days();
    let closed = match (deal.outcome, deal.closed) {
        (Outcome::Open, _) => f64::INFINITY,
        (_, closed) => (closed?.days() + shift).max(created),
    };
    Some(Dated { row, created, closed, won: deal.outcome == Outcome::Won, stays: Vec::new() })
}

/// The stays of a deal. The last stage of a history has the number `stages - 1` here: it stands for
/// the time before the first recorded stage.
fn stays_of(deal: &Dated, visits: &[Visit], stages: usize) -> Vec<Stay> {
    let end = if deal.won { Exit::Won } else { Exit::Lost };
    let mut starts: Vec<(u16, Day)> = Vec::with_capacity(visits.len() + 1);
    let first = visits.first().map_or(f64::INFINITY, |visit| visit.entered.days());
    if first > deal.created {
        starts.push(((stages - 1) as u16, deal.created));
    }
    for visit in visits {
        let entered = visit.entered.days();
        let again = starts.last().is_some_and(|last| last.0 == visit.stage as u16);
        if (entered < deal.closed || starts.is_empty()) && !again {
            starts.push((visit.stage as u16, entered.max(deal.created)));
        }
    }
    let ends = starts.iter().skip(1).map(|next| (next.1, Exit::Stage(next.0)));
    let ends = ends.chain([(deal.closed, end)]);
    let stay = |(start, end): (&(u16, Day), (Day, Exit))| Stay {
        stage: start.0,
        entered: start.1,
        left: end.0,
        exit: end.1,
    };
    starts.iter().zip(ends.collect::<Vec<_>>()).map(stay).collect()
}
