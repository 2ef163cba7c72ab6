//! Amounts of money as exports write them: with a currency, with separated thousands, with a point or a comma.

use crate::records::options::DecimalMark;

/// A number that was read, with the text beside it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::records) struct Amount {
    pub(in crate::records) value: f64,
    /// The currency, as the cell has it; empty where it has none.
    pub(in crate::records) currency: String,
}

/// What the signs in a number tell of the decimal sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::records) enum Tells {
    /// It has neither a comma nor a point.
    Nothing,
    /// It can be read in one way only, with this decimal sign.
    Mark(DecimalMark),
    /// It can be read in both ways: `1,234`.
    Either,
}

/// Parts of a cell.
struct Split {
    /// The number without spaces and apostrophes.
    number: String,
    /// The power of ten of the word behind it: 3 of `тыс.`, 6 of `M`.
    power: u32,
    currency: String,
}

/// Words that say thousands, millions and thousands of millions, with their powers of ten. A single small `m` is none: it may
/// be meters or minutes.
const POWERS: [(u32, &[&str]); 3] = [
    (
        3,
        &[
            "k",
            "K",
            "к",
            "К",
            "тыс",
            "тыс.",
            "тысяч",
            "тысячи",
            "thousand",
            "tsd",
            "tsd.",
            "Tsd",
            "Tsd.",
        ],
    ),
    (
        6,
        &[
            "M",
            "М",
            "mn",
            "mln",
            "mln.",
            "mio",
            "mio.",
            "Mio",
            "Mio.",
            "млн",
            "млн.",
            "миллиона",
            "миллионов",
            "million",
        ],
    ),
    (
        9,
        &[
            "B",
            "bn",
            "Bn",
            "mrd",
            "mrd.",
            "Mrd",
            "Mrd.",
            "млрд",
            "млрд.",
            "миллиарда",
            "миллиардов",
            "billion",
        ],
    ),
];

/// Units of things that are no money.
const NO_MONEY: [&str; 14] = [
    "шт", "шт.", "штук", "ед", "ед.", "pcs", "pcs.", "pieces", "мес", "мес.", "дн", "дн.", "чел",
    "чел.",
];

/// The power of ten and the currency of the words behind a number.
fn power(behind: &str) -> (u32, &str) {
    // Thousands of roubles.
    if matches!(behind.replace(' ', "").as_str(), "т.р." | "т.р" | "тр" | "т.руб." | "т.руб")
    {
        return (3, "RUB");
    }
    let end = behind.find([' ', '\u{a0}', '\u{202f}']).unwrap_or(behind.len());
    let (word, rest) = behind.split_at(end);
    let is = |(_, words): &&(u32, &[&str])| words.contains(&word);
    POWERS.iter().find(is).map_or((0, behind), |(power, _)| (*power, rest.trim()))
}

/// Whether spaces and repeated signs in a number stand where they separate thousands: never in `12 34 5` or `1.200.00`.
fn is_grouped(number: &str) -> bool {
    let is_space = |letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',');
    let whole = number.split(['.', ',']).next().unwrap_or_default();
    let mut spaced = whole.split(is_space).map(str::len);
    let first = spaced.next();
    let by_spaces = match spaced.clone().next() {
        None => true,
        Some(_) => first.is_some_and(|len| (1..=3).contains(&len)) && spaced.all(|len| len == 3),
    };
    // Of a sign that stands more than once, the last part has three digits; in India the others have two.
    let by = |sign: char| {
        let parts: Vec<&str> = number.split(sign).collect();
        let [_, middle @ .., last] = parts.as_slice() else { return true };
        let last = last.split(['.', ',']).next().unwrap_or_default();
        middle.is_empty()
            || (last.len() == 3 && middle.iter().all(|part| (2..=3).contains(&part.len())))
    };
    by_spaces && by('.') && by(',')
}

