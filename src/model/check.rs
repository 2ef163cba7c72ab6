//! Checks that need the whole model: unknown names, unreachable stages and deals that never end.

use std::collections::BTreeSet;

use super::forms::{self, Form};
use super::names::Names;
use super::near::{is_slip, nearest};
use super::reader::Spot;
use super::transitions::End;
use super::yaml::Node;
use super::{
    Action, Branch, Horizon, Model, Of, Plan, Source, Subject, Target, Targets, Test, When,
};
use super::{promises, stock, words};
use crate::diagnostic::{
    Findings, NameFault, NameKind, ProcessFault, StructureFault, TermsFault, ValueFault,
};
use crate::kpi::Scope;

/// Words that end a deal and so cannot name a stage.
const ENDS: [&str; 5] = ["won", "lost", "done", "cancelled", "rest"];

/// Reports every error that involves more than one section.
pub(super) fn check(model: &Model, root: &Node, findings: &mut Findings) {
    let names = Names::of(model, root);
    check_ends(model, findings);
    for stage in &model.stages {
        for plan in stage.plans() {
            names.check_plan(&stage.name, plan, findings);
        }
        for variant in &stage.variants {
            names.check_when(&variant.when, findings);
        }
        if let Some(limit) = &stage.max_visits {
            names.check_branches(&stage.name, &limit.next, findings);
        }
    }
    Names::check_calendars(model, findings);
    check_people(model, findings);
    names.check_rollout(model, findings);
    for case in &model.value {
        names.check_when(&case.when, findings);
    }
    for source in &model.sources {
        if let Some((stage, spot)) = &source.enters {
            names.check_stage(stage, spot, findings);
        }
        for attribute in &source.attributes {
            if !names.known_attributes.contains(attribute.name.as_str()) {
                names.unknown_attribute(&attribute.name, &attribute.spot, findings);
            }
        }
    }
    for expectation in &model.expectations {
        for subject in &expectation.subjects {
            names.check_subject(subject, findings);
        }
    }
    for term in &model.terms {
        names.check_when(&term.when, findings);
        for payment in &term.payment {
            for (stage, spot) in payment.at.iter().chain(&payment.before) {
                names.check_stage(stage, spot, findings);
            }
        }
    }
    for capacity in &model.capacity {
        check_known(NameKind::Item, &capacity.item, &names.items, &capacity.spot, findings);
    }
    for promise in &model.promises {
        for (stage, spot) in [&promise.from, &promise.to] {
            names.check_stage(stage, spot, findings);
        }
    }
    check_money(model, findings);
    names.check_targets(&model.targets, findings);
    promises::check(model, &names.reasons, findings);
    stock::check(model, findings);
    if !findings.has_errors() {
        check_transitions(model, findings);
    }
}

