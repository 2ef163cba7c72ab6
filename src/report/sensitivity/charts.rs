//! The tornado of each figure.

use super::{changed, number, titled};
use crate::report::block::Number;
use crate::report::chart::{Chart, NamedChart, TornadoBar, TornadoChart, TornadoEnd};
use crate::report::monthly::name;
use crate::report::phrase::{Caption, Finding, Phrase, Sensing, Span, share};
use crate::study::difference::Verdict;
use crate::study::sensitivity::{Bar, Sensitivity};

/// Bars of a picture.
const MOST_BARS: usize = 12;

/// One chart for each figure that was asked for.
pub fn sensitivity_charts(found: &Sensitivity) -> Vec<NamedChart> {
    let chart = |at: usize| {
        let kpi = found.figures[at].key.kpi.name().replace('_', "-");
        let chart = Chart::Tornado(tornado(found, at));
        NamedChart { file_stem: format!("tornado-{kpi}"), chart }
    };
    (0..found.objectives).map(chart).collect()
}

fn tornado(found: &Sensitivity, at: usize) -> TornadoChart {
    let base = &found.figures[at];
    let ranked = found.ranked(at);
    let figure = name(&found.program, &base.key);
    // Loss reasons are halved, which is more than what is done to the others.
    let first = ranked.iter().find(|bar| !bar.parameter.is_reason()).or(ranked.first());
    let title = match first {
        None => Sensing::Nothing(figure),
        Some(bar) => {
            let [less, more] = bar.ends.each_ref().map(|end| {
                let (end, _) = end.as_ref()?.certain(at)?;
                let change = changed(found, end, at)?;
                Some(Number { half_width: None, ..change })
            });
            let parameter = titled(&bar.parameter, &found.program);
            let beside_reasons = ranked.first().is_some_and(|most| most.parameter != bar.parameter);
            Sensing::Most { figure, parameter, less, more, beside_reasons }
        }
    };
    let now = number(found, &base.key, &base.value, !base.exact, false);
    let now = now.map(|now| Sensing::Base(name(&found.program, &base.key), now).into());
    let span = Span::of(&found.program);
    let replications = found.options.replications;
    let seen = Caption::Seen { span, replications };
    let seen = if found.simulated { seen } else { Caption::Solved(span) };
    let mut subtitle: Vec<Phrase> = now.into_iter().collect();
    subtitle.push(Sensing::Bars(share(found.options.figures.level)).into());
    subtitle.push(seen.into());
    TornadoChart {
        title: Finding::Sensing(Box::new(title)),
        subtitle,
        bars: ranked.iter().take(MOST_BARS).map(|bar| drawn(found, bar, at)).collect(),
        nothing: Sensing::NoGain.into(),
    }
}

fn drawn(found: &Sensitivity, bar: &Bar, at: usize) -> TornadoBar {
    let end = |end: &Option<crate::study::sensitivity::Effect>| {
        let end = end.as_ref()?;
        let change = changed(found, end, at)?;
        let verdict = end.changes[at].as_ref()?.verdict;
        Some(TornadoEnd {
            change: Number { half_width: None, ..change.clone() },
            half_width: change.half_width.unwrap_or(0.0),
            shift: Sensing::Ends([Some(end.shift.clone()), None]).into(),
            better: match verdict {
                Verdict::Better => Some(true),
                Verdict::Worse => Some(false),
                Verdict::Changed | Verdict::NotBeyondChance => None,
            },
        })
    };
    TornadoBar {
        label: Sensing::Parameter(titled(&bar.parameter, &found.program)).into(),
        ends: bar.ends.each_ref().map(end),
    }
}
