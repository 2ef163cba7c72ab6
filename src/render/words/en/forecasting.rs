//! What a forecast and its backtest say, in English.

use jiff::civil::Date;

use crate::render::words::Language;
use crate::render::words::piece::{Piece, capital, code, name, pieces};
use crate::render::words::plural::english as plural;
use crate::report::phrase::{ForecastMethod, ForecastWord, Forecasting, Risk, Season, Subject};

fn deals(count: u64) -> String {
    format!("{count} {}", plural(count, ["deal", "deals"]))
}

fn days(count: usize) -> String {
    format!("{count} {}", plural(count as u64, ["day", "days"]))
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "the cut-off".to_owned(), |date| date.to_string())
}

/// A line of a forecast.
pub(super) fn line(line: &Forecasting) -> Vec<Piece> {
    use Forecasting as F;
    match line {
        F::Title(last, horizon) => pieces![format!(
            "Forecast from what was known at the end of {}, for the next {}",
            day(*last),
            days(*horizon)
        )],
        F::Negotiating { .. } | F::Expecting { .. } => first(line),
        F::Refusing { .. } | F::NoReasons(_) | F::NobodyRefused => refused(line),
        F::WholeHeading(horizon) => pieces![format!("The next {}", days(*horizon))],
        F::MonthsHeading => pieces!["By month"],
        F::WeeksHeading => pieces!["By week"],
        F::ByHeading(column) => pieces!["By", name(column)],
        F::DealsHeading => pieces!["Open deals, next contact first"],
        F::LimitsHeading => pieces!["How sure this is"],
        F::RisksOf(risks) => {
            let words: Vec<&str> = risks.iter().map(|one| risk(*one)).collect();
            pieces![words.join(", ")]
        }
        F::Usual([middle, high]) => pieces![middle, "/", high],
        F::MoreDeals(count) => {
            let word = plural(*count as u64, ["more deal is", "more deals are"]);
            pieces![format!("{count} {word} in"), code("deals.csv"), "of", code("-o DIR"), "."]
        }
        F::TypedChances { .. }
        | F::PlannedEnds { .. }
        | F::Corrected { .. }
        | F::SeasonChosen(_)
        | F::Moved { .. } => made(line),
        F::Few(..)
        | F::Unproven(..)
        | F::NotCalibrated(_)
        | F::SeasonSeenOnce
        | F::LeftOut(..)
        | F::Leak(..)
        | F::AmountLeak(_)
        | F::AmountsOfWins
        | F::NoAmounts
        | F::NoClosings
        | F::Certainty { .. } => limit(line),
        F::FanTitle(..) | F::FanBegins(_) | F::AgingTitle(..) => chart(line),
        F::BacktestTitle(_) | F::Missed { .. } | F::Brier { .. } | F::FewCuts(_) => tested(line),
        F::ByModel(line) => super::by_model::line(line),
        F::WeekFrom(date) => pieces![format!("7 days from {date}")],
        F::MonthFrom(date) => pieces![date.strftime("%Y-%m").to_string()],
        F::Day(date) => pieces![date.to_string()],
        F::ChanceWithin(horizon) => pieces![format!("won in {}", days(*horizon))],
        F::Days(horizon) => pieces![days(*horizon)],
        F::Subject(subject) => pieces![self::subject(*subject)],
        F::LinesAre(subject) => {
            capital(pieces![self::subject(*subject), "; thin lines hold 8 of 10 draws."])
        }
        F::Method(method) => pieces![self::method(*method)],
        F::Word(word) => pieces![label(*word)],
    }
}

/// The first two lines.
fn first(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::Negotiating { deals, amount, undated } => {
            let mut words = pieces![format!("We are negotiating {}", self::deals(*deals))];
            if let Some(amount) = amount {
                words.extend(pieces![", together worth", amount, "if all were won"]);
            }
            if *undated > 0 {
                words.extend(pieces![format!("; {undated} more have no date")]);
            }
            words.push(".".into());
            words
        }
        Forecasting::Expecting {
            sum: [low, middle, high],
            parts: [open, new],
            is_orders,
            days,
        } => {
            let what = if *is_orders { "orders" } else { "of bookings" };
            pieces![
                "We expect",
                middle,
                format!("{what} in the next {} (8 times in 10 between", self::days(*days)),
                low,
                "and",
                high,
                "):",
                open,
                "from the open deals and",
                new,
                "from new ones.",
            ]
        }
        _ => Vec::new(),
    }
}

