//! Logs of known models, fitted back: how often the intervals hold the truth.
//!
//! Of 100 intervals at 95 %, fewer than 86 hold the truth with a chance below 1e-4 (binomial). Intervals of rates come from 25
//! weekly counts, those of mean waits from the known standard deviation of exponential waits.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use voronka::fit::process::{Arrivals, Detail, End, Ending, Fitted, Leaf, arrivals, fit, traces};
use voronka::records::options::Options;
use voronka::records::read;

/// Seeds.
const SEEDS: u32 = 100;
/// Fewer intervals hold the truth with a chance below 1e-4.
const FEWEST: u32 = 86;

const STAYS: &str = "start: 2026-01-05
horizon: 6 months
sources: {site: {rate: 25/week}}
stages:
  call: {wait: {exponential: {mean: 4d}}, next: {offer: 60%, lost: {no need: rest}}}
  offer: {wait: {exponential: {mean: 9d}}, next: {won: 35%, offer: 15%, lost: {price: rest}}}
";

const TASKS: &str = "start: 2026-01-05
horizon: 6 months
calendars: {always: {hours: {mon-sun: \"00:00-24:00\"}}}
roles: {seller: {people: unlimited, calendar: always}}
sources: {site: {rate: 25/week}}
stages:
  call:
    work: {role: seller, time: {exponential: {mean: 1h}}}
    next: {offer: {share: 60%, after: {exponential: {mean: 3d}}}, lost: rest}
  offer:
    work: {role: seller, time: {exponential: {mean: 2h}}}
    next: {won: 40%, call: {share: 20%, after: {exponential: {mean: 8d}}}, lost: rest}
";

fn log_of(model: &Path, seed: u32) -> (Fitted, Arrivals) {
    let log = model.with_extension(format!("{seed}.csv"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    command.env("VORONKA_LANG", "en").arg("run").arg(model).arg("--events").arg(&log);
    let output = command.args(["-n", "1", "--seed", &seed.to_string()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let deals = read(&log, &Options::default()).unwrap().deals;
    fs::remove_file(log).unwrap();
    let traces = traces(&deals);
    (fit(&traces, Detail::Readable), arrivals(&traces, &deals).unwrap())
}

/// How often an interval held the truth, by what it is of.
#[derive(Default)]
struct Held(Vec<(&'static str, u32)>);

impl Held {
    fn add(&mut self, what: &'static str, (low, high): (f64, f64), truth: f64) {
        let holds = u32::from((low..=high).contains(&truth));
        match self.0.iter_mut().find(|row| row.0 == what) {
            Some(row) => row.1 += holds,
            None => self.0.push((what, holds)),
        }
    }

    fn share(&mut self, what: &'static str, leaf: &Leaf, (to, truth): (Ending, f64)) {
        let way = leaf.ways.iter().find(|way| way.share.to == to).unwrap();
        self.add(what, way.share.interval(), truth);
    }

    /// A mean of exponential times.
    fn mean(&mut self, what: &'static str, found: f64, (n, truth): (u64, f64)) {
        let reach = 1.96 * truth / (n as f64).sqrt();
        self.add(what, (found - reach, found + reach), truth);
    }

    fn judge(&self, rows: usize) {
        assert_eq!(self.0.len(), rows);
        for (what, held) in &self.0 {
            assert!(*held >= FEWEST, "{what}: {held} of {SEEDS}");
        }
    }
}

/// The case of first visits of a stage.
fn first(fitted: &Fitted, stage: usize) -> &Leaf {
    fitted.stages[stage].leaf(1, 0.1, f64::MAX)
}

fn model(folder: &TempDir, text: &str) -> std::path::PathBuf {
    let path = folder.path().join("known.yaml");
    fs::write(&path, text).unwrap();
    path
}

fn rate(held: &mut Held, arrivals: &Arrivals) {
    let inflow = &arrivals.inflows[0];
    let reach = inflow.reach.unwrap();
    held.add("rate", (inflow.rate - reach, inflow.rate + reach), 25.0);
}

#[test]
fn a_history_of_stages_gives_its_model_back() {
    let folder = TempDir::new().unwrap();
    let model = model(&folder, STAYS);
    let mut held = Held::default();
    for seed in 0..SEEDS {
        let (fitted, arrivals) = log_of(&model, seed);
        let [call, offer] = [0, 1].map(|stage| first(&fitted, stage));
        held.share("call to offer", call, (Ending::Stage(1), 0.6));
        held.share("offer to won", offer, (Ending::End(End::Won), 0.35));
        held.share("offer again", offer, (Ending::Stage(1), 0.15));
        for (what, leaf, truth) in [("wait at call", call, 4.0), ("wait at offer", offer, 9.0)] {
            if let Some(law) = &leaf.wait {
                let mean = law.distribution().unwrap().mean();
                held.mean(what, mean, (leaf.waits.0 - leaf.waits.1, truth));
            }
        }
        rate(&mut held, &arrivals);
    }
    held.judge(6);
}

#[test]
fn a_log_of_tasks_gives_its_model_back() {
    let folder = TempDir::new().unwrap();
    let model = model(&folder, TASKS);
    let mut held = Held::default();
    for seed in 0..SEEDS {
        let (fitted, arrivals) = log_of(&model, seed);
        let [call, offer] = [0, 1].map(|stage| first(&fitted, stage));
        held.share("call to offer", call, (Ending::Stage(1), 0.6));
        held.share("offer to won", offer, (Ending::End(End::Won), 0.4));
        held.share("offer to call", offer, (Ending::Stage(0), 0.2));
        for (what, leaf, (to, truth)) in [
            ("time from call to offer", call, (1, 3.0)),
            ("time from offer to call", offer, (0, 8.0)),
        ] {
            let way = leaf.ways.iter().find(|way| way.share.to == Ending::Stage(to)).unwrap();
            let mean = way.after.as_ref().unwrap().distribution().unwrap().mean();
            held.mean(what, mean, (way.share.count, truth));
        }
        for (what, stage, hours) in [("work at call", 0, 1.0), ("work at offer", 1, 2.0)] {
            let (law, n) = fitted.stages[stage].work.as_ref().unwrap();
            held.mean(what, law.distribution().unwrap().mean() * 24.0, (*n, hours));
        }
        rate(&mut held, &arrivals);
    }
    held.judge(8);
}
