//! How events become numbers.

use super::{Cells, Tally};
use crate::engine::{Attended, Block, Deal, Observer, Part, Renege, Task, Token, Visit, Visited};
use crate::model::Phase;
use crate::program::{End, Id, StageId, TaskId};
use crate::quantity::{Instant, Money};
use crate::stats::Moments;

impl Observer for Tally<'_> {
    #[inline]
    fn arrives(&mut self, deal: &Deal, cost: Money) {
        if deal.arrived < self.program.window.start {
            self.days.open_at_start += 1;
            return;
        }
        let cells = &mut self.cells[self.classes.of(deal)];
        cells.marketing += i128::from(cost.0);
        if deal.is_client {
            cells.client_arrivals += 1;
            cells.client_marketing += i128::from(cost.0);
            if self.needed.days {
                self.days.at(self.program, deal.arrived).clients += 1;
            }
            return;
        }
        cells.arrivals += 1;
        if self.needed.days {
            self.days.at(self.program, deal.arrived).intake += 1;
        }
    }

    fn follows(&mut self, deal: &Deal, token: &Token, followed: bool) {
        if token.now < self.program.window.start {
            return;
        }
        if self.needed.stages {
            self.days.learning.visit(self.classes.of(deal), token.stage, followed);
        }
        if self.needed.days {
            let day = self.days.learning.day(self.program.calendar.day(token.now));
            day.asked += 1;
            day.followed += i64::from(followed);
        }
    }

    fn resumes(&mut self, _: &Deal, _: StageId, _: Instant) {
        self.days.open_at_start += 1;
    }

    fn spends(&mut self, deal: &Deal, token: &Token, amount: Money, rework: bool) {
        if self.needed.stages && token.now >= self.program.window.start {
            self.visits.spent(self.classes.of(deal), token.stage, amount, rework);
        }
    }

    #[inline(always)]
    fn works(&mut self, deal: &Deal, task: &Task) {
        if self.needed.stages {
            self.add_work(deal, task);
        }
    }

    fn reneges(&mut self, deal: &Deal, renege: &Renege) {
        if self.needed.stages {
            self.add_renege(deal, renege);
        }
    }

    fn waits(&mut self, deal: &Deal, task: TaskId, asked: Instant) {
        if self.needed.stages {
            self.add_waiting(deal, task, asked);
        }
    }

    #[inline(always)]
    fn leaves(&mut self, deal: &Deal, visit: &Visit) {
        let start = self.program.window.start;
        if self.needed.stages && visit.left >= start {
            let class = self.classes.of(deal);
            self.visits.ended(class, visit, start, self.limits);
            if self.splits {
                self.visits.split(class, visit);
            }
            if self.slas {
                self.visits.within_sla(class, visit, self.program);
            }
        }
    }

    #[inline(always)]
    fn attends(&mut self, deal: &Deal, visit: &Attended) {
        if self.needed.stages {
            self.add_attended(deal, visit);
        }
    }

    fn stays(&mut self, deal: &Deal, visit: &Visit, visited: &Visited<'_>) {
        if !self.needed.ends {
            return;
        }
        let start = self.program.window.start;
        let class = self.classes.of(deal);
        if self.needed.stages {
            self.visits.unfinished(class, visit, start);
            let age = (visit.left - deal.round_start).0;
            self.gauges[class].open_age[visit.stage.index()].add(age, self.limits);
        }
        let cells = &mut self.cells[class];
        let stage = &mut cells.stages[visit.stage];
        stage.open += 1;
        if self.program.stages[visit.stage].phase <= Phase::Deal {
            stage.open_value += i128::from(deal.value.0);
        }
        if deal.sales == 0 {
            cells.undecided_at_end += 1;
            cells.undecided_at_start += u64::from(deal.arrived < start);
        }
        if deal.arrived >= start && !deal.is_client {
            cells.cohort += 1;
            cells.cohort_undecided += u64::from(deal.sales == 0);
            cells.cohort_reached += u64::from(deal.reached_deal != Instant::NEVER);
            self.paths[class].closed(visited, deal.sales > 0, cells);
            if deal.sales == 0 && !self.limits.is_empty() {
                self.count_due(class, deal, None);
            }
        }
    }

    #[inline]
    fn sells(&mut self, deal: &Deal, token: &Token, amount: Money, visited: &Visited<'_>) {
        let start = self.program.window.start;
        if token.now < start {
            return;
        }
        let won = deal.sales == 0;
        if self.needed.days {
            let day = self.days.at(self.program, token.now);
            day.sales += 1;
            day.bookings += amount.0;
            day.won += i64::from(won);
        }
        let class = self.classes.of(deal);
        let cells = &mut self.cells[class];
        if !won {
            cells.later_sales += 1;
            cells.later_value += i128::from(amount.0);
            return;
        }
        cells.first_sales += 1;
        cells.first_value += i128::from(amount.0);
        cells.won += 1;
        if decide(cells, deal, start) {
            cells.cohort_won += 1;
            if self.needed.ends {
                self.paths[class].decided(visited, true, cells);
            }
        }
        let cycle = (token.now - deal.arrived).0;
        if deal.arrived >= start && !self.limits.is_empty() {
            self.count_due(class, deal, Some(cycle));
        }
        let cells = &mut self.cells[class];
        let gauges = &mut self.gauges[class];
        gauges.sales_cycle.add(cycle, self.limits);
        if deal.reached_deal != Instant::NEVER {
            cells.qualified_won += 1;
            cells.won_value += i128::from(amount.0);
            let cycle = (token.now - deal.reached_deal).0;
            gauges.from_deal.add(cycle, self.limits);
            if self.days.learning.on {
                self.days.learning.day(self.program.calendar.day(token.now)).won += 1;
            }
        }
    }

    fn leave_together(&mut self, block: &Block<'_>) {
        if !self.needed.stages {
            return;
        }
        let start = self.program.window.start;
        let first = || block.entered().zip(block.waits).map(|(at, wait)| at.0 + wait).min();
        // Without a warm-up nobody leaves before the window.
        let inside = || start <= Instant::ZERO || first() >= Some(start.0);
        match self.classes.only(block.deals) {
            Some(class) if self.is_uniform() && inside() => {
                self.visits.ended_together(class, block, start, self.limits);
            }
            _ => block.visits().for_each(|(deal, visit)| self.leaves(deal, &visit)),
        }
    }

    fn arrive_together(&mut self, deals: &[Deal], cost: Money) {
        let start = self.program.window.start;
        let apart = |deal: &Deal| deal.arrived < start || deal.is_client;
        if self.classes.count() > 1 || deals.first().is_some_and(apart) {
            deals.iter().for_each(|deal| self.arrives(deal, cost));
            return;
        }
        self.cells[0].arrivals += deals.len() as u64;
        self.cells[0].marketing += i128::from(cost.0) * deals.len() as i128;
        if !self.needed.days {
            return;
        }
        // They come in the order of time: day by day.
        let calendar = &self.program.calendar;
        let mut rest = deals;
        while let Some(first) = rest.first() {
            let end = calendar.day_start(calendar.day(first.arrived) + 1);
            let count = rest.iter().take_while(|deal| deal.arrived < end).count();
            self.days.at(self.program, first.arrived).intake += count as i64;
            rest = &rest[count..];
        }
    }

    fn end_together(&mut self, deals: Part<'_>, end: usize) {
        if !self.needed.ends {
            return;
        }
        let start = self.program.window.start;
        let late = start <= Instant::ZERO || deals.iter().all(|(deal, _)| deal.arrived >= start);
        match (self.program.ends[end], self.classes.only(deals)) {
            (End::Lost(reason), Some(class)) if self.is_uniform() && late => {
                debug_assert!(
                    deals.iter().all(|(deal, _)| deal.arrived >= start && deal.sales == 0)
                );
                self.lose_together(class, deals, end, reason);
            }
            _ => {
                for (deal, token) in deals.iter() {
                    self.ends(deal, token, end, &Visited::Mask(deal.visited));
                }
            }
        }
    }

    #[inline]
    fn ends(&mut self, deal: &Deal, token: &Token, end: usize, visited: &Visited<'_>) {
        if !self.needed.ends {
            return;
        }
        let start = self.program.window.start;
        if token.now < start {
            self.days.open_at_start -= 1;
            return;
        }
        let day = self.days.at(self.program, token.now);
        let is_loss = deal.sales == 0 && matches!(self.program.ends[end], End::Lost(_));
        *if is_loss { &mut day.lost } else { &mut day.left } += 1;
        let class = self.classes.of(deal);
        let cells = &mut self.cells[class];
        let time = (token.now - deal.arrived).0;
        cells.ends[end].cost.add(deal.cost.0, &[]);
        cells.processing += i128::from(deal.worked);
        self.gauges[class].cycle_time[end].add(time, self.limits);
        if self.scores {
            add_score(cells, deal);
        }
        let cohort = deal.arrived >= start && !deal.is_client;
        if cohort {
            cells.cohort += 1;
            cells.cohort_reached += u64::from(deal.reached_deal != Instant::NEVER);
        }
        if deal.sales > 0 {
            if cohort {
                self.paths[class].closed(visited, true, cells);
            }
            close_client(cells, deal, self.program.ends[end]);
            return;
        }
        if decide(cells, deal, start) {
            self.paths[class].fell(visited, 1, cells);
            if !self.limits.is_empty() {
                self.count_due(class, deal, None);
            }
        }
        let cells = &mut self.cells[class];
        let End::Lost(reason) = self.program.ends[end] else {
            cells.done += 1;
            cells.cohort_done += u64::from(cohort);
            return;
        };
        cells.lost += 1;
        cells.cohort_lost += u64::from(cohort);
        let loss = self.losses.at(class, token.stage, reason);
        loss.count += 1;
        loss.value += i128::from(deal.value.0);
        loss.sunk += i128::from(deal.cost.0);
        if deal.reached_deal != Instant::NEVER && !self.program.reasons[reason].disqualified() {
            cells.qualified_lost += 1;
            cells.lost_value += i128::from(deal.value.0);
            if self.days.learning.on {
                self.days.learning.day(self.program.calendar.day(token.now)).lost += 1;
            }
        }
    }
}

