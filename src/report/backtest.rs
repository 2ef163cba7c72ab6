//! A backtest: how far past forecasts missed, beside the simple methods.

use super::block::{Block, Cell, Column, Kind, Table};
use super::chart::{Chart, ChartName, Line, LinesChart, NamedChart, Place, Spot};
use super::document::{Field, Written, files, map};
use super::forecast::day;
use super::phrase::{Finding, ForecastMethod, ForecastWord, Forecasting, Phrase, Subject, share};
use crate::fit::season::date;
use crate::study::backtest::{Backtest, FEWEST_CUTS, Score, Trial, score};

/// The screen of a backtest.
pub fn backtest(backtest: &Backtest) -> Vec<Block> {
    let line = |line: Forecasting| Block::Line(line.into());
    let horizons = &backtest.options.horizons;
    let cuts: Vec<(usize, usize)> =
        horizons.iter().map(|days| (*days, backtest.cuts(*days))).collect();
    let scores = score(backtest);
    if scores.is_empty() {
        return vec![line(ForecastWord::NoCuts.into())];
    }
    let mut blocks = vec![line(Forecasting::BacktestTitle(cuts.clone()))];
    blocks.extend(horizons.iter().filter_map(|days| missed(&scores, *days)).map(line));
    blocks.push(Block::Table(scores_for_people(&scores)));
    for days in horizons {
        let chances = backtest.chances.iter().filter(|one| one.horizon == *days);
        let deals = chances.map(|one| one.deals).sum();
        blocks.extend(
            backtest.brier(*days).map(|[ours, overall]| {
                line(Forecasting::Brier { days: *days, ours, overall, deals })
            }),
        );
    }
    let fewest = cuts.iter().map(|cut| cut.1).min().unwrap_or(0);
    blocks.extend((fewest < FEWEST_CUTS).then(|| line(Forecasting::FewCuts(fewest))));
    blocks
}

/// The subject that people look at: bookings of all deals, or orders where no amounts are known.
fn main_subject(scores: &[Score]) -> Subject {
    let has = |subject| scores.iter().any(|score| score.subject == subject);
    if has(Subject::AllBookings) { Subject::AllBookings } else { Subject::AllOrders }
}

fn missed(scores: &[Score], days: usize) -> Option<Forecasting> {
    let subject = main_subject(scores);
    let of = |method| {
        let is = |score: &&Score| {
            score.horizon == days && score.subject == subject && score.method == method
        };
        scores.iter().find(is).map(|score| share(score.error))
    };
    let error = of(ForecastMethod::Forecast)?;
    Some(Forecasting::Missed { days, error, last: of(ForecastMethod::LastPeriod) })
}

fn scores_for_people(scores: &[Score]) -> Table {
    let mut table = Table::of([
        Column::words(ForecastWord::Horizon),
        Column::words(ForecastWord::What),
        Column::words(ForecastWord::How),
        Column::numbers(Phrase::Name("n".to_owned())),
        Column::numbers(ForecastWord::Error),
        Column::numbers(ForecastWord::Bias),
        Column::numbers(ForecastWord::Coverage),
        Column::numbers(ForecastWord::Width),
        Column::numbers(ForecastWord::Score),
    ]);
    let share_of = |value: Option<f64>| Cell::number(value, Kind::Share);
    table.rows = scores
        .iter()
        .map(|score| {
            vec![
                Forecasting::Days(score.horizon).into(),
                Forecasting::Subject(score.subject).into(),
                Forecasting::Method(score.method).into(),
                Cell::count(score.n as f64),
                share_of(Some(score.error)),
                share_of(Some(score.bias)),
                share_of(score.coverage),
                share_of(score.width),
                share_of(Some(score.crps)),
            ]
        })
        .collect();
    table.drop_empty();
    table
}

/// The word of a subject in tables.
fn subject_word(subject: Subject) -> &'static str {
    match subject {
        Subject::OpenOrders => "open_orders",
        Subject::OpenBookings => "open_bookings",
        Subject::AllOrders => "all_orders",
        Subject::AllBookings => "all_bookings",
    }
}

/// The word of a method in tables.
fn method_word(method: ForecastMethod) -> &'static str {
    match method {
        ForecastMethod::Forecast => "forecast",
        ForecastMethod::Model => "model_alone",
        ForecastMethod::LastPeriod => "last_period",
        ForecastMethod::Crm => "crm",
        ForecastMethod::CountTimesMean => "count_times_mean",
    }
}

