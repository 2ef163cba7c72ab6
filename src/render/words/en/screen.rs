//! The lines of a screen.

use super::{chance, instant};
use crate::render::words::piece::{Piece, code, name, pieces};
use crate::report::Number;
use crate::report::phrase::{
    CostOf, Few, Floor, Kpi, Next, Per, Plan, Planned, Queue, Remark, Span,
};

#[allow(clippy::too_many_lines)] // one arm per remark: a table
pub(super) fn remark(remark: &Remark) -> Vec<Piece> {
    match remark {
        Remark::Title { model, span } => pieces![name(model), format!("— {}", self::span(*span))],
        Remark::SolvedTitle(model) => pieces![name(model), "— without simulation"],
        Remark::InProgress { mean, end, clients } => in_progress(mean.as_ref(), end, clients),
        Remark::Rates { win, lead, undecided } => {
            let mut line = Vec::new();
            if let Some(win) = win {
                line.extend(pieces!["Win rate", win]);
            }
            if let Some(lead) = lead {
                let begin = if line.is_empty() { "Of all leads" } else { "; of all leads" };
                line.extend(pieces![begin, lead, "are won"]);
            }
            if let Some(undecided) = undecided {
                line.extend(pieces!["and", undecided, "still undecided"]);
            }
            line
        }
        Remark::Payments { receivables, dso, overdue, unpaid } => {
            let mut line = pieces!["At the end clients owe", receivables];
            if let Some(days) = dso {
                line.extend(pieces![", sales are outstanding for", days]);
            }
            if let Some(share) = overdue {
                line.extend(pieces!["; on average", share, "of what they owe is overdue"]);
            }
            if let Some(amount) = unpaid {
                line.extend(pieces!["; never paid:", amount]);
            }
            line
        }
        Remark::BreakEven { share, days } => match (share, days) {
            (Some(share), Some(days)) if share.value > 0.0 => pieces![
                "The profit of the window turns positive for good in",
                share,
                "of all windows, after",
                days,
                "on average",
            ],
            _ => pieces!["The profit of the window stays negative"],
        },
        Remark::CostKinds(kinds) => {
            let mut line = pieces!["Of which"];
            for (at, (kind, cost)) in kinds.iter().enumerate() {
                if at > 0 {
                    line.push(",".into());
                }
                line.extend(super::rows::thing(kind));
                line.extend(pieces![cost]);
            }
            line
        }
        Remark::Costs(costs) => {
            let mut line = Vec::new();
            for (at, (of, cost)) in costs.iter().enumerate() {
                let label = match of {
                    CostOf::All => "Cost",
                    CostOf::Lead => "per lead",
                    CostOf::Won => "per won deal",
                    CostOf::Acquisition => "to win one client (CAC)",
                };
                let label = if at == 0 { label.to_owned() } else { format!("; {label}") };
                line.extend(pieces![label, cost]);
            }
            line
        }
        Remark::Plan(plan) => self::plan(plan),
        Remark::Floor(floor) => self::floor(floor),
        Remark::Overloaded { role, asked, queue } => {
            let mut line =
                pieces!["Overloaded:", name(role), "—", asked, "of the working time is asked for;"];
            match queue {
                Queue::Grows { left, mean, end } => {
                    if let Some(left) = left {
                        line.extend(pieces![left, "of the deals leave the queue;"]);
                    }
                    line.extend(pieces![
                        "the queue grows over the window:",
                        mean,
                        "deals wait on average,",
                        end,
                        "at the end. These waiting times depend on the length of the window and have no long-run value.",
                    ]);
                }
                Queue::Leaves(left) => line.extend(pieces![
                    left,
                    "of the deals leave the queue, which therefore does not grow.",
                ]),
            }
            line
        }
        Remark::FirstWork { mean, hour, day, never } => {
            let mut line = pieces!["First work on a lead after", mean, "on average"];
            if let Some(hour) = hour {
                line.extend(pieces!["; within 1 h", hour]);
            }
            if let Some(day) = day {
                line.extend(pieces![", within 24 h", day]);
            }
            if let Some(never) = never {
                line.extend(pieces![", never", never]);
            }
            line
        }
        Remark::TimeSplit([work, queue, closed, client]) => pieces![
            "Of a deal's time",
            work,
            "is work,",
            queue,
            "is queue,",
            closed,
            "is off hours,",
            client,
            "is the client's time",
        ],
        Remark::FewDue { within, leads, fewest } => pieces![format!(
            "Leads won within {within}: {leads} leads arrived at least that long before the end of the window, and the share needs {fewest}. Lengthen the window, or shorten the time."
        )],
        Remark::SlaKept(kept) => shares("SLA kept:", kept),
        Remark::PromisesKept(kept) => shares("Promises kept:", kept),
        Remark::Satisfaction { mean, won, unhappy } => {
            let mut line = pieces!["Satisfaction at the end:", mean, "of 100"];
            if let Some(won) = won {
                line.extend(pieces!["; of the won", won]);
            }
            if let Some(unhappy) = unhappy {
                line.extend(pieces!["; under 60:", unhappy, "of the deals"]);
            }
            line
        }
        Remark::Followed { all, months } => {
            let mut line = pieces!["The process is followed in", all, "of the visits"];
            if let Some([first, last]) = months {
                line.extend(pieces!["; in the first full month", first, ", in the last", last]);
            }
            line
        }
        Remark::Defaults(used) => {
            let used: Vec<&str> = used.iter().map(|used| super::default(*used)).collect();
            pieces![format!("Defaults used: {}.", used.join("; "))]
        }
        Remark::Warning(problem) => {
            pieces![format!("Warning: {}.", super::findings::message_of(problem).title)]
        }
        Remark::MoreWarnings(more, command) => {
            pieces![format!("… and {more} more:"), code(command), "shows them."]
        }
        Remark::StartsEmpty { days, weeks } => pieces![
            format!(
                "The window starts with no open deals and needs about {days} days to reach its usual level."
            ),
            code(&format!("warmup: {weeks} weeks")),
            "starts it with a typical pipeline.",
        ],
        Remark::ShortWarmup { weeks } => pieces![
            "The warm-up is too short: the number of deals in progress still rises in the window.",
            code(&format!("warmup: {weeks} weeks")),
            "comes closer to a typical pipeline.",
        ],
        Remark::FewCarry { n, few } => {
            let mut line = pieces![
                "Few deals carry most of the value: of",
                n,
                "sales the mean has no interval that can be trusted.",
            ];
            line.extend(match few {
                Few::Theory => pieces![
                    "The means of bookings and of the average deal are those of theory; the ± of shares by value is too narrow.",
                ],
                Few::Needs(needed) => pieces![
                    "The ± of bookings and of the average deal is too narrow; about",
                    needed,
                    "sales would be enough: use more replications, or a longer window.",
                ],
                Few::Never => pieces![
                    "The ± of bookings and of the average deal is too narrow, however many sales there are.",
                ],
            });
            line
        }
        Remark::Certainty { level, replications, weighted, seed, low_and_high } => {
            let columns = if *low_and_high { "low and high" } else { "good and bad" };
            let how = if *weighted { " weighted to the expected number of leads" } else { "" };
            pieces![
                "± is the error of the simulation at",
                level,
                format!(
                    "({replications} replications{how}, seed {seed}); {columns} are how the window itself may turn out."
                ),
            ]
        }
        Remark::OneReplication { seed } => pieces![format!(
            "One replication (seed {seed}) has no intervals: use -n 200 to know how sure this is."
        )],
        Remark::NothingPrecise => {
            pieces!["Precision:", "the model has none of the requested figures"]
        }
        Remark::Precise { figures, within, asked } => pieces![
            "Precision:",
            format!("{} are within", names(figures)),
            within,
            "of their values; requested:",
            asked,
        ],
        Remark::Imprecise { kpi, within, more, asked } => pieces![
            "Precision:",
            format!("{kpi} is only within"),
            within,
            format!("; about {more} more replications are needed for"),
            asked,
        ],
        Remark::Agrees { compared, greatest, critical } => pieces![format!(
            "Exact check: {compared} figures agree with theory, the largest difference is {greatest:.1} standard errors \
             ({critical:.1} would be too much)."
        )],
        Remark::Disagrees { apart, compared, figures } => pieces![format!(
            "EXACT CHECK FAILED: {apart} of {compared} figures disagree with theory beyond chance: {}.",
            figures.join(", ")
        )],
        Remark::AtOnce(command) => {
            pieces!["These values are known exactly, without a simulation:", code(command)]
        }
        Remark::Next(next) => self::next(next),
        Remark::Approximate(methods) => {
            let methods: Vec<&str> = methods.iter().map(|method| method.word()).collect();
            pieces![format!("Approximate: {}.", methods.join("; "))]
        }
        Remark::Missing(missing) => pieces![
            format!("{}:", super::theory::lacking(missing.what)),
            name(&missing.blocker.key),
            format!("({})", super::theory::why(&missing.blocker.why)),
        ],
        Remark::Always(value) => pieces!["always", value],
        Remark::MeanAndSd(mean, sd) => pieces!["mean", mean, ", standard deviation", sd],
    }
}

