//! What a sweep says, in English.

use super::rows;
use super::screen::span;
use crate::render::words::piece::{Piece, capital, code, name, pieces};
use crate::render::words::plural::english as plural;
use crate::report::phrase::{FigureName, Per, Stat, Swept};

pub(super) fn swept(swept: &Swept) -> Vec<Piece> {
    match swept {
        Swept::Title { model, span, points } => {
            let word = plural(*points as u64, ["point", "points"]);
            pieces![name(model), format!("— {}, {points} {word}", self::span(*span))]
        }
        Swept::Figure(of) => figure(of),
        Swept::RowsAndColumns(rows, columns) => pieces![name(&format!("{rows} \\ {columns}"))],
        Swept::MorePoints(count) => {
            let word = plural(*count as u64, ["more point is", "more points are"]);
            pieces![format!("{count} {word} in"), code("--format csv"), "and in", code("-o DIR")]
        }
        Swept::BestHeading => pieces!["Which values are best"],
        Swept::FigureColumn => pieces!["figure"],
        Swept::BestAt(path) => pieces!["best", name(path)],
        Swept::ValueThere => pieces!["figure there"],
        Swept::AsGood => pieces!["not worse beyond chance"],
        Swept::Points(points, more) => {
            let list = name(&points.join(", "));
            if *more > 0 { pieces![list, format!("and {more} more")] } else { pieces![list] }
        }
        Swept::NoPoint => pieces!["none"],
        Swept::SettlesColumn => pieces!["where it levels off"],
        Swept::From(value) => pieces!["from", name(value), "on"],
        Swept::LastStep(change) => pieces!["not yet, last step", change],
        Swept::NoChange => pieces!["does not change beyond chance"],
        Swept::ParetoHeading => pieces![
            "Best compromises: no other point is better in one figure and as good in the others"
        ],
        Swept::Alike => pieces!["the same but for chance"],
        Swept::NoObjective => pieces!["The model has none of the figures of", code("--pareto")],
        Swept::LeftOut { point, problem } => {
            pieces!["Left out:", name(point), "—", super::findings::message_of(problem).title]
        }
        Swept::MoreLeftOut(count) => {
            let word = plural(*count as u64, ["more point is", "more points are"]);
            pieces![format!("{count} {word} left out.")]
        }
        Swept::Certainty { level, replications, seed } => pieces![
            "± is the error of the simulation at",
            level,
            format!(
                "({replications} replications at each point, all with the same random numbers, seed {seed}). \
                 Points are compared in pairs of replications; all comparisons together hold at"
            ),
            level,
            ".",
        ],
        Swept::Exact => pieces!["Figures without ± are computed without simulation."],
        Swept::Solved => pieces![
            "All figures are computed without simulation. For quantiles, and for the spread over \
             replications, add",
            code("--simulate"),
            "."
        ],
        Swept::Best { figure, value, point, up, sure } => {
            let extreme = if *up { "is highest at" } else { "is lowest at" };
            let mut words = capital(self::figure(figure));
            words.extend(pieces![extreme, name(&format!("{point}:")), value]);
            if !sure {
                words.extend(pieces![", not beyond chance"]);
            }
            words
        }
        Swept::Flat(figure) => {
            let mut words = capital(self::figure(figure));
            words.push("does not change beyond chance".into());
            words
        }
        Swept::FlatFrom(figure, point) => {
            let mut words = capital(self::figure(figure));
            words.extend(pieces!["does not change beyond chance from", name(point), "on"]);
            words
        }
        Swept::Between { figure, least, most } => {
            let mut words = capital(self::figure(figure));
            words.extend(pieces!["is between", least, "and", most]);
            words
        }
        Swept::Interval { level, band } => {
            let what = if *band { "The band is" } else { "The thin lines are" };
            pieces![what, "the interval at", level, "of each point."]
        }
        Swept::DarkIsBetter => pieces!["Darker is better."],
        Swept::DarkIsMore => pieces!["Darker is more."],
        Swept::NoValues => pieces!["No point has a value"],
    }
}

pub(super) fn figure(figure: &FigureName) -> Vec<Piece> {
    let FigureName { statistic, thing } = figure;
    let kpi = statistic.kpi.name().replace('_', " ");
    let is_mean = statistic.stat == Stat::Mean && statistic.kpi.is_duration();
    let mut words = if is_mean { pieces![format!("mean {kpi}")] } else { pieces![kpi] };
    if statistic.per == Some(Per::Month) {
        words.push("per month".into());
    }
    if let Some(thing) = thing {
        words.push(",".into());
        words.extend(rows::thing(thing));
    }
    words
}
