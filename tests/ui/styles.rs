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
fn the_present_section_is_lit_and_its_name_stands_out() {
    let rolling = rolling(Direction::SideToSide, "8");
    let (buffer, _) = drawn(&rolling, 80, 24);
    let now = cell(&buffer, "NOW");
    assert_eq!((now.fg, now.bg, now.modifier), (Color::Black, Color::Magenta, Modifier::BOLD));
    assert_eq!(cell(&buffer, "1 ✓").bg, Color::Green);
    assert_eq!(cell(&buffer, "next").bg, Color::Cyan);
    assert!(at(&rolling, "YOUR UPPER LEFT").contains(Modifier::BOLD));
    assert_eq!(cell(&drawn(&question(), 80, 24).0, "y yes").bg, Color::Magenta, "the first key");
}

#[test]
fn digits_are_solid_and_the_rule_stands_back() {
    let (buffer, _) = drawn(&rolling(Direction::SideToSide, "8"), 80, 24);
    assert_eq!(
        cell(
            &buffer,
            "\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}"
        )
        .modifier,
        Modifier::empty()
    );
    assert_eq!((buffer[(0, 22)].symbol(), buffer[(0, 22)].modifier), ("\u{2500}", Modifier::DIM));
}

#[test]
fn a_skip_is_red_and_bold_and_a_word() {
    let (buffer, _) = drawn(&verdict_skip(), 80, 24);
    let skip = cell(&buffer, "SKIP 2");
    assert_eq!((skip.fg, skip.modifier), (Color::Red, Modifier::BOLD));
}

#[test]
fn without_colour_what_stands_out_still_does() {
    let theme = Theme::shipped(Ink::Weight, false);
    for view in [question(), verdict_skip(), rolling(Direction::UpDown, "8")] {
        let (plain, _) = drawn_with(&view, &theme, 80, 24);
        let (painted, _) = drawn(&view, 80, 24);
        for (plain, painted) in plain.content().iter().zip(painted.content()) {
            assert_eq!((plain.fg, plain.bg), (Color::Reset, Color::Reset));
            let is_letter = plain.symbol().chars().all(char::is_alphabetic);
            if is_letter && plain.symbol() == painted.symbol() && painted.bg != Color::Reset {
                let now = Modifier::REVERSED | Modifier::BOLD;
                assert!(plain.modifier.intersects(now) || view.face.is_some(), "{plain:?} {painted:?}");
            }
        }
    }
    let (plain, _) = drawn_with(&rolling(Direction::UpDown, "8"), &theme, 80, 24);
    assert!(cell(&plain, " NOW ").modifier.contains(Modifier::REVERSED));
    let text = rows(&plain).join("\n");
    assert!(
        ["█", "▓", "▒", "░", "╳", "╱"].iter().all(|mark| text.contains(mark)),
        "each state has its own mark:\n{text}"
    );
}

#[test]
fn ascii_has_its_own_block() {
    let theme = Theme::shipped(Ink::Full, true);
    let (buffer, _) = drawn_with(&rolling(Direction::SideToSide, "8"), &theme, 80, 24);
    assert!(buffer.content().iter().all(|cell| cell.symbol().is_ascii()));
    assert!(rows(&buffer)[2].contains("############"));
}

#[test]
fn the_cursor_of_a_field_is_a_reversed_cell() {
    let (buffer, _) = drawn(&note(), 80, 24);
    assert!(cell(&buffer, "é soon").modifier.contains(Modifier::REVERSED));
}
