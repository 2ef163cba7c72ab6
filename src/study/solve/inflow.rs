//! Who comes, and who does not stay: deals by source, and those who lose patience.

use crate::analytic::arrivals::Intensity;
use crate::analytic::chain::{Chain, Only, Patience};
use crate::analytic::flows::Flows;
use crate::analytic::people::{Demand, demands, loads};
use crate::analytic::{Blocker, blocked};
use crate::program::{Arrivals, Program, Source, Stage};

/// Deals that a source brings to a window, the time before it included.
pub(super) fn weight(program: &Program, source: &Source) -> f64 {
    let expected = match &source.arrivals {
        Arrivals::Rate { segments, .. } => segments.iter().map(|segment| segment.expected).sum(),
        Arrivals::Every { mean, from, until, .. } => {
            let open = source.clock.map_or((until.0 - from.0).max(0), |clock| {
                program.clocks[usize::from(clock)].between(*from, (*until).max(*from))
            });
            open as f64 / mean.max(1.0)
        }
    };
    (expected * source.batch as f64).min(source.count as f64)
}

/// Deals that arrive in the window.
pub(super) fn arrivals(program: &Program, weights: &[f64]) -> f64 {
    let window = program.window;
    let (start, end) = (window.start.0 as f64, window.end.0 as f64);
    let of = |(source, weight): (&Source, &f64)| match Intensity::new(source) {
        Ok(intensity) => intensity.count(end) - intensity.count(start),
        Err(_) => weight * (end - start) / end,
    };
    program.sources.iter().zip(weights).map(of).sum()
}

/// People that each role lacks in the long run, once all that deals will ask for is asked for: a queue that only grows
/// hides the work behind it. By role; nothing where theory cannot say.
pub fn missing_people(program: &Program) -> Vec<(usize, f64)> {
    if program.window.until_empty() || !program.roles.iter().any(|role| role.limited) {
        return Vec::new();
    }
    let weights: Vec<f64> = program.sources.iter().map(|source| weight(program, source)).collect();
    let Ok(chain) = Chain::new(program, &weights, Only::All, Patience::Endless) else {
        return Vec::new();
    };
    let Ok(flows) = Flows::new(program, &chain, &[]) else { return Vec::new() };
    let loads = loads(program, &chain, &flows, arrivals(program, &weights));
    let lack =
        |(role, servers, load): (usize, u64, f64)| (role, (load - 1.0).max(0.0) * servers as f64);
    loads.into_iter().map(lack).collect()
}

/// How many deals lose patience.
#[derive(Debug)]
pub(super) enum Reneging {
    /// Nobody can.
    Nobody,
    /// A share of the visits of each stage, known exactly.
    Known(Vec<f64>),
    /// Only a run can tell.
    Unknown(Blocker),
}

impl Reneging {
    pub(super) fn of(program: &Program, weights: &[f64]) -> Reneging {
        let Err(blocker) = blocked::patience(program) else { return Reneging::Nobody };
        Reneging::known(program, weights).unwrap_or(Reneging::Unknown(blocker))
    }

    /// Where every role that deals may leave waits by Erlang's A.
    fn known(program: &Program, weights: &[f64]) -> Option<Reneging> {
        let chain = Chain::new(program, weights, Only::All, Patience::Endless).ok()?;
        let flows = Flows::new(program, &chain, &[]).ok()?;
        let demands = demands(program, &chain, &flows, arrivals(program, weights));
        let lost = |stage: &Stage| {
            let impatient = stage.entry.iter().any(|entry| entry.patience.is_some());
            let role = stage.works().find(|work| program.roles[usize::from(work.role)].limited);
            let (true, Some(work)) = (impatient, role) else { return Some(0.0) };
            let of = |demand: &&Demand| demand.role == usize::from(work.role);
            Some(demands.iter().find(of)?.abandoned?.leave)
        };
        Some(Reneging::Known(program.stages.iter().map(lost).collect::<Option<Vec<f64>>>()?))
    }

    pub(super) fn blocker(&self) -> Option<&Blocker> {
        if let Reneging::Unknown(blocker) = self { Some(blocker) } else { None }
    }
}
