//! The event log as a table with the columns that process-mining tools look for.

use super::block::{Cell, Table};
use crate::program::End;
use crate::quantity::Instant;
use crate::study::events::{Case, EventLog};

/// One row an event; columns that begin with `case:` say the same in all rows of a deal.
pub fn event_log(log: &EventLog) -> Table {
    let program = &log.program;
    let mut titles = vec![
        "case:concept:name".to_owned(),
        "concept:name".to_owned(),
        "org:resource".to_owned(),
        "start_timestamp".to_owned(),
        "time:timestamp".to_owned(),
        "ready_timestamp".to_owned(),
        "stage".to_owned(),
        "org:role".to_owned(),
        "case:source".to_owned(),
        "case:outcome".to_owned(),
    ];
    if program.value.is_some() {
        titles.push("#case:value".to_owned());
    }
    titles.extend(program.attributes.iter().map(|attribute| format!("case:{}", attribute.name)));
    let mut table = Table::new(&titles.iter().map(String::as_str).collect::<Vec<_>>());
    for event in &log.events {
        let case = &log.cases[event.case as usize];
        let stage = &program.stages[event.stage];
        let activity = event.task.map(|task| &program.tasks[task]);
        let source = &program.sources[case.source].name;
        let person = event.person.map(|person| &program.people[person]);
        let role = person.map(|person| &program.roles[person.role].name);
        let time = |at: Option<Instant>| {
            at.map_or(Cell::Empty, |at| Cell::text(program.calendar.stamp(at)))
        };
        let mut cells = vec![
            Cell::Name(if case.is_open {
                // Names of other deals end with a space and a number, whatever their source is called.
                format!("open deal #{}", case.number)
            } else {
                format!("{source} {}", case.number)
            }),
            Cell::Name(activity.map_or(&stage.name, |task| &task.activity).clone()),
            Cell::Name(person.map_or_else(String::new, |person| person.name.clone())),
            time(event.start),
            time(event.end),
            time(Some(event.ready)),
            Cell::Name(stage.name.clone()),
            Cell::Name(role.cloned().unwrap_or_default()),
            Cell::Name(source.clone()),
            Cell::Name(outcome(log, case)),
        ];
        if program.value.is_some() {
            cells.push(Cell::Plain(case.value.units()));
        }
        for attribute in &program.attributes {
            let code = (case.attributes >> attribute.shift & attribute.mask) as usize;
            let value = code.checked_sub(1).map(|at| &attribute.values[at]);
            cells.push(Cell::Name(value.cloned().unwrap_or_default()));
        }
        table.rows.push(cells);
    }
    table
}

fn outcome(log: &EventLog, case: &Case) -> String {
    match case.end {
        Some(End::Cancelled(_)) => "cancelled".to_owned(),
        _ if case.won => "won".to_owned(),
        None => "open".to_owned(),
        Some(End::Won) => "won".to_owned(),
        Some(End::Done) => "done".to_owned(),
        Some(End::Lost(reason)) => format!("lost: {}", log.program.reasons[reason].label()),
    }
}
