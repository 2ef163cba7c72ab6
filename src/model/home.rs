//! Keys one level too deep or too shallow: the section that they belong to.

use super::stage::{FIXED, PLAN};
use super::{calendar, next, step, terms};
use crate::diagnostic::Home;

/// Where a key belongs that the section with these known keys does not have.
pub(super) fn home(key: &str, known: &[&str]) -> Option<Home> {
    let has = |mark: &str| known.contains(&mark);
    if has("max_visits") {
        let is_variant = has("when");
        return match key {
            "role" | "time" | "activity" => Some(Home::Inside("work")),
            "share" | "per" | "after" | "lost" | "won" => Some(Home::Inside("next")),
            "when" | "if" | "condition" | "если" | "условие" if !is_variant => {
                Some(Home::Inside("variants"))
            }
            _ => None,
        };
    }
    if has("stages") && has("terms") {
        let of_terms = terms::KNOWN.contains(&key) || terms::PAYMENT.contains(&key);
        let is_plural = key == "payments";
        let of_stage =
            ["wait", "work", "next", "sla", "patience", "max_visits", "phase", "variants"];
        return if of_terms || is_plural {
            Some(Home::Inside("terms"))
        } else {
            of_stage.contains(&key).then_some(Home::Inside("stages"))
        };
    }
    if has("people") {
        let is_calendar = calendar::KNOWN.contains(&key) && key != "title";
        return is_calendar.then_some(Home::Inside("calendars"));
    }
    let section = if known == step::WORK {
        "work"
    } else if known == ["time", "lost", "next"] {
        "patience"
    } else if known == ["count", "lost", "next"] {
        "max_visits"
    } else if known == next::BRANCH || known == next::LOST {
        "next"
    } else {
        return None;
    };
    is_of_stage(key).then_some(Home::Beside(section))
}

/// Whether the language knows the key in a stage.
pub(super) fn is_of_stage(key: &str) -> bool {
    PLAN.contains(&key) || FIXED.contains(&key)
}
