//! Roles as queues: which laws a model fulfils, and what they say of waiting for people.
//!
//! Exact answers need more than a formula: arrivals at the role must be Poisson, or the whole must be a network
//! whose queues do not know of each other (Jackson 1963). What of this a model has is found in its chain; where
//! something is missing the answer is an approximation and says so, or there is none.

use super::Blocker;
use super::chain::{Chain, To};
use super::closed;
use super::demand::{Demand, Law};
use super::flows::Flows;
use super::queues::{Wait, erlang_a, mg1, mgc, mmc};
use super::waits::WaitLaw;
use crate::program::{Action, Arrivals, Program, Work};
use crate::random::distribution::Distribution;

/// The steady rate at which deals arrive, in a microsecond; where there is one.
pub fn steady(program: &Program) -> Result<f64, Blocker> {
    let mut rate = 0.0;
    for source in &program.sources {
        let key = |what: &str| format!("sources.{}.{what}", source.name);
        match &source.arrivals {
            Arrivals::Every { .. } => return Err(Blocker::new(key("every"), "is not Poisson")),
            Arrivals::Rate { .. } if source.batch > 1 => {
                return Err(Blocker::new(key("batch"), "deals come together"));
            }
            Arrivals::Rate { .. } if source.count < u64::MAX => {
                return Err(Blocker::new(key("count"), "arrivals end"));
            }
            Arrivals::Rate { segments, .. } => match segments.as_slice() {
                [] => {}
                [one] if one.start.0 <= 0 && one.end >= program.window.end => {
                    rate += 1.0 / one.micros_per_arrival;
                }
                _ => return Err(Blocker::new(key("rate"), "changes with time")),
            },
        }
    }
    Ok(rate)
}

/// Whether deals come by chance, each alone, maybe faster at one time than at another.
fn random(program: &Program) -> Result<(), Blocker> {
    let key = |name: &str, what: &str| format!("sources.{name}.{what}");
    for source in &program.sources {
        if matches!(source.arrivals, Arrivals::Every { .. }) {
            return Err(Blocker::new(key(&source.name, "every"), "is not Poisson"));
        }
        if source.batch > 1 {
            return Err(Blocker::new(key(&source.name, "batch"), "deals come together"));
        }
    }
    Ok(())
}

/// The works of a state, with their roles.
fn works<'p>(program: &'p Program, chain: &Chain<'p>, state: usize) -> Vec<&'p Work> {
    let state = chain.states[state];
    let Some(index) = state.stage else { return Vec::new() };
    let entry = program.stages[usize::from(index)].entry.case(state.case);
    let work = entry.steps.iter().filter_map(|step| match &step.action {
        Action::Work(work) if program.roles[usize::from(work.role)].limited => Some(work),
        _ => None,
    });
    work.collect()
}

/// How much of the working time of each role is asked for: its index, its people, and the share.
pub fn loads(
    program: &Program,
    chain: &Chain<'_>,
    flows: &Flows,
    arrivals: f64,
) -> Vec<(usize, u64, f64)> {
    let window = program.window;
    let limited = (0..program.roles.len()).filter(|role| program.roles[*role].limited);
    let of_role = |role: usize| {
        let asked: f64 = (0..chain.states.len())
            .flat_map(|state| works(program, chain, state).into_iter().map(move |w| (state, w)))
            .filter(|(_, work)| usize::from(work.role) == role)
            .map(|(state, work)| flows.visits[state] * work.time.distribution.mean())
            .sum();
        // The hours of a role that nobody asks for are not even known.
        if asked == 0.0 {
            return None;
        }
        let first = program.roles[role].first_person as usize;
        let people = &program.people[first..first + program.roles[role].persons as usize];
        let has = |person: &crate::program::Person| {
            let clock = &program.clocks[usize::from(person.clock)];
            clock.between(window.start, window.end) as f64 * person.count as f64
        };
        let capacity: f64 = people.iter().map(has).sum();
        let count = people.iter().map(|person| person.count).sum();
        Some((role, count, asked * arrivals / capacity))
    };
    limited.filter_map(of_role).filter(|(_, _, load)| load.is_finite()).collect()
}

