//! Titles of charts and what else they say.

use jiff::civil::Date;

use super::screen::span;
use super::{MONTHS, date};
use crate::render::words::Language;
use crate::render::words::piece::{Piece, name, pieces};
use crate::render::words::plural::russian as plural;
use crate::report::Number;
use crate::report::phrase::{Caption, Finding, Level, Period};

/// A period in the cases that sentences need.
struct Word {
    one: &'static str,
    many: &'static str,
    good: &'static str,
    poor: &'static str,
    best: &'static str,
    mean: &'static str,
    bad: &'static str,
}

fn word(period: Period) -> Word {
    match period {
        Period::Week => Word {
            one: "неделю",
            many: "недель",
            good: "В хорошую неделю",
            poor: "плохую",
            best: "Лучшая неделя",
            mean: "Средняя неделя",
            bad: "За плохую неделю",
        },
        Period::Month => Word {
            one: "месяц",
            many: "месяцев",
            good: "В хороший месяц",
            poor: "плохой",
            best: "Лучший месяц",
            mean: "Средний месяц",
            bad: "За плохой месяц",
        },
        Period::Quarter => Word {
            one: "квартал",
            many: "кварталов",
            good: "В хороший квартал",
            poor: "плохой",
            best: "Лучший квартал",
            mean: "Средний квартал",
            bad: "За плохой квартал",
        },
    }
}

