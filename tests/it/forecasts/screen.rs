//! What forecasts say, in both languages.

use voronka::render::words::{Language, text};
use voronka::report::phrase::{Forecasting, Phrase};
use voronka::report::{
    Block, backtest as tested, deals_table, forecast as screen, forecast_plan_table, forecast_table,
};
use voronka::study::backtest;
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
    let lines = lines(&screen(&found, &deals, None));
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
    let lines = lines(&screen(&found, &deals, None));
    assert!(found.closed[0] < 30 && found.closed[0] > 0);
    assert!(lines.iter().any(|line| matches!(line, Forecasting::Few(..))));
    assert!(lines.iter().any(|line| matches!(line, Forecasting::NotCalibrated(_))));
}

#[test]
fn an_empty_file_gives_a_forecast_of_nothing() {
    let deals = voronka::records::deals::Deals::default();
    let found = forecast(&deals, &PLAIN);
    assert_eq!(found.total.orders.p90, 0.0);
    let lines = lines(&screen(&found, &deals, None));
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
    let blocks = screen(&found, &deals, None);
    for (language, part) in
        [(Language::English, "must be worth"), (Language::Russian, "нужны открытые")]
    {
        let words = words(&blocks, language);
        println!("{words}");
        assert!(words.contains(part) && words.contains("(n = 100"), "{words}");
    }
}
