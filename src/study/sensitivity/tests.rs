//! Against the chain: derivatives, differences, and roles that have too much to do.

use super::*;
use crate::model::load;
use crate::study::simulate::{Progress, observe};

fn model(text: &str) -> Model {
    load("m.yaml", text, &[], None).model.expect("the model is sound")
}

fn found(text: &str, kpis: &[Kpi], replications: u64) -> Sensitivity {
    let model = model(text);
    let objectives: Vec<Objective> =
        kpis.iter().map(|kpi| Objective::of(*kpi).expect("it has a good direction")).collect();
    let base = Options { replications, threads: 1, ..Options::default() };
    let options = options(base, &objectives);
    let trials: Vec<Trial> = tornado(&model, 0.1).into_iter().chain(one_more(&model)).collect();
    let observe = |model: &Model, options: &Options| observe(model, options, &Progress::default());
    sensitivity(&model, &trials, &objectives, &options, observe).expect("all can be run")
}

fn bar<'s>(found: &'s Sensitivity, parameter: &Parameter) -> &'s Bar {
    found.bars.iter().find(|bar| bar.parameter == *parameter).expect("it was varied")
}

/// Deals that arrive and end at once, so that every figure of the window is exact.
const CHAIN: &str = "value: 1000\nsources: {ads: {rate: 50/week, cost: 20000}}\nstages:\n  \
    a: {cost: 50000, next: {b: 40%, lost: {price: 45%, other: 15%}}}\n  b: {cost: 100000, next: 50%}\n";

#[test]
fn elasticities_are_the_derivatives_of_the_chain() {
    of_the_chain(CHAIN, Source::Window);
}

/// What is paid after a step has no exact figure in the window.
#[test]
fn elasticities_of_the_long_run_stand_in_where_the_window_has_none() {
    let steps = "cost: 0, steps: [{wait: 0d}, {wait: 0d, cost: 50000}]";
    of_the_chain(&CHAIN.replace("cost: 50000", steps), Source::LongRun);
}

fn of_the_chain(text: &str, of_cost: Source) {
    let found = found(text, &[Kpi::Throughput, Kpi::CostPerWon], 10);
    assert_eq!(found.simulated, of_cost == Source::LongRun);
    // In units of 10,000 per won deal: (2 + 5 + 10 p) / (p q) with p = 0.4 and q = 0.5.
    let all = 2.0 + 5.0 + 10.0 * 0.4;
    let name = str::to_owned;
    for (parameter, throughput, cost) in [
        (Parameter::Arrivals(name("ads")), 1.0, 0.0),
        (Parameter::GoingOn(name("a")), 1.0, 4.0 / all - 1.0),
        (Parameter::GoingOn(name("b")), 1.0, -1.0),
        // Fewer of 0.45 go on as others do: 0.4 + 0.45 (1 − f).
        (Parameter::Reason(name("price")), -0.45 / 0.4, 0.45 / 0.4 * (1.0 - 4.0 / all)),
        (Parameter::LeadCost(name("ads")), 0.0, 2.0 / all),
        (Parameter::StageCost(name("a")), 0.0, 5.0 / all),
        (Parameter::StageCost(name("b")), 0.0, 4.0 / all),
        (Parameter::Value, 0.0, 0.0),
    ] {
        // A parameter of the stage is what is paid on its entry.
        if of_cost == Source::LongRun && parameter == Parameter::StageCost(name("a")) {
            continue;
        }
        let bar = bar(&found, &parameter);
        let sources = [Source::Window, of_cost];
        for ((elasticity, exact), source) in
            bar.elasticities.iter().zip([throughput, cost]).zip(sources)
        {
            let elasticity = elasticity.expect("theory knows it");
            let value = elasticity.value.value.expect("it has one");
            let error = elasticity.value.half_width.expect("its error is known");
            let what = format!("{parameter:?}: {value} ± {error}, {exact}");
            assert!(elasticity.source == source && error < 1e-3, "{what}");
            assert!((value - exact).abs() <= error + 1e-9, "{what}");
        }
    }
}

#[test]
fn exact_changes_are_those_of_the_chain() {
    let found = found(CHAIN, &[Kpi::Throughput], 10);
    assert!(!found.simulated, "theory knows all of it");
    let a = Parameter::GoingOn("a".to_owned());
    let relative = |effect: &Option<Effect>| {
        effect.as_ref().and_then(|effect| effect.changes[0]?.relative.value).expect("a change")
    };
    let [less, more] = &bar(&found, &a).ends;
    assert!((relative(less) + 0.1).abs() < 1e-6 && (relative(more) - 0.1).abs() < 1e-6);
    let half = &bar(&found, &Parameter::Reason("price".to_owned())).ends;
    assert!((relative(&half[0]) - 0.225 / 0.4).abs() < 1e-6 && half[1].is_none());
    let point = found.one_more.iter().find(|effect| effect.parameter == a).cloned();
    assert!((relative(&point) - 0.01 / 0.4).abs() < 1e-6);
    // The greatest gain is first, and prices are not told of a figure that has none.
    assert_eq!(found.gains(0, true)[0].parameter, Parameter::Reason("price".to_owned()));
    assert!(found.gains(0, false).iter().all(|effect| !effect.parameter.is_reason()));
    assert_eq!(found.idle(0), Vec::<&Parameter>::new());
}

