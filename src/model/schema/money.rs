//! The keys of terms, costs and capacity.

use serde_json::{Value, json};

use super::{any, list, names_of, object, of, text, values, word};
use crate::model::{costs, terms};

fn words<T>(words: &[(&'static str, T)]) -> Value {
    word(&words.iter().map(|(word, _)| *word).collect::<Vec<_>>())
}

/// A case of `terms`.
pub(super) fn term() -> Value {
    let payment = || any(&[of("payment"), list(&of("payment"))]);
    object(
        &terms::KNOWN,
        &[],
        vec![
            ("when", of("when"), "The first case that holds counts."),
            ("margin", values::share(false), "The margin, a share of the amount."),
            ("commission", commission(), "What the seller earns."),
            ("payment", payment(), "When the amount is paid; by default at once."),
            ("demand", names_of(&demand()), "What the sale needs: hours of a machine, material."),
            (
                "keeps",
                values::share(false),
                "The share of the received money that is kept when a sale is cancelled.",
            ),
            ("credit_limit", credit_limit(), "How much a client may owe."),
        ],
    )
}

fn credit_limit() -> Value {
    let parts = object(
        &terms::CREDIT_LIMIT,
        &["amount"],
        vec![
            ("amount", of("price"), "How much."),
            ("reason", text(), "The loss reason of a sale that exceeds the limit on its own."),
        ],
    );
    any(&[of("price"), parts])
}

fn commission() -> Value {
    let parts = object(
        &terms::COMMISSION,
        &["share"],
        vec![
            ("share", values::share(false), "As 3%."),
            ("of", words(&terms::OF), "Of the amount or of the margin."),
            ("on", words(&terms::ON), "Due on booking or on payment."),
        ],
    );
    any(&[values::share(false), parts])
}

/// A part of the amount.
pub(super) fn payment() -> Value {
    let instalments = object(
        &["count", "every"],
        &["count", "every"],
        vec![
            ("count", values::count(1), "How many equal parts."),
            ("every", values::length(), "From one to the next."),
        ],
    );
    object(
        &terms::PAYMENT,
        &[],
        vec![
            ("share", of("share"), "Its share of the amount."),
            ("at", text(), "The stage that makes it due, if not the sale."),
            ("before", text(), "The stage that waits until it is paid."),
            ("after", of("time"), "When it is due, from then on."),
            ("late", of("time"), "How much later than due it is paid."),
            ("instalments", instalments, "Equal parts of it, the first at `after`."),
            ("unpaid", values::share(false), "The chance that it is never paid."),
        ],
    )
}

fn demand() -> Value {
    let parts = object(
        &terms::DEMAND,
        &["amount"],
        vec![
            ("amount", of("amount"), "How much."),
            ("after", of("time"), "When, after the sale."),
            ("every", words(&terms::EVERY), "How long a lot must last."),
        ],
    );
    any(&[of("amount"), parts])
}

/// What the department costs beside its deals.
pub(super) fn costs() -> Value {
    let running = object(
        &costs::RUNNING,
        &["rate"],
        vec![
            ("rate", of("rate"), "As 400000/month."),
            ("from", of("date"), "From this day on."),
            ("until", of("date"), "Until the day before this one."),
        ],
    );
    let once = object(
        &costs::ONCE,
        &["once"],
        vec![
            ("once", of("price"), "How much."),
            ("on", of("date"), "The day; by default the start of the window."),
        ],
    );
    names_of(&any(&[of("rate"), running, once]))
}

/// A cost of a stage: an amount, or a share of the value.
pub(super) fn stage_cost() -> Value {
    any(&[of("number"), json!({"type": "string", "pattern": "^[0-9.]+ *%$"})])
}
