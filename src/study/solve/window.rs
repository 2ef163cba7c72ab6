//! Exact figures of the window, including deals that are open at its start or its end.
//!
//! Each transition contributes a sum over the ages of the deals on it, weighted by the window's
//! weights of ages. Figures are sums and ratios of these. They are the limits of a run's estimates
//! as the number of replications grows. So a run can be compared with them without allowance for
//! warm-up or for deals still open at the end.

use std::collections::{BTreeMap, HashMap};

use super::long_run::{is_client, loss, qualified_loss, reached, sells_first};
use super::moments::counted;
use super::passages::{Ages, Passage};
use super::reach::FLOOR;
use super::sheet::Sheet;
use super::{Lacking, Missing, costs, terms};
use crate::analytic::chain::{Chain, To, Transition};
use crate::analytic::flows::Flow;
use crate::analytic::law::Law;
use crate::analytic::passage;
use crate::analytic::{Blocker, Why};
use crate::kpi::{Figure, Key, Kpi, Population, Row, Scope, Stat, Unit};
use crate::program::{End, Exit, Feature, Program, StageId, Table};
use crate::quantity::{DAY_MICROS, MINOR_UNITS, MONTH_DAYS};
use crate::random::distribution::Distribution;

/// Two lattices may agree by chance, so the stated error is this many times their difference.
pub(super) const SAFETY: f64 = 3.0;
/// Rounding error of a sum over frequencies, relative to its greatest weight: the tilt raises it
/// from 1e-16.
const TILTED: f64 = 1e-8;

/// The deals on a transition that a window counts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    /// Their number.
    pub(super) n: f64,
    /// Sum of their ages, in microseconds.
    age: f64,
    /// Sum of the squares of their ages.
    age_squares: f64,
    /// The number, by the end of the window, of those that arrived in it.
    cohort: f64,
    /// The number of deals younger than this age at the end of the window.
    young: f64,
    /// The same, as a mean over the window.
    young_share: f64,
}

impl Seen {
    fn of(sums: &[f64]) -> Seen {
        Seen {
            n: sums[0],
            age: sums[1],
            age_squares: sums[2],
            cohort: sums[3],
            young: sums[4],
            young_share: sums[5],
        }
    }
}

impl std::ops::AddAssign for Seen {
    fn add_assign(&mut self, other: Seen) {
        self.n += other.n;
        self.age += other.age;
        self.age_squares += other.age_squares;
        self.cohort += other.cohort;
        self.young += other.young;
        self.young_share += other.young_share;
    }
}

/// The chain of one source, and its counts.
pub(super) struct Part<'a, 'p> {
    pub(super) chain: &'a Chain<'p>,
    /// All that arrive in the window, leads or not.
    arrivals: f64,
    /// Arrivals before the end of the window, including those of the warm-up.
    came: f64,
    /// Deals whose ages the lattice may misplace or drop.
    late: f64,
    seen: Vec<Seen>,
    /// The same counts, perturbed by the possible rounding error.
    perturbed: Vec<Seen>,
}

