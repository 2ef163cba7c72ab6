//! From a checked model to a program.

use std::cell::RefCell;

use super::features::Surroundings;
use super::names::Names;
use super::people::clock;
use super::{
    Action, AttributeDraw, Branch, Choice, ClockId, Delay, Draw, End, Entry, Exit, Feature,
    Features, Id, Next, Patience, Program, Rollout, Sale, SingleTask, Sla, Source, Stage, StageId,
    Step, Stock, Table, Targets, TaskId, TaskInfo, Varying, Window, Work, bookkeeping, people,
    rates, rollout, routes,
};
use crate::calendar::{Calendar, Hours, WorkingTime, shift};
use crate::model::{self, Horizon, Model, Plan, SaleAmount, Target, Test};
use crate::quantity::{Instant, Length, Money};
use crate::random::distribution::Distribution;
use crate::random::inverse::Inverse;
use crate::random::key::Address;

impl Program {
    /// Compiles a checked model.
    pub fn compile(model: &Model) -> Program {
        Self::of(model, Distribution::inverse)
    }

    /// The same program without tables, for readers that draw nothing: its draws are exact, but far
    /// slower. Tables are most of the time that compiling takes.
    pub fn outline(model: &Model) -> Program {
        Self::of(model, Inverse::exact)
    }

    fn of(model: &Model, inverse: fn(&Distribution) -> Inverse) -> Program {
        let names = Names::of(model);
        let origin = model.warmup.map_or(model.start, |warmup| shift(model.start, warmup, -1));
        let until = match model.horizon {
            Horizon::UntilEmpty => shift(model.start, LISTED, 1),
            Horizon::Length(length) => shift(model.start, length, 1),
        };
        let zone = model.timezone.as_ref();
        let calendar = zone
            .map_or_else(|| Calendar::new(origin), |zone| Calendar::in_zone(origin, zone, until));
        let until = calendar.instant(until);
        let end = if model.horizon == Horizon::UntilEmpty { Instant::NEVER } else { until };
        let window = Window { start: calendar.instant(model.start), end };
        let mut hours = Vec::new();
        let default = clock(&mut hours, model.hours(None));
        let (mut roles, mut people) =
            people::roles(model, |name| clock(&mut hours, model.hours(name)));
        let of_sources: Vec<Option<ClockId>> = model
            .sources
            .iter()
            .map(|source| source.calendar.as_ref())
            .map(|named| named.map(|(name, _)| clock(&mut hours, model.hours(Some(name)))))
            .collect();
        let works = model.works().next().is_some();
        let briefs = model.rollout.as_ref().is_some_and(|rollout| rollout.work.is_some());
        let on_time = model.waits_working_time() || briefs;
        let delays = works || of_sources.iter().any(Option::is_some) || on_time;
        // A model without people or working time needs no list of calendar days.
        let listed = hours.iter().take(if delays { hours.len() } else { 0 });
        let mut clocks: Vec<WorkingTime> =
            listed.map(|hours| WorkingTime::new(hours, &calendar, until)).collect();
        let everybody = (&mut roles, &mut people);
        rollout::brief(model, (&calendar, until), &hours, &mut clocks, everybody);
        let clocks: Table<ClockId, WorkingTime> = clocks.into();
        let tasks = RefCell::new(Vec::new());
        let compiler =
            Compiler { model, names, calendar: calendar.clone(), default, tasks, inverse };
        let mut stages: Vec<Stage> =
            (0..model.stages.len()).map(|at| compiler.stage(StageId::new(at))).collect();
        compiler.mark_payments(&mut stages);
        let counters = routes::count_visits(&mut stages);
        let sources: Vec<Source> = model
            .sources
            .iter()
            .zip(of_sources)
            .map(|(source, clock)| {
                let clock = clock.map(|id| (id, &clocks[id], &hours[id.index()]));
                let arriving = compiler.source(source, window, clock);
                let stage = &stages[arriving.entry.index()];
                let stock = source.at_start.map(|count| Stock::of(count, stage));
                Source { stock, ..arriving }
            })
            .collect();
        let around = Surroundings { roles: &roles, people: &people, clocks: &clocks };
        routes::mark(&mut stages, sources.iter().map(|source| source.entry), around);
        let shares = stages.iter().any(|stage| stage.features.has(Feature::SharedWork));
        let paid = people.iter().any(|person| person.pay_per_micro != 0.0 || person.salary != 0.0);
        let rollout = model.rollout.as_ref().map(|rollout| Rollout::new(rollout, &calendar));
        let has_cost = paid
            || bookkeeping::costs(model)
            || rollout.is_some_and(|rollout| rollout.cost != Money::ZERO)
            || stages.iter().any(Stage::costs)
            || sources.iter().any(|source| source.cost != Money::ZERO);
        Program {
            single_tasks: stages.iter().map(SingleTask::of).collect(),
            shares,
            watches: stages.iter().any(|stage| stage.watches),
            counters,
            clocks,
            people,
            tasks: compiler.tasks.take().into(),
            name: model.label.clone(),
            currency: model.header.currency.clone(),
            order: routes::straight_order(&stages),
            features: Features::default(),
            ends: compiler.ends(),
            value: compiler.value(),
            terms: compiler.terms(),
            costs: compiler.costs(),
            promises: compiler.promises(),
            investment: Money::from_units(model.investment()),
            draws_value: true,
            arrival_draws: model
                .attributes
                .iter()
                .map(|attribute| compiler.attribute_draw(attribute, ""))
                .collect(),
            reasons: compiler.names.reasons,
            cancellations: compiler.names.cancellations,
            attributes: compiler.names.attributes,
            stages: stages.into(),
            sources: sources.into(),
            calendar,
            window,
            has_cost,
            rollout,
            roles,
            targets: Targets::of(model),
            sells_on_the_way: model.stages.iter().any(|stage| stage.sale.is_some())
                || model.sources.iter().any(|source| source.clients),
        }
        .with_features()
    }
}

