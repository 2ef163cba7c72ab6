//! `costs` and `discount`: costs that no deal causes, and how much less later money is worth.

use jiff::civil::DateTime;

use super::forms::Form;
use super::reader::{Field, Reader, Spot};
use crate::diagnostic::ValueFault;
use crate::quantity::{Rate, parse_number};

/// A cost that no deal causes.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// Its name.
    pub name: String,
    /// How it is spent.
    pub spending: Spending,
    /// Where it is written.
    pub spot: Spot,
}

/// How a cost is spent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spending {
    /// Overheads: so much per period, in the currency.
    Running {
        /// How much.
        rate: Rate,
        /// Not before this day.
        from: Option<DateTime>,
        /// Not from this day on.
        until: Option<DateTime>,
    },
    /// An amount in the currency on one day.
    Once {
        /// How much.
        amount: f64,
        /// On which day; `None`: when the window begins.
        on: Option<DateTime>,
    },
}

pub(super) const RUNNING: [&str; 3] = ["rate", "from", "until"];
pub(super) const ONCE: [&str; 2] = ["once", "on"];

impl Field<'_> {
    /// As `15%/year`: the factor per day, with 365 days a year.
    pub(super) fn discount(&self, r: &mut Reader<'_>) -> Option<f64> {
        // `15/year` would divide later money by 16.
        let text = self.node.scalar_text();
        if let Some((number, unit)) =
            text.split_once('/').filter(|(number, _)| !number.contains('%'))
            && let Some(value) = parse_number(number).ok().filter(|value| *value >= 1.0)
        {
            let written = format!("{value}%/{}", unit.trim());
            self.report(r, ValueFault::PercentOfRate { text: text.to_owned(), written });
            return None;
        }
        // A discount rate without a period is one per year.
        if text.strip_suffix('%').is_some_and(|number| parse_number(number.trim()).is_ok()) {
            self.report_form(r, Form { written: format!("{text}/year"), certain: true });
            return None;
        }
        // Growth compounds over years of 365.25 days.
        Some(libm::pow(self.growth(r)?, -365.25 / 365.0))
    }

    /// By name: `400000/month`, `{rate, from, until}` or `{once, on}`.
    pub(super) fn costs(&self, r: &mut Reader<'_>) -> Vec<Cost> {
        let fields = self.names(r).unwrap_or_default();
        fields.iter().filter_map(|field| field.running_or_once(r)).collect()
    }

    fn running_or_once(&self, r: &mut Reader<'_>) -> Option<Cost> {
        let (name, spot) = (self.name().to_owned(), self.key());
        if !self.is_map() {
            let spending = Spending::Running { rate: self.rate(r)?, from: None, until: None };
            return Some(Cost { name, spending, spot });
        }
        if self.node.get("once").is_some() {
            let section = self.section(r, &ONCE, &[])?;
            let on = section.get("on").map(|field| field.date(r));
            let amount = section.get("once").and_then(|field| field.price(r))?;
            let spending = Spending::Once { amount, on: if on.is_some() { on? } else { None } };
            return Some(Cost { name, spending, spot });
        }
        let section = self.section(r, &RUNNING, &[])?;
        let rate = section.need(r, "rate", &name).and_then(|field| field.rate(r));
        let from = section.get("from").and_then(|field| field.date(r));
        let until = section.get("until").and_then(|field| field.date(r));
        if let (Some(from), Some(until), Some(field)) = (from, until, section.get("until"))
            && until <= from
        {
            field.report(r, ValueFault::DateOrder { earlier: "from", later: "until" });
        }
        Some(Cost { name, spending: Spending::Running { rate: rate?, from, until }, spot })
    }
}
