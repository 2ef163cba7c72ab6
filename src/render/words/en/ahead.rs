//! What a forecast says beside its sums, in English.

use jiff::civil::Date;

use crate::render::words::piece::{Piece, name, pieces};
use crate::render::words::plural::english;
use crate::report::phrase::{Ahead, AheadWord, ContactFrom};

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "the end".to_owned(), |date| date.to_string())
}

/// The quarter of a date: `2026 Q4`.
fn quarter(date: Date) -> String {
    format!("{} Q{}", date.year(), (date.month() - 1) / 3 + 1)
}

/// A line of a forecast.
pub(super) fn line(line: &Ahead) -> Vec<Piece> {
    match line {
        Ahead::Word(word) => pieces![label(*word)],
        Ahead::PlanHeading(false) => pieces!["Plan, fact and forecast of bookings"],
        Ahead::PlanHeading(true) => pieces!["Plan, fact and forecast of orders"],
        Ahead::QuarterFrom(date) => pieces![quarter(*date)],
        Ahead::Coverage { is_orders, until, plan, fact, chance, draws } => pieces![
            format!("The plan until {} is", day(*until)),
            plan,
            if *is_orders { "orders; already reached:" } else { "; already reached:" },
            fact,
            ". The chance to reach it is",
            chance,
            format!("(n = {draws} draws)."),
        ],
        Ahead::Needed { is_orders: false, needed: [low, needed, high], there } => pieces![
            "To reach it with a chance of 80 %, the open deals must be worth",
            needed,
            "(95 % interval",
            low,
            "to",
            high,
            "by the number of draws); they are worth",
            there,
            ".",
        ],
        Ahead::Needed { is_orders: true, needed: [low, needed, high], there } => pieces![
            "To reach it with a chance of 80 %, there must be",
            needed,
            "open deals (95 % interval",
            low,
            "to",
            high,
            "by the number of draws); there are",
            there,
            ".",
        ],
        Ahead::NeedsMore(share) => pieces![
            "In",
            share,
            "of the draws no open deal is won in that time, so more open deals of the same kind cannot bring the chance to 80 %.",
        ],
        Ahead::MonthBeyond(date) => pieces![format!(
            "The horizon ends before {} does, so there is no forecast of the whole month: use a longer --horizon.",
            date.strftime("%Y-%m")
        )],
        Ahead::Contact { day, from } => {
            let day = day.map_or_else(|| "now".to_owned(), |date| date.to_string());
            pieces![match from {
                ContactFrom::Planned => format!("{day} (planned)"),
                ContactFrom::Overdue => format!("{day} (plan missed)"),
                _ => day,
            }]
        }
        Ahead::Agreed(ratio, n) => pieces![
            format!("In {n} wins,"),
            ratio,
            "of the requested amounts were agreed on: the amounts of open deals are multiplied by this ratio.",
        ],
        Ahead::Segment(column) => pieces![
            "With the column",
            name(column),
            ", past forecasts told better which deals are won: its values have chances of their own.",
        ],
        Ahead::AtLater([asked, used]) => pieces![format!(
            "The last fact of the file is of {}, earlier than {}: the forecast begins on the day after it.",
            day(*used),
            day(*asked)
        )],
        Ahead::CashHeading => pieces!["Cash of these orders"],
        Ahead::DemandHeading => pieces!["What these orders need"],
        Ahead::Cash { whole: [low, middle, high], later, unpaid, days } => pieces![
            "These orders bring",
            middle,
            format!(
                "in cash in the next {days} {} (8 times in 10 between",
                english(*days as u64, ["day", "days"])
            ),
            low,
            "and",
            high,
            "), and",
            later,
            "later;",
            unpaid,
            "is never paid.",
        ],
        Ahead::EarlierSales(date) => earlier(*date),
        Ahead::AtStages(share) => pieces![
            "Left out:",
            share,
            "of the amounts, which is due at a later stage; the export does not say when deals reach it.",
        ],
        Ahead::Unsaid(attribute, deals) => unsaid(attribute.as_deref(), *deals),
        Ahead::ItemIn(item, date) => pieces![date.strftime("%Y-%m").to_string(), name(item)],
        Ahead::Others(levels, closed) => {
            pieces![format!("{levels} others (n = {closed} closed)")]
        }
    }
}

fn earlier(date: Option<Date>) -> Vec<Piece> {
    pieces![format!(
        "Payments for orders before {} are not included: the export does not say which of them are paid.",
        day(date)
    )]
}

/// Deals for which an attribute, or the source, is not said in words of the model.
fn unsaid(attribute: Option<&str>, deals: u64) -> Vec<Piece> {
    match attribute {
        Some(attribute) => pieces![
            format!("In {deals} {} of the file", english(deals, ["deal", "deals"])),
            name(attribute),
            "is empty or has a value that the model does not have: no case of the terms that asks for it applies to \
             them."
        ],
        None => pieces![format!(
            "In {deals} {} of the file the source is empty or not in the model: the largest source of the model \
             counts for them.",
            english(deals, ["deal", "deals"])
        )],
    }
}

fn label(word: AheadWord) -> &'static str {
    match word {
        AheadWord::Plan => "plan",
        AheadWord::Fact => "fact so far",
        AheadWord::Whole => "forecast",
        AheadWord::ChanceOfPlan => "chance of the plan",
        AheadWord::NoPlan => "no plan",
        AheadWord::NextContact => "next contact",
        AheadWord::Aim => "aim",
        AheadWord::Order => "order",
        AheadWord::CashOfOpen => "open deals p50",
        AheadWord::CashOfNew => "new deals p50",
        AheadWord::CashOfAll => "total",
        AheadWord::Capacity => "capacity",
        AheadWord::ChanceShort => "chance of too little",
        AheadWord::Demand => "demand",
        AheadWord::NoStage => "no stage",
        AheadWord::Age => "age",
        AheadWord::OlderThanUsual => {
            "Open deals by their age, against the age at which others were won."
        }
        AheadWord::NeedsNothing => {
            "What has come in and the new deals reach it with a chance of 80 %, without the open deals."
        }
        AheadWord::PlanWithoutAmounts => {
            "The plan is one of bookings, but no won deal has an amount, so they cannot be compared. A plan of `wins:` can."
        }
    }
}
