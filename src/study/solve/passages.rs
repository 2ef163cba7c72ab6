//! The deals of each source by age, on a finer and a rougher lattice: what the figures of the window
//! and of its weeks and months are made from. Those that are there at the start have a passage of
//! their own, with ages that count from then on.

use super::reach::oldest;
use crate::analytic::arrivals::Intensity;
use crate::analytic::chain::{Chain, Only, Patience, To};
use crate::analytic::flows::Flows;
use crate::analytic::lattice::Lattice;
use crate::analytic::passage::{self, Question};
use crate::analytic::{Blocker, Why, blocked};
use crate::program::{Id, Program};
use crate::random::distribution::Distribution;

/// The deals of one source that arrive, or that are there at the start.
pub(super) struct Passage<'p> {
    pub(super) chain: Chain<'p>,
    pub(super) flows: Flows,
    /// Whether the numbers of sales are Poisson: deals arrive one at a time, and none has two sales.
    pub(super) is_poisson: bool,
    /// The amounts of sales, each once.
    pub(super) amounts: Vec<&'p Distribution>,
    /// Ages on the finer and on the rougher lattice.
    pub(super) ages: [Ages; 2],
}

/// The ages of deals on a lattice.
pub(super) struct Ages {
    pub(super) lattice: Lattice,
    /// How the deals come.
    pub(super) intensity: Intensity,
    /// The error of the mean of each duration, in steps.
    pub(super) mean_errors: Vec<f64>,
    /// The greatest of the [`WEIGHTS`] of each kind.
    pub(super) greatest: Vec<f64>,
    /// By transition: the sums over ages of the deals at that age times each of the [`WEIGHTS`].
    pub(super) sums: Vec<Vec<f64>>,
    /// The probability of having ended, by age; empty where only sums were asked for.
    pub(super) ended: Vec<f64>,
    /// Sales by amount and age; empty where only sums were asked for.
    pub(super) sales: Vec<Vec<f64>>,
}

/// Weights of ages: those of the window (inside, inside × age, inside × age², cohort, young, young share), then 1, age, age².
pub(super) const WEIGHTS: usize = 9;

/// The first of them are those of events inside the window.
const INSIDE: usize = 3;

/// What is asked of the ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Sums: enough for the figures of the window.
    Sums,
    /// Also the distributions of ages, for weeks and months.
    Distributions,
}

impl Asked {
    /// Weeks and months are shown for all deals together only.
    pub(super) fn of(only: Only) -> Asked {
        if only == Only::All { Asked::Distributions } else { Asked::Sums }
    }
}

/// The passages of all sources of some deals, on lattices of so many points and of half as many.
pub(super) fn passages(
    program: &Program,
    only: Only,
    asked: Asked,
    points: usize,
) -> Result<Vec<Passage<'_>>, Blocker> {
    blocked::window(program)?;
    if program.window.end <= program.window.start {
        return Err(Blocker::new("horizon", Why::NoWindow));
    }
    if program.window.until_empty() {
        return Err(Blocker::new("horizon", Why::LongRunIsAll));
    }
    let mut passages = Vec::new();
    for (id, source) in program.sources.entries() {
        if matches!(only, Only::Source(at) if at != id) {
            continue;
        }
        let intensity = Intensity::new(source)?;
        if !intensity.is_empty() {
            let mut weights = vec![0.0; program.sources.len()];
            weights[id.index()] = 1.0;
            let chain = Chain::new(program, &weights, only, Patience::Unknown)?;
            let coming = |_| intensity.clone();
            passages.extend(passage(program, chain, (&coming, source.batch), (asked, points))?);
        }
        if let (Some(stock), Some(chain)) = (&source.stock, Chain::standing(program, id, only)?) {
            let standing = |step| Intensity::standing(stock.count, step);
            passages.extend(passage(program, chain, (&standing, 1), (asked, points))?);
        }
    }
    Ok(passages)
}

/// The passage of a chain whose deals come in batches, at an intensity on a lattice of this step.
/// `None` if no deal of the group comes.
fn passage<'p>(
    program: &'p Program,
    chain: Chain<'p>,
    (intensity, batch): (&dyn Fn(f64) -> Intensity, u64),
    (asked, points): (Asked, usize),
) -> Result<Option<Passage<'p>>, Blocker> {
    if chain.share <= 0.0 {
        return Ok(None);
    }
    let (groups, amounts) = match asked {
        Asked::Sums => (Vec::new(), Vec::new()),
        Asked::Distributions => groups(&chain),
    };
    let flows = Flows::new(program, &chain, &[])?;
    let reach = oldest(program, &chain, &flows)?;
    let jumps = passage::jumps(program, &chain);
    let on = |points: usize| {
        let lattice = Lattice::new(reach, points, &jumps);
        let intensity = intensity(lattice.step);
        ages(program, &chain, intensity, lattice, &groups)
    };
    let ages = [on(points)?, on(points / 2)?];
    let mut sales = chain.transitions.iter().filter_map(|transition| transition.sale);
    let is_poisson = batch == 1 && chain.stock.is_none() && sales.all(|sale| sale.first);
    Ok(Some(Passage { chain, flows, is_poisson, amounts, ages }))
}

fn ages(
    program: &Program,
    chain: &Chain<'_>,
    intensity: Intensity,
    lattice: Lattice,
    groups: &[Vec<usize>],
) -> Result<Ages, Blocker> {
    let mut weights = vec![Vec::new(); WEIGHTS];
    for k in 0..lattice.size {
        let age = k as f64 * lattice.step;
        let weight = intensity.weights(program, age);
        let all = [
            weight.inside,
            weight.inside * age,
            weight.inside * age * age,
            weight.cohort,
            weight.young,
            weight.young_share,
            1.0,
            age,
            age * age,
        ];
        weights.iter_mut().zip(all).for_each(|(list, weight)| list.push(weight * chain.share));
    }
    let greatest = |weights: &Vec<f64>| weights.iter().fold(0.0, |most, w| w.abs().max(most));
    let greatest = weights.iter().map(greatest).collect();
    let found = passage::ages(program, chain, &lattice, &Question { weights: &weights, groups })?;
    let (mut sums, mean_errors) = (found.sums, found.mean_errors);
    if intensity.is_standing() {
        // They came before the window, wherever it begins.
        let entries = sums.iter_mut().zip(&chain.transitions);
        let entries = entries.filter(|(_, transition)| transition.from == 0);
        entries.for_each(|(sums, _)| sums[..INSIDE].fill(0.0));
    }
    let mut of_groups = found.groups.into_iter();
    let ended = of_groups.next().unwrap_or_default();
    let sales = of_groups.collect();
    Ok(Ages { lattice, intensity, mean_errors, greatest, sums, ended, sales })
}

/// The transitions to an end, then those with a sale of each amount; and the amounts.
fn groups<'p>(chain: &Chain<'p>) -> (Vec<Vec<usize>>, Vec<&'p Distribution>) {
    let (mut groups, mut amounts) = (vec![Vec::new()], Vec::<&Distribution>::new());
    for (at, transition) in chain.transitions.iter().enumerate() {
        if matches!(transition.to, To::End(_)) {
            groups[0].push(at);
        }
        let Some(sale) = transition.sale else { continue };
        let known = amounts.iter().position(|known| std::ptr::eq(*known, sale.amount));
        let amount = known.unwrap_or_else(|| {
            amounts.push(sale.amount);
            groups.push(Vec::new());
            amounts.len() - 1
        });
        groups[amount + 1].push(at);
    }
    (groups, amounts)
}
