//! The language: text and overrides become a checked, named, typed tree.
//!
//! [`load`] never stops at the first fault. It reads each section on its own, then checks what
//! needs the whole model (names, reachability). It returns either a [`Model`] that needs no further
//! checks, or everything that is wrong with the file.

mod alone;
mod attribute;
mod calendar;
mod chance;
mod changed;
mod check;
mod clock;
mod compose;
mod costs;
mod cut;
mod date;
mod declared;
mod delay;
mod distribution;
mod expectation;
mod families;
mod forms;
mod header;
mod home;
mod indent;
mod layout;
mod listed;
mod load;
mod lognormal;
mod measure;
pub mod mend;
mod merge;
mod missing;
mod names;
mod near;
mod next;
mod notes;
mod overrides;
mod promise;
mod promises;
mod reader;
mod recognize;
mod relative;
mod resolved;
mod role;
mod rollout;
mod satisfaction;
mod scenario;
pub mod schema;
mod shares;
mod shorthand;
mod slight;
mod slips;
mod source;
mod stage;
mod step;
mod stock;
mod targets;
mod templates;
mod terms;
mod testing;
pub(crate) mod transitions;
mod unclosed;
mod when;
mod words;
pub mod yaml;
mod zones;

pub use alone::{Alone, distribution};
pub use attribute::{Assignments, Attribute, ValueCase};
pub use calendar::Calendar;
pub use chance::{Per, Varies};
pub use changed::{Changed, changed};
pub use costs::{Cost, Spending};
pub use delay::Delay;
pub use expectation::{Expectation, Limits, Of, Subject};
pub use header::{Defaulted, Header, Horizon, ReasonClass};
pub use load::{Loaded, Override, load, read_file};
pub(crate) use near::{is_slip, nearest};
pub use next::{Branch, Target};
pub use notes::Notes;
pub use promise::Promise;
pub use reader::Spot;
pub use recognize::is_meant_as_model;
pub use resolved::resolved;
pub use role::{Group, Role};
pub use rollout::{Briefing, Curve, Rollout};
pub use satisfaction::{FULL_SCORE, POINT, START_SCORE, Satisfaction};
pub use scenario::{Scenario, places_of_scenarios};
pub use source::{Arrivals, RateStep, Source};
pub use stage::{Category, Phase, Plan, SaleAmount, Sla, Stage, Variant, VisitLimit};
pub use step::{Action, Moment, Patience, Step, Wait, Work};
pub use targets::Targets;
pub use templates::{TEMPLATES, Template, opening_sentence, smallest};
pub use terms::{Capacity, Commission, Demand, Payment, Term};
pub use testing::{
    Claim, Claims, Fixed, GivenDeal, GivenEnd, GivenVisit, ModelTest, TestFile, Times, Value,
    is_meant_as_tests, load_tests,
};
pub use when::{Measured, RESERVED, Range, Test, When};

use jiff::civil::DateTime;

use crate::quantity::Length;
use crate::random::distribution::Distribution;

/// A checked model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// What to call it: its name, or else the name of its file.
    pub label: String,
    /// Name, process, currency.
    pub header: Header,
    /// Where the reported window begins.
    pub start: DateTime,
    /// How long it is.
    pub horizon: Horizon,
    /// Where the length of the window is written; that of the stages if it is not.
    pub window: Spot,
    /// The time simulated before the window and not reported.
    pub warmup: Option<Length>,
    /// The zone of the calendars; `None`: every day has 24 hours.
    pub timezone: Option<jiff::tz::TimeZone>,
    /// Working hours; the first calendar is the default.
    pub calendars: Vec<Calendar>,
    /// Who works.
    pub roles: Vec<Role>,
    /// Attributes drawn when a deal arrives.
    pub attributes: Vec<Attribute>,
    /// The value of a deal; empty if the model has no money.
    pub value: Vec<ValueCase>,
    /// What a sale means in money; empty if the model does not say.
    pub terms: Vec<Term>,
    /// How much of an item there is per period.
    pub capacity: Vec<Capacity>,
    /// What the department costs beside its deals.
    pub costs: Vec<Cost>,
    /// The factor per day by which later money is worth less; 1 if the model gives none.
    pub discount: f64,
    /// Where deals come from.
    pub sources: Vec<Source>,
    /// The stages, in the order of the file.
    pub stages: Vec<Stage>,
    /// Classes of loss reasons, and where they are given.
    pub reasons: Vec<(String, ReasonClass, Spot)>,
    /// Times that clients are promised.
    pub promises: Vec<Promise>,
    /// The targets.
    pub targets: Targets,
    /// How a prescribed process is introduced.
    pub rollout: Option<Rollout>,
    /// Conditions that the results must meet.
    pub expectations: Vec<Expectation>,
    /// Its scenarios, in the order of the file.
    pub scenarios: Vec<Scenario>,
    /// The scenario that it is, by name; `None` for the base.
    pub scenario: Option<String>,
    /// Defaults used for parts that the file leaves out.
    pub defaults: Vec<Defaulted>,
}

