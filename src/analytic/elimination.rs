//! Elimination of states: how flows through a chain are added up.
//!
//! A chain asks for x = b + Pᵀx (how often each state is visited) and y = c + Py (what is expected from each
//! state on). Both are solved by taking states out one after another: whoever came to a state goes on to where the
//! state leads, and so on until none is left. Which states to take out first is decided once, by who has the fewest
//! ways in times ways out (Markowitz 1957); the same order then serves every matrix of the same shape, of
//! probabilities and of transforms alike. With probabilities the share that leaves a state is added up from its
//! ways out and never taken as 1 − p, so that loops which hardly anybody leaves cost no digits (Grassmann, Taksar and
//! Heyman 1985).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use num_complex::Complex64;

/// More multiplications than this are not planned: the chain is too entangled.
const MOST_WORK: usize = 20_000_000;

/// The order of elimination, and where each number of it is kept.
#[derive(Debug)]
pub struct Plan {
    states: usize,
    /// Places of the given edges.
    places: Vec<usize>,
    /// Number of places: edges and what elimination adds.
    room: usize,
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    state: usize,
    /// The place of the way from the state to itself.
    own: Option<usize>,
    /// States that lead here and are taken out later, with the place of the way.
    before: Vec<(usize, usize)>,
    /// States that follow and are taken out later.
    after: Vec<(usize, usize)>,
    /// For each way in and way out, where their product is added: in the order of `before`, then `after`.
    into: Vec<usize>,
}

/// What elimination is done with: probabilities, or transforms.
pub trait Number:
    Copy + Default + std::ops::AddAssign + std::ops::MulAssign + std::ops::Mul<Output = Self>
{
    /// 1 / (1 − own), given what leaves the state on other ways.
    fn stays(own: Self, leaves: Self) -> Self;
}

impl Number for f64 {
    fn stays(_: f64, leaves: f64) -> f64 {
        1.0 / leaves
    }
}

impl Number for Complex64 {
    fn stays(own: Complex64, _: Complex64) -> Complex64 {
        (Complex64::new(1.0, 0.0) - own).inv()
    }
}

/// A matrix taken apart, with which systems are solved.
#[derive(Debug, Clone, Default)]
pub struct Solved<T> {
    values: Vec<T>,
    pivots: Vec<T>,
    leaks: Vec<T>,
}

