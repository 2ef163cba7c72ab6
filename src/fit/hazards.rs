//! How fast deals leave a stage, by the time they have been there, the season and the cause.
//!
//! Events D and days of exposure E are counted in age bands up to a cut-off. A day counts half as
//! much for each half-life that it lies back, and nothing counts before the first recorded close
//! (delayed entry): before it the file shows only deals that survived. The rate of a band is
//! (D + ½) / (E + ½/λ) with the rate λ of the whole stage, and 0 without exposure, so deals that
//! never close need no model of their own. A season multiplies it by (D + 5) / (Eλ + 5), and each
//! cell has the posterior Γ(5 + D, 5/(λf) + E) (Gelman et al., *Bayesian Data Analysis*, 2.6).

use libm::exp2;

use super::log::{Day, Exit, Log, Stay};
use super::season::Classes;

/// After so many days a past day counts half.
pub const HALF_LIFE: f64 = 120.0;

/// Events that the prior of a band is worth.
const BAND_PRIOR: f64 = 0.5;

/// Events that the prior of a season and of a cell is worth.
pub(super) const CELL_PRIOR: f64 = 5.0;

/// The largest number of age bands of a stage.
const MOST_BANDS: usize = 10;

/// The fewest exits of a band.
const FEWEST_EXITS: usize = 12;

/// With fewer wins or fewer losses, ages and seasons are not used: overall rates only.
pub const FEWEST_CLOSED: u64 = 30;

/// Weighted events and exposure.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Count {
    /// Weighted events.
    pub events: f64,
    /// Weighted days.
    pub days: f64,
    /// The sum of the squared weights of events: their variance, if events are Poisson.
    pub squares: f64,
}

/// A cell of a stage: one cause in one age band and one season class.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cell {
    /// What was counted.
    pub count: Count,
    /// The rate per day of the band and the season, without the cell's own events.
    pub prior: f64,
}

impl Cell {
    /// The shape of the posterior of the rate: that of a gamma variable with the mean and the
    /// variance of the weighted events. For equal weights it is 5 + D.
    pub fn shape(&self) -> f64 {
        let mean = CELL_PRIOR + self.count.events;
        mean * mean / (CELL_PRIOR + self.count.squares)
    }

    /// The posterior mean of the rate, per day.
    pub fn mean(&self) -> f64 {
        if self.prior == 0.0 {
            return 0.0;
        }
        (CELL_PRIOR + self.count.events) / (CELL_PRIOR / self.prior + self.count.days)
    }
}

/// The hazards of a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageHazards {
    /// The upper edges of the age bands in days; the last one is infinite.
    pub edges: Vec<f64>,
    /// Causes that were seen: won first, if it was, then lost, then stages.
    pub causes: Vec<Exit>,
    /// Cells by band, season class and cause.
    pub cells: Vec<Cell>,
}

/// The hazards of all stages at a cut-off.
#[derive(Debug, Clone, PartialEq)]
pub struct Hazards {
    /// Each stage.
    pub stages: Vec<StageHazards>,
    /// The number of season classes.
    pub classes: usize,
    /// Wins that were counted, each as one.
    pub wins: u64,
    /// Losses that were counted, each as one.
    pub losses: u64,
}

/// What a cut-off shows of a stay: where it ends for us and whether with an event.
struct Seen {
    from: Day,
    until: Day,
    exit: Option<Exit>,
}

fn seen(stay: &Stay, first: Day, cut: Day) -> Option<Seen> {
    let from = stay.entered.max(first);
    let (until, exit) = if stay.left < cut { (stay.left, Some(stay.exit)) } else { (cut, None) };
    (stay.entered < cut && until >= from).then_some(Seen { from, until, exit })
}

/// The stays of a log that a cut-off knows, by stage.
fn by_stage(log: &Log, cut: Day) -> Vec<Vec<&Stay>> {
    let mut stages = vec![Vec::new(); log.stages];
    for stay in log.deals.iter().flat_map(|deal| &deal.stays) {
        if stay.entered < cut && stay.left >= log.first_close {
            stages[usize::from(stay.stage)].push(stay);
        }
    }
    stages
}

