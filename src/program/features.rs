//! The features of the language that a program uses.
//!
//! The fast walks and the exact solver support only part of the language. Here every part of a
//! program is destructured without `..`, so whoever adds a field must say which feature it is. A
//! walk or a method lists the features that it supports. A program that uses any other feature
//! takes the general walk, and the exact solver gives that feature as the reason why it has no
//! answer.

use super::feature_set::by;
use super::{
    Action, Branch, ClockId, Delay, Entry, Next, Patience, Person, PersonId, Program, Role, RoleId,
    Source, Stage, Step, Table, Work,
};
use crate::calendar::WorkingTime;
use crate::model::Per;
use crate::quantity::Money;

/// A feature of the language that a walk or a method may not support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// A wait in elapsed time.
    Wait,
    /// A wait of working time.
    WorkingWait,
    /// A wait for a time of day.
    WaitUntil,
    /// Work of an unlimited role.
    Work,
    /// Work of a role that can have a queue.
    SharedWork,
    /// Work of a role whose queue a condition looks at.
    WatchedWork,
    /// Work that pauses while a calendar is closed.
    PausedWork,
    /// Deals that leave a queue when their patience ends.
    Patience,
    /// A cost of a step.
    StepCost,
    /// Attributes drawn in a stage.
    KnownInStage,
    /// A new value on entry to a stage.
    NewValue,
    /// A sale in a stage before the end.
    Sale,
    /// A cost that is a share of the deal's value.
    ShareOfValue,
    /// A stage that makes payments due.
    Collects,
    /// A stage that waits until a payment is made.
    AwaitsPayment,
    /// A limit of what clients may owe.
    CreditLimit,
    /// Books of sales, by terms or because sales can be cancelled.
    Books,
    /// A limit of visits.
    VisitLimit,
    /// A branch that takes elapsed time.
    TimedBranch,
    /// A branch that takes working time.
    WorkingBranch,
    /// A branch whose chance varies from replication to replication.
    VariesByRun,
    /// A branch whose chance varies from deal to deal.
    VariesByDeal,
    /// A promised time of a visit.
    Sla,
    /// A variant by attribute.
    ByAttribute,
    /// A variant by source.
    BySource,
    /// A variant by the number of the visit.
    ByVisit,
    /// A variant by the number of sales.
    ByBookings,
    /// A variant by the value of the deal.
    ByValue,
    /// A variant by the age of the deal.
    ByAge,
    /// A variant by the time that the deal has waited.
    ByWaited,
    /// A variant by the queue of a limited role.
    ByQueue,
    /// A variant by month.
    ByMonth,
    /// A variant by weekday.
    ByWeekday,
    /// A variant by date.
    ByDate,
    /// A variant by the client's satisfaction.
    BySatisfaction,
    /// A variant by whether the process is followed.
    ByFollowed,
    /// A score that late or repeated visits change.
    Satisfaction,
    /// A roll-out that costs money or working time.
    Rollout,
    /// Deals that arrive in batches.
    Batch,
    /// A source that ends after a number of deals.
    Count,
    /// A source whose gaps run in open time of a calendar.
    OpenGaps,
    /// Attributes that a source draws.
    KnownFromSource,
    /// A source of clients who bought before.
    Clients,
    /// Deals of a source that are in the process when the simulation starts.
    AtStart,
}

/// A feature and the key that uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What is used.
    pub feature: Feature,
    /// The key, as `stages.offer.variants`.
    pub key: String,
}

impl Use {
    /// A feature that terms of sales ask for.
    fn of_terms(feature: Feature) -> Use {
        Use { feature, key: "terms".to_owned() }
    }
}

/// The tables that parts of a program refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings<'p> {
    pub(super) roles: &'p Table<RoleId, Role>,
    pub(super) people: &'p Table<PersonId, Person>,
    pub(super) clocks: &'p Table<ClockId, WorkingTime>,
}

impl Program {
    /// The same program with `features` set.
    pub(super) fn with_features(mut self) -> Program {
        self.features = self.uses().into_iter().map(|one| one.feature).collect();
        self
    }

    /// All features used: by stage in the order of a visit, then those of sources and values.
    pub fn uses(&self) -> Vec<Use> {
        let Program { roles, people, clocks, .. } = self;
        let around = Surroundings { roles, people, clocks };
        let mut uses: Vec<Use> =
            self.stages.iter().flat_map(|stage| stage_uses(stage, around)).collect();
        uses.extend(self.sources.iter().flat_map(source_uses));
        if self.terms.is_some() {
            uses.push(Use::of_terms(Feature::Books));
        }
        if let Some(value) = &self.value {
            let looked_at = value.looks().filter_map(|look| by(look, true));
            uses.extend(looked_at.map(|feature| Use { feature, key: "value".to_owned() }));
        }
        if self.rollout.is_some() {
            uses.push(Use { feature: Feature::Rollout, key: "rollout".to_owned() });
        }
        uses
    }
}

