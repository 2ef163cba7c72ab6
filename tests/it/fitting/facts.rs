//! Families and Kaplan–Meier against maximum likelihood that was computed elsewhere to 1e-12 (a simplex search).

use voronka::fit::durations::{Candidate, Family, Lasted, Survival, candidates};

/// Days of stays that ended; four more had lasted 20 days and went on.
const ENDED: [f64; 56] = [
    3.89, 2.561, 6.058, 10.343, 18.335, 8.067, 4.749, 3.944, 13.45, 9.191, 2.755, 3.433, 8.691,
    1.848, 6.911, 2.914, 4.466, 5.001, 4.176, 11.504, 7.025, 4.611, 10.254, 14.352, 1.985, 6.017,
    3.372, 6.433, 2.634, 7.512, 7.168, 5.792, 3.195, 5.382, 3.086, 2.499, 8.845, 3.042, 18.845,
    13.109, 1.494, 9.186, 3.061, 7.587, 7.652, 1.506, 6.13, 6.022, 15.952, 2.872, 13.336, 3.067,
    5.669, 3.772, 11.641, 12.348,
];
const STILL_OPEN: usize = 4;

fn lasted() -> Vec<Lasted> {
    let ended = ENDED.iter().map(|days| Lasted::ended(*days));
    ended.chain((0..STILL_OPEN).map(|_| Lasted::so_far(20.0))).collect()
}

fn near(found: f64, known: f64, error: f64) {
    assert!((found - known).abs() <= 1e-9 * known.abs() + error, "{found} is not {known}");
}

#[test]
fn families_are_those_of_the_greatest_likelihood() {
    let found = candidates(&lasted());
    let mut seen = 0;
    for Candidate { family, log_likelihood } in found {
        match family {
            Family::Lognormal { median, sigma } => {
                near(median.ln(), 1.820_577_921_916_472_6, 1e-6);
                near(sigma, 0.738_459_722_231_521_2, 1e-6);
                near(log_likelihood, -163.605_152_989_240_65, 1e-8);
            }
            Family::Weibull { shape, scale } => {
                near(shape, 1.435_172_901_232_444_6, 1e-6);
                near(scale, 8.788_271_912_011_79, 1e-5);
                near(log_likelihood, -168.670_383_981_117_9, 1e-8);
            }
            Family::Exponential(mean) => {
                near(mean, 8.191_785_714_285_714, 8.2e-11);
                near(log_likelihood, -173.775_386_961_731_53, 1.8e-9);
            }
            Family::Gamma { .. } => continue,
        }
        seen += 1;
    }
    assert_eq!(seen, 3);
}

#[test]
fn the_survival_is_that_of_kaplan_and_meier() {
    let survival = Survival::of(&lasted()).unwrap();
    let known = [
        (3.0, 0.833_333_333_333_333_1),
        (7.0, 0.433_333_333_333_333_24),
        (12.0, 0.199_999_999_999_999_96),
        (18.0, 0.099_999_999_999_999_99),
    ];
    for (days, survive) in known {
        near(1.0 - survival.cdf(days), survive, 1e-11);
    }
    // The median is the first time by which half have ended.
    assert!(survival.cdf(6.022) >= 0.5 && survival.cdf(6.021_999) < 0.5);
}
