//! Whether deals that were created in the same month close faster or slower than others.
//!
//! Deals of one month share a campaign, a price list, a wave of poor leads. The pace of a cohort is
//! (O + κ) / (E + κ) with its observed exits O, the exits E that the hazards expect of its exposure,
//! and κ = 30 exits of prior (a gamma prior with mean 1).

use super::log::{Day, Exit, Log};
use super::rates::Rates;
use super::season::{Classes, month_number};

/// Exits that the prior is worth.
const PRIOR: f64 = 30.0;

/// The pace of each cohort.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohorts {
    first: i64,
    paces: Vec<f64>,
}

impl Cohorts {
    /// All deals have the same pace.
    pub const NONE: Cohorts = Cohorts { first: 0, paces: Vec::new() };

    /// Compares what each cohort did before a cut-off with what the rates expect.
    pub fn fit(log: &Log, cut: Day, rates: &Rates, classes: &Classes) -> Cohorts {
        let known = || log.deals.iter().filter(|deal| deal.created < cut);
        let Some(first) = known().map(|deal| month_number(deal.created)).min() else {
            return Cohorts::NONE;
        };
        let count = (month_number(cut) - first + 1).max(1) as usize;
        let mut sums = vec![(0.0, 0.0); count];
        for deal in known() {
            let sum = &mut sums[(month_number(deal.created) - first) as usize];
            for stay in &deal.stays {
                let from = stay.entered.max(log.first_close);
                let until = stay.left.min(cut);
                if until < from {
                    continue;
                }
                let closes = matches!(stay.exit, Exit::Won | Exit::Lost);
                sum.0 += f64::from(u8::from(stay.left < cut && closes));
                sum.1 += rates.closes(stay.stage, (stay.entered, from, until), classes);
            }
        }
        let pace = |(observed, expected): (f64, f64)| (observed + PRIOR) / (expected + PRIOR);
        Cohorts { first, paces: sums.into_iter().map(pace).collect() }
    }

    /// The pace of deals that were created on a day; 1 for months without deals.
    pub fn pace(&self, created: Day) -> f64 {
        let index = month_number(created) - self.first;
        usize::try_from(index).ok().and_then(|index| self.paces.get(index)).copied().unwrap_or(1.0)
    }
}