/// The features that a stage uses.
pub(super) fn stage_uses(stage: &Stage, around: Surroundings<'_>) -> Vec<Use> {
    let Stage {
        name,
        entry,
        next,
        limit,
        sale,
        collects,
        refusals,
        sla,
        satisfaction,
        followed,
        watches,
        // Fields that only describe the stage or its place.
        title: _,
        phase: _,
        category: _,
        next_address: _,
        // Fields derived from the fields above.
        exits: _,
        counter: _,
        features: _,
        plain: _,
        qualifies: _,
    } = stage;
    let mut uses = Uses { prefix: format!("stages.{name}."), list: Vec::new() };
    for look in entry.looks().chain(next.looks()) {
        uses.extend(by(look, *watches), "variants");
    }
    for entry in entry.iter() {
        uses.entry(entry, around);
    }
    next.iter().for_each(|next| uses.next(next));
    if limit.is_some() {
        // The branches of a limit take no time.
        uses.push(Feature::VisitLimit, "max_visits");
    }
    if sale.is_some() {
        uses.push(Feature::Sale, "sale");
    }
    if *collects {
        uses.list.push(Use::of_terms(Feature::Collects));
    }
    if !refusals.is_empty() {
        uses.list.push(Use::of_terms(Feature::CreditLimit));
    }
    if sla.is_some() {
        uses.push(Feature::Sla, "sla");
    }
    if satisfaction.is_some() {
        uses.push(Feature::Satisfaction, "satisfaction");
    }
    if followed.is_some() {
        uses.push(Feature::ByFollowed, "variants");
    }
    uses.list
}

/// The features that a source uses.
fn source_uses(source: &Source) -> Vec<Use> {
    // Every method matches on `arrivals`, and every walk supports the cost.
    let Source {
        name,
        batch,
        count,
        clock,
        draws,
        clients,
        stock,
        arrivals: _,
        cost: _,
        entry: _,
        gap_address: _,
    } = source;
    let mut uses = Uses { prefix: format!("sources.{name}."), list: Vec::new() };
    if *batch > 1 {
        uses.push(Feature::Batch, "batch");
    }
    if *count < u64::MAX {
        uses.push(Feature::Count, "count");
    }
    if clock.is_some() {
        uses.push(Feature::OpenGaps, "calendar");
    }
    if !draws.is_empty() {
        uses.push(Feature::KnownFromSource, "set");
    }
    if *clients {
        uses.push(Feature::Clients, "clients");
    }
    if stock.is_some() {
        uses.push(Feature::AtStart, "at_start");
    }
    uses.list
}

/// Collects the features of one part.
struct Uses {
    /// The start of each key, such as `stages.offer.`
    prefix: String,
    list: Vec<Use>,
}

impl Uses {
    fn push(&mut self, feature: Feature, key: &str) {
        self.list.push(Use { feature, key: format!("{}{key}", self.prefix) });
    }

    fn extend(&mut self, feature: Option<Feature>, key: &str) {
        feature.into_iter().for_each(|feature| self.push(feature, key));
    }

    fn entry(&mut self, entry: &Entry, around: Surroundings<'_>) {
        // Every walk supports a fixed cost.
        let Entry { steps, patience, draws, value, cost_share, cost: _ } = entry;
        if *cost_share != 0.0 {
            self.push(Feature::ShareOfValue, "cost");
        }
        for step in steps {
            self.step(step, around);
        }
        // Without a queue nobody can lose patience.
        if let Some(Patience { next, time: _, next_address: _ }) = patience
            && steps.iter().any(|step| around.is_shared(step))
        {
            self.push(Feature::Patience, "patience");
            self.next(next);
        }
        if !draws.is_empty() {
            self.push(Feature::KnownInStage, "set");
        }
        if value.is_some() {
            self.push(Feature::NewValue, "set");
        }
    }

