//! A page of blocks as rows of text. When rows are short its gaps close, the last first; when that is not enough its
//! large digits shrink; then it scrolls, with the cursor's row or the field kept in sight.

mod layout;
mod table;

use core::ops::{Range, RangeInclusive};

use ratatui::layout::Rect;

use super::digits;
use super::pen::{Pen, columns};
use crate::tui::view::{Block, Field, Form, Line, Page, Seen, Tone};

/// One row on screen.
#[derive(Debug, Clone, Default)]
struct Drawn {
    /// Text with the column at which it starts.
    parts: Vec<(usize, Line)>,
    /// A row of large digits with the column at which it starts.
    digits: Option<(usize, String)>,
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

/// Draws as much of `page` as fits into `area`.
pub(super) fn draw(page: &Page, pen: &mut Pen, area: Rect, form: Form) -> Seen {
    let height = usize::from(area.height);
    let mut rows = fitting(page, area, form, height);
    // Where the page scrolls, the row that is typed into is the last one: it stays where it is.
    let field = if rows.len() > height { take_field(&mut rows) } else { None };
    let mut list = rows.as_slice();
    let mut tail = field.as_slice();
    if field.is_none() && list.len() > height {
        (list, tail) = list.split_at(list.len() - tail_rows(&rows, height));
    }
    let list_height = height.saturating_sub(tail.len());
    let max_scroll = list.len().saturating_sub(list_height);
    let scroll = scrolled(page.scroll, list, list_height, max_scroll);
    let shown = scroll..(scroll + list_height).min(list.len());

    let visible = list.get(shown.clone()).unwrap_or_default();
    for (row, y) in visible.iter().chain(tail).zip(area.y..) {
        draw_row(row, pen, area, y);
    }
    pen.more_marks(area.right(), area.y, list_height, scroll > 0, scroll < max_scroll);
    Seen {
        whole: max_scroll == 0,
        end: scroll >= max_scroll,
        rows: seen(&rows, &shown),
        page: list_height.max(1),
        next: next_page(list, &shown, page.scroll, max_scroll),
        max_scroll,
        scroll,
        notice_below: 0,
    }
}

/// Draws `field` alone into the one row of `area`.
pub(super) fn draw_field(field: &Field, pen: &mut Pen, area: Rect) {
    let page = Page { blocks: vec![Block::Field(field.clone())], scroll: 0 };
    if let Some(row) = take_field(&mut layout::rows(&page, usize::from(area.width), Form::OneLine, 0)) {
        draw_row(&row, pen, area, area.y);
    }
}

/// Takes the row that is typed into out of `rows`.
fn take_field(rows: &mut Vec<Drawn>) -> Option<Drawn> {
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
    let is_last = !rows.iter().skip(last + 1).any(|row| row.in_list);
    if is_last {
        return asked.max(max_scroll.min(first));
    }
    // Else a row of what comes before and one of what comes after, when there is room for them.
    let least = (last + 2).saturating_sub(height).min(max_scroll);
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
fn seen(rows: &[Drawn], shown: &Range<usize>) -> Vec<usize> {
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

fn draw_row(row: &Drawn, pen: &mut Pen, area: Rect, y: u16) {
    let from = |column: usize| area.x.saturating_add(columns(column));
    if let Some(column) = row.marker {
        // In a small window the margin is all the room there is.
        let x = from(column).saturating_sub(2);
        pen.toned(x, y, 1, ">", Tone::Strong);
        pen.put_cursor(x, y);
    }
    if let Some(column) = row.typed_at {
        pen.put_cursor(from(column), y);
    }
    if let Some((column, marks)) = &row.digits {
        let style = pen.theme().digits;
        pen.blocks(from(*column), y, area.right().saturating_sub(from(*column)), marks, style);
    }
    for (column, line) in &row.parts {
        pen.line(from(*column), y, area.right().saturating_sub(from(*column)), line);
    }
}

/// The rows of `page`, with gaps closed and digits shrunk as far as `height` asks for.
fn fitting(page: &Page, area: Rect, form: Form, height: usize) -> Vec<Drawn> {
    let largest = digits::largest(form, area);
    let mut rows = layout::rows(page, usize::from(area.width), form, largest);
    for scale in (1..largest).rev() {
        let gaps = rows.iter().filter(|row| row.is_gap).count();
        if rows.len().saturating_sub(gaps) <= height {
            break;
        }
        rows = layout::rows(page, usize::from(area.width), form, scale);
    }
    close_gaps(rows, height)
}

/// Takes gaps out, the last first, until the rows fit; all of them when they never do.
fn close_gaps(mut rows: Vec<Drawn>, height: usize) -> Vec<Drawn> {
    while rows.len() > height {
        match rows.iter().rposition(|row| row.is_gap) {
            Some(gap) => drop(rows.remove(gap)),
            None => break,
        }
    }
    rows
}
