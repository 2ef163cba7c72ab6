//! Deals that sources have in the process when the simulation starts.

use crate::engine::deal::{Arrival, Deal, Entered, Opening, Standing};
use crate::engine::run::Replication;
use crate::program::{Facts, Program, Sale, SourceId, Stage, Stock};
use crate::quantity::Instant;
use crate::random::key::StreamKey;

/// A deal that is under way at the start, and how it entered its stage.
pub(in crate::engine) struct InStock {
    pub(in crate::engine) opening: Opening,
    pub(in crate::engine) entered: Entered,
    pub(in crate::engine) deal: Deal,
}

/// All of them, source by source. They have streams of their own: arriving deals are drawn as without them.
pub(in crate::engine) fn in_stock(
    program: &Program,
    replication: Replication,
) -> impl Iterator<Item = InStock> {
    program.sources.entries().flat_map(move |(id, source)| {
        // No source has such a name: a model's names hold no hidden letters.
        let name = format!("\0at start {}", source.name);
        let stream = StreamKey::new(replication.seed, replication.number, &name);
        let stage = &program.stages[source.entry];
        source.stock.iter().flat_map(move |stock| {
            (0..stock.count).map(move |ordinal| one(program, (id, stage, stock), stream, ordinal))
        })
    })
}

fn one(
    program: &Program,
    (id, stage, stock): (SourceId, &Stage, &Stock),
    stream: StreamKey,
    ordinal: u64,
) -> InStock {
    let source = &program.sources[id];
    let arrival = Arrival { ordinal, key: stream.deal(ordinal), at: Instant::ZERO };
    let mut deal = Deal::arrive(program, source, id, arrival);
    // What entering the stage did; the sale of its stage is the one that made a client of it.
    if stage.sale.is_some() && deal.sales == 0 {
        deal.sales = 1;
        if !matches!(stage.sale, Some(Sale::Same)) {
            deal.draw_value(program);
        }
    }
    let number = deal.visit_number(1);
    // When it entered depends on the case, so the process is followed as often as at the start.
    let followed = deal.follows(program, stage, number, Instant::ZERO).unwrap_or(false);
    let facts = || Facts { followed, ..deal.facts(Instant::ZERO, 1, 0, &[]) };
    let case = stage.entry.position(&program.calendar, facts);
    let cost = deal.learn(program, stage.entry.case(case), number);
    let age = stock.age(case, deal.key);
    let entered = Instant(-age.0);
    (deal.arrived, deal.round_start) = (entered, entered);
    if stage.is_deal() {
        deal.reached_deal = entered;
    }
    deal.cost += cost;
    let opening = Opening {
        stage: source.entry,
        visit: 1,
        entered: age,
        step: 0,
        standing: Standing::Waits(age),
        age,
        sold: None,
        reached_deal: None,
        sales: 0,
        value: Some(deal.value),
        cost: deal.cost,
        source: id,
        attributes: deal.attributes,
    };
    InStock { opening, entered: Entered { case, followed }, deal }
}
