//! Amounts of money and numbers of people, with their words: `5 тыс. руб.`, `4 FTE`.

use super::{normal, number};

/// A plain number of `5k`, `9 mln`, `5 тыс. руб`, `$500`.
pub(super) fn amount(text: &str) -> Option<String> {
    let is_currency = |c: char| matches!(c, '$' | '€' | '£' | '₽' | '¥' | '₸' | '₴');
    let text = text.trim_matches(is_currency).trim();
    let (number, rest) = number(text)?;
    let words: Vec<&str> = rest.split([' ', '.']).filter(|word| !word.is_empty()).collect();
    let mut factor = 1.0;
    for word in words {
        match multiplier(word) {
            Some(times) if factor == 1.0 => factor = times,
            _ if is_currency_word(word) => {}
            _ => return None,
        }
    }
    let number = number.parse::<f64>().ok()? * factor;
    // Thousandths that a factor brings are rounding errors of the product.
    Some(format!("{}", (number * 1e6).round() / 1e6))
}

fn multiplier(word: &str) -> Option<f64> {
    match word {
        "k" | "к" | "th" | "thousand" | "thousands" | "тыс" | "тысяч" | "тысяча" | "т" | "тр" => {
            Some(1e3)
        }
        "m" | "mm" | "mn" | "mln" | "mio" | "million" | "millions" | "млн" | "миллион"
        | "миллиона" | "миллионов" | "м" => Some(1e6),
        "b"
        | "bn"
        | "bln"
        | "billion"
        | "billions"
        | "млрд"
        | "миллиард"
        | "миллиарда"
        | "миллиардов" => Some(1e9),
        _ => None,
    }
}

/// The whole number of `4 FTE`, `3 people`, `2 менеджера`.
pub fn people(text: &str) -> Option<String> {
    let text = normal(text);
    let (number, word) = number(&text)?;
    let stems = [
        "fte",
        "people",
        "person",
        "pers",
        "employee",
        "staff",
        "head",
        "seller",
        "manager",
        "чел",
        "сотрудник",
        "ставк",
        "менеджер",
        "продавц",
        "шт",
    ];
    let is_counted = stems.iter().any(|stem| word.starts_with(stem));
    let is_whole = number.parse::<f64>().is_ok_and(|number| number.fract() == 0.0);
    let whole = number.split('.').next().unwrap_or(&number).to_owned();
    (is_counted && is_whole && !word.contains(' ')).then_some(whole)
}

fn is_currency_word(word: &str) -> bool {
    let known = [
        "rub",
        "rur",
        "usd",
        "eur",
        "gbp",
        "kzt",
        "byn",
        "uah",
        "cny",
        "руб",
        "р",
        "рублей",
        "рубля",
        "рубль",
        "dollars",
        "dollar",
        "euro",
        "euros",
        "евро",
        "$",
        "€",
        "£",
        "₽",
        "тенге",
    ];
    known.contains(&word)
}
