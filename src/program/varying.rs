//! A chance that varies: from one replication to the next, or from deal to deal.

use super::Draw;
use crate::model::Per;
use crate::random::key::DealKey;

/// A branch whose chance varies. The other branches share what it leaves, in proportion.
#[derive(Debug, Clone)]
pub struct Varying {
    /// The sum of the mean shares of the branches before it.
    before: f64,
    /// Its mean share.
    mean: f64,
    /// Its share.
    share: Draw,
    /// Whether a share holds for a replication or for a deal.
    per: Per,
}

/// 2^64.
const WORDS: f64 = 18_446_744_073_709_551_616.0;

impl Varying {
    /// A branch with this mean share behind others.
    pub(super) fn new(before: f64, mean: f64, (share, per): (Draw, Per)) -> Varying {
        Varying { before, mean, share, per }
    }

    /// Whether a share holds for a replication or for a deal.
    pub fn per(&self) -> Per {
        self.per
    }

    /// The word that chooses among the mean shares what `word` chooses among those that were drawn.
    ///
    /// The branch has the share X instead of its mean m, and the others (1 − X)/(1 − m) times theirs. On the scale of words
    /// this is a line of three pieces.
    #[inline(never)]
    pub fn turn(&self, word: u64, run: DealKey, deal: DealKey) -> u64 {
        let key = match self.per {
            Per::Run => run,
            Per::Deal => deal,
        };
        let drawn = self.share.inverse.at(key.word(self.share.address.visit(0)));
        let share = drawn.clamp(0.0, 1.0);
        let (u, rest) = ((word as f64 + 0.5) / WORDS, (1.0 - share) / (1.0 - self.mean));
        let (from, until) = (self.before * rest, self.before * rest + share);
        let turned = if u < from {
            u / rest
        } else if u < until {
            self.before + (u - from) * self.mean / share
        } else {
            self.before + self.mean + (u - until) / rest
        };
        // The conversion saturates.
        (turned * WORDS) as u64
    }
}
