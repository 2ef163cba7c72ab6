//! The model of a test: its deals are the only ones, and each has a source of its own.

use std::collections::HashMap;

use crate::model::{
    Arrivals, Attribute, GivenDeal, GivenEnd, GivenVisit, Horizon, Measured, Model, ModelTest,
    Range, Source, Spot, Targets, Test, ValueCase, When,
};
use crate::program::{
    Destination, End, Exit, FixedVisit, Id, Next, Program, SourceId, Stage, StageId,
};
use crate::random::distribution::Distribution;

/// The model with the deals of the test: it starts on the day of the first arrival and runs until nobody is in process.
pub(super) fn staged(model: &Model, test: &ModelTest) -> Model {
    let mut staged = model.clone();
    let first = test.deals.iter().map(|deal| deal.arrives.date()).min();
    staged.start =
        first.map_or(model.start, |date| date.to_datetime(jiff::civil::Time::midnight()));
    (staged.horizon, staged.warmup) = (Horizon::UntilEmpty, None);
    (staged.targets, staged.expectations) = (Targets::default(), Vec::new());
    let deals = || test.deals.iter().enumerate();
    staged.sources = deals().map(|(at, deal)| source(model, deal, at)).collect();
    let whens = staged.stages.iter_mut().flat_map(|stage| &mut stage.variants);
    let whens = whens.map(|variant| &mut variant.when);
    let whens = whens.chain(staged.value.iter_mut().map(|case| &mut case.when));
    for tested in whens.flat_map(|when| &mut when.tests) {
        if let Test::Source(names) = tested {
            // Deals of the test come from sources of the model, as conditions see them.
            let own = deals().filter(|(_, deal)| {
                names.iter().any(|(name, _)| *name == model.sources[deal.source].name)
            });
            let own: Vec<_> = own.map(|(at, deal)| (name(deal, at), Spot::default())).collect();
            names.extend(own);
        }
    }
    let before = |deal: &GivenDeal| i64::from(model.sources[deal.source].clients);
    let values = deals().flat_map(|(at, deal)| value_cases(deal, at, before(deal)));
    let values = values.collect::<Vec<_>>();
    staged.value.splice(0..0, values);
    staged
}

/// The name of a deal's source. No source of a model has such a name: names hold no hidden letters.
fn name(deal: &GivenDeal, at: usize) -> String {
    format!("{}\0{at}", deal.name)
}

/// Whether a source is that of a deal.
pub(super) fn is_of(source: &str, deal: &GivenDeal) -> bool {
    source.split('\0').next() == Some(deal.name.as_str())
}

/// A source that brings one deal.
fn source(model: &Model, deal: &GivenDeal, at: usize) -> Source {
    let of_model = &model.sources[deal.source];
    let fixed = |(name, value): &(String, String)| Attribute {
        name: name.clone(),
        shares: vec![(value.clone(), 1.0)],
        spot: Spot::default(),
    };
    let mut attributes: Vec<Attribute> = deal.attributes.iter().map(fixed).collect();
    let is_given = |known: &Attribute| deal.attributes.iter().any(|(name, _)| *name == known.name);
    attributes.extend(of_model.attributes.iter().filter(|known| !is_given(known)).cloned());
    Source {
        name: name(deal, at),
        arrivals: Arrivals::Every(Distribution::Constant(0.0)),
        batch: 1,
        count: Some(1),
        from: Some(deal.arrives),
        until: None,
        calendar: None,
        at_start: None,
        attributes,
        ..of_model.clone()
    }
}

/// The values of a deal, one for each round; the last one holds for all further rounds. A client of before has a sale behind
/// it.
fn value_cases(deal: &GivenDeal, at: usize, before: i64) -> impl Iterator<Item = ValueCase> {
    let last = deal.values.len().saturating_sub(1);
    deal.values.iter().enumerate().map(move |(round, value)| {
        let high = if round == last { i64::MAX } else { before + round as i64 };
        let of_deal = Test::Source(vec![(name(deal, at), Spot::default())]);
        let of_round =
            Test::Number(Measured::Bookings, vec![Range { low: before + round as i64, high }]);
        let when =
            When { tests: vec![of_deal, of_round], spots: Vec::new(), spot: Spot::default() };
        ValueCase { when, amount: Distribution::Constant(value.0 as f64) }
    })
}

