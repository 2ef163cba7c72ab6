//! Sets of features, and the groups that walks and methods support together.

use super::{Feature, Look};

/// A set of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Features(pub(super) u64);

impl Features {
    /// Waits of all kinds.
    pub const WAITS: Features =
        Features::of(&[Feature::Wait, Feature::WorkingWait, Feature::WaitUntil]);
    /// Branches that take time.
    pub const LONG_BRANCHES: Features =
        Features::of(&[Feature::TimedBranch, Feature::WorkingBranch]);
    /// Work and queues of all kinds.
    pub const PEOPLE: Features = Features::of(&[
        Feature::Work,
        Feature::SharedWork,
        Feature::WatchedWork,
        Feature::PausedWork,
        Feature::Patience,
    ]);
    /// Variants by properties that can be states of the exact solver.
    pub const BY_STATE: Features = Features::of(&[
        Feature::ByAttribute,
        Feature::BySource,
        Feature::ByVisit,
        Feature::ByBookings,
    ]);
    /// Variants by properties that only the walk of the deal knows.
    pub const BY_HISTORY: Features = Features::of(&[
        Feature::ByValue,
        Feature::ByAge,
        Feature::ByWaited,
        Feature::ByMonth,
        Feature::ByWeekday,
        Feature::ByDate,
        Feature::BySatisfaction,
    ]);
    /// Features of sources.
    pub const ARRIVALS: Features = Features::of(&[
        Feature::Batch,
        Feature::Count,
        Feature::OpenGaps,
        Feature::KnownFromSource,
    ]);

    /// The set of these features.
    pub const fn of(list: &[Feature]) -> Features {
        let (mut bits, mut at) = (0, 0);
        while at < list.len() {
            bits |= 1 << list[at] as u32;
            at += 1;
        }
        Features(bits)
    }

    /// This set without these features.
    #[must_use]
    pub const fn without(self, list: &[Feature]) -> Features {
        Features(self.0 & !Features::of(list).0)
    }

    /// This set with these features added.
    #[must_use]
    pub const fn with(self, list: &[Feature]) -> Features {
        Features(self.0 | Features::of(list).0)
    }

    /// The features of either set.
    #[must_use]
    pub const fn union(self, others: Features) -> Features {
        Features(self.0 | others.0)
    }

    /// Whether the set has a feature.
    pub const fn has(self, feature: Feature) -> bool {
        self.0 >> feature as u32 & 1 == 1
    }

    /// Whether the set has all the others.
    pub const fn support(self, others: Features) -> bool {
        others.0 & !self.0 == 0
    }
}

impl FromIterator<Feature> for Features {
    fn from_iter<I: IntoIterator<Item = Feature>>(features: I) -> Features {
        features.into_iter().fold(Features::default(), |all, one| all.with(&[one]))
    }
}

/// The feature of a variant that depends on `look`; `None` for a queue that cannot form.
pub(super) fn by(look: Look, watches: bool) -> Option<Feature> {
    Some(match look {
        Look::Attribute { .. } => Feature::ByAttribute,
        Look::Source => Feature::BySource,
        Look::Visit { .. } => Feature::ByVisit,
        Look::Bookings { .. } => Feature::ByBookings,
        Look::Value => Feature::ByValue,
        Look::Age => Feature::ByAge,
        Look::Waited => Feature::ByWaited,
        Look::Queue => return watches.then_some(Feature::ByQueue),
        Look::Month => Feature::ByMonth,
        Look::Weekday => Feature::ByWeekday,
        Look::Date => Feature::ByDate,
        Look::Satisfaction => Feature::BySatisfaction,
        Look::Followed => Feature::ByFollowed,
    })
}
