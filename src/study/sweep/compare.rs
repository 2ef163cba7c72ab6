//! Compares the points of a sweep: which is best, and from where on nothing changes any more.
//!
//! Which points are compared depends on what was found: the best one with all others, an early one
//! with later ones. So each comparison is made at the level of all pairs of points and all main
//! figures (Bonferroni), and all of them together are wrong no more often than the level says.

use std::collections::HashMap;

use super::{Axis, Point, Tried};
use crate::kpi::{Direction, Figure, Key};
use crate::stats::{Estimate, Linear};
use crate::study::difference::{Run, Side, Verdict};
use crate::study::failure::Failure;
use crate::study::options::Options;

/// Exact figures this close, relative to them, are the same: the rest is rounding.
const ROUNDING: f64 = 1e-9;

/// A main figure over all points.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The figure.
    pub key: Key,
    /// The best point; `None` if the figure has no good direction or no values.
    pub best: Option<Best>,
    /// From where on it changes no more; `None` unless one axis of rising numbers varies.
    pub settles: Option<Settles>,
    /// What the last step of that axis changes, at the level of all comparisons.
    pub last_step: Option<Estimate>,
}

/// The best point for a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// The point.
    pub at: usize,
    /// The other points that are not worse beyond chance.
    pub rivals: Vec<usize>,
}

/// From where on a figure changes no more along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settles {
    /// No later point differs from this one beyond chance, but it differs from an earlier one.
    From(usize),
    /// The last point still differs from the one before it.
    Never,
    /// No point differs from the first one beyond chance.
    Flat,
}

/// The points, prepared for comparisons.
pub(super) struct Comparison<'a> {
    points: &'a [Point],
    linears: Vec<HashMap<Key, Linear<'a>>>,
    /// Empty where nothing was simulated.
    runs: Vec<Run<'a>>,
    level: f64,
}

impl<'a> Comparison<'a> {
    /// All comparisons of these figures together hold at the level of the options.
    pub(super) fn new(
        tried: &'a [Tried],
        points: &'a [Point],
        keys: &[Key],
        options: &Options,
    ) -> Result<Comparison<'a>, Failure> {
        let pairs = points.len() * points.len().saturating_sub(1) / 2;
        let count = (pairs * keys.len()).max(1);
        let mut strict = options.clone();
        strict.figures.level = 1.0 - (1.0 - options.figures.level) / count as f64;
        let mut runs = Vec::new();
        let mut linears = Vec::new();
        let simulated =
            tried.iter().filter_map(|one| Some((&one.model, one.found.observations()?)));
        for (model, observations) in simulated {
            let run = Run::new(Side { model, observations }, &strict)?;
            linears.push(run.linears(&strict, keys));
            runs.push(run);
        }
        Ok(Comparison { points, linears, runs, level: strict.figures.level })
    }

    pub(super) fn of(&self, key: &Key, axes: &[Axis]) -> Compared {
        let is_line = axes.len() == 1 && axes[0].is_ordered() && self.points.len() > 1;
        let last = self.count() - 1;
        Compared {
            key: key.clone(),
            best: self.best(key),
            settles: is_line.then(|| self.settles(key)),
            last_step: is_line.then(|| self.difference(key, last - 1, last)),
        }
    }

    /// The number of points.
    pub(super) fn count(&self) -> usize {
        self.points.len()
    }

    /// The value of a point.
    pub(super) fn value(&self, key: &Key, at: usize) -> Option<f64> {
        self.points[at].value(key)
    }

    /// What the step from one point to another changes.
    pub(super) fn verdict(&self, key: &Key, old: usize, new: usize) -> Verdict {
        let sizes = [old, new].map(|at| self.value(key, at).unwrap_or(0.0).abs());
        let largest = sizes[0].max(sizes[1]);
        Verdict::of(&self.difference(key, old, new), key.good(), largest)
    }

    fn difference(&self, key: &Key, old: usize, new: usize) -> Estimate {
        let none = Estimate::none(self.level);
        let known = |at: usize| match &self.points[at].find(key)?.figure {
            Figure::Exact(value) => Some((*value, 0.0)),
            Figure::Numerical { value, error } => Some((*value, *error)),
            _ => None,
        };
        if let (Some((a, a_error)), Some((b, b_error))) = (known(old), known(new)) {
            let rounding = ROUNDING * a.abs().max(b.abs());
            let half_width = Some(a_error + b_error + rounding);
            return Estimate { value: Some(b - a), half_width, ..none };
        }
        let linear = |at: usize| self.linears.get(at)?.get(key);
        match (linear(old), linear(new)) {
            (Some(a), Some(b)) => a.to(b, self.runs[old].pairing(&self.runs[new])).absolute,
            _ => none,
        }
    }

    fn best(&self, key: &Key) -> Option<Best> {
        let sign = match key.good() {
            Direction::Up => 1.0,
            Direction::Down => -1.0,
            Direction::Neither => return None,
        };
        let values = (0..self.count()).filter_map(|at| Some((at, sign * self.value(key, at)?)));
        let finite: Vec<(usize, f64)> = values.filter(|(_, value)| value.is_finite()).collect();
        // Of equal values the first one is the best.
        let best = finite.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })?.0;
        let others = finite.iter().map(|(at, _)| *at).filter(|at| *at != best);
        let rivals = others.filter(|at| self.verdict(key, best, *at) != Verdict::Worse).collect();
        Some(Best { at: best, rivals })
    }

    fn settles(&self, key: &Key) -> Settles {
        let count = self.count();
        let is_still = |from: &usize| {
            let has_value = |at: usize| self.value(key, at).is_some_and(f64::is_finite);
            let is_same = |to: usize| {
                has_value(*from) == has_value(to)
                    && self.verdict(key, *from, to) == Verdict::NotBeyondChance
            };
            (from + 1..count).all(is_same)
        };
        match (0..count - 1).find(is_still) {
            None => Settles::Never,
            Some(0) => Settles::Flat,
            Some(at) => Settles::From(at),
        }
    }
}
