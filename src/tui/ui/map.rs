//! The face as in the mirror: the person's left is on the left. One drawing, `assets/face.txt`, in every size.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;

use super::Theme;
use super::text::{cells as cells_of, centred, cut, sanitised, width as text_width};
use super::theme::stacked;
use crate::tui::view::{FaceMap, Fill, MapSize, Tone};
use engine::protocol::Section;

/// A point for each letter: `1` to `5` are the sections, `A` to `E` where their numbers go, `e` the eyes, `n` the nose,
/// `l` the lips, `h` the hair; a bar parts the sections. A point is as wide as it is high.
const DRAWING: &str = include_str!("../../../assets/face.txt");

/// Columns and rows of the face; the columns are odd, so that the nose stands in the middle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) columns: u16,
    rows: u16,
}

impl Size {
    const MINI: Size = Size { columns: 15, rows: 9 };
    const SMALL: Size = Size { columns: 21, rows: 12 };
    /// In a body of at least that many rows.
    const LARGE: [(u16, Size); 3] = [
        (38, Size { columns: 59, rows: 35 }),
        (28, Size { columns: 41, rows: 24 }),
        (0, Size { columns: 29, rows: 17 }),
    ];

    /// The size of `map` in a body of `height` rows.
    pub(super) fn of(map: &FaceMap, height: u16) -> Size {
        let large = || Size::LARGE.into_iter().find(|(least, _)| height >= *least).map(|(_, size)| size);
        match map.size {
            MapSize::Large => large().unwrap_or(Size::SMALL),
            MapSize::Small => Size::SMALL,
            MapSize::Mini => Size::MINI,
        }
    }
}

/// What a point of the drawing belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Section(Section),
    /// Eyes and nose.
    KeptOff,
    Hair,
    Lips,
}

/// The rows of the map.
pub(super) fn lines(map: &FaceMap, size: Size, theme: &Theme) -> Vec<Line<'static>> {
    let points: Vec<&[u8]> = DRAWING.lines().map(str::as_bytes).collect();
    let widest = points.iter().map(|row| row.len()).max().unwrap_or(0);
    let drawing = Drawing { map, size, theme, points, widest };
    let mut rows = Vec::new();
    let columns = usize::from(size.columns);
    if map.size == MapSize::Small {
        rows.push(theme_words(theme, centred(&map.as_in_mirror, columns)));
    }
    rows.extend(drawing.face());
    if map.size == MapSize::Large {
        let right = cut(&map.your_right, columns.saturating_sub(text_width(&map.your_left) + 1));
        let gap = columns.saturating_sub(text_width(&map.your_left) + text_width(&right));
        rows.push(theme_words(theme, format!("{}{}{right}", cut(&map.your_left, columns), " ".repeat(gap))));
    }
    rows
}

fn theme_words(theme: &Theme, text: String) -> Line<'static> {
    Line::from(Span::styled(text, theme.of(Tone::Quiet)))
}

struct Drawing<'a> {
    map: &'a FaceMap,
    size: Size,
    theme: &'a Theme,
    points: Vec<&'static [u8]>,
    /// Columns of the drawing.
    widest: usize,
}

/// One place on screen.
#[derive(Clone)]
struct Cell {
    symbol: Cow<'static, str>,
    style: Style,
}

