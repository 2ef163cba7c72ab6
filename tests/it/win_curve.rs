//! Leads won within a time, the win curve, and the age of open deals.
//!
//! Each random test has a false-alarm rate of 1e-6 or less, stated beside it.

use voronka::diagnostic::Verdict;
use voronka::kpi::{Key, Kpi, Stat};
use voronka::model::{Model, load};
use voronka::report::chart::{Chart, ChartName};
use voronka::report::phrase::Finding;
use voronka::report::{CHARTS, charts};
use voronka::study::expectations;
use voronka::study::simulate::{Options, Progress, Simulation, run};
use voronka::tally::figures::Limit;

/// 20 leads a day, 40 % of which are won, after an exponential time of ten days on average.
const LEADS: &str = "start: 2024-01-01\nhorizon: 60d\nsources: {s: {rate: 20/day}}\n\
    stages: {a: {wait: {exponential: {mean: 10d}}, next: {won: 40%, lost: rest}}}\n";

fn model(text: &str) -> Model {
    let loaded = load("m.yaml", text, &[], None);
    loaded.model.unwrap_or_else(|| panic!("{text}\n{:?}", loaded.diagnostics))
}

fn simulated(text: &str, replications: u64, within: &[(&str, f64)]) -> Simulation {
    let mut options = Options { replications, curve: true, ..Options::default() };
    options.figures.within = within
        .iter()
        .map(|(label, days)| Limit { label: (*label).to_owned(), days: *days })
        .collect();
    run(&model(text), &options, &Progress::default()).unwrap()
}

fn within(simulation: &Simulation, label: &str) -> (Option<f64>, u64) {
    let key = Key::new(Kpi::LeadToWin, Stat::Within(label.to_owned()));
    let row = simulation.find(&key).unwrap();
    (row.figure.value(), row.n)
}

#[test]
fn leads_won_within_a_time_are_of_those_that_had_it() {
    let simulation = simulated(LEADS, 200, &[("15d", 15.0), ("40d", 40.0)]);
    for (label, days) in [("15d", 15.0_f64), ("40d", 40.0)] {
        let (found, n) = within(&simulation, label);
        let right = 0.4 * (1.0 - (-days / 10.0).exp());
        // Two comparisons at 5 standard errors: 1.2e-6.
        let error = (right * (1.0 - right) / n as f64).sqrt();
        assert!((found.unwrap() - right).abs() < 5.0 * error, "{label}: {found:?}, {right}");
        // Leads of the first 60 − t days: 20 a day in 200 windows.
        let expected = 20.0 * 200.0 * (60.0 - days);
        assert!((n as f64 - expected).abs() < 5.0 * expected.sqrt(), "{label}: {n}");
        // The curve has the same points.
        let point = simulation.win_curve.iter().find(|point| point.days == days).unwrap();
        assert_eq!((point.share.value, point.leads), (found, n));
    }
    // The share of all leads is less: the last have no time.
    let all = simulation.value(&Key::new(Kpi::LeadToWin, Stat::Share)).unwrap();
    assert!(all < 0.35, "{all}");
}

#[test]
fn of_a_run_until_empty_all_leads_have_had_time() {
    let text =
        LEADS.replace("60d", "until empty").replace("rate: 20/day", "rate: 20/day, count: 900");
    let simulation = simulated(&text, 40, &[("5d", 5.0)]);
    assert_eq!(within(&simulation, "5d").1, 40 * 900);
    assert!(simulation.win_curve.iter().all(|point| point.leads == 40 * 900));
}

