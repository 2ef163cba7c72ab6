//! Money against theory: a marked Poisson process, and clients who buy again.

use voronka::kpi::{Key, Kpi, Stat};
use voronka::study::simulate::{Options, Progress, run};
use voronka::study::{Period, TimelineMeasure};

use super::model;

/// Options that keep each replication's value.
fn kept(replications: u64, kpis: Vec<Kpi>) -> Options {
    let mut options = Options { replications, kpis, ..Options::default() };
    options.figures.keep_replications = true;
    options
}

/// Sales at a constant rate from the start on, 30 % paid at once and the rest 45 days later: by Campbell's theorem the
/// cash of a month has the mean λ E[V] ∫f and the variance λ E[V²] ∫f², where f(u) is the part of a sale at u that is
/// paid in the month.
///
/// Six means and six variances; z of 6 for each makes a false alarm of 2.4e-8 in all.
#[test]
fn cash_by_month_follows_campbells_theorem() {
    let (rate, mean, sd) = (0.5, 200.0, 150.0);
    let text = format!(
        "start: 2026-01-01\nhorizon: 180d\nvalue: {{gamma: {{mean: {mean}, sd: {sd}}}}}\n\
         sources: {{s: {{rate: {rate}/day}}}}\nterms: {{payment: [{{share: 30%}}, {{share: rest, after: 45d}}]}}\n\
         stages: {{a: {{next: won}}}}\n"
    );
    let replications = 4000;
    // A month is one of thirty days: the window is moved on by the warm-up, thirty days at a time.
    for month in 0..6 {
        let warmup = if month == 0 { String::new() } else { format!("warmup: {}d\n", 30 * month) };
        let text = text.replace("horizon: 180d\n", &format!("horizon: 30d\n{warmup}"));
        let options = kept(replications, vec![Kpi::CashIn]);
        let found = run(&model(&text), &options, &Progress::default()).unwrap();
        let row = found.find(&Key::new(Kpi::CashIn, Stat::Total)).unwrap();
        let cash: Vec<f64> = row.replications.iter().flatten().copied().collect();
        let n = cash.len() as f64;
        // Days of sales that pay 30 % in the month, and days of those that pay the rest; 15 pay both.
        let end = f64::from(30 * (month + 1));
        let (late_from, late_until) = ((end - 75.0).max(0.0), (end - 45.0).max(0.0));
        let late = late_until - late_from;
        let first = rate * mean * (0.3 * 30.0 + 0.7 * late);
        let square = rate * (mean * mean + sd * sd) * (0.09 * 30.0 + 0.49 * late);
        let average = cash.iter().sum::<f64>() / n;
        let z = (average - first) / (square / n).sqrt();
        assert!(z.abs() < 6.0, "month {month}: mean {average}, not {first}");
        let variance = cash.iter().map(|x| (x - first).powi(2)).sum::<f64>() / n;
        let fourth = cash.iter().map(|x| ((x - first).powi(2) - square).powi(2)).sum::<f64>() / n;
        let z = (variance - square) / (fourth / n).sqrt();
        assert!(z.abs() < 6.0, "month {month}: variance {variance}, not {square}");
    }
}

/// A client buys again with probability p, a year later each time, at a margin of 1000: the lifetime value is
/// 1000 / (1 - p d), d the discount of a year. One mean; z of 5 makes a false alarm of 6e-7.
#[test]
fn lifetime_value_of_clients_who_come_back_is_a_geometric_series() {
    let discount = 1.0 / 1.2;
    let text = "start: 2026-01-01\nhorizon: until empty\nvalue: 2000\nterms: {margin: 50%}\ndiscount: 20%/year\n\
                sources: {s: {every: 1h, count: 4000}}\nstages:\n  buys: {sale: true, wait: 365d, next: {buys: 40%, done: 60%}}\n";
    let options = kept(60, Vec::new());
    let found = run(&model(text), &options, &Progress::default()).unwrap();
    let row = found.find(&Key::new(Kpi::LifetimeValue, Stat::Mean)).unwrap();
    let each: Vec<f64> = row.replications.iter().flatten().copied().collect();
    let n = each.len() as f64;
    let right = 1000.0 / (1.0 - 0.4 * discount);
    let average = each.iter().sum::<f64>() / n;
    let sd = (each.iter().map(|x| (x - average).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    assert!(sd / n.sqrt() < 0.01 * right, "too imprecise");
    assert!((average - right).abs() < 5.0 * sd / n.sqrt() * 1.2, "{average}, not {right}");
}

/// The parts of the timeline add up to the totals of the window.
#[test]
fn weeks_and_months_add_up_to_the_window() {
    let text = "start: 2026-01-05\nhorizon: 200d\nwarmup: 30d\nvalue: {uniform: {min: 10, max: 90}}\n\
                sources: {s: {rate: 5/day, cost: 2}}\ncosts: {rent: 700/month, van: {once: 300, on: 2026-03-03}}\n\
                terms: {margin: 40%, commission: 5%, payment: [{share: 50%}, {share: rest, after: {exponential: {mean: 20d}}, \
                unpaid: 10%}]}\nstages: {a: {wait: {exponential: {mean: 9d}}, cost: 3, next: {b: 50%, lost: rest}}, \
                b: {sale: true, wait: 30d, next: {done: 80%, cancelled: rest}}}\n";
    let options = Options { replications: 20, ..Options::default() };
    let found = run(&model(text), &options, &Progress::default()).unwrap();
    let pairs = [
        (TimelineMeasure::Margin, Kpi::Margin),
        (TimelineMeasure::Cost, Kpi::Cost),
        (TimelineMeasure::CostCommission, Kpi::Commission),
        (TimelineMeasure::Profit, Kpi::Profit),
        (TimelineMeasure::CashIn, Kpi::CashIn),
        (TimelineMeasure::Unpaid, Kpi::Unpaid),
        (TimelineMeasure::Cancelled, Kpi::Cancelled),
        (TimelineMeasure::Bookings, Kpi::Bookings),
    ];
    for (measure, kpi) in pairs {
        let total = found.value(&Key::new(kpi, Stat::Total)).unwrap();
        for period in Period::ALL {
            let sum: f64 = found.timeline.of(period, measure).map(|row| row.mean).sum();
            assert!((sum - total).abs() < 1e-6 * total.abs().max(1.0), "{kpi}: {sum}, not {total}");
        }
    }
}
