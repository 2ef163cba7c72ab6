//! How long deals take at least from one stage to another, and at most, whatever happens.

use super::durations::{Bounds, of_visit};
use crate::model::Model;
use crate::model::transitions::{End, Transitions};

/// The visits of all stages and the transitions between them.
pub(super) struct Reach<'m> {
    model: &'m Model,
    pub(super) transitions: Transitions,
    visits: Vec<Bounds>,
}

impl<'m> Reach<'m> {
    /// In elapsed time, or in working time of the first calendar.
    pub(super) fn of(model: &'m Model, working: bool) -> Reach<'m> {
        let visits = model.stages.iter().map(|stage| of_visit(stage, working)).collect();
        Reach { model, transitions: model.transitions(), visits }
    }

    /// The shortest time from the entry to one of these stages to the entry to each stage, in microseconds.
    fn shortest(&self, starts: &[usize]) -> Vec<f64> {
        let mut times = vec![f64::INFINITY; self.visits.len()];
        starts.iter().for_each(|at| times[*at] = 0.0);
        // Each round settles one more stage of every way.
        for _ in 0..times.len() {
            let before = times.clone();
            for (at, to) in self.transitions.to.iter().enumerate() {
                for next in to {
                    times[*next] = times[*next].min(times[at] + self.visits[at].least);
                }
            }
            if times == before {
                break;
            }
        }
        times
    }

    /// The shortest time from the entry to one of these stages to the first sale, in microseconds; infinite if there is none.
    pub(super) fn to_sale(&self, starts: &[usize]) -> f64 {
        let times = self.shortest(starts);
        let sold = |at: usize| {
            let wins = self.transitions.ends[at].contains(&End::Won);
            let stage = &self.model.stages[at];
            match stage.sale {
                Some(_) => times[at],
                None if wins => times[at] + self.visits[at].least,
                None => f64::INFINITY,
            }
        };
        (0..times.len()).map(sold).fold(f64::INFINITY, f64::min)
    }

    /// The shortest time from the entry to one of these stages to the end of a deal, in microseconds.
    pub(super) fn to_end(&self, starts: &[usize]) -> f64 {
        let times = self.shortest(starts);
        let ends = |at: &usize| !self.transitions.ends[*at].is_empty();
        let end = |at: usize| times[at] + self.visits[at].least;
        (0..times.len()).filter(ends).map(end).fold(f64::INFINITY, f64::min)
    }

    /// The shortest and the longest time from the entry to one stage to the entry to another one. The shortest is infinite
    /// if no way leads there; the longest, if a deal may get nowhere else or go round in circles.
    pub(super) fn between(&self, from: usize, to: usize) -> Bounds {
        let mut settled = vec![None; self.visits.len()];
        let most = self.longest(from, to, &mut settled);
        Bounds { least: self.shortest(&[from])[to], most }
    }

    /// The longest time from the entry to a stage; `settled` holds what is known, and infinity for stages under way.
    fn longest(&self, at: usize, to: usize, settled: &mut Vec<Option<f64>>) -> f64 {
        if at == to {
            return 0.0;
        }
        if let Some(known) = settled[at] {
            return known;
        }
        settled[at] = Some(f64::INFINITY);
        let next = &self.transitions.to[at];
        let is_certain = self.transitions.ends[at].is_empty() && !next.is_empty();
        let most = if is_certain && self.visits[at].most.is_finite() {
            let rest = next.iter().map(|next| self.longest(*next, to, settled));
            self.visits[at].most + rest.fold(0.0, f64::max)
        } else {
            f64::INFINITY
        };
        settled[at] = Some(most);
        most
    }

    /// The stages that deals of sources enter, of all or of one by name; without clients from before.
    pub(super) fn entries(&self, source: Option<&str>) -> Vec<usize> {
        let sources = self.model.sources.iter().filter(|source| !source.clients);
        let meant = sources.filter(|own| source.is_none_or(|name| own.name == name));
        let entry = |source: &crate::model::Source| {
            source.enters.as_ref().map_or(0, |(name, _)| self.model.stage_index(name))
        };
        meant.map(entry).collect()
    }
}
