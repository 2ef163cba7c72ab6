//! Distributions and numbers as the language writes them.

use crate::fit::durations::{Family, Law};

/// A number with three digits.
pub(super) fn number(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return "0".to_owned();
    }
    let digits = (2 - x.abs().log10().floor() as i32).clamp(0, 9) as usize;
    let text = format!("{x:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Units with their length in days, and up to how many of them are written.
const UNITS: [(&str, f64, f64); 4] = [
    ("s", 1.0 / 86_400.0, 90.0),
    (" min", 1.0 / 1_440.0, 90.0),
    ("h", 1.0 / 24.0, 72.0),
    ("d", 1.0, f64::INFINITY),
];

/// A duration with three digits in the unit that reads best.
pub(super) fn time(days: f64) -> String {
    if days <= 0.0 {
        return "0d".to_owned();
    }
    let fits = |unit: &&(&str, f64, f64)| days / unit.1 < unit.2;
    let (word, length, _) = UNITS.iter().find(fits).unwrap_or(&UNITS[3]);
    format!("{}{word}", number(days / length))
}

/// A duration's law.
pub(super) fn durations(law: &Law) -> String {
    written(law, &time)
}

/// An amount's law.
pub(super) fn amounts(law: &Law) -> String {
    written(law, &number)
}

fn written(law: &Law, one: &dyn Fn(f64) -> String) -> String {
    match law {
        Law::Constant(value) => one(*value),
        Law::Named(family) => format!("{{{}}}", named(*family, one)),
        Law::OrAtOnce(share, family) => format!(
            "{{mixture: [{{share: {}, value: {}}}, {{share: rest, {}}}]}}",
            percent(*share),
            one(0.0),
            named(*family, one)
        ),
        Law::Values(values) => {
            let values: Vec<String> = values.iter().map(|value| one(*value)).collect();
            let runs: Vec<(&String, usize)> =
                values.chunk_by(|a, b| a == b).map(|run| (&run[0], run.len())).collect();
            if let [(only, _)] = runs.as_slice() {
                return (*only).clone();
            }
            if runs.len() * 3 > values.len() * 2 {
                return format!("{{empirical: {{values: [{}]}}}}", values.join(", "));
            }
            // Values that repeat are written once, with their weights.
            let words: Vec<&str> = runs.iter().map(|(value, _)| value.as_str()).collect();
            let weights: Vec<String> = runs.iter().map(|(_, times)| times.to_string()).collect();
            let (words, weights) = (words.join(", "), weights.join(", "));
            format!("{{empirical: {{values: [{words}], weights: [{weights}]}}}}")
        }
    }
}

fn named(family: Family, one: &dyn Fn(f64) -> String) -> String {
    match family {
        Family::Exponential(mean) => format!("exponential: {{mean: {}}}", one(mean)),
        Family::Lognormal { median, sigma } => {
            format!("lognormal: {{median: {}, sigma: {}}}", one(median), number(sigma))
        }
        Family::Weibull { shape, scale } => {
            format!("weibull: {{shape: {}, scale: {}}}", number(shape), one(scale))
        }
        Family::Gamma { shape, scale } => {
            format!("gamma: {{shape: {}, scale: {}}}", number(shape), one(scale))
        }
    }
}

/// A share with as many digits as it takes not to be nothing or all.
pub(super) fn percent(share: f64) -> String {
    let hundred = share * 100.0;
    let digits = if (0.1..=99.9).contains(&hundred.abs()) { 1 } else { 4 };
    let text = format!("{hundred:.digits$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_digits() {
        let found = [0.012_345, 1.0, 12.345, 1_234.5, 0.0].map(number);
        assert_eq!(found, ["0.0123", "1", "12.3", "1234", "0"]);
        let found = [20.0 / 86_400.0, 0.01, 0.5, 3.0, 45.678].map(time);
        assert_eq!(found, ["20s", "14.4 min", "12h", "3d", "45.7d"]);
        assert_eq!([0.123_45, 0.000_05, 0.5].map(percent), ["12.3%", "0.005%", "50%"]);
    }
}
