//! Arriving deals by source.

use super::arrivals::Intensity;
use crate::program::{Arrivals, Program, Source};

/// Expected deals of a source until the end of the window, including the warm-up.
pub fn weight(program: &Program, source: &Source) -> f64 {
    let expected = match &source.arrivals {
        Arrivals::Rate { segments, .. } => segments.iter().map(|segment| segment.expected).sum(),
        Arrivals::Every { mean, from, until, .. } => {
            let open = source.clock.map_or((until.0 - from.0).max(0), |clock| {
                program.clocks[clock].between(*from, (*until).max(*from))
            });
            open as f64 / mean.max(1.0)
        }
    };
    (expected * source.batch as f64).min(source.count as f64)
}

/// Expected deals that arrive in the window.
pub fn arrivals(program: &Program, weights: &[f64]) -> f64 {
    let window = program.window;
    let (start, end) = (window.start.0 as f64, window.end.0 as f64);
    let of = |(source, weight): (&Source, &f64)| match Intensity::new(source) {
        Ok(intensity) => intensity.count(end) - intensity.count(start),
        Err(_) => weight * (end - start) / end,
    };
    program.sources.iter().zip(weights).map(of).sum()
}
