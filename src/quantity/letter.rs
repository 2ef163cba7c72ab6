//! Invisible characters: not allowed in names, and shown as escapes elsewhere.

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
