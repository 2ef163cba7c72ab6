//! The distribution of the age of a deal at each transition, through transforms.
//!
//! On a lattice each visit has a transform. The ages on all transitions follow from the same
//! elimination as the probabilities, with transforms in place of shares (Howard, *Dynamic
//! Probabilistic Systems*, ch. 10). By Parseval a weighted sum over ages is a sum over frequencies,
//! so the counts of a window need no inverse transform; only distributions do.

use num_complex::Complex64;
use rayon::prelude::*;

use super::chain::{Chain, To, Transition};
use super::elimination::{Plan, Solved};
use super::flows::edges;
use super::lattice::{Lattice, Tilt};
use super::law::Law;
use super::{Blocker, Why};
use crate::program::Program;
use crate::random::distribution::Distribution;

/// Frequencies per unit of parallel work.
const CHUNK: usize = 64;
/// A computation with more multiplications than this is refused.
const MOST_WORK: f64 = 4e9;

/// The figures wanted from the ages.
#[derive(Debug)]
pub struct Question<'q> {
    /// Weights of the ages on the lattice.
    pub weights: &'q [Vec<f64>],
    /// Sets of transitions whose distribution of ages is wanted.
    pub groups: &'q [Vec<usize>],
}

/// The answers to a question.
#[derive(Debug)]
pub struct Ages {
    /// By transition, by weight: the sum over ages of the deals at that age times the weight.
    pub sums: Vec<Vec<f64>>,
    /// By group: the deals at each age of the lattice, per arriving deal.
    pub groups: Vec<Vec<f64>>,
    /// The error of the mean of each duration on the lattice, in steps; in the order of
    /// [`over_times`].
    pub mean_errors: Vec<f64>,
}

/// The distinct distributions of the visits and delays of a chain.
struct Parts<'p> {
    distributions: Vec<Law<'p>>,
    /// By state: the distributions whose sum is the time of a visit.
    stays: Vec<Vec<usize>>,
    /// By transition: the distribution of its delay.
    after: Vec<Option<usize>>,
    /// By transition: the ones out of the same state after the same delay are alike but for their
    /// shares.
    alike: Vec<usize>,
    /// One transition of each kind.
    kinds: Vec<usize>,
}

impl<'p> Parts<'p> {
    fn new(program: &'p Program, chain: &Chain<'p>) -> Parts<'p> {
        let mut distributions: Vec<Law<'p>> = Vec::new();
        let mut place = |law: Law<'p>| {
            let known = distributions.iter().position(|known| *known == law);
            known.unwrap_or_else(|| {
                distributions.push(law);
                distributions.len() - 1
            })
        };
        let mut stay = |state: usize| {
            let Some(entry) = chain.entry(program, state) else { return Vec::new() };
            let steps = entry.steps.iter().enumerate();
            steps.filter_map(|step| chain.time(state, step)).map(&mut place).collect()
        };
        let stays = (0..chain.states.len()).map(&mut stay).collect();
        let after = chain.transitions.iter();
        let after =
            after.map(|transition| Some(place(Law::Whole(&transition.after?.draw.distribution))));
        let after: Vec<Option<usize>> = after.collect();
        let (mut alike, mut kinds) = (Vec::new(), Vec::<usize>::new());
        for (at, transition) in chain.transitions.iter().enumerate() {
            let same = |kind: &usize| {
                chain.transitions[*kind].from == transition.from && after[*kind] == after[at]
            };
            alike.push(kinds.iter().position(same).unwrap_or(kinds.len()));
            if alike[at] == kinds.len() {
                kinds.push(at);
            }
        }
        Parts { distributions, stays, after, alike, kinds }
    }
}

/// All points at which durations of a chain jump, in microseconds.
pub fn jumps<'p>(program: &'p Program, chain: &Chain<'p>) -> Vec<f64> {
    let parts = Parts::new(program, chain);
    let all = parts.distributions.iter().flat_map(Law::atoms);
    all.map(|(value, _)| value).collect()
}

