//! Pay that was probably written for another unit: an hourly wage per month, or a salary per hour.

use crate::diagnostic::{Doubt, Findings};
use crate::model::{Model, Role, SaleAmount};
use crate::quantity::{HOUR_MICROS, MINOR_UNITS, Pay};

/// A salary below this is none in any currency.
const SMALL: f64 = 50.0;
/// Hours of a working month.
const HOURS: f64 = 165.0;
/// Nobody earns so many times as much as a colleague.
const MANY: f64 = 60.0;

/// An hour costs less than this in nearly all currencies.
const LARGE: f64 = 50_000.0;
/// The same in currencies of which a cup of coffee takes a few.
const LARGE_OF_STRONG: f64 = 3_000.0;
const STRONG: [&str; 9] = ["EUR", "USD", "GBP", "CHF", "CAD", "AUD", "SGD", "€", "$"];
/// Currencies in which a wage of an hour has five digits or more.
const WEAK: [&str; 24] = [
    "VND", "IDR", "UZS", "IRR", "LAK", "GNF", "PYG", "KHR", "MNT", "MMK", "COP", "KRW", "CLP",
    "LBP", "TZS", "UGX", "RWF", "MGA", "IQD", "KZT", "AMD", "HUF", "JPY", "NGN",
];
/// If the work of a single visit costs as much as so many deals bring, its pay is in another unit.
const DEALS: f64 = 5.0;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let hourly = |role: &Role| match role.pay {
        Some(Pay::Hourly(pay)) if pay > 0.0 => Some(pay),
        Some(Pay::Monthly(pay)) if pay > 0.0 => Some(pay / HOURS),
        _ => None,
    };
    let mut odd = Vec::new();
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
            odd.push(&role.name);
            let (role_name, text) = (role.name.clone(), format!("{pay}/month"));
            let problem = Doubt::SmallPay { role: role_name, text };
            findings.report(problem, role.spot.place, role.spot.path.clone());
        }
    }
    for role in &model.roles {
        let groups = role.people.iter().flatten().filter_map(|group| group.pay);
        let mut wages = role.pay.into_iter().chain(groups).filter_map(|pay| match pay {
            Pay::Hourly(pay) => Some(pay),
            Pay::Monthly(_) => None,
        });
        let is_large =
            |pay: &f64| *pay >= large(&model.header.currency) || exceeds_deals(model, role, *pay);
        if let Some(pay) = wages.find(is_large) {
            odd.push(&role.name);
            let problem = Doubt::LargePay { role: role.name.clone(), text: format!("{pay}/hour") };
            findings.report(problem, role.spot.place, role.spot.path.clone());
        }
    }
    // Of two that differ, one has been told already.
    let paid = model.roles.iter().filter(|role| !odd.contains(&&role.name));
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

/// An hourly wage that is none in a currency.
fn large(currency: &str) -> f64 {
    let currency = currency.trim().to_uppercase();
    if WEAK.contains(&currency.as_str()) {
        f64::INFINITY
    } else if STRONG.contains(&currency.as_str()) {
        LARGE_OF_STRONG
    } else {
        LARGE
    }
}

/// Whether the work of one visit costs as much as several deals bring.
fn exceeds_deals(model: &Model, role: &Role, pay: f64) -> bool {
    let set = model.plans().filter_map(|plan| plan.set.as_ref()?.value.as_ref());
    let own = model.stages.iter().filter_map(|stage| match &stage.sale {
        Some(SaleAmount::Own(own)) => Some(own),
        _ => None,
    });
    let amounts = model.value.iter().map(|case| &case.amount).chain(set).chain(own);
    let Some(most) = amounts.map(|amount| amount.mean() / MINOR_UNITS).reduce(f64::max) else {
        return false;
    };
    let works = model.works().filter(|(_, work)| work.role.0 == role.name);
    let hours = works.map(|(_, work)| work.time.mean() / HOUR_MICROS as f64).fold(0.0, f64::max);
    most > 0.0 && pay * hours > DEALS * most
}

#[cfg(test)]
mod tests {
    fn codes(head: &str, pay: &str) -> Vec<&'static str> {
        let people = if pay.contains("people") { "" } else { ", people: 9" };
        let text = format!(
            "{head}\nroles: {{seller: {{cost: {pay}{people}}}}}\nsources: {{web: {{rate: 5/day}}}}\nstages:\n  \
             lead: {{work: {{role: seller, time: 1h}}, next: 50%}}\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_salary_per_hour_is_found_where_one_role_alone_has_pay() {
        assert_eq!(codes("", "90000/hour"), ["V659"]);
        assert_eq!(codes("currency: EUR", "4200/hour"), ["V659"]);
        assert_eq!(codes("value: 500", "4200/hour"), ["V659"]);
        assert_eq!(codes("", "900/hour, people: [{count: 9, cost: 90000/hour}]"), ["V659"]);
        assert_eq!(codes("", "900/hour"), [""; 0]);
        assert_eq!(codes("currency: EUR", "400/hour"), [""; 0]);
        assert_eq!(codes("currency: VND", "90000/hour"), [""; 0]);
        assert_eq!(codes("value: 900", "4200/hour"), [""; 0]);
        assert_eq!(codes("", "90000/month"), [""; 0]);
    }
}