impl Plan {
    /// Plans for these edges, pairs of states; an edge may be named more than once. `None` where the chain is too
    /// entangled.
    pub fn new(states: usize, edges: &[(usize, usize)]) -> Option<Plan> {
        let mut after: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); states];
        let mut before: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); states];
        let mut room = 0;
        let mut place = |after: &mut [BTreeMap<usize, usize>],
                         before: &mut [BTreeMap<usize, usize>],
                         (from, to): (usize, usize)| {
            let at = *after[from].entry(to).or_insert_with(|| {
                room += 1;
                room - 1
            });
            before[to].insert(from, at);
            at
        };
        let places = edges.iter().map(|edge| place(&mut after, &mut before, *edge)).collect();
        let cost = |after: &[BTreeMap<usize, usize>],
                    before: &[BTreeMap<usize, usize>],
                    state: usize| after[state].len() * before[state].len();
        let mut queue: BinaryHeap<Reverse<(usize, usize)>> =
            (0..states).map(|state| Reverse((cost(&after, &before, state), state))).collect();
        let mut gone = vec![false; states];
        let (mut steps, mut work) = (Vec::with_capacity(states), 0);
        while let Some(Reverse((known, state))) = queue.pop() {
            if gone[state] {
                continue;
            }
            let now = cost(&after, &before, state);
            if known < now {
                queue.push(Reverse((now, state)));
                continue;
            }
            gone[state] = true;
            let (ways_out, ways_in) =
                (std::mem::take(&mut after[state]), std::mem::take(&mut before[state]));
            let own = ways_out.get(&state).copied();
            let others = |ways: BTreeMap<usize, usize>| -> Vec<(usize, usize)> {
                ways.into_iter().filter(|(other, _)| *other != state).collect()
            };
            let (ways_in, ways_out) = (others(ways_in), others(ways_out));
            work += ways_in.len() * ways_out.len();
            if work > MOST_WORK {
                return None;
            }
            let mut into = Vec::with_capacity(ways_in.len() * ways_out.len());
            for (from, _) in &ways_in {
                for (to, _) in &ways_out {
                    into.push(place(&mut after, &mut before, (*from, *to)));
                }
            }
            for (from, _) in &ways_in {
                after[*from].remove(&state);
                queue.push(Reverse((cost(&after, &before, *from), *from)));
            }
            for (to, _) in &ways_out {
                before[*to].remove(&state);
                queue.push(Reverse((cost(&after, &before, *to), *to)));
            }
            steps.push(Step { state, own, before: ways_in, after: ways_out, into });
        }
        Some(Plan { states, places, room, steps })
    }

    /// Multiplications of one elimination, about.
    pub fn work(&self) -> usize {
        self.steps
            .iter()
            .map(|step| 2 + step.before.len() + step.after.len() + step.into.len())
            .sum()
    }

    /// Takes a matrix apart: the number of each edge, and what leaves the chain from each state.
    pub fn solve<T: Number>(&self, edges: &[T], leaks: &[T]) -> Solved<T> {
        let mut solved = Solved::default();
        self.solve_into(edges.iter().copied(), leaks, &mut solved);
        solved
    }

    /// The same, in the room of an earlier answer.
    pub fn solve_into<T: Number>(
        &self,
        edges: impl Iterator<Item = T>,
        leaks: &[T],
        solved: &mut Solved<T>,
    ) {
        let Solved { values, pivots, leaks: leak } = solved;
        values.clear();
        values.resize(self.room, T::default());
        pivots.clear();
        pivots.resize(self.states, T::default());
        leak.clear();
        leak.extend_from_slice(leaks);
        for (place, value) in self.places.iter().zip(edges) {
            values[*place] += value;
        }
        for step in &self.steps {
            let mut leaves = leak[step.state];
            step.after.iter().for_each(|(_, place)| leaves += values[*place]);
            let own = step.own.map_or(T::default(), |place| values[place]);
            let pivot = T::stays(own, leaves);
            pivots[step.state] = pivot;
            let mut into = step.into.iter();
            for (from, place) in &step.before {
                values[*place] *= pivot;
                let share = values[*place];
                let more = share * leak[step.state];
                leak[*from] += more;
                for ((_, out), to) in step.after.iter().zip(&mut into) {
                    let more = share * values[*out];
                    values[*to] += more;
                }
            }
        }
    }

    /// x = b + Pᵀx: how often each state is visited by those who start as `b` says. `b` becomes x.
    pub fn forward<T: Number>(&self, solved: &Solved<T>, b: &mut [T]) {
        let Solved { values, pivots, .. } = solved;
        for step in &self.steps {
            b[step.state] *= pivots[step.state];
            let here = b[step.state];
            for (to, place) in &step.after {
                let more = here * values[*place];
                b[*to] += more;
            }
        }
        for step in self.steps.iter().rev() {
            let mut here = b[step.state];
            for (from, place) in &step.before {
                let more = b[*from] * values[*place];
                here += more;
            }
            b[step.state] = here;
        }
    }

    /// y = c + Py: what is expected from each state on, where each visit brings `c`. `c` becomes y.
    pub fn backward(&self, solved: &Solved<f64>, c: &mut [f64]) {
        let Solved { values, pivots, .. } = solved;
        for step in &self.steps {
            for (from, place) in &step.before {
                c[*from] += values[*place] * c[step.state];
            }
        }
        for step in self.steps.iter().rev() {
            let ahead: f64 = step.after.iter().map(|(to, place)| values[*place] * c[*to]).sum();
            c[step.state] = (c[step.state] + ahead) * pivots[step.state];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Visits of a random chain, checked by putting them into their equation.
    #[test]
    fn visits_and_expectations_solve_their_equations() {
        let states = 40;
        let mut seed = 7_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize
        };
        let edges: Vec<(usize, usize)> = (0..states)
            .flat_map(|from| [(from, next() % states), (from, next() % states)])
            .collect();
        let p: Vec<f64> = edges.iter().map(|_| 0.05 + (next() % 400) as f64 / 1000.0).collect();
        let mut leaks = vec![1.0; states];
        edges.iter().zip(&p).for_each(|((from, _), p)| leaks[*from] -= p);
        let plan = Plan::new(states, &edges).unwrap();
        let solved = plan.solve(&p, &leaks);
        let b: Vec<f64> = (0..states).map(|_| (next() % 100) as f64).collect();
        let mut x = b.clone();
        plan.forward(&solved, &mut x);
        let mut right = b.clone();
        edges.iter().zip(&p).for_each(|((from, to), p)| right[*to] += x[*from] * p);
        x.iter().zip(&right).for_each(|(x, right)| assert!((x - right).abs() < 1e-10 * right));
        let mut y = b.clone();
        plan.backward(&solved, &mut y);
        let mut right = b;
        edges.iter().zip(&p).for_each(|((from, to), p)| right[*from] += y[*to] * p);
        y.iter().zip(&right).for_each(|(y, right)| assert!((y - right).abs() < 1e-10 * right));
    }

    #[test]
    fn a_loop_that_hardly_anybody_leaves_costs_no_digits() {
        let exit = 1e-9;
        let plan = Plan::new(2, &[(0, 1), (1, 0)]).unwrap();
        let solved = plan.solve(&[1.0, 1.0 - exit], &[0.0, exit]);
        let mut visits = vec![1.0, 0.0];
        plan.forward(&solved, &mut visits);
        assert!((visits[0] * exit - 1.0).abs() < 1e-12, "{visits:?}");
        assert!((visits[1] * exit - 1.0).abs() < 1e-12);
    }
}
