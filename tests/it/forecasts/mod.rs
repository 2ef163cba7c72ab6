//! Forecasts from past deals: on real data, with a planted future, and with a known truth.
//!
//! The real data are not part of the project. Where `../shared/data` is missing, their tests say so
//! and pass.

mod by_model;
mod coverage;
mod figures;
mod future;
mod independent;
mod screen;

use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use voronka::fit::season::day_of;
use voronka::records::deals::{Deal, Deals, Moment, Names, Outcome, Segment, Visit};

const DAY: f64 = 86_400e6;

/// A file of the shared data; none where it is missing, which is said.
fn shared(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    let folder = std::env::var_os("VORONKA_DATA").map(PathBuf::from);
    let path = folder.map_or(beside, |folder| folder.join(name));
    if !path.exists() {
        println!("{} is missing: nothing is tested", path.display());
        return None;
    }
    Some(path)
}

/// The day since 1970-01-01 of a date.
fn day(year: i16, month: i8, day: i8) -> f64 {
    day_of(Date::new(year, month, day).unwrap()) as f64
}

fn moment(text: &str) -> Option<Moment> {
    // A date parses from the text of a moment too, without its time.
    if !text.contains('T') {
        return Some(Moment::of_day(day_of(text.parse::<Date>().ok()?)));
    }
    let at: DateTime = text.parse().ok()?;
    let micros = at.time().duration_since(jiff::civil::Time::midnight()).as_micros();
    Some(Moment((day_of(at.date()) as f64 * DAY) as i64 + micros as i64))
}

/// An open deal without anything.
fn blank(id: &str) -> Deal {
    Deal {
        id: id.to_owned(),
        created: None,
        closed: None,
        outcome: Outcome::Open,
        stage: None,
        since: None,
        amount: None,
        reason: None,
        source: None,
        owner: None,
        funnel: None,
        expected: None,
        typed_chance: None,
        asked: None,
        next: None,
    }
}

/// The opportunities of `maven_crm`, one row per deal.
fn maven() -> Option<Deals> {
    let mut reader = csv::Reader::from_path(shared("maven_crm/sales_pipeline.csv")?).unwrap();
    let mut deals = Deals::default();
    let (mut products, mut accounts) = (Names::default(), Names::default());
    let (mut product, mut account) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.unwrap();
        let outcome = match &row[4] {
            "Won" => Outcome::Won,
            "Lost" => Outcome::Lost,
            _ => Outcome::Open,
        };
        let owner = Some(deals.owners.id(&row[1]));
        let stage = Some(deals.stages.id(&row[4]));
        let (created, closed, amount) = (moment(&row[5]), moment(&row[6]), row[7].parse().ok());
        let deal = blank(&row[0]);
        deals.deals.push(Deal { created, closed, outcome, owner, stage, amount, ..deal });
        product.push(Some(products.id(&row[2])));
        account.push((!row[3].is_empty()).then(|| accounts.id(&row[3])));
    }
    for (name, levels, of_deal) in [("product", products, product), ("account", accounts, account)]
    {
        deals.segments.push(Segment { name: name.to_owned(), levels, of_deal });
    }
    Some(deals)
}

/// Milestones of `bpi2012_loans` that are stages here.
const MILESTONES: [&str; 5] =
    ["A_SUBMITTED", "A_PREACCEPTED", "A_ACCEPTED", "O_SENT", "O_SENT_BACK"];

/// The applications of `bpi2012_loans` with their milestones as stages.
fn bpi2012() -> Option<Deals> {
    let mut reader = csv::Reader::from_path(shared("bpi2012_loans/cases.csv")?).unwrap();
    let mut deals = Deals::default();
    for row in reader.records() {
        let row = row.unwrap();
        let outcome = match &row[3] {
            "approved" => Outcome::Won,
            "open" => Outcome::Open,
            _ => Outcome::Lost,
        };
        let (created, closed, amount) = (moment(&row[1]), moment(&row[4]), row[2].parse().ok());
        deals.deals.push(Deal { created, closed, outcome, amount, ..blank(&row[0]) });
    }
    let index: std::collections::HashMap<String, u32> =
        deals.deals.iter().enumerate().map(|(at, deal)| (deal.id.clone(), at as u32)).collect();
    let packed = shared("bpi2012_loans/events.csv.gz")?;
    let output = std::process::Command::new("gzip").arg("-dc").arg(packed).output().unwrap();
    for row in csv::Reader::from_reader(&output.stdout[..]).records() {
        let row = row.unwrap();
        if MILESTONES.contains(&&row[1]) {
            let (deal, stage) = (index[&row[0]], deals.stages.id(&row[1]));
            let entered = moment(&row[3]).unwrap();
            let visit = Visit { deal, stage, entered, started: None, left: None, owner: None };
            deals.visits.push(visit);
        }
    }
    deals.visits.sort_by_key(|visit| (visit.deal, visit.entered));
    Some(deals)
}
