//! Who works, how many of them, and when.
//!
//! Stages that are done by the same people are the work of one role. People who do little are not counted: a role has those who
//! do four fifths of its work, as many as work on a usual day. A wait then is what is left of the time between two tasks when
//! the time is taken away in which the person who took the second one was busy with others.

use std::collections::{BTreeMap, BTreeSet};

use super::fitted::Fitted;
use crate::records::deals::{Deals, Moment, NameId, Visit};

/// The share of the work that the people of a role do.
const MAIN: f64 = 0.8;
/// Stages belong to one role if at least this share of the people of both does both.
const SAME: f64 = 0.5;
/// The share of starts that working hours hold.
const STARTS: f64 = 0.9;
/// With more hours of the week than this there are no working hours.
const MOST_HOURS: usize = 110;
/// Hours of a week.
const WEEK: usize = 168;
/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// People who do the same work.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// The stages that they do, by their places in the process; the one with the most tasks first.
    pub stages: Vec<usize>,
    /// Those who do most of the work.
    pub people: u64,
    /// How many of them work on a day on which somebody does, on average.
    pub a_day: f64,
    /// Their tasks.
    pub tasks: u64,
}

/// The hours of the week in which work begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// Of each weekday from Monday: stretches of whole hours, the end not included.
    pub open: [Vec<(u8, u8)>; 7],
    /// How many hours of the week they are.
    pub count: u64,
    /// All starts of work.
    pub starts: u64,
    /// The share of starts in these hours.
    pub share: f64,
    /// Whether they are few enough for a calendar.
    pub is_calendar: bool,
}

/// People and their hours.
#[derive(Debug, Clone, PartialEq)]
pub struct People {
    /// Roles, the one with the most tasks first.
    pub roles: Vec<Role>,
    /// Their hours.
    pub hours: Hours,
}

impl People {
    /// The number of the role that works in a stage.
    pub fn role_of(&self, stage: usize) -> Option<usize> {
        self.roles.iter().position(|role| role.stages.contains(&stage))
    }
}

/// The tasks of each person in a stage.
type Tasks = BTreeMap<NameId, Vec<i64>>;

/// People of a log that names them; `None` where it does not.
pub fn people(deals: &Deals, fitted: &Fitted) -> Option<People> {
    let mut of_stage: Vec<Tasks> = vec![Tasks::new(); fitted.stages.len()];
    let mut starts = [0_u64; WEEK];
    let place: BTreeMap<NameId, usize> =
        fitted.stages.iter().enumerate().filter_map(|(at, one)| Some((one.name?, at))).collect();
    for visit in &deals.visits {
        let (Some(owner), Some(started), Some(at)) =
            (visit.owner, visit.started, place.get(&visit.stage))
        else {
            continue;
        };
        if fitted.stages[*at].work.is_some() {
            of_stage[*at].entry(owner).or_default().push(started.day());
            starts[hour_of_week(started)] += 1;
        }
    }
    let roles = roles(&of_stage);
    (!roles.is_empty()).then(|| People { roles, hours: hours(&starts) })
}

/// The people who do most of the tasks.
fn main(tasks: &Tasks) -> BTreeSet<NameId> {
    let mut counts: Vec<(usize, NameId)> = tasks.iter().map(|(who, of)| (of.len(), *who)).collect();
    counts.sort_by_key(|(count, who)| (std::cmp::Reverse(*count), *who));
    let all: usize = counts.iter().map(|(count, _)| count).sum();
    let mut done = 0;
    let main = counts.into_iter().take_while(|(count, _)| {
        let is_needed = (done as f64) < MAIN * all as f64;
        done += count;
        is_needed
    });
    main.map(|(_, who)| who).collect()
}

