//! The exports of the known systems.

use super::{refused, sound};
use voronka::records::deals::Outcome;
use voronka::records::options::Role;
use voronka::records::refusal::Refusal;

#[test]
fn a_plain_table_needs_no_options() {
    let text =
        "id,created,stage,closed,amount\n1,2026-01-05,Won,2026-02-01,900\n2,2026-01-09,Demo,,\n";
    let reading = sound(text);
    let [won, open] = &reading.deals.deals[..] else { panic!("{reading:?}") };
    assert_eq!((won.outcome, won.amount), (Outcome::Won, Some(900.0)));
    assert_eq!((open.outcome, open.closed), (Outcome::Open, None));
    assert!(
        matches!(refused("a,b\n1,2\n"), Refusal::NoRoles { needed, .. } if needed.contains(&vec![Role::Id]))
    );
}
