//! A page of blocks as rows of text. When rows are short its gaps close, the last first; when that is not enough its
//! large digits shrink; then it scrolls, with the cursor's row or the field kept in sight.

mod layout;
mod table;

use core::ops::{Range, RangeInclusive};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::StatefulWidget;

use super::text::{columns, draw_line, draw_more_marks};
use super::{Theme, digits};
use crate::tui::view::{Block, Field, Form, Page, Seen, Tone};
use layout::Sizes;

/// One row on screen.
#[derive(Debug, Clone, Default)]
struct Drawn<'a> {
    /// Text with the column at which it starts.
    parts: Vec<(usize, Line<'a>)>,
    /// Empty, and may be left out.
    is_gap: bool,
    /// Belongs to the row that the cursor stands on.
    at_cursor: bool,
    /// Where the cursor is drawn.
    marker: Option<usize>,
    /// Where what is typed next goes.
    typed_at: Option<usize>,
    /// Belongs to a table that the cursor goes through.
    in_list: bool,
    /// The numbers of the table rows that this is a row of.
    numbers: Vec<usize>,
}

/// As much of a page as fits, and what of it was seen.
pub(super) struct Blocks<'a> {
    pub(super) page: &'a Page,
    pub(super) theme: &'a Theme,
    pub(super) form: Form,
}

impl StatefulWidget for &Blocks<'_> {
    type State = Seen;

    fn render(self, area: Rect, buffer: &mut Buffer, seen: &mut Seen) {
        let height = usize::from(area.height);
        let mut rows = self.fitting(area, height);
        // Where the page scrolls, the row that is typed into is the last one: it stays where it is.
        let field = if rows.len() > height { take_field(&mut rows) } else { None };
        let mut list = rows.as_slice();
        let mut tail = field.as_slice();
        if field.is_none() && list.len() > height {
            (list, tail) = list.split_at(list.len() - tail_rows(&rows, height));
        }
        let list_height = height.saturating_sub(tail.len());
        let max_scroll = list.len().saturating_sub(list_height);
        let scroll = scrolled(self.page.scroll, list, list_height, max_scroll);
        let shown = scroll..(scroll + list_height).min(list.len());

        let visible = list.get(shown.clone()).unwrap_or_default();
        let cursors = visible.iter().chain(tail).zip(area.rows()).map(|(row, area)| row.draw(self.theme, area, buffer));
        let cursor = cursors.fold(None, |last, cursor| cursor.or(last));
        let margin = Rect { x: area.right(), width: 1, height: columns(list_height), ..area };
        draw_more_marks(self.theme.of(Tone::Strong), scroll > 0, scroll < max_scroll, margin, buffer);
        *seen = Seen {
            whole: max_scroll == 0,
            end: scroll >= max_scroll,
            rows: whole_rows(&rows, &shown),
            page: list_height.max(1),
            next: next_page(list, &shown, self.page.scroll, max_scroll),
            max_scroll,
            scroll,
            notice_below: 0,
            cursor,
        };
    }
}

impl<'a> Blocks<'a> {
    /// How many rows it takes at least.
    pub(super) fn rows(&self, area: Rect) -> usize {
        self.fitting(area, usize::from(area.height)).len()
    }

    /// The rows of the page, with gaps closed, digits and letters shrunk as far as `height` asks for.
    fn fitting(&self, area: Rect, height: usize) -> Vec<Drawn<'a>> {
        let largest = digits::largest(self.form, area);
        let has_letters = self.page.blocks.iter().any(|block| matches!(block, Block::Letters { .. }));
        // Letters keep their size longer than digits.
        let letters = (0..=if has_letters { largest.min(2) } else { 0 }).rev();
        let sizes = letters.flat_map(|letters| (1..=largest.max(1)).rev().map(move |digits| Sizes { digits, letters }));
        let mut fitting = Vec::new();
        for sizes in sizes {
            let digits = sizes.digits.min(largest);
            let sizes = Sizes { digits, ..sizes };
            fitting = layout::rows(self.page, self.theme, usize::from(area.width), self.form, sizes);
            let gaps = fitting.iter().filter(|row| row.is_gap).count();
            if fitting.len().saturating_sub(gaps) <= height {
                break;
            }
        }
        close_gaps(fitting, height)
    }
}

/// Draws `field` alone into the one row of `area`; gives the place of its cursor.
pub(super) fn draw_field(field: &Field, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let page = Page { blocks: vec![Block::Field(field.clone())], scroll: 0 };
    let smallest = Sizes { digits: 0, letters: 0 };
    let mut rows = layout::rows(&page, theme, usize::from(area.width), Form::OneLine, smallest);
    take_field(&mut rows)?.draw(theme, area, buffer)
}

/// Takes the row that is typed into out of `rows`.
fn take_field<'a>(rows: &mut Vec<Drawn<'a>>) -> Option<Drawn<'a>> {
    let place = rows.iter().position(|row| row.typed_at.is_some())?;
    Some(rows.remove(place))
}

