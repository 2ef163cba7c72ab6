//! Approximate waits for people who work part of the day.
//!
//! Deals wait for two reasons. Work that arrives while people are off accumulates and is served
//! after opening; this is treated as a fluid queue in steps of a quarter of an hour (Newell,
//! *Applications of Queueing Theory*). Random arrivals also cause queues in open hours; these
//! follow M/G/c in working time. If deals arrive only in the same hours, only the second part
//! remains.

use super::arrivals::Intensity;
use super::chain::{Chain, To};
use super::demand::Demand;
use super::flows::Flows;
use super::queues::{Wait, mgc};
use crate::kpi::Method;
use crate::program::{Action, Patience, Program, RoleId, Work};
use crate::quantity::{DAY_MICROS, Instant};

/// The method if work arrives in the hours of the role.
pub const IN_STEP: Method = Method::LeeLongtonInWorkingTime;
/// The method if work also arrives outside these hours.
pub const BY_THE_CLOCK: Method = Method::FlowThroughOpenHours;

/// A quarter of an hour, in microseconds.
const STEP: i64 = DAY_MICROS / 96;
/// Weeks after the window in which the last backlog is served.
const AFTER: i64 = 4;

/// The wait for a role, and the method that gives it.
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
    // In working time the same work arrives at a higher rate.
    let queue = mgc(demand.servers, demand.rate * stretch, demand.mean, demand.square);
    let inflows = Inflow::new(program, chain, flows, demand.role);
    let in_step = inflows.straight + inflows.direct * inflows.own;
    if in_step > 0.999 {
        return (Wait { mean: queue.mean * stretch, sd: None, drain: None, ..queue }, IN_STEP);
    }
    // While people serve a backlog nobody is idle, so random arrivals add less.
    let chance = queue.mean * stretch * demand.load.powf(2.0 * (1.0 - in_step));
    let mean = flow(program, demand, &inflows, stretch) + chance;
    (Wait { waits: None, mean, sd: None, drain: None }, BY_THE_CLOCK)
}

/// How work reaches a role, as shares of it; the rest arrives evenly over time.
struct Inflow {
    /// Directly after other work in the same hours.
    straight: f64,
    /// Directly after the arrival of a deal.
    direct: f64,
    /// Of the arriving deals, the share that arrives in the role's own hours.
    own: f64,
}

impl Inflow {
    fn new(program: &Program, chain: &Chain<'_>, flows: &Flows, role: RoleId) -> Inflow {
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
        // For each state, the deals that enter directly after work and directly on arrival.
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
        Inflow {
            straight: share(straight, works),
            direct: share(direct, works),
            own: share(own, all),
        }
    }
}

/// The mean wait in the fluid queue, in microseconds.
fn flow(program: &Program, demand: &Demand, inflows: &Inflow, stretch: f64) -> f64 {
    let (mut waited, mut came) = (0.0, 0.0);
    run(program, demand, inflows, stretch, |met| {
        waited += met.wait * met.work;
        came += met.work;
        1.0
    });
    if came > 0.0 { waited / came } else { 0.0 }
}

/// The share of work that loses patience before people come, if all of them are free then.
pub(super) fn left(
    program: &Program,
    chain: &Chain<'_>,
    flows: &Flows,
    demand: &Demand,
    patience: &Patience,
) -> f64 {
    let window = program.window;
    let open = program.working_time(demand.role, window.start, window.end) / demand.servers as f64;
    let stretch = (window.end.0 - window.start.0) as f64 / open;
    let inflows = Inflow::new(program, chain, flows, demand.role);
    let (mut left, mut came) = (0.0, 0.0);
    run(program, demand, &inflows, stretch, |met| {
        let wait = if patience.time.clock.is_some() { 0.0 } else { met.wait };
        left += met.work * patience.time.draw.distribution.cdf(wait - 1.0);
        came += met.work;
        0.0
    });
    if came > 0.0 { left / came } else { 0.0 }
}

/// Work that flows in during a step, and the wait that it meets.
struct Met {
    /// Working time needed, in microseconds.
    work: f64,
    /// The wait, in microseconds.
    wait: f64,
}

/// Follows the fluid queue through the window. Work flows in with arrivals, in open hours or evenly,
/// and is served in open hours; `joins` gives the share of it that joins the backlog.
fn run(
    program: &Program,
    demand: &Demand,
    inflows: &Inflow,
    stretch: f64,
    mut joins: impl FnMut(Met) -> f64,
) {
    let (start, end) = (program.window.start.0, program.window.end.0);
    let steps = (end - start) / STEP;
    let total = steps + AFTER * 7 * 96;
    let work = demand.rate * demand.mean * STEP as f64;
    // The work that people could do by the beginning of each step.
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
    let (mut heap, mut ready) = (0.0_f64, 0_usize);
    for step in 0..steps as usize {
        // New work starts when the backlog before it is served and a person is present.
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
        let evenly = 1.0 - inflows.straight - inflows.direct;
        let work = work * (inflows.direct * arrives + inflows.straight * stretch * open + evenly);
        let wait = (ready - step) as f64 * STEP as f64;
        let joined = work * joins(Met { work, wait });
        heap = (heap + joined - (done[step + 1] - done[step])).max(0.0);
    }
}
