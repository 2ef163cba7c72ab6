//! What the commands say, in English.

use super::explained::needs;
use super::{findings, oddities};
use crate::diagnostic::Verdict;
use crate::render::visible;
use crate::render::words::command::{Kept, Summary, Told};
use crate::render::words::plural;
use crate::render::words::{Language, shown};
use crate::report::phrase::difference;
use crate::report::phrase::fitting::Replay;
use crate::report::phrase::{Need, Odd};

/// How far a fitted process is from deals.
fn replayed(held_back: bool, replay: &Replay) -> String {
    let en = Language::English;
    let deals = count(replay.deals as usize, ["deal", "deals"]);
    let whose = if held_back { "fitted to the deals before" } else { "fitted to these deals" };
    let [seen, played, apart] =
        [replay.observed, replay.played, replay.distance].map(|days| en.duration(days));
    let share = en.fixed(replay.distance / replay.observed.max(f64::MIN_POSITIVE) * 100.0, 1);
    let paths = en.fixed(replay.sequences * 100.0, 0);
    format!(
        "{deals}, {whose}: time to the last event {seen} on average, {played} in the simulation; the distributions are \
         {apart} apart, {share} % of the mean; {paths} % of the paths differ\n"
    )
}

pub(in crate::render::words) fn tell(told: Told<'_>) -> String {
    match told {
        Told::Judged { file, judged } => {
            let verdict = match judged.verdict {
                Verdict::Kept => "holds",
                Verdict::Broken => "fails",
                Verdict::Undecided { .. } => "undecided",
                Verdict::Nothing => "nothing observed",
                Verdict::NoFigure => "no figure",
            };
            let how = if judged.exact {
                "exact".to_owned()
            } else {
                format!("{} replications", judged.replications)
            };
            let scenario = judged.scenario.as_ref().map_or(String::new(), |scenario| {
                format!("scenario {}: ", visible(&scenario.name, 200))
            });
            let holds = findings::holds(&judged.measured);
            return format!("{verdict}: {file}: {scenario}{holds} ({how})\n");
        }
        Told::NoFigures { kpi } => {
            let why = match kpi.needs() {
                Need::Nothing => "nothing of the kind happened".to_owned(),
                need => format!("it needs {}", needs(need)),
            };
            return format!("warning: this run has no {kpi}: {why}\n");
        }
        Told::NoChart { name } => {
            return format!("warning: no chart {name}: this run has nothing to show in it\n");
        }
        Told::Apart { count, figure, found, exact, errors } => {
            return format!(
                "error: {count} figures of this run disagree with theory beyond chance, as {figure}: simulated {found}, \
                 exact {exact} ({errors:.1} standard errors); this is a fault of voronka, please report it with the \
                 model\n"
            );
        }
        Told::Changed { file, change, verdict } => {
            let word = match verdict {
                difference::Verdict::Better => "better",
                difference::Verdict::Worse => "worse",
                difference::Verdict::Changed => "changed",
                difference::Verdict::NotBeyondChance => "the same",
            };
            let [old, new, difference] = shown::change(Language::English, change);
            let subject = &change.subject;
            return format!("{word}: {file}: {subject} {old} before, {new} now ({difference})\n");
        }
        Told::Compared { file, compared, changed } => {
            return format!(
                "{file}: {} compared, {changed} changed beyond chance\n",
                count(compared, ["figure", "figures"])
            );
        }
        Told::Mended { file, count } => {
            return format!("mended: {file}: {}\n", self::count(count, ["finding", "findings"]));
        }
        Told::WouldMend { file, count } => {
            return format!("{file}: {} can be mended\n", self::count(count, ["finding", "findings"]));
        }
        Told::Summary(found) => return summary(found),
        Told::Replayed { held_back, replay } => return replayed(held_back, replay),
        Told::LooksWrong { file, found } => {
            let line = |(count, odd): &(u64, Odd)| format!("{count:>8}  {}\n", oddities::odd(*odd));
            let lines: String = found.iter().map(line).collect();
            return format!("{file}: this looks wrong; `voronka inspect {file}` shows the rows\n") + &lines;
        }
        Told::Wrote { file } => return format!("wrote {file}\nNext: voronka run {file}\n"),
        Told::AskStages => "The stages in their order, with commas between",
        Told::AskShare => "What share of deals goes on from each",
        Told::AskLeads => "How many leads a month",
        Told::SomeStages => "lead, demo, offer",
        Told::LeadSource => "leads",
        Told::ModelBegins => "# What does it bring? voronka run FILE\n",
        Told::ModelEnds => {
            "# What to add next: what deals are worth and what a stage costs.\n\
             # value: {lognormal: {median: 1000, p90: 5000}}\n\
             # currency: EUR\n"
        }
        Told::Template => "template",
        Told::About => "what it is about",
    }
    .to_owned()
}

/// How much `--fix` would mend.
fn mends(found: &Summary) -> String {
    let more = if found.mends_hidden() { ", some of them not listed yet" } else { "" };
    format!("`--fix` mends {}{more}", found.mendable)
}

fn summary(found: &Summary) -> String {
    if found.unreadable == found.files {
        let files = count(found.unreadable, ["file", "files"]);
        let mends = match found.mendable {
            0 => String::new(),
            _ => format!("; {}", mends(found)),
        };
        return format!("{files} cannot be used as a model{mends}\n");
    }
    let errors = count(found.errors, ["error", "errors"]);
    let warnings = count(found.warnings, ["warning", "warnings"]);
    let files = count(found.files, ["file", "files"]);
    let mut parts = vec![format!("{files}: {errors}, {warnings}")];
    match found.kept {
        Some(Kept::NotJudged) => parts.push("no expectations were judged".to_owned()),
        Some(Kept::Hold(kept)) => {
            parts.push(count(kept, ["expectation holds", "expectations hold"]));
        }
        None => {}
    }
    let [passed, failed] = found.tests;
    if passed > 0 {
        parts.push(count(passed, ["test passes", "tests pass"]));
    }
    if failed > 0 {
        parts.push(count(failed, ["test fails", "tests fail"]));
    }
    if found.undecided > 0 {
        parts.push(format!("{} undecided, which is allowed", found.undecided));
    }
    if found.unreadable > 0 {
        parts.push(format!("{} cannot be used as a model", found.unreadable));
    } else if found.fails_by_warnings() {
        parts.push("warnings count as errors".to_owned());
    }
    if found.settings > 0 {
        parts.push("voronka.toml cannot be used as it is".to_owned());
    }
    if found.mendable > 0 {
        parts.push(mends(found));
    }
    if found.others > 0 {
        let (files, are) = if found.others == 1 {
            ("YAML file", "is no model")
        } else {
            ("YAML files", "are no models")
        };
        parts.push(format!("{} other {files} {are}", found.others));
    }
    parts.join("; ") + "\n"
}

fn count(n: usize, forms: [&str; 2]) -> String {
    let noun = plural::english(n as u64, forms);
    if n == 0 { format!("no {noun}") } else { format!("{n} {noun}") }
}
