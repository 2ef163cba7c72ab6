//! Queues whose steady state is known.
//!
//! Rates are per unit of time, whatever the unit; a server is a person who works around the clock.

/// A wait in a queue, in the steady state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wait {
    /// Share of those who have to wait.
    pub waits: Option<f64>,
    /// Mean wait of all who are served.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: Option<f64>,
    /// Where the wait of those who wait is exponential: its rate.
    pub drain: Option<f64>,
}

impl Wait {
    /// The share of waits of at most this length; where the law of the wait is known.
    pub fn within(&self, time: f64) -> Option<f64> {
        let (waits, drain) = (self.waits?, self.drain?);
        Some(if time < 0.0 { 0.0 } else { 1.0 - waits * libm::exp(-drain * time) })
    }

    /// The wait that this share of all does not exceed.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let (waits, drain) = (self.waits?, self.drain?);
        Some(if p <= 1.0 - waits { 0.0 } else { libm::log(waits / (1.0 - p)) / drain })
    }
}

/// The chance of waiting for one of some servers under a load in servers (Erlang 1917), by way of his first formula.
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

/// What becomes of a queue that deals leave when they lose patience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Abandoned {
    /// The wait of those who are served.
    pub served: Wait,
    /// The mean wait of all, those who left with the time until they did.
    pub all: f64,
    /// The share of those who leave.
    pub leave: f64,
}

/// M/M/c+M: Poisson arrivals, exponential services and patience (Palm 1957, Erlang's A).
///
/// A deal that finds n others with c servers waits for n − c + 1 of them to finish or give up, unless its own patience
/// ends before.
pub fn erlang_a(servers: u64, rate: f64, mean: f64, patience: f64) -> Abandoned {
    let (serve, give_up) = (1.0 / mean, 1.0 / patience);
    let c = servers as f64;
    // States in proportion to the one of all servers busy, downwards and upwards until nothing is left.
    let (mut total, mut below, mut n) = (1.0, 1.0, c);
    while n > 0.0 && below > 1e-18 {
        below *= n * serve / rate;
        total += below;
        n -= 1.0;
    }
    let (mut above, mut queue) = (1.0, 0.0_f64);
    let (mut waits, mut length, mut served, mut spent) = (0.0, 0.0, 0.0, 0.0);
    // While one waits with k others before it: the chance that its patience lasts, and the time that takes.
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

/// M/G/1: Poisson arrivals, one server (Pollaczek 1930, Khinchine 1932), given the first three moments of a service;
/// the spread of the wait by Takács (1962).
pub fn mg1(rate: f64, [mean, square, cube]: [f64; 3]) -> Wait {
    let load = rate * mean;
    let wait = rate * square / (2.0 * (1.0 - load));
    let variance = wait * wait + rate * cube / (3.0 * (1.0 - load));
    Wait { waits: Some(load), mean: wait, sd: Some(variance.sqrt()), drain: None }
}

/// M/G/c nearly: the wait of M/M/c, times half of one and the squared variation of services (Lee and Longton 1959).
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
        // One is lost for each whose patience ends, and patience is exponential.
        let busy = erlang_a(2, 5.0, 1.0, 0.5);
        assert!((busy.leave - busy.all / 0.5).abs() < 1e-12);
    }

    #[test]
    fn constant_services_halve_the_wait() {
        assert!((mgc(3, 2.0, 1.0, 1.0).mean * 2.0 - mmc(3, 2.0, 1.0).mean).abs() < 1e-12);
    }
}
