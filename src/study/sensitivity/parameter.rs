//! The parameters of a model that a sensitivity study changes, and how it changes them.
//!
//! A parameter covers a stage's own plan and all of its variants, so that a change holds for every
//! deal. A change that would leave the model as it is, or that it cannot take, gives no model.

use crate::model::{
    Action, Arrivals, Branch, Model, Plan, SaleAmount, Spending, Stage, Step, Target, Wait,
};
use crate::quantity::{HOUR_MICROS, Pay};
use crate::random::distribution::Distribution;

/// Something of a model that can be more or less.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// How many deals a source brings.
    Arrivals(String),
    /// How many people a role has.
    People(String),
    /// How long the work in a stage takes.
    Work(String),
    /// How long deals wait in a stage, and on the way from it.
    Wait(String),
    /// The share of deals that leave a stage without being lost.
    GoingOn(String),
    /// The share of deals lost for a reason, in all stages.
    Reason(String),
    /// The value of deals.
    Value,
    /// What the people of a role are paid.
    Pay(String),
    /// What a deal of a source costs.
    LeadCost(String),
    /// What a visit of a stage costs, without people: amounts, and shares of the value.
    StageCost(String),
    /// The margin of sales, in every case.
    Margin,
    /// How long after the sale, or the stage that makes them due, clients pay.
    Payment,
    /// A running or one-off cost that no deal causes.
    Cost(String),
    /// The share of visits that follow the process after the roll-out.
    Followed,
    /// What the roll-out costs once.
    RolloutCost,
    /// The value at a path of `--set`.
    Path(String),
}

/// A change of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Shift {
    /// Times a factor; a share stays at most 1.
    Times(f64),
    /// So many people more, or fewer.
    People(i64),
    /// So many hours of work more or less for each visit, on average.
    Hours(f64),
    /// A share that is so much higher, as a fraction.
    Points(f64),
    /// The value that stands at the path.
    Is(String),
}

impl Parameter {
    /// Every parameter that a model has, in the order of its sections.
    pub fn all(model: &Model) -> Vec<Parameter> {
        let mut all = Vec::new();
        for source in model.sources.iter().filter(|source| !source.has_no_arrivals()) {
            all.push(Parameter::Arrivals(source.name.clone()));
        }
        for role in &model.roles {
            all.push(Parameter::People(role.name.clone()));
        }
        for stage in &model.stages {
            let of = [Parameter::Work, Parameter::Wait, Parameter::GoingOn];
            all.extend(of.map(|parameter| parameter(stage.name.clone())));
        }
        all.extend(reasons(model).into_iter().map(Parameter::Reason));
        all.push(Parameter::Value);
        all.extend(model.roles.iter().map(|role| Parameter::Pay(role.name.clone())));
        all.extend(model.sources.iter().map(|source| Parameter::LeadCost(source.name.clone())));
        all.extend(model.stages.iter().map(|stage| Parameter::StageCost(stage.name.clone())));
        all.extend([Parameter::Margin, Parameter::Payment]);
        all.extend(model.costs.iter().map(|cost| Parameter::Cost(cost.name.clone())));
        all.extend([Parameter::Followed, Parameter::RolloutCost]);
        all
    }

    /// Whether it is a whole number of people.
    pub fn is_of_people(&self) -> bool {
        matches!(self, Parameter::People(_))
    }

    /// Whether it is money, or when it is paid: the number of deals and their times do not depend on it.
    pub fn is_price(&self) -> bool {
        let of_sales = matches!(self, Parameter::Value | Parameter::Margin | Parameter::Payment);
        let of_parts = matches!(
            self,
            Parameter::Pay(_)
                | Parameter::LeadCost(_)
                | Parameter::StageCost(_)
                | Parameter::Cost(_)
        );
        of_sales || of_parts || *self == Parameter::RolloutCost
    }

    /// Whether it is a loss reason.
    pub fn is_reason(&self) -> bool {
        matches!(self, Parameter::Reason(_))
    }

    /// The model with this change; `None` if it would be the same, or cannot be made.
    pub fn changed(&self, model: &Model, shift: &Shift) -> Option<Model> {
        let mut other = model.clone();
        self.change(&mut other, shift)?;
        (other != *model).then_some(other)
    }

