//! How much memory a command may take: what the machine has left, and what the system allows the process.
//!
//! Read from the files of Linux; on other systems nothing is known, and nothing is refused.

use std::fs;

/// Of what is left, so much may be taken: estimates are no more than that.
const SHARE: f64 = 0.9;

/// Bytes that may be taken; none where the system does not say.
pub(super) fn available() -> Option<f64> {
    let left = fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        Some(line.split_whitespace().next()?.parse::<f64>().ok()? * 1024.0)
    });
    let allowed = fs::read_to_string("/proc/self/limits").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("Max address space"))?;
        line.split_whitespace().next()?.parse::<f64>().ok()
    });
    let least = [left, allowed].into_iter().flatten().fold(f64::INFINITY, f64::min);
    least.is_finite().then_some(SHARE * least)
}
