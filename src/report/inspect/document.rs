//! What is understood of an export, as one document.

use super::tables::{format, known, outcome, shape, used};
use super::{day, name, outcomes, verdict};
use crate::records::deals::Outcome;
use crate::records::understood::{Kind, Month, Oddity, OutcomeWord, Understood};
use crate::report::document::{Field, map};
use crate::report::phrase::{Inspected, Phrase};

/// The document of an export; `file` is how it was named.
pub fn inspect_document(understood: &Understood, file: &str) -> Field {
    let date = |days: Option<i64>| day(days).map(|date| date.to_string());
    let kind = |(of, deals): (Outcome, Kind)| {
        let fields = [
            ("count", deals.count.into()),
            ("with_amount", deals.with_amount.into()),
            ("sum", deals.sum.into()),
        ];
        (outcome(of).to_owned(), map(fields))
    };
    let funnel = |(name, count): &(String, u64)| {
        map([("name", name.as_str().into()), ("deals", (*count).into())])
    };
    map([
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("file", file.into()),
        ("format", format(understood.format).into()),
        ("packed", word(understood.packed)),
        ("encoding", understood.encoding.into()),
        ("delimiter", understood.delimiter.map(String::from).into()),
        ("sheet", understood.sheet.clone().into()),
        ("decimal", understood.decimal.map(crate::report::phrase::DecimalMark::word).into()),
        ("system", understood.preset.map(crate::report::phrase::Preset::word).into()),
        ("shape", shape(understood.shape).into()),
        ("rows", understood.rows.into()),
        ("events", understood.events.into()),
        ("stages", understood.stages.into()),
        ("people", understood.people.into()),
        ("first_day", date(understood.first_day).into()),
        ("last_day", date(understood.last_day).into()),
        ("currency", understood.currency.clone().into()),
        ("columns", understood.columns.iter().map(column).collect()),
        ("deals", Field::Map(outcomes(understood).into_iter().map(kind).collect())),
        ("words", understood.words.iter().map(of_word).collect()),
        ("funnels", understood.funnels.iter().map(funnel).collect()),
        ("months", understood.months.iter().map(month).collect()),
        ("oddities", understood.oddities.iter().map(oddity).collect()),
        ("useful", word(understood.is_useful())),
        ("why_not", verdict(understood).map(Phrase::from).into()),
    ])
}

/// A truth as a word.
fn word(truth: bool) -> Field {
    (if truth { "yes" } else { "no" }).into()
}

fn column(column: &crate::records::understood::ColumnFound) -> Field {
    map([
        ("name", column.name.as_str().into()),
        ("use", used(column.used).into()),
        ("why", Phrase::from(Inspected::Why(column.why)).into()),
        ("filled", column.filled.into()),
        ("words", column.words.into()),
        ("dates", column.order.map(crate::report::phrase::DateOrder::word).into()),
    ])
}

fn of_word(word: &OutcomeWord) -> Field {
    map([
        ("word", word.word.as_str().into()),
        ("role", word.role.word().into()),
        ("outcome", outcome(word.outcome).into()),
        ("known", known(word.known).into()),
        ("rows", word.count.into()),
    ])
}

fn month(month: &Month) -> Field {
    map([
        ("month", name(month).into()),
        ("created", month.created.into()),
        ("won", month.won.into()),
        ("won_sum", month.won_sum.into()),
        ("lost", month.lost.into()),
    ])
}

fn oddity(oddity: &Oddity) -> Field {
    map([
        ("key", oddity.what.word().into()),
        ("what", Phrase::from(Inspected::Odd(oddity.what)).into()),
        ("count", oddity.count.into()),
        ("rows", oddity.rows.iter().copied().collect()),
    ])
}
