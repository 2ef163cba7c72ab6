//! What forecasts say, in both languages.

use voronka::render::words::{Language, text};
use voronka::report::phrase::{Forecasting, Phrase};
use voronka::report::{
    Block, ShownForecast, backtest as tested, deals_table, forecast as screen, forecast_plan_table,
    forecast_table,
};
use voronka::study::backtest;
use voronka::study::forecast::contact::ContactFrom;
use voronka::study::forecast::deals::{OpenDeal, Risk};
use voronka::study::forecast::plan::{Plan, Planned};
use voronka::study::forecast::{Asked, Options, forecast, forecast_with};

use super::coverage::{Truth, synthetic};

const PLAIN: Options = Options { cut: None, days: 60, draws: 100, seed: 1, by: None };

fn lines(blocks: &[Block]) -> Vec<Forecasting> {
    let line = |block: &Block| match block {
        Block::Line(Phrase::Forecasting(line)) => Some((**line).clone()),
        _ => None,
    };
    blocks.iter().filter_map(line).collect()
}

#[test]
fn the_first_three_lines_say_with_how_many_for_how_much_and_why_not() {
    let deals = synthetic(&Truth::plain(1));
    let found = forecast(&deals, &PLAIN);
    let lines = lines(&screen(&found, &deals, ShownForecast::default()));
    let Forecasting::Negotiating { deals: open, undated: 0, .. } = &lines[0] else { panic!() };
    assert_eq!(*open, found.deals.len() as u64);
    let Forecasting::Expecting { sum, is_orders: false, .. } = &lines[1] else { panic!() };
    assert_eq!(sum[1].value, found.total.bookings.p50);
    let Forecasting::NoReasons(losses) = &lines[2] else { panic!("{:?}", lines[2]) };
    assert_eq!(*losses, found.refused.iter().map(|refused| refused.deals).sum::<u64>());
    for language in [Language::English, Language::Russian] {
        for line in &lines {
            let words = text(&line.clone().into(), language);
            println!("{words}");
            assert!(words.len() > 10, "{line:?}");
        }
    }
}

#[test]
fn few_wins_are_said_and_give_a_forecast_by_overall_rates() {
    let deals = synthetic(&Truth { weekly: 0.6, ..Truth::plain(3) });
    let found = forecast(&deals, &PLAIN);
    let lines = lines(&screen(&found, &deals, ShownForecast::default()));
    assert!(found.closed[0] < 30 && found.closed[0] > 0);
    assert!(lines.iter().any(|line| matches!(line, Forecasting::Few(..))));
    assert!(lines.iter().any(|line| matches!(line, Forecasting::NotCalibrated(_))));
}

#[test]
fn an_empty_file_gives_a_forecast_of_nothing() {
    let deals = voronka::records::deals::Deals::default();
    let found = forecast(&deals, &PLAIN);
    assert_eq!(found.total.orders.p90, 0.0);
    let lines = lines(&screen(&found, &deals, ShownForecast::default()));
    assert!(lines.contains(&Forecasting::NoClosings));
}

#[test]
fn tables_hold_each_open_deal_and_each_period() {
    let deals = synthetic(&Truth::plain(2));
    let found = forecast(&deals, &PLAIN);
    assert_eq!(deals_table(&found, &deals).rows.len(), found.deals.len());
    // Three parts, nine weeks, two or three months, and the last period: orders and bookings.
    let expected = 2 * (3 + found.periods.len() + 1);
    assert_eq!(forecast_table(&found).rows.len(), expected);
    let chances = found.deals.iter().map(|deal| (deal.chance, deal.ever));
    assert!(chances.clone().all(|(within, ever)| 0.0 <= within && within <= ever && ever <= 1.0));
    assert!(chances.map(|(within, _)| within).sum::<f64>() > 1.0);
}

#[test]
fn fewer_than_four_past_days_have_errors_and_no_coverage() {
    let deals = synthetic(&Truth::plain(4));
    let options =
        backtest::Options { every: 150, horizons: vec![30], cuts: None, draws: 100, seed: 1 };
    let found = backtest::backtest(&deals, &options, |_, _| true).unwrap();
    assert!((1..4).contains(&found.cuts(30)), "{}", found.cuts(30));
    assert!(backtest::score(&found).iter().all(|score| score.coverage.is_none() && score.n > 0));
    let few = Forecasting::FewCuts(found.cuts(30));
    assert!(lines(&tested(&found)).contains(&few));
}

#[test]
fn a_backtest_stops_when_it_is_told_to() {
    let deals = synthetic(&Truth::plain(4));
    let options =
        backtest::Options { every: 60, horizons: vec![30], cuts: None, draws: 20, seed: 1 };
    assert_eq!(backtest::backtest(&deals, &options, |done, _| done < 2), None);
}

