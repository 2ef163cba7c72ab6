//! Reads a file: first all rows to understand its columns, then all rows again to build the deals.

use std::collections::HashMap;
use std::path::Path;

use super::build::deals::Builder;
use super::build::history::History;
use super::build::log::Log;
use super::build::segments::Segments;
use super::build::{Cells, add_bad, summary};
use super::columns::heading::fold;
use super::columns::profile::{Meanings, Profile, Seen};
use super::columns::roles::{Layout, assign};
use super::columns::words::Words;
use super::deals::{Deals, Moment, alike};
use super::options::{Options, Role};
use super::refusal::Refusal;
use super::source::{Row, Source};
use super::table::{Oddities, Table};
use super::understood::{ColumnFound, KnownBy, Odd, OutcomeWord, Shape, Understood, Use, Why};

/// Words of a file that a refusal names.
const NAMED: usize = 20;

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its deals.
    pub deals: Deals,
    /// What was understood of it.
    pub understood: Understood,
}

/// Reads the deals of an export, an event log or a history of stages, with their visits.
///
/// A file is read twice, row by row; workbooks and web pages are held in memory.
///
/// ```
/// use voronka::records::{deals::Outcome, options::Options, read};
/// let path = std::env::temp_dir().join(format!("voronka-doc-{}.csv", std::process::id()));
/// std::fs::write(&path, "id,created,stage,closed,amount\n1,2026-01-05,Won,2026-02-01,900\n2,2026-01-09,Demo,,\n")?;
/// let reading = read(&path, &Options::default()).expect("the file is sound");
/// assert_eq!(reading.deals.deals[0].outcome, Outcome::Won);
/// assert_eq!(reading.understood.kinds.open.count, 1);
/// std::fs::remove_file(&path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// A [`Refusal`] says why the file cannot be read, where, and what is needed.
pub fn read(path: &Path, options: &Options) -> Result<Reading, Refusal> {
    reading(path, options, true)
}

/// What [`read`] understands of a file, without visits of event logs: memory grows with the deals, not with the events.
///
/// # Errors
///
/// As [`read`].
pub fn inspect(path: &Path, options: &Options) -> Result<Understood, Refusal> {
    reading(path, options, false).map(|reading| reading.understood)
}

fn reading(path: &Path, options: &Options, keep_visits: bool) -> Result<Reading, Refusal> {
    let source = Source::open(path, options)?;
    let mut table = Table::open(&source, options)?;
    let mut layout = assign(table.headings().to_vec(), options)?;
    let (mut profile, mut row) = (Profile::new(layout.headings.len()), Row::new());
    while table.next(&mut row)? {
        profile.see(&row, &layout);
    }
    profile.tell_dates_from_others(&mut layout);
    let meanings = profile.meanings(&layout, options)?;
    refuse_pipeline(&profile, &layout, options)?;
    let mut used = layout.used.clone();
    for (at, seen) in profile.columns.iter().enumerate() {
        used[at] = used_for(at, seen, &layout);
    }
    let words = Words::new(options, layout.preset);
    let segments = Segments::new(&layout, &used);
    let cells = Cells { layout: &layout, meanings: &meanings, options };
    let currency = currency(&profile, &layout);
    let builder = Builder::new(cells, &words, currency.clone(), segments);
    let table = Table::open(&source, options)?;
    let (mut builder, rows, events) = build(builder, table, layout.shape, keep_visits)?;
    std::mem::take(&mut builder.wide).finish(&mut builder.deals);
    summary::judge(&mut builder, layout.shape, rows);
    builder.odd.raise(Odd::OtherSheets, source.other_sheets);
    let Builder { mut deals, odd, said, segments, until, .. } = builder;
    let said = said.into_list();
    refuse_word(&said, options)?;
    deals.segments = segments.finish(&deals.deals, &mut used);
    (deals.currency, deals.until) = (currency, until);
    let found = Found { layout: &layout, profile: &profile, meanings: &meanings, used: &used };
    let understood = Understood {
        format: source.format,
        packed: source.packed,
        encoding: source.encoding.map(encoding_rs::Encoding::name),
        delimiter: source.delimiter.map(char::from),
        sheet: source.sheet.clone(),
        decimal: meanings.mark,
        preset: layout.preset,
        shape: layout.shape,
        rows,
        columns: columns(&found),
        words: outcome_words(said, layout.shape),
        funnels: funnels(&deals),
        kinds: summary::kinds(&deals),
        currency: deals.currency.clone(),
        months: summary::months(&deals),
        oddities: odd.into_list(),
        events: events.max(deals.visits.len() as u64),
        stages: deals.stages.len(),
        people: deals.owners.len(),
        first_day: summary::first_day(&deals),
        last_day: until.map(Moment::day),
    };
    Ok(Reading { deals, understood })
}

