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
                    format!("{deals}; ± {} a week over {weeks} full weeks", EN.rough(reach))
                }
                None => format!("{deals}; fewer than three full weeks: no interval"),
            }
        }
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
            count(ways, ["rare way", "rare ways"]),
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
        Remark::NobodyLeft => "nobody has left it: where deals go is not known".to_owned(),
        Remark::Amounts { n, won: true } => count(n, ["won deal", "won deals"]),
        Remark::Amounts { n, won: false } => {
            format!("{}, none of them won", count(n, ["deal", "deals"]))
        }
        Remark::Never => "had not ended after the longest time seen: taken as never decided".to_owned(),
        Remark::Starts => "where deals begin".to_owned(),
        Remark::NoQueues => {
            "waits hold the queues of the log, so people are not limited".to_owned()
        }
        Remark::WarmUp => "the process starts empty; nine of ten deals last shorter".to_owned(),
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
