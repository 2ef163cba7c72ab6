//! Labels of rows: what they are about, their group and their statistic.

use super::terms::phase;
use super::{Language, date};
use crate::quantity::Length;
use crate::render::words::language::Unit;
use crate::render::words::piece::{Piece, name, pieces};
use crate::report::phrase::{
    Category, CostKind, Dimension, Ending, Kpi, Leads, Part, Per, Scope, Stat, Statistic, Thing,
};

const RU: Language = Language::Russian;

pub(super) fn thing(thing: &Thing) -> Vec<Piece> {
    match thing {
        Thing::Named(scope, text) => pieces![self::scope(*scope), name(text)],
        Thing::NoReason => pieces!["причина не указана"],
        Thing::Phase(of) => pieces![format!("фаза «{}»", phase(*of))],
        Thing::Category(Category::Main) => pieces!["основная работа"],
        Thing::Category(Category::Supporting) => pieces!["обеспечивающая работа"],
        Thing::Category(Category::Management) => pieces!["управление"],
        Thing::End(Ending::Won) => pieces!["выигранные сделки"],
        Thing::End(Ending::Done) => pieces!["завершённые сделки"],
        Thing::End(Ending::Cancelled) => pieces!["отменённые сделки"],
        Thing::End(Ending::Lost) => pieces!["проигранные сделки"],
        Thing::Cost(CostKind::Marketing) => pieces!["маркетинг"],
        Thing::Cost(CostKind::Stages) => pieces!["этапы и шаги"],
        Thing::Cost(CostKind::Work) => pieces!["почасовая работа"],
        Thing::Cost(CostKind::Commission) => pieces!["комиссия"],
        Thing::Cost(CostKind::Overheads) => pieces!["накладные расходы"],
        Thing::Cost(CostKind::OneOff) => pieces!["разовые затраты"],
        Thing::Cost(CostKind::Salaries) => pieces!["зарплаты"],
        Thing::Cost(CostKind::Rollout) => pieces!["внедрение"],
        Thing::Week(day) => pieces![format!("неделя с {}", date(*day))],
    }
}

pub(super) fn group(dimension: &Dimension, value: &str) -> Vec<Piece> {
    match dimension {
        Dimension::Source => pieces!["источник", name(value)],
        Dimension::Attribute(of) => pieces![name(&format!("{of}={value}"))],
    }
}

pub(super) fn statistic(statistic: &Statistic) -> Vec<Piece> {
    let mut words = match &statistic.leads {
        Some(Leads::Stage(title)) => pieces!["переход на этап", name(title)],
        Some(Leads::End(Ending::Won)) => pieces!["выиграны"],
        Some(Leads::End(Ending::Done)) => pieces!["завершены"],
        Some(Leads::End(Ending::Cancelled)) => pieces!["отмена"],
        Some(Leads::End(Ending::Lost)) => pieces!["отказ"],
        Some(Leads::LostFor(reason)) => pieces!["отказ:", name(reason)],
        None => pieces![stat(statistic.kpi, &statistic.stat)],
    };
    match statistic.span {
        Part::Whole => {}
        Part::FromDeal => words.push(", с фазы «сделка»".into()),
        Part::FromSale => words.push(", с момента продажи".into()),
        Part::Open => words.push(", в рабочее время".into()),
    }
    words.extend(statistic.per.map(|per| Piece::from(self::per(per))));
    words
}

/// A quantile by its number, as `p99,5`.
pub(super) fn quantile(text: &str) -> String {
    text.replace('.', ",")
}

