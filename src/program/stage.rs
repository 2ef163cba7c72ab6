//! A compiled stage: what a visit draws, does and costs, and where it leads.

use super::{AttributeDraw, Choice, Delay, Exit, Feature, Features, Patience, Sla, Varying, Work};
use crate::model::{Category, Moment, Phase, Satisfaction};
use crate::quantity::{Duration, Money};
use crate::random::distribution::Distribution;
use crate::random::inverse::Inverse;
use crate::random::key::{Address, DealKey};

/// A compiled stage.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a property that a walk may rely on
pub struct Stage {
    /// Its name.
    pub name: String,
    /// The label to print.
    pub title: String,
    /// Lead, deal, order, client.
    pub phase: Phase,
    /// What a visit draws and costs, chosen on entry.
    pub entry: Choice<Entry>,
    /// The branches, chosen when the deal leaves.
    pub next: Choice<Next>,
    /// Address of the draw of the branch.
    pub next_address: Address,
    /// The greatest number of visits per round, and the branches instead of a further one.
    pub limit: Option<(u64, Next)>,
    /// What a sale books.
    pub sale: Option<Sale>,
    /// Whether entering it makes payments due.
    pub collects: bool,
    /// The losses of sales here that a credit limit refuses; empty where none applies.
    pub refusals: Vec<Exit>,
    /// The promised time of a visit.
    pub sla: Option<Sla>,
    /// The cost category.
    pub category: Option<Category>,
    /// The exits of its visits, sorted; they include those of deals that lose patience.
    pub exits: Vec<Exit>,
    /// The counter of its visits; `None` if it lies on no loop.
    pub counter: Option<u16>,
    /// Whether its variants look at the queue of a limited role.
    pub watches: bool,
    /// Address of the draw whether a visit follows the prescribed process; `None` if no variant
    /// asks.
    pub followed: Option<Address>,
    /// What a visit does to the satisfaction of the client.
    pub satisfaction: Option<Satisfaction>,
    /// The features that a visit uses.
    pub features: Features,
    /// Whether a visit consists only of its steps, without draws, sales, limits or conditions.
    pub plain: bool,
    /// Whether it may be a deal's first stage of phase `deal` or later.
    pub qualifies: bool,
}

impl Stage {
    /// Whether it has phase `deal` or later.
    pub fn is_deal(&self) -> bool {
        self.phase >= Phase::Deal
    }

    /// Whether a deal in it may still make its first sale.
    pub fn is_before_sale(&self) -> bool {
        self.phase <= Phase::Deal && self.sale.is_none()
    }

    /// The features that a [`plain`](Stage::plain) stage may use.
    pub(super) const OF_STEPS: Features = Features::WAITS
        .union(Features::LONG_BRANCHES)
        .union(Features::BY_STATE)
        .union(Features::BY_HISTORY)
        .union(Features::PEOPLE)
        .with(&[Feature::StepCost, Feature::Sla]);

    /// Whether a visit may cost something, besides work by the hour.
    pub fn costs(&self) -> bool {
        let steps = |entry: &Entry| entry.steps.iter().any(|step| step.cost != Money::ZERO);
        let costs =
            |entry: &Entry| entry.cost != Money::ZERO || entry.cost_share != 0.0 || steps(entry);
        self.entry.iter().any(costs)
    }

    /// The branches of its visits, those of deals that lose patience included.
    pub fn ways(&self) -> impl Iterator<Item = &Branch> {
        let reneging = self.entry.iter().filter_map(|entry| entry.patience.as_ref());
        let all = self.next.iter().chain(reneging.map(|patience| &patience.next));
        all.flat_map(|next| &next.branches)
    }

    /// All work steps that a visit may take.
    pub fn works(&self) -> impl Iterator<Item = &Work> {
        let steps = self.entry.iter().flat_map(|entry| &entry.steps);
        steps.filter_map(
            |step| if let Action::Work(work) = &step.action { Some(work) } else { None },
        )
    }

    /// The features of a visit that is one wait, before a branch that takes no time.
    const OF_ONE_STEP: Features = Features::of(&[Feature::Wait, Feature::Sla]);

    /// The wait of a stage with a single wait: no variants, sales or draws, and no branch that
    /// takes time. Such stages have a faster walk.
    pub fn only_wait(&self) -> Option<(&Entry, &Draw)> {
        let entry = self.entry.only().filter(|_| Stage::OF_ONE_STEP.support(self.features))?;
        self.next.only()?;
        match entry.steps.as_slice() {
            [Step { action: Action::Wait(wait), .. }] => Some((entry, wait)),
            _ => None,
        }
    }
}

