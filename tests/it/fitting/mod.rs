//! `fit`: parameters of known processes come back, and real logs are met.

#![allow(clippy::unwrap_used)]

mod against;
mod command;
mod facts;
mod known;
mod logs;
mod names;
mod report;
mod round_trip;

use voronka::fit::process::{Detail, Fitted, Traces, fit, traces};
use voronka::records::deals::Deals;
use voronka::records::options::Options;
use voronka::records::read;

/// The deals of a file of the collection of real data; `None`, said aloud, where that is absent.
fn real(path: &str) -> Option<Deals> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !path.exists() {
        eprintln!("{} is absent: nothing was checked", path.display());
        return None;
    }
    Some(read(&path, &Options::default()).unwrap().deals)
}

fn fitted(deals: &Deals) -> (Traces, Fitted) {
    let traces = traces(deals);
    let fitted = fit(&traces, Detail::default());
    (traces, fitted)
}
