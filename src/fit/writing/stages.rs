//! Stages of a model: waits, work, ways and cases.

use super::laws::{durations, percent, time};
use super::{Learnt, Remark, Text, quoted, unused};
use crate::fit::process::{Case, End, Ending, Fitted, FittedStage, Leaf, Never, Share};
use crate::records::deals::{Deals, Outcome};

/// Deals begin in one stage if nearly all do.
const NEARLY_ALL: f64 = 0.995;
/// The stage in which deals are that begin in several.
const ARRIVAL: &str = "arrival";

/// The name of a stage.
fn name<'a>(deals: &'a Deals, fitted: &Fitted, at: usize) -> &'a str {
    fitted.stages[at].name.map_or("open", |id| deals.stages.word(id))
}

/// The stage that all deals enter, if that is not the first one.
pub(super) fn first(fitted: &Fitted) -> Option<usize> {
    if begins_apart(fitted) {
        None
    } else {
        fitted.starts.first().map(|one| one.0).filter(|at| *at > 0)
    }
}

/// Whether deals begin in several stages.
fn begins_apart(fitted: &Fitted) -> bool {
    let most = fitted.starts.first().map_or(0, |one| one.1);
    (most as f64) < NEARLY_ALL * fitted.deals as f64
}

/// The name of a stage as a key; a word of the language is followed by `stage`.
pub(super) fn key(deals: &Deals, fitted: &Fitted, at: usize) -> String {
    let name = name(deals, fitted, at);
    let ends = ["won", "lost", "done", "cancelled", "rest"];
    let is_word = ends.contains(&name.to_lowercase().as_str());
    quoted(&if is_word { unused(&format!("{name} stage"), &deals.stages) } else { name.to_owned() })
}

pub(super) fn write(text: &mut Text, learnt: &Learnt<'_>) {
    let Learnt { deals, fitted, .. } = *learnt;
    let says_ends = deals.deals.iter().any(|deal| deal.outcome != Outcome::Open);
    let writer = Writer { deals, fitted, says_ends };
    text.plain(0, "stages:");
    if begins_apart(fitted) {
        let of = fitted.starts.iter().map(|(_, count)| count).sum();
        let start =
            |(at, count): &(usize, u64)| Share { to: Ending::Stage(*at), count: *count, of };
        let ways: Vec<Share> = fitted.starts.iter().map(start).collect();
        text.add(1, &format!("{}:", unused(ARRIVAL, &deals.stages)), vec![Remark::Starts]);
        writer.ways(text, &ways, None);
    }
    for (at, stage) in fitted.stages.iter().enumerate() {
        text.add(1, &format!("{}:", writer.stage(at)), vec![Remark::Deals(stage.deals)]);
        writer.base(text, stage);
    }
}

struct Writer<'a> {
    deals: &'a Deals,
    fitted: &'a Fitted,
    /// Whether the file says how deals end; else every end counts as a sale, so that the model can be run.
    says_ends: bool,
}