/// Why clients refuse.
fn refused(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::Refusing { reasons, silent, losses } => {
            let mut words = pieces!["Clients refuse because of"];
            for (at, (reason, share)) in reasons.iter().enumerate() {
                if at > 0 {
                    words.push(",".into());
                }
                words.extend(pieces![name(reason), share]);
            }
            let of = format!("(of {} lost in the last year", deals(*losses));
            match silent {
                None => words.push(format!("{of}).").into()),
                Some(share) => words.extend(pieces![format!("{of},"), share, "without a reason)."]),
            }
            words
        }
        Forecasting::NoReasons(losses) => {
            let lost = plural(*losses, ["deal was", "deals were"]);
            pieces![format!(
                "Why clients refuse is not in the file: {losses} {lost} lost in the last year without a reason."
            )]
        }
        _ => pieces!["No client has refused in the last year."],
    }
}

/// How a forecast was made.
fn made(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::TypedChances { deals, typed, ours } => pieces![
            format!("By the typed chances, {} bring", self::deals(*deals)),
            typed,
            "; by our chances, they bring",
            ours,
            ".",
        ],
        Forecasting::PlannedEnds { deals, planned, ours } => pieces![
            format!(
                "{} should close in this time by their planned dates, with",
                self::deals(*deals)
            ),
            planned,
            "; we expect",
            ours,
            "of them.",
        ],
        Forecasting::Corrected { past, by } => pieces![
            format!(
                "{past} past forecasts were compared with what really came; this corrects the open deals by"
            ),
            Language::English.signed(by),
            ".",
        ],
        Forecasting::SeasonChosen(season) => pieces![match season {
            Season::MonthOfQuarter =>
                "Past forecasts were better with the month of the quarter as a season.",
            Season::MonthOfYear =>
                "Past forecasts were better with the month of the year as a season.",
            Season::None => "No season is used.",
        }],
        Forecasting::Moved { by, weight } => pieces![
            "The total is adjusted by",
            Language::English.signed(by),
            "towards that of the same season before, which has a weight of",
            weight,
            "because of its past errors.",
        ],
        _ => Vec::new(),
    }
}

/// What limits a forecast.
fn limit(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::Few(wins, losses) => pieces![format!(
            "{wins} wins and {losses} losses are too few to use the age of deals, so the overall rates are used. It takes 30 of each."
        )],
        Forecasting::Unproven(history, horizon) => pieces![
            "Unproven: closings were recorded for",
            history,
            format!(
                "only, and the forecast is for {}. The interval is wide for that reason.",
                days(*horizon)
            ),
        ],
        Forecasting::NotCalibrated(past) => pieces![format!(
            "Not calibrated: {past} past forecasts can be checked, and 3 are needed."
        )],
        Forecasting::SeasonSeenOnce => {
            pieces!["A part of the season was seen only once, so it has no effect."]
        }
        Forecasting::LeftOut(open, amount, closed) => {
            let mut words =
                pieces![format!("Left out: {} without a date of creation", deals(*open))];
            if let Some(amount) = amount {
                words.extend(pieces!["with", amount]);
            }
            if *closed > 0 {
                words.extend(pieces![format!("and {closed} closed ones without dates")]);
            }
            words.push(".".into());
            words
        }
        Forecasting::Leak(column, [open, closed]) => pieces![
            "Not used:",
            name(column),
            "is empty in",
            open,
            "of the open deals and in",
            closed,
            "of the closed ones, so it is filled when a deal closes.",
        ],
        Forecasting::AmountLeak([open, closed]) => pieces![
            "Amounts are missing in",
            open,
            "of the open deals and in",
            closed,
            "of the closed ones: amounts of earlier wins are used for open deals.",
        ],
        Forecasting::AmountsOfWins => pieces![
            "The file does not say what the amounts were on that day: amounts of earlier wins are used."
        ],
        Forecasting::NoAmounts => pieces!["No won deal has an amount: only orders are forecast."],
        Forecasting::NoClosings => pieces!["No deal had closed by then: nothing can be learnt."],
        Forecasting::Certainty { draws, seed, wins, losses } => pieces![format!(
            "From {wins} wins and {losses} losses; 80 % of {draws} draws lie between low and high (seed {seed})."
        )],
        _ => Vec::new(),
    }
}

/// Words of charts.
fn chart(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::FanTitle([low, middle, high], horizon) => pieces![
            "Expected in the next",
            format!("{}:", days(*horizon)),
            middle,
            ", 8 times in 10 between",
            low,
            "and",
            high,
        ],
        Forecasting::FanBegins(last) => {
            pieces![format!(
                "Running total: what came up to the end of {}, and what is expected after it.",
                day(*last)
            )]
        }
        Forecasting::AgingTitle(over, all) => {
            let word = plural(*all, ["deal is", "deals are"]);
            pieces![format!("{over} of {all} open {word} over the usual time (p90)")]
        }
        _ => Vec::new(),
    }
}

