//! The books: what a sale means in money, from the sale to the last payment or the cancelling.
//!
//! Observers are told each posting with its date, also where that lies ahead. What is cancelled before that date is posted
//! again with the opposite sign.

use crate::engine::deal::{Account, Booked, Claim, Deal, Token, Trail};
use crate::engine::event::{Observer, Posting};
use crate::engine::walker::Walker;
use crate::program::{Exit, Program, StageId, Term, Terms};
use crate::quantity::{Instant, Money, nearest};

/// The account of a deal and what its postings refer to.
struct Books<'a, O> {
    program: &'a Program,
    terms: &'a Terms,
    deal: &'a Deal,
    account: &'a mut Account,
    observer: &'a mut O,
}

/// Books a sale that is made now.
pub(in crate::engine) fn book<O: Observer>(
    program: &Program,
    amount: Money,
    trail: Trail<'_>,
    walker: &Walker,
    observer: &mut O,
) {
    open(program, trail, &walker.deal, observer, |books| {
        books.settle(Instant::NEVER);
        let facts = || walker.facts(&[]);
        let case = books.terms.cases.position(&program.calendar, facts);
        books.book(amount, case, walker.token.now);
    });
}

/// What the credit limit of a client says of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Credit {
    /// It can be entered at this time, which is now or when enough is paid.
    From(Instant),
    /// It will never fit: the deal takes this exit.
    Refused(Exit),
}

/// When a sale of this amount fits the credit limit of its terms: what the client owes of earlier sales, and this sale
/// without what is paid in advance, must not exceed the limit.
pub(in crate::engine) fn credit(
    program: &Program,
    amount: Money,
    trail: Trail<'_>,
    walker: &Walker,
) -> Credit {
    let now = walker.token.now;
    let (Some(account), Some(terms)) = (trail.account(), &program.terms) else {
        return Credit::From(now);
    };
    let Some(credit) = terms.cases.pick(&program.calendar, || walker.facts(&[])).credit else {
        return Credit::From(now);
    };
    let free = credit.limit.0 - nearest(amount.0 as f64 * credit.counted);
    let account = account.borrow();
    let claims = account.claims.iter().map(|claim| (claim.ends(), claim.amount));
    let mut debts: Vec<(Instant, Money)> = claims.chain(account.debts.iter().copied()).collect();
    debts.retain(|(until, _)| *until > now);
    debts.sort_unstable_by_key(|(until, _)| *until);
    let mut owed: i64 = debts.iter().map(|(_, amount)| amount.0).sum();
    let mut from = now;
    for (until, amount) in debts {
        if owed <= free {
            break;
        }
        owed -= amount.0;
        from = until;
    }
    if owed <= free && from < Instant::NEVER {
        Credit::From(from)
    } else {
        Credit::Refused(credit.refusal)
    }
}

/// A deal enters a stage that makes payments due.
pub(in crate::engine) fn reach<O: Observer>(
    program: &Program,
    trail: Trail<'_>,
    walker: &Walker,
    observer: &mut O,
) {
    let (stage, now) = (walker.token.stage, walker.token.now);
    open(program, trail, &walker.deal, observer, |books| books.fall_due(Some(stage), now));
}

/// When the payments are made that a stage waits for; not before now.
pub(in crate::engine) fn paid(program: &Program, trail: Trail<'_>, token: &Token) -> Instant {
    let (Some(account), Some(terms)) = (trail.account(), &program.terms) else {
        return token.now;
    };
    let account = account.borrow();
    let parts = account.sale.iter().flat_map(|sale| &terms.cases.case(sale.case).parts);
    let claims = parts.zip(&account.claims);
    let awaited = claims.filter(|(part, claim)| {
        part.before == Some(token.stage) && claim.is_due() && claim.is_paid()
    });
    awaited.map(|(_, claim)| claim.paid).fold(token.now, Instant::max)
}

/// The last sale of a deal is taken back.
pub(in crate::engine) fn cancel<O: Observer>(
    program: &Program,
    trail: Trail<'_>,
    walker: &Walker,
    observer: &mut O,
) {
    open(program, trail, &walker.deal, observer, |books| books.cancel(walker.token.now));
}

