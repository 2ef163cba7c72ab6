//! A forecast: with how many clients we negotiate, what sum we expect and why they refuse; then the
//! same by month, week and segment, each open deal, and the limits.

mod books;
mod by_model;
mod charts;
mod deals;
mod document;
mod limits;
mod plan;
mod tables;

pub use books::{forecast_cash_table, forecast_demand_table};
pub use by_model::forecast_money;
pub use charts::forecast_charts;
pub use document::forecast_document;
pub use plan::forecast_plan_table;
pub use tables::{deals_table, forecast_table};

use jiff::civil::Date;

use super::block::{Block, Cell, Column, Kind, Number, Table};
use super::phrase::{Ahead, ByModel, ForecastWord, Forecasting, Phrase, count, share};
use crate::fit::season::date;
use crate::records::deals::Deals;
use crate::study::forecast::by_model::Assumed;
use crate::study::forecast::notes::Note;
use crate::study::forecast::outlook::Outlook;
use crate::study::forecast::{Forecast, Level, Period, PeriodKind};

/// Reasons that a line names.
const MOST_REASONS: usize = 3;

/// What a screen shows beside the whole and the months.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown<'a> {
    /// The heading of the column that divides deals, if one does.
    pub by: Option<&'a str>,
    /// Whether the weeks are shown.
    pub weeks: bool,
}

/// The screen of a forecast.
pub fn forecast(forecast: &Forecast, deals: &Deals, shown: Shown<'_>) -> Vec<Block> {
    let line = |line: Forecasting| Block::Line(line.into());
    let show = Show { forecast, deals };
    let days = forecast.options.days;
    let mut blocks = vec![
        line(show.negotiating()),
        line(show.expecting()),
        line(refusing(forecast)),
        line(Forecasting::Title(last_day(forecast.cut), days)),
        Block::Heading(Forecasting::WholeHeading(days).into()),
        Block::Table(show.whole()),
        Block::Heading(Forecasting::MonthsHeading.into()),
        Block::Table(show.periods(PeriodKind::Month)),
    ];
    if shown.weeks {
        blocks.push(Block::Heading(Forecasting::WeeksHeading.into()));
        blocks.push(Block::Table(show.periods(PeriodKind::Week)));
    }
    blocks.extend(plan::plan(&show));
    blocks.extend(books::books(&show, shown.weeks));
    if let Some(by) = shown.by {
        blocks.push(Block::Heading(Forecasting::ByHeading(by.to_owned()).into()));
        blocks.push(Block::Table(show.levels()));
    }
    if !forecast.deals.is_empty() {
        blocks.push(Block::Heading(Forecasting::DealsHeading.into()));
        blocks.push(Block::Table(deals::open_deals(&show)));
        let more = forecast.deals.len().saturating_sub(deals::MOST_DEALS);
        blocks.extend((more > 0).then(|| line(Forecasting::MoreDeals(more))));
    }
    blocks.extend(limits::typed(forecast, &show.money()).into_iter().map(line));
    blocks.push(Block::Heading(Forecasting::LimitsHeading.into()));
    blocks.extend(limits::limits(forecast, &show.money()).into_iter().map(Block::Line));
    blocks
}

/// The columns of the low, middle and high value.
fn quantiles() -> [Column; 3] {
    [Phrase::Low(0.1), Phrase::Quantile("p50".to_owned()), Phrase::High(0.1)].map(Column::numbers)
}

/// The last day that a cut-off knows.
fn last_day(cut: f64) -> Option<Date> {
    date(cut.ceil() as i64 - 1)
}

/// A day as a phrase.
pub(super) fn day(at: f64) -> Phrase {
    date(at.floor() as i64).map_or(ForecastWord::Undated.into(), Forecasting::Day).into()
}

fn refusing(forecast: &Forecast) -> Forecasting {
    let losses: u64 = forecast.refused.iter().map(|refused| refused.deals).sum();
    let of_all = |deals: u64| share(deals as f64 / losses as f64);
    let named = forecast
        .refused
        .iter()
        .filter_map(|refused| Some((refused.reason.clone()?, of_all(refused.deals))));
    let reasons: Vec<_> = named.take(MOST_REASONS).collect();
    let silent = forecast.refused.iter().find(|refused| refused.reason.is_none());
    let is_by_model = forecast.notes.contains(&Note::ByModel(Assumed::Model));
    if is_by_model {
        let silent = silent.map(|silent| of_all(silent.deals));
        Forecasting::ByModel(ByModel::Refusing { reasons, silent })
    } else if losses == 0 {
        Forecasting::NobodyRefused
    } else if reasons.is_empty() {
        Forecasting::NoReasons(losses)
    } else {
        let silent = silent.map(|silent| of_all(silent.deals));
        Forecasting::Refusing { reasons, silent, losses }
    }
}

