//! Queues with exact answers: Erlang, Pollaczek–Khinchine, Crommelin, Jackson, abandonment, a
//! finite source, batches, an empty start, and event logs worked out by hand.
//!
//! A case is converted to roles that work around the clock. Every quantity is judged over
//! independent replications, because waits within one are dependent; a quantile is judged by the
//! share of waits at or below it. Steady-state figures come from windows after a warm-up, so 0.2 %
//! of the value is allowed in addition to the interval, for the remaining effect of the empty
//! start.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::atomic::AtomicBool;

use serde_json::Value;
use voronka::engine::{Deal, Guard, Observer, Replication, Setup, Task, replicate};
use voronka::kpi::{Key, Kpi, Stat};
use voronka::program::{Program, SourceId};
use voronka::quantity::{HOUR_MICROS, Instant};
use voronka::study::simulate::{Options, Progress, Simulation, run};
use voronka::tally::figures::{self, Limit};

use super::converter::{Kind, Quantity, load};
use super::judge::{Found, Verdict, judge};
use super::queue_cases::{number, read, yaml};

/// `Wq` and `offer` for `Wq[offer]`; `Wq_p90` has no argument.
fn parts(name: &str) -> (&str, &str) {
    match name.split_once('[') {
        Some((head, rest)) => (head, rest.trim_end_matches(']')),
        None => (name, ""),
    }
}

/// The hours at or below which the share of waits is judged.
pub(super) fn limit(quantity: &Quantity) -> Option<f64> {
    match parts(&quantity.name) {
        ("p_Wq_le", hours) => hours.parse().ok(),
        (head, _) if head.starts_with("Wq_p") => Some(quantity.value),
        _ => None,
    }
}

/// The row of a quantity, its units per unit of the case, and the expected value.
pub(super) struct Place {
    pub(super) key: Key,
    pub(super) scale: f64,
    pub(super) value: f64,
}

pub(super) fn place(quantity: &Quantity, station: &str) -> Option<Place> {
    let (head, argument) = parts(&quantity.name);
    let whole = argument.is_empty();
    let stage = if whole { station.to_owned() } else { argument.to_owned() };
    let role = format!("r {stage}");
    let at = |key, scale| Some(Place { key, scale, value: quantity.value });
    match head {
        "utilisation" => at(Key::new(Kpi::Utilization, Stat::Share).role(&role), 1.0),
        "p_wait" => at(Key::new(Kpi::QueueTime, Stat::Waited).stage(&stage), 1.0),
        "Wq" if station == "with reneging" => at(Key::new(Kpi::QueueTime, Stat::WithReneged), 24.0),
        "Wq" | "Wq|served" => at(Key::new(Kpi::QueueTime, Stat::Mean).stage(&stage), 24.0),
        "W" => at(Key::new(Kpi::TimeInStage, Stat::Mean).stage(&stage), 24.0),
        "Lq" | "Nq" => at(Key::new(Kpi::QueueLength, Stat::Mean).stage(&stage), 1.0),
        "Lq_total" => at(Key::new(Kpi::QueueLength, Stat::Mean), 1.0),
        "L" => at(Key::new(Kpi::OpenDeals, Stat::Mean).stage(&stage), 1.0),
        "L_total" => at(Key::new(Kpi::OpenDeals, Stat::Mean), 1.0),
        "W_total" => at(Key::new(Kpi::CycleTime, Stat::Mean), 24.0),
        "visits" => at(Key::new(Kpi::Visits, Stat::PerDeal).stage(&stage), 1.0),
        "p_abandon" => at(Key::new(Kpi::Reneged, Stat::Share), 1.0),
        // An hour is 1/730.5 of a month.
        "throughput" => at(Key::new(Kpi::Throughput, Stat::Sales), 1.0 / 730.5),
        _ => None,
    }
}

fn simulate(text: &str, replications: u64, first: u64, within: &[f64]) -> Simulation {
    let within = within.iter().map(|hours| Limit { label: format!("{hours}"), days: hours / 24.0 });
    let within = within.collect();
    let figures =
        figures::Options { keep_replications: true, within, ..figures::Options::default() };
    let options = Options { replications, first, figures, seed: 11, ..Options::default() };
    run(&load(text), &options, &Progress::default()).unwrap()
}

/// A quantity of a case, its verdict, and a message.
pub(super) struct Judged {
    pub(super) name: String,
    pub(super) verdict: Verdict,
    message: String,
}

/// Judges a case file in the steady state.
fn steady(id: &str, window: f64, expected: usize) {
    let case = read(id);
    passes(&case, &case["quantities"], window, expected);
}

/// Judges a case: all quantities must pass, except those without a value in each replication.
pub(super) fn passes(case: &Value, quantities: &Value, window: f64, expected: usize) {
    let judged = judged(case, quantities, window);
    let bad = judged.iter().filter(|judged| judged.verdict != Verdict::Pass);
    let bad: Vec<&str> = bad.map(|judged| judged.message.as_str()).collect();
    assert!(bad.is_empty(), "{case:#}\n{}", bad.join("\n"));
    assert_eq!(judged.len(), expected, "number of quantities judged");
}

