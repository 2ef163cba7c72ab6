//! Where deals come in: some of each source are drawn together, before their time.

use super::arrivals::{Arrival, Stream};
use super::deal::Room;
use super::{Deal, Observer, Replication};
use crate::program::{Program, Source};
use crate::quantity::Instant;
use crate::random::key::StreamKey;

/// Arrivals of a source that are drawn together.
const ARRIVALS: usize = 32;

/// The deals that come next.
pub(super) struct Doors<'p> {
    program: &'p Program,
    each: Vec<Door<'p>>,
    /// The source whose deal comes first; the first of the file among equals.
    next: usize,
    /// When it comes; [`Instant::NEVER`] where all sources have ended.
    pub(super) next_at: Instant,
    room: Room,
    arrivals: Vec<Arrival>,
}

/// A source, and some deals of it that were drawn together.
struct Door<'p> {
    stream: Stream<'p>,
    coming: Vec<Deal>,
    /// How many of them have come.
    came: usize,
}

impl Door<'_> {
    /// The deal that comes next.
    #[inline(always)]
    fn first(&self) -> Option<&Deal> {
        self.coming.get(self.came)
    }
}

impl<'p> Doors<'p> {
    pub(super) fn new<O: Observer>(
        program: &'p Program,
        replication: Replication,
        observer: &mut O,
    ) -> Doors<'p> {
        let door = |source: &'p Source| {
            let key = StreamKey::new(replication.seed, replication.number, &source.name);
            Door { stream: Stream::new(program, source, key), coming: Vec::new(), came: 0 }
        };
        let mut doors = Doors {
            program,
            each: program.sources.iter().map(door).collect(),
            next: 0,
            next_at: Instant::NEVER,
            room: Room::new(),
            arrivals: Vec::new(),
        };
        (0..doors.each.len()).for_each(|door| doors.fill(door, observer));
        doors.look();
        doors
    }

    /// Draws the next deals of a source.
    #[inline(never)]
    fn fill<O: Observer>(&mut self, door: usize, observer: &mut O) {
        let Doors { program, each, room, arrivals, .. } = self;
        let (source, Door { stream, coming, came }) = (&program.sources[door], &mut each[door]);
        stream.fill(ARRIVALS, room, arrivals);
        coming.resize(arrivals.len(), Deal::NOBODY);
        *came = 0;
        Deal::arrive_together(program, source, door as u16, arrivals, room, coming);
        observer.arrive_together(coming, source.cost.0);
    }

    /// Finds out who comes first.
    #[inline(always)]
    fn look(&mut self) {
        let at = |door: &Door| door.first().map_or(Instant::NEVER, |deal| deal.now);
        if let [only] = self.each.as_slice() {
            self.next_at = at(only);
            return;
        }
        (self.next, self.next_at) = (0, Instant::NEVER);
        for (door, at) in self.each.iter().map(at).enumerate() {
            if at < self.next_at {
                (self.next, self.next_at) = (door, at);
            }
        }
    }

    /// The deal that comes first, if any comes.
    #[inline(always)]
    pub(super) fn first(&self) -> Option<&Deal> {
        self.each.get(self.next)?.first()
    }

    /// Lets the first one go.
    #[inline(always)]
    pub(super) fn take<O: Observer>(&mut self, observer: &mut O) {
        let door = &mut self.each[self.next];
        door.came += 1;
        if door.came >= door.coming.len() {
            self.fill(self.next, observer);
        }
        self.look();
    }
}
