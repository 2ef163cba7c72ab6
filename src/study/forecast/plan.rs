//! A plan beside what came and what is expected, by month and quarter of the calendar.
//!
//! The forecast of a month is what came of it before the cut-off, and what each draw adds until its
//! end. The chance to reach a plan is the share of draws in which the sum does.
//!
//! *Coverage needed* is the sum of open deals with which the plan of the horizon would be reached in
//! 80 % of the draws. A draw in which the open deals bring x and new deals y reaches the rest of the
//! plan r with (r − y)/x times the open deals. The 80 % quantile of these numbers times the sum that
//! is open is the answer. So deals that are open longer, corrections by past forecasts and new deals
//! all count, which the reciprocal of a win rate leaves out.

use super::draws::{Draw, Sum};
use super::outlook::Spread;
use super::{Future, actual};
use crate::calendar::Calendar;
use crate::fit::log::{Day, Log};
use crate::fit::season::{date, period_of};
use crate::quantity::{MONTH_DAYS, Rate};
use crate::records::PlannedMonth;
use crate::records::deals::Deals;

/// The chance with which the plan of the horizon should be reached.
pub const WANTED: f64 = 0.8;

/// The normal quantile of a 95 % interval.
const Z95: f64 = 1.959_964;

/// What is planned.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Whether numbers of orders are planned, not bookings.
    pub of_orders: bool,
    /// How much.
    pub amounts: Planned,
}

/// How much is planned.
#[derive(Debug, Clone, PartialEq)]
pub enum Planned {
    /// The same for each month, week or other period.
    Rate(Rate),
    /// By month; other months have no plan.
    Months(Vec<PlannedMonth>),
}

/// A stretch with a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanRow {
    /// Months of it: 1 or 3.
    pub months: i8,
    /// Its first day.
    pub from: Day,
    /// The day after its last one.
    pub until: Day,
    /// The plan; none where the file of the plan has no such month.
    pub plan: Option<f64>,
    /// What came before the cut-off.
    pub fact: f64,
    /// The whole stretch; none where it ends after the horizon.
    pub whole: Option<Spread>,
    /// The share of draws that reach the plan.
    pub chance: Option<f64>,
}

/// The open deals that the plan of the horizon needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// The first day of the plan: that of the running month.
    pub from: Day,
    /// The day after the last whole month of the horizon, up to which each month has a plan.
    pub until: Day,
    /// The plan of that time.
    pub plan: f64,
    /// What came of it.
    pub fact: f64,
    /// The share of draws that reach it.
    pub chance: f64,
    /// The sum (or the number) of open deals that reaches it with 80 %, between the ends of the 95 %
    /// interval that the number of draws leaves. Infinite where more than 20 % of draws win nothing
    /// of the open deals.
    pub needed: [f64; 3],
    /// The sum (or the number) of open deals that is there.
    pub there: f64,
    /// The share of draws that win nothing of the open deals and need something.
    pub without: f64,
}

/// A plan beside a forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanCheck {
    /// Whether numbers of orders are planned, not bookings.
    pub of_orders: bool,
    /// Months from the running quarter on, then quarters that end within the horizon.
    pub rows: Vec<PlanRow>,
    /// The open deals that the plan needs; none where no month with a plan ends in the horizon.
    pub coverage: Option<Coverage>,
    /// The number of draws.
    pub draws: usize,
}

impl Plan {
    /// The plan of whole months; none where one of them has none.
    fn over(&self, from: Day, until: Day) -> Option<f64> {
        match &self.amounts {
            Planned::Rate(rate) => {
                let days = rate.per_day * (until - from);
                let Some(months) = rate.unit.months() else { return Some(days) };
                let of =
                    |day: Day| Some(date(day as i64)?.to_datetime(jiff::civil::Time::midnight()));
                let calendar = Calendar::new(of(from)?);
                let span = [calendar.instant(of(from)?), calendar.instant(of(until)?)];
                let of_period = rate.per_day * f64::from(months) * MONTH_DAYS;
                Some(of_period * calendar.periods(span[0], span[1], months))
            }
            Planned::Months(months) => {
                let mut sum = 0.0;
                let mut at = from;
                while at < until {
                    let day = date(at as i64)?;
                    let is =
                        |one: &&PlannedMonth| (one.year, one.month) == (day.year(), day.month());
                    sum += months.iter().find(is)?.amount;
                    at = period_of(at, 1)[1];
                }
                Some(sum)
            }
        }
    }
}

