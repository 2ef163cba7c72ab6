//! Bars made of characters, for the terminal.
//!
//! A bar always takes exactly the columns that it was promised, so tables stay straight; and it
//! never shows something as nothing: a share above zero has at least a sliver.

/// Left-aligned blocks from one eighth to seven eighths of a column.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// Returns a bar that fills this share of `width` columns; the rest is spaces.
///
/// Shares outside 0–1 are cut, and a share that is not a number is an empty bar.
///
/// ```
/// use voronka::render::plot::bar;
/// assert_eq!(bar(0.5, 8, false), "████    ");
/// assert_eq!(bar(0.5, 8, true), "####    ");
/// ```
pub fn bar(share: f64, width: usize, ascii: bool) -> String {
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    let parts = if ascii { 1 } else { EIGHTHS.len() + 1 };
    let whole = width * parts;
    let least = usize::from(share > 0.0).min(whole);
    let filled = ((share * whole as f64).round() as usize).clamp(least, whole);
    let full = if ascii { '#' } else { '█' };
    let mut drawn: String = std::iter::repeat_n(full, filled / parts).collect();
    let rest = filled % parts;
    if rest > 0 {
        drawn.push(EIGHTHS[rest - 1]);
    }
    let columns = filled.div_ceil(parts);
    drawn.extend(std::iter::repeat_n(' ', width - columns));
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn a_bar_takes_exactly_its_columns() {
        for ascii in [false, true] {
            for width in [0, 1, 7, 40] {
                for share in [-1.0, 0.0, 1e-9, 0.1, 0.333, 0.999, 1.0, 7.0, f64::NAN, f64::INFINITY]
                {
                    assert_eq!(bar(share, width, ascii).width(), width, "{share} {width} {ascii}");
                }
            }
        }
    }

    #[test]
    fn a_bar_grows_by_eighths_of_a_column() {
        assert_eq!(bar(0.125, 1, false), "▏");
        assert_eq!(bar(0.3, 2, false), "▋ ");
        assert_eq!(bar(1.0, 3, false), "███");
    }

    #[test]
    fn something_is_never_shown_as_nothing() {
        assert_eq!(bar(1e-12, 3, false), "▏  ");
        assert_eq!(bar(1e-12, 3, true), "#  ");
        assert_eq!(bar(0.0, 3, false), "   ");
    }
}
