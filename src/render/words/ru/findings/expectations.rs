//! What became of promises about KPIs, and why some cannot be judged.

use super::{LANGUAGE, did_you_mean};
use crate::diagnostic::{Bounds, ExpectationFault, FigureFault, Measured};
use crate::render::words::shown::{self, Missed, all, keys, list, message, plain, show};
use crate::render::words::{Message, plural};

pub(super) fn expectation(fault: &ExpectationFault) -> Message {
    match fault {
        ExpectationFault::UnknownKpi { name, nearest } => message(
            format!("KPI {} нет", show(name)),
            did_you_mean(
                nearest.as_ref(),
                "есть, например, `win_rate`, `sales_cycle`, `bookings`, `cost_per_won`",
            ),
        ),
        ExpectationFault::UnknownStat { name, kpi, nearest, known } => message(
            format!("у {} нет статистики {}", show(kpi), show(name)),
            did_you_mean(nearest.as_ref(), format!("есть {}", list(known))),
        ),
        ExpectationFault::NoLimit => message(
            "ожидание ничего не требует",
            "добавьте `at_least`, `at_most` или `between`: `{kpi: win_rate, at_least: 20%}`",
        ),
        ExpectationFault::Shorthand { text, written, .. } => message(
            format!("{} — не та форма, в которой пишут ожидание", show(text)),
            format!("назовите KPI и его предел ключами: {}", show(written)),
        ),
        ExpectationFault::Contradiction => message(
            "этому не удовлетворяет ни одно число: нижний предел больше верхнего",
            "поменяйте пределы местами",
        ),
        ExpectationFault::NoSuchFigure { kpi, fault } => no_figure(kpi, fault),
        ExpectationFault::CertainChance { text } => message(
            format!("вероятность {} моделированием не подтвердить", show(text)),
            "вероятность лежит между 0 и 100 %, например `chance: 95%`",
        ),
        ExpectationFault::Fails(measured) => message(
            format!("{}{}", found(measured), missed(measured)),
            "измените модель или то, чего вы от неё ожидаете",
        ),
        ExpectationFault::NothingObserved { subject, fewest: Some(fewest) } => message(
            format!("для {} слишком мало лидов пришло за такой срок до конца", show(subject)),
            format!(
                "доля считается, когда за все прогоны их не меньше {fewest}: увеличьте горизонт или сократите `within`"
            ),
        ),
        ExpectationFault::NothingObserved { subject, fewest: None } => message(
            format!("для {} нет ни одного наблюдения", show(subject)),
            "таких сделок за период не было: увеличьте горизонт или проверьте переходы",
        ),
        ExpectationFault::NoFigure { subject } => message(
            format!("эта модель не даёт {}", show(subject)),
            "`voronka explain KPI` покажет, что нужно для показателя",
        ),
        ExpectationFault::Undecided { measured, needed, .. } => undecided(measured, *needed),
    }
}

fn undecided(measured: &Measured, needed: Option<u64>) -> Message {
    let title = format!(
        "{}: по этим прогонам не видно, действительно ли значение {}",
        found(measured),
        within(&measured.bounds)
    );
    let help = match needed {
        Some(needed) => {
            // After «около» stands the genitive.
            let replications = plural::russian(needed, ["прогона", "прогонов", "прогонов"]);
            format!("чтобы решить, нужно около {needed} {replications}: `--budget {needed}`")
        }
        None if measured.half_width.is_none() => {
            "один прогон не даёт интервала: задайте больше, например `-n 200`".to_owned()
        }
        None => "оценка лежит у самого предела, и вряд ли это решит любое число прогонов: сдвиньте предел или \
                 добавьте `--allow-undecided`"
            .to_owned(),
    };
    message(title, help)
}

