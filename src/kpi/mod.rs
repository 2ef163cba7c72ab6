//! What is measured, and what a result is.
//!
//! The catalogue gives every KPI one name, one definition and one population; a [`Figure`] is a
//! cell of a result that says how it is known, so that no number travels without that.

pub mod catalogue;
mod figure;
pub mod statistic;

pub use catalogue::{Kpi, Missing};
pub use figure::{Axis, Figure, Row, Unit, quantile_name};