/// backtest.csv: one row for each cut-off, horizon, subject and method.
pub fn backtest_table(backtest: &Backtest) -> Table {
    let mut table = Table::new(&[
        "last_day",
        "#horizon_days",
        "what",
        "method",
        "#p10",
        "#p50",
        "#p90",
        "#came",
        "#error",
        "#crps",
    ]);
    let row = |trial: &Trial| {
        let last = date(trial.cut.ceil() as i64 - 1);
        vec![
            last.map_or(Cell::Empty, |date| Cell::Text(date.to_string())),
            Cell::Whole(trial.horizon as u64),
            Cell::text(subject_word(trial.subject)),
            Cell::text(method_word(trial.method)),
            Cell::Plain(trial.said.p10),
            Cell::Plain(trial.said.p50),
            Cell::Plain(trial.said.p90),
            Cell::Plain(trial.came),
            Cell::plain((trial.came > 0.0).then(|| trial.said.p50 / trial.came - 1.0)),
            Cell::Plain(trial.crps),
        ]
    };
    table.rows = backtest.trials.iter().map(row).collect();
    table
}

/// The scores of all methods, for other programs.
fn scores_table(scores: &[Score]) -> Table {
    let mut table = Table::new(&[
        "#horizon_days",
        "what",
        "method",
        "#n",
        "#mean_error",
        "#bias",
        "#coverage",
        "#width",
        "#crps",
    ]);
    let row = |score: &Score| {
        vec![
            Cell::Whole(score.horizon as u64),
            Cell::text(subject_word(score.subject)),
            Cell::text(method_word(score.method)),
            Cell::Whole(score.n as u64),
            Cell::Plain(score.error),
            Cell::Plain(score.bias),
            Cell::plain(score.coverage),
            Cell::plain(score.width),
            Cell::Plain(score.crps),
        ]
    };
    table.rows = scores.iter().map(row).collect();
    table
}

/// The document of a backtest.
pub fn backtest_document(backtest: &Backtest, file: &str, beside: &[Written]) -> Field {
    let brier = backtest.options.horizons.iter().filter_map(|days| {
        let [ours, overall] = backtest.brier(*days)?;
        let entries = [
            ("horizon_days", (*days).into()),
            ("forecast", ours.into()),
            ("overall_win_rate", overall.into()),
        ];
        Some(map(entries))
    });
    map([
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("file", file.into()),
        ("currency", backtest.currency.clone().into()),
        ("draws", backtest.options.draws.into()),
        ("seed", backtest.options.seed.into()),
        ("scores", scores_table(&score(backtest)).into()),
        ("brier", brier.collect()),
        ("trials", backtest_table(backtest).into()),
        ("files", files(beside)),
    ])
}

/// One chart for each horizon with at least two cut-offs: what was said, and what came.
pub fn backtest_charts(backtest: &Backtest) -> Vec<NamedChart> {
    let scores = score(backtest);
    let subject = main_subject(&scores);
    let chart = |days: &usize| {
        let trials: Vec<&Trial> = backtest
            .trials
            .iter()
            .filter(|one| one.horizon == *days && one.subject == subject)
            .filter(|one| one.method == ForecastMethod::Forecast)
            .collect();
        let missed = missed(&scores, *days).filter(|_| trials.len() > 1)?;
        let chart = Chart::Lines(lines(backtest, &trials, subject, missed));
        Some(NamedChart {
            file_stem: format!("{}-{days}d", ChartName::Backtest.file_stem()),
            chart,
        })
    };
    backtest.options.horizons.iter().filter_map(chart).collect()
}

fn lines(
    backtest: &Backtest,
    trials: &[&Trial],
    subject: Subject,
    missed: Forecasting,
) -> LinesChart {
    let currency = backtest.currency.clone().unwrap_or_default();
    let place = |trial: &&Trial| Place { at: trial.cut, label: day(trial.cut.ceil() - 1.0) };
    let said =
        |one: &&Trial| Some(Spot { value: one.said.p50, ends: [one.said.p10, one.said.p90] });
    let came = |one: &&Trial| Some(Spot { value: one.came, ends: [one.came; 2] });
    let line = |label: ForecastWord, spots| Line { label: Some(label.into()), spots };
    LinesChart {
        name: ChartName::Backtest,
        title: Finding::Forecasting(Box::new(missed)),
        subtitle: vec![Forecasting::LinesAre(subject).into()],
        kind: if subject.is_money() { Kind::Money(currency) } else { Kind::Count },
        axis: ForecastWord::DayAxis.into(),
        places: trials.iter().map(place).collect(),
        lines: vec![
            line(ForecastWord::Said, trials.iter().map(said).collect()),
            line(ForecastWord::Came, trials.iter().map(came).collect()),
        ],
        has_zero: true,
        nothing: ForecastWord::NothingToDraw.into(),
    }
}
