//! The sections of the screen: funnel, duration, cost, losses, groups.
//!
//! A section whose numbers a model does not have is not there at all.

use super::Screen;
use crate::kpi::{FEWEST_DUE, Key, Kpi, Row, Scope, Stat};
use crate::model::Phase;
use crate::program::{Destination, End, Exit, Id, Reason, StageId};
use crate::report::block::{Block, Cell, Column, Kind, Table};
use crate::report::phrase::{CostOf, Dimension, Phrase, Remark, Term};

impl Screen<'_> {
    pub(super) fn funnel(&self) -> Vec<Block> {
        let program = &self.simulation.program;
        let mut table = Table::of([
            Column::words(Term::Stage),
            Column::words(Term::Phase),
            Column::untitled(),
            Column::numbers(Term::Visits),
            Column::numbers(Term::GoesOn),
            Column::words(Term::MainlyTo),
            Column::numbers(Term::WinChance),
            Column::numbers(Term::TimeMedian),
            Column::numbers(Term::P90),
            Column::words(Term::MainLoss),
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
                self.value(self.stage(Kpi::WinChance, &stage.name, Stat::Share)).into()
            };
            table.rows.push(vec![
                Cell::Name(stage.title.clone()),
                Term::OfPhase(stage.phase).into(),
                Cell::Bar(if most > 0.0 { visits(&stage.name) / most } else { 0.0 }),
                self.value(self.stage(Kpi::Visits, &stage.name, Stat::Total)).into(),
                self.value(self.stage(Kpi::StageConversion, &stage.name, Stat::On)).into(),
                self.elsewhere(id).map_or(Cell::Empty, Cell::from),
                chance,
                self.value(self.stage(Kpi::TimeInStage, &stage.name, Stat::quantile(0.5))).into(),
                self.value(self.stage(Kpi::TimeInStage, &stage.name, Stat::quantile(0.9))).into(),
                main.map_or(Cell::Empty, |reason| Phrase::reason(&reason.name).into()),
            ]);
        }
        table.drop_empty();
        let heading = Block::Heading(Term::Funnel.into());
        let mut blocks = vec![heading, Block::Table(table)];
        blocks.push(Block::Line(self.in_progress().into()));
        blocks.extend(self.stock_by_phase());
        blocks
    }

    /// Where most of those that go on from a stage go, if that is not the next row of the table.
    fn elsewhere(&self, stage: StageId) -> Option<Phrase> {
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
            Destination::Stage(to) => {
                (to.index() == behind, Phrase::Name(program.stages[to].title.clone()))
            }
            Destination::End(end) => {
                let word = if program.ends[end] == End::Won { Term::Won } else { Term::Done };
                (behind == stages, word.into())
            }
        };
        (share(main) > 0.0 && !is_next).then_some(title)
    }

    pub(super) fn durations(&self) -> Vec<Block> {
        let undecided = self.value(self.whole(Kpi::LeadToWin, Stat::Undecided));
        let rates = Remark::Rates {
            win: self.number(self.whole(Kpi::WinRate, Stat::Share)),
            lead: self.number(self.whole(Kpi::LeadToWin, Stat::Share)),
            undecided: undecided.filter(|share| share.value > 0.0),
        };
        if rates == (Remark::Rates { win: None, lead: None, undecided: None }) {
            return Vec::new();
        }
        let heading = Block::Heading(Term::SuccessAndDuration.into());
        let mut blocks = vec![heading, Block::Line(rates.into())];
        let mut columns = vec![Column::untitled(), Column::numbers(Term::Mean)];
        columns.extend(self.detail.then(|| Column::numbers(Term::Sd)));
        let mut table = Table::of(columns);
        let figures = &self.simulation.options.figures;
        let quantiles = figures.quantiles.iter().map(|p| Stat::quantile(*p));
        let within = figures.within.iter().map(|limit| Stat::Within(limit.label.clone()));
        let stats: Vec<Stat> = quantiles.chain(within).collect();
        let column = |stat: &Stat| {
            Column::numbers(match stat {
                Stat::Within(time) => Phrase::Within(time.clone()),
                other => Phrase::Quantile(other.to_string()),
            })
        };
        table.columns.extend(stats.iter().map(column));
        let cycle_time = Key::new(Kpi::CycleTime, Stat::Mean);
        // After a sale a loss is churn.
        let may_churn = self.simulation.program.sells_on_the_way;
        let to_loss = if may_churn { Term::LeadToLossOrChurn } else { Term::LeadToLoss };
        for (label, key) in [
            (Term::LeadToFirstSale, Key::new(Kpi::SalesCycle, Stat::Mean)),
            (to_loss, cycle_time.clone().of(Scope::End, "lost")),
            (Term::LeadToEnd, cycle_time),
        ] {
            let find = |stat: Stat| self.simulation.find(&key.with(stat));
            if find(Stat::Mean).is_none_or(|row| row.n == 0) {
                continue;
            }
            let mut cells = vec![label.into(), self.detailed(find(Stat::Mean)).into()];
            cells.extend(self.detail.then(|| self.value(find(Stat::Sd)).into()));
            cells.extend(stats.iter().map(|stat| self.value(find(stat.clone())).into()));
            table.rows.push(cells);
        }
        table.rows.extend(self.won_within());
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
        blocks.extend(self.few_due().map(|few| Block::Line(few.into())));
        blocks
    }

    /// The leads won within each of the times, below the columns of the durations.
    fn won_within(&self) -> Option<Vec<Cell>> {
        let figures = &self.simulation.options.figures;
        let shares = figures.within.iter().map(|limit| Stat::Within(limit.label.clone()));
        let shares: Vec<Cell> =
            shares.map(|stat| self.value(self.whole(Kpi::LeadToWin, stat)).into()).collect();
        let blank = 1 + usize::from(self.detail) + figures.quantiles.len();
        let told = shares.iter().any(|share| *share != Cell::Empty);
        let label = std::iter::once(Term::LeadsWon.into());
        told.then(|| label.chain(vec![Cell::Empty; blank]).chain(shares).collect())
    }

    /// Times within which too few leads could be won.
    fn few_due(&self) -> impl Iterator<Item = Remark> {
        self.simulation.options.figures.within.iter().filter_map(|limit| {
            let within = limit.label.clone();
            let row = self.whole(Kpi::LeadToWin, Stat::Within(within.clone()))?;
            let few = row.n < FEWEST_DUE;
            few.then_some(Remark::FewDue { within, leads: row.n, fewest: FEWEST_DUE })
        })
    }

    pub(super) fn costs(&self) -> Vec<Block> {
        if !self.simulation.program.has_cost {
            return Vec::new();
        }
        let costs = [
            (CostOf::All, Kpi::Cost, Stat::Total),
            (CostOf::Lead, Kpi::CostPerLead, Stat::Mean),
            (CostOf::Won, Kpi::CostPerWon, Stat::Mean),
            (CostOf::Acquisition, Kpi::Cac, Stat::Mean),
        ];
        let figure = |(of, kpi, stat)| {
            let row = self.whole(kpi, stat);
            let per_sale = matches!(of, CostOf::Won | CostOf::Acquisition);
            Some((of, if per_sale { self.number(row) } else { self.detailed(row) }?))
        };
        let costs = costs.into_iter().filter_map(figure);
        let costs = costs.filter(|(of, cost)| *of != CostOf::Acquisition || cost.value != 0.0);
        let line = Block::Line(Remark::Costs(costs.collect()).into());
        let kinds = self.kinds_of_cost().map(|kinds| Block::Line(kinds.into()));
        [Block::Heading(Term::CostSection.into()), line].into_iter().chain(kinds).collect()
    }

    pub(super) fn losses(&self) -> Vec<Block> {
        let program = &self.simulation.program;
        let mut reasons: Vec<(&Reason, Option<&Row>)> = program
            .reasons
            .iter()
            .map(|reason| {
                let key = Key::new(Kpi::LossTable, Stat::Count).of(Scope::Reason, reason.label());
                (reason, self.simulation.find(&key))
            })
            .collect();
        reasons.retain(|(_, row)| row.is_some_and(|row| row.n > 0));
        if reasons.is_empty() {
            return Vec::new();
        }
        reasons.sort_by_key(|(_, row)| std::cmp::Reverse(row.map_or(0, |row| row.n)));
        let mut table = Table::of([
            Column::words(Term::Reason),
            Column::words(Term::Class),
            Column::untitled(),
            Column::numbers(Term::Deals),
            Column::numbers(Term::Share),
            Column::numbers(Term::ValueLost),
        ]);
        for (reason, count) in reasons {
            let key = |stat| Key::new(Kpi::LossTable, stat).of(Scope::Reason, reason.label());
            let find = |stat| self.simulation.find(&key(stat));
            let share = find(Stat::Share).and_then(|row| row.figure.value()).unwrap_or(0.0);
            table.rows.push(vec![
                Phrase::reason(&reason.name).into(),
                reason.class.map_or(Cell::Empty, |class| Term::OfClass(class).into()),
                Cell::Bar(share),
                self.value(count).into(),
                self.value(find(Stat::Share)).into(),
                self.value(find(Stat::Value)).into(),
            ]);
        }
        table.drop_empty();
        vec![Block::Heading(Term::WhyLost.into()), Block::Table(table)]
    }

    /// Losses after a sale, which are no losses of deals.
    pub(super) fn churn(&self) -> Vec<Block> {
        let mut table = Table::of([
            Column::words(Term::Reason),
            Column::untitled(),
            Column::numbers(Term::Deals),
            Column::numbers(Term::Share),
            Column::numbers(Term::ValueLost),
        ]);
        let find = |reason: &Reason, stat| {
            self.simulation.find(&Key::new(Kpi::ChurnTable, stat).of(Scope::Reason, reason.label()))
        };
        let reasons = self.simulation.program.reasons.iter();
        let mut churned: Vec<(&Reason, &Row)> =
            reasons.filter_map(|reason| Some((reason, find(reason, Stat::Count)?))).collect();
        // The greatest first, as in the table of losses.
        let count = |row: &Row| row.figure.value().unwrap_or(0.0);
        churned.sort_by(|(_, one), (_, other)| count(other).total_cmp(&count(one)));
        for (reason, count) in churned {
            let find = |stat| find(reason, stat);
            let share = find(Stat::Share).and_then(|row| row.figure.value()).unwrap_or(0.0);
            table.rows.push(vec![
                Phrase::reason(&reason.name).into(),
                Cell::Bar(share),
                self.value(Some(count)).into(),
                self.value(find(Stat::Share)).into(),
                self.value(find(Stat::Value)).into(),
            ]);
        }
        if table.rows.is_empty() {
            return Vec::new();
        }
        table.drop_empty();
        vec![Block::Heading(Term::WhyChurned.into()), Block::Table(table)]
    }

    /// What each stage takes, holds, costs and loses.
    pub(super) fn by_stage(&self) -> Vec<Block> {
        let mut table = Table::of([
            Column::words(Term::Stage),
            Column::numbers(Term::Visits),
            Column::numbers(Term::TimePerDeal),
            Column::numbers(Term::Open),
            Column::numbers(Term::OpenAtEnd),
            Column::numbers(Term::OpenAge),
            Column::numbers(Term::Cost),
            Column::numbers(Term::Lost),
            Column::numbers(Term::ValueLost),
        ]);
        let program = &self.simulation.program;
        for (id, stage) in program.stages.entries() {
            let figure = |kpi, stat| Cell::from(self.value(self.stage(kpi, &stage.name, stat)));
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
                figure(Kpi::OpenAge, Stat::Mean),
                figure(Kpi::Cost, Stat::Total),
                Cell::number(Some(lost), Kind::Count),
                Cell::number(program.value.as_ref().map(|_| value), money),
            ]);
        }
        table.drop_empty();
        vec![Block::Heading(Term::ByStage.into()), Block::Table(table)]
    }

    pub(super) fn groups(&self, by: &str) -> Vec<Block> {
        let dimension = Dimension::of(by);
        let mut table = Table::of([
            Column::words(match &dimension {
                Dimension::Source => Term::Source.into(),
                Dimension::Attribute(name) => Phrase::Name(name.clone()),
            }),
            Column::numbers(Term::Leads),
            Column::numbers(Term::WinRate),
            Column::numbers(Term::LeadToWin),
            Column::numbers(Term::AverageDeal),
            Column::numbers(Term::SalesCycleMedian),
            Column::numbers(Term::CostPerWon),
        ]);
        let prefix = format!("{by}=");
        let labels = self.simulation.groups_by(by);
        for label in &labels {
            let find = |kpi, stat| self.simulation.find(&Key::new(kpi, stat).by(label));
            table.rows.push(vec![
                Cell::Name(label.strip_prefix(&prefix).unwrap_or(label).to_owned()),
                self.value(find(Kpi::Intake, Stat::Total)).into(),
                self.number(find(Kpi::WinRate, Stat::Share)).into(),
                self.number(find(Kpi::LeadToWin, Stat::Share)).into(),
                self.number(find(Kpi::AverageDeal, Stat::Mean)).into(),
                self.value(find(Kpi::SalesCycle, Stat::quantile(0.5))).into(),
                self.value(find(Kpi::CostPerWon, Stat::Mean)).into(),
            ]);
        }
        table.drop_empty();
        vec![Block::Heading(Phrase::By(dimension)), Block::Table(table)]
    }
}
