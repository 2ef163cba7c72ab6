//! What a model tells people about its stages, their steps and its roles.

use crate::model::{Action, Model, Notes, Plan, Role, Stage, Step};
use crate::report::phrase::{Phrase, Term};

/// What people are told about a stage, a step of it, or a role.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The name or title of the stage or the role.
    pub name: String,
    /// The step of the stage; none for all of it.
    pub step: Option<Phrase>,
    /// The department of the role.
    pub department: Option<String>,
    /// What the model says.
    pub told: Notes,
}

/// The notes on stages, each before those on its steps.
pub(super) fn of_stages(model: &Model) -> Vec<Note> {
    let all = model.stages.iter().flat_map(|stage| {
        let name = stage.title.as_ref().unwrap_or(&stage.name);
        let note = |step, told: &Notes| Note {
            name: name.clone(),
            step,
            department: None,
            told: told.clone(),
        };
        let whole = note(None, &stage.notes);
        let steps = stage.plans().flat_map(Plan::given_steps);
        let steps = steps.map(move |step| note(Some(called(stage, step)), &step.notes));
        std::iter::once(whole).chain(steps)
    });
    let mut notes: Vec<Note> = Vec::new();
    for note in all.filter(|note| note.told != Notes::default()) {
        // Variants may repeat a step.
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// The notes on roles, with their departments.
pub(super) fn of_roles(model: &Model) -> Vec<Note> {
    let note = |role: &Role| Note {
        name: role.title.as_ref().unwrap_or(&role.name).clone(),
        step: None,
        department: role.department.clone(),
        told: role.notes.clone(),
    };
    let says = |note: &Note| note.department.is_some() || note.told != Notes::default();
    model.roles.iter().map(note).filter(says).collect()
}

/// What a step is called.
fn called(stage: &Stage, step: &Step) -> Phrase {
    match &step.action {
        Action::Work(work) => Phrase::Name(work.activity.as_ref().unwrap_or(&stage.name).clone()),
        Action::Wait(_) => Term::WaitStep.into(),
    }
}