/// Costs up to now count in the lifetime value.
#[inline]
pub(in crate::engine) fn charge(program: &Program, trail: Trail<'_>, deal: &Deal, now: Instant) {
    if let (Some(terms), Some(account)) = (&program.terms, trail.account()) {
        account.borrow_mut().charge(terms, deal, now);
    }
}

/// A deal leaves, or the window ends.
pub(in crate::engine) fn close<O: Observer>(
    program: &Program,
    trail: Trail<'_>,
    walker: &Walker,
    ends: bool,
    observer: &mut O,
) {
    open(program, trail, &walker.deal, observer, |books| {
        books.settle(Instant::NEVER);
        books.account.charge(books.terms, &walker.deal, walker.token.now);
        if ends && books.account.won.is_some() {
            books.observer.matures(&walker.deal, Money(books.account.lifetime.round() as i64));
        }
    });
}

/// Opens the books of a deal, if any are kept.
fn open<O: Observer>(
    program: &Program,
    trail: Trail<'_>,
    deal: &Deal,
    observer: &mut O,
    act: impl FnOnce(&mut Books<'_, O>),
) {
    if let (Some(account), Some(terms)) = (trail.account(), &program.terms) {
        let account = &mut *account.borrow_mut();
        act(&mut Books { program, terms, deal, account, observer });
    }
}

impl Account {
    /// What the deal has cost since it was won counts from now on.
    fn charge(&mut self, terms: &Terms, deal: &Deal, now: Instant) {
        let more = deal.cost.0 - self.charged.0;
        self.charged = deal.cost;
        if let Some(won) = self.won {
            self.lifetime -= more as f64 * terms.worth((now - won).0);
        }
    }
}

impl<O: Observer> Books<'_, O> {
    fn post(&mut self, at: Instant, posting: Posting, amount: i64) {
        if amount != 0 {
            self.observer.posts(self.deal, at, posting, Money(amount));
        }
    }

    /// Income, or cost with a minus, at a time.
    fn earn(&mut self, at: Instant, amount: i64) {
        if let Some(won) = self.account.won {
            self.account.lifetime += amount as f64 * self.terms.worth((at - won).0);
        }
    }

    fn term(&self, case: usize) -> &Term {
        self.terms.cases.case(case)
    }

    fn book(&mut self, amount: Money, case: usize, now: Instant) {
        if self.account.won.is_none() {
            self.account.charge(self.terms, self.deal, now);
            self.account.won = Some(now);
        }
        let term = self.term(case);
        let share = |of: f64| Money(nearest(amount.0 as f64 * of));
        let (margin, commission) = (share(term.margin), share(term.commission.share));
        let on_payment = term.commission.on_payment;
        let claim = |(amount, commission)| {
            let (due, paid) = (Instant::NEVER, Instant::NEVER);
            Claim { amount, commission, due, paid }
        };
        let later = if on_payment { commission } else { Money::ZERO };
        let claims: Vec<Claim> =
            term.parts_of(amount).zip(term.parts_of(later)).map(claim).collect();
        if self.terms.limits_credit {
            let earlier = std::mem::take(&mut self.account.claims);
            let debts = earlier.iter().map(|claim| (claim.ends(), claim.amount));
            self.account.debts.extend(debts);
            self.account.debts.retain(|(until, _)| *until > now);
        }
        self.account.claims = claims;
        let number = self.deal.sales;
        self.account.sale = Some(Booked { number, at: now, amount, margin, commission, case });
        self.post(now, Posting::Margin, margin.0);
        self.earn(now, margin.0);
        if !on_payment {
            self.post(now, Posting::Commission, commission.0);
            self.earn(now, -commission.0);
        }
        self.post(now, Posting::Owed, amount.0);
        self.fall_due(None, now);
        self.call_for(now, 1);
    }

    /// The parts that a stage, or the sale, makes due.
    fn fall_due(&mut self, stage: Option<StageId>, now: Instant) {
        let Some(sale) = self.account.sale else { return };
        let parts = &self.terms.cases.case(sale.case).parts;
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.at == stage) {
            let mut claim = self.account.claims[at];
            if claim.is_due() {
                continue;
            }
            let (key, number) = (self.deal.key, u64::from(sale.number));
            let after = part.after.as_ref().map_or(now, |d| d.end(self.program, now, key, number));
            let by_months = |at: Instant| match part.months {
                0 => at,
                months => self.program.calendar.months_later(at, months),
            };
            claim.due = by_months(after).later(part.offset);
            let never = |(limit, address): (u64, crate::random::key::Address)| {
                key.word(address.visit(number)) < limit
            };
            if !part.unpaid.is_some_and(never) {
                let late = part.late.as_ref();
                claim.paid =
                    late.map_or(claim.due, |d| d.end(self.program, claim.due, key, number));
            }
            self.account.claims[at] = claim;
            self.expect(claim, 1);
        }
    }

    /// Posts what will become of a claim; with -1, takes that back.
    fn expect(&mut self, claim: Claim, sign: i64) {
        let (due, paid, amount) = (claim.due, claim.paid, claim.amount.0 * sign);
        if !claim.is_paid() {
            self.post(due, Posting::Unpaid, amount);
            self.post(due, Posting::Owed, -amount);
            return;
        }
        self.receive(claim, sign);
        if paid > due {
            self.post(due, Posting::Overdue, amount);
            self.post(paid, Posting::Overdue, -amount);
        }
    }

    fn receive(&mut self, claim: Claim, sign: i64) {
        let (paid, amount, commission) =
            (claim.paid, claim.amount.0 * sign, claim.commission.0 * sign);
        self.post(paid, Posting::Received, amount);
        self.post(paid, Posting::Owed, -amount);
        self.post(paid, Posting::Commission, commission);
        self.earn(paid, -commission);
    }

    /// What the sale calls for; with -1, what it would have called for from now on is taken back.
    fn call_for(&mut self, now: Instant, sign: i64) {
        let Some(sale) = self.account.sale else { return };
        let (key, number) = (self.deal.key, u64::from(sale.number));
        for demand in &self.terms.cases.case(sale.case).demand {
            let word = key.word(demand.amount.address.visit(number));
            let amount = nearest(demand.amount.inverse.at(word));
            let after = demand.after.as_ref();
            let at = after.map_or(sale.at, |d| d.end(self.program, sale.at, key, number));
            if sign > 0 || at > now {
                self.observer.calls_for(self.deal, at, demand.item, amount * sign);
            }
        }
    }

    /// Tells when the sale was paid in full, if it was by then.
    fn settle(&mut self, by: Instant) {
        let Some(sale) = self.account.sale else { return };
        let claims = &self.account.claims;
        let last = claims.iter().map(|claim| claim.paid).max().unwrap_or(Instant::NEVER);
        if last < Instant::NEVER && last <= by {
            self.observer.settles(self.deal, sale.at, last);
        }
    }

    fn cancel(&mut self, now: Instant) {
        self.settle(now);
        let Some(sale) = self.account.sale else { return };
        let term = self.term(sale.case);
        let (keeps, on_payment) = (term.keeps, term.commission.on_payment);
        let claims = std::mem::take(&mut self.account.claims);
        let (mut received, mut written_off) = (0, 0);
        let mut commission = if on_payment { 0 } else { sale.commission.0 };
        for claim in claims.iter().filter(|claim| claim.is_due()) {
            match (claim.is_paid(), claim.paid <= now, claim.due <= now) {
                (true, true, _) => {
                    received += claim.amount.0;
                    commission += claim.commission.0;
                }
                (true, false, true) => {
                    // Past due: what is owed ends now, and so does the delay.
                    self.receive(*claim, -1);
                    self.post(claim.paid, Posting::Overdue, claim.amount.0);
                    self.post(now, Posting::Overdue, -claim.amount.0);
                }
                (false, _, true) => written_off += claim.amount.0,
                (_, _, false) => self.expect(*claim, -1),
            }
        }
        self.call_for(now, -1);
        let kept = (received as f64 * keeps).round() as i64;
        self.post(now, Posting::Cancelled, sale.amount.0);
        self.post(now, Posting::Owed, -(sale.amount.0 - received - written_off));
        self.post(now, Posting::Unpaid, -written_off);
        self.post(now, Posting::Refunded, received - kept);
        self.post(now, Posting::Kept, kept);
        self.post(now, Posting::Margin, kept - sale.margin.0);
        self.post(now, Posting::Commission, -commission);
        self.earn(now, kept - sale.margin.0 + commission);
        self.account.sale = None;
    }
}
