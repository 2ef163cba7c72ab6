//! The command line as seen by other programs, one file per command: exit codes, streams, files.

mod check;
mod completions;
mod dialects;
mod explain;
mod folder;
mod language;
mod new;
mod run;
mod show;
mod solve;
mod spreadsheet;
mod streams;
mod usage;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

const MODEL: &str = "name: Test\ncurrency: EUR\nvalue: {lognormal: {mean: 900, sd: 500}}\n\
attributes: {segment: {smb: 70%, \"=cmd()\": rest}}\nsources: {site: {rate: 20/week, cost: 4}}\nstages:\n  \
lead: {phase: lead, wait: {exponential: {mean: 2d}}, cost: 3, next: {offer: 40%, lost: {no need: rest}}}\n  \
\"предложение <script>\": {wait: 1d, next: 50%}\n  offer: {wait: {gamma: {mean: 5d, sd: 3d}}, next: 50%}\n";

fn model_in(folder: &TempDir) -> PathBuf {
    let text = MODEL.replace("offer: 40%", "\"предложение <script>\": 40%");
    let path = folder.path().join("model.yaml");
    fs::write(&path, text).unwrap();
    path
}

fn voronka(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_voronka")).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}
