//! What a stage does in a case: where its deals go and how long that takes.
//!
//! Deals that were still there when the file ended count by redistribution to the right (Efron 1967): the weight of such a
//! deal goes in equal parts to those that stayed longer. For one way this is the estimator of Kaplan and Meier (1958), for
//! several that of Aalen and Johansen (1978).
//!
//! Where only a silence shows that a deal ended, it may also go on later: a wait may be longer than the silence that is taken as
//! an end. So such a deal counts as still there for as long as it has been silent, and the share that ends is what is left
//! after the longest waits (Maller and Zhou 1992, *Biometrika* 79: the share that is cured).

use std::collections::BTreeMap;

use super::fitted::{Ending, FittedStage, Leaf, Never, Rare, Share, Way, group_of};
use super::traces::End;
use super::tree::Case;
use crate::fit::durations::{Lasted, Law, Survival, choose, choose_weighted};

/// A smaller share of visits without an end is left to chance.
const LEAST_NEVER: f64 = 0.02;
/// Fewer visits without an end say nothing of the share that never ends.
const FEWEST_OPEN: u64 = 10;
/// A way that is taken by a smaller share of those that leave is rare, …
const RARE: f64 = 0.002;
/// … and one that a single deal took, where at least so many left.
const ONE_OF: u64 = 30;

/// Where a deal went that has ended as far as silence shows.
const SILENT: Option<Ending> = Some(Ending::End(End::Done));

/// A visit of a stage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visited {
    /// Its number in the deal.
    pub(super) number: u32,
    /// Ages in days: at the entry, …
    pub(super) entered: f64,
    /// … at the end of the work …
    pub(super) worked: f64,
    /// … and at the exit.
    pub(super) left: f64,
    /// The time from the end of the work to the exit.
    pub(super) wait: Lasted,
    /// The time of the work, which may go on at the end of the file.
    pub(super) work: Option<Lasted>,
    /// How long nothing has happened since the end of the work, in days; used where the deal has ended as far as silence shows.
    pub(super) silent: f64,
    /// The end of the work, in days since 1970-01-01.
    pub(super) date: f64,
    /// Where the deal went; `None` if it was still there.
    pub(super) to: Option<Ending>,
}

/// A visit that stands for itself and for its part of those that were cut off before.
#[derive(Debug, Clone, Copy)]
struct Weighted {
    to: Ending,
    days: f64,
    weight: f64,
}

/// What a stage does in a case.
pub(super) fn leaf(visits: &[Visited], case: Case, by_way: bool) -> Leaf {
    if by_way { with_ways(visits, case) } else { whatever_comes(visits, case) }
}

fn counts(ways: impl Iterator<Item = Ending>) -> BTreeMap<Ending, u64> {
    let mut taken: BTreeMap<Ending, u64> = BTreeMap::new();
    ways.for_each(|to| *taken.entry(to).or_default() += 1);
    taken
}

/// One distribution of waits: that of the stage.
fn whatever_comes(visits: &[Visited], case: Case) -> Leaf {
    let entered =
        visits.iter().filter(|visit| case.covers(visit.number, visit.entered, visit.date));
    let left = visits.iter().filter(|visit| case.covers(visit.number, visit.left, visit.date));
    let waits: Vec<Lasted> = entered.map(|visit| visit.wait).collect();
    let taken = counts(left.filter_map(|visit| visit.to));
    let of = taken.values().sum();
    let way = |(to, count): (Ending, u64)| Way { share: Share::seen(to, count, of), after: None };
    let share = Survival::of(&waits).map_or(0.0, |survival| survival.left_over());
    Leaf {
        case,
        visits: waits.len() as u64,
        wait: choose(&waits).filter(|law| *law != Law::Constant(0.0)),
        waits: (waits.len() as u64, not_ended(&waits)),
        ways: sorted(taken.into_iter().map(way).collect()),
        rare: None,
        never: never(&waits, share),
    }
}

fn not_ended(waits: &[Lasted]) -> u64 {
    waits.iter().filter(|wait| !wait.ended).count() as u64
}

