//! Waits for people who go home: nearly, from the flow of work through their hours.
//!
//! Two things make deals wait. While the house is closed they gather, and the heap is worked off from the opening on: that
//! is a flow, and its waits can be counted quarter of an hour by quarter (Newell, *Applications of Queueing Theory*).
//! And work comes by chance, which makes queues in open hours too: as of M/G/c, in working time. Where deals come
//! in the same hours nothing gathers, and only the second remains.

use super::arrivals::Intensity;
use super::chain::{Chain, To};
use super::demand::Demand;
use super::flows::Flows;
use super::queues::{Wait, mgc};
use crate::kpi::Method;
use crate::program::{Action, Program, RoleId, Work};
use crate::quantity::{DAY_MICROS, Instant};

/// How the waits are found.
pub const IN_STEP: Method = Method::LeeLongtonInWorkingTime;
/// The same where deals come by the clock.
pub const BY_THE_CLOCK: Method = Method::FlowThroughOpenHours;

/// A quarter of an hour.
const STEP: i64 = DAY_MICROS / 96;
/// Weeks beyond the window in which the last heap is worked off.
const AFTER: i64 = 4;

/// The wait for a role, and by which method.
pub(super) fn wait(
    program: &Program,
    chain: &Chain<'_>,
    flows: &Flows,
    demand: &Demand,
) -> (Wait, Method) {
    let window = program.window;
    let span = (window.end.0 - window.start.0) as f64;
    let open = program.working_time(demand.role, window.start, window.end) / demand.servers as f64;
    let stretch = span / open;
    // Work comes so much faster in working time.
    let queue = mgc(demand.servers, demand.rate * stretch, demand.mean, demand.square);
    let ways_in = WaysIn::new(program, chain, flows, demand.role);
    let in_step = ways_in.straight + ways_in.direct * ways_in.own;
    if in_step > 0.999 {
        return (Wait { mean: queue.mean * stretch, sd: None, drain: None, ..queue }, IN_STEP);
    }
    // Of chance there is less while a heap is worked off: nobody is idle then.
    let chance = queue.mean * stretch * demand.load.powf(2.0 * (1.0 - in_step));
    let mean = flow(program, demand, &ways_in, stretch) + chance;
    (Wait { waits: None, mean, sd: None, drain: None }, BY_THE_CLOCK)
}

/// How work comes to a role, in shares; what is left comes by the clock.
struct WaysIn {
    /// Straight after other work in the same hours.
    straight: f64,
    /// With deals that just arrived.
    direct: f64,
    /// Of these, the share that arrives in the role's own hours.
    own: f64,
}

impl WaysIn {
    fn new(program: &Program, chain: &Chain<'_>, flows: &Flows, role: RoleId) -> WaysIn {
        let clock = program.roles[role].clock;
        let same = |work: &Work| program.roles[work.role].clock == clock;
        let steps = |state: usize| {
            let case = chain.states[state].case;
            let id = chain.states[state].stage;
            let entry = id.map(|id| program.stages[id].entry.case(case));
            entry.map_or(&[][..], |entry| entry.steps.as_slice())
        };
        let (all, own) = program.sources.iter().fold((0.0, 0.0), |(all, own), source| {
            let n = source.expected_arrivals();
            (all + n, own + if source.clock == Some(clock) { n } else { 0.0 })
        });
        // Deals that come to each state straight after work, and straight from outside.
        let mut entered = vec![(0.0, 0.0); chain.states.len()];
        for (transition, flow) in chain.transitions.iter().zip(&flows.transitions) {
            let To::State(to) = transition.to else { continue };
            match steps(transition.from).last().map(|step| &step.action) {
                None if transition.from == 0 => entered[to].1 += flow.n,
                Some(Action::Work(work)) if transition.after.is_none() && same(work) => {
                    entered[to].0 += flow.n;
                }
                _ => {}
            }
        }
        let (mut works, mut straight, mut direct) = (0.0, 0.0, 0.0);
        for (state, visits) in flows.visits.iter().enumerate() {
            let mut before = entered[state];
            for step in steps(state) {
                let Action::Work(work) = &step.action else {
                    before = (0.0, 0.0);
                    continue;
                };
                if work.role == role {
                    works += visits;
                    straight += before.0;
                    direct += before.1;
                }
                before = (if same(work) { *visits } else { 0.0 }, 0.0);
            }
        }
        let share = |part: f64, of: f64| if of > 0.0 { part / of } else { 0.0 };
        WaysIn {
            straight: share(straight, works),
            direct: share(direct, works),
            own: share(own, all),
        }
    }
}

/// The mean wait of work that flows in, as deals arrive, in the hours of work or evenly, and out while the house is
/// open, in microseconds.
fn flow(program: &Program, demand: &Demand, ways_in: &WaysIn, stretch: f64) -> f64 {
    let (start, end) = (program.window.start.0, program.window.end.0);
    let steps = (end - start) / STEP;
    let total = steps + AFTER * 7 * 96;
    let work = demand.rate * demand.mean * STEP as f64;
    // Work that could be done by the beginning of each step.
    let mut done = Vec::with_capacity(total as usize + 1);
    done.push(0.0);
    for step in 0..total {
        let (from, until) = (Instant(start + step * STEP), Instant(start + (step + 1) * STEP));
        done.push(done[step as usize] + program.working_time(demand.role, from, until));
    }
    let full = demand.servers as f64 * STEP as f64;
    let sources: Result<Vec<Intensity>, _> = program.sources.iter().map(Intensity::new).collect();
    let arrivals = sources.ok().map(|sources| {
        let count = |at: i64| sources.iter().map(|source| source.count(at as f64)).sum::<f64>();
        let mean = (count(end) - count(start)) / steps.max(1) as f64;
        (sources, mean)
    });
    let (mut heap, mut waited, mut came, mut ready) = (0.0_f64, 0.0, 0.0, 0_usize);
    for step in 0..steps as usize {
        // What comes now starts when the heap before it is worked off and somebody is there.
        let enough = done[step] + heap.max(1.0);
        ready = ready.max(step);
        while ready + 1 < done.len() && done[ready + 1] < enough {
            ready += 1;
        }
        let open = (done[step + 1] - done[step]) / full;
        let at = (start + step as i64 * STEP) as f64;
        let arrives = arrivals.as_ref().map_or(1.0, |(sources, mean)| {
            let count = |at: f64| sources.iter().map(|source| source.count(at)).sum::<f64>();
            (count(at + STEP as f64) - count(at)) / mean
        });
        let evenly = 1.0 - ways_in.straight - ways_in.direct;
        let inflow = work * (ways_in.direct * arrives + ways_in.straight * stretch * open + evenly);
        waited += (ready - step) as f64 * inflow;
        came += inflow;
        heap = (heap + inflow - (done[step + 1] - done[step])).max(0.0);
    }
    if came > 0.0 { waited / came * STEP as f64 } else { 0.0 }
}
