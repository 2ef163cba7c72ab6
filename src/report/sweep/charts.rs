//! The charts of a sweep: a line along one axis, or a heat map over two.

use super::{at, changes, matrix_axes, name, number, shown};
use crate::kpi::{Direction, Key, Kpi};
use crate::report::block::{Kind, Number};
use crate::report::chart::{
    Chart, ChartName, HeatChart, Line, LinesChart, NamedChart, Place, Spot,
};
use crate::report::phrase::{Caption, Finding, Phrase, Span, Swept, Thing, share};
use crate::study::sweep::{Axis, Compared, Settles, Sweep};

/// One chart for each main KPI, where one axis of numbers varies or the points are a grid of two;
/// else none.
pub fn sweep_charts(sweep: &Sweep) -> Vec<NamedChart> {
    let mut charts = Vec::new();
    match (&sweep.axes[..], matrix_axes(sweep)) {
        ([axis], _) if axis.is_ordered() && sweep.points.len() > 1 => {
            for kpi in kpis(sweep) {
                let chart = Chart::Lines(lines(sweep, axis, kpi));
                charts.push(NamedChart { file_stem: file_stem(kpi, None), chart });
            }
        }
        (_, Some([rows, columns])) => {
            for kpi in kpis(sweep) {
                let of_kpi = figures(sweep, kpi);
                for (number, compared) in of_kpi.iter().enumerate() {
                    let number = (of_kpi.len() > 1).then_some(number + 1);
                    let chart = Chart::Heat(heat(sweep, compared, rows, columns));
                    charts.push(NamedChart { file_stem: file_stem(kpi, number), chart });
                }
            }
        }
        _ => {}
    }
    charts
}

/// As `sweep-win-rate`; of several roles each has a number.
fn file_stem(kpi: Kpi, number: Option<usize>) -> String {
    let number = number.map(|number| format!("-{number}")).unwrap_or_default();
    format!("sweep-{}{number}", kpi.name().replace('_', "-"))
}

fn kpis(sweep: &Sweep) -> Vec<Kpi> {
    let mut kpis: Vec<Kpi> = shown(sweep).map(|compared| compared.key.kpi).collect();
    kpis.dedup();
    kpis
}

fn figures(sweep: &Sweep, kpi: Kpi) -> Vec<&Compared> {
    shown(sweep).filter(|compared| compared.key.kpi == kpi).collect()
}

fn lines(sweep: &Sweep, axis: &Axis, kpi: Kpi) -> LinesChart {
    let compared = figures(sweep, kpi);
    let line = |one: &&Compared| {
        let spot = |at: usize| {
            let Number { value, half_width, .. } = number(sweep, &one.key, at)?;
            Some(Spot::around(value, half_width.unwrap_or(0.0)))
        };
        let thing = Thing::of(&one.key, &sweep.program);
        let label = thing.filter(|_| compared.len() > 1).map(Phrase::Thing);
        Line { label, spots: (0..sweep.points.len()).map(spot).collect() }
    };
    let place = |point: &crate::study::sweep::Point| {
        let value = &point.values[0];
        axis.position(value).map(|at| Place { at, label: Phrase::Name(value.clone()) })
    };
    let level = share(sweep.options.figures.level);
    let band = Swept::Interval { level, band: compared.len() == 1 };
    let subtitle = vec![band.into(), seen(sweep)];
    LinesChart {
        name: ChartName::Sweep,
        title: finding(sweep, &compared),
        subtitle,
        kind: kind(sweep, &compared[0].key),
        axis: Phrase::Name(axis.path.clone()),
        places: sweep.points.iter().filter_map(place).collect(),
        lines: compared.iter().map(line).collect(),
        has_zero: false,
        nothing: Swept::NoValues.into(),
    }
}

fn heat(sweep: &Sweep, compared: &Compared, rows: &Axis, columns: &Axis) -> HeatChart {
    let key = &compared.key;
    let cell = |row: &String, column: &String| number(sweep, key, at(sweep, row, column)?);
    let cells = |row: &String| columns.values.iter().map(|column| cell(row, column)).collect();
    let least_is_dark = key.good() == Direction::Down;
    let dark =
        if key.good() == Direction::Neither { Swept::DarkIsMore } else { Swept::DarkIsBetter };
    let subtitle = vec![dark.into(), seen(sweep)];
    HeatChart {
        title: finding(sweep, &[compared]),
        subtitle,
        axes: [rows, columns].map(|axis| Phrase::Name(axis.path.clone())),
        rows: rows.values.clone(),
        columns: columns.values.clone(),
        cells: rows.values.iter().map(cells).collect(),
        least_is_dark,
        nothing: Swept::NoValues.into(),
    }
}

fn seen(sweep: &Sweep) -> Phrase {
    let span = Span::of(&sweep.program);
    let replications = sweep.options.replications;
    let seen = Caption::Seen { span, replications };
    if sweep.simulated { seen } else { Caption::Solved(span) }.into()
}

fn kind(sweep: &Sweep, key: &Key) -> Kind {
    Kind::of(key.unit(), &sweep.program.currency)
}

/// What a chart of these figures of one KPI shows.
fn finding(sweep: &Sweep, compared: &[&Compared]) -> Finding {
    let first = compared[0];
    let figure = name(sweep, &first.key);
    let plain = |value: f64| Number::new(value, kind(sweep, &first.key));
    let alone = compared.len() == 1;
    let settles = first.settles.filter(|_| alone);
    let swept = match (&first.best, settles) {
        (_, Some(Settles::Flat)) => Swept::Flat(figure),
        (_, Some(Settles::From(at))) => {
            Swept::FlatFrom(figure, changes(&sweep.axes, &sweep.points[at].values))
        }
        (Some(best), _) if alone => Swept::Best {
            figure,
            value: plain(sweep.points[best.at].value(&first.key).unwrap_or(f64::NAN)),
            point: changes(&sweep.axes, &sweep.points[best.at].values),
            up: first.key.good() == Direction::Up,
            sure: best.rivals.is_empty(),
        },
        _ => {
            let values = compared
                .iter()
                .flat_map(|one| sweep.points.iter().filter_map(|point| point.value(&one.key)));
            let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
            let thing = figure.thing.filter(|_| alone);
            let least = values.iter().copied().reduce(f64::min);
            match (least, values.iter().copied().reduce(f64::max)) {
                (Some(least), Some(most)) => Swept::Between {
                    figure: crate::report::phrase::FigureName { thing, ..figure },
                    least: plain(least),
                    most: plain(most),
                },
                _ => Swept::NoValues,
            }
        }
    };
    Finding::Swept(Box::new(swept))
}
