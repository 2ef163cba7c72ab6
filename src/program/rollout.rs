//! The compiled roll-out: the chance that the process is followed, and the briefings of people.

use super::{ClockId, Person, PersonId, Program, Role, RoleId, Table};
use crate::calendar::{Calendar, Hours, WorkingTime};
use crate::model::{self, Curve, Model};
use crate::program::Id;
use crate::quantity::{Instant, MINOR_UNITS, Money};

/// A prescribed process that is learnt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rollout {
    /// When it begins.
    pub start: Instant,
    /// When it ends.
    pub end: Instant,
    /// The chance that the process is followed before the start.
    pub from: f64,
    /// The same chance after the end.
    pub to: f64,
    /// How the chance rises in between.
    pub curve: Curve,
    /// The one-off cost at the start.
    pub cost: Money,
}

/// The logistic curve runs from minus this to this.
const REACH: f64 = 6.0;

impl Rollout {
    pub(super) fn new(rollout: &model::Rollout, calendar: &Calendar) -> Rollout {
        let model::Rollout { from, to, curve, .. } = *rollout;
        let start = calendar.instant(rollout.start);
        let end = calendar.instant(rollout.end());
        Rollout { start, end, from, to, curve, cost: Money::from_units(rollout.cost) }
    }

    /// The chance that a visit entered at an instant follows the process. Linear in time, or the
    /// logistic function from -6 to 6, scaled to go from `from` to `to` exactly.
    ///
    /// The exponential is that of `libm`, so results are the same on all machines.
    pub fn chance(&self, at: Instant) -> f64 {
        let Rollout { start, end, from, to, curve, .. } = *self;
        if at <= start {
            return from;
        }
        if at >= end {
            return to;
        }
        let passed = (at - start).0 as f64 / (end - start).0 as f64;
        let risen = match curve {
            Curve::Linear => passed,
            Curve::Logistic => {
                let logistic = |x: f64| 1.0 / (1.0 + libm::exp(-x));
                let (low, high) = (logistic(-REACH), logistic(REACH));
                (logistic(REACH * (2.0 * passed - 1.0)) - low) / (high - low)
            }
        };
        from + (to - from) * risen
    }

    /// Whether a visit entered at an instant follows the process, by the word of its draw.
    #[inline(never)]
    pub fn follows(&self, at: Instant, word: u64) -> bool {
        let chance = self.chance(at);
        // The conversion saturates.
        chance >= 1.0 || word < (chance * 18_446_744_073_709_551_616.0) as u64
    }
}

impl Program {
    /// What the roll-out costs between two instants, in the currency: its one-off cost at the
    /// start, and the hourly pay of people who are briefed. The end is excluded.
    pub fn rollout_cost(&self, from: Instant, until: Instant) -> f64 {
        let Some(rollout) = &self.rollout else { return 0.0 };
        let starts = from <= rollout.start && rollout.start < until;
        let once = if starts { rollout.cost.0 as f64 } else { 0.0 };
        let paid = self.people.iter().map(|person| {
            let time = self.briefed(person, from, until) as f64;
            time * person.pay_per_micro * person.count as f64
        });
        (once + paid.sum::<f64>()) / MINOR_UNITS
    }

    /// Working time that the roll-out takes of a person between two instants, in microseconds.
    pub fn briefed(&self, person: &Person, from: Instant, until: Instant) -> i64 {
        let between = |clock: ClockId| self.clocks[clock].between(from, until);
        person.usual_clock.map_or(0, |usual| between(usual) - between(person.clock))
    }
}

/// The spans of time in which a person with this calendar is briefed: each briefing begins at the
/// first working time from its date on, behind the one before, and takes so much working time.
fn briefings(dates: &[Instant], time: i64, clock: &WorkingTime) -> Vec<(Instant, Instant)> {
    let mut spans: Vec<(Instant, Instant)> = Vec::new();
    let mut done = i64::MIN;
    for due in dates {
        let begins = clock.work(*due).max(done);
        done = begins.saturating_add(time);
        let (opens, closes) = (clock.opens(begins), clock.closes(done));
        if closes == Instant::NEVER {
            break;
        }
        spans.extend(clock.stretches(opens, closes));
    }
    spans
}

