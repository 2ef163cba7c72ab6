//! Blocks as Markdown: headings, tables, lines; nothing that a model holds can become markup.
//!
//! All text is escaped, our own words too, because they may quote names. What is typed at a prompt is a piece
//! of its own ([`Piece::Code`]), so that it can stand between back quotes, where nothing is markup.

use super::map::mermaid;
use super::terminal::{Style, cell, title};
use super::visible;
use super::words::drawn::Drawn;
use super::words::{self, Language, Piece};
use crate::report::phrase::{Phrase, Term};
use crate::report::{Block, Cell, Column, Map, Note, Table};

/// Letters of a text that are shown at all.
const LONGEST: usize = 10_000;

/// The blocks as Markdown.
pub fn show(blocks: &[Block], language: Language) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                text.extend(["## ", &escape(&words::text(heading, language)), "\n\n"]);
            }
            Block::Model(model) => text.push_str(&fenced(model.trim_end(), "yaml")),
            Block::Line(phrase) => {
                text.extend([begun(&line(phrase, language)).as_str(), "\n\n"]);
            }
            Block::Table(table) => text.push_str(&grid(table, language)),
        }
    }
    text
}

/// A phrase as one line; what is typed at a prompt stands between back quotes, where nothing is markup.
fn line(phrase: &Phrase, language: Language) -> String {
    words::join(words::say(phrase, language).iter().map(|piece| match piece {
        Piece::Text(text) => escape(text),
        Piece::Name(name) => escape(&visible(name, LONGEST)),
        Piece::Code(code) => quoted(&visible(code, LONGEST)),
        Piece::Number(number) => escape(&language.number(number)),
    }))
}

/// A process on one page: its description and its card, its map as Mermaid, then what people are told about its stages
/// and roles.
pub fn process(map: &Map, language: Language) -> String {
    let mut text = format!("# {}\n\n", escape(&map.title));
    let is_description = |entry: &&(String, String)| entry.0 == "description";
    for (_, description) in map.about.iter().filter(is_description) {
        text = text + &begun(&escape(description)) + "\n\n";
    }
    let mut card = Table::of([Column::untitled(), Column::untitled()]);
    for (key, words) in map.about.iter().filter(|entry| !is_description(entry)) {
        card.rows.push(vec![
            Cell::Text(language.draw(Drawn::CardKey(key))),
            Cell::Name(language.draw(Drawn::CardText(key, words))),
        ]);
    }
    if !card.rows.is_empty() {
        text += &grid(&card, language);
    }
    text += &fenced(mermaid(map, language).trim_end(), "mermaid");
    let notes = [
        (Term::AboutStages, Term::Stage, &map.stage_notes),
        (Term::AboutRoles, Term::Role, &map.role_notes),
    ];
    for (heading, of, notes) in notes.into_iter().filter(|(.., notes)| !notes.is_empty()) {
        text += &show(&[Block::Heading(heading.into()), Block::Table(noted(of, notes))], language);
    }
    text
}

/// A table of what people are told.
fn noted(of: Term, notes: &[Note]) -> Table {
    let titles = [of, Term::Step, Term::Department, Term::Description, Term::Instruction];
    let mut table = Table::of(titles.map(Column::words));
    let name = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::Name);
    table.rows.extend(notes.iter().map(|note| {
        vec![
            Cell::Name(note.name.clone()),
            note.step.clone().map_or(Cell::Empty, Cell::from),
            name(&note.department),
            name(&note.told.description),
            name(&note.told.instruction),
        ]
    }));
    table.drop_empty();
    table
}

fn grid(table: &Table, language: Language) -> String {
    let style = Style { language, ..Style::default() };
    let word = |value: &Cell| escape(&cell(value, style));
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|at| !table.rows.iter().any(|row| matches!(row[*at], Cell::Bar(_))))
        .collect();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text =
        line(shown.iter().map(|at| escape(&title(&table.columns[*at].title, language))).collect());
    let rule = |at: &usize| if table.columns[*at].numeric { "--:" } else { "---" }.to_owned();
    text.push_str(&line(shown.iter().map(rule).collect()));
    for row in &table.rows {
        text.push_str(&line(shown.iter().map(|at| word(&row[*at])).collect()));
    }
    text.push('\n');
    text
}

