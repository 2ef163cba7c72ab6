//! The families of distributions in the language, with the parameters that each takes.

/// The names of all families.
pub(super) const FAMILIES: [&str; 14] = [
    "uniform",
    "triangular",
    "pert",
    "normal",
    "lognormal",
    "exponential",
    "gamma",
    "erlang",
    "weibull",
    "loglogistic",
    "beta",
    "hyperexponential",
    "empirical",
    "mixture",
];

/// The keys of an empirical distribution.
pub(super) const EMPIRICAL: [&str; 4] = ["values", "weights", "file", "column"];

/// The only family whose name begins so: `exp` means `exponential`.
pub(super) fn begun(name: &str) -> Option<String> {
    let mut known = FAMILIES.iter().filter(|known| known.starts_with(name));
    let first = known.next().filter(|_| name.len() > 2)?;
    known.next().is_none().then(|| (*first).to_owned())
}

/// The alternative sets of parameters of a family; empty for families given by lists.
pub(super) fn parameter_sets(family: &str) -> &'static [&'static [&'static str]] {
    match family {
        "uniform" => &[&["min", "max"]],
        "triangular" | "pert" => &[&["min", "mode", "max"]],
        "normal" => &[&["mean", "sd"]],
        "lognormal" => &[&["mean", "sd"], &["median", "p90"], &["median", "sigma"]],
        "exponential" => &[&["mean"]],
        "gamma" => &[&["mean", "sd"], &["shape", "scale"]],
        "erlang" => &[&["k", "mean"]],
        "weibull" => &[&["shape", "scale"], &["median", "p90"]],
        "loglogistic" => &[&["median", "shape"]],
        "beta" => &[&["min", "max", "alpha", "beta"]],
        _ => &[],
    }
}

/// A key of these sets.
pub(super) fn known_key(
    known: &[&str],
    key: &str,
    sets: &[&'static [&'static str]],
) -> &'static str {
    debug_assert!(known.contains(&key));
    sets.iter().flat_map(|set| set.iter()).find(|k| **k == key).copied().unwrap_or_default()
}
