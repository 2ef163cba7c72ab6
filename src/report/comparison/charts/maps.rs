//! The maps of a base and an alternative.

use super::{Ran, other_window, short_name};
use crate::report::chart::{Chart, MapChart, MapsChart, NamedMap};
use crate::report::charts::{map_of_run, seen};
use crate::report::phrase::{Caption, Contrast, Finding, days};
use crate::study::compare::Comparison;

/// A time that changes by a smaller part is hardly another one.
const HARDLY: f64 = 0.05;

/// The map of the base, and below it that of the alternative with this number.
pub(super) fn maps(comparison: &Comparison, ran: Ran<'_>, at: usize) -> Chart {
    let of = |at: usize| {
        let mut chart = map_of_run(ran.models[at], &ran.simulations[at]);
        // There is no room for the card and the notes, which `voronka show` draws.
        chart.map.about.clear();
        chart.map.stage_notes.clear();
        chart.map.role_notes.clear();
        chart
    };
    let (base, other) = (of(0), of(at + 1));
    let other_name = short_name(comparison, &comparison.alternatives[at]);
    let names = [comparison.base.name.clone(), other_name];
    let has_waits = [&base, &other].iter().any(|map| map.waits.iter().any(Option::is_some));
    let title = title([&base, &other], &names);
    let [base_name, other_name] = names;
    let maps = vec![
        NamedMap { name: Contrast::Base(base_name).into(), chart: base },
        NamedMap { name: Contrast::Alternative(other_name).into(), chart: other },
    ];
    let window = other_window(&[&comparison.alternatives[at]]);
    let counted = [Caption::MapOfRun { has_waits }.into(), seen(&ran.simulations[0])];
    let subtitle = window.into_iter().chain(counted).collect();
    Chart::Maps(MapsChart { title, subtitle, maps })
}

/// The stage whose idle time changes most; where none does, the findings of both maps in one sentence, or the names
/// of the models.
fn title(maps: [&MapChart; 2], names: &[String; 2]) -> Finding {
    if let Some((stage, [before, after])) = moved(maps) {
        let found = Contrast::IdleMoved { stage, before: days(before), after: days(after) };
        return Finding::Contrast(Box::new(found));
    }
    let found = match maps.map(|map| map.title.clone()) {
        [
            Finding::IdleLongest { stage, wait },
            Finding::IdleLongest { stage: other, wait: longer },
        ] => Contrast::Idle([(stage, wait), (other, longer)]),
        [Finding::LeftWon(base), Finding::LeftWon(other)] => Contrast::LeftWon([base, other]),
        _ => Contrast::Both(names.clone()),
    };
    Finding::Contrast(Box::new(found))
}

/// The stage of both maps whose idle time differs most, with both times, in days.
fn moved([base, other]: [&MapChart; 2]) -> Option<(String, [f64; 2])> {
    let idle = |chart: &MapChart, label: &str| {
        let at = chart.map.nodes.iter().position(|node| node.label == label)?;
        chart.waits.get(at).copied().flatten()
    };
    let labels = base.map.nodes.iter().map(|node| node.label.as_str());
    let both = labels.filter_map(|label| Some((label, [idle(base, label)?, idle(other, label)?])));
    let change = |[before, after]: [f64; 2]| (after - before).abs();
    let most = both.max_by(|(_, a), (_, b)| change(*a).total_cmp(&change(*b)));
    let (label, pair) = most.filter(|(_, pair)| change(*pair) > HARDLY * pair[0].max(pair[1]))?;
    Some((label.to_owned(), pair))
}
