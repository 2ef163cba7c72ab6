//! `stages`: what happens in a stage, what it costs and how deals leave it.

use super::attribute::Assignments;
use super::forms::Form;
use super::next::Branch;
use super::notes::Notes;
use super::reader::{Field, Reader, Section, Spot};
use super::satisfaction::Satisfaction;
use super::step::{Action, Patience, Step};
use super::when::{Test, When};
use super::words;
use crate::diagnostic::{StructureFault, ValueFault, Wanted, Warning};
use crate::random::distribution::Distribution;

/// The CRM phase of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Not qualified yet.
    Lead,
    /// In negotiation.
    Deal,
    /// Sold, being delivered.
    Order,
    /// A client, before the next sale.
    Client,
}

impl Phase {
    /// All phases, in their order.
    pub const ALL: [Phase; 4] = [Phase::Lead, Phase::Deal, Phase::Order, Phase::Client];

    /// The word of the language.
    pub fn word(self) -> &'static str {
        match self {
            Phase::Lead => "lead",
            Phase::Deal => "deal",
            Phase::Order => "order",
            Phase::Client => "client",
        }
    }
}

/// A stage of the funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// What to print instead of the name.
    pub title: Option<String>,
    /// Lead, deal, order or client.
    pub phase: Phase,
    /// Whether the file gives the phase; the default is `deal`, and `order` from the first sale on.
    pub(super) phase_given: bool,
    /// Entering it books a sale.
    pub sale: Option<SaleAmount>,
    /// The limit on visits per round.
    pub max_visits: Option<VisitLimit>,
    /// The plan unless a variant changes it; every part is given.
    pub plan: Plan,
    /// Its cost category.
    pub category: Option<Category>,
    /// The promised time of a visit (`sla`).
    pub sla: Option<Sla>,
    /// What a visit does to the satisfaction of the client.
    pub satisfaction: Option<Satisfaction>,
    /// What people are told about it.
    pub notes: Notes,
    /// Labels of the documents written or handed over in it.
    pub documents: Vec<String>,
    /// Variants; the first that matches changes the plan.
    pub variants: Vec<Variant>,
    /// Where it is written.
    pub spot: Spot,
}

impl Stage {
    /// The stage's own plan, then those of its variants.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        std::iter::once(&self.plan).chain(self.variants.iter().map(|variant| &variant.plan))
    }

    /// The same, to be changed.
    pub fn plans_mut(&mut self) -> impl Iterator<Item = &mut Plan> {
        let variants = self.variants.iter_mut().map(|variant| &mut variant.plan);
        std::iter::once(&mut self.plan).chain(variants)
    }

    /// Whether a variant depends on whether the prescribed process is followed.
    pub fn asks_followed(&self) -> bool {
        let mut tests = self.variants.iter().flat_map(|variant| &variant.when.tests);
        tests.any(|test| matches!(test, Test::Followed(_)))
    }
}

/// What the sale of a stage books.
#[derive(Debug, Clone, PartialEq)]
pub enum SaleAmount {
    /// The deal's value; a new value is drawn for the next round.
    Value,
    /// The deal's value, kept for the next round.
    Same,
    /// An amount of its own, in hundredths of the currency.
    Own(Distribution),
}

/// The cost category of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Work that the client pays for.
    Main,
    /// Work that supports the main work.
    Supporting,
    /// Management.
    Management,
}

impl Category {
    /// All categories with their words.
    pub const WORDS: [(&'static str, Category); 3] = [
        ("main", Category::Main),
        ("supporting", Category::Supporting),
        ("management", Category::Management),
    ];
}

/// A promised time from entry to exit.
#[derive(Debug, Clone, PartialEq)]
pub struct Sla {
    /// In microseconds.
    pub micros: i64,
    /// Whether it counts only the open time of the first calendar.
    pub working: bool,
    /// Where it is written.
    pub spot: Spot,
}

/// The most visits per round, and where a deal goes instead of a further visit.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitLimit {
    /// The greatest number of visits.
    pub count: u64,
    /// Where a deal goes instead.
    pub next: Vec<Branch>,
}

/// The settings that a stage or a variant can give.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// All steps in order; the short forms mean `work`, then `wait`.
    pub steps: Option<Vec<Step>>,
    /// The short form for one work step.
    pub work: Option<Step>,
    /// The short form for one wait.
    pub wait: Option<Step>,
    /// How long the deal waits in a queue before it leaves.
    pub patience: Option<Patience>,
    /// Cost of a visit, in the currency.
    pub cost: Option<f64>,
    /// Cost of a visit, as a share of the deal's value on entry.
    pub cost_share: Option<f64>,
    /// Attributes and value assigned on entry.
    pub set: Option<Assignments>,
    /// The branches.
    pub next: Option<Vec<Branch>>,
}