/// Judges the quantities of a case in the steady state: means in windows of this many hours, shares
/// and quantiles in shorter ones.
pub(super) fn judged(case: &Value, quantities: &Value, window: f64) -> Vec<Judged> {
    let quantities: Vec<Quantity> = serde_json::from_value(quantities.clone()).unwrap();
    let station = case["model"]["stations"][0]["name"].as_str().unwrap().to_owned();
    let reneges = !case["model"]["stations"][0]["patience"].is_null();
    let text = yaml(case, window / 8.0, window);
    let limits: Vec<f64> = quantities.iter().filter_map(limit).collect();
    let chunks: Vec<&[f64]> =
        if limits.is_empty() { vec![&[]] } else { limits.chunks(4).collect() };
    // Only means need the long window; shares are judged less strictly.
    let short = yaml(case, window / 8.0, window / 5.0);
    let runs: Vec<Simulation> = chunks
        .iter()
        .enumerate()
        .map(|(at, within)| simulate(if at == 0 { &text } else { &short }, 200, 0, within))
        .collect();
    let mut all = Vec::new();
    for quantity in &quantities {
        // An unconditional wait includes deals that left.
        let of_all = reneges && quantity.name == "Wq";
        let (found, target) = if let Some(hours) = limit(quantity) {
            let within = Stat::Within(hours.to_string());
            let key = Key::new(Kpi::QueueTime, within).stage(&station);
            let row = runs.iter().find_map(|run| run.find(&key));
            let share = match quantity.name.strip_prefix("Wq_p") {
                Some(percent) => percent.parse::<f64>().unwrap() / 100.0,
                None => quantity.value,
            };
            // A wait of zero is an atom: its share is judged as P(wait).
            if hours == 0.0 {
                continue;
            }
            let target = Quantity { value: share, kind: Kind::Prob, ..quantity.clone() };
            (row.unwrap().replications.iter().flatten().copied().collect(), target)
        } else if let Some(place) = place(quantity, if of_all { "with reneging" } else { &station })
        {
            let row = runs[0].find(&place.key);
            let row = row.unwrap_or_else(|| panic!("no row for {}", quantity.name));
            let values: Vec<f64> =
                row.replications.iter().flatten().map(|x| x * place.scale).collect();
            (values, Quantity { value: place.value, ..quantity.clone() })
        } else {
            println!("{} is not judged", quantity.name);
            continue;
        };
        let target = Quantity { abs_err: target.abs_err + 0.002 * target.value.abs(), ..target };
        let verdict = judge(&target, &Found::Replicated(found.clone()));
        let mean = found.iter().sum::<f64>() / found.len() as f64;
        let squares: f64 = found.iter().map(|x| (x - mean).powi(2)).sum();
        let error = squares.sqrt() / found.len() as f64;
        let more = (6.4 * error / 0.02 / target.value).powi(2);
        let Quantity { name, value, .. } = target;
        let message = format!("{name}: {verdict:?}, {mean} for {value}; more by {more:.1}");
        all.push(Judged { name, verdict, message });
    }
    all
}

#[test]
fn poisson_arrivals_at_one_person_mm1() {
    steady("mm1-02", 24_000.0, 13);
}

#[test]
fn several_people_agree_with_erlang_mmc() {
    steady("mmc-02", 50_000.0, 13);
    steady("mmc-03", 32_000.0, 12);
}

#[test]
fn general_work_agrees_with_pollaczek_and_khinchine_mg1() {
    steady("mg1-01", 40_000.0, 13);
    steady("mg1-02", 320_000.0, 13);
}

#[test]
fn constant_work_for_two_people_agrees_with_crommelin_mdc() {
    steady("mdc-01", 100_000.0, 4);
}

/// The wait was simulated elsewhere; its error is four standard errors of that simulation.
#[test]
fn general_work_for_three_people() {
    let case = read("approx-01");
    let [_, share, wait] = case["quantities"].as_array().unwrap().as_slice() else { panic!() };
    let mut wait = wait.clone();
    assert_eq!(wait["name"], "Wq_simulated");
    wait["name"] = "Wq".into();
    passes(&case, &vec![share.clone(), wait].into(), 75_000.0, 2);
}

#[test]
fn regular_arrivals_at_one_person_gim1() {
    steady("gim1-01", 70_000.0, 8);
}

#[test]
fn too_many_leads_that_lose_patience_erlang_a() {
    steady("erlanga-01", 3_000.0, 7);
}

#[test]
fn stages_with_rework_agree_with_jackson() {
    steady("jackson-01", 38_000.0, 15);
}

#[test]
fn one_team_for_two_stages_pool() {
    steady("pool-01", 62_000.0, 7);
}

#[test]
fn ten_returning_clients_repair() {
    steady("repair-01", 13_000.0, 6);
}

#[test]
fn leads_in_batches() {
    steady("batch-01", 160_000.0, 5);
}

