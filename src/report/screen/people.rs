//! The people: how busy they are, how long deals wait for them, and how many are missing.

use super::Screen;
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::program::RoleId;
use crate::report::block::{Block, Cell, Column, Table};
use crate::report::phrase::{Queue, Remark, Term, count, share};
use crate::study::load::{Demand, demands};

/// Leads that nobody works on are named from this share.
const NEVER: f64 = 0.0005;

/// People that a department lacks are named from this number.
const MISSING: f64 = 0.05;

impl Screen<'_> {
    /// One row a role that can be busy or have a queue.
    pub(super) fn people(&self) -> Vec<Block> {
        let program = &self.simulation.program;
        let mut table = Table::of([
            Column::words(Term::Role),
            Column::numbers(Term::People),
            Column::untitled(),
            Column::numbers(Term::Busy),
            Column::numbers(Term::WaitingDeals),
            Column::numbers(Term::WaitMean),
            Column::numbers(Term::InOpenHours),
            Column::numbers(Term::P90),
            Column::numbers(Term::Reneged),
            Column::numbers(Term::PeopleMissing),
            Column::numbers(Term::Cost),
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
                if role.limited { Cell::count(people as f64) } else { Term::Unlimited.into() },
                share.map_or(Cell::Empty, |share| Cell::Bar(share.min(1.0))),
                self.number(busy).into(),
                self.value(find(Kpi::QueueLength, Stat::Mean).filter(|_| role.limited)).into(),
                self.value(find(Kpi::QueueTime, Stat::Mean)).into(),
                self.value(find(Kpi::QueueTime, Stat::Open).filter(|_| closes(id))).into(),
                self.value(find(Kpi::QueueTime, Stat::quantile(0.9))).into(),
                self.value(find(Kpi::Reneged, Stat::Share)).into(),
                lacking(id).map_or(Cell::Empty, Cell::count),
                self.value(paid).into(),
            ]);
        }
        if table.rows.is_empty() {
            return Vec::new();
        }
        table.drop_empty();
        let mut blocks = vec![Block::Heading(Term::PeopleSection.into()), Block::Table(table)];
        blocks.extend(demands.iter().filter_map(|demand| self.overloaded(demand)));
        blocks.extend(self.departments());
        blocks
    }

    /// One row a department, where roles have one.
    fn departments(&self) -> Vec<Block> {
        let mut names: Vec<&str> = Vec::new();
        for role in &self.simulation.program.roles {
            names.extend(role.department.as_deref().filter(|name| !names.contains(name)));
        }
        if names.is_empty() {
            return Vec::new();
        }
        let mut table = Table::of([
            Column::words(Term::Department),
            Column::numbers(Term::Busy),
            Column::numbers(Term::WaitingDeals),
            Column::numbers(Term::WaitMean),
            Column::numbers(Term::PeopleMissing),
            Column::numbers(Term::Cost),
        ]);
        for name in names {
            let find =
                |kpi, stat| self.simulation.find(&Key::new(kpi, stat).of(Scope::Department, name));
            let paid = find(Kpi::Cost, Stat::Total).filter(|row| row.figure.value() != Some(0.0));
            let missing = find(Kpi::Utilization, Stat::MissingPeople);
            let missing = missing.filter(|row| row.figure.value() >= Some(MISSING));
            table.rows.push(vec![
                Cell::Name(name.to_owned()),
                self.detailed(find(Kpi::Utilization, Stat::Share)).into(),
                self.value(find(Kpi::QueueLength, Stat::Mean)).into(),
                self.value(find(Kpi::QueueTime, Stat::Mean)).into(),
                self.value(missing).into(),
                self.value(paid).into(),
            ]);
        }
        table.drop_empty();
        vec![Block::Heading(Term::ByDepartment.into()), Block::Table(table)]
    }

    /// The overloaded roles, and the effect: a growing queue, or deals that leave it.
    fn overloaded(&self, demand: &Demand) -> Option<Block> {
        let role = self.simulation.program.roles[demand.role].title.clone();
        let queue = match (demand.growth, demand.left) {
            (Some(growth), left) => Queue::Grows {
                left: left.map(share),
                mean: count(growth.mean),
                end: count(growth.end),
            },
            (None, Some(left)) if demand.asked > 1.0 => Queue::Leaves(share(left)),
            _ => return None,
        };
        Some(Block::Line(Remark::Overloaded { role, asked: share(demand.asked), queue }.into()))
    }

    /// First answer, and where the days went.
    pub(super) fn answers(&self) -> Vec<Block> {
        let remarks = [self.first_work(), self.time_split(), self.sla_kept(), self.promises_kept()];
        remarks.into_iter().flatten().map(|remark| Block::Line(remark.into())).collect()
    }

    fn first_work(&self) -> Option<Remark> {
        let response = |stat| self.whole(Kpi::LeadResponseTime, stat);
        let within = |time: &str| self.value(response(Stat::Within(time.to_owned())));
        let never = self.value(response(Stat::Unanswered));
        Some(Remark::FirstWork {
            mean: self.detailed(response(Stat::Mean))?,
            hour: within("1 h"),
            day: within("24 h"),
            never: never.filter(|never| never.value > NEVER),
        })
    }

    fn time_split(&self) -> Option<Remark> {
        let parts = [Stat::Processing, Stat::Queue, Stat::OffHours, Stat::Client];
        let parts = parts.map(|stat| self.simulation.value(&Key::new(Kpi::TimeInStage, stat)));
        let sum: f64 = parts.iter().flatten().sum();
        let part = |days: Option<f64>| share(days.unwrap_or(0.0) / sum);
        (sum > 0.0 && parts[0].is_some()).then(|| Remark::TimeSplit(parts.map(part)))
    }

    fn sla_kept(&self) -> Option<Remark> {
        let rows = self.simulation.rows.iter().filter(|row| row.key.kpi == Kpi::SlaKept);
        let rows = rows.filter(|row| row.key.by.is_empty() && row.key.scope == Scope::Stage);
        let title = |name: &str| {
            let stage = self.simulation.program.stages.iter().find(|stage| stage.name == name);
            stage.map_or_else(|| name.to_owned(), |stage| stage.title.clone())
        };
        let kept = rows.filter_map(|row| Some((title(&row.key.name), self.number(Some(row))?)));
        Some(Remark::SlaKept(kept.collect())).filter(|remark| *remark != Remark::SlaKept(vec![]))
    }

    fn promises_kept(&self) -> Option<Remark> {
        let rows = self.simulation.rows.iter().filter(|row| row.key.kpi == Kpi::PromiseKept);
        let rows = rows.filter(|row| row.key.by.is_empty());
        let kept = rows.filter_map(|row| Some((row.key.name.clone(), self.number(Some(row))?)));
        let kept: Vec<_> = kept.collect();
        (!kept.is_empty()).then_some(Remark::PromisesKept(kept))
    }
}
