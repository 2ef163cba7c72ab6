//! docs/kpis.md agrees with the catalogue; `UPDATE_GOLDEN=1` writes it anew.

use std::fs;
use std::path::Path;

use voronka::diagnostic::codes::CODES;
use voronka::kpi::{Kpi, Need};

fn page() -> String {
    let mut text = String::from(
        "# KPIs\n\nEvery KPI once, by the name that tables, `--kpi` and `expect` use.\n\n\
         Populations: *decided* are deals whose status became won or lost inside the window, *cohort* \
         deals that arrived in it, *ended* deals that left the process in it, *period* is what \
         happened in it. A deal is won from its first sale on, whatever comes later.\n\n\
         Ratios are ratios of sums over replications. ± is the error of the simulation; p10, p50 and \
         p90 beside a number are quantiles over replications: they show how the window itself may turn out. \
         `--risk` chooses other quantiles.\n\n\
         Working time (`processing`, `work`, `open`) is shown in hours, because a day of work is shorter than \
         a day of the clock; CSV and JSON give it like all durations, in days of 24 hours unless `--time-unit` \
         says otherwise.\n\n\
         In the funnel table *goes on* is the `on` row of stage_conversion, *mainly to* is where most of those \
         go if that is not the next row, and *chance to win* is win_chance.\n\n| KPI | population | definition |\n| --- | --- | --- |\n",
    );
    let mut later = Vec::new();
    for kpi in Kpi::ALL {
        let needs = match kpi.needs() {
            Need::Nothing => "",
            Need::Value => " (needs a `value`)",
            Need::Cost => " (needs a cost)",
            Need::People => " (needs work)",
            Need::Patience => " (needs work and `patience`)",
            Need::Limit => " (needs work and a number of `people`)",
            Need::Sla => " (needs an `sla`)",
            Need::Target => " (needs `targets`)",
            Need::Rollout => " (needs a `rollout` that a variant asks for)",
            Need::Satisfaction => " (needs a stage with `satisfaction`)",
            Need::Promise => " (needs `promises`)",
            Need::Terms => " (needs `terms`)",
            Need::Margin => " (needs `terms` with a `margin`)",
            Need::Commission => " (needs `terms` with a `commission`)",
            Need::Demand => " (needs `terms` with a `demand`)",
            Need::CreditLimit => " (needs `terms` with a `credit_limit`)",
            Need::Cancelled => " (needs a branch `cancelled`)",
            Need::Later | Need::Command => {
                later.push(kpi.name());
                continue;
            }
        };
        text += &format!("| {kpi} | {} | {}{needs} |\n", kpi.population(), kpi.definition());
    }
    text += &format!(
        "\nNames that are known and that this version cannot produce yet: {}.\n",
        later.join(", ")
    );
    text
}

#[test]
fn the_page_of_kpis_is_that_of_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/kpis.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, page()).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page());
}

fn page_of_findings() -> String {
    let mut text = String::from(
        "# Findings\n\nEvery code of `voronka check`, as `voronka explain CODE` prints it: what is wrong, and why it matters. \
         Codes from V601 to V699 are warnings, and a model with warnings can be run; all others are errors. If a model alone \
         can cause a code, the smallest model that does so stands below it, followed by the same model without the fault.\n",
    );
    for entry in &CODES {
        text += &format!("\n## {}\n\n{}\n\n{}\n", entry.code, entry.meaning, entry.reason);
        if !entry.example.is_empty() {
            let (bad, good) = (entry.example.trim_end(), entry.good());
            text +=
                &format!("\n```yaml\n{bad}\n```\n\nBetter:\n\n```yaml\n{}\n```\n", good.trim_end());
        }
    }
    text
}

#[test]
fn the_page_of_findings_is_that_of_the_codes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lints.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, page_of_findings()).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page_of_findings());
}
