//! What happens in each stage, and what is open there.

use super::sheet::{Sheet, days, units};
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::model::Phase;
use crate::program::{Destination, End, Exit, Id, StageId};
use crate::quantity::DAY_MICROS;
use crate::stats::Moments;
use crate::tally::{Cells, Lapse, StageCells};

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    let all: Vec<StageId> = sheet.program.stages.ids().collect();
    for id in &all {
        stage(sheet, *id);
    }
    open(sheet, Scope::Whole, "", &all);
    for phase in Phase::ALL {
        let stages = all.iter().copied();
        let of_phase: Vec<StageId> =
            stages.filter(|id| sheet.program.stages[*id].phase == phase).collect();
        if !of_phase.is_empty() {
            open(sheet, Scope::Phase, phase.word(), &of_phase);
        }
    }
    for (id, stage) in sheet.program.stages.entries() {
        open(sheet, Scope::Stage, &stage.name, &[id]);
    }
}

fn stage(sheet: &mut Sheet<'_>, id: StageId) {
    let program = sheet.program;
    let stage = &program.stages[id];
    let key = |kpi, stat| Key::new(kpi, stat).stage(&stage.name);
    let cells = |c: &Cells| -> StageCells { c.stages[id].clone() };
    let entries: u64 = sheet.cells.iter().map(|c| c.stages[id].entries).sum();
    // The last stage's next is the sale, which lies behind those that come after one.
    let before_sale = stage.is_before_sale();
    if before_sale || id.index() + 1 < program.stages.len() {
        let next = key(Kpi::StageConversion, Stat::Next);
        sheet.share(next, |c| c.stages[id].reached_next, |c| c.stages[id].entered);
    }
    let left = |c: &Cells| -> u64 { c.stages[id].exits.iter().sum() };
    let is_loss = |exit: &Exit| match exit.destination(program.stages.len()) {
        Destination::Stage(_) => false,
        Destination::End(end) => matches!(program.ends[end], End::Lost(_)),
    };
    let lost = |c: &Cells| -> u64 {
        let exits = stage.exits.iter().zip(&c.stages[id].exits);
        exits.filter(|(exit, _)| is_loss(exit)).map(|(_, taken)| taken).sum()
    };
    sheet.share(key(Kpi::StageConversion, Stat::On), |c| left(c) - lost(c), left);
    for (place, exit) in stage.exits.iter().enumerate() {
        let taken = |c: &Cells| c.stages[id].exits[place];
        if sheet.cells.iter().all(|c| taken(c) == 0) {
            continue;
        }
        let to = Stat::To(program.exit_name(*exit));
        sheet.share(key(Kpi::StageConversion, to), taken, left);
    }
    if before_sale {
        let chance = key(Kpi::WinChance, Stat::Share);
        sheet.share(chance, |c| c.stages[id].decided_won, |c| c.stages[id].decided);
    }
    let visits = |stat| key(Kpi::Visits, stat);
    sheet.count(visits(Stat::Total), |c| c.stages[id].entries);
    sheet.count(visits(Stat::Left), left);
    let arrived = |c: &Cells| c.arrivals + c.client_arrivals;
    let arrivals: u64 = sheet.cells.iter().map(arrived).sum();
    sheet.ratio(
        visits(Stat::PerDeal),
        arrivals,
        |c| c.stages[id].entries as f64,
        |c| arrived(c) as f64,
    );
    if sheet.cells.iter().any(|c| c.stages[id].rework > 0) {
        sheet.count(visits(Stat::First), |c| c.stages[id].entries - c.stages[id].rework);
        sheet.count(visits(Stat::Rework), |c| c.stages[id].rework);
        sheet.share(visits(Stat::ReworkShare), |c| c.stages[id].rework, |c| c.stages[id].entries);
        sheet.total(visits(Stat::ReworkDays), entries, |c, _| days(cells(c).rework_time));
        if program.has_cost {
            sheet.total(visits(Stat::ReworkCost), entries, |c, _| units(cells(c).rework_cost));
        }
    }
    let time = key(Kpi::TimeInStage, Stat::Mean);
    sheet.moments(&time, |c| c.stages[id].time, &[Lapse::InStage(id)]);
    let deals: u64 = sheet.cells.iter().map(|c| c.stages[id].deals).sum();
    let per_deal = time.with(Stat::PerDeal);
    sheet.ratio(per_deal, deals, |c| days(c.stages[id].time.sum), |c| c.stages[id].deals as f64);
}

/// What is in progress in some stages: on average, at the end, and its worth.
fn open(sheet: &mut Sheet<'_>, scope: Scope, name: &str, stages: &[StageId]) {
    let key = |kpi, stat| Key::new(kpi, stat).of(scope, name);
    let sum = |c: &Cells, number: fn(&StageCells) -> i128| -> i128 {
        stages.iter().map(|id| number(&c.stages[*id])).sum()
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
    if open > 0 {
        let ages = |c: &Cells| {
            let mut all = Moments::default();
            stages.iter().for_each(|id| all += &c.stages[*id].open_age);
            all
        };
        let lapses: Vec<Lapse> = stages.iter().copied().map(Lapse::OpenAge).collect();
        sheet.moments(&key(Kpi::OpenAge, Stat::Mean), ages, &lapses);
    }
    if sheet.program.value.is_some() {
        sheet.total(key(Kpi::OpenValue, Stat::Total), open, |c, _| units(sum(c, |s| s.open_value)));
    }
}