/// From when to when.
pub(super) fn span(span: Span) -> String {
    let start = instant(span.start);
    match span.end {
        None => format!("from {start} until the last deal has left"),
        Some(end) => format!("{start} to {}", instant(end)),
    }
}

fn names(kpis: &[Kpi]) -> String {
    kpis.iter().map(|kpi| kpi.name()).collect::<Vec<_>>().join(", ")
}

type Pair = Option<(Number, Option<Number>)>;

fn in_progress(mean: Option<&Number>, end: &Pair, clients: &Pair) -> Vec<Piece> {
    let mut line = Vec::new();
    if let Some(mean) = mean {
        line.extend(pieces!["In progress", mean, "deals on average"]);
    }
    if let Some((deals, value)) = end {
        line.extend(pieces![", at the end", deals]);
        if let Some(value) = value {
            line.extend(pieces!["with", value, "undecided"]);
        }
    }
    if let Some((mean, end)) = clients {
        line.extend(pieces!["; clients who may buy again:", mean, "on average"]);
        if let Some(end) = end {
            line.extend(pieces![", at the end", end]);
        }
    }
    line
}

fn plan(plan: &Plan) -> Vec<Piece> {
    let what = match plan.of {
        Planned::Bookings => "bookings",
        Planned::Wins => "first sales",
    };
    let mut line = pieces![
        format!("Plan of {what} for the whole window:"),
        &plan.plan,
        ". The chance to reach it is",
        &plan.chance,
        "; on average",
        &plan.reached,
        "of it is reached",
    ];
    if let Some([bad, good]) = &plan.outlook {
        line.extend(pieces![
            ",",
            &bad.value,
            format!("in a bad window ({}),", chance(bad.chance)),
            &good.value,
            format!("in a good one ({})", chance(good.chance)),
        ]);
    }
    line
}

