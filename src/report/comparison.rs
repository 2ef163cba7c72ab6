//! The screen, the table and the document of `compare`.

mod charts;

pub use charts::{Ran, compare_charts};

use super::block::{Block, Cell, Column, Kind, Number, Table};
use super::document::{Field, Written, files, map};
use super::phrase::{Caption, Comparing, Judged, Month, Phrase, Term, count, share};
use super::screen::labels;
use super::tables::{TimeUnit, factor, name, unit_word};
use crate::kpi::{Key, Scope, Unit};
use crate::model::Changed;
use crate::stats::Pairing;
use crate::study::compare::{Alternative, Comparison, Line};
use crate::study::difference::Verdict;

/// What the screen of a comparison says.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The comparison.
    pub comparison: &'a Comparison,
    /// For each alternative: what its model has otherwise.
    pub changes: &'a [Vec<Changed>],
    /// Whether figures without a difference beyond chance are shown too.
    pub detail: bool,
}

/// Differences between models that are listed; the rest is counted.
const MOST_CHANGES: usize = 20;

impl Compared<'_> {
    /// The blocks of the screen.
    pub fn screen(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let comparison = self.comparison;
        for (alternative, changes) in comparison.alternatives.iter().zip(self.changes) {
            let (base, other) = (comparison.base.name.clone(), alternative.program.name.clone());
            blocks.push(line(Comparing::Models { base, other }));
            blocks.extend((!alternative.same_window).then(|| line(Comparing::OtherWindow)));
            blocks.extend(verdicts(alternative));
            let alone = alternative.only_base.len() + alternative.only_here.len();
            blocks.extend((alone > 0).then(|| line(Comparing::OnlyInOne(alone))));
            let shown = |one: &&Line| self.detail || one.verdict != Verdict::NotBeyondChance;
            let shown: Vec<&Line> = alternative.lines.iter().filter(shown).collect();
            if !shown.is_empty() {
                blocks.push(Block::Table(self.figures(alternative, &shown)));
            }
            blocks.extend(self.gathered(alternative));
            if alternative.investment > 0.0 {
                let kind = self.kind(Unit::Money);
                let cost = Number::new(alternative.investment, kind);
                blocks.push(line(Comparing::Investment(cost)));
            }
            blocks.extend(payback(alternative).map(line));
            blocks.extend(differs(changes));
        }
        blocks.push(line(Comparing::Together {
            level: share(comparison.level),
            compared: comparison.compared,
            replications: comparison.replications,
            seed: comparison.seed,
        }));
        blocks.extend(self.reduction().map(line));
        blocks
    }

    fn kind(&self, unit: Unit) -> Kind {
        Kind::of(unit, &self.comparison.base.currency)
    }

    fn figures(&self, alternative: &Alternative, lines: &[&Line]) -> Table {
        let mut table = Table::of([
            Column::words(Term::Kpi),
            Column::words(Term::Of),
            Column::words(Term::Group),
            Column::words(Term::Stat),
            Column::numbers(Term::Before),
            Column::numbers(Term::After),
            Column::numbers(Term::Difference),
            Column::numbers(Term::Relative),
            Column::words(Term::Verdict),
        ]);
        for Line { difference, verdict, .. } in lines {
            let kind = || self.kind(difference.unit);
            let value = |known: &crate::study::difference::Known| {
                Cell::number(known.estimate.value, kind())
            };
            let with_interval = |estimate: &crate::stats::Estimate, kind: Kind| {
                let number = estimate.value.map(|value| Number {
                    value,
                    half_width: estimate.half_width,
                    kind,
                });
                Cell::from(number)
            };
            let mut cells = Vec::from(labels(&difference.key, &alternative.program));
            cells.extend([
                value(&difference.old),
                value(&difference.new),
                with_interval(&difference.absolute, of_difference(kind())),
                Cell::number(difference.relative.value, Kind::Share),
                Phrase::from(Comparing::Verdict(*verdict)).into(),
            ]);
            table.rows.push(cells);
        }
        table.drop_empty();
        table
    }

    /// Bookings that gather month by month.
    fn gathered(&self, alternative: &Alternative) -> Vec<Block> {
        let months: Vec<_> = alternative.bookings.iter().collect();
        if months.iter().all(|month| month.difference.value == Some(0.0)) {
            return Vec::new();
        }
        let mut table = Table::of([Column::words(Term::Month), Column::numbers(Term::Difference)]);
        for month in months {
            let difference = month.difference;
            let number = difference.value.map(|value| Number {
                value,
                half_width: difference.half_width,
                kind: self.kind(Unit::Money),
            });
            table.rows.push(vec![caption(month.date).into(), number.into()]);
        }
        vec![Block::Heading(Term::GatheredBookings.into()), Block::Table(table)]
    }

    /// By how much the common random numbers cut the variance, in the middle of all figures.
    fn reduction(&self) -> Option<Comparing> {
        let lines = self.comparison.alternatives.iter().flat_map(|one| &one.lines);
        let mut factors: Vec<f64> = lines.filter_map(|line| line.reduction).collect();
        factors.sort_by(f64::total_cmp);
        let middle = factors.get(factors.len() / 2)?;
        Some(Comparing::Reduction(count(*middle)))
    }

    /// compare.csv: every figure of every alternative.
    pub fn table(&self, time: TimeUnit) -> Table {
        let mut table = Table::new(&[
            "alternative",
            "kpi",
            "scope",
            "name",
            "by",
            "stat",
            "#base",
            "#value",
            "#difference",
            "#half_width",
            "#relative",
            "#relative_half_width",
            "#level",
            "unit",
            "per",
            "verdict",
            "pairing",
            "#variance_reduction",
            "population",
            "#n",
        ]);
        for alternative in &self.comparison.alternatives {
            let program = &alternative.program;
            for Line { difference, verdict, reduction } in &alternative.lines {
                let scale = factor(difference.unit, time);
                let number = |value: Option<f64>| Cell::plain(value.map(|value| value * scale));
                table.rows.push(vec![
                    Cell::Name(program.name.clone()),
                    Cell::text(difference.key.kpi.name()),
                    Cell::text(difference.key.scope.word()),
                    name(&difference.key.name),
                    name(&difference.key.by),
                    Cell::Name(difference.key.stat_text()),
                    number(difference.old.estimate.value),
                    number(difference.new.estimate.value),
                    number(difference.absolute.value),
                    number(difference.absolute.half_width),
                    Cell::plain(difference.relative.value),
                    Cell::plain(difference.relative.half_width),
                    Cell::plain(difference.absolute.half_width.map(|_| self.comparison.level)),
                    Cell::Name(unit_word(difference.unit, time, program)),
                    Cell::text(difference.key.per_word()),
                    Cell::text(word(*verdict)),
                    Cell::text(pairing(difference.how)),
                    Cell::plain(*reduction),
                    Cell::text(difference.population.words()),
                    Cell::Whole(difference.new.n),
                ]);
            }
        }
        table
    }
}

