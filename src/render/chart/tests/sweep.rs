//! Lines and heat maps of sweeps: few and many points, several lines, and numbers that make no sense.

#![cfg(test)]

use super::*;
use crate::report::chart::{HeatChart, Line, LinesChart, Place, Spot};
use crate::report::{Kind, Number};

fn lines(names: &[&str], places: usize, value: impl Fn(usize) -> f64) -> Chart {
    let spot = |at| Some(Spot::around(value(at), value(at) / 10.0));
    let line = |name: &&str| Line {
        label: (names.len() > 1).then(|| words(name)),
        spots: (0..places).map(spot).chain([None]).take(places).collect(),
    };
    Chart::Lines(LinesChart {
        name: ChartName::Sweep,
        title: title("A title"),
        subtitle: Vec::new(),
        kind: Kind::Share,
        axis: words("roles.seller.people"),
        places: (0..places)
            .map(|at| Place { at: at as f64, label: Phrase::Name(format!("{at} d")) })
            .collect(),
        lines: names.iter().map(line).collect(),
        has_zero: false,
        nothing: words("nothing there"),
    })
}

fn heat(names: &[&str], value: f64) -> Chart {
    let cell =
        |at: usize| (at > 0).then(|| Number::new(value * at as f64, Kind::Money("EUR".to_owned())));
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    Chart::Heat(HeatChart {
        title: title("A title"),
        subtitle: Vec::new(),
        axes: [words("a.b"), words("c.d")],
        cells: (0..names.len())
            .map(|row| (0..names.len()).map(|at| cell(row + at)).collect())
            .collect(),
        rows: names.clone(),
        columns: names,
        least_is_dark: true,
        nothing: words("nothing there"),
    })
}

#[test]
fn lines_have_a_scale_of_their_unit_and_their_names_beside_them() {
    let texts = drawn(&lines(&["alone"], 4, |at| 0.225 + 0.002 * at as f64));
    for text in ["20 %", "24 %", "0 d", "3 d", "roles.seller.people"] {
        assert!(texts.iter().any(|t| t == text), "{text} not in {texts:?}");
    }
    assert!(!texts.iter().any(|text| text == "alone"), "{texts:?}");
    let texts = drawn(&lines(&["seller", "clerk"], 3, |at| at as f64));
    assert!(["seller", "clerk", "0 %"].iter().all(|name| texts.iter().any(|t| t == name)));
}

#[test]
fn a_heat_map_names_its_values_and_its_numbers() {
    let texts = drawn(&heat(&["10 %", "20 %", "30 %"], 70.0));
    for text in ["10 %", "30 %", "70 EUR", "280 EUR", "a.b ↓  c.d →"] {
        assert!(texts.iter().any(|t| t == text), "{text} not in {texts:?}");
    }
}

#[test]
fn sweeps_of_nothing_say_so_and_nonsense_is_not_drawn() {
    for chart in [lines(&[], 0, |_| 1.0), lines(&["a"], 0, |_| 1.0), heat(&["a"], 1.0)] {
        assert!(drawn(&chart).iter().any(|text| text == "nothing there"));
    }
    for x in [0.0, f64::NAN, f64::INFINITY, -3.0, 1e300, 1e-300] {
        for places in [1, 2, 1000] {
            drop(drawn(&lines(&["a", "b"], places, |_| x)));
            drop(drawn(&lines(&["a"], places, |at| x * at as f64)));
        }
        drop(drawn(&heat(&["a", "b", "c"], x)));
    }
    for name in hostile_names() {
        drop(drawn(&lines(&[&name, "b"], 3, |at| at as f64)));
        drop(drawn(&heat(&[&name, "b"], 3.0)));
    }
    let many = vec!["Согласование условий с клиентом"; 60];
    assert!(as_png(&heat(&many, 2.0)).len() < 900_000);
    drop(as_png(&lines(&many, 60, |at| at as f64)));
}
