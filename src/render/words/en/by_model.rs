//! What a forecast says that follows a model, in English.

use crate::render::words::piece::{Piece, code, name, pieces};
use crate::render::words::plural::english as plural;
use crate::report::Number;
use crate::report::phrase::{ByModel, Mismatch};

fn deals(count: u64) -> String {
    format!("{count} open {}", plural(count, ["deal", "deals"]))
}

/// A line of a forecast that follows a model.
pub(super) fn line(line: &ByModel) -> Vec<Piece> {
    match line {
        ByModel::Trusted => pieces![
            "The model is assumed to be right: the intervals contain only its randomness. How it fits past deals:",
            code("voronka fit EXPORT --against MODEL"),
            "."
        ],
        ByModel::Stageless(count, amount) => {
            let mut words = pieces![format!("Left out: {} without a stage", deals(*count))];
            if let Some(amount) = amount {
                words.extend(pieces!["with", amount]);
            }
            words.push(".".into());
            words
        }
        ByModel::HalfOfAge(count) => pieces![format!(
            "The file does not say when {} came to their stage: half of their age is used.",
            deals(*count)
        )],
        ByModel::AlreadySold(count) => pieces![format!(
            "Not listed: {} that {} sold before; their next sales count.",
            deals(*count),
            plural(*count, ["was", "were"])
        )],
        ByModel::OtherWord(attribute, count) => pieces![
            format!("Drawn for {}:", deals(*count)),
            name(attribute),
            "; the model does not have the word in the file."
        ],
        ByModel::OtherSource(count) => pieces![format!(
            "No source of the model is known for {}: its largest one is used.",
            deals(*count)
        )],
        ByModel::Overdue(count) => pieces![format!(
            "Longer in the stage than any of a thousand simulated visits: {}. Such deals leave the stage at once, or stand in its queue.",
            deals(*count)
        )],
        ByModel::NoFacts => {
            pieces![
                "The file has no ended deals: nothing that came in before the forecast begins counts towards the plan."
            ]
        }
        ByModel::EarlierPayments => {
            pieces!["Payments for earlier sales are not in the file and are not counted."]
        }
        ByModel::Refusing { reasons, silent } => refusing(reasons, silent.as_ref()),
        ByModel::Draws(draws, seed) => {
            pieces![format!("80 % of {draws} draws lie between low and high (seed {seed}).")]
        }
        ByModel::CashHeading => pieces!["Cash by month"],
        ByModel::DemandHeading => pieces!["Demand by month"],
    }
}

/// Why clients refuse, as the model runs.
fn refusing(reasons: &[(String, Number)], silent: Option<&Number>) -> Vec<Piece> {
    if reasons.is_empty() && silent.is_none() {
        return pieces!["In the model nobody refuses."];
    }
    let mut words = pieces!["In the model, clients refuse because of"];
    for (at, (reason, share)) in reasons.iter().enumerate() {
        if at > 0 {
            words.push(",".into());
        }
        words.extend(pieces![name(reason), share]);
    }
    if let Some(share) = silent {
        words.extend(pieces![", without a reason", share]);
    }
    words.push(".".into());
    words
}

/// Why the open deals of a file do not fit a model.
pub(super) fn refusal(mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::NoStages => {
            "the open deals have no stages; name the column, as --map stage=\"Deal stage\""
                .to_owned()
        }
        Mismatch::UnknownStages { unknown, known } => {
            let first = unknown.first().map_or("", String::as_str);
            format!(
                "open deals are in stages that the model does not have: {}; the model has {}. Say which is which, as --stage '{first}={}'",
                unknown.join(", "),
                known.join(", "),
                known.first().map_or("", String::as_str),
            )
        }
        Mismatch::NoSuchStage { name, in_model: true } => {
            format!("--stage: the model has no stage `{name}`")
        }
        Mismatch::NoSuchStage { name, in_model: false } => {
            format!("--stage: the file has no stage `{name}`")
        }
    }
}
