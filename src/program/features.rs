//! The features of the language that a program uses.
//!
//! The fast walks and the exact solver support only part of the language. Here every part of a
//! program is destructured without `..`, so whoever adds a field must say which feature it is. A
//! walk or a method lists the features that it supports. A program that uses any other feature
//! takes the general walk, and the exact solver gives that feature as the reason why it has no
//! answer.

use super::{
    Action, Branch, ClockId, Delay, Entry, Look, Next, Patience, Person, PersonId, Program, Role,
    RoleId, Source, Stage, Step, Table, Work,
};
use crate::calendar::WorkingTime;
use crate::quantity::Money;

pub use super::feature::Feature;

/// A set of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Features(u64);

impl Features {
    /// Waits of all kinds.
    pub const WAITS: Features =
        Features::of(&[Feature::Wait, Feature::WorkingWait, Feature::WaitUntil]);
    /// Branches that take time.
    pub const LONG_BRANCHES: Features =
        Features::of(&[Feature::TimedBranch, Feature::WorkingBranch]);
    /// Work and queues of all kinds.
    pub const PEOPLE: Features = Features::of(&[
        Feature::Work,
        Feature::SharedWork,
        Feature::WatchedWork,
        Feature::PausedWork,
        Feature::Patience,
    ]);
    /// Variants by properties that can be states of the exact solver.
    pub const BY_STATE: Features = Features::of(&[
        Feature::ByAttribute,
        Feature::BySource,
        Feature::ByVisit,
        Feature::ByBookings,
    ]);
    /// Variants by properties that only the walk of the deal knows.
    pub const BY_HISTORY: Features = Features::of(&[
        Feature::ByValue,
        Feature::ByAge,
        Feature::ByWaited,
        Feature::ByMonth,
        Feature::ByWeekday,
        Feature::ByDate,
    ]);
    /// Features of sources.
    pub const ARRIVALS: Features = Features::of(&[
        Feature::Batch,
        Feature::Count,
        Feature::OpenGaps,
        Feature::KnownFromSource,
    ]);

    /// The set of these features.
    pub const fn of(list: &[Feature]) -> Features {
        let (mut bits, mut at) = (0, 0);
        while at < list.len() {
            bits |= 1 << list[at] as u32;
            at += 1;
        }
        Features(bits)
    }

    /// This set without these features.
    #[must_use]
    pub const fn without(self, list: &[Feature]) -> Features {
        Features(self.0 & !Features::of(list).0)
    }

    /// This set with these features added.
    #[must_use]
    pub const fn with(self, list: &[Feature]) -> Features {
        Features(self.0 | Features::of(list).0)
    }

    /// The features of either set.
    #[must_use]
    pub const fn union(self, others: Features) -> Features {
        Features(self.0 | others.0)
    }

    /// Whether the set has a feature.
    pub const fn has(self, feature: Feature) -> bool {
        self.0 >> feature as u32 & 1 == 1
    }

    /// Whether the set has all the others.
    pub const fn support(self, others: Features) -> bool {
        others.0 & !self.0 == 0
    }
}

impl FromIterator<Feature> for Features {
    fn from_iter<I: IntoIterator<Item = Feature>>(features: I) -> Features {
        features.into_iter().fold(Features::default(), |all, one| all.with(&[one]))
    }
}

/// A feature and the key that uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What is used.
    pub feature: Feature,
    /// The key, as `stages.offer.variants`.
    pub key: String,
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
        if let Some(value) = &self.value {
            let looked_at = value.looks().filter_map(|look| by(look, true));
            uses.extend(looked_at.map(|feature| Use { feature, key: "value".to_owned() }));
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
        sla,
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
    if sla.is_some() {
        uses.push(Feature::Sla, "sla");
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

/// The feature of a variant that depends on `look`; `None` for a queue that cannot form.
fn by(look: Look, watches: bool) -> Option<Feature> {
    Some(match look {
        Look::Attribute { .. } => Feature::ByAttribute,
        Look::Source => Feature::BySource,
        Look::Visit { .. } => Feature::ByVisit,
        Look::Bookings { .. } => Feature::ByBookings,
        Look::Value => Feature::ByValue,
        Look::Age => Feature::ByAge,
        Look::Waited => Feature::ByWaited,
        Look::Queue => return watches.then_some(Feature::ByQueue),
        Look::Month => Feature::ByMonth,
        Look::Weekday => Feature::ByWeekday,
        Look::Date => Feature::ByDate,
    })
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
        // Every walk supports the cost.
        let Entry { steps, patience, draws, value, cost: _ } = entry;
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
            Action::Work(work) => self.list.extend(around.work(work)),
        }
        if *cost != Money::ZERO {
            self.push(Feature::StepCost, "steps");
        }
    }

    fn next(&mut self, next: &Next) {
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
            Action::Wait(_) | Action::Delay(_) | Action::Until(_) => false,
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
            // Pay is only reported and changes no walk.
            let Person { clock, name: _, role: _, count: _, pay_per_micro: _, salary: _ } = person;
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
    use crate::program::StageId;

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
