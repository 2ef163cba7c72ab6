//! A file that cannot be read as a model.

/// Why the text is not YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyntaxFault {
    /// A tab where spaces indent.
    Tab,
    /// A bracket or quote that is never closed; the place is where it opened.
    Unclosed {
        /// The opening character.
        opener: char,
    },
    /// A second document after `---`.
    SeveralDocuments,
    /// A colon inside a plain text, as in `Offer: late: no`.
    ColonInText,
    /// A character that looks like a space, or like nothing, indents a line.
    Invisible {
        /// The character.
        letter: char,
    },
    /// A line is indented as no line before it.
    Indentation {
        /// Its spaces.
        found: usize,
        /// Spaces of the lines that it probably stands beside.
        siblings: usize,
    },
    /// ` #` begins a comment inside a name.
    CommentInName,
    /// Too many levels, or too many values after aliases are followed.
    TooComplex,
    /// Anything else, in the parser's words.
    Other {
        /// What the parser says.
        message: String,
    },
}

/// What encoding a text that is not UTF-8 seems to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a letter.
    Utf16,
    /// The Cyrillic code page of Windows.
    Windows1251,
    /// Something else.
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
