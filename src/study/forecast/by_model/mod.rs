//! A forecast from a model: its open deals are those of a file, and new ones come as its sources bring them.
//!
//! The simulation starts at the cut-off with each deal in its stage, given the time that it has been there. Intervals contain
//! only the randomness of the model; whether the model is right is not tested here.

mod ahead;
mod assumed;
mod chances;
mod contact;
mod pipeline;

pub use assumed::Assumed;
pub use pipeline::{Mismatch, StageName, name_stages};

use std::sync::atomic::AtomicBool;

use jiff::civil::Time;
use rayon::prelude::*;

use super::deals::{LARGE, OpenDeal, Risk, in_order};
use super::draws::{Draw, Flow};
use super::notes::Note;
use super::outlook::Outlook;
use super::plan::{self, Plan, PlanCheck, Planned};
use super::{Forecast, Future, Level, Options, Refused, actual, fan, periods, sum, typed};
use crate::engine::{Guard, Opening, Replication, Setup, Stop, replicate};
use crate::fit::amounts::amount;
use crate::fit::log::{Day, Log};
use crate::fit::season::date;
use crate::fit::segments::{self, Column};
use crate::kpi::{Key, Kpi, Quantile, Scope, Stat};
use crate::model::{Horizon, Model};
use crate::program::{Program, StageId};
use crate::quantity::{DAY_MICROS, Length, Rate};
use crate::records::deals::{Deals, Moment, NameId};
use crate::study::failure::Failure;
use crate::study::simulate::{self, Progress, Simulation};
use ahead::{Ahead, Firsts, Levels};
use chances::{AtStage, Chances};
use pipeline::{Pipeline, pipeline};

/// Replications that show the usual times of stages.
const RUNS: u64 = 10;

/// A forecast from a model.
#[derive(Debug)]
#[must_use]
pub struct ModelForecast {
    /// Orders and bookings, and each open deal.
    pub forecast: Forecast,
    /// Cash and demand by period, if the model has terms of sales.
    pub money: Option<Simulation>,
}

