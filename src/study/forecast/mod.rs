//! `forecast`: what do the open deals and the new ones bring within a horizon?
//!
//! Deals that are open at the cut-off are censored, never dropped. Every choice, of the season, of
//! the correction and of the weight of the same season before, comes from past forecasts that the
//! cut-off could have made. Nothing after the cut-off is used.

pub mod books;
pub mod by_model;
pub mod choice;
pub mod contact;
pub mod deals;
pub mod draws;
pub mod fitted;
mod levels;
mod matched;
pub mod notes;
pub mod outlook;
pub mod past;
pub mod plan;

use books::{Booking, Books};
use choice::{Choice, Experience};
use deals::{OpenDeal, open_deals};
use draws::{Draw, Flow, Setting, Sum, draws};
use fitted::Fitted;
use levels::by_level;
use notes::{Note, notes};
use outlook::{Outlook, Spread};
use plan::{Plan, PlanCheck};

use crate::fit::amounts::{Amounts, amount};
use crate::fit::log::{Day, Log};
use crate::fit::season::period_of;
use crate::fit::segments::Column;
use crate::program::Program;
use crate::records::deals::Deals;

/// How a forecast is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The cut-off: the first day that is unknown, in days since 1970-01-01; none for the day after
    /// the latest fact of the file.
    pub cut: Option<Day>,
    /// Days of the horizon.
    pub days: usize,
    /// The number of draws.
    pub draws: usize,
    /// The seed.
    pub seed: u64,
    /// The column whose levels are shown apart.
    pub by: Option<Column>,
}

/// A stretch of the horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Period {
    /// Its kind.
    pub kind: PeriodKind,
    /// Its first day.
    pub from: Day,
    /// The day after its last.
    pub until: Day,
    /// What it brings.
    pub outlook: Outlook,
}

/// The kind of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodKind {
    /// Seven days; the last one may be shorter.
    Week,
    /// A month of the calendar, as far as it lies in the horizon.
    Month,
}

/// A level of the column that divides deals.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Its word; none for deals without one, and for levels that are pooled.
    pub name: Option<String>,
    /// What it brings.
    pub outlook: Outlook,
    /// Its closed deals before the cut-off.
    pub closed: u64,
    /// How many levels it holds that have too few closed deals to stand alone; 0 for one level.
    pub pooled: usize,
}

/// A loss reason with the number of losses in the year before the cut-off.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The reason; none where the file does not say it.
    pub reason: Option<String>,
    /// Deals lost for it.
    pub deals: u64,
}

/// What people typed, beside what the forecast says of the same deals.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Typed {
    /// Deals with a typed chance.
    pub deals: u64,
    /// The sum of amount × typed chance.
    pub typed: f64,
    /// The sum of amount × our chance to win at all.
    pub ours: f64,
    /// The sum of amounts whose planned end lies within the horizon, and our expectation of them
    /// within it.
    pub planned: [f64; 2],
    /// Deals with such a planned end.
    pub planned_deals: u64,
}

/// Cumulative bookings of one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FanDay {
    /// The day after which they are counted.
    pub day: Day,
    /// What came, or what is expected from the cut-off on.
    pub sum: Spread,
}

/// A forecast.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Forecast {
    /// The cut-off.
    pub cut: Day,
    /// How it was made.
    pub options: Options,
    /// What past forecasts chose.
    pub choice: Choice,
    /// Deals that closed before the cut-off: wins and losses.
    pub closed: [u64; 2],
    /// What the open deals bring.
    pub open: Outlook,
    /// What new deals bring.
    pub new: Outlook,
    /// Both together, moved towards the same season before.
    pub total: Outlook,
    /// The factor of that move.
    pub factor: f64,
    /// Orders and bookings of as many days before the cut-off.
    pub last: Sum,
    /// Whether closings were recorded all that time.
    pub has_last: bool,
    /// The total by week and month.
    pub periods: Vec<Period>,
    /// The total by level.
    pub levels: Vec<Level>,
    /// Cumulative bookings before the cut-off and after it.
    pub fan: Vec<FanDay>,
    /// Each open deal, those to look at first.
    pub deals: Vec<OpenDeal>,
    /// Why deals were lost, the most frequent reason first.
    pub refused: Vec<Refused>,
    /// What people typed; nothing where nobody typed or at a past cut-off.
    pub typed: Option<Typed>,
    /// The limits of the forecast.
    pub notes: Vec<Note>,
    /// Whether amounts are known.
    pub has_amounts: bool,
    /// Whether the file has a history of stages; else times in the stage are ages.
    pub is_staged: bool,
    /// The stages of the open deals in the order of the model, by their names in the file; empty where
    /// no model is followed.
    pub stages: Vec<u32>,
    /// The plan beside what came and what is expected; nothing where no plan was given.
    pub plan: Option<PlanCheck>,
    /// Cash and demand of its sales; nothing where no terms were given.
    pub books: Option<Books>,
}

