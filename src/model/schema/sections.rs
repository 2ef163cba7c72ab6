//! The keys of sources, calendars, roles, stages and expectations.

use serde_json::{Value, json};

use super::{
    Entry, any, apart, list, money, names_of, object, of, properties, text, texts, values, word,
};
use crate::kpi::{Kpi, Per, Span};
use crate::model::stage::Category;
use crate::model::when::{MONTHS, WEEKDAYS};
use crate::model::{Curve, expectation, role, rollout, satisfaction, stage, step};

pub(super) fn sources() -> Vec<Entry> {
    let rate =
        any(&[of("rates"), object(&["steps"], &["steps"], vec![("steps", of("rates"), "")])]);
    let words: Vec<&str> = MONTHS.iter().chain(&WEEKDAYS).map(|(word, _)| *word).collect();
    vec![
        ("rate", rate, "Poisson arrivals, as 20/week, or steps of them."),
        ("steps", of("rates"), "Rates that change: a list of {from, rate}."),
        ("every", of("time"), "Gaps between arrivals instead of a rate."),
        (
            "season",
            json!({"type": "object", "propertyNames": word(&words), "additionalProperties": of("price")}),
            "Factors by months and weekdays; not named: 1.",
        ),
        ("growth", values::growth(), "As 1%/month."),
        ("batch", values::count(1), "Deals that arrive at once."),
        ("count", values::count(0), "Nothing arrives after this many deals."),
        ("from", of("date"), "Nothing arrives before this date."),
        ("until", of("date"), "Nothing arrives from this date on."),
        ("cost", of("number"), "Marketing cost of a deal."),
        ("enters", text(), "The stage that deals enter, if not the first."),
        ("attributes", names_of(&of("shares")), "Other shares for deals of this source."),
        ("title", text(), "Printed instead of the name."),
        ("calendar", text(), "Arrivals only while it is open."),
        ("clients", json!({"type": "boolean"}), "Its deals are clients who bought before."),
        (
            "at_start",
            values::count(1),
            "How many of its deals are there when the simulation starts.",
        ),
    ]
}

pub(super) fn learning() -> Vec<Entry> {
    let words = rollout::PERIODS.map(|(word, _)| word);
    let briefing = object(
        &rollout::BRIEFING,
        &rollout::BRIEFING,
        vec![
            ("role", text(), "Whose people are briefed."),
            ("time", of("duration"), "Working time of each person, each time."),
            ("every", any(&[word(&words), of("duration")]), "As week, or 2 weeks."),
        ],
    );
    vec![
        ("start", of("date"), "When it begins."),
        ("duration", values::length(), "How long it takes, as 100 days."),
        ("from", of("share"), "Share of the visits that follow the process before the start."),
        ("to", of("share"), "The same share after the end."),
        ("curve", word(&Curve::WORDS.map(|(word, _)| word)), "How it rises; logistic by default."),
        ("cost", of("price"), "One-off cost at the start."),
        ("work", briefing, "Briefings, exams and checks, from the start on while it lasts."),
    ]
}

pub(super) fn calendars() -> Vec<Entry> {
    let span = object(
        &["from", "to"],
        &["from", "to"],
        vec![("from", of("date"), ""), ("to", of("date"), "")],
    );
    vec![
        ("hours", of("hours"), "By weekday, as {mon-fri: \"09:00-18:00\"}."),
        ("holidays", list(&any(&[of("date"), span])), "Days without hours."),
        (
            "special",
            json!({
                "type": "object", "propertyNames": of("date"), "additionalProperties": of("windows"),
            }),
            "Dates with hours of their own.",
        ),
        ("title", text(), "Printed instead of the name."),
    ]
}

pub(super) fn roles() -> Vec<Entry> {
    let group = object(
        &role::GROUP,
        &[],
        vec![
            ("count", values::count(0), "How many people."),
            ("name", text(), "One person with this name."),
            ("calendar", text(), "When they work."),
            ("cost", values::pay(), "As 900/hour or 180000/month."),
        ],
    );
    vec![
        (
            "people",
            any(&[values::count(0), word(&["unlimited"]), group.clone(), list(&group)]),
            "A number, `unlimited`, or groups and persons.",
        ),
        ("cost", values::pay(), "As 900/hour or 180000/month for each."),
        ("calendar", text(), "When they work, if not by the first calendar."),
        ("queue", word(&["fifo"]), "The order of the queue."),
        ("assignment", word(&["pool"]), "Who takes a deal: in a pool the one who can start first."),
        ("title", text(), "Printed instead of the name."),
        ("department", text(), "Utilization, queue and cost are also shown by department."),
        ("description", text(), "What the role does, for readers."),
        ("instruction", text(), "How it works, or where that is written."),
    ]
}

pub(super) fn work() -> Vec<Entry> {
    vec![
        ("role", text(), "Who works."),
        ("time", of("time"), "Working time."),
        ("activity", text(), "What is done."),
        ("cost", of("number"), "Each time."),
        ("description", text(), "What is done, for readers."),
        ("instruction", text(), "How it is done, or where that is written."),
    ]
}

pub(super) fn step() -> Value {
    let mut entries = vec![("wait", of("wait"), "Nobody works.")];
    entries.extend(work());
    let pairs = ["role", "time", "activity"].map(|key| ("wait", key));
    let mut step = apart(object(&step::KNOWN, &[], entries), &pairs);
    step["anyOf"] = json!([{"required": ["wait"]}, {"required": ["role", "time"]}]);
    step
}

