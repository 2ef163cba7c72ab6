//! Work: who waited for it, how long, and what it took.
//!
//! Counted by task, which is a stage, a role and a name; what concerns a stage, a role or an
//! activity is the sum of its tasks.

use super::Tally;
use super::cells::TaskCells;
use crate::engine::{Attended, Deal, Renege, Task};
use crate::program::{Id, StageId, TaskId, Window};
use crate::quantity::{Instant, Money};

impl Tally<'_> {
    /// Adds work on a deal that starts inside the window or before it.
    #[inline(always)]
    pub(super) fn add_work(&mut self, deal: &Deal, task: &Task) {
        let window = self.program.window;
        let class = self.classes.of(deal);
        let cells = &mut self.cells[class].tasks[task.task];
        if task.cost != Money::ZERO {
            cells.cost += i128::from(task.cost.0);
        }
        if deal.is_client {
            cells.client_cost += i128::from(task.cost.0);
            cells.client_worked += i128::from(task.inside);
        }
        self.busy[task.person] += task.inside;
        if task.rework {
            self.visits.reworked(class, self.program.tasks[task.task].stage, task.cost);
        }
        if task.asked >= window.start && task.ended < window.end {
            cells.asked += 1;
            cells.done += 1;
        } else {
            // A copy, so that the task itself can stay in registers.
            cells.cut(&{ *task }, window);
            if task.started < window.start {
                return;
            }
        }
        let wait = (task.started - task.asked).0;
        cells.waited += u64::from(wait > 0);
        cells.queue_open += i128::from(task.queue);
        cells.time += i128::from(task.time);
        self.gauges[class].queue_time[task.task.index()].add(wait, self.limits);
        self.add_answer(class, deal, task.started, task.answer);
    }

    /// Adds work and the visit that it was.
    #[inline(always)]
    pub(super) fn add_attended(&mut self, deal: &Deal, visit: &Attended) {
        let class = self.classes.of(deal);
        self.busy[visit.person] += visit.time;
        if deal.is_client {
            let cells = &mut self.cells[class].tasks[visit.task];
            cells.client_cost += i128::from(visit.pay.0);
            cells.client_worked += i128::from(visit.time);
        }
        if visit.pay != Money::ZERO {
            self.add_pay(class, visit.stage, visit.task, visit.pay, visit.rework);
        }
        if !visit.first {
            self.visits.came_again(class, visit.stage, (visit.left - visit.asked).0, visit.rework);
        }
        if self.slas {
            // A copy, so that the visit itself can stay in registers.
            self.visits.within_sla(class, &{ visit.visit() }, self.program);
        }
        if self.visits.attended(class, visit) {
            self.flush_attended(class, visit.stage);
        }
        self.add_answer(class, deal, visit.started, visit.answer);
    }

    /// Adds what the work of a visit cost.
    #[inline(never)]
    fn add_pay(&mut self, class: usize, stage: StageId, task: TaskId, pay: Money, rework: bool) {
        self.cells[class].tasks[task].cost += i128::from(pay.0);
        if rework {
            self.visits.reworked(class, stage, pay);
        }
    }

    /// Adds up the buffered visits of a stage.
    #[inline(never)]
    pub(super) fn flush_attended(&mut self, class: usize, stage: StageId) {
        let waits = &mut self.gauges[class].queue_time;
        self.visits.flush(class, stage, waits, self.limits);
    }

    /// Adds the first answer to a lead that came in the window.
    #[inline(always)]
    fn add_answer(&mut self, class: usize, deal: &Deal, started: Instant, answer: Option<i64>) {
        if let Some(open) = answer
            && deal.arrived >= self.program.window.start
            && !deal.is_client
        {
            let time = (started - deal.arrived).0;
            let gauges = &mut self.gauges[class];
            gauges.response.add(time, self.limits);
            gauges.response_open.add(open, self.limits);
        }
    }

    /// Adds a deal that left a queue.
    pub(super) fn add_renege(&mut self, deal: &Deal, renege: &Renege) {
        let start = self.program.window.start;
        if renege.left < start {
            return;
        }
        let cells = self.task(deal, renege.task);
        cells.asked += u64::from(renege.asked >= start);
        cells.waiting += waiting(renege.asked, renege.left, start);
        cells.reneged += 1;
        cells.left_after += i128::from((renege.left - renege.asked).0);
    }

    /// Adds a deal that still waits when the window ends.
    pub(super) fn add_waiting(&mut self, deal: &Deal, task: TaskId, asked: Instant) {
        let window = self.program.window;
        let cells = self.task(deal, task);
        cells.asked += u64::from(asked >= window.start);
        cells.waiting += waiting(asked, window.end, window.start);
        cells.at_end += 1;
    }

    fn task(&mut self, deal: &Deal, task: TaskId) -> &mut TaskCells {
        &mut self.cells[self.classes.of(deal)].tasks[task]
    }
}

impl TaskCells {
    /// Adds work that lies partly outside the window: the corrections to what [`TaskCells::close`] adds.
    #[inline(never)]
    fn cut(&mut self, task: &Task, window: Window) {
        self.asked += u64::from(task.asked >= window.start);
        self.done += u64::from(task.ended >= window.start && task.ended < window.end);
        self.waiting += waiting(task.asked, task.started, window.start);
        self.worked += i128::from(task.inside);
        if task.started >= window.start {
            self.waiting -= i128::from((task.started - task.asked).0);
            self.worked -= i128::from(task.time);
        }
    }

    /// Completes the sums of a replication. Nearly all work lies wholly inside the window, so `waiting` and `worked` held only the
    /// corrections for the rest until now.
    pub(super) fn close(&mut self) {
        self.waiting += self.queue.sum;
        self.worked += self.time;
    }
}

/// Time of waiting inside the window that begins at `start`; all of it lies before its end.
#[inline]
fn waiting(asked: Instant, until: Instant, start: Instant) -> i128 {
    i128::from((until - asked.max(start)).0.max(0))
}
