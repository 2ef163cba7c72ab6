//! What `solve` says of the cases, to the last digits: no chance is in it, so none is allowed for.

use voronka::kpi::{Figure, Row};
use voronka::study::solve::{Limit, Options, Solution, solve};

use super::converter::{Case, Quantity, load, read, reason, until_empty};
use super::queue_cases::{read as read_queue, yaml};
use super::queues::{limit, place};
use super::sayable;

/// The row that answers a quantity.
fn answer<'s>(solution: &'s Solution, case: &Case, quantity: &Quantity) -> Option<&'s Row> {
    let name = quantity.name.as_str();
    let (head, end) = name.split_once('|').unwrap_or((name, ""));
    let (head, argument) = head.split_once('[').unwrap_or((head, ""));
    let argument = argument.trim_end_matches(']');
    let (scope, of) = match (end.trim_end_matches(']'), case.model.population.as_str()) {
        ("", "" | "all") => ("", ""),
        ("won", _) | ("", "won") => ("end", "won"),
        (end, _) => ("reason", reason(end).unwrap()),
    };
    let find = |kpi: &str, scope: &str, name: &str, stat: &str| {
        let same = |row: &&Row| {
            row.kpi == kpi && row.scope == scope && row.name == name && row.stat == stat
        };
        solution.long_run.iter().find(same)
    };
    match head {
        "p_end" if argument == "won" => find("lead_to_win", "", "", "share"),
        "p_end" => find("loss_table", "reason", reason(argument).unwrap(), "per_deal"),
        "visits" => find("visits", "stage", argument, "per_deal"),
        "mean_time" => find("cycle_time", scope, of, "mean"),
        "sd_time" => find("cycle_time", scope, of, "sd"),
        "mean_cost" => find("deal_cost", "", "", "mean"),
        "sd_cost" => find("deal_cost", "", "", "sd"),
        "cost_per_won" => find("cost_per_won", "", "", "mean"),
        "p_time_le" => find("cycle_time", scope, of, &format!("within {argument}")),
        _ if head.starts_with("time_p") => find("cycle_time", scope, of, &head["time_".len()..]),
        _ => None,
    }
}

