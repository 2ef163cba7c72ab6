//! KPIs of all deals in the long run, each followed to its end, as sums over transitions.

use std::collections::BTreeMap;

use super::moments::{ages, cost_per_won, skewness};
use super::sheet::Sheet;
use crate::analytic::chain::{Chain, State, To, Transition};
use crate::analytic::flows::{Flow, Flows, Spread};
use crate::kpi::{Figure, Kpi, Population, Row, Scope, Stat, Unit};
use crate::program::{End, Exit, Id, Program, StageId, Table};
use crate::quantity::MINOR_UNITS;
use crate::random::distribution::Distribution;

struct Solver<'a, 'p> {
    program: &'p Program,
    chain: &'a Chain<'p>,
    flows: &'a Flows,
    times: Times,
    /// By stage: its visited states, and the transitions out of it.
    places: Table<StageId, Place>,
    /// By state: the probability of a first sale from there on.
    ahead: Vec<f64>,
}

/// The states and transitions of one stage.
#[derive(Debug, Clone, Default)]
struct Place {
    states: Vec<usize>,
    transitions: Vec<usize>,
}

/// How well durations are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// Their distributions are known.
    Known,
    /// Only their means, because only mean waits for people are known.
    OnAverage,
    /// Unknown.
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
    let mut sheet = Sheet::new(by, Population::LongRun);
    solver.chances(&mut sheet);
    solver.times(&mut sheet);
    for id in program.stages.ids() {
        solver.stage(&mut sheet, id);
    }
    solver.money(&mut sheet);
    solver.losses(&mut sheet);
    if times == Times::OnAverage {
        let is_age = |row: &Row| row.unit() == Unit::Days;
        sheet.rows.retain(|row| !(is_age(row) && row.key.stat == Stat::Sd));
    }
    sheet.rows
}

/// The reason if a deal without a sale is lost on this transition.
pub(super) fn loss(
    program: &Program,
    chain: &Chain<'_>,
    transition: &Transition<'_>,
) -> Option<usize> {
    let To::End(end) = transition.to else { return None };
    match program.ends[end] {
        End::Lost(reason) if chain.states[transition.from].sales == 0 => Some(reason),
        _ => None,
    }
}

pub(super) fn sells_first(transition: &Transition<'_>) -> bool {
    transition.sale.is_some_and(|sale| sale.first)
}

/// Whether deals on a transition have reached a stage of phase `deal`.
pub(super) fn reached(chain: &Chain<'_>, transition: &Transition<'_>) -> bool {
    match transition.to {
        To::State(to) => chain.states[to].reached,
        To::End(_) => chain.states[transition.from].reached,
    }
}

/// Whether deals on a transition bought before they came.
pub(super) fn is_client(chain: &Chain<'_>, transition: &Transition<'_>) -> bool {
    match transition.to {
        To::State(to) => chain.states[to].client,
        To::End(_) => chain.states[transition.from].client,
    }
}