/// What happens on entry and in the visit.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Cost of the visit.
    pub cost: Money,
    /// Cost of the visit as a share of the deal's value.
    pub cost_share: f64,
    /// Work and waits in their order.
    pub steps: Vec<Step>,
    /// How long the deal waits in a queue before it leaves.
    pub patience: Option<Patience>,
    /// Attributes drawn on entry.
    pub draws: Vec<AttributeDraw>,
    /// A new value drawn on entry.
    pub value: Option<Draw>,
}

impl Entry {
    /// How many steps come before those that the model states: the sale and the wait for its payment.
    pub fn money_steps(&self) -> u16 {
        let of_money = |step: &&Step| matches!(step.action, Action::Sell | Action::AwaitPayment);
        self.steps.iter().take_while(of_money).count() as u16
    }
}

/// Work or a wait, with its cost.
#[derive(Debug, Clone)]
pub struct Step {
    /// What happens.
    pub action: Action,
    /// Cost at its start.
    pub cost: Money,
}

impl Step {
    /// Whether it is work.
    pub fn is_work(&self) -> bool {
        matches!(self.action, Action::Work(_))
    }
}

/// What happens in a step.
#[derive(Debug, Clone)]
pub enum Action {
    /// A wait in elapsed time, in microseconds.
    Wait(Draw),
    /// A wait in working time.
    Delay(Delay),
    /// A wait for a time of day.
    Until(Moment),
    /// The sale of the stage, as soon as the credit limit of the client allows it.
    Sell,
    /// A wait for the payments that must be made before this stage.
    AwaitPayment,
    /// Work of a person.
    Work(Work),
}

/// A distribution with the address of its draw.
#[derive(Debug, Clone)]
pub struct Draw {
    /// The inverse table.
    pub inverse: Inverse,
    /// The address.
    pub address: Address,
    /// The distribution that the table was made from.
    pub distribution: Distribution,
}

impl Draw {
    /// The value for a word, given that the value exceeds the time already spent.
    pub fn given(&self, word: u64, spent: Duration) -> f64 {
        let p = (word as f64 + 0.5) / 18_446_744_073_709_551_616.0;
        self.distribution.quantile_given(spent.0 as f64, p)
    }
}

/// Branches with a short cumulative table.
#[derive(Debug, Clone)]
pub struct Next {
    /// Each threshold at or below a word moves it one branch further; one fewer than branches.
    pub thresholds: Vec<u64>,
    /// The exit of each branch, and its delay.
    pub branches: Vec<Branch>,
    /// The same for few branches, searched without conditional jumps.
    few: Option<Few>,
    /// The branch whose chance varies, if there is one; thresholds are those of the means.
    varying: Option<Box<Varying>>,
}

/// Up to four branches; unused entries are never chosen.
#[derive(Debug, Clone, Copy)]
struct Few {
    /// The greatest word of each branch but the last one.
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
        Next { few: Few::of(&thresholds, &branches), thresholds, branches, varying: None }
    }

    /// The same with a branch whose chance varies.
    pub(super) fn with_varying(self, varying: Option<Varying>) -> Next {
        Next { varying: varying.map(Box::new), ..self }
    }

    /// The branch whose chance varies.
    pub fn varying(&self) -> Option<&Varying> {
        self.varying.as_deref()
    }

    /// The index of the branch of a word: the number of thresholds at or below it.
    #[inline]
    pub fn position(&self, word: u64) -> usize {
        match &self.few {
            Some(few) => few.position(word),
            None => self.thresholds.iter().map(|limit| usize::from(word >= *limit)).sum(),
        }
    }

    /// The branch that a word chooses.
    #[inline]
    pub fn choose(&self, word: u64) -> &Branch {
        &self.branches[self.position(word)]
    }

    /// The branch that a word of a deal chooses in a replication, whose chance may vary between them.
    #[inline]
    pub fn choose_for(&self, word: u64, run: DealKey, deal: DealKey) -> &Branch {
        match &self.varying {
            None => self.choose(word),
            Some(varying) => self.choose(varying.turn(word, run, deal)),
        }
    }

    /// The exit that a word chooses.
    #[inline]
    pub fn exit(&self, word: u64) -> Exit {
        match &self.few {
            Some(few) => few.exits[few.position(word) % 4],
            None => self.choose(word).exit,
        }
    }
}

/// A branch.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Where it leads.
    pub exit: Exit,
    /// Client time before the transition.
    pub after: Option<Delay>,
}

/// What a sale books.
#[derive(Debug)]
pub enum Sale {
    /// The deal's value; a new value is drawn afterwards.
    Value,
    /// The deal's value, which is kept.
    Same,
    /// An amount of its own.
    Own(Draw),
}