/// Whether all durations are constants.
pub fn only_jumps<'p>(program: &'p Program, chain: &Chain<'p>) -> bool {
    let parts = Parts::new(program, chain);
    let whole = |law: &Law<'_>| {
        let all: f64 = law.atoms().iter().map(|(_, share)| share).sum();
        all > 1.0 - 1e-12
    };
    parts.distributions.iter().all(whole)
}

/// Points of the lattice used to find a reach.
const FEW: usize = 512;

/// The reach of a lattice, in microseconds, beyond which lies at most the share `beyond` of the
/// deals of each group; at most `most`. Found by doubling `guess`.
pub fn reach<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    groups: &[(Vec<usize>, f64)],
    beyond: f64,
    (guess, most): (f64, f64),
) -> Result<f64, Blocker> {
    let ones = vec![vec![1.0; FEW]];
    let mut reach = guess;
    while reach < most {
        let lattice = Lattice::new(reach, FEW, &[]);
        let question = Question { weights: &ones, groups: &[] };
        let seen = ages(program, chain, &lattice, &question)?.sums;
        let older = |(transitions, all): &(Vec<usize>, f64)| {
            all - transitions.iter().map(|transition| seen[*transition][0]).sum::<f64>()
                > beyond * all
        };
        if !groups.iter().any(older) {
            return Ok(reach);
        }
        reach *= 2.0;
    }
    Ok(most)
}

/// The single distribution of the age on these transitions. `None` unless deals enter their states
/// directly on arrival, and all states take the same single distribution.
pub fn only_law<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    transitions: &[usize],
) -> Option<&'p Distribution> {
    let parts = Parts::new(program, chain);
    let mut laws = transitions.iter().map(|at| {
        let transition = &chain.transitions[*at];
        let into = |transition: &Transition<'_>, state: usize| transition.to == To::State(state);
        let direct = |other: &Transition<'_>| other.from == 0 && other.after.is_none();
        let mut before = chain.transitions.iter().filter(|other| into(other, transition.from));
        match parts.stays[transition.from].as_slice() {
            [law] if transition.after.is_none() && before.all(direct) => Some(*law),
            _ => None,
        }
    });
    let first = laws.next().flatten()?;
    if laws.all(|law| law == Some(first)) { parts.distributions[first].whole() } else { None }
}

/// The sum of `number` over all durations of a chain, each as often as deals take it, but at least
/// once; it is given the position and the distribution.
pub fn over_times<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    visits: &[f64],
    number: impl Fn(usize, &Law<'p>) -> f64,
) -> f64 {
    let parts = Parts::new(program, chain);
    let numbers = parts.distributions.iter().enumerate().map(|(at, law)| number(at, law));
    let numbers: Vec<f64> = numbers.collect();
    let stays = parts.stays.iter().zip(visits);
    let stays = stays.flat_map(|(stay, n)| stay.iter().map(move |part| (*part, n.max(1.0))));
    let after = parts.after.iter().zip(&chain.transitions);
    let after =
        after.filter_map(|(part, transition)| Some(((*part)?, visits[transition.from].max(1.0))));
    stays.chain(after).map(|(part, n)| numbers[part] * n).sum()
}

