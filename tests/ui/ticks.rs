//! A second that passes changes the digits, a cell of a bar, and the words that count; nothing else moves.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;

use dermaroll::protocol::Direction;
use dermaroll::terminal::terse::Terse;
use dermaroll::view::{Body, Line, Tone, View};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::fixture::{drawn, theme};
use super::later::rolling;

/// The rolling screen with so many seconds of 24 left in the section.
fn second(left: u16) -> View {
    let mut view = rolling(Direction::SideToSide, &format!("0:{left:02}"));
    view.status.wide = Line::plain(format!("1:{left:02} to go   ends 19:44"));
    view.status.narrow = Line::plain(format!("1:{left:02} left"));
    if let Body::Face(face) = &mut view.body {
        face.section.1.thousandths = 1000 - left * 1000 / 24;
        face.session.1.thousandths = 200 + (24 - left) * 1000 / 132;
        face.turn = Line::plain(format!("then diagonal, in 0:{:02}", left % 8));
        face.strokes = Line::toned("up-down done | ", Tone::Quiet).and("SIDE-SIDE", Tone::Strong);
    }
    view
}

/// A terminal that only counts.
struct Counter(Rc<Cell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes written per second over a whole section, the first frame apart.
fn bytes_a_second(width: u16, height: u16) -> usize {
    let theme = theme();
    let written = Rc::new(Cell::new(0));
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
    let mut terminal = Terminal::with_options(Terse::new(Counter(Rc::clone(&written)), width), options).unwrap();
    let mut draw = |left| {
        dermaroll::ui::draw(&second(left), &theme, &mut terminal.get_frame());
        terminal.flush().unwrap();
        terminal.swap_buffers();
        written.get()
    };
    let first = draw(24);
    let last = (0..24).rev().map(&mut draw).last().unwrap();
    (last - first) / 24
}

#[test]
fn a_second_costs_few_bytes() {
    let compact = bytes_a_second(40, 15);
    assert!(compact <= 90, "{compact} bytes a second at 40x15");
    let full = bytes_a_second(80, 24);
    assert!(full <= 165, "{full} bytes a second at 80x24");
}

#[test]
fn nothing_but_digits_bars_and_counting_words_changes() {
    for (width, height) in [(80, 24), (40, 15), (120, 36)] {
        for left in 1..24 {
            let (before, _) = drawn(&second(left + 1), width, height);
            let (after, _) = drawn(&second(left), width, height);
            for (place, (before, after)) in before.content().iter().zip(after.content()).enumerate() {
                if before == after {
                    continue;
                }
                let moving = |symbol: &str| {
                    matches!(symbol, "\u{2588}" | " " | "#" | ".") || symbol.chars().all(|one| one.is_ascii_digit())
                };
                assert!(
                    moving(before.symbol()) && moving(after.symbol()),
                    "cell {place} at {width}x{height}: {before:?} became {after:?}"
                );
            }
        }
    }
}
