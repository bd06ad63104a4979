//! The face as in the mirror: the person's left is on the left.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Theme;
use super::text::{centred, cut, width as text_width};
use crate::tui::view::{FaceMap, MapCell, MapSize, Tone};
use engine::protocol::Section;

/// Columns of the large map.
pub(super) const LARGE: u16 = 24;
const SMALL: u16 = 21;
const MINI: u16 = 19;

/// The rows of the map.
pub(super) fn lines(map: &FaceMap, theme: &Theme) -> Vec<Line<'static>> {
    let drawing = Drawing { map, theme };
    match map.size {
        MapSize::Large => drawing.large(),
        MapSize::Small => drawing.small(),
        MapSize::Mini => drawing.mini(),
    }
}

/// Columns of the map.
pub(super) fn width(map: &FaceMap) -> usize {
    usize::from(match map.size {
        MapSize::Large => LARGE,
        MapSize::Small => SMALL,
        MapSize::Mini => MINI,
    })
}

struct Drawing<'a> {
    map: &'a FaceMap,
    theme: &'a Theme,
}

type Spans = Vec<Span<'static>>;

impl Drawing<'_> {
    // .----------------------.
    // |  2 UPPER ||  1 upper |
    // |   LEFT   ||   right  |
    // |   *NOW*  ||   done   |
    // |          ||          |
    // | xx eye   ||   eye xx |
    // |----------xx----------|
    // |  4 lower xx  3 lower |
    // |   left   xx   right  |
    // |   wait   xx   next   |
    // |---.--------------.---|
    // '---| 5 mouth wait |---'
    //     '--xx lips xx--'
    // YOUR LEFT     YOUR RIGHT
    //    as in the mirror
    fn large(&self) -> Vec<Line<'static>> {
        let map = self.map;
        let mut rows = vec![Line::from(".----------------------.")];
        rows.extend(self.large_half(Section::UpperLeft, Section::UpperRight, "||"));
        rows.push(Line::from("|          ||          |"));
        rows.push(Line::from(format!("| xx {}||{} xx |", left(&map.eye, 6), right(&map.eye, 6))));
        rows.push(Line::from("|----------xx----------|"));
        rows.extend(self.large_half(Section::LowerLeft, Section::LowerRight, "xx"));
        rows.push(Line::from("|---.--------------.---|"));
        let mouth = &map.cells[Section::Mouth];
        let text = [mouth.number.as_str(), &mouth.name[0], &mouth.state].join(" ");
        rows.push(row("'---|", vec![self.toned(centred(text.trim_end(), 14), mouth.tone)], "|---'"));
        rows.push(Line::from(format!("    '--xx {} xx--'", centred(&map.lips, 4))));
        rows.push(self.quiet(format!("{}{}", left(&map.your_left, 12), right(&map.your_right, 12))));
        rows.push(self.quiet(centred(&map.as_in_mirror, usize::from(LARGE))));
        rows
    }

    fn large_half(&self, left: Section, right: Section, middle: &'static str) -> [Line<'static>; 3] {
        let cells = |section: Section| {
            let cell = &self.map.cells[section];
            // The name of the present section stands out by weight; the reverse is kept for its state.
            let tone = match cell.tone {
                Tone::Current => Tone::Strong,
                Tone::Alert => Tone::Quiet,
                tone @ (Tone::Plain | Tone::Strong | Tone::Quiet) => tone,
            };
            let name = format!("{} {}", cell.number, cell.name[0]);
            let state = if cell.tone == Tone::Current { format!(" {} ", cell.state) } else { cell.state.clone() };
            [
                vec![self.toned(centred(&name, 10), tone)],
                vec![self.toned(centred(&cell.name[1], 10), tone)],
                between(&state, self.theme.of(cell.tone), " ", 10),
            ]
        };
        pairs(cells(left), middle, cells(right))
    }

    //   as in the mirror
    // .---------.---------.
    // |    2    |    1    |
    // |  upper  |  upper  |
    // |   left  |  right  |
    // |   SKIP  |         |
    // |---------|---------|
    // |    4    |    3    |
    // |  lower  |  lower  |
    // |   left  |  right  |
    // |         |   SKIP  |
    // |----.---------.----|
    // '----| 5 mouth |----'
    //      '---------'
    fn small(&self) -> Vec<Line<'static>> {
        let cells = |section: Section| {
            let MapCell { number, name: [first, second], state, tone, .. } = &self.map.cells[section];
            [number, first, second, state].map(|text| vec![self.toned(centred(text, 9), *tone)])
        };
        let mut rows = vec![self.quiet(centred(&self.map.as_in_mirror, usize::from(SMALL)))];
        rows.push(Line::from(".---------.---------."));
        rows.extend(pairs(cells(Section::UpperLeft), "|", cells(Section::UpperRight)));
        rows.push(Line::from("|---------|---------|"));
        rows.extend(pairs(cells(Section::LowerLeft), "|", cells(Section::LowerRight)));
        rows.push(Line::from("|----.---------.----|"));
        let mouth = &self.map.cells[Section::Mouth];
        let word = if mouth.state.is_empty() { &mouth.name[0] } else { &mouth.state };
        let inner = self.toned(centred(&format!("{} {word}", mouth.number), 9), mouth.tone);
        rows.push(row("'----|", vec![inner], "|----'"));
        rows.push(Line::from("     '---------'"));
        rows
    }

    //  as in the mirror
    // .--------.--------.
    // |########|########|
    // |### 2 ##|### 1 ##|
    // |########|########|
    // |--------|--------|
    // |########|        |
    // |### 4 ##|    3   |
    // |###.---------.---|
    // '---|### 5 ###|---'
    //     '---------'
    fn mini(&self) -> Vec<Line<'static>> {
        let [blank, number] =
            [false, true].map(|is_numbered| move |section: Section| self.filled(section, is_numbered, 8));
        let (left, right) = (Section::UpperLeft, Section::UpperRight);
        let mut rows = vec![self.quiet(centred(&self.map.as_in_mirror, usize::from(MINI)))];
        rows.push(Line::from(".--------.--------."));
        rows.extend(pairs([blank(left), number(left), blank(left)], "|", [blank(right), number(right), blank(right)]));
        rows.push(Line::from("|--------|--------|"));
        let (left, right) = (Section::LowerLeft, Section::LowerRight);
        rows.extend(pairs([blank(left), number(left)], "|", [blank(right), number(right)]));
        rows.push(Line::from("|---.---------.---|"));
        rows.push(row("'---|", self.filled(Section::Mouth, true, 9), "|---'"));
        rows.push(Line::from("    '---------'"));
        rows
    }

    /// A row of a section that may be filled where it was rolled.
    fn filled(&self, section: Section, is_numbered: bool, columns: usize) -> Spans {
        let cell = &self.map.cells[section];
        let text = if is_numbered { cell.number.as_str() } else { "" };
        if !cell.filled {
            return vec![self.toned(centred(text, columns), cell.tone)];
        }
        let text = if text.is_empty() { String::new() } else { format!(" {text} ") };
        between(&text, self.theme.of(Tone::Strong), "#", columns)
    }

    fn toned(&self, text: String, tone: Tone) -> Span<'static> {
        Span::styled(text, self.theme.of(tone))
    }

    fn quiet(&self, text: String) -> Line<'static> {
        Line::from(self.toned(text, Tone::Quiet))
    }
}

/// Rows of two sections side by side.
fn pairs<const N: usize>(left: [Spans; N], middle: &'static str, right: [Spans; N]) -> [Line<'static>; N] {
    let mut right = right.into_iter();
    left.map(|mut inner| {
        inner.push(Span::raw(middle));
        inner.extend(right.next().unwrap_or_default());
        row("|", inner, "|")
    })
}

fn row(before: &'static str, inner: Spans, behind: &'static str) -> Line<'static> {
    core::iter::once(Span::raw(before)).chain(inner).chain([Span::raw(behind)]).collect()
}

/// `text` with `filling` on both sides.
fn between(text: &str, style: Style, filling: &str, columns: usize) -> Spans {
    let text = cut(text, columns);
    let free = columns.saturating_sub(text_width(&text));
    let [before, behind] = [free.div_ceil(2), free / 2].map(|free| Span::raw(filling.repeat(free)));
    vec![before, Span::styled(text, style), behind]
}

/// `text` at the left or right end of `columns`.
fn left(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    format!("{text}{}", " ".repeat(columns.saturating_sub(text_width(&text))))
}

fn right(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    format!("{}{text}", " ".repeat(columns.saturating_sub(text_width(&text))))
}