/// The draws of what comes after a cut-off.
#[derive(Debug, Clone, Copy)]
pub struct Future<'a> {
    /// The cut-off.
    pub cut: Day,
    /// Days of the horizon.
    pub days: usize,
    /// The draws.
    pub draws: &'a [Draw],
    /// The factor on the total of each draw.
    pub factor: f64,
}

/// Days before the cut-off whose losses are counted.
const YEAR: f64 = 365.0;

/// What a forecast is asked beside its sums.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// A plan to compare it with.
    pub plan: Option<&'a Plan>,
    /// A model by whose terms sales are booked; [`books::usable`] says whether it can be used for the deals.
    pub terms: Option<&'a Program>,
}

/// Forecasts from the deals of a file.
pub fn forecast(deals: &Deals, options: &Options) -> Forecast {
    forecast_with(deals, options, &Asked::default())
}

/// Forecasts from the deals of a file and answers what was asked beside.
pub fn forecast_with(deals: &Deals, options: &Options, asked: &Asked) -> Forecast {
    let log = Log::new(deals);
    let cut = cut(&log, options.cut);
    let experience = Experience::new(deals, &log, cut, options.days);
    forecast_at(deals, (&log, &experience), cut, (options, asked))
}

/// The cut-off of a forecast that is wanted for one, in days since 1970-01-01.
pub fn cut_of(deals: &Deals, wanted: Option<Day>) -> Day {
    cut(&Log::new(deals), wanted)
}

fn cut(log: &Log, wanted: Option<Day>) -> Day {
    wanted.unwrap_or(log.until).min(log.until)
}

/// Forecasts at a cut-off with past forecasts that are already made.
fn forecast_at(
    deals: &Deals,
    (log, experience): (&Log, &Experience),
    cut: Day,
    (options, asked): (&Options, &Asked),
) -> Forecast {
    let days = options.days;
    let choice = experience.choose(deals, log, cut, days as f64);
    let fitted = Fitted::new(log, cut, choice.season, days as f64);
    let fitted = match choice.segment {
        Some(column) => fitted.with(deals, log, (column, days)),
        None => fitted,
    };
    let amounts = Amounts::fit(deals, log, cut);
    let responses = fitted.responses(log, days);
    let booking = asked.terms.map(|program| Booking::new(program, deals, cut, days));
    let setting = Setting {
        deals,
        log,
        fitted: &fitted,
        choice: &choice,
        responses: &responses,
        amounts: &amounts,
        days,
        by: options.by,
        booking: booking.as_ref(),
    };
    let draws = draws(&setting, options.draws, options.seed);
    let open_deals = open_deals(&setting);
    let whole = |flow: &Flow| flow.sum(0..days);
    let orders = |draw: &Draw| whole(&draw.open).orders + whole(&draw.new).orders;
    let factor = choice.factor(Spread::of(draws.iter().map(orders).collect()).p50);
    let is_last = |from: Day| move |draw: &Draw| sum(draw, (from - cut) as usize..days);
    let future = Future { cut, days, draws: &draws, factor };
    let open_sum = |of_orders: bool| {
        let of = |deal: &OpenDeal| if of_orders { 1.0 } else { deal.amount };
        open_deals.iter().map(of).sum()
    };
    let check = |plan: &Plan| plan::check(plan, (deals, log), &future, open_sum(plan.of_orders));
    Forecast {
        plan: asked.plan.map(check),
        books: booking.as_ref().map(|booking| Books::of(booking, &draws, factor)),
        is_staged: log.is_staged,
        stages: Vec::new(),
        open: Outlook::of(&draws, 1.0, |draw| whole(&draw.open)),
        new: Outlook::of(&draws, 1.0, |draw| whole(&draw.new)),
        total: Outlook::of(&draws, factor, is_last(cut)),
        factor,
        last: actual(deals, log, (cut - days as f64, cut)),
        has_last: cut - log.first_close.floor() >= days as f64,
        periods: periods(&draws, factor, cut, days),
        levels: options
            .by
            .map_or_else(Vec::new, |by| by_level((deals, log), by, (&draws, factor), cut)),
        fan: fan(deals, log, (&draws, factor), (cut, days)),
        refused: refused(deals, log, cut),
        typed: typed(&open_deals, cut + days as f64),
        notes: notes(&setting, options.cut),
        closed: [fitted.hazards.wins, fitted.hazards.losses],
        has_amounts: amounts.is_known(),
        deals: open_deals,
        options: *options,
        cut,
        choice,
    }
}