impl Hazards {
    /// Counts what a log shows before a cut-off.
    pub fn fit(log: &Log, cut: Day, classes: &Classes) -> Hazards {
        let closed = |won| {
            let is = |deal: &&super::log::Dated| deal.closed < cut && deal.won == won;
            log.deals.iter().filter(is).count() as u64
        };
        let (wins, losses) = (closed(true), closed(false));
        let bands = if wins.min(losses) < FEWEST_CLOSED { 1 } else { MOST_BANDS };
        let mut season = SeasonCounts::new(classes.season.classes());
        let mut counted: Vec<StageHazards> = by_stage(log, cut)
            .iter()
            .map(|stays| count(stays, (log.first_close, cut), bands, classes))
            .collect();
        for stage in &mut counted {
            stage.set_bands(classes.season.classes());
            season.add(stage);
        }
        season.forget_seen_once(classes, log.first_close, cut);
        for stage in &mut counted {
            season.apply(stage);
        }
        Hazards { stages: counted, classes: classes.season.classes(), wins, losses }
    }
}

impl Hazards {
    /// Whether there are too few closed deals to use ages.
    pub fn is_few(&self) -> bool {
        self.wins.min(self.losses) < FEWEST_CLOSED
    }
}

/// The weight of a day.
fn weight(day: Day, cut: Day) -> f64 {
    exp2((day - cut) / HALF_LIFE)
}

/// The weighted length of an interval: the integral of the weight.
fn weighted(from: Day, until: Day, cut: Day) -> f64 {
    (weight(until, cut) - weight(from, cut)) * HALF_LIFE / std::f64::consts::LN_2
}

/// The upper edges of age bands: about as many exits in each, and one edge after the last exit.
fn edges(stays: &[&Stay], (first, cut): (Day, Day), most: usize) -> Vec<f64> {
    let exits = stays.iter().filter_map(|stay| {
        let seen = seen(stay, first, cut)?;
        seen.exit.map(|_| seen.until - stay.entered)
    });
    let mut ages: Vec<f64> = exits.collect();
    ages.sort_by(f64::total_cmp);
    let bands = (ages.len() / FEWEST_EXITS).clamp(1, most);
    let mut edges: Vec<f64> = (1..bands).map(|band| ages[band * ages.len() / bands]).collect();
    // Just above the last exit, and above 0: a band has exposure.
    let last = ages.last().filter(|_| most > 1);
    edges.extend(last.map(|last| last * 1.01 + 1e-6));
    edges.dedup_by(|a, b| *a - *b <= 0.0);
    edges.retain(|edge| *edge > 0.0);
    edges.push(f64::INFINITY);
    edges
}

/// Counts the stays of a stage; rates are not set yet.
fn count(
    stays: &[&Stay],
    (first, cut): (Day, Day),
    most: usize,
    classes: &Classes,
) -> StageHazards {
    let mut causes: Vec<Exit> =
        stays.iter().filter_map(|stay| seen(stay, first, cut).and_then(|seen| seen.exit)).collect();
    causes.sort_unstable();
    causes.dedup();
    let edges = edges(stays, (first, cut), most);
    let mut stage = StageHazards {
        cells: vec![Cell::default(); edges.len() * classes.season.classes() * causes.len()],
        edges,
        causes,
    };
    for stay in stays {
        if let Some(seen) = seen(stay, first, cut) {
            stage.add(stay, &seen, cut, classes);
        }
    }
    stage
}

impl StageHazards {
    /// The cells of a band and a season class, one for each cause.
    pub fn cells_of(&self, band: usize, class: usize, classes: usize) -> &[Cell] {
        let start = (band * classes + class) * self.causes.len();
        &self.cells[start..start + self.causes.len()]
    }

