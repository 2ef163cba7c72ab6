//! Compiled terms of sales: margin, commission, payments, and what a sale calls for.

use super::{Choice, Delay, Draw, Exit, Program, Sla, StageId};
use crate::calendar::Calendar;
use crate::program::Target;
use crate::quantity::{Instant, MINOR_UNITS, Money};
use crate::random::key::Address;

/// What sales mean in money.
#[derive(Debug)]
pub struct Terms {
    /// The case of a sale, chosen when it is booked.
    pub cases: Choice<Term>,
    /// Whether the model states terms; else only what is cancelled must be known.
    pub given: bool,
    /// Whether every sale has a margin.
    pub has_margin: bool,
    /// Whether any case limits what clients may owe.
    pub limits_credit: bool,
    /// What sales call for.
    pub items: Vec<Item>,
    /// The factor per day by which later money is worth less.
    pub discount: f64,
}

/// The terms of a sale.
#[derive(Debug, Clone)]
pub struct Term {
    /// The margin as a share of the amount.
    pub margin: f64,
    /// What the seller earns.
    pub commission: Commission,
    /// When the amount is paid; at least one part.
    pub parts: Vec<Part>,
    /// What the sale calls for.
    pub demand: Vec<Demand>,
    /// The share of what was received that stays when the sale is cancelled.
    pub keeps: f64,
    /// How much a client may owe.
    pub credit: Option<Credit>,
}

/// How much a client may owe, and the way of a sale that exceeds it alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Credit {
    /// The limit.
    pub limit: Money,
    /// The share of a sale that counts: what is not paid in advance.
    pub counted: f64,
    /// The loss of a sale that would never fit.
    pub refusal: Exit,
}

/// What the seller earns by a sale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Commission {
    /// The share of the amount; of the margin where that is meant, both multiplied.
    pub share: f64,
    /// Whether it is due when money comes in.
    pub on_payment: bool,
}

/// A part of the amount.
#[derive(Debug, Clone)]
pub struct Part {
    /// The share of the amount that this part and those before it make up.
    pub upto: f64,
    /// The stage that makes it due; `None`: the sale.
    pub at: Option<StageId>,
    /// The stage that waits until it is paid.
    pub before: Option<StageId>,
    /// When it is due, from then on.
    pub after: Option<Delay>,
    /// … and so many whole months later: the time between instalments.
    pub months: i64,
    /// … and so many microseconds.
    pub offset: i64,
    /// How much later than due it is paid.
    pub late: Option<Delay>,
    /// It is never paid where the word at the address is below the threshold.
    pub unpaid: Option<(u64, Address)>,
}

/// What a sale calls for.
#[derive(Debug, Clone)]
pub struct Demand {
    /// The index of the item.
    pub item: usize,
    /// How much, in hundredths of its unit.
    pub amount: Draw,
    /// When, after the sale.
    pub after: Option<Delay>,
}

/// A thing that sales call for.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// The months that a lot must last.
    pub lot_months: i8,
    /// How much of it there is.
    pub capacity: Option<Target>,
}

impl Item {
    /// Whether more is called for than there is; rounding aside.
    pub fn is_short(amount: f64, there: f64) -> bool {
        amount > there * (1.0 + 1e-9)
    }
}

impl Term {
    /// The amounts of the parts, which sum to the amount.
    pub fn parts_of(&self, amount: Money) -> impl Iterator<Item = Money> {
        let upto = move |share: f64| (amount.0 as f64 * share).round() as i64;
        let mut before = 0;
        let count = self.parts.len();
        self.parts.iter().enumerate().map(move |(at, part)| {
            let end = if at + 1 == count { amount.0 } else { upto(part.upto) };
            Money(end - std::mem::replace(&mut before, end))
        })
    }
}

impl Terms {
    /// Whether any sale earns a commission.
    pub fn pays_commission(&self) -> bool {
        self.cases.iter().any(|term| term.commission.share > 0.0)
    }

    /// The worth of money at this distance from the first sale, in microseconds.
    pub fn worth(&self, later: i64) -> f64 {
        if self.discount == 1.0 {
            return 1.0;
        }
        libm::pow(self.discount, later.max(0) as f64 / crate::quantity::DAY_MICROS as f64)
    }
}

