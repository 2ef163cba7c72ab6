//! Pictures of every size and of hostile names.

#![cfg(test)]

mod contrast;
mod lists;
mod sweep;

use super::*;
use crate::report::chart::{
    BarRow, BarsChart, Bin, ChartName, Column, ColumnsChart, CycleChart, FunnelChart, FunnelStage,
    LossPart, Mark, Measure, Strip, StripsChart, Tone,
};
use crate::report::phrase::{Caption, Finding, Month, Phrase};
use crate::report::tables::TimeUnit;

fn as_svg(chart: &Chart) -> String {
    svg(chart, Size::Slide, Language::English).expect("drawn")
}

fn as_png(chart: &Chart) -> Vec<u8> {
    png(chart, Size::Slide, Language::English).expect("drawn")
}

fn title(text: &str) -> Finding {
    Finding::Model(text.to_owned())
}

fn words(text: &str) -> Phrase {
    Phrase::Name(text.to_owned())
}

fn stage(label: &str, deals: f64, next: f64, losses: &[(&str, f64)]) -> FunnelStage {
    FunnelStage {
        label: label.to_owned(),
        deals,
        half_width: deals.sqrt(),
        next,
        losses: losses
            .iter()
            .map(|&(reason, deals)| LossPart { reason: reason.to_owned(), deals })
            .collect(),
        ..FunnelStage::default()
    }
}

fn funnel(stages: Vec<FunnelStage>, won: Option<f64>) -> Chart {
    Chart::Funnel(FunnelChart {
        title: title("A title"),
        subtitle: vec![words("a subtitle")],
        stages,
        won,
        arrived: 1000.0,
    })
}

fn cycle(bins: &[(f64, f64, f64)], marks: &[(&str, f64)], deals: f64) -> Chart {
    Chart::Cycle(CycleChart {
        title: title("A title"),
        subtitle: Vec::new(),
        unit: TimeUnit::Days,
        bins: bins.iter().map(|&(from, to, share)| Bin { from, to, share }).collect(),
        marks: marks
            .iter()
            .map(|&(label, value)| Mark { label: label.to_owned(), value, days: value })
            .collect(),
        deals,
    })
}

fn example() -> Chart {
    funnel(
        vec![
            stage("Lead", 1000.0, 400.0, &[("no budget", 400.0), ("no need", 150.0)]),
            stage("Встреча", 400.0, 200.0, &[("цена", 200.0)]),
            stage("Offer", 200.0, 80.0, &[("price", 120.0)]),
        ],
        Some(80.0),
    )
}

/// Returns the texts of an SVG; fails if it is not well-formed as far as these back ends go.
fn texts_of_well_formed(svg: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut texts = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let (text, tag_on) = rest.split_at(start);
        let allowed = |c: char| matches!(c, '\n') || !c.is_control() && c != '\u{fffe}';
        assert!(text.chars().all(allowed), "{text:?}");
        assert!(!text.contains("]]>"), "{text:?}");
        for entity in text.split('&').skip(1) {
            let name = entity.split(';').next().expect("drawn");
            assert!(["lt", "gt", "amp", "quot", "apos"].contains(&name), "{entity:?}");
        }
        if !text.trim().is_empty() {
            texts.push(text.trim().to_owned());
        }
        let (tag, after) = tag_on[1..].split_once('>').expect("drawn");
        assert!(!tag.contains('<') && tag.matches('"').count() % 2 == 0, "{tag:?}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().expect("drawn"));
        }
        rest = after;
    }
    assert!(open.is_empty() && rest.trim().is_empty());
    texts
}

fn drawn(chart: &Chart) -> Vec<String> {
    let svg = as_svg(chart);
    for foreign in ["<script", "href", "url(", "NaN", "inf"] {
        assert!(!svg.contains(foreign), "{foreign} in {svg}");
    }
    texts_of_well_formed(&svg)
}

#[test]
fn a_funnel_names_stages_shares_losses_and_wins() {
    let texts = drawn(&example());
    for text in
        ["Встреча", "1000", "± 30", "↓ 400, 40 % to the next row", "↓ 200, 50 %", "550 lost", "Won"]
    {
        assert!(texts.iter().any(|t| t == text), "{text} not in {texts:?}");
    }
    assert!(texts.iter().any(|t| t == "73 % no budget"), "{texts:?}");
    assert!(texts.iter().any(|t| t == "8 % of the 1000 that came"), "{texts:?}");
}

