//! Keys and words: a draw is a hash of (seed, replication, source, deal, place, visit, purpose).
//!
//! Names are hashed once, when a model is compiled. A deal's key is mixed once, when it arrives.
//! Each draw then costs one multiplication: the folded 128-bit product of wyhash (Wang Yi 2020) on
//! inputs that are already mixed. The two factors use the key's halves in a different order. If
//! both were functions of `key ^ address`, two addresses whose difference is close to the mask
//! would give a deal two dependent words. The functions are our own and frozen by a test, so that
//! no library update can change a result. `tests/it/independence.rs` tests pairs and triples of
//! words.
//!
//! ```
//! use voronka::random::key::{Address, StreamKey};
//! let stream = StreamKey::new(1, 0, "site");
//! let wait = Address::new("offer", 0, "wait");
//! // The same deal, the same place: the same word, whatever was drawn in between.
//! assert_eq!(stream.deal(7).word(wait.visit(1)), stream.deal(7).word(wait.visit(1)));
//! assert_ne!(stream.deal(7).word(wait.visit(1)), stream.deal(7).word(wait.visit(2)));
//! ```

use std::fmt;

/// 2^64 divided by the golden ratio, odd: spreads consecutive numbers (Knuth, vol. 3, 6.4).
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
/// The mask of the second factor: half of its bits are set, irregularly (wyhash's first secret).
const MASK: u64 = 0xA076_1D64_78BD_642F;

/// The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every input bit affects every output bit.
pub fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo), computed incrementally.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xCBF2_9CE4_8422_2325)
    }
}

impl Fnv {
    /// Returns the hash of some bytes.
    pub fn of(bytes: &[u8]) -> u64 {
        let mut hash = Fnv::default();
        hash.add(bytes);
        hash.value()
    }

    /// Adds further bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3);
        }
    }

    /// Returns the hash of all bytes so far.
    pub fn value(self) -> u64 {
        self.0
    }
}

impl fmt::Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.add(text.as_bytes());
        Ok(())
    }
}

/// Hashes a name: FNV-1a over its bytes, then mixed.
pub fn hash_name(name: &str) -> u64 {
    mix(Fnv::of(name.as_bytes()))
}

/// The key of a source in a replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamKey(u64);

impl StreamKey {
    /// Returns the key of a source in a replication of a run.
    pub fn new(seed: u64, replication: u64, source: &str) -> StreamKey {
        let run = mix(seed.wrapping_add(GOLDEN));
        let replication = mix(run ^ replication.wrapping_add(1).wrapping_mul(GOLDEN));
        StreamKey(mix(replication ^ hash_name(source)))
    }

    /// Returns the key of the deal with this ordinal in its source.
    #[inline]
    pub fn deal(self, ordinal: u64) -> DealKey {
        DealKey(mix(self.0 ^ ordinal.wrapping_mul(GOLDEN)))
    }
}

/// The key of a deal in a replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DealKey(u64);

impl DealKey {
    /// The key for no deal.
    pub(crate) const NOBODY: DealKey = DealKey(0);

    /// Returns the word of a draw.
    #[inline]
    pub fn word(self, address: u64) -> u64 {
        let product =
            u128::from(self.0 ^ address) * u128::from(self.0.rotate_left(32) ^ address ^ MASK);
        (product >> 64) as u64 ^ product as u64
    }
}

/// The address of a draw: a place in the model, a step and a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(u64);

impl Address {
    /// Returns the address of a purpose at a step of a named place.
    pub fn new(place: &str, step: u64, purpose: &str) -> Address {
        Address(mix(hash_name(place) ^ mix(hash_name(purpose).wrapping_add(step))))
    }