/// Text as it stands: marks of Markdown and HTML lose their meaning, addresses and mentions stay text.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            other => escaped.push(other),
        }
    }
    escaped.replace("://", ":&#47;&#47;").replace("www.", "www&#46;")
}

/// A line whose beginning makes no list, rule or quotation.
fn begun(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let at = if digits > 0 && line[digits..].starts_with(['.', ')']) { digits } else { 0 };
    let makes_a_list = at > 0 || line.starts_with(['-', '+', '=']);
    if makes_a_list { format!("{}\\{}", &line[..at], &line[at..]) } else { line.to_owned() }
}

/// Code between more back quotes than it holds in a row.
fn quoted(code: &str) -> String {
    let ticks = "`".repeat(most_ticks(code) + 1);
    // In a table a bar ends the cell even here.
    let code = code.replace('|', "\\|");
    let room = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{ticks}{room}{code}{room}{ticks}")
}

/// Lines of code between fences that are longer than any in them.
fn fenced(code: &str, language: &str) -> String {
    let fence = "`".repeat((most_ticks(code) + 1).max(3));
    format!("{fence}{language}\n{code}\n{fence}\n\n")
}

/// The most back quotes in a row.
fn most_ticks(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::phrase::{Dimension, Remark};
    use crate::report::{Kind, Number};

    #[test]
    fn names_cannot_become_markup() {
        assert_eq!(escape("a|b <script> *x*"), "a\\|b &lt;script&gt; \\*x\\*");
        assert_eq!(escape("~~$x$~~ @you"), "\\~\\~\\$x\\$\\~\\~ &#64;you");
        assert!(!escape("http://evil.example www.evil.example").contains("://"));
    }

    #[test]
    fn a_currency_cannot_become_markup() {
        let kind = Kind::Money("<img src=x>|b".to_owned());
        let mut table = Table::new(&["a|b", "#value"]);
        table.rows.push(vec![Cell::text("<b>"), Cell::number(Some(3.0), kind.clone())]);
        let name = Phrase::Name("1. <i>".to_owned());
        let line = Block::Line(Remark::Always(Number::new(3.0, kind)).into());
        let text = show(
            &[
                Block::Heading(Phrase::By(Dimension::Attribute("<u>".to_owned()))),
                Block::Table(table),
                Block::Line(name),
                line,
            ],
            Language::English,
        );
        assert!(!text.contains("<i") && !text.contains("<b") && !text.contains("<u"), "{text}");
        for line in text.lines().filter(|line| line.starts_with('|')) {
            assert_eq!(line.replace("\\|", "").matches('|').count(), 3, "{line}");
        }
    }

    #[test]
    fn a_process_has_its_card_above_its_map() {
        let about = [("description", "- a sale"), ("owner", "a|b")];
        let map = Map {
            title: "Sale".to_owned(),
            about: about.map(|(key, text)| (key.to_owned(), text.to_owned())).to_vec(),
            ..Map::default()
        };
        let text = process(&map, Language::English);
        assert!(text.starts_with("# Sale\n\n\\- a sale\n\n"), "{text}");
        assert!(text.contains("| owner | a\\|b |"), "{text}");
        assert!(text.contains("```mermaid\n%% Sale\n"), "{text}");
    }

    #[test]
    fn a_line_cannot_begin_a_list() {
        assert_eq!(begun("1. Lead — 2024"), "1\\. Lead — 2024");
        assert_eq!(begun("12) Lead"), "12\\) Lead");
        assert_eq!(begun("- Lead"), "\\- Lead");
        assert_eq!(begun("100 deals"), "100 deals");
    }

    #[test]
    fn code_cannot_end_its_quotes() {
        assert_eq!(quoted("run -n 5"), "`run -n 5`");
        assert_eq!(quoted("a`b"), "``a`b``");
        assert_eq!(quoted("`a`"), "`` `a` ``");
        assert!(fenced("name: ```", "yaml").starts_with("````yaml\n"));
    }
}
