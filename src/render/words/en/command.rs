//! What the commands say, in English.

use super::findings;
use crate::render::words::command::{Kept, Phrase, Summary};
use crate::render::words::plural;

pub(in crate::render::words) fn say(phrase: Phrase<'_>) -> String {
    match phrase {
        Phrase::Holds { file, measured } => {
            return format!("holds: {file}: {}\n", findings::holds(measured));
        }
        Phrase::Summary(found) => return summary(found),
        Phrase::Wrote { file } => return format!("wrote {file}\nNext: voronka run {file}\n"),
        Phrase::AskStages => "The stages in their order, with commas between",
        Phrase::AskShare => "What share of deals goes on from each",
        Phrase::AskLeads => "How many leads a month",
        Phrase::SomeStages => "lead, demo, offer",
        Phrase::LeadSource => "leads",
        Phrase::ModelBegins => "# What does it bring? voronka run FILE\n",
        Phrase::ModelEnds => {
            "# What to add next: what deals are worth and what a stage costs.\n\
             # value: {lognormal: {median: 1000, p90: 5000}}\n\
             # currency: EUR\n"
        }
        Phrase::Template => "template",
        Phrase::About => "what it is about",
    }
    .to_owned()
}

fn summary(found: &Summary) -> String {
    if found.unreadable == found.files {
        return format!("{} could not be read\n", count(found.unreadable, ["file", "files"]));
    }
    let errors = count(found.errors, ["error", "errors"]);
    let warnings = count(found.warnings, ["warning", "warnings"]);
    let files = count(found.files, ["file", "files"]);
    let mut parts = vec![format!("{files}: {errors}, {warnings}")];
    match found.kept {
        Some(Kept::NotJudged) => parts.push("expectations were not judged".to_owned()),
        Some(Kept::Hold(kept)) => {
            parts.push(count(kept, ["expectation holds", "expectations hold"]));
        }
        None => {}
    }
    if found.undecided > 0 {
        parts.push(format!("{} undecided, which is allowed", found.undecided));
    }
    if found.unreadable > 0 {
        parts.push(format!("{} could not be read", found.unreadable));
    } else if found.fails_by_warnings() {
        parts.push("with --strict warnings count as errors".to_owned());
    }
    parts.join("; ") + "\n"
}

fn count(n: usize, forms: [&str; 2]) -> String {
    let noun = plural::english(n as u64, forms);
    if n == 0 { format!("no {noun}") } else { format!("{n} {noun}") }
}
