//! Deals open at the start of the simulation continue in the middle of a visit; compared with exact
//! answers.
//!
//! Each random test has a false-alarm rate of 1e-6 or less, stated beside it.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use voronka::engine::{
    Deal, Guard, Observer, Opening, Replication, Setup, Standing, Task, Token, Visit, Visited,
    Walk, replicate,
};
use voronka::kpi::Needed;
use voronka::model::load;
use voronka::program::{Action, Program, SourceId, StageId};
use voronka::quantity::{DAY_MICROS, Duration, HOUR_MICROS, Instant, Money};
use voronka::report::{Cell, event_log};
use voronka::study::events;
use voronka::study::simulate::Options;
use voronka::tally::{Classes, Tally};

/// The events of a replication without arrivals.
#[derive(Default)]
struct Diary {
    resumed: Vec<(StageId, Instant)>,
    arrived: usize,
    spent: Money,
    sold: usize,
    works: Vec<Task>,
    visits: Vec<Visit>,
    /// The deals at their end, with its instant and kind.
    ended: Vec<(Deal, Instant, usize)>,
    stayed: usize,
}

impl Observer for Diary {
    fn arrives(&mut self, _: &Deal, _: Money) {
        self.arrived += 1;
    }
    fn resumes(&mut self, _: &Deal, stage: StageId, entered: Instant) {
        self.resumed.push((stage, entered));
    }
    fn spends(&mut self, _: &Deal, _: &Token, amount: Money, _: bool) {
        self.spent += amount;
    }
    fn works(&mut self, _: &Deal, task: &Task) {
        self.works.push(*task);
    }
    fn leaves(&mut self, _: &Deal, visit: &Visit) {
        self.visits.push(*visit);
    }
    fn stays(&mut self, _: &Deal, _: &Visit, _: &Visited<'_>) {
        self.stayed += 1;
    }
    fn sells(&mut self, _: &Deal, _: &Token, _: Money, _: &Visited<'_>) {
        self.sold += 1;
    }
    fn ends(&mut self, deal: &Deal, token: &Token, end: usize, _: &Visited<'_>) {
        self.ended.push((*deal, token.now, end));
    }
}

/// A source without arrivals before the end of the window.
const NOBODY: &str =
    "sources: {s: {rate: 1/week, from: 2030-01-01}}\nstart: 2024-01-01\nhorizon: 24 months\n";

fn compiled(text: &str) -> Program {
    let loaded = load("m.yaml", &format!("{NOBODY}{text}"), &[], None);
    Program::compile(&loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics)))
}

fn run(program: &Program, number: u64, walk: Walk, openings: &[Opening]) -> Diary {
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 1_000_000_000, cancel: &cancel };
    let mut diary = Diary::default();
    let replication = Replication { seed: 7, number };
    replicate(&Setup { program, walk, openings, guard }, replication, &mut diary);
    assert_eq!(diary.arrived, 0);
    assert_eq!(diary.resumed.len(), openings.len());
    diary
}

fn days(days: f64) -> Duration {
    Duration((days * DAY_MICROS as f64) as i64)
}

/// A deal that has waited in the first step of a stage for this many days.
pub(crate) fn waiting(stage: u16, spent: f64) -> Opening {
    Opening {
        stage: StageId(stage),
        visit: 1,
        entered: days(spent),
        step: 0,
        standing: Standing::Waits(days(spent)),
        age: days(spent + 3.0),
        sold: None,
        reached_deal: None,
        sales: 0,
        value: None,
        cost: Money::ZERO,
        source: SourceId(0),
        attributes: 0,
    }
}