impl Drawing<'_> {
    fn face(&self) -> Vec<Line<'static>> {
        let mut rows = if self.theme.face.in_colour { self.in_colour() } else { self.in_marks() };
        for section in Section::ALL {
            self.label(section, &mut rows);
        }
        rows.into_iter().map(line).collect()
    }

    /// Two points in each cell, one above the other.
    fn in_colour(&self) -> Vec<Vec<Cell>> {
        let fields = self.fields(usize::from(self.size.rows) * 2);
        let pair = |upper: Option<Part>, lower: Option<Part>, column: usize| {
            // What is left out is crossed, as it is without colour.
            let fill = upper.filter(|_| upper == lower).and_then(|part| part_fill(self.map, part));
            let is_crossed = fill == Some(Fill::LeftOut) && column.is_multiple_of(2);
            let stacked = stacked(upper.map(|part| self.style(part)), lower.map(|part| self.style(part)));
            match (stacked, upper.or(lower)) {
                (Some((symbol, style)), _) if !is_crossed => Cell { symbol: symbol.into(), style },
                (_, Some(part)) => Cell { symbol: self.mark(part).into(), style: self.style(part) },
                (_, None) => blank(),
            }
        };
        let both = |rows: &[Vec<Option<Part>>]| match rows {
            [upper, lower] => {
                upper.iter().zip(lower).enumerate().map(|(at, (upper, lower))| pair(*upper, *lower, at)).collect()
            }
            _ => Vec::new(),
        };
        fields.chunks(2).map(both).collect()
    }

    /// A mark in each cell that says what it belongs to.
    fn in_marks(&self) -> Vec<Vec<Cell>> {
        let cell = |part: &Option<Part>| match part {
            Some(part) => Cell { symbol: self.mark(*part).into(), style: Style::new() },
            None => blank(),
        };
        self.fields(usize::from(self.size.rows)).iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    fn mark(&self, part: Part) -> &'static str {
        let [blocks, ascii] = match part_fill(self.map, part) {
            Some(Fill::Now) => ["\u{2588}", "#"],
            Some(Fill::Done) => ["\u{2593}", "="],
            Some(Fill::Next) => ["\u{2592}", "+"],
            Some(Fill::Waiting) => ["\u{2591}", "."],
            Some(Fill::LeftOut) => ["\u{2573}", "x"],
            None if part == Part::Hair => ["\u{b7}", "'"],
            None => ["\u{2571}", "/"],
        };
        if self.theme.ascii { ascii } else { blocks }
    }

    fn style(&self, part: Part) -> Style {
        let face = &self.theme.face;
        match part_fill(self.map, part) {
            Some(Fill::Now) => face.now,
            Some(Fill::Done) => face.done,
            Some(Fill::Next) => face.next,
            Some(Fill::Waiting) => face.waiting,
            Some(Fill::LeftOut) => face.left_out,
            None if part == Part::Lips => face.lips,
            None => face.kept_off,
        }
    }

    /// What each point belongs to in a face that is `rows` points high, with a gap between the sections.
    fn fields(&self, rows: usize) -> Vec<Vec<Option<Part>>> {
        let columns = usize::from(self.size.columns);
        let fields: Vec<Vec<Option<Part>>> =
            (0..rows).map(|y| (0..columns).map(|x| self.part(x, columns, y, rows)).collect()).collect();
        let at = |x: usize, y: usize| fields.get(y).and_then(|row| row.get(x)).copied().flatten();
        let parted = |x: usize, y: usize| {
            let own = at(x, y)?;
            let beside = [at(x + 1, y), at(x.wrapping_sub(1), y), at(x, y + 1), at(x, y.wrapping_sub(1))];
            let mouth = Part::Section(Section::Mouth);
            let is_at_mouth = matches!(own, Part::Section(_)) && own != mouth && beside.contains(&Some(mouth));
            let is_upper = |part| matches!(part, Some(Part::Section(Section::UpperLeft | Section::UpperRight)));
            let is_below_upper = matches!(own, Part::Section(Section::LowerLeft | Section::LowerRight))
                && is_upper(at(x, y.wrapping_sub(1)));
            (!is_at_mouth && !is_below_upper).then_some(own)
        };
        (0..rows).map(|y| (0..columns).map(|x| parted(x, y)).collect()).collect()
    }

    /// The part in the middle of a point of a face of `columns` and `rows`.
    fn part(&self, x: usize, columns: usize, y: usize, rows: usize) -> Option<Part> {
        let middle = |at: usize, of: usize, points: usize| (2 * at + 1) * points / (2 * of.max(1));
        let letter = self.points.get(middle(y, rows, self.points.len()))?.get(middle(x, columns, self.widest))?;
        match letter {
            b'h' => Some(Part::Hair),
            b'e' | b'n' => Some(Part::KeptOff),
            b'l' => Some(Part::Lips),
            b'1'..=b'5' => Section::from_number(letter - b'0').map(Part::Section),
            b'A'..=b'E' => Section::from_number(letter - b'A' + 1).map(Part::Section),
            _ => None,
        }
    }

    /// Writes the number of a section, and its state where there is room below it.
    fn label(&self, section: Section, rows: &mut [Vec<Cell>]) {
        let cell = &self.map.cells[section];
        let style = match (self.theme.face.in_colour, cell.fill) {
            (true, _) => self.style(Part::Section(section)),
            (false, Fill::Now) => self.theme.face.now,
            (false, Fill::Next) => self.theme.of(Tone::Strong),
            (false, _) => Style::new(),
        };
        let Some((column, row)) = self.anchor(section) else { return };
        let is_ticked = cell.fill == Fill::Done && !self.theme.ascii && self.map.size != MapSize::Mini;
        let number = if is_ticked { format!("{} \u{2713}", cell.number) } else { cell.number.clone() };
        let words =
            [number, if is_ticked || self.map.size == MapSize::Mini { String::new() } else { cell.state.clone() }];
        for (down, word) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            let Some(cells) = rows.get_mut(row + down) else { continue };
            let word =
                if self.theme.face.in_colour { sanitised(word).into_owned() } else { format!(" {} ", sanitised(word)) };
            let word = cut(&word, cells.len());
            let mut at = column.saturating_sub(text_width(&word) / 2).min(cells.len() - text_width(&word));
            for grapheme in word.graphemes(true) {
                // What follows a wide one is under it.
                for (place, symbol) in cells.iter_mut().skip(at).zip([grapheme, ""]).take(cells_of(grapheme)) {
                    *place = Cell { symbol: symbol.to_owned().into(), style };
                }
                at += cells_of(grapheme);
            }
        }
    }

    /// The column and row of the number of `section`.
    fn anchor(&self, section: Section) -> Option<(usize, usize)> {
        let letter = b'A' + section.number().checked_sub(1)?;
        let place = |(y, row): (usize, &&[u8])| Some((row.iter().position(|point| *point == letter)?, y));
        let (x, y) = self.points.iter().enumerate().find_map(place)?;
        let scaled = |at: usize, to: u16, of: usize| (2 * at + 1) * usize::from(to) / (2 * of.max(1));
        Some((scaled(x, self.size.columns, self.widest), scaled(y, self.size.rows, self.points.len())))
    }
}

