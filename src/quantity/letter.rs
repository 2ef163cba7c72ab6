//! Invisible characters, which are not allowed in names and shown as escapes elsewhere, and letters of another script that
//! look like Latin ones.

/// Whether a character is invisible, changes the writing direction, breaks a line or is not allowed
/// in XML.
///
/// ```
/// use voronka::quantity::is_hidden;
/// assert!(is_hidden('\u{202E}') && is_hidden('\u{2028}') && is_hidden('\u{FFFE}'));
/// assert!(!is_hidden('ё') && !is_hidden('中') && !is_hidden('\u{200D}'));
/// ```
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
        )
        // The last two code points of every plane are not characters.
        || u32::from(letter) & 0xFFFE == 0xFFFE
}

/// The Latin letter that a small Cyrillic letter looks like; any other letter is its own.
///
/// ```
/// use voronka::quantity::latin_twin;
/// assert_eq!((latin_twin('с'), latin_twin('ж')), ('c', 'ж'));
/// ```
pub fn latin_twin(letter: char) -> char {
    match letter {
        'а' => 'a',
        'в' => 'b',
        'е' | 'ё' => 'e',
        'к' => 'k',
        'м' => 'm',
        'н' => 'h',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'т' => 't',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        other => other,
    }
}

/// The letters in which two names differ, if each of them only looks like the other: one is Latin, one is not.
///
/// ```
/// use voronka::quantity::twins;
/// assert_eq!(twins("куpьер", "курьер"), Some(vec![('p', 'р')]));
/// assert_eq!(twins("offer", "order"), None);
/// assert_eq!(twins("Offer", "offer"), None);
/// ```
pub fn twins(name: &str, other: &str) -> Option<Vec<(char, char)>> {
    let lower = |letter: char| letter.to_lowercase().next().unwrap_or(letter);
    if name.chars().count() != other.chars().count() {
        return None;
    }
    let differ: Vec<(char, char)> =
        name.chars().zip(other.chars()).filter(|(one, two)| lower(*one) != lower(*two)).collect();
    let is_twin = |(one, two): &(char, char)| {
        one.is_ascii() != two.is_ascii() && latin_twin(lower(*one)) == latin_twin(lower(*two))
    };
    (!differ.is_empty() && differ.iter().all(is_twin)).then_some(differ)
}
