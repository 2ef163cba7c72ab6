//! What forecasts reach on real data. The limits lie well above what was measured (docs/data.md) and
//! well below what simple methods reach.

use voronka::study::backtest::{Backtest, Method, Options, Score, Subject, backtest, score};
use voronka::study::forecast::notes::Note;
use voronka::study::forecast::{self, forecast};

use super::{bpi2012, day, maven};

fn options(cut: f64, days: usize) -> forecast::Options {
    forecast::Options { cut: Some(cut), days, draws: 1000, seed: 1, by: None }
}

fn find(scores: &[Score], horizon: usize, subject: Subject, method: Method) -> Score {
    let is =
        |one: &&Score| one.horizon == horizon && one.subject == subject && one.method == method;
    *scores.iter().find(is).unwrap()
}

/// The first and the fifteenth of May to December 2017: 15 cut-offs for 30 days, 11 for 90.
fn maven_cuts() -> Vec<f64> {
    let all = (5..=12).flat_map(|month| [1, 15].map(|date| day(2017, month, date)));
    all.filter(|cut| *cut <= day(2017, 12, 1)).collect()
}

fn tested(deals: &voronka::records::deals::Deals, cuts: Vec<f64>, horizons: &[usize]) -> Backtest {
    let horizons = horizons.to_vec();
    let options = Options { every: 30, horizons, cuts: Some(cuts), draws: 1000, seed: 1 };
    backtest(deals, &options, |_, _| true).unwrap()
}

#[test]
fn bookings_of_open_deals_of_maven_are_near_what_came_in_two_quarters() {
    let Some(deals) = maven() else { return };
    for (cut, came) in [(day(2017, 7, 1), 1_421_254.0), (day(2017, 10, 1), 1_219_993.0)] {
        let found = forecast(&deals, &options(cut, 90));
        let error = found.open.bookings.p50 / came - 1.0;
        println!("{cut}: {error:+.3}");
        assert!(error.abs() <= 0.16, "{error}");
    }
}

#[test]
fn a_month_of_closings_proves_nothing_about_a_quarter() {
    let Some(deals) = maven() else { return };
    let found = forecast(&deals, &options(day(2017, 4, 1), 90));
    assert!(found.notes.iter().any(|note| matches!(note, Note::Unproven { history: 31.0, .. })));
    let bookings = found.open.bookings;
    let width = (bookings.p90 - bookings.p10) / bookings.p50;
    println!("width {width}");
    assert!((0.4..=1.5).contains(&width), "{width}");
}

#[test]
fn forecasts_of_maven_miss_by_less_than_simple_methods() {
    let Some(deals) = maven() else { return };
    let found = tested(&deals, maven_cuts(), &[30, 90]);
    let scores = score(&found);
    scores.iter().for_each(|score| println!("{score:?}"));
    let error = |horizon, subject, method| find(&scores, horizon, subject, method).error;
    for (horizon, subject, method, limit) in [
        (30, Subject::OpenBookings, Method::Forecast, 0.18),
        (90, Subject::OpenBookings, Method::Forecast, 0.12),
        (30, Subject::AllBookings, Method::Model, 0.10),
        (90, Subject::AllBookings, Method::Model, 0.12),
        (30, Subject::AllBookings, Method::Forecast, 0.07),
        (90, Subject::AllBookings, Method::Forecast, 0.065),
    ] {
        let found = error(horizon, subject, method);
        assert!(found <= limit, "{horizon} {subject:?} {method:?}: {found}");
    }
    for horizon in [30, 90] {
        let open = find(&scores, horizon, Subject::OpenBookings, Method::Forecast);
        assert!(open.bias.abs() <= 0.08, "{open:?}");
        assert!(open.coverage.unwrap() >= 0.6, "{open:?}");
        assert!(error(horizon, Subject::OpenBookings, Method::Crm) > 5.0 * open.error);
    }
    assert_eq!((found.cuts(30), found.cuts(90)), (15, 11));
    let [ours, overall] = found.brier(90).unwrap();
    println!("Brier {ours} {overall}");
    assert!(ours < 0.2 && overall > 0.3, "{ours} {overall}");
}

#[test]
fn forecasts_of_bpi2012_know_which_applications_are_approved() {
    let Some(deals) = bpi2012() else { return };
    let cuts = (0..15).map(|at| day(2011, 11, 15) + f64::from(at) * 6.0).collect();
    let found = tested(&deals, cuts, &[30]);
    let scores = score(&found);
    let open = find(&scores, 30, Subject::OpenOrders, Method::Forecast);
    let [ours, overall] = found.brier(30).unwrap();
    println!("{open:?} Brier {ours} {overall}");
    assert_eq!(open.n, 15);
    assert!(open.error <= 0.08, "{open:?}");
    assert!(ours <= 0.18 && overall > 0.22, "{ours} {overall}");
}
