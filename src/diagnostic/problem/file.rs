//! A file that cannot be read as a model.

/// Why the text is not YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyntaxFault {
    /// A tab where spaces indent.
    Tab,
    /// A bracket or quote that is never closed; the place is its opening.
    Unclosed {
        /// The opening character.
        opener: char,
    },
    /// A second document after `---`.
    SeveralDocuments,
    /// A colon inside a plain text, as in `Offer: late: no`.
    ColonInText,
    /// An invisible or space-like character in the indentation of a line.
    Invisible {
        /// The character.
        letter: char,
    },
    /// A line whose indentation matches no earlier line.
    Indentation {
        /// The number of its spaces.
        found: usize,
        /// The number of spaces of its probable siblings.
        siblings: usize,
    },
    /// ` #` begins a comment inside a name.
    CommentInName,
    /// A line of another tool: a mark of a merge conflict, a code fence, `//` before a comment.
    Foreign {
        /// The mark.
        mark: &'static str,
    },
    /// A text that begins with a sign that YAML keeps for itself.
    Reserved {
        /// The sign.
        sign: char,
    },
    /// A slip that the text of its line shows.
    Slip(Slip),
    /// Too many levels, or too many values after expanding aliases.
    TooComplex,
    /// Any other fault, in the parser's words.
    Other {
        /// The parser's message.
        message: String,
    },
}

/// A slip of the pen that makes a line no YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum Slip {
    /// `phase:lead`.
    NoSpaceAfterColon { key: String, value: String },
    /// `wait {…}`, `stages`.
    NoColon { key: String },
    /// `-{…}`.
    NoSpaceAfterDash,
    /// `*` before an item of a list.
    Star,
    /// A closing bracket without an opening one.
    OneTooMany { closer: char },
    /// A text after the quote that ends a quoted text.
    QuoteInText { quote: char },
    /// A text that begins with a bracket.
    BracketInText { opener: char },
    /// A semicolon between entries.
    Semicolon,
    /// Nothing between entries.
    NoComma { key: String },
    /// A map inside the map of a key has no braces.
    MapInMap { key: String, written: String },
    /// A text and deeper lines at one key.
    TextAndBlock { key: String },
    /// `visit: >= 2`, where `>` begins a text of several lines.
    Comparison { text: String, written: String },
}

/// The probable encoding of a text that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes per character.
    Utf16,
    /// Windows-1251, the Cyrillic code page.
    Windows1251,
    /// Another encoding.
    Unknown,
}

/// Why a file cannot be read as a model: codes `V001` to `V099`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum FileFault {
    NoSuchFile { nearest: Vec<String> },
    NotAFile,
    CannotRead { reason: String },
    TooLarge { limit_mib: u64 },
    EmptyModel,
    NotText,
    NotUtf8 { likely: Encoding, file: String },
    LooksLikeTable,
    Syntax { fault: SyntaxFault },
    NewerVersion { found: String },
}

impl FileFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            FileFault::NoSuchFile { .. } => "V001",
            FileFault::NotAFile => "V002",
            FileFault::CannotRead { .. } => "V003",
            FileFault::TooLarge { .. } => "V004",
            FileFault::EmptyModel => "V005",
            FileFault::NotText => "V006",
            FileFault::NotUtf8 { .. } => "V007",
            FileFault::Syntax { .. } => "V008",
            FileFault::NewerVersion { .. } => "V009",
            FileFault::LooksLikeTable => "V010",
        }
    }
}
