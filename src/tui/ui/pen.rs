//! Puts text into cells: cut on grapheme borders, never past the edge, nothing invisible.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::theme::{Theme, shows_on_blanks};
use crate::tui::view::{Line, Tone};
use store::visible::{concealed, hidden};

/// Stands for a character that would hide or reorder others, or that has no width of its own.
const MARK: &str = "?";

/// A blank at which no row ends.
const TIED: char = '\u{a0}';

/// What large digits are made of where the window shows more than ASCII.
const BLOCK: &str = "\u{2588}";

/// What is put into cells for `text`: its graphemes, with a mark for each character that must not be hidden. A joiner
/// or a selector that writing needs where it stands goes with its grapheme: terminals do not agree on how wide a joined
/// picture is, so the place is said anew behind it.
pub(super) fn shown(text: &str) -> impl Iterator<Item = &str> {
    let plain = is_plain(text).then(|| characters(text));
    let any = (!is_plain(text)).then(|| {
        let mut marked = concealed(text).map(|(at, _, _)| at).peekable();
        text.grapheme_indices(true).flat_map(move |(at, grapheme)| {
            let end = at + grapheme.len();
            let mut is_clean = grapheme.width() > 0;
            while marked.next_if(|marked| *marked < end).is_some() {
                is_clean = false;
            }
            let whole = is_clean.then_some(grapheme);
            let apart = (!is_clean)
                .then(|| characters(grapheme).map(|character| if is_visible(character) { character } else { MARK }));
            whole.into_iter().chain(apart.into_iter().flatten())
        })
    });
    plain.into_iter().flatten().chain(any.into_iter().flatten())
}

fn characters(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|_: char| true)
}

/// Whether each character is one of one column that stands by itself: nearly every text is, and needs no closer look.
pub(super) fn is_plain(text: &str) -> bool {
    text.chars().all(|character| matches!(character, ' '..='~' | TIED))
}

/// What is put into a cell for a grapheme.
fn symbol(grapheme: &str) -> &str {
    if grapheme.chars().eq([TIED]) { " " } else { grapheme }
}

/// Whether a single character can be seen by itself.
fn is_visible(character: &str) -> bool {
    character.chars().all(|character| hidden(character).is_none()) && character.width() > 0
}

/// Columns of one grapheme that [`shown`] gave.
pub(super) fn cells(grapheme: &str) -> usize {
    if is_plain(grapheme) { grapheme.chars().count() } else { grapheme.width() }
}

/// Columns of `text` on screen.
pub(super) fn width(text: &str) -> usize {
    if is_plain(text) { text.chars().count() } else { shown(text).map(cells).sum() }
}

/// Columns of `line` on screen.
pub(super) fn line_width(line: &Line) -> usize {
    line.0.iter().map(|piece| width(&piece.text)).sum()
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
    shown(text).take_while(fits).collect()
}

/// Columns as the toolkit counts them.
pub(super) fn columns(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Draws on a buffer with a theme.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    is_turned: bool,
    cursor: Option<Position>,
}

