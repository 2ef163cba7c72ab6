//! The answers of `solve` for the cases, to the last digits: they have no randomness, so no
//! tolerance for it.

use voronka::kpi::{Figure, Key, Kpi, Per, Quantile, Row, Scope, Stat};
use voronka::study::solve::{Limit, Options, Solution, solve};

use super::converter::{Case, Quantity, load, read, reason, until_empty};
use super::expressible;
use super::queue_cases::{read as read_queue, yaml};
use super::queues::{limit, place};

/// The row that answers a quantity.
fn answer<'s>(solution: &'s Solution, case: &Case, quantity: &Quantity) -> Option<&'s Row> {
    let name = quantity.name.as_str();
    let (head, end) = name.split_once('|').unwrap_or((name, ""));
    let (head, argument) = head.split_once('[').unwrap_or((head, ""));
    let argument = argument.trim_end_matches(']');
    let (scope, of) = match (end.trim_end_matches(']'), case.model.population.as_str()) {
        ("", "" | "all") => (Scope::Whole, ""),
        ("won", _) | ("", "won") => (Scope::End, "won"),
        (end, _) => (Scope::Reason, reason(end).unwrap()),
    };
    let find = |key: Key| Row::find(&solution.long_run, &key);
    let time = |stat| Key::new(Kpi::CycleTime, stat).of(scope, of);
    match head {
        "p_end" if argument == "won" => find(Key::new(Kpi::LeadToWin, Stat::Share)),
        "p_end" => find(
            Key::new(Kpi::LossTable, Stat::PerDeal).of(Scope::Reason, reason(argument).unwrap()),
        ),
        "visits" => find(Key::new(Kpi::Visits, Stat::PerDeal).stage(argument)),
        "mean_time" => find(time(Stat::Mean)),
        "sd_time" => find(time(Stat::Sd)),
        "mean_cost" => find(Key::new(Kpi::DealCost, Stat::Mean)),
        "sd_cost" => find(Key::new(Kpi::DealCost, Stat::Sd)),
        "cost_per_won" => find(Key::new(Kpi::CostPerWon, Stat::Mean)),
        "p_time_le" => find(time(Stat::Within(argument.to_owned()))),
        _ if head.starts_with("time_p") => {
            find(time(Stat::Quantile(Quantile::parse(&head["time_".len()..])?)))
        }
        _ => None,
    }
}

/// The number of quantities of a case that agree; all answered ones must.
fn settle(id: &str) -> usize {
    let case = read(id);
    let mut options = Options { quantiles: Vec::new(), ..Options::default() };
    for quantity in &case.quantities {
        let head = quantity.name.split(['[', '|']).next().unwrap();
        if let Some(percent) = head.strip_prefix("time_p").and_then(|p| p.parse::<f64>().ok()) {
            options.quantiles.push(percent / 100.0);
        }
        if let Some(rest) = quantity.name.strip_prefix("p_time_le[") {
            let label = rest.trim_end_matches(']').split('|').next().unwrap().to_owned();
            let days = label.parse().unwrap();
            options.within.push(Limit { label, days });
        }
    }
    let solution = solve(&load(&until_empty(&case.model, 1000)), &options).unwrap();
    let mut answered = 0;
    for quantity in expressible(&case) {
        let Some(row) = answer(&solution, &case, &quantity) else {
            println!("{id}: {} is not answered", quantity.name);
            continue;
        };
        let error = match row.figure {
            Figure::Exact(_) => 0.0,
            Figure::Numerical { error, .. } => error,
            ref other => panic!("{id}: {} is {other:?}", quantity.name),
        };
        let (found, value) = (row.figure.value().unwrap(), quantity.value);
        let allowed = 1e-9 * value.abs() + quantity.abs_err + error;
        let name = &quantity.name;
        println!("{id}: {name} {value}, off by {:.1e}, stated {error:.1e}", found - value);
        assert!((found - value).abs() <= allowed, "{id}: {name} is {found}, not {value}");
        answered += 1;
    }
    answered
}

#[test]
fn chains_are_solved_to_the_last_digits() {
    let answered = ["chain-01", "chain-03", "chain-06", "chain-08"].map(settle);
    assert_eq!(answered, [28, 29, 12, 16]);
}

#[test]
fn distributions_of_times_are_solved_within_their_stated_errors() {
    let answered = ["cycle-01", "cycle-04", "cycle-07", "cycle-10"].map(settle);
    assert_eq!(answered, [11, 10, 10, 3]);
}

