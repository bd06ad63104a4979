//! Text as cells: cut on grapheme borders, nothing invisible.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use store::sanitise::{concealed, hidden};

/// Stands for a character that would hide or reorder others, or that has no width of its own.
pub(super) const MARK: &str = "?";

/// A blank at which no row ends.
pub(super) const TIED: &str = "\u{a0}";

/// `text` with a mark for each character that must not be hidden. A joiner or a selector that writing needs where it
/// stands stays with its grapheme.
pub(super) fn sanitised(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut marked = concealed(text).map(|(at, _, _)| at).peekable();
    let mut shown = String::with_capacity(text.len());
    for (at, grapheme) in text.grapheme_indices(true) {
        let mut is_clean = grapheme.width() > 0;
        while marked.next_if(|marked| *marked < at + grapheme.len()).is_some() {
            is_clean = false;
        }
        if is_clean {
            shown.push_str(grapheme);
        } else {
            let characters = grapheme.split_inclusive(|_: char| true);
            shown.extend(characters.map(|one| if one.chars().all(is_visible) { one } else { MARK }));
        }
    }
    Cow::Owned(shown)
}

/// Whether each character is one of one column that stands by itself: nearly every text is, and needs no closer look.
fn is_plain(text: &str) -> bool {
    text.chars().all(|character| matches!(character, ' '..='~' | '\u{a0}'))
}

/// Whether a single character can be seen by itself.
fn is_visible(character: char) -> bool {
    hidden(character).is_none() && character.width().is_some_and(|width| width > 0)
}

/// Columns of one grapheme.
pub(super) fn cells(grapheme: &str) -> usize {
    usize::from(grapheme.cell_width())
}

/// Columns of sanitised `text`, grapheme by grapheme as the buffer takes them.
pub(super) fn width(text: &str) -> usize {
    if is_plain(text) { text.chars().count() } else { text.graphemes(true).map(cells).sum() }
}

/// Columns of `line`.
pub(super) fn line_width(line: &Line) -> usize {
    line.iter().map(|span| width(&span.content)).sum()
}

/// `text` in exactly `columns` columns: cut, or with blanks on both sides, an odd one at the left.
pub(super) fn centred(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let free = columns.saturating_sub(width(&text));
    format!("{}{text}{}", " ".repeat(free.div_ceil(2)), " ".repeat(free / 2))
}

/// As much of `text` as stands in `columns` columns.
pub(super) fn cut(text: &str, columns: usize) -> String {
    let mut left = columns;
    let fits = |grapheme: &&str| match left.checked_sub(cells(grapheme)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    sanitised(text).graphemes(true).take_while(fits).collect()
}

/// Columns as the toolkit counts them.
pub(super) fn columns(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Draws `line` into the first row of `area`; gives the column behind it.
pub(super) fn draw_line(line: &Line, area: Rect, buffer: &mut Buffer) -> u16 {
    // The buffer panics on a place outside of it.
    let area = area.intersection(buffer.area);
    if area.is_empty() { area.x } else { buffer.set_line(area.x, area.y, line, area.width).0 }
}

/// Draws `lines` into the rows of `area`, one below the other.
pub(super) fn draw_lines<'a>(lines: impl IntoIterator<Item = &'a Line<'a>>, area: Rect, buffer: &mut Buffer) {
    for (line, row) in lines.into_iter().zip(area.rows()) {
        draw_line(line, row, buffer);
    }
}

/// Marks at the ends of a column of rows, where there is more above or below them.
pub(super) fn draw_more_marks(style: Style, above: bool, below: bool, column: Rect, buffer: &mut Buffer) {
    if above {
        draw_line(&Line::styled("^", style), column, buffer);
    }
    if below {
        let last = column.rows().next_back().unwrap_or_default();
        draw_line(&Line::styled("v", style), last, buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_hidden() {
        assert_eq!(sanitised("a\u{202e}b"), "a?b", "reordering");
        assert_eq!(sanitised("no\u{200b}t"), "no?t", "without width");
        assert_eq!(sanitised("a\u{200d}b"), "a?b", "a joiner does not take its letter along");
        assert_eq!(sanitised("\u{301}a"), "?a", "an accent without a letter");
        assert_eq!(sanitised("\u{1b}[2J\r\n"), "?[2J??", "control characters");
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["Größe, naïve", "cafe\u{301}", "日本語", "\u{1f469}", "می\u{200c}خواهم", "क्\u{200d}ष"]
        {
            assert_eq!(sanitised(text), text);
        }
        let joined =
            "\u{1f469}\u{200d}\u{1f52c}\u{2764}\u{fe0f}\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        assert_eq!(sanitised(joined).graphemes(true).count(), 3, "each is drawn as one");
        assert_eq!(width(joined), 6);
        assert_eq!(cut(joined, 3), "\u{1f469}\u{200d}\u{1f52c}", "and never cut apart");
        assert_eq!(width("日本 a"), 6);
        assert_eq!((width("at 0:14\u{a0}s"), cells("\u{a0}")), (9, 1), "a tied blank is one column");
    }

    #[test]
    fn cutting_and_centring_go_by_columns() {
        assert_eq!(cut("日本語", 5), "日本");
        assert_eq!(centred("日", 5), "  日 ");
        assert_eq!(centred("wait", 3), "wai");
    }
}
