//! Numbers with units: as written in a model (`2h`, `45%`, `20/week`) and as used by the engine.
//!
//! Time is in whole microseconds and money in whole hundredths of the currency, so that sums do not
//! depend on their order and instants compare exactly. All parsing of numbers is here; a text that
//! is not a number gives a typed [`NumberFault`].

mod duration;
mod fault;
mod letter;
mod money;
mod number;
mod probability;
mod rate;

pub use duration::{
    DAY_MICROS, Duration, HOUR_MICROS, Instant, LONGEST_DAYS, Length, MINUTE_MICROS, MONTH_DAYS,
};
pub use fault::NumberFault;
pub use letter::{is_hidden, latin_twin, twins};
pub use money::{MINOR_UNITS, MOST_MONEY, Money};
pub use number::{nearest, nearest_each, parse_count, parse_number, without_gaps};
pub use probability::{Share, parse_share};
pub(crate) use rate::parse_growth;
pub use rate::{Pay, Rate, RateUnit};
