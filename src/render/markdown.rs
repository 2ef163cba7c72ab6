//! Blocks as Markdown: headings, tables, lines; names cannot become markup.

use super::terminal::{Style, cell, join};
use crate::report::{Block, Cell, Table};

/// The blocks as Markdown.
pub fn show(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => text.extend(["## ", heading, "\n\n"]),
            Block::Model(model) => text.extend(["```yaml\n", model.trim_end(), "\n```\n\n"]),
            Block::Line(cells) => {
                let words: Vec<String> = cells.iter().map(word).collect();
                text.extend([join(&words).as_str(), "\n\n"]);
            }
            Block::Table(table) => text.push_str(&grid(table)),
        }
    }
    text
}

fn word(value: &Cell) -> String {
    match value {
        Cell::Name(_) => escape(&cell(value, Style::default())),
        other => cell(other, Style::default()),
    }
}

fn grid(table: &Table) -> String {
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|at| !table.rows.iter().any(|row| matches!(row[*at], Cell::Bar(_))))
        .collect();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(shown.iter().map(|at| escape(&table.columns[*at].title)).collect());
    let rule = |at: &usize| if table.columns[*at].numeric { "--:" } else { "---" }.to_owned();
    text.push_str(&line(shown.iter().map(rule).collect()));
    for row in &table.rows {
        text.push_str(&line(shown.iter().map(|at| word(&row[*at])).collect()));
    }
    text.push('\n');
    text
}

fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn names_cannot_become_markup() {
        assert_eq!(escape("a|b <script> *x*"), "a\\|b &lt;script&gt; \\*x\\*");
    }
}
