//! Flows: how many deals take each transition, how old they are then, and what they have cost.
//!
//! Every KPI of independent deals is a sum over transitions: wins are the transitions with a first sale, the sales cycle is the age
//! of the deals on them, cost per won deal is the cost on all transitions that end, over the wins. So the chain is solved
//! once, for all of them: visits, and the first two moments of age and of cost on entry, by
//! x = b + Pᵀx with the moments of lower order on the right.

use super::chain::{Chain, To, Transition};
use super::dense;
use super::elimination::{Plan, Solved};
use super::{Blocker, Why};
use crate::program::{Action, Id, Program};
use crate::random::distribution::Distribution;

/// Those who take a transition: how many, and sums of powers of their age (microseconds) and cost (hundredths).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Flow {
    /// How many, for one arriving deal.
    pub n: f64,
    /// Sum of the ages.
    pub age: f64,
    /// Sum of their squares.
    pub age_squares: f64,
    /// Sum of their cubes.
    pub age_cubes: f64,
    /// Sum of the costs so far.
    pub cost: f64,
    /// Sum of their squares.
    pub cost_squares: f64,
    /// Sum of their cubes.
    pub cost_cubes: f64,
}

impl std::ops::AddAssign for Flow {
    fn add_assign(&mut self, other: Flow) {
        self.n += other.n;
        self.age += other.age;
        self.age_squares += other.age_squares;
        self.age_cubes += other.age_cubes;
        self.cost += other.cost;
        self.cost_squares += other.cost_squares;
        self.cost_cubes += other.cost_cubes;
    }
}

impl std::iter::Sum for Flow {
    fn sum<I: Iterator<Item = Flow>>(flows: I) -> Flow {
        let mut total = Flow::default();
        flows.for_each(|flow| total += flow);
        total
    }
}

/// Mean, variance and third central moment of something that a visit brings.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Variance.
    pub variance: f64,
    /// Third central moment.
    pub third: f64,
}

impl Spread {
    /// Of a distribution.
    pub fn of(distribution: &Distribution) -> Spread {
        let (mean, variance) = (distribution.mean(), distribution.variance());
        let third = distribution.third_moment() - mean * (3.0 * variance + mean * mean);
        Spread { mean, variance, third: if third.is_nan() { f64::INFINITY } else { third } }
    }

    /// Of a multiple.
    fn times(self, factor: f64) -> Spread {
        Spread {
            mean: factor * self.mean,
            variance: factor * factor * self.variance,
            third: factor * factor * factor * self.third,
        }
    }

    /// The sum with something independent.
    #[must_use]
    pub fn plus(self, other: Spread) -> Spread {
        Spread {
            mean: self.mean + other.mean,
            variance: self.variance + other.variance,
            third: self.third + other.third,
        }
    }

    /// The mean of the square.
    pub fn square(self) -> f64 {
        self.variance + self.mean * self.mean
    }

    /// The mean of the cube.
    pub fn cube(self) -> f64 {
        self.third + self.mean * (3.0 * self.variance + self.mean * self.mean)
    }
}

/// What a visit of a state takes and costs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stay {
    /// Microseconds until a branch is drawn; without waits for people.
    pub time: Spread,
    /// Of it, microseconds of work.
    pub work: f64,
    /// Hundredths, salaries left out.
    pub cost: Spread,
}

/// The visits of all states, and what each brings.
#[derive(Debug)]
pub struct Flows {
    /// By state.
    pub stays: Vec<Stay>,
    /// By state: visits for one arriving deal.
    pub visits: Vec<f64>,
    /// By transition.
    pub transitions: Vec<Flow>,
    plan: Plan,
    solved: Solved<f64>,
}

/// The pairs of states that transitions connect, with the share of each.
pub(super) fn edges(chain: &Chain<'_>) -> (Vec<(usize, usize)>, Vec<f64>, Vec<f64>) {
    let (mut pairs, mut shares) = (Vec::new(), Vec::new());
    let mut leaks = vec![0.0; chain.states.len()];
    for transition in &chain.transitions {
        match transition.to {
            To::State(to) => {
                pairs.push((transition.from, to));
                shares.push(transition.share);
            }
            To::End(_) => leaks[transition.from] += transition.share,
        }
    }
    (pairs, shares, leaks)
}

/// The sum of the cubes of a number that deals bring, given its first sums of powers, and what is added to it.
fn cubes([n, first, second, third]: [f64; 4], more: Spread) -> f64 {
    third + 3.0 * second * more.mean + 3.0 * first * more.square() + n * more.cube()
}

/// Whether some deals never leave: a loop without a way out.
fn closed(visits: &[f64]) -> bool {
    visits.iter().any(|visits| !visits.is_finite() || *visits > 1e12)
}

