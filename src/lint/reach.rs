//! How long deals take at least from one stage to another, and at most, whatever happens.

use super::durations::{Bounds, of_served, of_visit};
use crate::model::transitions::Transitions;
use crate::model::{Branch, Model, Stage, Target};

/// Where a transition leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    Stage(usize),
    Won,
    Other,
}

/// The visits of all stages and the transitions between them.
pub(super) struct Reach<'m> {
    model: &'m Model,
    pub(super) transitions: Transitions,
    visits: Vec<Bounds>,
    /// The exits of each stage, each with the least time from entry to it. Who is refused leaves at once, and who loses
    /// patience may.
    exits: Vec<Vec<(Exit, f64)>>,
}

impl<'m> Reach<'m> {
    /// In elapsed time, or in working time of the first calendar.
    pub(super) fn of(model: &'m Model, working: bool) -> Reach<'m> {
        let visits = model.stages.iter().map(|stage| of_visit(stage, working)).collect();
        let exits = |(at, stage): (usize, &Stage)| {
            let served = of_served(stage, working);
            let exit = |branch: &Branch, least: f64| {
                let to = match &branch.target {
                    Target::Stage(name) => Exit::Stage(model.stage_index(name)),
                    Target::Following if at + 1 < model.stages.len() => Exit::Stage(at + 1),
                    Target::Following | Target::Won => Exit::Won,
                    Target::Done | Target::Lost(_) | Target::Cancelled(_) => Exit::Other,
                };
                (branch.probability > 0.0).then_some((to, least))
            };
            let next = stage.plans().filter_map(|plan| plan.next.as_ref()).flatten();
            let refused = stage.max_visits.iter().flat_map(|limit| &limit.next);
            let impatient = stage.plans().filter_map(|plan| plan.patience.as_ref());
            let early = refused.chain(impatient.flat_map(|patience| &patience.next));
            let next = next.filter_map(|branch| exit(branch, served));
            next.chain(early.filter_map(|branch| exit(branch, 0.0))).collect()
        };
        let exits = model.stages.iter().enumerate().map(exits).collect();
        Reach { model, transitions: model.transitions(), visits, exits }
    }

    /// The shortest time from the entry to one of these stages to the entry to each stage, in microseconds.
    fn shortest(&self, starts: &[usize]) -> Vec<f64> {
        let mut times = vec![f64::INFINITY; self.visits.len()];
        starts.iter().for_each(|at| times[*at] = 0.0);
        // Each round settles one more stage of every way.
        for _ in 0..times.len() {
            let before = times.clone();
            for (at, exits) in self.exits.iter().enumerate() {
                for (exit, least) in exits {
                    if let Exit::Stage(next) = exit {
                        times[*next] = times[*next].min(times[at] + least);
                    }
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
        let sold = |at: usize| match self.model.stages[at].sale {
            Some(_) => times[at],
            None => times[at] + self.least_to(at, |exit| exit == Exit::Won),
        };
        (0..times.len()).map(sold).fold(f64::INFINITY, f64::min)
    }

    /// The shortest time from the entry to one of these stages to the end of a deal, in microseconds.
    pub(super) fn to_end(&self, starts: &[usize]) -> f64 {
        let times = self.shortest(starts);
        let ends = |exit| !matches!(exit, Exit::Stage(_));
        let end = |at: usize| times[at] + self.least_to(at, ends);
        (0..times.len()).map(end).fold(f64::INFINITY, f64::min)
    }

    /// The least time from the entry to a stage to one of these exits of it; infinite if it has none.
    fn least_to(&self, at: usize, is_one: impl Fn(Exit) -> bool) -> f64 {
        let exits = self.exits[at].iter().filter(|(exit, _)| is_one(*exit));
        exits.map(|(_, least)| *least).fold(f64::INFINITY, f64::min)
    }

    /// The shortest and the longest time from the entry to one stage to the entry to another one. The shortest is infinite
    /// if no way leads there; the longest, if a deal may get nowhere else or go round in circles.
    pub(super) fn between(&self, from: usize, to: usize) -> Bounds {
        let mut settled = vec![None; self.visits.len()];
        let most = self.longest(from, to, &mut settled);
        Bounds { least: self.shortest(&[from])[to], most }
    }

    /// The stages that follow a stage, each with the least time from entry to it.
    pub(super) fn following(&self, at: usize) -> impl Iterator<Item = (usize, f64)> {
        self.exits[at].iter().filter_map(|(exit, least)| match exit {
            Exit::Stage(next) => Some((*next, *least)),
            Exit::Won | Exit::Other => None,
        })
    }

    /// The longest visit of a stage, in microseconds.
    pub(super) fn longest_visit(&self, at: usize) -> f64 {
        self.visits[at].most
    }

    /// The least time of a visit of a stage whose deal does not leave a queue, in microseconds.
    pub(super) fn least_served(&self, at: usize) -> f64 {
        of_served(&self.model.stages[at], false)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::DAY_MICROS;

    #[test]
    fn who_is_refused_leaves_at_once_and_who_is_served_does_not() {
        let text = "roles: {seller: {people: 1}}\nstages:\n  a:\n    work: {role: seller, time: 12h}\n    wait: 4d\n    \
                    patience: {time: 1h, next: c}\n    max_visits: {count: 2, next: b}\n    next: {b: 50%, lost: rest}\n  \
                    b: {wait: 2d, next: {a: 30%, won: 20%, lost: rest}}\n  c: {wait: 1d, next: {won: 10%, lost: rest}}\n";
        let model = crate::model::load("", text, &[], None).model.unwrap();
        let reach = Reach::of(&model, false);
        let days = |micros: f64| micros / DAY_MICROS as f64;
        assert_eq!(days(reach.between(0, 2).least), 0.0);
        assert_eq!(days(reach.to_sale(&[1])), 2.0);
        assert_eq!(days(reach.to_sale(&[0])), 1.0);
        assert_eq!(days(reach.to_end(&[0])), 1.0);
        // Without the limit, a visit that is served takes its wait and its work.
        let text = text.replace("    max_visits: {count: 2, next: b}\n", "");
        let model = crate::model::load("", &text, &[], None).model.unwrap();
        assert_eq!(days(Reach::of(&model, false).between(0, 1).least), 4.5);
    }
}