/// All lines of a screen in one language.
fn words(blocks: &[Block], language: Language) -> String {
    let line = |block: &Block| match block {
        Block::Line(phrase) | Block::Heading(phrase) => Some(text(phrase, language)),
        _ => None,
    };
    blocks.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_plan_stands_beside_what_came_and_what_is_expected() {
    let deals = synthetic(&Truth::plain(1));
    let rate = voronka::quantity::Rate::parse("20000/month").unwrap();
    let plan = Plan { of_orders: false, amounts: Planned::Rate(rate) };
    let found = forecast_with(&deals, &PLAIN, &Asked { plan: Some(&plan), ..Asked::default() });
    let check = found.plan.as_ref().unwrap();
    let months: Vec<_> = check.rows.iter().filter(|row| row.months == 1).collect();
    // The cut-off is the 24th of June 2025: April and May are closed, August ends after the horizon.
    let has_fact: Vec<bool> = months.iter().map(|row| row.fact > 0.0).collect();
    let has_whole: Vec<bool> = months.iter().map(|row| row.whole.is_some()).collect();
    assert_eq!(has_fact, [true, true, true, false, false]);
    assert_eq!(has_whole, [true, true, true, true, false]);
    let coverage = check.coverage.unwrap();
    assert!(coverage.needed[0] <= coverage.needed[1] && coverage.needed[1] <= coverage.needed[2]);
    assert_eq!(forecast_plan_table(&found).unwrap().rows.len(), check.rows.len());
    let blocks = screen(&found, &deals, ShownForecast::default());
    for (language, part) in
        [(Language::English, "must be worth"), (Language::Russian, "нужны открытые")]
    {
        let words = words(&blocks, language);
        println!("{words}");
        assert!(words.contains(part) && words.contains("(n = 100"), "{words}");
    }
}

#[test]
fn each_open_deal_says_when_to_call_and_what_for() {
    let mut deals = synthetic(&Truth::plain(2));
    let until = deals.until.unwrap().days();
    let open: Vec<usize> = (0..deals.deals.len())
        .filter(|at| deals.deals[*at].outcome == voronka::records::deals::Outcome::Open)
        .collect();
    let moment = |day: f64| Some(voronka::records::deals::Moment((day * 86_400e6) as i64));
    (deals.deals[open[0]].next, deals.deals[open[1]].next) =
        (moment(until + 9.0), moment(until - 9.0));
    let found = forecast(&deals, &PLAIN);
    let of = |row: usize| found.deals.iter().find(|deal| deal.row == row).unwrap().contact;
    assert_eq!(of(open[0]).from, ContactFrom::Planned);
    assert_eq!((of(open[1]).from, of(open[1]).day), (ContactFrom::Overdue, Some(found.cut)));
    let days: Vec<f64> = found.deals.iter().map(|deal| deal.contact.day.unwrap()).collect();
    assert!(days.is_sorted() && days[0] == found.cut && days[days.len() - 1] > found.cut);
    for deal in &found.deals {
        let usual = deal.usual.unwrap();
        let is_late = deal.days >= usual[0];
        let expected = if is_late { ContactFrom::Late } else { ContactFrom::Usual };
        assert!(deal.contact.from == expected || open[..2].contains(&deal.row), "{deal:?}");
        assert_eq!(deal.risks.contains(&Risk::TooOld), deal.days > usual[1], "{deal:?}");
    }
}

/// One deal with 30 % of the open sum, and a deal of 500 days among others of 60 days.
#[test]
fn deals_are_marked_that_are_large_or_whose_chance_has_halved() {
    let mut deals = synthetic(&Truth { never: 0.2, ..Truth::plain(6) });
    let first = forecast(&deals, &PLAIN);
    let sum: f64 = first.deals.iter().map(|deal| deal.amount).sum();
    assert!(first.deals.iter().all(|deal| !deal.risks.contains(&Risk::Large)));
    let large = first.deals[0].row;
    deals.deals[large].amount = Some(0.45 * sum);
    let found = forecast(&deals, &PLAIN);
    let is_large = |deal: &&OpenDeal| deal.risks.contains(&Risk::Large);
    let rows: Vec<usize> = found.deals.iter().filter(is_large).map(|deal| deal.row).collect();
    assert_eq!(rows, [large]);
    // Deals that never end are found by their age.
    let halved: Vec<&OpenDeal> =
        found.deals.iter().filter(|deal| deal.risks.contains(&Risk::Halved)).collect();
    let young = found.deals.iter().filter(|deal| deal.days < 10.0);
    assert!(halved.iter().any(|deal| deal.days > 300.0), "{}", halved.len());
    assert!(
        young.clone().count() > 5 && young.clone().all(|deal| !deal.risks.contains(&Risk::Halved))
    );
}
