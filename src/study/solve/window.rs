//! What this window sees: the deals that it starts with, those that it ends before.
//!
//! Each way is worth a sum over the ages of the deals on it, with the window's weights of ages; the figures are sums and
//! ratios of these. They are what a run's estimates tend to with the number of replications, so a run can be
//! held against them without any allowance for warm-up or for deals that are cut off.

use std::collections::BTreeMap;

use super::long_run::{counted, loss, qualified_loss, reached, sells_first};
use super::sheet::Sheet;
use crate::analytic::arrivals::Intensity;
use crate::analytic::chain::{Chain, Only, Patience, To, Way};
use crate::analytic::lattice::Lattice;
use crate::analytic::passage::{self, Question};
use crate::analytic::{Blocker, blocked};
use crate::kpi::{Figure, Row, Unit};
use crate::program::{End, Program};
use crate::quantity::{DAY_MICROS, MINOR_UNITS, MONTH_DAYS};
use crate::random::distribution::Distribution;

/// Whom these rows are about.
pub(super) const POPULATION: &str = "this window";
/// Points of the finer lattice.
pub(super) const POINTS: usize = 4096;
/// What the tilt lets through, and what is lost in sums of large numbers.
pub(super) const FLOOR: f64 = 1e-8;
/// Two lattices may agree by chance: the error stated is so many times what the finer one changed.
pub(super) const SAFETY: f64 = 3.0;

/// What a window sees of the deals on a way.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// How many.
    n: f64,
    /// Sum of their ages, in microseconds.
    age: f64,
    /// … of the squares.
    age_squares: f64,
    /// By its end, of those that arrived in it.
    cohort: f64,
    /// By its end.
    by_end: f64,
    /// The share of it that lies behind them, added up.
    average: f64,
}

impl std::ops::AddAssign for Seen {
    fn add_assign(&mut self, other: Seen) {
        self.n += other.n;
        self.age += other.age;
        self.age_squares += other.age_squares;
        self.cohort += other.cohort;
        self.by_end += other.by_end;
        self.average += other.average;
    }
}

/// The chain of one source, and what is seen of it.
struct Part<'p> {
    chain: Chain<'p>,
    arrivals: f64,
    seen: Vec<Seen>,
}

/// The rows of the window.
pub(super) fn rows(program: &Program, only: Only, by: &str) -> Result<Vec<Row>, Blocker> {
    blocked::times(program)?;
    if program.window.until_empty() {
        return Err(Blocker::new("horizon", "until empty: the long run is all there is"));
    }
    let [fine, rough] = [POINTS, POINTS / 2].map(|points| parts(program, only, points));
    let (fine, rough) = (fine?, rough?);
    let mut found = sheet(program, &fine, by);
    let rough = sheet(program, &rough, by);
    // A number in progress is the difference of all that came and all that left.
    let all: f64 = fine.iter().map(|part| part.arrivals).sum();
    for (row, rough) in found.iter_mut().zip(&rough) {
        let (Some(value), Some(other)) = (row.figure.value(), rough.figure.value()) else {
            continue;
        };
        let of_sums = if row.unit == Unit::Count { all } else { 0.0 };
        let error = SAFETY * (value - other).abs() + FLOOR * (value.abs() + of_sums);
        row.figure = Figure::Numerical { value, error };
    }
    Ok(found)
}

/// The sources' chains with what is seen of each.
fn parts(program: &Program, only: Only, points: usize) -> Result<Vec<Part<'_>>, Blocker> {
    let mut parts = Vec::new();
    for (index, source) in program.sources.iter().enumerate() {
        if matches!(only, Only::Source(at) if usize::from(at) != index) {
            continue;
        }
        let intensity = Intensity::new(source)?;
        let mut weights = vec![0.0; program.sources.len()];
        weights[index] = 1.0;
        let chain = Chain::new(program, &weights, only, Patience::Unknown)?;
        if chain.share <= 0.0 {
            continue;
        }
        let (start, end) = (program.window.start.0 as f64, program.window.end.0 as f64);
        let jumps = passage::jumps(program, &chain);
        let lattice = Lattice::new(end, points, &jumps);
        let mut ages = vec![Vec::new(); 6];
        for k in 0..lattice.size {
            let age = k as f64 * lattice.step;
            let weight = intensity.weights(program, age);
            let all = [
                weight.inside,
                weight.inside * age,
                weight.inside * age * age,
                weight.cohort,
                weight.by_end,
                weight.average,
            ];
            ages.iter_mut().zip(all).for_each(|(list, weight)| list.push(weight * chain.share));
        }
        let question = Question { weights: &ages, groups: &[] };
        let sums = passage::ages(program, &chain, &lattice, &question)?.sums;
        let seen = sums.iter().map(|sums| Seen {
            n: sums[0],
            age: sums[1],
            age_squares: sums[2],
            cohort: sums[3],
            by_end: sums[4],
            average: sums[5],
        });
        let arrivals = (intensity.count(end) - intensity.count(start)) * chain.share;
        parts.push(Part { seen: seen.collect(), arrivals, chain });
    }
    Ok(parts)
}