/// The seller has more work than time, the clerk next to none.
const PEOPLE: &str = "currency: EUR\nvalue: 100\nhorizon: 3 months\n\
    roles: {seller: {people: 2, cost: 3000/month}, clerk: {people: 3}}\n\
    sources: {s: {rate: 60/week}}\nstages:\n  \
    a: {work: {role: seller, time: {exponential: {mean: 2h}}}, next: {b: 50%, lost: {price: rest}}}\n  \
    b: {work: {role: clerk, time: 10 min}, next: won}\n";

#[test]
fn the_bottleneck_is_the_role_that_has_too_much_to_do() {
    let found = found(PEOPLE, &[Kpi::Bookings], 60);
    assert!(found.simulated);
    let seller = Parameter::People("seller".to_owned());
    assert_eq!(found.bottleneck(0).map(|effect| &effect.parameter), Some(&seller));
    // Forty hours a week each: with 80 of 120 hours done, a third person brings about half more.
    let more = found.bottleneck(0).and_then(|effect| effect.changes[0]?.relative.value);
    assert!(more.is_some_and(|more| (0.3..0.6).contains(&more)), "{more:?}");
    // A sixth of the work in a is done by it alone: less work is as good as more people.
    let idle = found.idle(0);
    let clerk = Parameter::People("clerk".to_owned());
    assert!(idle.contains(&&clerk), "{idle:?}");
    // What is 10 % dearer changes nothing but the cost.
    let pay = bar(&found, &Parameter::Pay("seller".to_owned()));
    let changes = pay.ends[1].as_ref().map(|end| end.changes.clone()).expect("it was tried");
    assert_eq!(changes[0].and_then(|change| change.absolute.value), Some(0.0));
    let cost = changes[1].and_then(|change| change.relative.value);
    assert!(cost.is_some_and(|cost| (cost - 0.1).abs() < 1e-9), "{cost:?}");
}

#[test]
fn simulated_elasticities_contain_those_of_theory() {
    // Waits across the end of the window: theory knows the chain, and simulation agrees with it.
    let text = "value: 100\nhorizon: 3 months\nsources: {s: {rate: 300/week}}\nstages:\n  \
        a: {wait: 2d, next: {b: 40%, lost: {price: rest}}}\n  b: {wait: {exponential: {mean: 3d}}, next: 50%}\n";
    let model = model(text);
    let objectives = [Objective::of(Kpi::Throughput).expect("more is better")];
    let options =
        options(Options { replications: 100, threads: 1, ..Options::default() }, &objectives);
    let keys = keys(&objectives);
    let run = |model: &Model| observe(model, &options, &Progress::default()).expect("it runs");
    let old = run(&model);
    let judge = Judge {
        model: &model,
        known: Vec::new(),
        observed: None,
        compared: 1,
        options: &options,
        keys: keys.clone(),
    };
    let shift = |factor: f64| {
        let trial = Parameter::GoingOn("a".to_owned()).changed(&model, &Shift::Times(factor));
        let other = trial.expect("the stage loses deals");
        let new = run(&other);
        let side = Side { model: &other, observations: &new };
        let changes = judge.simulated(&old, side).expect("they can be compared");
        Some(Effect {
            parameter: Parameter::GoingOn("a".to_owned()),
            shift: Shift::Times(factor),
            changes,
        })
    };
    let bar = Bar {
        parameter: Parameter::GoingOn("a".to_owned()),
        ends: [shift(0.9), shift(1.1)],
        elasticities: Vec::new(),
    };
    let simulated =
        elasticity::of(&model, &bar, &keys, (&[None], &[None]))[0].expect("both ends have a value");
    let (value, half) = (simulated.value.value, simulated.value.half_width);
    let (value, half) = (value.unwrap_or(0.0), half.expect("an interval"));
    assert!(
        simulated.source == Source::Simulated && (value - 1.0).abs() <= 2.5 * half && half < 0.1,
        "{value} ± {half}"
    );
}

#[test]
fn all_parameters_at_once_have_the_indices_of_the_chain() {
    let model = model(CHAIN);
    let objectives = [Objective::of(Kpi::Throughput).expect("more is better")];
    let options = options(Options { threads: 1, ..Options::default() }, &objectives);
    let observe = |_: &Model, _: &Options| -> Result<Observations, Fault> {
        panic!("theory knows all of it")
    };
    let space = global::Space::Around(&model, 0.1);
    let method = global::Method::Morris(6);
    let found = global::study(&model, &space, method, (&objectives, &options), observe);
    let found = found.expect("every point is a model");
    assert_eq!(found.points, 6 * (found.parameters.len() + 1));
    let global::Scores::Morris(scores) = &found.scores else { panic!("{:?}", found.scores) };
    let of = |parameter: &Parameter| {
        let at = found.parameters.iter().position(|other| other == parameter);
        scores[0][at.expect("it is there")].strength.value.expect("six trajectories")
    };
    // From 10 % less to 10 % more is a fifth of the sales, up to interactions.
    let base = 50.0 / 7.0 * crate::quantity::MONTH_DAYS * 0.2;
    let arrivals = of(&Parameter::Arrivals("ads".to_owned()));
    assert!((arrivals / base - 0.2).abs() < 0.05, "{arrivals} {base}");
    assert_eq!(of(&Parameter::Value), 0.0);
}

#[derive(Debug)]
struct Fault;

impl From<Failure> for Fault {
    fn from(_: Failure) -> Fault {
        Fault
    }
}

impl From<global::NoValue> for Fault {
    fn from(_: global::NoValue) -> Fault {
        Fault
    }
}