#[test]
fn the_rest_of_a_wait_has_the_residual_distribution_of_its_family() {
    let families = [
        "{uniform: {min: 1d, max: 9d}}",
        "{triangular: {min: 1d, mode: 2d, max: 9d}}",
        "{pert: {min: 1d, mode: 2d, max: 9d}}",
        "{normal: {mean: 5d, sd: 1d}}",
        "{lognormal: {mean: 5d, sd: 4d}}",
        "{exponential: {mean: 2d}}",
        "{gamma: {mean: 5d, sd: 2d}}",
        "{gamma: {shape: 0.5, scale: 9d}}",
        "{erlang: {k: 3, mean: 6d}}",
        "{weibull: {shape: 1.5, scale: 4d}}",
        "{weibull: {shape: 0.6, scale: 4d}}",
        "{loglogistic: {median: 3d, shape: 3}}",
        "{beta: {min: 1d, max: 9d, alpha: 2, beta: 3}}",
        "{hyperexponential: {shares: [80%, rest], means: [1d, 12d]}}",
        "{mixture: [{share: 60%, uniform: {min: 1d, max: 2d}}, {share: rest, lognormal: {median: 5d, p90: 20d}}]}",
    ];
    // Kolmogorov's bound (Massart 1990): P(D > d) ≤ 2 exp(−2 n d²), 1e-6 over 15 families and three
    // times.
    let n = 4000;
    let most = (f64::ln(2.0 * 45.0 / 1e-6) / (2.0 * f64::from(n))).sqrt();
    for family in families {
        let program = compiled(&format!("stages: {{a: {{wait: {family}, next: won}}}}"));
        let Action::Wait(wait) = &program.stages[StageId(0)].entry.only().unwrap().steps[0].action
        else {
            panic!("{family} is a wait");
        };
        let law = &wait.distribution;
        for p in [0.1, 0.5, 0.9] {
            let spent = (law.quantile(p) / DAY_MICROS as f64 * 1e3).round() / 1e3;
            let openings = vec![waiting(0, spent); n as usize];
            let diary = run(&program, 0, Walk::Fastest, &openings);
            assert_eq!(diary.ended.len() + diary.stayed, n as usize, "{family}");
            let micros = spent * DAY_MICROS as f64;
            let above = 1.0 - law.cdf(micros);
            let mut ranks: Vec<f64> = diary
                .visits
                .iter()
                .map(|visit| {
                    assert!(
                        visit.left >= Instant::ZERO && visit.entered == Instant(-days(spent).0)
                    );
                    let whole = (visit.left - visit.entered).0 as f64;
                    1.0 - (1.0 - law.cdf(whole)) / above
                })
                .collect();
            ranks.sort_by(f64::total_cmp);
            let furthest = ranks.iter().enumerate().map(|(at, rank)| {
                let (low, high) = (at as f64 / f64::from(n), (at + 1) as f64 / f64::from(n));
                (rank - low).abs().max((high - rank).abs())
            });
            let furthest = furthest.fold(0.0, f64::max);
            assert!(furthest <= most, "{family} after {spent} d: {furthest} of {most}");
        }
    }
}

#[test]
fn a_constant_wait_leaves_its_exact_rest_and_an_expired_one_ends_at_once() {
    let program = compiled("stages: {a: {wait: 10d, next: won}}");
    for (spent, left) in [(4.0, 6.0), (10.0, 0.0), (12.5, 0.0)] {
        let diary = run(&program, 0, Walk::OneByOne, &[waiting(0, spent)]);
        assert_eq!(diary.visits[0].left, Instant(days(left).0), "after {spent} d");
        assert_eq!((diary.ended[0].2, diary.sold), (0, 1));
    }
    // One of several atoms: 10 days have passed, so it is the third.
    let text = "stages: {a: {wait: {empirical: {values: [1d, 10d, 15d]}}, next: won}}";
    let diary = run(&compiled(text), 3, Walk::Fastest, &[waiting(0, 10.5)]);
    assert_eq!(diary.visits[0].left, Instant(days(4.5).0));
}