fn sheet(program: &Program, parts: &[Part<'_>], by: &str) -> Vec<Row> {
    let window = Window { program, parts };
    let mut sheet = Sheet::new(by, POPULATION);
    window.flow(&mut sheet);
    window.times(&mut sheet);
    for (at, moves) in window.moves().iter().enumerate() {
        window.stage(&mut sheet, at, moves);
    }
    window.losses(&mut sheet);
    sheet.rows
}

/// What is seen of those who come to a stage and of those who leave it.
#[derive(Debug, Clone, Default)]
struct Moves {
    entered: Seen,
    left: Seen,
    /// How many took each exit.
    taken: BTreeMap<u16, f64>,
}

struct Window<'a, 'p> {
    program: &'p Program,
    parts: &'a [Part<'p>],
}

impl<'p> Window<'_, 'p> {
    /// What is seen on ways of a kind, together.
    fn sum(&self, of: impl Fn(&Chain<'p>, &Way<'p>) -> bool) -> Seen {
        self.weighed(|chain, way| of(chain, way).then_some(1.0))
    }

    /// The same, each way times something.
    fn weighed(&self, of: impl Fn(&Chain<'p>, &Way<'p>) -> Option<f64>) -> Seen {
        let mut total = Seen::default();
        for part in self.parts {
            for (way, seen) in part.chain.ways.iter().zip(&part.seen) {
                if let Some(weight) = of(&part.chain, way) {
                    total += Seen {
                        n: seen.n * weight,
                        age: seen.age * weight,
                        age_squares: seen.age_squares * weight,
                        cohort: seen.cohort * weight,
                        by_end: seen.by_end * weight,
                        average: seen.average * weight,
                    };
                }
            }
        }
        total
    }

    fn flow(&self, sheet: &mut Sheet) {
        let program = self.program;
        let share = |part: f64, of: f64| Figure::Exact(part / of);
        let arrivals: f64 = self.parts.iter().map(|part| part.arrivals).sum();
        sheet.per("intake", ("", ""), "total", Unit::Count, Figure::Exact(arrivals), "window");
        let won = self.sum(|chain, way| sells_first(way) && reached(chain, way)).n;
        let lost = self.sum(|chain, way| qualified_loss(program, chain, way)).n;
        sheet.whole("win_rate", "share", Unit::Share, share(won, won + lost));
        let deals = self.sum(|chain, way| reached(chain, way) && !chain.states[way.from].reached);
        sheet.whole("lead_to_deal", "share", Unit::Share, share(deals.cohort, arrivals));
        let wins = self.sum(|_, way| sells_first(way));
        sheet.whole("lead_to_win", "share", Unit::Share, share(wins.cohort, arrivals));
        let sales = self.sum(|_, way| way.sale.is_some()).n;
        let days = (program.window.end.0 - program.window.start.0) as f64 / DAY_MICROS as f64;
        let month = |n: f64| Figure::Exact(n / days * MONTH_DAYS);
        sheet.per("throughput", ("", ""), "sales", Unit::Count, month(sales), "month");
        sheet.per("throughput", ("", ""), "first", Unit::Count, month(wins.n), "month");
        if program.value.is_some() {
            let mean = |amount: &Distribution| amount.mean() / MINOR_UNITS;
            let booked = |first: Option<bool>| {
                let sum = self.weighed(|_, way| {
                    let sale =
                        way.sale.filter(|sale| first.is_none_or(|first| sale.first == first))?;
                    Some(mean(sale.amount))
                });
                sum.n
            };
            let all = booked(None);
            let mut total = |kpi, value| {
                sheet.per(kpi, ("", ""), "total", Unit::Money, Figure::Exact(value), "window");
            };
            total("bookings", all);
            total("new_bookings", booked(Some(true)));
            total("repeat_bookings", booked(Some(false)));
            sheet.whole("average_deal", "mean", Unit::Money, share(all, sales));
        }
        let entered = self.sum(|_, way| way.from == 0);
        let left = self.sum(|_, way| matches!(way.to, To::End { .. }));
        let (mean, open) = (entered.average - left.average, entered.by_end - left.by_end);
        sheet.whole("open_deals", "mean", Unit::Count, Figure::Exact(mean));
        sheet.whole("open_at_end", "count", Unit::Count, Figure::Exact(open));
    }

    fn times(&self, sheet: &mut Sheet) {
        let program = self.program;
        ages(sheet, "sales_cycle", ("", ""), self.sum(|_, way| sells_first(way)));
        let ended = |of: &dyn Fn(End) -> bool| {
            self.sum(|_, way| match way.to {
                To::End { end, .. } => of(program.ends[end]),
                To::State(_) => false,
            })
        };
        ages(sheet, "cycle_time", ("", ""), ended(&|_| true));
        ages(sheet, "cycle_time", ("end", "won"), ended(&|end| end == End::Won));
        ages(sheet, "cycle_time", ("end", "done"), ended(&|end| end == End::Done));
        ages(sheet, "cycle_time", ("end", "lost"), ended(&|end| matches!(end, End::Lost(_))));
    }

    /// What is seen at each stage.
    fn moves(&self) -> Vec<Moves> {
        let mut moves = vec![Moves::default(); self.program.stages.len()];
        for part in self.parts {
            let stage = |state: usize| part.chain.states[state].stage.map(usize::from);
            for (way, seen) in part.chain.ways.iter().zip(&part.seen) {
                if let To::State(to) = way.to
                    && let Some(at) = stage(to)
                {
                    moves[at].entered += *seen;
                }
                let Some(at) = stage(way.from) else { continue };
                moves[at].left += *seen;
                if let Some(exit) = way.exit {
                    *moves[at].taken.entry(exit).or_default() += seen.n;
                }
            }
        }
        moves
    }

    fn stage(&self, sheet: &mut Sheet, at: usize, Moves { entered, left, taken }: &Moves) {
        let program = self.program;
        let scope = ("stage", program.stages[at].name.as_str());
        sheet.per("visits", scope, "total", Unit::Count, Figure::Exact(entered.n), "window");
        for (exit, taken) in taken {
            if *taken > 0.0 {
                let stat = format!("to {}", program.exit_name(usize::from(*exit)));
                let figure = Figure::Exact(taken / left.n);
                sheet.of("stage_conversion", scope, &stat, Unit::Share, figure);
            }
        }
        let (mean, open) = (entered.average - left.average, entered.by_end - left.by_end);
        sheet.of("open_deals", scope, "mean", Unit::Count, Figure::Exact(mean));
        sheet.of("open_at_end", scope, "count", Unit::Count, Figure::Exact(open));
    }

    fn losses(&self, sheet: &mut Sheet) {
        let program = self.program;
        let all = self.sum(|chain, way| loss(program, chain, way).is_some()).n;
        let mut lost = vec![0.0; program.reasons.len()];
        for part in self.parts {
            for (way, seen) in part.chain.ways.iter().zip(&part.seen) {
                if let Some(reason) = loss(program, &part.chain, way) {
                    lost[reason] += seen.n;
                }
            }
        }
        for (reason, lost) in program.reasons.iter().zip(lost) {
            let scope = ("reason", reason.label());
            sheet.per("loss_table", scope, "count", Unit::Count, Figure::Exact(lost), "window");
            sheet.of("loss_table", scope, "share", Unit::Share, Figure::Exact(lost / all));
        }
    }
}

fn ages(sheet: &mut Sheet, kpi: &'static str, scope: (&'static str, &str), seen: Seen) {
    counted(sheet, kpi, scope, [seen.n, seen.age, seen.age_squares]);
}