    /// By which share it can grow before a share of deals is all of them.
    pub(super) fn room(&self, model: &Model) -> f64 {
        let Parameter::GoingOn(name) = self else { return f64::INFINITY };
        let stages = model.stages.iter().filter(|stage| stage.name == *name);
        let plans = stages.flat_map(Stage::plans).filter_map(|plan| plan.next.as_ref());
        let shares = plans.map(|branches| {
            let going = branches.iter().filter(|branch| !is_lost(branch));
            going.map(|branch| branch.probability).sum::<f64>()
        });
        let short = shares.filter(|share| *share < 1.0);
        short.fold(f64::INFINITY, |room, share| room.min(1.0 / share - 1.0))
    }

    fn change(&self, model: &mut Model, shift: &Shift) -> Option<()> {
        match (self, shift) {
            (Parameter::People(name), Shift::People(more)) => people(model, name, *more),
            (Parameter::GoingOn(name), Shift::Times(_) | Shift::Points(_)) => {
                let stage = stage_of(model, name)?;
                branches(stage).for_each(|branches| go_on(branches, shift));
                Some(())
            }
            (Parameter::Reason(name), Shift::Times(factor)) => {
                let all = model.stages.iter_mut().flat_map(branches);
                all.for_each(|branches| lose(branches, name, *factor));
                Some(())
            }
            (Parameter::Work(name), Shift::Hours(hours)) => {
                let mean = work_hours(model, name)?;
                let factor = (mean + hours) / mean;
                (factor > 0.0).then_some(())?;
                self.change(model, &Shift::Times(factor))
            }
            (_, Shift::Times(factor)) => self.multiply(model, *factor),
            _ => None,
        }
    }

    fn multiply(&self, model: &mut Model, factor: f64) -> Option<()> {
        let scale = |amount: &mut Distribution| *amount = amount.scaled(factor);
        match self {
            Parameter::Arrivals(name) => {
                match &mut model.sources.iter_mut().find(|source| source.name == *name)?.arrivals {
                    Arrivals::Rate { steps, .. } => {
                        steps.iter_mut().for_each(|step| step.rate.per_day *= factor);
                    }
                    Arrivals::Every(gap) => *gap = gap.scaled(1.0 / factor),
                }
            }
            Parameter::Work(name) => {
                for step in stage_of(model, name)?.plans_mut().flat_map(steps) {
                    if let Action::Work(work) = &mut step.action {
                        scale(&mut work.time);
                    }
                }
            }
            Parameter::Wait(name) => {
                let stage = stage_of(model, name)?;
                for step in stage.plans_mut().flat_map(steps) {
                    if let Action::Wait(Wait::Time(delay)) = &mut step.action {
                        scale(&mut delay.time);
                    }
                }
                let delays = branches(stage).flatten().filter_map(|one| one.after.as_mut());
                delays.for_each(|delay| scale(&mut delay.time));
            }
            Parameter::Value => {
                model.value.iter_mut().for_each(|case| scale(&mut case.amount));
                for stage in &mut model.stages {
                    if let Some(SaleAmount::Own(amount)) = &mut stage.sale {
                        scale(amount);
                    }
                    let sets = stage.plans_mut().filter_map(|plan| plan.set.as_mut());
                    sets.filter_map(|set| set.value.as_mut()).for_each(scale);
                }
            }
            Parameter::Pay(name) => {
                let role = model.roles.iter_mut().find(|role| role.name == *name)?;
                let groups = role.people.iter_mut().flatten().filter_map(|one| one.pay.as_mut());
                role.pay.iter_mut().chain(groups).for_each(|pay| {
                    let (Pay::Hourly(amount) | Pay::Monthly(amount)) = pay;
                    *amount *= factor;
                });
            }
            Parameter::LeadCost(name) => {
                model.sources.iter_mut().find(|source| source.name == *name)?.cost *= factor;
            }
            Parameter::StageCost(name) => {
                for plan in stage_of(model, name)?.plans_mut() {
                    let amounts = plan.cost.iter_mut().chain(&mut plan.cost_share);
                    amounts.for_each(|cost| *cost *= factor);
                    steps(plan).for_each(|step| step.cost *= factor);
                }
            }
            Parameter::Margin => {
                let margins = model.terms.iter_mut().filter_map(|term| term.margin.as_mut());
                margins.for_each(|margin| *margin = (*margin * factor).min(1.0));
            }
            Parameter::Payment => {
                let payments = model.terms.iter_mut().flat_map(|term| &mut term.payment);
                payments
                    .filter_map(|one| one.after.as_mut())
                    .for_each(|delay| scale(&mut delay.time));
            }
            Parameter::Cost(name) => {
                let cost = model.costs.iter_mut().find(|cost| cost.name == *name)?;
                match &mut cost.spending {
                    Spending::Running { rate, .. } => rate.per_day *= factor,
                    Spending::Once { amount, .. } => *amount *= factor,
                }
            }
            Parameter::Followed => {
                let rollout = model.rollout.as_mut()?;
                rollout.to = (rollout.to * factor).min(1.0);
            }
            Parameter::RolloutCost => model.rollout.as_mut()?.cost *= factor,
            Parameter::People(_)
            | Parameter::GoingOn(_)
            | Parameter::Reason(_)
            | Parameter::Path(_) => return None,
        }
        Some(())
    }
}

