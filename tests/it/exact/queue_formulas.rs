//! Queues with other parameters, compared with formulas written out here, and faults that must be
//! detected.

use serde_json::{Value, json};

use super::judge::Verdict;
use super::queue_cases::read;
use super::queues::{judged, passes};

/// One station with its own role, after which deals are done.
fn station(rate: f64, servers: u32, service: &Value, patience: Option<f64>) -> Value {
    let mut station =
        json!({"name": "desk", "servers": servers, "service": service, "to": {"done": 1.0}});
    if let Some(mean) = patience {
        station["patience"] = json!({"dist": "exponential", "mean": mean});
    }
    json!({"model": {
        "arrivals": {"process": "poisson", "rate": rate},
        "stations": [station],
    }})
}

fn quantities(list: &[(&str, f64, &str)]) -> Value {
    let one = |(name, value, kind): &(&str, f64, &str)| json!({"name": name, "value": value, "kind": kind});
    list.iter().map(one).collect()
}

/// Erlang's second formula through his first (Erlang 1917): the probability of waiting.
fn erlang_c(servers: u32, load: f64) -> f64 {
    let blocked = (1..=servers).fold(1.0, |b, n| load * b / (f64::from(n) + load * b));
    let busy = load / f64::from(servers);
    blocked / (1.0 - busy * (1.0 - blocked))
}

#[test]
fn mmc_agrees_with_erlang_for_other_parameters() {
    for (rate, servers, mean, window) in [(2.5, 3, 0.9, 30_000.0), (7.0, 7, 0.7, 18_000.0)] {
        let load = rate * mean;
        let waits = erlang_c(servers, load);
        let drain = f64::from(servers) / mean - rate;
        let wait = waits / drain;
        // Waits above zero are exponential, so the 90th percentile of all waits is at:
        let p90 = (waits / 0.1).ln() / drain;
        let found = quantities(&[
            ("utilisation", load / f64::from(servers), "mean"),
            ("p_wait", waits, "prob"),
            ("Wq", wait, "mean"),
            ("W", wait + mean, "mean"),
            ("Lq", rate * wait, "mean"),
            ("L", rate * (wait + mean), "mean"),
            ("Wq_p90", p90, "quantile"),
            ("p_Wq_le[0.3]", 1.0 - waits * (-0.3 * drain).exp(), "prob"),
        ]);
        let service = json!({"dist": "exponential", "mean": mean});
        passes(&station(rate, servers, &service, None), &found, window, 8);
    }
}

/// Pollaczek and Khinchine: the mean wait from the first two moments of the work.
#[test]
fn mg1_agrees_with_pollaczek_and_khinchine_for_other_services() {
    let (low, high) = (0.2, 1.4);
    let (shape, scale) = (2.5, 0.3);
    let cases = [
        // Mean and second moment, from the definitions of the families.
        (
            1.0,
            0.8,
            0.64 + (high - low) * (high - low) / 12.0,
            json!({"dist": "uniform", "low": low, "high": high}),
        ),
        (
            0.9,
            0.75,
            shape * (shape + 1.0) * scale * scale,
            json!({"dist": "gamma", "shape": shape, "scale": scale}),
        ),
    ];
    for (rate, mean, square, service) in cases {
        let busy = rate * mean;
        let wait = rate * square / 2.0 / (1.0 - busy);
        let found = quantities(&[
            ("utilisation", busy, "mean"),
            ("p_wait", busy, "prob"),
            ("Wq", wait, "mean"),
            ("W", wait + mean, "mean"),
            ("Lq", rate * wait, "mean"),
            ("L", rate * (wait + mean), "mean"),
        ]);
        passes(&station(rate, 1, &service, None), &found, 60_000.0, 6);
    }
}

/// Palm's queue (M/M/c+M) from its balance equations: the state is a birth and death process.
#[test]
fn erlang_a_agrees_with_balance_equations_for_other_parameters() {
    let (rate, servers, mean, patience) = (6.0, 4_u32, 0.6, 0.8);
    let mut weights = vec![1.0];
    for n in 1..400_u32 {
        let (served, waiting) = (n.min(servers), n.saturating_sub(servers));
        let leaving = f64::from(served) / mean + f64::from(waiting) / patience;
        weights.push(weights[n as usize - 1] * rate / leaving);
    }
    let all: f64 = weights.iter().sum();
    let expected = |of: &dyn Fn(u32) -> f64| -> f64 {
        weights.iter().zip(0..).map(|(weight, n)| weight / all * of(n)).sum()
    };
    let waiting = expected(&|n| f64::from(n.saturating_sub(servers)));
    let busy = expected(&|n| f64::from(n.min(servers)));
    let found = quantities(&[
        ("p_abandon", waiting / patience / rate, "prob"),
        ("p_wait", expected(&|n| f64::from(u8::from(n >= servers))), "prob"),
        ("Wq", waiting / rate, "mean"),
        ("Lq", waiting, "mean"),
        ("utilisation", busy / f64::from(servers), "mean"),
        ("throughput", busy / mean, "mean"),
    ]);
    let service = json!({"dist": "exponential", "mean": mean});
    passes(&station(rate, servers, &service, Some(patience)), &found, 4_000.0, 6);
}

/// The names of the quantities that fail if a case is changed but its quantities are not.
fn failing(id: &str, window: f64, change: impl Fn(&mut Value)) -> Vec<String> {
    let mut case = read(id);
    change(&mut case["model"]);
    let judged = judged(&case, &case["quantities"], window);
    judged.into_iter().filter(|j| j.verdict == Verdict::Fail).map(|j| j.name).collect()
}

#[test]
fn work_that_is_two_percent_too_long_is_caught() {
    let failing = failing("mmc-02", 12_000.0, |model| {
        model["stations"][0]["service"]["mean"] = json!(0.51);
    });
    for name in ["utilisation", "p_wait", "Wq", "Lq", "L"] {
        assert!(failing.contains(&name.to_owned()), "{name} is not among {failing:?}");
    }
}

#[test]
fn one_person_too_many_is_caught() {
    let failing = failing("erlanga-01", 3_000.0, |model| {
        model["stations"][0]["servers"] = json!(10);
    });
    assert_eq!(failing.len(), 7, "all of them: {failing:?}");
}

/// The load is the same, so only waits can show it.
#[test]
fn work_that_varies_too_little_is_caught_by_waits_alone() {
    let failing = failing("mm1-02", 24_000.0, |model| {
        let mean = model["stations"][0]["service"]["mean"].as_f64().unwrap();
        model["stations"][0]["service"] = json!({"dist": "erlang", "k": 2, "mean": mean});
    });
    assert!(failing.contains(&"Wq".to_owned()), "{failing:?}");
    assert!(!failing.contains(&"utilisation".to_owned()), "{failing:?}");
    assert!(!failing.contains(&"p_wait".to_owned()), "{failing:?}");
}
