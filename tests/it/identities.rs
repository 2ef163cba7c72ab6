//! Identities that hold in every run, tested on random models.
//!
//! They are exact (integers), so a failure is a fault and never chance.

use proptest::prelude::*;
use voronka::engine::{Guard, Replication, Setup, Walk, replicate};
use voronka::kpi::{Kpi, Needed, Row, Stat, Unit};
use voronka::model::load;
use voronka::program::Program;
use voronka::quantity::DAY_MICROS;
use voronka::stats::Moments;
use voronka::study::simulate::{Options, Progress, run};
use voronka::tally::series::Flow;
use voronka::tally::{Cells, Classes, Tally};

/// A random stage: its branches, waits and costs.
#[derive(Debug, Clone)]
struct RandomStage {
    ahead: u32,
    back: u32,
    lost: u32,
    wait: usize,
    sale: bool,
    lead: bool,
}

const WAITS: [&str; 6] = [
    "0",
    "36h",
    "{exponential: {mean: 3d}}",
    "{lognormal: {median: 2d, p90: 20d}}",
    "{uniform: {min: 0, max: 4d}}",
    "{empirical: {values: [1h, 2d, 9d], weights: [3, 2, 1]}}",
];

fn stage() -> impl Strategy<Value = RandomStage> {
    (1u32..80, 0u32..30, 1u32..60, 0usize..WAITS.len(), prop::bool::weighted(0.2), any::<bool>())
        .prop_map(|(ahead, back, lost, wait, sale, lead)| RandomStage {
            ahead,
            back,
            lost,
            wait,
            sale,
            lead,
        })
}

fn yaml(stages: &[RandomStage], empty: bool, warmup: bool, limit: bool) -> String {
    let mut text = String::from("start: 2025-01-13\n");
    text += if empty { "horizon: until empty\n" } else { "horizon: 40d\n" };
    if warmup {
        text += "warmup: 12d\n";
    }
    text += "attributes: {kind: {a: 30%, b: rest}}\nvalue: {uniform: {min: 10, max: 90}}\n";
    text += "sources:\n  x: {rate: 4/day, until: 2025-02-20, cost: 3}\n";
    text += "  y: {every: {exponential: {mean: 9h}}, until: 2025-02-20, batch: 2, enters: s0}\nstages:\n";
    for (at, stage) in stages.iter().enumerate() {
        let total = f64::from(stage.ahead + stage.back + stage.lost);
        let back = f64::from(stage.back) / total;
        let ahead = f64::from(stage.ahead) / total;
        let next = if at + 1 < stages.len() { format!("s{}", at + 1) } else { "won".into() };
        let to =
            if at > 0 && stage.back > 0 { format!("s{}: {back}, ", at / 2) } else { String::new() };
        text += &format!("  s{at}: {{wait: {}, cost: {at}, ", WAITS[stage.wait]);
        if stage.sale {
            text += "sale: true, ";
        }
        if stage.lead {
            text += "phase: lead, ";
        }
        if limit && at == 0 {
            text += "max_visits: {count: 2, lost: tired}, ";
        }
        text += &format!("next: {{{next}: {ahead}, {to}lost: {{r{}: rest}}}}}}\n", at % 3);
    }
    text
}

fn cells(text: &str, by: &[String], walk: Walk) -> (Vec<Cells>, f64, Program) {
    let loaded = load("random.yaml", text, &[], None);
    let model = loaded.model.unwrap_or_else(|| panic!("{text}\n{:?}", loaded.diagnostics));
    let program = Program::compile(&model);
    let classes = Classes::new(&program, by).unwrap();
    let cancel = std::sync::atomic::AtomicBool::new(false);
    let guard = Guard { most_visits: 10_000_000, cancel: &cancel };
    let limits = [2 * DAY_MICROS];
    let mut tally = Tally::new(&program, &classes, &limits, Needed::ALL);
    let replication = Replication { seed: 5, number: 3 };
    let stop = replicate(&Setup { walk, ..Setup::new(&program, guard) }, replication, &mut tally);
    let outcome = tally.close(3, stop);
    let series = &outcome.series;
    let sum = |flows: &[Flow]| {
        let mut sum = Flow::default();
        flows.iter().for_each(|flow| sum += flow);
        sum
    };
    assert_eq!(sum(&series.weeks), sum(&series.months), "each day is in one week and one month");
    let open = series.open_at_start + sum(&series.weeks).growth();
    let at_end: u64 = outcome.cells.iter().flat_map(|c| &c.stages).map(|stage| stage.open).sum();
    assert_eq!(open, at_end as i64, "the timeline and the stages count the same deals");
    let days = outcome.length.days();
    (outcome.cells, days, program)
}

