//! The timeline of the window: open deals by week, sales and bookings by month.
//!
//! With Poisson arrivals and independent deals, departures are Poisson too. So the number of open
//! deals at an instant and the number of sales in a month are Poisson, for any durations and any
//! change of the rate (Eick, Massey and Whitt 1993). Bookings are then a compound Poisson sum,
//! whose distribution takes one transform.

use num_complex::Complex64;
use statrs::distribution::{DiscreteCDF, Poisson};

use super::cumulative::Cumulative;
use super::passages::{Ages, Passage};
use super::reach::{FLOOR, POINTS};
use super::sheet::Sheet;
use super::window::SAFETY;
use crate::analytic::arrivals::Intensity;
use crate::analytic::lattice::{Lattice, Tilt};
use crate::kpi::{Figure, Key, Kpi, Per, Population, Row, Scope, Stat};
use crate::program::Program;
use crate::quantity::MINOR_UNITS;
use crate::random::distribution::Distribution;
use crate::tally::series::{Period, PeriodDays, days_of, first_day, periods};

/// The quantiles reported: a bad, a typical and a good period.
const QUANTILES: [f64; 3] = [0.1, 0.5, 0.9];
/// The relative error at one instant from a jump of the rate, which the two lattices do not show.
const KINK: f64 = 5e-6;
/// Bookings are computed up to this many standard deviations above their mean.
const REACH: f64 = 10.0;

/// The deals of one source by age.
struct Part<'a> {
    intensity: &'a Intensity,
    step: f64,
    /// The probability of having ended, by age.
    ended: &'a [f64],
    /// Sales by amount and age.
    sales: Vec<(usize, &'a [f64])>,
}

struct Solver<'a, 'p> {
    program: &'p Program,
    parts: Vec<Part<'a>>,
    amounts: Vec<&'p Distribution>,
    /// Whether counts are Poisson: no deal has two sales, and deals arrive one at a time.
    poisson: bool,
}

