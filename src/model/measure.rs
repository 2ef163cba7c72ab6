//! Values with units: shares, rates, durations in elapsed or working time, money, pay.

use super::clock::Clock;
use super::forms::{self, Form};
use super::reader::{Field, Reader};
use crate::diagnostic::{Doubt, ValueFault, Wanted, Warning};
use crate::quantity::{
    DAY_MICROS, Length, MOST_MONEY, NumberFault, Pay, Rate, Share, parse_count, parse_number,
    parse_share,
};

/// Durations longer than this are warned about.
const ABSURD_YEARS: f64 = 100.0;

impl Field<'_> {
    pub(super) fn number_or<T>(
        &self,
        r: &mut Reader<'_>,
        wanted: Wanted,
        read: impl Fn(&str) -> Result<T, NumberFault>,
    ) -> Option<T> {
        let text = self.scalar(r, wanted)?;
        match read(text) {
            Ok(value) => {
                // Money is looked at where it is read in full.
                if !matches!(wanted, Wanted::Money | Wanted::Share | Wanted::ShareLimit) {
                    self.point_of_thousands(r, false);
                }
                Some(value)
            }
            Err(fault) => {
                let bare = forms::limit(self.name(), text).filter(|bare| read(bare).is_ok());
                if let Some(bare) = bare {
                    self.report_form(r, Form { written: bare.to_owned(), certain: true });
                    return None;
                }
                self.report(r, ValueFault::Number { text: text.to_owned(), wanted, fault });
                None
            }
        }
    }

    pub(super) fn number(&self, r: &mut Reader<'_>) -> Option<f64> {
        self.number_or(r, Wanted::Number, parse_number)
    }

    pub(super) fn count(&self, r: &mut Reader<'_>) -> Option<u64> {
        self.number_or(r, Wanted::Count, parse_count)
    }

    pub(super) fn share(&self, r: &mut Reader<'_>) -> Option<Share> {
        self.number_or(r, Wanted::Share, parse_share)
    }

    /// A share given as a number, not as `rest`.
    pub(super) fn plain_share(&self, r: &mut Reader<'_>) -> Option<f64> {
        self.number_or(r, Wanted::Share, |text| match parse_share(text)? {
            Share::Of(share) => Ok(share),
            Share::Rest => Err(NumberFault::NotANumber),
        })
    }

    pub(super) fn rate(&self, r: &mut Reader<'_>) -> Option<Rate> {
        self.number_or(r, Wanted::Rate, Rate::parse)
    }

    pub(super) fn growth(&self, r: &mut Reader<'_>) -> Option<f64> {
        self.number_or(r, Wanted::Growth, crate::quantity::parse_growth)
    }

    /// A length of elapsed time; it may hold calendar months.
    pub(super) fn length(&self, r: &mut Reader<'_>) -> Option<Length> {
        let length = self.any_length(r)?;
        if length.is_working() {
            self.bad_duration(r, NumberFault::WorkingTime);
            return None;
        }
        Some(length)
    }

    fn bad_duration(&self, r: &mut Reader<'_>, fault: NumberFault) {
        let text = self.node.scalar_text().to_owned();
        self.report(r, ValueFault::Number { text, wanted: Wanted::Duration, fault });
    }

    /// A length of elapsed or working time.
    pub(super) fn any_length(&self, r: &mut Reader<'_>) -> Option<Length> {
        let length = self.number_or(r, Wanted::Duration, Length::parse)?;
        if length.is_below_resolution() {
            self.report(r, ValueFault::TooShort { text: self.node.scalar_text().to_owned() });
            return None;
        }
        let years = length.nominal_days() / 365.25;
        if years > ABSURD_YEARS {
            self.report(r, Warning::AbsurdDuration { years });
        }
        Some(length)
    }

    /// A duration in microseconds of the reader's current clock.
    pub(super) fn micros(&self, r: &mut Reader<'_>) -> Option<f64> {
        let length = self.any_length(r)?;
        let is_zero = length == Length::default();
        match (r.clock, length.is_working()) {
            (Clock::Wall, true) => {
                self.bad_duration(r, NumberFault::WorkingTime);
                return None;
            }
            (Clock::Either, true) => r.clock = Clock::Working { any: false },
            (Clock::Either, false) if !is_zero => r.clock = Clock::Wall,
            (Clock::Working { any: false }, false) if !is_zero => {
                self.bad_duration(r, NumberFault::MixedTime);
                return None;
            }
            _ => {}
        }
        let micros = if length.is_working() {
            length.working_micros(r.working_day)
        } else {
            length.nominal_days() * DAY_MICROS as f64
        };
        Some(micros.round())
    }

    /// Reads a duration in either clock; returns whether it is working time.
    pub(super) fn by_any_clock<T>(
        &self,
        r: &mut Reader<'_>,
        read: impl FnOnce(&Self, &mut Reader<'_>) -> Option<T>,
    ) -> Option<(T, bool)> {
        let before = std::mem::replace(&mut r.clock, Clock::Either);
        let value = read(self, r);
        let working = matches!(r.clock, Clock::Working { .. });
        r.clock = before;
        Some((value?, working))
    }

    /// What a person costs.
    pub(super) fn pay(&self, r: &mut Reader<'_>) -> Option<Pay> {
        self.number_or(r, Wanted::Pay, Pay::parse)
    }

    /// A nonnegative amount.
    pub(super) fn price(&self, r: &mut Reader<'_>) -> Option<f64> {
        let amount = self.number_or(r, Wanted::Money, parse_number)?;
        if amount < 0.0 {
            let (text, fault) = (self.node.scalar_text().to_owned(), NumberFault::Negative);
            self.report(r, ValueFault::Number { text, wanted: Wanted::Money, fault });
            return None;
        }
        self.money(r)
    }

    /// An amount in the currency; a negative one gets a warning.
    pub(super) fn money(&self, r: &mut Reader<'_>) -> Option<f64> {
        let amount = self.number_or(r, Wanted::Money, parse_number)?;
        if amount < 0.0 {
            let text = self.scalar(r, Wanted::Money)?.to_owned();
            self.report(r, Warning::NegativeMoney { text });
        }
        if amount.abs() > MOST_MONEY {
            let text = self.scalar(r, Wanted::Money)?.to_owned();
            let fault = NumberFault::TooLarge { most: MOST_MONEY };
            self.report(r, ValueFault::Number { text, wanted: Wanted::Money, fault });
            return None;
        }
        self.point_of_thousands(r, true);
        Some(amount)
    }

    /// Warns of a point before three digits, which separates thousands in other countries: of digits that end in a zero,
    /// which nobody writes behind a decimal sign, and of any in an amount of money, which has two decimals.
    fn point_of_thousands(&self, r: &mut Reader<'_>, money: bool) {
        let text = self.node.scalar_text();
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        let Some((whole, decimals)) = number.split_once('.') else { return };
        let is_group = (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        if is_group && decimals.len() == 3 && (money || decimals.ends_with('0')) {
            let meant = format!("{whole}{decimals}{rest}");
            self.report(r, Doubt::PointOfThousands { text: text.to_owned(), meant });
        }
    }
}
