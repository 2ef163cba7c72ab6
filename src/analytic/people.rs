//! Roles as queues: the queueing model that applies, and the waits for people that it gives.
//!
//! An exact answer needs Poisson arrivals at the role, or a network whose queues are independent
//! (Jackson 1963). The conditions are checked on the chain. If one fails, the answer is marked as
//! an approximation, or there is none.

use super::chain::{Chain, State, To};
use super::closed;
use super::demand::{Demand, Law};
use super::flows::Flows;
use super::queues::{Wait, erlang_a, mg1, mgc, mmc};
use super::waits::WaitLaw;
use super::{Blocker, Why};
use crate::kpi::Method;
use crate::program::{Action, Arrivals, Program, RoleId, Work};
use crate::random::distribution::Distribution;

/// The steady arrival rate, in deals per microsecond; fails if the rate is not steady.
pub fn steady(program: &Program) -> Result<f64, Blocker> {
    let mut rate = 0.0;
    for source in &program.sources {
        let key = |what: &str| format!("sources.{}.{what}", source.name);
        match &source.arrivals {
            Arrivals::Every { .. } => return Err(Blocker::new(key("every"), Why::NotPoisson)),
            Arrivals::Rate { .. } if source.batch > 1 => {
                return Err(Blocker::new(key("batch"), Why::Together));
            }
            Arrivals::Rate { .. } if source.count < u64::MAX => {
                return Err(Blocker::new(key("count"), Why::ArrivalsEnd));
            }
            Arrivals::Rate { segments, .. } => match segments.as_slice() {
                [] => {}
                [one] if one.start.0 <= 0 && one.end >= program.window.end => {
                    rate += 1.0 / one.micros_per_arrival;
                }
                _ => return Err(Blocker::new(key("rate"), Why::ChangesWithTime)),
            },
        }
    }
    Ok(rate)
}

/// Checks that arrivals are Poisson and single; their rate may change.
fn random(program: &Program) -> Result<(), Blocker> {
    let key = |name: &str, what: &str| format!("sources.{name}.{what}");
    for source in &program.sources {
        if matches!(source.arrivals, Arrivals::Every { .. }) {
            return Err(Blocker::new(key(&source.name, "every"), Why::NotPoisson));
        }
        if source.batch > 1 {
            return Err(Blocker::new(key(&source.name, "batch"), Why::Together));
        }
    }
    Ok(())
}

/// The deals of a program as a network of queues: the work that they need, and how often.
struct Network<'a> {
    program: &'a Program,
    chain: &'a Chain<'a>,
    flows: &'a Flows,
    /// By state: the work of limited roles.
    works: Vec<Vec<&'a Work>>,
}

/// The people of each limited role, and the share of their working time that is needed.
pub fn loads(
    program: &Program,
    chain: &Chain<'_>,
    flows: &Flows,
    arrivals: f64,
) -> Vec<(RoleId, u64, f64)> {
    let network = Network::new(program, chain, flows);
    let of_role = |role: RoleId| {
        let asked: f64 = network.of(role).map(|(n, work)| n * work.time.distribution.mean()).sum();
        // A role that no deal needs may have no calendar of its own.
        if asked == 0.0 {
            return None;
        }
        let count = program.people_of(role).iter().map(|person| person.count).sum();
        Some((role, count, asked * arrivals / network.capacity(role)))
    };
    network.limited().filter_map(of_role).filter(|(_, _, load)| load.is_finite()).collect()
}

