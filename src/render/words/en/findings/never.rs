//! Why no deal meets a test of a condition.

use super::LANGUAGE;
use crate::diagnostic::Never;
use crate::render::words::shown::{list, show};

/// Why no deal meets a test.
pub(super) fn never(why: &Never) -> String {
    match why {
        Never::Visits { most: 1 } => "a deal visits this stage once".to_owned(),
        Never::Visits { most: i64::MAX } => "visits count from 1".to_owned(),
        Never::Visits { most } => format!("visits of this stage count from 1 to {most}"),
        Never::Value { least, most } => {
            format!("values go from about {} to {}", LANGUAGE.rough(*least), LANGUAGE.rough(*most))
        }
        Never::NewRound => "each sale begins a new round, so visits count from 1 again".to_owned(),
        Never::NoSale => "no sale comes before this stage".to_owned(),
        Never::Sold => "every deal has been sold to before this is asked".to_owned(),
        Never::Age { least, most } if least == most => {
            format!("deals here are always {} old", LANGUAGE.duration(*least))
        }
        Never::Age { least, most } if most.is_infinite() => {
            format!("deals here are at least {} old", LANGUAGE.duration(*least))
        }
        Never::Age { least, most } => format!(
            "deals here are between {} and {} old",
            LANGUAGE.duration(*least),
            LANGUAGE.duration(*most)
        ),
        Never::NoQueue { role } => {
            format!("the people of {} are unlimited, so nobody waits for them", show(role))
        }
        Never::NoScore => "a score goes from 0 to 100".to_owned(),
        Never::Outside => "it lies outside the simulated time".to_owned(),
        Never::Values { known } if known.is_empty() => "no stage on the way sets it".to_owned(),
        Never::Values { known } => format!("deals here have {}", list(known)),
    }
}
