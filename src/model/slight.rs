//! Shares below one percent that were probably meant a hundred times larger: `0.6%` for 60 %, from `0.6`.
//!
//! In `next`, a `rest` beside them hides that the sum is not what was meant. The way to the following stage is looked at. A side
//! way and a sale may well be that rare: they are told only if they have two decimals and no other share of the model has, as
//! `0.24%` beside `40%`. A loss reason or a way back is never told.

use std::collections::{BTreeSet, HashMap};

use super::next::SUM_TOLERANCE;
use super::reader::{Field, Reader};
use super::yaml::{Entry, Kind, Node};
use crate::diagnostic::{Doubt, Findings, Place};
use crate::quantity::parse_number;

/// A share of at least this many percent shows which size the others have.
const USUAL: f64 = 10.0;

/// A share as it is written, in percent.
struct Written<'n> {
    text: &'n str,
    key: &'n str,
    percent: f64,
    place: Place,
    /// Whether it leads to a later stage.
    ahead: bool,
    /// Whether it leads to the stage that follows, as most deals do.
    following: bool,
    /// Whether it is a sale.
    sale: bool,
}

impl Written<'_> {
    /// Whether it is written like a share of two digits, without their size: `0.24%`.
    fn has_two_decimals(&self) -> bool {
        decimals(self.text) == 2 && self.text.ends_with('%')
    }
}

/// The digits behind the point.
fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, rest)| rest.trim_end_matches(['%', ' ']).len())
}

/// Warns of such shares, in the plans of stages and in those of their variants.
pub(super) fn check(root: &Node, findings: &mut Findings) {
    margins(root, findings);
    let Some(Kind::Map(entries)) = root.get("stages").map(|node| &node.kind) else { return };
    let places = entries.iter().enumerate().map(|(at, stage)| (stage.key.as_str(), at)).collect();
    let stages = Stages { entries, places };
    let group = |at: usize| {
        let next = entries[at].value.get("next");
        next.map_or_else(Vec::new, |next| stages.shares(at, next))
    };
    let groups: Vec<Vec<Written<'_>>> = (0..entries.len()).map(group).collect();
    let is_small = |group: &[Written<'_>]| {
        let given: f64 = group.iter().filter(|one| one.ahead).map(|one| one.percent).sum();
        given > 0.0 && given < USUAL
    };
    let small = groups.iter().filter(|group| is_small(group)).count();
    let entered = entered(root);
    let exact = groups.iter().flatten().filter(|one| one.has_two_decimals()).count();
    for (at, stage) in entries.iter().enumerate() {
        let path = format!("stages.{}.next", stage.key);
        // Mailings bring one answer in hundreds; deals that were entered later do not.
        let is_first = entered.as_ref().map_or(at == 0, |named| named.contains(stage.key.as_str()));
        let is_alone = groups[at].iter().filter(|one| one.ahead).count() == 1;
        let is_only_small = small == 1 && is_small(&groups[at]);
        let by_stages = is_alone && !is_first && entries.len() > 1 && is_only_small;
        report(&groups[at], by_stages, &path, findings);
        // Shares from a fit all have decimals.
        if exact == 1 {
            let is_sale_alone = groups[at].iter().filter(|one| one.ahead || one.sale).count() == 1
                && !is_first
                && entries.len() > 1
                && small == 0;
            report_exact(&groups[at], is_sale_alone, &path, findings);
        }
        let Some(Kind::List(variants)) = stage.value.get("variants").map(|node| &node.kind) else {
            continue;
        };
        for (number, variant) in variants.iter().enumerate() {
            if let Some(next) = variant.get("next") {
                let path = format!("stages.{}.variants[{}].next", stage.key, number + 1);
                report(&stages.shares(at, next), false, &path, findings);
            }
        }
    }
}