fn floor(floor: &Floor) -> Vec<Piece> {
    let what = if floor.kpi == Kpi::Bookings { "bookings are" } else { "there are" };
    let mut line = pieces!["With", &floor.certainty, "certainty,", what, "at least"];
    for (at, (per, number)) in floor.at_least.iter().enumerate() {
        let period = match per {
            Per::Day => "in a day",
            Per::Week => "in a week",
            Per::Month => "in a month",
            Per::Quarter => "in a quarter",
            Per::Year => "in a year",
            Per::Window => "in the whole window",
        };
        let and = match floor.at_least.len() - at {
            _ if at == 0 => "",
            1 => "and",
            _ => ",",
        };
        if !and.is_empty() {
            line.extend(pieces![and]);
        }
        let sales = if floor.kpi != Kpi::Bookings && at == 0 { "sales " } else { "" };
        line.extend(pieces![number, format!("{sales}{period}")]);
    }
    line
}

fn next(next: &Next) -> Vec<Piece> {
    match next {
        Next::NoDeals => pieces!["No deals arrived: check the rates and dates of the sources."],
        Next::Hire(command) => {
            pieces!["Next:", code(command), "has enough people for all requested work."]
        }
        Next::Replications(command) => {
            pieces!["Next:", code(command), "for a win rate to within 2 %."]
        }
        Next::Defaults => pieces!["Next: replace the defaults named above with your own numbers."],
        Next::Write(command) => {
            pieces!["Next:", code(command), "writes every figure as CSV and the charts."]
        }
    }
}

/// Things with their shares, behind what the shares are of.
fn shares(of: &str, kept: &[(String, Number)]) -> Vec<Piece> {
    let mut line = pieces![of];
    for (at, (thing, share)) in kept.iter().enumerate() {
        if at > 0 {
            line.push(";".into());
        }
        line.extend(pieces![name(thing), share]);
    }
    line
}
