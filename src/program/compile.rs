//! From a checked model to a program.

use std::collections::HashMap;

use super::condition::Test as Compiled;
use super::{
    Attribute, AttributeDraw, Branch, Choice, Condition, Draw, End, Entry, Exit, Next, Program,
    Reason, Sale, Source, Stage, Step, Window, rates, routes,
};
use crate::calendar::{Calendar, shift};
use crate::model::{self, Horizon, Model, Plan, SaleAmount, Target, Test, When};
use crate::quantity::{Instant, Money};
use crate::random::distribution::Distribution;
use crate::random::key::Address;

impl Program {
    /// Compiles a checked model.
    pub fn compile(model: &Model) -> Program {
        let names = Names::of(model);
        let origin = model.warmup.map_or(model.start, |warmup| shift(model.start, warmup, -1));
        let calendar = Calendar::new(origin);
        let end = match model.horizon {
            Horizon::UntilEmpty => Instant::NEVER,
            Horizon::Length(length) => calendar.instant(shift(model.start, length, 1)),
        };
        let window = Window { start: calendar.instant(model.start), end };
        let compiler = Compiler { model, names, calendar };
        let stages: Vec<Stage> = (0..model.stages.len()).map(|at| compiler.stage(at)).collect();
        let sources: Vec<Source> =
            model.sources.iter().map(|source| compiler.source(source, window)).collect();
        let costs = |stage: &Stage| {
            let paid =
                |e: &Entry| e.cost != Money::ZERO || e.steps.iter().any(|s| s.cost != Money::ZERO);
            stage.entry.iter().any(paid)
        };
        let has_cost =
            stages.iter().any(costs) || sources.iter().any(|source| source.cost != Money::ZERO);
        Program {
            name: model.label.clone(),
            currency: model.header.currency.clone(),
            order: routes::straight_order(&stages),
            ends: compiler.ends(),
            value: compiler.value(),
            value_address: Address::new("", 0, "value"),
            arrival_draws: model
                .attributes
                .iter()
                .map(|attribute| compiler.attribute_draw(attribute, ""))
                .collect(),
            reasons: compiler.names.reasons,
            attributes: compiler.names.attributes,
            stages,
            sources,
            calendar,
            window,
            has_cost,
            sells_on_the_way: model.stages.iter().any(|stage| stage.sale.is_some()),
        }
    }
}

/// Indices of everything that has a name.
struct Names {
    reasons: Vec<Reason>,
    attributes: Vec<Attribute>,
    stages: HashMap<String, usize>,
}

impl Names {
    fn of(model: &Model) -> Names {
        let mut names =
            Names { reasons: Vec::new(), attributes: Vec::new(), stages: HashMap::new() };
        for (at, stage) in model.stages.iter().enumerate() {
            names.stages.insert(stage.name.clone(), at);
        }
        let classes: HashMap<&str, _> =
            model.reasons.iter().map(|(name, class, _)| (name.as_str(), *class)).collect();
        for branch in model.branches() {
            if let Target::Lost(reason) = &branch.target {
                let name = reason.clone().unwrap_or_default();
                let used = branch.probability > 0.0 || reason.is_some();
                if used && names.reasons.iter().all(|known| known.name != name) {
                    let class = classes.get(name.as_str()).copied();
                    names.reasons.push(Reason { name, class });
                }
            }
        }
        let of_sources = model.sources.iter().flat_map(|source| &source.attributes);
        let set =
            model.plans().filter_map(|plan| plan.set.as_ref()).flat_map(|set| &set.attributes);
        for declared in model.attributes.iter().chain(of_sources).chain(set) {
            let at = names.attributes.iter().position(|known| known.name == declared.name);
            let at = at.unwrap_or_else(|| {
                let name = declared.name.clone();
                names.attributes.push(Attribute { name, values: Vec::new(), shift: 0, mask: 0 });
                names.attributes.len() - 1
            });
            for (value, _) in &declared.shares {
                let values = &mut names.attributes[at].values;
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
        }
        let mut shift = 0;
        for attribute in &mut names.attributes {
            let bits = usize::BITS - attribute.values.len().leading_zeros();
            attribute.shift = shift;
            attribute.mask = (1 << bits) - 1;
            shift += bits;
        }
        names
    }
}

struct Compiler<'m> {
    model: &'m Model,
    names: Names,
    calendar: Calendar,
}

