//! What in a model keeps mathematics from answering, and where it stands.

use super::Blocker;
use crate::program::{Action, Choice, Look, Program, Stage};

/// What keeps the ways of deals from being a chain of states.
pub fn branching(program: &Program) -> Result<(), Blocker> {
    for stage in &program.stages {
        let place = || format!("stages.{}.variants", stage.name);
        let looks = stage.entry.looks().chain(stage.next.looks());
        for look in looks {
            match look {
                Look::Else("queue") if !stage.watches => {}
                Look::Else(what) => return Err(Blocker::new(place(), format!("when: {what}"))),
                _ => {}
            }
        }
    }
    for look in program.value.iter().flat_map(Choice::looks) {
        if let Look::Else(what) = look {
            return Err(Blocker::new("value", format!("when: {what}")));
        }
    }
    Ok(())
}

/// Patience at which deals may leave a queue: how many do only the queue knows.
pub fn patience(program: &Program) -> Result<(), Blocker> {
    for stage in &program.stages {
        let limited = stage.works().any(|work| program.roles[usize::from(work.role)].limited);
        if limited && stage.entry.iter().any(|entry| entry.patience.is_some()) {
            let key = format!("stages.{}.patience", stage.name);
            return Err(Blocker::new(key, "how many lose it depends on queues"));
        }
    }
    Ok(())
}

/// What keeps the times of deals from being independent of clocks and of each other.
pub fn times(program: &Program) -> Result<(), Blocker> {
    clocks(program)?;
    let works = program.stages.iter().flat_map(Stage::works);
    for work in works {
        let role = &program.roles[usize::from(work.role)];
        if role.limited {
            let key = format!("roles.{}.people", role.name);
            return Err(Blocker::new(key, "deals wait for people"));
        }
    }
    Ok(())
}

/// What makes times depend on when they begin.
pub fn clocks(program: &Program) -> Result<(), Blocker> {
    for stage in &program.stages {
        let at = |what: &str| format!("stages.{}.{what}", stage.name);
        for step in stage.entry.iter().flat_map(|entry| &entry.steps) {
            match &step.action {
                Action::Wait(_) => {}
                Action::Delay(_) => return Err(Blocker::new(at("wait"), "runs in working time")),
                Action::Until(_) => return Err(Blocker::new(at("wait"), "until a time of day")),
                Action::Work(work) => {
                    let role = &program.roles[usize::from(work.role)];
                    let first = role.first_person as usize;
                    let people = &program.people[first..first + role.persons as usize];
                    let clock = |clock: u16| program.clocks[usize::from(clock)].is_always();
                    if !clock(role.clock) || people.iter().any(|person| !clock(person.clock)) {
                        let key = format!("roles.{}.calendar", role.name);
                        return Err(Blocker::new(key, "work pauses while it is closed"));
                    }
                }
            }
        }
        let mut branches = stage.next.iter().flat_map(|next| &next.branches);
        if branches.any(|branch| branch.after.as_ref().is_some_and(|after| after.clock.is_some())) {
            return Err(Blocker::new(at("next"), "after: runs in working time"));
        }
    }
    Ok(())
}
