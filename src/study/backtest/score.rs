//! How good a method was over all cut-offs.

use super::{Backtest, FEWEST_CUTS, Trial};

/// What is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Orders of the deals that were open.
    OpenOrders,
    /// Their bookings.
    OpenBookings,
    /// Orders of these and of new deals.
    AllOrders,
    /// Their bookings.
    AllBookings,
}

impl Subject {
    /// All subjects.
    pub const ALL: [Subject; 4] =
        [Subject::OpenOrders, Subject::OpenBookings, Subject::AllOrders, Subject::AllBookings];

    /// Whether it is money.
    pub fn is_money(self) -> bool {
        matches!(self, Subject::OpenBookings | Subject::AllBookings)
    }

    /// Whether it is of open deals only.
    pub fn is_open(self) -> bool {
        matches!(self, Subject::OpenOrders | Subject::OpenBookings)
    }
}

/// How something is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// As `forecast` does it.
    Forecast,
    /// The same without the same season before.
    Model,
    /// As much as in the last period.
    LastPeriod,
    /// As a CRM does it: the amounts of all open deals, or their number, times the overall win rate.
    Crm,
    /// The number of open deals times the overall win rate times the mean amount of a win.
    CountTimesMean,
}

/// How good a method was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Days of the horizon.
    pub horizon: usize,
    /// What was forecast.
    pub subject: Subject,
    /// How.
    pub method: Method,
    /// Cut-offs in which something came.
    pub n: usize,
    /// The mean absolute error of the middle value, relative to what came.
    pub error: f64,
    /// The mean error with its sign.
    pub bias: f64,
    /// The share of cut-offs whose 80 % interval contained what came; none for single numbers and for
    /// fewer than four cut-offs.
    pub coverage: Option<f64>,
    /// The mean width of the interval, relative to the middle value; none for single numbers.
    pub width: Option<f64>,
    /// The mean score (CRPS), relative to what came.
    pub crps: f64,
}

/// The scores of all methods.
pub fn score(backtest: &Backtest) -> Vec<Score> {
    let mut keys: Vec<(usize, Subject, Method)> =
        backtest.trials.iter().map(|one| (one.horizon, one.subject, one.method)).collect();
    keys.sort_unstable();
    keys.dedup();
    let of = |(horizon, subject, method)| {
        let trials = backtest.trials.iter().filter(move |one| {
            one.horizon == horizon && one.subject == subject && one.method == method
        });
        of_trials(&trials.collect::<Vec<_>>())
    };
    keys.into_iter().filter_map(of).collect()
}

fn of_trials(trials: &[&Trial]) -> Option<Score> {
    let first = trials.first()?;
    let came: Vec<&&Trial> = trials.iter().filter(|one| one.came > 0.0).collect();
    let n = came.len();
    let mean =
        |of: &dyn Fn(&Trial) -> f64| came.iter().map(|one| of(one)).sum::<f64>() / n.max(1) as f64;
    let error = |one: &Trial| one.said.p50 / one.came - 1.0;
    let is_spread = matches!(first.method, Method::Forecast | Method::Model);
    let width = |one: &Trial| {
        if one.said.p50 > 0.0 { (one.said.p90 - one.said.p10) / one.said.p50 } else { 0.0 }
    };
    (n > 0).then(|| Score {
        horizon: first.horizon,
        subject: first.subject,
        method: first.method,
        n,
        error: mean(&|one| error(one).abs()),
        bias: mean(&error),
        coverage: (is_spread && n >= FEWEST_CUTS)
            .then(|| mean(&|one| f64::from(u8::from(one.said.holds(one.came))))),
        width: is_spread.then(|| mean(&width)),
        crps: mean(&|one| one.crps / one.came),
    })
}