/// Compares a plan with a forecast; `open` is the sum or the number of open deals.
pub fn check(plan: &Plan, (deals, log): (&Deals, &Log), future: &Future, open: f64) -> PlanCheck {
    let whose = Whose { plan, deals, log, future };
    let end = future.cut + future.days as f64;
    let [quarter, _] = period_of(future.cut, 3);
    let first = quarter.max(period_of(log.first_close, 1)[0]).min(period_of(future.cut, 1)[0]);
    let (mut rows, mut at) = (Vec::new(), first);
    while at < end {
        let [_, until] = period_of(at, 1);
        rows.push(whose.row(1, at, until));
        at = until;
    }
    at = quarter;
    while period_of(at, 3)[1] <= end {
        let [_, until] = period_of(at, 3);
        // Of a quarter that began before the first close, not all is known.
        if at >= first {
            rows.push(whose.row(3, at, until));
        }
        at = until;
    }
    let coverage = whose.coverage(&rows, open);
    PlanCheck { of_orders: plan.of_orders, rows, coverage, draws: future.draws.len() }
}

/// A plan with what it is compared with.
struct Whose<'a> {
    plan: &'a Plan,
    deals: &'a Deals,
    log: &'a Log,
    future: &'a Future<'a>,
}

impl Whose<'_> {
    fn of(&self, sum: Sum) -> f64 {
        if self.plan.of_orders { sum.orders } else { sum.bookings }
    }

    /// What came in a stretch before the cut-off.
    fn fact(&self, from: Day, until: Day) -> f64 {
        self.of(actual(self.deals, self.log, (from, until.min(self.future.cut))))
    }

    fn row(&self, months: i8, from: Day, until: Day) -> PlanRow {
        let Future { cut, days, draws, factor } = *self.future;
        let (plan, fact) = (self.plan.over(from, until), self.fact(from, until));
        if until > cut + days as f64 {
            return PlanRow { months, from, until, plan, fact, whole: None, chance: None };
        }
        let range = (from.max(cut) - cut) as usize..(until.max(cut) - cut) as usize;
        let whole = |draw: &Draw| {
            let sum = draw.open.sum(range.clone()) + draw.new.sum(range.clone());
            fact + factor * self.of(sum)
        };
        let sums: Vec<f64> = draws.iter().map(whole).collect();
        let reached = |plan: f64| sums.iter().filter(|sum| **sum >= plan).count() as f64;
        let chance =
            plan.filter(|_| !sums.is_empty()).map(|plan| reached(plan) / sums.len() as f64);
        PlanRow { months, from, until, plan, fact, whole: Some(Spread::of(sums)), chance }
    }

    fn coverage(&self, rows: &[PlanRow], there: f64) -> Option<Coverage> {
        let Future { cut, draws, factor, .. } = *self.future;
        let ahead = rows.iter().filter(|row| row.months == 1 && row.until > cut);
        let whole = |row: &&PlanRow| row.whole.is_some() && row.plan.is_some();
        let months: Vec<&PlanRow> = ahead.take_while(whole).collect();
        let (first, last) = (months.first()?, months.last()?);
        let plan = self.plan.over(first.from, last.until)?;
        let fact = self.fact(first.from, last.until);
        let range = 0..(last.until - cut) as usize;
        let times = |draw: &Draw| {
            let of = |flow: &super::Flow| factor * self.of(flow.sum(range.clone()));
            let rest = plan - fact - of(&draw.new);
            if rest <= 0.0 { 0.0 } else { rest / of(&draw.open) }
        };
        let mut times: Vec<f64> = draws.iter().map(times).collect();
        times.sort_by(f64::total_cmp);
        let n = times.len() as f64;
        let reached = times.iter().filter(|times| **times <= 1.0).count() as f64;
        // Ranks of the quantile and of its interval (binomial, normal approximation).
        let apart = Z95 * libm::sqrt(n * WANTED * (1.0 - WANTED));
        let at = |rank: f64| {
            let index = (rank.ceil().max(1.0) as usize).min(times.len()) - 1;
            there * times[index]
        };
        let middle = WANTED * n;
        (!times.is_empty() && there > 0.0).then(|| Coverage {
            from: first.from,
            until: last.until,
            plan,
            fact,
            chance: reached / n,
            needed: [at(middle - apart), at(middle), at(middle + apart)],
            there,
            without: times.iter().filter(|times| times.is_infinite()).count() as f64 / n,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::draws::Flow;
    use super::*;
    use crate::fit::season::day_of;
    use crate::records::deals::{Deal, Moment, Outcome};

    fn day(year: i16, month: i8, day: i8) -> Day {
        day_of(jiff::civil::date(year, month, day)) as f64
    }

    /// Two wins before the cut-off on the 11th of November: 40 in October and 60 on the 5th.
    fn deals() -> Deals {
        let won = |id: &str, closed: Day, amount| Deal {
            id: id.to_owned(),
            created: Some(Moment::of_day(closed as i64 - 9)),
            closed: Some(Moment::of_day(closed as i64)),
            outcome: Outcome::Won,
            stage: None,
            since: None,
            amount: Some(amount),
            reason: None,
            source: None,
            owner: None,
            funnel: None,
            expected: None,
            typed_chance: None,
            asked: None,
            next: None,
        };
        let deals = vec![won("a", day(2026, 10, 7), 40.0), won("b", day(2026, 11, 5), 60.0)];
        Deals { deals, ..Deals::default() }
    }

    /// Ten draws of 60 days from the 11th of November: the first day brings 10 × k from open deals
    /// and 5 from new ones, the 25th day (the 5th of December) 1 from new ones.
    fn draws() -> Vec<Draw> {
        let flow = |first: f64, later: f64| {
            let mut flow = Flow { orders: vec![0; 60], bookings: vec![0.0; 60] };
            (flow.bookings[0], flow.bookings[24]) = (first, later);
            flow
        };
        let draw = |k| Draw {
            open: flow(10.0 * f64::from(k), 0.0),
            new: flow(5.0, 1.0),
            levels: Vec::new(),
            books: None,
        };
        (1..=10).map(draw).collect()
    }

    fn checked(amounts: Planned) -> PlanCheck {
        let (deals, draws) = (deals(), draws());
        let log = Log::new(&deals);
        let future = Future { cut: day(2026, 11, 11), days: 60, draws: &draws, factor: 1.0 };
        check(&Plan { of_orders: false, amounts }, (&deals, &log), &future, 500.0)
    }

    #[test]
    fn a_month_is_what_came_and_what_each_draw_adds() {
        let found = checked(Planned::Rate(Rate::parse("110/month").unwrap()));
        let rows: Vec<_> = found.rows.iter().map(|row| (row.months, row.from, row.fact)).collect();
        let (october, november) = (day(2026, 10, 1), day(2026, 11, 1));
        let (december, january) = (day(2026, 12, 1), day(2027, 1, 1));
        let months = [(1, october, 40.0), (1, november, 60.0), (1, december, 0.0)];
        assert_eq!(rows[..3], months);
        assert_eq!(rows[3..], [(1, january, 0.0), (3, october, 100.0)]);
        // November: 60 + 5 + 10 k, so 110 is reached from k = 5 on: in 6 of 10 draws.
        let row = found.rows[1];
        assert_eq!(row.whole, Some(Spread { p10: 85.0, p50: 125.0, p90: 165.0 }));
        assert!((row.plan.unwrap() - 110.0).abs() < 1e-9);
        assert_eq!(row.chance, Some(0.6));
        assert_eq!(found.rows[0].chance, Some(0.0));
        // January ends after the horizon.
        assert_eq!((found.rows[3].whole, found.rows[3].chance), (None, None));
        assert!((found.rows[4].plan.unwrap() - 330.0).abs() < 1e-9);
    }

    /// The plan of November and December is 220, of which 60 came; new deals bring 6. The draws need
    /// 154 / (10 k) times what is open; 8 of 10 draws need no more than that of k = 3.
    #[test]
    fn the_open_sum_that_is_needed_is_a_quantile_over_draws() {
        let found = checked(Planned::Rate(Rate::parse("110/month").unwrap()));
        let coverage = found.coverage.unwrap();
        assert_eq!((coverage.from, coverage.until), (day(2026, 11, 1), day(2027, 1, 1)));
        assert_eq!((coverage.fact, coverage.there), (60.0, 500.0));
        assert!((coverage.needed[1] - 500.0 * 154.0 / 30.0).abs() < 1e-6, "{coverage:?}");
        assert_eq!(coverage.chance, 0.0);
        assert!(coverage.needed[0] <= coverage.needed[1]);
    }

    #[test]
    fn a_month_without_a_plan_has_no_chance() {
        let months = vec![PlannedMonth { year: 2026, month: 11, amount: 100.0 }];
        let found = checked(Planned::Months(months));
        let plans: Vec<_> = found.rows.iter().map(|row| row.plan).collect();
        assert_eq!(plans, [None, Some(100.0), None, None, None]);
        // The plan of November is 100, of which 60 came and 5 come from new deals: 35 / (10 k).
        let coverage = found.coverage.unwrap();
        assert_eq!((coverage.until, coverage.plan), (day(2026, 12, 1), 100.0));
        assert!((coverage.needed[1] - 500.0 * 35.0 / 30.0).abs() < 1e-6, "{coverage:?}");
    }
}
