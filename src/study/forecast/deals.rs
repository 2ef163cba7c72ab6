//! Each open deal: where it is, how long it has been there, its chances, and what is wrong.

use libm::exp;
use rayon::prelude::*;

use super::contact::{Contact, Stages};
use super::draws::Setting;
use crate::fit::log::{Dated, Day};
use crate::fit::walk::{End, State, Walks};
use crate::random::key::StreamKey;
use crate::records::deals::{Moment, NameId};

/// Walks of each deal: the standard error of a chance is at most 3 percentage points.
const WALKS: u64 = 256;

/// How far a deal is followed beyond the horizon, in days.
const FAR: f64 = 730.0;

/// A deal with more than this share of the sum of all open deals is named.
pub(super) const LARGE: f64 = 0.2;

/// The fewest exits from a stage whose usual time is known.
pub(super) const FEWEST_EXITS: usize = 10;

/// A risk of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// It has been in its stage longer than nine of ten deals that moved on from it.
    TooLong,
    /// It is older than nine of ten won deals were; said where the file has no stages.
    TooOld,
    /// Its chance is under half of what it was when it came to the stage.
    Halved,
    /// It holds more than a fifth of the sum of all open deals.
    Large,
}

/// An open deal.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenDeal {
    /// Its index in the deals of the file.
    pub row: usize,
    /// Its stage; none where the file does not say it for the cut-off.
    pub stage: Option<NameId>,
    /// Days in that stage, or since its creation.
    pub days: f64,
    /// The middle and the high time of deals that moved on from that stage or were won, in days.
    pub usual: Option<[f64; 2]>,
    /// What it brings if it is won.
    pub amount: f64,
    /// Whether the amount is its own, rather than the mean of earlier wins.
    pub is_own: bool,
    /// The chance to be won within the horizon.
    pub chance: f64,
    /// The chance to be won at all, as far as two years show.
    pub ever: f64,
    /// The day on which half of the wins have come, if it is won.
    pub median: Option<Day>,
    /// The chance that somebody typed.
    pub typed: Option<f64>,
    /// The end that somebody planned.
    pub planned: Option<Day>,
    /// Its risks.
    pub risks: Vec<Risk>,
    /// When to speak with the client next, and what for.
    pub contact: Contact,
}

/// The results of the walks of a deal.
struct Chances {
    within: f64,
    ever: f64,
    median: Option<Day>,
}

/// Follows each open deal. Deals are sorted by their next contact, and within a day by chance times
/// amount, the largest first.
pub fn open_deals(setting: &Setting) -> Vec<OpenDeal> {
    let Setting { log, fitted, days, .. } = *setting;
    let until = fitted.cut + days as f64 + FAR;
    let classes = fitted.classes.until(until);
    let walks = Walks::new(&fitted.mean, &classes, until);
    let (stages, factor) = (Stages::new(log, fitted.cut), factor(setting));
    let horizon = fitted.cut + days as f64;
    let entry: Vec<f64> = (0..log.stages as u16)
        .into_par_iter()
        .map(|stage| {
            let state = State { stage, entered: fitted.cut, now: fitted.cut, pace: 1.0 };
            chances(&walks, state, factor, (u64::from(stage), until)).ever
        })
        .collect();
    let follow = |deal: &&Dated| {
        let (state, multiple) = (fitted.state(deal), fitted.multiple(deal.row, false));
        let chances = chances(&walks, state, factor * multiple, (deal.row as u64, horizon));
        // A kind of deals that is won less often comes with a lower chance.
        let at_entry = entry[usize::from(state.stage)] * multiple.min(1.0);
        let is_halved = chances.ever < at_entry / 2.0;
        describe(setting, deal, &stages, (chances, is_halved))
    };
    let mut deals: Vec<OpenDeal> = open(setting).par_iter().map(follow).collect();
    let sum: f64 = deals.iter().map(|deal| deal.amount).sum();
    for deal in &mut deals {
        if deal.amount > LARGE * sum {
            deal.risks.push(Risk::Large);
        }
    }
    in_order(&mut deals);
    deals
}

