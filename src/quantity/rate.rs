//! Rates: a number per unit of time, `40/week`.

use super::Length;
use super::duration::unit_length;
use super::{NumberFault, parse_number};

/// How often something happens, per day.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Rate {
    /// Expected number per day of 24 hours.
    pub per_day: f64,
    /// The unit in which it was written.
    pub unit: RateUnit,
}

/// The unit of time of a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RateUnit {
    /// A day or less.
    Clock,
    /// A week.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
}

impl RateUnit {
    fn of(length: Length) -> RateUnit {
        match length.months {
            0.0 if length.nominal_days() < 7.0 => RateUnit::Clock,
            0.0 => RateUnit::Week,
            1.0 => RateUnit::Month,
            3.0 => RateUnit::Quarter,
            _ => RateUnit::Year,
        }
    }

    /// Calendar months in it; `None` for a week or less.
    pub fn months(self) -> Option<i8> {
        match self {
            RateUnit::Clock | RateUnit::Week => None,
            RateUnit::Month => Some(1),
            RateUnit::Quarter => Some(3),
            RateUnit::Year => Some(12),
        }
    }
}

impl Rate {
    /// Reads `NUMBER/UNIT`; a month counts 30.4375 days, and a year twelve months.
    ///
    /// ```
    /// use voronka::quantity::Rate;
    /// assert_eq!(Rate::parse("14/week").unwrap().per_day, 2.0);
    /// ```
    pub fn parse(text: &str) -> Result<Rate, NumberFault> {
        let (number, unit) = text.split_once('/').ok_or_else(|| match parse_number(text) {
            Ok(_) => NumberFault::UnitMissing,
            Err(_) => NumberFault::NotARate,
        })?;
        let number = parse_number(number)?;
        if number < 0.0 {
            return Err(NumberFault::Negative);
        }
        let unit = unit.trim().trim_start_matches("1 ");
        let length = unit_length(unit)?;
        if length.is_working() {
            return Err(NumberFault::WorkingTime);
        }
        Ok(Rate { per_day: number / length.nominal_days(), unit: RateUnit::of(length) })
    }
}

/// What a person costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pay {
    /// For each hour of work done, in the currency.
    Hourly(f64),
    /// For each month, busy or not, in the currency.
    Monthly(f64),
}

impl Pay {
    /// Reads `900/hour`, `180000/month` or `2000000/year`.
    ///
    /// ```
    /// use voronka::quantity::Pay;
    /// assert_eq!(Pay::parse("900/hour"), Ok(Pay::Hourly(900.0)));
    /// assert_eq!(Pay::parse("1200/year"), Ok(Pay::Monthly(100.0)));
    /// ```
    pub fn parse(text: &str) -> Result<Pay, NumberFault> {
        let (amount, unit) = text.split_once('/').ok_or(NumberFault::NotAPay)?;
        let amount = parse_number(amount)?;
        if amount < 0.0 {
            return Err(NumberFault::Negative);
        }
        match unit.trim().to_lowercase().as_str() {
            "h" | "hour" => Ok(Pay::Hourly(amount)),
            "month" => Ok(Pay::Monthly(amount)),
            "year" => Ok(Pay::Monthly(amount / 12.0)),
            _ => Err(NumberFault::NotAPay),
        }
    }
}

/// Reads growth per unit of time, such as `1%/month`; returns the factor per day.
pub(crate) fn parse_growth(text: &str) -> Result<f64, NumberFault> {
    let (share, unit) = text.split_once('/').ok_or(NumberFault::NotARate)?;
    let percent = share.trim().strip_suffix('%');
    let number = parse_number(percent.unwrap_or(share))?;
    let growth = if percent.is_some() { number / 100.0 } else { number };
    if growth <= -1.0 {
        return Err(NumberFault::ShrinksToNothing);
    }
    let length = unit_length(unit.trim())?;
    if length.is_working() {
        return Err(NumberFault::WorkingTime);
    }
    let days = length.nominal_days();
    Ok(libm::pow(1.0 + growth, 1.0 / days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_without_a_unit_is_refused() {
        assert_eq!(Rate::parse("20"), Err(NumberFault::UnitMissing));
        assert_eq!(Rate::parse("often"), Err(NumberFault::NotARate));
        assert_eq!(Rate::parse("-1/day"), Err(NumberFault::Negative));
    }

    #[test]
    fn growth_compounds_to_its_own_period() {
        let factor = parse_growth("10%/month").unwrap();
        assert!((factor.powf(30.4375) - 1.1).abs() < 1e-12);
    }
}