impl Names<'_> {
    fn check_plan(&self, own: &str, plan: &Plan, findings: &mut Findings) {
        self.check_branches(own, plan.next.as_deref().unwrap_or_default(), findings);
        if let Some(patience) = &plan.patience {
            self.check_branches(own, &patience.next, findings);
        }
        for step in plan.given_steps() {
            if let Action::Work(work) = &step.action {
                check_known(NameKind::Role, &work.role.0, &self.roles, &work.role.1, findings);
            }
        }
    }

    /// Checks that the role of a roll-out has people, and that `followed` is asked only in a model with a `rollout`.
    fn check_rollout(&self, model: &Model, findings: &mut Findings) {
        let work = model.rollout.as_ref().and_then(|rollout| rollout.work.as_ref());
        if let Some((name, spot)) = work.map(|work| &work.role) {
            check_known(NameKind::Role, name, &self.roles, spot, findings);
            let role = model.roles.iter().find(|role| role.name == *name);
            let people = role.map(|role| role.people.iter().flatten().map(|group| group.count));
            if people.is_some_and(|counts| counts.sum::<u64>() == 0) {
                let problem = ProcessFault::NobodyLearns { role: name.clone() };
                findings.report(problem, spot.place, spot.path.clone());
            }
        }
        let is_unread = findings.has_errors_at(|path| path.starts_with("rollout"));
        let mut report = |when: &When, problem: &StructureFault| {
            let tests = when.tests.iter().zip(&when.spots);
            for (_, spot) in tests.filter(|(test, _)| matches!(test, Test::Followed(_))) {
                findings.report(problem.clone(), spot.place, spot.path.clone());
            }
        };
        if model.rollout.is_none() && !is_unread {
            let missing =
                StructureFault::MissingKey { key: "rollout", owner: "followed".to_owned() };
            let variants = model.stages.iter().flat_map(|stage| &stage.variants);
            variants.for_each(|variant| report(&variant.when, &missing));
        }
        let outside = StructureFault::OutsideVisit { key: "followed" };
        model.value.iter().for_each(|case| report(&case.when, &outside));
    }

    /// Checks the calendars named by roles, groups and sources.
    fn check_calendars(model: &Model, findings: &mut Findings) {
        let groups = model.roles.iter().flat_map(|role| role.people.iter().flatten());
        let named = groups.map(|group| &group.calendar);
        let named = named.chain(model.roles.iter().map(|role| &role.calendar));
        let named = named.chain(model.sources.iter().map(|source| &source.calendar));
        let known: Vec<&str> = model.calendars.iter().map(|c| c.name.as_str()).collect();
        for (name, spot) in named.flatten() {
            check_known(NameKind::Calendar, name, &known, spot, findings);
        }
    }

    fn check_branches(&self, own: &str, branches: &[Branch], findings: &mut Findings) {
        let mut used: Vec<&str> = Vec::new();
        for branch in branches {
            used.extend(match &branch.target {
                Target::Stage(name) => Some(name.as_str()),
                Target::Won => Some("won"),
                Target::Done => Some("done"),
                Target::Lost(_) => Some("lost"),
                Target::Cancelled(_) => Some("cancelled"),
                Target::Following => None,
            });
        }
        for branch in branches {
            if let Target::Stage(name) = &branch.target {
                let is_known = |name: &str| self.stages.contains(&name);
                let is_alone = branches.len() == 1 && !is_known(name);
                let form = forms::branches_in_words(name, is_known).filter(|_| is_alone);
                if let Some(Form { written, certain }) = form {
                    let (text, Spot { place, path }) = (name.clone(), branch.spot.clone());
                    let problem = StructureFault::OtherForm { text, written, certain };
                    findings.report(problem, place, path);
                    continue;
                }
                // The same branch twice, or one back to the stage itself, is hardly meant by another word.
                let is_own = own != name && !is_slip(own, name);
                let others = used.iter().copied().filter(|used| used != name);
                let unlikely: Vec<&str> = others.chain(is_own.then_some(own)).collect();
                self.check_stage_but(name, &unlikely, &branch.spot, findings);
            }
        }
    }

    fn check_stage(&self, name: &str, spot: &Spot, findings: &mut Findings) {
        self.check_stage_but(name, &[], spot, findings);
    }

    /// The same; `unlikely` are names that were hardly meant.
    fn check_stage_but(&self, name: &str, unlikely: &[&str], spot: &Spot, findings: &mut Findings) {
        if !self.stages.contains(&name) {
            let ends = ["won", "lost", "done", "cancelled"];
            let end = words::end(name);
            let known = self.stages.iter().copied().chain(ends);
            let near = || nearest(name, known.filter(|known| !unlikely.contains(known)));
            let nearest = end.map(str::to_owned).or_else(near);
            let as_reason = self.as_reason(name, spot).filter(|_| end.is_none());
            let first = self.unreached.first().filter(|_| as_reason.is_none() && end.is_none());
            let unreached = first.map(|first| (*first).to_owned());
            let name = name.to_owned();
            let problem = ValueFault::UnknownStage { name, nearest, unreached, as_reason };
            findings.report(problem, spot.place, spot.path.clone());
        }
    }

    fn unknown_attribute(&self, name: &str, spot: &Spot, findings: &mut Findings) {
        let reserved = super::when::RESERVED;
        let others = self.known_attributes.iter().copied().chain(reserved);
        let nearest = nearest(name, others.filter(|other| *other != name));
        let problem = ValueFault::UnknownName {
            kind: NameKind::Attribute,
            name: name.to_owned(),
            nearest,
            known: Vec::new(),
        };
        findings.report(problem, spot.place, spot.path.clone());
    }

    fn check_when(&self, when: &When, findings: &mut Findings) {
        for test in &when.tests {
            match test {
                Test::Attribute { name, spot, values } => match self.values.get(name.as_str()) {
                    None => self.unknown_attribute(name, spot, findings),
                    Some(known) => {
                        for (value, spot) in values {
                            check_known(NameKind::Value, value, known, spot, findings);
                        }
                    }
                },
                Test::Source(sources) => {
                    for (name, spot) in sources {
                        check_known(NameKind::Source, name, &self.sources, spot, findings);
                    }
                }
                Test::Queue(queues) => {
                    for (role, spot, _) in queues {
                        check_known(NameKind::Role, role, &self.roles, spot, findings);
                    }
                }
                _ => {}
            }
        }
    }

    fn check_targets(&self, targets: &Targets, findings: &mut Findings) {
        for (name, _, spot) in &targets.stages {
            check_known(NameKind::Stage, name, &self.stages, spot, findings);
        }
        for (name, _, spot) in &targets.activities {
            check_known(NameKind::Activity, name, &self.activities, spot, findings);
        }
        for (name, _, spot) in &targets.people {
            check_known(NameKind::Role, name, &self.roles, spot, findings);
        }
    }

    fn check_subject(&self, Subject { of, name, spot }: &Subject, findings: &mut Findings) {
        match of {
            Of::Thing(Scope::Stage) => {
                check_known(NameKind::Stage, name, &self.stages, spot, findings);
            }
            Of::Thing(Scope::Reason) => {
                check_known(NameKind::Reason, name, &self.reasons, spot, findings);
            }
            Of::Thing(Scope::Role) => {
                check_known(NameKind::Role, name, &self.roles, spot, findings);
            }
            Of::Thing(Scope::Department) => {
                check_known(NameKind::Department, name, &self.departments, spot, findings);
            }
            Of::Thing(Scope::Activity) => {
                check_known(NameKind::Activity, name, &self.activities, spot, findings);
            }
            Of::Thing(Scope::Person) => {
                // People without a name are numbered: `manager 2`.
                let numbered = self.roles.iter().any(|role| {
                    name.strip_prefix(role).is_some_and(|rest| rest.trim().parse::<u64>().is_ok())
                });
                if !numbered {
                    check_known(NameKind::Person, name, &self.people, spot, findings);
                }
            }
            Of::Thing(Scope::Promise) => {
                check_known(NameKind::Promise, name, &self.promises, spot, findings);
            }
            Of::Thing(Scope::Item) => {
                check_known(NameKind::Item, name, &self.items, spot, findings);
            }
            Of::Thing(_) => {}
            Of::Deals(source) if source == "source" => {
                check_known(NameKind::Source, name, &self.sources, spot, findings);
            }
            Of::Deals(attribute) => {
                if let Some(known) = self.values.get(attribute.as_str()) {
                    check_known(NameKind::Value, name, known, spot, findings);
                }
            }
        }
    }
}

