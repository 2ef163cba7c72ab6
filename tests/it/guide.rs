//! The how-tos of docs/guide: every command is run, every excerpt of its output is true, and the
//! figures of the page on simple formulas follow from arithmetic.

use std::fs;
use std::path::{Path, PathBuf};

use crate::console;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide")
}

fn pages() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    pages.retain(|page| !page.ends_with("README.md"));
    pages.sort();
    pages
}

#[test]
fn every_console_block_of_the_guide_is_true() {
    for page in pages() {
        assert!(console::run_all(&page, 130) >= 1, "{}", page.display());
    }
}

#[test]
fn the_guide_names_each_page_once() {
    let list = fs::read_to_string(folder().join("README.md")).unwrap();
    for page in pages() {
        let link = format!("]({})", page.file_name().unwrap().display());
        assert_eq!(list.matches(&link).count(), 1, "{link}");
    }
    assert_eq!(list.matches(".md)").count(), pages().len() + 1); // and docs/deciding.md
}

/// The chance of at least so many wins among deals that are won independently of each other.
fn chance(deals: i32, win_rate: f64, wins: i32) -> f64 {
    let (mut fewer, mut probability) = (0.0, (1.0 - win_rate).powi(deals));
    for won in 0..wins {
        fewer += probability;
        probability *= f64::from(deals - won) / f64::from(won + 1) * win_rate / (1.0 - win_rate);
    }
    1.0 - fewer
}

#[test]
fn simple_formulas_mislead_by_as_much_as_the_page_says() {
    let text = fs::read_to_string(folder().join("why-simple-formulas-mislead.md")).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = |words: &str| assert!(text.contains(words), "the page does not say: {words}");
    let (open, value, win_rate, won_after, lost_after) = (18.0, 42_000.0, 0.24, 78.0, 30.0);

    let mean_time = win_rate * won_after + (1.0 - win_rate) * lost_after;
    assert!((mean_time - 41.52_f64).abs() < 1e-9);
    says("41.52 days");
    // Little: open deals = intake × mean time.
    let intake = open / mean_time;
    assert_eq!(format!("{intake:.6}"), "0.433526");
    says("rate: 0.433526/day");
    assert_eq!((intake * win_rate * value).round(), 4370.0);
    says("4,370");
    assert_eq!((open * value * win_rate / won_after).round(), 2326.0);
    says("2,326");

    assert_eq!((34.0_f64 / 0.22).ceil(), 155.0);
    let percent = |deals| (100.0 * chance(deals, 0.22, 34)).round();
    assert_eq!((percent(151), percent(155)), (47.0, 54.0));
    says("151 deals bring 34 wins with 47 %, 155 with 54 %");
    let enough = |level| (34..1000).find(|&deals| chance(deals, 0.22, 34) >= level).unwrap();
    assert_eq!((enough(0.8), enough(0.9)), (174, 185));
    says("80 % certainty takes 174 deals, 19 more");
    assert_eq!((percent(174), percent(185)), (81.0, 90.0));
    says("174 with 81 % and 185 with 90 %");
}
