//! What is measured, and what a result is.
//!
//! The catalogue gives every KPI one name, one definition and one population, with all else that is
//! known of it; a [`Key`] says what a row is about; a [`Figure`] is a cell of a result that says how
//! it is known, so that no number travels without that.

mod catalogue;
mod figure;
mod key;
mod needed;
mod population;
mod stat;
mod statistic;

pub use catalogue::{Direction, Kpi, Need};
pub use figure::{Axis, Figure, Method, Row, Unit};
pub use key::{Key, Per, Scope};
pub use needed::Needed;
pub use population::Population;
pub use stat::{Quantile, Span, Stat};
pub use statistic::{MOST_TIMES, Over, Statistic};
