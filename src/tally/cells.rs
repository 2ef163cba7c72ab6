//! The numbers of one class in one replication: whole, with names.

use serde::{Deserialize, Serialize};

use crate::program::{Program, StageId, Table, TaskId};
use crate::stats::Moments;

/// What the deals of a class add up to in the window. Money is in hundredths, time in microseconds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Cells {
    /// Leads that arrived in the window.
    pub arrivals: u64,
    /// Clients from before who came in the window.
    pub client_arrivals: u64,
    /// Deals undecided when the window begins.
    pub undecided_at_start: u64,
    /// Deals undecided when it ends.
    pub undecided_at_end: u64,
    /// Deals whose status became won.
    pub won: u64,
    /// … lost.
    pub lost: u64,
    /// … done.
    pub done: u64,
    /// Won, among those that reached a stage of phase `deal`.
    pub qualified_won: u64,
    /// Lost, among those, disqualified ones left out.
    pub qualified_lost: u64,
    /// Value of `qualified_won`.
    pub won_value: i128,
    /// Value of `qualified_lost`.
    pub lost_value: i128,
    /// Arrived in the window: counted where they end or stand when it ends, because attributes, and so
    /// the class, may change on the way.
    pub cohort: u64,
    /// Of these, undecided when it ends.
    pub cohort_undecided: u64,
    /// Arrived in the window and reached a stage of phase `deal`.
    pub cohort_reached: u64,
    /// Arrived in the window and won in it.
    pub cohort_won: u64,
    /// Arrived in the window and lost in it.
    pub cohort_lost: u64,
    /// Arrived in the window and done in it without a sale.
    pub cohort_done: u64,
    /// Arrived in the window, at least each of the limits before its end.
    pub due: [u64; 4],
    /// … and won within it.
    pub won_within: [u64; 4],
    /// Marketing cost.
    pub marketing: i128,
    /// … of clients from before.
    pub client_marketing: i128,
    /// First sales.
    pub first_sales: u64,
    /// Further sales.
    pub later_sales: u64,
    /// Value booked by first sales.
    pub first_value: i128,
    /// Value booked by further sales.
    pub later_value: i128,
    /// First sale − arrival.
    pub sales_cycle: Moments,
    /// First sale − first stage of phase `deal`.
    pub from_deal: Moments,
    /// Working time spent on deals that ended, over their whole life.
    pub processing: i128,
    /// First start of work − arrival, of deals that arrived in the window.
    pub response: Moments,
    /// The open time of it.
    pub response_open: Moments,
    /// By task.
    pub tasks: Table<TaskId, TaskCells>,
    /// Salaries of the window; of the whole only.
    pub salaries: i128,
    /// Commission due in the window, from the books.
    pub commission: i128,
    /// Value taken back in the window, from the books.
    pub cancelled: i128,
    /// Overheads of the window; of the whole only.
    pub overheads: i128,
    /// One-off costs of the window and the investment; of the whole only.
    pub one_off: i128,
    /// What the roll-out costs in the window; of the whole only.
    pub rollout: i128,
    /// Final scores of satisfaction of deals that ended, in hundredths of a point.
    pub scores: i128,
    /// … of those that had a sale.
    pub scores_won: i128,
    /// Deals that ended with a score under 60.
    pub unhappy: u64,
    /// By end.
    pub ends: Vec<EndCells>,
    /// By stage.
    pub stages: Table<StageId, StageCells>,
    /// Losses before a sale by stage and reason, those that happened: stage × reasons + reason, in order.
    pub losses: Vec<(usize, LossCells)>,
    /// Losses after a sale, by reason.
    pub churn: Vec<LossCells>,
    /// Ended deals that had a sale.
    pub clients: u64,
    /// … that had a second one.
    pub repeat_clients: u64,
    /// The sales of those.
    pub client_sales: u64,
}

/// Of deals that took one end.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EndCells {
    /// End − arrival.
    pub time: Moments,
    /// What they cost.
    pub cost: Moments,
}

/// Of one task: work of a role and a name at a stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TaskCells {
    /// Deals that asked in the window.
    pub asked: u64,
    /// Works that started in the window and had to wait.
    pub waited: u64,
    /// Start − ready, of works that started in the window.
    pub queue: Moments,
    /// The open time of it.
    pub queue_open: i128,
    /// Working time of these works.
    pub time: i128,
    /// Works that ended in the window.
    pub done: u64,
    /// Deals that left the queue.
    pub reneged: u64,
    /// How long those had waited.
    pub left_after: i128,
    /// Deals that wait at the end of the window.
    pub at_end: u64,
    /// Time of waiting inside the window.
    pub waiting: i128,
    /// Working time inside the window.
    pub worked: i128,
    /// What it cost.
    pub cost: i128,
    /// Working time inside the window for clients from before.
    pub client_worked: i128,
    /// What that cost.
    pub client_cost: i128,
}

impl TaskCells {
    /// Adds those of another task or class.
    pub fn merge(&mut self, other: &TaskCells) {
        self.asked += other.asked;
        self.waited += other.waited;
        self.queue += &other.queue;
        self.queue_open += other.queue_open;
        self.time += other.time;
        self.done += other.done;
        self.reneged += other.reneged;
        self.left_after += other.left_after;
        self.at_end += other.at_end;
        self.waiting += other.waiting;
        self.worked += other.worked;
        self.cost += other.cost;
        self.client_worked += other.client_worked;
        self.client_cost += other.client_cost;
    }
}

