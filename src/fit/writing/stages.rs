//! Stages of a model: waits, work, ways and cases.

use super::laws::{durations, percent, time};
use super::ways::{KNOWN_WELL, NO_REASON, Together, Ways};
use super::{Learnt, Remark, Text, begins, date, kinds, quoted, unused};
use crate::fit::durations::Law;
use crate::fit::process::{Case, End, Ending, Fitted, FittedStage, Leaf, Never, Share, Way};
use crate::records::deals::{Deals, Outcome};

/// Deals begin in one stage if nearly all do.
const NEARLY_ALL: f64 = 0.995;
/// The stage in which deals are that begin in several.
const ARRIVAL: &str = "arrival";

/// The name of the only stage of deals without a history.
pub const ONLY_STAGE: &str = "open";

/// The name of a stage of a fitted process in its file.
pub fn stage_name<'a>(deals: &'a Deals, fitted: &Fitted, at: usize) -> &'a str {
    fitted.stages[at].name.map_or(ONLY_STAGE, |id| deals.stages.word(id))
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
    let name = stage_name(deals, fitted, at);
    let ends = ["won", "lost", "done", "cancelled", "rest"];
    let is_word = ends.contains(&name.to_lowercase().as_str());
    quoted(&if is_word { unused(&format!("{name} stage"), &deals.stages) } else { name.to_owned() })
}

pub(super) fn write(text: &mut Text, learnt: &Learnt<'_>) {
    let Learnt { deals, fitted, .. } = *learnt;
    let says_ends = deals.deals.iter().any(|deal| deal.outcome != Outcome::Open);
    let (monday, warm_up) = begins(learnt.traces);
    let from = monday as f64 - warm_up;
    let writer = Writer { learnt, deals, fitted, says_ends, from };
    text.plain(0, "stages:");
    if begins_apart(fitted) {
        let of = fitted.starts.iter().map(|(_, count)| count).sum();
        let start = |(at, count): &(usize, u64)| Way {
            share: Share::seen(Ending::Stage(*at), *count, of),
            after: None,
        };
        let ways: Vec<Way> = fitted.starts.iter().map(start).collect();
        text.add(1, &format!("{}:", unused(ARRIVAL, &deals.stages)), vec![Remark::Starts]);
        writer.ways(text, &Ways { list: &ways, never: None, rare: None, varied: None });
    }
    let mut is_told = false;
    for (at, stage) in fitted.stages.iter().enumerate() {
        let first = text.lines.len();
        text.add(1, &format!("{}:", writer.stage(at)), vec![Remark::Deals(stage.deals)]);
        writer.base(text, (at, stage));
        // The checker asks about the first stage that loses nothing; here that is a fact.
        let takes_time =
            stage.work.is_some() || stage.leaves.iter().any(|leaf| leaf.wait.is_some());
        let loses = text.lines[first..].iter().any(|line| line.text.contains("lost:"));
        if takes_time && !loses && !is_told {
            text.lines[first].remarks.insert(0, Remark::LosesNothing);
            is_told = true;
        }
    }
}

struct Writer<'a> {
    learnt: &'a Learnt<'a>,
    deals: &'a Deals,
    fitted: &'a Fitted,
    /// Whether the file says how deals end; else every end counts as a sale, so that the model can be run.
    says_ends: bool,
    /// The first day of a simulation, in days since 1970-01-01.
    from: f64,
}

