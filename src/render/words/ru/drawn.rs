//! Words inside pictures.

use super::{Language, MONTHS, about, about_text, date};
use crate::render::words::drawn::Drawn;
use crate::render::words::plural::russian as plural;
use crate::report::tables::TimeUnit;
use crate::report::{Asked, Bounds, Condition, NodeKind};

const RU: Language = Language::Russian;
const WEEKDAYS: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
const IDLE: [&str; 5] = ["простой до 1 ч", "1 ч – 1 дн.", "1 – 3 дн.", "3 – 7 дн.", "больше 7 дн."];

#[allow(clippy::too_many_lines)] // one arm per phrase: a table
pub(in crate::render::words) fn drawn(drawn: Drawn<'_>) -> String {
    let text = match drawn {
        Drawn::NoSalesCycle => "Выигранных сделок нет, показать цикл продажи нельзя.",
        Drawn::PerBin { width, unit, deals } => {
            return format!(
                "Доля выигранных сделок, шаг {} {}; всего выиграно за период в среднем {}",
                RU.count(width),
                self::unit(unit),
                RU.count(deals)
            );
        }
        Drawn::CycleAxis(unit) => return format!("Цикл продажи, {}", self::unit(unit)),
        Drawn::Longer { share, than, unit } => {
            let unit = self::unit(unit);
            return format!("{} дольше {} {unit} →", RU.percent(share), RU.count(than));
        }
        Drawn::NoFunnel => "В воронку не пришло ни одной сделки.",
        Drawn::WentOn => "на следующую строку",
        Drawn::NextRow => "пошли на следующую строку",
        Drawn::Won => "выиграно",
        Drawn::Done => "завершено",
        Drawn::AnotherWay => "пошли другим путём",
        Drawn::Lost => "проиграно",
        Drawn::StillThere => "ещё здесь в конце периода",
        Drawn::WonRow => "Выиграно",
        Drawn::OfAllThatCame { share, came } => {
            return format!("{} из пришедших {}", RU.percent(share), RU.count(came));
        }
        Drawn::LostDeals(deals) => return format!("проиграно {}", RU.count(deals)),
        Drawn::LeftAfterSale(deals) => return format!("ушло после продажи {}", RU.count(deals)),
        Drawn::LongBars => {
            "Полоса длиннее числа, если этап покинуло больше сделок, чем пришло: часть была здесь до начала периода или ушла \
             из-за предела посещений."
        }
        Drawn::HiddenStages(hidden) => {
            let stages = plural(hidden as u64, ["этап", "этапа", "этапов"]);
            return format!("Не показано: {hidden} {stages}.");
        }
        Drawn::NoLoad => "Здесь не работает ни одна роль с заданным числом людей.",
        Drawn::AskedFor(share) => return format!("нужно {}", RU.percent(share)),
        Drawn::OfWorkingTime => "Доля рабочего времени; черта — всё рабочее время.",
        Drawn::Work => "работа",
        Drawn::BusyWindow => "работа в загруженный период (p90)",
        Drawn::BeyondTime => "сверх рабочего времени",
        Drawn::Free => "свободно",
        Drawn::WorkShare => "работа, доля рабочего времени",
        Drawn::NoTimeLeft => "свободного времени нет",
        Drawn::PartOfWeek => "неделя входит в период не целиком",
        Drawn::Plan(amount) => return format!("план {amount}"),
        Drawn::PalePeriods => "Бледные столбцы — неполные недели и месяцы.",
        Drawn::NoStages => "В этом процессе нет этапов.",
        Drawn::NobodyHere => "никто не работает",
        Drawn::Idle(days) => return format!("простой {}", RU.duration(days)),
        Drawn::IdleScale(step) => IDLE[step],
        Drawn::End(kind) => end(kind),
        Drawn::WayOn => "переход дальше",
        Drawn::WayBack => "возврат",
        Drawn::ASale => "продажа",
        Drawn::UpTo(share) => return format!("до {}", RU.percent(share)),
        Drawn::OutOfPatience => "не дождались",
        Drawn::AfterVisits(visits) => {
            return format!(
                "после {visits} {}",
                plural(visits, ["посещения", "посещений", "посещений"])
            );
        }
        Drawn::When(conditions) => return all(conditions),
        Drawn::CardKey(key) => about(key),
        Drawn::CardText(key, text) => about_text(key, text),
    };
    text.to_owned()
}

fn unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Minutes => "мин",
        TimeUnit::Hours => "ч",
        TimeUnit::Days => "дн.",
    }
}

fn end(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Won => "выиграно",
        NodeKind::Done => "завершено",
        NodeKind::Lost => "проиграно",
        NodeKind::Cancelled => "отменено",
        NodeKind::Source | NodeKind::Stage | NodeKind::Sale => "",
    }
}

fn all(conditions: &[Condition]) -> String {
    conditions.iter().map(condition).collect::<Vec<_>>().join(" и ")
}

fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Attribute(name, values) => format!("{name}: {}", values.join(" или ")),
        Condition::Source(sources) => format!("источник: {}", sources.join(" или ")),
        Condition::Number(asked, bounds) => {
            let what = match asked {
                Asked::Visit => "посещение",
                Asked::Bookings => "продажи",
                Asked::Value => "сумма",
                Asked::Age => "возраст",
                Asked::Waited => "ожидание",
                Asked::Satisfaction => "удовлетворённость",
            };
            format!("{what} {}", ranges(bounds))
        }
        Condition::Queue(role, bounds) => format!("очередь {role} {}", ranges(bounds)),
        Condition::Months(months) => listed(months, &MONTHS),
        Condition::Followed(true) => "процесс соблюдён".to_owned(),
        Condition::Followed(false) => "процесс не соблюдён".to_owned(),
        Condition::Weekdays(days) => listed(days, &WEEKDAYS),
        Condition::Dates(spans) => {
            let span = |span: &(_, _)| match span {
                (Some(from), Some(until)) => format!("{} – {}", date(*from), date(*until)),
                (Some(from), None) => format!("с {}", date(*from)),
                (None, Some(until)) => format!("до {}", date(*until)),
                (None, None) => String::new(),
            };
            spans.iter().map(span).collect::<Vec<_>>().join(" или ")
        }
    }
}

fn listed(numbers: &[i8], names: &[&str]) -> String {
    let name = |number: &i8| names.get(usize::try_from(*number).ok()?.checked_sub(1)?).copied();
    numbers.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

fn ranges(bounds: &[Bounds]) -> String {
    let range = |Bounds { low, high }: &Bounds| match (low, high) {
        (Some(low), Some(high)) if low == high => RU.number(low),
        (Some(low), Some(high)) => format!("{} – {}", RU.number(low), RU.number(high)),
        (Some(low), None) => format!("≥ {}", RU.number(low)),
        (None, Some(high)) => format!("≤ {}", RU.number(high)),
        (None, None) => "любое".to_owned(),
    };
    bounds.iter().map(range).collect::<Vec<_>>().join(" или ")
}
