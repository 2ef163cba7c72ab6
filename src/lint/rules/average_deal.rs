//! Expectations of the average deal that the values of deals rule out, or can never miss.

use crate::diagnostic::{Doubt, Findings};
use crate::kpi::{Kpi, Stat};
use crate::model::{Expectation, Model};
use crate::quantity::MINOR_UNITS;

/// No average of sales comes from values outside all but this share of the draws, on either side.
const RARE: f64 = 1e-6;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for expectation in &model.expectations {
        if let Some(problem) = decided(model, expectation) {
            let spot = &expectation.spot;
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}

/// The warning, if an average of values never or always meets the limits.
fn decided(model: &Model, expectation: &Expectation) -> Option<Doubt> {
    let (_, stat) = expectation.statistic()?;
    let is_plain = expectation.per.is_none() && expectation.within.is_none();
    if expectation.kpi != Kpi::AverageDeal || stat != Stat::Mean || !is_plain {
        return None;
    }
    // The least and the greatest usual value, and the least and the greatest of all.
    let figures: Vec<[f64; 4]> = model
        .amounts()
        .map(|of| [of.quantile(RARE), of.quantile_upper(RARE), of.minimum(), of.maximum()])
        .collect();
    // Deals that no case holds for have no value.
    let has_none = model.value.iter().all(|case| !case.when.tests.is_empty());
    let end = |at: usize, worse: fn(f64, f64) -> f64| {
        let drawn = figures.iter().map(|figures| figures[at]).reduce(worse)?;
        Some(if has_none { worse(drawn, 0.0) } else { drawn } / MINOR_UNITS)
    };
    let kpi = expectation.kpi.name().to_owned();
    let limits = expectation.limits;
    let usual = (end(0, f64::min)?, end(1, f64::max)?);
    let never = limits.at_least.is_some_and(|limit| limit > usual.1 * (1.0 + RARE))
        || limits.at_most.is_some_and(|limit| limit < usual.0 * (1.0 - RARE));
    if never {
        return Some(Doubt::DecidedByValues { kpi, met: false, least: usual.0, most: usual.1 });
    }
    let bounds = (end(2, f64::min)?, end(3, f64::max)?);
    let always = limits.at_least.is_none_or(|limit| limit <= bounds.0)
        && limits.at_most.is_none_or(|limit| limit >= bounds.1);
    let (least, most) = bounds;
    always.then_some(Doubt::DecidedByValues { kpi, met: true, least, most })
}

#[cfg(test)]
mod tests {
    fn codes(value: &str, limit: &str) -> Vec<&'static str> {
        let text = format!(
            "value: {value}\nstages: {{lead: {{wait: 1d, next: 50%}}}}\nexpect: [{{kpi: average_deal, {limit}}}]\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn an_average_lies_between_the_values() {
        let uniform = "{uniform: {min: 1000, max: 5000}}";
        assert_eq!(codes(uniform, "at_least: 9000"), ["V648"]);
        assert_eq!(codes(uniform, "at_most: 900"), ["V648"]);
        assert_eq!(codes(uniform, "at_least: 500"), ["V637"]);
        assert_eq!(codes(uniform, "between: [900, 6000]"), ["V637"]);
        assert_eq!(codes(uniform, "at_least: 3000"), [""; 0]);
        assert_eq!(codes(uniform, "between: [900, 4000]"), [""; 0]);
        let open = "{lognormal: {mean: 3000, sd: 1000}}";
        assert_eq!(codes(open, "at_least: 2500"), [""; 0]);
        assert_eq!(codes(open, "at_least: 2500000"), ["V648"]);
        // Deals that no case holds for have no value.
        assert_eq!(codes("[{when: {source: leads}, amount: 900}]", "at_least: 800"), [""; 0]);
    }
}
