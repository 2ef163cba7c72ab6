//! The changes that a sensitivity study tries.

use super::parameter::{Parameter, Shift, work_hours};
use crate::model::Model;

/// How much less a loss reason is.
const HALF: f64 = 0.5;
/// One hour less work, but at most this share of it.
const MOST_SAVED: f64 = 0.5;
/// One more point of a share.
const POINT: f64 = 0.01;

/// A changed model, and why it is tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// What is changed.
    pub parameter: Parameter,
    /// How.
    pub shift: Shift,
    /// The model with the change.
    pub model: Model,
    /// Why.
    pub purpose: Purpose,
}

/// Why a change is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It is an end of a bar.
    Bar(End),
    /// It is one more of something.
    OneMore,
}

/// The end of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Less of the parameter.
    Less = 0,
    /// More of it.
    More = 1,
}

/// Each parameter of a model less and more by a share, as 0.1: people by one person, and each loss
/// reason halved.
pub fn tornado(model: &Model, by: f64) -> Vec<Trial> {
    let mut trials = Vec::new();
    for parameter in Parameter::all(model) {
        let shifts = match &parameter {
            Parameter::People(_) => [Some(Shift::People(-1)), Some(Shift::People(1))],
            Parameter::Reason(_) => [Some(Shift::Times(HALF)), None],
            _ => [Some(Shift::Times(1.0 - by)), Some(Shift::Times(1.0 + by))],
        };
        for (shift, end) in shifts.into_iter().zip([End::Less, End::More]) {
            trials.extend(
                shift.and_then(|shift| trial(model, parameter.clone(), shift, Purpose::Bar(end))),
            );
        }
    }
    trials
}

/// The two ends of the range of a path, with their models.
pub fn between(path: &str, ends: [String; 2], models: [Model; 2]) -> Vec<Trial> {
    let pairs = ends.into_iter().zip(models).zip([End::Less, End::More]);
    let trial = |((value, model), end)| Trial {
        parameter: Parameter::Path(path.to_owned()),
        shift: Shift::Is(value),
        model,
        purpose: Purpose::Bar(end),
    };
    pairs.map(trial).collect()
}

/// One more person in each role, one hour less work for each visit of a stage (or half of its work,
/// if it has less than two hours), and one percentage point more of deals that go on from it.
pub fn one_more(model: &Model) -> Vec<Trial> {
    let change = |parameter: Parameter| {
        let shift = match &parameter {
            Parameter::People(_) => Shift::People(1),
            Parameter::Work(stage) => {
                Shift::Hours(-(work_hours(model, stage)? * MOST_SAVED).min(1.0))
            }
            Parameter::GoingOn(_) => Shift::Points(POINT),
            _ => return None,
        };
        trial(model, parameter, shift, Purpose::OneMore)
    };
    Parameter::all(model).into_iter().filter_map(change).collect()
}

fn trial(model: &Model, parameter: Parameter, shift: Shift, purpose: Purpose) -> Option<Trial> {
    let changed = parameter.changed(model, &shift)?;
    Some(Trial { parameter, shift, model: changed, purpose })
}
