//! The open deals of a forecast: where each is, its chances, and what to do next.

use super::{Show, day};
use crate::fit::season::date;
use crate::report::block::{Cell, Column, Kind, Number, Table};
use crate::report::phrase::{Ahead, AheadWord, ForecastWord, Forecasting, Phrase, share};
use crate::study::forecast::contact::Aim;
use crate::study::forecast::deals::OpenDeal;

/// Deals that a table for people shows.
pub(super) const MOST_DEALS: usize = 20;

/// The first open deals, the next contact first.
pub(super) fn open_deals(show: &Show) -> Table {
    let days = show.forecast.options.days;
    let time: Phrase = if show.forecast.is_staged {
        ForecastWord::DaysThere.into()
    } else {
        AheadWord::Age.into()
    };
    let mut table = Table::of([
        Column::words(ForecastWord::Deal),
        Column::words(ForecastWord::Stage),
        Column::numbers(time),
        Column::numbers(ForecastWord::UsualTime),
        Column::numbers(ForecastWord::Amount),
        Column::numbers(Forecasting::ChanceWithin(days)),
        Column::numbers(ForecastWord::ChanceEver),
        Column::numbers(ForecastWord::TypedChance),
        Column::numbers(ForecastWord::LikelyDay),
        Column::words(AheadWord::NextContact),
        Column::words(AheadWord::Aim),
        Column::words(ForecastWord::Risks),
    ]);
    let shown = show.forecast.deals.iter().take(MOST_DEALS);
    table.rows = shown.map(|deal| open_deal(show, deal)).collect();
    table.drop_empty();
    table
}

fn open_deal(show: &Show, deal: &OpenDeal) -> Vec<Cell> {
    let days = |value: f64| Number::new(value, Kind::Days);
    let share = |value| Cell::Number(share(value));
    let stage = deal.stage.map(|stage| show.deals.stages.word(stage).to_owned());
    let usual = deal.usual.map(|usual| Forecasting::Usual(usual.map(days)));
    let amount = show.forecast.has_amounts.then_some(deal.amount);
    let risks = Forecasting::RisksOf(deal.risks.clone());
    vec![
        Cell::Name(show.deals.deals[deal.row].id.clone()),
        stage.map_or(Cell::Empty, Cell::Name),
        Cell::Number(days(deal.days)),
        usual.map_or(Cell::Empty, |usual| Phrase::from(usual).into()),
        Cell::number(amount, show.money()),
        share(deal.chance),
        share(deal.ever),
        deal.typed.map_or(Cell::Empty, share),
        deal.median.map_or(Cell::Empty, |at| day(at).into()),
        contact(show, deal),
        match deal.contact.aim {
            Aim::Stage(stage) => Cell::Name(show.deals.stages.word(u32::from(stage)).to_owned()),
            Aim::Order => AheadWord::Order.into(),
        },
        if deal.risks.is_empty() { Cell::Empty } else { Phrase::from(risks).into() },
    ]
}

/// The day of the next contact; the first day after the last known one is now.
fn contact(show: &Show, deal: &OpenDeal) -> Cell {
    let Some(at) = deal.contact.day else { return Cell::Empty };
    let day = date(at as i64).filter(|_| at > show.forecast.cut);
    Phrase::from(Ahead::Contact { day, from: deal.contact.from }).into()
}
