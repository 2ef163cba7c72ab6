//! Payments, break-even, and what sales call for.

use super::Screen;
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::report::block::{Block, Column, Kind, Number, Table};
use crate::report::phrase::{CostKind, Phrase, Remark, Term, Thing, count};

impl Screen<'_> {
    /// Lines below the money of the window: payments, and when the window pays for itself.
    pub(super) fn payments(&self) -> Vec<Remark> {
        let value = |kpi, stat| self.value(self.whole(kpi, stat));
        let mut remarks = Vec::new();
        if let Some(receivables) = value(Kpi::Receivables, Stat::AtEnd)
            .filter(|_| !self.simulation.program.window.until_empty())
            // Where all is paid at once there is nothing to say.
            .filter(|owed| {
                owed.value != 0.0
                    || value(Kpi::Dso, Stat::Mean).is_some_and(|days| days.value > 0.0)
            })
        {
            let positive = |number: &Number| number.value > 0.0;
            remarks.push(Remark::Payments {
                receivables,
                dso: value(Kpi::Dso, Stat::Mean),
                overdue: value(Kpi::Overdue, Stat::Share).filter(positive),
                unpaid: value(Kpi::Unpaid, Stat::Total).filter(positive),
            });
        }
        if let Some(share) = self.whole(Kpi::BreakEven, Stat::Share) {
            remarks.push(Remark::BreakEven {
                share: self.number(Some(share)),
                days: value(Kpi::BreakEven, Stat::Mean),
            });
        }
        remarks
    }

    /// What the cost of the window is made of, the greatest kind first.
    pub(super) fn kinds_of_cost(&self) -> Option<Remark> {
        let kinds = CostKind::WORDS.iter().filter_map(|(word, kind)| {
            let key = Key::new(Kpi::Cost, Stat::Total).of(Scope::Kind, word);
            let cost = self.value(self.simulation.find(&key))?;
            (cost.value > 0.0).then_some((Thing::Cost(*kind), cost))
        });
        let mut kinds: Vec<(Thing, Number)> = kinds.collect();
        kinds.sort_by(|(_, a), (_, b)| b.value.total_cmp(&a.value));
        (kinds.len() > 1).then_some(Remark::CostKinds(kinds))
    }

    /// What sales call for, item by item.
    pub(super) fn demand(&self) -> Vec<Block> {
        let mut table = Table::of([
            Column::words(Term::Item),
            Column::numbers(Term::CalledFor),
            Column::numbers(Term::OfCapacity),
            Column::numbers(Term::WeeksAbove),
            Column::numbers(Term::Lot),
            Column::words(Term::LotPeriod),
        ]);
        for item in self.simulation.program.items() {
            let value = |stat| {
                let key = Key::new(Kpi::Demand, stat).of(Scope::Item, &item.name);
                self.value(self.simulation.find(&key))
            };
            let lot = value(Stat::Lot);
            let months = Phrase::from(Term::LotMonths(item.lot_months));
            table.rows.push(vec![
                Phrase::Name(item.name.clone()).into(),
                value(Stat::Total).map(|number| Number { kind: Kind::Count, ..number }).into(),
                value(Stat::Load).into(),
                value(Stat::AboveCapacity).into(),
                lot.clone().map(|number| count(number.value.ceil())).into(),
                lot.map_or(crate::report::block::Cell::Empty, |_| months.into()),
            ]);
        }
        if table.rows.is_empty() {
            return Vec::new();
        }
        table.drop_empty();
        vec![Block::Heading(Term::Demand.into()), Block::Table(table)]
    }
}
