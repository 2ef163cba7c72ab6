//! Keys of tools that draw processes, and what does their work here.

use crate::diagnostic::meant::Drawn;

/// What to write instead of a key that a stage does not have.
pub(super) fn instead(drawn: Drawn) -> &'static str {
    match drawn {
        Drawn::Kind => {
            "a stage has no type: with `work` it is a task of a role, with `wait` a time of the client, \
             and several branches of `next` are a gateway"
        }
        Drawn::Identity => {
            "the name of the stage identifies it; what to print instead is its `title`"
        }
        Drawn::Performer => "who does the work is a role: `work: {role: …, time: …}`",
        Drawn::Gateway => "the branches of `next` are the gateway: `next: {…: 40%, lost: rest}`",
        Drawn::Flow => "where deals go is written in `next`, and nowhere else",
        Drawn::Event => {
            "a time that passes is a `wait`; who leaves a queue after some time has `patience`"
        }
        Drawn::Retries => {
            "`max_visits` limits the visits, and the first one counts: two retries are `max_visits: 3`"
        }
        Drawn::Loop => {
            "a loop is a branch of `next` to this or an earlier stage; `max_visits` limits it"
        }
    }
}
