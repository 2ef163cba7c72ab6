//! `backtest`: how far would forecasts at past days have missed?
//!
//! The forecast is repeated at past cut-offs with what was known then, and compared with what came.
//! Beside it stand the simple methods that it must beat: the amounts of all open deals times the
//! overall win rate, as a CRM does it; the open deals times that rate times the mean win; and the
//! same as in the last period.

mod score;

pub use score::{Method, Score, Subject, score};

use super::forecast::Options as ForecastOptions;
use super::forecast::actual;
use super::forecast::choice::Experience;
use super::forecast::deals::chances_within;
use super::forecast::draws::{Draw, Flow, Setting, Sum, draws};
use super::forecast::fitted::Fitted;
use super::forecast::outlook::{Spread, crps};
use crate::fit::amounts::{Amounts, amount};
use crate::fit::log::{Day, Log};
use crate::records::deals::Deals;

/// The fewest cut-offs whose coverage says something.
pub const FEWEST_CUTS: usize = 4;

/// How a backtest is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Days between cut-offs.
    pub every: usize,
    /// Horizons in days.
    pub horizons: Vec<usize>,
    /// Cut-offs, instead of those every so many days.
    pub cuts: Option<Vec<Day>>,
    /// Draws of each forecast.
    pub draws: usize,
    /// The seed.
    pub seed: u64,
}

/// One method for one subject at one cut-off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// The cut-off.
    pub cut: Day,
    /// Days of the horizon.
    pub horizon: usize,
    /// What was forecast.
    pub subject: Subject,
    /// How.
    pub method: Method,
    /// The forecast: without an interval, all three values are the same.
    pub said: Spread,
    /// What came.
    pub came: f64,
    /// The continuous ranked probability score; of a single number it is the absolute error.
    pub crps: f64,
}

/// How good the chances of single deals were at one cut-off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chances {
    /// The cut-off.
    pub cut: Day,
    /// Days of the horizon.
    pub horizon: usize,
    /// Open deals.
    pub deals: u64,
    /// The sum of squared differences between chances and what came.
    pub ours: f64,
    /// The same with the overall win rate as the chance of every deal.
    pub overall: f64,
    /// Deals that were won within the horizon.
    pub won: u64,
}

/// The result of a backtest.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Backtest {
    /// How it was made.
    pub options: Options,
    /// All trials, by horizon and cut-off.
    pub trials: Vec<Trial>,
    /// Chances of deals, by horizon and cut-off.
    pub chances: Vec<Chances>,
    /// The currency of the file.
    pub currency: Option<String>,
    /// The first day of recorded closings and the day after the last fact.
    pub span: [Day; 2],
}

impl Backtest {
    /// The number of cut-offs of a horizon.
    pub fn cuts(&self, horizon: usize) -> usize {
        self.chances.iter().filter(|one| one.horizon == horizon).count()
    }

    /// The Brier scores of a horizon: ours and with the overall win rate (Brier 1950).
    pub fn brier(&self, horizon: usize) -> Option<[f64; 2]> {
        let of = self.chances.iter().filter(|one| one.horizon == horizon);
        let sums = of.fold((0.0, 0.0, 0.0), |sum, one| {
            (sum.0 + one.deals as f64, sum.1 + one.ours, sum.2 + one.overall)
        });
        (sums.0 > 0.0).then(|| [sums.1 / sums.0, sums.2 / sums.0])
    }
}

/// Days of closings before the first cut-off.
const FIRST: f64 = 60.0;

/// The cut-offs of a horizon: every so many days, counted back from the last one that the file can
/// check, as long as 60 days of closings lie before it.
pub fn cuts(log: &Log, every: usize, horizon: usize) -> Vec<Day> {
    let mut cuts = Vec::new();
    let mut cut = log.until - horizon as f64;
    while cut >= log.first_close.floor() + FIRST {
        cuts.push(cut);
        cut -= every as f64;
    }
    cuts.reverse();
    cuts
}

/// Repeats forecasts at past cut-offs. `step` hears after each how many are done and how many there
/// are; it says whether to go on.
pub fn backtest(
    deals: &Deals,
    options: &Options,
    mut step: impl FnMut(usize, usize) -> bool,
) -> Option<Backtest> {
    let log = Log::new(deals);
    let longest = options.horizons.iter().copied().max().unwrap_or(1);
    let experience = Experience::new(deals, &log, log.until, longest);
    let of = |horizon: &usize| {
        let last = log.until - *horizon as f64;
        let cuts = options.cuts.clone().unwrap_or_else(|| cuts(&log, options.every, *horizon));
        let cuts = cuts.into_iter().filter(|cut| *cut <= last);
        cuts.map(|cut| (*horizon, cut)).collect::<Vec<_>>()
    };
    let all: Vec<(usize, Day)> = options.horizons.iter().flat_map(of).collect();
    let mut found = Backtest {
        options: options.clone(),
        trials: Vec::new(),
        chances: Vec::new(),
        currency: deals.currency.clone(),
        span: [log.first_close, log.until],
    };
    for (done, (horizon, cut)) in all.iter().enumerate() {
        let trial = At { deals, log: &log, experience: &experience, cut: *cut, horizon: *horizon };
        trial.add_to(&mut found, options);
        if !step(done + 1, all.len()) {
            return None;
        }
    }
    Some(found)
}

