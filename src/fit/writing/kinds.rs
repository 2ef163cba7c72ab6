//! What a model says of kinds of deals and of people: attributes, amounts, roles, hours.

use super::laws::{amounts, percent};
use super::{Learnt, Remark, Text, quoted, unused};
use crate::fit::durations::{Lasted, choose};
use crate::fit::process::{Attribute, Hours, People};
use crate::fit::segments::{Column, level, levels};
use crate::model::RESERVED;
use crate::records::deals::{Deals, NameId, Outcome};

/// The name of a column as that of an attribute.
fn heading(deals: &Deals, column: Column) -> String {
    let name = match column {
        Column::Segment(at) => deals.segments.get(at).map_or("", |one| one.name.as_str()).trim(),
        Column::Owner => "owner",
        Column::Source => "source",
        Column::Funnel => "pipeline",
    };
    let is_taken = RESERVED.contains(&name.to_lowercase().as_str()) || name.is_empty();
    if is_taken { format!("{name} of the deal").trim().to_owned() } else { name.to_owned() }
}

/// The name of an attribute as the language writes it.
pub(super) fn attribute_name(deals: &Deals, column: Column) -> String {
    quoted(&unused(&heading(deals, column), &deals.stages))
}

/// A word of a column as the language writes it.
pub(super) fn word(deals: &Deals, column: Column, id: NameId) -> String {
    quoted(levels(deals, column).map_or("", |names| names.word(id)))
}

pub(super) fn attributes(text: &mut Text, learnt: &Learnt<'_>) {
    let Learnt { deals, attributes, .. } = *learnt;
    for leak in &attributes.leaks {
        text.add(0, "", vec![Remark::Leak(heading(deals, *leak))]);
    }
    if !attributes.idle.is_empty() {
        let idle = attributes.idle.iter().map(|column| heading(deals, *column)).collect();
        text.add(0, "", vec![Remark::Idle(idle)]);
    }
    if attributes.used.is_empty() {
        return;
    }
    text.plain(0, "attributes:");
    for Attribute { column, words, empty, .. } in &attributes.used {
        let n: u64 = words.iter().map(|(_, count)| count).sum();
        let share = |(at, (id, count)): (usize, &(NameId, u64))| {
            // The most frequent one takes the rest.
            let share = if at == 0 { "rest".to_owned() } else { percent(*count as f64 / n as f64) };
            format!("{}: {share}", word(deals, *column, *id))
        };
        let shares: Vec<String> = words.iter().enumerate().map(share).collect();
        let line = format!("{}: {{{}}}", attribute_name(deals, *column), shares.join(", "));
        text.add(1, &line, vec![Remark::Known { n, empty: *empty }]);
    }
}

/// What deals are worth: what won ones brought.
pub(super) fn value(text: &mut Text, learnt: &Learnt<'_>) {
    let Learnt { deals, attributes, .. } = *learnt;
    let is_any_won = amounts_of(deals, true, |_| true).len() > 1;
    let used = attributes.used.iter().find(|one| !one.values.is_empty() && is_any_won);
    let Some(Attribute { column, values, .. }) = used else {
        let all = amounts_of(deals, is_any_won, |_| true);
        if let Some(law) = choose(&all) {
            let remark = Remark::Amounts { n: all.len() as u64, won: is_any_won };
            text.add(0, &format!("value: {}", amounts(&law)), vec![remark]);
        }
        return;
    };
    text.plain(0, "value:");
    let name = attribute_name(deals, *column);
    for kind in values {
        let own = amounts_of(deals, true, |row| level(deals, *column, row) == Some(*kind));
        if let Some(law) = choose(&own) {
            let when = format!("when: {{{name}: {}}}", word(deals, *column, *kind));
            let line = format!("- {{{when}, amount: {}}}", amounts(&law));
            text.add(1, &line, vec![Remark::Amounts { n: own.len() as u64, won: true }]);
        }
    }
    let is_other = |row| level(deals, *column, row).is_none_or(|kind| !values.contains(&kind));
    let others = amounts_of(deals, true, is_other);
    let all = amounts_of(deals, true, |_| true);
    // Fewer than five amounts say less than those of all deals.
    let rest = if others.is_empty() || others.len() > 4 { others } else { all };
    if let Some(law) = choose(&rest) {
        let remark = Remark::Amounts { n: rest.len() as u64, won: true };
        text.add(1, &format!("- {{amount: {}}}", amounts(&law)), vec![remark]);
    }
}

