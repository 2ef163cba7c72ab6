//! What happens in each stage, and what is open there.

use super::sheet::{Sheet, days, units};
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::model::Phase;
use crate::program::Program;
use crate::quantity::DAY_MICROS;
use crate::tally::{Cells, Lapse, StageCells};

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    for at in 0..sheet.program.stages.len() {
        stage(sheet, at);
    }
    let all: Vec<usize> = (0..sheet.program.stages.len()).collect();
    open(sheet, Scope::Whole, "", &all);
    for phase in [Phase::Lead, Phase::Deal, Phase::Order, Phase::Client] {
        let stages = all.iter().copied();
        let of_phase: Vec<usize> =
            stages.filter(|at| sheet.program.stages[*at].phase == phase).collect();
        if !of_phase.is_empty() {
            open(sheet, Scope::Phase, phase.word(), &of_phase);
        }
    }
    for at in 0..sheet.program.stages.len() {
        open(sheet, Scope::Stage, &sheet.program.stages[at].name, &[at]);
    }
}

/// The first exit that is a loss: those before it are stages, won and done.
fn first_loss(program: &Program) -> usize {
    program.stages.len() + 2
}

fn stage(sheet: &mut Sheet<'_>, at: usize) {
    let program = sheet.program;
    let stage = &program.stages[at];
    let key = |kpi, stat| Key::new(kpi, stat).stage(&stage.name);
    let cells = |c: &Cells| -> StageCells { c.stages[at].clone() };
    let entries: u64 = sheet.cells.iter().map(|c| c.stages[at].entries).sum();
    // The last stage's next is the sale, which lies behind those that come after one.
    let before_sale = stage.is_before_sale();
    if before_sale || at + 1 < program.stages.len() {
        let next = key(Kpi::StageConversion, Stat::Next);
        sheet.share(next, |c| c.stages[at].reached_next, |c| c.stages[at].entered);
    }
    let left = |c: &Cells| -> u64 { c.stages[at].exits.iter().sum() };
    let is_loss = |exit: &u16| usize::from(*exit) >= first_loss(program);
    let lost = |c: &Cells| -> u64 {
        let exits = stage.exits.iter().zip(&c.stages[at].exits);
        exits.filter(|(exit, _)| is_loss(exit)).map(|(_, taken)| taken).sum()
    };
    sheet.share(key(Kpi::StageConversion, Stat::On), |c| left(c) - lost(c), left);
    for (place, exit) in stage.exits.iter().enumerate() {
        let taken = |c: &Cells| c.stages[at].exits[place];
        if sheet.cells.iter().all(|c| taken(c) == 0) {
            continue;
        }
        let to = Stat::To(program.exit_name(usize::from(*exit)));
        sheet.share(key(Kpi::StageConversion, to), taken, left);
    }
    if before_sale {
        let chance = key(Kpi::WinChance, Stat::Share);
        sheet.share(chance, |c| c.stages[at].decided_won, |c| c.stages[at].decided);
    }
    let visits = |stat| key(Kpi::Visits, stat);
    sheet.count(visits(Stat::Total), |c| c.stages[at].entries);
    sheet.count(visits(Stat::Left), left);
    let arrivals: u64 = sheet.cells.iter().map(|c| c.arrivals).sum();
    sheet.ratio(
        visits(Stat::PerDeal),
        arrivals,
        |c| c.stages[at].entries as f64,
        |c| c.arrivals as f64,
    );
    if sheet.cells.iter().any(|c| c.stages[at].rework > 0) {
        sheet.count(visits(Stat::First), |c| c.stages[at].entries - c.stages[at].rework);
        sheet.count(visits(Stat::Rework), |c| c.stages[at].rework);
        sheet.share(visits(Stat::ReworkShare), |c| c.stages[at].rework, |c| c.stages[at].entries);
        sheet.total(visits(Stat::ReworkDays), entries, |c, _| days(cells(c).rework_time));
        if program.has_cost {
            sheet.total(visits(Stat::ReworkCost), entries, |c, _| units(cells(c).rework_cost));
        }
    }
    let time = key(Kpi::TimeInStage, Stat::Mean);
    sheet.moments(&time, |c| c.stages[at].time, &[Lapse::InStage(at)]);
    let deals: u64 = sheet.cells.iter().map(|c| c.stages[at].deals).sum();
    let per_deal = time.with(Stat::PerDeal);
    sheet.ratio(per_deal, deals, |c| days(c.stages[at].time.sum), |c| c.stages[at].deals as f64);
}

/// What is in progress in some stages: on average, at the end, and its worth.
fn open(sheet: &mut Sheet<'_>, scope: Scope, name: &str, stages: &[usize]) {
    let key = |kpi, stat| Key::new(kpi, stat).of(scope, name);
    let sum = |c: &Cells, number: fn(&StageCells) -> i128| -> i128 {
        stages.iter().map(|at| number(&c.stages[*at])).sum()
    };
    let visits = sheet.cells.iter().map(|c| sum(c, |s| i128::from(s.entries)) as u64).sum();
    sheet.total(key(Kpi::OpenDeals, Stat::Mean), visits, |c, window| {
        if window > 0.0 {
            sum(c, |s| s.occupancy) as f64 / (window * DAY_MICROS as f64)
        } else {
            0.0
        }
    });
    let open = sheet.cells.iter().map(|c| sum(c, |s| i128::from(s.open)) as u64).sum();
    sheet.total(key(Kpi::OpenAtEnd, Stat::Count), open, |c, _| {
        sum(c, |s| i128::from(s.open)) as f64
    });
    if sheet.program.value.is_some() {
        sheet.total(key(Kpi::OpenValue, Stat::Total), open, |c, _| units(sum(c, |s| s.open_value)));
    }
}
