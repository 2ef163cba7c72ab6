//! Forecasts that follow a model, from open deals of a file on.

use voronka::model::{Model, load};
use voronka::records::deals::{Deal, Deals, Moment};
use voronka::study::forecast::Options;
use voronka::study::forecast::by_model::{
    Assumed, Mismatch, ModelForecast, NoForecast, Question, StageName, forecast_by_model,
};
use voronka::study::forecast::notes::Note;
use voronka::study::{Period, TimelineMeasure};

use super::{blank, day};

/// The cut-off is the beginning of this day.
const CUT: (i16, i8, i8) = (2026, 3, 2);

fn model(text: &str) -> Model {
    let loaded = load("m.yaml", text, &[], None);
    loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// Deals in these stages since so many days before the cut-off, each worth 1,000.
fn pipeline(open: &[(&str, f64)]) -> Deals {
    let mut deals = Deals::default();
    let cut = day(CUT.0, CUT.1, CUT.2);
    for (at, (stage, days)) in open.iter().enumerate() {
        let since = Some(Moment(((cut - days) * super::DAY) as i64));
        let stage = Some(deals.stages.id(stage));
        let deal = blank(&at.to_string());
        deals.deals.push(Deal { created: since, since, stage, amount: Some(1000.0), ..deal });
    }
    deals
}

fn ask(
    model: &Model,
    deals: &Deals,
    names: &[StageName],
    (days, draws): (usize, usize),
) -> Result<ModelForecast, NoForecast> {
    let cut = Some(day(CUT.0, CUT.1, CUT.2));
    let options = Options { cut, days, draws, seed: 1, by: None };
    let most_visits = 1_000_000;
    forecast_by_model(&Question { model, deals, names, plan: None, options: &options, most_visits })
}

/// An exponential wait forgets its age: an open deal is won within h days with 0.4 (1 − e^(−h/20)), whatever its age, and a
/// deal that arrives evenly in the h days with 0.4 (1 − (1 − e^(−h/20)) 20/h). The numbers of both are compared with 5 standard
/// errors of their means over 2,000 draws; false alarm 2 × 6e-7.
#[test]
fn open_and_new_deals_bring_what_theory_says() {
    let text = "value: 1000\nsources: {site: {rate: 2/day}}\n\
                stages: {offer: {wait: {exponential: {mean: 20d}}, next: {won: 40%, lost: price}}}\n";
    let open: Vec<(&str, f64)> = (0..60).map(|at| ("offer", f64::from(at))).collect();
    let (days, draws) = (30, 2_000);
    let found = ask(&model(text), &pipeline(&open), &[], (days, draws)).unwrap().forecast;
    let h = days as f64 / 20.0;
    let within = 0.4 * (1.0 - (-h).exp());
    for deal in &found.deals {
        let error = (within * (1.0 - within) / draws as f64).sqrt();
        assert!((deal.chance - within).abs() < 5.5 * error, "{}: {within}", deal.chance);
    }
    let mean = found.deals.iter().map(|deal| deal.chance).sum::<f64>();
    let error = (60.0 * within * (1.0 - within) / draws as f64).sqrt();
    assert!((mean - 60.0 * within).abs() < 5.0 * error, "{mean}");
    // Quantiles of a sum of 60 independent deals, and of a Poisson number: the normal law within one deal and a half.
    let sd = (60.0 * within * (1.0 - within)).sqrt();
    let new = 60.0 * 0.4 * (1.0 - (1.0 - (-h).exp()) / h);
    for (spread, mean, sd) in
        [(found.open.orders, 60.0 * within, sd), (found.new.orders, new, new.sqrt())]
    {
        for (value, z) in [(spread.p10, -1.2816), (spread.p50, 0.0), (spread.p90, 1.2816)] {
            assert!((value - (mean + z * sd)).abs() < 1.5, "{value}, {mean} ± {sd}");
        }
    }
    assert_eq!(found.open.bookings.p50, 1000.0 * found.open.orders.p50);
    assert_eq!(
        found.refused.iter().map(|one| one.reason.as_deref()).collect::<Vec<_>>(),
        [Some("price")]
    );
}

/// The deal has been there for 3 of 5 days, so it is sold on 4 March and paid ten days later; another is sold already.
#[test]
fn sales_and_payments_fall_on_their_days() {
    let text = "value: 5000\nsources: {site: {rate: 1/week, from: 2030-01-01}}\nterms: {payment: {after: 10d}}\n\
                stages:\n  offer: {wait: 5d, next: delivery}\n  delivery: {sale: true, wait: 60d, next: done}\n";
    let deals = pipeline(&[("offer", 3.0), ("Delivery ", 1.0)]);
    let found = ask(&model(text), &deals, &[], (60, 100)).unwrap();
    let forecast = found.forecast;
    assert_eq!(forecast.deals.len(), 1, "the sold deal is not listed");
    assert_eq!(forecast.deals[0].chance, 1.0);
    assert_eq!(forecast.deals[0].median, Some(day(2026, 3, 4)));
    assert_eq!(forecast.open.bookings.p50, 1000.0, "its own amount counts");
    assert_eq!(forecast.new.orders.p90, 0.0);
    let assumed = |one: Assumed| forecast.notes.contains(&Note::ByModel(one));
    assert!(assumed(Assumed::Model) && assumed(Assumed::AlreadySold(1)));
    let money = found.money.expect("the model has terms");
    let cash = |month: i8| {
        let mut rows = money.timeline.of(Period::Month, TimelineMeasure::CashIn);
        rows.find(|row| row.date.month() == month).map(|row| row.mean)
    };
    assert_eq!((cash(3), cash(4)), (Some(1000.0), Some(0.0)));
}

#[test]
fn deals_that_are_older_than_the_model_allows_are_counted() {
    let text = "stages: {offer: {wait: 5d, next: 50%}}\n";
    let found = ask(&model(text), &pipeline(&[("offer", 9.0), ("offer", 2.0)]), &[], (10, 100));
    let notes = found.unwrap().forecast.notes;
    assert!(notes.contains(&Note::ByModel(Assumed::Overdue(1))), "{notes:?}");
}

/// New deals take the time of the people from the open ones, so a chance without them is another one; still no deal is
/// likelier won within the horizon than at all. Stages are those of the model, in its order.
#[test]
fn no_deal_is_likelier_won_within_the_horizon_than_at_all() {
    let model = model(
        "value: 1000\nroles: {clerk: {people: 1}}\nsources: {s: {rate: 12/day}}\nstages:\n  \
         talk: {wait: {exponential: {mean: 2d}}, next: 60%}\n  \
         offer: {work: {role: clerk, time: 2h}, patience: {time: 3d, lost: waited}, next: 55%}\n  \
         deal: {wait: {exponential: {mean: 4d}}, next: 70%}\n",
    );
    let open: Vec<(&str, f64)> =
        (0..60).map(|at| (["deal", "offer", "talk"][at % 3], 0.1 + 0.1 * at as f64)).collect();
    let found = ask(&model, &pipeline(&open), &[], (45, 100)).unwrap().forecast;
    assert_eq!(found.deals.len(), 60);
    for deal in &found.deals {
        assert!((0.0..=deal.ever).contains(&deal.chance) && deal.ever <= 1.0, "{deal:?}");
    }
    assert!(found.deals.iter().any(|deal| deal.ever > deal.chance));
    assert_eq!(found.stages, [2, 1, 0]);
}

#[test]
fn stages_are_found_by_name_or_title_or_as_the_user_says() {
    let model = model(
        "stages: {first: {title: Переговоры, wait: 5d, next: 50%}, offer: {wait: 1d, next: 50%}}\n",
    );
    let deals = pipeline(&[("переговоры", 1.0), ("OFFER", 0.5), ("Договор", 1.0)]);
    let Err(NoForecast::Mismatch(mismatch)) = ask(&model, &deals, &[], (10, 100)) else {
        panic!("a stage is unknown")
    };
    let known = vec!["first".to_owned(), "offer".to_owned()];
    assert_eq!(mismatch, Mismatch::UnknownStages { unknown: vec!["Договор".to_owned()], known });
    let name = |file: &str, model: &str| (file.to_owned(), model.to_owned());
    let found = ask(&model, &deals, &[name("Договор", "offer")], (10, 100));
    assert_eq!(found.unwrap().forecast.deals.len(), 3);
    let Err(NoForecast::Mismatch(mismatch)) =
        ask(&model, &deals, &[name("Договор", "x")], (10, 100))
    else {
        panic!("the model has no stage x")
    };
    assert_eq!(mismatch, Mismatch::NoSuchStage { name: "x".to_owned(), in_model: true });
}

/// A file that does not say since when: half of the age is taken, and said.
#[test]
fn what_is_not_known_of_open_deals_is_said() {
    let mut deals = pipeline(&[("offer", 8.0), ("offer", 4.0), ("offer", 2.0)]);
    deals.deals[0].since = None;
    deals.deals[1].stage = None;
    let model = model("stages: {offer: {wait: {exponential: {mean: 3d}}, next: 50%}}\n");
    let forecast = ask(&model, &deals, &[], (10, 100)).unwrap().forecast;
    let days: Vec<f64> = forecast.deals.iter().map(|deal| deal.days).collect();
    assert!(days.contains(&4.0) && days.contains(&2.0) && days.len() == 2, "{days:?}");
    for one in [Assumed::HalfOfAge(1), Assumed::Stageless(1, 1000.0)] {
        assert!(forecast.notes.contains(&Note::ByModel(one)), "{:?}", forecast.notes);
    }
}