/// Why there is no forecast.
#[derive(Debug, thiserror::Error)]
pub enum NoForecast {
    /// The file does not fit the model.
    #[error(transparent)]
    Mismatch(#[from] Mismatch),
    /// The simulation failed.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// What a forecast is made from.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The model.
    pub model: &'a Model,
    /// The file with the open deals.
    pub deals: &'a Deals,
    /// Stages of the file that the model has under another name.
    pub names: &'a [StageName],
    /// A plan to compare it with, instead of the targets of the model.
    pub plan: Option<&'a Plan>,
    /// Cut-off, horizon, draws, seed, and the column whose levels are shown apart.
    pub options: &'a Options,
    /// Stage visits after which a replication is stopped.
    pub most_visits: u64,
}

/// Forecasts what the open deals of a file and the sources of a model bring.
pub fn forecast_by_model(question: &Question) -> Result<ModelForecast, NoForecast> {
    let Question { model, deals, names, options, .. } = *question;
    let log = Log::new(deals);
    let cut = options.cut.unwrap_or(log.until);
    let ahead = from(model, cut, options.days);
    let program = Program::compile(&ahead);
    let mut pipeline = pipeline(&program, (deals, &log), cut, names)?;
    let far = Program::compile(&from(model, cut, options.days + chances::FAR));
    let chances = Chances::new(far, options.days, (options.seed, question.most_visits));
    let mut stages = chances.of_stages(&pipeline.openings)?;
    for (stage, usual) in stages.iter_mut().zip(usual_times(question)?) {
        stage.usual = usual.unwrap_or(stage.usual);
    }
    let overdue = pipeline.mark_overdue(&stages);
    let levels = levels(&program, deals, options.by, &pipeline);
    let Simulated { draws, sold, ends } = draws(question, &program, &pipeline.openings, &levels)?;
    let open = open_deals(question, (&pipeline, cut), &sold, (&chances, &stages))?;
    let terms = !model.terms.is_empty();
    let money = terms.then(|| money(question, &ahead, &pipeline.openings)).transpose()?;
    let stages_of_open = in_order_of_model(&pipeline);
    let mut assumed = pipeline.notes;
    assumed.extend((overdue > 0).then_some(Assumed::Overdue(overdue)));
    assumed.extend(terms.then_some(Assumed::EarlierPayments));
    let mut forecast = gather(question, (&log, cut), (&draws, open), assumed);
    forecast.refused = refused(&program, &ends);
    forecast.stages = stages_of_open;
    Ok(ModelForecast { forecast, money })
}

/// The stages of the open deals, by their names in the file.
fn in_order_of_model(pipeline: &Pipeline) -> Vec<NameId> {
    let stages = pipeline.openings.iter().map(|opening| opening.stage).zip(&pipeline.stages);
    let mut stages: Vec<(StageId, NameId)> = stages.map(|(stage, name)| (stage, *name)).collect();
    stages.sort_unstable();
    stages.dedup();
    stages.into_iter().map(|(_, name)| name).collect()
}

/// The plan that was given, or else the targets of the model, beside what came and what is expected.
fn plan(question: &Question, log: &Log, future: &Future, open: &[OpenDeal]) -> Option<PlanCheck> {
    let plan = question.plan.cloned().or_else(|| of_targets(question.model))?;
    let of = |deal: &OpenDeal| if plan.of_orders { 1.0 } else { deal.amount };
    Some(plan::check(&plan, (question.deals, log), future, open.iter().map(of).sum()))
}

/// The plan that the targets of a model state: of bookings, else of wins.
fn of_targets(model: &Model) -> Option<Plan> {
    let of = |of_orders, (rate, _): &(Rate, _)| Plan { of_orders, amounts: Planned::Rate(*rate) };
    let bookings = model.targets.bookings.as_ref().map(|rate| of(false, rate));
    bookings.or_else(|| model.targets.wins.as_ref().map(|rate| of(true, rate)))
}

/// The total by level of the column that divides deals, the largest first; levels that bring nothing are left out.
fn all_levels(deals: &Deals, by: Column, draws: &[Draw]) -> Vec<Level> {
    let Some(names) = segments::levels(deals, by) else { return Vec::new() };
    let names = names.words().iter().cloned().map(Some).chain([None]);
    let level = |(at, name): (usize, Option<String>)| Level {
        name,
        outlook: Outlook::of(draws, 1.0, |draw| draw.levels[at]),
        closed: 0,
        pooled: 0,
    };
    let mut levels: Vec<Level> = names.enumerate().map(level).collect();
    levels.retain(|level| level.name.is_some() || level.outlook.orders.p90 > 0.0);
    let size = |level: &Level| (level.outlook.bookings.p50, level.outlook.orders.p50);
    levels.sort_by(|a, b| size(b).0.total_cmp(&size(a).0).then(size(b).1.total_cmp(&size(a).1)));
    levels
}

/// The model from a cut-off on: its window is the horizon, and there is no warm-up.
fn from(model: &Model, cut: Day, days: usize) -> Model {
    let mut ahead = model.clone();
    if let Some(date) = date(cut.floor() as i64) {
        ahead.start = date.to_datetime(Time::midnight());
    }
    let micros = days as f64 * DAY_MICROS as f64;
    ahead.horizon = Horizon::Length(Length { micros, ..Length::default() });
    ahead.warmup = None;
    ahead
}

fn levels(program: &Program, deals: &Deals, by: Option<Column>, pipeline: &Pipeline) -> Levels {
    let Some((by, names)) = by.and_then(|by| Some((by, segments::levels(deals, by)?))) else {
        return Levels::default();
    };
    let last = names.len();
    let of_word = |word: &String| {
        let is = |name: &String| name.trim().to_lowercase() == word.trim().to_lowercase();
        names.words().iter().position(is).unwrap_or(last)
    };
    let of_row = |row: &usize| segments::level(deals, by, *row).map_or(last, |at| at as usize);
    let attribute = match by {
        Column::Segment(index) => {
            let title = deals.segments[index].name.trim().to_lowercase();
            program.attributes.iter().find(|one| one.name.to_lowercase() == title)
        }
        Column::Owner | Column::Source | Column::Funnel => None,
    };
    let is_source = by == Column::Source;
    let of_source = program.sources.iter().filter(|_| is_source).map(|one| of_word(&one.name));
    Levels {
        count: last + 1,
        of_open: pipeline.rows.iter().map(of_row).collect(),
        attribute: attribute.map(|attribute| {
            let codes = std::iter::once(last).chain(attribute.values.iter().map(of_word));
            (attribute.shift, attribute.mask, codes.collect())
        }),
        of_source: of_source.collect(),
    }
}

/// The day and the amount of the first sale of each open deal in each draw; none where there is none.
type Sold = Vec<Firsts>;

/// What all draws bring.
#[derive(Default)]
struct Simulated {
    draws: Vec<Draw>,
    sold: Sold,
    /// Deals that ended without a sale, by the number of their end.
    ends: Vec<u64>,
}

fn draws(
    question: &Question,
    program: &Program,
    openings: &[Opening],
    levels: &Levels,
) -> Result<Simulated, Failure> {
    let Options { days, draws, seed, .. } = *question.options;
    let made: Result<Vec<Ahead>, Failure> = (0..draws as u64)
        .into_par_iter()
        .map(|number| {
            let mut ahead = Ahead::new(openings.len(), days, levels);
            let replication = Replication { seed, number };
            walk(program, openings, (replication, question.most_visits), &mut ahead)?;
            Ok(ahead)
        })
        .collect();
    let mut all = Simulated::default();
    for one in made? {
        all.draws.push(one.draw);
        all.sold.push(one.firsts);
        all.ends.resize(all.ends.len().max(one.ends.len()), 0);
        all.ends.iter_mut().zip(&one.ends).for_each(|(all, one)| *all += one);
    }
    Ok(all)
}

/// Why deals are lost in the model, the most frequent reason first; numbers over all draws.
fn refused(program: &Program, ends: &[u64]) -> Vec<Refused> {
    let of = |(reason, end): (&crate::program::Reason, usize)| Refused {
        reason: (!reason.name.is_empty()).then(|| reason.name.clone()),
        deals: ends.get(end).copied().unwrap_or(0),
    };
    let mut refused: Vec<Refused> =
        program.reasons.iter().zip(program.lost_ends()).map(of).collect();
    refused.retain(|one| one.deals > 0);
    refused.sort_by_key(|one| std::cmp::Reverse(one.deals));
    refused
}

/// One replication from the open deals on.
fn walk(
    program: &Program,
    openings: &[Opening],
    (replication, most_visits): (Replication, u64),
    observer: &mut Ahead,
) -> Result<(), Failure> {
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits, cancel: &cancel };
    let setup = Setup { openings, ..Setup::new(program, guard) };
    match replicate(&setup, replication, observer) {
        Stop::EventLimit(overrun) => {
            Err(Failure::event_limit(program, replication.number, most_visits, overrun))
        }
        Stop::End | Stop::Empty(_) | Stop::Cancelled => Ok(()),
    }
}

