//! A web page with a table, which Bitrix24 and Salesforce name `.xls`: the cells of its largest table.
//!
//! Only rows and cells are looked for; everything else is text. Nothing is loaded or run.

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
            row.into_iter().for_each(|row| row.push(plain(&text)));
        }
        match (name, is_end) {
            ("table", false) => tables.push(Vec::new()),
            ("tr", false) => tables.last_mut().into_iter().for_each(|table| table.push(Vec::new())),
            ("td" | "th", false) => cell = Some(String::new()),
            ("br", _) => cell.iter_mut().for_each(|cell| cell.push(' ')),
            _ => {}
        }
    }
    tables
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
    fn a_page_that_breaks_off_gives_what_it_has() {
        let rows = read(Box::new(std::io::Cursor::new("<table><tr><td>a</td><td>b".to_owned())));
        assert_eq!(rows.unwrap().len(), 1);
    }
}
