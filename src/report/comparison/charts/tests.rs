//! What each chart holds, and that its title follows from the comparison.

use super::*;
use crate::kpi::{Key, Kpi, Stat};
use crate::model::load;
use crate::report::chart::{ChartName, DifferenceChart, FunnelsChart, GatheredChart, MapsChart};
use crate::report::phrase::{Contrast, Finding, Phrase, Sum};
use crate::study::compare::{compare, is_main, observe, sides};
use crate::study::conclude;
use crate::study::difference::Verdict;
use crate::study::simulate::{self, Options, Progress};

const BASE: &str = "name: Today\nvalue: 100\ncurrency: EUR\nsources: {s: {rate: 30/week, cost: 5}}\n\
    horizon: 6 months\nstart: 2026-01-01\nroles: {r: {people: 1, cost: 20/hour}}\n\
    stages: {call: {title: Call, phase: lead, work: {role: r, time: 1h}, next: {offer: 50%, lost: rest}}, \
    offer: {title: Offer, wait: 2d, next: 40%}}\n";

struct Found {
    comparison: Comparison,
    simulations: Vec<Simulation>,
    charts: Vec<NamedChart>,
}

fn found(texts: &[&str]) -> Found {
    let model = |text: &&str| load("m.yaml", text, &[], None).model.expect("the model is sound");
    let models: Vec<Model> = texts.iter().map(model).collect();
    let models: Vec<&Model> = models.iter().collect();
    let options = Options { replications: 60, threads: 1, ..Options::default() };
    let simulate =
        |model: &Model, options: &Options| simulate::observe(model, options, &Progress::default());
    let observed = observe(&models, &options, simulate).expect("all can be run");
    let sides = sides(&models, &observed);
    let comparison = compare(sides[0], &sides[1..], &options).expect("all can be compared");
    let simulations: Vec<Simulation> = sides
        .iter()
        .map(|side| conclude(side.model, side.observations, &options).expect("they fit"))
        .collect();
    let charts = compare_charts(&comparison, Ran { models: &models, simulations: &simulations });
    Found { comparison, simulations, charts }
}

impl Found {
    fn stems(&self) -> Vec<&str> {
        self.charts.iter().map(|chart| chart.file_stem.as_str()).collect()
    }

    fn chart(&self, stem: &str) -> &Chart {
        let found = self.charts.iter().find(|chart| chart.file_stem == stem);
        &found.unwrap_or_else(|| panic!("{stem}: {:?}", self.stems())).chart
    }

    fn differences(&self, stem: &str) -> &DifferenceChart {
        let Chart::Differences(chart) = self.chart(stem) else { panic!("{stem}") };
        chart
    }

    fn gathered(&self) -> &GatheredChart {
        let Chart::Gathered(chart) = self.chart("compare-bookings") else { panic!("bookings") };
        chart
    }

    fn funnels(&self) -> &FunnelsChart {
        let Chart::Funnels(chart) = self.chart("compare-funnel") else { panic!("funnels") };
        chart
    }

    fn maps(&self) -> &MapsChart {
        let Chart::Maps(chart) = self.chart("compare-map") else { panic!("maps") };
        chart
    }
}

fn said(title: &Finding) -> &Contrast {
    let Finding::Contrast(contrast) = title else { panic!("{title:?}") };
    contrast
}

#[test]
fn each_alternative_has_its_differences_and_its_map() {
    let found = found(&[BASE, &BASE.replace("40%", "50%"), BASE]);
    let expected = [
        "compare-difference",
        "compare-difference-2",
        "compare-bookings",
        "compare-funnel",
        "compare-map",
        "compare-map-2",
    ];
    assert_eq!(found.stems(), expected);
    let names: Vec<&str> = found.charts.iter().map(|one| one.chart.name().file_stem()).collect();
    assert_eq!(names[1], ChartName::CompareDifference.file_stem());
    // What is the same has no difference.
    let same = found.differences("compare-difference-2");
    assert_eq!(*said(&same.title), Contrast::NoDifference);
    assert!(same.rows.iter().all(|row| row.relative.value == 0.0), "{same:?}");
}

#[test]
fn differences_are_the_main_lines_and_the_title_names_the_largest() {
    let found = found(&[BASE, &BASE.replace("40%", "50%").replace("wait: 2d", "wait: 4d")]);
    let chart = found.differences("compare-difference");
    let lines = &found.comparison.alternatives[0].lines;
    let main = lines.iter().filter(|line| is_main(&line.difference.key));
    let whole: Vec<Kpi> = main
        .clone()
        .filter(|l| l.difference.key.name.is_empty())
        .map(|l| l.difference.key.kpi)
        .collect();
    // Of roles only what the whole process has not.
    let shown: Vec<&Line> = main
        .filter(|line| {
            let key = &line.difference.key;
            key.name.is_empty() || !whole.contains(&key.kpi)
        })
        .collect();
    let of_role = shown.iter().filter(|line| !line.difference.key.name.is_empty());
    assert!(of_role.map(|line| line.difference.key.kpi).eq([Kpi::Utilization]));
    let known: Vec<f64> = shown.iter().filter_map(|line| line.difference.relative.value).collect();
    let drawn: Vec<f64> = chart.rows.iter().map(|row| row.relative.value).collect();
    assert_eq!(drawn, known);
    let left_out = shown.len() - drawn.len();
    assert!(left_out > 0, "nobody comes back, so repeat bookings are zero");
    assert!(chart.subtitle.contains(&Contrast::NotDrawn(left_out).into()), "{:?}", chart.subtitle);
    let Contrast::Differences(changes) = said(&chart.title) else { panic!("{:?}", chart.title) };
    let verdicts: Vec<Verdict> = changes.iter().map(|one| one.verdict).collect();
    assert_eq!(verdicts, [Verdict::Better, Verdict::Worse]);
    for one in changes {
        let mut of: Vec<&&Line> = shown.iter().filter(|l| l.verdict == one.verdict).collect();
        assert_eq!(one.first.len() + one.more, of.len());
        let size = |line: &Line| line.difference.relative.value.map_or(0.0, f64::abs);
        of.sort_by(|a, b| size(b).total_cmp(&size(a)));
        for ((figure, change), line) in one.first.iter().zip(of) {
            assert_eq!(figure.statistic.kpi, line.difference.key.kpi);
            assert_eq!(Some(change.value), line.difference.absolute.value);
        }
    }
}

