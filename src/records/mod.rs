//! Tables from outside: one column of numbers from a CSV file beside the model, and exports of
//! systems, event logs and histories of stages as [`deals::Deals`].

mod build;
mod cells;
mod column;
mod columns;
pub mod deals;
pub mod options;
mod reading;
pub mod refusal;
mod source;
mod table;
pub mod understood;

pub use column::{column, values};
pub use reading::{Reading, inspect, read};
