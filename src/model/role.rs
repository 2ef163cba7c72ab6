//! `roles`: who does the work, how many people, when, and at what cost.

use super::notes::Notes;
use super::reader::{Field, Reader, Spot};
use crate::diagnostic::{StructureFault, ValueFault, Wanted};
use crate::quantity::Pay;

/// People who do the same work.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// What to print instead of the name.
    pub title: Option<String>,
    /// The people; `None`: unlimited, so there is never a queue.
    pub people: Option<Vec<Group>>,
    /// The default calendar of its groups; `None`: the first of the model.
    pub calendar: Option<(String, Spot)>,
    /// The pay of each person, unless a group gives its own.
    pub pay: Option<Pay>,
    /// The department that its people belong to: load, queue and cost are rolled up by it.
    pub department: Option<String>,
    /// What people are told about it.
    pub notes: Notes,
    /// Where it is written.
    pub spot: Spot,
}

/// People of a role with the same calendar and pay.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// A person's name.
    pub name: Option<String>,
    /// How many.
    pub count: u64,
    /// Their own calendar.
    pub calendar: Option<(String, Spot)>,
    /// Their own pay.
    pub pay: Option<Pay>,
}

pub(super) const KNOWN: [&str; 9] = [
    "people",
    "cost",
    "calendar",
    "queue",
    "assignment",
    "title",
    "department",
    "description",
    "instruction",
];
const LATER: [&str; 3] = ["selling_time", "limit", "places"];
pub(super) const GROUP: [&str; 4] = ["count", "name", "calendar", "cost"];
const GROUP_LATER: [&str; 6] = ["from", "ramp", "speed", "closing", "away", "serves"];
/// More people than this must be a mistake.
const MOST_PEOPLE: u64 = 1_000_000_000_000;

impl Field<'_> {
    pub(super) fn roles(&self, r: &mut Reader<'_>) -> Vec<Role> {
        let fields = self.names(r).unwrap_or_default();
        fields.iter().filter_map(|field| field.role(r)).collect()
    }

    fn role(&self, r: &mut Reader<'_>) -> Option<Role> {
        let name = self.name().to_owned();
        // A role whose people could not be read still counts as a role: one report is enough.
        let one = || Some(vec![Group { name: None, count: 1, calendar: None, pay: None }]);
        let Some(section) = self.section_of(r, Wanted::Role, &KNOWN, &LATER) else {
            let (people, spot) = (one(), self.key());
            return Some(Role {
                name,
                title: None,
                people,
                calendar: None,
                pay: None,
                department: None,
                notes: Notes::default(),
                spot,
            });
        };
        for (key, supported) in [("queue", "fifo"), ("assignment", "pool")] {
            if let Some(field) = section.get(key)
                && field.scalar(r, Wanted::Scalar).is_some_and(|word| word != supported)
            {
                let key = format!("{key}: {}", field.node.scalar_text());
                field.report(r, StructureFault::NotYet { key });
            }
        }
        if section.get("places").is_some() {
            return None;
        }
        let people = section.need(r, "people", &name).and_then(|field| field.people(r));
        let pay = section.get("cost").and_then(|field| field.pay(r));
        let calendar = section.get("calendar").and_then(|field| field.calendar_name(r));
        let people = people.unwrap_or_else(one);
        let title = section.get("title").and_then(|field| field.text(r));
        let department = section.get("department").and_then(|field| field.text(r));
        let department = department.filter(|name| !name.trim().is_empty());
        let notes = section.notes(r);
        Some(Role { name, title, people, calendar, pay, department, notes, spot: self.key() })
    }

    fn calendar_name(&self, r: &mut Reader<'_>) -> Option<(String, Spot)> {
        Some((self.scalar(r, Wanted::Scalar)?.to_owned(), self.spot()))
    }

    /// `5`, `unlimited`, or groups.
    fn people(&self, r: &mut Reader<'_>) -> Option<Option<Vec<Group>>> {
        if self.is_list() {
            let items = self.items(r)?;
            if items.is_empty() {
                self.report(r, ValueFault::EmptyList);
                return None;
            }
            let groups: Vec<Option<Group>> = items.iter().map(|item| item.group(r)).collect();
            return groups.into_iter().collect::<Option<Vec<_>>>().map(Some);
        }
        if self.is_map() {
            return self.group(r).map(|group| Some(vec![group]));
        }
        if self.scalar(r, Wanted::People)? == "unlimited" {
            return Some(None);
        }
        let count = self.head_count(r)?;
        Some(Some(vec![Group { name: None, count, calendar: None, pay: None }]))
    }

    fn head_count(&self, r: &mut Reader<'_>) -> Option<u64> {
        let count = self.count(r)?;
        if count > MOST_PEOPLE {
            let text = self.node.scalar_text().to_owned();
            let fault = crate::quantity::NumberFault::TooLarge { most: MOST_PEOPLE as f64 };
            self.report(r, ValueFault::Number { text, wanted: Wanted::People, fault });
            return None;
        }
        Some(count)
    }

    fn group(&self, r: &mut Reader<'_>) -> Option<Group> {
        let section = self.section(r, &GROUP, &GROUP_LATER)?;
        let name = section.get("name").and_then(|field| field.text(r));
        let count = match section.get("count") {
            Some(field) => {
                let count = field.head_count(r);
                if name.is_some() && count.is_some_and(|count| count != 1) {
                    let problem = StructureFault::Conflict { key: "count", other: "name" };
                    field.report(r, problem);
                }
                count
            }
            None if name.is_some() => Some(1),
            None => {
                section.need(r, "count", "group");
                None
            }
        };
        let calendar = section.get("calendar").and_then(|field| field.calendar_name(r));
        let pay = section.get("cost").and_then(|field| field.pay(r));
        Some(Group { name, count: count?, calendar, pay })
    }
}
