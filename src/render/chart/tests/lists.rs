//! Pictures of many things: bars, columns and strips, with long names and numbers that make no sense.

#![cfg(test)]

use super::*;

/// One of each chart that lists things, with these names and this number everywhere.
fn lists(names: &[&str], x: f64) -> [Chart; 3] {
    let (title, subtitle) = (title(&names.join(" ")), Vec::new());
    let row = |name: &&str| BarRow {
        label: words(name),
        remark: Some(words(name)),
        parts: vec![x, 2.0 * x],
        note: [Some(words(name)), Some(words(name))],
    };
    let part = |name: &&str| (words(name), Tone::Main);
    let month = |at: usize| Some(Month { month: at as i8 % 12 + 1, year: Some(2026) });
    let column = |at: usize| Column {
        label: month(at),
        parts: names.iter().map(|_| x).collect(),
        band: Some((x, 2.0 * x)),
        full: false,
    };
    let strip = |name: &&str| Strip {
        label: (*name).to_owned(),
        remark: Some(words(name)),
        shares: names.iter().map(|_| Some(x)).chain([None]).collect(),
    };
    [
        Chart::Bars(BarsChart {
            name: ChartName::Losses,
            title: title.clone(),
            subtitle: subtitle.clone(),
            measure: Measure::Days,
            parts: names.iter().map(part).take(2).collect(),
            rows: names.iter().map(row).collect(),
            nothing: Caption::NothingBooked,
        }),
        Chart::Columns(ColumnsChart {
            name: ChartName::Bookings,
            title: title.clone(),
            subtitle: subtitle.clone(),
            measure: Measure::Money("EUR".to_owned()),
            caption: Caption::InStages,
            parts: names.iter().map(|name| words(name)).collect(),
            beside: 0,
            columns: (0..names.len()).map(column).collect(),
            plan: Some(2.0),
            nothing: Caption::NothingBooked,
        }),
        Chart::Strips(StripsChart {
            title,
            subtitle,
            labels: (0..names.len()).map(month).collect(),
            full: vec![true; names.len()],
            strips: names.iter().map(strip).collect(),
        }),
    ]
}

#[test]
fn lists_draw_three_and_twenty_things_with_long_names() {
    for count in [1, 3, 20, 200] {
        let names = vec![
            "Согласование условий с клиентом и юристами";
            count
        ];
        for chart in lists(&names, 3.5) {
            let texts = drawn(&chart);
            assert!(texts.iter().any(|text| text.starts_with("Согласование")), "{texts:?}");
            let file = as_png(&chart);
            assert!(file.len() < 600_000, "{} bytes", file.len());
        }
    }
}

#[test]
fn lists_of_nothing_say_so_and_nonsense_is_not_drawn() {
    for chart in lists(&[], 1.0) {
        let texts = drawn(&chart);
        let says = |text: &String| {
            text == "Nothing was booked in this window." || text.starts_with("No role")
        };
        assert!(texts.iter().any(says), "{texts:?}");
    }
    for x in [0.0, f64::NAN, f64::INFINITY, -3.0, 1e300, 1e-300] {
        lists(&["a", "b"], x).iter().for_each(|chart| drop(drawn(chart)));
    }
    for name in hostile_names() {
        lists(&[&name, "b"], 2.0).iter().for_each(|chart| drop(drawn(chart)));
    }
}

#[test]
fn columns_have_a_scale_in_their_unit_and_parts_are_named_beside_the_last_one() {
    let [_, columns, _] = lists(&["Jan", "Feb"], 30.0);
    let texts = drawn(&columns);
    // Two parts of 30 each: up to 60, in steps of 20.
    for text in ["0 EUR", "20 EUR", "60 EUR"] {
        assert!(texts.iter().any(|t| t == text), "{text} not in {texts:?}");
    }
    // On the axis and beside the stack.
    assert_eq!(texts.iter().filter(|text| *text == "Feb").count(), 2, "{texts:?}");
}
