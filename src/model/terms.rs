//! `terms` and `capacity`: what a sale means in money, when it is paid, and the demand that it causes.

use super::delay::Delay;
use super::forms::Form;
use super::reader::{Field, Reader, Spot};
use super::when::When;
use crate::diagnostic::{TermsFault, ValueFault, Wanted, Warning};
use crate::quantity::{Length, NumberFault, Rate, Share, parse_share};
use crate::random::distribution::Distribution;

/// A case of `terms`; the first case whose condition holds applies to a sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The condition; without tests it always holds.
    pub when: When,
    /// The margin as a share of the amount.
    pub margin: Option<f64>,
    /// What the seller earns.
    pub commission: Option<Commission>,
    /// Where that is written.
    pub commission_spot: Option<Spot>,
    /// When the amount is paid; empty: at once.
    pub payment: Vec<Payment>,
    /// The demand of the sale.
    pub demand: Vec<Demand>,
    /// The share of what was received that stays when the sale is cancelled.
    pub keeps: f64,
    /// Where that share is written.
    pub keeps_spot: Option<Spot>,
    /// How much a client may owe.
    pub credit_limit: Option<CreditLimit>,
    /// Where it is written.
    pub spot: Spot,
}

/// How much a client may owe: a sale that would exceed it waits for payments.
#[derive(Debug, Clone, PartialEq)]
pub struct CreditLimit {
    /// In the currency.
    pub amount: f64,
    /// The loss reason of a sale that exceeds the limit on its own.
    pub reason: String,
    /// Where it is written.
    pub spot: Spot,
}

/// What the seller earns by a sale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Commission {
    /// The share.
    pub share: f64,
    /// Whether it is a share of the margin, not of the amount.
    pub of_margin: bool,
    /// Whether it is due when money comes in, not when the sale is booked.
    pub on_payment: bool,
}

/// A part of the amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// Its share of the amount.
    pub share: f64,
    /// The stage that makes it due; `None`: the sale.
    pub at: Option<(String, Spot)>,
    /// The stage that waits until it is paid.
    pub before: Option<(String, Spot)>,
    /// When it is due, from then on; `None`: at once.
    pub after: Option<Delay>,
    /// How much later than due it is paid; `None`: on the day.
    pub late: Option<Delay>,
    /// Equal parts of it: how many, and the time between them.
    pub instalments: Option<(u64, Length)>,
    /// The chance that it is never paid.
    pub unpaid: f64,
    /// Where it is written.
    pub spot: Spot,
}

/// The demand of a sale for an item: hours of a machine, material.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// Of what.
    pub item: String,
    /// How much, in hundredths of its unit.
    pub amount: Distribution,
    /// When it is needed, after the sale; `None`: at once.
    pub after: Option<Delay>,
    /// The months that a lot must last.
    pub lot_months: i8,
}

/// How much of an item there is per period.
#[derive(Debug, Clone, PartialEq)]
pub struct Capacity {
    /// Of what.
    pub item: String,
    /// How much.
    pub rate: Rate,
    /// Where it is written.
    pub spot: Spot,
}

pub(super) const KNOWN: [&str; 7] =
    ["when", "margin", "commission", "payment", "demand", "keeps", "credit_limit"];
pub(super) const CREDIT_LIMIT: [&str; 2] = ["amount", "reason"];
/// The reason of a sale that was refused for its credit limit, where the model names none.
const REFUSED: &str = "credit limit";
pub(super) const PAYMENT: [&str; 7] =
    ["share", "at", "before", "after", "late", "instalments", "unpaid"];
pub(super) const COMMISSION: [&str; 3] = ["share", "of", "on"];
pub(super) const DEMAND: [&str; 3] = ["amount", "after", "every"];
/// What a commission may be a share of; true: the margin.
pub(super) const OF: [(&str, bool); 2] = [("amount", false), ("margin", true)];
/// When a commission may be due; true: when money comes in.
pub(super) const ON: [(&str, bool); 2] = [("booking", false), ("payment", true)];
/// How long a lot must last, in months.
pub(super) const EVERY: [(&str, i8); 3] = [("month", 1), ("quarter", 3), ("year", 12)];
/// So many instalments are possible.
const MOST_INSTALMENTS: u64 = 600;

/// `{share: 3%, of: margin}` of `3% of margin`.
fn share_of(text: &str) -> Option<Form> {
    let (share, of) = text.split_once(" of ").or_else(|| text.split_once(" от "))?;
    let of = of.trim().trim_start_matches("the ").to_lowercase();
    let of = match of.as_str() {
        "margin" | "profit" | "маржи" | "прибыли" => "margin",
        "amount" | "value" | "sale" | "deal" | "bookings" | "суммы" | "продажи" | "сделки" => {
            "amount"
        }
        _ => return None,
    };
    let share = share.trim();
    parse_share(share).ok()?;
    let written =
        if of == "amount" { share.to_owned() } else { format!("{{share: {share}, of: {of}}}") };
    Some(Form { written, certain: true })
}

