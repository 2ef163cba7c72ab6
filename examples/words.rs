//! Writes an endless stream of random words to stdout, for a battery of tests.
//!
//! `cargo run --release --example words -- DIRECTION | dieharder -a -g 200`, where DIRECTION is
//! what changes from word to word: `deals`, `visits`, `places`, `replications`, `seeds`, or `all`
//! in turn.

use std::io::{self, BufWriter, Write};

use voronka::random::key::{Address, StreamKey};

/// Draws per deal before the next deal.
const OF_A_DEAL: u64 = 64;

fn main() -> io::Result<()> {
    let direction = std::env::args().nth(1).unwrap_or_else(|| "all".to_owned());
    let stream = StreamKey::new(1, 0, "site");
    let wait = Address::new("offer", 0, "wait");
    let places: Vec<Address> =
        (0..OF_A_DEAL).map(|k| Address::new(&format!("stage {k}"), 0, "next")).collect();
    let words: [(&str, &dyn Fn(u64) -> u64); 5] = [
        ("deals", &|k| stream.deal(k).word(wait.visit(1))),
        ("visits", &|k| stream.deal(k / OF_A_DEAL).word(wait.visit(k % OF_A_DEAL))),
        ("places", &|k| stream.deal(k / OF_A_DEAL).word(places[(k % OF_A_DEAL) as usize].visit(1))),
        ("replications", &|k| StreamKey::new(1, k, "site").deal(0).word(wait.visit(1))),
        ("seeds", &|k| StreamKey::new(k, 0, "site").deal(0).word(wait.visit(1))),
    ];
    let chosen: Vec<_> =
        words.iter().filter(|(name, _)| direction == "all" || direction == *name).collect();
    if chosen.is_empty() {
        return Err(io::Error::other(format!("there is no direction {direction:?}")));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for k in 0.. {
        for (_, word) in &chosen {
            // The reader has closed the pipe.
            if out.write_all(&word(k).to_le_bytes()).is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}
