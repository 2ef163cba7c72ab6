//! `given`: the deals of a test, and all that would be drawn for them.

use jiff::civil::DateTime;

use super::super::check::check_known;
use super::super::reader::{Field, Reader, Section, Spot};
use super::super::{Action, Model, Plan, Stage, Target};
use crate::diagnostic::{NameKind, StructureFault, Wanted};
use crate::quantity::Money;

/// A deal of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenDeal {
    /// Its name in the test.
    pub name: String,
    /// The index of the source that it comes from.
    pub source: usize,
    /// When it arrives.
    pub arrives: DateTime,
    /// Values of its attributes.
    pub attributes: Vec<(String, String)>,
    /// Its value, in the first round and in each later one; the last amount also holds for all later rounds.
    pub values: Vec<Money>,
    /// The stages that it visits, in order.
    pub path: Vec<GivenVisit>,
    /// How it ends; `None` if the test leaves that to the model.
    pub end: Option<(GivenEnd, Spot)>,
    /// Where it is written.
    pub spot: Spot,
}

/// How a deal of a test ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenEnd {
    /// By a sale.
    Won,
    /// Without a sale at this point.
    Done,
    /// Lost, for this reason if one is given.
    Lost(Option<String>),
    /// The last sale is taken back, for this reason if one is given.
    Cancelled(Option<String>),
}

impl GivenEnd {
    /// As the file writes it: `won`, `lost`, `lost: price`.
    pub fn text(&self) -> String {
        match self {
            GivenEnd::Won => "won".to_owned(),
            GivenEnd::Done => "done".to_owned(),
            GivenEnd::Lost(None) => "lost".to_owned(),
            GivenEnd::Lost(Some(reason)) => format!("lost: {reason}"),
            GivenEnd::Cancelled(None) => "cancelled".to_owned(),
            GivenEnd::Cancelled(Some(reason)) => format!("cancelled: {reason}"),
        }
    }
}

/// A visit of a stage, with what happens in it.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenVisit {
    /// The stage.
    pub stage: String,
    /// How long its steps take.
    pub times: Times,
    /// How long the deal waits for a person.
    pub patience: Option<Fixed>,
    /// Whether the prescribed process is followed.
    pub followed: Option<bool>,
    /// Attributes that become known.
    pub set: Vec<(String, String)>,
    /// The value of the deal, or of the sale of this stage, from here on.
    pub value: Option<Money>,
    /// The branch that is drawn, where it is not the next stage of the path: a stage that refuses the deal.
    pub next: Option<String>,
    /// How long the transition takes.
    pub after: Option<Fixed>,
    /// Where it is written.
    pub spot: Spot,
}

/// A duration in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    /// How long.
    pub micros: i64,
    /// Whether it is working time.
    pub working: bool,
}

/// How long the steps of a visit take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Times {
    /// The only work.
    pub work: Option<Fixed>,
    /// The only wait.
    pub wait: Option<Fixed>,
    /// All steps in their order; `None` leaves a step as the model has it.
    pub steps: Option<Vec<Option<Fixed>>>,
}

/// Words that end a path.
pub(super) const ENDS: [&str; 3] = ["won", "done", "lost"];
const VISIT: [&str; 8] = ["work", "wait", "steps", "patience", "set", "value", "next", "after"];

impl Field<'_> {
    pub(super) fn deals(&self, r: &mut Reader<'_>, model: &Model) -> Option<Vec<GivenDeal>> {
        let before = r.findings.count();
        let deals = self.names(r)?;
        self.is_not_empty(r, deals.len());
        let deals: Vec<GivenDeal> =
            deals.iter().filter_map(|deal| deal.given_deal(r, model)).collect();
        (!r.findings.has_errors_since(before)).then_some(deals)
    }

    fn given_deal(&self, r: &mut Reader<'_>, model: &Model) -> Option<GivenDeal> {
        let known = ["source", "arrives", "attributes", "value", "path"];
        let section = self.section(r, &known, &[])?;
        let names: Vec<&str> = model.sources.iter().map(|source| source.name.as_str()).collect();
        let source = match (names.as_slice(), section.get("source")) {
            ([_], None) => Some(0),
            (_, None) => {
                section.need(r, "source", self.name());
                None
            }
            (_, Some(field)) => field.scalar(r, Wanted::Scalar).and_then(|name| {
                check_known(NameKind::Source, name, &names, &field.spot(), &mut r.findings);
                names.iter().position(|known| *known == name)
            }),
        };
        let arrives = section.need(r, "arrives", self.name()).and_then(|field| field.date(r));
        let attributes = section.get("attributes").map(|field| field.fixed_attributes(r, model));
        let values = section.get("value").map(|field| {
            let items = if field.is_list() { field.items(r) } else { Some(vec![field]) };
            items.iter().flatten().filter_map(|item| item.amount_of_money(r)).collect()
        });
        let mut end = None;
        let path = section.need(r, "path", self.name()).map(|field| {
            let items = field.items(r).unwrap_or_default();
            let last = items.len().saturating_sub(1);
            let mut visits = Vec::new();
            for (at, item) in items.iter().enumerate() {
                let Some((name, inner, spot)) = item.named(r) else { continue };
                if at == last && ENDS.contains(&name.as_str()) {
                    end = given_end(&name, inner.as_ref(), model, r).map(|end| (end, spot));
                } else {
                    visits.extend(given_visit(name, inner.as_ref(), spot, model, r));
                }
            }
            visits
        });
        Some(GivenDeal {
            name: self.name().to_owned(),
            source: source?,
            arrives: arrives?,
            attributes: attributes.unwrap_or_default(),
            values: values.unwrap_or_default(),
            path: path?,
            end,
            spot: self.key(),
        })
    }

    /// Attributes with one value each.
    fn fixed_attributes(&self, r: &mut Reader<'_>, model: &Model) -> Vec<(String, String)> {
        let mut fixed = Vec::new();
        for field in self.names(r).unwrap_or_default() {
            let Some(value) = field.scalar(r, Wanted::Scalar) else { continue };
            let set = model.plans().filter_map(|plan| plan.set.as_ref());
            let of_sources = model.sources.iter().flat_map(|source| &source.attributes);
            let all = model.attributes.iter().chain(set.flat_map(|set| &set.attributes));
            let all: Vec<_> = all.chain(of_sources).collect();
            let names: Vec<&str> = all.iter().map(|known| known.name.as_str()).collect();
            let name = field.name();
            let before = r.findings.count();
            check_known(NameKind::Attribute, name, &names, &field.key(), &mut r.findings);
            if r.findings.has_errors_since(before) {
                continue;
            }
            let shares = all.iter().filter(|known| known.name == name).flat_map(|a| &a.shares);
            let values: Vec<&str> = shares.map(|(value, _)| value.as_str()).collect();
            check_known(NameKind::Value, value, &values, &field.spot(), &mut r.findings);
            fixed.push((name.to_owned(), value.to_owned()));
        }
        fixed
    }

    pub(super) fn amount_of_money(&self, r: &mut Reader<'_>) -> Option<Money> {
        self.money(r).map(Money::from_units)
    }

    pub(super) fn fixed(&self, r: &mut Reader<'_>) -> Option<Fixed> {
        let (micros, working) = self.by_any_clock(r, Field::micros)?;
        Some(Fixed { micros: micros as i64, working })
    }
}

