//! A program in which some visits of some deals are fixed, for tests of a model.
//!
//! A fixed visit is a case before all others: its condition is the deal's source, the visit and the round. It
//! keeps what it does not fix, so it exists once for each case that the model has.

use super::condition::Test;
use super::{
    Action, Branch, Choice, Condition, Delay, Draw, Entry, Exit, Id, Next, Program, Sale, SourceId,
    Stage, StageId, Step,
};
use crate::model::{Fixed, Measured, Range, Times};
use crate::quantity::Money;
use crate::random::distribution::Distribution;

/// A visit whose draws are given.
#[derive(Debug, Clone)]
pub struct FixedVisit<'t> {
    /// The source that brings this deal only.
    pub source: SourceId,
    /// The stage.
    pub stage: StageId,
    /// Which visit of the round it is, from 1.
    pub visit: u64,
    /// Sales before it.
    pub sales: u32,
    /// How long its steps take.
    pub times: &'t Times,
    /// How long the deal waits for a person.
    pub patience: Option<Fixed>,
    /// Whether the visit follows the prescribed process.
    pub followed: Option<bool>,
    /// Attributes that become known: index and code.
    pub attributes: Vec<(usize, u64)>,
    /// What the deal, or its sale, is worth from here on.
    pub value: Option<Money>,
    /// Where it leads, if that is given.
    pub exit: Option<Exit>,
    /// How long that way takes.
    pub after: Option<Fixed>,
}

/// Something that a visit draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chance {
    /// How long the work of a step takes, counted from 1.
    Work(usize),
    /// How long the wait of a step takes, counted from 1.
    Wait(usize),
    /// How long the deal waits for a person, and where it goes then.
    Patience,
    /// The value of an attribute, by index.
    Attribute(usize),
    /// What the deal, or its sale, is worth.
    Value,
    /// How long the way out takes.
    After,
}

/// What a case of a stage's entry draws, and what was given for steps that it does not have.
#[derive(Debug, Clone, Default)]
pub struct LeftOpen {
    /// Everything that is drawn.
    pub chances: Vec<Chance>,
    /// What was given and does not fit.
    pub misfit: Option<Misfit>,
}

/// Something given that does not fit the visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The visit has not one such step, or another number of steps than given.
    Steps {
        /// The key that was given.
        key: &'static str,
        /// How many such steps there are.
        count: usize,
    },
    /// Working time is given for a time that the model counts by the clock.
    WorkingTime,
    /// The stage does not lead there.
    Way(Exit),
}

/// A program with fixed visits.
#[derive(Debug)]
pub struct FixedProgram {
    /// The program.
    pub program: Program,
    /// By stage and case of its entry: what is left open.
    pub open: Vec<Vec<LeftOpen>>,
    /// By stage: whether a visit whose way out is not given may draw it.
    pub ways: Vec<bool>,
}

