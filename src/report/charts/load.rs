//! How busy people are: over the window, and week by week.

use super::{FEWEST, inside, month_labels, short, shown, window};
use crate::report::chart::{Chart, LoadChart, LoadRole, Strip, StripsChart};
use crate::study::simulate::Simulation;

/// The people and their queues.
pub(super) fn load(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    let mut roles = Vec::new();
    let mut busiest: Option<(f64, &str)> = None;
    for role in program.roles.iter().filter(|role| role.limited) {
        let find = |kpi: &str, stat: &str| simulation.find(kpi, "role", &role.name, stat);
        let Some(busy) = find("utilization", "share") else { continue };
        let Some(share) = busy.figure.value() else { continue };
        let people = (role.first_person..role.first_person + role.persons)
            .map(|person| program.people[person as usize].count)
            .sum::<u64>();
        let wait = |stat: &str| find("queue_time", stat).and_then(|row| row.figure.value());
        let note = match (wait("mean"), wait("p90")) {
            (Some(mean), Some(most)) => {
                format!("wait: mean {}, p90 {}", short(mean), short(most))
            }
            (Some(mean), None) => format!("wait: mean {}", short(mean)),
            _ => "no work was asked for".to_owned(),
        };
        if busiest.is_none_or(|(other, _)| share > other) {
            busiest = Some((share, &role.title));
        }
        roles.push(LoadRole {
            label: role.title.clone(),
            people: if people == 1 { "1 person".to_owned() } else { format!("{people} people") },
            busy: share,
            high: busy.risk.map_or(share, |risk| risk[2]),
            note,
        });
    }
    let title = match busiest {
        Some((share, name)) if share > 0.98 => {
            format!("{name} cannot keep up: all working time is taken")
        }
        Some((share, name)) => {
            format!("{name} is busiest, at {:.0} % of the working time", share * 100.0)
        }
        None => "Nobody works".to_owned(),
    };
    let chart = LoadChart { title, subtitle: window(simulation), roles };
    (!chart.roles.is_empty()).then_some(Chart::Load(chart))
}

/// Busier than this, people cannot keep up.
const FULL: f64 = 0.98;

pub(super) fn by_week(simulation: &Simulation) -> Option<Chart> {
    let weekly = simulation.weekly.as_ref()?;
    let program = &simulation.program;
    let mut worst: Option<(f64, usize, usize)> = None;
    let mut strips = Vec::new();
    for (role, shares) in &weekly.load {
        for (week, share) in shares.iter().enumerate() {
            // The Monday alone of a week that the window cuts says nothing about a week.
            if let Some(share) = share
                && (weekly.full[week] || !weekly.full.contains(&true))
                && worst.is_none_or(|(most, _, _)| *share > most)
            {
                worst = Some((*share, *role, week));
            }
        }
        let (label, remark) = (program.roles[*role].title.clone(), String::new());
        strips.push(Strip { label, remark, shares: shares.clone() });
    }
    let (share, role, week) = worst?;
    let most =
        |week: usize| strips.iter().filter_map(|strip| strip.shares[week]).fold(0.0, f64::max);
    let count = shown(simulation, (0..weekly.dates.len()).map(most));
    if count < FEWEST {
        return None;
    }
    for strip in &mut strips {
        strip.shares.truncate(count);
        let known: Vec<f64> = strip.shares.iter().flatten().copied().collect();
        let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
        strip.remark = format!("mean {:.0} %", mean * 100.0);
    }
    let (name, date) = (&program.roles[role].title, weekly.dates[week]);
    let share = share * 100.0;
    let known = || weekly.load.iter().filter(|(of, _)| *of == role).flat_map(|(_, shares)| shares);
    let (full, all) = (known().flatten().filter(|share| **share > FULL).count(), known().count());
    let title = if full > 1 {
        format!("{name} is busy all the time in {full} of {all} weeks")
    } else {
        format!("{name} is busiest in the week of {date}: {share:.0} % of the time")
    };
    let labels = month_labels(inside(simulation, &weekly.dates).take(count));
    let full = weekly.full[..count].to_vec();
    let subtitle = window(simulation);
    Some(Chart::Strips(StripsChart { title, subtitle, labels, full, strips }))
}