impl Payment {
    /// Whether it is paid at the sale, or before a stage that waits for it.
    pub fn is_prepayment(&self) -> bool {
        let at_the_sale = self.at.is_none() && self.after.is_none() && self.late.is_none();
        self.before.is_some() || at_the_sale && self.instalments.is_none() && self.unpaid == 0.0
    }
}

impl Field<'_> {
    /// One case, or a list of cases of which the first match applies.
    pub(super) fn terms(&self, r: &mut Reader<'_>) -> Vec<Term> {
        if !self.is_list() {
            return self.term(r).into_iter().collect();
        }
        let items = self.items(r).unwrap_or_default();
        if items.is_empty() {
            self.report(r, ValueFault::EmptyList);
        }
        let always = items.iter().position(|item| item.lacks("when"));
        match always {
            Some(at) => {
                if let Some(hidden) = items.get(at + 1) {
                    hidden.report(r, Warning::HiddenCase);
                }
            }
            None if !items.is_empty() => self.report(r, TermsFault::NoCaseForAll),
            None => {}
        }
        let terms: Vec<Term> = items.iter().filter_map(|item| item.term(r)).collect();
        if terms.iter().any(|term| term.margin.is_some())
            && let Some(without) = terms.iter().find(|term| term.margin.is_none())
        {
            let Spot { place, path } = without.spot.clone();
            r.findings.report(TermsFault::MarginOfSomeCases, place, path);
        }
        terms
    }

    fn term(&self, r: &mut Reader<'_>) -> Option<Term> {
        let section = self.section(r, &KNOWN, &[])?;
        let when = match section.get("when") {
            Some(field) => field.when(r)?,
            None => When::default(),
        };
        let mut share = |key: &str| section.get(key).map(|field| field.plain_share(r));
        let (margin, keeps) = (share("margin"), share("keeps"));
        let commission = section.get("commission").map(|field| field.commission(r));
        let payment = section.get("payment").map_or(Some(Vec::new()), |field| field.payments(r));
        let demand = section.get("demand").map_or(Some(Vec::new()), |field| field.demands(r));
        if let Some(Some(Commission { of_margin: true, .. })) = commission
            && margin.is_none()
            && let Some(field) = section.get("commission")
        {
            field.report(r, TermsFault::CommissionOfNoMargin);
        }
        let credit_limit = match section.get("credit_limit") {
            Some(field) => Some(field.credit_limit(r)?),
            None => None,
        };
        let payment = payment?;
        if let Some(field) = section.get("credit_limit")
            && payment.iter().all(Payment::is_prepayment)
        {
            field.report(r, TermsFault::NothingIsOwed);
        }
        Some(Term {
            when,
            margin: optional(margin)?,
            commission: optional(commission)?,
            commission_spot: section.get("commission").map(|field| field.spot()),
            payment,
            demand: demand?,
            keeps: optional(keeps)?.unwrap_or(0.0),
            keeps_spot: section.get("keeps").map(|field| field.spot()),
            credit_limit,
            spot: self.spot(),
        })
    }

    /// An amount, or `{amount, reason}`.
    fn credit_limit(&self, r: &mut Reader<'_>) -> Option<CreditLimit> {
        if !self.is_map() {
            let (amount, reason) = (self.price(r)?, REFUSED.to_owned());
            return Some(CreditLimit { amount, reason, spot: self.spot() });
        }
        let section = self.section(r, &CREDIT_LIMIT, &[])?;
        let amount = section.need(r, "amount", "credit_limit").and_then(|field| field.price(r));
        let reason = match section.get("reason") {
            Some(field) => field.scalar(r, Wanted::Scalar)?.to_owned(),
            None => REFUSED.to_owned(),
        };
        Some(CreditLimit { amount: amount?, reason, spot: self.spot() })
    }

    /// A share, or `{share, of, on}`.
    fn commission(&self, r: &mut Reader<'_>) -> Option<Commission> {
        if !self.is_map() {
            if let Some(form) = share_of(self.node.scalar_text()) {
                self.report_form(r, form);
                return None;
            }
            let share = self.plain_share(r)?;
            return Some(Commission { share, of_margin: false, on_payment: false });
        }
        let section = self.section(r, &COMMISSION, &["tiers", "whole", "to"])?;
        let share = section.need(r, "share", "commission").and_then(|field| field.plain_share(r));
        let mut word = |key: &str, words| match section.get(key) {
            Some(field) => field.word(r, Wanted::Scalar, words),
            None => Some(false),
        };
        let (of_margin, on_payment) = (word("of", &OF), word("on", &ON));
        Some(Commission { share: share?, of_margin: of_margin?, on_payment: on_payment? })
    }

    /// One part, or a list of parts.
    fn payments(&self, r: &mut Reader<'_>) -> Option<Vec<Payment>> {
        let items = if self.is_list() { self.items(r)? } else { vec![self.clone()] };
        if items.is_empty() {
            self.report(r, ValueFault::EmptyList);
        }
        let parts: Vec<Option<(Share, Payment)>> =
            items.iter().map(|item| item.payment(r)).collect();
        let (shares, mut parts): (Vec<Share>, Vec<Payment>) =
            parts.into_iter().collect::<Option<Vec<_>>>()?.into_iter().unzip();
        // A wrong sum has been reported; the stages that the parts name are looked at all the same.
        let numbers = self.whole(r, &shares).unwrap_or_else(|| vec![0.0; shares.len()]);
        parts.iter_mut().zip(numbers).for_each(|(part, share)| part.share = share);
        Some(parts)
    }

    fn payment(&self, r: &mut Reader<'_>) -> Option<(Share, Payment)> {
        let section = self.section(r, &PAYMENT, &[])?;
        // One part alone is all of it.
        let share = section.get("share").map_or(Some(Share::Rest), |field| field.share(r));
        let mut stage = |key: &str| {
            let field = section.get(key)?;
            Some((field.scalar(r, Wanted::Scalar)?.to_owned(), field.spot()))
        };
        let (at, before) = (stage("at"), stage("before"));
        let mut delay = |key: &str| optional(section.get(key).map(|field| field.delay(r)));
        let (after, late) = (delay("after")?, delay("late")?);
        let unpaid = section.get("unpaid").map_or(Some(0.0), |field| field.plain_share(r))?;
        let instalments = match section.get("instalments") {
            Some(field) => Some(field.instalments(r)?),
            None => None,
        };
        if let (Some(field), Some(_)) = (section.get("unpaid"), &before)
            && unpaid > 0.0
        {
            field.report(r, TermsFault::WaitsForUnpaid);
        }
        let spot = self.spot();
        let part = Payment { share: 0.0, at, before, after, late, instalments, unpaid, spot };
        Some((share?, part))
    }

    /// `{count: 6, every: 1 month}`.
    fn instalments(&self, r: &mut Reader<'_>) -> Option<(u64, Length)> {
        let section = self.section(r, &["count", "every"], &[])?;
        let count = section.need(r, "count", "instalments").and_then(|f| f.at_least_one(r));
        let every = section.need(r, "every", "instalments").and_then(|f| f.length(r));
        let count = count?;
        if count > MOST_INSTALMENTS
            && let Some(field) = section.get("count")
        {
            let text = field.node.scalar_text().to_owned();
            let fault = NumberFault::TooLarge { most: MOST_INSTALMENTS as f64 };
            field.report(r, ValueFault::Number { text, wanted: Wanted::Count, fault });
            return None;
        }
        Some((count, every?))
    }

    /// By item: an amount, or `{amount, after, every}`.
    fn demands(&self, r: &mut Reader<'_>) -> Option<Vec<Demand>> {
        let items = self.names(r)?;
        if items.is_empty() {
            self.report(r, ValueFault::EmptyList);
        }
        // Read all of them before stopping, so that every fault is reported.
        let demands: Vec<Option<Demand>> = items.iter().map(|item| item.demand(r)).collect();
        demands.into_iter().collect()
    }

    fn demand(&self, r: &mut Reader<'_>) -> Option<Demand> {
        let item = self.name().to_owned();
        if self.node.get("amount").is_none() {
            let amount = self.quantity(r)?;
            return Some(Demand { item, amount, after: None, lot_months: 1 });
        }
        let section = self.section(r, &DEMAND, &[])?;
        let amount = section.need(r, "amount", "demand").and_then(|field| field.quantity(r));
        let after = optional(section.get("after").map(|field| field.delay(r)));
        let every = section.get("every").map_or(Some(1), |f| f.word(r, Wanted::Scalar, &EVERY));
        Some(Demand { item, amount: amount?, after: after?, lot_months: every? })
    }

    /// By item: a rate.
    pub(super) fn capacities(&self, r: &mut Reader<'_>) -> Vec<Capacity> {
        let items = self.names(r).unwrap_or_default();
        let capacity = |item: &Field<'_>| {
            let rate = item.rate(r)?;
            Some(Capacity { item: item.name().to_owned(), rate, spot: item.key() })
        };
        items.iter().filter_map(capacity).collect()
    }
}

/// What may be left out, but must be right where it is given; the outer `None` is a value that is wrong.
fn optional<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(None) => None,
        Some(given) => Some(given),
    }
}