impl<'a> Pen<'a> {
    /// `is_turned`: the whole window is going to be turned into reverse, where a blank shows the colour of its style.
    pub(super) fn new(buffer: &'a mut Buffer, theme: &'a Theme, is_turned: bool) -> Pen<'a> {
        Pen { buffer, theme, is_turned, cursor: None }
    }

    /// The terminal's own cursor belongs here: this is what the next key changes.
    pub(super) fn put_cursor(&mut self, x: u16, y: u16) {
        self.cursor = Some(Position { x, y }).filter(|place| self.buffer.area.contains(*place));
    }

    /// Where [`Pen::put_cursor`] wants it.
    pub(super) fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    pub(super) fn theme(&self) -> &'a Theme {
        self.theme
    }

    /// Draws `line` in at most `room` columns; gives the column behind it.
    pub(super) fn line(&mut self, x: u16, y: u16, room: u16, line: &Line) -> u16 {
        let end = x.saturating_add(room);
        line.0.iter().fold(x, |x, piece| {
            let style = self.theme.of(piece.tone);
            self.text(x, y, end.saturating_sub(x), &piece.text, style)
        })
    }

    /// Draws text of one weight; gives the column behind it.
    pub(super) fn toned(&mut self, x: u16, y: u16, room: u16, text: &str, tone: Tone) -> u16 {
        let style = self.theme.of(tone);
        self.text(x, y, room, text, style)
    }

    /// Draws `text` in at most `room` columns; gives the column behind it.
    pub(super) fn text(&mut self, mut x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        // A wide character whose second half is outside the buffer is the next frame's panic in the toolkit.
        let end = x.saturating_add(room).min(self.buffer.area.right());
        if is_plain(text) {
            return characters(text).zip(x..end).fold(x, |_, (character, x)| self.put(x, y, symbol(character), style));
        }
        for grapheme in shown(text) {
            let next = x.saturating_add(columns(cells(grapheme)));
            if next > end {
                break;
            }
            let is_strange = self.theme.ascii && !symbol(grapheme).is_ascii();
            self.put(x, y, if is_strange { MARK } else { symbol(grapheme) }, style);
            for covered in x.saturating_add(1)..next {
                if let Some(cell) = self.buffer.cell_mut(Position { x: covered, y }) {
                    cell.reset();
                }
            }
            x = next;
        }
        x
    }

    /// Draws one row of large digits in at most `room` columns: a block for each `#` of `row`.
    pub(super) fn blocks(&mut self, x: u16, y: u16, room: u16, row: &str, style: Style) {
        let end = x.saturating_add(room).min(self.buffer.area.right());
        for (x, mark) in (x..end).zip(row.bytes()) {
            let symbol = if mark != b'#' {
                " "
            } else if self.theme.ascii {
                "#"
            } else {
                BLOCK
            };
            self.put(x, y, symbol, style);
        }
    }

    /// Puts a character of one column, or the first half of a wider one, into a cell; gives the column behind it.
    /// A blank has a style only where it shows: one that differs from another by what nobody sees would be sent anew.
    fn put(&mut self, x: u16, y: u16, symbol: &str, style: Style) -> u16 {
        if let Some(cell) = self.buffer.cell_mut(Position { x, y }) {
            cell.set_symbol(symbol);
            if symbol != " " || self.is_turned || shows_on_blanks(style) {
                cell.set_style(style);
            }
        }
        x.saturating_add(1)
    }

    /// Marks in the column `x` of `height` rows from `y` on, where there is more above or below them.
    pub(super) fn more_marks(&mut self, x: u16, y: u16, height: usize, above: bool, below: bool) {
        if above {
            self.toned(x, y, 1, "^", Tone::Strong);
        }
        if below {
            self.toned(x, y.saturating_add(columns(height.saturating_sub(1))), 1, "v", Tone::Strong);
        }
    }

    /// A rule over `room` columns.
    pub(super) fn rule(&mut self, x: u16, y: u16, room: u16) {
        let style = self.theme.rule;
        self.text(x, y, room, &"-".repeat(usize::from(room)), style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> String {
        shown(text).collect()
    }

    #[test]
    fn nothing_is_hidden() {
        assert_eq!(seen("a\u{202e}b"), "a?b", "reordering");
        assert_eq!(seen("no\u{200b}t"), "no?t", "without width");
        assert_eq!(seen("a\u{200d}b"), "a?b", "a joiner does not take its letter along");
        assert_eq!(seen("\u{301}a"), "?a", "an accent without a letter");
        assert_eq!(seen("\u{1b}[2J\r\n"), "?[2J??", "control characters");
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["Größe, naïve", "cafe\u{301}", "日本語", "\u{1f469}", "می\u{200c}خواهم", "क्\u{200d}ष"]
        {
            assert_eq!(seen(text), text);
        }
        let joined =
            "\u{1f469}\u{200d}\u{1f52c}\u{2764}\u{fe0f}\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        assert_eq!(shown(joined).collect::<Vec<_>>().len(), 3, "each is drawn as one");
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
