//! What a deal owes and has paid of its last sale, and what it has brought so far.

use crate::quantity::{Instant, Money};

/// The account of a deal.
#[derive(Debug, Default)]
pub(in crate::engine) struct Account {
    /// The last sale; none before the first and after it was cancelled.
    pub(in crate::engine) sale: Option<Booked>,
    /// The parts of its amount, in the order of its terms.
    pub(in crate::engine) claims: Vec<Claim>,
    /// What is still owed of sales before it, with the time at which each amount is paid or written off; only where
    /// credit is limited.
    pub(in crate::engine) debts: Vec<(Instant, Money)>,
    /// When the deal was won.
    pub(in crate::engine) won: Option<Instant>,
    /// The part of its cost that its lifetime value knows already.
    pub(in crate::engine) charged: Money,
    /// Margin less cost since it was won, discounted to that time, in hundredths.
    pub(in crate::engine) lifetime: f64,
}

/// A sale in the books.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Booked {
    /// Which sale of the deal it is, from 0.
    pub(in crate::engine) number: u32,
    /// When.
    pub(in crate::engine) at: Instant,
    /// What was booked.
    pub(in crate::engine) amount: Money,
    /// The margin of it.
    pub(in crate::engine) margin: Money,
    /// The commission for it, whenever due.
    pub(in crate::engine) commission: Money,
    /// The case of its terms.
    pub(in crate::engine) case: usize,
}

/// A part of the amount.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Claim {
    /// How much.
    pub(in crate::engine) amount: Money,
    /// The commission that is due with it.
    pub(in crate::engine) commission: Money,
    /// When it is due; [`Instant::NEVER`] before the stage that makes it due.
    pub(in crate::engine) due: Instant,
    /// When it is paid; [`Instant::NEVER`] if it is not.
    pub(in crate::engine) paid: Instant,
}

impl Claim {
    /// Whether the stage that makes it due was reached.
    pub(in crate::engine) fn is_due(&self) -> bool {
        self.due < Instant::NEVER
    }

    /// When nothing of it is owed any more: it is paid, or written off on its due date.
    pub(in crate::engine) fn ends(&self) -> Instant {
        if self.is_paid() { self.paid } else { self.due }
    }

    /// Whether it will be paid.
    pub(in crate::engine) fn is_paid(&self) -> bool {
        self.paid < Instant::NEVER
    }
}

impl Account {
    /// A new deal takes the account.
    pub(in crate::engine) fn clear(&mut self) {
        self.claims.clear();
        self.debts.clear();
        (self.sale, self.won) = (None, None);
        (self.charged, self.lifetime) = (Money::ZERO, 0.0);
    }
}
