//! How long a window that starts empty takes to fill.
//!
//! Deals in progress, by day and averaged over replications, rise from nothing to a level. The days to leave out are
//! those without which the rest varies least around its mean (the marginal standard error rule with batches of five,
//! MSER-5, White 1997). A suggestion is made only where it matters: where the mean of the whole window lies
//! well below that of the rest.

use crate::program::Program;
use crate::quantity::{DAY_MICROS, Instant};

/// Days of a batch.
const BATCH: usize = 5;
/// The mean of the window is that much off before it matters.
const MATTERS: f64 = 0.05;
/// A rise is slower than the one before if it is less than this much of it.
const SLOWER: f64 = 0.9;

/// Days to simulate before the window, those of a warm-up that is too short included; none where the window fills at
/// once, ends by itself, or never settles.
///
/// `open`: deals in progress at the end of each day, of so many replications together.
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
    // The level is not reached in the first half of the window: one more window is the least that helps.
    let settles = given > 0 && is_steady(program) && slows_down(&batches);
    settles.then_some(given + (batches.len() * BATCH) as u64)
}

/// Whether deals come no faster at the end of the window than at its beginning.
fn is_steady(program: &Program) -> bool {
    let window = program.window;
    let middle = Instant(window.start.0 / 2 + window.end.0 / 2);
    let came = |from, until| -> Option<f64> {
        program.sources.iter().map(|source| source.exact_arrivals(from, until)).sum()
    };
    let halves = came(window.start, middle).zip(came(middle, window.end));
    halves.is_some_and(|(first, second)| second <= (1.0 + MATTERS) * first)
}

/// Whether a number rises that approaches a level: by quarters of the window, and each time by less. A queue that people
/// cannot keep up with rises by as much.
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

/// How many batches to leave out: the cut with the least marginal standard error in the first half. `None` where it
/// lies at the end of that half: then nothing settles.
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
    fn what_rises_is_cut_and_what_never_settles_is_not() {
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
