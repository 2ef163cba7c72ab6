//! What the charts of a comparison say.

use super::{Language, sweep};
use crate::render::words::piece::{Piece, capital, name, pieces};
use crate::render::words::plural::russian as plural;
use crate::report::phrase::difference::Verdict;
use crate::report::phrase::{Changes, Contrast, Sum};

#[allow(clippy::too_many_lines)] // one arm per line of a chart: a table
pub(super) fn contrast(contrast: &Contrast) -> Vec<Piece> {
    match contrast {
        Contrast::Differences(all) => {
            let mut words = Vec::new();
            for (at, changes) in all.iter().enumerate() {
                words.extend(pieces![";"].into_iter().filter(|_| at > 0));
                words.extend(self::changes(changes));
            }
            capital(words)
        }
        Contrast::NoDifference => pieces!["Все различия — в пределах случайности"],
        Contrast::Relative { base, other, level, compared, replications } => {
            let runs = plural(*replications, ["прогон", "прогона", "прогонов"]);
            let figures = plural(*compared as u64, ["показателя", "показателей", "показателей"]);
            pieces![
                "Вариант",
                name(&format!("«{other}»")),
                "против базы",
                name(&format!("«{base}»:")),
                "разница в % и её интервал при уровне доверия",
                level,
                format!(
                    ". Цвет — вывод, верный для всех {compared} {figures} вместе; {replications} {runs} каждой модели."
                ),
            ]
        }
        Contrast::NotDrawn(count) => {
            let figures = plural(*count as u64, ["показатель", "показателя", "показателей"]);
            pieces![format!("Не показано: {count} {figures} без относительной разницы.")]
        }
        Contrast::Gathered { of, other, amount, more } => {
            let more = if *more { "больше базы" } else { "меньше базы" };
            let mut words = pieces!["К концу периода вариант"];
            words.extend(quoted(other.as_deref()));
            let does = match of {
                Sum::Bookings => "продаёт на",
                Sum::Profit => "зарабатывает на",
            };
            words.extend(pieces![does, amount, more]);
            words
        }
        Contrast::GatheredAlike(Sum::Bookings) => {
            pieces!["К концу периода сумма продаж отличается только в пределах случайности"]
        }
        Contrast::GatheredAlike(Sum::Profit) => {
            pieces!["К концу периода прибыль отличается только в пределах случайности"]
        }
        Contrast::Since { of, base, other, level, replications } => {
            let what = match of {
                Sum::Bookings => "сумма продаж",
                Sum::Profit => "прибыль",
            };
            let (who, interval) = match other {
                Some(other) => (name(&format!("«{other}»")), "Полоса"),
                None => ("Варианты".into(), "Тонкие линии"),
            };
            let base = name(&format!("«{base}»:"));
            let runs = plural(*replications, ["прогон", "прогона", "прогонов"]);
            pieces![
                who,
                "минус база",
                base,
                format!("{what} с начала периода. {interval} — интервал при уровне доверия"),
                level,
                format!("({replications} {runs} каждой модели)."),
            ]
        }
        Contrast::Reached { stage, base, share, other } => {
            let mut words = match stage {
                Some(stage) => pieces!["До этапа", name(stage), "доходит"],
                None => pieces!["Выиграно"],
            };
            words.extend(pieces![base, "сделок в базе и", share, "в варианте"]);
            words.extend(quoted(other.as_deref()));
            words
        }
        Contrast::FunnelsAlike(most) => pieces!["Воронки отличаются не больше чем на", most],
        Contrast::Won => pieces!["Выиграно"],
        Contrast::SharesOfArrived => {
            pieces!["Сделки, которые доходят до этапа, — доля от пришедших,"]
        }
        Contrast::IdleMoved { stage, before, after } => {
            let stage = name(&format!("{stage}:"));
            pieces!["Больше всего изменился простой на этапе", stage, before, "→", after]
        }
        Contrast::Idle([(base, long), (other, longer)]) => pieces![
            "Дольше всего сделки простаивают на этапе",
            name(base),
            "—",
            long,
            "за посещение; в варианте на этапе",
            name(other),
            "—",
            longer,
        ],
        Contrast::LeftWon([base, other]) => {
            pieces!["Из ушедших сделок выиграно", base, "в базе и", other, "в варианте",]
        }
        Contrast::Both([base, other]) => pieces![name(base), "—", name(other)],
        Contrast::Base(text) => pieces!["База:", name(text)],
        Contrast::Alternative(text) => pieces!["Вариант:", name(text)],
    }
}

fn quoted(other: Option<&str>) -> Vec<Piece> {
    other.map(|other| name(&format!("«{other}»"))).into_iter().collect()
}

fn changes(changes: &Changes) -> Vec<Piece> {
    let mut words = pieces![match changes.verdict {
        Verdict::Better => "лучше:",
        Verdict::Worse => "хуже:",
        Verdict::Changed => "отличается:",
        Verdict::NotBeyondChance => "в пределах случайности:",
    }];
    for (at, (figure, change)) in changes.first.iter().enumerate() {
        words.extend(pieces![","].into_iter().filter(|_| at > 0));
        words.extend(sweep::figure(figure));
        words.push(Language::Russian.signed(change).into());
    }
    if changes.more > 0 {
        words.push(format!("и ещё {}", changes.more).into());
    }
    words
}