    fn step(&mut self, step: &Step, around: Surroundings<'_>) {
        let Step { action, cost } = step;
        match action {
            Action::Wait(_) => self.push(Feature::Wait, "wait"),
            Action::Delay(_) => self.push(Feature::WorkingWait, "wait"),
            Action::Until(_) => self.push(Feature::WaitUntil, "wait"),
            Action::Sell => self.list.push(Use::of_terms(Feature::CreditLimit)),
            Action::AwaitPayment => self.list.push(Use::of_terms(Feature::AwaitsPayment)),
            Action::Work(work) => self.list.extend(around.work(work)),
        }
        if *cost != Money::ZERO {
            self.push(Feature::StepCost, "steps");
        }
    }

    fn next(&mut self, next: &Next) {
        if let Some(varying) = next.varying() {
            let feature = match varying.per() {
                Per::Run => Feature::VariesByRun,
                Per::Deal => Feature::VariesByDeal,
            };
            self.push(feature, "next");
        }
        for branch in &next.branches {
            // Every walk supports all exits.
            let Branch { after, exit: _ } = branch;
            if let Some(after) = after {
                let Delay { clock, draw: _ } = after;
                let feature = clock.map_or(Feature::TimedBranch, |_| Feature::WorkingBranch);
                self.push(feature, "next");
            }
        }
    }
}

impl Surroundings<'_> {
    /// Whether a step may wait for a person.
    fn is_shared(&self, step: &Step) -> bool {
        match &step.action {
            Action::Work(work) => self.roles[work.role].limited,
            Action::Wait(_)
            | Action::Delay(_)
            | Action::Until(_)
            | Action::Sell
            | Action::AwaitPayment => false,
        }
    }

    /// The features of a work step: those of its role and people, with the key of the role.
    fn work(&self, work: &Work) -> Vec<Use> {
        let Work { role, task: _, time: _ } = work;
        let role = &self.roles[*role];
        // The people are destructured below.
        let Role {
            name,
            limited,
            looked_at,
            clock,
            first_person: _,
            persons: _,
            title: _,
            department: _,
        } = role;
        let mut uses = Uses { prefix: format!("roles.{name}."), list: Vec::new() };
        let is_paused = |person: &Person| {
            // Pay is only reported and changes no walk; `clock` is the calendar that counts.
            let Person {
                clock,
                usual_clock: _,
                name: _,
                role: _,
                count: _,
                pay_per_micro: _,
                salary: _,
            } = person;
            self.is_paused(*clock)
        };
        let mut people = role.people().map(|person| &self.people[person]);
        if self.is_paused(*clock) || people.any(is_paused) {
            uses.push(Feature::PausedWork, "calendar");
        }
        uses.push(if *limited { Feature::SharedWork } else { Feature::Work }, "people");
        if *looked_at {
            uses.push(Feature::WatchedWork, "people");
        }
        uses.list
    }

    fn is_paused(&self, clock: ClockId) -> bool {
        !self.clocks[clock].is_always()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;
    use crate::program::{Features, StageId};

    fn compiled(text: &str) -> Program {
        Program::compile(&load("m", text, &[], None).model.expect("the model is sound"))
    }

    #[test]
    fn uses_of_a_stage_are_listed_in_the_order_of_a_visit() {
        let program = compiled(
            "roles: {r: {people: 1}}\nstages:\n  \
             a: {steps: [{role: r, time: 1h, cost: 5}, {wait: 2 working days}], \
             patience: {time: 1d, lost: gone}, max_visits: {count: 2, lost: often}, \
             next: {a: {share: 20%, after: 1d}, won: 30%, lost: rest}}\n",
        );
        let uses = program.uses();
        let found: Vec<(Feature, &str)> =
            uses.iter().map(|one| (one.feature, one.key.as_str())).collect();
        let expected = [
            (Feature::PausedWork, "roles.r.calendar"),
            (Feature::SharedWork, "roles.r.people"),
            (Feature::StepCost, "stages.a.steps"),
            (Feature::WorkingWait, "stages.a.wait"),
            (Feature::Patience, "stages.a.patience"),
            (Feature::TimedBranch, "stages.a.next"),
            (Feature::VisitLimit, "stages.a.max_visits"),
        ];
        assert_eq!(found, expected);
        assert!(!program.stages[StageId(0)].plain && program.single_tasks[StageId(0)].is_none());
    }

    #[test]
    fn features_on_no_list_take_the_general_walk() {
        let simple = compiled("stages: {a: {wait: 1d, next: 50%}}");
        assert!(simple.stages[StageId(0)].only_wait().is_some());
        // A feature that no list supports.
        let unknown = Features(1 << 63);
        assert!(!Stage::OF_STEPS.support(simple.stages[StageId(0)].features.union(unknown)));
        assert!(Features::of(&[Feature::Wait, Feature::Sale]).support(simple.features));
    }
}
