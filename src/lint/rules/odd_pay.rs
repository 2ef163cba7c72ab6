//! Pay that was probably written for another unit: an hourly wage per month, or a salary per hour.

use crate::diagnostic::{Doubt, Findings};
use crate::model::{Model, Role};
use crate::quantity::Pay;

/// A salary below this is none in any currency.
const SMALL: f64 = 50.0;
/// Hours of a working month.
const HOURS: f64 = 165.0;
/// Nobody earns so many times as much as a colleague.
const MANY: f64 = 60.0;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let hourly = |role: &Role| match role.pay {
        Some(Pay::Hourly(pay)) if pay > 0.0 => Some(pay),
        Some(Pay::Monthly(pay)) if pay > 0.0 => Some(pay / HOURS),
        _ => None,
    };
    let mut small = Vec::new();
    // Some count in thousands.
    let currency = model.header.currency.to_lowercase();
    let in_thousands =
        ["тыс", "thousand", "млн", "million"].iter().any(|word| currency.contains(word))
            || currency.starts_with('k') && currency.len() > 3;
    for role in &model.roles {
        if let Some(Pay::Monthly(pay)) = role.pay
            && pay > 0.0
            && pay < SMALL
            && !in_thousands
        {
            small.push(&role.name);
            let (role_name, text) = (role.name.clone(), format!("{pay}/month"));
            let problem = Doubt::SmallPay { role: role_name, text };
            findings.report(problem, role.spot.place, role.spot.path.clone());
        }
    }
    let paid = model.roles.iter().filter(|role| !small.contains(&&role.name));
    let mut paid: Vec<(f64, &Role)> = paid.filter_map(|role| Some((hourly(role)?, role))).collect();
    paid.sort_by(|one, other| one.0.total_cmp(&other.0));
    // Either of the two may be the slip: the greater one is marked, and both are named.
    for pair in paid.windows(2) {
        let [(low, poor), (high, rich)] = pair else { continue };
        if high / low > MANY {
            let problem = Doubt::UnequalPay {
                role: rich.name.clone(),
                other: poor.name.clone(),
                times: high / low,
            };
            findings.report(problem, rich.spot.place, rich.spot.path.clone());
        }
    }
}
