//! Words inside pictures.

use super::{Language, MONTHS};
use crate::render::words::drawn::Drawn;
use crate::render::words::plural::english as plural;
use crate::report::tables::TimeUnit;
use crate::report::{Asked, Bounds, Condition, NodeKind};

const EN: Language = Language::English;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const IDLE: [&str; 5] = ["idle under 1 h", "1 h – 1 d", "1 – 3 d", "3 – 7 d", "over 7 d"];

#[allow(clippy::too_many_lines)] // one arm per phrase: a table
pub(in crate::render::words) fn drawn(drawn: Drawn<'_>) -> String {
    let text = match drawn {
        Drawn::NoSalesCycle => "No deals were won, so there is no sales cycle to show.",
        Drawn::PerBin { width, unit, deals } => {
            let per = EN.count(width);
            let [one, many] = self::unit(unit);
            let per = if per == "1" { one.to_owned() } else { format!("{per} {many}") };
            let deals = EN.count(deals);
            let won = if deals == "1" { "deal" } else { "deals" };
            return format!(
                "Share of the won deals per {per}; {deals} {won} won in a window on average"
            );
        }
        Drawn::CycleAxis(unit) => return format!("Sales cycle, {}", self::unit(unit)[1]),
        Drawn::Longer { share, than, unit } => {
            let unit = self::unit(unit)[1];
            return format!("{} longer than {} {unit} →", EN.percent(share), EN.count(than));
        }
        Drawn::NoFunnel => "No deals entered this funnel.",
        Drawn::WentOn => "to the next row",
        Drawn::NextRow => "went on to the next row",
        Drawn::Won => "won",
        Drawn::Done => "done",
        Drawn::AnotherWay => "went another way",
        Drawn::Lost => "lost",
        Drawn::StillThere => "still there at the end",
        Drawn::WonRow => "Won",
        Drawn::OfAllThatCame { share, came } => {
            return format!("{} of the {} that came", EN.percent(share), EN.count(came));
        }
        Drawn::LostDeals(deals) => return format!("{} lost", EN.count(deals)),
        Drawn::LeftAfterSale(deals) => return format!("{} left after a sale", EN.count(deals)),
        Drawn::LongBars => {
            "A bar is longer than its count where more deals left than came: some were there before the window, or were \
             turned away at a limit of visits."
        }
        Drawn::HiddenStages(hidden) => {
            let are = plural(hidden as u64, ["stage is", "stages are"]);
            return format!("{hidden} more {are} not drawn.");
        }
        Drawn::NoLoad => "No role with a number of people works here.",
        Drawn::AskedFor(share) => return format!("{} asked for", EN.percent(share)),
        Drawn::OfWorkingTime => "Share of the working time; the line is all of it.",
        Drawn::Work => "work",
        Drawn::BusyWindow => "work in a busy window",
        Drawn::BeyondTime => "asked for beyond the working time",
        Drawn::Free => "free",
        Drawn::WorkShare => "work, share of the working time",
        Drawn::NoTimeLeft => "no time left",
        Drawn::PartOfWeek => "only a part of the week lies in the window",
        Drawn::Plan(amount) => return format!("plan {amount}"),
        Drawn::PalePeriods => "Pale: only a part of the period lies in the window.",
        Drawn::NoStages => "This process has no stages.",
        Drawn::NobodyHere => "nobody works here",
        Drawn::Idle(days) => return format!("idle {}", EN.duration(days)),
        Drawn::IdleScale(step) => IDLE[step],
        Drawn::End(kind) => end(kind),
        Drawn::WayOn => "way on",
        Drawn::WayBack => "way back",
        Drawn::ASale => "a sale",
        Drawn::UpTo(share) => return format!("up to {}", EN.percent(share)),
        Drawn::OutOfPatience => "out of patience",
        Drawn::AfterVisits(visits) => {
            return format!("after {visits} {}", plural(visits, ["visit", "visits"]));
        }
        Drawn::When(conditions) => return all(conditions),
        Drawn::CardKey(key) => key,
        Drawn::CardText(_, text) => text,
    };
    text.to_owned()
}

fn unit(unit: TimeUnit) -> [&'static str; 2] {
    match unit {
        TimeUnit::Minutes => ["minute", "minutes"],
        TimeUnit::Hours => ["hour", "hours"],
        TimeUnit::Days => ["day", "days"],
    }
}

fn end(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Won => "won",
        NodeKind::Done => "done",
        NodeKind::Lost => "lost",
        NodeKind::Cancelled => "cancelled",
        NodeKind::Source | NodeKind::Stage | NodeKind::Sale => "",
    }
}

fn all(conditions: &[Condition]) -> String {
    conditions.iter().map(condition).collect::<Vec<_>>().join(" and ")
}

fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Attribute(name, values) => format!("{name}: {}", values.join(" or ")),
        Condition::Source(sources) => format!("source: {}", sources.join(" or ")),
        Condition::Number(asked, bounds) => {
            let what = match asked {
                Asked::Visit => "visit",
                Asked::Bookings => "bookings",
                Asked::Value => "value",
                Asked::Age => "age",
                Asked::Waited => "waited",
                Asked::Satisfaction => "satisfaction",
            };
            format!("{what} {}", ranges(bounds))
        }
        Condition::Queue(role, bounds) => format!("queue of {role} {}", ranges(bounds)),
        Condition::Months(months) => listed(months, &MONTHS),
        Condition::Followed(true) => "process followed".to_owned(),
        Condition::Followed(false) => "process not followed".to_owned(),
        Condition::Weekdays(days) => listed(days, &WEEKDAYS),
        Condition::Dates(spans) => {
            let span = |span: &(_, _)| match span {
                (Some(from), Some(until)) => format!("{from} – {until}"),
                (Some(from), None) => format!("from {from}"),
                (None, Some(until)) => format!("before {until}"),
                (None, None) => String::new(),
            };
            spans.iter().map(span).collect::<Vec<_>>().join(" or ")
        }
    }
}

fn listed(numbers: &[i8], names: &[&str]) -> String {
    let name = |number: &i8| names.get(usize::try_from(*number).ok()?.checked_sub(1)?).copied();
    numbers.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

fn ranges(bounds: &[Bounds]) -> String {
    let range = |Bounds { low, high }: &Bounds| match (low, high) {
        (Some(low), Some(high)) if low == high => EN.number(low),
        (Some(low), Some(high)) => format!("{} – {}", EN.number(low), EN.number(high)),
        (Some(low), None) => format!("≥ {}", EN.number(low)),
        (None, Some(high)) => format!("≤ {}", EN.number(high)),
        (None, None) => "any".to_owned(),
    };
    bounds.iter().map(range).collect::<Vec<_>>().join(" or ")
}