/// The demand on each limited role if `arrivals` deals come in the window.
pub fn demands<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    flows: &Flows,
    arrivals: f64,
) -> Vec<Demand> {
    let network = Network::new(program, chain, flows);
    let jackson = network.is_jackson();
    let window = program.window;
    let of_role = |role: RoleId| {
        let (mut count, mut sum, mut squares, mut cubes) = (0.0, 0.0, 0.0, 0.0);
        for (n, work) in network.of(role) {
            let time = &work.time.distribution;
            let mean = time.mean();
            count += n;
            sum += n * mean;
            squares += n * (time.variance() + mean * mean);
            cubes += n * time.third_moment();
        }
        let servers = program.people_of(role).iter().map(|person| person.count).sum();
        let span = (window.end.0 - window.start.0).max(1) as f64;
        let mut demand = Demand {
            role,
            servers,
            works: count,
            mean: sum / count,
            square: squares / count,
            cube: cubes / count,
            rate: count * arrivals / span,
            load: sum * arrivals / network.capacity(role),
            wait: Err(Blocker::new("", Why::Unstable)),
            waits: None,
            abandoned: None,
        };
        match network.patience(role) {
            Ok(None) => {
                demand.wait = network.wait(&demand, jackson);
                let exact = matches!(&demand.wait, Ok((wait, Law::Exact)) if wait.drain.is_none());
                if exact && servers == 1 {
                    let services = network.services(role, count);
                    demand.waits = WaitLaw::new(demand.rate, &services);
                }
            }
            Ok(Some(patience)) => {
                let found = erlang_a(servers, demand.rate, demand.mean, patience);
                demand.wait = Ok((found.served, Law::Exact));
                demand.abandoned = Some(found);
            }
            Err(blocker) => demand.wait = Err(blocker),
        }
        demand
    };
    network.limited().map(of_role).filter(|demand| demand.works > 0.0).collect()
}

