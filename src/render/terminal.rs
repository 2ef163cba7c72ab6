//! Blocks on a terminal: aligned tables, bars, headings; ASCII where asked.

use comfy_table::{Cell as TableCell, CellAlignment, Table as Grid, presets};

use super::number::{self, Kind as NumberKind};
use super::{plot, visible};
use crate::report::{Block, Cell, Kind, Table};

/// How a terminal shows blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Only ASCII characters.
    pub ascii: bool,
    /// With bold headings.
    pub colour: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style { width: 100, ascii: false, colour: false }
    }
}

/// Names longer than this are cut.
const LONGEST_NAME: usize = 28;
/// Columns of a bar.
const BAR: usize = 12;

/// The blocks as text.
pub fn show(blocks: &[Block], style: Style) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                text.push('\n');
                if style.colour {
                    text.extend(["\u{1b}[1m", heading, "\u{1b}[0m\n"]);
                } else {
                    text.extend([heading, "\n"]);
                }
            }
            Block::Model(model) => {
                text.extend(model.lines().map(|line| format!("  {line}\n")));
            }
            Block::Line(cells) => {
                // A line has room for a whole name, which a column has not.
                let words: Vec<String> = cells
                    .iter()
                    .map(|value| match value {
                        Cell::Name(name) => visible(name, style.width),
                        // A number stays with its unit.
                        number @ Cell::Number { .. } => cell(number, style).replace(' ', TOGETHER),
                        other => cell(other, style),
                    })
                    .collect();
                text.push_str(&wrap(&join(&words), style.width).replace(TOGETHER, " "));
                text.push('\n');
            }
            Block::Table(table) => text.push_str(&grid(table, style)),
        }
    }
    if style.ascii { to_ascii(&text) } else { text }
}

/// Stands for a space at which no line breaks, until lines are broken.
const TOGETHER: &str = "\u{a0}";

/// Joins words by spaces, none before a comma or semicolon.
pub(super) fn join(words: &[String]) -> String {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() && !word.starts_with([',', ';', '.']) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// One cell as people read it.
pub(super) fn cell(cell: &Cell, style: Style) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Name(name) => visible(name, LONGEST_NAME.max(style.width / 3)),
        Cell::Number { value, half_width, kind } => {
            let kind = number_kind(kind);
            match half_width {
                Some(half_width) => number::estimate(*value, *half_width, kind),
                None => number::value(*value, kind),
            }
        }
        Cell::Plain(value) => number::plain(*value),
        Cell::Whole(value) => value.to_string(),
        Cell::Bar(share) => plot::bar(*share, BAR, style.ascii),
    }
}

fn number_kind(kind: &Kind) -> NumberKind<'_> {
    match kind {
        Kind::Days => NumberKind::Days,
        Kind::Money(currency) => NumberKind::Money(currency),
        Kind::Share => NumberKind::Share,
        Kind::Count => NumberKind::Count,
    }
}

fn grid(table: &Table, style: Style) -> String {
    let (table, left_out) = fitting(table, style);
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING);
    grid.set_header(table.columns.iter().map(|column| {
        let cell = TableCell::new(&column.title);
        if column.numeric { cell.set_alignment(CellAlignment::Right) } else { cell }
    }));
    for row in &table.rows {
        grid.add_row(row.iter().zip(&table.columns).map(|(value, column)| {
            let cell = TableCell::new(cell(value, style));
            if column.numeric { cell.set_alignment(CellAlignment::Right) } else { cell }
        }));
    }
    let text = grid.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n") + "\n";
    if left_out.is_empty() {
        return text;
    }
    let note = format!("(no room for: {})", left_out.join(", "));
    text + &wrap(&note, style.width) + "\n"
}

/// The table without its bars and last columns where the terminal is too narrow for all, and the titles of what it lost.
fn fitting(table: &Table, style: Style) -> (Table, Vec<String>) {
    let mut table = table.clone();
    let mut left_out = Vec::new();
    loop {
        let width: usize = (0..table.columns.len())
            .map(|at| {
                let cells = table.rows.iter().map(|row| width_of(&cell(&row[at], style)));
                cells.chain([width_of(&table.columns[at].title)]).max().unwrap_or(0) + 2
            })
            .sum();
        if width <= style.width + 1 || table.columns.len() <= 2 {
            return (table, left_out);
        }
        let is_bar = |at: &usize| table.rows.iter().any(|row| matches!(row[*at], Cell::Bar(_)));
        let drop = (1..table.columns.len()).find(is_bar).unwrap_or(table.columns.len() - 1);
        let column = table.columns.remove(drop);
        if !column.title.is_empty() {
            left_out.insert(0, column.title);
        }
        table.rows.iter_mut().for_each(|row| {
            row.remove(drop);
        });
    }
}

fn width_of(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

fn wrap(line: &str, width: usize) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in line.split(' ') {
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