fn no_figure(kpi: &str, fault: &FigureFault) -> Message {
    let kpi = show(kpi);
    match fault {
        FigureFault::NoStatistic => plain(format!("у {kpi} нет числа, которое можно проверить")),
        FigureFault::Scope { statistic, scope: None, known } => message(
            format!("{kpi} {} не считается для процесса в целом", show(statistic)),
            format!("укажите, для чего: {}", keys(known, " или ", "ИМЯ")),
        ),
        FigureFault::Scope { statistic, scope: Some(scope), known } => message(
            format!("{kpi} {} не считается для {}", show(statistic), show(scope)),
            if known.is_empty() {
                format!("это считается для процесса в целом: удалите {}", show(scope))
            } else {
                format!("это считается для {}", keys(known, " или ", "ИМЯ"))
            },
        ),
        FigureFault::SeveralScopes => message(
            "ожидание относится к одному этапу, роли, сотруднику, причине или операции и к одному источнику или \
             значению признака",
            "напишите отдельное ожидание для каждого",
        ),
        FigureFault::NotDivided { scope } => message(
            format!("{kpi} не разделяется по {}", show(scope)),
            format!("это считается для всех сделок вместе: удалите {}", show(scope)),
        ),
        FigureFault::NoChance { statistic, known } => message(
            format!(
                "{kpi} {} — одно число для всех сделок, вероятности у него нет",
                show(statistic)
            ),
            format!(
                "вероятность есть у показателей, которые считаются в каждом окне: {}",
                all(known)
            ),
        ),
        FigureFault::ChanceOfPeriod { per, known } => message(
            format!("{kpi} не считается по периодам {}, поэтому вероятности нет", show(per)),
            format!(
                "вероятность для всего периода считается без `per`; по неделям, месяцам, кварталам и годам считаются {}",
                all(known)
            ),
        ),
        FigureFault::ChanceOfQuantile => message(
            "и вероятность, и квантиль говорят о разбросе по периодам",
            "оставьте что-то одно: `stat: p10, at_least: X` — то же, что `chance: 90%, at_least: X`",
        ),
        FigureFault::NotATotal { statistic, per } => message(
            format!("{kpi} {} — не сумма, поэтому за {} не считается", show(statistic), show(per)),
            "удалите `per`: число относится ко всем сделкам периода",
        ),
        FigureFault::NotATime { known } => {
            message(format!("у {kpi} нет доли за срок"), format!("`within` есть у {}", all(known)))
        }
        FigureFault::WorkingTime { known } => message(
            format!("{kpi} считается в календарном времени, а не в рабочем"),
            format!(
                "задайте календарную длительность, например `2d`; в рабочем времени считаются также {}",
                all(known)
            ),
        ),
        FigureFault::TooManyTimes { most } => message(
            format!("за один запуск считается не больше {most} разных сроков `within`"),
            "удалите один или возьмите квантиль: `stat: p90, at_most: 2d`",
        ),
        FigureFault::NoFullPeriod { per } => message(
            format!("в период не попадает ни один полный календарный период {}", show(per)),
            "неполные периоды не считаются: увеличьте `horizon` или начните с первого дня периода",
        ),
    }
}

/// One line on an expectation that holds.
pub(in crate::render::words) fn holds(measured: &Measured) -> String {
    format!("{}, {}", found(measured), within(&measured.bounds))
}

/// What a target asks for.
pub(in crate::render::words) fn target(measured: &Measured) -> String {
    let (subject, bounds) = (show(&measured.subject), within(&measured.bounds));
    match &measured.chance_of {
        None => format!("{subject} {bounds}"),
        Some(limits) => {
            format!("вероятность того, что {subject} {}, — {bounds}", within(limits))
        }
    }
}

fn found(measured: &Measured) -> String {
    let (subject, number) = (show(&measured.subject), shown::number(LANGUAGE, measured));
    match &measured.chance_of {
        None => format!("{subject} = {number}"),
        Some(bounds) => format!("вероятность того, что {subject} {}, — {number}", within(bounds)),
    }
}

fn missed(measured: &Measured) -> String {
    match shown::missed(LANGUAGE, measured) {
        Some(Missed::Below(least)) => format!(", это меньше {least}"),
        Some(Missed::Above(most)) => format!(", это больше {most}"),
        None => String::new(),
    }
}

fn within(bounds: &Bounds) -> String {
    match shown::limits(LANGUAGE, bounds) {
        (Some(least), Some(most)) => format!("в пределах от {least} до {most}"),
        (Some(least), None) => format!("не меньше {least}"),
        (None, Some(most)) => format!("не больше {most}"),
        (None, None) => String::new(),
    }
}
