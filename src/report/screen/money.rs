//! How the window may turn out, and the plan.

use super::Screen;
use crate::kpi::{Kpi, Row, Stat};
use crate::program::Target;
use crate::report::block::{Block, Cell, Column, Kind, Number, Table};
use crate::report::phrase::{Outcome, Phrase, Plan, Planned, Remark, Term, share};

impl Screen<'_> {
    pub(super) fn money(&self) -> Vec<Block> {
        let [bad, _, good] = self.outlook();
        let mut table = Table::of([
            Column::untitled(),
            Column::numbers(Phrase::Bad(bad)),
            Column::numbers(Term::Typical),
            Column::numbers(Phrase::Good(1.0 - good)),
            Column::numbers(Term::Mean),
        ]);
        for (label, row) in [
            (Term::Bookings, self.whole(Kpi::Bookings, Stat::Total)),
            (Term::RepeatBookings, self.whole(Kpi::RepeatBookings, Stat::Total)),
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
        let targets = self.simulation.program.targets;
        let currency = self.simulation.program.currency.clone();
        let plans = [
            self.plan(Planned::Bookings, targets.bookings, Kind::Money(currency)),
            self.plan(Planned::Wins, targets.wins, Kind::Count),
        ];
        let plans = plans.into_iter().flatten();
        blocks.extend(plans.map(|plan| Block::Line(Remark::Plan(plan).into())));
        blocks
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
        let program = &self.simulation.program;
        let plan = if program.window.until_empty() {
            // One of mean length, where windows differ.
            target.per_day() * self.simulation.days
        } else {
            target.over(&program.calendar, program.window.start, program.window.end)
        };
        let [bad, _, good] = self.outlook();
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
