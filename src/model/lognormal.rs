//! Other parameters of a lognormal distribution than the pairs that the language takes.

use super::forms::Form;
use super::yaml::{Kind, Node};
use crate::quantity::{Length, parse_number};
use crate::random::distribution::Distribution;

/// The percent of `p95`, `percentile_95`, `q95` or `95%`.
fn percent(key: &str) -> Option<f64> {
    let key = key.trim().to_lowercase();
    let words = ["percentile", "perc", "pct", "p", "q"];
    let bare = words.iter().find_map(|word| key.strip_prefix(word)).unwrap_or(&key);
    let bare = bare.trim_start_matches(['_', '-', ' ']);
    let bare = ["%", "th"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    let number = if bare == key { None } else { parse_number(bare).ok() };
    number.filter(|percent| (50.0..100.0).contains(percent))
}

/// The parameters as the language takes them, if they are written otherwise.
pub(super) fn meant(body: &Node) -> Option<Form> {
    as_sigma(body).or_else(|| of_scale(body)).or_else(|| of_mean(body))
}

/// `{median: 2d, sigma: 0.557}` of the `{median: 2d, p95: 5d}` of a lognormal distribution: the logarithm of a draw is
/// normal, and so the percentile is the median times exp(z·sigma), with the quantile z of the standard normal one.
fn as_sigma(body: &Node) -> Option<Form> {
    let Kind::Map(entries) = &body.kind else { return None };
    let [one, other] = entries.as_slice() else { return None };
    let is_median = |key: &str| key == "median" || percent(key) == Some(50.0);
    let (median, far) = if is_median(&one.key) { (one, other) } else { (other, one) };
    let share = percent(&far.key).filter(|share| *share > 50.0 && *share != 90.0)? / 100.0;
    let value = |node: &Node| {
        let text = node.scalar_text();
        let length = Length::parse(text).ok().map(Length::nominal_days);
        length.or_else(|| parse_number(text).ok()).filter(|value| *value > 0.0)
    };
    let times = value(&far.value)? / value(&median.value)?;
    let z = Distribution::normal(0.0, 1.0).ok()?.quantile(share);
    let sigma = libm::log(times) / z;
    let written = format!("{{median: {}, sigma: {sigma:.3}}}", median.value.scalar_text());
    (is_median(&median.key) && sigma > 0.0).then_some(Form { written, certain: true })
}

/// `{median: 1200, sigma: 0.9}` of the `{s: 0.9, scale: 1200}` of programs for statistics.
fn of_scale(body: &Node) -> Option<Form> {
    let Kind::Map(entries) = &body.kind else { return None };
    let of = |keys: &[&str]| {
        let entry = entries.iter().find(|entry| keys.contains(&entry.key.as_str()))?;
        Some(entry.value.scalar_text()).filter(|text| !text.is_empty())
    };
    let (median, sigma) = (of(&["scale"])?, of(&["s", "sigma", "shape"])?);
    // The location, which moves all values, is zero.
    let is_known = entries.len() == 2 || entries.len() == 3 && of(&["loc"]) == Some("0");
    let is_read = parse_number(sigma).is_ok_and(|sigma| sigma < 5.0);
    let written = format!("{{median: {median}, sigma: {sigma}}}");
    (is_known && is_read).then_some(Form { written, certain: true })
}

/// `{median: 3200, sigma: 0.9}` of `{mean: 4800, sigma: 0.9}`: the mean is the median times exp(sigma²/2). Programs for
/// statistics call the mean of the logarithm a mean, too, so that this is a guess.
fn of_mean(body: &Node) -> Option<Form> {
    let Kind::Map(entries) = &body.kind else { return None };
    let [one, other] = entries.as_slice() else { return None };
    let (mean, sigma) = if one.key == "mean" { (one, other) } else { (other, one) };
    let text = mean.value.scalar_text();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let (number, sigma_text) = (parse_number(number).ok()?, sigma.value.scalar_text());
    let log = parse_number(sigma_text).ok()?;
    let is_plain = unit.is_empty() || Length::parse(text).is_ok();
    let median = number * libm::exp(-log * log / 2.0);
    let digits = (2.0 - libm::log10(median).floor()).clamp(0.0, 6.0) as usize;
    let scale = libm::pow(10.0, digits as f64);
    let median = (median * scale).round() / scale;
    let written = format!("{{median: {median}{unit}, sigma: {sigma_text}}}");
    let is_it = mean.key == "mean" && sigma.key == "sigma" && log < 3.0 && is_plain;
    (is_it && median > 0.0).then_some(Form { written, certain: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_percentiles_are_read() {
        for key in ["p95", "P95", "percentile95", "percentile_95", "q95", "95%", "95th", "p_95"] {
            assert_eq!(percent(key), Some(95.0), "{key}");
        }
        for key in ["p5", "95", "mean", "sigma", "p", "scale"] {
            assert_eq!(percent(key), None, "{key}");
        }
    }

    #[test]
    fn a_percentile_becomes_a_sigma_that_gives_it_back() {
        let text = "value: {lognormal: {median: 2000, p95: 9000}}\nstages: {lead: {next: 50%}}\n";
        let found = crate::model::load("", text, &[], None).diagnostics;
        let crate::diagnostic::Problem::Structure(crate::diagnostic::StructureFault::OtherForm {
            written,
            certain: true,
            ..
        }) = &found[0].problem
        else {
            panic!("{found:?}");
        };
        let (_, sigma) = written.trim_end_matches('}').rsplit_once(": ").expect("a sigma");
        let sigma: f64 = sigma.parse().expect("a number");
        let drawn = Distribution::lognormal_median_sigma(2000.0, sigma).expect("a distribution");
        // Three decimals of sigma: half a thousandth times z of 1.645 is 0.1 %.
        let p95 = drawn.quantile(0.95);
        assert!((p95 / 9000.0 - 1.0).abs() < 0.001, "{p95}");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_mean_beside_sigma_becomes_the_median() {
        let text = "stages: {lead: {wait: {lognormal: {mean: 5d, sigma: 0.9}}, next: 50%}}\n";
        let found = crate::model::load("", text, &[], None).diagnostics;
        let crate::diagnostic::Problem::Structure(crate::diagnostic::StructureFault::OtherForm {
            written,
            certain: false,
            ..
        }) = &found[0].problem
        else {
            panic!("{found:?}");
        };
        let median = written.strip_prefix("{median: ").and_then(|rest| rest.split_once("d, "));
        let median: f64 = median.and_then(|(median, _)| median.parse().ok()).expect("a median");
        let drawn = Distribution::lognormal_median_sigma(median, 0.9).expect("a distribution");
        // Three digits of the median.
        assert!((drawn.mean() / 5.0 - 1.0).abs() < 0.005, "{}", drawn.mean());
    }
}
