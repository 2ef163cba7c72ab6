//! Solves the linear systems of a chain by eliminating its states one after another.
//!
//! A chain needs x = b + Pᵀx (expected visits) and y = c + Py (expected totals from each state on).
//! Eliminating a state redirects each transition into it to the states that follow it. The order of
//! elimination is fixed once, by the smallest product of the numbers of transitions in and out
//! (Markowitz 1957). It serves every matrix of the same shape, of probabilities as well as of
//! transforms. For probabilities, the share that leaves a state is the sum of its outgoing
//! transitions and never 1 − p, so that loops with a tiny exit probability lose no accuracy
//! (Grassmann, Taksar and Heyman 1985).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use num_complex::Complex64;

/// A plan with more multiplications than this is refused.
const MOST_WORK: usize = 20_000_000;

/// The order of elimination, and the place of each number in it.
#[derive(Debug)]
pub struct Plan {
    states: usize,
    /// The places of the given edges.
    places: Vec<usize>,
    /// The number of places: the edges and those that elimination adds.
    room: usize,
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    state: usize,
    /// The place of the transition from the state to itself.
    own: Option<usize>,
    /// States with a transition to this one that are eliminated later, with its place.
    before: Vec<(usize, usize)>,
    /// States that follow this one and are eliminated later, with the place of the transition.
    after: Vec<(usize, usize)>,
    /// The place to which the product of each transition in and each transition out is added, in
    /// the order of `before`, then `after`.
    into: Vec<usize>,
}

/// The numbers in the matrix: probabilities or transforms.
pub trait Number:
    Copy + Default + std::ops::AddAssign + std::ops::MulAssign + std::ops::Mul<Output = Self>
{
    /// 1 / (1 − own), given the sum of the other transitions out of the state.
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

/// An eliminated matrix, ready to solve systems.
#[derive(Debug, Clone, Default)]
pub struct Solved<T> {
    values: Vec<T>,
    pivots: Vec<T>,
    leaks: Vec<T>,
}

impl Plan {
    /// Plans the elimination for these edges, pairs of states; an edge may occur more than once.
    /// `None` if it would need too many multiplications.
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
            let (outgoing, incoming) =
                (std::mem::take(&mut after[state]), std::mem::take(&mut before[state]));
            let own = outgoing.get(&state).copied();
            let others = |pairs: BTreeMap<usize, usize>| -> Vec<(usize, usize)> {
                pairs.into_iter().filter(|(other, _)| *other != state).collect()
            };
            let (incoming, outgoing) = (others(incoming), others(outgoing));
            work += incoming.len() * outgoing.len();
            if work > MOST_WORK {
                return None;
            }
            let mut into = Vec::with_capacity(incoming.len() * outgoing.len());
            for (from, _) in &incoming {
                for (to, _) in &outgoing {
                    into.push(place(&mut after, &mut before, (*from, *to)));
                }
            }
            for (from, _) in &incoming {
                after[*from].remove(&state);
                queue.push(Reverse((cost(&after, &before, *from), *from)));
            }
            for (to, _) in &outgoing {
                before[*to].remove(&state);
                queue.push(Reverse((cost(&after, &before, *to), *to)));
            }
            steps.push(Step { state, own, before: incoming, after: outgoing, into });
        }
        Some(Plan { states, places, room, steps })
    }

    /// The approximate number of multiplications of one elimination.
    pub fn work(&self) -> usize {
        self.steps
            .iter()
            .map(|step| 2 + step.before.len() + step.after.len() + step.into.len())
            .sum()
    }

    /// Eliminates a matrix: `edges` holds the number of each edge, `leaks` what leaves the chain
    /// from each state.
    pub fn solve<T: Number>(&self, edges: &[T], leaks: &[T]) -> Solved<T> {
        let mut solved = Solved::default();
        self.solve_into(edges.iter().copied(), leaks, &mut solved);
        solved
    }

    /// The same, reusing the memory of an earlier result.
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

    /// Solves x = b + Pᵀx in place: the expected visits of each state for the start vector `b`.
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

    /// Solves y = c + Py in place: the expected total from each state on, if each visit adds `c`.
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

    /// Checks the visits of a random chain by inserting them into their equation.
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
    fn a_loop_with_a_tiny_exit_probability_loses_no_accuracy() {
        let exit = 1e-9;
        let plan = Plan::new(2, &[(0, 1), (1, 0)]).unwrap();
        let solved = plan.solve(&[1.0, 1.0 - exit], &[0.0, exit]);
        let mut visits = vec![1.0, 0.0];
        plan.forward(&solved, &mut visits);
        assert!((visits[0] * exit - 1.0).abs() < 1e-12, "{visits:?}");
        assert!((visits[1] * exit - 1.0).abs() < 1e-12);
    }
}
