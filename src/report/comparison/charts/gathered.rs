//! Bookings and profit since the start of the window: those of alternatives, less those of the base.

use super::{name_of, of_whole, short_name};
use crate::kpi::Kpi;
use crate::report::block::{Kind, Number};
use crate::report::chart::{Chart, ChartName, GatheredChart, Line, Spot};
use crate::report::charts::{FEWEST, month_labels};
use crate::report::phrase::{Contrast, Finding, Phrase, Sum, share};
use crate::study::compare::{Alternative, Comparison, Month};
use crate::study::difference::Verdict;

/// Bookings of the alternatives.
pub(super) fn bookings(comparison: &Comparison) -> Option<Chart> {
    gathered(comparison, Sum::Bookings)
}

/// Profit of the alternatives, investments included.
pub(super) fn profit(comparison: &Comparison) -> Option<Chart> {
    gathered(comparison, Sum::Profit)
}

/// What an alternative gathers, less the base, month by month.
fn months_of(alternative: &Alternative, of: Sum) -> &[Month] {
    match of {
        Sum::Bookings => &alternative.bookings,
        Sum::Profit => alternative.payback.as_ref().map_or(&[], |payback| &payback.profit),
    }
}

fn gathered(comparison: &Comparison, of: Sum) -> Option<Chart> {
    let is_nothing = |month: &Month| month.difference.value == Some(0.0);
    let has_bookings = |one: &&Alternative| months_of(one, of).len() >= FEWEST;
    let shown: Vec<&Alternative> = comparison.alternatives.iter().filter(has_bookings).collect();
    let months = months_of(shown.first()?, of);
    if shown.iter().all(|one| months_of(one, of).iter().all(is_nothing)) {
        return None;
    }
    let spot = |month: &Month| {
        let half_width = month.difference.half_width.unwrap_or(0.0);
        Some(Spot::around(month.difference.value?, half_width))
    };
    let is_alone = shown.len() == 1;
    let line = |one: &&Alternative| Line {
        label: (!is_alone).then(|| Phrase::Name(short_name(comparison, one))),
        spots: months_of(one, of).iter().map(spot).collect(),
    };
    let since = Contrast::Since {
        of,
        base: comparison.base.name.clone(),
        other: is_alone.then(|| short_name(comparison, shown[0])),
        level: share(comparison.level),
        replications: comparison.replications,
    };
    Some(Chart::Gathered(GatheredChart {
        name: match of {
            Sum::Bookings => ChartName::CompareBookings,
            Sum::Profit => ChartName::CompareProfit,
        },
        title: title(comparison, &shown, of),
        subtitle: vec![since.into()],
        kind: Kind::Money(comparison.base.currency.clone()),
        months: month_labels(months.iter().map(|month| month.date)),
        lines: shown.iter().map(line).collect(),
    }))
}

/// The alternative whose sum differs most by the end of the window, of those that differ beyond chance.
fn title(comparison: &Comparison, shown: &[&Alternative], of: Sum) -> Finding {
    let kpi = match of {
        Sum::Bookings => Kpi::Bookings,
        Sum::Profit => Kpi::Profit,
    };
    let last = |one: &Alternative| {
        let last = months_of(one, of).last()?.difference;
        let value = last.value.filter(|value| value.is_finite())?;
        let is_beyond = match of_whole(one, kpi) {
            Some(line) => line.verdict != Verdict::NotBeyondChance,
            None => last.half_width.is_some_and(|half| value.abs() > half),
        };
        is_beyond.then_some((value, last.half_width))
    };
    let ends = shown.iter().filter_map(|one| Some((one, last(one)?)));
    let most = ends.max_by(|(_, (a, _)), (_, (b, _))| a.abs().total_cmp(&b.abs()));
    let found = match most {
        None => Contrast::GatheredAlike(of),
        Some((one, (value, half_width))) => Contrast::Gathered {
            of,
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
