//! A block of deals, and where each of them waits.
//!
//! The deals of a block stay where they arrived. What moves from stage to stage is the position of a deal, one byte in a
//! lane. A lane holds as many positions as a block has deals, so it cannot overflow, and an index of one byte needs no
//! bounds check.

use super::draws::BLOCK;
use super::facts::Deal;
use super::token::Token;

/// The deals of a block, in the order of their arrival, and where each is.
#[derive(Debug)]
pub(in crate::engine) struct Deals {
    pub(in crate::engine) facts: Box<[Deal; BLOCK]>,
    pub(in crate::engine) tokens: Box<[Token; BLOCK]>,
}

impl Deals {
    /// A block without anybody.
    pub(in crate::engine) fn nobody() -> Deals {
        const PROOF: &str = "the room has the length of a block";
        let facts = vec![Deal::NOBODY; BLOCK].into_boxed_slice().try_into().expect(PROOF);
        let tokens = vec![Token::NOWHERE; BLOCK].into_boxed_slice().try_into().expect(PROOF);
        Deals { facts, tokens }
    }
}

/// The places of the deals that wait at one stage or end.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Lane {
    places: [u8; BLOCK],
    len: usize,
}

impl Lane {
    pub(in crate::engine) fn new() -> Lane {
        Lane { places: [0; BLOCK], len: 0 }
    }

    #[inline]
    pub(in crate::engine) fn push(&mut self, place: u8) {
        self.places[self.len % BLOCK] = place;
        self.len += 1;
    }

    /// Adds places to one lane where their number is 0, to the other where it is 1.
    ///
    /// Both sides are written and one length grows: no branch to predict, and both lengths stay in registers.
    pub(in crate::engine) fn part<'n>(
        zero: &mut Lane,
        one: &mut Lane,
        numbered: impl Iterator<Item = (&'n u8, &'n u8)>,
    ) {
        let (mut zeros, mut ones) = (zero.len, one.len);
        for (place, number) in numbered {
            zero.places[zeros % BLOCK] = *place;
            one.places[ones % BLOCK] = *place;
            zeros += usize::from(1 - *number);
            ones += usize::from(*number);
        }
        (zero.len, one.len) = (zeros, ones);
    }

    /// The first places of the block, all of them.
    pub(in crate::engine) fn fill(&mut self, count: usize) {
        for (at, place) in self.places.iter_mut().enumerate() {
            *place = at as u8;
        }
        self.len = count;
    }

    pub(in crate::engine) fn len(&self) -> usize {
        self.len
    }

    pub(in crate::engine) fn clear(&mut self) {
        self.len = 0;
    }

    pub(in crate::engine) fn places(&self) -> &[u8] {
        &self.places[..self.len]
    }
}

/// Some deals of a block.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    deals: &'a Deals,
    places: &'a [u8],
}

impl<'a> Part<'a> {
    #[inline]
    pub(in crate::engine) fn new(deals: &'a Deals, lane: &'a Lane) -> Part<'a> {
        Part { deals, places: lane.places() }
    }

    /// The deals and where they are, in the order in which they came there.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = (&'a Deal, &'a Token)> + Clone {
        let Deals { facts, tokens } = self.deals;
        self.places.iter().map(move |place| {
            let at = usize::from(*place);
            (&facts[at], &tokens[at])
        })
    }

    /// How many.
    pub fn len(self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.places.is_empty()
    }

    /// Cuts the part into runs of neighbours that are alike.
    pub fn runs<K: PartialEq>(
        self,
        kind: impl Fn(&Deal, &Token) -> K,
    ) -> impl Iterator<Item = Part<'a>> {
        let deals = self.deals;
        let kind =
            move |at: &u8| kind(&deals.facts[usize::from(*at)], &deals.tokens[usize::from(*at)]);
        let same = move |a: &u8, b: &u8| kind(a) == kind(b);
        self.places.chunk_by(same).map(move |places| Part { deals, places })
    }
}
