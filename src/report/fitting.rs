//! A fitted process beside its deals, and a log beside a model.

use super::block::{Block, Cell, Column, Kind, Number, Table};
use super::document::{Field, map};
use super::phrase::{FitPart, Fitting, Phrase};
use crate::fit::process::{Replay, Week};
use crate::fit::season::date;
use crate::study::conformance::{Conformance, Spot};

/// A process beside the deals of one part of a file, with the names of its stages.
#[derive(Debug, Clone, Copy)]
pub struct Likened<'a> {
    /// Which deals.
    pub part: FitPart,
    /// What was found.
    pub replay: &'a Replay,
    /// The names of the stages, in their order.
    pub stages: &'a [String],
}

/// Weeks that the screen shows.
const WEEKS: usize = 12;

/// Row, observed, played, and what they measure.
struct Row {
    what: Fitting,
    key: String,
    name: String,
    values: [f64; 2],
    kind: Kind,
}

fn rows(one: &Likened<'_>) -> Vec<Row> {
    let Replay { observed, played, likeness, .. } = one.replay;
    let days = |what, key: &str, values| Row {
        what,
        key: key.to_owned(),
        name: String::new(),
        values,
        kind: Kind::Days,
    };
    let mut rows = vec![days(Fitting::MeanTime, "time_mean", [*observed, *played])];
    for (p, pair) in &likeness.quantiles {
        let percent = (p * 100.0).round() as u32;
        let key = format!("time_p{percent}");
        rows.push(days(Fitting::Quantile(percent), &key, [pair.observed, pair.played]));
    }
    for (name, pair) in one.stages.iter().zip(&likeness.passed) {
        rows.push(Row {
            what: Fitting::Passed(name.clone()),
            key: "passed".to_owned(),
            name: name.clone(),
            values: [pair.observed, pair.played],
            kind: Kind::Share,
        });
    }
    let n = likeness.weeks.len() as f64;
    if n > 0.0 {
        let mean = |of: &dyn Fn(&Week) -> f64| likeness.weeks.iter().map(of).sum::<f64>() / n;
        let count = |what, key: &str, values| Row {
            what,
            key: key.to_owned(),
            name: String::new(),
            values,
            kind: Kind::Count,
        };
        let arrivals = [mean(&|week| week.arrivals.observed), mean(&|week| week.arrivals.played)];
        let open = [mean(&|week| week.open.observed), mean(&|week| week.open.played)];
        rows.push(count(Fitting::PerWeek, "arrivals_per_week", arrivals));
        rows.push(count(Fitting::OpenDeals, "open_deals", open));
    }
    rows
}

