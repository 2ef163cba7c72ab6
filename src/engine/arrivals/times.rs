//! The arrival times of a source, in order, with one draw for each gap.

use crate::calendar::WorkingTime;
use crate::engine::deal::{Arrival, Room};
use crate::program::{Arrivals, Program, RateSegment, Source};
use crate::quantity::{Instant, nearest};
use crate::random::inverse::Inverse;
use crate::random::key::StreamKey;

/// The arrivals of one source in one replication.
pub(in crate::engine) struct Times<'p> {
    source: &'p Source,
    key: StreamKey,
    clock: Clock<'p>,
    /// Deals so far.
    ordinal: u64,
    /// Deals of the current batch that are still to come, and when.
    left: u64,
    at: Instant,
}

enum Clock<'p> {
    /// Expected arrivals since the start of the segment `at`.
    Rate { segments: &'p [RateSegment], unit: &'p Inverse, at: usize, progress: f64 },
    Every {
        gap: &'p Inverse,
        now: Instant,
        until: Instant,
        /// Gaps are counted in its open time.
        clock: Option<&'p WorkingTime>,
    },
}

impl<'p> Times<'p> {
    pub(in crate::engine) fn new(
        program: &'p Program,
        source: &'p Source,
        key: StreamKey,
    ) -> Times<'p> {
        let clock = match &source.arrivals {
            Arrivals::Rate { segments, unit } => {
                Clock::Rate { segments, unit, at: 0, progress: 0.0 }
            }
            Arrivals::Every { gap, from, until, .. } => {
                let clock = source.clock.map(|clock| &program.clocks[clock]);
                Clock::Every { gap, now: *from, until: *until, clock }
            }
        };
        Times { source, key, clock, ordinal: 0, left: 0, at: Instant::ZERO }
    }

    /// Up to `most` further arrivals; fewer only where the source ends.
    ///
    /// The same as repeated [`Times::next`]; gaps are drawn together where each deal has one.
    pub(in crate::engine) fn fill(
        &mut self,
        most: usize,
        room: &mut Room,
        arrivals: &mut Vec<Arrival>,
    ) {
        arrivals.clear();
        let Clock::Rate { unit, .. } = &self.clock else {
            arrivals.extend(std::iter::from_fn(|| self.next()).take(most));
            return;
        };
        if self.source.batch > 1 {
            arrivals.extend(std::iter::from_fn(|| self.next()).take(most));
            return;
        }
        let until = self.source.count.min(self.ordinal + most as u64);
        let (stream, address) = (self.key, self.source.gap_address.visit(0));
        let keys = (self.ordinal..until).map(|ordinal| (ordinal, stream.deal(ordinal)));
        let at = Instant::ZERO;
        arrivals.extend(keys.map(|(ordinal, key)| Arrival { ordinal, key, at }));
        let gaps = room.draw(unit, arrivals.iter().map(|arrival| arrival.key.word(address)));
        let came = self.clock.after_each(gaps, arrivals);
        arrivals.truncate(came);
        self.ordinal += came as u64;
    }

    /// The next arrival, if there is one.
    #[inline]
    pub(in crate::engine) fn next(&mut self) -> Option<Arrival> {
        if self.ordinal >= self.source.count {
            return None;
        }
        let key = self.key.deal(self.ordinal);
        if self.left == 0 {
            // The gap before a batch belongs to its first deal.
            let word = key.word(self.source.gap_address.visit(0));
            let gap = self.clock.gap().at(word);
            self.at = self.clock.after(gap)?;
            self.left = self.source.batch;
        }
        self.left -= 1;
        let arrival = Arrival { ordinal: self.ordinal, key, at: self.at };
        self.ordinal += 1;
        Some(arrival)
    }
}

impl<'p> Clock<'p> {
    fn gap(&self) -> &'p Inverse {
        match self {
            Clock::Rate { unit, .. } => unit,
            Clock::Every { gap, .. } => gap,
        }
    }

    /// Sets the times of arrivals, one gap after another; returns how many there are before the end
    /// of the source. As [`Clock::after`] for each, with the rate at hand while it holds.
    fn after_each(&mut self, gaps: &[f64], arrivals: &mut [Arrival]) -> usize {
        let mut came = 0;
        while came < arrivals.len() {
            if let Clock::Rate { segments, at, progress, .. } = self
                && let Some(segment) = segments.get(*at)
            {
                let mut sum = *progress;
                for (gap, arrival) in gaps[came..].iter().zip(&mut arrivals[came..]) {
                    if sum + gap >= segment.expected {
                        break;
                    }
                    sum += gap;
                    arrival.at = segment.when(sum);
                    came += 1;
                }
                *progress = sum;
            }
            // The gap that goes beyond.
            if let (Some(gap), Some(arrival)) = (gaps.get(came), arrivals.get_mut(came)) {
                let Some(time) = self.after(*gap) else { return came };
                arrival.at = time;
                came += 1;
            }
        }
        came
    }

    /// The time one gap later; `None` where the source has ended by then.
    #[inline]
    fn after(&mut self, gap: f64) -> Option<Instant> {
        match self {
            Clock::Rate { segments, at, progress, .. } => {
                *progress += gap;
                loop {
                    let segment = segments.get(*at)?;
                    if *progress < segment.expected {
                        return Some(segment.when(*progress));
                    }
                    *progress -= segment.expected;
                    *at += 1;
                }
            }
            Clock::Every { now, until, clock, .. } => {
                *now = match clock {
                    None => Instant(now.0 + nearest(gap)),
                    Some(clock) => clock.opens(clock.work(*now).saturating_add(nearest(gap))),
                };
                (*now < *until).then_some(*now)
            }
        }
    }
}
