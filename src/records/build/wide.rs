//! Visits from columns that say when a deal entered each stage, as `HubSpot` writes them.
//!
//! There is one date for each stage, so a return to a stage is not seen.

use super::Cells;
use crate::records::columns::roles::{Passed, StageColumn};
use crate::records::columns::words::{Codes, Words};
use crate::records::deals::{Deals, Moment, Outcome, Visit};
use crate::records::refusal::Refusal;
use crate::records::source::Row;

/// A stage that was entered or left.
#[derive(Clone, Copy, Debug)]
pub(in crate::records) struct Step {
    stage: usize,
    passed: Passed,
    at: Moment,
}

/// The dates of stages, while deals are read.
#[derive(Debug, Default)]
pub(in crate::records) struct Wide {
    columns: Vec<StageColumn>,
    stages: Vec<String>,
    /// How deals stand in each stage.
    outcomes: Vec<Outcome>,
    of_deal: Vec<(u32, Step)>,
}

impl Wide {
    pub(in crate::records) fn new(columns: &[StageColumn], words: &Words) -> Wide {
        let mut stages: Vec<String> = Vec::new();
        for column in columns {
            if !stages.contains(&column.stage) {
                stages.push(column.stage.clone());
            }
        }
        let outcome = |stage: &String| words.meaning(stage, Codes::None).outcome;
        let outcomes = stages.iter().map(outcome).collect();
        Wide { columns: columns.to_vec(), stages, outcomes, of_deal: Vec::new() }
    }

    /// When a deal came to a stage of its end.
    pub(in crate::records) fn ended(&self, steps: &[Step], outcome: Outcome) -> Option<Moment> {
        let is_end = |step: &&Step| {
            step.passed == Passed::Entered
                && outcome != Outcome::Open
                && self.outcomes[step.stage] == outcome
        };
        steps.iter().filter(is_end).map(|step| step.at).max()
    }

    /// The dates of a row.
    pub(in crate::records) fn read(
        &self,
        cells: &Cells<'_>,
        row: &Row,
    ) -> Result<Vec<Step>, Refusal> {
        let mut steps = Vec::new();
        for column in &self.columns {
            if let Some(at) = cells.date_at(row, column.at)? {
                let stage = self.stages.iter().position(|stage| *stage == column.stage);
                let stage = stage.unwrap_or_default();
                steps.push(Step { stage, passed: column.passed, at });
            }
        }
        Ok(steps)
    }

    /// Keeps the dates of a deal.
    pub(in crate::records) fn keep(&mut self, deal: u32, steps: Vec<Step>) {
        self.of_deal.extend(steps.into_iter().map(|step| (deal, step)));
    }

    /// Adds the visits; a stage in which deals end is their end and no visit.
    pub(in crate::records) fn finish(mut self, deals: &mut Deals) {
        self.of_deal.sort_by_key(|(deal, step)| (*deal, step.at, step.stage));
        for of_one in self.of_deal.chunk_by(|one, other| one.0 == other.0) {
            let at = of_one[0].0;
            let entered: Vec<&Step> = of_one
                .iter()
                .map(|(_, step)| step)
                .filter(|step| step.passed == Passed::Entered)
                .collect();
            for (order, step) in entered.iter().enumerate() {
                if self.outcomes[step.stage] != Outcome::Open {
                    continue;
                }
                let deal = &deals.deals[at as usize];
                let is_exit = |other: &&(u32, Step)| {
                    other.1.passed == Passed::Left
                        && other.1.stage == step.stage
                        && other.1.at >= step.at
                };
                let exit = of_one.iter().find(is_exit).map(|(_, other)| other.at);
                let next = entered.get(order + 1).map(|next| next.at);
                let left = exit.or(next).or(deal.closed.filter(|closed| *closed >= step.at));
                let stage = deals.stages.id(&self.stages[step.stage]);
                let visit =
                    Visit { deal: at, stage, entered: step.at, started: None, left, owner: None };
                deals.visits.push(visit);
            }
        }
    }
}