/// Warns of a share of an attribute below one percent, written with two decimals, where a hundred times as much would go well with the
/// others.
pub(super) fn tiny_shares(r: &mut Reader<'_>, fields: &[Field<'_>]) {
    let percent =
        |field: &Field<'_>| parse_number(field.node.scalar_text().strip_suffix('%')?.trim()).ok();
    let given: f64 = fields.iter().filter_map(percent).sum();
    let largest = fields.iter().filter_map(percent).fold(0.0, f64::max);
    for field in fields {
        let text = field.node.scalar_text();
        let Some(share) = percent(field).filter(|share| *share >= 0.1 && *share < 1.0) else {
            continue;
        };
        let fits = given + share * 99.0 <= 100.0 + SUM_TOLERANCE;
        if decimals(text) == 2 && fits && largest >= 10.0 {
            let meant = format!("{}%", (share * 100.0).round());
            field.report(r, Doubt::TinyShare { text: text.to_owned(), meant });
        }
    }
}

/// The stages that sources name as their first ones; `None` if all deals enter the first stage of the file.
fn entered(root: &Node) -> Option<BTreeSet<&str>> {
    let Some(Kind::Map(sources)) = root.get("sources").map(|node| &node.kind) else { return None };
    let named = sources.iter().map(|source| source.value.get("enters").map(Node::scalar_text));
    let first = match root.get("stages").map(|node| &node.kind) {
        Some(Kind::Map(stages)) => stages.first().map(|first| first.key.as_str()),
        _ => None,
    };
    Some(named.filter_map(|name| name.or(first)).collect())
}

/// Reports the shares of a group that stand beside much larger ones; `alone`: or beside those of other stages.
fn report(group: &[Written<'_>], alone: bool, path: &str, findings: &mut Findings) {
    let given: f64 = group.iter().map(|one| one.percent).sum();
    let is_percent = |one: &Written<'_>| one.text.ends_with('%');
    let largest = group.iter().filter(|one| one.ahead).map(|one| one.percent).fold(0.0, f64::max);
    for one in group.iter().filter(|one| one.following && one.percent >= 0.1 && one.percent < 1.0) {
        let fits = given + one.percent * 99.0 <= 100.0 + SUM_TOLERANCE;
        // Where some have the sign and others do not, another rule tells of those without.
        let is_alike = group.iter().all(|other| is_percent(other) == is_percent(one));
        if fits && is_alike && (alone || largest >= USUAL) {
            let hundred = (one.percent * 1e8).round() / 1e6;
            let meant = if is_percent(one) {
                format!("{hundred}%")
            } else {
                format!("{}", (hundred * 1e4).round() / 1e6)
            };
            let problem = Doubt::TinyShare { text: one.text.to_owned(), meant };
            let path =
                if one.key.is_empty() { path.to_owned() } else { format!("{path}.{}", one.key) };
            findings.report(problem, one.place, path);
        }
    }
}

/// Reports a side way or a sale written with two decimals beside much larger shares; `alone`: or beside those of other stages.
fn report_exact(group: &[Written<'_>], alone: bool, path: &str, findings: &mut Findings) {
    let given: f64 = group.iter().map(|one| one.percent).sum();
    let ways = group.iter().filter(|one| one.ahead || one.sale);
    let largest = ways.clone().map(|one| one.percent).fold(0.0, f64::max);
    let is_odd = |one: &&Written<'_>| {
        one.has_two_decimals() && !one.following && one.percent >= 0.1 && one.percent < 1.0
    };
    for one in ways.filter(is_odd) {
        let fits = given + one.percent * 99.0 <= 100.0 + SUM_TOLERANCE;
        // A quarter of a percent is said of what is rare.
        let is_rounded = one.text.ends_with("5%");
        if fits && (alone && one.sale || largest >= USUAL && !is_rounded) {
            let meant = format!("{}%", (one.percent * 100.0).round());
            let problem = Doubt::TinyShare { text: one.text.to_owned(), meant };
            let path =
                if one.key.is_empty() { path.to_owned() } else { format!("{path}.{}", one.key) };
            findings.report(problem, one.place, path);
        }
    }
}

/// Warns of a margin below one percent, written with two decimals, beside others of the usual size.
fn margins(root: &Node, findings: &mut Findings) {
    let terms = match root.get("terms").map(|node| &node.kind) {
        Some(Kind::List(terms)) => terms.as_slice(),
        Some(Kind::Map(_)) => {
            only_margin(root, findings);
            return;
        }
        _ => return,
    };
    let margins = || (1..).zip(terms).filter_map(|(at, term)| Some((at, term.get("margin")?)));
    let percent = |margin: &Node| parse_number(margin.scalar_text().strip_suffix('%')?.trim()).ok();
    let is_usual = |(_, margin): (usize, &Node)| percent(margin).is_some_and(|own| own >= USUAL);
    let exact = margins().filter(|(_, margin)| decimals(margin.scalar_text()) == 2).count();
    for (at, margin) in margins() {
        let text = margin.scalar_text();
        let own = percent(margin).filter(|own| *own >= 0.1 && *own < 1.0);
        if let Some(own) = own.filter(|_| decimals(text) == 2 && exact == 1)
            && margins().any(is_usual)
        {
            let meant = format!("{}%", (own * 100.0).round());
            let problem = Doubt::TinyShare { text: text.to_owned(), meant };
            findings.report(problem, margin.place, format!("terms[{at}].margin"));
        }
    }
}

/// Warns of the only margin of a model, if it is below one percent and written with two decimals.
fn only_margin(root: &Node, findings: &mut Findings) {
    let Some(margin) = root.get("terms").and_then(|terms| terms.get("margin")) else { return };
    let text = margin.scalar_text();
    let percent = text.strip_suffix('%').and_then(|percent| parse_number(percent.trim()).ok());
    if let Some(own) = percent.filter(|own| *own >= 0.1 && *own < 1.0 && decimals(text) == 2) {
        let meant = format!("{}%", (own * 100.0).round());
        let problem = Doubt::TinyMargin { text: text.to_owned(), meant };
        findings.report(problem, margin.place, "terms.margin".to_owned());
    }
}

/// The stages of a text, with the place of each in their order.
struct Stages<'n> {
    entries: &'n [Entry],
    places: HashMap<&'n str, usize>,
}

