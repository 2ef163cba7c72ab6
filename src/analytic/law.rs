//! The distribution of a duration: of a whole one, or of the rest of one that was met under way.

use super::flows::Spread;
use super::lattice::{Lattice, Masses, atoms};
use crate::random::distribution::Distribution;
use crate::random::equilibrium::Equilibrium;

/// A duration of a chain.
#[derive(Debug, Clone, Copy)]
pub enum Law<'p> {
    /// From its beginning.
    Whole(&'p Distribution),
    /// The rest of a stay that had begun before the simulation: distributed as its age (Cox,
    /// *Renewal Theory*, 5.4).
    Rest(&'p Equilibrium),
}

impl PartialEq for Law<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Law::Whole(one), Law::Whole(other)) => one == other,
            (Law::Rest(one), Law::Rest(other)) => std::ptr::eq(*one, *other),
            _ => false,
        }
    }
}

impl<'p> Law<'p> {
    /// Its moments, in microseconds.
    pub fn spread(&self) -> Spread {
        match self {
            Law::Whole(whole) => Spread::of(whole),
            Law::Rest(rest) => {
                let [mean, square, cube] = rest.moments();
                let variance = (square - mean * mean).max(0.0);
                let third = cube - mean * (3.0 * variance + mean * mean);
                Spread { mean, variance, third }
            }
        }
    }

    /// Its probabilities on a lattice.
    pub fn masses(&self, lattice: &Lattice) -> Masses {
        match self {
            Law::Whole(whole) => lattice.masses(whole),
            Law::Rest(rest) => lattice.masses_of_rest(rest),
        }
    }

    /// The shift in steps that keeps its mean on a lattice, or what of it is not made, whichever is
    /// greater. The rest of a stay has a density without gaps, which cells meet.
    pub fn moved(&self, lattice: &Lattice) -> f64 {
        match self {
            Law::Whole(whole) => lattice.shift(whole).max(lattice.mean_error(whole)),
            Law::Rest(_) => 0.0,
        }
    }

    /// Where it jumps, with the probabilities.
    pub fn atoms(&self) -> Vec<(f64, f64)> {
        match self {
            Law::Whole(whole) => atoms(whole),
            Law::Rest(_) => Vec::new(),
        }
    }

    /// The distribution, if it is a whole duration.
    pub fn whole(&self) -> Option<&'p Distribution> {
        match self {
            Law::Whole(whole) => Some(whole),
            Law::Rest(_) => None,
        }
    }
}
