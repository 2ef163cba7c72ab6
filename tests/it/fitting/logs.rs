//! Real logs: how far the fitted process is from them.

use voronka::fit::process::{Detail, compare, fit, traces};

use super::real;

/// The earth mover's distance of cycle times, as a share of the mean, against the deals of the fit; and in hours against
/// the last fifth of the deals, cut at the end of the log.
fn distances(path: &str) -> Option<(f64, f64)> {
    let deals = real(path)?;
    let all = traces(&deals);
    let (before, after) = all.split(all.time_of(0.8).unwrap());
    let learnt = fit(&before, Detail::default());
    let played = |of| compare(&learnt, of, None, 1);
    let (own, held_back) = (played(&before)?, played(&after)?);
    let found = (own.distance / own.observed, held_back.distance * 24.0);
    eprintln!("{path}: {:.3} of the mean, {:.1} h", found.0, found.1);
    Some(found)
}

#[test]
fn loans_of_a_bank() {
    if let Some((own, held_back)) = distances("bpi2012_loans/events.csv.gz") {
        assert!(own <= 0.05, "{own}");
        assert!(held_back <= 17.0, "{held_back}");
    }
}

/// Few deals, and a last fifth of which many more were cancelled: the fit is far from that fifth.
#[test]
fn study_credits_of_a_university() {
    if let Some((own, held_back)) = distances("consulta_university/events.csv") {
        assert!(own <= 0.06, "{own}");
        assert!(held_back <= 45.0, "{held_back}");
    }
}
