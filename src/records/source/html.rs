//! A web page with a table, which Bitrix24 and Salesforce name `.xls`: the cells of its largest table.
//!
//! Only rows and cells are looked for; everything else is text. Nothing is loaded or run.

use std::collections::BTreeMap;
use std::io::Read;

use csv::StringRecord;

use super::{Refusal, unreadable};

/// Whether the text is a web page with a table.
pub(super) fn is_html(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with('<') && (lower.contains("<table") || lower.contains("<html"))
}

/// Reads the rows of the table with most rows.
pub(super) fn read(mut text: Box<dyn Read>) -> Result<Vec<(u64, StringRecord)>, Refusal> {
    let mut page = String::new();
    text.read_to_string(&mut page).map_err(|error| unreadable(&error))?;
    let tables = tables(&page);
    let longest = tables.into_iter().rev().max_by_key(Vec::len).ok_or(Refusal::NotATable)?;
    let rows = longest.into_iter().enumerate();
    Ok(rows.map(|(at, cells)| (at as u64 + 1, StringRecord::from(cells))).collect())
}

/// The rows of every table.
fn tables(page: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let (mut cell, mut rest) = (None::<String>, page);
    // The columns and rows that the open cell covers; by column of the table: a cell that covers
    // further rows, and how many.
    let (mut covers, mut above) = ((1, 1), BTreeMap::<usize, (String, usize)>::new());
    while let Some(at) = rest.find('<') {
        if let Some(cell) = &mut cell {
            cell.push_str(&rest[..at]);
        }
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = rest[..end].to_ascii_lowercase();
        rest = &rest[end + 1..];
        let name: &str = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
        let is_end = tag.starts_with('/');
        let name = if is_end { tag[1..].trim() } else { name };
        let ends_cell = matches!(name, "td" | "th" | "tr" | "table");
        if ends_cell && let Some(text) = cell.take() {
            let row = tables.last_mut().and_then(|table| table.last_mut());
            row.into_iter().for_each(|row| add(row, &mut above, &plain(&text), covers));
        }
        if matches!(name, "tr" | "table") {
            let row = tables.last_mut().and_then(|table| table.last_mut());
            row.into_iter().for_each(|row| cover(row, &mut above));
        }
        match (name, is_end) {
            ("table", false) => {
                above.clear();
                tables.push(Vec::new());
            }
            ("tr", false) => tables.last_mut().into_iter().for_each(|table| table.push(Vec::new())),
            ("td" | "th", false) => {
                cell = Some(String::new());
                covers = (span(&tag, "colspan"), span(&tag, "rowspan"));
            }
            ("br", _) => cell.iter_mut().for_each(|cell| cell.push(' ')),
            _ => {}
        }
    }
    tables
}

/// Adds a cell behind those that cells of earlier rows cover. A cell over several columns says
/// nothing in the further ones; one over several rows says the same in each.
fn add(
    row: &mut Vec<String>,
    above: &mut BTreeMap<usize, (String, usize)>,
    text: &str,
    (columns, rows): (usize, usize),
) {
    cover(row, above);
    for column in 0..columns {
        let text = if column == 0 { text } else { "" };
        if rows > 1 {
            above.insert(row.len(), (text.to_owned(), rows - 1));
        }
        row.push(text.to_owned());
    }
}

/// Fills the next columns of a row that cells of earlier rows cover.
fn cover(row: &mut Vec<String>, above: &mut BTreeMap<usize, (String, usize)>) {
    while let Some((text, rows)) = above.remove(&row.len()) {
        if rows > 1 {
            above.insert(row.len(), (text.clone(), rows - 1));
        }
        row.push(text);
    }
}

/// How many columns or rows a cell covers.
fn span(tag: &str, key: &str) -> usize {
    let value = tag.split_once(key).and_then(|(_, rest)| rest.trim_start().strip_prefix('='));
    let digits = value.map(|value| value.trim_start().trim_start_matches(['"', '\'']));
    let digits = digits.and_then(|text| text.split(|c: char| !c.is_ascii_digit()).next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(1).clamp(1, 1000)
}

/// Text without references to characters, and with single spaces.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut parts = text.split('&');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let named = part.split_once(';').and_then(|(name, rest)| Some((character(name)?, rest)));
        match named {
            Some((letter, rest)) => {
                plain.push(letter);
                plain.push_str(rest);
            }
            None => {
                plain.push('&');
                plain.push_str(part);
            }
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "euro" => Some('€'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_longest_table_are_read_as_text() {
        let page = "<html><table><tr><td>x</td></tr></table><TABLE border=1><tr><th>ID</th><th>Сумма</th></tr>\
                    <tr><td>7</td><td><b>1&nbsp;500</b> &amp; &#8364;</td></tr></TABLE></html>";
        let rows = read(Box::new(std::io::Cursor::new(page.to_owned()))).unwrap();
        let cells: Vec<Vec<&str>> = rows.iter().map(|(_, row)| row.iter().collect()).collect();
        assert_eq!(cells, [vec!["ID", "Сумма"], vec!["7", "1 500 & €"]]);
    }

    #[test]
    fn a_cell_over_several_rows_or_columns_keeps_the_others_in_their_places() {
        let page = "<table><tr><th>ID</th><th colspan=\"2\">Plan</th><th>Fact</th></tr>\
                    <tr><td rowspan='2'>7</td><td>a</td><td>b</td><td>c</td></tr>\
                    <tr><td>d</td><td>e</td><td rowspan=2>f</td></tr><tr><td>8</td><td>g</td><td>h</td></tr></table>";
        let rows = read(Box::new(std::io::Cursor::new(page.to_owned()))).unwrap();
        let cells: Vec<Vec<&str>> = rows.iter().map(|(_, row)| row.iter().collect()).collect();
        assert_eq!(cells[0], ["ID", "Plan", "", "Fact"]);
        assert_eq!(cells[1], ["7", "a", "b", "c"]);
        assert_eq!(cells[2], ["7", "d", "e", "f"]);
        assert_eq!(cells[3], ["8", "g", "h", "f"]);
    }

    #[test]
    fn a_page_that_breaks_off_gives_what_it_has() {
        let rows = read(Box::new(std::io::Cursor::new("<table><tr><td>a</td><td>b".to_owned())));
        assert_eq!(rows.unwrap().len(), 1);
    }
}
