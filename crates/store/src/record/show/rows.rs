//! Breaks text into rows of a given width.

use unicode_width::UnicodeWidthChar as _;

/// `line` in rows of at most `width` columns, broken at spaces where possible. All but the first are indented by `hang`
/// columns. Runs of spaces inside a row stay.
pub fn wrap(line: &str, width: usize, hang: usize) -> Vec<String> {
    let mut room = width;
    let mut rows = Vec::new();
    let mut row = String::new();
    for word in line.split_inclusive(' ') {
        if !row.is_empty() && columns(&row) + columns(word.trim_end()) > room {
            rows.push(core::mem::take(&mut row));
            room = width.saturating_sub(hang);
        }
        for character in word.chars() {
            if columns(&row) + character.width().unwrap_or(0) > room && character != ' ' {
                rows.push(core::mem::take(&mut row));
                room = width.saturating_sub(hang);
            }
            row.push(character);
        }
    }
    rows.push(row);
    let gap = " ".repeat(hang);
    let indented = |(place, row): (usize, String)| if place == 0 { row } else { format!("{gap}{row}") };
    rows.into_iter().enumerate().map(indented).collect()
}

/// The width of `text` in terminal columns.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_to_their_width_and_lose_nothing() {
        for width in 2..12 {
            for line in ["", "a", "one two  three", "日本語 wide words", "averyveryverylongword and more"] {
                let rows = wrap(line, width, 0);
                assert_eq!(rows.concat(), line, "{width}");
                assert_eq!(
                    wrap(line, width + 3, 3).first().map(|row| columns(row.trim_end()) <= width + 3),
                    Some(true)
                );
                assert!(rows.iter().all(|row| columns(row.trim_end()) <= width), "{rows:?} at {width}");
            }
        }
    }
}
