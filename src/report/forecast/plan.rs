//! The plan beside what came and what is expected.

use super::Show;
use super::tables::iso;
use crate::fit::season::date;
use crate::report::block::{Block, Cell, Column, Kind, Number, Table};
use crate::report::document::{Field, map};
use crate::report::phrase::{Ahead, AheadWord, ForecastWord, Forecasting, Phrase, share};
use crate::study::forecast::Forecast;
use crate::study::forecast::plan::{Coverage, PlanCheck, PlanRow};

/// The blocks of the plan; none where no plan was given.
pub(super) fn plan(show: &Show) -> Vec<Block> {
    let Some(check) = &show.forecast.plan else { return Vec::new() };
    if !check.of_orders && !show.forecast.has_amounts {
        return vec![Block::Line(AheadWord::PlanWithoutAmounts.into())];
    }
    let kind = kind(show, check);
    let mut blocks = vec![
        Block::Heading(Ahead::PlanHeading(check.of_orders).into()),
        Block::Table(table(check, &kind)),
    ];
    let line = |line: Ahead| Block::Line(line.into());
    if let Some(coverage) = &check.coverage {
        blocks.extend(coverage_lines(check, coverage, &kind).map(line));
    }
    let beyond = check.rows.iter().find(|row| row.whole.is_none());
    blocks.extend(beyond.and_then(|row| date(row.from as i64)).map(Ahead::MonthBeyond).map(line));
    blocks
}

fn kind(show: &Show, check: &PlanCheck) -> Kind {
    if check.of_orders { Kind::Count } else { show.money() }
}

fn table(check: &PlanCheck, kind: &Kind) -> Table {
    let mut table = Table::of([
        Column::untitled(),
        Column::numbers(AheadWord::Plan),
        Column::numbers(AheadWord::Fact),
        Column::numbers(AheadWord::Whole),
        Column::numbers(Phrase::Low(0.1)),
        Column::numbers(Phrase::Quantile("p50".to_owned())),
        Column::numbers(Phrase::High(0.1)),
        Column::numbers(AheadWord::ChanceOfPlan),
    ]);
    let name = |row: &PlanRow| {
        let named = |date| match row.months {
            1 => Phrase::from(Forecasting::MonthFrom(date)),
            _ => Ahead::QuarterFrom(date).into(),
        };
        date(row.from as i64).map_or(ForecastWord::Undated.into(), named)
    };
    let row = |row: &PlanRow| {
        let number = |value| Cell::number(value, kind.clone());
        vec![
            name(row).into(),
            row.plan.map_or_else(|| AheadWord::NoPlan.into(), |plan| number(Some(plan))),
            number(Some(row.fact)),
            Cell::Empty,
            number(row.whole.map(|whole| whole.p10)),
            number(row.whole.map(|whole| whole.p50)),
            number(row.whole.map(|whole| whole.p90)),
            Cell::number(row.chance, Kind::Share),
        ]
    };
    table.rows = check.rows.iter().map(row).collect();
    table
}

fn coverage_lines(check: &PlanCheck, found: &Coverage, kind: &Kind) -> [Ahead; 2] {
    let number = |value| Number::new(value, kind.clone());
    let is_orders = check.of_orders;
    let needed = if found.needed[1] == 0.0 {
        AheadWord::NeedsNothing.into()
    } else if found.needed[1].is_finite() {
        Ahead::Needed { is_orders, needed: found.needed.map(number), there: number(found.there) }
    } else {
        Ahead::NeedsMore(share(found.without))
    };
    let line = Ahead::Coverage {
        is_orders,
        until: date(found.until as i64 - 1),
        plan: number(found.plan),
        fact: number(found.fact),
        chance: share(found.chance),
        draws: check.draws,
    };
    [line, needed]
}

/// plan.csv: one row for each month and quarter.
pub fn forecast_plan_table(forecast: &Forecast) -> Option<Table> {
    let check = forecast.plan.as_ref().filter(|one| one.of_orders || forecast.has_amounts)?;
    let mut table = Table::new(&[
        "what", "period", "from", "until", "#plan", "#fact", "#p10", "#p50", "#p90", "#chance",
        "#n",
    ]);
    let row = |row: &PlanRow| {
        vec![
            Cell::text(if check.of_orders { "orders" } else { "bookings" }),
            Cell::text(if row.months == 1 { "month" } else { "quarter" }),
            iso(row.from),
            iso(row.until),
            Cell::plain(row.plan),
            Cell::Plain(row.fact),
            Cell::plain(row.whole.map(|whole| whole.p10)),
            Cell::plain(row.whole.map(|whole| whole.p50)),
            Cell::plain(row.whole.map(|whole| whole.p90)),
            Cell::plain(row.chance),
            Cell::Whole(check.draws as u64),
        ]
    };
    table.rows = check.rows.iter().map(row).collect();
    Some(table)
}

/// The open deals that the plan needs, in the document.
pub(super) fn coverage_field(forecast: &Forecast) -> Field {
    let check = forecast.plan.as_ref().filter(|one| one.of_orders || forecast.has_amounts);
    let Some(found) = check.and_then(|check| check.coverage) else { return Field::Missing };
    let day = |day: f64| Field::from(date(day as i64).map(|date| date.to_string()));
    let finite = |value: f64| Field::from(Some(value).filter(|value| value.is_finite()));
    map([
        ("from", day(found.from)),
        ("until", day(found.until)),
        ("plan", found.plan.into()),
        ("fact", found.fact.into()),
        ("chance", found.chance.into()),
        ("needed", finite(found.needed[1])),
        ("needed_low", finite(found.needed[0])),
        ("needed_high", finite(found.needed[2])),
        ("open", found.there.into()),
        ("n", forecast.options.draws.into()),
    ])
}
