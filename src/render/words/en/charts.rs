//! Titles of charts and what else they say.

use jiff::civil::Date;

use super::MONTHS;
use super::screen::span;
use crate::render::words::piece::{Piece, name, pieces};
use crate::render::words::plural::english as plural;
use crate::report::Number;
use crate::report::phrase::{Caption, Finding, Level, Period};

pub(super) fn period(period: Period) -> &'static str {
    match period {
        Period::Week => "week",
        Period::Month => "month",
        Period::Quarter => "quarter",
    }
}

#[allow(clippy::too_many_lines)] // one arm per finding: a table
pub(super) fn finding(finding: &Finding) -> Vec<Piece> {
    match finding {
        Finding::LosesMost { stage, share, before_sale } => {
            let all =
                if *before_sale { "of the deals lost before a sale" } else { "of all lost deals" };
            pieces![name(stage), "loses", share, all]
        }
        Finding::CashOfBookings { cash, bookings } => {
            pieces!["By the end of the window", cash, "of", bookings, "booked has come in"]
        }
        Finding::ShortOf { item, share } => {
            pieces!["There is too little", name(item), "in", share, "of the weeks"]
        }
        Finding::EnoughOf { item, share } => {
            pieces!["There is enough; needed most:", name(item), ",", share, "of its capacity"]
        }
        Finding::CallsFor { item, amount } => {
            pieces!["Sales of the window need", amount, name(item)]
        }
        Finding::NoneLost(model) => pieces![name(model), "— no deal is lost"],
        Finding::WonWithin { share, within, half } => {
            pieces![share, "of the leads are won within", within, ", half of these within", half,]
        }
        Finding::NoneWon => pieces!["No deal was won"],
        Finding::CloseWithin(days) => pieces!["Won deals close within", days],
        Finding::HalfCloseWithin { half, most } => {
            pieces!["Half of the won deals close within", half, ", nine in ten within", most]
        }
        Finding::AskedTooMuch { role, share } => pieces![
            "More than there is time for is asked of",
            name(role),
            "—",
            share,
            "of the working time",
        ],
        Finding::Busiest { role, share } => {
            pieces!["Busiest:", name(role), ", at", share, "of the working time"]
        }
        Finding::NobodyWorks => pieces!["Nobody works"],
        Finding::NoWeekOfWork => pieces!["Nobody works in a whole week of this window"],
        Finding::NoTimeLeft { role, weeks, of } => {
            pieces!["No time left:", name(role), format!(", in {weeks} of {of} whole weeks")]
        }
        Finding::BusiestWeek { role, week, share } => pieces![
            "Busiest:",
            name(role),
            format!(", in the week of {week}, at"),
            share,
            "of the working time",
        ],
        Finding::NoLoss => pieces!["No deal is lost"],
        Finding::NoReasons => pieces!["No reason is given for any lost deal"],
        Finding::OneReason(reason) => {
            pieces!["All deals that are lost have the same reason:", name(reason)]
        }
        Finding::ReasonAlone { reason: Some(reason), share } => {
            pieces![name(&format!("“{reason}”")), "alone makes", share, "of all losses"]
        }
        Finding::ReasonAlone { reason: None, share } => {
            pieces!["No reason is given for", share, "of all losses"]
        }
        Finding::Reasons { count, share } => {
            pieces![format!("{} reasons make", number_word(*count)), share, "of all losses"]
        }
        Finding::NothingBooked => pieces!["Nothing is booked in this window"],
        Finding::BestOfAll { period, share } => {
            pieces![format!("The best {} books", self::period(*period)), share, "of all bookings"]
        }
        Finding::OfPlan { period, share } => {
            pieces![format!("A mean {} books", self::period(*period)), share, "of its plan"]
        }
        Finding::BadIsNothing(period) => {
            pieces![format!("In a bad {} nothing is booked", self::period(*period))]
        }
        Finding::BestTimesMean { period, times } => pieces![
            format!("The best {} books", self::period(*period)),
            times,
            "times what a mean one does",
        ],
        Finding::HardlyDiffer(period) => {
            let period = self::period(*period);
            pieces![format!("Bookings hardly differ from {period} to {period}")]
        }
        Finding::GoodTimesBad { period, times } => pieces![
            format!("A good {} books", self::period(*period)),
            times,
            "times what a bad one does",
        ],
        Finding::InProgress { level, clients } => in_progress(level, clients.as_ref()),
        Finding::NoneArrive => pieces!["No deal arrives in this window"],
        Finding::ArriveInAWeek(mean) => pieces!["On average", mean, "deals arrive in a week"],
        Finding::ArriveInWeeks { deals, weeks } => {
            let verb = if deals.value == 1.0 { "deal arrives" } else { "deals arrive" };
            pieces![deals, format!("{verb} in these {weeks} weeks")]
        }
        Finding::NobodyWorksOnDeals => pieces!["Nobody works on deals"],
        Finding::ClientShare(share) => pieces![share, "of the time is the client's"],
        Finding::OwnTime([work, queue, closed]) => {
            pieces!["Of our own time", work, "is work,", queue, "queueing,", closed, "closed hours"]
        }
        Finding::Queueing { share, stage } => {
            let mut line = pieces![share, "of our own time is queueing"];
            if let Some(stage) = stage {
                line.extend(pieces![", most of it in", name(stage)]);
            }
            line
        }
        Finding::IdleLongest { stage, wait } => {
            pieces!["Deals lie idle longest at", name(stage), "—", wait, "a visit on average"]
        }
        Finding::LeftWon(share) => pieces![share, "of the deals that left were won"],
        Finding::LeftLost(share) => pieces![share, "of the deals that left were lost"],
        Finding::NoneLeft => pieces!["No deal left the process"],
        Finding::Swept(swept) => super::sweep::swept(swept),
        Finding::Forecasting(line) => super::forecasting::line(line),
        Finding::Planning(line) => super::planning::planning(line),
        Finding::Sensing(sensing) => super::sensing::sensing(sensing),
        Finding::Contrast(contrast) => super::contrast::contrast(contrast),
        Finding::Model(model) => pieces![name(model)],
    }
}