/// The share within a time that somebody wrote: `до 30 дн.`
pub(super) fn within(time: &str) -> String {
    let length = Length::parse(time).ok();
    let length = length.filter(|length| length.working == 0.0 && length.working_days == 0.0);
    // From the greatest unit; up to a day is said in hours.
    let units = [(Unit::Day, 1.0, 2.0), (Unit::Hour, 24.0, 1.0), (Unit::Minute, 1440.0, 1.0)];
    let shown = length.and_then(|length| {
        let counts =
            units.map(|(unit, per_day, least)| (unit, least, length.nominal_days() * per_day));
        let fits = |(_, least, count): &(Unit, f64, f64)| {
            (count - count.round()).abs() < 1e-6 && count.round() >= *least
        };
        let (unit, _, count) = counts.into_iter().find(fits)?;
        Some(RU.exact(count.round()) + RU.unit(unit))
    });
    format!("до {}", shown.unwrap_or_else(|| time.to_owned()))
}

fn stat(kpi: Kpi, stat: &Stat) -> String {
    match stat {
        Stat::Quantile(quantile) => return self::quantile(&quantile.to_string()),
        Stat::Within(time) => return within(time),
        Stat::To(exit) => return format!("переход на этап {exit}"),
        Stat::Total => "всего",
        Stat::Mean => "среднее",
        Stat::Sd => "ст. откл.",
        Stat::Share => "доля",
        Stat::Count => "количество",
        Stat::Undecided => "ещё не решены",
        Stat::Next => "дошли до следующего этапа",
        Stat::On => "идут дальше",
        Stat::First if kpi == Kpi::Visits => "первые посещения",
        Stat::First => "первые продажи",
        Stat::Rework => "доработка",
        Stat::Left => "закончились",
        Stat::PerDeal => "на сделку",
        Stat::ReworkShare => "доля доработки",
        Stat::ReworkDays => "время доработки",
        Stat::ReworkCost => "затраты на доработку",
        Stat::Processing => "обработка",
        Stat::Queue => "очередь",
        Stat::OffHours => "нерабочее время",
        Stat::Client => "время клиента",
        Stat::Unanswered => "работа не началась",
        Stat::Open => "среднее, в рабочее время",
        Stat::WithReneged => "среднее, вместе с ушедшими",
        Stat::Waited => "пришлось ждать",
        Stat::AtEnd => "в конце",
        Stat::Sales => "продажи",
        Stat::Asked => "вся нужная работа",
        Stat::MissingPeople => "людей не хватает",
        Stat::Done => "сделано",
        Stat::PerSale => "на продажу",
        Stat::PerPersonDay => "на сотрудника в день",
        Stat::Work => "рабочее время",
        Stat::Value => "сумма",
        Stat::Sunk => "понесённые затраты",
        Stat::Bookings => "сумма продаж от плана",
        Stat::BookingsChance => "вероятность выполнить план по сумме",
        Stat::Wins => "первые продажи от плана",
        Stat::WinsChance => "вероятность выполнить план по продажам",
        Stat::WithoutOverheads => "без накладных расходов",
        Stat::Lot => "партия, которой хватит в 9 случаях из 10",
        Stat::Load => "от мощности",
        Stat::AboveCapacity => "недель сверх мощности",
        Stat::Reached => "от плана",
        Stat::ReachedChance => "вероятность выполнить план",
        Stat::OfWon => "среднее, у выигранных",
        Stat::Under60 => "ниже 60",
        Stat::Skewness => "асимметрия значений",
        Stat::Spread => "ст. откл. значений",
    }
    .to_owned()
}

fn per(per: Per) -> &'static str {
    match per {
        Per::Day => "за день",
        Per::Week => "за неделю",
        Per::Month => "за месяц",
        Per::Quarter => "за квартал",
        Per::Year => "за год",
        Per::Window => "за период",
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Whole => "",
        Scope::Stage => "этап",
        Scope::Reason => "причина",
        Scope::Role => "роль",
        Scope::Department => "отдел",
        Scope::Person => "сотрудник",
        Scope::Activity => "операция",
        Scope::End => "исход",
        Scope::Phase => "фаза",
        Scope::Kind => "вид",
        Scope::Category => "статья",
        Scope::Week => "неделя",
        Scope::Item => "позиция",
        Scope::Promise => "обещание",
    }
}
