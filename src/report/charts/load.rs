//! How busy people are: over the window, and week by week.

use jiff::civil::Date;

use super::{FEWEST, inside, month_labels, seen, shown};
use crate::kpi::{Key, Kpi, Stat};
use crate::program::RoleId;
use crate::report::chart::{Chart, LoadChart, LoadRole, Strip, StripsChart};
use crate::report::phrase::{Caption, Finding, days, share};
use crate::study::load::{Demand, demands};
use crate::study::simulate::Simulation;

/// Busier than this, people have no time left.
const FULL: f64 = 0.98;

/// The people and their queues.
pub(super) fn load(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    let demands = demands(simulation);
    let roles: Vec<LoadRole> = demands.iter().map(|demand| role(simulation, demand)).collect();
    if roles.is_empty() {
        return None;
    }
    let title = title(&roles, program.window.until_empty());
    Some(Chart::Load(LoadChart { title, subtitle: vec![seen(simulation)], roles }))
}

fn role(simulation: &Simulation, demand: &Demand) -> LoadRole {
    let program = &simulation.program;
    let role = &program.roles[demand.role];
    let key = |kpi, stat| Key::new(kpi, stat).role(&role.name);
    let wait = |stat| simulation.value(&key(Kpi::QueueTime, stat));
    let note = match (wait(Stat::Mean), wait(Stat::quantile(0.9))) {
        (Some(mean), most) => Caption::Wait(days(mean), most.map(days)),
        _ => Caption::NoWorkAsked,
    };
    let people: u64 = program.people_of(demand.role).iter().map(|person| person.count).sum();
    LoadRole {
        label: role.title.clone(),
        people: Caption::People(people),
        busy: demand.busy,
        high: simulation
            .find(&key(Kpi::Utilization, Stat::Share))
            .and_then(|row| row.risk)
            .map_or(demand.busy, |risk| risk[2].max(demand.busy)),
        asked: demand.asked.max(demand.busy),
        note,
    }
}

/// The finding: the role that has more work than time; if there is none, the busiest role.
fn title(roles: &[LoadRole], until_empty: bool) -> Finding {
    let most = |of: fn(&LoadRole) -> f64| roles.iter().max_by(|a, b| of(a).total_cmp(&of(b)));
    if let Some(role) = most(|role| role.asked).filter(|role| role.asked > 1.0 && !until_empty) {
        return Finding::AskedTooMuch { role: role.label.clone(), share: share(role.asked) };
    }
    match most(|role| role.busy) {
        Some(role) => Finding::Busiest { role: role.label.clone(), share: share(role.busy) },
        None => Finding::NobodyWorks,
    }
}

pub(super) fn by_week(simulation: &Simulation) -> Option<Chart> {
    let weekly = simulation.weekly.as_ref()?;
    let program = &simulation.program;
    let shares = || weekly.load.iter().map(|(_, shares)| shares);
    let most = |week: usize| shares().filter_map(|shares| shares[week]).fold(0.0, f64::max);
    let count = shown(simulation, (0..weekly.dates.len()).map(most));
    if count < FEWEST || shares().flatten().all(Option::is_none) {
        return None;
    }
    let strip = |(role, shares): &(RoleId, Vec<Option<f64>>)| {
        let role = &program.roles[*role];
        let busy = simulation.value(&Key::new(Kpi::Utilization, Stat::Share).role(&role.name));
        // The figure of the tables: weeks do not weigh the same.
        let remark = busy.map(|busy| Caption::InWindow(share(busy)).into());
        Strip { label: role.title.clone(), remark, shares: shares[..count].to_vec() }
    };
    let strips: Vec<Strip> = weekly.load.iter().map(strip).collect();
    let full = weekly.full[..count].to_vec();
    let title = busiest_week(&strips, &full, &weekly.dates[..count]);
    let labels = month_labels(inside(simulation, &weekly.dates).take(count));
    Some(Chart::Strips(StripsChart {
        title,
        subtitle: vec![seen(simulation)],
        labels,
        full,
        strips,
    }))
}

/// The finding: the role and the week in which it is busiest, or in how many weeks it has no time left.
fn busiest_week(strips: &[Strip], full: &[bool], dates: &[Date]) -> Finding {
    // Weeks that the window cuts are left out: one day does not represent a week.
    let counts = |week: usize| full[week] || !full.contains(&true);
    let known = |strip: &Strip| -> Vec<(usize, f64)> {
        let weeks = strip.shares.iter().enumerate();
        weeks
            .filter_map(|(at, share)| Some((at, (*share)?)))
            .filter(|(at, _)| counts(*at))
            .collect()
    };
    let each = strips
        .iter()
        .flat_map(|strip| known(strip).into_iter().map(move |(week, share)| (strip, week, share)));
    let Some((strip, week, most)) = each.max_by(|a, b| a.2.total_cmp(&b.2)) else {
        return Finding::NoWeekOfWork;
    };
    let weeks = known(strip);
    let taken = weeks.iter().filter(|(_, share)| *share > FULL).count();
    let role = strip.label.clone();
    if taken > 1 {
        return Finding::NoTimeLeft { role, weeks: taken, of: weeks.len() };
    }
    Finding::BusiestWeek { role, week: dates[week], share: share(most) }
}
