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
