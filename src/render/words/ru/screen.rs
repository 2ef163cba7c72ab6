//! The lines of a screen.

use super::{chance, instant};
use crate::render::words::Language;
use crate::render::words::piece::{Piece, code, name, pieces};
use crate::render::words::plural::russian as plural;
use crate::report::Number;
use crate::report::phrase::{
    CostOf, Few, Floor, Kpi, Next, Per, Plan, Planned, Queue, Remark, Span,
};

#[allow(clippy::too_many_lines)] // one arm per remark: a table
pub(super) fn remark(remark: &Remark) -> Vec<Piece> {
    match remark {
        Remark::Title { model, span } => pieces![name(model), format!("— {}", self::span(*span))],
        Remark::SolvedTitle(model) => pieces![name(model), "— без моделирования"],
        Remark::InProgress { mean, end, clients } => in_progress(mean.as_ref(), end, clients),
        Remark::Rates { win, lead, undecided } => {
            let mut line = Vec::new();
            if let Some(win) = win {
                line.extend(pieces!["Доля выигранных сделок:", win]);
            }
            if let Some(lead) = lead {
                let begin = if line.is_empty() {
                    "Из всех лидов выиграно"
                } else {
                    "; из всех лидов выиграно"
                };
                line.extend(pieces![begin, lead]);
            }
            if let Some(undecided) = undecided {
                line.extend(pieces![", ещё не решено", undecided]);
            }
            line
        }
        Remark::Payments { receivables, dso, overdue, unpaid } => {
            let mut line = pieces!["В конце периода клиенты должны", receivables];
            if let Some(days) = dso {
                line.extend(pieces!["; в среднем продажа ждёт оплаты", days]);
            }
            if let Some(share) = overdue {
                line.extend(pieces!["; просрочено в среднем", share, "задолженности"]);
            }
            if let Some(amount) = unpaid {
                line.extend(pieces!["; так и не оплачено", amount]);
            }
            line
        }
        Remark::BreakEven { share, days } => match (share, days) {
            (Some(share), Some(days)) if share.value > 0.0 => pieces![
                "Накопленная прибыль становится и остаётся положительной в",
                share,
                "прогонов, в среднем через",
                days,
            ],
            _ => pieces!["Накопленная прибыль к концу периода не становится положительной"],
        },
        Remark::CostKinds(kinds) => {
            let mut line = pieces!["Состав затрат:"];
            for (at, (kind, cost)) in kinds.iter().enumerate() {
                if at > 0 {
                    line.push(",".into());
                }
                line.extend(super::rows::thing(kind));
                line.extend(pieces![cost]);
            }
            line
        }
        Remark::Costs(costs) => {
            let mut line = Vec::new();
            for (at, (of, cost)) in costs.iter().enumerate() {
                let label = match of {
                    CostOf::All => "Затраты:",
                    CostOf::Lead => "на лид",
                    CostOf::Won => "на выигранную сделку",
                    CostOf::Acquisition => "на привлечение клиента (CAC)",
                };
                let label = if at == 0 { label.to_owned() } else { format!("; {label}") };
                line.extend(pieces![label, cost]);
            }
            line
        }
        Remark::Plan(plan) => self::plan(plan),
        Remark::Floor(floor) => self::floor(floor),
        Remark::Overloaded { role, asked, queue } => {
            let mut line =
                pieces!["Перегрузка:", name(role), "— работы на", asked, "рабочего времени;"];
            match queue {
                Queue::Grows { left, mean, end } => {
                    if let Some(left) = left {
                        line.extend(pieces!["не дожидаются своей очереди", left, "сделок;"]);
                    }
                    line.extend(pieces![
                        "очередь растёт: сделок в ней в среднем",
                        mean,
                        ", в конце периода",
                        end,
                        ". Такое время ожидания зависит от длины периода, установившегося значения у него нет.",
                    ]);
                }
                Queue::Leaves(left) => line.extend(pieces![
                    "не дожидаются своей очереди",
                    left,
                    "сделок, поэтому очередь не растёт.",
                ]),
            }
            line
        }
        Remark::FirstWork { mean, hour, day, never } => {
            let mut line = pieces!["До первой работы с лидом в среднем", mean];
            if let Some(hour) = hour {
                line.extend(pieces!["; в течение 1 ч —", hour]);
            }
            if let Some(day) = day {
                line.extend(pieces![", 24 ч —", day]);
            }
            if let Some(never) = never {
                line.extend(pieces![", работа не началась у", never]);
            }
            line
        }
        Remark::TimeSplit([work, queue, closed, client]) => pieces![
            "Из чего складывается время сделки: работа",
            work,
            ", очередь",
            queue,
            ", нерабочие часы",
            closed,
            ", время клиента",
            client,
        ],
        Remark::FewDue { within, leads, fewest } => pieces![format!(
            "Выигранные лиды {}: за такой срок или раньше до конца периода пришло лидов: {leads}, а для доли нужно не меньше {fewest}. Увеличьте горизонт или сократите срок.",
            super::rows::within(within)
        )],
        Remark::SlaKept(kept) => shares("Срок (`sla`) соблюдён:", kept),
        Remark::PromisesKept(kept) => shares("Обещания выполнены:", kept),
        Remark::Satisfaction { mean, won, unhappy } => {
            let mut line = pieces!["Удовлетворённость в конце:", mean, "из 100"];
            if let Some(won) = won {
                line.extend(pieces!["; у выигранных", won]);
            }
            if let Some(unhappy) = unhappy {
                line.extend(pieces!["; ниже 60 — у", unhappy, "сделок"]);
            }
            line
        }
        Remark::Followed { all, months } => {
            let mut line = pieces!["Процесс соблюдён в", all, "посещений"];
            if let Some([first, last]) = months {
                line.extend(pieces!["; в первый полный месяц —", first, ", в последний —", last]);
            }
            line
        }
        Remark::Defaults(used) => {
            let used: Vec<&str> = used.iter().map(|used| super::default(*used)).collect();
            pieces![format!("Взято по умолчанию: {}.", used.join("; "))]
        }
        Remark::Warning(problem) => {
            let message = crate::render::words::message(problem, Language::Russian);
            pieces![format!("Предупреждение: {}.", message.title)]
        }
        Remark::MoreWarnings(more, command) => {
            pieces![format!("… и ещё {more}, их покажет"), code(command)]
        }
        Remark::StartsEmpty { days, weeks } => pieces![
            format!(
                "В начале периода нет ни одной открытой сделки; до обычного уровня проходит {} {}. С",
                *days,
                plural(*days, ["день", "дня", "дней"])
            ),
            code(&format!("warmup: {weeks} weeks")),
            "период начнётся с обычным портфелем сделок.",
        ],
        Remark::ShortWarmup { weeks } => pieces![
            "Разогрев слишком короткий: число сделок в работе растёт и внутри периода. С",
            code(&format!("warmup: {weeks} weeks")),
            "период начнётся с почти обычным портфелем сделок.",
        ],
        Remark::FewCarry { n, few } => {
            let mut line = pieces![
                "Почти вся сумма приходится на немногие сделки: продаж всего",
                n,
                ", и интервалу для их среднего верить нельзя.",
            ];
            line.extend(match few {
                Few::Theory => pieces![
                    "Сумма продаж и средняя сделка взяты из теории; ± у долей по сумме слишком узкий.",
                ],
                Few::Needs(needed) => pieces![
                    "± у суммы продаж и средней сделки слишком узкий; хватило бы продаж:",
                    needed,
                    "— нужно больше прогонов или длиннее период.",
                ],
                Few::Never => pieces![
                    "± у суммы продаж и средней сделки слишком узкий, сколько бы продаж ни было.",
                ],
            });
            line
        }
        Remark::Certainty { level, replications, weighted, seed, low_and_high } => {
            let columns = if *low_and_high {
                "«мало» и «много»"
            } else {
                "«плохо» и «хорошо»"
            };
            let runs = plural(*replications, ["прогон", "прогона", "прогонов"]);
            let how = if *weighted {
                ", взвешены по ожидаемому числу лидов"
            } else {
                ""
            };
            pieces![
                "± — погрешность моделирования при уровне доверия",
                level,
                format!(
                    "({replications} {runs}{how}, seed {seed}); {columns} — как может сложиться сам период."
                ),
            ]
        }
        Remark::OneReplication { seed } => pieces![format!(
            "По одному прогону (seed {seed}) погрешность не оценить: -n 200 покажет её."
        )],
        Remark::NothingPrecise => {
            pieces!["Точность: в модели нет ни одного из заданных показателей"]
        }
        Remark::Precise { figures, within, asked } => pieces![
            format!("Точность: {} известны с погрешностью", names(figures)),
            within,
            "; требовалось",
            asked,
        ],
        Remark::Imprecise { kpi, within, more, asked } => pieces![
            format!("Точность: {kpi} известен только с погрешностью"),
            within,
            format!(
                "; нужно ещё около {more} {}, чтобы получить",
                plural(*more, ["прогона", "прогонов", "прогонов"])
            ),
            asked,
        ],
        Remark::Agrees { compared, greatest, critical } => pieces![format!(
            "Сверка с теорией: {} {} с теорией, наибольшее отклонение — {} стандартной ошибки (допустимо {}).",
            *compared,
            plural(
                *compared as u64,
                ["показатель сходится", "показателя сходятся", "показателей сходятся"]
            ),
            Language::Russian.fixed(*greatest, 1),
            Language::Russian.fixed(*critical, 1),
        )],
        Remark::Disagrees { apart, compared, figures } => pieces![format!(
            "СВЕРКА С ТЕОРИЕЙ НЕ ПРОШЛА: {apart} из {compared} показателей расходятся с теорией сильнее, чем допускает \
             случайность: {}.",
            figures.join(", ")
        )],
        Remark::AtOnce(command) => {
            pieces!["Эти значения известны точно и без моделирования:", code(command)]
        }
        Remark::Next(next) => self::next(next),
        Remark::Approximate(methods) => {
            let methods: Vec<&str> =
                methods.iter().map(|method| super::theory::method(*method)).collect();
            pieces![format!("Приближённо: {}.", methods.join("; "))]
        }
        Remark::Missing(missing) => pieces![
            format!("{}:", super::theory::lacking(missing.what)),
            name(&missing.blocker.key),
            format!("({})", super::theory::why(&missing.blocker.why)),
        ],
        Remark::Always(value) => pieces!["всегда", value],
        Remark::MeanAndSd(mean, sd) => pieces!["среднее", mean, ", стандартное отклонение", sd],
    }
}