/// The number without its currency, spaces and apostrophes; and the currency.
fn split(cell: &str) -> Option<Split> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let (start, end) = (cell.find(is_digit)?, cell.rfind(is_digit)? + 1);
    let (before, after) = (&cell[..start], &cell[end..]);
    let is_negative = before.contains(['-', '−']) || (before.contains('(') && after.contains(')'));
    // `.5` and `,5`
    let starts_with_mark = before.ends_with(['.', ',']) && !before.contains(char::is_alphabetic);
    let mut number = String::new();
    if starts_with_mark {
        number.push_str("0.");
    }
    if !is_grouped(&cell[start..end]) {
        return None;
    }
    for letter in cell[start..end].chars() {
        match letter {
            '0'..='9' | '.' | ',' => number.push(letter),
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' => {}
            _ => return None,
        }
    }
    let word = |text: &str| {
        text.trim_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '-' | '−' | '(' | ')' | '+' | '/' | '|')
        })
        .to_owned()
    };
    let (before, after) = (word(before), word(after));
    let (power, after) = power(&after);
    let currency = match (before, after.to_owned()) {
        (before, after) if after.is_empty() => before,
        (before, after) if before.is_empty() => after,
        _ => return None,
    };
    let currency = if starts_with_mark { String::new() } else { currency };
    // A percentage or a formula is no amount, nor is an estimate; nor is a word that is longer than names of currencies.
    let is_vague = matches!(
        currency.to_lowercase().as_str(),
        "от" | "до" | "около" | "from" | "up to" | "about"
    );
    if currency.contains(['%', '=', '#', '@', '"', '~', '≈', '?', '<', '>', '*'])
        || currency.chars().count() > 24
        || is_vague
        || NO_MONEY.contains(&currency.to_lowercase().as_str())
    {
        return None;
    }
    let sign = if is_negative { "-" } else { "" };
    Some(Split { number: format!("{sign}{number}"), power, currency })
}

/// What a cell tells of the decimal sign.
pub(in crate::records) fn tells(cell: &str) -> Tells {
    let Some(Split { number, .. }) = split(cell) else { return Tells::Nothing };
    let digits = number.trim_start_matches('-');
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let (mark, sign) = match (points, commas) {
        (0, 0) => return Tells::Nothing,
        (1.., 1..) => {
            let point_is_last = digits.rfind('.') > digits.rfind(',');
            return Tells::Mark(if point_is_last {
                DecimalMark::Point
            } else {
                DecimalMark::Comma
            });
        }
        (2.., 0) => return Tells::Mark(DecimalMark::Comma),
        (0, 2..) => return Tells::Mark(DecimalMark::Point),
        (1, 0) => (DecimalMark::Point, '.'),
        (0, _) => (DecimalMark::Comma, ','),
    };
    let Some((whole, fraction)) = digits.split_once(sign) else { return Tells::Nothing };
    let separates_thousands =
        fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    // Spaces in the cell separate thousands already.
    let has_spaces = cell.trim().contains(['\u{a0}', '\u{202f}', '\u{2009}', '\''])
        || cell
            .trim()
            .split(' ')
            .filter(|part| part.starts_with(|c: char| c.is_ascii_digit()))
            .count()
            > 1;
    if separates_thousands && !has_spaces { Tells::Either } else { Tells::Mark(mark) }
}

/// Reads an amount with this decimal sign; a cell that can only be read with the other one is refused.
pub(in crate::records) fn parse(cell: &str, mark: DecimalMark) -> Option<Amount> {
    let cell = cell.trim();
    let Split { number, power, currency } = split(cell).or_else(|| scientific(cell))?;
    if matches!(tells(cell), Tells::Mark(found) if found != mark) {
        return None;
    }
    let text = match mark {
        DecimalMark::Point => number.replace(',', ""),
        DecimalMark::Comma => number.replace('.', "").replace(',', "."),
    };
    // A power of ten in the text gives the nearest number, where a product would round twice.
    let text = if number.contains(['e', 'E']) { number } else { format!("{text}e{power}") };
    let value: f64 = text.parse().ok()?;
    value.is_finite().then_some(Amount { value, currency })
}

/// `1.25E+05`, as spreadsheets write large numbers.
fn scientific(cell: &str) -> Option<Split> {
    let is_number =
        cell.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    let split = || Split { number: cell.to_owned(), power: 0, currency: String::new() };
    (is_number && cell.parse::<f64>().is_ok()).then(split)
}

/// A share: `50%`, `0.5`, `50`, from 0 to 1.
pub(in crate::records) fn share(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let number = cell.strip_suffix('%').unwrap_or(cell).trim().replace(',', ".");
    let value: f64 = number.parse().ok()?;
    let share = if cell.ends_with('%') || value > 1.0 { value / 100.0 } else { value };
    (0.0..=1.0).contains(&share).then_some(share)
}

