//! What the events of a replication add up to.
//!
//! A [`Tally`] is an observer of fixed size. What is reported per replication lies in [`Cells`]
//! (whole numbers, so that their sums do not depend on the order of events); distributions over
//! deals go into histograms that one worker fills over all its replications. Deals are told apart
//! by class, a combination of the attributes asked for with `--by`; the whole is the sum of the
//! classes, so that parts always add up.

mod attendance;
mod books;
mod cells;
pub mod class;
mod curve;
mod due;
mod exits;
pub mod figures;
mod gauge;
mod learning;
mod ledger;
mod losses;
mod observe;
mod paths;
pub mod pledges;
mod sales;
pub mod series;
mod spreads;
mod sums;
mod visits;
mod weeks;
mod works;

pub use books::{BookCells, Books, Level, MoneyFlow};
pub use cells::{Cells, EndCells, LossCells, StageCells, TaskCells};
pub use class::{Classes, Group};
pub use curve::{Curve, CurveSums, Drawn, Grid};
pub use learning::Learnt;
pub use ledger::Ledger;
pub use pledges::{Pledges, PromiseCells};
pub use sales::Sales;
pub use series::Series;
pub use spreads::{Lapse, Spreads};
pub use weeks::{WeekSums, Weeks};

use serde::{Deserialize, Serialize};

use crate::engine::Stop;
use crate::kpi::Needed;
use crate::program::{PersonId, Program, Table};
use crate::quantity::{Duration, Instant};
use crate::stats::{Coarse, Histogram};
use gauge::Gauge;
use losses::Losses;
use paths::Paths;
use series::Days;
use visits::Visits;

/// Gauges of the deals of one class, without their visits.
#[derive(Debug)]
struct Gauges {
    sales_cycle: Gauge,
    from_deal: Gauge,
    cycle_time: Vec<Gauge>,
    queue_time: Vec<Gauge>,
    open_age: Vec<Gauge>,
    response: Gauge,
    response_open: Gauge,
}

impl Gauges {
    fn new(program: &Program) -> Gauges {
        Gauges {
            sales_cycle: Gauge::new(),
            from_deal: Gauge::new(),
            cycle_time: Gauge::several(program.ends.len()),
            queue_time: Gauge::several(program.tasks.len()),
            open_age: Gauge::several(program.stages.len()),
            response: Gauge::new(),
            response_open: Gauge::new(),
        }
    }

    /// Ends a replication: moves its moments into the cells.
    fn close(&mut self, cells: &mut Cells, limits: &[i64]) {
        cells.sales_cycle = self.sales_cycle.close(limits);
        cells.from_deal = self.from_deal.close(limits);
        for (gauge, end) in self.cycle_time.iter_mut().zip(&mut cells.ends) {
            end.time = gauge.close(limits);
        }
        for (gauge, task) in self.queue_time.iter_mut().zip(&mut cells.tasks) {
            task.queue = gauge.close(limits);
        }
        for (gauge, stage) in self.open_age.iter_mut().zip(&mut cells.stages) {
            stage.open_age = gauge.close(limits);
        }
        cells.response = self.response.close(limits);
        cells.response_open = self.response_open.close(limits);
    }

    /// The distributions so far, with bins that `time_in_stage` has.
    fn coarse(&self, time_in_stage: Vec<Coarse>) -> Spreads<Coarse> {
        let all = |gauges: &[Gauge]| gauges.iter().map(Gauge::coarse).collect();
        Spreads {
            sales_cycle: self.sales_cycle.coarse(),
            from_deal: self.from_deal.coarse(),
            cycle_time: all(&self.cycle_time),
            time_in_stage,
            queue_time: all(&self.queue_time),
            open_age: all(&self.open_age),
            response: self.response.coarse(),
            response_open: self.response_open.coarse(),
        }
    }

    fn into_spreads(self, time_in_stage: Vec<Histogram>) -> Spreads {
        let all = |gauges: Vec<Gauge>| gauges.into_iter().map(Gauge::into_histogram).collect();
        Spreads {
            sales_cycle: self.sales_cycle.into_histogram(),
            from_deal: self.from_deal.into_histogram(),
            cycle_time: all(self.cycle_time),
            time_in_stage,
            queue_time: all(self.queue_time),
            open_age: all(self.open_age),
            response: self.response.into_histogram(),
            response_open: self.response_open.into_histogram(),
        }
    }
}

/// What is reported of one replication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Number of the replication.
    pub number: u64,
    /// Length of its window.
    pub length: Duration,
    /// What was collected.
    pub collected: Needed,
    /// One per class.
    pub cells: Vec<Cells>,
    /// Working time done in the window, by person, in microseconds.
    pub busy: Table<PersonId, i64>,
    /// The end of its window.
    pub end: Instant,
    /// Week by week and month by month.
    pub series: Series,
    /// Distributions over its deals, one per class; none where they were not asked for.
    pub spreads: Vec<Spreads<Coarse>>,
    /// Its books; none where they were not kept.
    pub books: Option<Books>,
    /// What became of its promises; empty where they were not followed.
    pub promises: Vec<PromiseCells>,
}

