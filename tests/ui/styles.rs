//! Weight and colour, cell by cell; the pictures do not show them.

use dermaroll::tui::ui::{Ink, Theme};
use engine::protocol::Direction;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::fixture::{Sketch, drawn, drawn_with, question, rows, verdict_skip};
use super::later::{note, rolling};

/// The cell in which `text` begins.
fn cell<'b>(buffer: &'b Buffer, text: &str) -> &'b Cell {
    let rows = rows(buffer);
    let (y, row) = rows.iter().enumerate().find(|(_, row)| row.contains(text)).expect(text);
    let x = unicode_width::UnicodeWidthStr::width(row.split(text).next().unwrap());
    &buffer[(u16::try_from(x).unwrap(), u16::try_from(y).unwrap())]
}

fn at(view: &Sketch, text: &str) -> Modifier {
    cell(&drawn(view, 80, 24).0, text).modifier
}

#[test]
fn the_present_stage_and_section_stand_out() {
    let loud = Modifier::BOLD | Modifier::REVERSED;
    assert_eq!(at(&question(), "2 CHECK"), loud);
    assert_eq!(at(&question(), "3 roll"), Modifier::DIM);
    let rolling = rolling(Direction::SideToSide, "0:14");
    assert_eq!(at(&rolling, "YOUR UPPER LEFT"), loud);
    assert_eq!(at(&rolling, "NOW"), loud);
    assert_eq!(at(&rolling, "2 UPPER"), Modifier::BOLD);
    assert_eq!(at(&rolling, "done"), Modifier::empty());
}

#[test]
fn digits_are_solid_and_rules_stand_back() {
    let (buffer, _) = drawn(&rolling(Direction::SideToSide, "0:14"), 80, 24);
    assert_eq!(cell(&buffer, "\u{2588}").modifier, Modifier::empty());
    assert_eq!(buffer[(0, 1)].modifier, Modifier::DIM);
    assert_eq!(buffer[(0, 1)].symbol(), "-");
}

#[test]
fn a_skip_is_red_and_bold_and_a_word() {
    let (buffer, _) = drawn(&verdict_skip(), 80, 24);
    let skip = cell(&buffer, "SKIP 2");
    assert_eq!((skip.fg, skip.modifier), (Color::Red, Modifier::BOLD));
}

#[test]
fn without_colour_weight_stays() {
    let theme = Theme::shipped(Ink::Weight, false);
    for view in [question(), verdict_skip(), rolling(Direction::UpDown, "0:24")] {
        let (plain, _) = drawn_with(&view, &theme, 80, 24);
        let (painted, _) = drawn(&view, 80, 24);
        for (plain, painted) in plain.content().iter().zip(painted.content()) {
            assert_eq!((plain.fg, plain.bg), (Color::Reset, Color::Reset));
            assert_eq!((plain.symbol(), plain.modifier), (painted.symbol(), painted.modifier));
        }
    }
}

#[test]
fn ascii_has_its_own_block() {
    let theme = Theme::shipped(Ink::Full, true);
    let (buffer, _) = drawn_with(&rolling(Direction::SideToSide, "0:14"), &theme, 80, 24);
    assert!(buffer.content().iter().all(|cell| cell.symbol().is_ascii()));
    assert!(rows(&buffer)[2].contains("############"));
}

#[test]
fn the_cursor_of_a_field_is_a_reversed_cell() {
    let (buffer, _) = drawn(&note(), 80, 24);
    assert!(cell(&buffer, "é soon").modifier.contains(Modifier::REVERSED));
}
