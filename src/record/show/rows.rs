//! Text in rows of so many columns.

use unicode_width::UnicodeWidthChar as _;

/// Rows of at most `width` columns, broken at spaces where there are any. Runs of spaces inside a row stay.
pub fn wrap(line: &str, width: usize) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    for word in line.split_inclusive(' ') {
        if !row.is_empty() && columns(&row) + columns(word.trim_end()) > width {
            rows.push(core::mem::take(&mut row));
        }
        for character in word.chars() {
            if columns(&row) + character.width().unwrap_or(0) > width && character != ' ' {
                rows.push(core::mem::take(&mut row));
            }
            row.push(character);
        }
    }
    rows.push(row);
    rows
}

/// How many columns `text` takes.
pub fn columns(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_to_their_width_and_lose_nothing() {
        for width in 2..12 {
            for line in ["", "a", "one two  three", "日本語 wide words", "averyveryverylongword and more"] {
                let rows = wrap(line, width);
                assert_eq!(rows.concat(), line, "{width}");
                assert!(rows.iter().all(|row| columns(row.trim_end()) <= width), "{rows:?} at {width}");
            }
        }
    }
}
