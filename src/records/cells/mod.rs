//! Cells: dates, numbers, truths, and cells that say nothing.

pub(super) mod amount;
pub(super) mod date;

/// A cell without anything, in the ways of several systems.
pub(super) fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty()
        || matches!(cell, "-" | "–" | "—")
        || ["null", "none", "-none-", "(no value)", "(empty)", "(пусто)", "не указано"]
            .iter()
            .any(|word| cell.len() == word.len() && cell.to_lowercase() == *word)
}

/// Yes or no, in the words of several systems.
pub(super) fn truth(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "1" | "true" | "yes" | "y" | "да" | "истина" | "д" => Some(true),
        "0" | "false" | "no" | "n" | "нет" | "ложь" | "н" | "" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_cells_of_several_systems() {
        for cell in ["", "  ", "-", "—", "NULL", "-None-", "(No value)", "не указано"] {
            assert!(is_blank(cell), "{cell}");
        }
        for cell in ["0", "n/a", "#REF!", "x"] {
            assert!(!is_blank(cell), "{cell}");
        }
    }

    #[test]
    fn truths_of_several_systems() {
        assert_eq!(truth("Да"), Some(true));
        assert_eq!(truth("FALSE"), Some(false));
        assert_eq!(truth("won"), None);
    }
}
