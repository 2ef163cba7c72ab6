//! Chooses how to make a forecast, from past ones: which season, which correction, and how much
//! weight the same season before gets beside the model.
//!
//! A method is judged by its past errors after the correction that was known at that time. The model
//! and the same season before are combined with weights inverse to their squared errors (Bates and
//! Granger 1969, *Operational Research Quarterly* 20).

use libm::exp;

use super::past::{Part, Past, checked, observed, past};
use crate::fit::calibration::{Calibration, UNKNOWN};
use crate::fit::log::{Day, Log};
use crate::fit::multiples::Split;
use crate::fit::season::{Season, months_before};
use crate::fit::segments::{Column, columns, is_leak};
use crate::records::deals::Deals;

/// Days of closings from which the month of the year can be a season.
const TWO_YEARS: f64 = 730.0;

/// The prior variance of an error in logarithms, worth [`PRIOR_ERRORS`] horizons.
const PRIOR_VARIANCE: f64 = 0.12 * 0.12;
const PRIOR_ERRORS: f64 = 1.0;

/// The same season before is not used if it is farther from the model than so many standard
/// deviations of their past difference: something has changed since.
const FARTHEST: f64 = 3.0;

/// The past forecasts of each season that is possible.
#[derive(Debug, Clone)]
pub struct Experience {
    /// The seasons with their past forecasts.
    ways: Vec<(Season, Vec<Past>)>,
    /// The columns whose multiples may be used.
    splits: Vec<Split>,
}

/// What was chosen for a forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// The season.
    pub season: Season,
    /// The correction of open deals.
    pub open: Calibration,
    /// The correction of new deals.
    pub new: Calibration,
    /// The same season before.
    pub before: Option<Before>,
    /// The column whose levels have chances of their own.
    pub segment: Option<Column>,
}

/// The same season before, as a second forecast of the orders.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Before {
    /// Orders then, in as many days.
    pub orders: f64,
    /// Its weight, from 0 to 1.
    pub weight: f64,
    /// The standard deviation of the logarithm of the model over it at past cut-offs.
    pub spread: f64,
    /// The number of past forecasts that the weight comes from.
    pub n: usize,
}

impl Experience {
    /// Repeats forecasts at past days before `until`; `days` is the longest horizon.
    pub fn new(deals: &Deals, log: &Log, until: Day, days: usize) -> Experience {
        let mut seasons = vec![Season::None, Season::MonthOfQuarter];
        if until - log.first_close >= TWO_YEARS {
            seasons.push(Season::MonthOfYear);
        }
        let split = |column| Split::new(deals, column);
        let splits: Vec<Split> = columns(deals).into_iter().map(split).collect();
        let way = |season: Season| (season, past(log, season, (until, days), &splits));
        Experience { ways: seasons.into_iter().map(way).collect(), splits }
    }

    /// Chooses for a forecast; only what was known at its cut-off is used.
    pub fn choose(&self, deals: &Deals, log: &Log, cut: Day, horizon: f64) -> Choice {
        let score = |past: &[Past]| squared_error(past, cut, horizon);
        let allowed = self.ways.iter().filter(|(season, _)| {
            *season != Season::MonthOfYear || cut - log.first_close >= TWO_YEARS
        });
        let scored = allowed.filter_map(|way| Some((score(&way.1)?.0, way)));
        let best = scored.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, way)| way);
        let Some((season, past)) = best else {
            return Choice::NONE;
        };
        let is_used = |at: &usize| !is_leak(deals, log, self.splits[*at].column, cut);
        let at = segment(past, (cut, horizon), (0..self.splits.len()).filter(is_used));
        let is_proven = cut - log.first_close.floor() >= horizon;
        let of = |part| {
            let found = Calibration::of(&checked(past, cut, horizon, part), horizon);
            // Closings shorter than the horizon do not prove the spread.
            let spread = if is_proven { found.spread } else { found.spread.max(UNKNOWN) };
            Calibration { spread, ..found }
        };
        let before = before(log, cut, horizon, *season);
        let before = before.filter(|_| is_proven).map(|orders| {
            weigh(
                log,
                past,
                (cut, horizon),
                Before { orders, weight: 0.5, spread: 0.0, n: 0 },
                *season,
            )
        });
        let segment = at.map(|at| self.splits[at].column);
        Choice { season: *season, open: of(Part::Open), new: of(Part::New), before, segment }
    }
}

