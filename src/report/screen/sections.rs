//! The sections of the screen: funnel, duration, cost, losses, groups.
//!
//! A section whose numbers a model does not have is not there at all.

use super::Screen;
use crate::kpi::{Key, Kpi, Row, Scope, Stat};
use crate::model::{Phase, ReasonClass};
use crate::program::{Destination, Exit, Id, StageId};
use crate::report::block::{Block, Cell, Column, Kind, Table};

impl Screen<'_> {
    pub(super) fn funnel(&self) -> Vec<Block> {
        let program = &self.simulation.program;
        let mut table = Table::new(&[
            "stage",
            "phase",
            "",
            "#visits",
            "#goes on",
            "mainly to",
            "#chance to win",
            "#time p50",
            "#p90",
            "main loss",
        ]);
        let visits = |name: &str| {
            self.stage(Kpi::Visits, name, Stat::Total)
                .and_then(|row| row.figure.value())
                .unwrap_or(0.0)
        };
        let most = program.stages.iter().map(|s| visits(&s.name)).fold(0.0, f64::max);
        for (id, stage) in program.stages.entries() {
            let losses = self.simulation.losses.iter();
            let losses = losses.filter(|loss| loss.by.is_empty() && loss.stage == id);
            let main = losses.max_by_key(|loss| loss.n).map(|loss| &program.reasons[loss.reason]);
            let after_sale = stage.sale.is_some() || stage.phase > Phase::Deal;
            let chance = if after_sale {
                Cell::Empty
            } else {
                self.value(self.stage(Kpi::WinChance, &stage.name, Stat::Share))
            };
            table.rows.push(vec![
                Cell::Name(stage.title.clone()),
                Cell::text(stage.phase.word()),
                Cell::Bar(if most > 0.0 { visits(&stage.name) / most } else { 0.0 }),
                self.value(self.stage(Kpi::Visits, &stage.name, Stat::Total)),
                self.value(self.stage(Kpi::StageConversion, &stage.name, Stat::On)),
                self.elsewhere(id).map_or(Cell::Empty, Cell::Name),
                chance,
                self.value(self.stage(Kpi::TimeInStage, &stage.name, Stat::quantile(0.5))),
                self.value(self.stage(Kpi::TimeInStage, &stage.name, Stat::quantile(0.9))),
                main.map_or(Cell::Empty, |reason| Cell::Name(reason.label().to_owned())),
            ]);
        }
        drop_empty(&mut table);
        let heading = Block::Heading("Funnel".into());
        vec![heading, Block::Table(table), Block::Line(self.in_progress())]
    }

    /// Where most of those that go on from a stage go, if that is not the next row of the table.
    fn elsewhere(&self, stage: StageId) -> Option<String> {
        let program = &self.simulation.program;
        let stages = program.stages.len();
        let name = &program.stages[stage].name;
        let not_lost = (0..stages + 2).map(Exit::new);
        let share = |exit: Exit| {
            let row = self.stage(Kpi::StageConversion, name, Stat::To(program.exit_name(exit)));
            row.and_then(|row| row.figure.value()).unwrap_or(0.0)
        };
        let main = not_lost.max_by(|a, b| share(*a).total_cmp(&share(*b)))?;
        let behind = stage.index() + 1;
        let (is_next, title) = match main.destination(stages) {
            Destination::Stage(to) => (to.index() == behind, program.stages[to].title.clone()),
            Destination::End(_) => (behind == stages, program.exit_name(main)),
        };
        (share(main) > 0.0 && !is_next).then_some(title)
    }

    /// What is in work, apart from past clients who may come back.
    fn in_progress(&self) -> Vec<Cell> {
        let program = &self.simulation.program;
        let client = |kpi: Kpi, stat: Stat| {
            let key = Key::new(kpi, stat).of(Scope::Phase, Phase::Client.word());
            self.simulation.value(&key).unwrap_or(0.0)
        };
        let others = |kpi: Kpi, stat: Stat| -> Cell {
            let clients = client(kpi, stat.clone());
            match self.whole(kpi, stat) {
                row if clients == 0.0 => self.cell(row),
                // The interval of the whole is not that of a part of it.
                row => Cell::number(
                    row.and_then(|row| row.figure.value()).map(|all| (all - clients).max(0.0)),
                    Kind::Count,
                ),
            }
        };
        let mut work = vec![
            Cell::text("In progress"),
            others(Kpi::OpenDeals, Stat::Mean),
            Cell::text("deals on average"),
        ];
        if !program.window.until_empty() {
            work.extend([Cell::text(", at the end"), others(Kpi::OpenAtEnd, Stat::Count)]);
            if let Some(row) = self.whole(Kpi::OpenValue, Stat::Total) {
                work.extend([Cell::text("with"), self.cell(Some(row)), Cell::text("undecided")]);
            }
        }
        let clients = client(Kpi::OpenDeals, Stat::Mean);
        if clients > 0.0 {
            work.extend([
                Cell::text("; past clients who may come back:"),
                Cell::count(clients),
                Cell::text("on average"),
            ]);
            if !program.window.until_empty() {
                let at_end = Cell::count(client(Kpi::OpenAtEnd, Stat::Count));
                work.extend([Cell::text(", at the end"), at_end]);
            }
        }
        work
    }

    pub(super) fn durations(&self) -> Vec<Block> {
        let mut rates = Vec::new();
        let known = |row: Option<&Row>| row.is_some_and(|row| row.figure.value().is_some());
        let rate = self.whole(Kpi::WinRate, Stat::Share);
        if known(rate) {
            rates.extend([Cell::text("Win rate"), self.cell(rate)]);
        }
        let lead = self.whole(Kpi::LeadToWin, Stat::Share);
        if known(lead) {
            let comma = if rates.is_empty() { "Of all leads" } else { "; of all leads" };
            rates.extend([Cell::text(comma), self.cell(lead), Cell::text("are won")]);
        }
        if let Some(row) = self.whole(Kpi::LeadToWin, Stat::Undecided)
            && row.figure.value().is_some_and(|share| share > 0.0)
        {
            rates.extend([Cell::text("and"), self.value(Some(row)), Cell::text("still undecided")]);
        }
        if rates.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::Heading("Success and duration".into()), Block::Line(rates)];
        let mut table = Table::new(&["", "#mean", "#sd"]);
        let figures = &self.simulation.options.figures;
        let quantiles = figures.quantiles.iter().map(|p| Stat::quantile(*p));
        let within = figures.within.iter().map(|limit| Stat::Within(limit.label.clone()));
        let stats: Vec<Stat> = quantiles.chain(within).collect();
        let column = |stat: &Stat| Column { title: stat.to_string(), numeric: true };
        table.columns.extend(stats.iter().map(column));
        let cycle_time = Key::new(Kpi::CycleTime, Stat::Mean);
        for (label, key) in [
            ("lead to first sale", Key::new(Kpi::SalesCycle, Stat::Mean)),
            ("lead to a loss", cycle_time.clone().of(Scope::End, "lost")),
            ("lead to any end", cycle_time),
        ] {
            let find = |stat: Stat| self.simulation.find(&key.with(stat));
            if find(Stat::Mean).is_none_or(|row| row.n == 0) {
                continue;
            }
            let mut cells =
                vec![Cell::text(label), self.cell(find(Stat::Mean)), self.value(find(Stat::Sd))];
            cells.extend(stats.iter().map(|stat| self.value(find(stat.clone()))));
            table.rows.push(cells);
        }
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
        blocks
    }

    pub(super) fn costs(&self) -> Vec<Block> {
        if !self.simulation.program.has_cost {
            return Vec::new();
        }
        let mut line = Vec::new();
        for (label, kpi, stat) in [
            ("Cost", Kpi::Cost, Stat::Total),
            ("; per lead", Kpi::CostPerLead, Stat::Mean),
            ("; per won deal", Kpi::CostPerWon, Stat::Mean),
            ("; to win one client (CAC)", Kpi::Cac, Stat::Mean),
        ] {
            let row = self.whole(kpi, stat);
            let zero = kpi == Kpi::Cac && row.and_then(|row| row.figure.value()) == Some(0.0);
            if row.is_some() && !zero {
                line.extend([Cell::text(label), self.cell(row)]);
            }
        }
        vec![Block::Heading("Cost".into()), Block::Line(line)]
    }

    pub(super) fn losses(&self) -> Vec<Block> {
        let program = &self.simulation.program;
        let mut reasons: Vec<(&str, &str, Option<&Row>)> = program
            .reasons
            .iter()
            .map(|reason| {
                let key = Key::new(Kpi::LossTable, Stat::Count).of(Scope::Reason, reason.label());
                let row = self.simulation.find(&key);
                let class = reason.class.map_or("", ReasonClass::word);
                (reason.label(), class, row)
            })
            .collect();
        reasons.retain(|(_, _, row)| row.is_some_and(|row| row.n > 0));
        if reasons.is_empty() {
            return Vec::new();
        }
        reasons.sort_by_key(|(_, _, row)| std::cmp::Reverse(row.map_or(0, |row| row.n)));
        let mut table = Table::new(&["reason", "class", "", "#deals", "#share", "#value lost"]);
        for (name, class, count) in reasons {
            let key = |stat| Key::new(Kpi::LossTable, stat).of(Scope::Reason, name);
            let find = |stat| self.simulation.find(&key(stat));
            let share = find(Stat::Share).and_then(|row| row.figure.value()).unwrap_or(0.0);
            table.rows.push(vec![
                Cell::Name(name.to_owned()),
                Cell::text(class),
                Cell::Bar(share),
                self.value(count),
                self.value(find(Stat::Share)),
                self.value(find(Stat::Value)),
            ]);
        }
        drop_empty(&mut table);
        vec![Block::Heading("Why deals are lost".into()), Block::Table(table)]
    }

    /// Losses after a sale, which are no losses of deals.
    pub(super) fn churn(&self) -> Vec<Block> {
        let mut table = Table::new(&["reason", "", "#deals", "#share", "#value"]);
        for reason in &self.simulation.program.reasons {
            let key = |stat| Key::new(Kpi::ChurnTable, stat).of(Scope::Reason, reason.label());
            let find = |stat| self.simulation.find(&key(stat));
            let Some(count) = find(Stat::Count) else { continue };
            let share = find(Stat::Share).and_then(|row| row.figure.value()).unwrap_or(0.0);
            table.rows.push(vec![
                Cell::Name(reason.label().to_owned()),
                Cell::Bar(share),
                self.value(Some(count)),
                self.value(find(Stat::Share)),
                self.value(find(Stat::Value)),
            ]);
        }
        if table.rows.is_empty() {
            return Vec::new();
        }
        drop_empty(&mut table);
        vec![Block::Heading("Why clients leave after a sale".into()), Block::Table(table)]
    }

    /// What each stage takes, holds, costs and loses.
    pub(super) fn by_stage(&self) -> Vec<Block> {
        let mut table = Table::new(&[
            "stage",
            "#visits",
            "#time a deal",
            "#open",
            "#open at end",
            "#cost",
            "#lost",
            "#value lost",
        ]);
        let program = &self.simulation.program;
        for (id, stage) in program.stages.entries() {
            let figure = |kpi, stat| self.value(self.stage(kpi, &stage.name, stat));
            let losses = || {
                self.simulation.losses.iter().filter(|loss| loss.by.is_empty() && loss.stage == id)
            };
            let lost: f64 = losses().map(|loss| loss.count).sum();
            let value: f64 = losses().map(|loss| loss.value).sum();
            let money = Kind::Money(program.currency.clone());
            table.rows.push(vec![
                Cell::Name(stage.title.clone()),
                figure(Kpi::Visits, Stat::Total),
                figure(Kpi::TimeInStage, Stat::PerDeal),
                figure(Kpi::OpenDeals, Stat::Mean),
                figure(Kpi::OpenAtEnd, Stat::Count),
                figure(Kpi::Cost, Stat::Total),
                Cell::number(Some(lost), Kind::Count),
                Cell::number(program.value.as_ref().map(|_| value), money),
            ]);
        }
        drop_empty(&mut table);
        vec![Block::Heading("By stage".into()), Block::Table(table)]
    }

    pub(super) fn groups(&self, dimension: &str) -> Vec<Block> {
        let mut table = Table::new(&[
            dimension,
            "#leads",
            "#win rate",
            "#lead to win",
            "#average deal",
            "#sales cycle p50",
            "#cost per won",
        ]);
        let prefix = format!("{dimension}=");
        let rows = &self.simulation.rows;
        let mut labels: Vec<&str> = Vec::new();
        for row in rows {
            if row.key.by.starts_with(&prefix) && !labels.contains(&row.key.by.as_str()) {
                labels.push(&row.key.by);
            }
        }
        for label in labels {
            let find = |kpi, stat| self.simulation.find(&Key::new(kpi, stat).by(label));
            table.rows.push(vec![
                Cell::Name(label[prefix.len()..].to_owned()),
                self.value(find(Kpi::Intake, Stat::Total)),
                self.cell(find(Kpi::WinRate, Stat::Share)),
                self.cell(find(Kpi::LeadToWin, Stat::Share)),
                self.cell(find(Kpi::AverageDeal, Stat::Mean)),
                self.value(find(Kpi::SalesCycle, Stat::quantile(0.5))),
                self.value(find(Kpi::CostPerWon, Stat::Mean)),
            ]);
        }
        drop_empty(&mut table);
        vec![Block::Heading(format!("By {dimension}")), Block::Table(table)]
    }
}

/// Removes columns in which no row says anything.
pub(in crate::report) fn drop_empty(table: &mut Table) {
    let says = |cell: &Cell| match cell {
        Cell::Empty => false,
        Cell::Text(text) | Cell::Name(text) => !text.is_empty(),
        _ => true,
    };
    for at in (0..table.columns.len()).rev() {
        if !table.rows.iter().any(|row| says(&row[at])) {
            table.columns.remove(at);
            table.rows.iter_mut().for_each(|row| {
                row.remove(at);
            });
        }
    }
}
