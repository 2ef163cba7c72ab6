//! Processes that cannot be simulated.

use crate::diagnostic::ProcessFault;
use crate::render::words::Message;
use crate::render::words::shown::{list, message, show};

pub(super) fn process(fault: &ProcessFault) -> Message {
    match fault {
        ProcessFault::NoStages => message(
            "the model has no stages",
            "the smallest useful one is `stages: {lead: {wait: 1d, next: 30%}}`",
        ),
        ProcessFault::NoWayToSale => message(
            "no deal can ever be won",
            "let a branch lead to `won`, or mark a stage with `sale: true`",
        ),
        ProcessFault::NoEndUntilEmpty { stages } => message(
            format!("deals never leave {}, so `until empty` never comes", list(stages)),
            "give one of these stages a branch to won, lost or done, or a horizon of a fixed length",
        ),
        ProcessFault::SourceNeverEnds { source } => message(
            format!("the source {} never ends, so `until empty` never comes", show(source)),
            "give it `count` or `until`, or the model a horizon of a fixed length",
        ),
        ProcessFault::NoWorkingTime { calendar } => message(
            format!("the calendar {} has no working time at all", show(calendar)),
            "give at least one weekday hours, as `mon-fri: \"09:00-18:00\"`",
        ),
        ProcessFault::NobodyWorks { role } => message(
            format!("the role {} has no people, and this work would wait for ever", show(role)),
            "give the role people, or take the work away",
        ),
        ProcessFault::TimelessLoop { stages } => message(
            format!("deals in {} move for ever without any time passing", list(stages)),
            "give one of these stages a branch to won, lost, done or a stage outside the loop, or a `wait`",
        ),
        ProcessFault::NoWaitForStock { source, stage } => message(
            format!(
                "the deals that {} has at the start stand in the first wait of {}, and it does not begin with a wait in elapsed time",
                show(source),
                show(stage)
            ),
            "let the source enter a stage that begins with a `wait` in elapsed time, or leave `at_start` out and use `warmup`",
        ),
        ProcessFault::NobodyLearns { role } => message(
            format!("the role {} has no counted people who could be briefed", show(role)),
            "give the role a number of `people`, or name another role here",
        ),
    }
}
