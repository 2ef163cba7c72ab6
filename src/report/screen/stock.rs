//! What is in progress: one line, and by phase where detail is wanted.

use super::Screen;
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::model::Phase;
use crate::report::block::{Block, Cell, Column, Number, Table};
use crate::report::phrase::{Remark, Term, count};

impl Screen<'_> {
    /// What is in work, apart from past clients who may come back.
    pub(super) fn in_progress(&self) -> Remark {
        let program = &self.simulation.program;
        let client = |kpi: Kpi, stat: Stat| {
            let key = Key::new(kpi, stat).of(Scope::Phase, Phase::Client.word());
            self.simulation.value(&key).unwrap_or(0.0)
        };
        let others = |kpi: Kpi, stat: Stat| -> Option<Number> {
            let clients = client(kpi, stat.clone());
            let all = self.detailed(self.whole(kpi, stat));
            if clients == 0.0 {
                return all;
            }
            // The interval of the whole is not that of a part of it.
            all.map(|all| count((all.value - clients).max(0.0)))
        };
        let ends = !program.window.until_empty();
        let clients = client(Kpi::OpenDeals, Stat::Mean);
        let clients_at_end = || count(client(Kpi::OpenAtEnd, Stat::Count));
        Remark::InProgress {
            mean: others(Kpi::OpenDeals, Stat::Mean),
            end: others(Kpi::OpenAtEnd, Stat::Count).filter(|_| ends).map(|deals| {
                (
                    deals,
                    self.detailed(self.whole(Kpi::OpenValue, Stat::Total))
                        .filter(|sum| sum.value > 0.0),
                )
            }),
            clients: (clients > 0.0).then(|| (count(clients), ends.then(clients_at_end))),
        }
    }

    /// Deals in progress by phase, where there are several: how many, what they are worth, how old they
    /// are.
    pub(super) fn stock_by_phase(&self) -> Option<Block> {
        let program = &self.simulation.program;
        let mut table = Table::of([
            Column::words(Term::Phase),
            Column::numbers(Term::Open),
            Column::numbers(Term::OpenAtEnd),
            Column::numbers(Term::OpenValue),
            Column::numbers(Term::OpenAge),
            Column::numbers(Term::P90),
        ]);
        for phase in Phase::ALL {
            if program.stages.iter().all(|stage| stage.phase != phase) {
                continue;
            }
            let figure = |kpi, stat| {
                let key = Key::new(kpi, stat).of(Scope::Phase, phase.word());
                Cell::from(self.value(self.simulation.find(&key)))
            };
            let valued = phase <= Phase::Deal;
            table.rows.push(vec![
                Term::OfPhase(phase).into(),
                figure(Kpi::OpenDeals, Stat::Mean),
                figure(Kpi::OpenAtEnd, Stat::Count),
                if valued { figure(Kpi::OpenValue, Stat::Total) } else { Cell::Empty },
                figure(Kpi::OpenAge, Stat::Mean),
                figure(Kpi::OpenAge, Stat::quantile(0.9)),
            ]);
        }
        table.drop_empty();
        let wanted = self.detail && table.rows.len() > 1;
        wanted.then_some(Block::Table(table))
    }
}
