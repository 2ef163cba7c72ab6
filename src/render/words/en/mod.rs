//! English.

pub(super) mod command;
pub(super) mod findings;

use super::language::Unit;

/// The unit as it stands after a number.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::One => "",
        Unit::Percent => " %",
        Unit::PerDay => " per day",
        Unit::Second => " s",
        Unit::Minute => " min",
        Unit::Hour => " h",
        Unit::Day => " d",
        Unit::Thousand => " k",
        Unit::Million => " M",
        Unit::Billion => " bn",
        Unit::Trillion => " tn",
    }
}