/// The number of quantities of a case of queues that agree; `nearly` is the tolerance of
/// approximations.
fn settle_queues(id: &str, nearly: f64) -> usize {
    let case = read_queue(id);
    let quantities: Vec<Quantity> = serde_json::from_value(case["quantities"].clone()).unwrap();
    let station = case["model"]["stations"][0]["name"].as_str().unwrap().to_owned();
    let reneges = !case["model"]["stations"][0]["patience"].is_null();
    let mut options = Options { quantiles: Vec::new(), ..Options::default() };
    for quantity in &quantities {
        if let Some(percent) = quantity.name.strip_prefix("Wq_p") {
            options.quantiles.push(percent.parse::<f64>().unwrap() / 100.0);
        } else if let Some(hours) = limit(quantity) {
            options.within.push(Limit { label: format!("{hours}"), days: hours / 24.0 });
        }
    }
    let solution = solve(&load(&yaml(&case, 100.0, 1000.0)), &options).unwrap();
    println!("{id}: missing {:?}", solution.missing);
    let find = |key: Key| Row::find(&solution.long_run, &key);
    let wait = |stat| Key::new(Kpi::QueueTime, stat).stage(&station);
    let mut answered = 0;
    for quantity in &quantities {
        let (row, scale) = if let Some(percent) = quantity.name.strip_prefix("Wq_p") {
            (find(wait(Stat::quantile(percent.parse::<f64>().unwrap() / 100.0))), 24.0)
        } else if let Some(hours) = limit(quantity) {
            (find(wait(Stat::Within(hours.to_string()))), 1.0)
        } else if let Some(place) = place(
            quantity,
            if quantity.name == "Wq" && reneges { "with reneging" } else { &station },
        ) {
            (find(place.key), place.scale)
        } else if quantity.name == "sd_Wq" {
            (find(wait(Stat::Sd)), 24.0)
        } else {
            (None, 1.0)
        };
        let Some(row) = row else {
            println!("{id}: {} is not answered", quantity.name);
            continue;
        };
        let (found, value) = (row.figure.value().unwrap() * scale, quantity.value);
        let (share, error) = match row.figure {
            // Durations of a model are whole microseconds, and a wait multiplies their rounding
            // error.
            Figure::Exact(_) => (3e-9, 0.0),
            Figure::Approximate { .. } => (nearly, 0.0),
            Figure::Numerical { error, .. } => (3e-9, error * scale),
            ref other => panic!("{id}: {} is {other:?}", quantity.name),
        };
        let allowed = share * value.abs() + quantity.abs_err + error;
        let name = &quantity.name;
        println!("{id}: {name} {value}, off by {:.1e}, stated {error:.1e}", found - value);
        assert!((found - value).abs() <= allowed, "{id}: {name} is {found}, not {value}");
        answered += 1;
    }
    answered
}

#[test]
fn queues_are_solved_to_the_last_digits() {
    let cases =
        ["mm1-02", "mmc-02", "mmc-03", "mg1-01", "mg1-02", "jackson-01", "pool-01", "erlanga-01"];
    assert_eq!(cases.map(|id| settle_queues(id, 0.0)), [14, 14, 14, 14, 14, 14, 7, 6]);
}

#[test]
fn approximations_are_labelled_and_close() {
    // Lee and Longton's formula has an error of a few percent for constant services.
    assert_eq!(["mdc-01"].map(|id| settle_queues(id, 0.03)), [4]);
}

/// Lognormal work for three people: the two-moment formula to its last digits, and near the
/// simulated value.
#[test]
fn general_work_for_several_people_is_approximate() {
    let case = read_queue("approx-01");
    let solution = solve(&load(&yaml(&case, 100.0, 1000.0)), &Options::default()).unwrap();
    let row = solution.long_run.iter().find(|Row { key, .. }| {
        (key.kpi, key.scope, &key.stat) == (Kpi::QueueTime, Scope::Stage, &Stat::Mean)
    });
    let Figure::Approximate { value, .. } = row.unwrap().figure else { panic!("{row:?}") };
    let known = |name: &str| {
        let quantity = case["quantities"].as_array().unwrap().iter().find(|q| q["name"] == name);
        quantity.unwrap()["value"].as_f64().unwrap()
    };
    let hours = value * 24.0;
    assert!((hours / known("Wq") - 1.0).abs() < 3e-9, "{hours}");
    assert!((hours / known("Wq_simulated") - 1.0).abs() < 0.15, "{hours}");
}

