//! Exports and logs that others have published. They are not part of this repository: the tests read them from the
//! folder `VORONKA_DATA`, else from `../shared/data`, and say so where neither is there.

use std::path::{Path, PathBuf};

use voronka::records::deals::Outcome;
use voronka::records::options::{Options, Role};
use voronka::records::refusal::Refusal;
use voronka::records::understood::{Odd, Shape, Use, Why};
use voronka::records::{inspect, read};

/// A published file; none, with a word on stderr, where it is absent.
fn published(name: &str) -> Option<PathBuf> {
    let folder = std::env::var("VORONKA_DATA").map_or_else(
        |_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(name);
    if !path.is_file() {
        eprintln!("not tested: {} is not here", path.display());
        return None;
    }
    Some(path)
}

/// The counts and the revenue are those of the publisher's own description of the file.
#[test]
fn maven_is_read_without_any_option() {
    let Some(path) = published("maven_crm/sales_pipeline.csv") else { return };
    let reading = read(&path, &Options::default()).unwrap();
    let understood = &reading.understood;
    assert_eq!((understood.shape, understood.rows), (Shape::Deals, 8800));
    assert_eq!(understood.preset, None);
    let kinds = understood.kinds;
    assert_eq!((kinds.won.count, kinds.lost.count, kinds.open.count), (4238, 2473, 2089));
    assert_eq!((kinds.won.sum, kinds.won.with_amount), (10_005_534.0, 4238));
    // A value of 0 of a lost deal is no price.
    assert_eq!((kinds.lost.with_amount, understood.count(Odd::ZeroAmount)), (0, 2473));
    assert_eq!(understood.count(Odd::NoCreated), 500);
    let agents = reading.deals.owners.len();
    assert_eq!(agents, 30);
    // Empty in 68 % of open deals and in none of the others.
    let account = understood.columns.iter().find(|column| column.name == "account").unwrap();
    assert_eq!((account.used, account.why), (Use::Unused, Why::ManyWords));
    assert_eq!(reading.deals.segments.len(), 1, "the product");
    let undated = reading.deals.deals.iter().filter(|deal| deal.created.is_none());
    assert!(undated.clone().all(|deal| deal.outcome == Outcome::Open));
    let first = understood.columns.iter().filter(|column| column.used == Use::Role(Role::Id));
    assert_eq!(first.count(), 1);
}

#[test]
fn the_events_of_bpi2012_are_read_from_gzip() {
    let Some(path) = published("bpi2012_loans/events.csv.gz") else { return };
    let told = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let options = Options {
        won: told(&["A_APPROVED"]),
        lost: told(&["A_DECLINED", "A_CANCELLED"]),
        ..Options::default()
    };
    let reading = read(&path, &options).unwrap();
    let understood = &reading.understood;
    assert_eq!((understood.shape, understood.packed), (Shape::EventLog, true));
    assert_eq!((understood.rows, reading.deals.deals.len()), (163_466, 13_087));
    assert_eq!(reading.deals.visits.len(), 163_466);
    let kinds = understood.kinds;
    assert_eq!((kinds.won.count, kinds.lost.count, kinds.open.count), (2246, 7635 + 2807, 399));
    // Without visits the same is understood.
    assert_eq!(inspect(&path, &options).unwrap(), *understood);
}

#[test]
fn the_cases_of_bpi2012_need_the_words_of_the_bank() {
    let Some(path) = published("bpi2012_loans/cases.csv") else { return };
    let reading = read(&path, &Options::default()).unwrap();
    // `cancelled` is a usual word; `approved` and `declined` are those of the bank.
    assert_eq!(reading.understood.count(Odd::NoneWon), 2807);
    assert!(reading.understood.has_unknown_words());
    let told = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let options = Options {
        won: told(&["approved"]),
        lost: told(&["declined", "cancelled"]),
        ..Options::default()
    };
    let kinds = read(&path, &options).unwrap().understood.kinds;
    assert_eq!((kinds.won.count, kinds.lost.count, kinds.open.count), (2246, 10_442, 399));
}

#[test]
fn the_log_of_consulta_has_a_visit_for_each_row() {
    let Some(path) = published("consulta_university/events.csv") else { return };
    let reading = read(&path, &Options::default()).unwrap();
    assert_eq!((reading.deals.deals.len(), reading.deals.visits.len()), (954, 4962));
    assert_eq!(reading.deals.stages.len(), 16);
    let ordered = reading.deals.visits.iter().all(|visit| {
        visit.started.is_some_and(|started| visit.entered <= started)
            && visit.left.is_some_and(|left| visit.started <= Some(left))
    });
    assert!(ordered);
}

/// Each file holds half of what a deal is, so it is refused with what it lacks.
#[test]
fn each_file_of_olist_alone_lacks_something() {
    let Some(leads) = published("olist_funnel/olist_marketing_qualified_leads_dataset.csv") else {
        return;
    };
    let refusal = read(&leads, &Options::default()).unwrap_err();
    let Refusal::NoRoles { needed, found } = refusal else { panic!("{refusal:?}") };
    assert_eq!(needed, [vec![Role::Stage, Role::Status]]);
    assert_eq!(found.len(), 4);
    let Some(deals) = published("olist_funnel/olist_closed_deals_dataset.csv") else { return };
    let refusal = read(&deals, &Options::default()).unwrap_err();
    let Refusal::NoRoles { needed, .. } = refusal else { panic!("{refusal:?}") };
    assert_eq!(needed, [vec![Role::Created]]);
}
