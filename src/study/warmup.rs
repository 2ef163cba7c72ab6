//! Estimates how long a window that starts empty takes to reach its usual level.
//!
//! The mean number of open deals by day rises from zero to a level. The number of days to drop is
//! the one that minimizes the marginal standard error of the rest (in batches of five days, MSER-5,
//! White 1997). A suggestion is made only if it matters: if the mean of the whole window lies well
//! below that of the rest.

use crate::program::Program;
use crate::quantity::{DAY_MICROS, Instant};

/// Days per batch.
const BATCH: usize = 5;
/// The relative error of the window's mean from which it matters.
const MATTERS: f64 = 0.05;
/// A rise counts as slower if it is below this part of the previous one.
const SLOWER: f64 = 0.9;

/// The suggested warm-up in days, including any that is given but too short. `None` if the window
/// fills at once, runs until empty, or never settles.
///
/// `open`: open deals at the end of each day, summed over this number of replications.
pub(super) fn suggestion(program: &Program, open: &[i64], replications: usize) -> Option<u64> {
    if program.window.until_empty() || replications == 0 {
        return None;
    }
    let given = (program.window.start.0 / DAY_MICROS) as u64;
    let mean = |days: &[i64]| days.iter().sum::<i64>() as f64 / (BATCH * replications) as f64;
    let batches: Vec<f64> = open.chunks_exact(BATCH).map(mean).collect();
    if let Some(cut) = mser(&batches) {
        let mean = |batches: &[f64]| batches.iter().sum::<f64>() / batches.len() as f64;
        let (all, rest) = (mean(&batches), mean(&batches[cut..]));
        return (all < (1.0 - MATTERS) * rest).then_some(given + (cut * BATCH) as u64);
    }
    // The level is not reached in the first half of the window, so at least one more window is
    // needed.
    let settles = given > 0 && is_steady(program) && slows_down(&batches);
    settles.then_some(given + (batches.len() * BATCH) as u64)
}

/// Whether the arrival rate at the end of the window is no higher than at its start.
fn is_steady(program: &Program) -> bool {
    let window = program.window;
    let middle = Instant(window.start.0 / 2 + window.end.0 / 2);
    let came = |from, until| -> Option<f64> {
        program.sources.iter().map(|source| source.exact_arrivals(from, until)).sum()
    };
    let halves = came(window.start, middle).zip(came(middle, window.end));
    halves.is_some_and(|(first, second)| second <= (1.0 + MATTERS) * first)
}

/// Whether a number approaches a level: its rise from one quarter of the window to the next becomes
/// smaller. The rise of an overloaded queue does not.
fn slows_down(batches: &[f64]) -> bool {
    let quarter = batches.len() / 4;
    if quarter == 0 {
        return false;
    }
    let mean =
        |at: usize| batches[at * quarter..(at + 1) * quarter].iter().sum::<f64>() / quarter as f64;
    let [first, second, third, last] = [0, 1, 2, 3].map(mean);
    let rises = [second - first, third - second, last - third];
    let matters = first < (1.0 - MATTERS) * last;
    matters && rises[1] > 0.0 && rises[1] < SLOWER * rises[0] && rises[2] < SLOWER * rises[1]
}

/// The number of batches to drop: the cut in the first half with the least marginal standard error.
/// `None` if it lies at the end of that half, because nothing settles then.
fn mser(batches: &[f64]) -> Option<usize> {
    let half = batches.len() / 2;
    let error = |cut: usize| {
        let rest = &batches[cut..];
        let n = rest.len() as f64;
        let mean = rest.iter().sum::<f64>() / n;
        rest.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n * n)
    };
    let cut = (0..half).min_by(|a, b| error(*a).total_cmp(&error(*b)))?;
    (cut > 0 && cut + 1 < half).then_some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rise_to_a_level_is_cut_and_a_steady_rise_is_not() {
        let rises: Vec<f64> = (0..60_u32)
            .map(|k| 100.0 * (1.0 - (-f64::from(k) / 4.0).exp()) + f64::from(k % 3))
            .collect();
        let cut = mser(&rises).unwrap();
        assert!((8..30).contains(&cut), "{cut}");
        let grows: Vec<f64> = (0..60_u32).map(f64::from).collect();
        assert_eq!(mser(&grows), None);
        assert!(!slows_down(&grows) && !slows_down(&[5.0; 40]));
        let fills: Vec<f64> =
            (0..60_u32).map(|k| 100.0 * (1.0 - (-f64::from(k + 10) / 40.0).exp())).collect();
        assert!(mser(&fills).is_none() && slows_down(&fills));
        assert_eq!(mser(&[5.0; 40]), None);
        assert_eq!(mser(&[]), None);
    }
}
