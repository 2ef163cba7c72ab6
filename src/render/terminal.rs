//! Blocks on a terminal: aligned tables, bars, headings; ASCII where asked.

use comfy_table::{Cell as TableCell, CellAlignment, Table as Grid, presets};

use super::number;
use super::words::{self, Language, Piece};
use super::{plot, visible};
use crate::report::phrase::Phrase;
use crate::report::{Block, Cell, Table, Title};

/// How a terminal shows blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Whether a table that is wider goes on below, and long names take several lines; in a file tables stay whole.
    pub folds: bool,
    /// Only ASCII characters.
    pub ascii: bool,
    /// With bold headings.
    pub colour: bool,
    /// The language of the reader.
    pub language: Language,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            width: 100,
            folds: false,
            ascii: false,
            colour: false,
            language: Language::default(),
        }
    }
}

/// Names longer than this take several lines of a table that folds.
const LONG_NAME: usize = 28;
/// Letters of a name that are shown at all.
const LONGEST: usize = 10_000;
/// Columns of a bar.
const BAR: usize = 12;

/// The blocks as text.
pub fn show(blocks: &[Block], style: Style) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                text.push('\n');
                let heading = words::text(heading, style.language);
                if style.colour {
                    text.extend(["\u{1b}[1m", &heading, "\u{1b}[0m\n"]);
                } else {
                    text.extend([&heading, "\n"]);
                }
            }
            Block::Model(model) => {
                text.extend(model.lines().map(|line| format!("  {line}\n")));
            }
            Block::Line(phrase) => {
                text.push_str(&wrap(&line(phrase, style), style.width).replace(TOGETHER, " "));
                text.push('\n');
            }
            Block::Table(table) => text.push_str(&grid(table, style)),
        }
    }
    if style.ascii { to_ascii(&text) } else { text }
}

/// Stands for a space at which no line breaks, until lines are broken.
const TOGETHER: &str = "\u{a0}";

/// A phrase as one line, in which a number stays with its unit.
fn line(phrase: &Phrase, style: Style) -> String {
    words::join(words::say(phrase, style.language).iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Name(name) => visible(name, LONGEST),
        Piece::Code(code) => format!("`{}`", visible(code, LONGEST)),
        Piece::Number(number) => style.language.number(number).replace(' ', TOGETHER),
    }))
}

/// What stands above a column.
pub(super) fn title(title: &Title, language: Language) -> String {
    match title {
        Title::Empty => String::new(),
        Title::Word(word) => word.clone(),
        Title::Phrase(phrase) => words::text(phrase, language),
    }
}

/// One cell as people read it.
pub(super) fn cell(cell: &Cell, style: Style) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Phrase(phrase) => words::text(phrase, style.language),
        Cell::Name(name) => visible(name, LONGEST),
        Cell::Number(number) => style.language.number(number),
        Cell::Plain(value) => number::plain(*value),
        Cell::Whole(value) => value.to_string(),
        Cell::Bar(share) => plot::bar(*share, BAR, style.ascii),
    }
}

/// A table, in as many parts below each other as its width asks for.
fn grid(table: &Table, style: Style) -> String {
    let columns: Vec<usize> = (0..table.columns.len()).collect();
    if !style.folds {
        return part(table, &columns, style);
    }
    let widths: Vec<usize> = columns.iter().map(|at| width(table, *at, style)).collect();
    let all = |columns: &[usize]| columns.iter().map(|at| widths[*at]).sum::<usize>();
    let room = style.width + 1;
    if all(&columns) <= room {
        return part(table, &columns, style);
    }
    // A bar only repeats the number beside it.
    let is_bar = |at: &usize| table.rows.iter().any(|row| matches!(row[*at], Cell::Bar(_)));
    let columns: Vec<usize> = columns.into_iter().filter(|at| !is_bar(at)).collect();
    let names = columns.iter().take_while(|at| !table.columns[**at].numeric).count();
    let widest = columns.iter().skip(names).map(|at| widths[*at]).max().unwrap_or(0);
    // The columns that say what a row is about stand in every part, as far as they leave room.
    let mut names = names.clamp(1, columns.len().max(1));
    while names > 1 && all(&columns[..names]) + widest > room {
        names -= 1;
    }
    let (leading, rest) = columns.split_at(names.min(columns.len()));
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for at in rest {
        match parts.last_mut() {
            Some(last) if all(last) + widths[*at] <= room => last.push(*at),
            _ => parts.push([leading, &[*at]].concat()),
        }
    }
    if parts.is_empty() {
        parts.push(leading.to_vec());
    }
    let parts: Vec<String> = parts.iter().map(|columns| part(table, columns, style)).collect();
    parts.join("\n")
}

/// The columns that a column takes, with the room beside it.
fn width(table: &Table, at: usize, style: Style) -> usize {
    let lines = table.rows.iter().map(|row| folded(&row[at], style));
    let cells = lines.map(|text| text.lines().map(width_of).max().unwrap_or(0));
    cells.chain([width_of(&title(&table.columns[at].title, style.language))]).max().unwrap_or(0) + 2
}