/// How many rows below a list stay in sight while it scrolls: what they say is about the whole list. None without a
/// cursor, and none when they would leave little room.
fn tail_rows(rows: &[Drawn], height: usize) -> usize {
    let Some(last) = rows.iter().rposition(|row| row.in_list) else { return 0 };
    let tail = rows.len() - (last + 1);
    if tail * 3 <= height { tail } else { 0 }
}

/// The first row shown: where the person scrolled to, or as near to it as the cursor's row allows.
fn scrolled(asked: usize, rows: &[Drawn], height: usize, max_scroll: usize) -> usize {
    match lines(rows, |row| row.at_cursor) {
        Some(cursor) => scrolled_to(&cursor, asked, rows, height, max_scroll),
        None => asked.min(max_scroll),
    }
}

/// From the first to the last of the rows for which `is_one` holds.
fn lines(rows: &[Drawn], is_one: impl Fn(&Drawn) -> bool) -> Option<RangeInclusive<usize>> {
    Some(rows.iter().position(&is_one)?..=rows.iter().rposition(&is_one)?)
}

/// The same with the cursor in these rows.
fn scrolled_to(
    cursor: &RangeInclusive<usize>,
    asked: usize,
    rows: &[Drawn],
    height: usize,
    max_scroll: usize,
) -> usize {
    let (asked, first, last) = (asked.min(max_scroll), *cursor.start(), *cursor.end());
    // From the last row of the list on the rest of the page is shown too, and what still does not fit when it is asked
    // for.
    let is_first = !rows.iter().take(first).any(|row| row.in_list);
    let is_last = !rows.iter().skip(last + 1).any(|row| row.in_list);
    let least = (last + 2).saturating_sub(height).min(max_scroll);
    if is_last {
        // A list of one row begins as any page does: what stands above it was not read yet.
        return asked.max(if is_first { least } else { max_scroll.min(first) });
    }
    // Else a row of what comes before and one of what comes after, when there is room for them.
    let most = first.saturating_sub(1).min(max_scroll);
    if least <= most { asked.clamp(least, most) } else { first.min(max_scroll) }
}

/// The number of the table row with the cursor in which the rows begin that are not whole among those `shown`.
fn next_page(list: &[Drawn], shown: &Range<usize>, asked: usize, max_scroll: usize) -> Option<usize> {
    let mut below = Vec::new();
    for number in list.iter().skip(shown.start).flat_map(|row| &row.numbers) {
        let lines = lines(list, |row| row.numbers.contains(number))?;
        if *lines.end() >= shown.end && below.iter().all(|(known, _)| known != number) {
            below.push((*number, lines));
        }
    }
    let (next, edge) = below.first().map(|(number, lines)| (*number, *lines.start()))?;
    let fits = |(_, lines): &&(usize, _)| scrolled_to(lines, asked, list, shown.len(), max_scroll) <= edge;
    Some(below.iter().take_while(fits).last().map_or(next, |(number, _)| *number))
}

/// The numbers of the table rows that are on screen from their first line to their last. A row that is higher than
/// the window counts when its end is there.
fn whole_rows(rows: &[Drawn], shown: &Range<usize>) -> Vec<usize> {
    let mut seen = Vec::new();
    for number in rows.get(shown.clone()).unwrap_or_default().iter().flat_map(|row| &row.numbers) {
        let first = rows.iter().position(|row| row.numbers.contains(number)).unwrap_or(0);
        let last = rows.iter().rposition(|row| row.numbers.contains(number)).unwrap_or(first);
        let is_whole = shown.start <= first || last - first >= shown.len();
        if last < shown.end && is_whole && !seen.contains(number) {
            seen.push(*number);
        }
    }
    seen
}

impl Drawn<'_> {
    /// Draws it into the first row of `area`; gives the place of the cursor.
    fn draw(&self, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Option<(u16, u16)> {
        let from = |column: usize| {
            let x = area.x.saturating_add(columns(column));
            Rect { x, width: area.right().saturating_sub(x), ..area }
        };
        for (column, line) in &self.parts {
            draw_line(line, from(*column), buffer);
        }
        // In a small window the margin is all the room there is.
        let marker = self.marker.map(|column| Rect { x: from(column).x.saturating_sub(2), width: 1, ..area });
        if let Some(marker) = marker {
            draw_line(&theme.words(">", Tone::Strong), marker, buffer);
        }
        let cursor = self.typed_at.map(from).or(marker)?;
        buffer.area.contains(cursor.as_position()).then_some((cursor.x, cursor.y))
    }
}

/// Takes gaps out, the last first, until the rows fit; all of them when they never do.
fn close_gaps(mut rows: Vec<Drawn<'_>>, height: usize) -> Vec<Drawn<'_>> {
    while rows.len() > height {
        match rows.iter().rposition(|row| row.is_gap) {
            Some(gap) => drop(rows.remove(gap)),
            None => break,
        }
    }
    rows
}
