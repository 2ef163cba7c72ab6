//! How a forecast was corrected, and where its data are too few.

use super::super::block::{Kind, Number};
use super::super::phrase::{Ahead, ByModel, Forecasting, Phrase, Season, days, share};
use super::last_day;
use crate::study::forecast::Forecast;
use crate::study::forecast::by_model::Assumed;
use crate::study::forecast::notes::Note;

/// A season moves the total by less than this: nothing is said.
const NOTHING: f64 = 0.005;

/// What people typed beside what the forecast says.
pub(super) fn typed(forecast: &Forecast, money: &Kind) -> Vec<Forecasting> {
    let Some(typed) = forecast.typed else { return Vec::new() };
    let number = |value| Number::new(value, money.clone());
    let chances = (typed.deals > 0).then(|| Forecasting::TypedChances {
        deals: typed.deals,
        typed: number(typed.typed),
        ours: number(typed.ours),
    });
    let ends = (typed.planned_deals > 0).then(|| Forecasting::PlannedEnds {
        deals: typed.planned_deals,
        planned: number(typed.planned[0]),
        ours: number(typed.planned[1]),
    });
    chances.into_iter().chain(ends).collect()
}

/// The corrections and the limits.
pub(super) fn limits(forecast: &Forecast, money: &Kind) -> Vec<Phrase> {
    let mut lines: Vec<Phrase> = Vec::new();
    let choice = &forecast.choice;
    if choice.open.is_calibrated() {
        let by = share(libm::exp(choice.open.bias) - 1.0);
        lines.push(Forecasting::Corrected { past: choice.open.n, by }.into());
    }
    if choice.season != Season::None {
        lines.push(Forecasting::SeasonChosen(choice.season).into());
    }
    if let Some(before) = choice.before.filter(|_| (forecast.factor - 1.0).abs() > NOTHING) {
        let (by, weight) = (share(forecast.factor - 1.0), share(before.weight));
        lines.push(Forecasting::Moved { by, weight }.into());
    }
    lines.extend(forecast.notes.iter().map(|note| limit(note, money)));
    let [wins, losses] = forecast.closed;
    let (draws, seed) = (forecast.options.draws, forecast.options.seed);
    let is_by_model = forecast.notes.contains(&Note::ByModel(Assumed::Model));
    lines.push(if is_by_model {
        Forecasting::ByModel(ByModel::Draws(draws, seed)).into()
    } else {
        Forecasting::Certainty { draws, seed, wins, losses }.into()
    });
    lines
}

fn limit(note: &Note, money: &Kind) -> Phrase {
    let line = match note {
        Note::Few { wins, losses } => Forecasting::Few(*wins, *losses),
        Note::Unproven { history, horizon } => {
            Forecasting::Unproven(days(*history), *horizon as usize)
        }
        Note::NotCalibrated { past } => Forecasting::NotCalibrated(*past),
        Note::SeasonSeenOnce => Forecasting::SeasonSeenOnce,
        Note::Undated(undated) => {
            let amount = (undated.amount > 0.0).then(|| Number::new(undated.amount, money.clone()));
            Forecasting::LeftOut(undated.open, amount, undated.closed)
        }
        Note::Leak { column, empty } if column.is_empty() => {
            Forecasting::AmountLeak([share(empty.open), share(empty.closed)])
        }
        Note::Leak { column, empty } => {
            Forecasting::Leak(column.clone(), [share(empty.open), share(empty.closed)])
        }
        Note::AmountsOfWins => Forecasting::AmountsOfWins,
        Note::NoAmounts => Forecasting::NoAmounts,
        Note::NoClosings => Forecasting::NoClosings,
        Note::ByModel(assumed) => Forecasting::ByModel(by_model(assumed, money)),
        Note::Agreed(agreed) => {
            let mut ratio = share(agreed.ratio);
            ratio.half_width = Some(agreed.half_width);
            return Ahead::Agreed(ratio, agreed.n).into();
        }
        Note::Segment(column) => return Ahead::Segment(column.clone()).into(),
        Note::AtLater { asked, used } => {
            return Ahead::AtLater([*asked, *used].map(last_day)).into();
        }
    };
    line.into()
}

fn by_model(assumed: &Assumed, money: &Kind) -> ByModel {
    match assumed {
        Assumed::Model => ByModel::Trusted,
        Assumed::Stageless(deals, amount) => {
            let sum = || Number::new(*amount, money.clone());
            ByModel::Stageless(*deals, (*amount > 0.0).then(sum))
        }
        Assumed::HalfOfAge(deals) => ByModel::HalfOfAge(*deals),
        Assumed::AlreadySold(deals) => ByModel::AlreadySold(*deals),
        Assumed::OtherWord(attribute, deals) => ByModel::OtherWord(attribute.clone(), *deals),
        Assumed::OtherSource(deals) => ByModel::OtherSource(*deals),
        Assumed::Overdue(deals) => ByModel::Overdue(*deals),
        Assumed::NoFacts => ByModel::NoFacts,
        Assumed::EarlierPayments => ByModel::EarlierPayments,
    }
}
