//! The lines of a comparison.

use crate::render::words::piece::{Piece, name, pieces};
use crate::render::words::plural;
use crate::report::phrase::difference::Verdict;
use crate::report::phrase::{Comparing, Judged};

pub(super) fn line(line: &Comparing) -> Vec<Piece> {
    match line {
        Comparing::Models { base, other } => {
            pieces!["Base:", name(base), "; alternative:", name(other)]
        }
        Comparing::OtherWindow => pieces![
            "Their windows differ or have no fixed end: their totals over the window cover different times."
        ],
        Comparing::OnlyInOne(count) => {
            let are = plural::english(*count as u64, ["figure is", "figures are"]);
            pieces![format!("{count} {are} in one of the models only.")]
        }
        Comparing::Verdicts { better, worse, changed, same } => {
            let mut parts = Vec::new();
            for (word, kpis) in [("better", better), ("worse", worse), ("different", changed)] {
                if !kpis.is_empty() {
                    parts.push(format!("{word}: {}", names(kpis)));
                }
            }
            let figures = plural::english(*same as u64, ["figure", "figures"]);
            if *same > 0 || parts.is_empty() {
                parts.push(format!("no difference beyond chance: {same} {figures}"));
            }
            pieces![format!("In the alternative: {}.", parts.join("; "))]
        }
        Comparing::Verdict(verdict) => pieces![match verdict {
            Verdict::Better => "better",
            Verdict::Worse => "worse",
            Verdict::Changed => "different",
            Verdict::NotBeyondChance => "not beyond chance",
        }],
        Comparing::Payback { share, days, date } => pieces![
            "It has paid for itself in",
            share,
            "of all windows, on average after",
            days,
            format!("(by {date})."),
        ],
        Comparing::NoPayback => {
            pieces!["It does not pay for itself by the end of any window."]
        }
        Comparing::PaybackUnknown => pieces![
            "Whether it pays for itself is not known: both models need `terms` with a `margin`, and the same window.",
        ],
        Comparing::Investment(cost) => pieces!["The alternative costs", cost, "once."],
        Comparing::Together { level, compared, replications, seed } => pieces![
            "± is the error of a single difference at",
            level,
            format!(
                "({replications} replications of each model, the same random numbers, seed {seed}). Verdicts hold for all {compared} figures together (Bonferroni)."
            ),
        ],
        Comparing::Reduction(factor) => pieces![
            "The common random numbers divide the variance of a difference by",
            factor,
            "(median of the figures).",
        ],
        Comparing::NothingDiffers => pieces!["The models say the same."],
        Comparing::MoreDiffers(more) => {
            pieces![format!("… and {more} more: `voronka diff` lists all.")]
        }
    }
}

fn names(all: &[Judged]) -> String {
    let name = |Judged { kpi, of }: &Judged| match of.as_slice() {
        [] => kpi.name().replace('_', " "),
        of => format!("{} ({})", kpi.name().replace('_', " "), of.join(", ")),
    };
    all.iter().map(name).collect::<Vec<_>>().join(", ")
}
