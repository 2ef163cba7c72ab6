//! Work around closed hours and clock changes, worked out by hand.

use voronka::kpi::{Key, Kpi, Stat};
use voronka::program::{Program, RoleId};
use voronka::quantity::{HOUR_MICROS, Instant, MINUTE_MICROS};
use voronka::study::simulate::{Options, Progress, run};

use super::{keep, model};

/// Worked out by hand. One clerk, Monday to Friday 9–13 and 14–18; the fair sends a deal at 16:00
/// on Thursday the 15th and two more at once every 20 hours of open time.
#[test]
fn work_pauses_over_lunch_night_and_weekend_to_the_microsecond() {
    let text = "
start: 2026-01-15
horizon: until empty
calendars: {office: {hours: {mon-fri: [\"09:00-13:00\", \"14:00-18:00\"]}}}
roles: {clerk: {people: 1}}
sources:
  first: {every: 16h, count: 1}
  second: {every: 6 working hours, calendar: office, batch: 2, count: 2}
stages:
  a: {work: {role: clerk, time: 5h}, next: {won: 50%, lost: rest}}
";
    let program = Program::compile(&model(text));
    let diary = keep(&program, 1);
    let at = |day: i64, hour: i64, minute: i64| {
        Instant(((day - 15) * 24 + hour) * HOUR_MICROS + minute * MINUTE_MICROS)
    };
    let log: Vec<_> =
        diary.works.iter().map(|task| (task.asked, task.started, task.ended)).collect();
    // Six open hours from midnight on the 15th: 9–13 and 14–16. Both sources arrive at 16:00; the
    // first in the file goes first. Work: Thursday 16–18 and Friday 9–12; Friday 12–13, 14–18;
    // Monday.
    let (thursday, friday, monday) = (15, 16, 19);
    assert_eq!(
        log,
        [
            (at(thursday, 16, 0), at(thursday, 16, 0), at(friday, 12, 0)),
            (at(thursday, 16, 0), at(friday, 12, 0), at(friday, 18, 0)),
            (at(thursday, 16, 0), at(monday, 9, 0), at(monday, 15, 0)),
        ]
    );
    let queues: Vec<i64> = diary.works.iter().map(|task| task.queue / HOUR_MICROS).collect();
    assert_eq!(queues, [0, 5, 10], "open hours of waiting");
}

/// Worked out by hand. In Berlin the clock goes from 02:00 to 03:00 on 31 March 2024, a Sunday.
#[test]
fn work_stops_where_a_clock_change_skips_the_closing_and_starts_where_it_skips_the_opening() {
    let works = |hours: &str, calendar: &str| {
        let program = Program::compile(&model(&format!(
            "
start: 2024-03-31
horizon: 1 week
timezone: Europe/Berlin
calendars: {{night: {{hours: {hours}{calendar}}}}}
roles: {{clerk: {{people: 1}}}}
sources: {{site: {{every: 90 min, count: 1}}}}
stages: {{a: {{work: {{role: clerk, time: 1h}}, next: {{won: 50%, lost: rest}}}}}}
"
        )));
        let diary = keep(&program, 1);
        let task = diary.works[0];
        let local = |at: Instant| program.calendar.date_time(at).to_string();
        (local(task.started), local(task.ended))
    };
    let times = |started: &str, ended: &str| (format!("{started}:00"), format!("{ended}:00"));
    let both = times("2024-03-31T01:30", "2024-04-01T00:30");
    assert_eq!(works("\"00:00-02:30\"", ""), both, "closed at the change");
    let special = ", special: {2024-03-31: \"01:00-02:10\"}";
    assert_eq!(works("\"00:00-02:30\"", special), both, "a special day");
    let both = times("2024-03-31T03:00", "2024-03-31T04:00");
    assert_eq!(works("\"02:30-06:00\"", ""), both, "opens at the change");
    let both = times("2024-04-01T02:30", "2024-04-01T03:30");
    assert_eq!(works("\"02:30-06:00\"", ", holidays: [2024-03-31]"), both, "a holiday");
}

/// Weekly figures sum to the open deals at the end and to the working time of the window.
#[test]
fn weeks_add_up_to_the_window() {
    let model = model(
        "start: 2026-03-04\nhorizon: 10 weeks\nwarmup: 3 weeks\ntimezone: Europe/Berlin\n\
         calendars: {office: {hours: {mon-fri: \"08:00-16:00\"}, holidays: [2026-04-06]}, \
         night: {hours: {sun-thu: \"22:00-06:00\"}}}\n\
         roles: {seller: {people: [{count: 2}, {name: Owl, calendar: night}]}}\n\
         sources: {web: {rate: 60/week}}\nstages:\n  \
         talk: {work: {role: seller, time: {exponential: {mean: 1h}}}, next: {offer: 60%, lost: rest}}\n  \
         offer: {work: {role: seller, time: {gamma: {mean: 90 min, sd: 40 min}}}, wait: 3d, next: {talk: 10%, won: rest}}\n",
    );
    let options = Options { replications: 7, weekly: true, ..Options::default() };
    let simulation = run(&model, &options, &Progress::default()).unwrap();
    let weekly = simulation.weekly.as_ref().unwrap();
    // Wednesday the 4th of March to Wednesday the 13th of May: eleven Mondays.
    assert_eq!(weekly.dates.len(), 11);
    assert_eq!(weekly.dates[0].to_string(), "2026-03-02");
    let value = |key: Key| simulation.value(&key).unwrap();
    for (stage, open) in simulation.program.stages.iter().zip(&weekly.open) {
        let at_end = value(Key::new(Kpi::OpenAtEnd, Stat::Count).stage(&stage.name));
        assert!((open.last().unwrap() - at_end).abs() < 1e-9, "{} {open:?} {at_end}", stage.name);
    }
    // Working hours of the three by week: 2 × 8 h on five days and 40 h at night make 120. The
    // holiday removes 2 × 8 h of the office. Of the first week Wednesday to Sunday lie in the
    // window, of the last one Monday and Tuesday.
    let mut hours = [120.0; 11];
    (hours[0], hours[5], hours[10]) = (48.0 + 24.0, 64.0 + 40.0, 32.0 + 16.0);
    let (role, load) = &weekly.load[0];
    assert_eq!((*role, load.len()), (RoleId(0), 11));
    let worked: f64 = load.iter().zip(hours).map(|(share, hours)| share.unwrap() * hours).sum();
    let utilization = value(Key::new(Kpi::Utilization, Stat::Share).role("seller"));
    let of_window = utilization * hours.iter().sum::<f64>();
    assert!((worked - of_window).abs() < 1e-6, "{worked} {of_window}");
}