/// How a deal ends: `won`, `done`, `lost`, `{lost: price}`, `cancelled`.
pub(super) fn given_end(
    word: &str,
    reason: Option<&Field<'_>>,
    model: &Model,
    r: &mut Reader<'_>,
) -> Option<GivenEnd> {
    let reason = match reason {
        None => None,
        Some(field) => {
            let known = model.branches().filter_map(|branch| match &branch.target {
                Target::Lost(reason) if word == "lost" => reason.as_deref(),
                Target::Cancelled(reason) if word == "cancelled" => reason.as_deref(),
                _ => None,
            });
            let (known, name) = (known.collect::<Vec<_>>(), field.scalar(r, Wanted::Scalar)?);
            check_known(NameKind::Reason, name, &known, &field.spot(), &mut r.findings);
            Some(name.to_owned())
        }
    };
    match (word, reason) {
        ("won", None) => Some(GivenEnd::Won),
        ("done", None) => Some(GivenEnd::Done),
        ("lost", reason) => Some(GivenEnd::Lost(reason)),
        ("cancelled", reason) => Some(GivenEnd::Cancelled(reason)),
        _ => None,
    }
}

fn given_visit(
    stage: String,
    inner: Option<&Field<'_>>,
    spot: Spot,
    model: &Model,
    r: &mut Reader<'_>,
) -> Option<GivenVisit> {
    let names: Vec<&str> = model.stages.iter().map(|stage| stage.name.as_str()).collect();
    check_known(NameKind::StageOrEnd, &stage, &names, &spot, &mut r.findings);
    let of_model = model.stages.iter().find(|known| known.name == stage)?;
    let mut visit = GivenVisit {
        stage,
        times: Times::default(),
        patience: None,
        followed: None,
        set: Vec::new(),
        value: None,
        next: None,
        after: None,
        spot,
    };
    let Some(inner) = inner.filter(|inner| !inner.is_null()) else { return Some(visit) };
    // Only what the stage asks can be given.
    let followed = of_model.asks_followed().then_some("followed");
    let known: Vec<&str> = VISIT.into_iter().chain(followed).collect();
    let section = inner.section(r, &known, &[])?;
    visit.followed = section.get("followed").and_then(|field| field.truth(r));
    visit.times = section.times(r, of_model);
    visit.patience = section.get("patience").and_then(|field| field.fixed(r));
    if let Some(field) = section.get("set") {
        visit.set = field.fixed_attributes(r, model);
    }
    visit.value = section.get("value").and_then(|field| field.amount_of_money(r));
    if let Some(field) = section.get("next") {
        let name = field.scalar(r, Wanted::Scalar)?;
        check_known(NameKind::Stage, name, &names, &field.spot(), &mut r.findings);
        visit.next = Some(name.to_owned());
    }
    visit.after = section.get("after").and_then(|field| field.fixed(r));
    Some(visit)
}

impl Section<'_> {
    /// Working days are those of the role that works in the stage.
    fn times(&self, r: &mut Reader<'_>, stage: &Stage) -> Times {
        let role = stage.plans().flat_map(Plan::given_steps).find_map(|step| match &step.action {
            Action::Work(work) => Some(work.role.0.as_str()),
            Action::Wait(_) => None,
        });
        let day = role.and_then(|role| r.day_of(role)).unwrap_or(r.working_day);
        let before = std::mem::replace(&mut r.working_day, day);
        let work = self.get("work").and_then(|field| field.fixed(r));
        r.working_day = before;
        if let (Some(field), true) =
            (self.get("steps"), self.get("work").is_some() || self.get("wait").is_some())
        {
            let problem = StructureFault::Conflict { key: "steps", other: "work" };
            r.findings.report(problem, field.key().place, field.path.clone());
        }
        let steps = self.get("steps").map(|field| {
            let items = field.items(r).unwrap_or_default();
            let fixed = |item: &Field<'_>| if item.is_null() { None } else { item.fixed(r) };
            items.iter().map(fixed).collect()
        });
        Times { work, wait: self.get("wait").and_then(|field| field.fixed(r)), steps }
    }
}