impl Writer<'_> {
    fn stage(&self, at: usize) -> String {
        key(self.deals, self.fitted, at)
    }

    fn base(&self, text: &mut Text, (at, stage): (usize, &FittedStage)) {
        let Some((base, others)) = stage.leaves.split_last() else { return };
        let work =
            |law: &Law| format!("role: {}, time: {}", kinds::role(self.learnt, at), durations(law));
        let waits = stage.leaves.iter().any(|leaf| leaf.wait.is_some());
        let waited = Remark::Waits { n: base.waits.0, open: base.waits.1 };
        match (&stage.work, waits) {
            // Somebody works, then the deal waits: the order of steps.
            (Some((law, n)), true) => {
                text.plain(2, "steps:");
                text.add(3, &format!("- {{{}}}", work(law)), vec![Remark::Tasks(*n)]);
                text.add(3, &format!("- {{{}}}", wait(base)), vec![waited]);
            }
            (Some((law, n)), false) => {
                text.add(2, &format!("work: {{{}}}", work(law)), vec![Remark::Tasks(*n)]);
            }
            (None, true) => text.add(2, &wait(base), vec![waited]),
            (None, false) => {}
        }
        self.ways(text, &Ways { varied: self.varied(base), ..Ways::of(base) });
        let kinds = self.kinds(at, base);
        if !others.is_empty() || !kinds.is_empty() {
            text.plain(2, "variants:");
        }
        for (line, of) in kinds {
            text.add(3, &line, vec![Remark::Kind(of)]);
        }
        for leaf in others {
            let when = format!("when: {{{}}}", when(&leaf.case));
            let mut keys = Vec::new();
            match (&stage.work, waits) {
                (Some((law, _)), true) => {
                    keys.push(format!("steps: [{{{}}}, {{{}}}]", work(law), wait(leaf)));
                }
                (None, true) => keys.push(wait(leaf)),
                (_, false) => {}
            }
            if !leaf.ways.is_empty() {
                keys.push(format!("next: {}", self.flow(&Ways::of(leaf))));
            }
            if keys.is_empty() {
                continue;
            }
            let mut remarks = vec![Remark::Visits(leaf.visits)];
            if leaf.case.dates.1 <= self.from {
                remarks.insert(0, Remark::Period);
            }
            remarks.extend(leaf.rare.map(Remark::Rare));
            text.add(3, &format!("- {{{when}, {}}}", keys.join(", ")), remarks);
        }
    }

    /// The way on whose share is not known well, where such shares are to vary from run to run.
    fn varied(&self, base: &Leaf) -> Option<Ending> {
        let way = base.ways.iter().find(|way| !way.is_lost()).filter(|_| self.learnt.uncertain)?;
        (base.ways.len() > 1 && way.share.sd() > KNOWN_WELL).then_some(way.share.to)
    }

    /// Kinds of deals that go other ways out of a stage, each with how many left it. A way takes the same time for all kinds.
    fn kinds(&self, at: usize, base: &Leaf) -> Vec<(String, u64)> {
        let mut lines = Vec::new();
        for attribute in &self.learnt.attributes.used {
            let name = kinds::attribute_name(self.deals, attribute.column);
            for kind in attribute.ways.iter().filter(|kind| kind.stage == at) {
                let way = |share: &Share| {
                    let same = base.ways.iter().find(|way| way.share.to == share.to)?;
                    Some(Way { share: *share, after: same.after.clone() })
                };
                let mut ways: Vec<Way> = kind.ways.iter().filter_map(way).collect();
                let kept: f64 = ways.iter().map(|way| way.share.part).sum();
                ways.iter_mut().for_each(|way| way.share.part /= kept);
                let Some(of) = ways.first().map(|way| way.share.of) else { continue };
                let word = kinds::word(self.deals, attribute.column, kind.word);
                let flow =
                    self.flow(&Ways { list: &ways, never: base.never, rare: None, varied: None });
                lines.push((format!("- {{when: {{{name}: {word}}}, next: {flow}}}"), of));
            }
        }
        lines
    }

    /// Ways in lines of their own; two ways and what goes one way in one line.
    fn ways(&self, text: &mut Text, ways: &Ways<'_>) {
        let rare = || ways.rare.map(Remark::Rare);
        let Some((most, others)) = ways.list.split_first() else {
            let end = self.to(Ending::End(End::Done));
            text.add(2, &format!("next: {end}"), vec![Remark::NobodyLeft]);
            return;
        };
        let is_short = ways.list.iter().all(|way| way.after.is_none());
        if others.len() < 2 && ways.never.is_none() && is_short {
            let mut remarks = vec![ways.remark(others.first().unwrap_or(most))];
            remarks.extend(rare());
            text.add(2, &format!("next: {}", self.flow(ways)), remarks);
            return;
        }
        text.add(2, "next:", rare().into_iter().collect());
        let (lost, others) = ways.parts();
        for way in others {
            let branch = ways.branch(way);
            text.add(3, &format!("{}: {branch}", self.to(way.share.to)), vec![ways.remark(way)]);
        }
        match lost.as_slice() {
            [] => {}
            [only] if only.share.to == NO_REASON => {
                let branch = ways.branch(only);
                text.add(3, &format!("lost: {branch}"), vec![ways.remark(only)]);
            }
            several => {
                text.plain(3, "lost:");
                let together = Together::of(several);
                if let Some(after) = &together.after {
                    let remark = ways.remark(&together.way);
                    text.add(4, &format!("share: {}", ways.share(&together.way)), vec![remark]);
                    text.plain(4, &format!("after: {}", durations(after)));
                    text.plain(4, "reasons:");
                }
                for way in several {
                    let share = together.share(way).unwrap_or_else(|| ways.share(way));
                    let line = format!("{}: {share}", self.reason(way.share.to));
                    let depth = if together.after.is_some() { 5 } else { 4 };
                    text.add(depth, &line, vec![ways.remark(way)]);
                }
            }
        }
        if let Some(never) = ways.never {
            text.add(3, &format!("done: {}", undecided(never)), vec![Remark::Never]);
        }
    }

    /// Ways in one line.
    fn flow(&self, ways: &Ways<'_>) -> String {
        if ways.list.is_empty() {
            return self.to(Ending::End(End::Done));
        }
        let (lost, others) = ways.parts();
        if let ([only], [], None) = (others.as_slice(), lost.as_slice(), ways.never)
            && only.after.is_none()
        {
            return self.to(only.share.to);
        }
        let one = |name: String, way: &Way| format!("{name}: {}", ways.branch(way));
        let mut parts: Vec<String> =
            others.iter().map(|way| one(self.to(way.share.to), way)).collect();
        match lost.as_slice() {
            [] => {}
            [only] if only.share.to == NO_REASON => {
                parts.push(one("lost".to_owned(), only));
            }
            several => {
                let together = Together::of(several);
                let reason = |way: &&Way| {
                    let share = together.share(way).unwrap_or_else(|| ways.share(way));
                    format!("{}: {share}", self.reason(way.share.to))
                };
                let reasons: Vec<String> = several.iter().map(reason).collect();
                let reasons = reasons.join(", ");
                parts.push(match &together.after {
                    None => format!("lost: {{{reasons}}}"),
                    Some(after) => format!(
                        "lost: {{share: {}, after: {}, reasons: {{{reasons}}}}}",
                        ways.share(&together.way),
                        durations(after)
                    ),
                });
            }
        }
        parts.extend(ways.never.map(|never| format!("done: {}", undecided(never))));
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

fn undecided(never: Never) -> String {
    format!("{{share: {}, after: {}}}", percent(never.share), time(never.days))
}

fn wait(leaf: &Leaf) -> String {
    format!("wait: {}", leaf.wait.as_ref().map_or_else(|| time(0.0), durations))
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
    if case.is_period() {
        let limit =
            |name: &str, day: f64| day.is_finite().then(|| format!("{name}: {}", date(day as i64)));
        let limits = [limit("at_least", case.dates.0), limit("below", case.dates.1)];
        let limits: Vec<String> = limits.into_iter().flatten().collect();
        tests.push(format!("date: {{{}}}", limits.join(", ")));
    }
    tests.join(", ")
}