impl<'n> Stages<'n> {
    /// The shares of a `next` that are numbers, with those of its reasons.
    fn shares(&self, at: usize, next: &'n Node) -> Vec<Written<'n>> {
        let following = self.entries.get(at + 1).map(|stage| stage.key.as_str());
        let ahead = |key: &str| {
            let to = self.places.get(key);
            (to.is_some_and(|to| *to > at), following == Some(key))
        };
        let mut found = Vec::new();
        match &next.kind {
            Kind::Scalar(text) => {
                let leads = following.is_some();
                found.extend(written((text, ""), next.place, (leads, leads), !leads));
            }
            Kind::Map(branches) => {
                for branch in branches {
                    let share = branch.value.get("share").unwrap_or(&branch.value);
                    let key = branch.key.as_str();
                    let sale = key == "won";
                    found.extend(written(
                        (share.scalar_text(), key),
                        share.place,
                        ahead(key),
                        sale,
                    ));
                    if let (Kind::Map(reasons), "lost" | "cancelled") = (&share.kind, key) {
                        found.extend(reasons.iter().filter_map(|Entry { key, value, .. }| {
                            written((value.scalar_text(), key), value.place, (false, false), false)
                        }));
                    }
                }
            }
            Kind::List(_) | Kind::Null => {}
        }
        found
    }
}

fn written<'n>(
    (text, key): (&'n str, &'n str),
    place: Place,
    (ahead, following): (bool, bool),
    sale: bool,
) -> Option<Written<'n>> {
    let percent = match text.strip_suffix('%') {
        Some(percent) => parse_number(percent.trim()).ok()?,
        None => parse_number(text).ok().filter(|share| (0.0..1.0).contains(share))? * 100.0,
    };
    Some(Written { text, key, percent, place, ahead, following, sale })
}

#[cfg(test)]
mod tests {
    /// What the warnings of shares that are too small propose.
    fn meant(stages: &str) -> Vec<String> {
        let text = format!("stages:\n{stages}");
        let loaded = crate::model::load("", &text, &[], None);
        let meant = loaded.diagnostics.iter().filter_map(|found| match &found.problem {
            crate::diagnostic::Problem::Doubt(crate::diagnostic::Doubt::TinyShare {
                meant,
                ..
            }) => Some(meant.clone()),
            _ => None,
        });
        meant.collect()
    }