/// The code of a currency that is written as a sign or a name; other words stay as they are.
pub(in crate::records) fn currency_code(word: &str) -> String {
    let word = word.trim();
    let lower = word.to_lowercase();
    let code = match lower.trim_end_matches('.') {
        "₽"
        | "р"
        | "руб"
        | "рубль"
        | "рубли"
        | "рублей"
        | "российский рубль"
        | "rur"
        | "russian ruble" => "RUB",
        "$" | "us$" | "долл" | "доллар" | "долларов" | "доллар сша" | "us dollar" => {
            "USD"
        }
        "€" | "евро" | "euro" => "EUR",
        "£" | "pound sterling" => "GBP",
        "₴" | "грн" | "гривна" => "UAH",
        "₸" | "тг" | "тенге" => "KZT",
        "белорусский рубль" => "BYN",
        "kč" => "CZK",
        "zł" => "PLN",
        _ if word.len() == 3 && word.is_ascii() => return word.to_uppercase(),
        _ => return word.to_owned(),
    };
    code.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    fn value(cell: &str, mark: DecimalMark) -> Option<f64> {
        parse(cell, mark).map(|amount| amount.value)
    }

    #[test]
    fn amounts_of_the_systems_are_read() {
        for (cell, mark, expected) in [
            ("USD 45,000.00", Point, 45_000.0),
            ("€ 3.500,00", Comma, 3500.0),
            ("1 234,50", Comma, 1234.5),
            ("1\u{a0}234,50 ₽", Comma, 1234.5),
            ("1'234.50", Point, 1234.5),
            ("125000.00", Point, 125_000.0),
            ("-12.50", Point, -12.5),
            ("(1,250.00)", Point, -1250.0),
            ("12 500 руб.", Comma, 12_500.0),
            ("1,234", Point, 1234.0),
            ("1,234", Comma, 1.234),
            ("1,5", Comma, 1.5),
            ("1.25E+05", Point, 125_000.0),
            ("120k", Point, 120_000.0),
            ("12 тыс.", Comma, 12_000.0),
            ("12 тыс. руб.", Comma, 12_000.0),
            ("12 т.р.", Comma, 12_000.0),
            ("0,1204 млн руб.", Comma, 120_400.0),
            ("$1.2M", Point, 1_200_000.0),
            ("5 bn", Point, 5e9),
            ("12,34,567.00", Point, 1_234_567.0),
        ] {
            assert_eq!(value(cell, mark), Some(expected), "{cell}");
        }
    }

    /// Never 15 or 1 instead of 1.5.
    #[test]
    fn a_number_that_needs_the_other_decimal_sign_is_refused() {
        assert_eq!(value("1,5", Point), None);
        assert_eq!(value("1.5", Comma), None);
        assert_eq!(value("1.234.567", Point), None);
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for cell in ["n/a", "#REF!", "", "50%", "=1+2", "a1b2", "12-34"] {
            assert_eq!(value(cell, Point), None, "{cell}");
        }
        for cell in ["5 шт", "~5000", "5000?", "от 5000", "12 34 5", "1.200.00", "5 500 00"] {
            assert_eq!((value(cell, Point), value(cell, Comma)), (None, None), "{cell}");
        }
    }

    #[test]
    fn signs_tell_what_they_are_where_only_one_reading_is_possible() {
        assert_eq!(tells("1,234"), Tells::Either);
        assert_eq!(tells("1.234"), Tells::Either);
        assert_eq!(tells("0,234"), Tells::Mark(Comma));
        assert_eq!(tells("1234.567"), Tells::Mark(Point));
        assert_eq!(tells("1,234,567"), Tells::Mark(Point));
        assert_eq!(tells("12 345,678"), Tells::Mark(Comma));
        assert_eq!(tells("1.234,5"), Tells::Mark(Comma));
        assert_eq!(tells("125000"), Tells::Nothing);
    }

    #[test]
    fn currencies_have_codes() {
        assert_eq!(
            parse("€ 3.500,00", Comma).map(|a| currency_code(&a.currency)),
            Some("EUR".to_owned())
        );
        for cell in ["12 тыс. руб.", "12 т.р.", "12 млн ₽"] {
            let found = parse(cell, Comma).map(|amount| currency_code(&amount.currency));
            assert_eq!(found.as_deref(), Some("RUB"), "{cell}");
        }
        assert_eq!(currency_code("Российский рубль"), "RUB");
        assert_eq!(currency_code("usd"), "USD");
        assert_eq!(currency_code("Биткоин"), "Биткоин");
    }

    #[test]
    fn shares_are_percents_or_parts_of_one() {
        assert_eq!(share("50%"), Some(0.5));
        assert_eq!(share("0,5"), Some(0.5));
        assert_eq!(share("50"), Some(0.5));
        assert_eq!(share("150"), None);
    }
}