impl Writer<'_> {
    fn stage(&self, at: usize) -> String {
        key(self.deals, self.fitted, at)
    }

    fn base(&self, text: &mut Text, stage: &FittedStage) {
        let Some((base, others)) = stage.leaves.split_last() else { return };
        let (waits, works) = (
            stage.leaves.iter().any(|leaf| leaf.wait.is_some()),
            stage.leaves.iter().any(|leaf| leaf.work.is_some()),
        );
        let (n, open) = base.waits;
        let (waited, worked) = (Remark::Waits { n, open }, Remark::Tasks(base.works));
        match (waits, works) {
            // Deals wait, then somebody works: the order of steps.
            (true, true) => {
                text.plain(2, "steps:");
                text.add(3, &format!("- {{{}}}", wait(base)), vec![waited]);
                text.add(3, &format!("- {{{}}}", work(base)), vec![worked]);
            }
            (true, false) => text.add(2, &wait(base), vec![waited]),
            (false, true) => text.add(2, &format!("work: {{{}}}", work(base)), vec![worked]),
            (false, false) => {}
        }
        self.ways(text, &base.ways, base.never);
        if !others.is_empty() {
            text.plain(2, "variants:");
        }
        for leaf in others {
            let mut keys = vec![format!("when: {{{}}}", when(&leaf.case))];
            match (waits, works) {
                (true, true) => keys.push(format!("steps: [{}]", steps(leaf))),
                (true, false) => keys.push(wait(leaf)),
                (false, true) => keys.push(format!("work: {{{}}}", work(leaf))),
                (false, false) => {}
            }
            if !leaf.ways.is_empty() {
                keys.push(format!("next: {}", self.flow(&leaf.ways, leaf.never)));
            }
            text.add(3, &format!("- {{{}}}", keys.join(", ")), vec![Remark::Visits(leaf.visits)]);
        }
    }

    /// Ways in lines of their own; two ways and what goes one way in one line.
    fn ways(&self, text: &mut Text, ways: &[Share], never: Option<Never>) {
        let Some((most, others)) = ways.split_first() else {
            let end = self.to(Ending::End(End::Done));
            text.add(2, &format!("next: {end}"), vec![Remark::NobodyLeft]);
            return;
        };
        let all = Ways { most, never };
        if others.len() < 2 && never.is_none() {
            let remark = all.remark(others.first().unwrap_or(most));
            text.add(2, &format!("next: {}", self.flow(ways, None)), vec![remark]);
            return;
        }
        text.plain(2, "next:");
        let (lost, others): (Vec<&Share>, Vec<&Share>) = ways.iter().partition(|way| way.is_lost());
        for way in others {
            text.add(3, &format!("{}: {}", self.to(way.to), all.share(way)), vec![all.remark(way)]);
        }
        match lost.as_slice() {
            [] => {}
            [only] if only.to == Ending::End(End::Lost(None)) => {
                text.add(3, &format!("lost: {}", all.share(only)), vec![all.remark(only)]);
            }
            several => {
                text.plain(3, "lost:");
                for way in several {
                    let line = format!("{}: {}", self.reason(way.to), all.share(way));
                    text.add(4, &line, vec![all.remark(way)]);
                }
            }
        }
        if let Some(never) = never {
            text.add(3, &format!("done: {}", undecided(never)), vec![Remark::Never]);
        }
    }

    /// Ways in one line.
    fn flow(&self, ways: &[Share], never: Option<Never>) -> String {
        let Some(most) = ways.first() else { return self.to(Ending::End(End::Done)) };
        let all = Ways { most, never };
        let (lost, others): (Vec<&Share>, Vec<&Share>) = ways.iter().partition(|way| way.is_lost());
        if let ([only], [], None) = (others.as_slice(), lost.as_slice(), never) {
            return self.to(only.to);
        }
        let one = |way: &&Share| format!("{}: {}", self.to(way.to), all.share(way));
        let mut parts: Vec<String> = others.iter().map(one).collect();
        match lost.as_slice() {
            [] => {}
            [only] if only.to == Ending::End(End::Lost(None)) => {
                parts.push(format!("lost: {}", all.share(only)));
            }
            several => {
                let reason = |way: &&Share| format!("{}: {}", self.reason(way.to), all.share(way));
                let reasons: Vec<String> = several.iter().map(reason).collect();
                parts.push(format!("lost: {{{}}}", reasons.join(", ")));
            }
        }
        parts.extend(never.map(|never| format!("done: {}", undecided(never))));
        format!("{{{}}}", parts.join(", "))
    }

    fn to(&self, to: Ending) -> String {
        match to {
            Ending::Stage(at) => self.stage(at),
            Ending::End(End::Won) => "won".to_owned(),
            Ending::End(End::Lost(_)) => "lost".to_owned(),
            Ending::End(End::Done | End::Open) if !self.says_ends => "won".to_owned(),
            Ending::End(End::Done | End::Open) => "done".to_owned(),
        }
    }

    fn reason(&self, to: Ending) -> String {
        match to {
            Ending::End(End::Lost(Some(reason))) => quoted(self.deals.reasons.word(reason)),
            _ => unused("no reason given", &self.deals.reasons),
        }
    }
}

/// All ways out of a stage.
#[derive(Clone, Copy)]
struct Ways<'a> {
    /// The most frequent one takes the rest, so that all sum to one.
    most: &'a Share,
    never: Option<Never>,
}

impl Ways<'_> {
    fn share(&self, way: &Share) -> String {
        if way.to == self.most.to {
            return "rest".to_owned();
        }
        percent(way.value() * (1.0 - self.never.map_or(0.0, |never| never.share)))
    }

    fn remark(&self, way: &Share) -> Remark {
        let (count, of) = (way.count, way.of);
        let decided = 1.0 - self.never.map_or(0.0, |never| never.share);
        if way.to == self.most.to {
            Remark::Rest { share: way.value() * decided, count, of }
        } else {
            let (low, high) = way.interval();
            Remark::Share { count, of, between: (low * decided, high * decided) }
        }
    }
}

impl Share {
    fn is_lost(&self) -> bool {
        matches!(self.to, Ending::End(End::Lost(_)))
    }
}

/// Deals that stay until nobody has been seen to stay longer.
fn undecided(never: Never) -> String {
    format!("{{share: {}, after: {}}}", percent(never.share), time(never.days))
}

fn wait(leaf: &Leaf) -> String {
    format!("wait: {}", leaf.wait.as_ref().map_or_else(|| time(0.0), durations))
}

fn work(leaf: &Leaf) -> String {
    format!("role: staff, time: {}", leaf.work.as_ref().map_or_else(|| time(0.0), durations))
}

fn steps(leaf: &Leaf) -> String {
    format!("{{{}}}, {{{}}}", wait(leaf), work(leaf))
}

/// The condition of a case.
fn when(case: &Case) -> String {
    let mut tests = Vec::new();
    match case.visits {
        (1, u32::MAX) => {}
        (from, u32::MAX) => tests.push(format!("visit: {{at_least: {from}}}")),
        (from, until) if until == from + 1 => tests.push(format!("visit: {from}")),
        (1, until) => tests.push(format!("visit: {{at_most: {}}}", until - 1)),
        (from, until) => {
            tests.push(format!("visit: {{at_least: {from}, at_most: {}}}", until - 1));
        }
    }
    let (from, until) = case.ages;
    match (from > 0.0, until.is_finite()) {
        (false, false) => {}
        (true, false) => tests.push(format!("age: {{at_least: {}}}", time(from))),
        (false, true) => tests.push(format!("age: {{below: {}}}", time(until))),
        (true, true) => {
            tests.push(format!("age: {{at_least: {}, below: {}}}", time(from), time(until)));
        }
    }
    tests.join(", ")
}
