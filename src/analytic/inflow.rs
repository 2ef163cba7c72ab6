//! Arriving deals by source, and the deals that lose patience.

use super::arrivals::Intensity;
use super::chain::{Chain, Only, Patience};
use super::demand::Demand;
use super::flows::Flows;
use super::people::demands;
use super::{Blocker, blocked};
use crate::program::{Arrivals, Program, Source, Stage};

/// Expected deals of a source until the end of the window, including the warm-up.
pub fn weight(program: &Program, source: &Source) -> f64 {
    let expected = match &source.arrivals {
        Arrivals::Rate { segments, .. } => segments.iter().map(|segment| segment.expected).sum(),
        Arrivals::Every { mean, from, until, .. } => {
            let open = source.clock.map_or((until.0 - from.0).max(0), |clock| {
                program.clocks[clock].between(*from, (*until).max(*from))
            });
            open as f64 / mean.max(1.0)
        }
    };
    (expected * source.batch as f64).min(source.count as f64)
}

/// Expected deals that arrive in the window.
pub fn arrivals(program: &Program, weights: &[f64]) -> f64 {
    let window = program.window;
    let (start, end) = (window.start.0 as f64, window.end.0 as f64);
    let of = |(source, weight): (&Source, &f64)| match Intensity::new(source) {
        Ok(intensity) => intensity.count(end) - intensity.count(start),
        Err(_) => weight * (end - start) / end,
    };
    program.sources.iter().zip(weights).map(of).sum()
}

/// The share of deals that lose patience.
#[derive(Debug)]
pub enum Reneging {
    /// No deal can.
    Nobody,
    /// The exact share of the visits of each stage.
    Known(Vec<f64>),
    /// Only a simulation can give it.
    Unknown(Blocker),
}

impl Reneging {
    /// The share that loses patience, if it can be computed.
    pub fn of(program: &Program, weights: &[f64]) -> Reneging {
        let Err(blocker) = blocked::patience(program) else { return Reneging::Nobody };
        Reneging::known(program, weights).unwrap_or(Reneging::Unknown(blocker))
    }

    /// Known if the wait for every role with patience follows Erlang's A.
    fn known(program: &Program, weights: &[f64]) -> Option<Reneging> {
        let chain = Chain::new(program, weights, Only::All, Patience::Endless).ok()?;
        let flows = Flows::new(program, &chain, &[]).ok()?;
        let demands = demands(program, &chain, &flows, arrivals(program, weights));
        let lost = |stage: &Stage| {
            let impatient = stage.entry.iter().any(|entry| entry.patience.is_some());
            let role = stage.works().find(|work| program.roles[work.role].limited);
            let (true, Some(work)) = (impatient, role) else { return Some(0.0) };
            let of = |demand: &&Demand| demand.role == work.role;
            Some(demands.iter().find(of)?.abandoned?.leave)
        };
        Some(Reneging::Known(program.stages.iter().map(lost).collect::<Option<Vec<f64>>>()?))
    }

    /// The reason why it is unknown.
    pub fn blocker(&self) -> Option<&Blocker> {
        if let Reneging::Unknown(blocker) = self { Some(blocker) } else { None }
    }
}
