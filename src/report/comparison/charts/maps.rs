//! The maps of a base and an alternative.

use super::Ran;
use crate::report::chart::{Chart, MapChart, MapsChart, NamedMap};
use crate::report::charts::{map_of_run, seen};
use crate::report::phrase::{Caption, Contrast, Finding};
use crate::study::compare::Comparison;

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
    let names = [comparison.base.name.clone(), comparison.alternatives[at].program.name.clone()];
    let has_waits = [&base, &other].iter().any(|map| map.waits.iter().any(Option::is_some));
    let title = title([&base, &other], &names);
    let [base_name, other_name] = names;
    let maps = vec![
        NamedMap { name: Contrast::Base(base_name).into(), chart: base },
        NamedMap { name: Contrast::Alternative(other_name).into(), chart: other },
    ];
    let subtitle = vec![Caption::MapOfRun { has_waits }.into(), seen(&ran.simulations[0])];
    Chart::Maps(MapsChart { title, subtitle, maps })
}

/// The findings of both maps in one sentence; where they are of two kinds, the names of the models.
fn title(maps: [&MapChart; 2], names: &[String; 2]) -> Finding {
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
