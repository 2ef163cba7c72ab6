//! Compares what happened to the deals of a test with what it gives and claims.

use super::staged::{is_of, stage_of};
use super::trace::{DealTrace, Trace, VisitTrace};
use super::written;
use crate::diagnostic::{self, Claimed, Diagnostic, Mend, TestFault};
use crate::engine::Deal;
use crate::model::{
    Claim, Claims, GivenDeal, GivenEnd, Measured, Model, ModelTest, Spot, Test, Value,
};
use crate::program::{
    Chance, Destination, Draw, End, Exit, Facts, FixedProgram, FixedVisit, Id, Misfit, Program,
};
use crate::quantity::{Instant, Money};

/// A test that was run.
pub(super) struct Judge<'a> {
    pub(super) model: &'a Model,
    pub(super) fixed: &'a FixedProgram,
    pub(super) visits: &'a [FixedVisit<'a>],
    pub(super) trace: &'a Trace,
}

/// A value of a deal: as it is compared, and as it is written.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    At(Instant),
    Span(i64),
    Money(Money),
    Count(u64),
    Name(String),
    End(String),
}

impl Judge<'_> {
    fn program(&self) -> &Program {
        &self.fixed.program
    }

    /// What fails. A deal that goes another way, or of which something is left to chance, gets one finding: its claims
    /// would fail for that reason.
    pub(super) fn of(&self, test: &ModelTest, endless: bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (at, deal) in test.deals.iter().enumerate() {
            let of_deal = |trace: &&DealTrace| trace.arrived.source.index() == at;
            let Some(trace) = self.trace.deals.iter().find(of_deal) else { continue };
            let claims = test.claims.iter().find(|claims| claims.deal == deal.name);
            if let Some(fault) = self.astray(deal, trace, claims, endless) {
                found.push(fault);
            } else if let Some(claims) = claims {
                self.claims(deal, trace, claims, &mut found);
            }
        }
        found
    }

    /// The first thing by which a deal leaves what the test gives.
    fn astray(
        &self,
        deal: &GivenDeal,
        trace: &DealTrace,
        claims: Option<&Claims>,
        endless: bool,
    ) -> Option<Diagnostic> {
        if let Some(fault) = self.open_deal(deal, trace, claims) {
            return Some(report(fault, &deal.spot));
        }
        for (at, visit) in trace.visits.iter().enumerate() {
            let stage = &self.program().stages[visit.stage];
            match deal.path.get(at) {
                Some(given) if given.stage == stage.name => {}
                Some(given) => {
                    let wanted = given.stage.clone();
                    return Some(report(self.other_way(deal, trace, at, wanted), &given.spot));
                }
                None => {
                    if let Some((end, spot)) = &deal.end {
                        let wanted = end.text();
                        return Some(report(self.other_way(deal, trace, at, wanted), spot));
                    }
                }
            }
            let spot = deal.path.get(at).map_or(&deal.spot, |given| &given.spot);
            if let Some(fault) = self.open_visit(deal, at, visit) {
                return Some(report(fault, spot));
            }
            if let Some(stage) = self.draws_refusal(visit, trace.visits.get(at + 1)) {
                let (deal, chance) = (deal.name.clone(), diagnostic::Chance::Way);
                let fault = TestFault::LeftToChance { deal, stage: Some(stage), chance };
                return Some(report(fault, spot));
            }
        }
        if let Some(given) = deal.path.get(trace.visits.len()) {
            let fault = self.other_way(deal, trace, trace.visits.len(), given.stage.clone());
            return Some(report(fault, &given.spot));
        }
        let end = trace.end.map(|(_, end)| self.end(end));
        if let Some((wanted, spot)) = &deal.end
            && end.as_ref().is_none_or(|end| *end != wanted.text())
        {
            let fault = self.other_way(deal, trace, trace.visits.len(), wanted.text());
            return Some(report(fault, spot));
        }
        let never = endless && trace.end.is_none();
        never.then(|| report(TestFault::NeverEnds { deal: deal.name.clone() }, &deal.spot))
    }

    /// The stage that refused the deal after a visit, if it draws where the deal goes instead.
    fn draws_refusal(&self, visit: &VisitTrace, next: Option<&VisitTrace>) -> Option<String> {
        let (_, exit) = visit.left?;
        let Destination::Stage(id) = exit.destination(self.program().stages.len()) else {
            return None;
        };
        let stage = &self.program().stages[id];
        let is_refused = next.is_none_or(|next| next.stage != id);
        let draws = stage.limit.as_ref().is_some_and(|(_, next)| next.branches.len() > 1);
        (is_refused && draws).then(|| stage.name.clone())
    }

    /// The deal does not come to what is given as number `at` of its path.
    fn other_way(
        &self,
        deal: &GivenDeal,
        trace: &DealTrace,
        at: usize,
        wanted: String,
    ) -> TestFault {
        let name = |visit: &VisitTrace| self.program().stages[visit.stage].name.clone();
        let before = at.checked_sub(1).and_then(|before| trace.visits.get(before));
        let next = trace.visits.get(at).map(name);
        let found = next.or_else(|| trace.end.map(|(_, end)| self.end(end)));
        TestFault::OtherWay { deal: deal.name.clone(), from: before.map(name), wanted, found }
    }

    /// What the deal itself leaves to chance: attributes and a value that anything asks for.
    fn open_deal(
        &self,
        deal: &GivenDeal,
        trace: &DealTrace,
        claims: Option<&Claims>,
    ) -> Option<TestFault> {
        let variants = self.model.stages.iter().flat_map(|stage| &stage.variants);
        let whens = variants.map(|variant| &variant.when);
        let whens = whens.chain(self.model.value.iter().map(|case| &case.when));
        let asked: Vec<&Test> = whens.flat_map(|when| &when.tests).collect();
        let source = &self.model.sources[deal.source];
        let drawn = self.model.attributes.iter().filter(|attribute| {
            let own = source.attributes.iter().find(|own| own.name == attribute.name);
            let shares = &own.unwrap_or(attribute).shares;
            shares.iter().filter(|(_, share)| *share > 0.0).count() > 1
        });
        let is_given = |name: &str| deal.attributes.iter().any(|(given, _)| given == name);
        let is_asked = |wanted: &str| {
            asked.iter().any(|test| matches!(test, Test::Attribute { name, .. } if name == wanted))
        };
        let mut open = drawn.map(|a| &a.name).filter(|name| !is_given(name) && is_asked(name));
        let fault =
            |chance| TestFault::LeftToChance { deal: deal.name.clone(), stage: None, chance };
        if let Some(name) = open.next() {
            return Some(fault(diagnostic::Chance::Attribute(name.clone())));
        }
        let is_random = self.program().value.as_ref().is_some_and(|value| {
            let is_drawn = |draw: &Draw| draw.distribution.minimum() < draw.distribution.maximum();
            // The first round has the case that holds at the arrival; later ones may have any.
            let first = value.pick(&self.program().calendar, || facts(&trace.arrived));
            is_drawn(first) || trace.sales.len() > 1 && value.iter().any(is_drawn)
        });
        let asks_value = asked.iter().any(|test| matches!(test, Test::Number(Measured::Value, _)));
        let of_bookings = |claim: &Claim| claim.of == Claimed::Bookings;
        let claims_value = claims.is_some_and(|claims| claims.whole.iter().any(of_bookings));
        // What is given after the first sale comes too late for it.
        let first_sale =
            trace.visits.iter().position(|visit| self.program().stages[visit.stage].sale.is_some());
        let until_sale = first_sale.map_or(deal.path.len(), |at| at + 1);
        let sets = deal.path.iter().take(until_sale).any(|visit| visit.value.is_some());
        let needed = deal.values.is_empty() && !sets && is_random && (asks_value || claims_value);
        needed.then(|| fault(diagnostic::Chance::Value))
    }

    /// What a visit leaves to chance, or was given and does not fit.
    fn open_visit(&self, deal: &GivenDeal, at: usize, visit: &VisitTrace) -> Option<TestFault> {
        let stage = &self.program().stages[visit.stage];
        let open = &self.fixed.open[visit.stage.index()][visit.case];
        let name = || stage.name.clone();
        match open.misfit {
            Some(Misfit::Steps { key, count }) => {
                return Some(TestFault::NoSuchStep { stage: name(), key, steps: count });
            }
            Some(Misfit::WorkingTime) => return Some(TestFault::NotWorkingTime { stage: name() }),
            Some(Misfit::Way(exit)) => {
                let named = |exit: &Exit| self.program().exit_name(*exit);
                let (wanted, known) = (named(&exit), stage.exits.iter().map(named).collect());
                return Some(TestFault::NoSuchWay { stage: name(), wanted, known });
            }
            None => {}
        }
        // Patience is asked for only if the deal has to wait for a person.
        let chance =
            open.chances.iter().find(|chance| visit.waited || **chance != Chance::Patience);
        let given = self
            .visits
            .iter()
            .filter(|fixed| is_of(&self.program().sources[fixed.source].name, deal))
            .nth(at);
        let has_way = given.is_some_and(|given| given.exit.is_some());
        let fault = |chance| TestFault::LeftToChance {
            deal: deal.name.clone(),
            stage: Some(name()),
            chance,
        };
        let is_given = given.is_some_and(|given| given.followed.is_some());
        if visit.followed.is_some() && !is_given {
            return Some(fault(diagnostic::Chance::Followed));
        }
        if let Some(chance) = chance {
            return Some(fault(self.chance(*chance)));
        }
        let way = !has_way && self.fixed.ways[visit.stage.index()];
        way.then(|| fault(diagnostic::Chance::Way))
    }

    fn chance(&self, chance: Chance) -> diagnostic::Chance {
        match chance {
            Chance::Work(step) => diagnostic::Chance::Work(step),
            Chance::Wait(step) => diagnostic::Chance::Wait(step),
            Chance::Patience => diagnostic::Chance::Patience,
            Chance::Attribute(at) => {
                diagnostic::Chance::Attribute(self.program().attributes[at].name.clone())
            }
            Chance::Value => diagnostic::Chance::Value,
            Chance::After => diagnostic::Chance::After,
        }
    }

    fn end(&self, end: usize) -> String {
        let end = match self.program().ends[end] {
            End::Won => GivenEnd::Won,
            End::Done => GivenEnd::Done,
            End::Lost(reason) => {
                let name = &self.program().reasons[reason].name;
                GivenEnd::Lost((!name.is_empty()).then(|| name.clone()))
            }
            End::Cancelled(reason) => {
                let name = &self.program().cancellations[reason].name;
                GivenEnd::Cancelled((!name.is_empty()).then(|| name.clone()))
            }
        };
        end.text()
    }

    fn claims(
        &self,
        deal: &GivenDeal,
        trace: &DealTrace,
        claims: &Claims,
        found: &mut Vec<Diagnostic>,
    ) {
        for claim in &claims.whole {
            let actual = self.of_deal(trace, claim.of);
            found.extend(self.compare(deal, None, claim, actual));
        }
        for (stage, number, spot, claims) in &claims.visits {
            let id = stage_of(self.program(), stage);
            let mut of_stage = trace.visits.iter().filter(|visit| Some(visit.stage) == id);
            let Some(visit) = of_stage.nth(number - 1) else {
                let (deal, stage) = (deal.name.clone(), stage.clone());
                let fault = TestFault::NoSuchVisit { deal, stage, number: *number };
                found.push(report(fault, spot));
                continue;
            };
            for claim in claims {
                let actual = self.of_visit(visit, claim.of);
                found.extend(self.compare(deal, Some(stage), claim, actual));
            }
        }
    }

    fn of_deal(&self, trace: &DealTrace, of: Claimed) -> Option<Found> {
        let splits = || trace.visits.iter().map(|visit| visit.split);
        match of {
            Claimed::Ends => trace.end.map(|(_, end)| Found::End(self.end(end))),
            Claimed::Ended => trace.end.map(|(at, _)| Found::At(at)),
            Claimed::Won => trace.sales.first().map(|(at, _)| Found::At(*at)),
            Claimed::Sales => Some(Found::Count(trace.sales.len() as u64)),
            Claimed::Bookings => {
                Some(Found::Money(Money(trace.sales.iter().map(|(_, amount)| amount.0).sum())))
            }
            Claimed::Cost => Some(Found::Money(trace.last.cost)),
            Claimed::Worked => Some(Found::Span(splits().map(|split| split.processing).sum())),
            Claimed::Queued => Some(Found::Span(splits().map(|split| split.queue).sum())),
            Claimed::Entered
            | Claimed::Left
            | Claimed::Starts
            | Claimed::Finishes
            | Claimed::By => None,
        }
    }

    fn of_visit(&self, visit: &VisitTrace, of: Claimed) -> Option<Found> {
        match of {
            Claimed::Entered => Some(Found::At(visit.entered)),
            Claimed::Left => visit.left.map(|(at, _)| Found::At(at)),
            Claimed::Starts => visit.works.first().map(|work| Found::At(work.started)),
            Claimed::Finishes => visit.works.last().map(|work| Found::At(work.ended)),
            Claimed::By => visit
                .works
                .first()
                .map(|work| Found::Name(self.program().people[work.person].name.clone())),
            Claimed::Cost => Some(Found::Money(visit.cost)),
            Claimed::Worked => Some(Found::Span(visit.split.processing)),
            Claimed::Queued => Some(Found::Span(visit.split.queue)),
            Claimed::Ends | Claimed::Ended | Claimed::Won | Claimed::Sales | Claimed::Bookings => {
                None
            }
        }
    }

    /// A finding if a claim does not hold, with the found value as a guess of what was meant.
    fn compare(
        &self,
        deal: &GivenDeal,
        visit: Option<&String>,
        claim: &Claim,
        actual: Option<Found>,
    ) -> Option<Diagnostic> {
        if actual.as_ref() == Some(&self.claimed(&claim.value)) {
            return None;
        }
        let found = actual.map(|actual| self.text(&actual));
        let (deal, visit) = (deal.name.clone(), visit.cloned());
        let fault = TestFault::Differs { deal, visit, of: claim.of, found: found.clone() };
        let mut diagnostic = report(fault, &claim.spot);
        let text = found.filter(|_| !matches!(claim.value, Value::End(_) | Value::Name(_)));
        diagnostic.mend = text.map(|text| Mend::new(claim.spot.place, text, false));
        Some(diagnostic)
    }

    fn claimed(&self, value: &Value) -> Found {
        match value {
            Value::At(date) => Found::At(self.program().calendar.instant(*date)),
            Value::Span(fixed) => Found::Span(fixed.micros),
            Value::Money(money) => Found::Money(*money),
            Value::Count(count) => Found::Count(*count),
            Value::Name(name) => Found::Name(name.clone()),
            Value::End(end) => Found::End(end.text()),
        }
    }

    fn text(&self, found: &Found) -> String {
        match found {
            Found::At(at) => written::date(&self.program().calendar, *at),
            Found::Span(micros) => written::span(*micros),
            Found::Money(money) => written::money(*money),
            Found::Count(count) => count.to_string(),
            Found::Name(text) | Found::End(text) => text.clone(),
        }
    }
}

/// The facts of a deal that arrives.
fn facts(deal: &Deal) -> Facts<'_> {
    Facts {
        attributes: deal.attributes,
        source: deal.source,
        visit: 0,
        sales: 0,
        value: Money::ZERO,
        age: 0,
        waited: 0,
        satisfaction: deal.satisfaction,
        followed: false,
        at: deal.arrived,
        queues: &[],
    }
}

fn report(fault: TestFault, spot: &Spot) -> Diagnostic {
    Diagnostic::new(fault, spot.place, spot.path.clone())
}