#[allow(clippy::too_many_lines)] // one arm per finding: a table
pub(super) fn finding(finding: &Finding) -> Vec<Piece> {
    match finding {
        Finding::LosesMost { stage, share, before_sale } => {
            let all = if *before_sale {
                "сделок, проигранных до продажи"
            } else {
                "всех проигранных сделок"
            };
            pieces!["На этапе", name(stage), "теряется", share, all]
        }
        Finding::CashOfBookings { cash, bookings } => {
            pieces!["К концу периода получено", cash, "при сумме продаж", bookings]
        }
        Finding::ShortOf { item, share } => {
            pieces![name(item), "— потребность больше мощности в", share, "недель"]
        }
        Finding::EnoughOf { item, share } => {
            pieces!["Мощности хватает; больше всего занято:", name(item), "—", share]
        }
        Finding::CallsFor { item, amount } => {
            pieces!["Продажам периода нужно", amount, "—", name(item)]
        }
        Finding::NoneLost(model) => pieces![name(model), "— ни одна сделка не проиграна"],
        Finding::WonWithin { share, within, half } => {
            pieces!["За", within, "выигрывается", share, "лидов, половина из них — за", half,]
        }
        Finding::NoneWon => pieces!["Ни одной выигранной сделки"],
        Finding::CloseWithin(days) => pieces!["Выигранные сделки закрываются за", days],
        Finding::HalfCloseWithin { half, most } => pieces![
            "Половина выигранных сделок закрывается за",
            half,
            ", девять из десяти — за",
            most,
        ],
        Finding::AskedTooMuch { role, share } => {
            pieces!["Работы больше, чем времени:", name(role), "— нужно", share, "рабочего времени",]
        }
        Finding::Busiest { role, share } => {
            pieces!["Больше всех загружен:", name(role), "—", share, "рабочего времени"]
        }
        Finding::NobodyWorks => pieces!["Никто не работает"],
        Finding::NoWeekOfWork => pieces!["Ни одной полной недели, когда кто-то работает"],
        Finding::NoTimeLeft { role, weeks, of } => pieces![
            "Свободного времени не осталось:",
            name(role),
            format!(
                ", {weeks} из {of} {}",
                plural(*of as u64, ["полной недели", "полных недель", "полных недель"])
            ),
        ],
        Finding::BusiestWeek { role, week, share } => pieces![
            "Больше всех загружен:",
            name(role),
            format!(", на неделе с {} —", date(*week)),
            share,
            "рабочего времени",
        ],
        Finding::NoLoss => pieces!["Ни одна сделка не проиграна"],
        Finding::NoReasons => pieces!["Ни у одной проигранной сделки не указана причина"],
        Finding::OneReason(reason) => {
            pieces!["У всех проигранных сделок одна причина:", name(reason)]
        }
        Finding::ReasonAlone { reason: Some(reason), share } => {
            pieces![name(&format!("«{reason}»")), "— одна эта причина даёт", share, "отказов"]
        }
        Finding::ReasonAlone { reason: None, share } => {
            pieces!["Причина не указана у", share, "проигранных сделок"]
        }
        Finding::Reasons { count, share } => pieces![
            format!(
                "{} {}",
                number_word(*count),
                plural(*count as u64, ["причина даёт", "причины дают", "причин дают"])
            ),
            share,
            "отказов",
        ],
        Finding::NothingBooked => pieces!["За период ничего не продано"],
        Finding::BestOfAll { period, share } => {
            pieces![format!("{} даёт", word(*period).best), share, "всей суммы продаж"]
        }
        Finding::OfPlan { period, share } => {
            pieces![format!("{} даёт", word(*period).mean), share, "своего плана"]
        }
        Finding::BadIsNothing(period) => {
            pieces![format!("{} не продаётся ничего", word(*period).bad)]
        }
        Finding::BestTimesMean { period, times } => pieces![
            format!("{} по сумме продаж больше среднего в", word(*period).best),
            times,
            times_word(times),
        ],
        Finding::HardlyDiffer(Period::Week) => {
            pieces!["Сумма продаж от недели к неделе почти не меняется"]
        }
        Finding::HardlyDiffer(Period::Quarter) => {
            pieces!["Сумма продаж от квартала к кварталу почти не меняется"]
        }
        Finding::HardlyDiffer(Period::Month) => {
            pieces!["Сумма продаж от месяца к месяцу почти не меняется"]
        }
        Finding::GoodTimesBad { period, times } => pieces![
            format!("{} сумма продаж в", word(*period).good),
            times,
            format!("{} больше, чем в {}", times_word(times), word(*period).poor),
        ],
        Finding::InProgress { level, clients } => in_progress(level, clients.as_ref()),
        Finding::NoneArrive => pieces!["За период не приходит ни одной сделки"],
        Finding::ArriveInAWeek(mean) => pieces!["Новых сделок в неделю в среднем:", mean],
        Finding::ArriveInWeeks { deals, weeks } => pieces![
            format!(
                "Новых сделок за {weeks} {}:",
                plural(*weeks as u64, ["неделю", "недели", "недель"])
            ),
            deals,
        ],
        Finding::NobodyWorksOnDeals => pieces!["Над сделками никто не работает"],
        Finding::ClientShare(share) => pieces![share, "времени сделки — время клиента"],
        Finding::OwnTime([work, queue, closed]) => {
            pieces!["Наше время: работа", work, ", очередь", queue, ", нерабочие часы", closed,]
        }
        Finding::Queueing { share, stage } => {
            let mut line = pieces![share, "нашего времени сделка стоит в очереди"];
            if let Some(stage) = stage {
                line.extend(pieces![", больше всего на этапе", name(stage)]);
            }
            line
        }
        Finding::IdleLongest { stage, wait } => pieces![
            "Дольше всего сделки лежат без движения на этапе",
            name(stage),
            "— в среднем",
            wait,
            "за посещение",
        ],
        Finding::LeftWon(share) => pieces!["Из сделок, вышедших из процесса, выиграно", share],
        Finding::LeftLost(share) => pieces!["Из сделок, вышедших из процесса, проиграно", share],
        Finding::NoneLeft => pieces!["Ни одна сделка не дошла до конца"],
        Finding::Swept(swept) => super::sweep::swept(swept),
        Finding::Forecasting(line) => super::forecasting::line(line),
        Finding::Planning(line) => super::planning::planning(line),
        Finding::Sensing(sensing) => super::sensing::sensing(sensing),
        Finding::Contrast(contrast) => super::contrast::contrast(contrast),
        Finding::Model(model) => pieces![name(model)],
    }
}

fn in_progress(level: &Level, clients: Option<&Number>) -> Vec<Piece> {
    let mut line = match level {
        Level::AtMost(deals) => pieces!["Сделок в работе в конце недели не больше", deals],
        Level::Steady(deals) => pieces!["Сделок в работе в конце недели в среднем", deals],
        Level::Moves { from, to, grows, settled } => {
            let verb = if *grows { "растёт" } else { "падает" };
            let mut line = pieces![format!("Число сделок в работе {verb}: с"), from, "до", to];
            line.extend(settled.map(|week| Piece::from(stays(week))));
            line
        }
    };
    if let Some(clients) = clients {
        line.extend(pieces!["; клиентов, которые могут купить ещё раз:", clients]);
    }
    line
}

fn stays(week: Date) -> String {
    format!("к {} и дальше почти не меняется", date(week))
}

/// The noun of how many times, in its form: after a fraction always that of a few.
pub(super) fn times_word(times: &Number) -> &'static str {
    let shown = Language::Russian.count(times.value);
    shown.parse().map_or("раза", |whole| plural(whole, ["раз", "раза", "раз"]))
}

fn number_word(count: usize) -> String {
    match count {
        2 => "Две".to_owned(),
        3 => "Три".to_owned(),
        4 => "Четыре".to_owned(),
        5 => "Пять".to_owned(),
        n => n.to_string(),
    }
}