impl Choice {
    /// A choice without any past forecast.
    pub const NONE: Choice = Choice {
        season: Season::None,
        open: Calibration::NONE,
        new: Calibration::NONE,
        before: None,
        segment: None,
    };

    /// The factor on the total that the same season before asks for, if the model expects `orders`;
    /// 1 where the two are too far apart.
    pub fn factor(&self, orders: f64) -> f64 {
        let of = |before: &Before| {
            let apart = libm::log((before.orders + 0.5) / (orders + 0.5));
            let is_far = apart.abs() > FARTHEST * before.spread;
            if is_far { 1.0 } else { exp(before.weight * apart) }
        };
        self.before.as_ref().map_or(1.0, of)
    }
}

/// Orders in the same season before; none unless closings were recorded all that time.
fn before(log: &Log, cut: Day, horizon: f64, season: Season) -> Option<f64> {
    let mut months = season.months();
    while months_before(cut, months) + horizon > cut + 1.0 {
        months += season.months();
    }
    let start = months_before(cut, months);
    (start >= log.first_close.floor())
        .then(|| observed(log, start, horizon as usize).until(horizon, Part::All))
}

/// The column whose multiples told best which deals were won, if they did.
fn segment(
    made: &[Past],
    (cut, horizon): (Day, f64),
    columns: impl Iterator<Item = usize>,
) -> Option<usize> {
    let gain = |at: usize| {
        let known = made.iter().map(|past| (past, (cut - past.made).floor().min(horizon)));
        let known = known.filter(|known| known.1 >= 7.0);
        let gain: f64 = known.map(|(past, days)| past.by[at].gain(days)).sum();
        (gain > 0.0).then_some((gain, at))
    };
    columns.filter_map(gain).max_by(|a, b| a.0.total_cmp(&b.0)).map(|best| best.1)
}

/// The mean squared error of past forecasts of open deals, each with the correction known at its
/// time, and the days that they cover.
fn squared_error(made: &[Past], cut: Day, horizon: f64) -> Option<(f64, f64)> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for one in checked(made, cut, horizon, Part::Open) {
        let known = checked(made, one.made, horizon, Part::Open);
        let bias = Calibration::of(&known, horizon).bias;
        sum += one.days * (one.error() - bias).powi(2);
        weight += one.days;
    }
    (weight > 0.0).then(|| (sum / weight, weight))
}

/// Weighs the same season before by the errors of both at past cut-offs. Only past forecasts whose
/// horizon has passed by at least half are compared.
fn weigh(
    log: &Log,
    past: &[Past],
    (cut, horizon): (Day, f64),
    before_now: Before,
    season: Season,
) -> Before {
    let prior = PRIOR_ERRORS * horizon;
    let (mut model, mut other) = (prior * PRIOR_VARIANCE, prior * PRIOR_VARIANCE);
    let (mut days, mut n) = (prior, 0);
    for one in checked(past, cut, horizon, Part::All) {
        let same = before(log, one.made, one.days, season);
        let Some(same) = same.filter(|_| one.days >= horizon / 2.0) else { continue };
        let Some(made) = past.iter().find(|past| past.made == one.made) else { continue };
        let of = |part| {
            let known = checked(past, one.made, horizon, part);
            exp(Calibration::of(&known, horizon).bias) * made.expected.until(one.days, part)
        };
        let expected = of(Part::Open) + of(Part::New);
        let error = |forecast: f64| libm::log((one.observed + 0.5) / (forecast + 0.5)).powi(2);
        model += one.days * error(expected);
        other += one.days * error(same);
        days += one.days;
        n += 1;
    }
    let spread = libm::sqrt((model + other) / days);
    Before { weight: model / (model + other), spread, n, ..before_now }
}
