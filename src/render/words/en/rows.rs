//! Labels of rows: what they are about, their group and their statistic.

use super::terms::phase;
use crate::render::words::piece::{Piece, name, pieces};
use crate::report::phrase::{
    Category, CostKind, Dimension, Ending, Kpi, Leads, Part, Per, Stat, Statistic, Thing,
};

pub(super) fn thing(thing: &Thing) -> Vec<Piece> {
    match thing {
        Thing::Named(scope, text) => pieces![scope.word(), name(text)],
        Thing::NoReason => pieces!["no reason given"],
        Thing::Phase(of) => pieces!["phase", phase(*of)],
        Thing::Category(Category::Main) => pieces!["main work"],
        Thing::Category(Category::Supporting) => pieces!["supporting work"],
        Thing::Category(Category::Management) => pieces!["management"],
        Thing::End(end) => pieces![format!("{} deals", ending(*end))],
        Thing::Cost(CostKind::Marketing) => pieces!["marketing"],
        Thing::Cost(CostKind::Stages) => pieces!["stages and steps"],
        Thing::Cost(CostKind::Work) => pieces!["work by the hour"],
        Thing::Cost(CostKind::Salaries) => pieces!["salaries"],
        Thing::Cost(CostKind::Commission) => pieces!["commission"],
        Thing::Cost(CostKind::Overheads) => pieces!["overheads"],
        Thing::Cost(CostKind::OneOff) => pieces!["one-off costs"],
        Thing::Cost(CostKind::Rollout) => pieces!["roll-out"],
        Thing::Week(day) => pieces![format!("week of {day}")],
    }
}

pub(super) fn group(dimension: &Dimension, value: &str) -> Vec<Piece> {
    match dimension {
        Dimension::Source => pieces!["source", name(value)],
        Dimension::Attribute(of) => pieces![name(&format!("{of}={value}"))],
    }
}

pub(super) fn statistic(statistic: &Statistic) -> Vec<Piece> {
    let mut words = match &statistic.leads {
        Some(Leads::Stage(title)) => pieces!["go to", name(title)],
        Some(Leads::End(end)) => pieces![format!("end {}", ending(*end))],
        Some(Leads::LostFor(reason)) => pieces!["lost:", name(reason)],
        None => pieces![stat(statistic.kpi, &statistic.stat)],
    };
    match statistic.span {
        Part::Whole => {}
        Part::FromDeal => words.push(", from phase deal".into()),
        Part::FromSale => words.push(", from the sale".into()),
        Part::Open => words.push(", in open hours".into()),
    }
    words.extend(statistic.per.map(|per| Piece::from(self::per(per))));
    words
}

fn stat(kpi: Kpi, stat: &Stat) -> String {
    match stat {
        Stat::Quantile(quantile) => return quantile.to_string(),
        Stat::Within(time) => return format!("within {time}"),
        Stat::To(exit) => return format!("go to {exit}"),
        Stat::Total => "total",
        Stat::Mean => "mean",
        Stat::Sd => "sd",
        Stat::Share => "share",
        Stat::Count => "count",
        Stat::Undecided => "not decided yet",
        Stat::Next => "reach the next stage",
        Stat::On => "go on",
        Stat::First if kpi == Kpi::Visits => "first visits",
        Stat::First => "first sales",
        Stat::Rework => "rework",
        Stat::Left => "ended",
        Stat::PerDeal => "per deal",
        Stat::ReworkShare => "share of rework",
        Stat::ReworkDays => "time of rework",
        Stat::ReworkCost => "cost of rework",
        Stat::Processing => "processing time",
        Stat::Queue => "queue time",
        Stat::OffHours => "off-hours time",
        Stat::Client => "client time",
        Stat::Unanswered => "nobody worked on",
        Stat::Open => "mean, in open hours",
        Stat::WithReneged => "mean, with those who left",
        Stat::Waited => "had to wait",
        Stat::AtEnd => "at the end",
        Stat::Sales => "sales",
        Stat::Asked => "asked for",
        Stat::MissingPeople => "people missing",
        Stat::Done => "done",
        Stat::PerSale => "per sale",
        Stat::PerPersonDay => "per person and day",
        Stat::Work => "working time",
        Stat::Value => "value",
        Stat::Sunk => "cost spent",
        Stat::Bookings => "bookings, of the plan",
        Stat::BookingsChance => "chance to reach the planned bookings",
        Stat::Wins => "first sales, of the plan",
        Stat::WinsChance => "chance to reach the planned first sales",
        Stat::WithoutOverheads => "without overheads",
        Stat::Lot => "lot that is enough 9 times in 10",
        Stat::Load => "of the capacity",
        Stat::AboveCapacity => "weeks above capacity",
        Stat::Reached => "of the plan",
        Stat::ReachedChance => "chance to reach the plan",
        Stat::OfWon => "mean, of the won",
        Stat::Under60 => "under 60",
        Stat::Skewness => "skewness of the values",
        Stat::Spread => "sd of the values",
    }
    .to_owned()
}

fn per(per: Per) -> &'static str {
    match per {
        Per::Day => "per day",
        Per::Week => "per week",
        Per::Month => "per month",
        Per::Quarter => "per quarter",
        Per::Year => "per year",
        Per::Window => "over the window",
    }
}

fn ending(end: Ending) -> &'static str {
    match end {
        Ending::Won => "won",
        Ending::Done => "done",
        Ending::Lost => "lost",
        Ending::Cancelled => "cancelled",
    }
}
