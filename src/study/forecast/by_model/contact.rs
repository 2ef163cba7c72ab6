//! The next contact of an open deal in a model: when, and what for.

use super::super::contact::{Aim, Contact, due};
use super::Question;
use super::chances::AtStage;
use super::pipeline::Pipeline;
use crate::fit::log::Day;
use crate::program::{Destination, End, Next, Program, StageId};
use crate::quantity::DAY_MICROS;
use crate::records::deals::Moment;

/// The stage to which most won deals of a stage go, or the order.
///
/// A way counts with its mean share times the chance of a deal that comes to its stage.
pub(super) fn aim(program: &Program, stage: StageId, stages: &[AtStage]) -> Option<StageId> {
    let worth = |exit: crate::program::Exit| match exit.destination(program.stages.len()) {
        Destination::Stage(next) => (stages[usize::from(next.0)].chance, Some(next)),
        Destination::End(end) => (f64::from(u8::from(program.ends[end] == End::Won)), None),
    };
    // The case without conditions is the last one.
    let next = program.stages[stage].next.iter().last()?;
    let ways = shares(next).zip(&next.branches).map(|(share, branch)| {
        let (chance, to) = worth(branch.exit);
        (share * chance, to)
    });
    ways.max_by(|a, b| a.0.total_cmp(&b.0)).and_then(|way| way.1)
}

/// The mean shares of branches.
fn shares(next: &Next) -> impl Iterator<Item = f64> {
    let ends = next.thresholds.iter().map(|limit| *limit as f64 / WORDS).chain([1.0]);
    let starts = [0.0].into_iter().chain(next.thresholds.iter().map(|limit| *limit as f64 / WORDS));
    ends.zip(starts).map(|(end, start)| end - start)
}

/// 2^64.
const WORDS: f64 = 18_446_744_073_709_551_616.0;

/// The next contact of the open deal with this index.
pub(super) fn contact(
    question: &Question,
    pipeline: &Pipeline,
    (at, cut): (usize, Day),
    stage: &AtStage,
) -> Contact {
    let entered = cut - pipeline.openings[at].entered.0 as f64 / DAY_MICROS as f64;
    let planned = question.deals.deals[pipeline.rows[at]].next.map(Moment::days);
    let (day, from) = due(Some((entered + stage.usual[0]).floor()), cut, planned);
    // A stage that the file does not name cannot be shown.
    let word = stage.aim.and_then(|aim| pipeline.words[usize::from(aim.0)]);
    let aim = word.map_or(Aim::Order, |word| Aim::Stage(word as u16));
    Contact { day, from, aim }
}
