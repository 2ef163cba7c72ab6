//! Files that cannot be read as a model.

use super::code_point;
use crate::diagnostic::{Encoding, FileFault, Slip, SyntaxFault};
use crate::render::visible;
use crate::render::words::shown::{as_argument, list, message, plain, show};
use crate::render::words::{Message, plural};

pub(super) fn file(fault: &FileFault) -> Message {
    match fault {
        FileFault::NoSuchFile { nearest } if nearest.is_empty() => {
            message("no such file", "a model is a YAML file; see models/ for examples")
        }
        FileFault::NoSuchFile { nearest } => {
            message("no such file", format!("there is {}", list(nearest)))
        }
        FileFault::NotAFile => {
            message("this is not a file", "name a model file, or `-` for standard input")
        }
        FileFault::CannotRead { reason } => {
            plain(format!("cannot be read: {}", visible(reason, 200)))
        }
        FileFault::TooLarge { limit_mib } => message(
            format!("the file is larger than {limit_mib} MiB"),
            "a model of 1,000 stages takes less than 1 MiB; is this the right file?",
        ),
        FileFault::EmptyModel => message(
            "empty model",
            "the smallest useful one is `stages: {lead: {wait: 1d, next: 30%}}`; see models/ for examples",
        ),
        FileFault::NotText => message("not a text file", "a model is YAML text in UTF-8"),
        FileFault::NotUtf8 { likely, file } => {
            let (looks, from) = match likely {
                Encoding::Utf16 => (" (it looks like UTF-16)", "UTF-16"),
                Encoding::Windows1251 => (" (it looks like Windows-1251)", "WINDOWS-1251"),
                Encoding::Unknown => ("", "ENCODING"),
            };
            message(
                format!("the file is not UTF-8{looks}"),
                format!(
                    "convert it: `iconv -f {from} -t UTF-8 {} > converted.yaml`",
                    as_argument(file)
                ),
            )
        }
        FileFault::LooksLikeTable => message(
            "this looks like a table (CSV) and not like a model",
            "a model is YAML; a table of values is named in it, as `{empirical: {file: data.csv, column: amount}}`",
        ),
        FileFault::Syntax { fault } => syntax(fault),
        FileFault::NewerVersion { found } => message(
            format!("this model is written in version {} of the language", show(found)),
            "this voronka reads version 1; use a newer one",
        ),
    }
}

fn syntax(fault: &SyntaxFault) -> Message {
    match fault {
        SyntaxFault::Tab => message("a tab cannot indent YAML", "use spaces"),
        SyntaxFault::Unclosed { opener: '"' | '\'' } => {
            message("this quote is never closed", "close it where the text ends")
        }
        SyntaxFault::Unclosed { opener } => {
            let close = if *opener == '[' { ']' } else { '}' };
            message(
                format!("this `{opener}` is never closed, or something in it is not YAML"),
                format!("close it with `{close}`; separate what is in it with commas"),
            )
        }
        SyntaxFault::SeveralDocuments => message(
            "a second document begins here",
            "one model a file: remove `---` and what follows",
        ),
        SyntaxFault::ColonInText => message(
            "a colon is not allowed here",
            "quote a text that contains a colon (\"a: b\"), and check the indentation",
        ),
        SyntaxFault::Invisible { letter } => message(
            format!("{} indents this line but is not a normal space", code_point(*letter)),
            "replace it with spaces; it often comes with text that is copied from a page or a chat",
        ),
        SyntaxFault::Indentation { found, siblings } => message(
            format!(
                "this line is indented by {}, and those beside it by {siblings}",
                spaces(*found)
            ),
            format!("indent it by {}", spaces(*siblings)),
        ),
        SyntaxFault::CommentInName => message(
            "` #` begins a comment, so this name ends here",
            "quote a name that contains it: \"Demo #2\"",
        ),
        SyntaxFault::Foreign { mark: "```" } => message(
            "a line that frames code is not YAML",
            "remove the lines that frame a piece of code in a text",
        ),
        SyntaxFault::Foreign { mark: mark @ ("//" | "/*") } => message(
            format!("{} begins no comment in YAML", show(mark)),
            "a comment begins with `#`",
        ),
        SyntaxFault::Foreign { mark } => message(
            format!("a line of YAML cannot begin with {}", show(mark)),
            "a merge left its marks here: keep one of the two versions and remove the marks",
        ),
        SyntaxFault::Reserved { sign } => message(
            format!("a text cannot begin with `{sign}` in YAML"),
            "put the text in quotes, or remove the sign",
        ),
        SyntaxFault::Slip(one) => slip(one),
        SyntaxFault::TooComplex => message(
            "the file is nested too deeply, or its aliases unfold too far",
            "at most 64 levels and a million values",
        ),
        SyntaxFault::Other { message: text } => plain(format!("not YAML: {}", visible(text, 120))),
    }
}

fn spaces(count: usize) -> String {
    format!("{count} {}", plural::english(count as u64, ["space", "spaces"]))
}

/// A slip that the text of its line shows.
fn slip(slip: &Slip) -> Message {
    match slip {
        Slip::NoSpaceAfterColon { key, value } => message(
            format!("there is no space after the colon of {}", show(key)),
            format!("write `{}: {}`", visible(key, 60), visible(value, 60)),
        ),
        Slip::NoColon { key } => message(
            format!("there is no colon after {}", show(key)),
            format!("write `{}: …`", visible(key, 60)),
        ),
        Slip::NoSpaceAfterDash => {
            message("there is no space after the `-` of a list item", "write `- {…}`")
        }
        Slip::Star => message("`*` does not begin a list item", "write `-`"),
        Slip::OneTooMany { closer } => message(
            format!("this `{closer}` closes nothing"),
            "there is one closing bracket too many: remove it",
        ),
        Slip::QuoteInText { quote } => {
            let other = if *quote == '"' { '\'' } else { '"' };
            message(
                format!("the text ended at the `{quote}` before this place"),
                format!("a text that contains `{quote}` stands between two `{other}`"),
            )
        }
        Slip::BracketInText { opener } => message(
            format!("a text that begins with `{opener}` needs quotes"),
            "without quotes it is read as a list or a map: put the whole text in quotes",
        ),
        Slip::Semicolon => message("a `;` separates nothing in YAML", "write a comma"),
        Slip::MapInMap { key, written } => message(
            format!("{} has a map without braces", show(key)),
            format!("write {}", show(written)),
        ),
        Slip::NoComma { key } => message(
            format!("there is no comma before {}", show(key)),
            "entries between braces are separated by commas",
        ),
        Slip::Comparison { text, written } => message(
            format!("in YAML, the `>` of {} begins a text of several lines", show(text)),
            format!("write {}", show(written)),
        ),
        Slip::TextAndBlock { key } => message(
            format!("{} has a text and deeper lines below it", show(key)),
            "a key has one or the other: remove the text, or make it a comment with `#`",
        ),
    }
}