/// Takes the briefings out of the calendars of the people of the role: each calendar gets a copy
/// without them.
pub(super) fn brief(
    model: &Model,
    (calendar, until): (&Calendar, Instant),
    hours: &[Hours],
    clocks: &mut Vec<WorkingTime>,
    (roles, people): (&mut Table<RoleId, Role>, &mut Table<PersonId, Person>),
) {
    let Some(rollout) = &model.rollout else { return };
    let Some(work) = &rollout.work else { return };
    // What is due after the run needs no list.
    let dates = rollout.dates().map(|date| calendar.instant(date));
    let dates: Vec<Instant> = dates.take_while(|due| *due < until).collect();
    let mut copies: Vec<(ClockId, ClockId)> = Vec::new();
    let Some(role) = roles.iter_mut().find(|role| role.name == work.role.0) else { return };
    for id in role.people() {
        let person = &mut people[id];
        let usual = person.clock;
        let known = copies.iter().find(|(of, _)| *of == usual).map(|(_, copy)| *copy);
        let copy = known.unwrap_or_else(|| {
            let spans = briefings(&dates, work.micros, &clocks[usual.index()]);
            clocks.push(WorkingTime::without(&hours[usual.index()], calendar, until, &spans));
            let copy = ClockId::new(clocks.len() - 1);
            copies.push((usual, copy));
            copy
        });
        (person.clock, person.usual_clock) = (copy, Some(usual));
    }
    role.clock = people[role.first_person].clock;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;
    use crate::quantity::{DAY_MICROS, HOUR_MICROS};
    use crate::random::key::hash_name;

    fn program(rest: &str) -> Program {
        let text = format!(
            "start: 2026-03-02\nhorizon: 12 months\n{rest}\nstages:\n  a: {{work: {{role: r, time: 1h}}, \
             next: 50%, variants: [{{when: {{followed: false}}, next: 40%}}]}}\n"
        );
        Program::compile(&load("m", &text, &[], None).model.expect("the model is sound"))
    }

    fn curve(curve: &str) -> Rollout {
        let rollout = format!(
            "roles: {{r: {{people: 1}}}}\n\
             rollout: {{start: 2026-03-02, duration: 100 days, from: 20%, to: 95%{curve}}}"
        );
        program(&rollout).rollout.expect("the model has a roll-out")
    }

    fn at(rollout: &Rollout, day: f64) -> f64 {
        rollout.chance(Instant((day * DAY_MICROS as f64) as i64))
    }

    #[test]
    fn a_linear_curve_rises_evenly() {
        let rollout = curve(", curve: linear");
        // 0.2 + 0.75 × day / 100
        for (day, chance) in [(-5.0, 0.2), (0.0, 0.2), (25.0, 0.3875), (60.0, 0.65), (99.0, 0.9425)]
        {
            assert!((at(&rollout, day) - chance).abs() < 1e-12, "{day}");
        }
        assert_eq!(
            (at(&rollout, 0.0), at(&rollout, 100.0), at(&rollout, 400.0)),
            (0.2, 0.95, 0.95)
        );
    }

    #[test]
    fn the_logistic_curve_is_scaled_to_its_ends() {
        let rollout = curve("");
        assert_eq!(rollout, curve(", curve: logistic"));
        // With s(x) = 1 / (1 + e^-x): s(6) = 0.9975273768, s(-6) = 0.0024726232, s(-3) = 0.0474258732,
        // s(-1.2) = 0.2314752165. Risen: (s(x) - s(-6)) / (s(6) - s(-6)).
        for (day, risen) in [(25.0, 0.045_176_659_7), (40.0, 0.230_140_695_8), (50.0, 0.5)] {
            assert!((at(&rollout, day) - (0.2 + 0.75 * risen)).abs() < 1e-9, "{day}");
            let mirrored = at(&rollout, day) + at(&rollout, 100.0 - day);
            assert!((mirrored - 1.15).abs() < 1e-12, "{day}");
        }
        assert_eq!((at(&rollout, 0.0), at(&rollout, 100.0)), (0.2, 0.95));
        assert!((at(&rollout, 1e-6) - 0.2).abs() < 1e-9 && at(&rollout, 1.0) > 0.2);
    }

    #[test]
    fn a_word_follows_with_the_chance_of_its_time() {
        let rollout = curve(", curve: linear");
        let half = Instant(40 * DAY_MICROS);
        let word = |share: f64| (share * 18_446_744_073_709_551_616.0) as u64;
        assert!(rollout.follows(half, word(0.4999)) && !rollout.follows(half, word(0.5001)));
        let sure = Rollout { to: 1.0, ..rollout };
        let never = Rollout { from: 0.0, ..rollout };
        for text in 0..100 {
            let word = hash_name(&text.to_string());
            assert!(sure.follows(Instant(100 * DAY_MICROS), word));
            assert!(!never.follows(Instant(-1), word));
        }
        assert!(sure.follows(Instant(100 * DAY_MICROS), u64::MAX));
    }

    const BRIEFED: &str = "calendars: {office: {hours: {mon-fri: \"09:00-18:00\"}}}\n\
        roles: {r: {people: [{count: 2, cost: 600/hour}, {count: 1, cost: 100000/month}]}}\n";

    fn briefed(start: &str, time: &str) -> Program {
        program(&format!(
            "{BRIEFED}rollout: {{start: {start}, duration: 100 days, from: 20%, to: 95%, \
             cost: 5000, work: {{role: r, time: {time}, every: week}}}}"
        ))
    }

    fn hours(day: i64, hour: f64) -> Instant {
        Instant(day * DAY_MICROS + (hour * HOUR_MICROS as f64) as i64)
    }

    /// The calendar of the first person.
    fn clock(program: &Program) -> &WorkingTime {
        &program.clocks[program.people[PersonId(0)].clock]
    }

    #[test]
    fn briefings_close_the_calendar_of_those_who_are_briefed() {
        // The window starts on a Monday at midnight.
        let program = briefed("2026-03-02", "2h");
        let clock = clock(&program);
        assert_eq!(clock.next_open(hours(0, 8.0)), hours(0, 11.0));
        assert_eq!(clock.next_open(hours(1, 8.0)), hours(1, 9.0));
        assert_eq!(clock.next_open(hours(98, 8.0)), hours(98, 11.0), "the fifteenth");
        assert_eq!(clock.next_open(hours(105, 8.0)), hours(105, 9.0), "there is no sixteenth");
        let week = clock.between(hours(0, 0.0), hours(7, 0.0));
        assert_eq!(week, 43 * HOUR_MICROS);
        // Others keep their calendar.
        let usual = program.people[PersonId(0)].usual_clock.map(|usual| &program.clocks[usual]);
        assert_eq!(usual.map(|usual| usual.next_open(hours(0, 8.0))), Some(hours(0, 9.0)));
    }

    #[test]
    fn work_under_way_pauses_while_a_briefing_lasts() {
        // Fridays from 16:30 on: an hour and a half, and half an hour on Monday.
        let program = briefed("2026-03-06 16:30", "2h");
        let clock = clock(&program);
        let three_hours = 3 * HOUR_MICROS;
        // One and a half hours until the briefing; the rest after it.
        assert_eq!(clock.add(hours(4, 15.0), three_hours), hours(7, 11.0));
        assert_eq!(clock.add(hours(4, 15.0), three_hours).0, (7 * 24 + 11) * HOUR_MICROS);
        assert_eq!(clock.add(hours(4, 15.0), HOUR_MICROS + HOUR_MICROS / 2), hours(4, 16.5));
        assert_eq!(
            clock.add(hours(4, 15.0), HOUR_MICROS + HOUR_MICROS / 2 + 1).0,
            hours(7, 9.5).0 + 1
        );
    }

    #[test]
    fn a_briefing_that_is_due_while_another_lasts_waits_for_it() {
        // 50 hours a week in weeks of 45: one follows the other for as long as the roll-out is behind.
        let program = briefed("2026-03-02", "50 working hours");
        let clock = clock(&program);
        let all = 15 * 50 * HOUR_MICROS;
        let from = hours(0, 0.0);
        let days = all / (9 * HOUR_MICROS);
        assert_eq!(all % (9 * HOUR_MICROS), 3 * HOUR_MICROS);
        // 83 working days are 16 weeks and 3 days; the last briefing ends on the fourth at 12.
        assert_eq!(days, 83);
        assert_eq!(clock.next_open(from), hours(16 * 7 + 3, 12.0));
    }

    #[test]
    fn a_rollout_costs_once_and_by_the_hour_inside_the_window() {
        let program = briefed("2026-03-02", "2h");
        let cost = |from, until| program.rollout_cost(from, until);
        // Two people by the hour, 15 times 2 hours each; the third has a salary.
        let all = 5000.0 + 2.0 * 15.0 * 2.0 * 600.0;
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-6, "{found}");
        near(cost(Instant::ZERO, hours(366, 0.0)), all);
        near(cost(hours(1, 0.0), hours(366, 0.0)), all - 5000.0 - 2400.0);
        near(cost(Instant::ZERO, hours(0, 10.0)), 5000.0 + 1200.0);
        near(cost(hours(0, 10.0), hours(0, 11.0)), 1200.0);
        near(cost(hours(105, 0.0), hours(366, 0.0)), 0.0);
        near(
            program.working_time(RoleId(0), hours(0, 0.0), hours(7, 0.0)),
            3.0 * 43.0 * HOUR_MICROS as f64,
        );
    }
}
