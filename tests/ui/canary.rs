//! What the libraries do that this program is built around. When one of these fails, a library has changed: look at the
//! place named there, and take the way round it away if it is no longer needed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Gauge, Paragraph, Widget, Wrap};

fn panics(act: impl FnOnce()) -> bool {
    catch_unwind(AssertUnwindSafe(act)).is_err()
}

fn drawn(widget: impl Widget, width: u16, height: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    widget.render(buffer.area, &mut buffer);
    buffer
}

#[test]
fn wrapping_by_the_toolkit_panics_on_ordinary_text() {
    let wrapped = || _ = drawn(Paragraph::new("b日e\u{301}").wrap(Wrap { trim: false }), 2, 3);
    assert!(panics(wrapped), "src/tui/ui/wrap.rs need not wrap by itself any more");
}

#[test]
fn a_bare_text_panics_in_a_window_without_rows() {
    assert!(panics(|| _ = drawn("text", 80, 0)), "Display::draw need not leave out windows without cells");
}

#[test]
fn a_gauge_panics_on_what_is_no_part_of_a_whole() {
    for ratio in [f64::NAN, -0.1, 1.1] {
        assert!(panics(|| _ = Gauge::default().ratio(ratio)), "src/tui/ui/bar.rs may use the toolkit's gauge");
    }
}

#[test]
fn control_characters_never_reach_the_cells_but_reversed_text_does() {
    let text = "a\u{1b}[31mb\u{7}c\u{8}\td\r\u{9b}e";
    let buffer = drawn(Line::from(Span::raw(text)), 20, 1);
    let shown: String = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
    assert_eq!(shown.trim_end(), "a[31mbcde", "the toolkit no longer drops control characters");
    let buffer = drawn(Line::from("a\u{202e}b"), 20, 1);
    let shown: String = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(shown.contains('\u{202e}'), "src/visible.rs need not take them out for the screen");
}

#[test]
fn a_new_size_has_the_whole_window_drawn_again() {
    let mut terminal = Terminal::new(TestBackend::new(10, 2)).unwrap();
    terminal.draw(|frame| frame.render_widget(Line::from("text"), frame.area())).unwrap();
    terminal.resize(Rect::new(0, 0, 10, 2)).unwrap();
    let cells: String = terminal.backend().buffer().content().iter().map(ratatui::buffer::Cell::symbol).collect();
    assert_eq!(cells.trim(), "", "Display::resized must clear by other means");
}