/// Answers a question on a lattice.
pub fn ages<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    lattice: &Lattice,
    question: &Question<'_>,
) -> Result<Ages, Blocker> {
    let (pairs, _, _) = edges(chain);
    let states = chain.states.len();
    let plan = Plan::new(states, &pairs).filter(|plan| {
        let work = 4.0 * plan.work() as f64 + 10.0 * chain.transitions.len() as f64;
        work * (lattice.frequencies() as f64) < MOST_WORK
    });
    let plan = plan.ok_or_else(|| Blocker::new("stages", Why::TooManyWays))?;
    let parts = Parts::new(program, chain);
    let (spectra, mean_errors): (Vec<Vec<Complex64>>, Vec<f64>) = parts
        .distributions
        .par_iter()
        .map(|distribution| {
            let masses = distribution.masses(lattice);
            (lattice.transform(&masses.of, Tilt::Down), masses.mean_error)
        })
        .unzip();
    let weights: Vec<Vec<Complex64>> =
        question.weights.iter().map(|weight| lattice.transform(weight, Tilt::Up)).collect();
    let frequencies: Vec<usize> = (0..lattice.frequencies()).collect();
    let chunks: Vec<Chunk> = frequencies
        .par_chunks(CHUNK)
        .map(|chunk| {
            let job = Job { chain, plan: &plan, parts: &parts, spectra: &spectra };
            job.chunk(chunk, lattice, &weights, question.groups)
        })
        .collect();
    // Sums depend on their order, so they are added by frequency, whichever thread finished first.
    let mut sums = vec![vec![0.0; weights.len()]; chain.transitions.len()];
    let mut groups = vec![Vec::with_capacity(lattice.frequencies()); question.groups.len()];
    for chunk in chunks {
        for (all, more) in sums.iter_mut().zip(&chunk.sums) {
            all.iter_mut().zip(more).for_each(|(sum, more)| *sum += more / lattice.size as f64);
        }
        for (all, more) in groups.iter_mut().zip(chunk.groups) {
            all.extend(more);
        }
    }
    let groups = groups.iter().map(|transform| lattice.back(transform)).collect();
    Ok(Ages { sums, groups, mean_errors })
}

struct Job<'a, 'p> {
    chain: &'a Chain<'p>,
    plan: &'a Plan,
    parts: &'a Parts<'p>,
    spectra: &'a [Vec<Complex64>],
}

struct Chunk {
    sums: Vec<Vec<f64>>,
    groups: Vec<Vec<Complex64>>,
}

impl Job<'_, '_> {
    fn chunk(
        &self,
        frequencies: &[usize],
        lattice: &Lattice,
        weights: &[Vec<Complex64>],
        groups: &[Vec<usize>],
    ) -> Chunk {
        let chain = self.chain;
        let one = Complex64::new(1.0, 0.0);
        let leaks = vec![Complex64::default(); chain.states.len()];
        let mut solved = Solved::default();
        let mut sums = vec![vec![0.0; weights.len()]; self.parts.kinds.len()];
        let mut of_groups = vec![Vec::with_capacity(frequencies.len()); groups.len()];
        let mut stays = vec![one; chain.states.len()];
        let mut transitions = vec![one; chain.transitions.len()];
        let mut visits = vec![one; chain.states.len()];
        for &k in frequencies {
            for (stay, parts) in stays.iter_mut().zip(&self.parts.stays) {
                *stay = parts.iter().fold(one, |all, part| all * self.spectra[*part][k]);
            }
            for ((number, transition), after) in
                transitions.iter_mut().zip(&chain.transitions).zip(&self.parts.after)
            {
                let after = after.map_or(one, |part| self.spectra[part][k]);
                *number = stays[transition.from] * after * transition.share;
            }
            let edges = transitions.iter().zip(&chain.transitions);
            let edges = edges.filter(|(_, transition)| matches!(transition.to, To::State(_)));
            self.plan.solve_into(edges.map(|(number, _)| *number), &leaks, &mut solved);
            visits.fill(Complex64::default());
            visits[0] = one;
            self.plan.forward(&solved, &mut visits);
            // Every frequency but the first and the last also stands for its mirror image.
            let inner = k > 0 && k + 1 < lattice.frequencies();
            let times = if inner { 2.0 } else { 1.0 };
            for (kind, sums) in self.parts.kinds.iter().zip(&mut sums) {
                let from = chain.transitions[*kind].from;
                let after = self.parts.after[*kind].map_or(one, |part| self.spectra[part][k]);
                let number = stays[from] * after * visits[from];
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    let weight = weight[k];
                    *sum += times * (number.re * weight.re + number.im * weight.im);
                }
            }
            for (all, group) in of_groups.iter_mut().zip(groups) {
                let number = |at: &usize| transitions[*at] * visits[chain.transitions[*at].from];
                all.push(group.iter().map(number).sum());
            }
        }
        let of_transition = |(transition, kind): (&Transition<'_>, &usize)| {
            sums[*kind].iter().map(|sum| sum * transition.share).collect()
        };
        let sums = chain.transitions.iter().zip(&self.parts.alike).map(of_transition).collect();
        Chunk { sums, groups: of_groups }
    }
}
