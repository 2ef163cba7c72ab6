//! `then`: what a test claims of its deals.

use jiff::civil::DateTime;

use super::super::Model;
use super::super::check::check_known;
use super::super::near::nearest;
use super::super::reader::{Field, Reader, Section, Spot};
use super::given::{ENDS, Fixed, GivenEnd, given_end};
use crate::diagnostic::{Claimed, NameKind, ValueFault, Wanted};
use crate::quantity::Money;

/// What is claimed of one deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Claims {
    /// The deal's name in the test.
    pub deal: String,
    /// Claims of the deal as a whole.
    pub whole: Vec<Claim>,
    /// Claims of its visits: the stage, which visit of it, from 1, and where that is written.
    pub visits: Vec<(String, usize, Spot, Vec<Claim>)>,
}

/// One claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Of what.
    pub of: Claimed,
    /// What it should be.
    pub value: Value,
    /// Where it is written.
    pub spot: Spot,
}

/// A claimed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A local date and time.
    At(DateTime),
    /// A duration.
    Span(Fixed),
    /// An amount.
    Money(Money),
    /// A number.
    Count(u64),
    /// A person.
    Name(String),
    /// An end.
    End(GivenEnd),
}

const OF_DEAL: [Claimed; 8] = [
    Claimed::Ends,
    Claimed::Ended,
    Claimed::Won,
    Claimed::Sales,
    Claimed::Bookings,
    Claimed::Cost,
    Claimed::Worked,
    Claimed::Queued,
];
const OF_VISIT: [Claimed; 8] = [
    Claimed::Entered,
    Claimed::Left,
    Claimed::Starts,
    Claimed::Finishes,
    Claimed::By,
    Claimed::Cost,
    Claimed::Worked,
    Claimed::Queued,
];

impl Field<'_> {
    /// Claims by deal; `known` are the deals of the test.
    pub(super) fn claims(&self, r: &mut Reader<'_>, model: &Model, known: &[&str]) -> Vec<Claims> {
        let mut claims = Vec::new();
        let deals = self.names(r).unwrap_or_default();
        if self.is_map() {
            self.is_not_empty(r, deals.len());
        }
        for deal in &deals {
            if deal.is_map() {
                deal.is_not_empty(r, deal.entries().len());
            }
            if !known.is_empty() {
                check_known(NameKind::Deal, deal.name(), known, &deal.key(), &mut r.findings);
            }
            let keys: Vec<&str> =
                OF_DEAL.iter().map(|claimed| claimed.key()).chain(["visits"]).collect();
            let Some(section) = deal.section(r, &keys, &[]) else { continue };
            let whole = section.claims(r, model, &OF_DEAL);
            let visits = section.get("visits").map(|field| field.visits(r, model));
            claims.push(Claims {
                deal: deal.name().to_owned(),
                whole,
                visits: visits.unwrap_or_default(),
            });
        }
        claims
    }

    /// Claims of visits, in the order of the visits: the second `offer` is the second visit of it.
    fn visits(&self, r: &mut Reader<'_>, model: &Model) -> Vec<(String, usize, Spot, Vec<Claim>)> {
        let names: Vec<&str> = model.stages.iter().map(|stage| stage.name.as_str()).collect();
        let mut visits: Vec<(String, usize, Spot, Vec<Claim>)> = Vec::new();
        for item in self.items(r).unwrap_or_default() {
            let Some((stage, inner, spot)) = item.named(r) else { continue };
            check_known(NameKind::Stage, &stage, &names, &spot, &mut r.findings);
            let keys = OF_VISIT.map(Claimed::key);
            let section = inner.filter(|inner| !inner.is_null()).map(|f| f.section(r, &keys, &[]));
            let claims = section.flatten().map(|section| section.claims(r, model, &OF_VISIT));
            let number = visits.iter().filter(|(known, ..)| *known == stage).count() + 1;
            visits.push((stage, number, spot, claims.unwrap_or_default()));
        }
        visits
    }

    fn claimed(&self, r: &mut Reader<'_>, model: &Model, of: Claimed) -> Option<Value> {
        match of {
            Claimed::Ended | Claimed::Won | Claimed::Entered | Claimed::Left => {
                self.date(r).map(Value::At)
            }
            Claimed::Starts | Claimed::Finishes => self.date(r).map(Value::At),
            Claimed::Worked | Claimed::Queued => self.fixed(r).map(Value::Span),
            Claimed::Bookings | Claimed::Cost => self.amount_of_money(r).map(Value::Money),
            Claimed::Sales => self.count(r).map(Value::Count),
            Claimed::By => Some(Value::Name(self.scalar(r, Wanted::Scalar)?.to_owned())),
            Claimed::Ends => {
                let (word, reason, _) = self.named(r)?;
                let end = given_end(&word, reason.as_ref(), model, r);
                if end.is_none() {
                    let known = ENDS.map(str::to_owned).to_vec();
                    let nearest = nearest(&word, ENDS);
                    let wanted = Wanted::End;
                    self.report(r, ValueFault::UnknownWord { text: word, wanted, nearest, known });
                }
                end.map(Value::End)
            }
        }
    }
}

impl Section<'_> {
    fn claims(&self, r: &mut Reader<'_>, model: &Model, keys: &[Claimed]) -> Vec<Claim> {
        let claim = |of: &Claimed| {
            let field = self.get(of.key())?;
            Some(Claim { of: *of, value: field.claimed(r, model, *of)?, spot: field.spot() })
        };
        keys.iter().filter_map(claim).collect()
    }
}
