//! A forecast as one document.

use super::limits::limits;
use super::plan::coverage_field;
use super::{
    Show, deals_table, forecast_cash_table, forecast_demand_table, forecast_plan_table,
    forecast_table, last_day,
};
use crate::records::deals::Deals;
use crate::report::document::{Field, Written, files, map};
use crate::report::phrase::Season;
use crate::study::forecast::{Forecast, Refused};

/// The word of a season in documents.
fn word(season: Season) -> &'static str {
    match season {
        Season::None => "none",
        Season::MonthOfQuarter => "month_of_quarter",
        Season::MonthOfYear => "month_of_year",
    }
}

/// The document of a forecast; `file` is how the export was named, and `beside` lists the files
/// that were written with it.
pub fn forecast_document(
    forecast: &Forecast,
    deals: &Deals,
    file: &str,
    beside: &[Written],
) -> Field {
    let show = Show { forecast, deals };
    let refused =
        |one: &Refused| map([("reason", one.reason.clone().into()), ("deals", one.deals.into())]);
    let calibration = |of: &crate::fit::calibration::Calibration| {
        map([("bias", of.bias.into()), ("spread", of.spread.into()), ("n", of.n.into())])
    };
    let choice = &forecast.choice;
    let before = choice.before.map(|before| {
        map([
            ("orders", before.orders.into()),
            ("weight", before.weight.into()),
            ("n", before.n.into()),
            ("factor", forecast.factor.into()),
        ])
    });
    let limits = limits(forecast, &show.money()).into_iter().map(Field::from);
    map([
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("file", file.into()),
        ("currency", deals.currency.clone().into()),
        ("last_day", last_day(forecast.cut).map(|date| date.to_string()).into()),
        ("horizon_days", forecast.options.days.into()),
        ("draws", forecast.options.draws.into()),
        ("seed", forecast.options.seed.into()),
        ("wins", forecast.closed[0].into()),
        ("losses", forecast.closed[1].into()),
        ("season", word(choice.season).into()),
        ("correction_open", calibration(&choice.open)),
        ("correction_new", calibration(&choice.new)),
        ("season_before", before.unwrap_or(Field::Missing)),
        ("forecast", forecast_table(forecast).into()),
        ("deals", deals_table(forecast, deals).into()),
        ("plan", forecast_plan_table(forecast).into()),
        ("coverage", coverage_field(forecast)),
        ("cash", forecast_cash_table(forecast).into()),
        ("demand", forecast_demand_table(forecast).into()),
        ("refused", forecast.refused.iter().map(refused).collect()),
        ("limits", limits.collect()),
        ("files", files(beside)),
    ])
}