    /// Returns the address at a visit; rounds after the first are counted in the upper half.
    #[inline]
    pub fn visit(self, visit: u64) -> u64 {
        self.0.wrapping_add(visit.wrapping_mul(GOLDEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frozen: these numbers are the generator's definition. They may change only with a line in
    /// the changelog under "numbers that changed".
    #[test]
    fn words_are_frozen() {
        let word = |seed, replication, source, deal, place, visit| {
            let key = StreamKey::new(seed, replication, source).deal(deal);
            key.word(Address::new(place, 0, "wait").visit(visit))
        };
        let words = [
            word(1, 0, "site", 0, "offer", 1),
            word(1, 0, "site", 1, "offer", 1),
            word(1, 1, "site", 0, "offer", 1),
            word(2, 0, "site", 0, "offer", 1),
            word(1, 0, "сайт", 0, "offer", 1),
            word(1, 0, "site", 0, "offer", 2),
        ];
        assert_eq!(words, FROZEN, "{words:#x?}");
    }

    const FROZEN: [u64; 6] = [
        0x3446_36B1_E62B_A2EC,
        0x0210_B006_F09A_7CE3,
        0x9175_7864_6D93_B76B,
        0xFF40_3944_866A_DD2E,
        0xC081_3B40_7FEE_3976,
        0x76D2_4992_D830_CBB1,
    ];

    /// χ² of 256 cells over 2^20 words, for eight different bytes of the word and three ways of
    /// stepping (deals, visits, places). With 255 degrees of freedom, a value above 374 or below
    /// 161 has a probability of 1e-6 each (24 statistics: false alarm 5e-5).
    #[test]
    fn every_byte_is_equidistributed_along_every_direction() {
        let stream = StreamKey::new(42, 3, "site");
        let base = Address::new("offer", 0, "wait");
        let places: Vec<Address> =
            (0..1024).map(|i| Address::new(&format!("stage {i}"), i % 3, "next")).collect();
        let along: [(&str, &dyn Fn(u64) -> u64); 3] = [
            ("deals", &|i| stream.deal(i).word(base.visit(1))),
            ("visits", &|i| stream.deal(i >> 10).word(base.visit(i & 1023))),
            ("places", &|i| stream.deal(i >> 10).word(places[(i & 1023) as usize].visit(1))),
        ];
        for (name, word) in along {
            let mut cells = vec![[0u32; 256]; 8];
            for i in 0..1u64 << 20 {
                let bytes = word(i).to_le_bytes();
                for (cell, byte) in cells.iter_mut().zip(bytes) {
                    cell[usize::from(byte)] += 1;
                }
            }
            let expected = f64::from(1u32 << 20) / 256.0;
            for (byte, cell) in cells.iter().enumerate() {
                let chi2: f64 =
                    cell.iter().map(|n| (f64::from(*n) - expected).powi(2) / expected).sum();
                assert!((161.0..374.0).contains(&chi2), "{name}, byte {byte}: {chi2}");
            }
        }
    }

    /// A flipped bit of the deal's number, the visit or the seed flips each bit of the word half of
    /// the time. With 2,000 trials a share outside 0.5 ± 0.068 has a probability of 1e-9 (64 × 3 ×
    /// 20 shares: false alarm 4e-6).
    #[test]
    fn every_bit_of_the_input_moves_every_bit_of_the_word() {
        let address = Address::new("offer", 0, "wait");
        let word = |seed: u64, deal: u64, visit: u64| {
            StreamKey::new(seed, 0, "site").deal(deal).word(address.visit(visit))
        };
        for bit in 0..20 {
            let mut flips = [[0u32; 64]; 3];
            for trial in 0..2000u64 {
                let (seed, deal, visit) = (trial * 7, trial * 13 + 5, trial % 9 + 1);
                let whole = word(seed, deal, visit);
                let changed = [
                    word(seed ^ (1 << bit), deal, visit),
                    word(seed, deal ^ (1 << bit), visit),
                    word(seed, deal, visit ^ (1 << bit)),
                ];
                for (flips, changed) in flips.iter_mut().zip(changed) {
                    for (out, count) in flips.iter_mut().enumerate() {
                        *count += ((whole ^ changed) >> out & 1) as u32;
                    }
                }
            }
            for count in flips.iter().flatten() {
                let share = f64::from(*count) / 2000.0;
                assert!((share - 0.5).abs() < 0.068, "input bit {bit}: {share}");
            }
        }
    }

    /// Two draws of one deal, and equal draws of neighbouring deals, are uncorrelated: with 2^20
    /// pairs, |r| above 0.006 has a probability of 1e-9.
    #[test]
    fn draws_of_one_deal_are_uncorrelated() {
        let stream = StreamKey::new(1, 0, "site");
        let (a, b) = (Address::new("offer", 0, "wait"), Address::new("offer", 0, "next"));
        let unit = |word: u64| (word >> 11) as f64 / (1u64 << 53) as f64 - 0.5;
        let n = 1u64 << 20;
        let (mut same_deal, mut neighbours) = (0.0, 0.0);
        for i in 0..n {
            let x = unit(stream.deal(i).word(a.visit(1)));
            same_deal += x * unit(stream.deal(i).word(b.visit(1)));
            neighbours += x * unit(stream.deal(i + 1).word(a.visit(1)));
        }
        for sum in [same_deal, neighbours] {
            assert!((12.0 * sum / n as f64).abs() < 0.006, "{sum}");
        }
    }
}