impl Plan {
    /// Whether it gives anything besides the branches.
    pub fn changes_entry(&self) -> bool {
        let Plan { steps, work, wait, patience, cost, cost_share, set, next: _ } = self;
        let acts = steps.is_some() || work.is_some() || wait.is_some();
        acts || patience.is_some() || cost.is_some() || cost_share.is_some() || set.is_some()
    }

    /// The steps of this plan over those of the stage's own: `steps` replaces all of them, `work`
    /// and `wait` replace one each.
    pub fn steps_over<'p>(&'p self, base: &'p Plan) -> Vec<&'p Step> {
        if let Some(steps) = &self.steps {
            return steps.iter().collect();
        }
        if self.work.is_none()
            && self.wait.is_none()
            && let Some(steps) = &base.steps
        {
            return steps.iter().collect();
        }
        let work = self.work.as_ref().or(base.work.as_ref());
        let wait = self.wait.as_ref().or(base.wait.as_ref());
        work.into_iter().chain(wait).collect()
    }

    /// Every step that this plan gives.
    pub fn given_steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().flatten().chain(&self.work).chain(&self.wait)
    }
}

/// The changes that apply while a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The condition.
    pub when: When,
    /// The changes.
    pub plan: Plan,
    /// Where it is written.
    pub spot: Spot,
}

pub(super) const PLAN: [&str; 7] = ["wait", "work", "steps", "patience", "cost", "set", "next"];
pub(super) const FIXED: [&str; 11] = [
    "title",
    "phase",
    "sale",
    "max_visits",
    "variants",
    "category",
    "sla",
    "satisfaction",
    "documents",
    "description",
    "instruction",
];
const LATER: [&str; 4] = ["decay", "deadline", "holds", "priority"];