impl<'a> Network<'a> {
    fn new(program: &'a Program, chain: &'a Chain<'_>, flows: &'a Flows) -> Network<'a> {
        let works = |state: &State| {
            let Some(id) = state.stage else { return Vec::new() };
            let entry = program.stages[id].entry.case(state.case);
            let work = entry.steps.iter().filter_map(|step| match &step.action {
                Action::Work(work) if program.roles[work.role].limited => Some(work),
                _ => None,
            });
            work.collect()
        };
        Network { program, chain, flows, works: chain.states.iter().map(works).collect() }
    }

    /// The limited roles.
    fn limited(&self) -> impl Iterator<Item = RoleId> {
        self.program.roles.entries().filter(|(_, role)| role.limited).map(|(id, _)| id)
    }

    /// The work items of a role, with how often an arriving deal needs each.
    fn of(&self, role: RoleId) -> impl Iterator<Item = (f64, &'a Work)> {
        let of_states = self.flows.visits.iter().zip(&self.works);
        let all = of_states.flat_map(|(n, works)| works.iter().map(|work| (*n, *work)));
        all.filter(move |(_, work)| work.role == role)
    }

    /// The working time of a role's people in the window, in microseconds.
    fn capacity(&self, role: RoleId) -> f64 {
        let window = self.program.window;
        self.program.working_time(role, window.start, window.end)
    }

    /// The distributions of the work items of a role, each with its share.
    fn services(&self, role: RoleId, all: f64) -> Vec<(f64, &'a Distribution)> {
        let mut services: Vec<(f64, &Distribution)> = Vec::new();
        for (visits, work) in self.of(role) {
            let time = &work.time.distribution;
            match services.iter_mut().find(|(_, known)| *known == time) {
                Some((share, _)) => *share += visits / all,
                None => services.push((visits / all, time)),
            }
        }
        services
    }

    /// The mean patience of deals that wait for a role if Erlang's A applies; `None` if no deal can
    /// lose patience.
    fn patience(&self, role: RoleId) -> Result<Option<f64>, Blocker> {
        let mut found: Vec<Option<&Distribution>> = Vec::new();
        let mut key = String::new();
        for (state, works) in self.chain.states.iter().zip(&self.works) {
            let asks = works.iter().any(|work| work.role == role);
            let Some(id) = state.stage.filter(|_| asks) else { continue };
            let stage = &self.program.stages[id];
            let patience = stage.entry.case(state.case).patience.as_ref();
            if patience.is_some() {
                key = format!("stages.{}.patience", stage.name);
            }
            let by_clock = patience.filter(|patience| patience.time.clock.is_none());
            if patience.is_some() && by_clock.is_none() {
                return Err(Blocker::new(key, Why::WorkingPatience));
            }
            found.push(by_clock.map(|patience| &patience.time.draw.distribution));
        }
        let Some(first) = found.first().copied() else { return Ok(None) };
        if found.iter().all(Option::is_none) {
            return Ok(None);
        }
        let alike = found.iter().all(|other| *other == first);
        let Some(Distribution::Exponential(_)) = first.filter(|_| alike) else {
            return Err(Blocker::new(key, Why::PatienceNotAlike));
        };
        steady(self.program)?;
        if !self.is_always(role) || !self.is_exponential(role) || !self.is_poisson(role) {
            return Err(Blocker::new(key, Why::BeyondErlang));
        }
        Ok(first.map(Distribution::mean))
    }

    /// Whether all people of a role work around the clock.
    fn is_always(&self, role: RoleId) -> bool {
        let mut people = self.program.people_of(role).iter();
        people.all(|person| self.program.clocks[person.clock].is_always())
    }

    /// The wait for a role, by the queueing model that applies.
    fn wait(&self, demand: &Demand, jackson: bool) -> Result<(Wait, Law), Blocker> {
        let Network { program, chain, flows, .. } = *self;
        let role = &program.roles[demand.role];
        let key = |what: &str| format!("roles.{}{what}", role.name);
        if demand.load >= 1.0 {
            return Err(Blocker::new(key(""), Why::Unstable));
        }
        if !self.is_always(demand.role) {
            random(program)?;
            let (wait, method) = closed::wait(program, chain, flows, demand);
            return Ok((wait, Law::Approximate(method)));
        }
        steady(program)?;
        let Demand { servers, rate, mean, square, cube, .. } = *demand;
        let exponential = self.is_exponential(demand.role);
        let poisson = self.is_poisson(demand.role);
        if exponential && (jackson || poisson) {
            return Ok((mmc(servers, rate, mean), Law::Exact));
        }
        if servers == 1 && poisson {
            return Ok((mg1(rate, [mean, square, cube]), Law::Exact));
        }
        let name = if poisson { Method::LeeLongton } else { Method::LeeLongtonAsPoisson };
        Ok((mgc(servers, rate, mean, square), Law::Approximate(name)))
    }

    /// Whether all work items of a role are exponential with one mean.
    fn is_exponential(&self, role: RoleId) -> bool {
        let mut of_role = self.of(role).map(|(_, work)| &work.time.distribution);
        let first = of_role.next();
        matches!(first, Some(Distribution::Exponential(_))) && of_role.all(|law| Some(law) == first)
    }

    /// Whether the model is an open network of exponential queues that work around the clock.
    fn is_jackson(&self) -> bool {
        let mut asked = self.limited().filter(|role| self.of(*role).next().is_some());
        super::blocked::patience(self.program).is_ok()
            && asked.all(|role| self.is_always(role) && self.is_exponential(role))
    }

    /// Whether arrivals at a role are Poisson: no deal queued before, and none comes twice.
    fn is_poisson(&self, role: RoleId) -> bool {
        let states = &self.works;
        let asks = |state: usize| states[state].iter().filter(|work| work.role == role).count();
        if (0..states.len())
            .any(|state| asks(state) > 1 || asks(state) == 1 && states[state].len() > 1)
        {
            return false;
        }
        let mut follows = vec![Vec::new(); states.len()];
        let mut leads = vec![Vec::new(); states.len()];
        for transition in &self.chain.transitions {
            if let To::State(to) = transition.to {
                follows[transition.from].push(to);
                leads[to].push(transition.from);
            }
        }
        let own: Vec<usize> = (0..states.len()).filter(|state| asks(*state) == 1).collect();
        let reach = |transitions: &[Vec<usize>]| {
            let mut seen = vec![false; states.len()];
            let mut open: Vec<usize> =
                own.iter().flat_map(|state| transitions[*state].clone()).collect();
            while let Some(state) = open.pop() {
                if !std::mem::replace(&mut seen[state], true) {
                    open.extend(&transitions[state]);
                }
            }
            seen
        };
        let (later, earlier) = (reach(&follows), reach(&leads));
        own.iter().all(|state| !later[*state])
            && (0..states.len()).all(|state| !earlier[state] || states[state].is_empty())
    }
}