pub(super) fn stage_object(required: &[&str], variant: bool) -> Value {
    let mut entries = vec![
        ("wait", of("wait"), "Time that nobody works, after `work`."),
        ("work", of("work"), "Work of a role."),
        ("steps", list(&of("step")), "Work and waits in any order."),
        ("patience", of("patience"), "How long a deal stays in a queue."),
        (
            "cost",
            money::stage_cost(),
            "Each time the stage is entered; 5% is a share of the value.",
        ),
        (
            "set",
            json!({"type": "object"}),
            "Attributes drawn on entry; `value` draws a new value of the deal.",
        ),
        ("next", of("next"), "Where deals go: a share, a stage, won, done, or branches."),
    ];
    if variant {
        entries.push(("when", of("when"), "The first variant that holds gives what differs."));
        let known: Vec<&str> = stage::PLAN.into_iter().chain(["when"]).collect();
        return apart(object(&known, required, entries), &PLANNED_TWICE);
    }
    let amount = object(&["amount"], &["amount"], vec![("amount", of("amount"), "")]);
    let limit = apart(
        object(
            &["count", "lost", "next"],
            &["count"],
            vec![
                ("count", values::count(1), "The greatest number of visits in a round."),
                ("lost", text(), "The loss reason of a deal that would make one more visit."),
                ("next", of("next"), "Where it goes instead."),
            ],
        ),
        &[("lost", "next")],
    );
    entries.extend([
        ("title", text(), "Printed instead of the name."),
        ("phase", word(&["lead", "deal", "order", "client"]), "Lead, deal, order or client."),
        ("sale", any(&[json!({"type": "boolean"}), amount]), "Entering books the deal's value."),
        ("max_visits", any(&[values::count(1), limit]), "The most visits in a round."),
        ("variants", list(&of("variant")), "What differs while a condition holds."),
        ("category", word(&Category::WORDS.map(|(word, _)| word)), "Costs are summed by category."),
        ("sla", of("duration"), "Promised time from entry to exit."),
        (
            "satisfaction",
            object(
                &satisfaction::KNOWN,
                &[],
                vec![
                    ("late", of("number"), "Once for a visit over the `sla`, as -15."),
                    ("revisit", of("number"), "For each visit after the first of a round."),
                ],
            ),
            "Points of the deal's score from 0 to 100, which starts at 80.",
        ),
        ("documents", texts(), "Names of documents, for readers."),
        ("description", text(), "What happens in the stage, for readers."),
        ("instruction", text(), "How it is done, or where that is written."),
    ]);
    let known: Vec<&str> = stage::PLAN.into_iter().chain(stage::FIXED).collect();
    apart(object(&known, required, entries), &PLANNED_TWICE)
}

/// Keys of a plan that say the same.
const PLANNED_TWICE: [(&str, &str); 2] = [("steps", "work"), ("steps", "wait")];

/// Names of statistics: those of all KPIs, quantiles, and exits of a stage; each may begin with a part of the duration.
fn statistics() -> Value {
    let mut names: Vec<String> = Kpi::ALL.iter().flat_map(|kpi| kpi.stat_names()).collect();
    names.sort_unstable();
    names.dedup();
    let spans = [Span::FromDeal, Span::Open].map(Span::word).join("|");
    let others = json!({"type": "string", "pattern": format!("^(({spans}) )?(p[0-9.]+|to .+)$")});
    any(&[json!({"enum": names}), others])
}

/// A limit of a KPI: a number, a share, or a duration.
fn limit() -> Value {
    any(&[of("number"), json!({"type": "string", "pattern": "^[^%]*[0-9] *%$"}), values::length()])
}

pub(super) fn expectations() -> Value {
    let names: Vec<&str> = Kpi::ALL.iter().map(|kpi| kpi.name()).collect();
    let both = json!({"type": "array", "minItems": 2, "maxItems": 2, "items": limit()});
    let properties = properties(
        &expectation::KNOWN,
        vec![
            ("kpi", word(&names), "Its name; `voronka explain KPI` says what it means."),
            ("stat", statistics(), "mean, p90, share, total …"),
            ("at_least", limit(), "Least."),
            ("at_most", limit(), "Greatest."),
            ("above", limit(), "Least."),
            ("below", limit(), "Greatest."),
            ("between", both, "Least and greatest."),
            ("within", of("duration"), "The limits apply to the share of deals within this time."),
            ("per", word(&Per::ALL.map(Per::word)), "The period of a total."),
            ("chance", values::share(false), "The limits hold with this chance."),
            ("stage", text(), "Of this stage."),
            ("reason", text(), "Of this loss reason."),
            ("source", text(), "Of deals from this source."),
            ("role", text(), "Of this role."),
            ("person", text(), "Of this person."),
            ("department", text(), "Of the roles of this department."),
            ("activity", text(), "Of this activity."),
            ("item", text(), "Of this item of demand."),
            ("promise", text(), "Of this promise."),
        ],
    );
    let limits = ["at_least", "at_most", "above", "below", "between"];
    // Any other key is an attribute of the model.
    let object = json!({
        "type": "object", "required": ["kpi"], "properties": properties, "additionalProperties": text(),
        "anyOf": limits.map(|key| json!({"required": [key]})),
    });
    apart(object, &expectation::CONTRADICTIONS)
}