#[test]
fn the_title_of_bookings_is_the_last_month_of_the_line() {
    let found = found(&[BASE, &BASE.replace("40%", "50%"), &BASE.replace("40%", "30%")]);
    let chart = found.gathered();
    assert_eq!(chart.lines.len(), 2);
    let ends = |at: usize| found.comparison.alternatives[at].bookings[5].difference;
    let spots: Vec<f64> =
        chart.lines.iter().map(|line| line.spots[5].expect("a mean").value).collect();
    assert_eq!(spots, [ends(0).value.expect("it is there"), ends(1).value.expect("it is there")]);
    let most = usize::from(spots[0].abs() <= spots[1].abs());
    let Contrast::Gathered { of: Sum::Bookings, amount, more, other } = said(&chart.title) else {
        panic!("{:?}", chart.title)
    };
    assert_eq!((amount.value, *more), (spots[most].abs(), spots[most] > 0.0));
    assert_eq!((amount.half_width, other.is_some()), (ends(most).half_width, true));
    // The same process books the same, and there is nothing to draw.
    let same = self::found(&[BASE, BASE]);
    assert!(!same.stems().contains(&"compare-bookings"), "{:?}", same.stems());
}

#[test]
fn funnels_have_the_stages_of_both_and_the_title_their_widest_gap() {
    let longer = BASE.replace(
        "{offer: 50%, lost: rest}}",
        "{check: 50%, lost: rest}}, check: {title: Check, next: {offer: 90%, lost: rest}}",
    );
    let found = found(&[BASE, &longer]);
    let chart = found.funnels();
    let label = |text: &str| Phrase::Name(text.to_owned());
    let labels: Vec<Phrase> = chart.rows.iter().map(|row| row.label.clone()).collect();
    assert_eq!(labels, [label("Call"), label("Check"), label("Offer"), Contrast::Won.into()]);
    assert_eq!(chart.rows[1].shares[0], None, "the base lacks it");
    let share = |at: usize, key: &Key| found.simulations[at].value(key).expect("it is there");
    let reached = |at: usize, stage: &str| {
        let visits = share(at, &Key::new(Kpi::Visits, Stat::Total).stage(stage));
        visits / share(at, &Key::new(Kpi::Intake, Stat::Total))
    };
    assert_eq!(chart.rows[2].shares, [Some(reached(0, "offer")), Some(reached(1, "offer"))]);
    let won = Key::new(Kpi::LeadToWin, Stat::Share);
    assert_eq!(chart.rows[3].shares, [Some(share(0, &won)), Some(share(1, &won))]);
    let Contrast::Reached { stage, base, share, other } = said(&chart.title) else {
        panic!("{:?}", chart.title)
    };
    assert_eq!((stage.as_deref(), other), (Some("Offer"), &None));
    assert_eq!((base.value, share.value), (reached(0, "offer"), reached(1, "offer")));
    // Models without common stages have no common funnel.
    let apart = self::found(&[BASE, "currency: EUR\nstages: {a: {next: b}, b: {next: 50%}}\n"]);
    assert!(!apart.stems().contains(&"compare-funnel"), "{:?}", apart.stems());
}

#[test]
fn the_title_of_maps_is_the_stage_whose_idle_time_changes_most() {
    let found = found(&[BASE, &BASE.replace("people: 1", "people: 3")]);
    let chart = found.maps();
    let wait = |at: usize| {
        let map = &chart.maps[at].chart;
        let node = map.map.nodes.iter().position(|node| node.label == "Call").expect("it is there");
        map.waits[node].expect("it is there")
    };
    let Contrast::IdleMoved { stage, before, after } = said(&chart.title) else {
        panic!("{:?}", chart.title)
    };
    assert_eq!((stage.as_str(), before.value, after.value), ("Call", wait(0), wait(1)));
    assert!(before.value > after.value);
    // Without people the title says how many were won.
    let free = "stages: {a: {next: 40%}}\n";
    let found = self::found(&[free, &free.replace("40%", "60%")]);
    let Contrast::LeftWon([base, other]) = said(&found.maps().title) else {
        panic!("{:?}", found.maps().title)
    };
    assert!((base.value - 0.4).abs() < 0.05 && (other.value - 0.6).abs() < 0.05);
}
