//! What stands beside the numbers of a fitted model, in English.

use crate::render::words::fitting::date;
use crate::render::words::{Language, plural};
use crate::report::phrase::fitting::{Rare, Remark};

const EN: Language = Language::English;

fn count(n: u64, words: [&str; 2]) -> String {
    format!("{} {}", EN.count(n as f64), plural::english(n, words))
}

pub(in crate::render::words) fn remark(remark: &Remark) -> String {
    match *remark {
        Remark::Learnt { deals, open, days: (first, last) } => format!(
            "Learnt from {} of {} to {}; {} had not ended. Intervals are 95 %.",
            count(deals, ["deal", "deals"]),
            date(first),
            date(last),
            EN.count(open as f64)
        ),
        Remark::LeftOut(n) => format!("Left out: {} without a date", count(n, ["deal", "deals"])),
        Remark::Rate { count: n, weeks, reach } => {
            let deals = count(n, ["deal", "deals"]);
            match reach {
                Some(reach) => {
                    format!("{deals}; ± {} a week over {weeks} full weeks", EN.count(reach))
                }
                None => format!("{deals}; fewer than three full weeks: no interval"),
            }
        }
        Remark::Grows { growth, months } => {
            let (low, high) = growth.between;
            format!(
                "growth {} to {} % a month in {}; the model goes on with it",
                EN.fixed(low * 100.0, 1),
                EN.fixed(high * 100.0, 1),
                count(months, ["full month", "full months"])
            )
        }
        Remark::Months(n) => {
            format!("months differ beyond chance in {}", count(n, ["full month", "full months"]))
        }
        Remark::NoMonths(n) => format!(
            "Not learnt: whether months of the year differ. It takes 24 full months, the file has {}.",
            EN.count(n as f64)
        ),
        Remark::Period => "voronka: ignore V633 a period of the file".to_owned(),
        Remark::LosesNothing => "voronka: ignore V603 nothing was lost here".to_owned(),
        Remark::Periods => "Variants with dates are periods of the file. Later runs use what holds for the whole file.".to_owned(),
        Remark::Varies(times) => {
            format!("weeks vary more than by chance: {} times the variance", EN.rough(times))
        }
        Remark::Share { count: n, of, between: (low, high) } => format!(
            "{} of {}; {} to {} %",
            EN.count(n as f64),
            EN.count(of as f64),
            EN.fixed(low * 100.0, 1),
            EN.fixed(high * 100.0, 1)
        ),
        Remark::Rest { share, count: n, of } => {
            let share = EN.fixed(share * 100.0, 1);
            format!("{share} %: {} of {}", EN.count(n as f64), EN.count(of as f64))
        }
        Remark::Rare(Rare { ways, count: n, of }) => format!(
            "{} of {} of {} left out",
            count(ways, ["rare transition", "rare transitions"]),
            EN.count(n as f64),
            count(of, ["deal", "deals"])
        ),
        Remark::Waits { n, open: 0 } => count(n, ["wait", "waits"]),
        Remark::Waits { n, open } => {
            format!("{}, {} not ended", count(n, ["wait", "waits"]), EN.count(open as f64))
        }
        Remark::Tasks(n) => count(n, ["task", "tasks"]),
        Remark::Deals(n) => count(n, ["deal", "deals"]),
        Remark::Visits(n) => count(n, ["visit", "visits"]),
        Remark::Known { .. }
        | Remark::Kind(_)
        | Remark::Leak(_)
        | Remark::Idle(_)
        | Remark::People { .. }
        | Remark::Hours { .. }
        | Remark::NoHours(_)
        | Remark::WaitsLeft => kinds(remark),
        Remark::NobodyLeft => "nobody has left it: where deals go is not known".to_owned(),
        Remark::Amounts { n, won: true } => count(n, ["won deal", "won deals"]),
        Remark::Amounts { n, won: false } => {
            format!("{}, none of them won", count(n, ["deal", "deals"]))
        }
        Remark::Never => "had not ended after the longest time seen: taken as never decided".to_owned(),
        Remark::Starts => "where deals begin".to_owned(),
        Remark::NoQueues => {
            "waits contain the queues of the log, so people are not limited".to_owned()
        }
        Remark::WarmUp => "the process starts empty; nine of ten deals end sooner".to_owned(),
        Remark::NoOutcomes => {
            "The file does not say how deals end: every end counts as won. Name the words with --won and --lost."
                .to_owned()
        }
        Remark::NoStages => {
            "The file has no history of stages: one stage holds the whole time of a deal."
                .to_owned()
        }
    }
}

/// What is said of kinds of deals and of people.
fn kinds(remark: &Remark) -> String {
    match *remark {
        Remark::Known { n, empty } => {
            let known = count(n, ["deal", "deals"]);
            if empty == 0 {
                known
            } else {
                format!("{known}; {} without one", EN.count(empty as f64))
            }
        }
        Remark::Kind(n) => count(n, ["deal that left", "deals that left"]),
        Remark::Leak(ref name) => format!(
            "Not used: {name}. Its empty cells tell open deals from closed ones (shares differ by more than 20 points)."
        ),
        Remark::Idle(ref names) => {
            format!("Nothing depends on these columns beyond chance: {}.", names.join(", "))
        }
        Remark::People { people, a_day, tasks } => format!(
            "{} of the work of {}; {} of them on a usual day",
            count(people, ["person does 80 %", "people do 80 %"]),
            count(tasks, ["task", "tasks"]),
            EN.fixed(a_day, 1)
        ),
        Remark::Hours { hours, starts, share } => format!(
            "{} of the week hold {} % of {}",
            count(hours, ["hour", "hours"]),
            EN.fixed(share * 100.0, 0),
            count(starts, ["start", "starts"])
        ),
        Remark::NoHours(hours) => {
            format!(
                "work begins at all times: 90 % of starts take {} of 168 hours of the week",
                EN.count(hours as f64)
            )
        }
        Remark::WaitsLeft => {
            "waits are what is left without the time in which the person was busy with other tasks"
                .to_owned()
        }
        _ => String::new(),
    }
}