#[test]
fn of_few_leads_no_share_is_told() {
    // A lead a day, on days 1 to 59; the window is 60 days.
    let text = "start: 2024-01-01\nhorizon: 60d\nsources: {s: {every: 1d}}\n\
                stages: {a: {wait: 2d, next: won}}\n";
    let simulation = simulated(text, 1, &[("30d", 30.0), ("31d", 31.0)]);
    // Those of days 1 to 30, and of days 1 to 29.
    assert_eq!(within(&simulation, "30d"), (Some(1.0), 30));
    assert_eq!(within(&simulation, "31d"), (None, 29));
    let expecting = |days: u32| {
        let text =
            format!("{text}expect: [{{kpi: lead_to_win, within: {days}d, at_least: 50%}}]\n");
        let model = model(&text);
        let options =
            expectations::options(&model, Options { replications: 1, ..Options::default() });
        let simulation = run(&model, &options, &Progress::default()).unwrap();
        let judged = expectations::judge(&model, &simulation);
        judged[0].verdict
    };
    assert_eq!(expecting(31), Verdict::Nothing);
    assert_ne!(expecting(30), Verdict::Nothing);
}

#[test]
fn the_picture_is_drawn_where_asked_for_and_says_what_the_rows_say() {
    let kind = CHARTS.into_iter().find(|kind| kind.name == ChartName::WinCurve).unwrap();
    assert!(!kind.usual && kind.curve);
    let simulation = simulated(LEADS, 100, &[]);
    let drawn = charts(&model(LEADS), &simulation, &[kind]);
    let [Chart::Lines(chart)] = drawn.as_slice() else { panic!("{drawn:?}") };
    let Finding::WonWithin { share, within, half } = &chart.title else {
        panic!("{:?}", chart.title)
    };
    // 0.4 (1 − e^(−t/10)): half of nearly 40 % after 7 days. The last point has 6,000 leads at least:
    // five standard errors are 3 %.
    assert!((0.36..0.43).contains(&share.value), "{share:?}");
    assert!((6.0..8.5).contains(&half.value) && within.value > 30.0, "{half:?} {within:?}");
    let spots = &chart.lines[0].spots;
    assert_eq!(spots.len(), chart.places.len());
    assert!(spots.len() <= 40 && spots.windows(2).all(|pair| pair[0] != pair[1]));
    assert_eq!(spots.last().unwrap().unwrap().value, share.value);
    let mut none = simulated(LEADS, 2, &[]);
    none.win_curve.clear();
    assert!(charts(&model(LEADS), &none, &[kind]).is_empty());
}

#[test]
fn open_deals_are_as_old_as_their_round() {
    // Leads of days 1 to 5; at the end of day 5 and a half they are 4.5, 3.5, … 0.5 days old.
    let text = "start: 2024-01-01\nhorizon: 132h\nsources: {s: {every: 1d}}\n\
                stages: {a: {wait: 100d, next: won}}\n";
    let simulation = simulated(text, 1, &[]);
    let age = |simulation: &Simulation, key: Key| simulation.value(&key);
    let key = Key::new(Kpi::OpenAge, Stat::Mean);
    assert_eq!(age(&simulation, key.clone()), Some(2.5));
    assert_eq!(age(&simulation, key.clone().stage("a")), Some(2.5));
    let median = age(&simulation, key.with(Stat::quantile(0.5))).unwrap();
    assert!((median - 2.5).abs() < 0.02, "{median}");
    // A lead of day 2, sold on day 3: 7 days at the end of day 10. A client of day 4, 6 days.
    let text = "start: 2024-01-01\nhorizon: 10d\n\
                sources: {s: {every: 2d, count: 1}, c: {every: 4d, count: 1, clients: true, enters: c}}\n\
                stages: {a: {wait: 1d, next: b}, b: {sale: true, wait: 100d, next: c}, c: {wait: 50d, next: done}}\n";
    let simulation = simulated(text, 1, &[]);
    assert_eq!(age(&simulation, key.clone().stage("b")), Some(7.0));
    assert_eq!(age(&simulation, key.clone().stage("c")), Some(6.0));
    assert_eq!(age(&simulation, key.clone()), Some(6.5));
    assert_eq!(age(&simulation, key.stage("a")), None);
}