fn never(waits: &[Lasted], share: f64) -> Option<Never> {
    let days = waits.iter().map(|wait| wait.days).fold(0.0, f64::max);
    let enough = not_ended(waits) >= FEWEST_OPEN && share >= LEAST_NEVER;
    enough.then_some(Never { share, days })
}

/// The most frequent way first.
fn sorted(mut ways: Vec<Way>) -> Vec<Way> {
    let by_share = |a: &Way, b: &Way| b.share.part.total_cmp(&a.share.part);
    ways.sort_by(|a, b| by_share(a, b).then(a.share.to.cmp(&b.share.to)));
    ways
}

/// A distribution of waits for each way.
fn with_ways(visits: &[Visited], case: Case) -> Leaf {
    let covered =
        || visits.iter().filter(|visit| case.covers(visit.number, visit.worked, visit.date));
    let waits: Vec<Lasted> = covered().map(|visit| visit.wait).collect();
    let taken = counts(covered().filter_map(|visit| visit.to));
    let of = taken.values().sum();
    let weighted = redistributed(covered());
    let all: f64 = weighted.iter().map(|one| one.weight).sum();
    let way = |(to, count): (Ending, u64)| {
        let own = weighted.iter().filter(|one| one.to == to);
        let part = own.map(|one| one.weight).sum::<f64>() / all;
        let alike = weighted.iter().filter(|one| group_of(one.to) == group_of(to));
        let times: Vec<(f64, f64)> = alike.map(|one| (one.days, one.weight)).collect();
        let after = choose_weighted(&times).filter(|law| *law != Law::Constant(0.0));
        Way { share: Share { to, count, of, part }, after }
    };
    let share = 1.0 - all / waits.len() as f64;
    Leaf {
        case,
        visits: waits.len() as u64,
        wait: None,
        waits: (waits.len() as u64, not_ended(&waits)),
        ways: sorted(taken.into_iter().map(way).collect()),
        rare: None,
        never: never(&waits, share),
    }
}

/// The visits that ended with their weights; all weights sum to the number of visits, less those that none outlasted.
///
/// A silent deal gives its weight to those that waited longer; what nobody outlasted has ended. The one that has been silent
/// for the longest time has ended in any case, so that deals can end where some ended.
fn redistributed<'v>(visits: impl Iterator<Item = &'v Visited>) -> Vec<Weighted> {
    let time = |visit: &Visited| {
        if visit.to == SILENT { visit.silent } else { visit.wait.days }
    };
    let has_left = |visit: &Visited| visit.to.is_some() && visit.to != SILENT;
    let mut sorted: Vec<&Visited> = visits.collect();
    // What ended comes before what went on at the same time.
    sorted.sort_by(|a, b| {
        time(a).total_cmp(&time(b)).then(has_left(b).cmp(&has_left(a))).then(a.to.cmp(&b.to))
    });
    let longest = sorted.iter().rposition(|visit| visit.to == SILENT);
    let (mut weight, mut later) = (1.0, sorted.len() as f64);
    let mut found = Vec::with_capacity(sorted.len());
    for (at, visit) in sorted.into_iter().enumerate() {
        later -= 1.0;
        match visit.to {
            Some(to) if visit.to != SILENT => {
                found.push(Weighted { to, days: visit.wait.days, weight });
            }
            Some(to) if longest == Some(at) => found.push(Weighted { to, days: 0.0, weight }),
            _ if later > 0.0 => weight *= (later + 1.0) / later,
            _ => {}
        }
    }
    found
}