/// A role with work must have at least one person.
fn check_people(model: &Model, findings: &mut Findings) {
    let mut reported = BTreeSet::new();
    for (_, work) in model.works() {
        let role = model.roles.iter().find(|role| role.name == work.role.0);
        let people = role.and_then(|role| role.people.as_ref());
        let nobody = people.is_some_and(|groups| groups.iter().all(|group| group.count == 0));
        if nobody && reported.insert(&work.role.0) {
            let problem = ProcessFault::NobodyWorks { role: work.role.0.clone() };
            findings.report(problem, work.role.1.place, work.role.1.path.clone());
        }
    }
}

/// Terms need sales with an amount, and a share of the value needs a value.
fn check_money(model: &Model, findings: &mut Findings) {
    // An amount that could not be read has been reported.
    let of_value = |path: &str| {
        path.starts_with("value") || path.contains(".set.value") || path.contains(".sale")
    };
    if model.has_value() || findings.has_errors_at(of_value) {
        return;
    }
    if let Some(term) = model.terms.first() {
        findings.report(TermsFault::NothingIsSold, term.spot.place, term.spot.path.clone());
    }
    let share = |plan: &Plan| plan.cost_share.filter(|share| *share > 0.0);
    for stage in &model.stages {
        if let Some(share) = stage.plans().find_map(share) {
            let text = format!("{}%", share * 100.0);
            let Spot { place, path } = stage.spot.clone();
            findings.report(TermsFault::ShareOfNoValue { text }, place, path);
        }
    }
}