pub(super) fn caption(caption: &Caption) -> Vec<Piece> {
    match caption {
        Caption::Seen { span: seen, replications: 1 } => {
            pieces![format!("{}, один прогон", span(*seen))]
        }
        Caption::Seen { span: seen, replications: many } => pieces![format!(
            "{}, среднее по {many} {}",
            span(*seen),
            plural(*many, ["прогону", "прогонам", "прогонам"])
        )],
        Caption::Solved(seen) => {
            pieces![format!("{}, вычислено без моделирования", span(*seen))]
        }
        Caption::BareMap => pieces!["Карта процесса: переходы и их вероятности."],
        Caption::MapOfRun { has_waits: false } => {
            pieces!["Толщина линий — поток сделок, доли — от ушедших;"]
        }
        Caption::MapOfRun { has_waits: true } => pieces![
            "Толщина линий — поток сделок, доли — от ушедших; простой — в очереди и в нерабочие часы;"
        ],
        Caption::SharesOfCame => pieces!["Доли — от пришедших на этап сделок;"],
        Caption::WonWithin => {
            pieces!["Каждая точка — по лидам, пришедшим не позже чем за такой срок до конца."]
        }
        Caption::DaysSinceArrival => pieces!["дней с прихода лида"],
        Caption::TimeOfDeal => pieces!["Среднее время сделки, вышедшей из процесса,"],
        Caption::LostByReason => pieces!["Проигранные сделки по причинам,"],
        Caption::InStages => pieces!["Сделок на каждом этапе в конце недели, среднее"],
        Caption::Bookings { period, spread } => {
            let word = word(*period);
            pieces![
                format!("Сумма продаж за {}: среднее и пределы, в которых лежат", word.one),
                spread,
                word.many,
            ]
        }
        Caption::Arrivals { spread } => {
            pieces!["Новых сделок за неделю: среднее и пределы, в которых лежат", spread, "недель"]
        }
        Caption::NoneInProgress => pieces!["В конце недель в работе не было ни одной сделки."],
        Caption::BookedToDate => pieces!["продано"],
        Caption::CashToDate => pieces!["получено"],
        Caption::PlannedToDate => pieces!["план продаж"],
        Caption::Capacity => pieces!["мощность"],
        Caption::ToDate { spread } => {
            pieces!["Суммы с начала периода, средние; тонкие линии:", spread, "всех прогонов;"]
        }
        Caption::DemandByWeek { spread } => {
            pieces![
                "Сколько нужно продажам по неделям, среднее; тонкие линии:",
                spread,
                "всех прогонов;"
            ]
        }
        Caption::NothingBooked => pieces!["За период ничего не продано."],
        Caption::NoneArrived => pieces!["За период не пришло ни одной сделки."],
        Caption::NoneLost => pieces!["За период не проиграно ни одной сделки."],
        Caption::NoneOpen => pieces!["Открытых сделок нет."],
        Caption::NoneWorkedOn => {
            pieces!["Ни одна из вышедших сделок не дошла до этапа, где работают люди."]
        }
        Caption::People(people) => {
            pieces![format!("{people} {}", plural(*people, ["человек", "человека", "человек"]))]
        }
        Caption::Wait(mean, None) => pieces!["ждут в среднем", mean],
        Caption::Wait(mean, Some(most)) => pieces!["ждут в среднем", mean, ", p90", most],
        Caption::NoWorkAsked => pieces!["работы не было"],
        Caption::InWindow(share) => pieces![share, "за период"],
        Caption::OfLostValue(share) => pieces![share, "потерянной суммы"],
        Caption::Together(share) => pieces!["нарастающим итогом", share],
        Caption::OtherReasons(count) => pieces![format!(
            "ещё {count} {}",
            plural(*count as u64, ["причина", "причины", "причин"])
        )],
        Caption::OtherStages(count) => {
            pieces![format!("ещё {count} {}", plural(*count as u64, ["этап", "этапа", "этапов"]))]
        }
        Caption::PastClients => pieces!["клиенты после продажи"],
        Caption::LostDeals => pieces!["проигранные сделки"],
        Caption::Work => pieces!["работа"],
        Caption::NobodyFree => pieces!["очередь"],
        Caption::Closed => pieces!["нерабочие часы"],
        Caption::ClientTime => pieces!["время клиента"],
        Caption::Month(month) => {
            let name = MONTHS[usize::try_from(month.month - 1).unwrap_or(0) % 12];
            pieces![month.year.map_or_else(|| name.to_owned(), |year| format!("{name} {year}"))]
        }
    }
}