/// What the window does not know: the ages of deals that were there before the simulation.
pub(super) fn unknown_ages(program: &Program, passages: &[Passage<'_>]) -> Option<Missing> {
    passages.iter().find(|passage| passage.chain.stock.is_some())?;
    let source = program.sources.iter().find(|source| source.stock.is_some())?;
    let key = format!("sources.{}.at_start", source.name);
    let blocker = Blocker::new(key, Why::Feature(Feature::AtStart));
    Some(Missing { what: Lacking::WindowDurations, blocker })
}

/// The rows of the window.
pub(super) fn rows(program: &Program, passages: &[Passage<'_>], by: &str) -> Vec<Row> {
    let [mut fine, rough] = [0, 1].map(|at| {
        let part = |passage| part(program, passage, at);
        passages.iter().map(part).collect::<Vec<Part<'_, '_>>>()
    });
    let mut found = sheet(program, &fine, by);
    let rough = sheet(program, &rough, by);
    fine.iter_mut().for_each(|part| std::mem::swap(&mut part.seen, &mut part.perturbed));
    let perturbed = sheet(program, &fine, by);
    // The number of open deals is a difference of all arrivals and all departures.
    let all: f64 = fine.iter().map(|part| FLOOR * part.came + part.late).sum();
    let value_of = |row: &Row| Some((row.key.clone(), row.figure.value()?));
    let known: HashMap<Key, f64> = rough.iter().filter_map(value_of).collect();
    let perturbed: HashMap<Key, f64> = perturbed.iter().filter_map(value_of).collect();
    for row in &mut found {
        let Some(value) = row.figure.value() else { continue };
        let apart =
            |rows: &HashMap<Key, f64>| rows.get(&row.key).map_or(0.0, |x| (value - x).abs());
        let of_sums = if row.unit() == Unit::Count { all } else { 0.0 };
        let error = SAFETY * apart(&known) + apart(&perturbed) + FLOOR * value.abs() + of_sums;
        // No figure of the window can be negative.
        row.figure = Figure::Numerical { value: value.max(0.0), error };
    }
    found
}

/// The chain of a source, with its counts on one of the lattices.
fn part<'a, 'p>(program: &'p Program, passage: &'a Passage<'p>, at: usize) -> Part<'a, 'p> {
    let Passage { chain, flows, ages, .. } = passage;
    let Ages { lattice, intensity, greatest, sums, mean_errors, .. } = &ages[at];
    let (start, end) = (program.window.start.0 as f64, program.window.end.0 as f64);
    // Deals older than the window and its warm-up; a shorter lattice drops hardly any.
    let old = intensity.weights(program, end + lattice.step);
    let reaches = lattice.step * lattice.size as f64 >= end;
    let seen = |sums: &[f64], flow: &Flow| {
        let older = if reaches { (flow.n * chain.share - sums[6]).max(0.0) } else { 0.0 };
        let mut seen = Seen::of(sums);
        seen.young += older * old.young;
        seen.young_share += older * old.young_share;
        seen
    };
    // The error of ages from durations that exceed the lattice.
    let mean_error = |at: usize, _: &Law<'_>| mean_errors[at];
    let mean_error = lattice.step * passage::over_times(program, chain, &flows.visits, mean_error);
    let perturbed = sums.iter().zip(&flows.transitions).map(|(sums, flow)| {
        let n = flow.n.max(TILTED);
        let mut off: Vec<f64> = greatest.iter().map(|most| TILTED * most * n).collect();
        let late = mean_error * intensity.highest() * chain.share * n;
        // Deals older than the reach of the lattice are missing, if they may count in the window.
        let missing =
            if reaches { 0.0 } else { (flow.n * chain.share - sums[6]).abs() / chain.share };
        [0, 3].iter().for_each(|at| off[*at] += late + missing * greatest[*at]);
        [4, 5].iter().for_each(|at| off[*at] += late);
        // The ages of deals older than the reach of the lattice.
        let value = greatest[0] / chain.share;
        let lost = |moment: f64, power: i32, found: f64| {
            let most = (missing + FLOOR * n) * chain.share * end.powi(power);
            value * (moment * chain.share - found).abs().min(most)
        };
        off[1] += lost(flow.age, 1, sums[7]) + mean_error * greatest[0] * n;
        off[2] += lost(flow.age_squares, 2, sums[8]) + 2.0 * mean_error * greatest[1] * n;
        // The sign differs, so that the errors do not cancel in a ratio.
        off[0] = -off[0];
        let perturbed: Vec<f64> = sums.iter().zip(off).map(|(sum, off)| sum + off).collect();
        seen(&perturbed, flow)
    });
    let arrivals = if intensity.is_standing() {
        0.0
    } else {
        (intensity.count(end) - intensity.count(start)) * chain.share
    };
    let came = intensity.count(end) * chain.share;
    let perturbed = perturbed.collect();
    let seen = sums.iter().zip(&flows.transitions).map(|(sums, flow)| seen(sums, flow)).collect();
    let ends = chain.transitions.iter().zip(flows.transitions.iter().zip(sums));
    let missing = ends.filter(|(transition, _)| matches!(transition.to, To::End(_)));
    let missing = missing.map(|(_, (flow, sums))| flow.n * chain.share - sums[6]).sum::<f64>();
    let missing = if reaches { 0.0 } else { intensity.count(end) * missing.abs() };
    let late = mean_error * intensity.highest() * chain.share + missing;
    Part { chain, arrivals, came, late, seen, perturbed }
}

fn sheet(program: &Program, parts: &[Part<'_, '_>], by: &str) -> Vec<Row> {
    let window = Window { program, parts };
    let mut sheet = Sheet::new(by, Population::Window);
    window.flow(&mut sheet);
    window.times(&mut sheet);
    for (id, moves) in window.moves().entries() {
        window.stage(&mut sheet, id, moves);
    }
    window.losses(&mut sheet);
    costs::rows(&mut sheet, &window);
    sheet.rows
}

/// The deals that enter a stage and those that leave it.
#[derive(Debug, Clone, Default)]
struct Moves {
    entered: Seen,
    left: Seen,
    /// The number that took each exit.
    taken: BTreeMap<Exit, f64>,
}

/// The transitions of all deals in the window.
pub(super) struct Window<'a, 'p> {
    pub(super) program: &'p Program,
    pub(super) parts: &'a [Part<'a, 'p>],
}

impl<'p> Window<'_, 'p> {
    /// The sum of the counts on matching transitions.
    pub(super) fn sum(&self, of: impl Fn(&Chain<'p>, &Transition<'p>) -> bool) -> Seen {
        self.weighed(&|chain, transition| of(chain, transition).then_some(1.0))
    }

    /// The same, each transition times a factor.
    pub(super) fn weighed(&self, of: &dyn Fn(&Chain<'p>, &Transition<'p>) -> Option<f64>) -> Seen {
        let mut total = Seen::default();
        for part in self.parts {
            for (transition, seen) in part.chain.transitions.iter().zip(&part.seen) {
                if let Some(weight) = of(part.chain, transition) {
                    total += Seen {
                        n: seen.n * weight,
                        age: seen.age * weight,
                        age_squares: seen.age_squares * weight,
                        cohort: seen.cohort * weight,
                        young: seen.young * weight,
                        young_share: seen.young_share * weight,
                    };
                }
            }
        }
        total
    }

    /// Leads that arrive; clients from before are none.
    pub(super) fn leads(&self) -> f64 {
        let is_lead = |part: &&Part<'_, '_>| !part.chain.states.iter().any(|state| state.client);
        self.parts.iter().filter(is_lead).map(|part| part.arrivals).sum()
    }

    fn flow(&self, sheet: &mut Sheet) {
        let program = self.program;
        let share = |part: f64, of: f64| Figure::Exact(part / of);
        let arrivals = self.leads();
        sheet.whole(Kpi::Intake, Stat::Total, Figure::Exact(arrivals));
        let won =
            self.sum(|chain, transition| sells_first(transition) && reached(chain, transition)).n;
        let lost = self.sum(|chain, transition| qualified_loss(program, chain, transition)).n;
        sheet.whole(Kpi::WinRate, Stat::Share, share(won, won + lost));
        let deals = self.sum(|chain, transition| {
            let from = chain.states[transition.from];
            reached(chain, transition) && !from.reached && !is_client(chain, transition)
        });
        sheet.whole(Kpi::LeadToDeal, Stat::Share, share(deals.cohort, arrivals));
        let wins = self.sum(|_, transition| sells_first(transition));
        sheet.whole(Kpi::LeadToWin, Stat::Share, share(wins.cohort, arrivals));
        let sales = self.sum(|_, transition| transition.sale.is_some()).n;
        let days = (program.window.end.0 - program.window.start.0) as f64 / DAY_MICROS as f64;
        let month = |n: f64| Figure::Exact(n / days * MONTH_DAYS);
        sheet.whole(Kpi::Throughput, Stat::Sales, month(sales));
        sheet.whole(Kpi::Throughput, Stat::First, month(wins.n));
        if program.value.is_some() {
            let mean = |amount: &Distribution| amount.mean() / MINOR_UNITS;
            let booked = |first: Option<bool>| {
                let sum = self.weighed(&|_, transition| {
                    let sale = transition
                        .sale
                        .filter(|sale| first.is_none_or(|first| sale.first == first))?;
                    Some(mean(sale.amount))
                });
                sum.n
            };
            let all = booked(None);
            let mut total = |kpi, value| {
                sheet.whole(kpi, Stat::Total, Figure::Exact(value));
            };
            total(Kpi::Bookings, all);
            total(Kpi::NewBookings, booked(Some(true)));
            total(Kpi::RepeatBookings, booked(Some(false)));
            terms::rows(sheet, program, all);
            sheet.whole(Kpi::AverageDeal, Stat::Mean, share(all, sales));
        }
        let entered = self.sum(|_, transition| transition.from == 0);
        let left = self.sum(|_, transition| matches!(transition.to, To::End(_)));
        let (mean, open) = (left.young_share - entered.young_share, left.young - entered.young);
        sheet.whole(Kpi::OpenDeals, Stat::Mean, Figure::Exact(mean));
        sheet.whole(Kpi::OpenAtEnd, Stat::Count, Figure::Exact(open));
    }

    /// Nothing, if the age of some deals is not the time since the start of the simulation.
    fn times(&self, sheet: &mut Sheet) {
        let program = self.program;
        if self.parts.iter().any(|part| part.chain.stock.is_some()) {
            return;
        }
        ages(
            sheet,
            Kpi::SalesCycle,
            (Scope::Whole, ""),
            self.sum(|_, transition| sells_first(transition)),
        );
        let ended = |of: &dyn Fn(End) -> bool| {
            self.sum(|_, transition| match transition.to {
                To::End(end) => of(program.ends[end]),
                To::State(_) => false,
            })
        };
        ages(sheet, Kpi::CycleTime, (Scope::Whole, ""), ended(&|_| true));
        ages(sheet, Kpi::CycleTime, (Scope::End, "won"), ended(&|end| end == End::Won));
        ages(sheet, Kpi::CycleTime, (Scope::End, "done"), ended(&|end| end == End::Done));
        ages(
            sheet,
            Kpi::CycleTime,
            (Scope::End, "lost"),
            ended(&|end| matches!(end, End::Lost(_))),
        );
    }

    /// The counts at each stage.
    fn moves(&self) -> Table<StageId, Moves> {
        let mut moves: Table<StageId, Moves> =
            vec![Moves::default(); self.program.stages.len()].into();
        for part in self.parts {
            let stage = |state: usize| part.chain.states[state].stage;
            for (transition, seen) in part.chain.transitions.iter().zip(&part.seen) {
                if let To::State(to) = transition.to
                    && let Some(at) = stage(to)
                {
                    moves[at].entered += *seen;
                }
                let Some(at) = stage(transition.from) else { continue };
                moves[at].left += *seen;
                if let Some(exit) = transition.exit {
                    *moves[at].taken.entry(exit).or_default() += seen.n;
                }
            }
        }
        moves
    }

    fn stage(&self, sheet: &mut Sheet, id: StageId, Moves { entered, left, taken }: &Moves) {
        let program = self.program;
        let scope = (Scope::Stage, program.stages[id].name.as_str());
        sheet.of(Kpi::Visits, scope, Stat::Total, Figure::Exact(entered.n));
        for (exit, taken) in taken {
            if *taken > 0.0 {
                let stat = Stat::To(program.exit_name(*exit));
                let figure = Figure::Exact(taken / left.n);
                sheet.of(Kpi::StageConversion, scope, stat, figure);
            }
        }
        let (mean, open) = (left.young_share - entered.young_share, left.young - entered.young);
        sheet.of(Kpi::OpenDeals, scope, Stat::Mean, Figure::Exact(mean));
        sheet.of(Kpi::OpenAtEnd, scope, Stat::Count, Figure::Exact(open));
    }

    fn losses(&self, sheet: &mut Sheet) {
        let program = self.program;
        let all = self.sum(|chain, transition| loss(program, chain, transition).is_some()).n;
        let mut lost = vec![0.0; program.reasons.len()];
        for part in self.parts {
            for (transition, seen) in part.chain.transitions.iter().zip(&part.seen) {
                if let Some(reason) = loss(program, part.chain, transition) {
                    lost[reason] += seen.n;
                }
            }
        }
        for (reason, lost) in program.reasons.iter().zip(lost) {
            let scope = (Scope::Reason, reason.label());
            sheet.of(Kpi::LossTable, scope, Stat::Count, Figure::Exact(lost));
            sheet.of(Kpi::LossTable, scope, Stat::Share, Figure::Exact(lost / all));
        }
    }
}

fn ages(sheet: &mut Sheet, kpi: Kpi, scope: (Scope, &str), seen: Seen) {
    counted(sheet, kpi, scope, [seen.n, seen.age, seen.age_squares]);
}