/// Leaves out rare ways, but none that is the most frequent one to its stage; the ways of a period stand in one line.
pub(super) fn leave_out(stages: &mut [FittedStage], starts: &[(usize, u64)]) {
    let mut most: BTreeMap<Ending, u64> = BTreeMap::new();
    for (at, count) in starts {
        most.insert(Ending::Stage(*at), *count);
    }
    for way in stages.iter().flat_map(|stage| &stage.leaves).flat_map(|leaf| &leaf.ways) {
        let found = most.entry(group_of(way.share.to)).or_default();
        *found = (*found).max(way.share.count);
    }
    let leaves = stages.iter_mut().flat_map(|stage| &mut stage.leaves);
    for leaf in leaves.filter(|leaf| !leaf.case.is_period()) {
        let is_rare = |way: &Way| {
            let Share { to, count, of, part } = way.share;
            let few = part < RARE || (count == 1 && of >= ONE_OF);
            few && most.get(&group_of(to)).is_some_and(|most| *most > count)
        };
        let (rare, kept): (Vec<Way>, Vec<Way>) = leaf.ways.drain(..).partition(is_rare);
        let left: f64 = kept.iter().map(|way| way.share.part).sum();
        let keep = |mut way: Way| {
            way.share.part /= left;
            way
        };
        leaf.rare = rare.first().map(|way| Rare {
            ways: rare.len() as u64,
            count: rare.iter().map(|way| way.share.count).sum(),
            of: way.share.of,
        });
        leaf.ways = kept.into_iter().map(keep).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(days: f64, to: Option<Ending>) -> Visited {
        let wait = Lasted { days, ended: to.is_some() };
        Visited {
            number: 1,
            entered: 0.0,
            worked: 0.0,
            left: days,
            wait,
            work: None,
            silent: days,
            date: 0.0,
            to,
        }
    }

    /// By hand: 1 won, 2 still there, 3 lost, 4 won. The deal that was cut off gives a half each to the two that stayed longer.
    #[test]
    fn deals_that_were_cut_off_count_for_those_that_stayed_longer() {
        let (won, lost) = (Ending::End(End::Won), Ending::End(End::Lost(None)));
        let visits = [(1.0, Some(won)), (2.0, None), (3.0, Some(lost)), (4.0, Some(won))];
        let visits = visits.map(|(days, to)| visit(days, to));
        let found = with_ways(&visits, Case::ALL);
        let part = |to| found.ways.iter().find(|way| way.share.to == to).unwrap().share.part;
        assert!((part(won) - 2.5 / 4.0).abs() < 1e-12, "{found:?}");
        assert!((part(lost) - 1.5 / 4.0).abs() < 1e-12, "{found:?}");
        assert_eq!((found.ways[0].share.count, found.ways[0].share.of), (2, 3));
    }

    /// By hand: 1 went on, silent for 2, 3 went on, silent for 4. The deal that was silent for 2 days gives a half each to the
    /// wait of 3 days and to the end.
    #[test]
    fn a_silent_deal_may_go_on_as_late_as_others_did() {
        let (done, won) = (Ending::End(End::Done), Ending::End(End::Won));
        let visits = [(1.0, won), (2.0, done), (3.0, won), (4.0, done)];
        let visits = visits.map(|(days, to)| visit(days, Some(to)));
        let found = with_ways(&visits, Case::ALL);
        let part = |to| found.ways.iter().find(|way| way.share.to == to).unwrap().share.part;
        assert!((part(won) - 2.5 / 4.0).abs() < 1e-12, "{found:?}");
        assert!((part(done) - 1.5 / 4.0).abs() < 1e-12, "{found:?}");
        assert_eq!(found.never, None);
    }

    #[test]
    fn a_way_of_one_deal_is_left_out_unless_it_is_the_only_one_to_its_stage() {
        let end = Ending::End(End::Won);
        let stage = |rare: Ending| {
            let mut visits = vec![visit(1.0, Some(end)); 300];
            visits.push(visit(1.0, Some(rare)));
            let leaves = vec![leaf(&visits, Case::ALL, false)];
            FittedStage { name: None, deals: 301, work: None, by_way: false, leaves }
        };
        let mut stages = vec![stage(Ending::Stage(0)), stage(Ending::Stage(1))];
        leave_out(&mut stages, &[(0, 400)]);
        assert_eq!(stages[0].leaves[0].rare, Some(Rare { ways: 1, count: 1, of: 301 }));
        assert_eq!(stages[1].leaves[0].rare, None);
        assert_eq!(stages[1].leaves[0].ways.len(), 2);
    }
}
