//! Files of tests: what they give, what they claim, and what is told of those that fail.

use super::Repository;

/// One seller, a fork, a loop with a limit, a sale and what follows it.
const MODEL: &str = "\
currency: EUR
calendars: {office: {hours: {mon-fri: \"09:00-17:00\"}}}
roles: {seller: {people: [{name: Anna}], cost: 60/hour}}
attributes: {size: {small: 70%, large: rest}}
value: [{when: {size: large}, amount: {normal: {mean: 9000, sd: 100}}}, {amount: 1000}]
sources:
  site: {rate: 5/week, cost: 20}
  fair: {rate: 1/week}
stages:
  call:
    work: {role: seller, time: {exponential: {mean: 30 min}}}
    patience: {time: {exponential: {mean: 9d}}, lost: went cold}
    next: {offer: 40%, lost: {no need: rest}}
    variants: [{when: {source: fair}, next: {offer: 90%, lost: {no need: rest}}}]
  offer:
    wait: {uniform: {min: 1d, max: 9d}}
    cost: 15
    max_visits: {count: 2, lost: too many rounds}
    next: {won: 50%, offer: {share: 20%, after: {exponential: {mean: 2d}}}, lost: {price: rest}}
";

/// A deal from the site on Monday at 9, as far as the given path.
fn test_of(deal: &str, then: &str) -> String {
    format!(
        "model: m.yaml\ntests:\n  - name: t\n    given:\n      A: {{{deal}}}\n    then:\n      A: {then}\n"
    )
}

/// Codes and lines of the findings of a file of tests beside the model.
fn found(tests: &str) -> Vec<String> {
    let repository = Repository::with(&[("m.yaml", MODEL), ("m.test.yaml", tests)]);
    let answer = repository.check(&["--format", "line", "m.test.yaml"]);
    let line = |line: &str| {
        let (place, rest) = line.split_once(": ").unwrap();
        let code = rest.split(['[', ']']).nth(1).unwrap();
        let title = rest.split_once(": ").unwrap().1.rsplit_once(" (").unwrap().0;
        format!("{}:{code}: {title}", place.split(':').nth(1).unwrap())
    };
    assert_eq!(answer.code != 0, !answer.stdout.is_empty(), "{}", answer.stderr);
    answer.stdout.lines().map(line).collect()
}

const MONDAY: &str = "source: site, arrives: 2026-01-12 09:00, attributes: {size: small}";

#[test]
fn dates_people_and_costs_are_exact() {
    let deal = format!(
        "{MONDAY}, path: [{{call: {{work: 90 min}}}}, {{offer: {{wait: 1d 1.000001s, after: 2h}}}}, \
         {{offer: {{wait: 3d}}}}, won]"
    );
    // 90 minutes from 9:00, a day and a second and a microsecond, 2 hours to come back, 3 days: 20 + 90 + 15 + 15.
    let then = "{ends: won, won: \"2026-01-16 12:30:01.000001\", sales: 1, bookings: 1000, cost: 140, \
                worked: 1.5h, queued: 0, visits: [{call: {by: Anna, starts: 2026-01-12 09:00, \
                finishes: 2026-01-12 10:30, cost: 90}}, offer, {offer: {entered: \"2026-01-13 12:30:01.000001\"}}]}";
    assert_eq!(found(&test_of(&deal, then)), [""; 0]);
    let wrong = then
        .replace("01.000001\", sales", "01.000002\", sales")
        .replace("cost: 140", "cost: 140.01");
    assert_eq!(
        found(&test_of(&deal, &wrong)),
        [
            "7:V701: `A`: it is won on `2026-01-16 12:30:01.000001`",
            "7:V701: `A`: the cost is `140`",
        ]
    );
}

#[test]
fn deals_of_a_test_wait_for_each_other() {
    let tests = "tests:\n  - given:\n      A: {source: site, arrives: 2026-01-12 16:30, attributes: {size: small}, path: [{call: {work: 1h}}, {lost: no need}]}\n      \
                 B: {source: fair, arrives: 2026-01-12 16:45, attributes: {size: large}, path: [{call: {work: 1h, patience: 5d}}, {lost: no need}]}\n      \
                 C: {source: site, arrives: 2026-01-12 16:50, attributes: {size: small}, path: [{call: {work: 1h, patience: 10 min}}, {lost: went cold}]}\n    \
                 then:\n      A: {ended: 2026-01-13 09:30, cost: 80}\n      \
                 B: {ended: 2026-01-13 10:30, queued: 45 min, worked: 1h, cost: 60}\n      C: {ended: 2026-01-12 17:00, cost: 20}\n";
    assert_eq!(found(tests), [""; 0]);
}

#[test]
fn what_is_not_given_is_told() {
    let of = |deal: &str| {
        let found = found(&test_of(deal, "{ends: won}"));
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].clone()
    };
    let given = |path: &str| of(&format!("{MONDAY}, path: [{path}]"));
    assert_eq!(
        given("call, {offer: {wait: 3d}}, won"),
        "5:V703: `A` at `call`: the time of work (step 1) is left to chance"
    );
    assert_eq!(
        given("{call: {work: 1h}}, offer, won"),
        "5:V703: `A` at `offer`: the wait (step 1) is left to chance"
    );
    assert_eq!(
        given("{call: {work: 1h}}, {offer: {wait: 3d}}, offer, won"),
        "5:V703: `A` at `offer`: the time of the way out is left to chance"
    );
    assert_eq!(
        given("{call: {work: 1h}}, {offer: {wait: 3d}}"),
        "5:V703: `A` at `offer`: the way out is left to chance"
    );
    assert_eq!(
        of(
            "source: site, arrives: 2026-01-12 09:00, path: [{call: {work: 1h}}, {offer: {wait: 3d}}, won]"
        ),
        "5:V703: `A`: the attribute `size` is left to chance"
    );
}

#[test]
fn a_deal_that_goes_another_way_is_told_where_it_leaves() {
    let given = |path: &str| found(&test_of(&format!("{MONDAY}, path: [{path}]"), "{ends: won}"));
    // Straight to the end is no branch of a call.
    assert_eq!(given("{call: {work: 1h}}, won"), ["5:V702: `call` does not lead to `won`"]);
    assert_eq!(
        given("{offer: {wait: 3d}}, won"),
        ["5:V702: `A` goes from its source to `call`, not to `offer`"]
    );
    // The third visit is refused.
    let twice = "{call: {work: 1h}}, {offer: {wait: 1d, after: 0}}, {offer: {wait: 1d, after: 0}}";
    assert_eq!(
        given(&format!("{twice}, {{offer: {{wait: 1d}}}}, won")),
        ["5:V702: `A` goes from `offer` to `lost: too many rounds`, not to `offer`"]
    );
    assert_eq!(
        found(&test_of(
            &format!("{MONDAY}, path: [{twice}, {{lost: too many rounds}}]"),
            "{ends: {lost: too many rounds}}"
        )),
        [""; 0]
    );
}

#[test]
fn wrong_tests_are_told_as_wrong_models_are() {
    let deal = format!("{MONDAY}, path: [{{call: {{work: 1h}}}}, {{lost: no need}}]");
    let codes = |tests: &str| {
        let found = found(tests);
        found.iter().map(|line| line.split(": ").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let good = test_of(&deal, "{cost: 80}");
    assert_eq!(codes(&good), [""; 0]);
    for (from, to, code) in [
        ("call:", "cal:", "5:V301"),
        ("source: site", "source: sight", "5:V301"),
        ("size: small", "size: smal", "5:V301"),
        ("no need", "no neeed", "5:V301"),
        ("arrives", "arives", "5:V105"),
        ("2026-01-12 09:00", "12.01.2026", "5:V202"),
        ("work: 1h", "work: 1", "5:V201"),
        ("work: 1h", "wait: 1h", "5:V704"),
        ("cost: 80", "costs: 80", "7:V105"),
        ("cost: 80", "visits: [offer: {}]", "7:V705"),
        ("A: {cost", "B: {cost", "7:V301"),
        ("{cost: 80}", "{}", "7:V205"),
        ("model: m.yaml", "model: n.yaml", "1:V708"),
        ("model: m.yaml", "model: ../m.yaml", "1:V709"),
    ] {
        assert!(good.contains(from), "{from}");
        let found = codes(&good.replacen(from, to, 1));
        assert_eq!(found, [code], "{from} -> {to}");
    }
}

#[test]
fn folders_hold_models_and_their_tests() {
    let test = test_of(
        &format!("{MONDAY}, path: [{{call: {{work: 1h}}}}, {{lost: no need}}]"),
        "{cost: 80}",
    );
    let repository = Repository::with(&[("m.yaml", MODEL), ("m.test.yaml", &test)]);
    let answer = repository.check(&["."]);
    assert_eq!(answer.code, 0);
    assert!(
        answer.stderr.contains("2 files: no errors, no warnings; 1 test passes"),
        "{}",
        answer.stderr
    );
    // A change of the model shows in its tests, in every format.
    let answer = repository.check(&["--set", "sources.site.cost=30", "--format", "junit", "."]);
    assert_eq!(answer.code, 1);
    assert!(answer.stdout.contains("V701 tests[1].then.A.cost"), "{}", answer.stdout);
    // What should happen now is taken over, as a guess.
    let answer = repository.check(&[
        "--set",
        "sources.site.cost=30",
        "--fix",
        "--unsafe-fixes",
        "m.test.yaml",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    repository.write("m.yaml", &MODEL.replace("cost: 20", "cost: 30"));
    assert_eq!(repository.check(&["."]).code, 0);
    repository.write("m.yaml", &MODEL.replace("next: {won", "nxt: {won"));
    let answer = repository.check(&["--format", "line", "m.test.yaml"]);
    assert!(answer.stdout.contains("V707"), "{}", answer.stdout);
}

#[test]
fn a_refusal_that_is_drawn_is_told() {
    let model = MODEL.replace(
        "max_visits: {count: 2, lost: too many rounds}",
        "max_visits: {count: 1, next: {won: 50%, lost: rest}}",
    );
    let path = "{call: {work: 1h}}, {offer: {wait: 1d, next: offer, after: 0}}, won";
    let tests = test_of(&format!("{MONDAY}, path: [{path}]"), "{ends: won}");
    let repository = Repository::with(&[("m.yaml", &model), ("m.test.yaml", &tests)]);
    let answer = repository.check(&["--format", "line", "m.test.yaml"]);
    assert_eq!(answer.code, 1);
    assert!(answer.stdout.contains("V703"), "{}", answer.stdout);
}