impl Program {
    /// Fixes visits. All deals are to be walked one step after another.
    pub fn fix(mut self, visits: &[FixedVisit<'_>]) -> FixedProgram {
        let sources = self.sources.len();
        let ways = self.stages.iter().map(|stage| stage.next.iter().any(draws_way)).collect();
        let stages = self.stages.iter_mut().enumerate();
        let open = stages.map(|(at, stage)| {
            let fixed = visits.iter().filter(|fixed| fixed.stage.index() == at);
            stage.fix(fixed, sources)
        });
        let open = open.collect();
        self.single_tasks = self.stages.iter().map(|_| None).collect();
        FixedProgram { program: self, open, ways }
    }
}

impl Stage {
    /// Puts the cases of fixed visits before its own; returns what each case of its entry leaves open.
    fn fix<'f, 't: 'f>(
        &mut self,
        visits: impl Iterator<Item = &'f FixedVisit<'t>>,
        sources: usize,
    ) -> Vec<LeftOpen> {
        let amount = own_amount(self);
        let worth = |entry: &Entry| {
            let mut entry = entry.clone();
            entry.value = entry.value.or_else(|| amount.clone());
            entry
        };
        let mut open = Vec::new();
        let (mut entries, mut nexts) = (Vec::new(), Vec::new());
        for fixed in visits {
            let leads = |exit: &Exit| self.exits.contains(exit);
            let (mut ways, mut misfit_of_way) = (Vec::new(), None);
            if let Some(exit) = fixed.exit.filter(|exit| !leads(exit)) {
                misfit_of_way = Some(Misfit::Way(exit));
            }
            // A sale is booked on entry, so the way out already belongs to the next round.
            let sold = fixed.sales + u32::from(self.sale.is_some());
            let when = fixed.condition(sources, sold);
            for (condition, next) in self.next.cases() {
                let Some(condition) = fixed.asked(condition) else { continue };
                let (next, misfit) = match fixed.exit {
                    Some(exit) => fixed.way(next, exit),
                    None => (next.clone(), None),
                };
                misfit_of_way = misfit_of_way.or(misfit);
                ways.push((both(&when, condition.as_ref()), next));
            }
            let is_open =
                |next: &Next| fixed.exit.is_some() && next.branches.iter().any(takes_random_time);
            let after = ways.iter().any(|(_, next)| next.branches.len() == 1 && is_open(next));
            let when = fixed.condition(sources, fixed.sales);
            for (condition, entry) in self.entry.cases() {
                let Some(condition) = fixed.asked(condition) else { continue };
                let mut entry = worth(entry);
                let misfit = fixed.apply(&mut entry).or(misfit_of_way);
                let mut chances = chances(&entry);
                chances.extend(after.then_some(Chance::After));
                open.push(LeftOpen { chances, misfit });
                entries.push((both(&when, condition.as_ref()), entry));
            }
            nexts.append(&mut ways);
        }
        for (condition, entry) in self.entry.cases() {
            let entry = worth(entry);
            open.push(LeftOpen { chances: chances(&entry), misfit: None });
            entries.push((condition.cloned().unwrap_or_default(), entry));
        }
        let otherwise = entries.pop().map(|(_, entry)| entry);
        let otherwise = otherwise.expect("the case without a condition is the last one");
        self.entry = Choice::new(entries, otherwise);
        self.next.put_first(nexts);
        self.plain = false;
        open
    }
}

/// Makes the own amount of a stage's sale the value of the deal from the entry on, which is the same to the deal, and
/// returns it.
fn own_amount(stage: &mut Stage) -> Option<Draw> {
    match stage.sale.take() {
        Some(Sale::Own(amount)) => {
            stage.sale = Some(Sale::Value);
            Some(amount)
        }
        other => {
            stage.sale = other;
            None
        }
    }
}

fn both(one: &Condition, other: Option<&Condition>) -> Condition {
    let mut tests = one.tests.clone();
    tests.extend(other.iter().flat_map(|other| other.tests.iter().cloned()));
    Condition { tests }
}

fn draws_way(next: &Next) -> bool {
    next.branches.len() > 1 || next.branches.iter().any(takes_random_time)
}

fn takes_random_time(branch: &Branch) -> bool {
    branch.after.as_ref().is_some_and(|after| is_random(&after.draw))
}

fn is_random(draw: &Draw) -> bool {
    !matches!(draw.distribution, Distribution::Constant(_))
}

/// Everything that an entry draws.
fn chances(entry: &Entry) -> Vec<Chance> {
    let mut chances = Vec::new();
    for (at, step) in entry.steps.iter().enumerate() {
        match &step.action {
            Action::Wait(wait) if is_random(wait) => chances.push(Chance::Wait(at + 1)),
            Action::Delay(delay) if is_random(&delay.draw) => chances.push(Chance::Wait(at + 1)),
            Action::Work(work) if is_random(&work.time) => chances.push(Chance::Work(at + 1)),
            _ => {}
        }
    }
    if entry
        .patience
        .as_ref()
        .is_some_and(|patience| is_random(&patience.time.draw) || draws_way(&patience.next))
    {
        chances.push(Chance::Patience);
    }
    let drawn = entry.draws.iter().filter(|draw| draw.codes.len() > 1);
    chances.extend(drawn.map(|draw| Chance::Attribute(draw.attribute)));
    if entry.value.as_ref().is_some_and(is_random) {
        chances.push(Chance::Value);
    }
    chances
}

