//! `--set PATH=VALUE` on a model that has most keys.

#![no_main]

use libfuzzer_sys::fuzz_target;
use voronka::lint::examine;
use voronka::model::Override;
use voronka::render::findings::{Style, draw};

const MODEL: &str = include_str!("../../../models/five-elements.yaml");

fuzz_target!(|text: &str| {
    let changes = text.lines().take(3).filter_map(|line| {
        let (path, value) = line.split_once('=')?;
        Some(Override::set(path, value))
    });
    let changes: Vec<Override> = changes.collect();
    let loaded = examine("model.yaml", MODEL, &changes, None);
    draw(&loaded.sources, &loaded.diagnostics, Style::default());
});
