//! Windows with deals that arrived before them or leave after them, compared with quadrature.

use voronka::kpi::{Figure, Key, Kpi, Row, Stat};
use voronka::random::distribution::Distribution;
use voronka::study::solve::{Options, solve};

use super::super::converter::load;
use super::{Chance, DAY, law, sweep};

/// Nodes and weights of eight-point Gauss–Legendre quadrature on −1 to 1.
const NODES: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

/// The integral of a function between two points, on panels that are refined towards every break.
fn integral(of: &dyn Fn(f64) -> f64, (from, until): (f64, f64), breaks: &[f64]) -> f64 {
    let mut edges = vec![from, until];
    for at in breaks {
        edges.push(*at);
        let mut step = until.max(1.0);
        while step > 1e-13 * until.max(1.0) {
            edges.extend([at + step, at - step]);
            step /= 2.0;
        }
    }
    edges.retain(|x| (from..=until).contains(x));
    edges.sort_by(f64::total_cmp);
    let panel = |a: f64, b: f64| {
        let (middle, half) = (f64::midpoint(a, b), (b - a) / 2.0);
        let pair = |(x, w): &(f64, f64)| w * (of(middle + half * x) + of(middle - half * x));
        NODES.iter().map(pair).sum::<f64>() * half
    };
    let fine = |a: f64, b: f64| {
        (0..8)
            .map(|k| {
                let at = |k: i32| a + (b - a) * f64::from(k) / 8.0;
                panel(at(k), at(k + 1))
            })
            .sum::<f64>()
    };
    edges.windows(2).map(|edge| fine(edge[0], edge[1])).sum()
}

#[test]
fn windows_keep_their_errors() {
    sweep("windows", |seed| {
        let mut chance = Chance(seed ^ 0x55);
        let scale = chance.log(1e-4, 60.0);
        let (text, law) = law(&mut chance, scale);
        let horizon = (chance.log(1.0, 700.0)).ceil();
        let warmup = if chance.next() < 0.3 { 0.0 } else { chance.log(1.0, 600.0).ceil() };
        let rate = chance.log(0.1, 100.0);
        let model = load(&format!(
            "horizon: {horizon}d\nwarmup: {warmup}d\nsources: {{s: {{rate: {rate}/day}}}}\nstages: {{a: {{wait: {text}, next: won}}}}"
        ));
        let solution = solve(&model, &Options::default()).unwrap();
        let end = warmup + horizon;
        let survival = |days: f64| law.survival(days * DAY);
        let own = [law.minimum(), law.maximum(), law.mean(), law.quantile(0.5)];
        let mut breaks: Vec<f64> = own.iter().map(|x| x / DAY).filter(|x| x.is_finite()).collect();
        if let Distribution::Triangular(_) = law {
            // Its mode, where the two parabolas meet.
            breaks.push((3.0 * law.mean() - law.minimum() - law.maximum()) / DAY);
        }
        breaks.extend([0.0, warmup, horizon, end]);
        let over =
            |of: &dyn Fn(f64) -> f64, from: f64, until: f64| integral(of, (from, until), &breaks);
        // Integration by parts: the weight of age a decreases by one per day from the warm-up on.
        let sold = horizon - over(&survival, warmup, end);
        let ages = horizon * over(&survival, 0.0, warmup)
            + over(&|a| (end - 2.0 * a) * survival(a), warmup, end);
        let known = [
            (Kpi::Throughput, Stat::Sales, sold * rate / horizon * 30.4375),
            (Kpi::SalesCycle, Stat::Mean, ages / sold),
            (Kpi::OpenAtEnd, Stat::Count, rate * over(&survival, 0.0, end)),
            (Kpi::LeadToWin, Stat::Share, (horizon - over(&survival, 0.0, horizon)) / horizon),
            (
                Kpi::OpenDeals,
                Stat::Mean,
                rate / horizon
                    * (over(&|a| (end - a) * survival(a), 0.0, end)
                        - over(&|a| (warmup - a) * survival(a), 0.0, warmup)),
            ),
        ];
        let mut wrong = Vec::new();
        for (kpi, stat, exact) in known {
            let key = Key::new(kpi, stat);
            let Some(row) = Row::find(&solution.window, &key) else { continue };
            let Figure::Numerical { value, error } = row.figure else { continue };
            // No deal gets that far, so the mean is undefined.
            let nobody = kpi == Kpi::SalesCycle && sold * rate < 1e-3;
            if (value - exact).abs() > error + 1e-10 * exact.abs() + 1e-12 && !nobody {
                wrong.push(format!(
                    "{text}, {rate}/day, {warmup} + {horizon} d: {key:?} {value} ± {error}, not {exact}"
                ));
            }
        }
        wrong
    });
}
