//! A compiled stage: what a visit draws, does and costs, and where it leads.

use super::{AttributeDraw, Choice, Delay, Exit, Feature, Features, Patience, Sla, Work};
use crate::model::{Category, Moment, Phase};
use crate::quantity::{Duration, Money};
use crate::random::distribution::Distribution;
use crate::random::inverse::Inverse;
use crate::random::key::Address;

/// A compiled stage.
#[derive(Debug)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// What to print.
    pub title: String,
    /// Lead, deal, order, client.
    pub phase: Phase,
    /// What a visit draws and costs, chosen on entry.
    pub entry: Choice<Entry>,
    /// The branches, chosen when the deal leaves.
    pub next: Choice<Next>,
    /// Purpose of the draw of the branch.
    pub next_address: Address,
    /// Most visits of a round, and the branches instead of a further one.
    pub limit: Option<(u64, Next)>,
    /// What a sale books.
    pub sale: Option<Sale>,
    /// The promised time of a visit.
    pub sla: Option<Sla>,
    /// Costs are rolled up by it.
    pub category: Option<Category>,
    /// Where its visits may lead, in order, those of deals that lose patience included.
    pub exits: Vec<Exit>,
    /// Where its visits are counted, if it lies on a loop.
    pub counter: Option<u16>,
    /// Whether its variants look at queues that can be there.
    pub watches: bool,
    /// What a visit uses.
    pub features: Features,
    /// Whether a visit is no more than its steps: nothing is drawn, sold, limited or looked at.
    pub plain: bool,
    /// Whether it may be a deal's first stage of phase `deal` or later.
    pub qualifies: bool,
}

impl Stage {
    /// Whether deals in it are deals: of phase `deal` or later.
    pub fn is_deal(&self) -> bool {
        self.phase >= Phase::Deal
    }

    /// Whether deals in it may still be won for the first time.
    pub fn is_before_sale(&self) -> bool {
        self.phase <= Phase::Deal && self.sale.is_none()
    }

    /// What a stage whose visits are no more than their steps may use.
    pub(super) const OF_STEPS: Features = Features::WAITS
        .union(Features::LONG_BRANCHES)
        .union(Features::BY_STATE)
        .union(Features::BY_HISTORY)
        .union(Features::PEOPLE)
        .with(&[Feature::StepCost, Feature::Sla]);

    /// Whether a visit may cost something, beside work by the hour.
    pub fn costs(&self) -> bool {
        let steps = |entry: &Entry| entry.steps.iter().any(|step| step.cost != Money::ZERO);
        self.entry.iter().any(|entry| entry.cost != Money::ZERO || steps(entry))
    }

    /// All work that a visit may ask for.
    pub fn works(&self) -> impl Iterator<Item = &Work> {
        let steps = self.entry.iter().flat_map(|entry| &entry.steps);
        steps.filter_map(
            |step| if let Action::Work(work) = &step.action { Some(work) } else { None },
        )
    }

    /// What a visit of one step uses that is no more than this step, before a way out that takes no time.
    const OF_ONE_STEP: Features = Features::of(&[Feature::Wait, Feature::Sla]);

    /// The wait of a stage at which deals only wait: one step, no variants, nothing that is sold or drawn, no branch
    /// that takes time. Such stages are walked faster.
    pub fn only_wait(&self) -> Option<(&Entry, &Draw)> {
        let entry = self.entry.only().filter(|_| Stage::OF_ONE_STEP.support(self.features))?;
        self.next.only()?;
        match entry.steps.as_slice() {
            [Step { action: Action::Wait(wait), .. }] => Some((entry, wait)),
            _ => None,
        }
    }
}

/// What happens from entry on.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Cost of the visit.
    pub cost: Money,
    /// Work and waits in their order.
    pub steps: Vec<Step>,
    /// How long the deal stays in a queue.
    pub patience: Option<Patience>,
    /// Attributes that become known.
    pub draws: Vec<AttributeDraw>,
    /// A new value.
    pub value: Option<Draw>,
}

