//! Salaries: what people cost whether busy or not.

use crate::program::{Program, RoleId};
use crate::quantity::MINOR_UNITS;
use crate::tally::{Cells, Outcome};

/// What the people of a role cost in the window whether busy or not, in the currency; of a group of
/// deals, the share of their work that is done for it.
pub(super) fn salary(
    program: &Program,
    role: RoleId,
    outcome: &Outcome,
    cells: &Cells,
    whole: bool,
) -> f64 {
    let people = program.people_of(role).iter();
    let monthly: f64 = people.map(|person| person.salary * person.count as f64).sum();
    if monthly == 0.0 {
        return 0.0;
    }
    let worked = |cells: &Cells| -> i128 {
        let tasks = cells.tasks.iter().zip(&program.tasks);
        tasks.filter(|(_, task)| task.role == role).map(|(c, _)| c.worked).sum()
    };
    let all: i128 = outcome.cells.iter().map(worked).sum();
    // Who never works belongs to nobody in particular: to the whole only.
    let share =
        if all > 0 { worked(cells) as f64 / all as f64 } else { f64::from(u8::from(whole)) };
    let months = program.calendar.months(program.window.start, outcome.end);
    monthly * months * share / MINOR_UNITS
}
