//! Finds the feature of a model that blocks a method, and the key that uses it.
//!
//! Each method lists the features that it supports. Any other feature, including one added later,
//! is a reason why the method has no answer.

use super::{Blocker, Why};
use crate::program::{Feature, Features, Program};

/// Features under which transitions depend only on random draws and the states of a deal.
const BRANCHING: Features = Features::WAITS
    .union(Features::LONG_BRANCHES)
    .union(Features::BY_STATE)
    .union(Features::ARRIVALS)
    .union(Features::PEOPLE)
    .with(&[
        Feature::StepCost,
        Feature::KnownInStage,
        Feature::NewValue,
        Feature::Sale,
        Feature::VisitLimit,
        Feature::Sla,
        Feature::ShareOfValue,
        Feature::Collects,
        Feature::AwaitsPayment,
        Feature::Books,
        Feature::Satisfaction,
        Feature::Clients,
        Feature::AtStart,
        Feature::Rollout,
        Feature::ByFollowed,
    ]);
/// All features that the exact solver supports; each method excludes some of them.
const KNOWN: Features = BRANCHING.union(Features::BY_HISTORY).with(&[Feature::ByQueue]);
/// Queues that no deal leaves.
const PATIENT: Features = KNOWN.without(&[Feature::Patience]);
/// Durations that do not depend on when they begin.
const BY_THE_CLOCK: Features = KNOWN.without(&[
    Feature::WorkingWait,
    Feature::WaitUntil,
    Feature::PausedWork,
    Feature::WorkingBranch,
    Feature::AwaitsPayment,
]);
/// Deals whose future does not depend on the date of their arrival.
const ALIKE: Features = KNOWN.without(&[Feature::ByFollowed]);
/// Deals that do not share people.
const UNSHARED: Features = KNOWN.without(&[Feature::SharedWork, Feature::AwaitsPayment]);

/// Checks that the transitions of a deal form a Markov chain on its states.
pub fn branching(program: &Program) -> Result<(), Blocker> {
    only(program, BRANCHING)
}

/// Checks that no deal loses patience; the share that does depends on the queue.
pub fn patience(program: &Program) -> Result<(), Blocker> {
    only(program, PATIENT)
}

/// Checks that durations depend neither on the date nor on other deals.
pub fn times(program: &Program) -> Result<(), Blocker> {
    clocks(program)?;
    only(program, UNSHARED)
}

/// Checks that the figures of a window are known: no deal is treated otherwise for its date.
pub fn window(program: &Program) -> Result<(), Blocker> {
    times(program)?;
    only(program, ALIKE)
}

/// Checks that durations do not depend on when they begin.
pub fn clocks(program: &Program) -> Result<(), Blocker> {
    only(program, BY_THE_CLOCK)
}

/// Fails with the first use of a feature outside this set.
fn only(program: &Program, supported: Features) -> Result<(), Blocker> {
    if supported.support(program.features) {
        return Ok(());
    }
    let mut uses = program.uses().into_iter();
    let beyond = uses.find(|one| !supported.has(one.feature));
    beyond.map_or(Ok(()), |one| Err(Blocker::new(one.key, Why::Feature(one.feature))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;

    #[test]
    fn a_blocker_names_the_key_and_the_feature() {
        let text = "sources: {s: {rate: 1/day}}\n\
            stages: {a: {wait: 2 working days, next: {b: 50%, lost: rest}}, \
            b: {variants: [{when: {value: {above: 10}}, next: 10%}], next: 50%}}\nvalue: 5\n";
        let model = load("m", text, &[], None).model.expect("the model is sound");
        let program = Program::outline(&model);
        let lacks = |key: &str, feature| Err(Blocker::new(key, Why::Feature(feature)));
        assert_eq!(clocks(&program), lacks("stages.a.wait", Feature::WorkingWait));
        assert_eq!(branching(&program), lacks("stages.b.variants", Feature::ByValue));
        assert_eq!(patience(&program), Ok(()));
    }
}
