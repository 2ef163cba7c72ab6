//! Deals drawn from a known process.

use voronka::fit::process::{Case, End, Ending, Share, Way};
use voronka::random::key::{Address, StreamKey};
use voronka::records::deals::{Deal, Deals, Moment, Outcome, Visit};

use super::fitted;

/// Deals that call, then get an offer; of the offers a share is won, others are repeated or lost.
struct Known {
    /// From the call to the offer; the others are lost.
    goes_on: f64,
    /// Won at the first offer, and at every later one.
    won: [f64; 2],
    /// Repeated.
    again: f64,
}

/// A number between 0 and 1.
fn unit(stream: StreamKey, deal: u64, draw: u64) -> f64 {
    let word = stream.deal(deal).word(Address::new("known", 0, "draw").visit(draw));
    (word >> 11) as f64 / 9_007_199_254_740_992.0
}

impl Known {
    /// So many deals, one an hour; the file ends with the last arrival, so that some are open.
    fn deals(&self, count: u64, seed: u64) -> Deals {
        let stream = StreamKey::new(seed, 0, "known");
        let mut deals = Deals::default();
        let (call, offer) = (deals.stages.id("call"), deals.stages.id("offer"));
        let until = count as f64 / 24.0;
        for at in 0..count {
            let arrived = at as f64 / 24.0;
            let mut draws = (0..).map(|draw| unit(stream, at, draw));
            let mut draw = || draws.next().unwrap();
            let (mut stage, mut now, mut outcome, mut closed) =
                (call, arrived, Outcome::Open, None);
            let mut offers = 0;
            while now < until {
                let entered = now;
                // Exponential waits of two days.
                now += -2.0 * (1.0 - draw()).ln();
                let left = (now < until).then(|| moment(now));
                let (deal, started, owner) = (at as u32, None, None);
                deals.visits.push(Visit {
                    deal,
                    stage,
                    entered: moment(entered),
                    started,
                    left,
                    owner,
                });
                if left.is_none() {
                    break;
                }
                let way = draw();
                let won = self.won[usize::from(offers > 1)];
                if stage == call && way < self.goes_on || stage == offer && way < self.again {
                    (stage, offers) = (offer, offers + 1);
                    continue;
                }
                let wins = stage == offer && way < self.again + won;
                outcome = if wins { Outcome::Won } else { Outcome::Lost };
                closed = left;
                break;
            }
            deals.deals.push(deal(at, arrived, outcome, closed));
        }
        deals.until = Some(moment(until));
        deals
    }
}

fn moment(days: f64) -> Moment {
    Moment((days * 86_400e6) as i64)
}

fn deal(at: u64, arrived: f64, outcome: Outcome, closed: Option<Moment>) -> Deal {
    Deal {
        id: at.to_string(),
        created: Some(moment(arrived)),
        closed,
        outcome,
        stage: None,
        since: None,
        amount: None,
        reason: None,
        source: None,
        owner: None,
        funnel: None,
        expected: None,
        typed_chance: None,
        asked: None,
        next: None,
    }
}

/// The ways out of a stage in the case of a visit.
fn ways(fitted: &voronka::fit::process::Fitted, stage: usize, visit: u32) -> &[Way] {
    &fitted.stages[stage].leaf(visit, 1.0, f64::MAX).ways
}

fn way(ways: &[Way], to: Ending) -> Share {
    ways.iter().find(|way| way.share.to == to).unwrap().share
}

#[test]
fn shares_lie_in_their_intervals_as_often_as_stated() {
    let known = Known { goes_on: 0.6, won: [0.3, 0.3], again: 0.2 };
    let mut inside = 0;
    for seed in 0..100 {
        let (_, fitted) = fitted(&known.deals(1_000, seed));
        let (low, high) = way(ways(&fitted, 0, 1), Ending::Stage(1)).interval();
        inside += u32::from(low <= 0.6 && 0.6 <= high);
    }
    // Of 100 intervals at 95 %, fewer than 86 hold the truth with a chance below 1e-4 (binomial).
    assert!(inside >= 86, "{inside} of 100");
}

#[test]
fn a_process_without_memory_has_one_case_and_the_right_wait() {
    let known = Known { goes_on: 0.6, won: [0.3, 0.3], again: 0.2 };
    let (traces, fitted) = fitted(&known.deals(3_000, 7));
    assert!(traces.list.iter().any(|trace| trace.end == End::Open), "some are cut off");
    for stage in &fitted.stages {
        assert_eq!(stage.leaves.len(), 1, "{:?}", stage.leaves);
        assert_eq!(stage.leaves[0].case, Case::ALL);
        let law = stage.leaves[0].wait.as_ref().unwrap().distribution().unwrap();
        // At least 1,700 waits of mean 2 with sd 2: five standard errors, 6e-7.
        assert!((law.mean() - 2.0).abs() < 5.0 * 2.0 / 1_700.0_f64.sqrt(), "{}", law.mean());
    }
}

#[test]
fn later_visits_that_end_otherwise_are_a_case_of_their_own() {
    let known = Known { goes_on: 0.9, won: [0.1, 0.6], again: 0.3 };
    let (_, fitted) = fitted(&known.deals(4_000, 3));
    let won = |visit| way(ways(&fitted, 1, visit), Ending::End(End::Won));
    for (visit, truth) in [(1, 0.1), (2, 0.6)] {
        let share = won(visit);
        // Five standard errors: 6e-7.
        let error = (truth * (1.0 - truth) / share.of as f64).sqrt();
        assert!((share.value() - truth).abs() < 5.0 * error, "visit {visit}: {share:?}");
    }
}