/// Of one stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StageCells {
    /// Entries.
    pub entries: u64,
    /// Entries after the first of a round.
    pub rework: u64,
    /// What those cost.
    pub rework_cost: i128,
    /// How long those that ended took.
    pub rework_time: i128,
    /// Cost of visits.
    pub cost: i128,
    /// Exit − entry, of visits that ended.
    pub time: Moments,
    /// Visits that ended and were the deal's first of this stage: deals.
    pub deals: u64,
    /// Time that deals spent here within the window.
    pub occupancy: i128,
    /// Processing time of visits that ended.
    pub processing: i128,
    /// Queue time of them.
    pub queue: i128,
    /// Off-hours time of them.
    pub off_hours: i128,
    /// Visits that ended later than promised.
    pub late: u64,
    /// Visits entered that asked whether the prescribed process is followed.
    pub asked: u64,
    /// … in which it is.
    pub followed: u64,
    /// Deals here at the end.
    pub open: u64,
    /// What they are worth.
    pub open_value: i128,
    /// Time since their arrival, or their last sale.
    pub open_age: Moments,
    /// Exits by where they lead, in the order of the stage's exits.
    pub exits: Vec<u64>,
    /// Cohort: deals that ever entered.
    pub entered: u64,
    /// … and ever entered the next stage of the funnel (of the last one: were won).
    pub reached_next: u64,
    /// Cohort: deals that entered and were decided.
    pub decided: u64,
    /// … and won.
    pub decided_won: u64,
}

/// Losses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LossCells {
    /// How many.
    pub count: u64,
    /// What they were worth.
    pub value: i128,
    /// What they had cost.
    pub sunk: i128,
}

impl LossCells {
    pub(super) fn merge(&mut self, other: &LossCells) {
        self.count += other.count;
        self.value += other.value;
        self.sunk += other.sunk;
    }
}

impl Cells {
    pub(super) fn new(program: &Program) -> Cells {
        let reasons = program.reasons.len();
        Cells {
            ends: vec![EndCells::default(); program.ends.len()],
            churn: vec![LossCells::default(); reasons],
            stages: vec![StageCells::default(); program.stages.len()].into(),
            tasks: vec![TaskCells::default(); program.tasks.len()].into(),
            ..Cells::default()
        }
    }

    /// Leaves out what belongs to stages and tasks, where nobody listens to it.
    pub fn forget_stages(&mut self) {
        (self.stages, self.tasks, self.losses) = Default::default();
    }

    /// Whether they are of this program; what belongs to stages and tasks may be left out.
    pub fn fits(&self, program: &Program, stages: bool) -> bool {
        let reasons = program.reasons.len();
        let always = self.ends.len() == program.ends.len() && self.churn.len() == reasons;
        if !stages {
            return always && self.stages.is_empty() && self.tasks.is_empty();
        }
        let mut both = self.stages.iter().zip(&program.stages);
        always
            && self.stages.len() == program.stages.len()
            && self.tasks.len() == program.tasks.len()
            && both.all(|(cells, stage)| cells.exits.len() == stage.exits.len())
            && self.losses.iter().all(|(at, _)| *at < program.stages.len() * reasons)
    }

    /// About how many bytes the cells of a class take.
    pub fn size(program: &Program, stages: bool) -> usize {
        let always = size_of::<Cells>()
            + program.ends.len() * size_of::<EndCells>()
            + program.reasons.len() * size_of::<LossCells>();
        if !stages {
            return always;
        }
        let exits: usize = program.stages.iter().map(|stage| stage.exits.len()).sum();
        always
            + program.stages.len() * size_of::<StageCells>()
            + exits * size_of::<u64>()
            + program.tasks.len() * size_of::<TaskCells>()
            // Losses of stages are kept where they happen: one or two a stage.
            + 2 * program.stages.len() * size_of::<LossCells>()
    }

    /// All cost of the window.
    pub fn cost(&self) -> i128 {
        self.cost_of_deals() + self.overheads + self.one_off + self.rollout
    }

    /// The same without overheads, one-off costs and the investment.
    pub fn cost_of_deals(&self) -> i128 {
        self.marketing + self.stage_cost() + self.work_cost() + self.salaries + self.commission
    }

    /// Cost of stages and steps.
    pub fn stage_cost(&self) -> i128 {
        self.stages.iter().map(|stage| stage.cost).sum()
    }

    /// Cost of work by the hour.
    pub fn work_cost(&self) -> i128 {
        self.tasks.iter().map(|task| task.cost).sum()
    }

    /// All sales.
    pub fn sales(&self) -> u64 {
        self.first_sales + self.later_sales
    }

    /// All value booked.
    pub fn bookings(&self) -> i128 {
        self.first_value + self.later_value
    }

    /// Losses before a sale at a place: stage × reasons + reason.
    pub fn loss_at(&self, place: usize) -> LossCells {
        let found = self.losses.binary_search_by_key(&place, |(at, _)| *at);
        found.map_or_else(|_| LossCells::default(), |found| self.losses[found].1)
    }

    /// Losses for a reason at any stage, before a sale.
    pub fn loss(&self, reason: usize) -> LossCells {
        let reasons = self.churn.len();
        let mut total = LossCells::default();
        for (_, cells) in self.losses.iter().filter(|(at, _)| at % reasons == reason) {
            total.merge(cells);
        }
        total
    }
}
