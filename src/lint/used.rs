//! The roles with work and the calendars with users of a model: what its scenarios use is there for them.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Doubt, Problem, Warning};
use crate::model::Model;

/// The names of roles and calendars that something uses.
#[derive(Debug, Default)]
pub(super) struct Used {
    roles: BTreeSet<String>,
    calendars: BTreeSet<String>,
}

impl Used {
    /// What a model uses, without its scenarios.
    pub(super) fn of(model: &Model) -> Used {
        let of_roles = model.roles.iter().flat_map(|role| {
            let of_people = role.people.iter().flatten().flat_map(|group| &group.calendar);
            role.calendar.iter().chain(of_people)
        });
        let of_sources = model.sources.iter().flat_map(|source| &source.calendar);
        Used {
            roles: model.works().map(|(_, work)| work.role.0.clone()).collect(),
            calendars: of_roles.chain(of_sources).map(|(name, _)| name.clone()).collect(),
        }
    }

    /// Adds what another model uses.
    pub(super) fn extend(&mut self, other: Used) {
        self.roles.extend(other.roles);
        self.calendars.extend(other.calendars);
    }

    /// Whether some role or source names this calendar.
    pub(super) fn has_calendar(&self, name: &str) -> bool {
        self.calendars.contains(name)
    }

    /// Whether a finding says of something used that nobody uses it.
    pub(super) fn refutes(&self, found: &Diagnostic) -> bool {
        match &found.problem {
            Problem::Warning(Warning::UnusedRole { role }) => self.roles.contains(role),
            Problem::Doubt(Doubt::UnusedCalendar { calendar }) => self.has_calendar(calendar),
            _ => false,
        }
    }
}
