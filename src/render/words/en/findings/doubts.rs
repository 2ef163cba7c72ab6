//! Parts of a model that do not go together.

use super::LANGUAGE;
use crate::diagnostic::{Doubt, IdlePromise, Measure};
use crate::render::visible;
use crate::render::words::Message;
use crate::render::words::shown::{message, show};

#[allow(clippy::too_many_lines)] // one arm per doubt: a table
pub(super) fn doubt(doubt: &Doubt) -> Message {
    match doubt {
        Doubt::CutText { text, rest } => message(
            format!("YAML reads this as {}: {} is a comment", show(text), show(rest)),
            "if it belongs to the text, put the whole text in quotes",
        ),
        Doubt::PointOfThousands { text, meant } => message(
            format!(
                "the point in {} is a decimal sign and does not separate thousands",
                show(text)
            ),
            format!("did you mean {}?", show(meant)),
        ),
        Doubt::TinyShare { text, meant } => message(
            format!("{} is a hundred times smaller than its neighbours", show(text)),
            format!("did you mean {}?", show(meant)),
        ),
        Doubt::TinyMargin { text, meant } => message(
            format!("a margin of {} leaves next to nothing of a sale", show(text)),
            format!("did you mean {}?", show(meant)),
        ),
        Doubt::LessThanBatch { source, count, batch } => message(
            format!("{} ends after {count} deals and brings {batch} at once", show(source)),
            "`count` is a number of deals and not of batches: check both",
        ),
        Doubt::RefusesAll { limit, least } => message(
            format!(
                "nearly every order exceeds the credit limit of {} by itself",
                LANGUAGE.rough(*limit)
            ),
            format!(
                "most orders leave more than {} unpaid at the sale, and each of them is refused: check the limit",
                LANGUAGE.rough(*least)
            ),
        ),
        Doubt::CommissionAboveMargin { commission, margin } => message(
            format!(
                "the commission of {} is above the margin of {}",
                LANGUAGE.rough_percent(*commission),
                LANGUAGE.rough_percent(*margin)
            ),
            "each sale loses money: check both, or write `commission: {share: 10%, of: margin}`",
        ),
        Doubt::NeverDue { key, stage } => message(
            format!(
                "no payment is due `{key}` {}: deals pass that stage only before the sale",
                show(stage)
            ),
            "name a stage behind the sale; what is paid at the sale itself needs no key",
        ),
        Doubt::Promise { promise, why } => match why {
            IdlePromise::Itself => message(
                format!("the promise {} leads from a stage to itself", show(promise)),
                "name the stage that the client waits for in `to`",
            ),
            IdlePromise::Apart => message(
                format!(
                    "no deal gets from the first stage of the promise {} to this one",
                    show(promise)
                ),
                "perhaps `from` and `to` are exchanged, or a branch is missing",
            ),
            IdlePromise::Broken => message(
                format!("the promise {} is always broken: every way takes longer", show(promise)),
                "compare `within` with the waits and the work on the way, and check the units",
            ),
            IdlePromise::Kept => message(
                format!("the promise {} is always kept: no way takes longer", show(promise)),
                "compare `within` with the waits and the work on the way, and check the units",
            ),
        },
        Doubt::NobodyThere { source, stage, role, share } if *share < 0.95 => message(
            format!(
                "about {} of the deals of {} come when nobody of {} works, and nearly all of them leave {} before somebody does",
                LANGUAGE.rough_percent((*share * 100.0).round() / 100.0),
                show(source),
                show(role),
                show(stage)
            ),
            "patience runs at night too: write it in working time, as `patience: 2 working hours`, or give the source a \
             `calendar`",
        ),
        Doubt::NobodyThere { source, stage, role, .. } => message(
            format!(
                "deals of {} come when nobody of {} works, and nearly all leave {} before somebody does",
                show(source),
                show(role),
                show(stage)
            ),
            "compare the calendars of the source and the role, or give the stage more `patience`",
        ),
        Doubt::AlwaysHolds { stage } => message(
            format!("every deal in {} meets this condition", show(stage)),
            "what the variant gives is never taken from the stage itself: narrow the condition, or move its keys to the \
             stage and remove the variant",
        ),
        Doubt::NothingCancelled => message(
            "`keeps` is a share of cancelled sales, and no sale is cancelled",
            "add a branch after the sale, as `next: {done: rest, cancelled: 2%}`, or remove `keeps`",
        ),
        Doubt::IdleScenario { scenario } => message(
            format!("the scenario {} changes nothing", show(scenario)),
            "its values are those of the model: give the values that differ, or remove the scenario",
        ),
        Doubt::SourceTwice { source, other } => message(
            format!("{} is exactly like {}", show(source), show(other)),
            "if it is a copy, the deals come twice: remove it, or correct what differs",
        ),
        Doubt::NeverMet { kpi, key } => message(
            format!("{} is a share, so it is never `{key}` this", show(kpi)),
            "a share lies between 0 and 100 %: write a limit between them, as `at_most: 85%`",
        ),
        Doubt::SmallPay { role, text } => message(
            format!("{} is very little for a month of {}", show(text), show(role)),
            "if it is an hourly wage, write `/hour`",
        ),
        Doubt::LargePay { role, text } => message(
            format!("{} is a lot for an hour of {}", show(text), show(role)),
            "if it is a salary, write `/month`",
        ),
        Doubt::RestAsReason { text } => message(
            format!("{} is read as the name of a loss reason", show(text)),
            "what is left of all is written `rest`",
        ),
        Doubt::ExpectedTwice => message(
            "this expectation is written twice",
            "remove one of the two, or correct what should differ",
        ),
        Doubt::DecidedByValues { kpi, met, least, most } => {
            let (least, most) = (LANGUAGE.rough(*least), LANGUAGE.rough(*most));
            message(
                if *met {
                    format!("{} always meets this expectation", show(kpi))
                } else {
                    format!("{} never meets this expectation", show(kpi))
                },
                format!(
                    "by `value` it lies between {least} and {most}: give a limit between them, and check the units"
                ),
            )
        }
        Doubt::UnequalPay { role, other, times } => message(
            format!(
                "an hour of {} costs about {} times as much as one of {}",
                show(role),
                LANGUAGE.rough(*times),
                show(other)
            ),
            "check the units of both: an hourly wage is `900/hour`, a salary `180000/month`",
        ),
        Doubt::Unlearning { from, to } => message(
            format!(
                "the process is followed less and less: {} at first, {} at the end",
                LANGUAGE.rough_percent(*from),
                LANGUAGE.rough_percent(*to)
            ),
            "perhaps `from` and `to` are exchanged",
        ),
        Doubt::PlanOutOfReach { what, times } => message(
            format!(
                "the plan for `{what}` is about {} times what all arrivals can bring at best",
                LANGUAGE.rough(*times)
            ),
            "check its unit, such as `/week` for `/month`, and the rates and shares of the model",
        ),
        Doubt::LeadsBack { stage, through } => message(
            format!(
                "the exit by `max_visits` leads to {}, which leads back to {}",
                show(through),
                show(stage)
            ),
            "the deal goes round in circles in spite of the limit: let the exit lead to another stage, or to `lost`",
        ),
        Doubt::BeyondBounds { kpi, short, bound, measure } => {
            let is_time = *measure == Measure::Days;
            let bound =
                if is_time { LANGUAGE.duration(*bound) } else { LANGUAGE.rough_percent(*bound) };
            message(
                match (is_time, short) {
                    (true, _) => {
                        format!("{} cannot be so short: every way takes {bound} or more", show(kpi))
                    }
                    (false, true) => format!(
                        "{} cannot be so low: by the shares it is {bound} or more",
                        show(kpi)
                    ),
                    (false, false) => format!(
                        "{} cannot be so high: by the shares it is {bound} at most",
                        show(kpi)
                    ),
                },
                if is_time {
                    "compare the limit with the waits and the work on the way, and check the units"
                } else if kpi == "win_rate" {
                    "`win_rate` leaves out deals that are lost in phase `lead`; for a share of all leads write `lead_to_win`"
                } else {
                    "compare the limit with the shares of `next` on the way, multiplied"
                },
            )
        }
        Doubt::BeyondArrivals { kpi, bound } => message(
            format!(
                "{} cannot be so high: all arrivals bring about {} at best",
                show(kpi),
                LANGUAGE.rough(*bound)
            ),
            "compare the limit with the rates, the shares and the values of the model, and check the period and the units",
        ),
        Doubt::NoneWithin { kpi, bound } => message(
            format!(
                "no deal is so fast for {}: every way takes {} or more",
                show(kpi),
                LANGUAGE.duration(*bound)
            ),
            "compare `within` with the waits and the work on the way, and check the units",
        ),
        Doubt::SlaBeyondWindow { stage } => message(
            format!("the window ends before a visit of {} can be late", show(stage)),
            "check the unit of `sla`, or give the model a longer `horizon`",
        ),
        Doubt::IdleVariant { stage } => message(
            format!("this variant gives what {} gives anyway", show(stage)),
            "give the values that differ, or remove the variant",
        ),
        Doubt::NothingPaid { days } => message(
            format!(
                "nothing is paid in the window: the first payment comes {} after a sale or later",
                LANGUAGE.duration(*days)
            ),
            "check the unit of `after`, or give the model a longer `horizon`",
        ),
        Doubt::IdleSeason { source } => message(
            format!("all months of the season of {} lie outside the window", show(source)),
            "check `start` and `horizon`, or remove the factors",
        ),
        Doubt::RefusedReturn { stage } => message(
            format!(
                "all deals of this branch are lost: they have been in {}, which allows one visit",
                show(stage)
            ),
            "allow more with `max_visits: 2`; or if they are lost on purpose, write `lost` instead of the branch",
        ),
        Doubt::IdlePeople { role, people, share } => message(
            format!(
                "{people} people of {} are paid by the month and work {} of their time",
                show(role),
                LANGUAGE.rough_percent((share * 1e4).round().max(1.0) / 1e4)
            ),
            "check the number of people, the time of their work, and the rates of the sources",
        ),
        Doubt::WildGrowth { source, grows } => message(
            if *grows {
                format!(
                    "the arrivals of {} grow more than a thousandfold in the window",
                    show(source)
                )
            } else {
                format!("the arrivals of {} shrink to nothing in the window", show(source))
            },
            "check the unit of `growth`, such as `/day` for `/month`",
        ),
        Doubt::WideSpread { times } => message(
            format!("one draw in ten is {} times the median or more", LANGUAGE.rough(*times)),
            "check the digits and the units of both: with such a spread the mean is far above nearly all draws",
        ),
        Doubt::FarStart { year } => {
            message(format!("the simulation starts in the year {year}"), "check the date")
        }
        Doubt::NoSaleInWindow { least, window, warms_up } => message(
            format!(
                "no lead can be won in the window: the fastest sale takes {}, and the window {}lasts {}",
                LANGUAGE.duration(*least),
                if *warms_up { "with its warm-up " } else { "" },
                LANGUAGE.duration(*window)
            ),
            "check the units of the times, or give the model a longer `horizon`",
        ),
        Doubt::UnusedCalendar { calendar } => message(
            format!("nobody uses the calendar {}", show(calendar)),
            format!(
                "name it in a role or a source: `calendar: {}`; or remove it",
                visible(calendar, 60)
            ),
        ),
        Doubt::WildSeason { factor } => message(
            format!("this factor brings {} times the usual arrivals", LANGUAGE.rough(*factor)),
            format!("a factor of `1.5` is half as many again; perhaps here: `{}`", factor / 100.0),
        ),
        Doubt::OftenNegative { share } => message(
            format!("{} of these amounts are negative", LANGUAGE.rough_percent(*share)),
            "take a distribution without negative draws, as `{lognormal: {median: 9000, p90: 30000}}`",
        ),
        Doubt::IdleVisitLimit { stage, key } => message(
            format!(
                "no deal comes back to {} before its next sale, so `{key}` changes nothing",
                show(stage)
            ),
            format!("add the branch that leads back, or remove `{key}`"),
        ),
        Doubt::LostSaleDisqualified { reason } => message(
            format!("deals lost for {} are left out of `win_rate`", show(reason)),
            "`disqualified` is for leads that could never buy; a lost sale is of the class `product`, `sales` or `client`",
        ),
        Doubt::PersonTwice { person, role } => message(
            format!("{} stands twice among the people of {}", show(person), show(role)),
            "remove one of the two, or correct its name",
        ),
        Doubt::CostsMore { name, of_lead, cost, largest } => message(
            format!(
                "{} costs {}, and the largest sales bring {} on average",
                if *of_lead {
                    format!("a lead of {}", show(name))
                } else {
                    format!("a visit to {}", show(name))
                },
                LANGUAGE.rough(*cost),
                LANGUAGE.rough(*largest)
            ),
            if *of_lead {
                "check the cost: it is paid for each lead of the source"
            } else {
                "check the cost: it is paid at each visit"
            },
        ),
    }
}