    #[test]
    fn a_share_below_one_percent_is_compared_with_those_of_its_stage_and_of_others() {
        let beside =
            "  a: {next: {b: 0.6%, c: 30%, lost: rest}}\n  b: {next: 40%}\n  c: {next: 50%}\n";
        assert_eq!(meant(beside), ["60%"]);
        let alone = "  a: {next: 30%}\n  b: {next: {c: 0.6%, lost: rest}}\n  c: {next: 50%}\n";
        assert_eq!(meant(alone), ["60%"]);
        let short = "  a: {next: 30%}\n  b: {next: 0.45%}\n  c: {next: 50%}\n";
        assert_eq!(meant(short), ["45%"]);
        let plain =
            "  a: {next: 30%}\n  b: {next: {c: 0.004, a: 0.5, lost: rest}}\n  c: {next: 0.5}\n";
        assert_eq!(meant(plain), ["0.4"]);
    }

    #[test]
    fn a_side_way_or_a_sale_with_two_decimals_is_told_where_no_other_share_has_them() {
        let aside =
            "  a: {next: {b: 40%, c: 0.24%, lost: rest}}\n  b: {next: 40%}\n  c: {next: 50%}\n";
        assert_eq!(meant(aside), ["24%"]);
        let sale = "  a: {next: 30%}\n  b: {next: 40%}\n  c: {next: 0.24%}\n";
        assert_eq!(meant(sale), ["24%"]);
        let won = "  a: {next: 30%}\n  b: {next: 40%}\n  c: {next: {won: 0.24%, lost: rest}}\n";
        assert_eq!(meant(won), ["24%"]);
        let rare = "  a: {next: {b: 40%, won: 0.25%, lost: rest}}\n  b: {next: 40%}\n";
        assert!(meant(rare).is_empty());
        // Shares from a fit.
        let fitted =
            "  a: {next: {b: 41.23%, c: 0.24%, lost: rest}}\n  b: {next: 40%}\n  c: {next: 50%}\n";
        assert!(meant(fitted).is_empty());
        // A funnel in which other shares are small, too.
        let small = "  a: {next: 30%}\n  b: {next: 4%}\n  c: {next: 0.24%}\n";
        assert!(meant(small).is_empty());
    }

    #[test]
    fn a_margin_with_two_decimals_is_told_beside_usual_ones() {
        let margins = |one: &str, other: &str| {
            meant(&format!(
                "  a: {{next: 30%}}\nvalue: 500\nsources: {{web: {{rate: 9/day}}, fair: {{rate: 9/day}}}}\n\
                 terms: [{{when: {{source: web}}, margin: {one}}}, {{margin: {other}}}]\n"
            ))
        };
        assert_eq!(margins("0.24%", "28%"), ["24%"]);
        assert!(margins("0.24%", "0.5%").is_empty());
        assert!(margins("0.24%", "28.25%").is_empty());
        assert!(margins("0.5%", "28%").is_empty());
        let only = |margin: &str| -> Vec<&'static str> {
            let text =
                format!("stages: {{a: {{next: 30%}}}}\nvalue: 500\nterms: {{margin: {margin}}}\n");
            let found = crate::model::load("", &text, &[], None).diagnostics;
            found.iter().map(|found| found.problem.code()).collect()
        };
        assert_eq!(only("0.24%"), ["V644"]);
        assert!(only("0.5%").is_empty() && only("24%").is_empty());
    }

    #[test]
    fn what_may_be_rare_is_not_told() {
        // A mailing.
        assert!(meant("  a: {next: 0.6%}\n  b: {next: 40%}\n").is_empty());
        // A funnel in which all shares are small.
        assert!(meant("  a: {next: 2%}\n  b: {next: 0.5%}\n  c: {next: 50%}\n").is_empty());
        // A side way, a sale at once.
        let aside = "  a: {next: {c: 0.3%, b: 40%, lost: rest}}\n  b: {next: 40%}\n  c: {next: {won: 0.4%, lost: rest}}\n";
        assert!(meant(aside).is_empty());
        // A way back, a sale that is cancelled, a rare reason.
        let rare = "  a: {next: 30%}\n  b: {next: {a: 0.5%, c: 40%, lost: {price: 0.5%, other: rest}}}\n  \
                    c: {next: {won: 60%, lost: rest}}\n";
        assert!(meant(rare).is_empty());
        assert!(
            meant(
                "  a: {next: {b: 0.9%, c: 20%, lost: rest}}\n  b: {next: won}\n  c: {next: 9%}\n"
            )
            .is_empty()
        );
    }
}
