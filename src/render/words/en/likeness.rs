//! What is said of a fitted process beside its deals, and of a log beside a model, in English.

use crate::render::words::Language;
use crate::render::words::piece::{Piece, name, pieces};
use crate::render::words::plural::english;
use crate::report::phrase::{FitPart, Fitting};

const EN: Language = Language::English;

pub(super) fn line(line: &Fitting) -> Vec<Piece> {
    match line {
        Fitting::Heading(part) => pieces![match part {
            FitPart::All => "All deals, and the model fitted to them",
            FitPart::First => "The first deals, and a model fitted to them only",
            FitPart::Last => "The last deals, and the model fitted to the first ones",
        }],
        Fitting::Quantile(percent) => pieces![format!("time to the last event, p{percent}")],
        Fitting::Passed(stage) => pieces!["passed", name(stage)],
        Fitting::Deviating { model, deviating, deals } => {
            let share = EN.fixed(100.0 * *deviating as f64 / (*deals).max(1) as f64, 1);
            let counts = format!(
                "{} of {} deals ({share} %) make a transition that",
                EN.count(*deviating as f64),
                EN.count(*deals as f64)
            );
            pieces![counts, name(model), "lacks."]
        }
        Fitting::OnlyInLog(stage, deals) => {
            let deals =
                format!("({} {})", EN.count(*deals as f64), english(*deals, ["deal", "deals"]));
            pieces!["Only in the log:", name(stage), deals]
        }
        Fitting::OnlyInModel(stage) => pieces!["Only in the model:", name(stage)],
        Fitting::Alike(log, model) => {
            pieces!["Taken for the same: in the log", name(log), ", in the model", name(model)]
        }
        Fitting::What => pieces!["figure"],
        Fitting::Observed => pieces!["deals"],
        Fitting::Played => pieces!["simulated"],
        Fitting::MeanTime => pieces!["time to the last event, mean"],
        Fitting::PerWeek => pieces!["arrivals a week, mean"],
        Fitting::OpenDeals => pieces!["open deals at the ends of weeks, mean"],
        Fitting::Week => pieces!["week from"],
        Fitting::Came => pieces!["arrivals"],
        Fitting::Expected => pieces!["expected"],
        Fitting::OpenObserved => pieces!["open at the end"],
        Fitting::OpenPlayed => pieces!["open, simulated"],
        Fitting::LackingHeading => pieces!["Transitions that the model lacks"],
        Fitting::NothingLacking => pieces!["The model has every transition of the log."],
        Fitting::From => pieces!["from"],
        Fitting::To => pieces!["to"],
        Fitting::Count => pieces!["times"],
        Fitting::ShareOf => pieces!["share of all that leave"],
        Fitting::Arrival => pieces!["arrival"],
        Fitting::WaysHeading => pieces!["Where deals go"],
        Fitting::TimesHeading => pieces!["Mean time in stages"],
        Fitting::Stage => pieces!["stage"],
        Fitting::InLog => pieces!["log"],
        Fitting::InModel => pieces!["model"],
        Fitting::Low => pieces!["95 % from"],
        Fitting::High => pieces!["95 % to"],
        Fitting::Differs => pieces!["beyond chance (99 %)"],
        Fitting::Beyond => pieces!["yes"],
        Fitting::Chance => pieces!["no"],
        Fitting::TimesBare => pieces!["Times of the model are without queues and closed hours."],
    }
}
