//! Flows: how many deals take each way, how old they are then, and what they have cost.
//!
//! Every KPI of independent deals is a sum over ways: wins are the ways with a first sale, the sales cycle is the age
//! of the deals on them, cost per won deal is the cost on all ways that end, over the wins. So the chain is solved
//! once, for all of them: visits, and the first two moments of age and of cost on entry, by
//! x = b + Pᵀx with the moments of lower order on the right.

use super::Blocker;
use super::chain::{Chain, To, Way};
use super::dense;
use super::elimination::{Plan, Solved};
use crate::program::{Action, Program};
use crate::random::distribution::Distribution;

/// Those who take a way: how many, and sums of powers of their age (microseconds) and cost (hundredths).
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
    /// By way.
    pub ways: Vec<Flow>,
    plan: Plan,
    solved: Solved<f64>,
}

/// The pairs of states that ways connect, with the share of each.
pub(super) fn edges(chain: &Chain<'_>) -> (Vec<(usize, usize)>, Vec<f64>, Vec<f64>) {
    let (mut pairs, mut shares) = (Vec::new(), Vec::new());
    let mut leaks = vec![0.0; chain.states.len()];
    for way in &chain.ways {
        match way.to {
            To::State(to) => {
                pairs.push((way.from, to));
                shares.push(way.share);
            }
            To::End { .. } => leaks[way.from] += way.share,
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
        let plan = Plan::new(states, &pairs)
            .ok_or_else(|| Blocker::new("stages", "too many ways between too many states"))?;
        let solved = plan.solve(&shares, &leaks);
        let stays: Result<Vec<Stay>, Blocker> =
            (0..states).map(|state| stay(program, chain, state, waits)).collect();
        let stays = stays?;
        let mut visits = vec![0.0; states];
        visits[0] = 1.0;
        plan.forward(&solved, &mut visits);
        if closed(&visits) {
            return Err(Blocker::new("stages", "a loop has no way out"));
        }
        let spend = |way: &Way<'_>| {
            let stay = &stays[way.from];
            let after = way.after.map_or(Spread::default(), |a| Spread::of(&a.draw.distribution));
            let cost = Spread { mean: stay.cost.mean + way.cost, ..stay.cost };
            (stay.time.plus(after), cost)
        };
        // Moments on entry, the first before the second, this before the third.
        let moment = |of: &dyn Fn(&Way<'_>) -> f64| {
            let mut sums = vec![0.0; states];
            for way in &chain.ways {
                if let To::State(to) = way.to {
                    sums[to] += way.share * of(way);
                }
            }
            plan.forward(&solved, &mut sums);
            sums
        };
        let age = moment(&|way| visits[way.from] * spend(way).0.mean);
        let ages = moment(&|way| {
            let time = spend(way).0;
            visits[way.from] * time.square() + 2.0 * age[way.from] * time.mean
        });
        let age_cubes = moment(&|way| {
            let time = spend(way).0;
            cubes([visits[way.from], age[way.from], ages[way.from], 0.0], time)
        });
        let cost = moment(&|way| visits[way.from] * spend(way).1.mean);
        let costs = moment(&|way| {
            let money = spend(way).1;
            visits[way.from] * money.square() + 2.0 * cost[way.from] * money.mean
        });
        let cost_cubes = moment(&|way| {
            let money = spend(way).1;
            cubes([visits[way.from], cost[way.from], costs[way.from], 0.0], money)
        });
        let ways = chain.ways.iter().map(|way| {
            let (time, money) = spend(way);
            let (from, n) = (way.from, visits[way.from]);
            Flow {
                n: way.share * n,
                age: way.share * (age[from] + n * time.mean),
                age_squares: way.share
                    * (ages[from] + 2.0 * age[from] * time.mean + n * time.square()),
                age_cubes: way.share * cubes([n, age[from], ages[from], age_cubes[from]], time),
                cost: way.share * (cost[from] + n * money.mean),
                cost_squares: way.share
                    * (costs[from] + 2.0 * cost[from] * money.mean + n * money.square()),
                cost_cubes: way.share
                    * cubes([n, cost[from], costs[from], cost_cubes[from]], money),
            }
        });
        let ways = ways.collect();
        Ok(Flows { stays, visits, ways, plan, solved })
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

    /// From each state on: the expected number of ways of a kind, which `of` tells.
    pub fn expected(&self, chain: &Chain<'_>, of: impl Fn(&Way<'_>) -> f64) -> Vec<f64> {
        let mut ahead = vec![0.0; self.visits.len()];
        chain.ways.iter().for_each(|way| ahead[way.from] += way.share * of(way));
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
    let Some(index) = state.stage else { return Ok(Stay::default()) };
    let entry = program.stages[usize::from(index)].entry.case(state.case);
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
                stay.time.mean += waits.get(usize::from(work.role)).copied().unwrap_or(0.0);
                stay.work += time.mean;
                let role = &program.roles[usize::from(work.role)];
                let persons = role.first_person..role.first_person + role.persons;
                let mut pays = persons.map(|person| program.people[person as usize].pay_per_micro);
                let pay = pays.next().unwrap_or(0.0);
                if pays.any(|other| other != pay) {
                    let key = format!("roles.{}.people", role.name);
                    return Err(Blocker::new(key, "cost differs from person to person"));
                }
                if pay != 0.0 {
                    stay.cost = stay.cost.plus(time.times(pay));
                }
            }
        }
    }
    Ok(stay)
}
