//! Which statistics are wanted of a run.

use super::every::Every;

/// Which statistics are wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Level of the intervals.
    pub level: f64,
    /// Quantiles over deals, between 0 and 1.
    pub quantiles: Vec<f64>,
    /// Durations whose shares are asked for; at most four.
    pub within: Vec<Limit>,
    /// Keep each replication's value of each row.
    pub keep_replications: bool,
    /// Calendar periods whose full ones have figures of their own.
    pub every: Vec<Every>,
    /// Use the number of arrivals as a control where its expectation is known.
    pub control: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            level: 0.95,
            quantiles: vec![0.5, 0.9],
            within: Vec::new(),
            keep_replications: false,
            every: vec![Every::Month],
            control: true,
        }
    }
}

impl Options {
    /// The quantiles over replications of a bad, a typical and a good window.
    ///
    /// The lowest and the highest of the quantiles asked for are those of a bad and of a good window; where all lie
    /// on one side of the middle, the other side is its mirror image. So `20,50,80` says what is reached with 80 %
    /// certainty, and the usual `50,90` shows one window in ten at either end.
    pub fn outlook(&self) -> [f64; 3] {
        let least = self.quantiles.iter().copied().fold(0.5, f64::min);
        let most = self.quantiles.iter().copied().fold(0.5, f64::max);
        match (least < 0.5, most > 0.5) {
            (true, true) => [least, 0.5, most],
            // To whole millionths, so that the mirror image of 0.9 is 0.1.
            (true, false) => [least, 0.5, mirrored(least)],
            (false, true) => [mirrored(most), 0.5, most],
            (false, false) => [0.1, 0.5, 0.9],
        }
    }
}

fn mirrored(p: f64) -> f64 {
    ((1.0 - p) * 1e6).round() / 1e6
}

/// A duration that shares are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// As it was written: `2h`.
    pub label: String,
    /// Its length in days.
    pub days: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_asked_for_are_those_of_bad_and_good_windows() {
        let outlook = |quantiles: &[f64]| {
            Options { quantiles: quantiles.to_vec(), ..Options::default() }.outlook()
        };
        assert_eq!(outlook(&[0.5, 0.9]), [0.1, 0.5, 0.9]);
        assert_eq!(outlook(&[0.2, 0.5, 0.8]), [0.2, 0.5, 0.8]);
        assert_eq!(outlook(&[0.8]), [0.2, 0.5, 0.8]);
        assert_eq!(outlook(&[0.05]), [0.05, 0.5, 0.95]);
        assert_eq!(outlook(&[0.5]), [0.1, 0.5, 0.9]);
    }
}