fn sum(draw: &Draw, days: std::ops::Range<usize>) -> Sum {
    draw.open.sum(days.clone()) + draw.new.sum(days)
}

/// Orders and bookings that came in a stretch of time.
pub fn actual(deals: &Deals, log: &Log, (from, until): (Day, Day)) -> Sum {
    let won = log.deals.iter().filter(|deal| deal.is_won_in(from, until));
    won.fold(Sum::default(), |sum, deal| {
        sum + Sum { orders: 1.0, bookings: amount(deals, deal.row).unwrap_or(0.0) }
    })
}

fn periods(draws: &[Draw], factor: f64, cut: Day, days: usize) -> Vec<Period> {
    let end = cut + days as f64;
    let period = |kind, from: Day, until: Day| {
        let range = (from - cut) as usize..(until - cut) as usize;
        let outlook = Outlook::of(draws, factor, |draw| sum(draw, range.clone()));
        Period { kind, from, until, outlook }
    };
    let week = |from: usize| {
        let from = cut + from as f64;
        period(PeriodKind::Week, from, (from + 7.0).min(end))
    };
    let mut periods: Vec<Period> = (0..days).step_by(7).map(week).collect();
    let mut from = cut;
    while from < end {
        let until = period_of(from, 1)[1].min(end);
        periods.push(period(PeriodKind::Month, from, until));
        from = until;
    }
    periods
}

/// Cumulative bookings: as many days before the cut-off as after it, 0 at the cut-off. Where there
/// are no amounts, orders.
fn fan(
    deals: &Deals,
    log: &Log,
    (draws, factor): (&[Draw], f64),
    (cut, days): (Day, usize),
) -> Vec<FanDay> {
    let has_amounts = draws.iter().any(|draw| sum(draw, 0..days).bookings > 0.0);
    let of = |sum: Sum| if has_amounts { sum.bookings } else { sum.orders };
    let mut past = vec![0.0; days];
    for deal in log.deals.iter().filter(|deal| deal.is_won_in(cut - days as f64, cut)) {
        let one = Sum { orders: 1.0, bookings: amount(deals, deal.row).unwrap_or(0.0) };
        past[((cut - deal.closed) as usize).min(days - 1)] += of(one);
    }
    let mut fan = Vec::with_capacity(2 * days + 1);
    let mut sum_so_far = 0.0;
    for back in (0..days).rev() {
        sum_so_far += past[back];
        let sum = Spread { p10: sum_so_far, p50: sum_so_far, p90: sum_so_far };
        fan.push(FanDay { day: cut - back as f64, sum });
    }
    let mut sums = vec![sum_so_far; draws.len()];
    for day in 0..days {
        for (total, draw) in sums.iter_mut().zip(draws) {
            *total += factor * of(sum(draw, day..day + 1));
        }
        fan.push(FanDay { day: cut + day as f64 + 1.0, sum: Spread::of(sums.clone()) });
    }
    fan
}

fn refused(deals: &Deals, log: &Log, cut: Day) -> Vec<Refused> {
    let mut counts = vec![0u64; deals.reasons.len() + 1];
    let recent =
        log.deals.iter().filter(|deal| !deal.won && deal.closed < cut && deal.closed >= cut - YEAR);
    for deal in recent {
        let reason = deals.deals[deal.row].reason;
        counts[reason.map_or(deals.reasons.len(), |reason| reason as usize)] += 1;
    }
    let names = deals.reasons.words().iter().cloned().map(Some).chain([None]);
    let refused = names.zip(counts).map(|(reason, deals)| Refused { reason, deals });
    let mut refused: Vec<Refused> = refused.filter(|refused| refused.deals > 0).collect();
    refused.sort_by_key(|refused| std::cmp::Reverse(refused.deals));
    refused
}

fn typed(deals: &[OpenDeal], end: Day) -> Option<Typed> {
    let mut all = Typed::default();
    for deal in deals {
        if let Some(chance) = deal.typed {
            all.deals += 1;
            all.typed += chance * deal.amount;
            all.ours += deal.ever * deal.amount;
        }
        if deal.planned.is_some_and(|planned| planned < end) {
            all.planned_deals += 1;
            all.planned[0] += deal.amount;
            all.planned[1] += deal.chance * deal.amount;
        }
    }
    (all.deals + all.planned_deals > 0).then_some(all)
}