/// Eight sales a month of lognormal amounts, mean 100 and standard deviation 80: the quantiles of a
/// compound Poisson sum by recursion on a fine lattice, accurate to 4e-4.
#[test]
fn bookings_of_a_month_are_compound_poisson() {
    let model = load(
        "horizon: 30.4375d\nsources: {s: {rate: 8/month}}\nvalue: {lognormal: {mean: 100, sd: 80}}\n\
         stages: {a: {next: won}}",
    );
    let solution = solve(&model, &Options::default()).unwrap();
    let known = [
        (Stat::Total, 800.0),
        (Stat::quantile(0.1), 372.675_594_454_563_9),
        (Stat::quantile(0.5), 757.035_922_658_672_1),
        (Stat::quantile(0.9), 1_281.320_473_536_406_8),
    ];
    for (stat, exact) in known {
        let key = Key::new(Kpi::Bookings, stat).per(Per::Window);
        let row = Row::find(&solution.window, &key).unwrap();
        let Figure::Numerical { value, error } = row.figure else { panic!("{row:?}") };
        assert!((value - exact).abs() <= error + 4e-4, "{key:?}: {value} ± {error}, not {exact}");
    }
    // Eight on average: the 0.1, 0.5 and 0.9 quantiles of the Poisson distribution.
    let in_month = load(
        "start: 2026-01-01\nhorizon: 1 month\nsources: {s: {rate: 8/month}}\nstages: {a: {wait: 1h, next: won}}",
    );
    let solution = solve(&in_month, &Options::default()).unwrap();
    let number = |p| {
        let key = Key::new(Kpi::Throughput, Stat::quantile(p)).per(Per::Month);
        Row::find(&solution.window, &key).and_then(|row| row.figure.value()).unwrap()
    };
    assert_eq!([0.1, 0.5, 0.9].map(number), [5.0, 8.0, 12.0]);
}

/// One stage: the distribution of its time is the known one.
#[test]
fn every_family_keeps_its_stated_error() {
    let families = [
        "{exponential: {mean: 3d}}",
        "{gamma: {shape: 0.3, scale: 4d}}",
        "{gamma: {mean: 6d, sd: 1d}}",
        "{erlang: {k: 4, mean: 8d}}",
        "{weibull: {shape: 0.5, scale: 2d}}",
        "{weibull: {shape: 3, scale: 5d}}",
        "{lognormal: {mean: 5d, sd: 15d}}",
        "{lognormal: {median: 7d, p90: 30d}}",
        "{loglogistic: {median: 4d, shape: 3}}",
        "{uniform: {min: 2d, max: 9d}}",
        "{triangular: {min: 1d, mode: 2d, max: 20d}}",
        "{pert: {min: 1d, mode: 3d, max: 12d}}",
        "{beta: {min: 0d, max: 10d, alpha: 0.5, beta: 0.7}}",
        "{normal: {mean: 5d, sd: 2d}}",
        "{hyperexponential: {shares: [0.9, 0.1], means: [1h, 20d]}}",
        "{empirical: {values: [1d, 2d, 4d, 7.3d], weights: [1, 2, 3, 4]}}",
        "{mixture: [{share: 30%, value: 2d}, {share: rest, exponential: {mean: 5d}}]}",
    ];
    let mut worst = 0.0_f64;
    for family in families {
        let text = format!(
            "horizon: until empty\nsources: {{s: {{every: 1h, count: 10}}}}\nstages: {{a: {{wait: {family}, next: won}}}}"
        );
        let loaded = voronka::model::load("m.yaml", &text, &[], None);
        let Some(model) = loaded.model else { panic!("{family}: {:?}", loaded.diagnostics) };
        let voronka::model::Action::Wait(voronka::model::Wait::Time(delay)) =
            &model.stages[0].plan.given_steps().next().unwrap().action
        else {
            panic!("{family}")
        };
        let exact = &delay.time;
        let day = 86_400e6;
        let points = [0.01, 0.5, 1.0, 2.5, 5.0, 8.0, 30.0];
        let options = Options {
            quantiles: vec![0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99],
            within: points.map(|days| Limit { label: days.to_string(), days }).to_vec(),
            ..Options::default()
        };
        let solution = solve(&model, &options).unwrap();
        let find = |stat| {
            let key = Key::new(Kpi::CycleTime, stat);
            match Row::find(&solution.long_run, &key)?.figure {
                Figure::Numerical { value, error } => Some((value, error)),
                Figure::Exact(value) => Some((value, 1e-9 * value)),
                ref other => panic!("{family} {key:?}: {other:?}"),
            }
        };
        for p in &options.quantiles {
            let Some((value, error)) = find(Stat::quantile(*p)) else { continue };
            let known = exact.quantile(*p) / day;
            assert!(
                (value - known).abs() <= error + 1e-9,
                "{family} p{p}: {value} ± {error}, not {known}"
            );
            worst = worst.max(error / known.max(0.1));
        }
        for days in points {
            let (value, error) = find(Stat::Within(days.to_string())).unwrap();
            let known = exact.cdf(days * day);
            assert!(
                (value - known).abs() <= error + 1e-9,
                "{family} {days} d: {value} ± {error}, not {known}"
            );
        }
    }
    println!("the greatest stated error of a quantile is {worst:.1e} of it");
}
