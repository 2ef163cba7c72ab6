//! The addresses of all draws that a model can make, for tests of their independence.

use super::{Action, AttributeDraw, Delay, Entry, Next, Program, Sale, Stage};
use crate::random::key::Address;

impl Program {
    /// Returns the address of every draw of the model, each once, in no particular order.
    pub fn addresses(&self) -> Vec<Address> {
        let mut found = Vec::new();
        for source in &self.sources {
            found.push(source.gap_address);
            found.extend(attributes(&source.draws));
        }
        found.extend(attributes(&self.arrival_draws));
        found.extend(self.value.iter().flat_map(|value| value.iter().map(|draw| draw.address)));
        self.stages.iter().for_each(|stage| of_stage(stage, &mut found));
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn of_stage(stage: &Stage, found: &mut Vec<Address>) {
    found.push(stage.next_address);
    stage.entry.iter().for_each(|entry| of_entry(entry, found));
    stage.next.iter().for_each(|next| of_branches(next, found));
    stage.limit.iter().for_each(|(_, next)| of_branches(next, found));
    if let Some(Sale::Own(amount)) = &stage.sale {
        found.push(amount.address);
    }
}

fn of_entry(entry: &Entry, found: &mut Vec<Address>) {
    for step in &entry.steps {
        match &step.action {
            Action::Wait(draw) | Action::Delay(Delay { draw, .. }) => found.push(draw.address),
            Action::Work(work) => found.push(work.time.address),
            Action::Until(_) | Action::Sell | Action::AwaitPayment => {}
        }
    }
    if let Some(patience) = &entry.patience {
        found.extend([patience.time.draw.address, patience.next_address]);
        of_branches(&patience.next, found);
    }
    found.extend(attributes(&entry.draws));
    found.extend(entry.value.iter().map(|value| value.address));
}

fn of_branches(next: &Next, found: &mut Vec<Address>) {
    let delays = next.branches.iter().filter_map(|branch| branch.after.as_ref());
    found.extend(delays.map(|after| after.draw.address));
}

fn attributes(draws: &[AttributeDraw]) -> impl Iterator<Item = Address> {
    draws.iter().map(|draw| draw.address)
}