/// What is asked of each role with a number of people; `arrivals` deals come in the window.
pub fn demands<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    flows: &Flows,
    arrivals: f64,
) -> Vec<Demand> {
    let states: Vec<Vec<&Work>> =
        (0..chain.states.len()).map(|state| works(program, chain, state)).collect();
    let limited = (0..program.roles.len()).filter(|role| program.roles[*role].limited);
    let jackson = is_jackson(program, &states);
    let window = program.window;
    let of_role = |role: usize| {
        let (mut count, mut sum, mut squares, mut cubes) = (0.0, 0.0, 0.0, 0.0);
        for (state, works) in states.iter().enumerate() {
            for work in works.iter().filter(|work| usize::from(work.role) == role) {
                let time = &work.time.distribution;
                let (n, mean) = (flows.visits[state], time.mean());
                count += n;
                sum += n * mean;
                squares += n * (time.variance() + mean * mean);
                cubes += n * time.third_moment();
            }
        }
        let persons = program.roles[role].first_person..;
        let persons = persons.take(program.roles[role].persons as usize);
        let people = persons.map(|person| &program.people[person as usize]);
        let servers = people.clone().map(|person| person.count).sum();
        let capacity: f64 = people
            .map(|person| {
                let clock = &program.clocks[usize::from(person.clock)];
                clock.between(window.start, window.end) as f64 * person.count as f64
            })
            .sum();
        let span = (window.end.0 - window.start.0).max(1) as f64;
        let mut demand = Demand {
            role,
            servers,
            works: count,
            mean: sum / count,
            square: squares / count,
            cube: cubes / count,
            rate: count * arrivals / span,
            load: sum * arrivals / capacity,
            wait: Err(Blocker::new("", "")),
            waits: None,
            abandoned: None,
        };
        match patience(program, chain, &states, role) {
            Ok(None) => {
                demand.wait = wait(program, chain, flows, &states, &demand, jackson);
                let exact = matches!(&demand.wait, Ok((wait, Law::Exact)) if wait.drain.is_none());
                if exact && servers == 1 {
                    let services = services(&states, flows, role, count);
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
    limited.map(of_role).filter(|demand| demand.works > 0.0).collect()
}

/// The kinds of services of a role, each with its share.
fn services<'p>(
    states: &[Vec<&'p Work>],
    flows: &Flows,
    role: usize,
    all: f64,
) -> Vec<(f64, &'p Distribution)> {
    let mut services: Vec<(f64, &'p Distribution)> = Vec::new();
    for (works, visits) in states.iter().zip(&flows.visits) {
        for work in works.iter().filter(|work| usize::from(work.role) == role) {
            let time = &work.time.distribution;
            match services.iter_mut().find(|(_, known)| *known == time) {
                Some((share, _)) => *share += visits / all,
                None => services.push((visits / all, time)),
            }
        }
    }
    services
}

/// The mean patience of deals that wait for a role, where Erlang's A holds; none where they have endless patience.
fn patience(
    program: &Program,
    chain: &Chain<'_>,
    states: &[Vec<&Work>],
    role: usize,
) -> Result<Option<f64>, Blocker> {
    let asking = (0..states.len())
        .filter(|state| states[*state].iter().any(|work| usize::from(work.role) == role));
    let mut found: Vec<Option<&Distribution>> = Vec::new();
    let mut key = String::new();
    for state in asking {
        let Some(index) = chain.states[state].stage else { continue };
        let stage = &program.stages[usize::from(index)];
        let patience = stage.entry.case(chain.states[state].case).patience.as_ref();
        if patience.is_some() {
            key = format!("stages.{}.patience", stage.name);
        }
        let by_clock = patience.filter(|patience| patience.time.clock.is_none());
        if patience.is_some() && by_clock.is_none() {
            return Err(Blocker::new(key, "runs in working time"));
        }
        found.push(by_clock.map(|patience| &patience.time.draw.distribution));
    }
    let Some(first) = found.first().copied() else { return Ok(None) };
    if found.iter().all(Option::is_none) {
        return Ok(None);
    }
    let alike = found.iter().all(|other| *other == first);
    let Some(Distribution::Exponential(_)) = first.filter(|_| alike) else {
        return Err(Blocker::new(key, "is not one exponential patience for the role"));
    };
    steady(program)?;
    let always = is_always(program, role);
    if !always || !is_exponential(states, role) || !is_poisson(chain, states, role) {
        return Err(Blocker::new(key, "how many lose it depends on more than Erlang's A"));
    }
    Ok(first.map(Distribution::mean))
}

/// Whether everybody of a role works around the clock.
fn is_always(program: &Program, role: usize) -> bool {
    let role = &program.roles[role];
    let first = role.first_person as usize;
    let people = &program.people[first..first + role.persons as usize];
    people.iter().all(|person| program.clocks[usize::from(person.clock)].is_always())
}

/// The wait for a role, by the law that holds for it.
fn wait(
    program: &Program,
    chain: &Chain<'_>,
    flows: &Flows,
    states: &[Vec<&Work>],
    demand: &Demand,
    jackson: bool,
) -> Result<(Wait, Law), Blocker> {
    let role = &program.roles[demand.role];
    let key = |what: &str| format!("roles.{}{what}", role.name);
    if demand.load >= 1.0 {
        return Err(Blocker::new(key(""), "unstable: asked for more than it has"));
    }
    if !is_always(program, demand.role) {
        random(program)?;
        let (wait, method) = closed::wait(program, chain, flows, demand, demand.square);
        return Ok((wait, Law::Nearly(method)));
    }
    steady(program)?;
    let Demand { servers, rate, mean, square, cube, .. } = *demand;
    let exponential = is_exponential(states, demand.role);
    let poisson = is_poisson(chain, states, demand.role);
    if exponential && (jackson || poisson) {
        return Ok((mmc(servers, rate, mean), Law::Exact));
    }
    if servers == 1 && poisson {
        return Ok((mg1(rate, [mean, square, cube]), Law::Exact));
    }
    let name = if poisson {
        "Lee and Longton's M/G/c"
    } else {
        "Lee and Longton's M/G/c, as if arrivals were Poisson"
    };
    Ok((mgc(servers, rate, mean, square), Law::Nearly(name)))
}

/// Whether all works of a role are exponential with one mean.
fn is_exponential(states: &[Vec<&Work>], role: usize) -> bool {
    let mut of_role = states.iter().flatten().filter(|work| usize::from(work.role) == role);
    let first = of_role.next().map(|work| &work.time.distribution);
    matches!(first, Some(Distribution::Exponential(_)))
        && of_role.all(|work| Some(&work.time.distribution) == first)
}

/// Whether the model is a network of exponential queues, open and around the clock.
fn is_jackson(program: &Program, states: &[Vec<&Work>]) -> bool {
    let roles = (0..program.roles.len())
        .filter(|role| states.iter().flatten().any(|work| usize::from(work.role) == *role));
    let patient = super::blocked::patience(program).is_ok();
    patient
        && roles.into_iter().all(|role| is_always(program, role) && is_exponential(states, role))
}

/// Whether deals come to a role as they come to the model: nobody queued before, and nobody comes twice.
fn is_poisson(chain: &Chain<'_>, states: &[Vec<&Work>], role: usize) -> bool {
    let asks =
        |state: usize| states[state].iter().filter(|work| usize::from(work.role) == role).count();
    if (0..states.len()).any(|state| asks(state) > 1 || asks(state) == 1 && states[state].len() > 1)
    {
        return false;
    }
    let mut follows = vec![Vec::new(); states.len()];
    let mut leads = vec![Vec::new(); states.len()];
    for transition in &chain.transitions {
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