/// The mean work of a visit of a stage, in hours: its own, or that of the first variant that has work.
pub(super) fn work_hours(model: &Model, stage: &str) -> Option<f64> {
    let stage = model.stages.iter().find(|one| one.name == stage)?;
    let mean = |plan: &Plan| {
        let works = plan.given_steps().filter_map(|step| match &step.action {
            Action::Work(work) => Some(work.time.mean()),
            Action::Wait(_) => None,
        });
        works.sum::<f64>() / HOUR_MICROS as f64
    };
    stage.plans().map(mean).find(|hours| *hours > 0.0)
}

/// The names of all loss reasons, in the order in which stages name them.
fn reasons(model: &Model) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for branch in model.branches() {
        if let Target::Lost(Some(reason)) = &branch.target
            && !names.contains(reason)
        {
            names.push(reason.clone());
        }
    }
    names
}

fn stage_of<'m>(model: &'m mut Model, name: &str) -> Option<&'m mut Stage> {
    model.stages.iter_mut().find(|stage| stage.name == name)
}

fn steps(plan: &mut Plan) -> impl Iterator<Item = &mut Step> {
    plan.steps.iter_mut().flatten().chain(&mut plan.work).chain(&mut plan.wait)
}

/// The branches of each plan of a stage.
fn branches(stage: &mut Stage) -> impl Iterator<Item = &mut Vec<Branch>> {
    stage.plans_mut().filter_map(|plan| plan.next.as_mut())
}

fn is_lost(branch: &Branch) -> bool {
    matches!(branch.target, Target::Lost(_))
}

/// More or fewer deals go on; those that do not are lost for the same reasons as before.
fn go_on(branches: &mut [Branch], shift: &Shift) {
    let going = |branch: &&Branch| !is_lost(branch);
    let share: f64 = branches.iter().filter(going).map(|branch| branch.probability).sum();
    let lost = 1.0 - share;
    let wanted = match shift {
        Shift::Times(factor) => share * factor,
        Shift::Points(points) => share + points,
        _ => share,
    };
    if share <= 0.0 || lost <= 0.0 || !branches.iter().any(is_lost) {
        return;
    }
    let wanted = wanted.clamp(0.0, 1.0);
    for branch in branches {
        branch.probability *= if is_lost(branch) { (1.0 - wanted) / lost } else { wanted / share };
    }
}

/// More or fewer deals are lost for a reason; the others go where those that are not lost for it
/// and are not lost at all go.
fn lose(branches: &mut [Branch], reason: &str, factor: f64) {
    let is_of =
        |branch: &Branch| matches!(&branch.target, Target::Lost(Some(name)) if name == reason);
    let sum = |counts: &dyn Fn(&Branch) -> bool| -> f64 {
        let counted = branches.iter().filter(|branch| counts(branch));
        counted.map(|branch| branch.probability).sum()
    };
    let (lost, going) = (sum(&is_of), sum(&|branch| !is_lost(branch)));
    if lost <= 0.0 || going <= 0.0 {
        return;
    }
    let wanted = (lost * factor).min(lost + going);
    for branch in branches {
        if is_of(branch) {
            branch.probability *= wanted / lost;
        } else if !is_lost(branch) {
            branch.probability *= (going + lost - wanted) / going;
        }
    }
}

