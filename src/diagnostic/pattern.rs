//! Codes as people choose them: one code, or all that begin alike.

use super::codes::CODES;

/// A code such as `V619`, or the beginning of several, such as `V6`.
///
/// ```
/// use voronka::diagnostic::{Pattern, PatternFault};
/// let warnings = Pattern::parse("v6").unwrap();
/// assert!(warnings.matches("V619") && !warnings.matches("V301"));
/// let fault = Pattern::parse("V691x").unwrap_err();
/// assert_eq!(fault, PatternFault::Unknown { nearest: Some("V691".to_owned()) });
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

/// Why a text chooses no codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternFault {
    /// No code is or begins so.
    Unknown {
        /// A code of nearly the same letters.
        nearest: Option<String>,
    },
    /// All codes of it are errors, and these cannot be ignored.
    OnlyErrors,
}

impl Pattern {
    /// Reads a code or the beginning of codes, in letters of any case.
    ///
    /// # Errors
    /// No code is or begins so.
    pub fn parse(text: &str) -> Result<Pattern, PatternFault> {
        let pattern = Pattern(text.to_ascii_uppercase());
        if !text.is_empty() && CODES.iter().any(|entry| pattern.matches(entry.code)) {
            return Ok(pattern);
        }
        let distance = |code| strsim::damerau_levenshtein(&pattern.0, code);
        let near = CODES.iter().map(|entry| (distance(entry.code), entry.code));
        let nearest = near.filter(|(distance, _)| *distance <= 1).min();
        Err(PatternFault::Unknown { nearest: nearest.map(|(_, code)| code.to_owned()) })
    }

    /// Reads codes that are to be ignored: at least one of them is a warning.
    ///
    /// # Errors
    /// No code is or begins so, or all of them are errors.
    pub fn ignored(text: &str) -> Result<Pattern, PatternFault> {
        let pattern = Pattern::parse(text)?;
        let mut codes = CODES.iter().map(|entry| entry.code);
        let hides = codes.any(|code| is_warning(code) && pattern.matches(code));
        if hides { Ok(pattern) } else { Err(PatternFault::OnlyErrors) }
    }

    /// Whether a code is chosen.
    pub fn matches(&self, code: &str) -> bool {
        code.starts_with(&self.0)
    }

    /// The pattern as text, in capitals.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Whether a code is that of a warning.
fn is_warning(code: &str) -> bool {
    code.starts_with("V6")
}
