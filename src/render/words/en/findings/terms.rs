//! Terms of sales that cannot be used.

use crate::diagnostic::TermsFault;
use crate::render::words::Message;
use crate::render::words::shown::{message, show};

pub(super) fn terms(fault: &TermsFault) -> Message {
    match fault {
        TermsFault::NoCaseForAll => message(
            "a sale that fits none of these cases would have no terms",
            "end the list with a case without `when`",
        ),
        TermsFault::MarginOfSomeCases => message(
            "this case has no `margin`, and others have one",
            "give every case its margin: `margin: 0%` is one too",
        ),
        TermsFault::CommissionOfNoMargin => message(
            "this commission is a share of the margin, and the case has no `margin`",
            "give the case its `margin`, or take the commission of the amount",
        ),
        TermsFault::WaitsForUnpaid => message(
            "deals would wait for ever for a part that is never paid",
            "take `unpaid` away, or `before`; a client who never pays can be a branch of that stage",
        ),
        TermsFault::ShareOfNoValue { text } => message(
            format!("the cost {} is a share of the value, and deals have none", show(text)),
            "give the model a `value`, or the cost as an amount",
        ),
        TermsFault::NothingIsSold => message(
            "sales have no amount, so there is nothing to pay",
            "give the model a `value`, or a stage `sale: {amount: …}`",
        ),
        TermsFault::NothingIsOwed => message(
            "everything is paid in advance, so nobody can reach this credit limit",
            "say in `payment` what is paid later: `{share: rest, after: 30d}`; or take the limit away",
        ),
    }
}