/// Sorts deals by the day of the next contact; of those on one day, the one with the greatest stake is first.
pub(super) fn in_order(deals: &mut [OpenDeal]) {
    let day = |deal: &OpenDeal| deal.contact.day.unwrap_or(f64::INFINITY);
    let stake = |deal: &OpenDeal| deal.ever * deal.amount.max(1.0);
    deals.sort_by(|a, b| day(a).total_cmp(&day(b)).then(stake(b).total_cmp(&stake(a))));
}

/// The chance of each open deal to be won within the horizon, by its index in the file.
pub fn chances_within(setting: &Setting) -> Vec<(usize, f64)> {
    let Setting { fitted, days, .. } = *setting;
    let until = fitted.cut + days as f64;
    let walks = Walks::new(&fitted.mean, &fitted.classes, until);
    let factor = factor(setting);
    let follow = |deal: &&Dated| {
        let factor = factor * fitted.multiple(deal.row, false);
        let chances = chances(&walks, fitted.state(deal), factor, (deal.row as u64, until));
        (deal.row, chances.within)
    };
    open(setting).par_iter().map(follow).collect()
}

fn open<'a>(setting: &Setting<'a>) -> Vec<&'a Dated> {
    let Setting { log, fitted, .. } = *setting;
    log.deals.iter().filter(|deal| deal.is_open(fitted.cut)).collect()
}

/// The factor on rates of wins by which past forecasts correct the chances.
fn factor(setting: &Setting) -> f64 {
    setting.responses.open.factor(exp(setting.choice.open.bias))
}

fn chances(walks: &Walks, state: State, factor: f64, (ordinal, horizon): (u64, Day)) -> Chances {
    let walk = |walk| walks.end(state, factor, StreamKey::new(1, walk, "deal").deal(ordinal));
    let mut won: Vec<Day> = (0..WALKS)
        .filter_map(|number| match walk(number) {
            End::Won(day) => Some(day),
            _ => None,
        })
        .collect();
    won.sort_by(f64::total_cmp);
    let within = won.partition_point(|day| *day < horizon);
    let share = |count: usize| count as f64 / WALKS as f64;
    let median = won.get(won.len() / 2).copied();
    Chances { within: share(within), ever: share(won.len()), median }
}

fn describe(
    setting: &Setting,
    deal: &Dated,
    stages: &Stages,
    (chances, is_halved): (Chances, bool),
) -> OpenDeal {
    let Setting { deals, log, fitted, amounts, .. } = *setting;
    let record = &deals.deals[deal.row];
    let stay = deal.stay_at(fitted.cut);
    let known = NameId::from(stay.stage);
    let is_now = fitted.cut >= log.until;
    let of_history = log.is_staged && usize::from(stay.stage) + 1 < log.stages;
    let stage =
        if of_history { Some(known) } else { record.stage.filter(|_| is_now && !log.is_staged) };
    let days = fitted.cut - stay.entered;
    let usual = stages.usual[usize::from(stay.stage)];
    let planned = record.next.map(Moment::days).filter(|_| is_now);
    let own = amounts.of_open(deals, deal.row);
    let is_too_long = usual.is_some_and(|usual| days > usual[1]);
    let too_long = if log.is_staged { Risk::TooLong } else { Risk::TooOld };
    let risks = [(too_long, is_too_long), (Risk::Halved, is_halved)];
    OpenDeal {
        row: deal.row,
        stage,
        days,
        usual,
        amount: own.unwrap_or_else(|| amounts.mean(amounts.level(deals, deal.row))),
        is_own: own.is_some(),
        chance: chances.within,
        ever: chances.ever,
        median: chances.median,
        typed: record.typed_chance.filter(|_| is_now),
        planned: record.expected.map(Moment::days).filter(|_| is_now),
        contact: stages.contact(&stay, fitted.cut, planned),
        risks: risks.into_iter().filter(|risk| risk.1).map(|risk| risk.0).collect(),
    }
}
