//! The deals that lose patience: their exact share where it is known, and an estimate.
//!
//! The estimate has two parts: work that comes outside working hours and whose patience ends before
//! people come, and the share of Erlang's A among the rest, which meets in open hours. Fewer deals
//! reach the stages behind, so the shares are computed a few times over.

use super::chain::{Chain, Only, Patience};
use super::closed;
use super::demand::Demand;
use super::flows::Flows;
use super::inflow::arrivals;
use super::people::demands;
use super::queues::erlang_a;
use super::{Blocker, blocked};
use crate::program::{Action, Id, Program, RoleId, Stage};
use crate::quantity::DAY_MICROS;

/// How often the shares are computed: one by one they reach stages that follow each other.
const ROUNDS: usize = 6;

/// The share of deals that lose patience.
#[derive(Debug)]
pub enum Reneging {
    /// No deal can.
    Nobody,
    /// The exact share of the visits of each stage.
    Known(Vec<f64>),
    /// Only a simulation can give it.
    Unknown(Blocker),
}

impl Reneging {
    /// The share that loses patience, if it can be computed.
    pub fn of(program: &Program, weights: &[f64]) -> Reneging {
        let Err(blocker) = blocked::patience(program) else { return Reneging::Nobody };
        Reneging::known(program, weights).unwrap_or(Reneging::Unknown(blocker))
    }

    /// Known if the wait for every role with patience follows Erlang's A.
    fn known(program: &Program, weights: &[f64]) -> Option<Reneging> {
        let chain = Chain::new(program, weights, Only::All, Patience::Endless).ok()?;
        let flows = Flows::new(program, &chain, &[]).ok()?;
        let demands = demands(program, &chain, &flows, arrivals(program, weights));
        let lost = |stage: &Stage| {
            let impatient = stage.entry.iter().any(|entry| entry.patience.is_some());
            let role = stage.works().find(|work| program.roles[work.role].limited);
            let (true, Some(work)) = (impatient, role) else { return Some(0.0) };
            let of = |demand: &&Demand| demand.role == work.role;
            Some(demands.iter().find(of)?.abandoned?.leave)
        };
        Some(Reneging::Known(program.stages.iter().map(lost).collect::<Option<Vec<f64>>>()?))
    }

    /// The reason why it is unknown.
    pub fn blocker(&self) -> Option<&Blocker> {
        if let Reneging::Unknown(blocker) = self { Some(blocker) } else { None }
    }
}

/// An estimate of the share of visits of each stage that loses patience; `None` if the transitions
/// form no chain.
pub fn estimated(program: &Program, weights: &[f64]) -> Option<Vec<f64>> {
    let mut left = vec![0.0; program.stages.len()];
    for _ in 0..ROUNDS {
        let chain = Chain::new(program, weights, Only::All, Patience::Lost(&left)).ok()?;
        let flows = Flows::new(program, &chain, &[]).ok()?;
        let queues = Queues { program, chain: &chain, flows: &flows };
        let next = queues.left(&demands(program, &chain, &flows, arrivals(program, weights)));
        let change = left.iter().zip(&next).map(|(old, new)| (old - new).abs());
        let largest = change.fold(0.0, f64::max);
        left = next;
        if largest < 1e-3 {
            break;
        }
    }
    Some(left)
}

/// The queues that deals wait in.
struct Queues<'a> {
    program: &'a Program,
    chain: &'a Chain<'a>,
    flows: &'a Flows,
}

/// The work of a role in a state of the chain.
struct Class<'a> {
    state: usize,
    /// Its share of all working time that the role is asked for.
    share: f64,
    patience: Option<&'a crate::program::Patience>,
}