/// How far ahead holidays are listed if a run has no fixed end: 20 years.
const LISTED: Length = Length { months: 240.0, micros: 0.0, working: 0.0, working_days: 0.0 };

pub(super) struct Compiler<'m> {
    pub(super) model: &'m Model,
    pub(super) names: Names,
    pub(super) calendar: Calendar,
    /// The model's default calendar.
    pub(super) default: ClockId,
    /// Kinds of work found so far.
    tasks: RefCell<Vec<TaskInfo>>,
    /// How distributions are made ready for drawing.
    pub(super) inverse: fn(&Distribution) -> Inverse,
}

impl Compiler<'_> {
    pub(super) fn draw(&self, of: &Distribution, place: &str, step: u64, purpose: &str) -> Draw {
        Draw {
            inverse: (self.inverse)(of),
            address: Address::new(place, step, purpose),
            distribution: of.clone(),
        }
    }

    fn ends(&self) -> Vec<End> {
        let lost = (0..self.names.reasons.len()).map(End::Lost);
        let cancelled = (0..self.names.cancellations.len()).map(End::Cancelled);
        [End::Won, End::Done].into_iter().chain(lost).chain(cancelled).collect()
    }

    pub(super) fn exit(&self, from: StageId, target: &Target) -> Exit {
        let count = self.model.stages.len();
        let exit = match target {
            Target::Stage(name) => self.names.stage(name).index(),
            Target::Following if from.index() + 1 < count => from.index() + 1,
            Target::Following | Target::Won => count,
            Target::Done => count + 1,
            Target::Lost(reason) => return self.lost(reason.as_deref().unwrap_or_default()),
            Target::Cancelled(reason) => {
                let at = self.names.cancellation(reason.as_deref().unwrap_or_default());
                count + 2 + self.names.reasons.len() + at
            }
        };
        Exit::new(exit)
    }

    /// The exit of a loss for this reason.
    pub(super) fn lost(&self, reason: &str) -> Exit {
        Exit::new(self.model.stages.len() + 2 + self.names.reason(reason))
    }

    fn next(&self, from: StageId, branches: &[model::Branch], place: &str) -> Next {
        let taken: Vec<&model::Branch> = branches.iter().filter(|b| b.probability > 0.0).collect();
        let thresholds = thresholds(taken.iter().map(|branch| branch.probability));
        let branches = taken.iter().enumerate().map(|(at, branch)| Branch {
            exit: self.exit(from, &branch.target),
            after: branch.after.as_ref().map(|after| self.delay(after, place, at as u64, "after")),
        });
        Next::new(thresholds, branches.collect()).with_varying(self.varying(from, &taken, place))
    }

    /// The branch whose chance varies. Its address is that of where it leads, so that a deal keeps its chance in all visits.
    fn varying(&self, from: StageId, taken: &[&model::Branch], place: &str) -> Option<Varying> {
        let at = taken.iter().position(|branch| branch.varies.is_some())?;
        let varies = taken[at].varies?;
        let mean = taken[at].probability;
        let before = taken[..at].iter().map(|branch| branch.probability).sum();
        let exit = u64::from(self.exit(from, &taken[at].target).0);
        let share = self.draw(&varies.distribution(mean), place, exit, "chance");
        Some(Varying::new(before, mean, (share, varies.per)))
    }

    fn stage(&self, id: StageId) -> Stage {
        let stage = &self.model.stages[id.index()];
        let name = stage.name.as_str();
        let entry = |plan: &Plan| self.entry(id, &stage.plan, plan, name);
        let next = |plan: &Plan| {
            let given = plan.next.as_ref().or(stage.plan.next.as_ref());
            self.next(id, given.map_or(&[], Vec::as_slice), name)
        };
        let sale = stage.sale.as_ref().map(|sale| match sale {
            SaleAmount::Value => Sale::Value,
            SaleAmount::Same => Sale::Same,
            SaleAmount::Own(amount) => Sale::Own(self.draw(amount, name, 0, "sale")),
        });
        Stage {
            name: stage.name.clone(),
            title: stage.title.clone().unwrap_or_else(|| stage.name.clone()),
            phase: stage.phase,
            entry: self.choice(stage, Plan::changes_entry, entry),
            next: self.choice(stage, |plan| plan.next.is_some(), next),
            next_address: Address::new(name, 0, "next"),
            limit: stage
                .max_visits
                .as_ref()
                .map(|limit| (limit.count, self.next(id, &limit.next, name))),
            sale,
            collects: false,
            refusals: Vec::new(),
            sla: stage
                .sla
                .as_ref()
                .map(|sla| Sla { micros: sla.micros, clock: sla.working.then_some(self.default) }),
            category: stage.category,
            exits: Vec::new(),
            counter: None,
            watches: self.watches(stage),
            followed: stage.asks_followed().then(|| Address::new(name, 0, "followed")),
            satisfaction: stage.satisfaction,
            features: Features::default(), // set when all stages are compiled
            plain: false,
            qualifies: false,
        }
    }

    /// Whether a variant looks at a queue of a limited role.
    fn watches(&self, stage: &model::Stage) -> bool {
        let limited = |name: &str| self.model.role(name).people.is_some();
        let mut tests = stage.variants.iter().flat_map(|variant| &variant.when.tests);
        tests.any(|test| match test {
            Test::Queue(queues) => queues.iter().any(|(role, _, _)| limited(role)),
            _ => false,
        })
    }

    pub(super) fn delay(
        &self,
        delay: &model::Delay,
        place: &str,
        step: u64,
        purpose: &str,
    ) -> Delay {
        let draw = self.draw(&delay.time, place, step, purpose);
        Delay { draw, clock: delay.working.then_some(self.default) }
    }

    fn choice<T>(
        &self,
        stage: &model::Stage,
        changes: impl Fn(&Plan) -> bool,
        make: impl Fn(&Plan) -> T,
    ) -> Choice<T> {
        // If no variant changes this part, no choice is needed.
        let differs = stage.variants.iter().any(|variant| changes(&variant.plan));
        let cases = stage.variants.iter().filter(|_| differs);
        let cases = cases.map(|variant| (self.condition(&variant.when), make(&variant.plan)));
        Choice::new(cases.collect(), make(&stage.plan))
    }

    /// The entry of a plan over the stage's own plan: its values replace the stage's, and
    /// attributes merge by name.
    fn entry(&self, stage: StageId, base: &Plan, plan: &Plan, place: &str) -> Entry {
        let steps = plan.steps_over(base);
        let steps = steps.into_iter().enumerate().map(|(at, step)| Step {
            action: self.action(stage, &step.action, place, at as u64),
            cost: Money::from_units(step.cost),
        });
        let patience = plan.patience.as_ref().or(base.patience.as_ref());
        let patience = patience.map(|patience| Patience {
            time: self.delay(&patience.time, place, 0, "patience"),
            next: self.next(stage, &patience.next, place),
            next_address: Address::new(place, 0, "reneged"),
        });
        let sets = [plan.set.as_ref(), base.set.as_ref()];
        let mut attributes: Vec<&model::Attribute> = Vec::new();
        for attribute in sets.into_iter().flatten().flat_map(|set| &set.attributes) {
            if attributes.iter().all(|known| known.name != attribute.name) {
                attributes.push(attribute);
            }
        }
        let value = sets.into_iter().flatten().find_map(|set| set.value.as_ref());
        Entry {
            cost: Money::from_units(plan.cost.or(base.cost).unwrap_or(0.0)),
            cost_share: plan.cost_share.or(base.cost_share).unwrap_or(0.0),
            steps: steps.collect(),
            patience,
            draws: attributes.iter().map(|a| self.attribute_draw(a, place)).collect(),
            value: value.map(|value| self.draw(value, place, 0, "set value")),
        }
    }

    fn action(&self, stage: StageId, action: &model::Action, place: &str, at: u64) -> Action {
        match action {
            model::Action::Wait(model::Wait::Until(moment)) => Action::Until(*moment),
            model::Action::Wait(model::Wait::Time(delay)) if delay.working => {
                Action::Delay(self.delay(delay, place, at, "wait"))
            }
            model::Action::Wait(model::Wait::Time(delay)) => {
                Action::Wait(self.draw(&delay.time, place, at, "wait"))
            }
            model::Action::Work(work) => {
                let role = self.names.role(&work.role.0);
                let activity = work.activity.clone();
                let activity =
                    activity.unwrap_or_else(|| self.model.stages[stage.index()].name.clone());
                let task = TaskInfo { stage, role, activity };
                let mut tasks = self.tasks.borrow_mut();
                let known = tasks.iter().position(|known| *known == task);
                let number = known.unwrap_or_else(|| {
                    tasks.push(task);
                    tasks.len() - 1
                });
                let time = self.draw(&work.time, place, at, "work");
                Action::Work(Work { role, task: TaskId::new(number), time })
            }
        }
    }

    fn attribute_draw(&self, attribute: &model::Attribute, place: &str) -> AttributeDraw {
        let at = self.names.attribute(&attribute.name);
        let known = &self.names.attributes[at];
        let shares = attribute.shares.iter().filter(|(_, share)| *share > 0.0);
        AttributeDraw {
            attribute: at,
            thresholds: thresholds(shares.clone().map(|(_, share)| *share)),
            codes: shares.map(|(value, _)| known.code(value)).collect(),
            address: Address::new(place, 0, &format!("attribute {}", attribute.name)),
        }
    }

    fn source(
        &self,
        source: &model::Source,
        window: Window,
        clock: Option<(ClockId, &WorkingTime, &Hours)>,
    ) -> Source {
        let hours = clock.map(|(_, working, hours)| (working, hours));
        Source {
            clock: clock.map(|(id, _, _)| id),
            name: source.name.clone(),
            arrivals: rates::arrivals(self, source, hours, window),
            batch: source.batch,
            count: source.count.unwrap_or(u64::MAX),
            cost: Money::from_units(source.cost),
            entry: source.enters.as_ref().map_or(StageId(0), |(stage, _)| self.names.stage(stage)),
            draws: source.attributes.iter().map(|a| self.attribute_draw(a, "")).collect(),
            gap_address: Address::new("", 0, "gap"),
            clients: source.clients,
            stock: None,
        }
    }
}