fn amounts_of(deals: &Deals, won: bool, is_of: impl Fn(usize) -> bool) -> Vec<Lasted> {
    let known = deals
        .deals
        .iter()
        .enumerate()
        .filter(|(row, deal)| is_of(*row) && (!won || deal.outcome == Outcome::Won));
    let amounts = known.filter_map(|(_, deal)| deal.amount).filter(|x| *x > 0.0);
    amounts.map(Lasted::ended).collect()
}

/// The name of a role.
fn role_name(learnt: &Learnt<'_>, role: usize) -> String {
    let several = learnt.people.is_some_and(|people| people.roles.len() > 1);
    let name = if several { format!("staff {}", role + 1) } else { "staff".to_owned() };
    unused(&name, &learnt.deals.stages)
}

/// Roles with their people and hours.
pub(super) fn people(text: &mut Text, learnt: &Learnt<'_>, people: &People) {
    let Hours { open, count, starts, share, is_calendar } = &people.hours;
    let (remark, days) = if *is_calendar {
        (Remark::Hours { hours: *count, starts: *starts, share: *share }, week(open))
    } else {
        (Remark::NoHours(*count), "mon-sun: \"00:00-24:00\"".to_owned())
    };
    let (office, always) = (quoted(&unused("office", &learnt.deals.stages)), always(learnt));
    let name = if *is_calendar { &office } else { &always };
    let is_covered = (0..learnt.fitted.stages.len())
        .filter(|at| learnt.fitted.stages[*at].work.is_some())
        .all(|at| people.role_of(at).is_some());
    text.plain(0, "calendars:");
    text.add(1, &format!("{name}: {{hours: {{{days}}}}}"), vec![remark]);
    if !is_covered && *is_calendar {
        text.plain(1, &format!("{always}: {{hours: {{mon-sun: \"00:00-24:00\"}}}}"));
    }
    text.add(0, "roles:", vec![Remark::WaitsLeft]);
    for (at, role) in people.roles.iter().enumerate() {
        let count = role.a_day.ceil().max(1.0);
        let name_of = quoted(&role_name(learnt, at));
        let line = format!("{name_of}: {{people: {count}, calendar: {name}}}");
        let (people, a_day, tasks) = (role.people, role.a_day, role.tasks);
        text.add(1, &line, vec![Remark::People { people, a_day, tasks }]);
    }
    if !is_covered {
        let others = quoted(&others_name(learnt));
        text.plain(1, &format!("{others}: {{people: unlimited, calendar: {always}}}"));
    }
}

/// The name of the calendar of all hours.
pub(super) fn always(learnt: &Learnt<'_>) -> String {
    quoted(&unused("always", &learnt.deals.stages))
}

/// The name of the role of stages of which nobody is named.
fn others_name(learnt: &Learnt<'_>) -> String {
    unused("others", &learnt.deals.stages)
}

/// The role that works in a stage.
pub(super) fn role(learnt: &Learnt<'_>, stage: usize) -> String {
    let Some(people) = learnt.people else { return quoted(&unused("staff", &learnt.deals.stages)) };
    let role = people.role_of(stage);
    quoted(&role.map_or_else(|| others_name(learnt), |role| role_name(learnt, role)))
}

/// The hours of a week; days with the same hours that follow each other are written together.
fn week(open: &[Vec<(u8, u8)>; 7]) -> String {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut parts = Vec::new();
    let mut at = 0;
    while at < 7 {
        let last = (at..7).take_while(|day| open[*day] == open[at]).last().unwrap_or(at);
        if !open[at].is_empty() {
            let days = if last == at {
                names[at].to_owned()
            } else {
                format!("{}-{}", names[at], names[last])
            };
            let one = |(from, until): &(u8, u8)| format!("\"{from:02}:00-{until:02}:00\"");
            let stretches: Vec<String> = open[at].iter().map(one).collect();
            parts.push(match stretches.as_slice() {
                [only] => format!("{days}: {only}"),
                several => format!("{days}: [{}]", several.join(", ")),
            });
        }
        at = last + 1;
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_the_same_hours_are_written_together() {
        let mut open: [Vec<(u8, u8)>; 7] = Default::default();
        for day in open.iter_mut().take(4) {
            *day = vec![(9, 13), (14, 18)];
        }
        open[4] = vec![(9, 16)];
        let expected = "mon-thu: [\"09:00-13:00\", \"14:00-18:00\"], fri: \"09:00-16:00\"";
        assert_eq!(week(&open), expected);
    }
}
