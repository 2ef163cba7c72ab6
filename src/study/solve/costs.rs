//! Costs of the window, where each is paid on arrival or on entry of a stage.

use super::long_run::sells_first;
use super::sheet::Sheet;
use super::window::{Part, Window};
use crate::analytic::chain::{Chain, State, To, Transition};
use crate::kpi::{Figure, Kpi, Scope, Stat};
use crate::program::{Action, Program, RoleId, Step};
use crate::quantity::{MINOR_UNITS, Money};

/// All costs, marketing, stages, and the cost per lead and per won deal, in the currency. No rows if
/// anything is paid at another time: by the hour, after a step, per month or by the value of a deal.
pub(super) fn rows(sheet: &mut Sheet, window: &Window<'_, '_>) {
    let program = window.program;
    if !program.has_cost || !program.costs_only_by_deals() {
        return;
    }
    let on_entry = |part: &Part<'_, '_>| {
        let states = part.chain.states.iter();
        states.map(|state| on_entry(program, state)).collect::<Option<Vec<f64>>>()
    };
    if window.parts.iter().map(on_entry).any(|costs| costs.is_none()) {
        return;
    }
    let money = |of: &dyn Fn(&Chain<'_>, &Transition<'_>) -> f64| {
        window.weighed(&|chain, transition| Some(of(chain, transition))).n / MINOR_UNITS
    };
    let marketing = money(&|_, transition| transition.cost);
    let stages = money(&|chain, transition| match transition.to {
        To::State(to) => self::on_entry(program, &chain.states[to]).unwrap_or(0.0),
        To::End(_) => 0.0,
    });
    let all = marketing + stages;
    let total = |sheet: &mut Sheet, scope, name, value| {
        sheet.of(Kpi::Cost, (scope, name), Stat::Total, Figure::Exact(value));
    };
    total(sheet, Scope::Whole, "", all);
    total(sheet, Scope::Kind, "marketing", marketing);
    total(sheet, Scope::Kind, "stages", stages);
    let arrivals = window.leads();
    let wins = window.sum(|_, transition| sells_first(transition)).n;
    sheet.whole(Kpi::CostPerLead, Stat::Mean, Figure::Exact(all / arrivals));
    if wins > 0.0 {
        sheet.whole(Kpi::CostPerWon, Stat::Mean, Figure::Exact(all / wins));
    }
}

/// What a visit of a state costs, in hundredths of the currency; `None` if it pays some of that
/// later than on entry, or by the value of the deal.
fn on_entry(program: &Program, state: &State) -> Option<f64> {
    let Some(id) = state.stage else { return Some(0.0) };
    let entry = program.stages[id].entry.case(state.case);
    let is_paid = |role: RoleId| program.people_of(role).iter().any(|who| who.pay_per_micro != 0.0);
    let is_later = |(at, step): (usize, &Step)| match &step.action {
        Action::Work(work) if is_paid(work.role) => true,
        _ => at > 0 && step.cost != Money::ZERO,
    };
    if entry.cost_share != 0.0 || entry.steps.iter().enumerate().any(is_later) {
        return None;
    }
    let first = entry.steps.first().map_or(0, |step| step.cost.0);
    Some((entry.cost.0 + first) as f64)
}

#[cfg(test)]
mod tests {
    use crate::kpi::{Key, Kpi, Row, Scope, Stat};
    use crate::model::load;
    use crate::program::Program;
    use crate::study::solve::of_window;

    fn rows(stage: &str) -> Vec<Row> {
        let text = format!(
            "horizon: 90d\nsources: {{s: {{rate: 3/day, cost: 5}}}}\nstages:\n  \
             a: {{wait: {{exponential: {{mean: 2d}}}}, cost: 7, next: 40%}}\n  {stage}\n"
        );
        let loaded = load("m.yaml", &text, &[], None);
        of_window(&Program::compile(&loaded.model.expect("the model is sound")))
    }

    #[test]
    fn what_is_paid_on_entry_is_the_flow_times_the_price() {
        let rows = rows("b: {wait: 3d, cost: 20, next: 50%}");
        let value = |key: Key| Row::find(&rows, &key).and_then(|row| row.figure.value());
        // Of the leads, 40 % enter b after an exponential time with a mean of 2 days: before the end
        // of T days those of a time T − 2 (1 − exp(−T / 2)).
        let entered = 3.0 * 0.4 * (90.0 - 2.0 * (1.0 - libm::exp(-45.0)));
        let (marketing, stages) = (3.0 * 90.0 * 5.0, 3.0 * 90.0 * 7.0 + entered * 20.0);
        let won = 3.0 * 0.2 * (87.0 - 2.0 * (1.0 - libm::exp(-43.5)));
        let cost = || Key::new(Kpi::Cost, Stat::Total);
        for (key, exact) in [
            (cost(), marketing + stages),
            (cost().of(Scope::Kind, "marketing"), marketing),
            (cost().of(Scope::Kind, "stages"), stages),
            (Key::new(Kpi::CostPerLead, Stat::Mean), (marketing + stages) / 270.0),
            (Key::new(Kpi::CostPerWon, Stat::Mean), (marketing + stages) / won),
        ] {
            let found = value(key.clone()).unwrap_or(f64::NAN);
            assert!((found / exact - 1.0).abs() < 1e-4, "{key:?}: {found} for {exact}");
        }
    }

    #[test]
    fn what_is_paid_later_or_by_value_has_no_figure() {
        for stage in [
            "b: {steps: [{wait: 1d}, {wait: 1d, cost: 3}], next: 50%}",
            "b: {cost: 1%, next: 50%}\nvalue: 100",
        ] {
            assert!(rows(stage).iter().all(|row| row.key.kpi != Kpi::Cost), "{stage}");
        }
    }
}
