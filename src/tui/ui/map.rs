//! The face as in the mirror: the person's left is on the left.

use super::pen::{centred, cut, width as text_width};
use crate::tui::view::{FaceMap, Line, MapCell, MapSize, Tone};
use engine::protocol::Section;

/// Columns of the large map.
pub(super) const LARGE: usize = 24;
const SMALL: usize = 21;
const MINI: usize = 19;

/// The rows of the map.
pub(super) fn rows(map: &FaceMap) -> Vec<Line> {
    match map.size {
        MapSize::Large => large(map),
        MapSize::Small => small(map),
        MapSize::Mini => mini(map),
    }
}

/// Columns of the map.
pub(super) fn width(map: &FaceMap) -> usize {
    match map.size {
        MapSize::Large => LARGE,
        MapSize::Small => SMALL,
        MapSize::Mini => MINI,
    }
}

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
fn large(map: &FaceMap) -> Vec<Line> {
    let (upper_left, upper_right) = (&map.cells[Section::UpperLeft], &map.cells[Section::UpperRight]);
    let (lower_left, lower_right) = (&map.cells[Section::LowerLeft], &map.cells[Section::LowerRight]);
    let pair = |left: Line, middle: &str, right: Line| {
        let line = plain("|");
        join(join(join(join(line, left), plain(middle)), right), plain("|"))
    };
    let mut rows = vec![plain(".----------------------.")];
    let names = |rows: &mut Vec<Line>, left: &MapCell, right: &MapCell, middle: &str| {
        rows.push(pair(numbered(left, 10), middle, numbered(right, 10)));
        rows.push(pair(second_name(left, 10), middle, second_name(right, 10)));
        rows.push(pair(state(left, 10), middle, state(right, 10)));
    };
    names(&mut rows, upper_left, upper_right, "||");
    rows.push(plain("|          ||          |"));
    rows.push(plain(format!("| xx {}||{} xx |", left(&map.eye, 6), right(&map.eye, 6))));
    rows.push(plain("|----------xx----------|"));
    names(&mut rows, lower_left, lower_right, "xx");
    rows.push(plain("|---.--------------.---|"));
    let mouth = &map.cells[Section::Mouth];
    let text = [mouth.number.as_str(), &mouth.name[0], &mouth.state].join(" ");
    let inner = Line::toned(centred(text.trim_end(), 14), mouth.tone);
    rows.push(join(join(plain("'---|"), inner), plain("|---'")));
    rows.push(plain(format!("    '--xx {} xx--'", centred(&map.lips, 4))));
    rows.push(quiet(format!("{}{}", left(&map.your_left, 12), right(&map.your_right, 12))));
    rows.push(quiet(centred(&map.as_in_mirror, LARGE)));
    rows
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
fn small(map: &FaceMap) -> Vec<Line> {
    let (upper_left, upper_right) = (&map.cells[Section::UpperLeft], &map.cells[Section::UpperRight]);
    let (lower_left, lower_right) = (&map.cells[Section::LowerLeft], &map.cells[Section::LowerRight]);
    let mut rows = vec![quiet(centred(&map.as_in_mirror, SMALL)), plain(".---------.---------.")];
    for (place, (left, right)) in [(upper_left, upper_right), (lower_left, lower_right)].into_iter().enumerate() {
        if place > 0 {
            rows.push(plain("|---------|---------|"));
        }
        let lines = |cell: &MapCell| {
            [cell.number.clone(), cell.name[0].clone(), cell.name[1].clone(), cell.state.clone()]
                .map(|text| Line::toned(centred(&text, 9), cell.tone))
        };
        for (left, right) in lines(left).into_iter().zip(lines(right)) {
            rows.push(join(join(join(join(plain("|"), left), plain("|")), right), plain("|")));
        }
    }
    rows.push(plain("|----.---------.----|"));
    let mouth = &map.cells[Section::Mouth];
    let word = if mouth.state.is_empty() { &mouth.name[0] } else { &mouth.state };
    let inner = Line::toned(centred(&format!("{} {word}", mouth.number), 9), mouth.tone);
    rows.push(join(join(plain("'----|"), inner), plain("|----'")));
    rows.push(plain("     '---------'"));
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
fn mini(map: &FaceMap) -> Vec<Line> {
    let half = |section: Section, text: bool| {
        let cell = &map.cells[section];
        filled(cell, if text { &cell.number } else { "" }, 8)
    };
    let row = |left: Section, right: Section, text: bool| {
        join(join(join(join(plain("|"), half(left, text)), plain("|")), half(right, text)), plain("|"))
    };
    let (upper_left, upper_right) = (Section::UpperLeft, Section::UpperRight);
    let (lower_left, lower_right) = (Section::LowerLeft, Section::LowerRight);
    let mouth = &map.cells[Section::Mouth];
    vec![
        quiet(centred(&map.as_in_mirror, MINI)),
        plain(".--------.--------."),
        row(upper_left, upper_right, false),
        row(upper_left, upper_right, true),
        row(upper_left, upper_right, false),
        plain("|--------|--------|"),
        row(lower_left, lower_right, false),
        row(lower_left, lower_right, true),
        plain("|---.---------.---|"),
        join(join(plain("'---|"), filled(mouth, &mouth.number, 9)), plain("|---'")),
        plain("    '---------'"),
    ]
}

fn plain(text: impl Into<String>) -> Line {
    Line::plain(text)
}

fn quiet(text: impl Into<String>) -> Line {
    Line::toned(text, Tone::Quiet)
}

fn join(mut first: Line, second: Line) -> Line {
    first.0.extend(second.0);
    first
}

fn numbered(cell: &MapCell, columns: usize) -> Line {
    let text = format!("{} {}", cell.number, cell.name[0]);
    Line::toned(centred(&text, columns), text_tone(cell))
}

fn second_name(cell: &MapCell, columns: usize) -> Line {
    Line::toned(centred(&cell.name[1], columns), text_tone(cell))
}

/// The name of the present section stands out by weight; the reverse is kept for its state.
fn text_tone(cell: &MapCell) -> Tone {
    match cell.tone {
        Tone::Current => Tone::Strong,
        Tone::Alert => Tone::Quiet,
        tone @ (Tone::Plain | Tone::Strong | Tone::Quiet) => tone,
    }
}

fn state(cell: &MapCell, columns: usize) -> Line {
    let text = if cell.tone == Tone::Current { format!(" {} ", cell.state) } else { cell.state.clone() };
    between(&text, cell.tone, " ", columns)
}

/// A row of a cell that may be filled where it was rolled.
fn filled(cell: &MapCell, text: &str, columns: usize) -> Line {
    if !cell.filled {
        return Line::toned(centred(text, columns), cell.tone);
    }
    let text = if text.is_empty() { String::new() } else { format!(" {text} ") };
    between(&text, Tone::Strong, "#", columns)
}

/// `text` with `filling` on both sides.
fn between(text: &str, tone: Tone, filling: &str, columns: usize) -> Line {
    let text = cut(text, columns);
    let free = columns.saturating_sub(text_width(&text));
    plain(filling.repeat(free.div_ceil(2))).and(text, tone).and(filling.repeat(free / 2), Tone::Plain)
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
