//! How the window may turn out, and the plan.

use super::Screen;
use crate::kpi::{Key, Kpi, Per, Quantile, Row, Scope, Stat};
use crate::program::Target;
use crate::quantity::MONTH_DAYS;
use crate::report::block::{Block, Cell, Column, Kind, Number, Table};
use crate::report::phrase::{
    Floor, Outcome, Phrase, Plan, Planned, Remark, Term, Thing, count, share,
};

impl Screen<'_> {
    pub(super) fn money(&self) -> Vec<Block> {
        let [bad, typical, good] = self.risk();
        let middle = if typical == 0.5 {
            Term::Typical.into()
        } else {
            Phrase::Quantile(Quantile::new(typical).to_string())
        };
        let mut table = Table::of([
            Column::untitled(),
            Column::numbers(Phrase::Bad(bad)),
            Column::numbers(middle),
            Column::numbers(Phrase::Good(1.0 - good)),
            Column::numbers(Term::Mean),
        ]);
        for (label, row) in [
            (Term::Bookings, self.whole(Kpi::Bookings, Stat::Total)),
            (Term::RepeatBookings, self.whole(Kpi::RepeatBookings, Stat::Total)),
            (Term::Margin, self.whole(Kpi::Margin, Stat::Total)),
            (Term::Profit, self.whole(Kpi::Profit, Stat::Total)),
            (Term::CashIn, self.whole(Kpi::CashIn, Stat::Total)),
            (Term::Leads, self.whole(Kpi::Intake, Stat::Total)),
            (Term::MonthlySales, self.whole(Kpi::Throughput, Stat::Sales)),
            (Term::MonthlyFirstSales, self.first_sales()),
        ] {
            let Some(row) = row else { continue };
            if label == Term::RepeatBookings && row.figure.value() == Some(0.0) {
                continue;
            }
            let kind = self.kind(row.unit());
            let risk = |at: usize| Cell::number(row.risk.map(|risk| risk[at]), kind.clone());
            let cells = [label.into(), risk(0), risk(1), risk(2), self.number(Some(row)).into()];
            table.rows.push(cells.into());
        }
        table.drop_empty();
        let mut blocks = vec![Block::Heading(Term::Outlook.into()), Block::Table(table)];
        let targets = &self.simulation.program.targets;
        let currency = self.simulation.program.currency.clone();
        let plans = [
            self.plan(Planned::Bookings, targets.bookings, Kind::Money(currency)),
            self.plan(Planned::Wins, targets.wins, Kind::Count),
        ];
        let floors = [Kpi::Bookings, Kpi::Throughput].map(|kpi| self.floor(kpi)).into_iter();
        let plans = plans.into_iter().flatten().map(Remark::Plan);
        let remarks = plans.chain(floors.flatten().map(Remark::Floor)).chain(self.payments());
        blocks.extend(remarks.map(|remark| Block::Line(remark.into())));
        blocks.extend(self.planned_parts());
        blocks
    }

    /// The plans of stages, activities and people beside what came of them.
    fn planned_parts(&self) -> Option<Block> {
        let program = &self.simulation.program;
        let targets = &program.targets;
        let mut table = Table::of([
            Column::words(Term::PlanOf),
            Column::numbers(Term::Planned),
            Column::numbers(Term::Fact),
            Column::numbers(Term::Attained),
            Column::numbers(Term::ChanceToAttain),
        ]);
        let over = |target: &Target| self.planned(*target);
        let stages = targets.stages.iter().map(|(id, target)| {
            let name = program.stages[*id].name.as_str();
            (Scope::Stage, name, over(target), Some((Kpi::Visits, Stat::Total)))
        });
        let activities = targets.activities.iter().map(|(name, target)| {
            (Scope::Activity, name.as_str(), over(target), Some((Kpi::Activities, Stat::Done)))
        });
        let people = targets.people.iter().map(|(role, planned)| {
            (Scope::Role, program.roles[*role].name.as_str(), *planned, None)
        });
        for (scope, name, planned, fact) in stages.chain(activities).chain(people) {
            let key = |kpi, stat| Key::new(kpi, stat).of(scope, name);
            let find = |stat| self.simulation.find(&key(Kpi::Attainment, stat));
            let reached = find(Stat::Reached);
            let fact = match fact {
                Some((kpi, stat)) => self.value(self.simulation.find(&key(kpi, stat))),
                // People that the work needs.
                None => {
                    let part = reached.and_then(|row| row.figure.value());
                    part.filter(|part| *part > 0.0).map(|part| count(planned / part))
                }
            };
            let thing = Thing::of(&key(Kpi::Attainment, Stat::Reached), program);
            table.rows.push(vec![
                thing.map_or(Cell::Empty, |thing| Phrase::Thing(thing).into()),
                Cell::count(planned),
                fact.into(),
                self.number(reached).into(),
                self.value(find(Stat::ReachedChance)).into(),
            ]);
        }
        targets.has_parts().then_some(Block::Table(table))
    }

    /// What is planned for the whole window; for one of mean length, where windows differ.
    fn planned(&self, target: Target) -> f64 {
        let program = &self.simulation.program;
        if program.window.until_empty() {
            return target.per_day() * self.simulation.days;
        }
        target.over(&program.calendar, program.window.start, program.window.end)
    }

    /// The bookings or sales (as `kpi` says) that full months, quarters, years and the whole window reach with the
    /// certainty that the share of bad windows leaves. None if all of them are zero.
    fn floor(&self, kpi: Kpi) -> Option<Floor> {
        let bad = Stat::quantile(self.risk()[0]);
        let of = |per| {
            let key = Key::new(kpi, bad.clone()).per(per);
            self.value(self.simulation.find(&key)).map(|number| (per, number))
        };
        let whole = if kpi == Kpi::Bookings {
            let row = self.whole(kpi, Stat::Total)?;
            Number::new(row.risk?[0], self.kind(row.unit()))
        } else {
            // Sales of a window are kept as a monthly mean.
            let fixed = !self.simulation.program.window.until_empty();
            let monthly = self.whole(kpi, Stat::Sales)?.risk.filter(|_| fixed)?[0];
            count((monthly * self.simulation.days / MONTH_DAYS).round())
        };
        let calendar = [Per::Month, Per::Quarter, Per::Year].map(of);
        let mut at_least: Vec<(Per, Number)> = calendar.into_iter().flatten().collect();
        // A window that is one period of the calendar is named by it.
        let is_whole =
            |number: &Number| (number.value - whole.value).abs() <= 1e-9 * whole.value.abs();
        if !at_least.iter().any(|(_, number)| is_whole(number)) {
            at_least.push((Per::Window, whole));
        }
        at_least.retain(|(_, number)| number.value > 0.0);
        let certainty = share(1.0 - self.risk()[0]);
        (!at_least.is_empty()).then_some(Floor { kpi, certainty, at_least })
    }

    /// First sales, where a plan of wins is about them and there are later ones too.
    fn first_sales(&self) -> Option<&Row> {
        let program = &self.simulation.program;
        let asked = program.targets.wins.is_some() && program.sells_on_the_way;
        self.whole(Kpi::Throughput, Stat::First).filter(|_| asked)
    }

    /// The plan of the whole window: the chance to reach it, and how much of it is reached.
    fn plan(&self, of: Planned, target: Option<Target>, kind: Kind) -> Option<Plan> {
        let target = target?;
        let (reached, chance) = match of {
            Planned::Wins => (Stat::Wins, Stat::WinsChance),
            Planned::Bookings => (Stat::Bookings, Stat::BookingsChance),
        };
        let row = self.whole(Kpi::Attainment, reached)?;
        let plan = self.planned(target);
        let [bad, _, good] = self.risk();
        let outcome = |chance: f64, value: f64| Outcome { chance, value: share(value) };
        Some(Plan {
            of,
            plan: Number::new(plan, kind),
            chance: self.number(self.whole(Kpi::Attainment, chance))?,
            reached: self.number(Some(row))?,
            outlook: row.risk.map(|risk| [outcome(bad, risk[0]), outcome(1.0 - good, risk[2])]),
        })
    }
}
