//! Merges the deals of all sources in the order of time. Some of each source are drawn ahead, together.

use super::times::Times;
use crate::engine::deal::{Arrival, Deal, Room};
use crate::engine::event::Observer;
use crate::engine::run::Replication;
use crate::program::{Id, Program, Source, SourceId, StageId, Table};
use crate::quantity::Instant;
use crate::random::key::StreamKey;

/// Arrivals of a source that are drawn together.
const ARRIVALS: usize = 32;

/// The deals that come next.
pub(in crate::engine) struct Streams<'p> {
    program: &'p Program,
    each: Table<SourceId, SourceStream<'p>>,
    /// The source whose deal comes first; the first of the file among equals.
    next: SourceId,
    /// When it comes; [`Instant::NEVER`] where all sources have ended.
    pub(in crate::engine) next_at: Instant,
    room: Room,
    arrivals: Vec<Arrival>,
}

/// A source, and some deals of it that were drawn together.
struct SourceStream<'p> {
    /// The stage to which its deals come.
    entry: StageId,
    times: Times<'p>,
    coming: Vec<Deal>,
    /// How many of them have come.
    came: usize,
}

impl SourceStream<'_> {
    /// The deal that comes next.
    #[inline(always)]
    fn first(&self) -> Option<&Deal> {
        self.coming.get(self.came)
    }
}

impl<'p> Streams<'p> {
    pub(in crate::engine) fn new<O: Observer>(
        program: &'p Program,
        replication: Replication,
        observer: &mut O,
    ) -> Streams<'p> {
        let stream = |source: &'p Source| {
            let key = StreamKey::new(replication.seed, replication.number, &source.name);
            let times = Times::new(program, source, key);
            SourceStream { entry: source.entry, times, coming: Vec::new(), came: 0 }
        };
        let mut streams = Streams {
            program,
            each: program.sources.iter().map(stream).collect(),
            next: SourceId(0),
            next_at: Instant::NEVER,
            room: Room::new(),
            arrivals: Vec::new(),
        };
        program.sources.ids().for_each(|source| streams.fill(source, observer));
        streams.look();
        streams
    }

    /// Draws the next deals of a source.
    #[inline(never)]
    fn fill<O: Observer>(&mut self, id: SourceId, observer: &mut O) {
        let Streams { program, each, room, arrivals, .. } = self;
        let (source, SourceStream { times, coming, came, .. }) =
            (&program.sources[id], &mut each[id]);
        times.fill(ARRIVALS, room, arrivals);
        coming.resize(arrivals.len(), Deal::NOBODY);
        *came = 0;
        Deal::arrive_together(program, id, arrivals, room, coming);
        observer.arrive_together(coming, source.cost);
    }

    /// Finds out who comes first.
    #[inline(always)]
    fn look(&mut self) {
        let at = |stream: &SourceStream| stream.first().map_or(Instant::NEVER, |deal| deal.arrived);
        if let [only] = &*self.each {
            self.next_at = at(only);
            return;
        }
        (self.next, self.next_at) = (SourceId(0), Instant::NEVER);
        for (id, stream) in self.each.entries() {
            if at(stream) < self.next_at {
                (self.next, self.next_at) = (id, at(stream));
            }
        }
    }

    /// The deal that comes first, if any comes.
    #[inline(always)]
    pub(in crate::engine) fn first(&self) -> Option<&Deal> {
        self.each.get(self.next.index())?.first()
    }

    /// The stage to which it comes.
    #[inline(always)]
    pub(in crate::engine) fn entry(&self) -> StageId {
        self.each[self.next].entry
    }

    /// Lets the first one go.
    #[inline(always)]
    pub(in crate::engine) fn take<O: Observer>(&mut self, observer: &mut O) {
        let stream = &mut self.each[self.next];
        stream.came += 1;
        if stream.came >= stream.coming.len() {
            self.fill(self.next, observer);
        }
        self.look();
    }
}
