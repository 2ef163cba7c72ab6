//! Parts of a model that do not go together.

use super::{LANGUAGE, counted, perhaps};
use crate::diagnostic::{Doubt, IdlePromise, Measure};
use crate::render::visible;
use crate::render::words::Message;
use crate::render::words::shown::{message, show};

#[allow(clippy::too_many_lines)] // one arm per doubt: a table
pub(super) fn doubt(doubt: &Doubt) -> Message {
    match doubt {
        Doubt::CutText { text, rest } => message(
            format!("YAML читает здесь {}, а {} — уже комментарий", show(text), show(rest)),
            "если это часть текста, возьмите весь текст в кавычки",
        ),
        Doubt::PointOfThousands { text, meant } => message(
            format!("точка в {} отделяет дробную часть, а не тысячи", show(text)),
            perhaps(meant),
        ),
        Doubt::TinyShare { text, meant } => {
            message(format!("{} в сто раз меньше соседних долей", show(text)), perhaps(meant))
        }
        Doubt::TinyMargin { text, meant } => message(
            format!("при марже {} от продажи не остаётся почти ничего", show(text)),
            format!("возможно, имелось в виду {}", show(meant)),
        ),
        Doubt::LessThanBatch { source, count, batch } => message(
            format!(
                "источник {} приводит сразу {}, а заканчивается на {count}-й",
                show(source),
                counted(*batch as f64, ["сделку", "сделки", "сделок"])
            ),
            "`count` — это число сделок, а не партий: проверьте оба числа",
        ),
        Doubt::RefusesAll { limit, least } => message(
            format!(
                "почти любой заказ сам по себе больше кредитного лимита {}",
                LANGUAGE.rough(*limit)
            ),
            format!(
                "у большинства заказов при продаже остаётся неоплаченным больше {}, и каждый из них отклоняется: проверьте \
                 лимит",
                LANGUAGE.rough(*least)
            ),
        ),
        Doubt::CommissionAboveMargin { commission, margin } => message(
            format!(
                "комиссия {} больше маржи {}",
                LANGUAGE.rough_percent(*commission),
                LANGUAGE.rough_percent(*margin)
            ),
            "каждая продажа убыточна: проверьте оба числа или напишите `commission: {share: 10%, of: margin}`",
        ),
        Doubt::NeverDue { key, stage } => message(
            format!(
                "по ключу `{key}` ничего не будет оплачено: на этапе {} сделки бывают только до продажи",
                show(stage)
            ),
            "укажите этап после продажи; для оплаты в момент продажи ключ не нужен",
        ),
        Doubt::Promise { promise, why } => match why {
            IdlePromise::Itself => message(
                format!("обещание {} ведёт с этапа на тот же этап", show(promise)),
                "укажите в `to` этап, которого ждёт клиент",
            ),
            IdlePromise::Apart => message(
                format!("с первого этапа обещания {} сделки на этот не попадают", show(promise)),
                "возможно, `from` и `to` перепутаны или не хватает перехода",
            ),
            IdlePromise::Broken => message(
                format!("обещание {} нарушается всегда: любой путь длится дольше", show(promise)),
                "сравните `within` с ожиданием и работой на этом пути и проверьте единицы времени",
            ),
            IdlePromise::Kept => message(
                format!(
                    "обещание {} выполняется всегда: ни один путь не длится дольше",
                    show(promise)
                ),
                "сравните `within` с ожиданием и работой на этом пути и проверьте единицы времени",
            ),
        },
        Doubt::NobodyThere { source, stage, role, share } if *share < 0.95 => message(
            format!(
                "около {} сделок из источника {} приходят, когда у роли {} нет рабочих часов, и почти все они уходят с этапа \
                 {}, не дождавшись",
                LANGUAGE.rough_percent((*share * 100.0).round() / 100.0),
                show(source),
                show(role),
                show(stage)
            ),
            "терпение расходуется и ночью: задайте его в рабочем времени, например `patience: 2 working hours`, или укажите \
             источнику `calendar`",
        ),
        Doubt::AlwaysHolds { stage } => message(
            format!("этому условию отвечает каждая сделка на этапе {}", show(stage)),
            "то, что задаёт вариант, никогда не берётся у самого этапа: сузьте условие или перенесите ключи варианта в этап, \
             а вариант удалите",
        ),
        Doubt::NothingCancelled => message(
            "`keeps` — доля отменённых продаж, а продажи в модели не отменяются",
            "добавьте переход после продажи, например `next: {done: rest, cancelled: 2%}`, или удалите `keeps`",
        ),
        Doubt::IdleScenario { scenario } => message(
            format!("сценарий {} ничего не меняет", show(scenario)),
            "его значения те же, что в модели: укажите отличающиеся значения или удалите сценарий",
        ),
        Doubt::SourceTwice { source, other } => message(
            format!("источник {} в точности повторяет {}", show(source), show(other)),
            "если это копия, сделки приходят дважды: удалите её или исправьте то, чем она отличается",
        ),
        Doubt::NeverMet { kpi, key } => message(
            format!(
                "{} — доля, и условие `{key}` с таким пределом не выполняется никогда",
                show(kpi)
            ),
            "доля лежит между 0 и 100 %: задайте предел между ними, например `at_most: 85%`",
        ),
        Doubt::NobodyThere { source, stage, role, .. } => message(
            format!(
                "сделки из источника {} приходят, когда у роли {} нет рабочих часов, и почти все уходят с этапа {}, \
                 не дождавшись",
                show(source),
                show(role),
                show(stage)
            ),
            "сравните календари источника и роли или увеличьте на этапе `patience`",
        ),
        Doubt::SmallPay { role, text } => message(
            format!("{} — очень мало за месяц работы роли {}", show(text), show(role)),
            "если это оплата за час, напишите `/hour`",
        ),
        Doubt::LargePay { role, text } => message(
            format!("{} — очень много за час работы роли {}", show(text), show(role)),
            "если это оклад, напишите `/month`",
        ),
        Doubt::RestAsReason { text } => message(
            format!("{} читается как название причины отказа", show(text)),
            "остаток записывается словом `rest`",
        ),
        Doubt::ExpectedTwice => message(
            "это ожидание записано дважды",
            "удалите одно из двух или исправьте то, чем они должны отличаться",
        ),
        Doubt::DecidedByValues { kpi, met, least, most } => {
            let (least, most) = (LANGUAGE.rough(*least), LANGUAGE.rough(*most));
            message(
                if *met {
                    format!("{} выполняет это ожидание всегда", show(kpi))
                } else {
                    format!("{} не выполняет это ожидание никогда", show(kpi))
                },
                format!(
                    "по `value` этот показатель лежит между {least} и {most}: задайте предел между ними и проверьте единицы"
                ),
            )
        }
        Doubt::UnequalPay { role, other, times } => message(
            format!(
                "час роли {} стоит больше часа роли {} примерно в {}",
                show(role),
                show(other),
                counted(*times, ["раз", "раза", "раз"])
            ),
            "проверьте единицы у обеих: оплата за час — `900/hour`, оклад — `180000/month`",
        ),
        Doubt::Unlearning { from, to } => message(
            format!(
                "процесс соблюдается всё реже: сначала {}, в конце {}",
                LANGUAGE.rough_percent(*from),
                LANGUAGE.rough_percent(*to)
            ),
            "возможно, `from` и `to` перепутаны",
        ),
        Doubt::PlanOutOfReach { what, times } => message(
            format!(
                "план по `{what}` примерно в {} больше того, что в лучшем случае дают все источники",
                counted(*times, ["раз", "раза", "раз"])
            ),
            "проверьте его единицу, например `/week` вместо `/month`, а также темпы и доли в модели",
        ),
        Doubt::LeadsBack { stage, through } => message(
            format!(
                "выход по `max_visits` ведёт на этап {}, а оттуда обратно на {}",
                show(through),
                show(stage)
            ),
            "сделка ходит по кругу, несмотря на предел: направьте выход на другой этап или в `lost`",
        ),
        Doubt::BeyondBounds { kpi, short, bound, measure } => {
            let is_time = *measure == Measure::Days;
            let bound =
                if is_time { LANGUAGE.duration(*bound) } else { LANGUAGE.rough_percent(*bound) };
            message(
                match (is_time, short) {
                    (true, _) => {
                        format!(
                            "{} не может быть таким коротким: любой путь длится не меньше {bound}",
                            show(kpi)
                        )
                    }
                    (false, true) => {
                        format!(
                            "{} не может быть таким низким: по долям он не ниже {bound}",
                            show(kpi)
                        )
                    }
                    (false, false) => {
                        format!(
                            "{} не может быть таким высоким: по долям он не выше {bound}",
                            show(kpi)
                        )
                    }
                },
                if is_time {
                    "сравните предел с ожиданием и работой на этом пути и проверьте единицы времени"
                } else if kpi == "win_rate" {
                    "`win_rate` не считает сделки, проигранные в фазе `lead`; доля от всех лидов — это `lead_to_win`"
                } else {
                    "сравните предел с произведением долей `next` на этом пути"
                },
            )
        }
        Doubt::BeyondArrivals { kpi, bound } => message(
            format!(
                "{} не может быть таким высоким: все поступающие сделки дают не больше {}",
                show(kpi),
                LANGUAGE.rough(*bound)
            ),
            "сравните предел с потоками, долями и суммами модели и проверьте период и единицы",
        ),
        Doubt::NoneWithin { kpi, bound } => message(
            format!(
                "для {} ни одна сделка не успеет за это время: любой путь длится не меньше {}",
                show(kpi),
                LANGUAGE.duration(*bound)
            ),
            "сравните `within` с ожиданием и работой на этом пути и проверьте единицы времени",
        ),
        Doubt::SlaBeyondWindow { stage } => message(
            format!("окно кончается раньше, чем посещение этапа {} может опоздать", show(stage)),
            "проверьте единицу времени в `sla` или увеличьте `horizon`",
        ),
        Doubt::IdleVariant { stage } => message(
            format!("вариант задаёт то же, что и сам этап {}", show(stage)),
            "укажите значения, которые отличаются, или удалите вариант",
        ),
        Doubt::NothingPaid { days } => message(
            format!(
                "в окне не будет ни одной оплаты: первая приходит не раньше чем через {} после продажи",
                LANGUAGE.duration(*days)
            ),
            "проверьте единицу времени в `after` или увеличьте `horizon`",
        ),
        Doubt::IdleSeason { source } => message(
            format!("все месяцы сезонности источника {} лежат вне окна", show(source)),
            "проверьте `start` и `horizon` или удалите коэффициенты",
        ),
        Doubt::RefusedReturn { stage } => message(
            format!(
                "все сделки этого перехода проигрываются: на этапе {} они уже были, а второго посещения там не бывает",
                show(stage)
            ),
            "разрешите больше посещений, например `max_visits: 2`; если отказ задуман, напишите `lost` вместо перехода",
        ),
        Doubt::IdlePeople { role, people, share } => message(
            format!(
                "{} роли {} получают оклад, а работают {} времени",
                counted(*people as f64, ["сотрудник", "сотрудника", "сотрудников"]),
                show(role),
                LANGUAGE.rough_percent((share * 1e4).round().max(1.0) / 1e4)
            ),
            "проверьте число сотрудников, время их работы и потоки источников",
        ),
        Doubt::WildGrowth { source, grows } => message(
            if *grows {
                format!(
                    "поток источника {} за окно вырастает больше чем в тысячу раз",
                    show(source)
                )
            } else {
                format!("поток источника {} за окно почти исчезает", show(source))
            },
            "проверьте единицу времени в `growth`: возможно, вместо `/day` нужно `/month`",
        ),
        Doubt::WideSpread { times } => message(
            format!(
                "каждое десятое значение больше медианы в {} раз и более",
                LANGUAGE.rough(*times)
            ),
            "проверьте цифры и единицы обоих чисел: при таком разбросе среднее намного больше почти всех значений",
        ),
        Doubt::FarStart { year } => {
            message(format!("моделирование начинается в {year} году"), "проверьте дату")
        }
        Doubt::NoSaleInWindow { least, window, warms_up } => message(
            format!(
                "ни один лид не станет продажей в окне: самая быстрая продажа длится {}, а окно {}— {}",
                LANGUAGE.duration(*least),
                if *warms_up { "с разогревом " } else { "" },
                LANGUAGE.duration(*window)
            ),
            "проверьте единицы времени или увеличьте `horizon`",
        ),
        Doubt::UnusedCalendar { calendar } => message(
            format!("календарём {} никто не пользуется", show(calendar)),
            format!(
                "назовите его у роли или источника: `calendar: {}`; или удалите",
                visible(calendar, 60)
            ),
        ),
        Doubt::WildSeason { factor } => message(
            format!("с этим коэффициентом лидов в {} раз больше обычного", LANGUAGE.rough(*factor)),
            format!(
                "коэффициент `1.5` — это в полтора раза больше; возможно, здесь: `{}`",
                factor / 100.0
            ),
        ),
        Doubt::OftenNegative { share } => message(
            format!("отрицательны {} этих сумм", LANGUAGE.rough_percent(*share)),
            "возьмите распределение без отрицательных значений, например `{lognormal: {median: 9000, p90: 30000}}`",
        ),
        Doubt::IdleVisitLimit { stage, key } => message(
            format!(
                "на этап {} сделки до следующей продажи не возвращаются, и `{key}` ничего не меняет",
                show(stage)
            ),
            format!("добавьте переход назад или удалите `{key}`"),
        ),
        Doubt::LostSaleDisqualified { reason } => message(
            format!("сделки, проигранные по причине {}, не входят в `win_rate`", show(reason)),
            "`disqualified` — для лидов, которые не могли купить; у проигранной продажи класс `product`, `sales` или `client`",
        ),
        Doubt::PersonTwice { person, role } => message(
            format!("имя {} стоит среди сотрудников роли {} дважды", show(person), show(role)),
            "удалите одну из записей или исправьте имя",
        ),
        Doubt::CostsMore { name, of_lead, cost, largest } => message(
            format!(
                "{} стоит {}, а самые крупные продажи приносят в среднем {}",
                if *of_lead {
                    format!("лид источника {}", show(name))
                } else {
                    format!("посещение этапа {}", show(name))
                },
                LANGUAGE.rough(*cost),
                LANGUAGE.rough(*largest)
            ),
            if *of_lead {
                "проверьте затраты: они оплачиваются за каждый лид источника"
            } else {
                "проверьте затраты: они оплачиваются при каждом посещении"
            },
        ),
    }
}