impl Class<'_> {
    /// Whether deals of another class wait as long.
    fn is_as_patient_as(&self, other: &Class<'_>) -> bool {
        match (self.patience, other.patience) {
            (Some(one), Some(other)) => {
                let (one, other) = (&one.time, &other.time);
                one.draw.distribution == other.draw.distribution && one.clock == other.clock
            }
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

impl<'a> Queues<'a> {
    /// By stage: the share of its visits that loses patience.
    fn left(&self, demands: &[Demand]) -> Vec<f64> {
        let mut stays = vec![1.0; self.chain.states.len()];
        for demand in demands {
            let classes = self.classes(demand.role);
            if classes.iter().all(|class| class.patience.is_none()) {
                continue;
            }
            for (class, left) in classes.iter().zip(self.of_role(demand, &classes)) {
                stays[class.state] *= 1.0 - left;
            }
        }
        let mut sums = vec![(0.0, 0.0); self.program.stages.len()];
        for ((state, visits), stays) in self.chain.states.iter().zip(&self.flows.visits).zip(stays)
        {
            if let Some(stage) = state.stage {
                let (all, left) = &mut sums[stage.index()];
                *all += visits;
                *left += visits * (1.0 - stays);
            }
        }
        sums.into_iter().map(|(all, left)| if all > 0.0 { left / all } else { 0.0 }).collect()
    }

    /// The share of each class of work of a role that loses patience.
    fn of_role(&self, demand: &Demand, classes: &[Class<'_>]) -> Vec<f64> {
        let Queues { program, chain, flows } = *self;
        let mut closed: Vec<f64> = Vec::with_capacity(classes.len());
        for (at, class) in classes.iter().enumerate() {
            // Following a window takes time, and most patience is the same.
            let known = classes[..at].iter().position(|one| one.is_as_patient_as(class));
            let left = |patience| closed::left(program, chain, flows, demand, patience);
            closed.push(match known {
                Some(known) => closed[known],
                None => class.patience.map_or(0.0, left),
            });
        }
        let stays = |(class, left): (&Class<'_>, &f64)| class.share * (1.0 - left);
        let all: f64 = classes.iter().zip(&closed).map(stays).sum();
        let impatient = classes.iter().zip(&closed).filter(|(class, _)| class.patience.is_some());
        let impatient: f64 = impatient.map(stays).sum();
        let (start, end) = (program.window.start, program.window.end);
        let open = program.working_time(demand.role, start, end) / demand.servers as f64;
        let stretch = (end.0 - start.0) as f64 / open;
        let in_queue = |(class, closed): (&Class<'_>, f64)| {
            let Some(patience) = class.patience else { return 0.0 };
            let mean = patience.time.draw.distribution.mean();
            // A patience of days lasts through closed hours, too.
            let in_elapsed = patience.time.clock.is_none() && mean > DAY_MICROS as f64;
            let mean = if in_elapsed { mean / stretch } else { mean };
            if !mean.is_finite() || mean <= 0.0 || impatient <= 0.0 {
                return closed;
            }
            let queue = erlang_a(demand.servers, demand.rate * stretch * all, demand.mean, mean);
            // Those who never lose patience are served in the place of others.
            closed + (1.0 - closed) * (queue.leave * all / impatient).min(1.0)
        };
        classes.iter().zip(closed.clone()).map(in_queue).collect()
    }

    /// The work of a role, by state.
    fn classes(&self, role: RoleId) -> Vec<Class<'a>> {
        let mut classes = Vec::new();
        for (index, (state, visits)) in self.chain.states.iter().zip(&self.flows.visits).enumerate()
        {
            let Some(id) = state.stage else { continue };
            let entry = self.program.stages[id].entry.case(state.case);
            let time = |action: &Action| match action {
                Action::Work(work) if work.role == role => work.time.distribution.mean(),
                _ => 0.0,
            };
            let work: f64 = entry.steps.iter().map(|step| time(&step.action)).sum();
            if work > 0.0 {
                let patience = entry.patience.as_ref();
                classes.push(Class { state: index, share: visits * work, patience });
            }
        }
        let all: f64 = classes.iter().map(|class| class.share).sum();
        classes.iter_mut().for_each(|class| class.share /= all.max(f64::MIN_POSITIVE));
        classes
    }
}