impl Tally<'_> {
    /// Whether deals of one class that lie in the window may be added up together.
    fn is_uniform(&self) -> bool {
        !self.splits && !self.slas && !self.scores && !self.days.learning.on
    }

    /// What [`Observer::ends`] does for each of these, with the sums in registers: losses of deals
    /// of one class that arrived in the window and were never sold.
    fn lose_together(&mut self, class: usize, deals: Part<'_>, end: usize, reason: usize) {
        let cells = &mut self.cells[class];
        let qualifies = !self.program.reasons[reason].disqualified();
        let mut cost = Moments::default();
        let (mut reached, mut reached_value) = (0, 0i128);
        self.cycles.resize(deals.len(), 0);
        let mut cycles = self.cycles.iter_mut();
        // Deals come stage by stage, so neighbours mostly share where they were lost. Whether a deal
        // got to a stage of phase `deal` is seen in where it was.
        for lost in deals.runs(|deal, token| (deal.visited, token.stage)) {
            let Some((first, at)) = lost.iter().next() else { continue };
            let n = lost.len() as u64;
            let mut of_run = Moments::default();
            let (mut value, mut other) = (0i128, 0);
            for ((deal, token), cycle) in lost.iter().zip(cycles.by_ref()) {
                value += i128::from(deal.value.0);
                other |= deal.cost.0 ^ first.cost.0;
                *cycle = (token.now - deal.arrived).0;
                self.days.at(self.program, token.now).lost += 1;
            }
            if other == 0 {
                of_run.add_equal(first.cost.0, n);
            } else {
                lost.iter().for_each(|(deal, _)| of_run.add(deal.cost.0, &[]));
            }
            cost += &of_run;
            let loss = self.losses.at(class, at.stage, reason);
            loss.count += n;
            loss.value += value;
            loss.sunk += of_run.sum;
            if first.reached_deal != Instant::NEVER {
                reached += n;
                reached_value += value;
            }
            self.paths[class].fell(&Visited::Mask(first.visited), n, cells);
        }
        self.gauges[class].cycle_time[end].add_each(&self.cycles, self.limits);
        if !self.limits.is_empty() {
            deals.iter().for_each(|(deal, _)| self.count_due(class, deal, None));
        }
        let cells = &mut self.cells[class];
        let n = deals.len() as u64;
        cells.ends[end].cost += &cost;
        cells.lost += n;
        cells.cohort_lost += n;
        cells.cohort += n;
        cells.cohort_reached += reached;
        if qualifies {
            cells.qualified_lost += reached;
            cells.lost_value += reached_value;
        }
    }
}

