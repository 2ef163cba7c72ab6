//! All deals in the long run: each is followed to its end, and sums over ways become KPIs.

use std::collections::BTreeMap;

use super::sheet::Sheet;
use crate::analytic::chain::{Chain, State, To, Way};
use crate::analytic::flows::{Flow, Flows, Spread};
use crate::kpi::{Figure, Kpi, Row, Scope, Stat, Unit};
use crate::program::{End, Program};
use crate::quantity::{DAY_MICROS, MINOR_UNITS};
use crate::random::distribution::Distribution;

/// Whom these rows are about.
pub(super) const POPULATION: &str = "long run";

struct Solver<'a, 'p> {
    program: &'p Program,
    chain: &'a Chain<'p>,
    flows: &'a Flows,
    times: Times,
    /// By stage: the states in it that somebody comes to, and the ways out of it.
    places: Vec<Place>,
    /// From each state on: the chance of a first sale.
    ahead: Vec<f64>,
}

/// What of a chain is one stage.
#[derive(Debug, Clone, Default)]
struct Place {
    states: Vec<usize>,
    ways: Vec<usize>,
}

/// How far lengths of time are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// With their spread.
    Known,
    /// On average: waits for people are.
    OnAverage,
    /// Not at all.
    Unknown,
}

/// All rows of a group.
pub(super) fn rows(
    program: &Program,
    chain: &Chain<'_>,
    flows: &Flows,
    times: Times,
    by: &str,
) -> Vec<Row> {
    let solver = Solver::new(program, chain, flows, times);
    let mut sheet = Sheet::new(by, POPULATION);
    solver.chances(&mut sheet);
    solver.times(&mut sheet);
    for at in 0..program.stages.len() {
        solver.stage(&mut sheet, at);
    }
    solver.money(&mut sheet);
    solver.losses(&mut sheet);
    if times == Times::OnAverage {
        let is_age = |row: &Row| row.unit() == Unit::Days;
        sheet.rows.retain(|row| !(is_age(row) && row.key.stat == Stat::Sd));
    }
    sheet.rows
}

/// A way on which a deal without a sale is lost, with the reason.
pub(super) fn loss(program: &Program, chain: &Chain<'_>, way: &Way<'_>) -> Option<usize> {
    let To::End { end, .. } = way.to else { return None };
    match program.ends[end] {
        End::Lost(reason) if chain.states[way.from].sales == 0 => Some(reason),
        _ => None,
    }
}

pub(super) fn sells_first(way: &Way<'_>) -> bool {
    way.sale.is_some_and(|sale| sale.first)
}

/// Whether those on a way reached a stage of phase `deal`.
pub(super) fn reached(chain: &Chain<'_>, way: &Way<'_>) -> bool {
    match way.to {
        To::State(to) => chain.states[to].reached,
        To::End { .. } => chain.states[way.from].reached,
    }
}

/// A loss that counts in the win rate.
pub(super) fn qualified_loss(program: &Program, chain: &Chain<'_>, way: &Way<'_>) -> bool {
    let reason = loss(program, chain, way);
    reason.is_some_and(|reason| !program.reasons[reason].disqualified()) && reached(chain, way)
}

fn share(part: f64, of: f64) -> Figure {
    Figure::Exact(part / of)
}

impl<'a, 'p> Solver<'a, 'p> {
    fn new(
        program: &'p Program,
        chain: &'a Chain<'p>,
        flows: &'a Flows,
        times: Times,
    ) -> Solver<'a, 'p> {
        let mut places = vec![Place::default(); program.stages.len()];
        for (state, visits) in flows.visits.iter().enumerate() {
            if let (Some(at), true) = (chain.states[state].stage, *visits > 0.0) {
                places[usize::from(at)].states.push(state);
            }
        }
        for (at, way) in chain.ways.iter().enumerate() {
            if let Some(stage) = chain.states[way.from].stage {
                places[usize::from(stage)].ways.push(at);
            }
        }
        let ahead = flows.expected(chain, |way| f64::from(u8::from(sells_first(way))));
        Solver { program, chain, flows, times, places, ahead }
    }