#[test]
fn nothing_is_paid_drawn_or_sold_again() {
    let program = compiled(
        "value: {lognormal: {median: 900, p90: 2000}}\nattributes: {size: {small: 50%, large: rest}}\n\
         stages:\n  a: {cost: 70, wait: 2d, next: b}\n  \
         b: {sale: true, phase: client, cost: 30, set: {size: {large: 100%}}, \
         steps: [{wait: 1d, cost: 5}, {wait: 4d, cost: 11}], next: done}\n",
    );
    let open = Opening {
        sales: 1,
        sold: Some(days(1.5)),
        value: Some(Money(123_456)),
        cost: Money(10_000),
        attributes: 1,
        step: 1,
        entered: days(1.5),
        standing: Standing::Waits(days(0.5)),
        ..waiting(1, 0.0)
    };
    let diary = run(&program, 0, Walk::Fastest, &[open]);
    assert_eq!(diary.resumed, [(StageId(1), Instant(-days(1.5).0))]);
    // The step it is in has been paid; there is no sale, and no draw of the attribute or the value.
    assert_eq!((diary.spent, diary.sold), (Money::ZERO, 0));
    let (deal, now, end) = &diary.ended[0];
    assert_eq!(
        (deal.cost, deal.value, deal.attributes, deal.sales),
        (Money(10_000), Money(123_456), 1, 1)
    );
    assert_eq!((*now, *end), (Instant(days(3.5).0), 1));
    assert_eq!(diary.visits[0].cost, Money::ZERO);
    // One step earlier, the other step is still to be paid.
    let earlier =
        Opening { step: 0, entered: days(0.25), standing: Standing::Waits(days(0.25)), ..open };
    let diary = run(&program, 0, Walk::OneByOne, &[earlier]);
    assert_eq!((diary.spent, diary.ended[0].0.cost), (Money(1_100), Money(11_100)));
    assert_eq!(diary.ended[0].1, Instant(days(4.75).0));
}

#[test]
fn customers_who_are_present_are_served_first_and_in_their_order() {
    let text = "calendars: {c: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {r: {people: 1, calendar: c}}\n\
                stages: {a: {work: {role: r, time: 5h}, next: won}}";
    let program = compiled(text);
    let hours = |hours: i64| Duration(hours * HOUR_MICROS);
    let queued =
        |since: i64| Opening { standing: Standing::Waits(hours(since)), ..waiting(0, 0.5) };
    let in_work = Opening { standing: Standing::InWork(hours(2)), ..waiting(0, 0.5) };
    for walk in [Walk::Fastest, Walk::OneByOne] {
        let diary = run(&program, 0, walk, &[queued(1), queued(3), in_work]);
        let ends: Vec<i64> = diary.works.iter().map(|work| work.ended.0 / HOUR_MICROS).collect();
        assert_eq!(ends, [3, 8, 13]);
        let times: Vec<i64> = diary.works.iter().map(|work| work.time / HOUR_MICROS).collect();
        assert_eq!(times, [3, 5, 5], "of the first only what is left is work of the window");
    }
}

#[test]
fn a_queue_of_exponential_work_empties_after_erlang_times() {
    // Five are present: the k-th leaves after an Erlang(k) time, however much of the first work was
    // done.
    let text = "calendars: {c: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {r: {people: 1, calendar: c}}\n\
                stages: {a: {work: {role: r, time: {exponential: {mean: 3h}}}, next: won}}";
    let program = compiled(text);
    let queued = Opening { standing: Standing::Waits(Duration(HOUR_MICROS)), ..waiting(0, 0.2) };
    let in_work = Opening { standing: Standing::InWork(Duration(HOUR_MICROS)), ..waiting(0, 0.2) };
    let openings = [in_work, queued, queued, queued, queued];
    let replications = 20_000;
    let mut sums = [0.0; 5];
    for number in 0..replications {
        let diary = run(&program, number, Walk::Fastest, &openings);
        for (sum, (_, now, _)) in sums.iter_mut().zip(&diary.ended) {
            *sum += now.0 as f64 / HOUR_MICROS as f64;
        }
    }
    for (k, sum) in (1_u32..).zip(sums) {
        let (mean, sd) = (3.0 * f64::from(k), 3.0 * f64::from(k).sqrt());
        let z = (sum / replications as f64 - mean) / (sd / (replications as f64).sqrt());
        // Five comparisons: 1e-6 together.
        assert!(z.abs() < 5.2, "the {k}th leaves after {} h: {z}", sum / replications as f64);
    }
}