impl FixedVisit<'_> {
    fn condition(&self, sources: usize, sales: u32) -> Condition {
        let exactly = |number: i64| vec![Range { low: number, high: number }];
        let of_source = (0..sources).map(|source| source == self.source.index()).collect();
        let tests = vec![
            Test::Source(of_source),
            Test::Number(Measured::Visit, exactly(self.visit as i64)),
            Test::Number(Measured::Bookings, exactly(i64::from(sales))),
        ];
        Condition { tests }
    }

    /// The condition of a case with what is given of `followed`; `None` if it cannot hold.
    fn asked(&self, condition: Option<&Condition>) -> Option<Option<Condition>> {
        let (Some(given), Some(condition)) = (self.followed, condition) else {
            return Some(condition.cloned());
        };
        let mut left = condition.clone();
        left.tests.retain(|test| !matches!(test, Test::Followed(wanted) if *wanted == given));
        let holds = left.tests.iter().all(|test| !matches!(test, Test::Followed(_)));
        holds.then_some(Some(left))
    }

    /// Fixes what is given of an entry; returns what does not fit it.
    fn apply(&self, entry: &mut Entry) -> Option<Misfit> {
        let mut misfit = self.apply_times(entry);
        if let (Some(patience), Some(time)) = (&mut entry.patience, self.patience) {
            misfit = misfit.or(patience.time.fix(time));
        }
        if let (Some(patience), Some(exit)) = (&mut entry.patience, self.exit) {
            patience.next = self.way(&patience.next, exit).0;
        }
        for (attribute, code) in &self.attributes {
            for draw in entry.draws.iter_mut().filter(|draw| draw.attribute == *attribute) {
                draw.thresholds.clear();
                draw.codes = vec![*code];
            }
        }
        if let (Some(value), Some(draw)) = (self.value, &mut entry.value) {
            draw.fix(value.0 as f64);
        }
        misfit
    }

    fn apply_times(&self, entry: &mut Entry) -> Option<Misfit> {
        let mut misfit = None;
        if let Some(times) = &self.times.steps {
            if times.len() != entry.steps.len() {
                misfit = Some(Misfit::Steps { key: "steps", count: entry.steps.len() });
            }
            for (step, time) in entry.steps.iter_mut().zip(times) {
                misfit = misfit.or(time.and_then(|time| step.action.fix(time)));
            }
        }
        for (key, time) in [("work", self.times.work), ("wait", self.times.wait)] {
            let Some(time) = time else { continue };
            let is_meant = |step: &&mut Step| {
                step.is_work() == (key == "work") && !matches!(step.action, Action::Until(_))
            };
            let mut steps: Vec<_> = entry.steps.iter_mut().filter(is_meant).collect();
            misfit = misfit.or(match steps.as_mut_slice() {
                [only] => only.action.fix(time),
                others => Some(Misfit::Steps { key, count: others.len() }),
            });
        }
        misfit
    }

    /// The branches with the given one only, or all of them if it is not among them; and what does not fit.
    fn way(&self, next: &Next, exit: Exit) -> (Next, Option<Misfit>) {
        let Some(branch) = next.branches.iter().find(|branch| branch.exit == exit) else {
            return (next.clone(), None);
        };
        let mut branch = branch.clone();
        let misfit =
            branch.after.as_mut().zip(self.after).and_then(|(after, time)| after.fix(time));
        (Next::new(Vec::new(), vec![branch]), misfit)
    }
}

impl Draw {
    /// Makes it a constant.
    fn fix(&mut self, value: f64) {
        self.distribution = Distribution::Constant(value);
        self.inverse = self.distribution.inverse();
    }
}

impl Delay {
    /// Makes it a constant, in elapsed time where that is given.
    fn fix(&mut self, time: Fixed) -> Option<Misfit> {
        if time.working && self.clock.is_none() {
            return Some(Misfit::WorkingTime);
        }
        self.draw.fix(time.micros as f64);
        self.clock = self.clock.filter(|_| time.working);
        None
    }
}

impl Action {
    /// Gives a step a fixed time; work takes it as working time.
    fn fix(&mut self, time: Fixed) -> Option<Misfit> {
        match self {
            Action::Work(work) => work.time.fix(time.micros as f64),
            Action::Delay(delay) => return delay.fix(time),
            Action::Wait(_) if time.working => return Some(Misfit::WorkingTime),
            Action::Wait(wait) => wait.fix(time.micros as f64),
            Action::Until(_) | Action::Sell | Action::AwaitPayment => {}
        }
        None
    }
}
