//! `stages`: what happens in a stage, what it costs and how deals leave it.

use super::attribute::Assignments;
use super::next::Branch;
use super::reader::{Field, Reader, Section, Spot};
use super::when::When;
use crate::diagnostic::{Problem, Wanted};
use crate::random::distribution::Distribution;

/// Where a deal is for the CRM.
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
    /// Whether the file says so; else it is `deal`, and `order` from the first sale on.
    pub(super) phase_given: bool,
    /// Entering it books a sale.
    pub sale: Option<SaleAmount>,
    /// The visit after this many in a round is not made.
    pub max_visits: Option<VisitLimit>,
    /// What holds unless a variant says otherwise; all of it is given.
    pub plan: Plan,
    /// The first that matches gives what differs.
    pub variants: Vec<Variant>,
    /// Where it is written.
    pub spot: Spot,
}

impl Stage {
    /// What holds unless a variant matches, then what the variants give.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        std::iter::once(&self.plan).chain(self.variants.iter().map(|variant| &variant.plan))
    }
}

/// What the sale of a stage books.
#[derive(Debug, Clone, PartialEq)]
pub enum SaleAmount {
    /// The deal's value; it is drawn anew for the next round.
    Value,
    /// The deal's value, which stays for the next round.
    Same,
    /// An amount of its own, in hundredths of the currency.
    Own(Distribution),
}

/// The most visits of a round, and what happens instead of a further one.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitLimit {
    /// Visits that are made.
    pub count: u64,
    /// Where a deal goes instead.
    pub next: Vec<Branch>,
}

/// What a stage or a variant gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Waits in their order.
    pub steps: Option<Vec<Step>>,
    /// Cost of a visit, in the currency.
    pub cost: Option<f64>,
    /// What becomes known on entry.
    pub set: Option<Assignments>,
    /// The branches.
    pub next: Option<Vec<Branch>>,
}

/// A wait, with the cost of starting it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The client's time, in microseconds.
    pub wait: Distribution,
    /// In the currency.
    pub cost: f64,
}

/// What differs while a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The condition.
    pub when: When,
    /// What differs.
    pub plan: Plan,
    /// Where it is written.
    pub spot: Spot,
}

const PLAN: [&str; 5] = ["wait", "steps", "cost", "set", "next"];
const FIXED: [&str; 5] = ["title", "phase", "sale", "max_visits", "variants"];
const LATER: [&str; 11] = [
    "work",
    "category",
    "patience",
    "decay",
    "sla",
    "documents",
    "deadline",
    "holds",
    "satisfaction",
    "priority",
    "instruction",
];

impl Field<'_> {
    pub(super) fn stage(&self, r: &mut Reader<'_>) -> Option<Stage> {
        let known: Vec<&str> = PLAN.into_iter().chain(FIXED).collect();
        let section = self.section(r, &known, &LATER)?;
        let name = self.name().to_owned();
        let title = section.get("title").and_then(|field| field.text(r));
        let phases = [Phase::Lead, Phase::Deal, Phase::Order, Phase::Client];
        let phases = phases.map(|phase| (phase.word(), phase));
        let phase = section.get("phase").map(|field| field.word(r, Wanted::Scalar, &phases));
        let sale = section.get("sale").map(|field| field.sale(r));
        let max_visits = section.get("max_visits").and_then(|field| field.visit_limit(r));
        let mut plan = section.plan(r);
        if section.get("next").is_none() {
            section.need(r, "next", &name);
        }
        plan.steps.get_or_insert_with(Vec::new);
        plan.cost.get_or_insert(0.0);
        plan.set.get_or_insert_with(Assignments::default);
        plan.next.get_or_insert_with(Vec::new);
        let variants = section.get("variants").map(|field| field.variants(r));
        Some(Stage {
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
        if !amount.is_map() && amount.scalar(r, Wanted::Distribution)? == "same" {
            return Some(Some(SaleAmount::Same));
        }
        Some(Some(SaleAmount::Own(amount.amount(r)?)))
    }

    /// `3`, or `{count: 3, lost: REASON}`, or `{count: 3, next: …}`.
    fn visit_limit(&self, r: &mut Reader<'_>) -> Option<VisitLimit> {
        let lost = |reason: Option<String>, spot: Spot| Branch {
            target: super::next::Target::Lost(reason),
            probability: 1.0,
            after: None,
            spot,
        };
        let positive = |field: &Field<'_>, r: &mut Reader<'_>| {
            let count = field.count(r)?;
            if count == 0 {
                let text = field.scalar(r, Wanted::Count)?.to_owned();
                field.report(r, Problem::Below { text, least: 1.0 });
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
                let problem = Problem::Conflict { key: "next", other: "lost" };
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

    fn steps(&self, r: &mut Reader<'_>) -> Vec<Step> {
        let items = self.items(r).unwrap_or_default();
        items.iter().filter_map(|item| item.step(r)).collect()
    }

    fn step(&self, r: &mut Reader<'_>) -> Option<Step> {
        let later = ["role", "time", "activity", "parallel", "patience", "title"];
        let section = self.section(r, &["wait", "cost"], &later)?;
        if later.iter().any(|key| section.get(key).is_some()) {
            return None;
        }
        let wait = section.need(r, "wait", "step")?.wait(r);
        let cost = section.get("cost").map_or(Some(0.0), |field| field.money(r));
        Some(Step { wait: wait?, cost: cost? })
    }

    /// A duration; `{until: …}` belongs to calendars.
    fn wait(&self, r: &mut Reader<'_>) -> Option<Distribution> {
        if let Some(entry) = self.node.entry("until") {
            let path = format!("{}.until", self.path);
            r.findings.report(Problem::NotYet { key: "until".to_owned() }, entry.place, path);
            return None;
        }
        self.time(r)
    }

    fn variants(&self, r: &mut Reader<'_>) -> Vec<Variant> {
        let items = self.items(r).unwrap_or_default();
        items.iter().filter_map(|item| item.variant(r)).collect()
    }

    fn variant(&self, r: &mut Reader<'_>) -> Option<Variant> {
        for (key, field) in self.entries() {
            if FIXED.contains(&key) {
                let problem = Problem::CannotVary { key: key.to_owned() };
                r.findings.report(problem, field.key().place, field.path.clone());
            }
        }
        let known: Vec<&str> = PLAN.into_iter().chain(["when"]).chain(FIXED).collect();
        let section = self.section(r, &known, &LATER)?;
        let when = section.need(r, "when", "variant").and_then(|field| field.when(r));
        let plan = section.plan(r);
        Some(Variant { when: when?, plan, spot: self.spot() })
    }
}

impl Section<'_> {
    fn plan(&self, r: &mut Reader<'_>) -> Plan {
        let steps = match (self.get("wait"), self.get("steps")) {
            (Some(_), Some(steps)) => {
                let problem = Problem::Conflict { key: "steps", other: "wait" };
                r.findings.report(problem, steps.key().place, steps.path.clone());
                None
            }
            (Some(wait), None) => wait.wait(r).map(|wait| vec![Step { wait, cost: 0.0 }]),
            (None, Some(steps)) => Some(steps.steps(r)),
            (None, None) => None,
        };
        Plan {
            steps,
            cost: self.get("cost").and_then(|field| field.money(r)),
            set: self.get("set").map(|field| field.assignments(r)),
            next: self.get("next").and_then(|field| field.next(r)),
        }
    }
}
