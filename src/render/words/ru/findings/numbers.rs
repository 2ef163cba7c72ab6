//! Numbers, shares, durations, dates and parameters that are not what they should be.

use super::{LANGUAGE, meaning};
use crate::diagnostic::Wanted;
use crate::diagnostic::meant::english_unit;
use crate::diagnostic::meant::{
    Computed, computed, meant_by, one_number, share_with_point, with_point,
};
use crate::quantity::{NumberFault, parse_number};
use crate::random::distribution::BadDistribution;
use crate::render::words::shown::{message, parameter, plain, show};
use crate::render::words::{Message, plural};
use crate::render::{number, visible};

/// What is wanted, as it stands after «ожидается», and how to write it.
pub(super) fn wanted(wanted: Wanted) -> (&'static str, &'static str) {
    match wanted {
        Wanted::Map => (
            "набор ключей со значениями",
            "напишите строки `key: value` ниже или `{key: value}` здесь же",
        ),
        Wanted::Work => {
            ("работа (роль и время)", "напишите, например, `work: {role: seller, time: 2h}`")
        }
        Wanted::Role => ("роль с сотрудниками", "напишите, например, `{people: 3}`"),
        Wanted::List => ("список", "напишите, например, `[a, b]`"),
        Wanted::Scalar => ("одно значение", "напишите одно слово или один текст"),
        Wanted::Share => ("доля", "напишите, например, `45%`, `0.45` или `rest`"),
        Wanted::ShareLimit => {
            ("доля", "этот показатель — доля: напишите, например, `45%` или `0.45`")
        }
        Wanted::Duration => (
            "длительность",
            "напишите, например, `20 min`, `2h`, `1d 4h`, `3 weeks` или `2 months`",
        ),
        Wanted::Money => ("сумма денег", "напишите число без валюты, например `1200` или `99.50`"),
        Wanted::Rate => {
            ("частота (число в единицу времени)", "напишите, например, `40/week` или `3.5/day`")
        }
        Wanted::Growth => ("темп прироста", "напишите, например, `1%/month`"),
        Wanted::Number => ("число", "напишите, например, `12` или `0.5`"),
        Wanted::Count => ("целое число", "напишите целое число, например `2`"),
        Wanted::Truth => ("`true` или `false`", "напишите `true` или `false`"),
        Wanted::Date => ("дата", "напишите, например, `2026-01-31` или `2026-01-31 09:00`"),
        Wanted::Distribution => (
            "значение или одно распределение",
            "напишите `2d` или один ключ, например `{lognormal: {median: 7d, p90: 30d}}`",
        ),
        Wanted::Next => (
            "этап, доля или набор переходов",
            "напишите, например, `next: 30%`, `next: demo` или `next: {demo: 30%, lost: rest}`",
        ),
        Wanted::Condition => (
            "значение, список или пределы",
            "напишите, например, `3`, `[1, 2]` или `{at_least: 2}` (есть также `at_most`, `above`, `below`)",
        ),
        Wanted::Month => ("месяц", "напишите `jan`, `feb`, …, `dec`"),
        Wanted::Weekday => {
            ("день недели", "напишите `mon`, `tue`, …, `sun` или диапазон, например `mon-fri`")
        }
        Wanted::Hours => (
            "промежуток времени суток",
            "напишите, например, `09:00-18:00`, или несколько в списке",
        ),
        Wanted::Visit => ("один этап", "напишите, например, `- offer` или `- offer: {wait: 2d}`"),
        Wanted::End => ("исход", "напишите `won`, `done`, `lost` или `{lost: price}`"),
        Wanted::Moment => ("момент времени", "напишите, например, `thu 14:00`, `14:00` или `thu`"),
        Wanted::Pay => (
            "ставка оплаты",
            "напишите, например, `900/hour` за час работы или `180000/month` за каждого сотрудника",
        ),
        Wanted::People => (
            "число сотрудников",
            "напишите целое число или `unlimited`; у того, кто работает полдня, свой `calendar`",
        ),
    }
}