/// The screen of `diff`: what the second model has otherwise.
pub fn differences(base: &str, other: &str, changes: &[Changed]) -> Vec<Block> {
    let (base, other) = (base.to_owned(), other.to_owned());
    let mut blocks = vec![line(Comparing::Models { base, other })];
    blocks.extend(listed(changes, usize::MAX));
    blocks
}

/// The table of `diff`.
pub fn changes_table(changes: &[Changed]) -> Table {
    let mut table = Table::new(&["path", "base", "alternative"]);
    let cell = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::Name);
    table.rows.extend(
        changes
            .iter()
            .map(|Changed { path, old, new }| vec![Cell::Name(path.clone()), cell(old), cell(new)]),
    );
    table
}

/// The document of `diff`.
pub fn changes_document(changes: &[Changed]) -> Field {
    map([("changes", changes_table(changes).into())])
}

/// The document of `compare`; `beside` lists the files that were written with it.
pub fn compare_document(compared: &Compared<'_>, time: TimeUnit, beside: &[Written]) -> Field {
    let comparison = compared.comparison;
    let each = comparison.alternatives.iter().zip(compared.changes);
    let alternatives = each.map(|(alternative, changes)| {
        let months = alternative.bookings.iter().map(|month| {
            map([
                ("date", month.date.to_string().into()),
                ("difference", month.difference.value.into()),
                ("half_width", month.difference.half_width.into()),
            ])
        });
        map([
            ("name", alternative.program.name.as_str().into()),
            ("investment", alternative.investment.into()),
            ("changes", changes_table(changes).into()),
            ("bookings_gathered", months.collect()),
            ("payback", payback_field(alternative)),
        ])
    });
    map([
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("base", comparison.base.name.as_str().into()),
        ("currency", comparison.base.currency.as_str().into()),
        ("seed", comparison.seed.into()),
        ("replications", comparison.replications.into()),
        ("level", comparison.level.into()),
        ("compared", comparison.compared.into()),
        ("correction", "Bonferroni".into()),
        ("alternatives", alternatives.collect()),
        ("figures", compared.table(time).into()),
        ("files", files(beside)),
    ])
}