impl Flows {
    /// The flows of all deals in the long run: each is followed to its end.
    ///
    /// `waits` are the mean waits for each role, in microseconds; with any, only means of ages are right.
    pub fn new(program: &Program, chain: &Chain<'_>, waits: &[f64]) -> Result<Flows, Blocker> {
        let (pairs, shares, leaks) = edges(chain);
        let states = chain.states.len();
        let plan =
            Plan::new(states, &pairs).ok_or_else(|| Blocker::new("stages", Why::TooManyWays))?;
        let solved = plan.solve(&shares, &leaks);
        let stays: Result<Vec<Stay>, Blocker> =
            (0..states).map(|state| stay(program, chain, state, waits)).collect();
        let stays = stays?;
        let mut visits = vec![0.0; states];
        visits[0] = 1.0;
        plan.forward(&solved, &mut visits);
        if closed(&visits) {
            return Err(Blocker::new("stages", Why::NoWayOut));
        }
        let spend = |transition: &Transition<'_>| {
            let stay = &stays[transition.from];
            let after =
                transition.after.map_or(Spread::default(), |a| Spread::of(&a.draw.distribution));
            let cost = Spread { mean: stay.cost.mean + transition.cost, ..stay.cost };
            (stay.time.plus(after), cost)
        };
        // Moments on entry, the first before the second, this before the third.
        let moment = |of: &dyn Fn(&Transition<'_>) -> f64| {
            let mut sums = vec![0.0; states];
            for transition in &chain.transitions {
                if let To::State(to) = transition.to {
                    sums[to] += transition.share * of(transition);
                }
            }
            plan.forward(&solved, &mut sums);
            sums
        };
        let age = moment(&|transition| visits[transition.from] * spend(transition).0.mean);
        let ages = moment(&|transition| {
            let time = spend(transition).0;
            visits[transition.from] * time.square() + 2.0 * age[transition.from] * time.mean
        });
        let age_cubes = moment(&|transition| {
            let time = spend(transition).0;
            cubes([visits[transition.from], age[transition.from], ages[transition.from], 0.0], time)
        });
        let cost = moment(&|transition| visits[transition.from] * spend(transition).1.mean);
        let costs = moment(&|transition| {
            let money = spend(transition).1;
            visits[transition.from] * money.square() + 2.0 * cost[transition.from] * money.mean
        });
        let cost_cubes = moment(&|transition| {
            let money = spend(transition).1;
            cubes(
                [visits[transition.from], cost[transition.from], costs[transition.from], 0.0],
                money,
            )
        });
        let transitions = chain.transitions.iter().map(|transition| {
            let (time, money) = spend(transition);
            let (from, n) = (transition.from, visits[transition.from]);
            Flow {
                n: transition.share * n,
                age: transition.share * (age[from] + n * time.mean),
                age_squares: transition.share
                    * (ages[from] + 2.0 * age[from] * time.mean + n * time.square()),
                age_cubes: transition.share
                    * cubes([n, age[from], ages[from], age_cubes[from]], time),
                cost: transition.share * (cost[from] + n * money.mean),
                cost_squares: transition.share
                    * (costs[from] + 2.0 * cost[from] * money.mean + n * money.square()),
                cost_cubes: transition.share
                    * cubes([n, cost[from], costs[from], cost_cubes[from]], money),
            }
        });
        let transitions = transitions.collect();
        Ok(Flows { stays, visits, transitions, plan, solved })
    }

    /// The chance that a deal is ever in one of these states, and how those who are come to them first.
    ///
    /// Visits are first visits and what follows from them: v = Nᵀf on the states of the set, with N the visits of
    /// those who start there (Kemeny and Snell, *Finite Markov Chains*, ch. 3).
    pub fn first_visits(&self, set: &[usize]) -> Option<Vec<f64>> {
        let mut again = Vec::with_capacity(set.len());
        for start in set {
            let mut visits = vec![0.0; self.visits.len()];
            visits[*start] = 1.0;
            self.plan.forward(&self.solved, &mut visits);
            // dense::visits solves (I − Pᵀ) f = v: with P = I − N that is Nᵀ f = v.
            let row = set.iter().map(|to| f64::from(u8::from(to == start)) - visits[*to]);
            again.push(row.collect::<Vec<f64>>());
        }
        let known: Vec<f64> = set.iter().map(|state| self.visits[*state]).collect();
        dense::visits(&again, &known)
    }

    /// From each state on: the expected number of transitions of a kind, which `of` tells.
    pub fn expected(&self, chain: &Chain<'_>, of: impl Fn(&Transition<'_>) -> f64) -> Vec<f64> {
        let mut ahead = vec![0.0; self.visits.len()];
        chain
            .transitions
            .iter()
            .for_each(|transition| ahead[transition.from] += transition.share * of(transition));
        self.plan.backward(&self.solved, &mut ahead);
        ahead
    }
}

/// What a visit of a state takes and costs.
fn stay(
    program: &Program,
    chain: &Chain<'_>,
    state: usize,
    waits: &[f64],
) -> Result<Stay, Blocker> {
    let state = chain.states[state];
    let Some(id) = state.stage else { return Ok(Stay::default()) };
    let entry = program.stages[id].entry.case(state.case);
    let mut stay = Stay::default();
    stay.cost.mean = entry.cost.0 as f64;
    for step in &entry.steps {
        stay.cost.mean += step.cost.0 as f64;
        match &step.action {
            Action::Wait(draw) => stay.time = stay.time.plus(Spread::of(&draw.distribution)),
            // Their length by the clock is not known here; whoever asks for times is told so.
            Action::Delay(_) | Action::Until(_) => {}
            Action::Work(work) => {
                let time = Spread::of(&work.time.distribution);
                stay.time = stay.time.plus(time);
                stay.time.mean += waits.get(work.role.index()).copied().unwrap_or(0.0);
                stay.work += time.mean;
                let mut pays =
                    program.people_of(work.role).iter().map(|person| person.pay_per_micro);
                let pay = pays.next().unwrap_or(0.0);
                if pays.any(|other| other != pay) {
                    let key = format!("roles.{}.people", program.roles[work.role].name);
                    return Err(Blocker::new(key, Why::CostByPerson));
                }
                if pay != 0.0 {
                    stay.cost = stay.cost.plus(time.times(pay));
                }
            }
        }
    }
    Ok(stay)
}
