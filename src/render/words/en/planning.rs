//! What a search for a plan says, in English.

use super::findings::{holds, target};
use super::screen::span;
use super::sweep::figure;
use crate::render::words::Language;
use crate::render::words::piece::{Piece, capital, code, name, pieces};
use crate::render::words::plural::english as plural;
use crate::report::phrase::Planning;

pub(super) fn planning(planning: &Planning) -> Vec<Piece> {
    match planning {
        Planning::Title { model, span, plans, tried } => {
            let word = plural(*plans as u64, ["plan", "plans"]);
            let span = self::span(*span);
            pieces![name(model), format!("— {span}, {plans} {word}, {tried} tried")]
        }
        Planning::Best { plan, aim: Some((aim, value)) } => {
            let mut words = pieces!["Cheapest plan that meets the targets:", name(plan), ";"];
            words.extend(figure(aim));
            words.extend(pieces![value, "."]);
            words
        }
        Planning::Best { plan, aim: None } => {
            pieces!["Plan with the fewest people that meets the targets:", name(plan), "."]
        }
        Planning::None => pieces!["No plan in these ranges meets all targets."],
        Planning::Reached(number, measured) => {
            pieces![format!("Target {number}: {}", holds(measured))]
        }
        Planning::Target(number, measured) => {
            pieces![format!("Target {number}: {}", target(measured))]
        }
        Planning::Binds { role, target, found } => {
            pieces![
                "With one person fewer,",
                name(role),
                format!(", target {target} is missed:"),
                found
            ]
        }
        Planning::Spare(role) => {
            pieces![
                "With one person fewer,",
                name(role),
                ", all targets are met too, at no lower cost."
            ]
        }
        Planning::TriedHeading => pieces!["The nearest plans"],
        Planning::Aim(aim) => figure(aim),
        Planning::TargetColumn(number) => pieces![format!("target {number}")],
        Planning::VerdictColumn => pieces!["targets"],
        Planning::ReplicationsColumn => pieces!["replications"],
        Planning::IsBest => pieces!["met, cheapest"],
        Planning::Meets => pieces!["met"],
        Planning::Misses => pieces!["missed"],
        Planning::NearlyMeets => pieces!["met, near the limit"],
        Planning::NearlyMisses => pieces!["missed, near the limit"],
        Planning::Dearer => pieces!["more expensive"],
        Planning::NoModel => pieces!["not a valid model"],
        Planning::MoreTried(more) => {
            let word = plural(*more as u64, ["plan", "plans"]);
            pieces![format!("{more} more {word} in"), code("--format csv")]
        }
        Planning::Certainty { level, plans, zone, seed } => pieces![
            "± and all decisions together hold at",
            level,
            format!(
                "(Bonferroni over {plans} plans, all with the same random numbers, seed {seed}), except within"
            ),
            zone,
            "of a limit: percentage points for shares and chances, and a share of the limit for other figures.",
        ],
        Planning::Assumed => pieces![
            "One more person is assumed never to make a target worse;",
            code("--every"),
            "tries every plan that could be cheaper."
        ],
        Planning::StagesHeading => pieces!["What the plan asks for, by stage"],
        Planning::WorkHeading => pieces!["What the plan asks of people"],
        Planning::PerMonth => pieces!["per month"],
        Planning::Range => pieces!["8 windows in 10"],
        Planning::PerDay => pieces!["per day"],
        Planning::PerPersonDay => pieces!["per person and working day"],
        Planning::HoursPerMonth => pieces!["work per month"],
        Planning::Arrivals => pieces!["arrivals"],
        Planning::FromTo(low, high) => {
            let number = |number| Language::English.number(number);
            pieces![format!("{} – {}", number(low), number(high))]
        }
        Planning::Cheapest(aim, value) => {
            let mut words = capital(figure(aim));
            words.extend(pieces!["of the cheapest plan that meets the targets is", value]);
            words
        }
        Planning::NonesTitle => pieces!["No plan in these ranges meets all targets"],
        Planning::Choice(plan) => pieces![name(plan), "."],
        Planning::Points(level) => pieces![
            "Green meets all targets, grey does not; the frame marks the chosen plan. Lines are intervals at",
            level,
            "for all plans together, the dashed line is the limit."
        ],
        Planning::TargetAxis(measured) => pieces![target(measured)],
    }
}
