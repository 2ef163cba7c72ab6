//! Draws are independent: pairs and triples of words, along every direction.
//!
//! A stream is one word of each of many consecutive deals, with the same place, visit, replication,
//! seed and source. Two streams are independent if the counts of their top (or bottom) four bits
//! fill a table of 16 × 16 cells evenly, and three if those of three bits fill 8 × 8 × 8. A table
//! is judged by χ² at the false-alarm rate of the whole test, 1e-6, divided by the number of its
//! tables. Tests with 2^16 deals are part of `cargo test`. Those with 2^20 deals and models of up
//! to 500 stages need `cargo test --release independence -- --ignored --nocapture`.

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use statrs::distribution::{ChiSquared, ContinuousCDF};
use voronka::model;
use voronka::program::Program;
use voronka::random::key::{Address, StreamKey, hash_name, mix};

/// The probability that a test rejects independent words.
const FALSE_ALARM: f64 = 1e-6;

/// The top and the bottom four bits of the words of a stream.
struct Stream {
    ends: [Vec<u8>; 2],
}

impl Stream {
    fn new(deals: u32, word: impl Fn(u64) -> u64) -> Stream {
        let mut ends = [Vec::new(), Vec::new()];
        for deal in 0..1u64 << deals {
            let word = word(deal);
            ends[0].push((word >> 60) as u8);
            ends[1].push((word & 15) as u8);
        }
        Stream { ends }
    }
}

/// χ² of counts that should be equal.
fn chi2(counts: &[u32]) -> f64 {
    let n: u32 = counts.iter().sum();
    let expected = f64::from(n) / counts.len() as f64;
    counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum()
}

/// The greater χ² of the tables of top and of bottom bits; 255 degrees of freedom.
fn pair(one: &Stream, other: &Stream) -> f64 {
    let of = |end: usize| {
        // Two tables, so that increments of the same cell by neighbouring deals do not depend on
        // each other.
        let mut counts = [[0u32; 256]; 2];
        for (at, (a, b)) in one.ends[end].iter().zip(&other.ends[end]).enumerate() {
            counts[at % 2][usize::from(a << 4 | b)] += 1;
        }
        let [mut sums, others] = counts;
        sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        chi2(&sums)
    };
    of(0).max(of(1))
}

/// The greater χ² of the tables of the three top and the three bottom bits; 511 degrees of freedom.
fn triple(streams: [&Stream; 3]) -> f64 {
    let of = |end: usize, shift: u32| {
        let mut counts = [0u32; 512];
        let [one, two, three] = streams.map(|stream| &stream.ends[end]);
        for ((a, b), c) in one.iter().zip(two).zip(three) {
            let bits = |x: &u8| usize::from(x >> shift & 7);
            counts[bits(a) << 6 | bits(b) << 3 | bits(c)] += 1;
        }
        chi2(&counts)
    };
    of(0, 1).max(of(1, 0))
}

/// Judges tables; each value comes from two of them.
struct Judge {
    name: String,
    tables: usize,
    worst: f64,
    critical: f64,
    seen: usize,
}

impl Judge {
    fn of(name: &str, freedom: f64, values: &[f64]) -> Judge {
        let tables = 2 * values.len();
        let tail = FALSE_ALARM / tables as f64;
        let critical = ChiSquared::new(freedom).unwrap().inverse_cdf(1.0 - tail);
        let judge = Judge {
            name: name.to_owned(),
            tables,
            worst: values.iter().copied().fold(0.0, f64::max),
            critical,
            seen: values.iter().filter(|value| **value > critical).count(),
        };
        println!(
            "{name}: {} tables, greatest χ² {:.0}, {:.0} would be too much, {} are",
            judge.tables, judge.worst, judge.critical, judge.seen
        );
        judge
    }

    fn accept(&self) {
        assert!(self.seen == 0, "{}: {} of {} tables", self.name, self.seen, self.tables);
    }
}

fn all_pairs(name: &str, streams: &[Stream]) -> Judge {
    let rows = streams.par_iter().enumerate();
    let values: Vec<f64> = rows
        .flat_map_iter(|(at, one)| streams[at + 1..].iter().map(|other| pair(one, other)))
        .collect();
    Judge::of(name, 255.0, &values)
}

/// Triples of different streams, chosen by a hash.
fn some_triples(name: &str, streams: &[Stream], count: u64) -> Judge {
    let n = streams.len() as u64;
    let chosen = (0..count).into_par_iter().filter_map(|k| {
        let place = |which: u64| (mix(3 * k + which) % n) as usize;
        let (a, b, c) = (place(0), place(1), place(2));
        (a != b && b != c && a != c).then(|| triple([&streams[a], &streams[b], &streams[c]]))
    });
    Judge::of(name, 511.0, &chosen.collect::<Vec<f64>>())
}

/// A stream of each draw of a program, at its first and its second visit.
fn streams_of(program: &Program, deals: u32) -> Vec<Stream> {
    let key = StreamKey::new(1, 0, "site");
    let draws = program.addresses().into_iter();
    let draws: Vec<u64> = draws.flat_map(|place| [place.visit(1), place.visit(2)]).collect();
    let of = |draw: &u64| Stream::new(deals, |deal| key.deal(deal).word(*draw));
    draws.par_iter().map(of).collect()
}