impl Field<'_> {
    pub(super) fn stage(&self, r: &mut Reader<'_>) -> Option<Stage> {
        let known: Vec<&str> = PLAN.into_iter().chain(FIXED).collect();
        let section = self.section(r, &known, &LATER)?;
        let name = self.name().to_owned();
        let title = section.get("title").and_then(|field| field.text(r));
        let phases = Phase::ALL.map(|phase| (phase.word(), phase));
        let phase = section.get("phase").map(|field| field.word(r, Wanted::Scalar, &phases));
        let sale = section.get("sale").map(|field| field.sale(r));
        let max_visits = section.get("max_visits").and_then(|field| field.visit_limit(r));
        let mut plan = section.plan(r);
        if section.get("next").is_none() {
            section.need(r, "next", &name);
        }
        plan.cost.get_or_insert(0.0);
        plan.cost_share.get_or_insert(0.0);
        plan.set.get_or_insert_with(Assignments::default);
        plan.next.get_or_insert_with(Vec::new);
        let variants = section.get("variants").map(|field| field.variants(r));
        let category = section.get("category");
        let category = category.and_then(|f| f.word(r, Wanted::Scalar, &Category::WORDS));
        let documents = section.get("documents").map(|field| field.words(r)).unwrap_or_default();
        Some(Stage {
            notes: section.notes(r),
            category,
            sla: section.get("sla").and_then(|field| field.sla(r)),
            satisfaction: section.satisfaction(r),
            documents: documents.into_iter().map(|(name, _)| name).collect(),
            name,
            title,
            phase: phase.flatten().unwrap_or(Phase::Deal),
            phase_given: phase.is_some(),
            sale: sale.flatten().flatten(),
            max_visits,
            plan,
            variants: variants.unwrap_or_default(),
            spot: self.key(),
        })
    }

    /// `true`, `false`, or `{amount: same}`, `{amount: DISTRIBUTION}`.
    fn sale(&self, r: &mut Reader<'_>) -> Option<Option<SaleAmount>> {
        if !self.is_map() {
            return Some(self.truth(r)?.then_some(SaleAmount::Value));
        }
        let section = self.section(r, &["amount"], &[])?;
        let amount = section.need(r, "amount", "sale")?;
        if !amount.is_map() {
            let text = amount.scalar(r, Wanted::Distribution)?;
            if text == "same" {
                return Some(Some(SaleAmount::Same));
            }
            if words::is_same(text) {
                amount.report_form(r, Form { written: "same".to_owned(), certain: true });
                return None;
            }
        }
        Some(Some(SaleAmount::Own(amount.amount(r)?)))
    }

    /// `3`, or `{count: 3, lost: REASON}`, or `{count: 3, next: …}`.
    fn visit_limit(&self, r: &mut Reader<'_>) -> Option<VisitLimit> {
        let lost = |reason: Option<String>, spot: Spot| Branch {
            varies: None,
            target: super::next::Target::Lost(reason),
            probability: 1.0,
            after: None,
            spot,
        };
        let positive = |field: &Field<'_>, r: &mut Reader<'_>| {
            let count = field.count(r)?;
            if count == 0 {
                let text = field.scalar(r, Wanted::Count)?.to_owned();
                field.report(r, ValueFault::Below { text, least: 1.0 });
                return None;
            }
            Some(count)
        };
        if !self.is_map() {
            let count = positive(self, r)?;
            return Some(VisitLimit { count, next: vec![lost(None, self.spot())] });
        }
        let section = self.section(r, &["count", "lost", "next"], &[])?;
        let count = section.need(r, "count", "max_visits").and_then(|field| positive(&field, r));
        let next = match (section.get("lost"), section.get("next")) {
            (Some(_), Some(next)) => {
                let problem = StructureFault::Conflict { key: "next", other: "lost" };
                r.findings.report(problem, next.key().place, next.path.clone());
                return None;
            }
            (Some(reason), None) => {
                vec![lost(Some(reason.scalar(r, Wanted::Scalar)?.to_owned()), reason.spot())]
            }
            (None, Some(next)) => next.next(r)?,
            (None, None) => vec![lost(None, self.spot())],
        };
        Some(VisitLimit { count: count?, next })
    }

    /// A promised time, by the clock or of working time.
    fn sla(&self, r: &mut Reader<'_>) -> Option<Sla> {
        let (micros, working) = self.by_any_clock(r, Field::micros)?;
        Some(Sla { micros: micros as i64, working, spot: self.key() })
    }

    /// An amount in the currency, or a share of the deal's value, as `5%`: one of the two is 0.
    fn stage_cost(&self, r: &mut Reader<'_>) -> Option<(f64, f64)> {
        let text = self.scalar(r, Wanted::Money)?;
        if !text.ends_with('%') {
            return Some((self.money(r)?, 0.0));
        }
        Some((0.0, self.plain_share(r)?))
    }

    fn variants(&self, r: &mut Reader<'_>) -> Vec<Variant> {
        let items = self.items(r).unwrap_or_default();
        items.iter().filter_map(|item| item.variant(r)).collect()
    }

    fn variant(&self, r: &mut Reader<'_>) -> Option<Variant> {
        for (key, field) in self.entries() {
            if FIXED.contains(&key) {
                let problem = StructureFault::CannotVary { key: key.to_owned() };
                r.findings.report(problem, field.key().place, field.path.clone());
            }
        }
        let known: Vec<&str> = PLAN.into_iter().chain(["when"]).chain(FIXED).collect();
        let section = self.section(r, &known, &LATER)?;
        let when = section.need(r, "when", "variant").and_then(|field| field.when(r));
        let plan = section.plan(r);
        if self.entries().iter().all(|(key, _)| *key == "when") {
            self.report(r, Warning::NothingVaries);
        }
        Some(Variant { when: when?, plan, spot: self.spot() })
    }
}

impl Section<'_> {
    fn plan(&self, r: &mut Reader<'_>) -> Plan {
        let steps = self.get("steps").map(|field| field.steps(r));
        if let Some(steps) = self.get("steps") {
            for key in ["work", "wait"] {
                if self.get(key).is_some() {
                    let problem = StructureFault::Conflict { key: "steps", other: key };
                    r.findings.report(problem, steps.key().place, steps.path.clone());
                }
            }
        }
        let wait = |wait| Step { action: Action::Wait(wait), cost: 0.0, notes: Notes::default() };
        let cost = self.get("cost").and_then(|field| field.stage_cost(r));
        Plan {
            steps,
            work: self.get("work").and_then(|field| field.work(r)),
            wait: self.get("wait").and_then(|field| field.wait(r)).map(wait),
            patience: self.get("patience").and_then(|field| field.patience(r)),
            cost: cost.map(|(amount, _)| amount),
            cost_share: cost.map(|(_, share)| share),
            set: self.get("set").map(|field| field.assignments(r)),
            next: self.get("next").and_then(|field| field.next(r)),
        }
    }
}