/// Adds people to the first group of a role, or takes them from its last ones; one person stays.
fn people(model: &mut Model, name: &str, more: i64) -> Option<()> {
    let role = model.roles.iter_mut().find(|role| role.name == name)?;
    let groups = role.people.as_mut()?;
    if more >= 0 {
        let mut group = groups.first()?.clone();
        if group.name.is_none() {
            groups[0].count += more.unsigned_abs();
        } else {
            (group.name, group.count) = (None, more.unsigned_abs());
            groups.push(group);
        }
        return Some(());
    }
    let all: u64 = groups.iter().map(|group| group.count).sum();
    let mut fewer = more.unsigned_abs();
    (all > fewer).then_some(())?;
    while fewer > 0 {
        let last = groups.last_mut()?;
        let gone = last.count.min(fewer);
        last.count -= gone;
        fewer -= gone;
        if last.count == 0 {
            groups.pop();
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;

    fn model(text: &str) -> Model {
        load("m.yaml", text, &[], None).model.expect("the model is sound")
    }

    const TEXT: &str = "value: 100\ncurrency: EUR\nroles: {seller: {people: 2, cost: 1000/month}}\n\
        sources: {ads: {rate: 10/week, cost: 5}}\nstages:\n  a:\n    work: {role: seller, time: 2h}\n    \
        next: {b: 40%, lost: {price: 45%, other: 15%}}\n    \
        variants: [{when: {source: ads}, next: {b: 20%, lost: {price: 30%, other: 50%}}}]\n  \
        b: {cost: 3, wait: 4d, next: {won: 1, lost: 0}}\n";

    fn shares(model: &Model, plan: usize) -> Vec<f64> {
        let plan = model.stages[0].plans().nth(plan).expect("there are two");
        plan.next.iter().flatten().map(|branch| branch.probability).collect()
    }

    fn close(found: &[f64], expected: &[f64]) -> bool {
        found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12)
    }

    #[test]
    fn more_deals_go_on_and_the_reasons_of_the_rest_stay() {
        let base = model(TEXT);
        let going = Parameter::GoingOn("a".to_owned());
        let more = going.changed(&base, &Shift::Times(1.1)).expect("the stage loses deals");
        assert!(close(&shares(&more, 0), &[0.44, 0.42, 0.14]), "{:?}", shares(&more, 0));
        assert!(close(&shares(&more, 1), &[0.22, 0.2925, 0.4875]), "{:?}", shares(&more, 1));
        let point = going.changed(&base, &Shift::Points(0.01)).expect("the stage loses deals");
        assert!(close(&shares(&point, 0), &[0.41, 0.59 * 0.75, 0.59 * 0.25]));
        let all = going.changed(&base, &Shift::Times(9.0)).expect("the stage loses deals");
        assert!(close(&shares(&all, 0), &[1.0, 0.0, 0.0]));
        // A stage that loses nobody cannot lose fewer.
        assert_eq!(Parameter::GoingOn("b".to_owned()).changed(&base, &Shift::Times(1.1)), None);
    }

    #[test]
    fn deals_that_a_reason_loses_no_more_go_on() {
        let half = Parameter::Reason("price".to_owned());
        let half = half.changed(&model(TEXT), &Shift::Times(0.5)).expect("deals are lost for it");
        assert!(close(&shares(&half, 0), &[0.625, 0.225, 0.15]), "{:?}", shares(&half, 0));
        assert!(close(&shares(&half, 1), &[0.35, 0.15, 0.5]), "{:?}", shares(&half, 1));
    }

    #[test]
    fn people_come_and_go_one_by_one() {
        let base = model(
            "roles: {s: {people: [{name: Ann}, {name: Bob}]}}\nstages: {a: {work: {role: s, time: 1h}, next: won}}\n",
        );
        let of = |more| Parameter::People("s".to_owned()).changed(&base, &Shift::People(more));
        let count = |model: Option<Model>| -> Option<u64> {
            let groups = model?.roles[0].people.clone()?;
            Some(groups.iter().map(|group| group.count).sum())
        };
        assert_eq!([1, -1, -2].map(|more| count(of(more))), [Some(3), Some(1), None]);
    }

    #[test]
    fn an_hour_less_is_an_hour_of_the_mean() {
        let base = model(TEXT);
        let less = Parameter::Work("a".to_owned()).changed(&base, &Shift::Hours(-0.5));
        assert_eq!(less.and_then(|model| work_hours(&model, "a")), Some(1.5));
        assert_eq!(Parameter::Work("b".to_owned()).changed(&base, &Shift::Hours(-0.5)), None);
    }

    #[test]
    fn terms_costs_and_the_roll_out_can_be_more() {
        let base = model(
            "value: 100\ncurrency: EUR\nstart: 2026-01-01\nterms: {margin: 95%, payment: {after: 10d}}\n\
             costs: {rent: 1000/month}\nrollout: {start: 2026-02-01, duration: 90d, from: 10%, to: 80%, cost: 500}\n\
             stages: {a: {cost: 5%, next: {won: 50%, lost: rest}, variants: [{when: {followed: false}, \
             next: {won: 40%, lost: rest}}]}}\n",
        );
        let more = |parameter: Parameter| {
            parameter.changed(&base, &Shift::Times(1.1)).expect("the model has it")
        };
        assert_eq!(more(Parameter::Margin).terms[0].margin, Some(1.0));
        let days = |model: &Model| {
            let after = model.terms[0].payment[0].after.as_ref().expect("it is given");
            after.time.mean() / crate::quantity::DAY_MICROS as f64
        };
        assert!((days(&more(Parameter::Payment)) - 11.0).abs() < 1e-9);
        let Spending::Running { rate, .. } =
            more(Parameter::Cost("rent".to_owned())).costs[0].spending
        else {
            panic!("a cost per month")
        };
        let Spending::Running { rate: before, .. } = base.costs[0].spending else {
            panic!("as well")
        };
        assert!((rate.per_day / before.per_day - 1.1).abs() < 1e-12);
        let rollout = |model: Model| model.rollout.map(|one| (one.to, one.cost));
        let close = |a: Option<(f64, f64)>, b: (f64, f64)| {
            a.is_some_and(|a| (a.0 - b.0).abs() < 1e-12 && (a.1 - b.1).abs() < 1e-9)
        };
        assert!(close(rollout(more(Parameter::Followed)), (0.88, 500.0)));
        assert!(close(rollout(more(Parameter::RolloutCost)), (0.8, 550.0)));
        let share = more(Parameter::StageCost("a".to_owned())).stages[0]
            .plans()
            .next()
            .and_then(|plan| plan.cost_share);
        assert!(share.is_some_and(|share| (share - 0.055).abs() < 1e-12));
        let found = Parameter::all(&base);
        for parameter in [Parameter::Margin, Parameter::Payment, Parameter::Followed] {
            assert!(found.contains(&parameter), "{parameter:?}");
        }
    }

    #[test]
    fn each_parameter_changes_something_or_is_left_out() {
        let base = model(TEXT);
        let takes = |parameter: &Parameter| {
            let shift = if parameter.is_of_people() { Shift::People(1) } else { Shift::Times(1.1) };
            parameter.changed(&base, &shift).is_some()
        };
        let found: Vec<Parameter> = Parameter::all(&base).into_iter().filter(takes).collect();
        let of = |parameter: fn(String) -> Parameter, name: &str| parameter(name.to_owned());
        assert_eq!(
            found,
            [
                of(Parameter::Arrivals, "ads"),
                of(Parameter::People, "seller"),
                of(Parameter::Work, "a"),
                of(Parameter::GoingOn, "a"),
                of(Parameter::Wait, "b"),
                of(Parameter::Reason, "price"),
                of(Parameter::Reason, "other"),
                Parameter::Value,
                of(Parameter::Pay, "seller"),
                of(Parameter::LeadCost, "ads"),
                of(Parameter::StageCost, "b"),
            ]
        );
    }
}
