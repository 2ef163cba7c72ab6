//! KPIs and the figures of a result.
//!
//! The catalogue gives every KPI one name, one definition and one population, together with its
//! other properties. A [`Key`] identifies a row. A [`Figure`] is a value that always carries how it
//! was obtained.

mod catalogue;
mod entry;
mod figure;
mod key;
mod needed;
mod population;
mod stat;
mod statistic;

pub use catalogue::Kpi;
pub use entry::{Direction, Need};
pub use figure::{Axis, Figure, Method, Row, Unit};
pub use key::{Key, Per, Scope};
pub use needed::Needed;
pub use population::Population;
pub use stat::{Quantile, Span, Stat};
pub use statistic::{FEWEST_DUE, MOST_TIMES, Over, Statistic};
