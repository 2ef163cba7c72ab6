//! What in a model keeps mathematics from answering, and where it stands.
//!
//! Each method lists the features that it knows. Whatever else a model uses is a reason why the method has no answer, a
//! feature that nobody has thought of included.

use super::{Blocker, Why};
use crate::program::{Feature, Features, Program};

/// Transitions that depend on nothing but chance and the states of a deal.
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
    ]);
/// What theory knows of at all; each method does without some of it.
const KNOWN: Features = BRANCHING.union(Features::BY_HISTORY).with(&[Feature::ByQueue]);
/// Queues that all deals wait out.
const PATIENT: Features = KNOWN.without(&[Feature::Patience]);
/// Times that are the same whenever they begin.
const BY_THE_CLOCK: Features = KNOWN.without(&[
    Feature::WorkingWait,
    Feature::WaitUntil,
    Feature::PausedWork,
    Feature::WorkingBranch,
]);
/// Deals that wait for nobody.
const UNSHARED: Features = KNOWN.without(&[Feature::SharedWork]);

/// What keeps the transitions of deals from being a chain of states.
pub fn branching(program: &Program) -> Result<(), Blocker> {
    only(program, BRANCHING)
}

/// Patience at which deals may leave a queue: how many do only the queue knows.
pub fn patience(program: &Program) -> Result<(), Blocker> {
    only(program, PATIENT)
}

/// What keeps the times of deals from being independent of clocks and of each other.
pub fn times(program: &Program) -> Result<(), Blocker> {
    clocks(program)?;
    only(program, UNSHARED)
}

/// What makes times depend on when they begin.
pub fn clocks(program: &Program) -> Result<(), Blocker> {
    only(program, BY_THE_CLOCK)
}

/// The first use of a feature that is not among these.
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
    fn a_blocker_names_the_key_and_what_of_it() {
        let text = "sources: {s: {rate: 1/day}}\n\
            stages: {a: {wait: 2 working days, next: {b: 50%, lost: rest}}, \
            b: {variants: [{when: {value: {above: 10}}, next: 10%}], next: 50%}}\nvalue: 5\n";
        let model = load("m", text, &[], None).model.expect("the model is sound");
        let program = Program::compile(&model);
        let lacks = |key: &str, feature| Err(Blocker::new(key, Why::Feature(feature)));
        assert_eq!(clocks(&program), lacks("stages.a.wait", Feature::WorkingWait));
        assert_eq!(branching(&program), lacks("stages.b.variants", Feature::ByValue));
        assert_eq!(patience(&program), Ok(()));
    }
}