    /// The flows on ways of a kind, together.
    fn sum(&self, of: impl Fn(&Way<'p>) -> bool) -> Flow {
        let both = self.chain.ways.iter().zip(&self.flows.ways);
        both.filter(|(way, _)| of(way)).map(|(_, flow)| *flow).sum()
    }

    /// Sum over ways of their flow times something.
    fn weighed(&self, of: impl Fn(&Way<'p>) -> Option<f64>) -> f64 {
        let both = self.chain.ways.iter().zip(&self.flows.ways);
        both.filter_map(|(way, flow)| Some(of(way)? * flow.n)).sum()
    }

    fn chances(&self, sheet: &mut Sheet) {
        let won = self.sum(|way| sells_first(way) && reached(self.chain, way)).n;
        let lost = self.sum(|way| qualified_loss(self.program, self.chain, way)).n;
        sheet.whole(Kpi::WinRate, Stat::Share, share(won, won + lost));
        let deals =
            self.sum(|way| reached(self.chain, way) && !self.chain.states[way.from].reached);
        let deal = deals.n.min(1.0);
        sheet.whole(Kpi::LeadToDeal, Stat::Share, Figure::Exact(deal));
        let wins = self.sum(sells_first).n;
        sheet.whole(Kpi::LeadToWin, Stat::Share, Figure::Exact(wins));
        let sales = self.sum(|way| way.sale.is_some()).n;
        if self.program.sells_on_the_way {
            let second = |way: &Way<'_>| {
                way.sale.is_some() && !sells_first(way) && self.chain.states[way.from].sales == 1
            };
            let again = self.sum(second).n;
            if again > 0.0 {
                sheet.whole(Kpi::RepeatRate, Stat::Share, share(again, wins));
                sheet.whole(Kpi::SalesPerClient, Stat::Mean, share(sales, wins));
            }
        }
        if self.program.value.is_some() {
            let mean = |sold: &Distribution| sold.mean() / MINOR_UNITS;
            let all = self.weighed(|way| way.sale.map(|sale| mean(sale.amount)));
            sheet.whole(Kpi::AverageDeal, Stat::Mean, share(all, sales));
            let square = |sold: &Distribution| sold.variance() + sold.mean() * sold.mean();
            let squares = self.weighed(|way| way.sale.map(|sale| square(sale.amount)));
            let variance = squares / sales / MINOR_UNITS.powi(2) - (all / sales).powi(2);
            let spread = Figure::Exact(variance.max(0.0).sqrt());
            sheet.whole(Kpi::AverageDeal, Stat::Spread, spread);
        }
    }

    fn times(&self, sheet: &mut Sheet) {
        if self.times == Times::Unknown {
            return;
        }
        let cycle = self.sum(sells_first);
        ages(sheet, Kpi::SalesCycle, (Scope::Whole, ""), cycle);
        let ends = |of: &dyn Fn(End) -> bool| {
            self.sum(|way| match way.to {
                To::End { end, .. } => of(self.program.ends[end]),
                To::State(_) => false,
            })
        };
        ages(sheet, Kpi::CycleTime, (Scope::Whole, ""), ends(&|_| true));
        ages(sheet, Kpi::CycleTime, (Scope::End, "won"), ends(&|end| end == End::Won));
        ages(sheet, Kpi::CycleTime, (Scope::End, "done"), ends(&|end| end == End::Done));
        ages(sheet, Kpi::CycleTime, (Scope::End, "lost"), ends(&|end| matches!(end, End::Lost(_))));
        for (at, reason) in self.program.reasons.iter().enumerate() {
            let scope = (Scope::Reason, reason.label());
            ages(sheet, Kpi::CycleTime, scope, ends(&|end| end == End::Lost(at)));
        }
        let worked: f64 = self.visits().map(|(at, n, _)| n * self.flows.stays[at].work).sum();
        let all = ends(&|_| true).age;
        if !self.program.tasks.is_empty() && all > 0.0 {
            sheet.whole(Kpi::FlowEfficiency, Stat::Share, share(worked, all));
        }
    }

    /// States with their visits.
    fn visits(&self) -> impl Iterator<Item = (usize, f64, &State)> {
        let states = self.chain.states.iter().enumerate();
        states.map(|(at, state)| (at, self.flows.visits[at], state))
    }

    fn stage(&self, sheet: &mut Sheet, at: usize) {
        let program = self.program;
        let stage = &program.stages[at];
        let scope = (Scope::Stage, stage.name.as_str());
        let set = |index: usize, before: bool| -> Vec<usize> {
            let states = self.places[index].states.iter().copied();
            states.filter(|state| !before || self.chain.states[*state].sales == 0).collect()
        };
        let visits: f64 = set(at, false).iter().map(|state| self.flows.visits[*state]).sum();
        sheet.of(Kpi::Visits, scope, Stat::PerDeal, Figure::Exact(visits));
        if visits <= 0.0 {
            return;
        }
        let ever = |set: &[usize]| Some(self.flows.first_visits(set)?.iter().sum::<f64>());
        if at + 1 < program.stages.len() {
            let (here, next) = (set(at, false), set(at + 1, false));
            let both: Vec<usize> = here.iter().chain(&next).copied().collect();
            if let (Some(a), Some(b), Some(any)) = (ever(&here), ever(&next), ever(&both)) {
                let figure = share((a + b - any).max(0.0), a);
                sheet.of(Kpi::StageConversion, scope, Stat::Next, figure);
            }
        }
        let mut taken: BTreeMap<u16, f64> = BTreeMap::new();
        for way in &self.places[at].ways {
            if let Some(exit) = self.chain.ways[*way].exit {
                *taken.entry(exit).or_default() += self.flows.ways[*way].n;
            }
        }
        for (exit, taken) in taken.into_iter().filter(|(_, taken)| *taken > 0.0) {
            let stat = Stat::To(program.exit_name(usize::from(exit)));
            sheet.of(Kpi::StageConversion, scope, stat, share(taken, visits));
        }
        let before = set(at, true);
        if stage.is_before_sale()
            && !before.is_empty()
            && let Some(first) = self.flows.first_visits(&before)
        {
            let won: f64 = first.iter().zip(&before).map(|(n, state)| n * self.ahead[*state]).sum();
            let figure = share(won, first.iter().sum());
            sheet.of(Kpi::WinChance, scope, Stat::Share, figure);
        }
        if self.times != Times::Unknown {
            let time = self.places[at].ways.iter().map(|way| {
                let (way, flow) = (&self.chain.ways[*way], &self.flows.ways[*way]);
                let after = way.after.map(|after| &after.draw.distribution);
                let after = after.map_or(Spread::default(), Spread::of);
                let time = self.flows.stays[way.from].time.plus(after);
                let (age, age_squares) = (flow.n * time.mean, flow.n * time.square());
                let age_cubes = flow.n * time.cube();
                Flow { n: flow.n, age, age_squares, age_cubes, ..Flow::default() }
            });
            ages(sheet, Kpi::TimeInStage, scope, time.sum());
        }
    }

    fn money(&self, sheet: &mut Sheet) {
        let program = self.program;
        if program.value.is_some() {
            let won = self.weighed(|way| {
                let sale = way.sale.filter(|sale| sale.first && reached(self.chain, way))?;
                Some(sale.amount.mean())
            });
            // What a deal is worth is drawn on arrival and matters for nothing: the lost are worth what a sale
            // would book.
            if let Some(lost) = self.lost_value() {
                sheet.whole(Kpi::ValueWinRate, Stat::Share, share(won, won + lost));
            }
        }
        if !program.has_cost {
            return;
        }
        let money = |flow: Flow| Spread {
            third: 0.0,
            mean: flow.cost / flow.n / MINOR_UNITS,
            variance: (flow.cost_squares / flow.n - (flow.cost / flow.n).powi(2))
                / MINOR_UNITS.powi(2),
        };
        let ended = |of: &dyn Fn(End) -> bool| {
            self.sum(|way| match way.to {
                To::End { end, .. } => of(program.ends[end]),
                To::State(_) => false,
            })
        };
        let all = ended(&|_| true);
        if program.people.iter().all(|person| person.salary == 0.0) {
            let wins = self.sum(sells_first).n;
            let cost = all.cost / MINOR_UNITS;
            sheet.whole(Kpi::CostPerLead, Stat::Mean, Figure::Exact(cost));
            sheet.whole(Kpi::CostPerWon, Stat::Mean, share(cost, wins));
            let won = ended(&|end| end == End::Won);
            if !program.sells_on_the_way && won.n > 0.0 {
                cost_per_won(sheet, all, won);
            }
        }
        let mut deal_cost = |scope, flow: Flow| {
            if flow.n > 0.0 {
                let cost = money(flow);
                sheet.of(Kpi::DealCost, scope, Stat::Mean, Figure::Exact(cost.mean));
                let sd = cost.variance.max(0.0).sqrt();
                sheet.of(Kpi::DealCost, scope, Stat::Sd, Figure::Exact(sd));
                let sums = [flow.n, flow.cost, flow.cost_squares, flow.cost_cubes];
                sheet.of(Kpi::DealCost, scope, Stat::Skewness, Figure::Exact(skewness(sums)));
            }
        };
        deal_cost((Scope::Whole, ""), all);
        deal_cost((Scope::End, "won"), ended(&|end| end == End::Won));
        deal_cost((Scope::End, "done"), ended(&|end| end == End::Done));
        deal_cost((Scope::End, "lost"), ended(&|end| matches!(end, End::Lost(_))));
    }

    /// The worth of those lost that count in the win rate; `None` where worth is drawn anew on the way.
    fn lost_value(&self) -> Option<f64> {
        let mut ways = self.chain.ways.iter().zip(&self.flows.ways);
        ways.try_fold(0.0, |sum, (way, flow)| {
            if !qualified_loss(self.program, self.chain, way) {
                return Some(sum);
            }
            Some(sum + flow.n * self.chain.worth(way.from).mean())
        })
    }

    fn losses(&self, sheet: &mut Sheet) {
        let all = self.sum(|way| loss(self.program, self.chain, way).is_some());
        for (at, reason) in self.program.reasons.iter().enumerate() {
            let lost = self.sum(|way| loss(self.program, self.chain, way) == Some(at));
            if all.n > 0.0 {
                let scope = (Scope::Reason, reason.label());
                sheet.of(Kpi::LossTable, scope, Stat::Share, share(lost.n, all.n));
                let per_deal = Figure::Exact(lost.n);
                sheet.of(Kpi::LossTable, scope, Stat::PerDeal, per_deal);
            }
        }
    }
}

/// How much the cost of a won deal varies and how skewed it is: as a ratio of sums does, by the values of cost less the
/// ratio where a deal is won (Cochran, *Sampling Techniques*, 6.4). Given are the costs of all deals, and of those won.
fn cost_per_won(sheet: &mut Sheet, all: Flow, won: Flow) {
    let ratio = all.cost / won.n;
    let square = all.cost_squares - 2.0 * ratio * won.cost + ratio * ratio * won.n;
    let cube = all.cost_cubes - 3.0 * ratio * won.cost_squares + 3.0 * ratio * ratio * won.cost
        - ratio.powi(3) * won.n;
    let spread = Figure::Exact((square.max(0.0) / won.n).sqrt() / MINOR_UNITS);
    sheet.whole(Kpi::CostPerWon, Stat::Spread, spread);
    // As many deals as the skewness asks for hold a share of won ones.
    let skew = if square <= 1e-12 * all.cost_squares { 0.0 } else { cube.abs() / square.powf(1.5) };
    let skewness = Figure::Exact(skew * won.n.sqrt());
    sheet.whole(Kpi::CostPerWon, Stat::Skewness, skewness);
}

/// Whether a row only serves those who compare.
pub(super) fn is_hidden(row: &Row) -> bool {
    matches!(row.key.stat, Stat::Skewness | Stat::Spread)
}

/// Mean and standard deviation of ages, in days.
fn ages(sheet: &mut Sheet, kpi: Kpi, scope: (Scope, &str), flow: Flow) {
    counted(sheet, kpi, scope, [flow.n, flow.age, flow.age_squares]);
    let figure = Figure::Exact(skewness([flow.n, flow.age, flow.age_squares, flow.age_cubes]));
    sheet.of(kpi, scope, Stat::Skewness, figure);
}

/// The skewness of a number, given its sums of powers; 0 where it is always the same, infinite where its spread is.
pub(super) fn skewness([n, sum, squares, cubes]: [f64; 4]) -> f64 {
    let (mean, square, cube) = (sum / n, squares / n, cubes / n);
    let variance = square - mean * mean;
    let third = cube - mean * (3.0 * variance + mean * mean);
    // What is infinite may come out as no number.
    if n > 0.0 && !(variance.is_finite() && third.is_finite()) {
        return f64::INFINITY;
    }
    if n <= 0.0 || variance <= 1e-12 * square { 0.0 } else { third.abs() / variance.powf(1.5) }
}

/// The same of a number, a sum and a sum of squares.
pub(super) fn counted(
    sheet: &mut Sheet,
    kpi: Kpi,
    scope: (Scope, &str),
    [n, sum, squares]: [f64; 3],
) {
    if n <= 0.0 {
        return;
    }
    let day = DAY_MICROS as f64;
    let mean = sum / n;
    let variance = (squares / n - mean * mean).max(0.0);
    sheet.of(kpi, scope, Stat::Mean, Figure::Exact(mean / day));
    sheet.of(kpi, scope, Stat::Sd, Figure::Exact(variance.sqrt() / day));
}
