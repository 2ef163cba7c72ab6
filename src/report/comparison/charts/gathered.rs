//! Bookings since the start of the window: those of alternatives, less those of the base.

use super::{name_of, of_whole, short_name};
use crate::kpi::Kpi;
use crate::report::block::{Kind, Number};
use crate::report::chart::{Chart, GatheredChart, Line, Spot};
use crate::report::charts::{FEWEST, month_labels};
use crate::report::phrase::{Contrast, Finding, Phrase, share};
use crate::study::compare::{Alternative, Comparison, Month};
use crate::study::difference::Verdict;

pub(super) fn gathered(comparison: &Comparison) -> Option<Chart> {
    let is_nothing = |month: &Month| month.difference.value == Some(0.0);
    let has_bookings = |one: &&Alternative| one.bookings.len() >= FEWEST;
    let shown: Vec<&Alternative> = comparison.alternatives.iter().filter(has_bookings).collect();
    let months = &shown.first()?.bookings;
    if shown.iter().all(|one| one.bookings.iter().all(is_nothing)) {
        return None;
    }
    let spot = |month: &Month| {
        let half_width = month.difference.half_width.unwrap_or(0.0);
        Some(Spot { value: month.difference.value?, half_width })
    };
    let is_alone = shown.len() == 1;
    let line = |one: &&Alternative| Line {
        label: (!is_alone).then(|| Phrase::Name(short_name(comparison, one))),
        spots: one.bookings.iter().map(spot).collect(),
    };
    let since = Contrast::Since {
        base: comparison.base.name.clone(),
        other: is_alone.then(|| short_name(comparison, shown[0])),
        level: share(comparison.level),
        replications: comparison.replications,
    };
    Some(Chart::Gathered(GatheredChart {
        title: title(comparison, &shown),
        subtitle: vec![since.into()],
        kind: Kind::Money(comparison.base.currency.clone()),
        months: month_labels(months.iter().map(|month| month.date)),
        lines: shown.iter().map(line).collect(),
    }))
}

/// The alternative that books most otherwise by the end of the window, of those that do beyond chance.
fn title(comparison: &Comparison, shown: &[&Alternative]) -> Finding {
    let last = |one: &Alternative| {
        let last = one.bookings.last()?.difference;
        let value = last.value.filter(|value| value.is_finite())?;
        let is_beyond = match of_whole(one, Kpi::Bookings) {
            Some(line) => line.verdict != Verdict::NotBeyondChance,
            None => last.half_width.is_some_and(|half| value.abs() > half),
        };
        is_beyond.then_some((value, last.half_width))
    };
    let ends = shown.iter().filter_map(|one| Some((one, last(one)?)));
    let most = ends.max_by(|(_, (a, _)), (_, (b, _))| a.abs().total_cmp(&b.abs()));
    let found = match most {
        None => Contrast::GatheredAlike,
        Some((one, (value, half_width))) => Contrast::Gathered {
            other: name_of(comparison, one),
            amount: Number {
                value: value.abs(),
                half_width,
                kind: Kind::Money(comparison.base.currency.clone()),
            },
            more: value > 0.0,
        },
    };
    Finding::Contrast(Box::new(found))
}