/// The screen of fits: for each part a table of figures, and one of the last weeks.
pub fn likeness(parts: &[Likened<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for one in parts {
        blocks.push(Block::Heading(Fitting::Heading(one.part).into()));
        let mut table = Table::of([
            Column::words(Fitting::What),
            Column::numbers(Fitting::Observed),
            Column::numbers(Fitting::Played),
        ]);
        let number = |value: f64, kind: &Kind| Cell::number(Some(value), kind.clone());
        for Row { what, values, kind, .. } in rows(one) {
            table.rows.push(vec![what.into(), number(values[0], &kind), number(values[1], &kind)]);
        }
        blocks.push(Block::Table(table));
        let weeks = &one.replay.likeness.weeks;
        if one.part == FitPart::Last && !weeks.is_empty() {
            let mut table = Table::of([
                Column::words(Fitting::Week),
                Column::numbers(Fitting::Came),
                Column::numbers(Fitting::Expected),
                Column::numbers(Fitting::OpenObserved),
                Column::numbers(Fitting::OpenPlayed),
            ]);
            for week in &weeks[weeks.len().saturating_sub(WEEKS)..] {
                table.rows.push(vec![
                    Cell::text(monday(week)),
                    Cell::count(week.arrivals.observed),
                    Cell::count(week.arrivals.played),
                    Cell::count(week.open.observed),
                    Cell::count(week.open.played),
                ]);
            }
            blocks.push(Block::Table(table));
        }
    }
    blocks
}

fn monday(week: &Week) -> String {
    date(week.day).map(|date| date.to_string()).unwrap_or_default()
}

/// All figures of fits, one row each.
pub fn likeness_table(parts: &[Likened<'_>]) -> Table {
    let mut table = Table::new(&["deals", "#n", "figure", "name", "#observed", "#played"]);
    for one in parts {
        let Replay { deals, distance, sequences, .. } = one.replay;
        let mut add = |key: &str, name: Cell, values: [Option<f64>; 2]| {
            table.rows.push(vec![
                Cell::text(one.part.word()),
                Cell::Whole(*deals),
                Cell::text(key),
                name,
                Cell::plain(values[0]),
                Cell::plain(values[1]),
            ]);
        };
        add("time_distance_days", Cell::Empty, [None, Some(*distance)]);
        add("sequences_that_differ", Cell::Empty, [None, Some(*sequences)]);
        for Row { key, name, values, .. } in rows(one) {
            add(&key, Cell::Name(name), values.map(Some));
        }
        for week in &one.replay.likeness.weeks {
            let name = || Cell::text(monday(week));
            let arrivals = [week.arrivals.observed, week.arrivals.played];
            add("arrivals", name(), arrivals.map(Some));
            add("open", name(), [week.open.observed, week.open.played].map(Some));
        }
    }
    table
}

/// The document of fits; `file` is how the log was named.
pub fn likeness_document(parts: &[Likened<'_>], file: &str) -> Field {
    map([
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("file", file.into()),
        ("figures", likeness_table(parts).into()),
    ])
}

fn spot(spot: &Spot) -> Cell {
    match spot {
        Spot::Start => Fitting::Arrival.into(),
        Spot::Stage(name) => Cell::Name(name.clone()),
        Spot::Won | Spot::Lost | Spot::Done => Cell::text(end(spot)),
    }
}

fn end(spot: &Spot) -> &'static str {
    match spot {
        Spot::Won => "won",
        Spot::Lost => "lost",
        Spot::Start => "start",
        Spot::Done | Spot::Stage(_) => "done",
    }
}

fn verdict(differs: bool) -> Cell {
    if differs { Fitting::Beyond.into() } else { Fitting::Chance.into() }
}

fn share(value: f64) -> Cell {
    Cell::number(Some(value), Kind::Share)
}

/// The screen of a log beside a model; `model` is how it was named.
pub fn conformance(found: &Conformance, model: &str) -> Vec<Block> {
    let line = |line: Fitting| Block::Line(line.into());
    let Conformance { deals, deviating, .. } = *found;
    let mut blocks = vec![line(Fitting::Deviating { model: model.to_owned(), deviating, deals })];
    let only_in_log = found.only_in_log.iter();
    blocks.extend(only_in_log.map(|(name, n)| line(Fitting::OnlyInLog(name.clone(), *n))));
    let only_in_model = found.only_in_model.iter();
    blocks.extend(only_in_model.map(|name| line(Fitting::OnlyInModel(name.clone()))));
    let alike = found.alike.iter();
    blocks.extend(alike.map(|(log, model)| line(Fitting::Alike(log.clone(), model.clone()))));
    if found.lacking.is_empty() {
        blocks.push(line(Fitting::NothingLacking));
    } else {
        blocks.push(Block::Heading(Fitting::LackingHeading.into()));
        let mut table = Table::of([
            Column::words(Fitting::From),
            Column::words(Fitting::To),
            Column::numbers(Fitting::Count),
            Column::numbers(Fitting::ShareOf),
        ]);
        for one in &found.lacking {
            let (count, part) = (one.count as f64, one.count as f64 / one.of as f64);
            table.rows.push(vec![spot(&one.from), spot(&one.to), Cell::count(count), share(part)]);
        }
        blocks.push(Block::Table(table));
    }
    blocks.push(Block::Heading(Fitting::WaysHeading.into()));
    blocks.push(Block::Table(ways(found)));
    blocks.push(Block::Heading(Fitting::TimesHeading.into()));
    blocks.push(Block::Table(times(found)));
    blocks.push(line(Fitting::TimesBare));
    blocks
}

fn ways(found: &Conformance) -> Table {
    let mut table = Table::of([
        Column::words(Fitting::Stage),
        Column::words(Fitting::To),
        Column::numbers(Phrase::Name("n".to_owned())),
        Column::numbers(Fitting::InLog),
        Column::numbers(Fitting::Low),
        Column::numbers(Fitting::High),
        Column::numbers(Fitting::InModel),
        Column::words(Fitting::Differs),
    ]);
    for way in &found.ways {
        table.rows.push(vec![
            Cell::Name(way.stage.clone()),
            spot(&way.to),
            Cell::count(way.of as f64),
            share(way.count as f64 / way.of as f64),
            share(way.between.0),
            share(way.between.1),
            share(way.model),
            verdict(way.differs),
        ]);
    }
    table
}

fn times(found: &Conformance) -> Table {
    let mut table = Table::of([
        Column::words(Fitting::Stage),
        Column::numbers(Phrase::Name("n".to_owned())),
        Column::numbers(Fitting::InLog),
        Column::numbers(Fitting::InModel),
        Column::words(Fitting::Differs),
    ]);
    for time in &found.times {
        let mean = Number { value: time.mean, half_width: time.reach, kind: Kind::Days };
        table.rows.push(vec![
            Cell::Name(time.stage.clone()),
            Cell::count(time.n as f64),
            Cell::Number(mean),
            Cell::number(Some(time.model), Kind::Days),
            verdict(time.differs),
        ]);
    }
    table
}

/// All differences of a log and a model, one row each.
pub fn conformance_table(found: &Conformance) -> Table {
    let mut table = Table::new(&[
        "figure", "stage", "to", "#count", "#of", "#log", "#low", "#high", "#model", "differs",
    ]);
    let place = |at: &Spot| match at {
        Spot::Stage(name) => Cell::Name(name.clone()),
        other => Cell::text(end(other)),
    };
    let word = |differs: bool| Cell::text(if differs { "yes" } else { "no" });
    let mut add = |figure: &str, names: [Cell; 2], counts: [u64; 2], last: Vec<Cell>| {
        let [stage, to] = names;
        let counts = counts.map(Cell::Whole);
        let mut row = vec![Cell::text(figure), stage, to];
        row.extend(counts);
        row.extend(last);
        row.resize(10, Cell::Empty);
        table.rows.push(row);
    };
    let plain = |value: f64| Cell::Plain(value);
    let part = |count: u64, of: u64| plain(count as f64 / of as f64);
    let (deviating, deals) = (found.deviating, found.deals);
    let of_deals = vec![part(deviating, deals)];
    add("deviating_deals", [Cell::Empty, Cell::Empty], [deviating, deals], of_deals);
    for one in &found.lacking {
        let names = [place(&one.from), place(&one.to)];
        add("lacking", names, [one.count, one.of], vec![part(one.count, one.of)]);
    }
    for (name, count) in &found.only_in_log {
        add("only_in_log", [Cell::Name(name.clone()), Cell::Empty], [*count, deals], Vec::new());
    }
    for name in &found.only_in_model {
        add("only_in_model", [Cell::Name(name.clone()), Cell::Empty], [0, deals], Vec::new());
    }
    for (log, model) in &found.alike {
        let names = [Cell::Name(log.clone()), Cell::Name(model.clone())];
        add("alike", names, [0, 0], Vec::new());
    }
    for way in &found.ways {
        let (low, high) = way.between;
        let last = vec![
            part(way.count, way.of),
            plain(low),
            plain(high),
            plain(way.model),
            word(way.differs),
        ];
        let names = [Cell::Name(way.stage.clone()), place(&way.to)];
        add("share", names, [way.count, way.of], last);
    }
    for time in &found.times {
        let edge = |sign: f64| Cell::plain(time.reach.map(|reach| time.mean + sign * reach));
        let last =
            vec![plain(time.mean), edge(-1.0), edge(1.0), plain(time.model), word(time.differs)];
        add("days", [Cell::Name(time.stage.clone()), Cell::Empty], [time.n, time.n], last);
    }
    table
}

/// The document of a log beside a model.
pub fn conformance_document(found: &Conformance, file: &str, model: &str) -> Field {
    map([
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("file", file.into()),
        ("model", model.into()),
        ("deals", found.deals.into()),
        ("deviating", found.deviating.into()),
        ("figures", conformance_table(found).into()),
    ])
}