fn money(question: &Question, ahead: &Model, openings: &[Opening]) -> Result<Simulation, Failure> {
    let options = simulate::Options {
        replications: question.options.draws as u64,
        seed: question.options.seed,
        most_visits: question.most_visits,
        ..simulate::Options::default()
    };
    simulate::run_with(ahead, openings, &options, &Progress::default())
}

/// The middle and the high time of each stage in days, queues included, as the model runs in its own window; none where too
/// few visits end in it.
fn usual_times(question: &Question) -> Result<Vec<Option<[f64; 2]>>, Failure> {
    let options = simulate::Options {
        replications: RUNS,
        seed: question.options.seed,
        kpis: vec![Kpi::TimeInStage],
        most_visits: question.most_visits,
        ..simulate::Options::default()
    };
    let found = simulate::run(question.model, &options, &Progress::default())?;
    let quantile = |stage: &str, p: f64| {
        let key = Key::new(Kpi::TimeInStage, Stat::Quantile(Quantile::new(p)));
        found.value(&key.of(Scope::Stage, stage))
    };
    let usual = |stage: &crate::program::Stage| {
        Some([quantile(&stage.name, 0.5)?, quantile(&stage.name, 0.9)?])
    };
    Ok(found.program.stages.iter().map(usual).collect())
}

