//! Nothing after the cut-off changes a forecast: the same deals with another future give the same
//! forecast, to the last digit.

use voronka::records::deals::{Deals, Moment, Outcome};
use voronka::study::forecast::{Forecast, Options, forecast};

use super::coverage::{Truth, synthetic};
use super::{day, maven};

/// The deals with another future: what closed after the cut-off closes otherwise, open deals close,
/// amounts, chances and reasons are filled, and more deals arrive.
fn planted(deals: &Deals, cut: f64) -> Deals {
    let mut other = deals.clone();
    let reason = other.reasons.id("planted");
    let late = |days: f64| Some(Moment(((cut + days) * 86_400e6) as i64));
    let mut of_segments: Vec<Option<u32>> =
        other.segments.iter().map(|segment| (!segment.levels.is_empty()).then_some(0)).collect();
    for (at, deal) in other.deals.iter_mut().enumerate() {
        let is_known = deal.closed.is_some_and(|closed| closed.days() < cut);
        if is_known || deal.created.is_none_or(|created| created.days() >= cut) {
            continue;
        }
        deal.outcome = if at % 3 == 0 { Outcome::Lost } else { Outcome::Won };
        deal.closed = late(5.0 + (at % 40) as f64);
        deal.amount = Some(1e9);
        deal.reason = Some(reason);
        deal.typed_chance = Some(1.0);
        deal.expected = late(1.0);
    }
    for number in 0..200 {
        let id = format!("planted {number}");
        let created = late(f64::from(number) / 10.0 + 0.5);
        let (closed, outcome) = (late(60.0), Outcome::Won);
        let blank = super::blank(&id);
        other.deals.push(voronka::records::deals::Deal {
            created,
            closed,
            outcome,
            amount: Some(1e9),
            ..blank
        });
        for (segment, level) in other.segments.iter_mut().zip(&mut of_segments) {
            segment.of_deal.push(*level);
        }
    }
    // Stays that begin later are the future too.
    other.visits.retain(|visit| visit.entered.days() < cut);
    other.until = late(400.0);
    other
}

/// All that a forecast says, without what the rest of the file says of itself.
fn said(forecast: &Forecast) -> String {
    let Forecast { open, new, total, last, periods, fan, deals, choice, closed, .. } = forecast;
    format!(
        "{open:?} {new:?} {total:?} {last:?} {periods:?} {fan:?} {deals:?} {choice:?} {closed:?}"
    )
}

fn compare(deals: &Deals, cut: f64) {
    let options = Options { cut: Some(cut), days: 45, draws: 60, seed: 3, by: None };
    let first = forecast(deals, &options);
    let other = forecast(&planted(deals, cut), &options);
    assert!(!first.deals.is_empty() && first.total.orders.p50 > 0.0);
    assert_eq!(said(&first), said(&other));
}

#[test]
fn the_future_of_synthetic_deals_changes_no_forecast() {
    let deals = synthetic(&Truth { weekly: 25.0, ..Truth::plain(7) });
    compare(&deals, day(2024, 1, 1) + 400.0);
}

#[test]
fn the_future_of_maven_changes_no_forecast() {
    let Some(deals) = maven() else { return };
    compare(&deals, day(2017, 10, 1));
}

#[test]
fn the_number_of_threads_changes_no_forecast() {
    let deals = synthetic(&Truth { weekly: 20.0, ..Truth::plain(5) });
    let options = Options { cut: None, days: 60, draws: 100, seed: 3, by: None };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| forecast(&deals, &options))
    };
    assert_eq!(with(1), with(3));
}