impl Outcome {
    /// Whether its dimensions are those of this program.
    pub fn fits(&self, program: &Program) -> bool {
        let stages = self.collected.stages;
        self.cells.iter().all(|cells| cells.fits(program, stages))
            && (self.spreads.is_empty() || self.spreads.len() == self.cells.len())
            && self.spreads.iter().all(|spreads| spreads.fits(program))
            && self.busy.len() == if stages { program.people.len() } else { 0 }
    }
}

/// The observer of a worker, which collects one replication after another.
pub struct Tally<'p> {
    program: &'p Program,
    classes: &'p Classes,
    limits: &'p [i64],
    needed: Needed,
    cells: Vec<Cells>,
    losses: Losses,
    paths: Vec<Paths>,
    visits: Visits,
    gauges: Vec<Gauges>,
    days: Days,
    /// Working time in the window, by person.
    busy: Table<PersonId, i64>,
    /// Room for the cycle times of a block.
    cycles: Vec<i64>,
    /// Whether stages take more than the client's time.
    splits: bool,
    /// Whether stages have an sla.
    slas: bool,
    /// Whether stages change the satisfaction of clients.
    scores: bool,
    /// The distributions up to the last replication, by class, where those of each replication are kept.
    before: Option<Vec<Spreads<Coarse>>>,
}

impl<'p> Tally<'p> {
    /// An empty tally. `limits` are up to four durations, in microseconds, that shares are asked for.
    pub fn new(
        program: &'p Program,
        classes: &'p Classes,
        limits: &'p [i64],
        needed: Needed,
    ) -> Tally<'p> {
        Tally {
            program,
            classes,
            limits,
            needed,
            cells: vec![Cells::new(program); classes.count()],
            losses: Losses::new(program, classes.count()),
            paths: vec![Paths::default(); classes.count()],
            visits: Visits::new(program, classes.count()),
            gauges: (0..classes.count()).map(|_| Gauges::new(program)).collect(),
            days: Days::new(program, classes.count()),
            busy: vec![0; program.people.len()].into(),
            cycles: Vec::new(),
            splits: !program.tasks.is_empty(),
            slas: program.stages.iter().any(|stage| stage.sla.is_some()),
            scores: program.stages.iter().any(|stage| stage.satisfaction.is_some()),
            before: None,
        }
    }

    /// Keeps the distributions of each replication too.
    #[must_use]
    pub fn with_spreads(self) -> Tally<'p> {
        Tally { before: Some(self.coarse()), ..self }
    }

    /// The distributions so far, by class.
    fn coarse(&self) -> Vec<Spreads<Coarse>> {
        let stages = self.program.stages.len();
        let times: Vec<Coarse> = self.visits.coarse().collect();
        let each = self.gauges.iter().enumerate();
        each.map(|(class, g)| g.coarse(times[class * stages..][..stages].to_vec())).collect()
    }

    /// The distributions of the replication that ends; none where they were not asked for.
    fn spreads_of_replication(&mut self) -> Vec<Spreads<Coarse>> {
        if self.before.is_none() {
            return Vec::new();
        }
        let now = self.coarse();
        let before = self.before.replace(now.clone()).unwrap_or_default();
        now.iter().zip(&before).map(|(now, before)| now.since(before)).collect()
    }

    /// Closes a replication and returns what it added up to; the tally is ready for the next.
    pub fn close(&mut self, number: u64, stop: Stop) -> Outcome {
        let start = self.program.window.start;
        let end = match stop {
            Stop::Empty(last) => Instant(last.0.max(start.0)),
            _ => self.program.window.end,
        };
        let fresh = vec![Cells::new(self.program); self.classes.count()];
        let mut cells = std::mem::replace(&mut self.cells, fresh);
        for (class, cells) in cells.iter_mut().enumerate() {
            self.program.stages.ids().for_each(|stage| self.flush_attended(class, stage));
            self.paths[class].flush_all(cells);
            self.visits.close(class, cells, self.limits);
            self.days.learning.close(class, cells);
            self.gauges[class].close(cells, self.limits);
            cells.tasks.iter_mut().for_each(TaskCells::close);
            cells.losses = self.losses.take(class);
            if !self.needed.stages {
                cells.forget_stages();
            }
        }
        let mut series = self.days.close(self.program, end);
        if !self.needed.days {
            series = Series::default();
        }
        let idle = vec![0; self.program.people.len()].into();
        let mut busy = std::mem::replace(&mut self.busy, idle);
        if !self.needed.stages {
            busy = Table::default();
        }
        let spreads = self.spreads_of_replication();
        let length = end - start;
        Outcome {
            number,
            length,
            collected: self.needed,
            cells,
            busy,
            end,
            series,
            spreads,
            books: None,
            promises: Vec::new(),
        }
    }

    /// The distributions over all replications so far, by class; and the deals in progress at the end of
    /// each day, of all replications together.
    pub fn into_parts(self) -> (Vec<Spreads>, Vec<i64>) {
        let stages = self.program.stages.len();
        let mut times = self.visits.into_histograms();
        let of_class = |gauges: Gauges| gauges.into_spreads(times.by_ref().take(stages).collect());
        (self.gauges.into_iter().map(of_class).collect(), self.days.into_open())
    }
}
