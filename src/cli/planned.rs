//! What `--plan` takes: a rate in the words of the model's `targets`, or a file of months.

use std::path::PathBuf;

use crate::quantity::Rate;
use crate::study::forecast::plan::{Plan, Planned};

/// A plan as it is typed.
#[derive(Debug, Clone)]
pub(super) enum PlanArgument {
    /// `bookings: 900000/month`
    Words(Plan),
    /// A file of months and amounts.
    File(PathBuf),
}

/// Reads a plan: words with a colon or a rate, else the name of a file.
pub(super) fn parse(text: &str) -> Result<PlanArgument, String> {
    let words = |of_orders, text: &str| {
        let rate = Rate::parse(text.trim()).map_err(|fault| fault.to_string())?;
        if rate.per_day <= 0.0 {
            return Err("a plan is above zero".to_owned());
        }
        Ok(PlanArgument::Words(Plan { of_orders, amounts: Planned::Rate(rate) }))
    };
    match text.split_once(':') {
        Some(("bookings", rate)) => words(false, rate),
        Some(("wins", rate)) => words(true, rate),
        _ if Rate::parse(text).is_ok() => words(false, text),
        _ if std::path::Path::new(text).exists() || text.contains('.') => {
            Ok(PlanArgument::File(PathBuf::from(text)))
        }
        _ => Err("'bookings: 900000/month', 'wins: 20/month', or a file of months and amounts"
            .to_owned()),
    }
}