/// Reads the rows into deals; also returns how many rows there are, and how many events.
fn build<'a>(
    builder: Builder<'a>,
    mut table: Table<'_>,
    shape: Shape,
    keep_visits: bool,
) -> Result<(Builder<'a>, u64, u64), Refusal> {
    let mut row = Row::new();
    let skips = builder.cells.options.skip_bad_rows;
    let mut bad = Oddities::default();
    let mut check = |result: Result<(), Refusal>| match result {
        Err(refusal) if skips => add_bad(&mut bad, refusal),
        other => other,
    };
    let (mut builder, events) = match shape {
        Shape::Deals => {
            let mut builder = builder;
            while table.next(&mut row)? {
                check(builder.row(&row))?;
            }
            (builder, 0)
        }
        Shape::EventLog => {
            let mut log = Log::new(builder, keep_visits);
            while table.next(&mut row)? {
                check(log.row(&row))?;
            }
            let events = log.count;
            (log.finish(), events)
        }
        Shape::StageHistory => {
            let mut history = History::new(builder);
            while table.next(&mut row)? {
                check(history.row(&row))?;
            }
            let events = history.count();
            (history.finish(), events)
        }
    };
    builder.odd.merge(bad);
    builder.odd.merge(table.odd);
    Ok((builder, table.count, events))
}

fn refuse_pipeline(profile: &Profile, layout: &Layout, options: &Options) -> Result<(), Refusal> {
    let Some(pipeline) = &options.pipeline else { return Ok(()) };
    let mut found: Vec<String> = Vec::new();
    for at in layout.columns(Role::Funnel) {
        let seen = &profile.columns[*at];
        if seen.many || seen.words.keys().any(|word| alike(word) == alike(pipeline)) {
            return Ok(());
        }
        found.extend(seen.words.keys().cloned());
    }
    found.sort_unstable();
    Err(Refusal::NoSuchPipeline { pipeline: pipeline.clone(), found })
}

/// Refuses a word of the user that no row has: a slip of the pen would leave its deals open.
fn refuse_word(said: &[OutcomeWord], options: &Options) -> Result<(), Refusal> {
    let is_there = |word: &&String| said.iter().any(|found| fold(&found.word) == fold(word));
    let Some(word) = options.won.iter().chain(&options.lost).find(|word| !is_there(word)) else {
        return Ok(());
    };
    let found = said.iter().map(|found| found.word.clone()).take(NAMED).collect();
    Err(Refusal::NoSuchWord { word: word.clone(), found })
}

/// What a column is used for, now that its cells are known.
fn used_for(at: usize, seen: &Seen, layout: &Layout) -> (Use, Why) {
    match layout.used[at] {
        (Use::Unused, Why::Words)
            if layout.shape != Shape::Deals && !layout.headings[at].starts_with("case:") =>
        {
            (Use::Unused, Why::OfEvents)
        }
        (Use::Unused, Why::Words) => seen.as_segment(),
        // What is sold divides deals too.
        (Use::Role(Role::Product), why) => match seen.as_segment() {
            (Use::Segment, _) => (Use::Segment, why),
            _ => (Use::Role(Role::Product), why),
        },
        other => other,
    }
}

/// The most frequent currency, of the column of currencies or beside the amounts.
fn currency(profile: &Profile, layout: &Layout) -> Option<String> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for at in layout.columns(Role::Currency) {
        for (word, count) in &profile.columns[*at].words {
            *counts.entry(super::cells::amount::currency_code(word)).or_default() += count;
        }
    }
    if counts.is_empty() {
        for at in layout.columns(Role::Amount) {
            for (word, count) in &profile.columns[*at].currencies {
                *counts.entry(word.clone()).or_default() += count;
            }
        }
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts.into_iter().next().map(|(word, _)| word)
}

/// What is known of the columns.
struct Found<'a> {
    layout: &'a Layout,
    profile: &'a Profile,
    meanings: &'a Meanings,
    used: &'a [(Use, Why)],
}

fn columns(found: &Found<'_>) -> Vec<ColumnFound> {
    let column = |(at, name): (usize, &String)| {
        let seen = &found.profile.columns[at];
        let (used, why) = found.used[at];
        let has_words = !seen.many && !seen.words.is_empty();
        ColumnFound {
            name: name.clone(),
            used,
            why,
            filled: seen.filled,
            words: has_words.then_some(seen.words.len()),
            order: found.meanings.orders[at],
        }
    };
    found.layout.headings.iter().enumerate().map(column).collect()
}

/// Words that say an outcome, or may say one: of the activities of a log only those that do.
fn outcome_words(words: Vec<OutcomeWord>, shape: Shape) -> Vec<OutcomeWord> {
    let is_shown = |word: &OutcomeWord| {
        shape != Shape::EventLog || word.role != Role::Activity || word.known != KnownBy::Unknown
    };
    words.into_iter().filter(is_shown).collect()
}

fn funnels(deals: &Deals) -> Vec<(String, u64)> {
    let mut counts = vec![0; deals.funnels.len()];
    for funnel in deals.deals.iter().filter_map(|deal| deal.funnel) {
        counts[funnel as usize] += 1;
    }
    deals.funnels.words().iter().cloned().zip(counts).collect()
}
