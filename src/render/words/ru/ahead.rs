//! What a forecast says beside its sums, in Russian.

use jiff::civil::Date;

use crate::render::words::piece::{Piece, name, pieces};
use crate::render::words::plural::russian;
use crate::report::phrase::{Ahead, AheadWord, ContactFrom};

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "конца".to_owned(), |date| date.strftime("%d.%m.%Y").to_string())
}

/// The quarter of a date: `IV кв. 2026`.
fn quarter(date: Date) -> String {
    let number = ["I", "II", "III", "IV"][usize::from((date.month() as u8 - 1) / 3)];
    format!("{number} кв. {}", date.year())
}

fn days(count: usize) -> String {
    format!("{count} {}", russian(count as u64, ["день", "дня", "дней"]))
}

/// A line of a forecast.
pub(super) fn line(line: &Ahead) -> Vec<Piece> {
    match line {
        Ahead::Word(word) => pieces![label(*word)],
        Ahead::PlanHeading(false) => pieces!["План, факт и прогноз продаж"],
        Ahead::PlanHeading(true) => pieces!["План, факт и прогноз заказов"],
        Ahead::QuarterFrom(date) => pieces![quarter(*date)],
        Ahead::Coverage { is_orders, until, plan, fact, chance, draws } => pieces![
            format!("План до {} —", day(*until)),
            plan,
            if *is_orders {
                "заказов, из них уже есть"
            } else {
                ", из них уже есть"
            },
            fact,
            ". Вероятность выполнить план —",
            chance,
            format!("(n = {draws} розыгрышей)."),
        ],
        Ahead::Needed { .. } => needed(line),
        Ahead::NeedsMore(share) => pieces![
            "В",
            share,
            "розыгрышей за это время не выигрывается ни одна открытая сделка, поэтому 80 % не даст и больший портфель таких же сделок.",
        ],
        Ahead::MonthBeyond(date) => pieces![format!(
            "Горизонт кончается раньше, чем {}, поэтому о целом месяце сказать нельзя: задайте `--horizon` больше.",
            date.strftime("%m.%Y")
        )],
        Ahead::Contact { day, from } => {
            let day = day
                .map_or_else(|| "сейчас".to_owned(), |date| date.strftime("%d.%m.%Y").to_string());
            pieces![match from {
                ContactFrom::Planned => format!("{day} (по плану)"),
                ContactFrom::Overdue => format!("{day} (план просрочен)"),
                _ => day,
            }]
        }
        Ahead::Agreed(ratio, n) => pieces![
            "От запрошенных сумм согласовано",
            ratio,
            format!("(n = {n} продаж): на эту долю умножены суммы открытых сделок."),
        ],
        Ahead::Segment(column) => pieces![
            "Прошлые прогнозы лучше отличали выигранные сделки, если учитывали признак",
            name(column),
            ", поэтому у его значений свои вероятности.",
        ],
        Ahead::AtLater([asked, used]) => pieces![format!(
            "Последний факт файла — за {}, это раньше, чем {}: прогноз начинается со следующего за ним дня.",
            day(*used),
            day(*asked)
        )],
        Ahead::CashHeading => pieces!["Поступления по этим заказам"],
        Ahead::DemandHeading => pieces!["Что потребуют эти заказы"],
        Ahead::Cash { whole: [low, middle, high], later, unpaid, days } => pieces![
            format!("По этим заказам за {} поступит", self::days(*days)),
            middle,
            "(в 8 случаях из 10 — от",
            low,
            "до",
            high,
            "), позже —",
            later,
            "; не заплатят",
            unpaid,
            ".",
        ],
        Ahead::EarlierSales(date) => pieces![format!(
            "Оплаты по заказам раньше {} сюда не входят: выгрузка не говорит, что из них уже оплачено.",
            day(*date)
        )],
        Ahead::AtStages(share) => pieces![
            "Не учтено",
            share,
            "всех сумм: эту часть платят на более позднем этапе, а когда сделка до него дойдёт, выгрузка не говорит.",
        ],
        Ahead::Unsaid(attribute, deals) => unsaid(attribute.as_deref(), *deals),
        Ahead::ItemIn(item, date) => pieces![date.strftime("%m.%Y").to_string(), name(item)],
        Ahead::Others(levels, closed) => {
            pieces![format!("прочие: {levels} (n = {closed} закрытых)")]
        }
    }
}

/// Deals for which an attribute, or the source, is not said in words of the model.
fn unsaid(attribute: Option<&str>, deals: u64) -> Vec<Piece> {
    match attribute {
        Some(attribute) => pieces![
            "Признак",
            name(attribute),
            format!(
                "пуст или неизвестен модели в файле у {deals} {}: случаи условий с этим признаком к ним не применяются.",
                russian(deals, ["сделки", "сделок", "сделок"])
            )
        ],
        None => pieces![format!(
            "Источник пуст или неизвестен модели в файле у {deals} {}: для них считается самый большой источник модели.",
            russian(deals, ["сделки", "сделок", "сделок"])
        )],
    }
}

/// The open deals that a plan needs.
fn needed(line: &Ahead) -> Vec<Piece> {
    match line {
        Ahead::Needed { is_orders: false, needed: [low, needed, high], there } => pieces![
            "Чтобы выполнить его с вероятностью 80 %, нужны открытые сделки на",
            needed,
            "(95 % интервал по числу розыгрышей — от",
            low,
            "до",
            high,
            "); сейчас их на",
            there,
            ".",
        ],
        Ahead::Needed { is_orders: true, needed: [low, needed, high], there } => pieces![
            "Чтобы выполнить его с вероятностью 80 %, нужно открытых сделок:",
            needed,
            "(95 % интервал по числу розыгрышей — от",
            low,
            "до",
            high,
            "); сейчас их",
            there,
            ".",
        ],
        _ => Vec::new(),
    }
}

fn label(word: AheadWord) -> &'static str {
    match word {
        AheadWord::Plan => "план",
        AheadWord::Fact => "факт на сегодня",
        AheadWord::Whole => "прогноз",
        AheadWord::ChanceOfPlan => "вероятность плана",
        AheadWord::NoPlan => "нет плана",
        AheadWord::NextContact => "следующий контакт",
        AheadWord::Aim => "цель",
        AheadWord::Order => "заказ",
        AheadWord::CashOfOpen => "открытые сделки p50",
        AheadWord::CashOfNew => "новые сделки p50",
        AheadWord::CashOfAll => "итого",
        AheadWord::Capacity => "мощность",
        AheadWord::ChanceShort => "вероятность нехватки",
        AheadWord::Demand => "потребность",
        AheadWord::NoStage => "без этапа",
        AheadWord::Age => "возраст",
        AheadWord::OlderThanUsual => {
            "Открытые сделки: возраст, в сравнении с возрастом выигранных."
        }
        AheadWord::NeedsNothing => {
            "План выполняется с вероятностью 80 % и без открытых сделок: хватает сделанного и новых."
        }
        AheadWord::PlanWithoutAmounts => {
            "План — в продажах, а ни у одной выигранной сделки нет суммы: сравнить нельзя. Можно сравнить план `wins:`."
        }
    }
}