/// Work or a wait, with its cost.
#[derive(Debug, Clone)]
pub struct Step {
    /// What happens.
    pub action: Action,
    /// Paid when it begins.
    pub cost: Money,
}

impl Step {
    /// Whether somebody works in it.
    pub fn is_work(&self) -> bool {
        matches!(self.action, Action::Work(_))
    }
}

/// What happens in a step.
#[derive(Debug, Clone)]
pub enum Action {
    /// A wait by the clock, in microseconds.
    Wait(Draw),
    /// A wait of working time.
    Delay(Delay),
    /// A wait for a time of day.
    Until(Moment),
    /// Somebody works.
    Work(Work),
}

/// A distribution with the purpose of its draw.
#[derive(Debug, Clone)]
pub struct Draw {
    /// The inverse table.
    pub inverse: Inverse,
    /// Purpose.
    pub address: Address,
    /// What the table was made from.
    pub distribution: Distribution,
}

impl Draw {
    /// The value of a word, given that the value exceeds the time already spent.
    pub fn given(&self, word: u64, spent: Duration) -> f64 {
        let p = (word as f64 + 0.5) / 18_446_744_073_709_551_616.0;
        self.distribution.quantile_given(spent.0 as f64, p)
    }
}

/// A short cumulative table of branches.
#[derive(Debug, Clone)]
pub struct Next {
    /// Words at or above a threshold lead further down the list; one less than branches.
    pub thresholds: Vec<u64>,
    /// Where each leads, and how long that takes.
    pub branches: Vec<Branch>,
    /// The same for few branches, without a branch of the processor to predict.
    few: Option<Few>,
}

/// Up to four branches, filled up with some that no word leads to.
#[derive(Debug, Clone, Copy)]
struct Few {
    /// The last word that leads to each branch but the last one.
    lasts: [u64; 3],
    exits: [Exit; 4],
}

impl Few {
    fn of(thresholds: &[u64], branches: &[Branch]) -> Option<Few> {
        let (mut lasts, mut exits) = ([u64::MAX; 3], [Exit(0); 4]);
        if branches.is_empty() || thresholds.len() > lasts.len() || thresholds.contains(&0) {
            return None;
        }
        lasts.iter_mut().zip(thresholds).for_each(|(last, threshold)| *last = threshold - 1);
        exits.iter_mut().zip(branches).for_each(|(exit, branch)| *exit = branch.exit);
        Some(Few { lasts, exits })
    }

    #[inline(always)]
    fn position(&self, word: u64) -> usize {
        self.lasts.iter().map(|last| usize::from(word > *last)).sum()
    }
}

impl Next {
    /// Branches with the thresholds between them.
    pub(super) fn new(thresholds: Vec<u64>, branches: Vec<Branch>) -> Next {
        Next { few: Few::of(&thresholds, &branches), thresholds, branches }
    }

    /// The number of a word's branch: how many thresholds lie at or below it.
    #[inline]
    pub fn position(&self, word: u64) -> usize {
        match &self.few {
            Some(few) => few.position(word),
            None => self.thresholds.iter().map(|limit| usize::from(word >= *limit)).sum(),
        }
    }

    /// The branch of a word.
    #[inline]
    pub fn choose(&self, word: u64) -> &Branch {
        &self.branches[self.position(word)]
    }

    /// Where the branch of a word leads.
    #[inline]
    pub fn exit(&self, word: u64) -> Exit {
        match &self.few {
            Some(few) => few.exits[few.position(word) % 4],
            None => self.choose(word).exit,
        }
    }
}

/// A way out.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Where.
    pub exit: Exit,
    /// The client's time before it.
    pub after: Option<Delay>,
}

/// What a sale books.
#[derive(Debug)]
pub enum Sale {
    /// The deal's value, drawn anew afterwards.
    Value,
    /// The deal's value, which stays.
    Same,
    /// An amount of its own.
    Own(Draw),
}
