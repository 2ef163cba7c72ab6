//! What forecasts say, in both languages.

use voronka::render::words::{Language, text};
use voronka::report::phrase::{Forecasting, Phrase};
use voronka::report::{Block, backtest as tested, deals_table, forecast as screen, forecast_table};
use voronka::study::backtest;
use voronka::study::forecast::{Options, forecast};

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