/// A deal is decided in the window; returns whether it arrived in it.
#[inline]
fn decide(cells: &mut Cells, deal: &Deal, start: Instant) -> bool {
    let cohort = deal.arrived >= start;
    cells.undecided_at_start += u64::from(!cohort);
    cohort
}

/// A score under this is that of an unhappy client, in hundredths of a point.
const UNHAPPY: u16 = 6_000;

/// A deal leaves the process with its score.
fn add_score(cells: &mut Cells, deal: &Deal) {
    let score = i128::from(deal.satisfaction);
    cells.scores += score;
    cells.unhappy += u64::from(deal.satisfaction < UNHAPPY);
    if deal.sales > 0 {
        cells.scores_won += score;
    }
}

/// A deal that was sold leaves the process.
fn close_client(cells: &mut Cells, deal: &Deal, end: End) {
    // What clients of before bought in all is not known.
    if !deal.is_client {
        cells.clients += 1;
        cells.repeat_clients += u64::from(deal.sales > 1);
        cells.client_sales += u64::from(deal.sales);
    }
    if let End::Lost(reason) = end {
        let churn = &mut cells.churn[reason];
        churn.count += 1;
        churn.value += i128::from(deal.value.0);
        churn.sunk += i128::from(deal.cost.0);
    }
}