/// A cell of a table: a long name takes several lines.
fn folded(value: &Cell, style: Style) -> String {
    let text = cell(value, style);
    match value {
        Cell::Name(_) if style.folds => {
            fold(&text, LONG_NAME.max(style.width / 3).min(style.width.max(24) - 4))
        }
        _ => text,
    }
}

/// Some columns of a table.
fn part(table: &Table, columns: &[usize], style: Style) -> String {
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING);
    let aligned = |at: usize, text: String| {
        let cell = TableCell::new(text);
        if table.columns[at].numeric { cell.set_alignment(CellAlignment::Right) } else { cell }
    };
    grid.set_header(
        columns.iter().map(|at| aligned(*at, title(&table.columns[*at].title, style.language))),
    );
    for row in &table.rows {
        grid.add_row(columns.iter().map(|at| aligned(*at, folded(&row[*at], style))));
    }
    let text = grid.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// Breaks a name into lines: between words, and inside a word that is longer than a line.
fn fold(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut letters = String::new();
        for letter in word.chars() {
            if width_of(&letters) + width_of(letter.encode_utf8(&mut [0; 4])) > width {
                push_word(&mut lines, &std::mem::take(&mut letters), width);
            }
            letters.push(letter);
        }
        push_word(&mut lines, &letters, width);
    }
    lines.join("\n")
}

fn push_word(lines: &mut Vec<String>, word: &str, width: usize) {
    match lines.last_mut() {
        Some(line) if line.is_empty() => line.push_str(word),
        Some(line) if width_of(line) + 1 + width_of(word) <= width => {
            line.push(' ');
            line.push_str(word);
        }
        _ => lines.push(word.to_owned()),
    }
}

fn width_of(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// The words of a line; a number keeps its percent sign.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut spaces = text.match_indices(' ').map(|(at, _)| at);
        let end = spaces.find(|at| !text[at + 1..].starts_with('%'));
        rest = end.map(|at| &text[at + 1..]);
        Some(end.map_or(text, |at| &text[..at]))
    })
}

fn wrap(line: &str, width: usize) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in words(line) {
        let length = width_of(word);
        if column > 0 && column + 1 + length > width.max(20) {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text
}

fn to_ascii(text: &str) -> String {
    let mut ascii = String::new();
    for letter in text.chars() {
        match letter {
            '±' => ascii.push_str("+-"),
            '–' | '—' | '−' => ascii.push('-'),
            '…' => ascii.push_str("..."),
            '\u{202f}' | '\u{a0}' => ascii.push(' '),
            other => ascii.push(other),
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Kind;

    #[test]
    fn a_number_is_not_parted_from_its_percent_sign() {
        assert_eq!(
            wrap("the chances add up to 100 % here", 25),
            "the chances add up to\n100 % here"
        );
        assert_eq!(words(" two  spaces").collect::<Vec<_>>(), ["", "two", "", "spaces"]);
    }

    /// A table of two names, a bar and six numbers.
    fn wide() -> Table {
        let titles =
            ["stage", "phase", "", "#visits", "#goes on", "#chance", "#p50", "#p90", "main loss"];
        let mut table = Table::new(&titles);
        for name in ["Lead", "Согласование договора с юридическим отделом заказчика"]
        {
            let number = |value: f64| Cell::number(Some(value), Kind::Share);
            let numbers = [0.11, 0.22, 0.33, 0.44, 0.55].map(number);
            let row = [Cell::Name(name.to_owned()), Cell::text("deal"), Cell::Bar(0.5)];
            let row = row.into_iter().chain(numbers).chain([Cell::Name("price".to_owned())]);
            table.rows.push(row.collect());
        }
        table
    }

    #[test]
    fn a_table_that_is_too_wide_goes_on_below_and_loses_nothing() {
        let table = wide();
        for width in [20, 30, 40, 60, 80, 100, 120] {
            let style = Style { width, folds: true, ..Style::default() };
            let text = show(&[Block::Table(table.clone())], style);
            for column in &table.columns {
                let title = title(&column.title, style.language);
                assert!(text.contains(&title), "{width}: {title}\n{text}");
            }
            for value in ["11 %", "22 %", "33 %", "44 %", "55 %", "price"] {
                assert_eq!(text.matches(value).count(), 2, "{width}: {value}\n{text}");
            }
            // Every part names its rows.
            let parts = text.split("\n\n").count();
            assert_eq!(text.matches("Lead").count(), parts, "{width}\n{text}");
            if width >= 40 {
                assert!(text.lines().all(|line| width_of(line) <= width), "{width}\n{text}");
            }
        }
    }

    #[test]
    fn in_a_file_a_table_is_whole_and_its_names_too() {
        let text = show(&[Block::Table(wide())], Style { width: 40, ..Style::default() });
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("Согласование договора с юридическим отделом заказчика"), "{text}");
    }

    #[test]
    fn a_long_name_takes_several_lines_and_keeps_every_letter() {
        let name = "очень дорого для нас и долго для клиента, который ждать не хочет";
        assert_eq!(fold(name, 20).replace('\n', " "), name);
        assert!(fold(&"x".repeat(50), 20).lines().all(|line| line.len() <= 20));
    }
}