/// A loss that counts in the win rate.
pub(super) fn qualified_loss(
    program: &Program,
    chain: &Chain<'_>,
    transition: &Transition<'_>,
) -> bool {
    let reason = loss(program, chain, transition);
    reason.is_some_and(|reason| !program.reasons[reason].disqualified())
        && reached(chain, transition)
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
        let mut places: Table<StageId, Place> = vec![Place::default(); program.stages.len()].into();
        for (state, visits) in flows.visits.iter().enumerate() {
            if let (Some(at), true) = (chain.states[state].stage, *visits > 0.0) {
                places[at].states.push(state);
            }
        }
        for (at, transition) in chain.transitions.iter().enumerate() {
            if let Some(stage) = chain.states[transition.from].stage {
                places[stage].transitions.push(at);
            }
        }
        let ahead =
            flows.expected(chain, |transition| f64::from(u8::from(sells_first(transition))));
        Solver { program, chain, flows, times, places, ahead }
    }

    /// The sum of the flows on matching transitions.
    fn sum(&self, of: impl Fn(&Transition<'p>) -> bool) -> Flow {
        let both = self.chain.transitions.iter().zip(&self.flows.transitions);
        both.filter(|(transition, _)| of(transition)).map(|(_, flow)| *flow).sum()
    }

    /// Whether the deals on a transition are leads.
    fn is_lead(&self, transition: &Transition<'p>) -> bool {
        !is_client(self.chain, transition)
    }

    /// The share of leads among all that arrive.
    fn leads(&self) -> f64 {
        if !self.chain.states.iter().any(|state| state.client) {
            return 1.0;
        }
        self.sum(|transition| transition.from == 0 && self.is_lead(transition)).n
    }

    /// The sum over transitions of their flow times a factor.
    fn weighed(&self, of: impl Fn(&Transition<'p>) -> Option<f64>) -> f64 {
        let both = self.chain.transitions.iter().zip(&self.flows.transitions);
        both.filter_map(|(transition, flow)| Some(of(transition)? * flow.n)).sum()
    }

    fn chances(&self, sheet: &mut Sheet) {
        let won =
            self.sum(|transition| sells_first(transition) && reached(self.chain, transition)).n;
        let lost = self.sum(|transition| qualified_loss(self.program, self.chain, transition)).n;
        sheet.whole(Kpi::WinRate, Stat::Share, share(won, won + lost));
        let deals = self.sum(|transition| {
            let from = self.chain.states[transition.from];
            reached(self.chain, transition) && !from.reached && self.is_lead(transition)
        });
        let leads = self.leads();
        sheet.whole(Kpi::LeadToDeal, Stat::Share, share(deals.n.min(leads), leads));
        let wins = self.sum(sells_first).n;
        sheet.whole(Kpi::LeadToWin, Stat::Share, share(wins, leads));
        let sales = self.sum(|transition| transition.sale.is_some()).n;
        if self.program.sells_on_the_way {
            let second = |transition: &Transition<'_>| {
                transition.sale.is_some()
                    && !sells_first(transition)
                    && self.chain.states[transition.from].sales == 1
                    && self.is_lead(transition)
            };
            let again = self.sum(second).n;
            let of_leads =
                |transition: &Transition<'_>| transition.sale.is_some() && self.is_lead(transition);
            if again > 0.0 {
                sheet.whole(Kpi::RepeatRate, Stat::Share, share(again, wins));
                let all = self.sum(of_leads).n;
                sheet.whole(Kpi::SalesPerClient, Stat::Mean, share(all, wins));
            }
        }
        if self.program.value.is_some() {
            let mean = |sold: &Distribution| sold.mean() / MINOR_UNITS;
            let all = self.weighed(|transition| transition.sale.map(|sale| mean(sale.amount)));
            sheet.whole(Kpi::AverageDeal, Stat::Mean, share(all, sales));
            let square = |sold: &Distribution| sold.variance() + sold.mean() * sold.mean();
            let squares =
                self.weighed(|transition| transition.sale.map(|sale| square(sale.amount)));
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
            self.sum(|transition| match transition.to {
                To::End(end) => of(self.program.ends[end]),
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

    /// States with their expected visits.
    fn visits(&self) -> impl Iterator<Item = (usize, f64, &State)> {
        let states = self.chain.states.iter().enumerate();
        states.map(|(at, state)| (at, self.flows.visits[at], state))
    }

    fn stage(&self, sheet: &mut Sheet, id: StageId) {
        let program = self.program;
        let stage = &program.stages[id];
        let scope = (Scope::Stage, stage.name.as_str());
        let set = |id: StageId, before: bool| -> Vec<usize> {
            let states = self.places[id].states.iter().copied();
            states.filter(|state| !before || self.chain.states[*state].sales == 0).collect()
        };
        // Clients from before belong to no cohort.
        let leads = |id: StageId| -> Vec<usize> {
            let states = self.places[id].states.iter().copied();
            states.filter(|state| !self.chain.states[*state].client).collect()
        };
        let visits: f64 = set(id, false).iter().map(|state| self.flows.visits[*state]).sum();
        sheet.of(Kpi::Visits, scope, Stat::PerDeal, Figure::Exact(visits));
        if visits <= 0.0 {
            return;
        }
        let ever = |set: &[usize]| Some(self.flows.first_visits(set)?.iter().sum::<f64>());
        let next = StageId::new(id.index() + 1);
        if next.index() < program.stages.len() {
            let (here, next) = (leads(id), leads(next));
            let both: Vec<usize> = here.iter().chain(&next).copied().collect();
            if let (Some(a), Some(b), Some(any)) = (ever(&here), ever(&next), ever(&both)) {
                let figure = share((a + b - any).max(0.0), a);
                sheet.of(Kpi::StageConversion, scope, Stat::Next, figure);
            }
        }
        let mut taken: BTreeMap<Exit, f64> = BTreeMap::new();
        for transition in &self.places[id].transitions {
            if let Some(exit) = self.chain.transitions[*transition].exit {
                *taken.entry(exit).or_default() += self.flows.transitions[*transition].n;
            }
        }
        for (exit, taken) in taken.into_iter().filter(|(_, taken)| *taken > 0.0) {
            let stat = Stat::To(program.exit_name(exit));
            sheet.of(Kpi::StageConversion, scope, stat, share(taken, visits));
        }
        let before = set(id, true);
        if stage.is_before_sale()
            && !before.is_empty()
            && let Some(first) = self.flows.first_visits(&before)
        {
            let won: f64 = first.iter().zip(&before).map(|(n, state)| n * self.ahead[*state]).sum();
            let figure = share(won, first.iter().sum());
            sheet.of(Kpi::WinChance, scope, Stat::Share, figure);
        }
        if self.times != Times::Unknown {
            let time = self.places[id].transitions.iter().map(|transition| {
                let (transition, flow) =
                    (&self.chain.transitions[*transition], &self.flows.transitions[*transition]);
                let after = transition.after.map(|after| &after.draw.distribution);
                let after = after.map_or(Spread::default(), Spread::of);
                let time = self.flows.stays[transition.from].time.plus(after);
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
            let won = self.weighed(|transition| {
                let sale =
                    transition.sale.filter(|sale| sale.first && reached(self.chain, transition))?;
                Some(sale.amount.mean())
            });
            // The value is drawn on arrival and affects nothing else, so lost deals have the value
            // that a sale would book.
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
            self.sum(|transition| match transition.to {
                To::End(end) => of(program.ends[end]),
                To::State(_) => false,
            })
        };
        let all = ended(&|_| true);
        if program.costs_only_by_deals() {
            let wins = self.sum(sells_first).n;
            let cost = all.cost / MINOR_UNITS;
            sheet.whole(Kpi::CostPerLead, Stat::Mean, share(cost, self.leads()));
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

    /// The mean value of lost deals that count in the win rate; `None` if the value is drawn anew
    /// in a stage.
    fn lost_value(&self) -> Option<f64> {
        let mut transitions = self.chain.transitions.iter().zip(&self.flows.transitions);
        transitions.try_fold(0.0, |sum, (transition, flow)| {
            if !qualified_loss(self.program, self.chain, transition) {
                return Some(sum);
            }
            Some(sum + flow.n * self.chain.value(transition.from).mean())
        })
    }

    fn losses(&self, sheet: &mut Sheet) {
        let all = self.sum(|transition| loss(self.program, self.chain, transition).is_some());
        for (at, reason) in self.program.reasons.iter().enumerate() {
            let lost =
                self.sum(|transition| loss(self.program, self.chain, transition) == Some(at));
            if all.n > 0.0 {
                let scope = (Scope::Reason, reason.label());
                sheet.of(Kpi::LossTable, scope, Stat::Share, share(lost.n, all.n));
                let per_deal = share(lost.n, self.leads());
                sheet.of(Kpi::LossTable, scope, Stat::PerDeal, per_deal);
            }
        }
    }
}
