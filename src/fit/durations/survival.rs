//! The estimator of Kaplan and Meier (1958): the distribution of times of which some are cut off.

use super::Lasted;

/// A distribution on the times that ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    /// The different times that ended, rising, in days.
    times: Vec<f64>,
    /// The share that has ended by each of them.
    ended: Vec<f64>,
    /// How many times ended.
    pub n: u64,
    /// How many went on.
    pub open: u64,
}

impl Survival {
    /// `None` if nothing ended.
    pub fn of(lasted: &[Lasted]) -> Option<Survival> {
        let mut sorted = lasted.to_vec();
        // What ended comes before what went on at the same time.
        sorted.sort_by(|a, b| a.days.total_cmp(&b.days).then(b.ended.cmp(&a.ended)));
        let (mut times, mut shares) = (Vec::new(), Vec::new());
        let (mut survive, mut at) = (1.0, 0);
        while let Some(first) = sorted.get(at) {
            let same = sorted[at..].iter().take_while(|one| one.days == first.days);
            let (mut all, mut ended) = (0, 0);
            for one in same {
                all += 1;
                ended += usize::from(one.ended);
            }
            if ended > 0 {
                survive *= 1.0 - ended as f64 / (sorted.len() - at) as f64;
                times.push(first.days);
                shares.push(1.0 - survive);
            }
            at += all;
        }
        let n = lasted.iter().filter(|one| one.ended).count() as u64;
        (n > 0).then(|| Survival { times, ended: shares, n, open: lasted.len() as u64 - n })
    }

    /// The share that never ended as far as anybody saw.
    pub fn left_over(&self) -> f64 {
        self.ended.last().map_or(1.0, |ended| 1.0 - ended)
    }

    /// The share that has ended by then.
    pub fn cdf(&self, days: f64) -> f64 {
        match self.times.partition_point(|time| *time <= days) {
            0 => 0.0,
            known => self.ended[known - 1],
        }
    }

    /// The time by which this share of those that ended has ended.
    pub fn quantile(&self, p: f64) -> f64 {
        let p = p * (1.0 - self.left_over());
        let at = self.ended.partition_point(|ended| *ended < p - 1e-12);
        self.times[at.min(self.times.len() - 1)]
    }

    /// The mean of those that ended.
    pub fn mean(&self) -> f64 {
        self.steps().map(|(time, share)| time * share).sum()
    }

    /// Times with their shares among those that ended.
    pub fn steps(&self) -> impl Iterator<Item = (f64, f64)> {
        let all = 1.0 - self.left_over();
        let mut before = 0.0;
        self.times.iter().zip(&self.ended).map(move |(time, ended)| {
            let share = (ended - before) / all;
            before = *ended;
            (*time, share)
        })
    }

    /// The area between this distribution and another one: the earth mover's distance, in days.
    pub fn distance(&self, cdf: impl Fn(f64) -> f64) -> f64 {
        let all = 1.0 - self.left_over();
        let last = self.times.last().copied().unwrap_or(0.0);
        // Both are integrated up to twice the last time: few families have much beyond.
        let mut edges = self.times.clone();
        edges.insert(0, 0.0);
        edges.extend([1.25, 1.5, 2.0].map(|factor| last * factor));
        let pairs = edges.windows(2);
        let area = pairs.map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            let known = self.cdf(from) / all;
            let apart = |days: f64| (known - cdf(days)).abs();
            // Simpson's rule between two steps of this distribution.
            let middle = f64::midpoint(from, to);
            (to - from) / 6.0 * (apart(from) + 4.0 * apart(middle) + apart(to))
        });
        area.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six times in remission of the textbook example: 1 and 3 ended, 2+ went on, 4 and 4 ended, 5+ went on.
    #[test]
    fn the_product_is_that_of_the_hand() {
        let times =
            [(1.0, true), (2.0, false), (3.0, true), (4.0, true), (4.0, true), (5.0, false)];
        let lasted: Vec<Lasted> =
            times.iter().map(|(days, ended)| Lasted { days: *days, ended: *ended }).collect();
        let found = Survival::of(&lasted).unwrap();
        assert!((found.cdf(1.0) - 1.0 / 6.0).abs() < 1e-12);
        assert!((found.cdf(3.5) - (1.0 - 5.0 / 6.0 * 3.0 / 4.0)).abs() < 1e-12);
        assert!((found.left_over() - 5.0 / 6.0 * 3.0 / 4.0 / 3.0).abs() < 1e-12);
        assert_eq!((found.n, found.open), (4, 2));
    }

    #[test]
    fn without_cuts_it_is_the_sample() {
        let lasted: Vec<Lasted> = (1..=100).map(|day| Lasted::ended(f64::from(day))).collect();
        let found = Survival::of(&lasted).unwrap();
        assert!((found.mean() - 50.5).abs() < 1e-9);
        assert_eq!(found.quantile(0.5), 50.0);
        assert!(found.left_over().abs() < 1e-12);
        assert!(Survival::of(&[Lasted::so_far(1.0)]).is_none());
    }
}
