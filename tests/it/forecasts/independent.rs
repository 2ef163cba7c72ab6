//! Twelve open deals, each with its own chance and amount: the number of orders and their sum are
//! known exactly (a Poisson binomial distribution, and a convolution over whole amounts).

use voronka::fit::amounts::Amounts;
use voronka::fit::arrivals::Arrivals;
use voronka::fit::calibration::Calibration;
use voronka::fit::cohorts::Cohorts;
use voronka::fit::hazards::Hazards;
use voronka::fit::log::{Dated, Exit, Log, Stay, Undated};
use voronka::fit::rates::{Rates, StageRates};
use voronka::fit::season::{Classes, Season};
use voronka::records::deals::{Deal, Deals, Moment};
use voronka::study::forecast::choice::Choice;
use voronka::study::forecast::draws::{Setting, draws};
use voronka::study::forecast::fitted::Fitted;

use super::{blank, day};

/// The chance and the amount of each deal.
const DEALS: [(f64, f64); 12] = [
    (0.143, 50.0),
    (0.568, 140.0),
    (0.3, 235.0),
    (0.572, 275.0),
    (0.005, 70.0),
    (0.275, 145.0),
    (0.163, 5.0),
    (0.111, 80.0),
    (0.08, 60.0),
    (0.715, 45.0),
    (0.323, 150.0),
    (0.086, 245.0),
];

const DRAWS: usize = 20_000;

/// A normal quantile: 14 quantities with a false alarm of 1e-6 in all.
const Z: f64 = 5.4;

/// Rates so high that each deal ends on the first day, won with its chance.
fn rates() -> Rates {
    let stage = |(chance, _): (f64, f64)| StageRates {
        edges: vec![f64::INFINITY],
        others: vec![Exit::Lost],
        wins: vec![100.0 * chance],
        rest: vec![100.0 * (1.0 - chance)],
        sums: vec![100.0 * (1.0 - chance)],
    };
    Rates { stages: DEALS.map(stage).into(), classes: 1 }
}

/// Each draw: the number of orders and their sum.
fn drawn() -> Vec<[f64; 2]> {
    let cut = day(2026, 6, 1);
    let deal = |(at, (_, amount)): (usize, (f64, f64))| Deal {
        created: Some(Moment::of_day(cut as i64 - 1)),
        amount: Some(amount),
        ..blank(&format!("D{}", at + 1))
    };
    let deals =
        Deals { deals: DEALS.into_iter().enumerate().map(deal).collect(), ..Deals::default() };
    let dated = |row: usize| {
        let (created, closed) = (cut - 1.0, f64::INFINITY);
        let stay = Stay { stage: row as u16, entered: created, left: closed, exit: Exit::Lost };
        Dated { row, created, closed, won: false, stays: vec![stay] }
    };
    let log = Log {
        deals: (0..DEALS.len()).map(dated).collect(),
        undated: Undated::default(),
        stages: DEALS.len(),
        is_staged: false,
        first_close: f64::INFINITY,
        until: cut,
    };
    let classes = Classes::new(Season::None, cut - 2.0, cut + 3.0);
    let fitted = Fitted {
        cut,
        hazards: Hazards::fit(&log, cut, &classes),
        classes,
        mean: rates(),
        cohorts: Cohorts::NONE,
        arrivals: Arrivals { mean: 0.0, variance: 0.0, weeks: 1, mix: Vec::new() },
        segment: None,
    };
    // Nothing to correct, and nothing uncertain.
    let sure = Calibration { bias: 0.0, spread: 0.0, n: 3 };
    let season = Season::None;
    let choice = Choice { season, open: sure, new: sure, before: None, segment: None };
    let setting = Setting {
        deals: &deals,
        log: &log,
        fitted: &fitted,
        choice: &choice,
        responses: &fitted.responses(&log, 2),
        amounts: &Amounts::fit(&deals, &log, cut),
        days: 2,
        by: None,
        booking: None,
    };
    let sums = draws(&setting, DRAWS, 1);
    sums.iter().map(|draw| draw.open.sum(0..2)).map(|sum| [sum.orders, sum.bookings]).collect()
}

/// The share of values that a condition holds for.
fn share(values: &[f64], is: impl Fn(f64) -> bool) -> f64 {
    values.iter().filter(|value| is(**value)).count() as f64 / values.len() as f64
}

#[test]
fn sums_of_independent_deals_are_distributed_as_theory_says() {
    let drawn = drawn();
    let n = DRAWS as f64;
    let won: Vec<f64> = drawn.iter().map(|draw| draw[0]).collect();
    let sum: Vec<f64> = drawn.iter().map(|draw| draw[1]).collect();
    for (values, mean, sd) in
        [(&won, 3.341, 1.355_305_500_616), (&sum, 470.885, 224.486_764_253_485)]
    {
        let found = values.iter().sum::<f64>() / n;
        assert!((found - mean).abs() <= Z * sd / n.sqrt(), "{found} {mean}");
        let moment = |k| values.iter().map(|value| (value - found).powi(k)).sum::<f64>() / n;
        let (second, fourth) = (moment(2), moment(4));
        // The standard error of a standard deviation (delta method).
        let error = ((fourth - second * second) / (4.0 * second * n)).sqrt();
        assert!((second.sqrt() - sd).abs() <= Z * error, "{} {sd}", second.sqrt());
    }
    // The smallest value that is reached or stayed under with chance p.
    for (values, p, quantile) in [
        (&won, 0.05, 1.0),
        (&won, 0.1, 2.0),
        (&won, 0.5, 3.0),
        (&won, 0.9, 5.0),
        (&won, 0.95, 6.0),
        (&sum, 0.05, 105.0),
        (&sum, 0.1, 185.0),
        (&sum, 0.5, 465.0),
        (&sum, 0.9, 760.0),
        (&sum, 0.95, 845.0),
    ] {
        let error = Z * (p * (1.0 - p) / n).sqrt();
        let (under, until) = (share(values, |v| v < quantile), share(values, |v| v <= quantile));
        assert!(under < p + error && until >= p - error, "{p} {quantile}: {under} {until}");
    }
    let (p, found) = (0.479_881_210_390, share(&sum, |sum| sum >= 470.0));
    assert!((found - p).abs() <= Z * (p * (1.0 - p) / n).sqrt(), "{found}");
}