/// Work pauses at night. A deal in work is not in a queue, so patience does not apply.
#[test]
fn work_that_pauses_at_the_start_does_not_lose_patience() {
    let program = compiled(
        "calendars: {office: {hours: \"09:00-18:00\"}}\nroles: {clerk: {people: 1}}\n\
         stages: {a: {work: {role: clerk, time: 5h}, patience: {time: 1h, lost: gone}, next: 100%}}",
    );
    let hours = |hours: i64| Duration(hours * HOUR_MICROS);
    let open = Opening { standing: Standing::InWork(hours(2)), ..waiting(0, 1.0) };
    for walk in [Walk::Fastest, Walk::OneByOne, Walk::Lines] {
        let diary = run(&program, 0, walk, &[open]);
        let task = diary.works[0];
        assert_eq!((task.started, task.ended), (Instant(hours(9).0), Instant(hours(12).0)));
        assert_eq!((diary.works.len(), diary.ended.len()), (1, 1));
    }
}

#[test]
fn patience_goes_on_from_the_time_in_the_queue() {
    // A person works for ten more days; some waiting deals lose patience, which is drawn given two
    // days.
    let text = "calendars: {c: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {r: {people: 1, calendar: c}}\n\
         stages: {a: {work: {role: r, time: 10d}, patience: {time: {uniform: {min: 1d, max: 5d}}, lost: gone}, \
         next: won}}";
    let program = compiled(text);
    let in_work = Opening { standing: Standing::InWork(days(0.0)), ..waiting(0, 2.0) };
    let n = 3000;
    let mut openings = vec![in_work];
    openings.extend(vec![waiting(0, 2.0); n]);
    let diary = run(&program, 0, Walk::Fastest, &openings);
    let left: Vec<f64> = diary
        .ended
        .iter()
        .filter(|(.., end)| *end >= 2)
        .map(|(_, now, _)| now.0 as f64 / DAY_MICROS as f64)
        .collect();
    assert_eq!(left.len(), n, "nobody waits for ten days");
    assert!(left.iter().all(|day| (0.0..=3.0).contains(day)));
    // Uniform on 0 to 3 days: mean 1.5, sd 3/√12; 1e-7.
    let mean = left.iter().sum::<f64>() / n as f64;
    assert!((mean - 1.5).abs() < 5.4 * (3.0 / 12f64.sqrt()) / (n as f64).sqrt(), "{mean}");
}

#[test]
fn open_deals_continue_from_the_middle_of_a_chain() {
    let text = "stages:\n  a: {wait: 1d, next: b}\n  \
         b: {wait: {exponential: {mean: 2d}}, next: {b: 30%, c: 50%, lost: rest}}\n  \
         c: {wait: {exponential: {mean: 3d}}, next: {won: 60%, b: 10%, lost: rest}}\n";
    let program = compiled(text);
    let n = 40_000;
    let diary = run(&program, 0, Walk::Fastest, &vec![waiting(1, 5.0); n]);
    // From b: w_b = 0.3 w_b + 0.5 w_c, w_c = 0.6 + 0.1 w_b; times t_b = 2 + 0.3 t_b + 0.5 t_c, t_c = 3 + 0.1 t_b.
    let win = 0.3 / (0.7 - 0.05);
    let time = (2.0 + 1.5) / (0.7 - 0.05);
    let won = diary.ended.iter().filter(|(.., end)| *end == 0).count() as f64 / n as f64;
    assert!((won - win).abs() < 5.0 * (win * (1.0 - win) / n as f64).sqrt(), "{won} of {win}");
    let times: Vec<f64> =
        diary.ended.iter().map(|(_, now, _)| now.0 as f64 / DAY_MICROS as f64).collect();
    let mean = times.iter().sum::<f64>() / n as f64;
    let square = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / n as f64;
    let error = (square / n as f64).sqrt();
    // Two comparisons at five standard errors: 1.2e-6.
    assert!((mean - time).abs() < 5.0 * error, "{mean} of {time}, ± {error}");
    assert!(diary.ended.iter().all(|(deal, ..)| deal.arrived == Instant(-days(8.0).0)));
}