/// What to write instead of a value that another tool computes.
fn instead(computed: &Computed, how: &str) -> String {
    match computed {
        Computed::Formula => format!("формул в модели нет; {how}"),
        Computed::Placeholder => {
            format!(
                "подстановок здесь нет: укажите само значение и меняйте его через `--set`; {how}"
            )
        }
        Computed::Nothing => {
            "чего нет, того в модели не пишут: удалите ключ или дайте ему значение".to_owned()
        }
        Computed::Call(Some(written)) => {
            format!("распределение записывается так: `{written}`")
        }
        Computed::Call(None) => format!("функций здесь нет; {how}"),
    }
}

pub(super) fn bad_number(text: &str, what: Wanted, fault: &NumberFault) -> Message {
    let (kind, how) = wanted(what);
    let title = format!("{} не читается как {kind}", show(text));
    if let Some(meant) = meant_by(text, what, fault) {
        return message(title, meaning(&meant));
    }
    if let Some(computed) = computed(text, what) {
        return message(title, instead(&computed, how));
    }
    match fault {
        NumberFault::DecimalComma => comma((text, what), title, how),
        NumberFault::Grouped => {
            message(title, format!("пишите цифры без пробелов: {}", show(&one_number(text))))
        }
        NumberFault::PercentMissing { value } => message(
            format!("{} лежит вне пределов от 0 до 1", show(text)),
            format!("возможно, имелось в виду `{value}%` или `{}`", value / 100.0),
        ),
        NumberFault::ShareOutOfRange if what == Wanted::ShareLimit => message(
            format!("{} лежит вне пределов от 0 до 100 %", show(text)),
            "этот показатель — доля: задайте предел внутри этих границ, например `85%`",
        ),
        NumberFault::ShareOutOfRange => {
            message(format!("{} лежит вне пределов от 0 до 100 %", show(text)), how)
        }
        NumberFault::TooLarge { most } => message(
            format!("{} — слишком большое число", show(text)),
            format!("допустимо не больше `{}`", number::plain(*most)),
        ),
        NumberFault::ShrinksToNothing => message(
            format!("при {} ничего не остаётся", show(text)),
            "темп прироста должен быть выше −100 %, например `-5%/month`",
        ),
        NumberFault::NotFinite => message(format!("{} — не конечное число", show(text)), how),
        NumberFault::Negative => message(format!("{} — отрицательное число", show(text)), how),
        NumberFault::NotWhole => message(format!("{} — не целое число", show(text)), how),
        NumberFault::UnitMissing if what == Wanted::Rate => message(
            format!("в {} нет единицы времени", show(text)),
            format!(
                "напишите `{}/week` или укажите другую единицу: `day`, `hour`, `month`",
                visible(text, 20)
            ),
        ),
        NumberFault::UnitMissing if parse_number(text).is_ok() => message(
            format!("в {} нет единицы времени", show(text)),
            format!("напишите `{0}d`, `{0}h` или `{0} min`", visible(text.trim(), 20)),
        ),
        NumberFault::UnknownUnit { unit } if unit == "m" => {
            let number = text.trim().trim_end_matches('m').trim();
            message(
                format!("{} — не единица времени", show(unit)),
                format!(
                    "это могут быть минуты или месяцы: пишите {} или {}",
                    show(&format!("{number} min")),
                    show(&format!("{number} months"))
                ),
            )
        }
        NumberFault::UnknownUnit { unit } => message(
            format!("{} — не единица времени", show(unit)),
            match english_unit(unit) {
                Some(english) => format!("единицы пишутся по-английски: `{english}`"),
                None => "единицы времени: `s`, `min`, `h`, `d`, `weeks`, `months`, `quarters`, `years`, \
                         `working hours`, `working days`"
                    .to_owned(),
            },
        ),
        NumberFault::WorkingTime => message(
            format!("{} — это рабочее время, а здесь считается календарное", show(text)),
            "задайте календарную длительность, например `2d`",
        ),
        NumberFault::MixedTime => message(
            format!("в {} складываются рабочее и календарное время", show(text)),
            "используйте что-то одно: `2 working days` или `2d`",
        ),
        NumberFault::TooLong => {
            message(format!("{} — слишком долго для моделирования", show(text)), how)
        }
        NumberFault::Empty
        | NumberFault::UnitMissing
        | NumberFault::NotANumber
        | NumberFault::NotARate
        | NumberFault::NotAPay => message(title, how),
    }
}

