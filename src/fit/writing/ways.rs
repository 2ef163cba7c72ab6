//! The ways out of a stage, as they are written: which one takes the rest, which one varies, and losses as one branch.

use super::Remark;
use super::laws::{durations, percent};
use crate::fit::durations::Law;
use crate::fit::process::{End, Ending, Leaf, Never, Rare, Share, Way};

/// A share whose standard deviation is at most this is known well.
pub(super) const KNOWN_WELL: f64 = 0.01;

/// The way of deals that were lost without a reason.
pub(super) const NO_REASON: Ending = Ending::End(End::Lost(None));

/// All ways out of a stage.
#[derive(Clone, Copy)]
pub(super) struct Ways<'a> {
    /// The most frequent one that does not vary takes the rest, so that all sum to one.
    pub(super) list: &'a [Way],
    pub(super) never: Option<Never>,
    pub(super) rare: Option<Rare>,
    /// The way whose share varies from run to run.
    pub(super) varied: Option<Ending>,
}

impl<'a> Ways<'a> {
    pub(super) fn of(leaf: &'a Leaf) -> Ways<'a> {
        Ways { list: &leaf.ways, never: leaf.never, rare: leaf.rare, varied: None }
    }

    pub(super) fn varies(&self, way: &Way) -> bool {
        self.varied == Some(way.share.to)
    }

    /// The ways to a loss, and the others.
    pub(super) fn parts(&self) -> (Vec<&'a Way>, Vec<&'a Way>) {
        self.list.iter().partition(|way| way.is_lost())
    }

    /// Whether reasons of lost deals are one branch, because they take time.
    pub(super) fn joins_losses(&self) -> bool {
        let (lost, _) = self.parts();
        let is_plain = matches!(lost.as_slice(), [only] if only.share.to == NO_REASON);
        !is_plain && lost.iter().any(|way| way.after.is_some())
    }

    pub(super) fn is_rest(&self, way: &Way) -> bool {
        let Some(most) = self.list.iter().find(|way| !self.varies(way)) else { return false };
        if most.is_lost() && self.joins_losses() {
            way.is_lost()
        } else {
            way.share.to == most.share.to
        }
    }

    pub(super) fn decided(&self) -> f64 {
        1.0 - self.never.map_or(0.0, |never| never.share)
    }

    pub(super) fn share(&self, way: &Way) -> String {
        if self.is_rest(way) {
            return "rest".to_owned();
        }
        let mean = percent(way.share.value() * self.decided());
        if self.varies(way) {
            let sd = percent(way.share.sd() * self.decided());
            return format!("{{beta: {{mean: {mean}, sd: {sd}}}}}");
        }
        mean
    }

    /// A way with its share and the time that it takes.
    pub(super) fn branch(&self, way: &Way) -> String {
        let share = self.share(way);
        let mut keys = Vec::new();
        keys.extend(self.varies(way).then(|| "per: run".to_owned()));
        keys.extend(way.after.as_ref().map(|law| format!("after: {}", durations(law))));
        if keys.is_empty() { share } else { format!("{{share: {share}, {}}}", keys.join(", ")) }
    }

    pub(super) fn remark(&self, way: &Way) -> Remark {
        let Share { count, of, .. } = way.share;
        let decided = self.decided();
        if self.share(way) == "rest" {
            Remark::Rest { share: way.share.value() * decided, count, of }
        } else {
            let (low, high) = way.share.interval();
            Remark::Share { count, of, between: (low * decided, high * decided) }
        }
    }
}

/// All lost deals as one branch whose reasons have shares of its own, where they take time.
pub(super) struct Together {
    pub(super) way: Way,
    pub(super) after: Option<Law>,
    /// The most frequent reason.
    most: Ending,
}

impl Together {
    pub(super) fn of(lost: &[&Way]) -> Together {
        let most = lost[0];
        let share = Share {
            to: NO_REASON,
            count: lost.iter().map(|way| way.share.count).sum(),
            of: most.share.of,
            part: lost.iter().map(|way| way.share.part).sum(),
        };
        let after = most.after.clone();
        Together { way: Way { share, after: after.clone() }, after, most: most.share.to }
    }

    /// The share of a reason among the lost; none where reasons have shares of all deals.
    pub(super) fn share(&self, way: &Way) -> Option<String> {
        self.after.as_ref()?;
        let of = way.share.part / self.way.share.part;
        Some(if way.share.to == self.most { "rest".to_owned() } else { percent(of) })
    }
}

impl Way {
    pub(super) fn is_lost(&self) -> bool {
        matches!(self.share.to, Ending::End(End::Lost(_)))
    }
}