/// Open deals add up, with and without a warm-up that some of them do not outlast.
#[test]
fn open_deals_count_as_in_progress_from_the_start() {
    for warmup in ["", "warmup: 3d\n", "warmup: 10d\n"] {
        let program = compiled(&format!("{warmup}stages: {{a: {{wait: 8d, next: won}}}}"));
        let classes = Classes::new(&program, &[]).unwrap();
        let mut tally = Tally::new(&program, &classes, &[], Needed::ALL);
        let cancel = AtomicBool::new(false);
        let guard = Guard { most_visits: 1_000, cancel: &cancel };
        let openings: Vec<Opening> = [1.0, 4.0, 7.0].map(|spent| waiting(0, spent)).into();
        let replication = Replication { seed: 1, number: 0 };
        let stop = replicate(
            &Setup { openings: &openings, ..Setup::new(&program, guard) },
            replication,
            &mut tally,
        );
        let outcome = tally.close(0, stop);
        // They leave after 7, 4 and 1 days.
        let (started, won) = match warmup {
            "" => (3, 3),
            "warmup: 3d\n" => (2, 2),
            _ => (0, 0),
        };
        assert_eq!(outcome.series.open_at_start, started, "{warmup}");
        let cells = &outcome.cells[0];
        assert_eq!((cells.arrivals, cells.first_sales, cells.cohort), (0, won, 0), "{warmup}");
    }
}

#[test]
fn the_event_log_tells_open_deals_from_those_of_a_source_of_that_name() {
    let text = "start: 2024-01-01\nhorizon: 1 week\nsources: {open deal: {every: 1d}, 'open deal #1': {every: 2d}}\n\
         stages: {a: {wait: 1d, next: b}, b: {wait: 1h, next: won}}";
    let loaded = load("m.yaml", text, &[], None);
    let model = loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let openings = [waiting(0, 0.75), waiting(0, 0.25)];
    let log = events::record(&model, &Options::default(), &openings).unwrap();
    let table = event_log(&log);
    let text = |cell: &Cell| match cell {
        Cell::Name(name) => name.clone(),
        other => panic!("{other:?} is no name"),
    };
    let names: BTreeSet<String> = table.rows.iter().map(|row| text(&row[0])).collect();
    let seen: BTreeSet<u32> = log.events.iter().map(|event| event.case).collect();
    assert_eq!(names.len(), seen.len(), "{names:?}");
    // The visit of `a` began before the window, so only that of `b` is an event.
    for (name, hours) in [("open deal #1", 6), ("open deal #2", 18)] {
        let rows: Vec<usize> =
            (0..table.rows.len()).filter(|at| text(&table.rows[*at][0]) == name).collect();
        let [row] = rows.as_slice() else { panic!("{name}: {rows:?}") };
        let (event, cells) = (log.events[*row], &table.rows[*row]);
        assert_eq!(event.start, Some(Instant(hours * HOUR_MICROS)), "{name}");
        assert_eq!(event.end, Some(Instant((hours + 1) * HOUR_MICROS)), "{name}");
        assert_eq!([6, 8, 9].map(|at| text(&cells[at])), ["b", "open deal", "won"], "{name}");
    }
}

#[test]
fn a_working_time_wait_continues_in_working_time() {
    // Monday, 2024-01-01, 0:00; open from 9 to 18. Ten hours of two working days of nine hours have
    // passed.
    let program = compiled(
        "calendars: {office: {hours: {mon-fri: \"09:00-18:00\"}}}\nstages: {a: {wait: 2 working days, next: won}}",
    );
    let open = Opening { standing: Standing::Waits(Duration(10 * HOUR_MICROS)), ..waiting(0, 3.0) };
    let diary = run(&program, 0, Walk::Fastest, &[open]);
    assert_eq!(diary.visits[0].left, Instant(17 * HOUR_MICROS));
}
