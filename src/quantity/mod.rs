//! Numbers with units: what a modeller writes (`2h`, `45%`, `20/week`) and what the engine adds up.
//!
//! Time is whole microseconds and money whole hundredths of the currency, so that sums do not
//! depend on their order and two instants are either equal or not. Everything that reads a number
//! from text is here, and says in a typed [`NumberFault`] why a text is none.

mod duration;
mod fault;
mod letter;
mod money;
mod number;
mod probability;
mod rate;

pub use duration::{DAY_MICROS, Duration, HOUR_MICROS, Instant, Length, MINUTE_MICROS, MONTH_DAYS};
pub use fault::NumberFault;
pub use letter::is_hidden;
pub use money::{MINOR_UNITS, Money};
pub use number::{nearest, nearest_each, parse_count, parse_number, without_gaps};
pub use probability::{Share, parse_share};
pub(crate) use rate::parse_growth;
pub use rate::{Pay, Rate, RateUnit};