/// Why a cell of a table is not the number that was asked for.
pub(super) fn cell(fault: &NumberFault) -> String {
    match fault {
        NumberFault::Empty => "ничего не написано",
        NumberFault::NotANumber => "это не число",
        NumberFault::DecimalComma => "десятичный знак — точка",
        NumberFault::Grouped => "цифры пишутся без пробелов",
        NumberFault::NotFinite => "число не конечно",
        NumberFault::TooLarge { most } => {
            return format!("допустимо не больше `{}`", number::plain(*most));
        }
        NumberFault::ShrinksToNothing => "темп прироста должен быть выше −100 %",
        NumberFault::PercentMissing { .. } => "доля лежит в пределах от 0 до 1",
        NumberFault::ShareOutOfRange => "доля лежит в пределах от 0 до 100 %",
        NumberFault::Negative => "отрицательное число здесь не имеет смысла",
        NumberFault::NotWhole => "нужно целое число",
        NumberFault::UnitMissing => "нет единицы измерения",
        NumberFault::UnknownUnit { .. } => "неизвестная единица измерения",
        NumberFault::WorkingTime => "рабочее время здесь не имеет смысла",
        NumberFault::MixedTime => "рабочее и календарное время нельзя складывать",
        NumberFault::NotAPay => "ставка оплаты указывается за час или за месяц",
        NumberFault::TooLong => "слишком долго для моделирования",
        NumberFault::NotARate => "частота — это число в единицу времени",
    }
    .to_owned()
}

/// A decimal comma.
fn comma((text, what): (&str, Wanted), title: String, how: &str) -> Message {
    let is_share = matches!(what, Wanted::Share | Wanted::ShareLimit);
    let written = if is_share { share_with_point(text) } else { Some(with_point(text)) };
    match written {
        Some(written) => message(title, format!("поставьте точку: {}", show(&written))),
        None => message(title, how),
    }
}

pub(super) fn parameters(fault: &BadDistribution, of_time: bool) -> Message {
    let written = |name: &str, value: f64| parameter(LANGUAGE, name, value, of_time);
    match fault {
        BadDistribution::OutOfOrder { low, low_value, high, high_value } => message(
            format!(
                "`{low}` ({}) не меньше, чем `{high}` ({})",
                written(low, *low_value),
                written(high, *high_value)
            ),
            format!("значение `{low}` должно быть меньше, чем `{high}`"),
        ),
        BadDistribution::NotPositive { parameter, value } => plain(format!(
            "значение `{parameter}` равно {}, а должно быть больше 0",
            written(parameter, *value)
        )),
        BadDistribution::Negative { parameter, value } => plain(format!(
            "значение `{parameter}` равно {}, а отрицательным быть не может",
            written(parameter, *value)
        )),
        BadDistribution::SharesSum { sum } => message(
            format!("доли в сумме дают {}, а не 1", LANGUAGE.exact(*sum)),
            "вместо последней доли напишите `rest`",
        ),
        BadDistribution::NotFinite { parameter } => {
            plain(format!("значение `{parameter}` должно быть конечным числом"))
        }
        BadDistribution::MeanNotFinite => plain("при таких параметрах нет конечного среднего"),
        BadDistribution::SpreadNotFinite => {
            plain("при таких параметрах нет конечного стандартного отклонения")
        }
        BadDistribution::LengthsDiffer { first, first_length, second, second_length } => {
            let forms = ["значение", "значения", "значений"];
            let values = plural::russian(*first_length as u64, forms);
            plain(format!("в `{first}` {first_length} {values}, а в `{second}` — {second_length}"))
        }
        BadDistribution::Empty { parameter } => {
            plain(format!("список `{parameter}` не может быть пустым"))
        }
    }
}