/// The rows of weeks and months.
pub(super) fn rows(program: &Program, passages: &[Passage<'_>]) -> Vec<Row> {
    let [solver, rough] = [0, 1].map(|at| Solver::new(program, passages, at));
    let apart = |value: f64, other: f64| Figure::Numerical {
        value,
        error: SAFETY * (value - other).abs() + KINK * value.abs(),
    };
    let mut sheet = Sheet::new("", Population::Window);
    let (first_day, days) = (first_day(program), days_of(program));
    let at = |day: usize| program.calendar.day_start(first_day + day as i64).0 as f64;
    for week in periods(program, days, Period::Week) {
        let end = at(week.days().end).min(program.window.end.0 as f64);
        let open = solver.open(end);
        let name = week.date.to_string();
        let open_deals = Key::new(Kpi::OpenDeals, Stat::AtEnd).of(Scope::Week, &name);
        let mean = apart(open, rough.open(end));
        sheet.add(open_deals.clone(), mean);
        if solver.poisson {
            counts(&mut sheet, &open_deals, &[open]);
        }
    }
    let whole = [(program.window.start.0 as f64, program.window.end.0 as f64)];
    let full = |month: &PeriodDays| (at(month.days().start), at(month.days().end));
    let months = periods(program, days, Period::Month);
    let months: Vec<(f64, f64)> = months.iter().filter(|month| month.full).map(full).collect();
    for (spans, per) in [(whole.as_slice(), Per::Window), (months.as_slice(), Per::Month)] {
        if spans.is_empty() {
            continue;
        }
        let sales: Vec<Vec<f64>> = spans.iter().map(|span| solver.sales(*span)).collect();
        let numbers: Vec<f64> = sales.iter().map(|sales| sales.iter().sum()).collect();
        if per == Per::Month {
            let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len() as f64;
            let other: Vec<f64> =
                spans.iter().map(|span| rough.sales(*span).iter().sum()).collect();
            let figure = apart(mean(&numbers), mean(&other));
            let throughput = Key::new(Kpi::Throughput, Stat::Mean).per(per);
            sheet.add(throughput.clone(), figure);
            if solver.poisson {
                counts(&mut sheet, &throughput, &numbers);
            }
        }
        if program.value.is_some() {
            let other: Vec<Vec<f64>> = spans.iter().map(|span| rough.sales(*span)).collect();
            solver.bookings(&mut sheet, [&sales, &other], per);
        }
    }
    sheet.rows
}

/// Quantiles of a Poisson count whose mean is one of these, each equally likely.
fn counts(sheet: &mut Sheet, key: &Key, means: &[f64]) {
    let laws: Vec<Poisson> = means.iter().filter_map(|mean| Poisson::new(*mean).ok()).collect();
    if laws.len() < means.len() {
        return;
    }
    let share = |k: u64| laws.iter().map(|law| law.cdf(k)).sum::<f64>() / laws.len() as f64;
    let most = means.iter().copied().fold(0.0, f64::max);
    for p in QUANTILES {
        let (mut low, mut high) = (0, (most + 10.0 * most.sqrt() + 20.0) as u64);
        while low < high {
            let middle = u64::midpoint(low, high);
            if share(middle) >= p { high = middle } else { low = middle + 1 }
        }
        let figure = Figure::Numerical { value: low as f64, error: 0.0 };
        sheet.add(key.with(Stat::quantile(p)), figure);
    }
}

impl<'a, 'p> Solver<'a, 'p> {
    /// From the ages on one of the lattices.
    fn new(program: &'p Program, passages: &'a [Passage<'p>], at: usize) -> Solver<'a, 'p> {
        let mut amounts: Vec<&'p Distribution> = Vec::new();
        let mut place = |amount: &'p Distribution| {
            let known = amounts.iter().position(|known| std::ptr::eq(*known, amount));
            known.unwrap_or_else(|| {
                amounts.push(amount);
                amounts.len() - 1
            })
        };
        let mut part = |passage: &'a Passage<'p>| {
            let Passage { amounts, ages, .. } = passage;
            let Ages { lattice, intensity, ended, sales, .. } = &ages[at];
            let of_amount = |(amount, sales): (&&'p Distribution, &'a Vec<f64>)| {
                (place(amount), sales.as_slice())
            };
            let sales = amounts.iter().zip(sales).map(of_amount).collect();
            Part { intensity, step: lattice.step, ended, sales }
        };
        let parts = passages.iter().map(&mut part).collect();
        let poisson = passages.iter().all(|passage| passage.is_poisson);
        Solver { program, parts, amounts, poisson }
    }

    /// Expected open deals at an instant.
    fn open(&self, at: f64) -> f64 {
        let of_part = |part: &Part| {
            let left = part
                .ended
                .iter()
                .enumerate()
                .map(|(k, share)| share * part.intensity.count(at - k as f64 * part.step));
            part.intensity.count(at) - left.sum::<f64>()
        };
        self.parts.iter().map(of_part).sum::<f64>().max(0.0)
    }

    /// Expected sales in a span, by amount.
    fn sales(&self, (start, end): (f64, f64)) -> Vec<f64> {
        let mut sales = vec![0.0; self.amounts.len()];
        for part in &self.parts {
            for (amount, ages) in &part.sales {
                let seen = ages.iter().enumerate().map(|(k, share)| {
                    let age = k as f64 * part.step;
                    share * (part.intensity.count(end - age) - part.intensity.count(start - age))
                });
                sales[*amount] += seen.sum::<f64>();
            }
        }
        sales
    }

    /// Adds the bookings of spans, each equally likely, given their expected sales by amount.
    ///
    /// The sales come from two lattices, the finer one first.
    fn bookings(&self, sheet: &mut Sheet, [spans, rough]: [&[Vec<f64>]; 2], per: Per) {
        let means: Vec<f64> = self.amounts.iter().map(|amount| amount.mean()).collect();
        let squares = self.amounts.iter().map(|a| a.variance() + a.mean() * a.mean());
        let squares: Vec<f64> = squares.collect();
        let sum = |sales: &Vec<f64>, of: &[f64]| -> f64 {
            sales.iter().zip(of).map(|(n, x)| n * x).sum()
        };
        let mean = |spans: &[Vec<f64>]| {
            spans.iter().map(|sales| sum(sales, &means)).sum::<f64>() / spans.len() as f64
        };
        let (value, other) = (mean(spans) / MINOR_UNITS, mean(rough) / MINOR_UNITS);
        let apart = (value - other).abs() / value.abs().max(f64::MIN_POSITIVE);
        if per == Per::Month {
            let error = (SAFETY * apart + FLOOR) * value.abs();
            let figure = Figure::Numerical { value, error };
            sheet.add(Key::new(Kpi::Bookings, Stat::Mean).per(per), figure);
        }
        let negative = self.amounts.iter().any(|amount| amount.minimum() < 0.0);
        let far = |sales: &Vec<f64>| sum(sales, &means) + REACH * sum(sales, &squares).sqrt();
        let reach = spans.iter().map(far).fold(0.0, f64::max);
        if !self.poisson || negative || reach <= 0.0 || !reach.is_finite() {
            return;
        }
        let [fine, rough] = [POINTS, POINTS / 2].map(|points| self.booked(spans, reach, points));
        for p in QUANTILES {
            let (Some(value), Some(other)) = (fine.quantile(p), rough.quantile(p)) else {
                continue;
            };
            let bend = fine.bend_of_quantile(value);
            let of_sales = (SAFETY * apart + FLOOR) * value;
            let error = (SAFETY * (value - other).abs() + bend + of_sales) / MINOR_UNITS;
            let figure = Figure::Numerical { value: value / MINOR_UNITS, error };
            sheet.add(Key::new(Kpi::Bookings, Stat::quantile(p)).per(per), figure);
        }
    }

    /// The distribution of bookings: compound Poisson, through transforms.
    fn booked(&self, spans: &[Vec<f64>], reach: f64, points: usize) -> Cumulative {
        let jumps: Vec<f64> = self
            .amounts
            .iter()
            .flat_map(|amount| crate::analytic::lattice::atoms(amount))
            .map(|(value, _)| value)
            .collect();
        let lattice = Lattice::new(reach, points, &jumps);
        let transform =
            |amount: &&Distribution| lattice.transform(&lattice.masses(amount).of, Tilt::Down);
        let amounts: Vec<Vec<Complex64>> = self.amounts.iter().map(transform).collect();
        let mut all = vec![Complex64::default(); lattice.frequencies()];
        for sales in spans {
            for (k, sum) in all.iter_mut().enumerate() {
                let power: Complex64 =
                    sales.iter().zip(&amounts).map(|(n, amount)| (amount[k] - 1.0) * *n).sum();
                let size = libm::exp(power.re) / spans.len() as f64;
                *sum += Complex64::new(libm::cos(power.im), libm::sin(power.im)) * size;
            }
        }
        let exact = self.program.value.is_some()
            && lattice.aligned
            && self.amounts.iter().all(|amount| matches!(amount, Distribution::Constant(_)));
        Cumulative::new(&lattice.back(&all), 1.0, lattice.step, exact)
    }
}
