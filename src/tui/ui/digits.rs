//! Large digits out of full blocks. A digit of the first size is five rows of three blocks, each two columns wide.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::Theme;
use crate::tui::view::Form;

/// Columns and rows of a body in which digits of the third size leave room for everything else: those of a window of
/// 110x32, less its margins, head and foot.
const ROOMY: (u16, u16) = (108, 28);

/// What they are made of where the window shows more than ASCII.
const BLOCK: &str = "\u{2588}";

/// Rows of the smallest size.
pub(super) const ROWS: usize = 5;

/// Six and nine have no tail: with one they differ from the eight by a single block. The one is a bar on the right, as
/// on a clock of seven bars: with a foot and in the middle it shares so little with its neighbours that the seconds
/// around it cost twice as many bytes.
fn glyph(character: char) -> [&'static str; ROWS] {
    match character {
        '0' => ["###", "# #", "# #", "# #", "###"],
        '1' => ["  #", "  #", "  #", "  #", "  #"],
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
pub(super) fn lines(text: &str, scale: usize, style: Style, theme: &Theme) -> Vec<Line<'static>> {
    let block = if theme.ascii { "#" } else { BLOCK };
    let line = |row| Line::styled(one_row(text, row, scale).replace('#', block), style);
    (0..ROWS).flat_map(|row| core::iter::repeat_n(line(row), scale)).collect()
}

fn one_row(text: &str, row: usize, scale: usize) -> String {
    let glyphs = text.chars().map(|character| {
        let cells = glyph(character).get(row).copied().unwrap_or_default();
        cells.chars().flat_map(|cell| core::iter::repeat_n(cell, 2 * scale)).collect::<String>()
    });
    glyphs.collect::<Vec<_>>().join(&" ".repeat(2 * scale))
}

/// Columns of `text` at `scale`.
pub(super) fn width(text: &str, scale: usize) -> usize {
    let glyphs: usize = text.chars().map(|character| if character == ':' { 1 } else { 3 }).sum();
    (glyphs + text.chars().count().saturating_sub(1)) * 2 * scale
}

/// The largest size that the body `area` of a window of this class may have; 0 for none.
pub(super) fn largest(form: Form, area: Rect) -> usize {
    match form {
        Form::Full if area.width >= ROOMY.0 && area.height >= ROOMY.1 => 3,
        Form::Full | Form::LineMode => 2,
        Form::Compact => 1,
        Form::Tiny | Form::OneLine => 0,
    }
}

/// The largest of the sizes up to `largest` in which `text` stands in `room` columns; 0 when it fits in none.
pub(super) fn scale(text: &str, largest: usize, room: usize) -> usize {
    (1..=largest).rev().find(|scale| width(text, *scale) <= room).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::ui::Ink;

    #[test]
    fn no_two_digits_look_alike() {
        for one in '0'..='9' {
            for other in '0'..one {
                assert_ne!(glyph(one), glyph(other), "{one} and {other}");
            }
        }
    }

    #[test]
    fn sizes_are_as_drawn() {
        assert_eq!(width("0:14", 1), 26);
        assert_eq!(width("0:14", 2), 52);
        assert_eq!(width("0:14", 3), 78);
        for (text, scale) in [("5", 1), ("10:00", 2), ("0:14", 3)] {
            let theme = Theme::shipped(Ink::Full, false);
            let lines = lines(text, scale, theme.digits, &theme);
            assert_eq!(lines.len(), ROWS * scale);
            assert!(lines.iter().all(|line| line.width() == width(text, scale)), "{text} at {scale}");
        }
    }

    #[test]
    fn the_size_is_what_fits() {
        assert_eq!(scale("0:14", 3, 78), 3);
        assert_eq!(scale("0:14", 3, 77), 2);
        assert_eq!(scale("0:14", 1, 78), 1);
        assert_eq!(scale("0:14", 3, 25), 0);
    }
}
