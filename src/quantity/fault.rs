//! Why a text is not the number that is needed; typed, so that the message can explain it.

use thiserror::Error;

/// What is wrong with the text of a number.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum NumberFault {
    /// An empty text.
    #[error("nothing is written here")]
    Empty,
    /// Not the digits of a number.
    #[error("this is not a number")]
    NotANumber,
    /// A decimal comma, as in `0,5`.
    #[error("the decimal sign is a point")]
    DecimalComma,
    /// Digits in groups, as in `120 000`.
    #[error("digits are written without gaps")]
    Grouped,
    /// NaN, infinity, or a number too large to be held.
    #[error("the number is not finite")]
    NotFinite,
    /// More than the language allows.
    #[error("the number is too large: at most {most}")]
    TooLarge {
        /// The greatest value allowed.
        most: f64,
    },
    /// A growth of -100 % or less.
    #[error("a growth lies above -100 %")]
    ShrinksToNothing,
    /// A share above 1 without a percent sign, as in `60`.
    #[error("a share lies between 0 and 1")]
    PercentMissing {
        /// The written value.
        value: f64,
    },
    /// A share below 0 or above 100 %.
    #[error("a share lies between 0 % and 100 %")]
    ShareOutOfRange,
    /// Negative where that is not allowed.
    #[error("a negative number has no meaning here")]
    Negative,
    /// Not an integer where one is needed.
    #[error("a whole number is needed")]
    NotWhole,
    /// A duration without a unit, as in `5`.
    #[error("the unit is missing")]
    UnitMissing,
    /// A unit that does not exist.
    #[error("unknown unit")]
    UnknownUnit {
        /// The unit as written.
        unit: String,
    },
    /// A unit of working time where only elapsed time is allowed.
    #[error("working time has no meaning here")]
    WorkingTime,
    /// Working time and elapsed time in one duration.
    #[error("working time and time by the clock cannot be added")]
    MixedTime,
    /// A pay that is neither per hour nor per month.
    #[error("a pay is written per hour or per month")]
    NotAPay,
    /// More than 100,000 years, or beyond what the clock can hold.
    #[error("the duration is too long to be simulated")]
    TooLong,
    /// A rate that is not `NUMBER/UNIT`.
    #[error("a rate is written as a number per unit of time")]
    NotARate,
}
