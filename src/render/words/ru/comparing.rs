//! The lines of a comparison.

use super::charts::times_word;
use super::kpis;
use crate::render::words::piece::{Piece, name, pieces};
use crate::render::words::plural;
use crate::report::phrase::difference::Verdict;
use crate::report::phrase::{Comparing, Judged};

pub(super) fn line(line: &Comparing) -> Vec<Piece> {
    match line {
        Comparing::Models { base, other } => {
            pieces!["База:", name(base), "; вариант:", name(other)]
        }
        Comparing::OtherWindow => pieces![
            "Периоды разные или не имеют точного конца, поэтому суммы за период несравнимы."
        ],
        Comparing::OnlyInOne(count) => {
            let are = plural::russian(
                *count as u64,
                ["показатель есть", "показателя есть", "показателей есть"],
            );
            pieces![format!("{count} {are} только в одной из моделей.")]
        }
        Comparing::Verdicts { better, worse, changed, same } => {
            let mut parts = Vec::new();
            for (word, kpis) in [("лучше", better), ("хуже", worse), ("отличается", changed)]
            {
                if !kpis.is_empty() {
                    parts.push(format!("{word}: {}", names(kpis)));
                }
            }
            if *same > 0 || parts.is_empty() {
                let figures =
                    plural::russian(*same as u64, ["показателя", "показателей", "показателей"]);
                parts.push(format!("разница не больше случайной: у {same} {figures}"));
            }
            pieces![format!("В варианте: {}.", parts.join("; "))]
        }
        Comparing::Verdict(verdict) => pieces![match verdict {
            Verdict::Better => "лучше",
            Verdict::Worse => "хуже",
            Verdict::Changed => "отличается",
            Verdict::NotBeyondChance => "в пределах случайности",
        }],
        Comparing::Payback { share, days, date } => pieces![
            "Вариант окупается в",
            share,
            "прогонов, в среднем через",
            days,
            format!("(к {}).", super::date(*date)),
        ],
        Comparing::NoPayback => {
            pieces!["Ни в одном прогоне вариант не окупается к концу периода."]
        }
        Comparing::PaybackUnknown => pieces![
            "Окупается ли вариант, неизвестно: обеим моделям нужны `terms` с маржой `margin` и общий период.",
        ],
        Comparing::Investment(cost) => pieces!["Разовые затраты на вариант:", cost],
        Comparing::Together { level, compared, replications, seed } => {
            let runs = plural::russian(*replications, ["прогон", "прогона", "прогонов"]);
            let figures =
                plural::russian(*compared as u64, ["показателя", "показателей", "показателей"]);
            pieces![
                "± — погрешность одной разницы при уровне доверия",
                level,
                format!(
                    "({replications} {runs} каждой модели с одними и теми же случайными числами, seed {seed}). Выводы верны для всех {compared} {figures} вместе (поправка Бонферрони)."
                ),
            ]
        }
        Comparing::Reduction(factor) => pieces![
            "Общие случайные числа уменьшают дисперсию разницы в",
            factor,
            format!("{} (медиана по показателям).", times_word(factor)),
        ],
        Comparing::NothingDiffers => pieces!["Модели одинаковы."],
        Comparing::MoreDiffers(more) => {
            pieces![format!("… и ещё {more}: все различия покажет `voronka diff`.")]
        }
    }
}

fn names(all: &[Judged]) -> String {
    let name = |Judged { kpi, of }: &Judged| match of.as_slice() {
        [] => kpis::title(*kpi).to_owned(),
        of => format!("{} ({})", kpis::title(*kpi), of.join(", ")),
    };
    all.iter().map(name).collect::<Vec<_>>().join(", ")
}