/// From empty: the state at an instant is the end of a window of that length.
#[test]
fn a_queue_that_starts_empty() {
    let case = read("transient-01");
    let quantities: Vec<Quantity> = serde_json::from_value(case["quantities"].clone()).unwrap();
    let (mut judged, mut bad) = (0, Vec::new());
    for (time, rounds) in [("1", 16), ("5", 10), ("20", 10), ("100", 14)] {
        let text = yaml(&case, 0.0, time.parse().unwrap());
        let (mut open, mut waiting) = (Vec::new(), Vec::new());
        for round in 0..rounds {
            let run = simulate(&text, 10_000, round * 10_000, &[]);
            let values = |kpi, stat| -> Vec<f64> {
                let row = run.find(&Key::new(kpi, stat)).unwrap();
                row.replications.iter().flatten().copied().collect()
            };
            open.extend(values(Kpi::OpenAtEnd, Stat::Count));
            waiting.extend(values(Kpi::QueueLength, Stat::AtEnd));
        }
        for quantity in &quantities {
            let found = match parts_of_time(&quantity.name) {
                (head, at) if at != time || head.is_empty() => continue,
                ("N", _) => Found::Replicated(open.clone()),
                ("Nq", _) => Found::Replicated(waiting.clone()),
                ("p_empty", _) => {
                    let k = open.iter().filter(|open| **open == 0.0).count() as u64;
                    Found::Counted { k, n: open.len() as u64, p: quantity.value }
                }
                ("p_all_busy", _) => {
                    let k = open.iter().filter(|open| **open >= 1.0).count() as u64;
                    Found::Counted { k, n: open.len() as u64, p: quantity.value }
                }
                _ => continue,
            };
            judged += 1;
            let verdict = judge(quantity, &found);
            // Few deals are open after an hour: all must agree, but precision is required only
            // where possible.
            if verdict == Verdict::Fail
                || (verdict != Verdict::Pass && quantity.name.starts_with('p'))
            {
                bad.push(format!("{}: {verdict:?}", quantity.name));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:?}");
    assert_eq!(judged, 16);
}

/// `N` and `5` for `N(5)`.
fn parts_of_time(name: &str) -> (&str, &str) {
    let (head, rest) = name.split_once('(').unwrap_or((name, ""));
    (head, rest.trim_end_matches(')'))
}

/// Requested, started and ended, by the deal's source.
#[derive(Default)]
struct Log(HashMap<SourceId, Vec<[Instant; 3]>>);

impl Observer for Log {
    fn works(&mut self, deal: &Deal, task: &Task) {
        self.0.entry(deal.source).or_default().push([task.asked, task.started, task.ended]);
    }
}

/// Event logs worked out by hand, equal to the microsecond. Every deal has its own source; all
/// arrive an hour late, because the first deal comes after a gap.
fn trace(id: &str) {
    let case = read(id);
    let model = &case["model"];
    let deals = model["deals"].as_array().unwrap();
    let mut text =
        "horizon: until empty\ncalendars: {always: {hours: \"00:00-24:00\"}}\nsources:\n"
            .to_owned();
    for deal in deals {
        let gap = number(deal, "arrive") + 1.0;
        writeln!(text, "  {}: {{every: {gap} h, count: 1}}", deal["id"].as_str().unwrap()).unwrap();
    }
    text += "roles:\n";
    for (name, people) in model["pools"].as_object().unwrap() {
        writeln!(text, "  {name}: {{people: {people}}}").unwrap();
    }
    text += "stages:\n";
    for (at, first) in deals[0]["activities"].as_array().unwrap().iter().enumerate() {
        let (stage, role) = (first["stage"].as_str().unwrap(), first["pool"].as_str().unwrap());
        writeln!(
            text,
            "  {stage} {at}:\n    work: {{role: {role}, time: 1h}}\n    next: 100%\n    variants:"
        )
        .unwrap();
        for deal in deals {
            let time = number(&deal["activities"][at], "duration");
            let id = deal["id"].as_str().unwrap();
            writeln!(
                text,
                "      - {{when: {{source: {id}}}, work: {{role: {role}, time: {time} h}}}}"
            )
            .unwrap();
        }
    }
    let program = Program::compile(&load(&text));
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 1000, cancel: &cancel };
    let mut log = Log::default();
    replicate(&Setup::new(&program, guard), Replication { seed: 1, number: 0 }, &mut log);
    let expected =
        case["quantities"].as_array().unwrap().iter().find(|q| q["name"] == "log").unwrap();
    let mut seen = HashMap::new();
    for entry in expected["value"].as_array().unwrap() {
        let name = entry["deal"].as_str().unwrap();
        let (source, _) = program.sources.entries().find(|(_, s)| s.name == name).unwrap();
        let nth = seen.entry(source).or_insert(0);
        let instants = ["queued", "started", "ended"]
            .map(|key| Instant(((number(entry, key) + 1.0) * HOUR_MICROS as f64).round() as i64));
        assert_eq!(log.0[&source][*nth], instants, "{id}: {entry}");
        *nth += 1;
    }
    assert_eq!(seen.values().sum::<usize>(), log.0.values().map(Vec::len).sum::<usize>());
}

#[test]
fn logs_worked_out_by_hand_are_met_to_the_microsecond() {
    trace("trace-01");
    trace("trace-04");
}