    fn add(&mut self, stay: &Stay, seen: &Seen, cut: Day, classes: &Classes) {
        let (count, kinds) = (self.causes.len(), classes.season.classes());
        let mut at = seen.from;
        let mut band = self.edges.partition_point(|edge| *edge <= at - stay.entered);
        loop {
            let stretch = classes.at(at);
            let edge = stay.entered + self.edges[band];
            let end = seen.until.min(edge).min(stretch.until);
            let cells = (band * kinds + stretch.class) * count;
            let days = weighted(at, end, cut);
            self.cells[cells..cells + count].iter_mut().for_each(|cell| cell.count.days += days);
            if end >= seen.until {
                if let Some(cause) =
                    seen.exit.and_then(|exit| self.causes.binary_search(&exit).ok())
                {
                    let weight = weight(seen.until, cut);
                    let count = &mut self.cells[cells + cause].count;
                    count.events += weight;
                    count.squares += weight * weight;
                }
                return;
            }
            band += usize::from(end >= edge);
            at = end;
        }
    }

    /// Sets the rate of each band, the same for all season classes.
    fn set_bands(&mut self, classes: usize) {
        let count = self.causes.len();
        for cause in 0..count {
            let total = sum(self.cells.iter().skip(cause).step_by(count));
            if total.days == 0.0 || total.events == 0.0 {
                continue;
            }
            let rate = total.events / total.days;
            for band in self.cells.chunks_mut(classes * count) {
                let of_band = sum(band.iter().skip(cause).step_by(count));
                if of_band.days > 0.0 {
                    let prior = (of_band.events + BAND_PRIOR) / (of_band.days + BAND_PRIOR / rate);
                    band.iter_mut().skip(cause).step_by(count).for_each(|cell| cell.prior = prior);
                }
            }
        }
    }
}

fn sum<'a>(cells: impl Iterator<Item = &'a Cell>) -> Count {
    cells.fold(Count::default(), |sum, cell| Count {
        events: sum.events + cell.count.events,
        days: sum.days + cell.count.days,
        squares: sum.squares + cell.count.squares,
    })
}

/// Events and expected events of each season class for wins, losses and moves, over all stages.
struct SeasonCounts {
    classes: usize,
    /// By kind of exit and class: events and expected events.
    counts: [Vec<(f64, f64)>; 3],
    factors: [Vec<f64>; 3],
}

fn kind(exit: Exit) -> usize {
    match exit {
        Exit::Won => 0,
        Exit::Lost => 1,
        Exit::Stage(_) => 2,
    }
}

impl SeasonCounts {
    fn new(classes: usize) -> SeasonCounts {
        let none = || vec![(0.0, 0.0); classes];
        let ones = || vec![1.0; classes];
        SeasonCounts {
            classes,
            counts: [none(), none(), none()],
            factors: [ones(), ones(), ones()],
        }
    }

    fn add(&mut self, stage: &StageHazards) {
        let count = stage.causes.len();
        for (index, cell) in stage.cells.iter().enumerate() {
            let class = index / count % self.classes;
            let found = &mut self.counts[kind(stage.causes[index % count])][class];
            found.0 += cell.count.events;
            found.1 += cell.count.days * cell.prior;
        }
    }

    /// Sets the factors; a class that was seen in fewer than two months of closings keeps 1.
    fn forget_seen_once(&mut self, classes: &Classes, first: Day, cut: Day) {
        if self.classes == 1 {
            return;
        }
        let seen = months_seen(classes, first, cut);
        for (counts, factors) in self.counts.iter().zip(&mut self.factors) {
            for (class, factor) in factors.iter_mut().enumerate() {
                if seen[class] >= 2 {
                    let (events, expected) = counts[class];
                    *factor = (events + CELL_PRIOR) / (expected + CELL_PRIOR);
                }
            }
        }
    }

    fn apply(&self, stage: &mut StageHazards) {
        let count = stage.causes.len();
        for index in 0..stage.cells.len() {
            let class = index / count % self.classes;
            stage.cells[index].prior *= self.factors[kind(stage.causes[index % count])][class];
        }
    }
}

/// In how many months each class was seen for at least half of the month.
pub fn months_seen(classes: &Classes, first: Day, cut: Day) -> Vec<u32> {
    let mut seen = vec![0; classes.season.classes()];
    let mut at = first;
    while at < cut {
        let stretch = classes.at(at);
        let end = stretch.until.min(cut);
        seen[stretch.class] += u32::from(end - at >= 15.0);
        at = end;
    }
    seen
}
