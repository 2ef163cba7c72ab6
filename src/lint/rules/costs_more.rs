//! A lead, or a visit to a stage, that costs more than a sale brings: perhaps the cost of a month for that of a lead.

use crate::diagnostic::{Doubt, Findings};
use crate::model::{Model, Phase, Spot};
use crate::quantity::MINOR_UNITS;

/// A client who buys again may be worth this many sales.
const SALES: f64 = 12.0;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let largest = model.amounts().map(|of| of.mean() / MINOR_UNITS).fold(0.0, f64::max);
    let sells_again =
        model.stages.iter().any(|stage| stage.sale.is_some() || stage.phase == Phase::Client);
    let worth = largest * if sells_again { SALES } else { 1.0 };
    // Another rule reports deals without a value.
    if worth <= 0.0 {
        return;
    }
    let mut report = |name: &str, of_lead: bool, cost: f64, spot: &Spot| {
        if cost > worth {
            let problem = Doubt::CostsMore { name: name.to_owned(), of_lead, cost, largest };
            findings.report(problem, spot.place, spot.path.clone());
        }
    };
    for source in &model.sources {
        report(&source.name, true, source.cost, &source.spot);
    }
    for stage in &model.stages {
        let cost = stage.plan.cost.unwrap_or(0.0);
        let steps = stage.plan.given_steps().map(|step| step.cost).sum::<f64>();
        report(&stage.name, false, cost + steps, &stage.spot);
    }
}

#[cfg(test)]
mod tests {
    fn codes(value: &str, source: &str, stage: &str) -> Vec<&'static str> {
        let text = format!(
            "value: {value}\nsources: {{web: {{rate: 20/week{source}}}}}\n\
             stages: {{lead: {{wait: 1d{stage}, next: 50%}}}}\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_lead_or_a_visit_above_the_value_of_a_sale_is_found() {
        assert_eq!(codes("900", ", cost: 1000", ""), ["V675"]);
        assert_eq!(codes("900", "", ", cost: 1000"), ["V675"]);
        assert_eq!(codes("{lognormal: {median: 900, p90: 2000}}", ", cost: 9000", ""), ["V675"]);
    }

    #[test]
    fn a_dear_lead_of_a_client_who_buys_again_may_pay_off() {
        assert_eq!(codes("900", ", cost: 800", ", cost: 800"), [""; 0]);
        // The mean of these values is above 1,000.
        assert_eq!(codes("{lognormal: {median: 900, p90: 2000}}", ", cost: 1000", ""), [""; 0]);
        let text = "value: 900\nsources: {web: {rate: 20/week, cost: 2000}}\nstages:\n  \
                    order: {sale: true, wait: 1 month, next: {order: 80%, lost: rest}}\n";
        assert!(crate::lint::examine("", text, &[], None).diagnostics.is_empty());
    }
}
