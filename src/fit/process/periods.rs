//! Periods of a file in which deals waited differently or went elsewhere.
//!
//! Change points are found by binary segmentation (Vostrikova 1981): a case is split at the date that raises the log-likelihood
//! of ways and waits most, as long as that pays by Schwarz's criterion (1978). Near the end of the file only short waits are known, so
//! that every process seems to change there. Therefore only visits count that could be watched for a fixed time, and what lasts
//! longer counts as silence.
//!
//! A period holds for its dates only. After the file the case of the whole file holds: a file of less than some years does not
//! tell whether a change stays or comes back every year.

use super::fitted::{Ending, group_of};
use super::leaf::Visited;
use super::traces::End;
use super::tree::{Case, Counts, Detail, tenths};

/// Dates are split at this many places between equally many visits.
const PLACES: usize = 12;
/// A case has at most so many periods.
const MOST: usize = 4;
/// Waits are compared in the ranges between these tenths of all waits: fewer than for visits and ages, because periods have
/// fewer visits. The longest tenth has a range of its own: it holds most of the time.
const TENTHS: [usize; 3] = [3, 6, 9];
/// A gain of less log-likelihood a visit is not written, however sure it is: it would not be seen.
const LEAST: f64 = 0.005;

/// A visit that could be watched for the whole time.
#[derive(Debug, Clone, Copy)]
struct Watched {
    date: f64,
    to: Ending,
    group: Ending,
    /// The wait; none if it was longer than the time, or if the deal has ended.
    wait: Option<f64>,
}

/// The periods of a case, in time; none where it does not change. Visits are watched for so many days, and the last period
/// ends with the file.
pub(super) fn periods(
    visits: &[Visited],
    case: Case,
    (watch, until): (f64, f64),
    detail: Detail,
) -> Vec<Case> {
    let silence = Ending::End(End::Done);
    let covered = visits.iter().filter(|visit| case.covers(visit.number, visit.worked, visit.date));
    let one = |visit: &Visited| {
        let to = visit.to.filter(|_| visit.wait.days <= watch).unwrap_or(silence);
        let wait = (to != silence).then_some(visit.wait.days);
        Watched { date: visit.date, to, group: group_of(to), wait }
    };
    let mut watched: Vec<Watched> =
        covered.filter(|visit| visit.silent >= watch).map(one).collect();
    watched.sort_by(|a, b| a.date.total_cmp(&b.date));
    let split = Splits {
        edges: edges(&watched),
        cost: Detail::Readable.cost(watched.len() as f64),
        fewest: detail.fewest(),
    };
    let mut parts = vec![(watched.as_slice(), split.best(&watched))];
    while parts.len() < MOST {
        let gain = |part: &(&[Watched], Option<(f64, usize)>)| part.1.map_or(0.0, |best| best.0);
        let best = (0..parts.len()).max_by(|a, b| gain(&parts[*a]).total_cmp(&gain(&parts[*b])));
        let Some((at, (_, place))) = best.and_then(|at| Some((at, parts[at].1?))) else { break };
        let (before, after) = parts[at].0.split_at(place);
        parts[at] = (before, split.best(before));
        parts.insert(at + 1, (after, split.best(after)));
    }
    if parts.len() == 1 {
        return Vec::new();
    }
    let first_day = |part: &(&[Watched], _)| part.0.first().map_or(until, |one| one.date.floor());
    let starts = parts.iter().skip(1).map(first_day);
    let from = std::iter::once(f64::NEG_INFINITY).chain(starts.clone());
    from.zip(starts.chain([until])).map(|dates| Case { dates, ..case }).collect()
}

/// The ends of the ranges of waits, but for the last.
fn edges(watched: &[Watched]) -> Vec<f64> {
    let all = tenths(watched.iter().filter_map(|one| one.wait).collect());
    TENTHS.iter().filter_map(|tenth| all.get(tenth - 1).copied()).collect()
}

/// How a range of visits is split.
struct Splits {
    edges: Vec<f64>,
    cost: f64,
    fewest: usize,
}

impl Splits {
    fn score(&self, watched: &[Watched]) -> f64 {
        let mut counts = Counts::default();
        for one in watched {
            counts.add(one.to, one.group, one.wait.map(|wait| (wait, self.edges.as_slice())));
        }
        counts.score(self.cost)
    }

    /// The best place to split at, with its gain; visits of one day stay together.
    fn best(&self, watched: &[Watched]) -> Option<(f64, usize)> {
        let n = watched.len();
        let whole = self.score(watched);
        let place = |k: usize| {
            let day = watched[k * n / PLACES].date.floor();
            watched.partition_point(|one| one.date < day)
        };
        let mut places: Vec<usize> =
            if n < 2 * self.fewest { Vec::new() } else { (1..PLACES).map(place).collect() };
        places.dedup();
        let enough = |at: &usize| *at >= self.fewest && n - at >= self.fewest;
        let one = |at: usize| {
            let (before, after) = watched.split_at(at);
            let gain = self.score(before) + self.score(after) - whole;
            (gain - LEAST * n as f64, at)
        };
        let splits = places.into_iter().filter(enough).map(one);
        splits.filter(|(gain, _)| *gain > 0.0).max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::durations::Lasted;

    /// 400 visits on 100 days; deals go on from a day on, and are silent before.
    fn changing(from: f64) -> Vec<Visited> {
        let visit = |k: u32| {
            let date = f64::from(k) / 4.0;
            let goes_on = date >= from && !k.is_multiple_of(8);
            Visited {
                number: 1,
                entered: 0.0,
                worked: 0.0,
                left: 1.0,
                wait: Lasted::ended(if goes_on { 1.0 } else { 0.0 }),
                work: None,
                silent: 100.0 - date,
                date,
                to: Some(if goes_on { Ending::Stage(1) } else { Ending::End(End::Done) }),
            }
        };
        (0..400).map(visit).collect()
    }

    #[test]
    fn a_change_is_found_on_its_day() {
        // The middle of the 95 days that could be watched, at which visits may be split.
        let found = periods(&changing(47.0), Case::ALL, (5.0, 100.0), Detail::Readable);
        let dates: Vec<(f64, f64)> = found.iter().map(|case| case.dates).collect();
        assert_eq!(dates, [(f64::NEG_INFINITY, 47.0), (47.0, 100.0)]);
    }

    /// Of the last days only short waits are known, which is no change.
    #[test]
    fn the_end_of_the_file_is_no_change() {
        let mut visits = changing(0.0);
        for visit in &mut visits {
            visit.wait.days = f64::from((visit.date * 4.0) as u32 % 40);
            if visit.wait.days > visit.silent {
                visit.to = None;
            }
        }
        assert_eq!(periods(&visits, Case::ALL, (39.0, 100.0), Detail::Readable), []);
    }
}
