//! How long a window that starts empty takes to fill.
//!
//! Deals in progress, by day and averaged over replications, rise from nothing to a level. The days to leave out are
//! those without which the rest varies least around its mean (the marginal standard error rule with batches of five,
//! MSER-5, White 1997). A suggestion is made only where it matters: where the mean of the whole window lies
//! well below that of the rest.

use crate::program::Program;

/// Days of a batch.
const BATCH: usize = 5;
/// The mean of the window is that much off before it matters.
const MATTERS: f64 = 0.05;

/// Days to simulate before the window; none where the model has a warm-up, ends by itself, or fills at once.
///
/// `open`: deals in progress at the end of each day, of so many replications together.
pub(super) fn suggestion(program: &Program, open: &[i64], replications: usize) -> Option<u64> {
    if program.window.until_empty() || program.window.start.0 > 0 || replications == 0 {
        return None;
    }
    let mean = |days: &[i64]| days.iter().sum::<i64>() as f64 / (BATCH * replications) as f64;
    let batches: Vec<f64> = open.chunks_exact(BATCH).map(mean).collect();
    let cut = mser(&batches)?;
    let mean = |batches: &[f64]| batches.iter().sum::<f64>() / batches.len() as f64;
    let (all, rest) = (mean(&batches), mean(&batches[cut..]));
    (all < (1.0 - MATTERS) * rest).then_some((cut * BATCH) as u64)
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
        assert_eq!(mser(&[5.0; 40]), None);
        assert_eq!(mser(&[]), None);
    }
}