/// A forecast with the names of its file.
struct Show<'a> {
    forecast: &'a Forecast,
    deals: &'a Deals,
}

impl Show<'_> {
    fn money(&self) -> Kind {
        Kind::Money(self.deals.currency.clone().unwrap_or_default())
    }

    fn negotiating(&self) -> Forecasting {
        let sum: f64 = self.forecast.deals.iter().map(|deal| deal.amount).sum();
        let amount = self.forecast.has_amounts.then(|| Number::new(sum, self.money()));
        let undated = self.forecast.notes.iter().find_map(|note| match note {
            Note::Undated(undated) => Some(undated.open),
            _ => None,
        });
        let deals = self.forecast.deals.len() as u64;
        Forecasting::Negotiating { deals, amount, undated: undated.unwrap_or(0) }
    }

    fn expecting(&self) -> Forecasting {
        let has_amounts = self.forecast.has_amounts;
        let kind = || if has_amounts { self.money() } else { Kind::Count };
        let of = |outlook: &Outlook| if has_amounts { outlook.bookings } else { outlook.orders };
        let total = of(&self.forecast.total);
        let number = |value| Number::new(value, kind());
        Forecasting::Expecting {
            sum: [total.p10, total.p50, total.p90].map(number),
            parts: [&self.forecast.open, &self.forecast.new].map(|part| number(of(part).p50)),
            is_orders: !has_amounts,
            days: self.forecast.options.days,
        }
    }

    /// Columns of quantiles, under a title for the first column.
    fn columns(&self) -> Vec<Column> {
        let mut columns = vec![Column::untitled()];
        if self.forecast.has_amounts {
            columns.push(Column::numbers(ForecastWord::Bookings));
            columns.extend(quantiles());
        }
        columns.push(Column::numbers(ForecastWord::Orders));
        columns.extend(quantiles());
        columns
    }

    fn row(&self, name: Phrase, outlook: &Outlook) -> Vec<Cell> {
        let mut row = vec![Cell::from(name)];
        if self.forecast.has_amounts {
            row.push(Cell::Empty);
            let spread = outlook.bookings;
            let money = |value| Cell::number(Some(value), self.money());
            row.extend([spread.p10, spread.p50, spread.p90].map(money));
        }
        row.push(Cell::Empty);
        let spread = outlook.orders;
        row.extend([spread.p10, spread.p50, spread.p90].map(Cell::count));
        row
    }

    /// A row with a middle value only.
    fn plain(&self, name: ForecastWord, bookings: Option<f64>, orders: f64) -> Vec<Cell> {
        let mut row = vec![Phrase::from(name).into()];
        if self.forecast.has_amounts {
            row.extend([
                Cell::Empty,
                Cell::Empty,
                Cell::number(bookings, self.money()),
                Cell::Empty,
            ]);
        }
        row.extend([Cell::Empty, Cell::Empty, Cell::count(orders), Cell::Empty]);
        row
    }

    fn whole(&self) -> Table {
        let mut table = Table::of(self.columns());
        let Forecast { open, new, total, last, has_last, choice, .. } = self.forecast;
        table.rows.push(self.row(ForecastWord::OpenDeals.into(), open));
        table.rows.push(self.row(ForecastWord::NewDeals.into(), new));
        table.rows.push(self.row(ForecastWord::Total.into(), total));
        if *has_last {
            table.rows.push(self.plain(ForecastWord::LastPeriod, Some(last.bookings), last.orders));
        }
        if let Some(before) = choice.before {
            table.rows.push(self.plain(ForecastWord::SeasonBefore, None, before.orders));
        }
        table
    }

    fn periods(&self, kind: PeriodKind) -> Table {
        let mut table = Table::of(self.columns());
        let name = |period: &Period| {
            let from = date(period.from.floor() as i64);
            let named = match kind {
                PeriodKind::Week => from.map(Forecasting::WeekFrom),
                PeriodKind::Month => from.map(Forecasting::MonthFrom),
            };
            named.unwrap_or(ForecastWord::Undated.into()).into()
        };
        let periods = self.forecast.periods.iter().filter(|period| period.kind == kind);
        table.rows = periods.map(|period| self.row(name(period), &period.outlook)).collect();
        table
    }

    fn levels(&self) -> Table {
        let mut table = Table::of(self.columns());
        let name = |level: &Level| match &level.name {
            Some(name) => Phrase::Name(name.clone()),
            None if level.pooled > 0 => Ahead::Others(level.pooled, level.closed).into(),
            None => ForecastWord::NoLevel.into(),
        };
        let levels = self.forecast.levels.iter();
        table.rows = levels.map(|level| self.row(name(level), &level.outlook)).collect();
        table
    }
}

/// A number of deals.
fn deals_of(value: u64) -> Number {
    count(value as f64)
}