fn compiled(text: &str) -> Program {
    Program::compile(&model::load("m.yaml", text, &[], None).model.unwrap())
}

fn shipped() -> Vec<(String, Program)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    paths.sort();
    let model = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, compiled(&fs::read_to_string(path).unwrap()))
    };
    paths.iter().filter(|path| crate::models::is_model_file(path)).map(model).collect()
}

/// A chain of stages with irregular names; deals wait and go on or are lost.
fn chain(stages: usize, salt: u64) -> Program {
    let mut text = "stages:\n".to_owned();
    for stage in 0..stages as u64 {
        let name = mix(salt << 32 | stage);
        text += &format!("  s{name:x}: {{wait: {{exponential: {{mean: 1d}}}}, next: 97%}}\n");
    }
    compiled(&text)
}

/// Streams that differ from their neighbour in one property: deal, visit, round, place,
/// replication, seed, source.
fn neighbours(places: u64, deals: u32) -> Vec<Stream> {
    let one = |place: u64| {
        let address = Address::new(&format!("stage {place}"), place % 3, "wait");
        let next = Address::new(&format!("stage {place}"), 0, "next");
        let of = move |seed, replication, source: &str, first: u64, address: Address, visit| {
            let key = StreamKey::new(seed, replication, source);
            Stream::new(deals, |deal| key.deal(deal + first).word(address.visit(visit)))
        };
        let mut streams = vec![
            of(1, 0, "site", 0, address, 1),
            of(1, 0, "site", 1, address, 1),
            of(1, 0, "site", 2, address, 1),
            of(1, 1, "site", 0, address, 1),
            of(1, 2, "site", 0, address, 1),
            of(2, 0, "site", 0, address, 1),
            of(3, 0, "site", 0, address, 1),
            of(1, 0, "fair", 0, address, 1),
            of(1, 0, "site", 0, next, 1),
            of(1, 0, "site", 0, next, 2),
        ];
        streams.extend((2..=4).map(|visit| of(1, 0, "site", 0, address, visit)));
        // The round is in the upper half of a visit's number.
        streams.extend((1..=2).map(|round| of(1, 0, "site", 0, address, 1 | round << 32)));
        streams
    };
    (0..places).into_par_iter().flat_map_iter(one).collect()
}

#[test]
fn all_pairs_of_draws_of_the_shipped_models_are_independent() {
    for (name, program) in shipped() {
        let streams = streams_of(&program, 16);
        all_pairs(&name, &streams).accept();
        some_triples(&name, &streams, 200).accept();
    }
}

#[test]
fn pairs_of_draws_of_long_chains_are_independent() {
    for stages in [50, 100] {
        let streams = streams_of(&chain(stages, 1), 15);
        all_pairs(&format!("a chain of {stages}"), &streams).accept();
        some_triples(&format!("a chain of {stages}"), &streams, 3000).accept();
    }
}

#[test]
fn neighbouring_deals_visits_places_replications_and_seeds_are_independent() {
    let streams = neighbours(8, 16);
    all_pairs("neighbours", &streams).accept();
    some_triples("neighbours", &streams, 3000).accept();
}

/// The test detects dependence: the words used before, whose two factors depended on the same
/// number, and words with one bit that two places share.
#[test]
fn dependent_words_are_detected() {
    let key = |deal: u64| mix(hash_name("site") ^ deal.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let fold = |x: u64, y: u64| {
        let product = u128::from(x) * u128::from(y);
        (product >> 64) as u64 ^ product as u64
    };
    let one_factor = |address: u64| {
        Stream::new(16, |deal| {
            let x = key(deal) ^ address;
            fold(x, x ^ 0xA076_1D64_78BD_642F)
        })
    };
    let streams: Vec<Stream> = (0..120).map(|place| one_factor(mix(place))).collect();
    assert!(all_pairs("one factor", &streams).seen > 0);
    let shared = |place: u64| {
        let bit = |deal: u64| mix(key(deal) ^ 7) & 1;
        Stream::new(16, |deal| {
            mix(key(deal) ^ mix(place)) & !1 | (bit(deal) & u64::from(deal % 8 == 0))
        })
    };
    let streams: Vec<Stream> = (0..3).map(shared).collect();
    assert!(all_pairs("a bit shared by one deal in eight", &streams).seen > 0);
}

#[test]
#[ignore = "some minutes: cargo test --release independence -- --ignored --nocapture"]
fn pairs_and_triples_of_a_million_deals_are_independent() {
    for (name, program) in shipped() {
        let streams = streams_of(&program, 20);
        all_pairs(&name, &streams).accept();
        some_triples(&name, &streams, 500).accept();
    }
    for (stages, deals) in [(50, 20), (100, 18), (200, 16), (350, 16), (500, 16)] {
        let streams = streams_of(&chain(stages, 2), deals);
        let name = format!("a chain of {stages}, 2^{deals} deals");
        all_pairs(&name, &streams).accept();
        some_triples(&name, &streams, 20_000).accept();
    }
    let streams = neighbours(12, 20);
    all_pairs("neighbours", &streams).accept();
    some_triples("neighbours", &streams, 5000).accept();
}
