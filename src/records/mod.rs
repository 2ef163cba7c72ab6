//! Tables from outside: one column of numbers from a CSV file beside the model, and exports of
//! systems, event logs and histories of stages as [`deals::Deals`].

mod build;
mod cells;
mod column;
mod columns;
pub mod deals;
mod oddity;
pub mod options;
mod plan;
mod reading;
pub mod refusal;
mod source;
mod table;
pub mod understood;
mod watch;

pub use column::{column, values};
pub use plan::{PlanFile, PlannedMonth, read_plan};
pub use reading::{Reading, inspect, read};
pub use watch::Watch;

/// The moment of a date with or without a time, in any format whose order is not in doubt; dates with slashes are day
/// first.
pub fn moment(text: &str) -> Option<deals::Moment> {
    cells::date::parse(text, None).map(|stamp| stamp.moment)
}

/// The code of a currency that is written as a sign or a name, as `₽`; other words stay as they are.
pub fn currency_code(word: &str) -> String {
    cells::amount::currency_code(word)
}

/// The date and time of day of a moment; none where it is too far.
pub fn date_time(moment: deals::Moment) -> Option<jiff::civil::DateTime> {
    cells::date::date_time(moment)
}
