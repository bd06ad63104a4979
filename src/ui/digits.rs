//! Large digits out of full blocks. A digit of the first size is five rows of three blocks, each two columns wide.

/// Rows of the smallest size.
pub(super) const ROWS: usize = 5;

fn glyph(character: char) -> [&'static str; ROWS] {
    match character {
        '0' => ["###", "# #", "# #", "# #", "###"],
        '1' => [" # ", "## ", " # ", " # ", "###"],
        '2' => ["###", "  #", "###", "#  ", "###"],
        '3' => ["###", "  #", "###", "  #", "###"],
        '4' => ["# #", "# #", "###", "  #", "  #"],
        '5' => ["###", "#  ", "###", "  #", "###"],
        '6' => ["#  ", "#  ", "###", "# #", "###"],
        '7' => ["###", "  #", "  #", "  #", "  #"],
        '8' => ["###", "# #", "###", "# #", "###"],
        '9' => ["###", "# #", "###", "  #", "  #"],
        ':' => [" ", "#", " ", "#", " "],
        _ => ["   ", "   ", "   ", "   ", "   "],
    }
}

/// `text` as rows of blocks, `scale` times as large as the smallest size.
pub(super) fn rows(text: &str, scale: usize) -> Vec<String> {
    (0..ROWS).flat_map(|row| core::iter::repeat_n(one_row(text, row, scale), scale)).collect()
}

fn one_row(text: &str, row: usize, scale: usize) -> String {
    let glyphs = text.chars().map(|character| {
        let cells = glyph(character).get(row).copied().unwrap_or_default();
        cells.chars().map(|cell| if cell == '#' { "\u{2588}" } else { " " }.repeat(2 * scale)).collect::<String>()
    });
    glyphs.collect::<Vec<_>>().join(&" ".repeat(2 * scale))
}

/// Columns of `text` at `scale`.
pub(super) fn width(text: &str, scale: usize) -> usize {
    rows(text, scale).first().map_or(0, |row| row.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_are_easily_confused_differ() {
        for (one, other) in [('6', '8'), ('8', '9'), ('6', '9'), ('0', '8'), ('1', '7'), ('5', '6')] {
            assert_ne!(glyph(one), glyph(other));
        }
    }

    #[test]
    fn sizes_are_as_drawn() {
        assert_eq!(width("0:14", 1), 26);
        assert_eq!(width("0:14", 2), 52);
        assert_eq!(rows("0:14", 2).len(), 10);
    }
}
