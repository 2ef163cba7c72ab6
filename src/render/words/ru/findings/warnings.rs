//! What is probably not meant.

use super::never::never;
use super::{LANGUAGE, alike, counted, did_you_mean, did_you_mean_by, perhaps};
use crate::diagnostic::{Needed, Warning};
use crate::render::words::shown;
use crate::render::words::shown::{code_point, differing, list, message, pairs, show};
use crate::render::words::{Message, plural};

#[allow(clippy::too_many_lines)] // one arm per warning: a table
pub(super) fn warning(warning: &Warning) -> Message {
    match warning {
        Warning::UnreachableStage { stage } => message(
            format!("ни одна сделка не попадает на этап {}", show(stage)),
            "направьте на него переход или источник либо удалите его",
        ),
        Warning::NoEndLoop { stages } => message(
            format!("сделки, попавшие в {}, никогда оттуда не выходят", list(stages)),
            "добавьте одному из этих этапов переход в `won`, `lost` или `done`",
        ),
        Warning::NoLossBranch { stages } => message(
            never_lost(stages),
            "в жизни сделки срываются на любом этапе; если срываются и эти, добавьте переход в `lost`",
        ),
        Warning::ManyVisits { stage, visits } => message(
            format!(
                "сделка попадает на этап {} примерно {}",
                show(stage),
                counted(*visits, ["раз", "раза", "раз"])
            ),
            "проверьте доли в цикле или ограничьте его ключом `max_visits`",
        ),
        Warning::LookAlike { name, other } => message(
            format!("{} выглядит как {}{}", show(name), show(other), difference(name, other)),
            "они различаются регистром или буквами разных алфавитов: если это одно и то же, переименуйте одно из них",
        ),
        Warning::NearReasons { name, other } => message(
            format!("причины отказа {} и {} различаются одной буквой", show(name), show(other)),
            "если это одно и то же, пишите их одинаково: потери считаются по имени",
        ),
        Warning::CommaInReason { reason } => message(
            format!("запятая обрывает имя {}", show(reason)),
            "возьмите причину с запятой в кавычки: `\"too expensive, no budget\"`",
        ),
        Warning::AbsurdDuration { years } => message(
            format!("{} — очень долго", counted(*years, ["год", "года", "лет"])),
            "проверьте единицу времени",
        ),
        Warning::CumulativeShares { shares } => {
            let shares: Vec<String> =
                shares.iter().map(|share| LANGUAGE.rough_percent(*share)).collect();
            message(
                format!("доли растут вдоль воронки: {}", shares.join(", ")),
                "похоже на вероятности успеха, которые CRM приписывает этапам; здесь доля — это часть сделок, которая \
                 переходит с этого этапа на следующий",
            )
        }
        Warning::OftenRedrawn { share } => message(
            format!(
                "{} значений этого нормального распределения отрицательны и разыгрываются заново",
                LANGUAGE.rough_percent(*share)
            ),
            "среднее становится больше указанного; для времени лучше подходит `lognormal` или `gamma` с теми же `mean` и \
             `sd`",
        ),
        Warning::NegativeMoney { text } => message(
            format!("{} — отрицательная сумма", show(text)),
            "для возврата денег это верно; иначе уберите минус",
        ),
        Warning::BooksTwice { stage } => message(
            format!(
                "`won` на этапе {} засчитывает сумму сделки ещё раз: продажа уже засчитана там или раньше",
                show(stage)
            ),
            "там, где ничего нового не продано, завершайте переходом в `done`",
        ),
        Warning::NoArrivals { source } => message(
            format!("из источника {} не приходит ни одной сделки", show(source)),
            "его частота равна 0, или его даты лежат вне периода",
        ),
        Warning::KpiNotProduced { kpi, missing } => {
            let why = match missing {
                Needed::Value => "в модели нет `value`",
                Needed::Cost => "в модели нет затрат",
                Needed::People => "для него нужны роли, которые работают на этапах",
                Needed::Promise => "в модели нет `promises`",
                Needed::Terms => "в модели нет `terms`",
                Needed::Margin => "в модели нет `terms` с маржой `margin`",
                Needed::Commission => "в модели нет `terms` с комиссией `commission`",
                Needed::Demand => "в модели нет `terms` с потребностью `demand`",
                Needed::CreditLimit => "в модели нет `terms` с лимитом `credit_limit`",
                Needed::Cancelled => "нет ни одного перехода `cancelled`",
                Needed::Targets => "в модели нет `targets`",
                Needed::Sla => "ни у одного из этих этапов нет `sla`",
                Needed::Patience => {
                    "ни у одного этапа нет `patience`, поэтому очередь никто не покидает"
                }
                Needed::Rollout => "ни один из этих этапов не спрашивает о `followed`",
                Needed::Satisfaction => {
                    "ни у одного этапа нет `satisfaction`, поэтому она не моделируется"
                }
                Needed::Repeat => {
                    "второй продажи у сделки быть не может: после продажи ни один этап и ни один переход не продаёт ещё раз"
                }
                Needed::Churn => "после продажи ни одну сделку потерять нельзя",
                Needed::Rework => {
                    "ни одна из этих сделок не может вернуться на этап в том же круге"
                }
                Needed::Limit => {
                    "число сотрудников этой роли не ограничено, поэтому загрузки у неё нет"
                }
            };
            message(format!("эта модель не даёт {}", show(kpi)), why)
        }
        Warning::UnusedReason { reason, nearest } => message(
            format!("ни одна сделка не проигрывается по причине {}", show(reason)),
            did_you_mean_by(reason, nearest.as_ref(), "удалите её или исправьте имя"),
        ),
        Warning::OverlappingHours => message(
            "эти часы пересекаются",
            "общее время считается один раз; если имелись в виду разные часы, исправьте их",
        ),
        Warning::UnusedRole { role } => message(
            format!("ни один этап не использует роль {}", show(role)),
            "добавьте этапу `work: {role: …, time: …}` или удалите роль",
        ),
        Warning::Overload { role, share, people, enough, patient } => message(
            format!(
                "работа роли {} занимает около {} её рабочего времени: {}",
                show(role),
                LANGUAGE.whole_percent(*share),
                if *patient {
                    "часть сделок уйдёт, не дождавшись"
                } else {
                    "очередь будет расти, пока приходят сделки"
                }
            ),
            format!(
                "если сотрудников {enough}, а не {people}, загрузка составит {}; либо нужно меньше сделок или меньше \
                 работы на сделку",
                LANGUAGE.whole_percent(share * *people as f64 / *enough as f64)
            ),
        ),
        Warning::DayOfWork => message(
            "здесь нужно 24 часа рабочего времени сотрудника или больше, то есть три рабочих дня или больше",
            "`1 working day` — день по календарю, `8h` — восемь часов работы",
        ),
        Warning::Worse { change, compared } => {
            let [old, new, difference] = shown::change(LANGUAGE, change);
            message(
                format!("{} ухудшился: было {old}, стало {new}", show(&change.subject)),
                format!(
                    "разница {difference} больше, чем допускает случайность (сравнивалось показателей: {compared}); если \
                     так и задумано, игнорируйте V630"
                ),
            )
        }
        Warning::NothingPromised => message(
            "в модели нет `expect`, поэтому проверять нечего",
            "добавьте то, что должно выполняться: `expect: [{kpi: win_rate, at_least: 20%}]`",
        ),
        Warning::NoClass { reason, nearest } => message(
            format!("у причины отказа {} нет класса", show(reason)),
            did_you_mean(nearest.as_ref(), "добавьте её в `reasons`, в крайнем случае как `other`"),
        ),
        Warning::UnaskedAttribute { name, nearest } => {
            message(format!("признак {} ни на что не влияет", show(name)), perhaps(nearest))
        }
        Warning::LonelyValue { attribute, value, nearest } => message(
            format!(
                "значение {} признака {} встречается только здесь",
                show(value),
                show(attribute)
            ),
            perhaps(nearest) + &alike(value, nearest),
        ),
        Warning::NeverOpen { role, person } => message(
            match person {
                Some(person) => format!(
                    "у сотрудника {} роли {} нет рабочего времени в этом периоде",
                    show(person),
                    show(role)
                ),
                None => format!("у роли {} нет рабочего времени в этом периоде", show(role)),
            },
            "проверьте часы и праздники в календаре, а также `start` и `horizon`",
        ),
        Warning::EntersBehindSale { source, stage } => message(
            format!(
                "сделки источника {} начинаются на этапе {}: это этап продажи или этап после неё",
                show(source),
                show(stage)
            ),
            "их первая продажа входит в `win_rate`, `sales_cycle` и `new_bookings` как продажа новому клиенту; если это \
             клиенты, которые уже покупали, добавьте источнику `clients: true`",
        ),
        Warning::NothingVaries => message(
            "этот вариант ничего не меняет",
            "добавьте то, что меняется, например `next` или `wait`; там, где он подходит, следующие варианты тоже не \
             действуют",
        ),
        Warning::HiddenCase => message(
            "этот случай никогда не наступает: у одного из предыдущих нет `when`, и он подходит всегда",
            "поставьте случай без `when` последним или укажите, когда он подходит",
        ),
        Warning::FixedZone { name, place } => message(
            format!("в поясе {} нет летнего времени: часы там никогда не переводят", show(name)),
            format!("назовите место, чьи часы вы имеете в виду, например {}", show(place)),
        ),
        Warning::CoveredCase { earlier } => message(
            match earlier {
                Some(earlier) => {
                    format!(
                        "{} забирает все сделки, которые подходят под это условие",
                        show(earlier)
                    )
                }
                None => "предыдущие случаи забирают все сделки, которые подходят под это условие"
                    .to_owned(),
            },
            "действует первый подходящий случай: поставьте более узкое условие раньше или удалите одно из них",
        ),
        Warning::NeverHolds { test, why } => message(
            format!("ни одна сделка не проходит здесь проверку {}: {}", show(test), never(why)),
            "исправьте проверку или удалите этот случай: он никогда не действует",
        ),
        Warning::MissingCase { which } => message(
            format!(
                "ни один случай в `value` не подходит сделкам с {}: их сумма равна 0",
                pairs(which)
            ),
            "добавьте последним случай без `when`, например `{amount: 5000}`, или случай для этих сделок",
        ),
        Warning::NoSaleFor { attribute, value } => message(
            format!("сделку с {} выиграть нельзя", show(&format!("{attribute}: {value}"))),
            "проверьте, куда ведут варианты для этого значения; если такие сделки должны проигрываться, укажите `next: lost`",
        ),
        Warning::BackToItself { stage, key } => message(
            format!("выход по {} ведёт обратно на этап {}", show(key), show(stage)),
            "направьте его на другой этап или в `lost`",
        ),
        Warning::VacuousExpectation => message(
            "это ожидание не может нарушиться",
            "доля не бывает меньше 0 и больше 100 %, число и время — меньше 0: укажите предел, который можно нарушить",
        ),
        Warning::OpposedExpectations => message(
            "это ожидание и одно из предыдущих для того же KPI вместе выполниться не могут",
            "исправьте пределы одного из них или удалите его",
        ),
        Warning::IdleSla { stage, kept } => message(
            if *kept {
                format!(
                    "ни одно посещение этапа {} не может длиться дольше этого `sla`",
                    show(stage)
                )
            } else {
                format!("любое посещение этапа {} длится дольше этого `sla`", show(stage))
            },
            "сравните его с работой и ожиданием на этапе и проверьте единицы времени",
        ),
        Warning::NothingLearnt => message(
            "ни один этап не спрашивает, соблюдён ли процесс, поэтому внедрение ничего в нём не меняет",
            "укажите в `variants`, что происходит иначе: `{when: {followed: false}, next: 20%}`",
        ),
        Warning::IdlePatience { stage } => message(
            format!(
                "на этапе {} очереди не бывает, поэтому `patience` ничего не меняет",
                show(stage)
            ),
            "терпение прерывает ожидание сотрудника: добавьте этапу `work` роли с ограниченным числом людей или \
             удалите его",
        ),
        Warning::OddHours { text, minutes, whole } => message(
            if *minutes < 60 {
                let minutes = counted(*minutes as f64, ["минуту", "минуты", "минут"]);
                format!("{} длится {minutes}", show(text))
            } else {
                let hours = counted(*minutes as f64 / 60.0, ["час", "часа", "часов"]);
                format!("{} длится {hours}", show(text))
            },
            if *whole {
                "напишите `00:00-24:00`, если имеются в виду целые сутки, или `closed`, если выходной"
            } else if *minutes < 60 {
                "проверьте оба времени"
            } else {
                "проверьте оба времени: конец раньше начала относится к следующему дню"
            },
        ),
        Warning::DatesOutside { calendar } => message(
            format!("все праздники и особые дни календаря {} лежат вне периода", show(calendar)),
            "проверьте годы, а также `start` и `horizon`",
        ),
        Warning::FarDate { date } => {
            message(format!("от периода до {} больше пяти лет", show(date)), "проверьте год")
        }
        Warning::OutsideWindow { date } => message(
            format!("{} лежит вне периода, поэтому ничего не меняет", show(date)),
            "проверьте дату, а также `start` и `horizon`",
        ),
        Warning::PlainShare { text, share } => message(
            format!(
                "{} здесь значит {}, а рядом доли в процентах",
                show(text),
                LANGUAGE.rough_percent(*share)
            ),
            format!(
                "напишите {} или, если имеется в виду это, {}",
                show(&format!("{}%", share * 100.0)),
                show(&format!("{text}%"))
            ),
        ),
        Warning::RoundedAway { share } => message(
            format!(
                "теряется {}: столько остаётся от равных долей после округления",
                LANGUAGE.rough_percent(*share)
            ),
            "если здесь ничего не теряется, напишите `rest` вместо одной из равных долей и удалите `lost`",
        ),
        Warning::ReasonLikeStage { reason, reached } => message(
            if *reached {
                format!("причина отказа {} названа как этап", show(reason))
            } else {
                format!(
                    "причина отказа {} названа как этап, на который не попадает ни одна сделка",
                    show(reason)
                )
            },
            "чтобы перейти на этап, запишите его рядом с `lost`, а не внутри; иначе переименуйте причину",
        ),
        Warning::FewArrivals { source, deals } => message(
            format!(
                "источник {} приводит за всё время примерно {}",
                show(source),
                counted(*deals, ["сделку", "сделки", "сделок"])
            ),
            "сравните его темп с `horizon` и проверьте единицы",
        ),
        Warning::OutOfReach { stage, short } => message(
            if *short {
                format!(
                    "любое посещение этапа {} длится дольше, чем допускает этот предел",
                    show(stage)
                )
            } else {
                format!(
                    "ни одно посещение этапа {} не длится столько, сколько требует этот предел",
                    show(stage)
                )
            },
            "сравните предел с работой и ожиданием на этапе и проверьте единицы времени",
        ),
        Warning::ShortPatience { stage } => message(
            format!(
                "почти каждая сделка, которой на этапе {} некому заняться сразу, уходит",
                show(stage)
            ),
            "терпение намного короче работы: проверьте обе единицы времени",
        ),
    }
}

fn never_lost(stages: &[String]) -> String {
    let never = "ни одна сделка не проигрывается";
    match stages {
        [] => never.to_owned(),
        [stage] => format!("{never} на этапе {}", show(stage)),
        [first, second] => format!("{never} на этапах {} и {}", show(first), show(second)),
        [first, second, rest @ ..] => {
            let more = rest.len();
            let stages = plural::russian(more as u64, ["этапе", "этапах", "этапах"]);
            format!("{never} на этапах {}, {} и ещё на {more} {stages}", show(first), show(second))
        }
    }
}

/// The letters in which two names of one look differ, with their code points.
fn difference(name: &str, other: &str) -> String {
    let is = |letter| format!("`{letter}` — это {}", code_point(letter));
    let pairs = differing(name, other).map(|(one, two)| format!("{}, {}", is(one), is(two)));
    let pairs: Vec<String> = pairs.collect();
    if pairs.is_empty() { String::new() } else { format!(": {}", pairs.join("; ")) }
}
