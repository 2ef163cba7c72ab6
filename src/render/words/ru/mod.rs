//! Russian.

pub(super) mod command;
pub(super) mod findings;

use super::language::Unit;

/// The unit as it stands after a number.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::One => "",
        Unit::Percent => " %",
        Unit::PerDay => " в день",
        Unit::Second => " с",
        Unit::Minute => " мин",
        Unit::Hour => " ч",
        Unit::Day => " дн.",
        Unit::Thousand => " тыс.",
        Unit::Million => " млн",
        Unit::Billion => " млрд",
        Unit::Trillion => " трлн",
    }
}
