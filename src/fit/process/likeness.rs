//! What a played process and the deals of a file did, side by side: stages passed, times, open deals week by week.

use super::arrivals::Arrivals;

/// Days of a week.
const WEEK: f64 = 7.0;
/// The quantiles of the time from arrival to the last event.
const QUANTILES: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

/// A figure of the deals and of the process.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// What the deals did.
    pub observed: f64,
    /// What the process did.
    pub played: f64,
}

/// A week from Monday.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Week {
    /// Its Monday, in days since 1970-01-01.
    pub day: i64,
    /// Deals that came in it, and the number that the fitted rates expect.
    pub arrivals: Pair,
    /// Deals that were open at its end.
    pub open: Pair,
}

/// Both sides of a comparison.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Likeness {
    /// For each stage of the process: the share of deals that passed it.
    pub passed: Vec<Pair>,
    /// Quantiles of the time from arrival to the last event, in days, by their probability.
    pub quantiles: Vec<(f64, Pair)>,
    /// Full weeks.
    pub weeks: Vec<Week>,
}

/// One side: sums over deals.
#[derive(Debug, Clone)]
pub(super) struct Side {
    deals: f64,
    passed: Vec<f64>,
    /// Changes of the number of open deals at the ends of the weeks.
    changes: Vec<f64>,
    came: Vec<f64>,
    /// The Monday of the first full week.
    monday: f64,
}

impl Side {
    /// For so many stages and the days from `first` to `until`, since 1970-01-01.
    pub(super) fn new(stages: usize, first: f64, until: f64) -> Side {
        // 1970-01-01 was a Thursday: Mondays are 3 days before a multiple of 7.
        let monday = ((first + 3.0) / WEEK).ceil() * WEEK - 3.0;
        let weeks = ((until - monday) / WEEK).floor().max(0.0) as usize;
        let empty = vec![0.0; weeks + 1];
        Side { deals: 0.0, passed: vec![0.0; stages], changes: empty.clone(), came: empty, monday }
    }

    /// Adds a deal that came on a day, ended after some days (infinite if it was open), and passed some stages.
    pub(super) fn add(&mut self, arrived: f64, lasted: f64, path: &[usize]) {
        self.deals += 1.0;
        let mut seen = path.to_vec();
        seen.sort_unstable();
        seen.dedup();
        for stage in seen {
            if let Some(sum) = self.passed.get_mut(stage) {
                *sum += 1.0;
            }
        }
        let week = |day: f64| (day - self.monday) / WEEK;
        if let Some(came) = (week(arrived) >= 0.0).then(|| week(arrived) as usize)
            && came + 1 < self.came.len()
        {
            self.came[came] += 1.0;
        }
        // Open at the end of week k if it came before that end and ended after it.
        let end_from = |day: f64| week(day).max(0.0) as usize;
        if let Some(change) = self.changes.get_mut(end_from(arrived)) {
            *change += 1.0;
        }
        if lasted.is_finite()
            && let Some(change) = self.changes.get_mut(end_from(arrived + lasted))
        {
            *change -= 1.0;
        }
    }
}

/// Puts both sides together; the played side holds each deal `times` times. Times are sorted.
pub(super) fn together(
    (observed, played): (&Side, &Side),
    times: f64,
    (known, drawn): (&[f64], &[f64]),
    arrivals: Option<&Arrivals>,
) -> Likeness {
    let pair = |observed, played| Pair { observed, played };
    let passed = observed.passed.iter().zip(&played.passed);
    let at = |sorted: &[f64], p: f64| {
        sorted.get((sorted.len() as f64 * p) as usize).copied().unwrap_or(0.0)
    };
    let (mut open, mut open_played) = (0.0, 0.0);
    let count = observed.came.len().saturating_sub(1);
    let weeks = (0..count).map(|week| {
        open += observed.changes[week];
        open_played += played.changes[week] / times;
        let day = observed.monday as i64 + 7 * week as i64;
        let expected = arrivals.map_or(played.came[week] / times, |known| known.expected(day));
        let arrivals = pair(observed.came[week], expected);
        Week { day, arrivals, open: pair(open, open_played) }
    });
    Likeness {
        passed: passed.map(|(a, b)| pair(a / observed.deals, b / played.deals)).collect(),
        quantiles: QUANTILES.map(|p| (p, pair(at(known, p), at(drawn, p)))).to_vec(),
        weeks: weeks.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1970-01-05 was a Monday: day 4. Three full weeks end on the days 11, 18 and 25.
    #[test]
    fn open_deals_are_counted_at_the_ends_of_weeks() {
        let mut side = Side::new(2, 1.0, 26.0);
        side.add(2.0, f64::INFINITY, &[0]);
        side.add(5.0, 10.0, &[0, 1, 0]);
        side.add(12.0, 1.0, &[0, 1]);
        let found = together((&side, &side), 1.0, (&[1.0, 10.0], &[1.0, 10.0]), None);
        let open: Vec<f64> = found.weeks.iter().map(|week| week.open.observed).collect();
        let came: Vec<f64> = found.weeks.iter().map(|week| week.arrivals.observed).collect();
        assert_eq!((open, came), (vec![2.0, 1.0, 1.0], vec![1.0, 1.0, 0.0]));
        assert_eq!(found.weeks[0].day, 4);
        assert!((found.passed[1].observed - 2.0 / 3.0).abs() < 1e-12);
    }
}
