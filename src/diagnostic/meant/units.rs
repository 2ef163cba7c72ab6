//! Units in Russian.

/// The unit that a Russian word for one means.
pub fn english_unit(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let stems: [(&str, &[&str]); 8] = [
        ("s", &["с", "сек"]),
        ("min", &["мин"]),
        ("h", &["ч", "час"]),
        ("d", &["д", "день", "дн", "сут"]),
        ("week", &["нед"]),
        ("month", &["мес"]),
        ("quarter", &["кв"]),
        ("year", &["г", "год", "лет"]),
    ];
    // The longest beginning decides: `сут` is no second.
    let fits = stems.iter().flat_map(|(unit, stems)| stems.iter().map(move |stem| (stem, unit)));
    let best = fits.filter(|(stem, _)| word.starts_with(**stem)).max_by_key(|(stem, _)| stem.len());
    best.map(|(_, unit)| *unit)
}

/// The number and the unit of `25 weekly` and `monthly 40`.
pub(super) fn often(text: &str) -> Option<(&str, &'static str)> {
    const ADVERBS: [(&str, &str); 10] = [
        ("hourly", "hour"),
        ("daily", "day"),
        ("weekly", "week"),
        ("monthly", "month"),
        ("quarterly", "quarter"),
        ("yearly", "year"),
        ("annually", "year"),
        ("ежедневно", "day"),
        ("еженедельно", "week"),
        ("ежемесячно", "month"),
    ];
    ADVERBS.into_iter().find_map(|(adverb, unit)| {
        let number = text.strip_suffix(adverb).or_else(|| text.strip_prefix(adverb))?;
        Some((number.trim(), unit))
    })
}

/// Pay without the words that say whom it is for: `3000/mo` of `3000/mo/person`.
pub(super) fn each(text: &str) -> Option<&str> {
    const WORDS: [&str; 16] = [
        "/person",
        "/head",
        "/employee",
        "/fte",
        "/seller",
        " per person",
        " per head",
        " per employee",
        " per fte",
        " each",
        "/чел.",
        "/чел",
        "/сотрудника",
        " на человека",
        " на сотрудника",
        " каждому",
    ];
    WORDS.iter().find_map(|word| text.strip_suffix(word)).map(str::trim)
}

/// The number of a word: `two`, `двое`.
pub fn count(word: &str) -> Option<u32> {
    const WORDS: [(u32, &[&str]); 11] = [
        (1, &["one", "один", "одна", "одну"]),
        (2, &["two", "два", "две", "двое"]),
        (3, &["three", "три", "трое"]),
        (4, &["four", "четыре", "четверо"]),
        (5, &["five", "пять", "пятеро"]),
        (6, &["six", "шесть", "шестеро"]),
        (7, &["seven", "семь", "семеро"]),
        (8, &["eight", "восемь", "восьмеро"]),
        (9, &["nine", "девять", "девятеро"]),
        (10, &["ten", "десять", "десятеро"]),
        (12, &["twelve", "двенадцать"]),
    ];
    let word = word.trim().to_lowercase();
    WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(count, _)| *count)
}