/// From when to when.
pub(super) fn span(span: Span) -> String {
    let start = instant(span.start);
    match span.end {
        None => format!("с {start} до ухода последней сделки"),
        Some(end) => format!("{start} – {}", instant(end)),
    }
}

fn names(kpis: &[Kpi]) -> String {
    kpis.iter().map(|kpi| kpi.name()).collect::<Vec<_>>().join(", ")
}

type Pair = Option<(Number, Option<Number>)>;

fn in_progress(mean: Option<&Number>, end: &Pair, clients: &Pair) -> Vec<Piece> {
    let mut line = Vec::new();
    if let Some(mean) = mean {
        line.extend(pieces!["Сделок в работе: в среднем", mean]);
    }
    if let Some((deals, value)) = end {
        line.extend(pieces![", в конце периода", deals]);
        if let Some(value) = value {
            line.extend(pieces![", из них нерешённых на", value]);
        }
    }
    if let Some((mean, end)) = clients {
        line.extend(pieces!["; клиентов, которые могут купить ещё раз: в среднем", mean]);
        if let Some(end) = end {
            line.extend(pieces![", в конце периода", end]);
        }
    }
    line
}

fn plan(plan: &Plan) -> Vec<Piece> {
    let what = match plan.of {
        Planned::Bookings => "План по сумме продаж на весь период:",
        Planned::Wins => "План по первым продажам на весь период:",
    };
    let mut line = pieces![
        what,
        &plan.plan,
        ". Вероятность выполнить его —",
        &plan.chance,
        "; в среднем выполняется",
        &plan.reached,
    ];
    if let Some([bad, good]) = &plan.outlook {
        line.extend(pieces![
            ",",
            &bad.value,
            format!("в плохом случае ({}),", chance(bad.chance)),
            &good.value,
            format!("в хорошем ({})", chance(good.chance)),
        ]);
    }
    line
}