/// What a backtest says.
fn tested(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::BacktestTitle(horizons) => {
            let one = |(horizon, cuts): &(usize, usize)| {
                let word = plural(*cuts as u64, ["past day", "past days"]);
                format!("{} ahead at {cuts} {word}", days(*horizon))
            };
            let all: Vec<String> = horizons.iter().map(one).collect();
            pieces![format!("Forecasts repeated with what was known then: {}", all.join(", "))]
        }
        Forecasting::Missed { days, error, last } => {
            let mut words = pieces![
                format!("Forecasts {} ahead missed by", self::days(*days)),
                error,
                "on average"
            ];
            if let Some(last) = last {
                words.extend(pieces!["; the same as in the last period missed by", last]);
            }
            words
        }
        Forecasting::Brier { days, ours, overall, deals } => {
            let number = |value| Language::English.fixed(value, 3);
            pieces![format!(
                "Chances of single deals, {} ahead (n = {deals}): mean squared error (Brier) {}, with the overall win rate {}.",
                self::days(*days),
                number(*ours),
                number(*overall)
            )]
        }
        Forecasting::FewCuts(count) => {
            let word = plural(*count as u64, ["past day is", "past days are"]);
            pieces![format!(
                "{count} {word} too few to say how often the intervals are right: 4 are needed."
            )]
        }
        _ => Vec::new(),
    }
}

fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::TooLong => "too long in the stage",
        Risk::TooOld => "older than usual",
        Risk::Halved => "chance halved",
        Risk::Large => "over 20 % of all",
    }
}

fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::OpenOrders => "orders of open deals",
        Subject::OpenBookings => "bookings of open deals",
        Subject::AllOrders => "orders of all deals",
        Subject::AllBookings => "bookings of all deals",
    }
}

fn method(method: ForecastMethod) -> &'static str {
    match method {
        ForecastMethod::Forecast => "forecast",
        ForecastMethod::Model => "without the season before",
        ForecastMethod::LastPeriod => "same as last period",
        ForecastMethod::Crm => "as a CRM: all × win rate",
        ForecastMethod::CountTimesMean => "number × win rate × mean win",
    }
}

/// Titles of columns, names of rows and lines without values.
fn label(word: ForecastWord) -> &'static str {
    match word {
        ForecastWord::Orders => "orders",
        ForecastWord::Bookings => "bookings",
        ForecastWord::OpenDeals => "open deals",
        ForecastWord::NewDeals => "new deals",
        ForecastWord::Total => "total",
        ForecastWord::LastPeriod => "same as last period",
        ForecastWord::SeasonBefore => "same season before",
        ForecastWord::NoLevel => "without a value",
        ForecastWord::Undated => "no date",
        ForecastWord::Deal => "deal",
        ForecastWord::Stage => "stage",
        ForecastWord::DaysThere => "time there",
        ForecastWord::UsualTime => "usual p50 / p90",
        ForecastWord::Amount => "amount",
        ForecastWord::ChanceEver => "won at all",
        ForecastWord::LikelyDay => "likely day",
        ForecastWord::TypedChance => "typed chance",
        ForecastWord::Risks => "look at it because",
        ForecastWord::BandIs => "The band holds 8 of 10 draws.",
        ForecastWord::DayAxis => "at the end of the day",
        ForecastWord::NothingToDraw => "Nothing is won",
        ForecastWord::AgingOf => {
            "Open deals by their time in the stage, against deals that moved on."
        }
        ForecastWord::UnderMiddle => "under p50",
        ForecastWord::UnderHigh => "p50 to p90",
        ForecastWord::OverHigh => "over p90",
        ForecastWord::Unknown => "too few to say",
        ForecastWord::AllOpen => "open",
        ForecastWord::Horizon => "ahead",
        ForecastWord::What => "what",
        ForecastWord::How => "how",
        ForecastWord::Error => "mean error",
        ForecastWord::Bias => "bias",
        ForecastWord::Capacity => "capacity",
        ForecastWord::Coverage => "interval held",
        ForecastWord::Width => "width",
        ForecastWord::Score => "CRPS",
        ForecastWord::NoCuts => {
            "No past day has 60 days of closings before it and the horizon after it."
        }
        ForecastWord::Came => "came",
        ForecastWord::Said => "forecast",
    }
}