/// The visits of all deals, each with the draws that are given for it.
pub(super) fn visits<'t>(program: &Program, test: &'t ModelTest) -> Vec<FixedVisit<'t>> {
    let deals = test.deals.iter().enumerate();
    deals.flat_map(|(at, deal)| of_deal(program, deal, SourceId::new(at))).collect()
}

fn of_deal<'t>(program: &Program, deal: &'t GivenDeal, source: SourceId) -> Vec<FixedVisit<'t>> {
    let mut sales = u32::from(program.sources[source].clients);
    let mut counts: HashMap<StageId, u64> = HashMap::new();
    let mut visits = Vec::new();
    for (at, visit) in deal.path.iter().enumerate() {
        let Some(id) = stage_of(program, &visit.stage) else { continue };
        let stage = &program.stages[id];
        if stage.sale.is_some() {
            counts.clear();
        }
        let count = counts.entry(id).or_default();
        *count += 1;
        visits.push(FixedVisit {
            source,
            stage: id,
            visit: if stage.counter.is_some() { *count } else { 1 },
            sales,
            times: &visit.times,
            patience: visit.patience,
            followed: visit.followed,
            attributes: visit.set.iter().filter_map(|given| code(program, given)).collect(),
            value: visit.value,
            exit: exit(program, stage, deal, at, visit),
            after: visit.after,
        });
        sales += u32::from(stage.sale.is_some());
    }
    visits
}

/// The branch that a visit takes: the one that is named, or the one to the next stage of the path or to the end. Where only a
/// stage that refuses the deal leads there, it is the branch to that stage.
fn exit(
    program: &Program,
    stage: &Stage,
    deal: &GivenDeal,
    at: usize,
    visit: &GivenVisit,
) -> Option<Exit> {
    let to_stage = |name: &String| Some(Exit::new(stage_of(program, name)?.index()));
    if let Some(named) = &visit.next {
        return to_stage(named);
    }
    let wanted = match deal.path.get(at + 1) {
        Some(next) => to_stage(&next.stage),
        None => deal.end.as_ref().and_then(|(end, _)| end_of(program, end)),
    }?;
    let leads = |next: &Next| next.branches.iter().any(|branch| branch.exit == wanted);
    if stage.next.iter().any(leads) {
        return Some(wanted);
    }
    let branches = stage.next.iter().flat_map(|next| &next.branches);
    let refusing = branches.map(|branch| branch.exit).find(|exit| {
        let Destination::Stage(id) = exit.destination(program.stages.len()) else { return false };
        program.stages[id].limit.as_ref().is_some_and(|(_, instead)| leads(instead))
    });
    Some(refusing.unwrap_or(wanted))
}

pub(super) fn stage_of(program: &Program, name: &str) -> Option<StageId> {
    program.stages.entries().find(|(_, stage)| stage.name == name).map(|(id, _)| id)
}

/// The exit of an end; `None` if the model has no such reason.
fn end_of(program: &Program, end: &GivenEnd) -> Option<Exit> {
    let number = program.ends.iter().position(|known| match (known, end) {
        (End::Won, GivenEnd::Won) | (End::Done, GivenEnd::Done) => true,
        (End::Lost(reason), GivenEnd::Lost(given)) => {
            program.reasons[*reason].name == given.as_deref().unwrap_or_default()
        }
        (End::Cancelled(reason), GivenEnd::Cancelled(given)) => {
            program.cancellations[*reason].name == given.as_deref().unwrap_or_default()
        }
        _ => false,
    });
    number.map(|number| program.end_exit(number))
}

/// The index of an attribute and the code of its value.
fn code(program: &Program, (name, value): &(String, String)) -> Option<(usize, u64)> {
    let attribute = program.attributes.iter().position(|known| known.name == *name)?;
    let values = &program.attributes[attribute].values;
    let code = values.iter().position(|known| known == value)? as u64 + 1;
    Some((attribute, code))
}