fn roles(of_stage: &[Tasks]) -> Vec<Role> {
    let mut groups: Vec<(Vec<usize>, Tasks)> = Vec::new();
    let count = |tasks: &Tasks| tasks.values().map(Vec::len).sum::<usize>();
    let mut order: Vec<usize> =
        (0..of_stage.len()).filter(|at| !of_stage[*at].is_empty()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(count(&of_stage[*at])), *at));
    for at in order {
        let own = main(&of_stage[at]);
        let is_same = |group: &(Vec<usize>, Tasks)| {
            let others = main(&group.1);
            let both = own.intersection(&others).count() as f64;
            both >= SAME * own.union(&others).count() as f64
        };
        match groups.iter().position(is_same) {
            None => groups.push((vec![at], of_stage[at].clone())),
            Some(found) => {
                let (stages, tasks) = &mut groups[found];
                stages.push(at);
                for (who, days) in &of_stage[at] {
                    tasks.entry(*who).or_default().extend(days);
                }
            }
        }
    }
    let role = |(stages, tasks): (Vec<usize>, Tasks)| {
        let main = main(&tasks);
        let mut days: BTreeMap<i64, BTreeSet<NameId>> = BTreeMap::new();
        for who in &main {
            for day in &tasks[who] {
                days.entry(*day).or_default().insert(*who);
            }
        }
        let present: usize = days.values().map(BTreeSet::len).sum();
        Role {
            stages,
            people: main.len() as u64,
            a_day: present as f64 / days.len().max(1) as f64,
            tasks: count(&tasks) as u64,
        }
    };
    groups.into_iter().map(role).collect()
}

/// The hour of the week of a moment, from Monday 00:00.
fn hour_of_week(moment: Moment) -> usize {
    // 1970-01-01 was a Thursday.
    (moment.0.div_euclid(HOUR) + 3 * 24).rem_euclid(WEEK as i64) as usize
}

/// The most frequent hours that hold nine of ten starts.
fn hours(starts: &[u64; WEEK]) -> Hours {
    let all: u64 = starts.iter().sum();
    let mut order: Vec<usize> = (0..WEEK).collect();
    order.sort_by_key(|hour| (std::cmp::Reverse(starts[*hour]), *hour));
    let (mut held, mut used, mut fewest) = (0, [false; WEEK], 0);
    for hour in order {
        // Hours with as many starts as the last one that is needed are open too.
        if held as f64 >= STARTS * all as f64 && starts[hour] < fewest {
            break;
        }
        held += starts[hour];
        fewest = starts[hour];
        used[hour] = true;
    }
    let mut open: [Vec<(u8, u8)>; 7] = Default::default();
    for (hour, _) in used.iter().enumerate().filter(|(_, is_used)| **is_used) {
        let (day, hour) = (hour / 24, (hour % 24) as u8);
        match open[day].last_mut() {
            Some(stretch) if stretch.1 == hour => stretch.1 += 1,
            _ => open[day].push((hour, hour + 1)),
        }
    }
    let count = used.iter().filter(|is_used| **is_used).count();
    let share = held as f64 / (all as f64).max(1.0);
    let is_calendar = count <= MOST_HOURS;
    Hours { open, count: count as u64, starts: all, share, is_calendar }
}

/// For each visit, when the person who did it ended the task before; none where that is not known.
pub(super) fn free(visits: &[Visit]) -> Vec<Option<Moment>> {
    let mut order: Vec<usize> =
        (0..visits.len()).filter(|at| visits[*at].owner.is_some()).collect();
    order.sort_by_key(|at| (visits[*at].owner, visits[*at].started, visits[*at].left, *at));
    let mut free = vec![None; visits.len()];
    for pair in order.windows(2) {
        let (before, visit) = (&visits[pair[0]], &visits[pair[1]]);
        if before.owner == visit.owner {
            free[pair[1]] = before.left.filter(|left| Some(*left) <= visit.started);
        }
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_hours_are_found() {
        let mut starts = [0; WEEK];
        for day in 0..5 {
            for hour in (9..13).chain(14..18) {
                starts[day * 24 + hour] = 100;
            }
        }
        starts[6 * 24 + 3] = 5;
        let found = hours(&starts);
        assert_eq!(found.open[4].last(), Some(&(14, 18)), "{found:?}");
        assert!(found.open[6].is_empty() && found.is_calendar);
        assert!(found.share >= STARTS);
    }

    #[test]
    fn starts_around_the_clock_make_no_calendar() {
        assert!(!hours(&[7; WEEK]).is_calendar);
    }

    #[test]
    fn the_first_hour_of_the_week_is_that_of_monday() {
        // 2026-11-30 is a Monday.
        assert_eq!(hour_of_week(Moment::of_day(20_787)), 0);
    }

    #[test]
    fn people_who_do_other_stages_are_another_role() {
        let tasks = |people: std::ops::Range<u32>| -> Tasks {
            people.map(|who| (who, vec![1, 2, 3])).collect()
        };
        let found = roles(&[tasks(0..5), tasks(0..5), tasks(5..9)]);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].stages.clone(), found[0].people), (vec![0, 1], 4));
        assert!((found[0].a_day - 4.0).abs() < 1e-12);
    }
}
