//! How far a prescribed process is followed, and how satisfied the clients are.

use super::sheet::{Sheet, units};
use crate::kpi::{Key, Kpi, Stat};
use crate::program::StageId;
use crate::tally::Cells;

/// The share of visits in which the process is followed: of all stages that ask, and of each.
pub(super) fn followed(sheet: &mut Sheet<'_>) {
    let stages = sheet.program.stages.entries();
    let asking: Vec<StageId> =
        stages.filter(|(_, stage)| stage.followed.is_some()).map(|(id, _)| id).collect();
    if asking.is_empty() {
        return;
    }
    share(sheet, Key::new(Kpi::Followed, Stat::Share), &asking);
    for id in &asking {
        let key = Key::new(Kpi::Followed, Stat::Share).stage(&sheet.program.stages[*id].name);
        share(sheet, key, &[*id]);
    }
}

fn share(sheet: &mut Sheet<'_>, key: Key, of: &[StageId]) {
    let followed = |c: &Cells| of.iter().map(|id| c.stages[*id].followed).sum();
    sheet.share(key, followed, |c| of.iter().map(|id| c.stages[*id].asked).sum());
}

/// Final scores, where a stage changes them.
pub(super) fn satisfaction(sheet: &mut Sheet<'_>) {
    if sheet.program.stages.iter().all(|stage| stage.satisfaction.is_none()) {
        return;
    }
    let ended = |c: &Cells| c.ends.iter().map(|end| end.time.n).sum::<u64>();
    let all = sheet.cells.iter().map(ended).sum();
    let won = sheet.cells.iter().map(|c| c.clients).sum();
    let mean = Key::new(Kpi::Satisfaction, Stat::Mean);
    // Scores are kept in hundredths, as money is.
    sheet.ratio(mean.clone(), all, |c| units(c.scores), |c| ended(c) as f64);
    sheet.ratio(mean.with(Stat::OfWon), won, |c| units(c.scores_won), |c| c.clients as f64);
    sheet.share(mean.with(Stat::Under60), |c| c.unhappy, ended);
}
