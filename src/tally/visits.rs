//! Sums over the visits of stages, laid out for speed.
//!
//! One array over (class, stage); exits have their own ([`Exits`]). Only exceptions are counted; the rest is derived. Visits that
//! ended were entered inside the window except those in `before`, were the deal's first of the stage except those in `again`,
//! and lie inside the window except for `cut`.

use super::Cells;
use super::attendance::Attendance;
use super::exits::Exits;
use super::gauge::Gauge;
use crate::engine::{Attended, Block, Split, Visit};
use crate::program::{Id, Program, SingleTask, StageId, Table, TaskId};
use crate::quantity::{Instant, Money};
use crate::stats::{Coarse, Histogram};

#[derive(Debug, Clone, Default)]
struct OfStage {
    cost: i128,
    /// Visits that ended and began before the window.
    before: u64,
    /// Visits that ended and were not the deal's first of this stage.
    again: u64,
    /// Visits that began in the window and did not end in it.
    unfinished: u64,
    /// Time within the window less `time`.
    cut: i128,
    rework: u64,
    rework_time: i128,
    rework_cost: i128,
    split: [i128; 3],
    late: u64,
}

/// All visits of a replication.
#[derive(Debug)]
pub(super) struct Visits {
    stages: usize,
    /// The task of each stage that is a single task, and what a visit costs.
    task_of: Table<StageId, TaskId>,
    costs: Table<StageId, i128>,
    of_stages: Vec<OfStage>,
    /// Visits of single-task stages inside the window.
    attended: Vec<Attendance>,
    exits: Exits,
    /// Exit − entry of visits that ended.
    times: Vec<Gauge>,
}

impl Visits {
    pub(super) fn new(program: &Program, classes: usize) -> Visits {
        let stages = program.stages.len();
        let task =
            |single: &Option<SingleTask>| single.as_ref().map_or(TaskId(0), |single| single.task);
        let attendance = |single: &Option<SingleTask>| Attendance::new(program, single.as_ref());
        let cost = |single: &Option<SingleTask>| {
            single.as_ref().map_or(0, |single| i128::from(single.cost.0))
        };
        Visits {
            stages,
            task_of: program.single_tasks.iter().map(task).collect(),
            costs: program.single_tasks.iter().map(cost).collect(),
            of_stages: vec![OfStage::default(); classes * stages],
            attended: (0..classes)
                .flat_map(|_| program.single_tasks.iter().map(attendance))
                .collect(),
            exits: Exits::new(program, classes),
            times: Gauge::several(classes * stages),
        }
    }

    /// Where the numbers of a class at a stage lie.
    #[inline(always)]
    fn place(&self, class: usize, stage: StageId) -> usize {
        class * self.stages + stage.index()
    }

    /// A visit ended in the window.
    #[inline(always)]
    pub(super) fn ended(&mut self, class: usize, visit: &Visit, start: Instant, limits: &[i64]) {
        let at = self.place(class, visit.stage);
        let time = (visit.left - visit.entered).0;
        let visits = &mut self.of_stages[at];
        if visit.entered >= start {
            visits.cost += i128::from(visit.cost.0);
        } else {
            visits.before += 1;
            visits.cut -= i128::from((start - visit.entered).0);
        }
        if !visit.first {
            visits.again += 1;
            visits.came_back(visit, start, time);
        }
        self.exits.add(class, visit.stage, visit.exit, 1);
        self.times[at].add(time, limits);
    }

    /// A block of visits of one class ended, each the deal's first of the stage.
    ///
    /// The same sums as [`Visits::ended`] for each of them, added up in registers first.
    pub(super) fn ended_together(
        &mut self,
        class: usize,
        block: &Block<'_>,
        start: Instant,
        limits: &[i64],
    ) {
        let at = self.place(class, block.stage);
        for (branch, taken) in block.branches.iter().zip(block.taken) {
            self.exits.add(class, block.stage, branch.exit, *taken);
        }
        self.times[at].add_each(block.waits, limits);
        let (mut before, mut cut) = (0, 0i128);
        if start > Instant::ZERO {
            for entered in block.entered().filter(|entered| *entered < start) {
                before += 1;
                cut -= i128::from((start - entered).0);
            }
        }
        let visits = &mut self.of_stages[at];
        visits.before += before;
        visits.cut += cut;
        visits.cost += i128::from(block.cost.0) * (block.deals.len() as i128 - i128::from(before));
    }

    /// A visit of a single-task stage ended that began in the window; whether to [`Visits::flush`] now.
    #[inline(always)]
    pub(super) fn attended(&mut self, class: usize, visit: &Attended) -> bool {
        let at = self.place(class, visit.stage);
        self.exits.add(class, visit.stage, visit.exit, 1);
        self.attended[at].add(visit)
    }

