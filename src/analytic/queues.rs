//! Queues with a known steady state.
//!
//! Rates are per unit of time, in any unit; a server is a person who works around the clock.

/// The wait in a queue, in the steady state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wait {
    /// Probability of having to wait.
    pub waits: Option<f64>,
    /// Mean wait of all who are served, including those who do not wait.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: Option<f64>,
    /// The rate of the conditional wait, if it is exponential.
    pub drain: Option<f64>,
}

impl Wait {
    /// The probability of a wait of at most `time`; `None` if the distribution is unknown.
    pub fn within(&self, time: f64) -> Option<f64> {
        let (waits, drain) = (self.waits?, self.drain?);
        Some(if time < 0.0 { 0.0 } else { 1.0 - waits * libm::exp(-drain * time) })
    }

    /// The quantile of the wait at probability `p`.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let (waits, drain) = (self.waits?, self.drain?);
        Some(if p <= 1.0 - waits { 0.0 } else { libm::log(waits / (1.0 - p)) / drain })
    }
}

/// The probability of having to wait in M/M/c (Erlang C, 1917), computed from Erlang B; `load` is
/// in servers.
pub fn erlang_c(servers: u64, load: f64) -> f64 {
    let blocked = (1..=servers).fold(1.0, |b, n| load * b / (n as f64 + load * b));
    let busy = load / servers as f64;
    blocked / (1.0 - busy * (1.0 - blocked))
}

/// M/M/c: Poisson arrivals, exponential services.
pub fn mmc(servers: u64, rate: f64, mean: f64) -> Wait {
    let load = rate * mean;
    let waits = erlang_c(servers, load);
    let drain = servers as f64 / mean - rate;
    let (mean, square) = (waits / drain, 2.0 * waits / (drain * drain));
    let sd = Some((square - mean * mean).sqrt());
    Wait { waits: Some(waits), mean, sd, drain: Some(drain) }
}

/// The steady state of a queue with patience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Abandoned {
    /// The wait of deals that are served.
    pub served: Wait,
    /// The mean wait of all deals, including the time that lost ones waited.
    pub all: f64,
    /// The probability of losing patience.
    pub leave: f64,
}

/// M/M/c+M: Poisson arrivals, exponential services and patience (Palm 1957, Erlang's A).
///
/// A deal that finds n others at c servers waits until n − c + 1 of them finish or give up, unless
/// its own patience ends first.
pub fn erlang_a(servers: u64, rate: f64, mean: f64, patience: f64) -> Abandoned {
    let (serve, give_up) = (1.0 / mean, 1.0 / patience);
    let c = servers as f64;
    // Probabilities relative to that of all servers busy, summed in both directions until they
    // vanish.
    let (mut total, mut below, mut n) = (1.0, 1.0, c);
    while n > 0.0 && below > 1e-18 {
        below *= n * serve / rate;
        total += below;
        n -= 1.0;
    }
    let (mut above, mut queue) = (1.0, 0.0_f64);
    let (mut waits, mut length, mut served, mut spent) = (0.0, 0.0, 0.0, 0.0);
    // For a deal with k others waiting before it: the probability that its patience lasts, and the
    // mean time that takes.
    let mut time = 0.0;
    loop {
        let drain = c * serve + queue * give_up;
        time += 1.0 / (drain + give_up);
        let lasts = c * serve / (drain + give_up);
        waits += above;
        length += above * queue;
        served += above * lasts;
        spent += above * lasts * time;
        queue += 1.0;
        let next = above * rate / (c * serve + queue * give_up);
        if next < 1e-18 * waits {
            break;
        }
        total += next;
        above = next;
    }
    let leave = length / total * give_up / rate;
    let all_served = 1.0 - (waits - served) / total;
    let wait = Wait {
        waits: Some(waits / total),
        mean: spent / total / all_served,
        sd: None,
        drain: None,
    };
    Abandoned { served: wait, all: length / total / rate, leave }
}

/// M/G/1: Poisson arrivals, one server (Pollaczek 1930, Khinchine 1932), given the first three
/// moments of the service time. The standard deviation of the wait is due to Takács (1962).
pub fn mg1(rate: f64, [mean, square, cube]: [f64; 3]) -> Wait {
    let load = rate * mean;
    let wait = rate * square / (2.0 * (1.0 - load));
    let variance = wait * wait + rate * cube / (3.0 * (1.0 - load));
    Wait { waits: Some(load), mean: wait, sd: Some(variance.sqrt()), drain: None }
}

/// An approximation of M/G/c: the wait of M/M/c times (1 + the squared coefficient of variation of
/// service) / 2 (Lee and Longton 1959).
pub fn mgc(servers: u64, rate: f64, mean: f64, square: f64) -> Wait {
    let exponential = mmc(servers, rate, mean);
    let variation = square / (mean * mean) - 1.0;
    let mean = exponential.mean * (1.0 + variation) / 2.0;
    Wait { mean, sd: None, drain: None, ..exponential }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_by_both_formulas() {
        let (erlang, pollaczek) = (mmc(1, 0.8, 1.0), mg1(0.8, [1.0, 2.0, 6.0]));
        assert!((erlang.mean - 4.0).abs() < 1e-12 && (pollaczek.mean - 4.0).abs() < 1e-12);
        assert!((erlang.waits.unwrap() - 0.8).abs() < 1e-12);
        assert!((erlang.sd.unwrap() - pollaczek.sd.unwrap()).abs() < 1e-12);
        let p90 = erlang.quantile(0.9).unwrap();
        assert!((erlang.within(p90).unwrap() - 0.9).abs() < 1e-12);
        assert_eq!(erlang.quantile(0.1), Some(0.0));
    }

    #[test]
    fn endless_patience_makes_erlang_a_erlang_c() {
        let (a, c) = (erlang_a(5, 4.0, 1.0, 1e9), mmc(5, 4.0, 1.0));
        assert!((a.served.mean / c.mean - 1.0).abs() < 1e-6, "{a:?} {c:?}");
        assert!((a.served.waits.unwrap() - c.waits.unwrap()).abs() < 1e-8 && a.leave < 1e-8);
        // Each lost deal is one exponential patience that ended.
        let busy = erlang_a(2, 5.0, 1.0, 0.5);
        assert!((busy.leave - busy.all / 0.5).abs() < 1e-12);
    }

    #[test]
    fn constant_services_halve_the_wait() {
        assert!((mgc(3, 2.0, 1.0, 1.0).mean * 2.0 - mmc(3, 2.0, 1.0).mean).abs() < 1e-12);
    }
}