impl Model {
    /// Every plan of every stage: the stage's own, then those of its variants.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.stages.iter().flat_map(Stage::plans)
    }

    /// The hours of a named calendar, or else of the first one; Monday to Friday from 9 to 18 if
    /// the model has none.
    ///
    /// # Panics
    ///
    /// If there is no calendar of this name; a checked model names only calendars that exist.
    pub fn hours(&self, name: Option<&str>) -> crate::calendar::Hours {
        let named = |name| {
            let calendar = self.calendars.iter().find(|calendar| calendar.name == name);
            calendar.expect("a checked model names only calendars that it has")
        };
        let calendar = name.map(named).or(self.calendars.first());
        calendar.map_or_else(crate::calendar::Hours::office, |calendar| calendar.hours.clone())
    }

    /// Whether deals or sales have an amount.
    pub fn has_value(&self) -> bool {
        let amount = |stage: &Stage| matches!(stage.sale, Some(SaleAmount::Own(_)));
        let sets = |plan: &Plan| plan.set.as_ref().is_some_and(|set| set.value.is_some());
        !self.value.is_empty() || self.plans().any(sets) || self.stages.iter().any(amount)
    }

    /// What its scenario costs once, in the currency; 0 for the base.
    pub fn investment(&self) -> f64 {
        let chosen = self.scenarios.iter().find(|one| Some(&one.name) == self.scenario.as_ref());
        chosen.map_or(0.0, |scenario| scenario.investment)
    }

    /// Whether any wait, delay, patience, payment or SLA runs in working time.
    pub fn waits_working_time(&self) -> bool {
        let step = |step: &Step| match &step.action {
            Action::Wait(Wait::Time(delay)) => delay.working,
            _ => false,
        };
        let plan = |plan: &Plan| {
            plan.given_steps().any(step)
                || plan.patience.as_ref().is_some_and(|patience| patience.time.working)
        };
        let works = |delay: &Option<Delay>| delay.as_ref().is_some_and(|delay| delay.working);
        let after = |branch: &Branch| works(&branch.after);
        let paid = |part: &Payment| works(&part.after) || works(&part.late);
        let terms = || self.terms.iter();
        self.plans().any(plan)
            || terms().flat_map(|term| &term.payment).any(paid)
            || self.promises.iter().any(|promise| promise.working)
            || terms().flat_map(|term| &term.demand).any(|demand| works(&demand.after))
            || self.branches().any(after)
            || self.stages.iter().any(|stage| stage.sla.as_ref().is_some_and(|sla| sla.working))
    }

    /// Every work step, of a stage or a variant, with its stage.
    pub fn works(&self) -> impl Iterator<Item = (&Stage, &Work)> {
        self.stages.iter().flat_map(|stage| {
            let steps = stage.plans().flat_map(Plan::given_steps);
            steps.filter_map(move |step| match &step.action {
                Action::Work(work) => Some((stage, work)),
                Action::Wait(_) => None,
            })
        })
    }

    /// Every distribution that some sale may draw its amount from, in hundredths of the currency: the values of deals, on
    /// entry and later, and the amounts of later sales.
    pub fn amounts(&self) -> impl Iterator<Item = &Distribution> {
        let set = self.plans().filter_map(|plan| plan.set.as_ref()?.value.as_ref());
        let own = self.stages.iter().filter_map(|stage| match &stage.sale {
            Some(SaleAmount::Own(own)) => Some(own),
            _ => None,
        });
        self.value.iter().map(|case| &case.amount).chain(set).chain(own)
    }

    /// Every branch, including those of visit limits and patience.
    pub fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.stages.iter().flat_map(|stage| {
            let limit = stage.max_visits.iter().flat_map(|limit| &limit.next);
            let reneging = stage.plans().filter_map(|plan| plan.patience.as_ref());
            let limit = limit.chain(reneging.flat_map(|patience| &patience.next));
            stage.plans().filter_map(|plan| plan.next.as_ref()).flatten().chain(limit)
        })
    }
}