/// Describes each open deal that is not sold yet; those to look at first stand first.
fn open_deals(
    question: &Question,
    (pipeline, cut): (&Pipeline, Day),
    sold: &Sold,
    (chances, stages): (&Chances, &[AtStage]),
) -> Result<Vec<OpenDeal>, Failure> {
    let deals = question.deals;
    let ever = chances.of(&pipeline.openings)?;
    let describe = |at: usize| {
        let (opening, row) = (&pipeline.openings[at], pipeline.rows[at]);
        let won = sold.iter().filter(|draw| draw[at].is_some()).count();
        let within = won as f64 / sold.len().max(1) as f64;
        // Wins behind the horizon are added, so that no deal is likelier won within it than at all.
        let chance = (within + ever[at].later).min(1.0);
        let days = opening.entered.0 as f64 / DAY_MICROS as f64;
        let stage = &stages[usize::from(opening.stage.0)];
        let risks =
            [(Risk::TooLong, days > stage.usual[1]), (Risk::Halved, chance < stage.chance / 2.0)];
        let (record, own) = (&deals.deals[row], amount(deals, row));
        OpenDeal {
            row,
            stage: Some(pipeline.stages[at]),
            days,
            usual: Some(stage.usual),
            amount: own.unwrap_or(ever[at].amount),
            is_own: own.is_some(),
            chance: within,
            ever: chance,
            median: ever[at].median.map(|day| cut + f64::from(day)),
            typed: record.typed_chance,
            planned: record.expected.map(Moment::days),
            risks: risks.into_iter().filter(|risk| risk.1).map(|risk| risk.0).collect(),
            contact: contact::contact(question, pipeline, (at, cut), stage),
        }
    };
    let unsold = (0..pipeline.openings.len()).filter(|at| pipeline.openings[*at].sales == 0);
    let mut open: Vec<OpenDeal> = unsold.map(describe).collect();
    let sum: f64 = open.iter().map(|deal| deal.amount).sum();
    for deal in open.iter_mut().filter(|deal| deal.amount > LARGE * sum) {
        deal.risks.push(Risk::Large);
    }
    in_order(&mut open);
    Ok(open)
}

fn gather(
    question: &Question,
    (log, cut): (&Log, Day),
    (draws, open_deals): (&[Draw], Vec<OpenDeal>),
    assumed: Vec<Assumed>,
) -> Forecast {
    let Question { model, deals, options, .. } = *question;
    let days = options.days;
    let whole = |flow: &Flow| flow.sum(0..days);
    let before = |(from, until): (Day, Day)| actual(deals, log, (from, until));
    let has_last = cut - log.first_close.floor() >= days as f64;
    let undated = log.undated.open + log.undated.closed > 0;
    let future = Future { cut, days, draws, factor: 1.0 };
    let plan = plan(question, log, &future, &open_deals);
    let has_facts = log.first_close < cut;
    let mut seen = fan(deals, log, (draws, 1.0), (cut, days));
    if !has_facts {
        seen.retain(|day| day.day >= cut);
    }
    let no_facts = (plan.is_some() && !has_facts).then_some(Assumed::NoFacts);
    let notes = [Assumed::Model].into_iter().chain(no_facts).chain(assumed).map(Note::ByModel);
    Forecast {
        open: Outlook::of(draws, 1.0, |draw| whole(&draw.open)),
        new: Outlook::of(draws, 1.0, |draw| whole(&draw.new)),
        total: Outlook::of(draws, 1.0, |draw| sum(draw, 0..days)),
        factor: 1.0,
        last: before((cut - days as f64, cut)),
        has_last,
        periods: periods(draws, 1.0, cut, days),
        levels: options.by.map_or_else(Vec::new, |by| all_levels(deals, by, draws)),
        fan: seen,
        refused: Vec::new(),
        typed: typed(&open_deals, cut + days as f64),
        notes: notes.chain(undated.then_some(Note::Undated(log.undated))).collect(),
        closed: [0, 0],
        has_amounts: model.has_value(),
        deals: open_deals,
        options: *options,
        cut,
        choice: super::choice::Choice::NONE,
        is_staged: true,
        stages: Vec::new(),
        plan,
        books: None,
    }
}
