//! How the window may turn out, and the plan.

use super::Screen;
use super::sections::drop_empty;
use crate::kpi::{Kpi, Row, Stat};
use crate::program::Target;
use crate::report::block::{Block, Cell, Kind, Table};

impl Screen<'_> {
    pub(super) fn money(&self) -> Vec<Block> {
        let [bad, _, good] = self.outlook();
        let mut table = Table::new(&[
            "",
            &format!("#bad ({})", chance_words(bad)),
            "#typical",
            &format!("#good ({})", chance_words(1.0 - good)),
            "#mean",
        ]);
        for (label, row) in [
            ("bookings", self.whole(Kpi::Bookings, Stat::Total)),
            ("of it repeat sales", self.whole(Kpi::RepeatBookings, Stat::Total)),
            ("leads", self.whole(Kpi::Intake, Stat::Total)),
            ("sales, monthly mean", self.whole(Kpi::Throughput, Stat::Sales)),
            ("first sales, monthly mean", self.first_sales()),
        ] {
            let Some(row) = row else { continue };
            if label.starts_with("of it") && row.figure.value() == Some(0.0) {
                continue;
            }
            let kind = self.kind(row.unit());
            let risk = |at: usize| Cell::number(row.risk.map(|risk| risk[at]), kind.clone());
            let cells = [Cell::text(label), risk(0), risk(1), risk(2), self.cell(Some(row))];
            table.rows.push(cells.into());
        }
        drop_empty(&mut table);
        let mut blocks = vec![Block::Heading("How the window may turn out".into())];
        blocks.push(Block::Table(table));
        let targets = self.simulation.program.targets;
        let currency = self.simulation.program.currency.clone();
        blocks.extend(self.plan(Stat::Bookings, targets.bookings, Kind::Money(currency)));
        blocks.extend(self.plan(Stat::Wins, targets.wins, Kind::Count));
        blocks
    }

    /// First sales, where a plan of wins is about them and there are later ones too.
    fn first_sales(&self) -> Option<&Row> {
        let program = &self.simulation.program;
        let asked = program.targets.wins.is_some() && program.sells_on_the_way;
        self.whole(Kpi::Throughput, Stat::First).filter(|_| asked)
    }

    /// One sentence on the plan of the whole window: the chance to reach it, and how much of it is reached.
    fn plan(&self, reached: Stat, target: Option<Target>, kind: Kind) -> Option<Block> {
        let target = target?;
        let (what, chance) = match reached {
            Stat::Wins => ("first sales", Stat::WinsChance),
            _ => ("bookings", Stat::BookingsChance),
        };
        let row = self.whole(Kpi::Attainment, reached)?;
        let chance = self.whole(Kpi::Attainment, chance)?;
        let program = &self.simulation.program;
        let plan = if program.window.until_empty() {
            // One of mean length, where windows differ.
            target.per_day() * self.simulation.days
        } else {
            target.over(&program.calendar, program.window.start, program.window.end)
        };
        let mut line = vec![
            Cell::text(format!("Plan of {what} for the whole window:")),
            Cell::number(Some(plan), kind),
            Cell::text(". The chance to reach it is"),
            self.cell(Some(chance)),
            Cell::text("; on average"),
            self.cell(Some(row)),
            Cell::text("of it are reached"),
        ];
        if let Some(risk) = row.risk {
            let [bad, _, good] = self.outlook();
            line.extend([
                Cell::text(","),
                Cell::share(risk[0]),
                Cell::text(format!("in a bad window ({}),", chance_words(bad))),
                Cell::share(risk[2]),
                Cell::text(format!("in a good one ({})", chance_words(1.0 - good))),
            ]);
        }
        Some(Block::Line(line))
    }
}

/// How often something happens, in words: `1 in 10`, `3 in 10`, `p2.5`.
pub(super) fn chance_words(p: f64) -> String {
    let one_in = 1.0 / p;
    let in_ten = p * 10.0;
    if (one_in - one_in.round()).abs() < 1e-6 {
        format!("1 in {one_in:.0}")
    } else if (in_ten - in_ten.round()).abs() < 1e-6 {
        format!("{in_ten:.0} in 10")
    } else {
        format!("{} %", (p * 1e6).round() / 1e4)
    }
}
