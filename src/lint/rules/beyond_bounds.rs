//! Expectations of a win rate or of a time that the shares and times of the model rule out.
//!
//! That an expectation always holds is no fault: it guards the model against later changes.

use crate::diagnostic::{Doubt, Findings, Measure};
use crate::kpi::{Kpi, Scope, Span, Stat};
use crate::lint::reach::Reach;
use crate::lint::win_shares::{Among, Shares};
use crate::model::{Expectation, Model, Phase};
use crate::quantity::DAY_MICROS;

/// In a window of some months, a share may differ from the long run: by this factor, and by half a percent.
const NEAR: f64 = 1.15;
const CLOSE: f64 = 0.005;
/// Tables of times are exact to a millionth; this is well below 1.
const EXACT: f64 = 0.999;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for expectation in &model.expectations {
        if let Some(problem) = within(model, expectation) {
            let spot = &expectation.spot;
            findings.report(problem, spot.place, spot.path.clone());
        }
        // A chance is that of a single window, which may differ more.
        if expectation.chance.is_some() || expectation.within.is_some() || expectation.per.is_some()
        {
            continue;
        }
        if let Some(problem) = time(model, expectation).or_else(|| share(model, expectation)) {
            let spot = &expectation.spot;
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}

/// The warning, if no deal is so fast.
fn time(model: &Model, expectation: &Expectation) -> Option<Doubt> {
    let (span, stat) = expectation.statistic()?;
    let at_most = expectation.limits.at_most?;
    if !matches!(stat, Stat::Mean | Stat::Quantile(_)) {
        return None;
    }
    let bound = fastest(model, expectation, span)?;
    (at_most < bound * EXACT).then(|| doubt(expectation, true, bound, Measure::Days))
}

/// The warning, if a share of deals must be done within a time that none of them keeps.
fn within(model: &Model, expectation: &Expectation) -> Option<Doubt> {
    let (days, working) = expectation.within?;
    let (span, _) = expectation.statistic()?;
    if working || expectation.limits.at_least? <= 0.0 {
        return None;
    }
    let bound = fastest(model, expectation, span)?;
    let problem = Doubt::NoneWithin { kpi: expectation.kpi.name().to_owned(), bound };
    (days < bound * EXACT).then_some(problem)
}

/// The time of the fastest deal that counts, in days; `None` if it is not known.
fn fastest(model: &Model, expectation: &Expectation, span: Span) -> Option<f64> {
    // Deals that are there at the start have been there for a while.
    let is_begun = model.sources.iter().any(|source| source.at_start.is_some() && !source.clients);
    if is_begun || !is_known(expectation) {
        return None;
    }
    let reach = Reach::of(model, false);
    let entries = reach.entries(source(expectation));
    let micros = match (expectation.kpi, span) {
        (Kpi::SalesCycle | Kpi::LeadToWin, Span::Whole) => reach.to_sale(&entries),
        (Kpi::SalesCycle, Span::FromDeal) => reach.to_sale(&firsts(model, &reach, &entries)?),
        (Kpi::CycleTime, Span::Whole) if expectation.thing(Scope::Reason).is_none() => {
            let clients = model.sources.iter().any(|source| source.clients);
            if clients { 0.0 } else { reach.to_end(&entries) }
        }
        _ => return None,
    };
    let bound = micros / DAY_MICROS as f64;
    bound.is_finite().then_some(bound)
}

/// The warning, if the best or the worst choice of variants does not get there.
fn share(model: &Model, expectation: &Expectation) -> Option<Doubt> {
    let limits = expectation.limits;
    let (_, stat) = expectation.statistic()?;
    let refuses = model.terms.iter().any(|term| term.credit_limit.is_some());
    if stat != Stat::Share || refuses || !is_known(expectation) {
        return None;
    }
    let reach = Reach::of(model, false);
    let entries = reach.entries(source(expectation));
    let starts = match expectation.kpi {
        Kpi::WinRate => firsts(model, &reach, &entries)?,
        Kpi::LeadToWin => entries,
        Kpi::WinChance => vec![model.stage_index(expectation.thing(Scope::Stage)?)],
        _ => return None,
    };
    // A sale on entry is decided there.
    let sells = |at: &usize| model.stages[*at].sale.is_some();
    if !starts.is_empty() && starts.iter().all(sells) && expectation.kpi == Kpi::WinRate {
        let at_most = limits.at_most?;
        return (at_most < 1.0 / NEAR - CLOSE)
            .then(|| doubt(expectation, true, 1.0, Measure::Share));
    }
    if starts.is_empty() || starts.iter().any(sells) {
        return None;
    }
    let is_of_all = expectation.kpi == Kpi::LeadToWin;
    let shares = Shares::of(model, if is_of_all { Among::All } else { Among::Decided });
    if let Some(at_least) = limits.at_least {
        let most = if is_of_all { shares.most_of_all(&starts)? } else { shares.most(&starts)? };
        if at_least > most * NEAR + CLOSE {
            return Some(doubt(expectation, false, most, Measure::Share));
        }
    }
    // What is not decided by the end of the window is left out of a share of all, and disqualified deals may count.
    let at_most = limits.at_most.filter(|_| expectation.kpi == Kpi::WinRate)?;
    let least = shares.least(&starts)?;
    (at_most < least / NEAR - CLOSE).then(|| doubt(expectation, true, least, Measure::Share))
}

fn doubt(expectation: &Expectation, short: bool, bound: f64, measure: Measure) -> Doubt {
    Doubt::BeyondBounds { kpi: expectation.kpi.name().to_owned(), short, bound, measure }
}

/// Whether the expectation is about all deals or those of a source or a value: bounds hold for every kind of deal.
fn is_known(expectation: &Expectation) -> bool {
    let things = [Scope::Role, Scope::Person, Scope::Activity];
    things.iter().all(|scope| expectation.thing(*scope).is_none())
}

/// The source that the expectation names.
fn source(expectation: &Expectation) -> Option<&str> {
    expectation.parts().find(|(key, _)| *key == "source").map(|(_, name)| name)
}

/// The stages of phase `deal` or later that deals may enter first; `None` if a deal can be won before.
fn firsts(model: &Model, reach: &Reach<'_>, entries: &[usize]) -> Option<Vec<usize>> {
    let (mut open, mut seen, mut firsts) = (entries.to_vec(), Vec::new(), Vec::new());
    while let Some(at) = open.pop() {
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        let stage = &model.stages[at];
        if stage.phase >= Phase::Deal {
            firsts.push(at);
        } else {
            let wins = reach.transitions.ends[at].contains(&crate::model::transitions::End::Won);
            if wins || stage.sale.is_some() {
                return None;
            }
            open.extend(&reach.transitions.to[at]);
        }
    }
    Some(firsts)
}

#[cfg(test)]
mod tests {
    fn codes(expect: &str) -> Vec<&'static str> {
        let text = format!(
            "stages:\n  lead: {{wait: 10d, next: 50%}}\n  offer: {{wait: {{uniform: {{min: 10d, max: 20d}}}}, next: 50%}}\n\
             expect: [{{{expect}}}]\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_share_within_a_time_that_no_deal_keeps_is_found() {
        assert_eq!(codes("kpi: sales_cycle, within: 5d, at_least: 70%"), ["V648"]);
        assert_eq!(codes("kpi: lead_to_win, within: 5d, at_least: 10%"), ["V648"]);
        assert_eq!(codes("kpi: cycle_time, within: 5d, at_least: 10%"), ["V648"]);
        assert_eq!(codes("kpi: sales_cycle, within: 21d, at_least: 70%"), [""; 0]);
        assert_eq!(codes("kpi: lead_to_win, within: 30d, at_least: 10%"), [""; 0]);
        // That few are so fast is no fault.
        assert_eq!(codes("kpi: sales_cycle, within: 5d, at_most: 10%"), [""; 0]);
    }
}
