//! The text of a fitted model, with what stands beside its numbers as comments.

use unicode_width::UnicodeWidthStr;

use super::words::Language;
use crate::report::phrase::fitting::Line;

/// Comments begin in this column where the line is shorter.
const COLUMN: usize = 44;

/// The text of a model.
pub fn model(lines: &[Line], language: Language) -> String {
    let mut text = String::new();
    for Line { text: line, remarks } in lines {
        let remarks: Vec<String> = remarks.iter().map(|remark| language.remark(remark)).collect();
        let remarks = remarks.join("; ");
        text.push_str(line);
        if !remarks.is_empty() {
            if !line.is_empty() {
                let gap = COLUMN.saturating_sub(line.width()).max(2);
                text.extend(std::iter::repeat_n(' ', gap));
            }
            text.push_str("# ");
            text.push_str(&remarks);
        }
        text.push('\n');
    }
    text
}
