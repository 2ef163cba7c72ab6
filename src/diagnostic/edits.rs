//! Edits applied to a text, and places in the text before them.

use super::{Edit, Place};

/// The text with these edits, none of which overlaps another.
pub fn applied<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> String {
    let mut edits: Vec<&Edit> = edits.collect();
    edits.sort_by_key(|edit| edit.place.start);
    let mut result = String::new();
    let mut from = 0;
    for edit in edits {
        let (start, end) = (edit.place.start as usize, edit.place.end as usize);
        result.push_str(&text[from..start]);
        result.push_str(&edit.text);
        from = end;
    }
    result + &text[from..]
}

/// Where a place of the text after edits, which are in their order, was before them. What was edited is one place.
pub fn before_edits(place: Place, edits: &[Edit]) -> Place {
    let (start, end) = (before(place.start, edits, false), before(place.end, edits, true));
    Place { start, end: end.max(start), ..place }
}

/// The byte before the edits; within an edit it is its first byte, or its last one.
fn before(at: u32, edits: &[Edit], is_end: bool) -> u32 {
    // How much longer the text has become so far.
    let mut longer = 0_i64;
    for edit in edits {
        let start = i64::from(edit.place.start) + longer;
        let length = edit.text.len() as i64;
        let (at, old) = (i64::from(at), i64::from(edit.place.end - edit.place.start));
        if at <= start {
            break;
        }
        if at < start + length {
            return if is_end { edit.place.end } else { edit.place.start };
        }
        longer += length - old;
    }
    (i64::from(at) - longer) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_go_back_to_where_they_were() {
        let place = |start, end| Place { start, end, ..Place::default() };
        let edits = [
            Edit { place: place(3, 5), text: "five5".to_owned() },
            Edit { place: place(8, 8), text: "%".to_owned() },
        ];
        assert_eq!(applied("a: 55, b: 6, c", edits.iter()), "a: five5, b%: 6, c");
        assert_eq!(before_edits(place(3, 8), &edits), place(3, 5));
        assert_eq!(before_edits(place(10, 11), &edits), place(7, 8));
        assert_eq!(before_edits(place(17, 18), &edits), place(13, 14));
    }
}
