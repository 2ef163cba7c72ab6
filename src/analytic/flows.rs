//! Flows: how many deals take each transition, at what age, and at what cost so far.
//!
//! Every KPI of independent deals is a sum over transitions. Wins are the transitions with a first
//! sale, the sales cycle is the age of the deals on them, and cost per won deal is the cost on all
//! transitions to an end, divided by the wins. So the chain is solved once for all KPIs: for visits
//! and for the first three moments of age and cost on entry, each by x = b + Pᵀx with the lower
//! moments on the right.

use super::chain::{Chain, To, Transition};
use super::dense;
use super::elimination::{Plan, Solved};
use super::{Blocker, Why};
use crate::program::{Action, Feature, Id, Program};
use crate::random::distribution::Distribution;

/// Deals that take a transition: their number, and sums of powers of their age (microseconds) and
/// cost (hundredths of the currency).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Flow {
    /// The number of deals, per arriving deal.
    pub n: f64,
    /// Sum of the ages.
    pub age: f64,
    /// Sum of the squares of the ages.
    pub age_squares: f64,
    /// Sum of the cubes of the ages.
    pub age_cubes: f64,
    /// Sum of their costs so far.
    pub cost: f64,
    /// Sum of the squares of the costs.
    pub cost_squares: f64,
    /// Sum of the cubes of the costs.
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

/// Mean, variance and third central moment of the time or cost that a visit adds.
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
    /// The moments of a distribution.
    pub fn of(distribution: &Distribution) -> Spread {
        let (mean, variance) = (distribution.mean(), distribution.variance());
        let third = distribution.third_moment() - mean * (3.0 * variance + mean * mean);
        Spread { mean, variance, third: if third.is_nan() { f64::INFINITY } else { third } }
    }

    /// The moments of a multiple.
    fn times(self, factor: f64) -> Spread {
        Spread {
            mean: factor * self.mean,
            variance: factor * factor * self.variance,
            third: factor * factor * factor * self.third,
        }
    }

    /// The moments of the sum with an independent quantity.
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

/// The time and cost of a visit of a state.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stay {
    /// Microseconds until a branch is drawn, excluding waits for people.
    pub time: Spread,
    /// The part of it that is work, in microseconds.
    pub work: f64,
    /// Cost in hundredths of the currency, excluding salaries.
    pub cost: Spread,
}

/// The visits of all states, and the flows of all transitions.
#[derive(Debug)]
pub struct Flows {
    /// By state: the time and cost of a visit.
    pub stays: Vec<Stay>,
    /// By state: expected visits per arriving deal.
    pub visits: Vec<f64>,
    /// By transition.
    pub transitions: Vec<Flow>,
    plan: Plan,
    solved: Solved<f64>,
}

/// The pairs of states that transitions connect, their shares, and the share that leaves the chain
/// from each state.
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

/// The sum of cubes after adding an independent quantity; the array holds the count and the sums of
/// the first three powers.
fn cubes([n, first, second, third]: [f64; 4], more: Spread) -> f64 {
    third + 3.0 * second * more.mean + 3.0 * first * more.square() + n * more.cube()
}

/// Whether some deals never leave, in a loop without an exit.
fn never_ends(visits: &[f64]) -> bool {
    visits.iter().any(|visits| !visits.is_finite() || *visits > 1e12)
}

impl Flows {
    /// The flows of all deals in the long run, each followed to its end.
    ///
    /// `waits` are the mean waits for each role, in microseconds; if any is given, only the means
    /// of ages are correct.
    pub fn new<'p>(
        program: &'p Program,
        chain: &Chain<'p>,
        waits: &[f64],
    ) -> Result<Flows, Blocker> {
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
        if never_ends(&visits) {
            return Err(Blocker::new("stages", Why::NoWayOut));
        }
        let spend = |transition: &Transition<'_>| {
            let stay = &stays[transition.from];
            let after =
                transition.after.map_or(Spread::default(), |a| Spread::of(&a.draw.distribution));
            let cost = Spread { mean: stay.cost.mean + transition.cost, ..stay.cost };
            (stay.time.plus(after), cost)
        };
        // Moments on entry, in ascending order: each needs the lower ones.
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

    /// The probability that a deal ever visits one of these states, by the state that it visits
    /// first.
    ///
    /// With f the first visits, the visits of the states of the set are v = Nᵀf, where N holds the
    /// visits of deals that start in each of them (Kemeny and Snell, *Finite Markov Chains*, ch.
    /// 3).
    pub fn first_visits(&self, set: &[usize]) -> Option<Vec<f64>> {
        let mut again = Vec::with_capacity(set.len());
        for start in set {
            let mut visits = vec![0.0; self.visits.len()];
            visits[*start] = 1.0;
            self.plan.forward(&self.solved, &mut visits);
            // dense::visits solves (I − Pᵀ) f = v; with P = I − N this is Nᵀ f = v.
            let row = set.iter().map(|to| f64::from(u8::from(to == start)) - visits[*to]);
            again.push(row.collect::<Vec<f64>>());
        }
        let known: Vec<f64> = set.iter().map(|state| self.visits[*state]).collect();
        dense::visits(&again, &known)
    }

    /// From each state on: the expected sum of `of` over the transitions taken.
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

/// The time and cost of a visit of a state.
fn stay<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    state: usize,
    waits: &[f64],
) -> Result<Stay, Blocker> {
    let (Some(id), Some(entry)) = (chain.states[state].stage, chain.entry(program, state)) else {
        return Ok(Stay::default());
    };
    let mut stay = Stay::default();
    if entry.cost_share != 0.0 {
        let key = format!("stages.{}.cost", program.stages[id].name);
        return Err(Blocker::new(key, Why::Feature(Feature::ShareOfValue)));
    }
    stay.cost.mean = entry.cost.0 as f64;
    for step in entry.steps.iter().enumerate() {
        stay.cost.mean += step.1.cost.0 as f64;
        // Where it is unknown, questions about time are refused elsewhere.
        let time = chain.time(state, step).map_or(Spread::default(), |law| law.spread());
        stay.time = stay.time.plus(time);
        let Action::Work(work) = &step.1.action else { continue };
        stay.time.mean += waits.get(work.role.index()).copied().unwrap_or(0.0);
        stay.work += time.mean;
        let mut pays = program.people_of(work.role).iter().map(|person| person.pay_per_micro);
        let pay = pays.next().unwrap_or(0.0);
        if pays.any(|other| other != pay) {
            let key = format!("roles.{}.people", program.roles[work.role].name);
            return Err(Blocker::new(key, Why::CostByPerson));
        }
        if pay != 0.0 {
            stay.cost = stay.cost.plus(time.times(pay));
        }
    }
    Ok(stay)
}
