//! Why a command stops, in English.

use crate::render::words::refusal::Refusal;
use crate::report::phrase::{NoValue, Stopped};

pub(in crate::render::words) fn refusal(refusal: Refusal<'_>) -> String {
    match refusal {
        Refusal::Stopped(stopped) => return self::stopped(stopped),
        Refusal::Memory { replications, needed, free } => {
            let gigabytes = |bytes: f64| format!("{:.1} GB", bytes / 1e9);
            return format!(
                "{replications} replications need about {} of memory, and {} are free: ask for fewer of them",
                gigabytes(needed),
                gigabytes(free)
            );
        }
        Refusal::OtherCurrency(one, two) => {
            return format!(
                "amounts in `{one}` and `{two}` cannot be compared: give the models one `currency`"
            );
        }
        Refusal::NothingToCompare(path) => {
            return format!("{path}: there is nothing to compare it with: name another model, or give it `scenarios`");
        }
        Refusal::Export { file, refusal } => {
            return format!("{file}: {}", super::exports::refusal(refusal));
        }
        Refusal::IsTheModel(path) => {
            return format!("{path}: is the model itself: name another file");
        }
        Refusal::NoFileName(path) => return format!("{path}: is not the name of a file"),
        Refusal::NamesAFile(file, folder) => {
            return format!(
                "--output: {file} is the name of a file, but tables and charts go to a folder: write `-o {folder}`"
            );
        }
        Refusal::NothingAsCsv(option, hint) => {
            return format!("{option}: nothing is written as CSV: add {hint}");
        }
        Refusal::UnknownLanguage(tag) => return format!("VORONKA_LANG={tag}: the languages are en and ru"),
        Refusal::NoTemplate(name, nearest) => {
            let hint = match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`voronka new --list` shows them".to_owned(),
            };
            return format!("there is no template `{name}`; {hint}");
        }
        Refusal::SweepInterrupted { done, of, folder: Some(folder) } => {
            return format!(
                "interrupted; {done} of {of} points are kept in {folder}: the same command goes on from them"
            );
        }
        Refusal::SweepInterrupted { done, of, folder: None } => {
            return format!(
                "interrupted after {done} of {of} points; nothing was kept: with `-o DIR` the same command goes on from \
                 the finished points"
            );
        }
        Refusal::NoTargets(model) => {
            return format!("{model} has no `expect`: say what the plan must reach, as --target \"bookings per month >= 9000000 chance 80%\"");
        }
        Refusal::TooManyPlans(count, most) => {
            return format!("{count} plans are more than {most}: use fewer values or longer steps");
        }
        Refusal::NotMinimised(kpi) => {
            return format!("--minimise: less of `{kpi}` is not better; name a cost or a time");
        }
        Refusal::OneValue(path) => return format!("--vary: {path} needs two different ends, as {path}=4..12"),
        Refusal::NoPoint(NoValue::NoModel) => "--vary: a point of the ranges is not a valid model; `voronka sweep` shows which",
        Refusal::NoPoint(NoValue::NoFigure) => "at a point of the ranges a figure has no value, so that it cannot be compared",
        Refusal::VariedTwice(path) => return format!("--vary: {path} is varied twice"),
        Refusal::NoTerms(_)
        | Refusal::TermsOfRuns(_)
        | Refusal::TermsOfColumn(..)
        | Refusal::Pipeline { .. }
        | Refusal::NothingToFit
        | Refusal::NothingWon(_)
        | Refusal::NobodyNamed
        | Refusal::FormatOfModel
        | Refusal::NoColumn(..) => return of_exports(&refusal),
        Refusal::Unexpected => "the simulation stopped unexpectedly",
        Refusal::Interrupted => "interrupted; nothing was written",
        Refusal::NotAFolder => "is not a folder",
        Refusal::ScenarioOfSeveral => {
            "--scenario: names a scenario of one model; with several models there are none to choose from"
        }
        Refusal::NotAFile => "is not a file",
        Refusal::IsAFolder => "is a folder",
        Refusal::Exists => "already exists: --force overwrites it",
        Refusal::ReadOnly => "is read-only",
        Refusal::EventFormat => "--events: the name must end in .csv or .xes, which is its format",
        Refusal::MapFormat => {
            "--output: the name must end in .svg, .png, .md, .mmd or .dot, or --format must say what it is"
        }
        Refusal::ManyTimes => "--within: at most four times",
        Refusal::NobodyToAsk => {
            "no template is named, and there is no terminal to ask: `voronka new --list` shows the templates"
        }
        Refusal::InputEnded => "standard input has ended",
        Refusal::Closed => "it is closed",
    }
    .to_owned()
}

/// Why a command stops that reads an export.
fn of_exports(refusal: &Refusal<'_>) -> String {
    match refusal {
        Refusal::NoTerms(model) => format!("--terms: {model} has no `terms`"),
        Refusal::TermsOfRuns(model) => format!(
            "--terms: the cases of the `terms` of {model} depend on a time, a queue or a visit, which an export does \
             not have: use attributes, source, value, bookings, month, weekday or dates"
        ),
        Refusal::TermsOfColumn(model, name) => format!(
            "--terms: the cases of the `terms` of {model} depend on `{name}`, and the file has no column of this name \
             with values of the model: `voronka inspect FILE` lists its columns"
        ),
        Refusal::Pipeline { file, mismatch } => {
            format!("{file}: {}", super::by_model::refusal(mismatch))
        }
        Refusal::NothingToFit => {
            "no deal of the file has a date: see `voronka inspect FILE` for its columns".to_owned()
        }
        Refusal::NothingWon(last) => {
            let known = "no deal of the file was won, so no way of a model would lead to a sale; if a word of the \
                         file means one, name it: `--won WORD`";
            let each = last.iter().map(|(name, count)| format!("{name} {count}"));
            let each = each.collect::<Vec<_>>().join(", ");
            if each.is_empty() {
                known.to_owned()
            } else {
                format!("{known} (deals stood last in: {each})")
            }
        }
        Refusal::NobodyNamed => "--people: the file does not say who worked and when".to_owned(),
        Refusal::FormatOfModel => {
            "--format: standard output holds the model; name a file with `-o FILE`".to_owned()
        }
        Refusal::NoColumn(name, "") => {
            format!(
                "--by: `{name}` does not divide the deals into groups; the file has no column that does"
            )
        }
        Refusal::NoColumn(name, all) => {
            format!("--by: `{name}` does not divide the deals into groups; these do: {all}")
        }
        _ => String::new(),
    }
}

fn stopped(stopped: &Stopped) -> String {
    match stopped {
        Stopped::UnknownDimension { known, .. } => {
            format!("--by: {stopped}; there are {}", known.join(", "))
        }
        Stopped::TooManyDeals { .. } => {
            format!("{stopped}: lower the rates, shorten the horizon, or split the source")
        }
        Stopped::EventLimit { of_one_deal: true, .. } => {
            format!("{stopped}: a loop there hardly ever ends; give it a way out, or `max_visits`")
        }
        Stopped::EventLimit { .. } => {
            format!("{stopped}: a loop hardly ever ends, or --max-visits is too low")
        }
        Stopped::TooManyClasses { .. }
        | Stopped::Misfit(_)
        | Stopped::Threads(_)
        | Stopped::Cancelled => stopped.to_string(),
    }
}
