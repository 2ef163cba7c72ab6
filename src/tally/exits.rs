//! Where visits lead: a place for each exit that a stage can have.
//!
//! Most models are small: then every exit of the program has a place at every stage, and the place is one
//! multiplication away. In a long chain that would be the square of its stages, so there only those exits have a place
//! that the stage can have, and the place is looked for among these few.

use crate::program::{Exit, Id, Program, StageId, Table};

/// Up to so many places, every exit has one at every stage.
const FEW: usize = 1 << 14;

/// Places of exits, by class and stage.
#[derive(Debug)]
pub(super) struct Exits {
    counts: Vec<u64>,
    /// Places of a stage where every exit has one.
    stride: Option<usize>,
    /// Places of a class.
    room: usize,
    /// First place of each stage.
    first: Table<StageId, usize>,
    /// The exits that each stage can have, in order.
    of_stage: Table<StageId, Vec<Exit>>,
}

impl Exits {
    pub(super) fn new(program: &Program, classes: usize) -> Exits {
        let dense = program.stages.len() * program.exits() <= FEW;
        let stride = dense.then_some(program.exits());
        let of_stage: Table<StageId, Vec<Exit>> =
            program.stages.iter().map(|stage| stage.exits.clone()).collect();
        let mut room = 0;
        let first = of_stage.iter().map(|exits| {
            let first = room;
            room += stride.unwrap_or(exits.len());
            first
        });
        let first = first.collect();
        Exits { counts: vec![0; classes * room], stride, room, first, of_stage }
    }

    #[inline(always)]
    fn place(&self, class: usize, stage: StageId, exit: Exit) -> usize {
        match self.stride {
            Some(stride) => class * self.room + stage.index() * stride + exit.index(),
            None => self.search(class, stage, exit),
        }
    }

    #[inline(never)]
    fn search(&self, class: usize, stage: StageId, exit: Exit) -> usize {
        let exits = &self.of_stage[stage];
        class * self.room + self.first[stage] + exits.partition_point(|other| *other < exit)
    }

    /// Counts visits of a stage that lead to an exit.
    #[inline(always)]
    pub(super) fn add(&mut self, class: usize, stage: StageId, exit: Exit, count: u64) {
        let place = self.place(class, stage, exit);
        self.counts[place] += count;
    }

    /// Takes what was counted at a stage, in the order of its exits.
    pub(super) fn take(&mut self, class: usize, stage: StageId) -> Vec<u64> {
        let places = self.of_stage[stage].iter().map(|exit| self.place(class, stage, *exit));
        let places: Vec<usize> = places.collect();
        places.into_iter().map(|place| std::mem::take(&mut self.counts[place])).collect()
    }
}
