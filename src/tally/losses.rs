//! Losses before a sale, by class, stage and reason.
//!
//! Few stages and reasons lie in an array; of many, only those places are kept at which somebody was lost.

use std::collections::HashMap;

use super::LossCells;
use crate::program::{Id, Program, StageId};

/// Up to so many places lie in an array.
const FEW: usize = 1 << 14;

/// The losses of a replication.
#[derive(Debug)]
pub(super) struct Losses {
    reasons: usize,
    /// Places of a class.
    room: usize,
    few: Vec<LossCells>,
    many: HashMap<usize, LossCells>,
}

impl Losses {
    pub(super) fn new(program: &Program, classes: usize) -> Losses {
        let reasons = program.reasons.len();
        let room = program.stages.len() * reasons;
        let few = if classes * room <= FEW { classes * room } else { 0 };
        Losses { reasons, room, few: vec![LossCells::default(); few], many: HashMap::new() }
    }

    /// The losses of a class at a stage for a reason.
    #[inline(always)]
    pub(super) fn at(&mut self, class: usize, stage: StageId, reason: usize) -> &mut LossCells {
        let place = class * self.room + stage.index() * self.reasons + reason;
        match self.few.get_mut(place) {
            Some(cells) => cells,
            None => self.many.entry(place).or_default(),
        }
    }

    /// Takes the losses of a class that happened, in the order of stage × reasons + reason.
    pub(super) fn take(&mut self, class: usize) -> Vec<(usize, LossCells)> {
        let places = class * self.room..(class + 1) * self.room;
        if self.few.is_empty() {
            let first = places.start;
            let of_class = self.many.extract_if(|place, _| places.contains(place));
            let mut found: Vec<_> = of_class.map(|(place, cells)| (place - first, cells)).collect();
            found.sort_unstable_by_key(|(place, _)| *place);
            return found;
        }
        let cells = self.few[places].iter_mut().enumerate();
        let happened = cells.filter(|(_, cells)| cells.count > 0);
        happened.map(|(place, cells)| (place, std::mem::take(cells))).collect()
    }
}