    /// Adds up the buffered visits of a single-task stage; their waits go to the task's gauge.
    pub(super) fn flush(
        &mut self,
        class: usize,
        stage: StageId,
        waits: &mut [Gauge],
        limits: &[i64],
    ) {
        let at = self.place(class, stage);
        if self.attended[at].is_flushed() {
            return;
        }
        self.attended[at].flush(
            &mut self.times[at],
            &mut waits[self.task_of[stage].index()],
            limits,
        );
    }

    /// A visit of a single-task stage took this long, and was not the deal's first of the stage.
    #[inline(never)]
    pub(super) fn came_again(&mut self, class: usize, stage: StageId, time: i64, rework: bool) {
        let at = self.place(class, stage);
        let visits = &mut self.of_stages[at];
        visits.again += 1;
        if rework {
            visits.rework += 1;
            visits.rework_time += i128::from(time);
            visits.rework_cost += self.costs[stage];
        }
    }

    /// Where the time of a visit went.
    #[inline(always)]
    pub(super) fn split(&mut self, class: usize, visit: &Visit) {
        let at = self.place(class, visit.stage);
        let visits = &mut self.of_stages[at];
        let Split { processing, queue, off_hours } = visit.split;
        visits.split[0] += i128::from(processing);
        visits.split[1] += i128::from(queue);
        // Zero where everybody works around the clock.
        if off_hours != 0 {
            visits.split[2] += i128::from(off_hours);
        }
    }

    /// Whether a visit was in time.
    pub(super) fn within_sla(&mut self, class: usize, visit: &Visit, program: &Program) {
        if let Some(sla) = &program.stages[visit.stage].sla {
            let late = sla.is_late(program, visit.entered, visit.left);
            let at = self.place(class, visit.stage);
            let visits = &mut self.of_stages[at];
            visits.late += u64::from(late);
        }
    }

    /// Work of a later visit cost something.
    pub(super) fn reworked(&mut self, class: usize, stage: StageId, cost: Money) {
        let at = self.place(class, stage);
        self.of_stages[at].rework_cost += i128::from(cost.0);
    }

    /// A visit goes on when the window ends.
    pub(super) fn unfinished(&mut self, class: usize, visit: &Visit, start: Instant) {
        let at = self.place(class, visit.stage);
        let visits = &mut self.of_stages[at];
        visits.cut += i128::from((visit.left - visit.entered.max(start)).0);
        if visit.entered >= start {
            visits.unfinished += 1;
            visits.cost += i128::from(visit.cost.0);
            visits.came_back(visit, start, 0);
        }
    }

    /// A step of a visit in the window cost something.
    pub(super) fn spent(&mut self, class: usize, stage: StageId, amount: Money, rework: bool) {
        let at = self.place(class, stage);
        let visits = &mut self.of_stages[at];
        visits.cost += i128::from(amount.0);
        if rework {
            visits.rework_cost += i128::from(amount.0);
        }
    }

    /// Moves the numbers of a class into its cells.
    pub(super) fn close(&mut self, class: usize, cells: &mut Cells, limits: &[i64]) {
        for (stage, cell) in self.costs.ids().zip(&mut cells.stages) {
            let at = self.place(class, stage);
            let visits = std::mem::take(&mut self.of_stages[at]);
            cell.exits = self.exits.take(class, stage);
            cell.time = self.times[at].close(limits);
            let ended = cell.time.n;
            cell.entries = ended - visits.before + visits.unfinished;
            cell.deals = ended - visits.again;
            cell.occupancy = cell.time.sum + visits.cut;
            cell.cost = visits.cost;
            [cell.processing, cell.queue, cell.off_hours] = visits.split;
            let attended = self.attended[at].close();
            if attended.n > 0 {
                cell.cost += i128::from(attended.n) * self.costs[stage];
                cell.processing += attended.work;
                cell.queue += attended.queue;
                cell.off_hours += attended.to_end - attended.work - attended.queue;
                let task = &mut cells.tasks[self.task_of[stage]];
                task.asked += attended.n;
                task.done += attended.n;
                task.waited += attended.waited;
                task.queue_open += attended.queue;
                task.time += attended.work;
            }
            cell.late = visits.late;
            cell.rework = visits.rework;
            cell.rework_time = visits.rework_time;
            cell.rework_cost = visits.rework_cost;
        }
    }

    /// The distributions so far, with few bins, in the order of class and stage.
    pub(super) fn coarse(&self) -> impl Iterator<Item = Coarse> {
        self.times.iter().map(Gauge::coarse)
    }

    /// The distributions of the times, class by class.
    pub(super) fn into_histograms(self) -> impl Iterator<Item = Histogram> {
        self.times.into_iter().map(Gauge::into_histogram)
    }
}

impl OfStage {
    fn came_back(&mut self, visit: &Visit, start: Instant, time: i64) {
        if visit.rework {
            self.rework_time += i128::from(time);
            if visit.entered >= start {
                self.rework += 1;
                self.rework_cost += i128::from(visit.cost.0);
            }
        }
    }
}
