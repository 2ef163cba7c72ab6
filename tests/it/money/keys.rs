//! Every key of money changes some figure: a model without the key has other rows.

use voronka::study::simulate::{Options, Progress, run};

use super::model;

const ALL: &str = "start: 2026-01-12\nhorizon: 6 months\nvalue: {uniform: {min: 100, max: 900}}\n\
    attributes: {size: {small: 60%, large: rest}}\nsources: {s: {rate: 3/day}}\n\
    terms:\n  - when: {size: large}\n    margin: 24%\n    commission: {share: 10%, of: margin, on: payment}\n    \
    payment: [{share: 30%, after: 3d, before: making}, \
    {share: rest, at: handover, after: 30d, late: {exponential: {mean: 10d}}, unpaid: 5%}]\n    keeps: 50%\n    \
    demand: {hours: {amount: {normal: {mean: 30, sd: 6}}, after: 9d}, steel: {amount: 20, every: quarter}}\n  \
    - {margin: 28%, commission: 4%, payment: {after: 10d, instalments: {count: 3, every: 1 week}}, demand: {hours: 9}, credit_limit: 800}\n\
    capacity: {hours: 100/week}\n\
    costs: {office: {rate: 400/month, from: 2026-02-01, until: 2026-05-01}, licences: {once: 900, on: 2026-02-01}}\n\
    discount: 15%/year\n\
    stages:\n  offer: {wait: 9d, cost: 1%, next: {contract: 40%, lost: {price: rest}}}\n  \
    contract: {sale: true, wait: 1d, next: {making: 90%, cancelled: {withdrew: rest}}}\n  \
    making: {wait: 20d, next: {handover: 90%, cancelled: {late: rest}}}\n  handover: {wait: 1d, next: done}\n";

/// All figures of some replications, and what finance and production get.
fn figures(text: &str) -> String {
    let options = Options { replications: 5, threads: 1, ..Options::default() };
    let simulation = run(&model(text), &options, &Progress::default()).unwrap();
    let rows = simulation.rows.iter().map(|row| format!("{:?} {:?}\n", row.key, row.figure));
    let timeline = simulation.timeline.rows.iter().map(|row| format!("{row:?}\n"));
    let demand = simulation.demand.iter().map(|row| format!("{row:?}\n"));
    rows.chain(timeline).chain(demand).collect()
}

#[test]
fn without_any_of_its_keys_a_model_has_other_figures() {
    let all = figures(ALL);
    for (from, to) in [
        ("margin: 24%", "margin: 28%"),
        ("commission: {share: 10%, of: margin, on: payment}\n", "keeps: 50%\n"),
        (", of: margin", ""),
        (", on: payment", ""),
        (", commission: 4%", ""),
        ("share: 30%, ", "share: 40%, "),
        ("after: 3d, before", "before"),
        (", before: making", ""),
        ("at: handover, ", ""),
        ("after: 30d, ", ""),
        ("late: {exponential: {mean: 10d}}, ", ""),
        (", unpaid: 5%", ""),
        ("keeps: 50%", "keeps: 0%"),
        (", after: 9d", ""),
        (", every: quarter", ""),
        (", steel: {amount: 20, every: quarter}", ""),
        (", instalments: {count: 3, every: 1 week}", ""),
        ("{count: 3, every: 1 week}", "{count: 2, every: 1 week}"),
        ("payment: {after: 10d, ", "payment: {"),
        (", demand: {hours: 9}", ""),
        (", credit_limit: 800", ""),
        ("capacity: {hours: 100/week}\n", ""),
        ("office: {rate: 400/month, from: 2026-02-01, until: 2026-05-01}, ", ""),
        ("from: 2026-02-01, ", ""),
        (", until: 2026-05-01", ""),
        (", licences: {once: 900, on: 2026-02-01}", ""),
        (", on: 2026-02-01", ""),
        ("discount: 15%/year\n", ""),
        (", cost: 1%", ""),
        ("{making: 90%, cancelled: {withdrew: rest}}", "{making: 90%, done: rest}"),
        ("cancelled: {late: rest}", "cancelled: rest"),
    ] {
        assert!(ALL.contains(from), "{from}");
        let mut text = ALL.replacen(from, to, 1);
        if from.starts_with("commission: {share: 10%") {
            text = text.replacen("    keeps: 50%\n    demand", "    demand", 1);
        }
        assert_ne!(figures(&text), all, "{from} changes nothing");
    }
}
