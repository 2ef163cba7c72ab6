//! The charts of a forecast: bookings that gather before the cut-off and after it, and how long
//! open deals have been in their stages.

use super::{Show, last_day};
use crate::records::deals::Deals;
use crate::report::block::{Kind, Number};
use crate::report::chart::{
    BarRow, BarsChart, Chart, ChartName, Line, LinesChart, Measure, NamedChart, Place, Spot, Tone,
};
use crate::report::phrase::{AheadWord, Caption, Finding, ForecastWord, Forecasting, Phrase};
use crate::study::forecast::deals::OpenDeal;
use crate::study::forecast::{FanDay, Forecast};

/// Days between two points of the fan.
const STEP: usize = 7;

/// Stages that the chart of ages shows.
const MOST_STAGES: usize = 12;

/// The charts of a forecast.
pub fn forecast_charts(forecast: &Forecast, deals: &Deals) -> Vec<NamedChart> {
    let show = Show { forecast, deals };
    let named =
        |name: ChartName, chart| NamedChart { file_stem: name.file_stem().to_owned(), chart };
    let fan = named(ChartName::Forecast, Chart::Lines(fan(&show)));
    vec![fan, named(ChartName::Aging, Chart::Bars(aging(&show)))]
}

fn fan(show: &Show) -> LinesChart {
    let Forecast { fan, options, has_amounts, .. } = show.forecast;
    let kind = if *has_amounts { show.money() } else { Kind::Count };
    // The last day of the horizon is always a point, and the cut-off is one too.
    let from_cut = |day: &FanDay| (day.day - show.forecast.cut).abs() as usize;
    let is_shown = |at: usize| from_cut(&fan[at]) % STEP == 0 || at + 1 == fan.len();
    let shown: Vec<&FanDay> =
        fan.iter().enumerate().filter(|(at, _)| is_shown(*at)).map(|(_, day)| day).collect();
    let place = |day: &&FanDay| Place { at: day.day, label: super::day(day.day - 1.0) };
    let spot = |day: &&FanDay| Some(Spot { value: day.sum.p50, ends: [day.sum.p10, day.sum.p90] });
    let total = show.forecast.total;
    let total = if *has_amounts { total.bookings } else { total.orders };
    let number = |value| Number::new(value, kind.clone());
    let sums = [total.p10, total.p50, total.p90].map(number);
    let subtitle: [Phrase; 2] =
        [Forecasting::FanBegins(last_day(show.forecast.cut)).into(), ForecastWord::BandIs.into()];
    LinesChart {
        name: ChartName::Forecast,
        title: Finding::Forecasting(Box::new(Forecasting::FanTitle(sums, options.days))),
        subtitle: subtitle.into(),
        kind,
        axis: ForecastWord::DayAxis.into(),
        places: shown.iter().map(place).collect(),
        lines: vec![Line { label: None, spots: shown.iter().map(spot).collect() }],
        has_zero: true,
        nothing: ForecastWord::NothingToDraw.into(),
    }
}

/// Where a deal stands in the usual time of its stage: under the middle, under the high, over, or
/// unknown.
fn part(deal: &OpenDeal) -> usize {
    match deal.usual {
        None => 3,
        Some([middle, _]) if deal.days <= middle => 0,
        Some([_, high]) if deal.days <= high => 1,
        Some(_) => 2,
    }
}

fn aging(show: &Show) -> BarsChart {
    let mut rows: Vec<(Option<u32>, Vec<f64>)> = Vec::new();
    for deal in &show.forecast.deals {
        let at = rows.iter().position(|row| row.0 == deal.stage).unwrap_or_else(|| {
            rows.push((deal.stage, vec![0.0; 4]));
            rows.len() - 1
        });
        rows[at].1[part(deal)] += 1.0;
    }
    let order = &show.forecast.stages;
    let place = |stage: u32| order.iter().position(|one| *one == stage).unwrap_or(order.len());
    rows.sort_by_key(|row| (row.0.map(place), row.0));
    rows.truncate(MOST_STAGES);
    let has_stages = rows.iter().any(|row| row.0.is_some());
    let label = |stage: Option<u32>| {
        let name = |stage| Phrase::Name(show.deals.stages.word(stage).to_owned());
        match stage {
            Some(stage) => name(stage),
            None if has_stages => AheadWord::NoStage.into(),
            None => ForecastWord::AllOpen.into(),
        }
    };
    let over = show.forecast.deals.iter().filter(|deal| part(deal) == 2).count() as u64;
    let all = show.forecast.deals.len() as u64;
    let parts = [
        (ForecastWord::UnderMiddle, Tone::Main),
        (ForecastWord::UnderHigh, Tone::Calm),
        (ForecastWord::OverHigh, Tone::Alarm),
        (ForecastWord::Unknown, Tone::Pale),
    ];
    let is_seen = rows.iter().any(|(_, parts)| parts[3] > 0.0);
    let parts = &parts[..if is_seen { 4 } else { 3 }];
    rows.iter_mut().for_each(|(_, of_row)| of_row.truncate(parts.len()));
    let row = |(stage, parts): (Option<u32>, Vec<f64>)| BarRow {
        label: label(stage),
        remark: None,
        note: [Some(Phrase::Number(super::deals_of(parts.iter().sum::<f64>() as u64))), None],
        parts,
    };
    BarsChart {
        name: ChartName::Aging,
        title: Finding::Forecasting(Box::new(Forecasting::AgingTitle(over, all))),
        subtitle: vec![if show.forecast.is_staged {
            ForecastWord::AgingOf.into()
        } else {
            AheadWord::OlderThanUsual.into()
        }],
        measure: Measure::Deals,
        parts: parts.iter().map(|(part, tone)| ((*part).into(), *tone)).collect(),
        rows: rows.into_iter().map(row).collect(),
        nothing: Caption::NoneOpen,
    }
}