/// One cut-off and horizon.
struct At<'a> {
    deals: &'a Deals,
    log: &'a Log,
    experience: &'a Experience,
    cut: Day,
    horizon: usize,
}

impl At<'_> {
    fn add_to(&self, found: &mut Backtest, options: &Options) {
        let (days, cut) = (self.horizon, self.cut);
        let choice = self.experience.choose(self.deals, self.log, cut, days as f64);
        let fitted = Fitted::new(self.log, cut, choice.season, days as f64);
        let fitted = match choice.segment {
            Some(column) => fitted.with(self.deals, self.log, (column, days)),
            None => fitted,
        };
        let amounts = Amounts::fit(self.deals, self.log, cut);
        let responses = fitted.responses(self.log, days);
        let setting = Setting {
            deals: self.deals,
            log: self.log,
            fitted: &fitted,
            choice: &choice,
            responses: &responses,
            amounts: &amounts,
            days,
            by: None,
            booking: None,
        };
        let draws = draws(&setting, options.draws, options.seed);
        let open = |draw: &Draw| draw.open.sum(0..days);
        let whole = |flow: &Flow| flow.sum(0..days);
        let total = |draw: &Draw| whole(&draw.open) + whole(&draw.new);
        let orders = draws.iter().map(|draw| total(draw).orders).collect();
        let factor = choice.factor(Spread::of(orders).p50);
        let came = [self.came(true), self.came(false)];
        let naive = self.naive(&setting);
        for (subject, is_money) in Subject::ALL.map(|subject| (subject, subject.is_money())) {
            if is_money && !amounts.is_known() {
                continue;
            }
            let of = |sum: Sum| if is_money { sum.bookings } else { sum.orders };
            let came = of(came[usize::from(!subject.is_open())]);
            let mut add = |method, values: Vec<f64>| {
                let crps = crps(values.clone(), came);
                let said = Spread::of(values);
                let horizon = days;
                found.trials.push(Trial { cut, horizon, subject, method, said, came, crps });
            };
            if subject.is_open() {
                add(Method::Forecast, draws.iter().map(|draw| of(open(draw))).collect());
                add(Method::Crm, vec![if is_money { naive.crm } else { naive.orders }]);
                if is_money {
                    add(Method::CountTimesMean, vec![naive.orders * naive.mean]);
                }
            } else {
                let model: Vec<f64> = draws.iter().map(|draw| of(total(draw))).collect();
                add(Method::Forecast, model.iter().map(|value| factor * value).collect());
                add(Method::Model, model);
                if cut - days as f64 >= self.log.first_close.floor() {
                    let last = actual(self.deals, self.log, (cut - days as f64, cut));
                    add(Method::LastPeriod, vec![of(last)]);
                }
            }
        }
        found.chances.push(self.chances(&setting, naive.rate));
    }

    /// What came within the horizon, of the deals that were open or of all.
    fn came(&self, only_open: bool) -> Sum {
        let end = self.cut + self.horizon as f64;
        let won = self.log.deals.iter().filter(|deal| deal.is_won_in(self.cut, end));
        let counted = won.filter(|deal| !only_open || deal.created < self.cut);
        counted.fold(Sum::default(), |sum, deal| {
            sum + Sum { orders: 1.0, bookings: amount(self.deals, deal.row).unwrap_or(0.0) }
        })
    }

    fn naive(&self, setting: &Setting) -> Naive {
        let hazards = &setting.fitted.hazards;
        let closed = (hazards.wins + hazards.losses).max(1) as f64;
        let rate = hazards.wins as f64 / closed;
        let open = self.log.deals.iter().filter(|deal| deal.is_open(self.cut));
        let worth = |row| {
            let level = setting.amounts.level(self.deals, row);
            setting.amounts.of_open(self.deals, row).unwrap_or_else(|| setting.amounts.mean(level))
        };
        let (count, sum) = open.fold((0.0, 0.0), |(n, sum), deal| (n + 1.0, sum + worth(deal.row)));
        let mean = setting.amounts.mean(None);
        Naive { rate, orders: rate * count, crm: rate * sum, mean }
    }

    fn chances(&self, setting: &Setting, rate: f64) -> Chances {
        let end = self.cut + self.horizon as f64;
        let mut won = vec![false; self.deals.deals.len()];
        for deal in self.log.deals.iter().filter(|deal| deal.is_won_in(self.cut, end)) {
            won[deal.row] = true;
        }
        let mut all = Chances {
            cut: self.cut,
            horizon: self.horizon,
            deals: 0,
            ours: 0.0,
            overall: 0.0,
            won: 0,
        };
        for (row, chance) in chances_within(setting) {
            let came = f64::from(u8::from(won[row]));
            all.deals += 1;
            all.won += u64::from(won[row]);
            all.ours += (chance - came).powi(2);
            all.overall += (rate - came).powi(2);
        }
        all
    }
}

/// The forecasts of simple methods.
struct Naive {
    /// The overall win rate.
    rate: f64,
    /// Open deals times that rate.
    orders: f64,
    /// Their amounts times that rate.
    crm: f64,
    /// The mean amount of a win.
    mean: f64,
}

/// The options of a forecast that a backtest repeats.
pub fn repeated(options: &Options, horizon: usize) -> ForecastOptions {
    let Options { draws, seed, .. } = *options;
    ForecastOptions { cut: None, days: horizon, draws, seed, by: None }
}
