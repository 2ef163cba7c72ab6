//! Charts of a comparison: differences, bookings that gather, funnels and maps.

#![cfg(test)]

use super::*;
use crate::report::chart::{
    ChartName, DifferenceChart, DifferenceRow, FunnelsChart, FunnelsRow, GatheredChart, Line,
    MapsChart, Spot,
};
use crate::report::phrase::difference::Verdict;
use crate::report::{Kind, Number};

fn differences(values: &[f64]) -> Chart {
    let row = |(at, value): (usize, &f64)| DifferenceRow {
        label: words(&format!("figure {at}")),
        before: Number::new(0.2, Kind::Share),
        after: Number::new(0.2 * (1.0 + value), Kind::Share),
        relative: Number { value: *value, half_width: Some(0.01), kind: Kind::Share },
        verdict: [Verdict::Better, Verdict::Worse, Verdict::NotBeyondChance][at % 3],
    };
    Chart::Differences(DifferenceChart {
        title: title("A title"),
        subtitle: Vec::new(),
        rows: values.iter().enumerate().map(row).collect(),
    })
}

#[test]
fn a_difference_has_its_values_its_sign_and_a_colour_for_its_verdict() {
    let texts = drawn(&differences(&[0.25, -0.5]));
    for text in
        ["figure 0", "20 % → 25 %", "+25.0 ± 1.0 %", "−50.0 ± 1.0 %", "0 %", "better", "worse"]
    {
        assert!(texts.iter().any(|t| t == text), "{text} not in {texts:?}");
    }
    assert!(!texts.iter().any(|text| text == "not beyond chance"), "{texts:?}");
}

#[test]
fn a_figure_far_beyond_the_others_ends_in_an_arrow() {
    let arrows = |values: &[f64]| as_svg(&differences(values)).matches("<polygon").count();
    let mut values = vec![0.1; 20];
    assert_eq!(arrows(&values), 0);
    values[3] = 9.0;
    assert_eq!(arrows(&values), 1);
    // No difference at all is drawn too.
    assert_eq!(arrows(&[0.0; 5]), 0);
}

#[test]
fn bookings_show_zero_and_the_names_of_several_alternatives() {
    let spot = |value: f64| Some(Spot::around(value, 10.0));
    let line = |name: &str, last: f64| Line {
        label: Some(words(name)),
        spots: vec![spot(last / 2.0), spot(last)],
    };
    let month = |month, year| Some(Month { month, year });
    let chart = |lines| {
        Chart::Gathered(GatheredChart {
            name: ChartName::CompareBookings,
            title: title("A title"),
            subtitle: Vec::new(),
            kind: Kind::Money("EUR".to_owned()),
            months: vec![month(12, Some(2026)), month(1, Some(2027))],
            lines,
        })
    };
    let long = "an alternative whose name takes several lines beside its line";
    let texts = drawn(&chart(vec![line("one", 1000.0), line(long, 800.0)]));
    for text in ["0.0 k EUR", "Dec", "2026", "Jan", "2027", "one"] {
        assert!(texts.iter().any(|t| t == text), "{text} not in {texts:?}");
    }
    let whole = texts.join(" ");
    assert!(whole.contains("an alternative") && whole.contains("beside its line"), "{whole}");
    assert!(drawn(&chart(Vec::new())).iter().any(|text| text == "No point has a value"));
}

#[test]
fn funnels_name_their_models_and_a_stage_that_one_lacks_has_no_bar() {
    let rows = [("call", [Some(1.0), Some(1.0)]), ("check", [None, Some(0.452)])];
    let row = |(label, shares): (&str, [Option<f64>; 2])| FunnelsRow {
        label: words(label),
        shares: shares.to_vec(),
    };
    let chart = |rows: Vec<FunnelsRow>| {
        Chart::Funnels(FunnelsChart {
            title: title("A title"),
            subtitle: Vec::new(),
            names: vec![words("today"), words("tomorrow")],
            rows,
        })
    };
    let texts = drawn(&chart(rows.map(row).to_vec()));
    for text in ["today", "tomorrow", "check", "–", "45.2 %", "100.0 %"] {
        assert!(texts.iter().any(|t| t == text), "{text} not in {texts:?}");
    }
    // Too many stages are counted; nothing at all is said to be nothing.
    let many = (0..60).map(|at| row(("stage", [Some(1.0 / f64::from(at + 1)), None])));
    let texts = drawn(&chart(many.collect()));
    assert!(texts.iter().any(|text| text.contains("20")), "{texts:?}");
    assert!(!drawn(&chart(Vec::new())).is_empty());
}

#[test]
fn no_maps_are_an_empty_sheet() {
    let chart = MapsChart { title: title("A title"), subtitle: Vec::new(), maps: Vec::new() };
    assert!(drawn(&Chart::Maps(chart)).iter().any(|text| text == "A title"));
}
