//! The estimated load of roles whose queues deals leave is that of a run, nearly.
//!
//! It is an approximation, so the limit is not one of chance: within 4 % of the load where people have
//! time, and within 12 % behind overloaded queues with loops. The runs have a fixed seed.

use voronka::analytic::overload::long_run_loads;
use voronka::model::load;
use voronka::program::{Program, RoleId};
use voronka::study::load::loads;
use voronka::study::simulate::{Options, Progress, run};

const NIGHTS: &str = "horizon: 26 weeks
sources: {site: {rate: 60/week}}
roles: {a: {people: 3}, b: {people: 1}}
stages:
  call: {work: {role: a, time: 10 min}, patience: {time: PATIENCE, lost: gone}, next: offer}
  offer: {work: {role: b, time: 4h}, next: 50%}
";

const BUSY: &str = "horizon: 26 weeks
sources: {site: {rate: 60/week}}
roles: {a: {people: 1}, b: {people: 1}}
stages:
  call: {work: {role: a, time: 3h}, patience: {time: PATIENCE, lost: gone}, next: offer}
  offer: {work: {role: b, time: 4h}, patience: {time: {exponential: {mean: 5d}}, lost: cold}, next: {talk: 60%, lost: rest}}
  talk: {work: {role: a, time: 30 min}, next: {won: 40%, offer: 30%, lost: rest}}
";

#[test]
fn estimated_loads_are_those_of_runs() {
    let patience = ["1h", "4h", "20h", "3d", "{exponential: {mean: 8h}}", "3 working hours"];
    for (text, near, all) in
        [(NIGHTS, 0.04, &patience[..]), (BUSY, 0.12, &["1d", "2h", "{exponential: {mean: 2d}}"])]
    {
        for patience in all {
            let text = text.replace("PATIENCE", patience);
            let model = load("", &text, &[], None).model.unwrap();
            let estimated = long_run_loads(&Program::outline(&model), None).unwrap();
            let options = Options { replications: 20, ..Options::default() };
            let run = run(&model, &options, &Progress::default()).unwrap();
            let seen = loads(&run);
            let of = |loads: &[voronka::study::load::Load], role: RoleId| {
                loads.iter().find(|load| load.role == role).unwrap().share
            };
            for role in [RoleId(0), RoleId(1)] {
                let (estimated, seen) = (of(&estimated, role), of(&seen, role));
                assert!((estimated / seen - 1.0).abs() < near, "{patience}: {estimated} {seen}");
            }
        }
    }
}