fn total(cells: &[Cells], program: &Program) -> Cells {
    let mut all = cells[0].clone();
    cells[1..].iter().for_each(|class| all.merge(class));
    assert_eq!(all.stages.len(), program.stages.len());
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_deal_is_accounted_for(
        stages in prop::collection::vec(stage(), 1..6),
        empty in any::<bool>(),
        warmup in any::<bool>(),
        limit in any::<bool>(),
    ) {
        let text = yaml(&stages, empty, warmup, limit);
        let (classes, _, program) = cells(&text, &[], Walk::Fastest);
        let c = total(&classes, &program);
        // Arrivals + open at the start = won + lost + done + undecided.
        prop_assert_eq!(c.arrivals + c.undecided_at_start, c.won + c.lost + c.done + c.undecided_at_end);
        // Σ loss_table = lost; Σ cost kinds = cost; sales = first + later.
        let reasons = program.reasons.len();
        prop_assert_eq!((0..reasons).map(|reason| c.loss(reason).count).sum::<u64>(), c.lost);
        let stage_costs: i128 = c.stages.iter().map(|stage| stage.cost).sum();
        prop_assert_eq!(c.cost(), c.marketing + stage_costs);
        prop_assert_eq!(c.first_sales, c.won);
        // Deals that leave a stage go somewhere, and deals in a stage have entered it.
        for stage in &c.stages {
            prop_assert_eq!(stage.exits.iter().sum::<u64>(), stage.time.n);
            prop_assert!(stage.rework <= stage.entries);
            prop_assert!(stage.decided_won <= stage.decided && stage.decided <= stage.entered);
            prop_assert!(stage.reached_next <= stage.entered);
        }
        if empty && !warmup {
            prop_assert_eq!(c.undecided_at_end, 0);
            let ended: u64 = c.ends.iter().map(|end| end.time.n).sum();
            prop_assert_eq!(ended, c.arrivals);
            // Time in stages = time in process, to the microsecond; the same for cost.
            let in_stages: i128 = c.stages.iter().map(|stage| stage.time.sum).sum();
            let in_process: i128 = c.ends.iter().map(|end| end.time.sum).sum();
            prop_assert_eq!(in_stages, in_process);
            // Little's law on the sample path: ∫ open = Σ time in process.
            let occupancy: i128 = c.stages.iter().map(|stage| stage.occupancy).sum();
            prop_assert_eq!(occupancy, in_process);
            let spent: i128 = c.ends.iter().map(|end| end.cost.sum).sum();
            prop_assert_eq!(spent, c.cost());
        }
    }

    #[test]
    fn classes_add_up_to_the_whole(stages in prop::collection::vec(stage(), 1..5), warmup in any::<bool>()) {
        let text = yaml(&stages, false, warmup, false);
        let (one, _, program) = cells(&text, &[], Walk::Fastest);
        let (parts, _, _) = cells(&text, &["kind".to_owned(), "source".to_owned()], Walk::Fastest);
        prop_assert!(parts.len() > 1);
        prop_assert_eq!(total(&one, &program), total(&parts, &program));
    }

    #[test]
    fn both_walks_count_the_same(stages in prop::collection::vec(stage(), 1..6), empty in any::<bool>(), warmup in any::<bool>()) {
        let straight: Vec<RandomStage> =
            stages.into_iter().map(|stage| RandomStage { back: 0, ..stage }).collect();
        let text = yaml(&straight, empty, warmup, false);
        // One class, classes of a source (which a block shares), and classes of an attribute (which
        // it does not).
        for by in ["", "source", "kind"] {
            let by: Vec<String> = by.split_terminator(' ').map(str::to_owned).collect();
            let (fast, fast_days, program) = cells(&text, &by, Walk::Fastest);
            let (plain, plain_days, _) = cells(&text, &by, Walk::OneByOne);
            prop_assert!(program.order.is_some());
            prop_assert_eq!(fast_days, plain_days);
            prop_assert_eq!(fast, plain);
        }
    }

    #[test]
    fn quantiles_do_not_fall(values in prop::collection::vec(0i64..1_000_000_000, 1..200)) {
        let mut histogram = voronka::stats::Histogram::default();
        let mut moments = Moments::default();
        for value in &values {
            histogram.add(*value);
            moments.add(*value, &[]);
        }
        let quantiles: Vec<f64> = (1..20).map(|p| histogram.quantile(f64::from(p) / 20.0).unwrap()).collect();
        prop_assert!(quantiles.windows(2).all(|pair| pair[0] <= pair[1]));
        prop_assert_eq!(moments.n, histogram.n());
    }
}

/// Attributes that change after arrival: every share by value is one, and the cohorts sum to the
/// whole.
#[test]
fn deals_that_change_class_are_all_counted() {
    let text = "horizon: 3 months\nwarmup: 1 month\nattributes: {mood: {unknown: 100%}}\n\
        sources: {web: {rate: 60/week}}\nroles: {seller: {people: 3}}\nstages:\n  \
        lead: {phase: lead, wait: {exponential: {mean: 9d}}, next: {talk: 70%, lost: rest}}\n  \
        talk: {set: {mood: {good: 60%, bad: rest}}, work: {role: seller, time: 30 min}, wait: 12d, next: {offer: 50%, lost: rest}}\n  \
        offer: {sale: true, wait: 5d, next: {talk: 40%, done: rest}}\n";
    let model = voronka::model::load("", text, &[], None).model.unwrap();
    let options = Options { replications: 20, by: vec!["mood".to_owned()], ..Options::default() };
    let result = run(&model, &options, &Progress::default()).unwrap();
    let mut shares = 0;
    for row in result.rows.iter().filter(|row| row.unit() == Unit::Share) {
        if let Some(value) = row.figure.value() {
            assert!((0.0..=1.0).contains(&value), "{:?}: {value}", row.key);
            shares += 1;
        }
    }
    assert!(shares > 40, "{shares}");
    for kpi in [Kpi::LeadToWin, Kpi::LeadToDeal] {
        let n = |by: &str| -> u64 {
            let is = |row: &&Row| {
                row.key.kpi == kpi
                    && row.key.stat == Stat::Share
                    && row.key.by.starts_with(by)
                    && row.key.by.is_empty() == by.is_empty()
            };
            result.rows.iter().filter(is).map(|row| row.n).sum()
        };
        assert_eq!(n(""), n("mood="), "{kpi}");
        assert_eq!(n(""), result.deals, "the cohort is all that arrived in the window");
    }
}
