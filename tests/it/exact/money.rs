//! Money with a known distribution: monthly bookings of a funnel that starts empty, and clients who
//! buy again.

use voronka::kpi::{Figure, Key, Kpi, Row, Stat};
use voronka::study::solve::{Options, solve};

use super::converter::{Quantity, load};
use super::judge::{Found, Verdict, judge};
use super::measure::{Size, run};

/// Two deals in three days, with gamma-distributed times, a quarter of them won, observed for
/// thirty days after `before` days.
fn ramp_up(before: u32) -> String {
    let warmup = if before == 0 { String::new() } else { format!("warmup: {before} d\n") };
    format!(
        "horizon: 30 d\n{warmup}sources: {{leads: {{rate: {}/day}}}}\n\
         value: {{lognormal: {{median: {}, sigma: {}}}}}\n\
         stages:\n  deal:\n    wait: {{gamma: {{shape: 3, scale: 15 d}}}}\n    \
         next: {{won: 25%, lost: {{no: 75%}}}}\n",
        2.0 / 3.0,
        4.357_822_065_070_038_f64.exp(),
        0.703_346_459_318_668_3,
    )
}

/// The quantity of a month.
fn of_month<'q>(quantities: &'q [Quantity], head: &str, month: u32) -> &'q Quantity {
    let name = format!("{head}_month{month}");
    quantities.iter().find(|quantity| quantity.name == name).unwrap()
}

#[test]
fn bookings_of_a_funnel_that_starts_empty_follow_poisson_thinning() {
    let quantities = quantities("revenue-05");
    let mut bad = Vec::new();
    // The first month books half a sale on average: 2 % of that needs many months.
    for (month, replications) in (1..).zip([310_000, 95_000, 40_000, 36_000, 35_000, 35_000]) {
        let size = Size { replications, deals: 0 };
        let simulation = run(&load(&ramp_up(30 * (month - 1))), size, &[], &[]);
        let values = |kpi, stat| -> Vec<f64> {
            let row = simulation.find(&Key::new(kpi, stat)).unwrap();
            row.replications.iter().flatten().copied().collect()
        };
        let (won, booked) =
            (values(Kpi::Throughput, Stat::Sales), values(Kpi::Bookings, Stat::Total));
        let none = won.iter().filter(|won| **won == 0.0).count() as u64;
        let zero = of_month(&quantities, "p_zero", month);
        let (mean, sd) = (
            of_month(&quantities, "mean_revenue", month).value,
            of_month(&quantities, "sd_revenue", month),
        );
        // Linear in the square around the known mean, so unbiased.
        let s = sd.value;
        let spread = |x: &f64| s + ((x - mean).powi(2) - s * s) / (2.0 * s);
        let spreads = booked.iter().map(spread).collect();
        // Sales are reported for a month of 30.4375 days.
        let won = won.iter().map(|won| won * 30.0 / 30.4375).collect();
        let n = booked.len() as u64;
        for (quantity, found) in [
            (of_month(&quantities, "won", month), Found::Replicated(won)),
            (of_month(&quantities, "mean_revenue", month), Found::Replicated(booked)),
            (sd, Found::Replicated(spreads)),
            (zero, Found::Counted { k: none, n, p: zero.value }),
        ] {
            let verdict = judge(quantity, &found);
            if verdict != Verdict::Pass {
                bad.push(format!("{}: {verdict:?}", quantity.name));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:?}");
}

#[test]
fn a_funnel_that_starts_empty_is_solved_by_month() {
    let quantities = quantities("revenue-05");
    for month in 1..=6 {
        let solution = solve(&load(&ramp_up(30 * (month - 1))), &Options::default()).unwrap();
        let value = |kpi, stat| {
            let row = Row::find(&solution.window, &Key::new(kpi, stat)).unwrap();
            match row.figure {
                Figure::Exact(value) => (value, 0.0),
                Figure::Numerical { value, error } => (value, error),
                ref other => panic!("{kpi} is {other:?}"),
            }
        };
        let (won, error) = value(Kpi::Throughput, Stat::Sales);
        let scale = 30.0 / 30.4375;
        let (booked, of_booked) = value(Kpi::Bookings, Stat::Total);
        for (head, found, error) in
            [("won", won * scale, error * scale), ("mean_revenue", booked, of_booked)]
        {
            let Quantity { name, value, abs_err, .. } = of_month(&quantities, head, month);
            println!("{name}: off by {:.1e}, stated {error:.1e}", found - value);
            assert!((found - value).abs() <= error + abs_err + 1e-9 * value, "{name}: {found}");
        }
    }
}

/// The quantities of a case whose model is written here.
fn quantities(id: &str) -> Vec<Quantity> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path.join(format!("tests/exact/{id}.json"))).unwrap();
    let case: serde_json::Value = serde_json::from_str(&text).unwrap();
    serde_json::from_value(case["quantities"].clone()).unwrap()
}

/// Clients who buy again with the same probability each time: a geometric number of purchases.
#[test]
fn clients_who_come_back_buy_a_geometric_number_of_times() {
    let quantities = quantities("repeat-01");
    let find = |name: &str| quantities.iter().find(|quantity| quantity.name == name).unwrap();
    let model = load(
        "horizon: until empty\nsources: {clients: {every: 1 min, count: 4000}}\nvalue: 1000\n\
         stages:\n  purchase: {sale: true, next: {purchase: 40%, done: 60%}}\n",
    );
    let solution = solve(&model, &Options::default()).unwrap();
    let simulation = run(&model, Size { replications: 250, deals: 4000 }, &[], &[]);
    // 40 % of clients buy a second time; the value of a client is the purchases times their value.
    let again = Quantity { name: "p_purchases_ge[2]".into(), value: 0.4, ..find("ltv").clone() };
    for (quantity, kpi, stat) in [
        (find("mean_purchases"), Kpi::SalesPerClient, Stat::Mean),
        (&again, Kpi::RepeatRate, Stat::Share),
    ] {
        let exact = Row::find(&solution.long_run, &Key::new(kpi, stat.clone()));
        let exact = exact.and_then(|row| row.figure.value()).unwrap();
        assert!((exact - quantity.value).abs() < 1e-9, "{kpi}: {exact}");
        let row = simulation.find(&Key::new(kpi, stat)).unwrap();
        let values: Vec<f64> = row.replications.iter().flatten().copied().collect();
        assert_eq!(judge(quantity, &Found::Replicated(values)), Verdict::Pass, "{kpi}");
    }
    let booked = simulation.find(&Key::new(Kpi::Bookings, Stat::Total)).unwrap();
    let of_client = booked.replications.iter().flatten().map(|total| total / 4000.0).collect();
    assert_eq!(judge(find("ltv"), &Found::Replicated(of_client)), Verdict::Pass);
}