/// How many quantities of a case agree; all that are answered must.
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
    for quantity in sayable(&case) {
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

/// How many quantities of a case of queues agree; `nearly` is what an approximation may be off by.
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
    let find = |kpi: &str, scope: &str, name: &str, stat: &str| {
        let same = |row: &&Row| {
            row.kpi == kpi && row.scope == scope && row.name == name && row.stat == stat
        };
        solution.long_run.iter().find(same)
    };
    let mut answered = 0;
    for quantity in &quantities {
        let (row, scale) = if let Some(percent) = quantity.name.strip_prefix("Wq_p") {
            (find("queue_time", "stage", &station, &format!("p{percent}")), 24.0)
        } else if let Some(hours) = limit(quantity) {
            (find("queue_time", "stage", &station, &format!("within {hours}")), 1.0)
        } else if let Some(place) = place(
            quantity,
            if quantity.name == "Wq" && reneges { "with reneging" } else { &station },
        ) {
            (find(place.kpi, place.scope, &place.name, &place.stat), place.scale)
        } else if quantity.name == "sd_Wq" {
            (find("queue_time", "stage", &station, "sd"), 24.0)
        } else {
            (None, 1.0)
        };
        let Some(row) = row else {
            println!("{id}: {} is not answered", quantity.name);
            continue;
        };
        let (found, value) = (row.figure.value().unwrap() * scale, quantity.value);
        let (share, error) = match row.figure {
            // A model's lengths are whole microseconds, and a wait multiplies what that takes.
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
fn approximations_say_so_and_are_near() {
    // Lee and Longton's formula is off by up to a few percent for constant services.
    assert_eq!(["mdc-01"].map(|id| settle_queues(id, 0.03)), [4]);
}

/// Lognormal work for three: the two-moment formula to its last digits, and near what was simulated.
#[test]
fn work_of_any_shape_for_several_is_nearly_known() {
    let case = read_queue("approx-01");
    let solution = solve(&load(&yaml(&case, 100.0, 1000.0)), &Options::default()).unwrap();
    let row = solution
        .long_run
        .iter()
        .find(|row| (row.kpi, row.scope, row.stat.as_str()) == ("queue_time", "stage", "mean"));
    let Figure::Approximate { value, .. } = row.unwrap().figure else { panic!("{row:?}") };
    let known = |name: &str| {
        let quantity = case["quantities"].as_array().unwrap().iter().find(|q| q["name"] == name);
        quantity.unwrap()["value"].as_f64().unwrap()
    };
    let hours = value * 24.0;
    assert!((hours / known("Wq") - 1.0).abs() < 3e-9, "{hours}");
    assert!((hours / known("Wq_simulated") - 1.0).abs() < 0.15, "{hours}");
}

/// Eight sales a month of lognormal amounts, mean 100 and standard deviation 80: the quantiles of a compound Poisson
/// sum by recursion on a fine lattice, right to 4e-4.
#[test]
fn bookings_of_a_month_are_compound_poisson() {
    let model = load(
        "horizon: 30.4375d\nsources: {s: {rate: 8/month}}\nvalue: {lognormal: {mean: 100, sd: 80}}\n\
         stages: {a: {next: won}}",
    );
    let solution = solve(&model, &Options::default()).unwrap();
    let known = [
        ("total", 800.0),
        ("p10", 372.675_594_454_563_9),
        ("p50", 757.035_922_658_672_1),
        ("p90", 1_281.320_473_536_406_8),
    ];
    for (stat, exact) in known {
        let same = |row: &&Row| row.kpi == "bookings" && row.per == "window" && row.stat == stat;
        let row = solution.window.iter().find(same).unwrap();
        let Figure::Numerical { value, error } = row.figure else { panic!("{row:?}") };
        assert!((value - exact).abs() <= error + 4e-4, "{stat}: {value} ± {error}, not {exact}");
    }
    // Eight on average, by chance: the 0.1, 0.5 and 0.9 quantiles of Poisson's law.
    let in_month = load(
        "start: 2026-01-01\nhorizon: 1 month\nsources: {s: {rate: 8/month}}\nstages: {a: {wait: 1h, next: won}}",
    );
    let solution = solve(&in_month, &Options::default()).unwrap();
    let number = |stat: &str| {
        let same = |row: &&Row| row.kpi == "throughput" && row.per == "month" && row.stat == stat;
        solution.window.iter().find(same).and_then(|row| row.figure.value()).unwrap()
    };
    assert_eq!(["p10", "p50", "p90"].map(number), [5.0, 8.0, 12.0]);
}

/// One stage: its time is the distribution itself, which is known.
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
        let find = |stat: &str| {
            let same =
                |row: &&Row| row.kpi == "cycle_time" && row.scope.is_empty() && row.stat == stat;
            match solution.long_run.iter().find(same)?.figure {
                Figure::Numerical { value, error } => Some((value, error)),
                Figure::Exact(value) => Some((value, 1e-9 * value)),
                ref other => panic!("{family} {stat}: {other:?}"),
            }
        };
        for p in &options.quantiles {
            let Some((value, error)) = find(&format!("p{}", p * 100.0)) else { continue };
            let known = exact.quantile(*p) / day;
            assert!(
                (value - known).abs() <= error + 1e-9,
                "{family} p{p}: {value} ± {error}, not {known}"
            );
            worst = worst.max(error / known.max(0.1));
        }
        for days in points {
            let (value, error) = find(&format!("within {days}")).unwrap();
            let known = exact.cdf(days * day);
            assert!(
                (value - known).abs() <= error + 1e-9,
                "{family} {days} d: {value} ± {error}, not {known}"
            );
        }
    }
    println!("the greatest stated error of a quantile is {worst:.1e} of it");
}