/// A time that is promised from one stage to another.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Its name.
    pub name: String,
    /// The stage whose first entry it counts from.
    pub from: StageId,
    /// The stage that a deal should have entered by then.
    pub to: StageId,
    /// Within how long.
    pub within: Sla,
}

/// Costs that no deal causes.
#[derive(Debug, Default)]
pub struct Costs {
    /// Overheads.
    pub running: Vec<Running>,
    /// Amounts on one day.
    pub once: Vec<Once>,
}

/// Overheads of one kind.
#[derive(Debug, Clone)]
pub struct Running {
    /// Its name.
    pub name: String,
    /// How much.
    pub rate: Target,
    /// From when on.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
}

/// An amount on one day.
#[derive(Debug, Clone)]
pub struct Once {
    /// Its name.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// When.
    pub on: Instant,
}

impl Costs {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.running.is_empty() && self.once.is_empty()
    }

    /// Overheads between two instants, in the currency.
    pub fn overheads(&self, calendar: &Calendar, from: Instant, until: Instant) -> f64 {
        let of = |cost: &Running| {
            let (from, until) = (from.max(cost.from), until.min(cost.until));
            if from < until { cost.rate.over(calendar, from, until) } else { 0.0 }
        };
        self.running.iter().map(of).sum()
    }

    /// Amounts that fall on days between two instants, in the currency.
    pub fn one_off(&self, from: Instant, until: Instant) -> f64 {
        let inside = self.once.iter().filter(|once| from <= once.on && once.on < until);
        inside.map(|once| once.amount.units()).sum()
    }
}

impl Program {
    /// Costs between two instants that no deal causes, in the currency: salaries, overheads, one-off amounts, the
    /// roll-out, and the investment of the scenario, which falls on the start of the window.
    pub fn standing_cost(&self, from: Instant, until: Instant) -> f64 {
        self.salaries(from, until)
            + self.costs.overheads(&self.calendar, from, until)
            + self.one_off_cost(from, until)
            + self.rollout_cost(from, until)
    }

    /// One-off amounts between two instants, in the currency, the investment of the scenario included.
    pub fn one_off_cost(&self, from: Instant, until: Instant) -> f64 {
        let start = self.window.start;
        let invests = from <= start && start < until;
        self.costs.one_off(from, until) + if invests { self.investment.units() } else { 0.0 }
    }

    /// What people are paid between two instants whether busy or not, in the currency.
    pub fn salaries(&self, from: Instant, until: Instant) -> f64 {
        let monthly: f64 = self.people.iter().map(|p| p.salary * p.count as f64).sum();
        if monthly == 0.0 {
            return 0.0;
        }
        monthly * self.calendar.months(from, until) / MINOR_UNITS
    }

    /// Whether all costs are caused by deals on their way: no salaries, commission, overheads or one-off costs.
    pub fn costs_only_by_deals(&self) -> bool {
        self.people.iter().all(|person| person.salary == 0.0)
            && !self.terms.as_ref().is_some_and(Terms::pays_commission)
            && !self.has_standing_costs()
    }

    /// Whether it has overheads, one-off costs, a roll-out or an investment.
    pub fn has_standing_costs(&self) -> bool {
        !self.costs.is_empty() || self.rollout.is_some() || self.investment != Money::ZERO
    }

    /// The terms of all sales, where they are the same for all and no sale is cancelled.
    pub fn only_terms(&self) -> Option<&Term> {
        let terms = self.terms.as_ref().filter(|terms| terms.given)?;
        terms.cases.only().filter(|_| self.cancellations.is_empty())
    }

    /// Whether its sales or its department have money matters beside values and costs of deals.
    pub fn has_books(&self) -> bool {
        self.terms.is_some() || self.has_standing_costs()
    }

    /// Whether every sale has a margin, so that profit is known.
    pub fn has_margin(&self) -> bool {
        self.terms.as_ref().is_some_and(|terms| terms.has_margin)
    }

    /// The items that sales call for.
    pub fn items(&self) -> &[Item] {
        self.terms.as_ref().map_or(&[], |terms| &terms.items)
    }
}