/// A stage cannot have a name that means an end.
fn check_ends(model: &Model, findings: &mut Findings) {
    for stage in model.stages.iter().filter(|stage| ENDS.contains(&stage.name.as_str())) {
        let problem =
            StructureFault::BadName { name: stage.name.clone(), fault: NameFault::Reserved };
        findings.report(problem, stage.spot.place, stage.spot.path.clone());
    }
}

pub(super) fn check_known<'a>(
    kind: NameKind,
    name: &str,
    known: impl IntoIterator<Item = &'a &'a str> + Clone,
    spot: &Spot,
    findings: &mut Findings,
) {
    if !known.clone().into_iter().any(|k| *k == name) {
        let nearest = nearest(name, known.clone().into_iter().copied());
        let few = known.into_iter().map(|known| (*known).to_owned()).collect();
        let problem = ValueFault::UnknownName { kind, name: name.to_owned(), nearest, known: few };
        findings.report(problem, spot.place, spot.path.clone());
    }
}

/// A sale must be reachable, and no deal may move forever without time passing. With `until empty`,
/// every reachable stage must lead to an end and every source must end.
fn check_transitions(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    let sale = |stage: usize| {
        model.stages[stage].sale.is_some() || transitions.ends[stage].contains(&End::Won)
    };
    let spot = &model.stages[0].spot;
    if !(0..model.stages.len()).any(|stage| transitions.reached[stage] && sale(stage)) {
        findings.report(ProcessFault::NoWayToSale, spot.place, "stages");
    }
    let timeless = model.timeless_loop(&transitions);
    if let Some(first) = timeless.first() {
        let spot = &model.stages[*first].spot;
        let stages = timeless.iter().map(|s| model.stages[*s].name.clone()).collect();
        findings.report(ProcessFault::TimelessLoop { stages }, spot.place, spot.path.clone());
    }
    if model.horizon != Horizon::UntilEmpty {
        return;
    }
    let stuck: Vec<usize> = transitions.without_end();
    if let Some(first) = stuck.first() {
        let spot = &model.stages[*first].spot;
        let stages = stuck.iter().map(|s| model.stages[*s].name.clone()).collect();
        findings.report(ProcessFault::NoEndUntilEmpty { stages }, spot.place, spot.path.clone());
    }
    let goes_on = |s: &&Source| s.count.is_none() && s.until.is_none() && !s.has_no_arrivals();
    for source in model.sources.iter().filter(goes_on) {
        let problem = ProcessFault::SourceNeverEnds { source: source.name.clone() };
        findings.report(problem, source.spot.place, source.spot.path.clone());
    }
}