/// When an alternative has paid for itself; why that is not known, where it costs something.
fn payback(alternative: &Alternative) -> Option<Comparing> {
    let Some(payback) = &alternative.payback else {
        return (alternative.investment > 0.0).then_some(Comparing::PaybackUnknown);
    };
    let (Some(days), Some(date)) = (payback.days.value, payback.date) else {
        return Some(Comparing::NoPayback);
    };
    let number = |value: f64, half_width: Option<f64>, kind| Number { value, half_width, kind };
    Some(Comparing::Payback {
        share: number(payback.share.value?, payback.share.half_width, Kind::Chance),
        days: number(days, payback.days.half_width, Kind::Days),
        date,
    })
}

/// The profit since the start and the payback of an alternative; null where they are not known.
fn payback_field(alternative: &Alternative) -> Field {
    let Some(payback) = &alternative.payback else { return Field::from(None::<f64>) };
    let months = payback.profit.iter().map(|month| {
        map([
            ("date", month.date.to_string().into()),
            ("difference", month.difference.value.into()),
            ("half_width", month.difference.half_width.into()),
        ])
    });
    map([
        ("share", payback.share.value.into()),
        ("share_half_width", payback.share.half_width.into()),
        ("days", payback.days.value.into()),
        ("days_half_width", payback.days.half_width.into()),
        ("date", payback.date.map(|date| date.to_string()).into()),
        ("profit_gathered", months.collect()),
    ])
}

fn line(line: Comparing) -> Block {
    Block::Line(line.into())
}

/// What a difference of two such numbers measures.
fn of_difference(kind: Kind) -> Kind {
    if kind == Kind::Share { Kind::Points } else { kind }
}

fn caption(date: jiff::civil::Date) -> Phrase {
    Caption::Month(Month { month: date.month(), year: Some(date.year()) }).into()
}

/// A word for other programs.
fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "better",
        Verdict::Worse => "worse",
        Verdict::Changed => "changed",
        Verdict::NotBeyondChance => "not beyond chance",
    }
}

fn pairing(how: Pairing) -> &'static str {
    match how {
        Pairing::Same => "same",
        Pairing::Paired => "paired",
        Pairing::Independent => "independent",
    }
}

/// Which KPIs are better and worse, and how many are neither.
fn verdicts(alternative: &Alternative) -> Vec<Block> {
    let is_whole = |key: &Key| key.scope == Scope::Whole && key.by.is_empty();
    let of = |wanted: Verdict| -> Vec<Judged> {
        let lines = alternative.lines.iter().filter(|line| line.verdict == wanted);
        let mut judged: Vec<Judged> = Vec::new();
        for key in lines.map(|line| &line.difference.key) {
            let of: Vec<String> = if is_whole(key) { Vec::new() } else { vec![part(key)] };
            match judged.iter_mut().find(|one| one.kpi == key.kpi) {
                None => judged.push(Judged { kpi: key.kpi, of }),
                // What holds for the whole process is not repeated for its parts.
                Some(known) if known.of.is_empty() || of.is_empty() => {
                    known.of.clear();
                }
                Some(known) if known.of.ends_with(&of) => {}
                Some(known) => known.of.extend(of),
            }
        }
        judged
    };
    let same = alternative.lines.iter().filter(|one| one.verdict == Verdict::NotBeyondChance);
    vec![line(Comparing::Verdicts {
        better: of(Verdict::Better),
        worse: of(Verdict::Worse),
        changed: of(Verdict::Changed),
        same: same.count(),
    })]
}

/// The thing and the group of a figure, as the model calls them.
fn part(key: &Key) -> String {
    let group = key.by.split_once('=').map_or(key.by.as_str(), |(_, value)| value);
    let names = [key.name.as_str(), group];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}

fn differs(changes: &[Changed]) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Term::WhatDiffers.into())];
    blocks.extend(listed(changes, MOST_CHANGES));
    blocks
}

fn listed(changes: &[Changed], most: usize) -> Vec<Block> {
    if changes.is_empty() {
        return vec![line(Comparing::NothingDiffers)];
    }
    let mut table =
        Table::of([Column::untitled(), Column::words(Term::Before), Column::words(Term::After)]);
    let cell = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::Name);
    for Changed { path, old, new } in changes.iter().take(most) {
        table.rows.push(vec![Cell::Name(path.clone()), cell(old), cell(new)]);
    }
    let mut blocks = vec![Block::Table(table)];
    let more = changes.len().saturating_sub(most);
    blocks.extend((more > 0).then(|| line(Comparing::MoreDiffers(more))));
    blocks
}