fn floor(floor: &Floor) -> Vec<Piece> {
    let what = if floor.kpi == Kpi::Bookings {
        "сумма продаж составит не меньше:"
    } else {
        "продаж будет не меньше:"
    };
    let mut line = pieces!["С вероятностью", &floor.certainty, what];
    for (at, (per, number)) in floor.at_least.iter().enumerate() {
        let period = match per {
            Per::Day => "за день",
            Per::Week => "за неделю",
            Per::Month => "за месяц",
            Per::Quarter => "за квартал",
            Per::Year => "за год",
            Per::Window => "за весь период",
        };
        if at > 0 {
            line.extend(pieces![","]);
        }
        line.extend(pieces![number, period]);
    }
    line
}

fn next(next: &Next) -> Vec<Piece> {
    match next {
        Next::NoDeals => pieces!["Не пришло ни одной сделки: проверьте частоты и даты источников."],
        Next::Hire(command) => {
            pieces!["Дальше:", code(command), "— с людьми, которых хватит на всю работу."]
        }
        Next::Replications(command) => {
            pieces!["Дальше:", code(command), "— доля выигранных с погрешностью 2 %."]
        }
        Next::Defaults => {
            pieces!["Дальше: замените названные выше значения по умолчанию своими."]
        }
        Next::Write(command) => {
            pieces!["Дальше:", code(command), "— все показатели в CSV и графики."]
        }
    }
}

/// Things with their shares, behind what the shares are of.
fn shares(of: &str, kept: &[(String, Number)]) -> Vec<Piece> {
    let mut line = pieces![of];
    for (at, (thing, share)) in kept.iter().enumerate() {
        if at > 0 {
            line.push(";".into());
        }
        line.extend(pieces![name(thing), share]);
    }
    line
}