#[test]
fn a_cycle_names_its_quantiles_with_the_unit() {
    let bins = (0..20).map(|i| (f64::from(i) * 5.0, f64::from(i + 1) * 5.0, 0.05));
    let texts = drawn(&cycle(&bins.collect::<Vec<_>>(), &[("p50", 50.0), ("p90", 90.0)], 500.0));
    for text in ["p50", "50 d", "90 d", "Sales cycle, days", "40"] {
        assert!(texts.iter().any(|t| t == text), "{text} not in {texts:?}");
    }
    assert!(texts.iter().any(|t| t == "Share of the won deals per 5 days; 500 deals won in a window on average"), "{texts:?}");
}

#[test]
fn a_long_tail_is_cut_and_the_cut_is_said() {
    let mut bins: Vec<_> = (0..10).map(|i| (f64::from(i), f64::from(i + 1), 0.099)).collect();
    bins.push((1000.0, 1001.0, 0.01));
    let texts = drawn(&cycle(&bins, &[("p50", 5.0)], 500.0));
    assert!(texts.iter().any(|t| t == "1 % longer than 10 days →"), "{texts:?}");
}

#[test]
fn the_same_chart_is_the_same_bytes() {
    let chart = example();
    assert_eq!(as_svg(&chart), as_svg(&chart));
    assert_eq!(as_png(&chart), as_png(&chart));
}

#[test]
fn an_svg_has_the_sizes_and_the_fonts_of_the_theme() {
    let svg = as_svg(&example());
    assert!(svg.starts_with("<svg width=\"1280\" height=\"720\" viewBox=\"0 0 1280 720\""));
    for attribute in [
        "role=\"img\"",
        "aria-label=\"A title\"",
        "<title>A title</title>",
        "font-size=\"24\"",
        "font-size=\"15\"",
        "font-size=\"13\"",
        "font-weight=\"600\"",
        "font-family=\"&quot;Voronka Sans&quot;, Inter, ",
    ] {
        assert!(svg.contains(attribute), "{attribute} not in {svg}");
    }
}

#[test]
fn a_png_is_twice_as_large_and_has_the_colours_of_the_theme() {
    let file = as_png(&example());
    let mut reader = png::Decoder::new(&*file);
    reader.set_transformations(png::Transformations::EXPAND);
    let mut reader = reader.read_info().expect("drawn");
    let mut dots = vec![0; reader.output_buffer_size()];
    let info = reader.next_frame(&mut dots).expect("drawn");
    assert_eq!((info.width, info.height), (2560, 1440));
    assert!(file.len() < 100_000, "{} bytes", file.len());
    for colour in [theme::ON, theme::LOST, theme::WON, theme::PAPER, theme::INK] {
        let (r, g, b) = colour.rgb;
        assert!(dots.chunks(3).any(|dot| dot == [r, g, b]), "{:?}", colour.rgb);
    }
}

#[test]
fn a_chart_grows_with_its_stages_and_ends_somewhere() {
    let height = |stages: usize| {
        let stages = (0..stages).map(|i| stage(&format!("S{i}"), 10.0, 10.0, &[])).collect();
        let text = as_svg(&funnel(stages, Some(1.0)));
        text.split("height=\"")
            .nth(1)
            .expect("drawn")
            .split('"')
            .next()
            .expect("drawn")
            .parse::<u32>()
            .expect("drawn")
    };
    assert_eq!(height(1), 720);
    assert_eq!(height(3), 720);
    assert!(height(40) > 1200);
    assert!(height(10_000) < 3000);
}

#[test]
fn nothing_to_show_is_said() {
    for chart in [
        funnel(vec![], None),
        funnel(vec![], Some(3.0)),
        funnel(vec![stage("Lead", 0.0, 0.0, &[])], Some(0.0)),
    ] {
        assert!(drawn(&chart).iter().any(|t| t == "No deals entered this funnel."));
    }
    for chart in [cycle(&[], &[], 0.0), cycle(&[(0.0, 5.0, 0.0)], &[("p50", f64::NAN)], 4.0)] {
        assert!(drawn(&chart).iter().any(|t| t.starts_with("No deals were won")));
    }
}

