//! The chance of each open deal to be won at all, followed two years beyond the horizon, and the usual time of each stage.

use rayon::prelude::*;

use super::ahead::{Ahead, Firsts, Levels};
use super::contact::aim;
use super::walk;
use crate::engine::{Opening, Replication, Standing, visit_lengths};
use crate::program::{Id, Program, StageId};
use crate::quantity::{DAY_MICROS, Duration};
use crate::random::key::StreamKey;
use crate::study::failure::Failure;

/// How far deals are followed beyond the horizon, in days.
pub(super) const FAR: usize = 730;

/// Walks of each deal: the standard error of a chance is at most 3 percentage points.
const WALKS: u64 = 256;

/// What walks of a deal say.
#[derive(Debug, Clone, Default)]
pub(super) struct Chance {
    /// The share of walks in which it is won.
    pub(super) share: f64,
    /// The share of walks in which it is won behind the horizon.
    pub(super) later: f64,
    /// The day on which half of the wins have come.
    pub(super) median: Option<u32>,
    /// The mean amount of its first sale, in the currency.
    pub(super) amount: f64,
}

/// What a deal that comes to a stage finds there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AtStage {
    /// Its chance to be won at all.
    pub(super) chance: f64,
    /// The middle and the high time of a visit, in days, without queues.
    pub(super) usual: [f64; 2],
    /// Where most of those that are won go next; none for the order.
    pub(super) aim: Option<StageId>,
    /// The longest of a thousand visits.
    pub(super) longest: Duration,
}

/// Follows deals to their end, without those that come later.
pub(super) struct Chances {
    program: Program,
    /// The horizon, in days.
    horizon: usize,
    seed: u64,
    most_visits: u64,
}

impl Chances {
    /// In a model until long after the horizon, to which nobody new comes.
    pub(super) fn new(
        mut program: Program,
        horizon: usize,
        (seed, most_visits): (u64, u64),
    ) -> Chances {
        for source in &mut program.sources {
            (source.count, source.stock) = (0, None);
        }
        Chances { program, horizon, seed, most_visits }
    }

    /// Chances of open deals, in their order.
    pub(super) fn of(&self, openings: &[Opening]) -> Result<Vec<Chance>, Failure> {
        let days = (self.program.window.end.0 / DAY_MICROS) as usize + 1;
        let levels = Levels::default();
        let walks: Result<Vec<Firsts>, Failure> = (0..WALKS)
            .into_par_iter()
            .map(|number| {
                let mut ahead = Ahead::new(openings.len(), days, &levels);
                let replication = Replication { seed: self.seed, number };
                walk(&self.program, openings, (replication, self.most_visits), &mut ahead)?;
                Ok(ahead.firsts)
            })
            .collect();
        let walks = walks?;
        let chance = |at: usize| {
            let mut sales: Vec<(u32, f64)> = walks.iter().filter_map(|walk| walk[at]).collect();
            sales.sort_by_key(|sale| sale.0);
            let won = sales.len() as f64;
            Chance {
                share: won / WALKS as f64,
                later: sales.iter().filter(|sale| sale.0 as usize >= self.horizon).count() as f64
                    / WALKS as f64,
                median: sales.get(sales.len() / 2).map(|sale| sale.0),
                amount: sales.iter().map(|sale| sale.1).sum::<f64>() / won.max(1.0),
            }
        };
        Ok((0..openings.len()).map(chance).collect())
    }

    /// What deals like the first of these find at each stage.
    pub(super) fn of_stages(&self, openings: &[Opening]) -> Result<Vec<AtStage>, Failure> {
        let Some(first) = openings.first() else { return Ok(Vec::new()) };
        let enter = |at: usize| Opening {
            stage: StageId::new(at),
            entered: Duration(0),
            age: Duration(0),
            sold: None,
            sales: 0,
            value: None,
            attributes: 0,
            standing: Standing::Unknown,
            ..*first
        };
        let entering: Vec<Opening> = (0..self.program.stages.len()).map(enter).collect();
        let chances = self.of(&entering)?;
        let stream = StreamKey::new(self.seed, 0, "visits");
        let at_stage = |(opening, chance): (&Opening, &Chance)| {
            let lengths = visit_lengths(&self.program, opening, stream);
            let at = |p: f64| lengths[(p * lengths.len() as f64) as usize].0 as f64;
            let usual = [0.5, 0.9].map(|p| at(p) / DAY_MICROS as f64);
            let longest = lengths.last().copied().unwrap_or_default();
            AtStage { chance: chance.share, usual, aim: None, longest }
        };
        let mut stages: Vec<AtStage> = entering.iter().zip(&chances).map(at_stage).collect();
        for at in 0..stages.len() {
            stages[at].aim = aim(&self.program, StageId::new(at), &stages);
        }
        Ok(stages)
    }
}