impl Compiler<'_> {
    fn ends(&self) -> Vec<End> {
        let lost = (0..self.names.reasons.len()).map(End::Lost);
        [End::Won, End::Done].into_iter().chain(lost).collect()
    }

    fn exit(&self, from: usize, target: &Target) -> Exit {
        let count = self.model.stages.len();
        let exit = match target {
            Target::Stage(name) => self.names.stages[name],
            Target::Following if from + 1 < count => from + 1,
            Target::Following | Target::Won => count,
            Target::Done => count + 1,
            Target::Lost(reason) => {
                let name = reason.as_deref().unwrap_or_default();
                let reason = self.names.reasons.iter().position(|known| known.name == name);
                count + 2 + reason.unwrap_or(0)
            }
        };
        exit as Exit
    }

    fn next(&self, from: usize, branches: &[model::Branch], place: &str) -> Next {
        let taken: Vec<&model::Branch> = branches.iter().filter(|b| b.probability > 0.0).collect();
        let thresholds = thresholds(taken.iter().map(|branch| branch.probability));
        let branches = taken.iter().enumerate().map(|(at, branch)| Branch {
            exit: self.exit(from, &branch.target),
            after: branch.after.as_ref().map(|after| draw(after, place, at as u64, "after")),
        });
        Next { thresholds, branches: branches.collect() }
    }

    fn stage(&self, at: usize) -> Stage {
        let stage = &self.model.stages[at];
        let name = stage.name.as_str();
        let entry = |plan: &Plan| self.entry(&stage.plan, plan, name);
        let next = |plan: &Plan| {
            let given = plan.next.as_ref().or(stage.plan.next.as_ref());
            self.next(at, given.map_or(&[], Vec::as_slice), name)
        };
        let sale = stage.sale.as_ref().map(|sale| match sale {
            SaleAmount::Value => Sale::Value,
            SaleAmount::Same => Sale::Same,
            SaleAmount::Own(amount) => Sale::Own(draw(amount, name, 0, "sale")),
        });
        Stage {
            name: stage.name.clone(),
            title: stage.title.clone().unwrap_or_else(|| stage.name.clone()),
            phase: stage.phase,
            entry: self.choice(stage, entry),
            next: self.choice(stage, next),
            next_address: Address::new(name, 0, "next"),
            limit: stage
                .max_visits
                .as_ref()
                .map(|limit| (limit.count, self.next(at, &limit.next, name))),
            sale,
        }
    }

    fn choice<T>(&self, stage: &model::Stage, make: impl Fn(&Plan) -> T) -> Choice<T> {
        let cases = stage.variants.iter();
        let cases = cases.map(|variant| (self.condition(&variant.when), make(&variant.plan)));
        Choice { cases: cases.collect(), otherwise: make(&stage.plan) }
    }

    /// A plan laid over the stage's own: what it gives replaces, attributes merge by name.
    fn entry(&self, base: &Plan, plan: &Plan, place: &str) -> Entry {
        let steps = plan.steps.as_ref().or(base.steps.as_ref());
        let steps = steps.into_iter().flatten().enumerate().map(|(at, step)| Step {
            wait: draw(&step.wait, place, at as u64, "wait"),
            cost: Money::from_units(step.cost),
        });
        let sets = [plan.set.as_ref(), base.set.as_ref()];
        let mut attributes: Vec<&model::Attribute> = Vec::new();
        for attribute in sets.into_iter().flatten().flat_map(|set| &set.attributes) {
            if attributes.iter().all(|known| known.name != attribute.name) {
                attributes.push(attribute);
            }
        }
        let value = sets.into_iter().flatten().find_map(|set| set.value.as_ref());
        Entry {
            cost: Money::from_units(plan.cost.or(base.cost).unwrap_or(0.0)),
            steps: steps.collect(),
            draws: attributes.iter().map(|a| self.attribute_draw(a, place)).collect(),
            value: value.map(|value| draw(value, place, 0, "set value")),
        }
    }

    fn attribute_draw(&self, attribute: &model::Attribute, place: &str) -> AttributeDraw {
        let known = self.names.attributes.iter().position(|known| known.name == attribute.name);
        let at = known.unwrap_or(0);
        let shares = attribute.shares.iter().filter(|(_, share)| *share > 0.0);
        let values = &self.names.attributes[at].values;
        let code =
            |value: &String| values.iter().position(|known| known == value).map_or(0, |i| i + 1);
        AttributeDraw {
            attribute: at,
            thresholds: thresholds(shares.clone().map(|(_, share)| *share)),
            codes: shares.map(|(value, _)| code(value) as u64).collect(),
            address: Address::new(place, 0, &format!("attribute {}", attribute.name)),
        }
    }

    fn source(&self, source: &model::Source, window: Window) -> Source {
        Source {
            name: source.name.clone(),
            arrivals: rates::arrivals(source, self.model.start, &self.calendar, window),
            batch: source.batch,
            count: source.count.unwrap_or(u64::MAX),
            cost: Money::from_units(source.cost),
            entry: source.enters.as_ref().map_or(0, |(stage, _)| self.names.stages[stage] as u16),
            draws: source.attributes.iter().map(|a| self.attribute_draw(a, "")).collect(),
            gap_address: Address::new("", 0, "gap"),
        }
    }

    fn value(&self) -> Option<Choice<crate::random::inverse::Inverse>> {
        let cases = &self.model.value;
        if cases.is_empty() {
            let amounts = self
                .model
                .stages
                .iter()
                .any(|stage| matches!(stage.sale, Some(SaleAmount::Own(_))));
            let set =
                self.model.plans().any(|p| p.set.as_ref().is_some_and(|set| set.value.is_some()));
            let zero = Distribution::Constant(0.0).inverse();
            return (amounts || set).then_some(Choice { cases: Vec::new(), otherwise: zero });
        }
        let always = cases.iter().position(|case| case.when.tests.is_empty());
        let otherwise = always.map_or(Distribution::Constant(0.0), |at| cases[at].amount.clone());
        let conditional = cases.iter().take(always.unwrap_or(cases.len()));
        let conditional =
            conditional.map(|case| (self.condition(&case.when), case.amount.inverse()));
        Some(Choice { cases: conditional.collect(), otherwise: otherwise.inverse() })
    }

    fn condition(&self, when: &When) -> Condition {
        Condition { tests: when.tests.iter().map(|test| self.test(test)).collect() }
    }

    fn test(&self, test: &Test) -> Compiled {
        match test {
            Test::Attribute { name, values, .. } => {
                let attribute = self.names.attributes.iter().find(|known| known.name == *name);
                let Some(attribute) = attribute else {
                    return Compiled::Month(Vec::new());
                };
                let mut allowed = vec![false; attribute.mask as usize + 1];
                for (code, value) in attribute.values.iter().enumerate() {
                    allowed[code + 1] = values.iter().any(|(wanted, _)| wanted == value);
                }
                Compiled::Attribute { shift: attribute.shift, mask: attribute.mask, allowed }
            }
            Test::Source(names) => {
                let sources = self.model.sources.iter();
                let allowed = sources.map(|s| names.iter().any(|(name, _)| *name == s.name));
                Compiled::Source(allowed.collect())
            }
            Test::Number(measured, ranges) => Compiled::Number(*measured, ranges.clone()),
            Test::Month(months) => Compiled::Month(months.clone()),
            Test::Weekday(days) => Compiled::Weekday(days.clone()),
            Test::Date(spans) => {
                let instant = |date, open| match date {
                    Some(date) => self.calendar.instant(date),
                    None => open,
                };
                let span = |(from, until): &(_, _)| {
                    (instant(*from, Instant(i64::MIN)), instant(*until, Instant(i64::MAX)))
                };
                Compiled::Span(spans.iter().map(span).collect())
            }
        }
    }
}

fn draw(distribution: &Distribution, place: &str, step: u64, purpose: &str) -> Draw {
    Draw {
        inverse: distribution.inverse(),
        address: Address::new(place, step, purpose),
        distribution: distribution.clone(),
    }
}

/// Cumulative shares as thresholds of a 64-bit word; the last share takes what is left.
fn thresholds(shares: impl Iterator<Item = f64>) -> Vec<u64> {
    let mut sum = 0.0;
    let mut limits: Vec<u64> = shares
        .map(|share| {
            sum += share;
            // The conversion saturates: a sum of 1 becomes the greatest word.
            (sum * 18_446_744_073_709_551_616.0) as u64
        })
        .collect();
    limits.pop();
    limits
}
