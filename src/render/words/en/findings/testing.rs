//! Tests of a model that fail, or that cannot be run.

use crate::diagnostic::{Chance, Claimed, TestFault};
use crate::render::words::shown::{list, message, show};
use crate::render::words::{Message, plural};

pub(super) fn test(fault: &TestFault) -> Message {
    match fault {
        TestFault::Differs { deal, visit, of, found } => {
            let place = match visit {
                Some(stage) => format!("{} at {}", show(deal), show(stage)),
                None => show(deal),
            };
            let title = match found {
                Some(found) => format!("{place}: {} {}", claimed(*of), show(found)),
                None => format!("{place}: {}", nothing(*of)),
            };
            message(title, "correct the model, or the test if this is what should happen")
        }
        TestFault::OtherWay { deal, from, wanted, found } => {
            let from = from.as_ref().map_or("its source".to_owned(), |from| show(from));
            let found = found.as_ref().map_or("nowhere".to_owned(), |found| show(found));
            message(
                format!("{} goes from {from} to {found}, not to {}", show(deal), show(wanted)),
                "the path of a test names every stage that the deal visits, and then its end",
            )
        }
        TestFault::NoSuchWay { stage, wanted, known } => message(
            format!("{} does not lead to {}", show(stage), show(wanted)),
            format!("it leads to {}", list(known)),
        ),
        TestFault::LeftToChance { deal, stage, chance } => {
            let place = match stage {
                Some(stage) => format!("{} at {}", show(deal), show(stage)),
                None => show(deal),
            };
            let (what, help) = self::chance(chance);
            message(format!("{place}: {what} is left to chance"), help)
        }
        TestFault::NoSuchStep { stage, key, steps } => {
            let title = match (*key, *steps) {
                ("steps", count) => {
                    format!(
                        "{} has {count} {}",
                        show(stage),
                        plural::english(count as u64, ["step", "steps"])
                    )
                }
                (key, 0) => format!("there is no `{key}` at {}", show(stage)),
                (key, count) => format!("{} has {count} steps of `{key}`", show(stage)),
            };
            message(
                title,
                "`steps` gives one time for each step; `~` leaves a step as the model has it",
            )
        }
        TestFault::NotWorkingTime { stage } => message(
            format!("the model counts this time at {} by the clock", show(stage)),
            "give it without `working`",
        ),
        TestFault::NoSuchVisit { deal, stage, number } => message(
            format!("{} does not visit {} {number} times", show(deal), show(stage)),
            "the second entry of a stage is its second visit",
        ),
        TestFault::NeverEnds { deal } => {
            message(format!("{} never leaves the process", show(deal)), "give its path to the end")
        }
        TestFault::WrongModel { file, errors } => message(
            format!(
                "the model {} has {errors} {}, so no test was run",
                show(file),
                plural::english(*errors as u64, ["error", "errors"])
            ),
            format!("`voronka check {file}` shows them"),
        ),
        TestFault::NoModel { file } => message(
            format!("the model {} cannot be read", show(file)),
            "`model:` names a file in the folder of the tests",
        ),
        TestFault::OutsideModel { file } => message(
            format!("{} is not in the folder of the tests", show(file)),
            "put the tests beside their model",
        ),
    }
}

/// What was found instead of what is claimed; the value follows.
fn claimed(of: Claimed) -> &'static str {
    match of {
        Claimed::Ends => "it ends as",
        Claimed::Ended => "it ends on",
        Claimed::Won => "it is won on",
        Claimed::Sales => "the number of its sales is",
        Claimed::Bookings => "its bookings are",
        Claimed::Cost => "the cost is",
        Claimed::Worked => "the work takes",
        Claimed::Queued => "the time in the queue is",
        Claimed::Entered => "it enters on",
        Claimed::Left => "it leaves on",
        Claimed::Starts => "the work starts on",
        Claimed::Finishes => "the work is finished on",
        Claimed::By => "the work is done by",
    }
}

/// What does not happen at all.
fn nothing(of: Claimed) -> &'static str {
    match of {
        Claimed::Ends | Claimed::Ended => "it does not end",
        Claimed::Won => "it is never sold",
        Claimed::Starts | Claimed::Finishes | Claimed::By => "nobody works on it",
        Claimed::Left => "it does not leave",
        Claimed::Sales
        | Claimed::Bookings
        | Claimed::Cost
        | Claimed::Worked
        | Claimed::Queued
        | Claimed::Entered => "there is no such figure",
    }
}

fn chance(chance: &Chance) -> (String, String) {
    let of = |what: &str, help: &str| (what.to_owned(), help.to_owned());
    match chance {
        Chance::Work(step) => {
            (format!("the time of work (step {step})"), "give it, as `work: 20 min`".to_owned())
        }
        Chance::Wait(step) => {
            (format!("the wait (step {step})"), "give it, as `wait: 2d`".to_owned())
        }
        Chance::Followed => of("whether the process is followed", "give it, as `followed: true`"),
        Chance::Patience => of("the patience", "give it, as `patience: 3d`"),
        Chance::Attribute(name) => {
            let name = show(name);
            (
                format!("the attribute {name}"),
                format!("give {name} in `attributes` of the deal, or in `set` of the visit"),
            )
        }
        Chance::Value => of("the value", "give it, as `value: 1000`"),
        Chance::Way => of("the way out", "name the next stage or the end in `path`"),
        Chance::After => of("the time of the way out", "give it, as `after: 2d`"),
    }
}
