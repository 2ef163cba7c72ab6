//! Reasons of lost sales that are classed as `disqualified`, so that `win_rate` leaves them out.

use crate::diagnostic::{Doubt, Findings};
use crate::model::{Model, ReasonClass};

/// Who asks for the price, or compares with others, was a lead.
const OF_SALES: [&str; 10] = [
    "price",
    "expensive",
    "competitor",
    "cheaper",
    "цена",
    "цене",
    "дорого",
    "дешевле",
    "конкурент",
    "конкуренту",
];

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for (reason, class, spot) in &model.reasons {
        let lower = reason.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
        let is_of_sales = words.iter().any(|word| OF_SALES.contains(word));
        if *class == ReasonClass::Disqualified && is_of_sales {
            let problem = Doubt::LostSaleDisqualified { reason: reason.clone() };
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    fn codes(reason: &str, class: &str) -> Vec<&'static str> {
        let text = format!(
            "stages: {{lead: {{wait: 1d, next: {{won: 50%, lost: {{{reason}: rest}}}}}}}}\nreasons: {{{reason}: {class}}}\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn price_and_competitors_are_no_disqualification() {
        assert_eq!(codes("price", "disqualified"), ["V681"]);
        assert_eq!(codes("ушёл к конкуренту", "disqualified"), ["V681"]);
        assert_eq!(codes("price", "product"), [""; 0]);
        assert_eq!(codes("wrong region", "disqualified"), [""; 0]);
        assert_eq!(codes("no price list needed", "client"), [""; 0]);
    }
}
