//! The people: how busy they are, how long deals wait for them, and how many are missing.

use super::Screen;
use super::sections::drop_empty;
use crate::kpi::{Key, Kpi, Scope, Stat, Unit};
use crate::program::RoleId;
use crate::report::block::{Block, Cell, Kind, Table};
use crate::study::load::{Demand, demands};

impl Screen<'_> {
    /// One row a role that can be busy or have a queue.
    pub(super) fn people(&self) -> Vec<Block> {
        let program = &self.simulation.program;
        let mut table = Table::new(&[
            "role",
            "#people",
            "",
            "#busy",
            "#waiting deals",
            "#wait mean",
            "#in open hours",
            "#p90",
            "#reneged",
            "#people missing",
            "#cost",
        ]);
        let demands = demands(self.simulation);
        let lacking = |id: RoleId| {
            let demand = demands.iter().find(|demand| demand.role == id);
            demand.map(Demand::missing).filter(|missing| *missing > 0.0)
        };
        // Of those who never go home there are no other hours.
        let closes = |id: RoleId| {
            let mut people = program.people_of(id).iter();
            people.any(|person| !program.clocks[person.clock].is_always())
        };
        for (id, role) in program.roles.entries() {
            let find = |kpi, stat| self.simulation.find(&Key::new(kpi, stat).role(&role.name));
            if program.tasks.iter().all(|task| task.role != id) {
                continue;
            }
            let people: u64 = program.people_of(id).iter().map(|person| person.count).sum();
            let busy = find(Kpi::Utilization, Stat::Share);
            let share = busy.and_then(|row| row.figure.value());
            let paid = find(Kpi::Cost, Stat::Total).filter(|row| row.figure.value() != Some(0.0));
            table.rows.push(vec![
                Cell::Name(role.title.clone()),
                if role.limited {
                    Cell::number(Some(people as f64), Kind::Count)
                } else {
                    Cell::text("unlimited")
                },
                share.map_or(Cell::Empty, |share| Cell::Bar(share.min(1.0))),
                self.cell(busy),
                self.value(find(Kpi::QueueLength, Stat::Mean).filter(|_| role.limited)),
                self.value(find(Kpi::QueueTime, Stat::Mean)),
                self.value(find(Kpi::QueueTime, Stat::Open).filter(|_| closes(id))),
                self.value(find(Kpi::QueueTime, Stat::quantile(0.9))),
                self.value(find(Kpi::Reneged, Stat::Share)),
                lacking(id).map_or(Cell::Empty, Cell::count),
                self.value(paid),
            ]);
        }
        if table.rows.is_empty() {
            return Vec::new();
        }
        drop_empty(&mut table);
        let mut blocks = vec![Block::Heading("People".into()), Block::Table(table)];
        blocks.extend(demands.iter().filter_map(|demand| self.overloaded(demand)));
        blocks
    }

    /// Who cannot keep up, and what comes of it: a queue that grows, or deals that leave it.
    fn overloaded(&self, demand: &Demand) -> Option<Block> {
        let title = &self.simulation.program.roles[demand.role].title;
        let mut line = vec![
            Cell::text("Overloaded:"),
            Cell::Name(title.clone()),
            Cell::text("—"),
            Cell::share(demand.asked),
            Cell::text("of the working time is asked for;"),
        ];
        match (demand.growth, demand.left) {
            (Some(growth), left) => {
                if let Some(left) = left {
                    line.extend([Cell::share(left), Cell::text("of the deals leave the queue;")]);
                }
                line.extend([
                    Cell::text("the queue grows over the window:"),
                    Cell::count(growth.mean),
                    Cell::text("deals wait on average,"),
                    Cell::count(growth.end),
                    Cell::text(
                        "at the end. These waiting times depend on the length of the window and have no long-run value.",
                    ),
                ]);
            }
            (None, Some(left)) if demand.asked > 1.0 => {
                line.extend([
                    Cell::share(left),
                    Cell::text("of the deals leave the queue, which therefore does not grow."),
                ]);
            }
            _ => return None,
        }
        Some(Block::Line(line))
    }

    /// First answer, and where the days went.
    pub(super) fn answers(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let response = |stat| self.whole(Kpi::LeadResponseTime, stat);
        let within = |time: &str| response(Stat::Within(time.to_owned()));
        if response(Stat::Mean).is_some_and(|row| row.figure.value().is_some()) {
            let mut line =
                vec![Cell::text("First work on a lead after"), self.cell(response(Stat::Mean))];
            line.extend([Cell::text("on average; within 1 h"), self.value(within("1 h"))]);
            line.extend([Cell::text(", within 24 h"), self.value(within("24 h"))]);
            let unanswered = response(Stat::Unanswered).and_then(|row| row.figure.value());
            if unanswered.is_some_and(|share| share > 0.0005) {
                line.extend([Cell::text(", never"), self.value(response(Stat::Unanswered))]);
            }
            blocks.push(Block::Line(line));
        }
        let part = |stat| self.simulation.value(&Key::new(Kpi::TimeInStage, stat));
        let parts = [
            ("work", part(Stat::Processing)),
            ("queue", part(Stat::Queue)),
            ("off hours", part(Stat::OffHours)),
            ("the client's time", part(Stat::Client)),
        ];
        let sum: f64 = parts.iter().filter_map(|(_, days)| *days).sum();
        if sum > 0.0 && parts[0].1.is_some() {
            let mut line = vec![Cell::text("Of a deal's time")];
            for (at, (name, days)) in parts.iter().enumerate() {
                let share = days.map(|days| days / sum);
                let name =
                    if at + 1 < parts.len() { format!("{name},") } else { (*name).to_owned() };
                let kind = self.kind(Unit::Share);
                line.extend([Cell::number(share, kind), Cell::text(format!("is {name}"))]);
            }
            blocks.push(Block::Line(line));
        }
        let mut line = Vec::new();
        let kept = self.simulation.rows.iter().filter(|row| row.key.kpi == Kpi::SlaKept);
        for row in kept.filter(|row| row.key.by.is_empty() && row.key.scope == Scope::Stage) {
            let lead = if line.is_empty() { "Promises kept:" } else { ";" };
            line.extend([Cell::text(lead), Cell::Name(row.key.name.clone()), self.cell(Some(row))]);
        }
        if !line.is_empty() {
            blocks.push(Block::Line(line));
        }
        blocks
    }
}