/// Cumulative shares as thresholds of a 64-bit word; the last share takes the rest.
pub(super) fn thresholds(shares: impl Iterator<Item = f64>) -> Vec<u64> {
    let mut sum = 0.0;
    let mut limits: Vec<u64> = shares
        .map(|share| {
            sum += share;
            // The conversion saturates: a sum of 1 becomes the greatest 64-bit word.
            (sum * 18_446_744_073_709_551_616.0) as u64
        })
        .collect();
    limits.pop();
    limits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;

    /// Whoever only asks what a model says does not wait for tables.
    #[test]
    fn an_outline_has_no_tables() {
        let text = "roles: {r: {people: 1}}\nsources: {s: {rate: 1/day}, t: {every: {exponential: {mean: 2h}}}}\n\
                    value: {lognormal: {median: 5, p90: 9}}\nstages:\n  a: {work: {role: r, time: {exponential: {mean: 1h}}}, \
                    wait: {lognormal: {median: 1d, p90: 2d}}, next: 50%}\n";
        let model = load("m", text, &[], None).model.expect("the model is sound");
        let has_tables = |program: &Program| format!("{program:?}").contains("Scaled");
        assert!(has_tables(&Program::compile(&model)));
        assert!(!has_tables(&Program::outline(&model)));
    }
}