#[test]
fn one_deal_is_drawn() {
    let one = funnel(vec![stage("Lead", 1.0, 1.0, &[]), stage("Offer", 1.0, 0.0, &[])], None);
    assert!(drawn(&one).iter().any(|t| t == "↓ 1, 100 % to the next row"));
    let texts = drawn(&cycle(&[(42.0, 42.0, 1.0)], &[("p50", 42.0), ("p90", 42.0)], 1.0));
    assert!(
        texts
            .iter()
            .any(|t| t == "Share of the won deals per day; 1 deal won in a window on average"),
        "{texts:?}"
    );
}

/// Names that break careless programs.
fn hostile_names() -> [String; 8] {
    [
        "<script>alert(1)</script>".to_owned(),
        "]]>".to_owned(),
        "\u{1b}[31m\u{0}\u{7}\n\u{202e}".to_owned(),
        "\"quoted\" & 'so' on".to_owned(),
        "🚀👩‍💻".to_owned(),
        String::new(),
        "\u{ffff}".to_owned(),
        "Ы".repeat(200),
    ]
}

#[test]
fn hostile_names_stay_text() {
    for name in hostile_names() {
        let stage = stage(&name, 5.0, 2.0, &[(&name, 2.0), ("b", 1.0)]);
        drawn(&Chart::Funnel(FunnelChart {
            title: title(&name),
            subtitle: vec![words(&name)],
            stages: vec![stage.clone(), stage],
            won: Some(1.0),
            arrived: 10.0,
        }));
        let mut chart = cycle(&[(0.0, 1.0, 1.0)], &[(&name, 0.5), (&name, 0.6)], 5.0);
        if let Chart::Cycle(chart) = &mut chart {
            chart.title = title(&name);
        }
        drawn(&chart);
    }
}

#[test]
fn hostile_names_make_a_png_too() {
    let names = hostile_names();
    let stages =
        names.iter().map(|name| stage(name, f64::NAN, 0.0, &[(name, 3.0)])).collect::<Vec<_>>();
    let marks: Vec<_> = names.iter().map(|name| (&**name, 0.5)).collect();
    for chart in [funnel(stages, Some(5.0)), cycle(&[(0.0, 1.0, 1.0)], &marks, 5.0)] {
        assert!(as_png(&chart).starts_with(b"\x89PNG"));
    }
}

#[test]
fn numbers_that_make_no_sense_do_not_stop_the_drawing() {
    for x in [f64::NAN, f64::INFINITY, -3.0, 1e300, 1e-300] {
        drawn(&funnel(vec![stage("a", x, x, &[("b", x)]), stage("c", 5.0, 0.0, &[])], Some(x)));
        drawn(&cycle(&[(0.0, 1.0, x), (x, x + 1.0, 0.5)], &[("p50", x)], 3.0));
        drawn(&cycle(&[(0.0, x, 1.0)], &[("p50", x)], x));
    }
}

#[test]
fn a_font_stands_in_for_the_letters_that_it_has() {
    let mut fonts = StandIns::default();
    let mut missing: std::collections::BTreeSet<char> = ['A', '中', '\u{628}'].into();
    fonts.take(b"no font".to_vec(), &mut missing);
    assert_eq!(missing.len(), 3);
    let own = include_bytes!("../font/VoronkaSans-Regular.otf");
    fonts.take(own.to_vec(), &mut missing);
    assert_eq!(missing.into_iter().collect::<String>(), "\u{628}中");
    assert_eq!(fonts.fonts.len(), 1);
    let chart = funnel(vec![stage("中文 Lead", 5.0, 0.0, &[])], None);
    let document = svg(&chart, Size::Slide, Language::English).expect("drawn");
    let missing = missing_letters(std::iter::once(document.as_str())).expect("a font");
    assert_eq!(missing.into_iter().collect::<String>(), "中文");
    assert!(
        png_with(&chart, Size::Slide, Language::English, &fonts)
            .expect("drawn")
            .starts_with(b"\x89PNG")
    );
}