fn part_fill(map: &FaceMap, part: Part) -> Option<Fill> {
    match part {
        Part::Section(section) => Some(map.cells[section].fill),
        Part::KeptOff | Part::Hair | Part::Lips => None,
    }
}

fn blank() -> Cell {
    Cell { symbol: " ".into(), style: Style::new() }
}

/// Cells of one style become one span.
fn line(cells: Vec<Cell>) -> Line<'static> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    for Cell { symbol, style } in cells {
        match spans.last_mut().filter(|span| span.style == style) {
            Some(span) => span.content.to_mut().push_str(&symbol),
            None => spans.push(Span::styled(symbol, style)),
        }
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::ui::Ink;
    use crate::tui::view::MapCell;
    use engine::protocol::PerSection;

    fn map(size: MapSize) -> FaceMap {
        let fills = [Fill::Done, Fill::Now, Fill::Next, Fill::Waiting, Fill::LeftOut];
        let cells = PerSection::from_fn(|section| MapCell {
            number: section.number().to_string(),
            state: String::new(),
            fill: fills[usize::from(section.number()) - 1],
        });
        FaceMap { cells, size, your_left: "left".into(), your_right: "right".into(), as_in_mirror: "mirror".into() }
    }

    #[test]
    fn the_face_is_as_wide_on_both_sides_of_the_nose() {
        for row in DRAWING.lines() {
            let mirrored: String = format!("{row:59}").chars().rev().collect();
            let swapped = mirrored.trim_end().replace(['A', 'B', 'C', 'D'], "?");
            let swap = |c| match c {
                '1' => '2',
                '2' => '1',
                '3' => '4',
                '4' => '3',
                other => other,
            };
            let swapped: String = swapped.chars().map(swap).collect();
            let alike = swapped
                .chars()
                .zip(row.chars())
                .all(|(one, other)| one == other || one == '?' || "ABCDE".contains(other));
            assert!(alike, "{row}\n{swapped}");
        }
    }

    #[test]
    fn every_section_and_its_number_is_seen_in_every_size_and_ink() {
        for (size, height) in
            [(MapSize::Mini, 9), (MapSize::Small, 12), (MapSize::Large, 20), (MapSize::Large, 28), (MapSize::Large, 60)]
        {
            for (ink, ascii) in
                [(Ink::Full, false), (Ink::Weight, false), (Ink::HighContrast, false), (Ink::Full, true)]
            {
                let map = map(size);
                let theme = Theme::shipped(ink, ascii);
                let of = Size::of(&map, height);
                let rows = lines(&map, of, &theme);
                let text: Vec<String> = rows.iter().map(ToString::to_string).collect();
                assert!(text.iter().all(|row| row.chars().count() <= usize::from(of.columns)), "{text:#?}");
                let whole = text.join("\n");
                for mark in ["1", "2", "3", "4", "5"] {
                    assert!(whole.contains(mark), "{mark} in {whole}");
                }
                if !theme.face.in_colour {
                    let marks = if ascii { ["=", "#", "+", ".", "x"] } else { ["▓", "█", "▒", "░", "╳"] };
                    for mark in marks {
                        assert!(whole.contains(mark), "{mark} in {whole}");
                    }
                }
            }
        }
    }
}
