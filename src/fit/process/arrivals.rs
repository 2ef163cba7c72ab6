//! How many deals come, from where, and on which days of the week.

use super::traces::{Trace, Traces};
use super::year::{Year, year};
use crate::fit::season::date;
use crate::records::deals::{Deals, NameId};
use crate::stats::t_quantile;

/// Sources with fewer deals are taken together.
const FEWEST: u64 = 30;
/// At most so many sources stand alone.
const MOST: usize = 8;
/// Days of a week.
const WEEK: usize = 7;

/// Deals of one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Inflow {
    /// The source; `None` for all others.
    pub source: Option<NameId>,
    /// How many deals came.
    pub count: u64,
    /// Deals per week.
    pub rate: f64,
    /// The half-width of the rate at 95 %, from the spread of weekly counts; `None` with fewer than three full weeks.
    pub reach: Option<f64>,
    /// The variance of weekly counts over their mean: 1 for independent arrivals.
    pub dispersion: Option<f64>,
}

/// Arrivals of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrivals {
    /// By source.
    pub inflows: Vec<Inflow>,
    /// Factors of the days of the week from Monday, with a mean of 1; `None` where they do not differ beyond chance.
    pub weekdays: Option<[f64; WEEK]>,
    /// Growth and months of the year.
    pub year: Year,
    /// Full weeks from Monday that were counted.
    pub weeks: u64,
    /// The first day and the last one, in days since 1970-01-01.
    pub days: (i64, i64),
}

impl Arrivals {
    /// The deals that the fitted rates expect in the week from a Monday, in days since 1970-01-01.
    pub fn expected(&self, monday: i64) -> f64 {
        let rate: f64 = self.inflows.iter().map(|inflow| inflow.rate).sum();
        // Days of a mean month of the Gregorian calendar.
        let months = (monday as f64 + 3.5 - self.days.1 as f64) / 30.436_875;
        let growth =
            self.year.growth.map_or(1.0, |growth| libm::pow(1.0 + growth.per_month, months));
        let month = date(monday + 3).map_or(0, |day| (day.month() - 1) as usize);
        let season = self.year.season.map_or(1.0, |factors| factors[month]);
        rate * self.year.level * growth * season
    }
}

/// The weekday of a day since 1970-01-01, a Thursday; 0 is Monday.
fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// Counts arrivals by source and day.
pub fn arrivals(traces: &Traces, deals: &Deals) -> Option<Arrivals> {
    let days: Vec<i64> = traces.list.iter().map(|trace| trace.arrived.day()).collect();
    let (first, last) = (*days.first()?, traces.until.day());
    // Full weeks, from the first Monday to the last Sunday; where there is none, all days.
    let from = first + (WEEK as i64 - weekday(first) as i64) % WEEK as i64;
    let until = last - weekday(last) as i64;
    let weeks = ((until - from) / WEEK as i64).max(0) as usize;
    let source = |trace: &Trace| deals.deals[trace.deal].source;
    let mut known: Vec<(Option<NameId>, u64)> = Vec::new();
    for trace in &traces.list {
        match known.iter_mut().find(|(id, _)| *id == source(trace)) {
            Some((_, count)) => *count += 1,
            None => known.push((source(trace), 1)),
        }
    }
    known.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let alone = |at: usize, (id, count): &(Option<NameId>, u64)| {
        id.is_some() && at < MOST && *count >= FEWEST
    };
    let named: Vec<NameId> = known
        .iter()
        .enumerate()
        .filter(|(at, one)| alone(*at, one))
        .filter_map(|(_, one)| one.0)
        .collect();
    let of = |trace: &Trace| source(trace).filter(|id| named.contains(id));
    let groups = named.iter().map(|id| Some(*id)).chain([None]);
    let span = ((last - first) as f64 + 1.0) / WEEK as f64;
    let inflow = |group: Option<NameId>| {
        let came: Vec<i64> = traces
            .list
            .iter()
            .filter(|trace| of(trace) == group)
            .map(|t| t.arrived.day())
            .collect();
        let mut weekly = vec![0.0; weeks];
        for day in came.iter().filter(|day| from <= **day && **day < until) {
            weekly[((day - from) / WEEK as i64) as usize] += 1.0;
        }
        let count = came.len() as u64;
        let n = weeks as f64;
        let mean = weekly.iter().sum::<f64>() / n.max(1.0);
        let variance = weekly.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let known = weeks >= 3 && mean > 0.0;
        Inflow {
            source: group,
            count,
            rate: if known { mean } else { count as f64 / span },
            reach: known.then(|| t_quantile(0.975, n - 1.0) * (variance / n).sqrt()),
            dispersion: known.then_some(variance / mean),
        }
    };
    let inflows: Vec<Inflow> = groups.map(inflow).filter(|inflow| inflow.count > 0).collect();
    let inside = days.iter().filter(|day| from <= **day && **day < until);
    let mut by_day = [0.0; WEEK];
    inside.for_each(|day| by_day[weekday(*day)] += 1.0);
    let year = year(&days, first, last);
    let weekdays = factors(by_day);
    Some(Arrivals { inflows, weekdays, year, weeks: weeks as u64, days: (first, last) })
}

/// Factors of the days, where a chi-squared test refuses equal ones at 0.1 %: 22.46 with six degrees of freedom.
fn factors(counts: [f64; WEEK]) -> Option<[f64; WEEK]> {
    let mean = counts.iter().sum::<f64>() / WEEK as f64;
    let chi = counts.iter().map(|count| (count - mean).powi(2) / mean).sum::<f64>();
    (mean > 5.0 && chi > 22.46).then(|| counts.map(|count| count / mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        // 1970-01-01 was a Thursday, 2026-11-30 is a Monday.
        assert_eq!([weekday(0), weekday(-3), weekday(20_787)], [3, 0, 0]);
    }

    #[test]
    fn equal_days_have_no_factors() {
        assert_eq!(factors([100.0, 110.0, 95.0, 100.0, 98.0, 103.0, 94.0]), None);
        let found = factors([100.0, 100.0, 100.0, 100.0, 100.0, 0.0, 0.0]).unwrap();
        assert!((found[0] - 1.4).abs() < 1e-12 && found[6] == 0.0);
    }
}
