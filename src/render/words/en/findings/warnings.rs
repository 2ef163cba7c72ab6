//! What is probably not meant.

use super::never::never;
use super::{LANGUAGE, alike, did_you_mean, did_you_mean_by};
use crate::diagnostic::{Needed, Warning};
use crate::render::words::Message;
use crate::render::words::shown;
use crate::render::words::shown::{code_point, differing, list, message, pairs, show};

#[allow(clippy::too_many_lines)] // one arm per warning: a table
pub(super) fn warning(warning: &Warning) -> Message {
    match warning {
        Warning::UnreachableStage { stage } => message(
            format!("no deal can reach the stage {}", show(stage)),
            "let a branch or a source lead to it, or remove it",
        ),
        Warning::NoEndLoop { stages } => message(
            format!("deals that reach {} never leave", list(stages)),
            "give one of these stages a branch to won, lost or done",
        ),
        Warning::NoLossBranch { stages } => message(
            match stages.as_slice() {
                [] => "no deal is ever lost".to_owned(),
                [stage] => format!("no deal is ever lost in {}", show(stage)),
                [first, second] => {
                    format!("no deal is ever lost in {} and {}", show(first), show(second))
                }
                [first, second, rest @ ..] => format!(
                    "no deal is ever lost in {}, {} and {} more",
                    show(first),
                    show(second),
                    rest.len()
                ),
            },
            "real deals break off at any stage; add a `lost` branch if these do",
        ),
        Warning::ManyVisits { stage, visits } => message(
            format!(
                "a deal visits {} about {} times in a round",
                show(stage),
                LANGUAGE.rough(*visits)
            ),
            "check the shares of the loop, or limit it with `max_visits`",
        ),
        Warning::LookAlike { name, other } => message(
            format!("{} looks like {}{}", show(name), show(other), difference(name, other)),
            "they differ by case or by letters of another script: rename one if they are meant to be one",
        ),
        Warning::NearReasons { name, other } => message(
            format!("the loss reasons {} and {} differ by a letter", show(name), show(other)),
            "if they are meant to be one, write them alike: losses are counted by name",
        ),
        Warning::CommaInReason { reason } => message(
            format!("a comma ends the name {}", show(reason)),
            "quote a reason that contains a comma: \"too expensive, no budget\"",
        ),
        Warning::AbsurdDuration { years } => {
            message(format!("{} years is a long time", LANGUAGE.rough(*years)), "check the unit")
        }
        Warning::CumulativeShares { shares } => {
            let shares: Vec<String> =
                shares.iter().map(|share| LANGUAGE.rough_percent(*share)).collect();
            message(
                format!("the shares rise along the funnel: {}", shares.join(", ")),
                "these look like a CRM's chances to win from each stage; here a share is the part that goes on from this stage to the next",
            )
        }
        Warning::OftenRedrawn { share } => message(
            format!(
                "{} of these normal times would be negative and are drawn again",
                LANGUAGE.rough_percent(*share)
            ),
            "the mean becomes longer than written; a lognormal or gamma with the same mean and sd fits times better",
        ),
        Warning::NegativeMoney { text } => message(
            format!("{} is negative", show(text)),
            "this is right for a refund; otherwise remove the sign",
        ),
        Warning::BooksTwice { stage } => message(
            format!(
                "`won` in {} books the deal's value once more: the sale is booked already, there or before",
                show(stage)
            ),
            "end with `done` where nothing new is sold",
        ),
        Warning::NoArrivals { source } => message(
            format!("no deals come from {}", show(source)),
            "its rate is 0, or its dates lie outside the window",
        ),
        Warning::KpiNotProduced { kpi, missing } => {
            let why = match missing {
                Needed::Value => "the model has no `value`",
                Needed::Cost => "the model has no costs",
                Needed::People => "it needs roles that work in a stage",
                Needed::Promise => "the model has no `promises`",
                Needed::Terms => "the model has no `terms`",
                Needed::Margin => "the model has no `terms` with a `margin`",
                Needed::Commission => "the model has no `terms` with a `commission`",
                Needed::Demand => "the model has no `terms` with a `demand`",
                Needed::CreditLimit => "the model has no `terms` with a `credit_limit`",
                Needed::Cancelled => "no branch is `cancelled`",
                Needed::Targets => "the model has no `targets`",
                Needed::Sla => "no stage that is meant has an `sla`",
                Needed::Patience => "no stage has `patience`, so nobody leaves a queue",
                Needed::Rollout => "no stage that is meant asks for `followed`",
                Needed::Satisfaction => "no stage has `satisfaction`, so it is not modelled",
                Needed::Repeat => {
                    "no deal can have a second sale: no stage or branch after a sale sells again"
                }
                Needed::Churn => "no deal can be lost after a sale",
                Needed::Rework => "no deal that is meant can come back to a stage within a round",
                Needed::Limit => "the people of this role are unlimited, so they have no load",
            };
            message(format!("this model cannot produce {}", show(kpi)), why)
        }
        Warning::UnusedReason { reason, nearest } => message(
            format!("no deal is lost for the reason {}", show(reason)),
            did_you_mean_by(reason, nearest.as_ref(), "remove it, or correct its name"),
        ),
        Warning::OverlappingHours => message(
            "these hours overlap",
            "the common hours count once; correct them if they should not overlap",
        ),
        Warning::UnusedRole { role } => message(
            format!("nobody asks for the role {}", show(role)),
            "give a stage `work: {role: …, time: …}`, or remove it",
        ),
        Warning::Overload { role, share, people, enough, patient } => message(
            format!(
                "the work for {} takes about {} of its working time: {}",
                show(role),
                LANGUAGE.whole_percent(*share),
                if *patient {
                    "deals will lose patience"
                } else {
                    "the queue grows as long as deals arrive"
                }
            ),
            format!(
                "with {enough} people instead of {people} they would be busy {} of their time; fewer deals, or less \
                 work per deal, also help",
                LANGUAGE.whole_percent(share * *people as f64 / *enough as f64)
            ),
        ),
        Warning::DayOfWork => message(
            "this asks for 24 hours or more of somebody's working time: three working days or more",
            "`1 working day` is a day of the calendar; `8h` is eight hours of work",
        ),
        Warning::Worse { change, compared } => {
            let [old, new, difference] = shown::change(LANGUAGE, change);
            message(
                format!("{} became worse: {old} before, {new} now", change.subject),
                format!(
                    "the difference is {difference}, beyond chance among {compared} figures compared together; if it \
                     is meant, ignore V630"
                ),
            )
        }
        Warning::NothingPromised => message(
            "the model has no `expect`, so there is nothing to judge",
            "add what must hold, as `expect: [{kpi: win_rate, at_least: 20%}]`",
        ),
        Warning::NoClass { reason, nearest } => message(
            format!("the loss reason {} has no class", show(reason)),
            did_you_mean(nearest.as_ref(), "add it to `reasons`, as `other` if need be"),
        ),
        Warning::UnaskedAttribute { name, nearest } => message(
            format!("nothing asks for the attribute {}", show(name)),
            format!("did you mean {}?", show(nearest)),
        ),
        Warning::LonelyValue { attribute, value, nearest } => message(
            format!("{} is a value of {} only here", show(value), show(attribute)),
            format!("did you mean {}?{}", show(nearest), alike(value, nearest)),
        ),
        Warning::NeverOpen { role, person } => message(
            match person {
                Some(person) => {
                    format!("{} of {} has no working time in the window", show(person), show(role))
                }
                None => format!("the role {} has no working time in the window", show(role)),
            },
            "look at the hours and holidays of its calendar, and at `start` and `horizon`",
        ),
        Warning::EntersBehindSale { source, stage } => message(
            format!("deals of {} enter at {}, at or after a sale", show(source), show(stage)),
            "their first sale counts as that of a new client in win_rate, sales_cycle and new_bookings; if they \
             bought before, mark the source with `clients: true`",
        ),
        Warning::NothingVaries => message(
            "this variant changes nothing",
            "add what changes, as `next` or `wait`; where it matches, later variants do not count either",
        ),
        Warning::HiddenCase => message(
            "this case never counts: one before it has no `when` and always holds",
            "put the case without `when` last, or say when it holds",
        ),
        Warning::FixedZone { name, place } => message(
            format!("{} has no summer time: its clocks never change", show(name)),
            format!("name a place whose clocks you mean, as {}", show(place)),
        ),
        Warning::CoveredCase { earlier } => message(
            match earlier {
                Some(earlier) => {
                    format!("{} takes every deal that this condition matches", show(earlier))
                }
                None => "the earlier cases take every deal that this condition matches".to_owned(),
            },
            "the first that holds counts: put the narrower condition first, or remove one of them",
        ),
        Warning::NeverHolds { test, why } => message(
            format!("no deal meets {} here: {}", show(test), never(why)),
            "correct the test, or remove this case: it never counts",
        ),
        Warning::MissingCase { which } => message(
            format!("no case of `value` holds for deals with {}: their value is 0", pairs(which)),
            "add a last case without `when`, as `{amount: 5000}`, or one for these deals",
        ),
        Warning::NoSaleFor { attribute, value } => message(
            format!("no deal with {} can be won", show(&format!("{attribute}: {value}"))),
            "check where the variants for this value lead; if its deals are meant to be lost, give them `next: lost`",
        ),
        Warning::BackToItself { stage, key } => message(
            format!("the exit by {} leads back to {}", show(key), show(stage)),
            "let it lead to another stage, or to `lost`",
        ),
        Warning::VacuousExpectation => message(
            "this expectation can never fail",
            "no share lies outside 0 to 100 %, and no count or time below 0: give a limit that can be missed",
        ),
        Warning::OpposedExpectations => message(
            "this expectation and an earlier one of the same KPI cannot both hold",
            "correct the limits of one of them, or remove it",
        ),
        Warning::IdleSla { stage, kept } => message(
            if *kept {
                format!("no visit of {} can take longer than this `sla`", show(stage))
            } else {
                format!("every visit of {} takes longer than this `sla`", show(stage))
            },
            "compare it with the work and waits of the stage, and check the units",
        ),
        Warning::NothingLearnt => message(
            "no stage asks whether the process is followed, so the roll-out changes no result of it",
            "say what happens otherwise in `variants`: `{when: {followed: false}, next: 20%}`",
        ),
        Warning::IdlePatience { stage } => message(
            format!("no deal queues in {}, so its `patience` has no effect", show(stage)),
            "patience ends the wait for people: give the stage `work` of a role with limited people, or remove it",
        ),
        Warning::OddHours { text, minutes, whole } => message(
            if *minutes < 60 {
                format!("{} lasts {minutes} minutes", show(text))
            } else {
                format!("{} lasts {} hours", show(text), LANGUAGE.rough(*minutes as f64 / 60.0))
            },
            if *whole {
                "write `00:00-24:00` for the whole day, or `closed` for none of it"
            } else if *minutes < 60 {
                "check the two times"
            } else {
                "check the two times: an end before the start lies in the next day"
            },
        ),
        Warning::DatesOutside { calendar } => message(
            format!("all holidays and special days of {} lie outside the window", show(calendar)),
            "check their years, and `start` and `horizon`",
        ),
        Warning::FarDate { date } => message(
            format!("{} lies more than five years from the window", show(date)),
            "check the year",
        ),
        Warning::OutsideWindow { date } => message(
            format!("{} lies outside the window, so nothing of it counts", show(date)),
            "check the date, and `start` and `horizon`",
        ),
        Warning::PlainShare { text, share } => message(
            format!(
                "{} means {} here, beside shares in percent",
                show(text),
                LANGUAGE.rough_percent(*share)
            ),
            format!(
                "write {}, or {} if that is meant",
                show(&format!("{}%", share * 100.0)),
                show(&format!("{text}%"))
            ),
        ),
        Warning::RoundedAway { share } => message(
            format!(
                "{} is lost: what equal shares leave after rounding",
                LANGUAGE.rough_percent(*share)
            ),
            "if no deal is lost here, write `rest` for one of the equal shares and remove `lost`",
        ),
        Warning::ReasonLikeStage { reason, reached } => message(
            if *reached {
                format!("the loss reason {} has the name of a stage", show(reason))
            } else {
                format!(
                    "the loss reason {} has the name of a stage that no deal can reach",
                    show(reason)
                )
            },
            "to lead to the stage, write it beside `lost` and not inside it; otherwise rename the reason",
        ),
        Warning::FewArrivals { source, deals } => message(
            format!("{} brings about {} deals in all", show(source), LANGUAGE.rough(*deals)),
            "compare its rate with `horizon`, and check the units",
        ),
        Warning::OutOfReach { stage, short } => message(
            if *short {
                format!("every visit of {} takes longer than this limit allows", show(stage))
            } else {
                format!("no visit of {} takes as long as this limit asks for", show(stage))
            },
            "compare the limit with the work and waits of the stage, and check the units",
        ),
        Warning::ShortPatience { stage } => message(
            format!("nearly every deal that finds nobody free in {} leaves at once", show(stage)),
            "the patience is far shorter than the work: check both units",
        ),
    }
}

/// The letters in which two names of one look differ, with their code points.
fn difference(name: &str, other: &str) -> String {
    let is = |letter| format!("`{letter}` is {}", code_point(letter));
    let pairs = differing(name, other).map(|(one, two)| format!("{}, {}", is(one), is(two)));
    let pairs: Vec<String> = pairs.collect();
    if pairs.is_empty() { String::new() } else { format!(": {}", pairs.join("; ")) }
}