fn in_progress(level: &Level, clients: Option<&Number>) -> Vec<Piece> {
    let mut line = match level {
        Level::AtMost(deals) => pieces!["At most", deals, "deals are in progress when a week ends"],
        Level::Steady(deals) => {
            pieces!["On average", deals, "deals are in progress when a week ends"]
        }
        Level::Moves { from, to, grows, settled } => {
            let verb = if *grows { "grow" } else { "fall" };
            let mut line = pieces![format!("Deals in progress {verb} from"), from, "to", to];
            line.extend(settled.map(|week| Piece::from(stays(week))));
            line
        }
    };
    if let Some(clients) = clients {
        line.extend(pieces![", and", clients, "clients may buy again"]);
    }
    line
}

fn stays(week: Date) -> String {
    format!("by {week} and stay near it")
}

fn number_word(count: usize) -> String {
    match count {
        2 => "Two".to_owned(),
        3 => "Three".to_owned(),
        4 => "Four".to_owned(),
        5 => "Five".to_owned(),
        n => n.to_string(),
    }
}

pub(super) fn caption(caption: &Caption) -> Vec<Piece> {
    match caption {
        Caption::Seen { span: seen, replications } => {
            let how = match replications {
                1 => "one replication".to_owned(),
                many => format!("mean of {many} replications"),
            };
            pieces![format!("{}, {how}", span(*seen))]
        }
        Caption::Solved(seen) => {
            pieces![format!("{}, computed without simulation", span(*seen))]
        }
        Caption::BareMap => pieces!["The process map: ways with their probabilities."],
        Caption::MapOfRun { has_waits: false } => {
            pieces!["Lines as wide as the flow of deals, shares of those that left;"]
        }
        Caption::MapOfRun { has_waits: true } => {
            pieces![
                "Lines as wide as the flow of deals, shares of those that left; idle: in a queue or closed hours;"
            ]
        }
        Caption::SharesOfCame => pieces!["Shares of the deals that came to a stage;"],
        Caption::WonWithin => {
            pieces!["Each point is of the leads that came at least so long before the end."]
        }
        Caption::DaysSinceArrival => pieces!["days since the lead came"],
        Caption::TimeOfDeal => pieces!["Mean time of a deal that left,"],
        Caption::LostByReason => pieces!["Lost deals by reason,"],
        Caption::InStages => pieces!["Deals in each stage at the end of the week, mean"],
        Caption::Bookings { period, spread } => {
            let period = self::period(*period);
            pieces![
                format!("Bookings by {period}: mean, and where"),
                spread,
                format!("of such {period}s lie"),
            ]
        }
        Caption::Arrivals { spread } => {
            pieces!["Arrivals by week: mean, and where", spread, "of such weeks lie"]
        }
        Caption::NoneInProgress => pieces!["No deal was in progress at the end of any week."],
        Caption::BookedToDate => pieces!["booked"],
        Caption::CashToDate => pieces!["received"],
        Caption::PlannedToDate => pieces!["plan of bookings"],
        Caption::Capacity => pieces!["capacity"],
        Caption::ToDate { spread } => pieces![
            "Sums from the start of the window, means; thin lines:",
            spread,
            "of all windows;",
        ],
        Caption::DemandByWeek { spread } => {
            pieces!["What sales need by week, means; thin lines:", spread, "of all windows;"]
        }
        Caption::NothingBooked => pieces!["Nothing was booked in this window."],
        Caption::NoneArrived => pieces!["No deal arrived in this window."],
        Caption::NoneLost => pieces!["No deal was lost in this window."],
        Caption::NoneOpen => pieces!["No deal is open."],
        Caption::NoneWorkedOn => {
            pieces!["No deal that left had come to a stage where people work."]
        }
        Caption::People(people) => {
            pieces![format!("{people} {}", plural(*people, ["person", "people"]))]
        }
        Caption::Wait(mean, None) => pieces!["wait: mean", mean],
        Caption::Wait(mean, Some(most)) => pieces!["wait: mean", mean, ", p90", most],
        Caption::NoWorkAsked => pieces!["no work was asked for"],
        Caption::InWindow(share) => pieces![share, "in the window"],
        Caption::OfLostValue(share) => pieces![share, "of the lost value"],
        Caption::Together(share) => pieces!["together", share],
        Caption::OtherReasons(count) => pieces![format!("{count} other reasons")],
        Caption::OtherStages(count) => pieces![format!("{count} other stages")],
        Caption::PastClients => pieces!["clients after a sale"],
        Caption::LostDeals => pieces!["lost deals"],
        Caption::Work => pieces!["somebody works on it"],
        Caption::NobodyFree => pieces!["nobody is free"],
        Caption::Closed => pieces!["closed"],
        Caption::ClientTime => pieces!["the client's time"],
        Caption::Month(month) => {
            let name = MONTHS[usize::try_from(month.month - 1).unwrap_or(0) % 12];
            pieces![month.year.map_or_else(|| name.to_owned(), |year| format!("{name} {year}"))]
        }
    }
}
